//! What happened to an incident, in time order: its alerts, what people did, and the steps of the run it happened in.

use super::{Register, entity};
use crate::{
    App,
    runs::Titles,
    wire::{IncidentAlert, TimelineKind, TimelineLine, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::{
        incident::{IncidentAct, IncidentState},
        run::{RUN, RunAct, StepEnd},
    },
    roles::Auth,
    time::Ms,
};

/// What was recorded later than this after it happened says when.
pub(super) const LATE_MS: i64 = 60_000;
/// Steps of the run are told from this long before the detection.
const BEFORE_MS: i64 = 30 * 60_000;

impl App {
    /// Oldest first.
    pub(super) async fn timeline(
        &self,
        register: &Register,
        state: &IncidentState,
        alerts: &[IncidentAlert],
    ) -> Result<Vec<TimelineLine>, WireError> {
        let parties = self.party_states().await?;
        let mut lines: Vec<TimelineLine> = alerts.iter().flat_map(alert_lines).collect();
        for event in self.events_of(&entity(&state.id)).await? {
            let Act::Incident(act) = &event.act else { continue };
            let (text, detail) = self.incident_phrase(act, register, &parties);
            let at = happened(act).unwrap_or(event.said_at);
            let detail = match act {
                IncidentAct::AlertLinked { alert } => {
                    alerts.iter().find(|a| a.id == *alert).map(|a| a.text.clone()).unwrap_or_default()
                }
                _ => detail,
            };
            lines.push(TimelineLine {
                id: event.id.clone(),
                at: at.0,
                recorded: (event.said_at.0 - at.0 > LATE_MS).then_some(event.said_at.0),
                kind: TimelineKind::Act,
                text,
                detail,
                who: register.who.of(&event),
                idle: state.idle.contains(&event.id),
                told: matches!(event.auth, Auth::CommandLine | Auth::Offline),
            });
        }
        if let Some(run) = &state.run {
            let until = state.resolved.as_ref().map_or(Ms(i64::MAX), |r| r.at);
            let span = state.detected.plus(-BEFORE_MS)..=until;
            let events = self.events_of(&format!("{RUN}{run}")).await?;
            let within = events.iter().filter(|e| span.contains(&e.said_at));
            let (runs, _) = self.run_states().await?;
            if let Some(run) = runs.iter().find(|r| r.id == *run) {
                let titles = self.titles_of(run).await;
                lines.extend(within.filter_map(|event| step_line(event, &titles, register)));
            }
        }
        lines.sort_by_key(|line| (line.at, line.recorded.unwrap_or(line.at)));
        Ok(lines)
    }
}

/// When it happened, where the act says so itself.
pub(super) fn happened(act: &IncidentAct) -> Option<Ms> {
    match act {
        IncidentAct::Opened { detected: at, .. }
        | IncidentAct::Noted { at, .. }
        | IncidentAct::Mitigated { at, .. }
        | IncidentAct::Resolved { at, .. } => Some(*at),
        _ => None,
    }
}

fn alert_lines(alert: &IncidentAlert) -> impl Iterator<Item = TimelineLine> {
    let line = |at: i64, what: &str| TimelineLine {
        id: format!("{}:{what}", alert.id),
        at,
        recorded: None,
        kind: TimelineKind::Alert,
        text: format!("{what}: {}", alert.text),
        detail: String::new(),
        who: "tự động".to_owned(),
        idle: false,
        told: false,
    };
    let ended = alert.cleared.map(|at| line(at, "Hết cảnh báo"));
    std::iter::once(line(alert.raised, "Cảnh báo")).chain(ended)
}

fn step_line(event: &Event, titles: &Titles, register: &Register) -> Option<TimelineLine> {
    let Act::Run(act) = &event.act else { return None };
    let (step, text, detail) = match act {
        RunAct::StepStarted { step, despite } => (step, "bắt đầu", despite.clone()),
        RunAct::StepEnded { step, end, text, .. } => {
            let how = match end {
                StepEnd::Done => "xong",
                StepEnd::Failed => "không đạt",
                StepEnd::Skipped => "bỏ qua",
            };
            (step, how, text.clone())
        }
        RunAct::StepReopened { step, reason } => (step, "làm lại", Some(reason.clone())),
        _ => return None,
    };
    Some(TimelineLine {
        id: event.id.clone(),
        at: event.said_at.0,
        recorded: None,
        kind: TimelineKind::Step,
        text: format!("Kịch bản, «{}»: {text}", titles.step(step)),
        detail: detail.unwrap_or_default(),
        who: register.who.of(event),
        idle: false,
        told: event.auth == Auth::CommandLine,
    })
}
