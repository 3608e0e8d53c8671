//! The bulletin: how things work at this moment, in the wording of the administration, for units and citizens. What is not known is
//! said as not known, and never as good.

use super::{Register, note::made};
use crate::{
    App, messages,
    profile::Profile,
    wire::{
        BulletinArgs, BulletinFormat, BulletinSaveArgs, BulletinView, ExportedView, FreshState, WireError,
    },
    words,
};
use pvhcc_domain::{
    observation::{Flow, FlowHealth, FlowState, SourceId, Stage},
    operation::incident::{ClockKind, IncidentState},
    text::{date, percent},
    time::Ms,
};
use pvhcc_reports::notes::{Bulletin, bulletin_docx};

const TITLE: &str = "Tình hình vận hành kết nối Cổng Dịch vụ công quốc gia";
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const FIVE_MINUTES_MS: i64 = 300_000;

impl App {
    pub(crate) async fn bulletin(&self, args: BulletinArgs) -> Result<BulletinView, WireError> {
        let (bulletin, next) = self.bulletin_of(args.next).await?;
        Ok(BulletinView {
            at: bulletin.at.0,
            next: next.0,
            title: bulletin.title.clone(),
            text: text(&bulletin, &self.form_in_force().await?.agency),
        })
    }

    pub(crate) async fn bulletin_save(&self, args: BulletinSaveArgs) -> Result<ExportedView, WireError> {
        let (bulletin, _) = self.bulletin_of(args.next).await?;
        let form = self.form_in_force().await?;
        let stem = format!("thong-bao-van-hanh-{}", bulletin.at.local().format("%Y-%m-%d-%H%M"));
        let (extension, bytes) = match args.format {
            BulletinFormat::Txt => ("txt", text(&bulletin, &form.agency).into_bytes()),
            BulletinFormat::Docx => ("docx", made(move || bulletin_docx(&bulletin, &form)).await?),
        };
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu thông báo vào {path}."), path })
    }

    async fn bulletin_of(&self, next: Option<i64>) -> Result<(Bulletin, Ms), WireError> {
        let register = self.incident_register().await?;
        let now = register.now;
        let next = match next.map(Ms) {
            Some(next) if next <= now => {
                return Err(messages::invalid("next", "Lần cập nhật sau phải ở sau hiện tại."));
            }
            Some(next) => next,
            None => next_update(&register),
        };
        let open = register.open();
        let mut parts = vec![("1. Các luồng kết nối".to_owned(), self.flow_sentences().await?)];
        let said: Vec<String> = open.iter().map(|s| self.incident_sentence(s, &register)).collect();
        let none = vec!["Hiện không có sự cố nào đang được ghi nhận.".to_owned()];
        parts.push(("2. Sự cố đang xử lý".to_owned(), if said.is_empty() { none } else { said }));
        let mut over: Vec<&IncidentState> = (register.states.iter())
            .filter(|s| s.resolved.as_ref().is_some_and(|r| now.0 - r.at.0 <= DAY_MS))
            .collect();
        over.sort_by_key(|s| s.resolved.as_ref().map(|r| r.at));
        if !over.is_empty() {
            let said = over.iter().map(|s| over_sentence(s)).collect();
            parts.push(("3. Sự cố đã khắc phục trong 24 giờ qua".to_owned(), said));
        }
        let bulletin = Bulletin {
            title: TITLE.to_owned(),
            at: now,
            training: self.0.profile == Profile::Training,
            opening: format!("Tình hình vận hành tính đến {} như sau:", long(now)),
            parts,
            closing: format!("Thông tin tiếp theo được cập nhật lúc {}.", long(next)),
        };
        Ok((bulletin, next))
    }

    /// Each flow in a sentence, by the gateway's last word on its tests.
    async fn flow_sentences(&self) -> Result<Vec<String>, WireError> {
        let fresh = self.freshness_of(SourceId::GatewayFlows).await?;
        let states = self.0.store.flow_states().await.map_err(|e| messages::store(&e))?;
        let bar = self.flow_bar().await?;
        let since = fresh.as_of.map(|at| format!(" (số liệu gần nhất lúc {})", long(at)));
        let sentence = |flow: Flow| {
            let name = words::flow(flow);
            let of = |s: &&FlowState| {
                s.flow == flow
                    && s.stage == Stage::Test
                    && !matches!(s.state, FlowHealth::NotApplicable | FlowHealth::NotStarted)
            };
            let seen: Vec<&FlowState> = states.iter().filter(of).collect();
            let said = match (fresh.state, seen.as_slice()) {
                (_, []) => "chưa có thông tin".to_owned(),
                (FreshState::Fresh, seen) => flow_words(seen, bar),
                _ => format!("hiện không quan sát được{}", since.clone().unwrap_or_default()),
            };
            format!("{name}: {said}.")
        };
        Ok(Flow::ALL.into_iter().map(sentence).collect())
    }

