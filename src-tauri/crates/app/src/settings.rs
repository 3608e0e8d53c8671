//! Settings: rules, calendar and storage.

use crate::{
    App, checklist, messages,
    people::Actor,
    rules::{self, Kind, RULES},
    wire::{
        AppEvent, BackupView, CalendarArgs, CalendarSetArgs, CalendarView, ErrorCode, RuleArgs, RuleChoice,
        RuleKind, RuleView, RulesView, SpecialDay, StorageView, VerifyView, WireError,
    },
};
use chrono::Datelike as _;
use pvhcc_domain::{act::Act, calendar::Calendar, compare::said_by, text::nfc, time::Ms};

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
                let (kind, range, choices) = match rule.kind {
                    Kind::Number(low, high) => (RuleKind::Number, Some((low, high)), &[][..]),
                    Kind::Time => (RuleKind::Time, None, &[][..]),
                    Kind::Times => (RuleKind::Times, None, &[][..]),
                    Kind::Choice(choices) => (RuleKind::Choice, None, choices),
                };
                let choice = |(value, title): &(&str, &str)| RuleChoice {
                    value: (*value).to_owned(),
                    title: (*title).to_owned(),
                };
                RuleView {
                    rule: rule.name.to_owned(),
                    title: rule.title.to_owned(),
                    kind,
                    value: now.value,
                    unit: rule.unit.to_owned(),
                    range,
                    choices: choices.iter().map(choice).collect(),
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
        let value = rules::normal(rule, &args.value).map_err(|m| messages::invalid("value", &m))?;
        self.check_clock(&args.rule, &value).await?;
        let act = Act::RuleSet { rule: args.rule, value, from: self.now(), reason: None };
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
}
