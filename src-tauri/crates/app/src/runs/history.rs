//! Runs for the log of a night: acts in words, what machine gates showed, reasons to go back that were met.

use super::{
    log::phrase,
    measures::{CONDITION, conditions},
    triggers::TRIGGER,
};
use crate::{
    App,
    checklist::Who,
    messages,
    wire::{ReplayKind, ReplayLine, ReplayOrigin, Target, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::{
        run::{RUN, RunAct, RunbookAct},
        runbook::{Runbook, Seen},
    },
    time::Ms,
};
use std::collections::BTreeMap;

/// Runbooks of all runs, by run.
pub(crate) struct RunHistory(BTreeMap<String, Runbook>);

impl RunHistory {
    /// An act of a run or on a runbook in words, what goes with it, and where it leads.
    pub(crate) fn act(&self, event: &Event, who: &Who) -> Option<(String, String, Target)> {
        match &event.act {
            Act::Run(act) => {
                let id = event.entity.strip_prefix(RUN)?;
                let (text, detail) = phrase(self.0.get(id)?, act, who);
                let kind = if matches!(act, RunAct::Opened { .. }) { "Kịch bản: " } else { "" };
                Some((format!("{kind}{text}"), detail, target(id)))
            }
            Act::Runbook(act) => {
                let (text, detail) = match act {
                    RunbookAct::Saved { title, about, .. } => {
                        (format!("Lưu kịch bản «{title}»"), about.clone().unwrap_or_default())
                    }
                    RunbookAct::Retired { reason } => ("Thôi dùng kịch bản".to_owned(), reason.clone()),
                };
                Some((text, detail, Target::operations("runbook")))
            }
            _ => None,
        }
    }
}

impl App {
    pub(crate) async fn run_history(&self) -> Result<RunHistory, WireError> {
        let mut books = BTreeMap::new();
        for run in self.run_states().await?.0 {
            let book = self.runbook_of(&run).await?;
            books.insert(run.id, book);
        }
        Ok(RunHistory(books))
    }

    /// What was concluded about runs in `from..=to`, in no order. What a condition showed first is no change.
    pub(crate) async fn run_lines(
        &self,
        history: &RunHistory,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<ReplayLine>, WireError> {
        let failed = |e| messages::store(&e);
        let mut lines = Vec::new();
        let mut push = |id: String, at: Ms, run: &str, tone: &str, text: String| {
            let line = ReplayLine::new(id, at, ReplayKind::Run, ReplayOrigin::Concluded);
            lines.push(ReplayLine { tone: tone.to_owned(), text, target: Some(target(run)), ..line });
        };
        for step in self.0.store.transitions_under(CONDITION, from, to).await.map_err(failed)? {
            let key = step.entity.strip_prefix(CONDITION).and_then(|e| e.split_once('/'));
            let Some((run, key)) = key.filter(|_| step.from.is_some()) else { continue };
            let found = history.0.get(run).and_then(|book| conditions(book).find(|c| c.key() == key));
            let (Some(condition), Some(seen)) = (found, Seen::parse(&step.to)) else { continue };
            let (tone, shows) = match seen {
                Seen::Holds => ("good", "có"),
                Seen::Fails => ("warn", "không"),
                Seen::Unobserved => ("unknown", "không quan sát được"),
            };
            push(
                step.id,
                step.at,
                run,
                tone,
                format!("Máy đo «{}»: {shows}", self.condition_words(condition)),
            );
        }
        for step in self.0.store.transitions_under(TRIGGER, from, to).await.map_err(failed)? {
            let Some((run, id)) = step.entity.strip_prefix(TRIGGER).and_then(|e| e.split_once('/')) else {
                continue;
            };
            let trigger = history.0.get(run).and_then(|book| book.triggers.iter().find(|t| t.id == id));
            let Some(trigger) = trigger else { continue };
            let (tone, text) = match step.to.as_str() {
                "met" => ("bad", format!("Tín hiệu quay lui: {}", trigger.text)),
                _ => ("good", format!("Hết tín hiệu quay lui: {}", trigger.text)),
            };
            push(step.id, step.at, run, tone, text);
        }
        Ok(lines)
    }
}

fn target(run: &str) -> Target {
    Target::operations(&format!("runbook?run={run}"))
}