    fn incident_sentence(&self, state: &IncidentState, register: &Register) -> String {
        let level = &register.severities.of(state.severity).label;
        let touches: Vec<String> = self.touches(&state.touched).into_iter().map(|t| t.name).collect();
        let mut said = vec![format!(
            "Từ {}: {} (mức {}).",
            long(state.detected),
            state.title.trim_end_matches('.'),
            level.to_lowercase()
        )];
        if !touches.is_empty() {
            said.push(format!("Phạm vi ảnh hưởng: {}.", touches.join("; ")));
        }
        said.push(
            match (&state.mitigated, state.acknowledged) {
                (_, None) => "Đang xác minh.",
                (None, Some(_)) => "Đơn vị kỹ thuật đang khắc phục.",
                (Some(_), Some(_)) => "Đã có cách làm tạm, đang tiếp tục khắc phục.",
            }
            .to_owned(),
        );
        if let Some(m) = &state.mitigated {
            said.push(format!("Trong thời gian khắc phục, đề nghị: {}.", m.workaround.trim_end_matches('.')));
        }
        said.join(" ")
    }
}

/// One flow's tests in words: the worst of its phases counts.
fn flow_words(seen: &[&FlowState], bar: f64) -> String {
    let health = |of: FlowHealth| seen.iter().any(|s| s.state == of);
    let below = seen.iter().filter_map(|s| s.success_rate).filter(|rate| *rate < bar).min_by(f64::total_cmp);
    match below {
        _ if health(FlowHealth::Failing) => "đang gián đoạn".to_owned(),
        _ if health(FlowHealth::Unknown) => "hiện không quan sát được".to_owned(),
        Some(rate) => {
            format!("hoạt động chưa ổn định, tỷ lệ thành công {}", percent(rate, 1))
        }
        None => "hoạt động bình thường".to_owned(),
    }
}

fn over_sentence(state: &IncidentState) -> String {
    let until = state.resolved.as_ref().map(|r| long(r.at)).unwrap_or_default();
    format!("{}: từ {} đến {until}.", state.title.trim_end_matches('.'), long(state.detected))
}

/// The next word that an open incident asks for; without one an hour from now, on a round five minutes.
fn next_update(register: &Register) -> Ms {
    let clocks = register.open().into_iter().flat_map(|s| register.timing().clocks(s));
    let updates = clocks.filter(|c| c.kind == ClockKind::Update && c.due > register.now).map(|c| c.due);
    let wanted = updates.min().unwrap_or_else(|| register.now.plus(HOUR_MS));
    Ms(wanted.0.div_euclid(FIVE_MINUTES_MS) * FIVE_MINUTES_MS).max(register.now.plus(FIVE_MINUTES_MS))
}

/// `22 giờ 40 phút ngày 29/05/2026`.
fn long(at: Ms) -> String {
    format!("{} ngày {}", at.local().format("%H giờ %M phút"), date(at.day()))
}

/// The bulletin as plain text.
fn text(bulletin: &Bulletin, agency: &str) -> String {
    let mut lines =
        vec![agency.trim().to_owned(), "THÔNG BÁO".to_owned(), bulletin.title.clone(), String::new()];
    if bulletin.training {
        lines.push("(TẬP HUẤN – thông tin không có thật)".to_owned());
    }
    lines.push(bulletin.opening.clone());
    for (title, said) in &bulletin.parts {
        lines.push(String::new());
        lines.push(title.clone());
        lines.extend(said.iter().map(|line| format!("- {line}")));
    }
    lines.push(String::new());
    lines.push(bulletin.closing.clone());
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(phase: u8, state: FlowHealth, rate: Option<f64>) -> FlowState {
        FlowState {
            flow: Flow::Sso,
            phase,
            stage: Stage::Test,
            state,
            last_success_at: None,
            success_rate: rate,
            calls: 10,
            error: None,
        }
    }

    #[test]
    fn a_flow_is_said_to_work_only_when_every_phase_does() {
        let ok = flow(1, FlowHealth::Ok, Some(0.999));
        for (other, said) in [
            (flow(2, FlowHealth::Ok, Some(1.0)), "hoạt động bình thường"),
            (flow(2, FlowHealth::Ok, None), "hoạt động bình thường"),
            (flow(2, FlowHealth::Ok, Some(0.95)), "hoạt động chưa ổn định, tỷ lệ thành công 95%"),
            (flow(2, FlowHealth::Failing, Some(1.0)), "đang gián đoạn"),
            (flow(2, FlowHealth::Unknown, None), "hiện không quan sát được"),
        ] {
            assert_eq!(flow_words(&[&ok, &other], 0.98), said);
        }
    }
}
