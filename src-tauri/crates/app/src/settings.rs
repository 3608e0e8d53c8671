//! Settings: rules, calendar, storage, and the set-up of the sources.

use crate::{
    App, checklist, config, messages, paths,
    people::Actor,
    rules::{self, RULES},
    start::Profile,
    wire::{
        AppEvent, BackupView, CalendarArgs, CalendarSetArgs, CalendarView, ErrorCode, RuleArgs, RuleView,
        RulesView, SetupArgs, SetupTestLine, SetupTestView, SetupView, SpecialDay, StorageView, VerifyView,
        WireError,
    },
};
use chrono::Datelike as _;
use pvhcc_domain::{act::Act, calendar::Calendar, compare::said_by, roles::Role, text::nfc, time::Ms};

/// Entities of the events that change the truth.
const RULES_ENTITY: &str = "rules";
const CALENDAR_ENTITY: &str = "calendar";

impl App {
    pub(crate) async fn rules(&self) -> Result<RulesView, WireError> {
        let events = self.events_of(RULES_ENTITY).await?;
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        let roster =
            crate::people::roster_at(&self.events_of(crate::people::ROSTER).await?, self.now().day());
        let rules = RULES
            .iter()
            .map(|rule| {
                let now = rules::in_force(rule, &events, self.now());
                let who = now.actor.and_then(|p| {
                    roster.iter().find(|a| a.person == p).and_then(|a| names.get(&a.roster_id).cloned())
                });
                RuleView {
                    rule: rule.name.to_owned(),
                    title: rule.title.to_owned(),
                    value: now.value,
                    unit: rule.unit.to_owned(),
                    range: rule.range,
                    since: now.since.map(|m| m.0),
                    who,
                }
            })
            .collect();
        Ok(RulesView { rules })
    }

