//! The log of a run: what each act said, newest first.

use super::{Scene, entity, words};
use crate::{
    App,
    checklist::Who,
    wire::{RunLine, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::{run::RunAct, runbook::Runbook},
};

impl App {
    pub(super) async fn run_log(&self, scene: &Scene, who: &Who) -> Result<Vec<RunLine>, WireError> {
        let mut events = self.events_of(&entity(&scene.run.id)).await?;
        events.sort_by(|a, b| (b.said_at, &b.id).cmp(&(a.said_at, &a.id)));
        let line = |event: &Event| {
            let Act::Run(act) = &event.act else { return None };
            let (text, detail) = phrase(&scene.runbook, act, who);
            Some(RunLine { at: event.said_at.0, who: who.of(event), text, detail })
        };
        Ok(events.iter().filter_map(line).collect())
    }
}

/// What an act of a run says, and what goes with it.
pub(super) fn phrase(runbook: &Runbook, act: &RunAct, who: &Who) -> (String, String) {
    let step = |id: &str| runbook.step(id).map_or_else(|| id.to_owned(), |s| s.title.clone());
    let gate = |id: &str| runbook.gate(id).map_or_else(|| id.to_owned(), |g| g.title.clone());
    let person = |id: &Option<String>| {
        id.as_deref().map_or("không có", |id| who.name(id).unwrap_or("đã xóa tên")).to_owned()
    };
    match act {
        RunAct::Opened { mode, .. } => {
            (format!("Mở lần chạy: {}", words::mode(*mode)), runbook.title.clone())
        }
        RunAct::Paused { reason } => ("Tạm dừng".to_owned(), reason.clone()),
        RunAct::Resumed {} => ("Chạy tiếp".to_owned(), String::new()),
        RunAct::Ended { text } => ("Kết thúc".to_owned(), text.clone()),
        RunAct::StepAssigned { step: id, owner, backup } => (
            format!("Phân công «{}»", step(id)),
            format!("phụ trách {}, dự phòng {}", person(owner), person(backup)),
        ),
        RunAct::StepStarted { step: id, despite } => {
            let despite = despite.as_ref().map(|d| format!("dù cổng máy đo chưa cho: {d}"));
            (format!("Bắt đầu «{}»", step(id)), despite.unwrap_or_default())
        }
        RunAct::StepEnded { step: id, end, text, files } => {
            let files = files.iter().map(|f| f.name.clone());
            let detail: Vec<String> = text.iter().cloned().chain(files).collect();
            (format!("{} «{}»", words::step_end(*end), step(id)), detail.join(" · "))
        }
        RunAct::StepReopened { step: id, reason } => (format!("Làm lại «{}»", step(id)), reason.clone()),
        RunAct::Voted { gate: id, criterion, vote, reason } => {
            let text = runbook.gate(id).and_then(|g| g.criterion(criterion));
            let text = text.map_or(criterion.as_str(), |c| c.text.as_str());
            (format!("{}: «{text}»", words::vote(*vote)), reason.clone().unwrap_or_else(|| gate(id)))
        }
        RunAct::GateDecided { gate: id, decision, reason, .. } => (
            format!("Quyết định {} ở «{}»", words::decision(*decision).to_lowercase(), gate(id)),
            reason.clone(),
        ),
        RunAct::NoReturnPassed { step: id, second, reason } => (
            format!("Qua điểm không thể quay lui «{}»", step(id)),
            [Some(format!("cùng {}", who.person(&second.person, second.role))), reason.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        ),
    }
}
