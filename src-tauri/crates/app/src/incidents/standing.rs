//! How things stand at this moment, in lines: what a hand-over begins with. What is not known is said as such.

use super::{Register, owner_name, stage_words, view::clock_words};
use crate::{
    App,
    runs::mode_words,
    wire::{FreshState, StandingPart, WireError},
};
use pvhcc_domain::operation::{incident::IncidentState, run::state::Stage};

impl App {
    /// Open incidents with their clocks, alerts that last, mutes that end, runs under way, sources that do not answer.
    pub(super) async fn standing(&self) -> Result<Vec<StandingPart>, WireError> {
        let register = self.incident_register().await?;
        let open: Vec<String> = register.open().into_iter().map(|s| incident_line(s, &register)).collect();
        let mut parts = vec![part("Sự cố đang mở", open, "Không có sự cố đang mở.")];
        parts.extend(self.alert_parts().await?);
        parts.push(part("Kịch bản đang chạy", self.running().await?, "Không có kịch bản đang chạy."));
        let silent = self.watch().await?.sources.into_iter().filter(|s| s.state != FreshState::Fresh);
        let silent = silent.map(|s| match s.problem {
            Some(problem) => format!("{}: {} ({problem})", s.title, s.text),
            None => format!("{}: {}", s.title, s.text),
        });
        parts.push(part("Không quan sát được", silent.collect(), "Mọi nguồn đều trả lời trong hạn."));
        Ok(parts)
    }

    /// Runs that are not over, with the steps under way.
    async fn running(&self) -> Result<Vec<String>, WireError> {
        let (runs, _) = self.run_states().await?;
        let mut lines = Vec::new();
        for run in runs.iter().filter(|run| run.ended.is_none()) {
            let titles = self.titles_of(run).await;
            let under_way = run.steps.keys().filter(|id| run.stage(id) == Stage::Running);
            let steps: Vec<String> = under_way.map(|id| format!("«{}»", titles.step(id))).collect();
            let steps = match steps.len() {
                0 => "chưa có bước nào đang làm".to_owned(),
                _ => format!("đang làm {}", steps.join(", ")),
            };
            let paused = if run.pause().is_some() { ", tạm dừng" } else { "" };
            lines.push(format!(
                "{} ({}){paused}: {steps}",
                titles.runbook,
                mode_words(run.mode).to_lowercase()
            ));
        }
        Ok(lines)
    }
}

/// A part; without lines it says so in words.
pub(super) fn part(title: &str, lines: Vec<String>, none: &str) -> StandingPart {
    let lines = if lines.is_empty() { vec![none.to_owned()] } else { lines };
    StandingPart { title: title.to_owned(), lines, unknown: false }
}

fn incident_line(state: &IncidentState, register: &Register) -> String {
    let mut said = vec![format!("{}: {}", state.severity.code(), state.title)];
    said.push(stage_words(state.stage()).to_lowercase());
    said.extend(state.owner.as_deref().map(|o| format!("đầu mối {}", owner_name(&register.who, o))));
    said.extend(register.timing().next_due(state).map(|clock| clock_words(&clock, register)));
    said.extend(state.mitigated.as_ref().map(|m| format!("cách làm tạm: {}", m.workaround)));
    said.join(" · ")
}
