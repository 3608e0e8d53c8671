//! The sentences of a bulletin: what works and what does not, for units and citizens. A test that passes is not believed over calls
//! that fail or over a cause that stands.

use super::Register;
use crate::{
    App,
    alerts::Book,
    wire::{FlowCell, FlowLine, FreshState, ProbeView, WatchView},
};
use pvhcc_domain::{
    observation::{ProbeState, SourceId, Stage},
    operation::{
        alert::Alert,
        incident::{IncidentState, Severity},
        signal::flow_node,
        watch::{FlowStanding, Health},
    },
    text::{date, lower_first, percent},
    time::Ms,
};

/// Causes that stand, as bad as an incident of S1 or S2, and that no open incident speaks of yet.
pub(super) fn unreported<'a>(book: &'a Book, open: &[&IncidentState]) -> Vec<&'a Alert> {
    let told = |alert: &Alert| open.iter().any(|state| state.alerts.contains(&alert.id));
    let bad = |alert: &Alert| alert.severity <= Severity::S2 && !told(alert);
    let mut found: Vec<&Alert> = book.history.firing().into_iter().filter(|alert| bad(alert)).collect();
    found.sort_by_key(|alert| (alert.severity, alert.since));
    found
}

/// Each flow in a sentence: by its tests, by what is wrong with what it needs, and by its APIs.
pub(super) fn flow_sentence(line: &FlowLine, watch: &WatchView, book: &Book) -> String {
    let told = watch.sources.iter().find(|s| s.id == SourceId::GatewayFlows.as_str());
    let said = match flow_words(line, watch.sync_bar) {
        Said::Unobserved => {
            // Of a source that answers, it is the flow that nobody could test.
            let since = told
                .filter(|source| source.state != FreshState::Fresh)
                .and_then(|source| source.fetched_at)
                .map(|at| format!(" (số liệu gần nhất lúc {})", long(Ms(at))));
            format!("hiện không quan sát được{}", since.unwrap_or_default())
        }
        Said::Words(words) => words,
        Said::Fine => fine_but(line, watch, book),
    };
    format!("{}: {said}.", line.title)
}

/// Tests that pass are not the whole story: what the flow needs may be down, and citizens' calls may fail.
fn fine_but(line: &FlowLine, watch: &WatchView, book: &Book) -> String {
    let node = flow_node(line.flow);
    let cause = book
        .history
        .firing()
        .into_iter()
        .filter(|alert| alert.touches(&node))
        .min_by_key(|a| (a.severity, a.since));
    if let Some(cause) = cause {
        return format!(
            "đang bị ảnh hưởng từ {}: {}",
            long(cause.since),
            lower_first(cause.title.trim_end_matches('.'))
        );
    }
    let of =
        |health| watch.apis.iter().filter(|api| api.flow == Some(line.flow) && api.health == health).count();
    match (of(Health::Failing), of(Health::Slow), of(Health::NotObserved)) {
        (0, 0, 0) => "hoạt động bình thường".to_owned(),
        (0, 0, unseen) => {
            format!("kiểm thử đạt, {unseen} trong {} API hiện không quan sát được", line.apis)
        }
        (0, slow, _) => format!("hoạt động chậm ở {slow} trong {} API", line.apis),
        (failing, ..) => format!("hoạt động chưa ổn định, lỗi ở {failing} trong {} API", line.apis),
    }
}

impl App {
    pub(super) fn incident_sentence(&self, state: &IncidentState, register: &Register) -> String {
        let level = &register.severities().of(state.severity).label;
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

/// What the tests of a flow say.
#[derive(Debug, PartialEq)]
enum Said {
    Fine,
    Unobserved,
    Words(String),
}

/// One flow's tests in words: the worst of its phases counts.
fn flow_words(line: &FlowLine, bar: f64) -> Said {
    let tests = || {
        let asked =
            |cell: &&FlowCell| !matches!(cell.standing, FlowStanding::Absent | FlowStanding::NotStarted);
        line.cells.iter().filter(|cell| cell.stage == Stage::Test).filter(asked)
    };
    let any = |standing| tests().any(|cell| cell.standing == standing);
    if tests().next().is_none() {
        return Said::Words("chưa có thông tin".to_owned());
    }
    if any(FlowStanding::Failing) {
        return Said::Words("đang gián đoạn".to_owned());
    }
    if any(FlowStanding::NotObserved) {
        return Said::Unobserved;
    }
    let below = tests().filter_map(|cell| cell.rate).filter(|rate| *rate < bar).min_by(f64::total_cmp);
    match below {
        Some(rate) => Said::Words(format!("hoạt động chưa ổn định, tỷ lệ thành công {}", percent(rate, 1))),
        None => Said::Fine,
    }
}

/// A cause in a sentence, for a unit that only has to know what does not work.
pub(super) fn alert_sentence(alert: &Alert, effects: &str, taken: bool) -> String {
    let effects =
        if effects.is_empty() { String::new() } else { format!(" Phạm vi ảnh hưởng: {effects}.") };
    let state = if taken { "Đơn vị kỹ thuật đang khắc phục." } else { "Đang xác minh." };
    format!("Từ {}: {}.{effects} {state}", long(alert.since), alert.title.trim_end_matches('.'))
}

/// A system around that is not well, in a sentence.
pub(super) fn probe_sentence(probe: &ProbeView) -> Option<String> {
    let said = match (probe.state, probe.since) {
        (ProbeState::Up, _) => return None,
        (ProbeState::Down, Some(since)) => format!("không truy cập được từ {}", long(Ms(since))),
        (ProbeState::Down, None) => "không truy cập được".to_owned(),
        (ProbeState::Unknown, _) => "hiện không quan sát được".to_owned(),
    };
    Some(format!("{}: {said}.", probe.title))
}

pub(super) fn over_sentence(state: &IncidentState) -> String {
    let until = state.resolved.as_ref().map(|r| long(r.at)).unwrap_or_default();
    format!("{}: từ {} đến {until}.", state.title.trim_end_matches('.'), long(state.detected))
}

/// `22 giờ 40 phút ngày 29/05/2026`.
pub(super) fn long(at: Ms) -> String {
    format!("{} ngày {}", at.local().format("%H giờ %M phút"), date(at.day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::observation::Flow;

    fn cell(phase: u8, standing: FlowStanding, rate: Option<f64>) -> FlowCell {
        FlowCell {
            phase,
            stage: Stage::Test,
            standing,
            text: String::new(),
            detail: String::new(),
            since: None,
            last_success_at: None,
            rate,
            calls: 10,
            error: None,
        }
    }

    #[test]
    fn a_flow_is_said_to_work_only_when_every_phase_does() {
        let words = |words: &str| Said::Words(words.to_owned());
        for (other, said) in [
            (cell(2, FlowStanding::Good, Some(1.0)), Said::Fine),
            (cell(2, FlowStanding::Good, None), Said::Fine),
            (cell(2, FlowStanding::Absent, None), Said::Fine),
            (cell(2, FlowStanding::Weak, Some(0.95)), words("hoạt động chưa ổn định, tỷ lệ thành công 95%")),
            (cell(2, FlowStanding::Failing, Some(1.0)), words("đang gián đoạn")),
            (cell(2, FlowStanding::NotObserved, None), Said::Unobserved),
        ] {
            let line = FlowLine {
                flow: Flow::Sso,
                title: String::new(),
                cells: vec![cell(1, FlowStanding::Good, Some(0.999)), other],
                apis_good: 0,
                apis: 0,
                worst: None,
            };
            assert_eq!(flow_words(&line, 0.98), said);
        }
    }
}