    pub(crate) async fn rule_set(&self, actor: &Actor, args: RuleArgs) -> Result<RulesView, WireError> {
        let Some(rule) = RULES.iter().find(|r| r.name == args.rule) else {
            return Err(WireError::new(ErrorCode::NotFound, "Không có quy tắc này."));
        };
        rules::check(rule, &args.value).map_err(|m| messages::invalid("value", &m))?;
        let act = Act::RuleSet { rule: args.rule, value: args.value.trim().to_owned(), from: self.now() };
        self.say(actor, RULES_ENTITY, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.emit(AppEvent::SourcesChanged);
        self.rules().await
    }

    /// The built-in calendar with what was changed by events.
    pub(crate) async fn calendar_in_force(&self) -> Result<Calendar, WireError> {
        self.calendar_said_by(Ms(i64::MAX)).await
    }

    /// The calendar as it had been set by `at`.
    pub(crate) async fn calendar_said_by(&self, at: Ms) -> Result<Calendar, WireError> {
        let mut calendar = self.0.calendar.clone();
        for event in said_by(&self.events_of(CALENDAR_ENTITY).await?, at) {
            if let Act::CalendarDaySet { day, working, basis } = event.act {
                calendar.set_day(day, working, &basis);
            }
        }
        Ok(calendar)
    }

    pub(crate) async fn calendar(&self, args: CalendarArgs) -> Result<CalendarView, WireError> {
        if !(2020..=2100).contains(&args.year) {
            return Err(messages::invalid("year", "Năm phải từ 2020 đến 2100."));
        }
        let calendar = self.calendar_in_force().await?;
        let special = calendar
            .special_days()
            .filter(|(day, _)| day.year() == args.year)
            .map(|(day, special)| SpecialDay {
                day: day.to_string(),
                working: special.working,
                basis: special.basis.clone(),
            })
            .collect();
        let working_days = (1..=12)
            .map(|month| {
                let first = chrono::NaiveDate::from_ymd_opt(args.year, month, 1).unwrap_or_default();
                let days = first.iter_days().take_while(|d| d.month() == month);
                u32::try_from(days.filter(|d| calendar.is_working(*d)).count()).unwrap_or(0)
            })
            .collect();
        Ok(CalendarView { year: args.year, known: calendar.is_known(args.year), special, working_days })
    }

    pub(crate) async fn calendar_set(
        &self,
        actor: &Actor,
        args: CalendarSetArgs,
    ) -> Result<CalendarView, WireError> {
        let day = checklist::day(&args.day, "day")?;
        let basis = nfc(args.basis.trim());
        if basis.is_empty() {
            return Err(messages::invalid("basis", "Hãy ghi văn bản làm căn cứ."));
        }
        let act = Act::CalendarDaySet { day, working: args.working, basis };
        self.say(actor, CALENDAR_ENTITY, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.emit(AppEvent::TasksChanged { nos: Vec::new() });
        self.calendar(CalendarArgs { year: day.year() }).await
    }

    pub(crate) async fn storage(&self) -> Result<StorageView, WireError> {
        let store = &self.0.store;
        let head = store.head().await.map_err(|e| messages::store(&e))?;
        let backups = pvhcc_store::Store::backups(&self.0.folder.join("backups"))
            .await
            .map_err(|e| messages::store(&e))?;
        Ok(StorageView {
            folder: self.0.folder.display().to_string(),
            config_path: self.0.config_path.display().to_string(),
            logs: self.0.folder.join("logs").display().to_string(),
            events: u64::try_from(head.position).unwrap_or(0),
            head: head.hash,
            device: self.0.opened.device.clone(),
            backups: backups
                .into_iter()
                .map(|b| BackupView {
                    path: b.path.display().to_string(),
                    at: b.at.0,
                    bytes: b.bytes,
                    events: u64::try_from(b.events).unwrap_or(0),
                })
                .collect(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    pub(crate) async fn backup_now(&self) -> Result<StorageView, WireError> {
        self.0.store.backup(&self.0.folder.join("backups")).await.map_err(|e| messages::store(&e))?;
        self.storage().await
    }

    pub(crate) async fn journal_verify(&self) -> Result<VerifyView, WireError> {
        Ok(match self.0.store.verify(None).await {
            Ok(v) => VerifyView {
                ok: true, text: format!("Chuỗi nhật ký toàn vẹn: {} sự kiện.", v.events)
            },
            Err(e) => VerifyView { ok: false, text: format!("Nhật ký không toàn vẹn: {e}") },
        })
    }

    pub(crate) fn setup_state(&self, restart_needed: bool) -> SetupView {
        SetupView {
            configured: self.0.config.is_some() || self.0.config_path.exists(),
            config_path: self.0.config_path.display().to_string(),
            restart_needed,
        }
    }

    /// Tries each address and says what failed and whom to ask; saves nothing.
    pub(crate) async fn setup_test(
        &self,
        who: Option<&Actor>,
        args: SetupArgs,
    ) -> Result<SetupTestView, WireError> {
        self.may_set_up(who)?;
        let config = config::parse(&config_text(&args), "thiết lập")?;
        let line = |title: &str, outcome: Result<(), String>, ask: &str| SetupTestLine {
            title: title.to_owned(),
            ok: outcome.is_ok(),
            text: match outcome {
                Ok(()) => "Trả lời đúng.".to_owned(),
                Err(why) => format!("Chưa được: {why}. Hãy hỏi {ask}."),
            },
        };
        let vneid = crate::people::test_provider(&config).await;
        let (gateway, portal) = crate::poll::test_sources(&config).await;
        Ok(SetupTestView {
            lines: vec![
                line("VNeID", vneid, "đầu mối VNeID (C06, PC06)"),
                line("Trục tích hợp", gateway, "VNPT – Gia Lai và Trung tâm Chuyển đổi số"),
                line("Cổng DVCQG", portal, "Trung tâm Chuyển đổi số và C12"),
            ],
        })
    }

    pub(crate) fn setup_save(&self, who: Option<&Actor>, args: SetupArgs) -> Result<SetupView, WireError> {
        self.may_set_up(who)?;
        let text = config_text(&args);
        config::parse(&text, "thiết lập")?;
        let written = std::fs::write(self.0.config_path.with_extension("toml.new"), text).and_then(|()| {
            std::fs::rename(self.0.config_path.with_extension("toml.new"), &self.0.config_path)
        });
        written.map_err(|e| messages::folder(&self.0.folder, &e))?;
        remember(Profile::Official)?;
        Ok(self.setup_state(true))
    }

    pub(crate) fn setup_training(&self) -> Result<SetupView, WireError> {
        remember(Profile::Training)?;
        Ok(self.setup_state(true))
    }

    /// Anybody may set up a profile that has no settings yet; afterwards only an admin.
    fn may_set_up(&self, who: Option<&Actor>) -> Result<(), WireError> {
        if self.0.config.is_none() || who.is_some_and(|a| a.role == Role::Admin) {
            return Ok(());
        }
        Err(WireError::new(ErrorCode::Forbidden, "Chỉ quản trị được đổi cấu hình nguồn dữ liệu."))
    }
}

/// The profile that the next start opens.
fn remember(profile: Profile) -> Result<(), WireError> {
    let base = paths::base()?;
    std::fs::create_dir_all(&base)
        .and_then(|()| std::fs::write(base.join("profile"), profile.folder()))
        .map_err(|e| messages::folder(&base, &e))
}

/// The settings file of the set-up: the example with the four addresses typed.
fn config_text(args: &SetupArgs) -> String {
    let quoted = |text: &str| toml::Value::String(text.trim().to_owned()).to_string();
    let mut section = "";
    let lines = config::EXAMPLE.lines().map(|line| {
        if line.starts_with('[') {
            section = line;
        }
        match (section, line.split_once(" = ").map(|(key, _)| key)) {
            ("[vneid]", Some("issuer")) => format!("issuer = {}", quoted(&args.issuer)),
            ("[vneid]", Some("client_id")) => format!("client_id = {}", quoted(&args.client_id)),
            ("[gateway]", Some("base_url")) => format!("base_url = {}", quoted(&args.gateway)),
            ("[portal]", Some("base_url")) => format!("base_url = {}", quoted(&args.portal)),
            _ => line.to_owned(),
        }
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

/// Which profile the last choice was; `None` before the first.
#[must_use]
pub fn remembered() -> Option<Profile> {
    let text = std::fs::read_to_string(paths::base().ok()?.join("profile")).ok()?;
    [Profile::Training, Profile::Official].into_iter().find(|p| p.folder() == text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_up_writes_a_file_that_reads_back_with_the_addresses_typed() {
        let args = SetupArgs {
            issuer: "https://id.test/realm".into(),
            client_id: "ma \"la\"".into(),
            gateway: "https://gw.test/g".into(),
            portal: "https://ss.test:8080".into(),
        };
        let config = config::parse(&config_text(&args), "t").expect("parses");
        assert_eq!(config.vneid.issuer.as_str(), "https://id.test/realm");
        assert_eq!(config.vneid.client_id, "ma \"la\"");
        assert_eq!(config.gateway.base_url.as_str(), "https://gw.test/g");
        assert_eq!(config.portal.base_url.as_str(), "https://ss.test:8080/");
    }
}
