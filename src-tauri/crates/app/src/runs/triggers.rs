//! Reasons to go back, told when they are met: loud in a live run, and at the head of what needs attention until they are over.

use super::{
    measures::{RULE, RULE_VERSION, Readings},
    words,
};
use crate::{
    App, messages,
    wire::{AppEvent, AttentionItem, Target, WireError},
    words as common,
};
use pvhcc_domain::{
    operation::{
        run::{
            Mode,
            state::RunState,
            trigger::{Danger, danger},
        },
        runbook::{Runbook, Trigger},
    },
    time::Ms,
};
use pvhcc_store::{NewTransition, Transition};
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

/// Entities of triggers that were told of: `run_trigger:<run>/<trigger>`.
pub(super) const TRIGGER: &str = "run_trigger:";
const MET: &str = "met";
const CLEAR: &str = "clear";
/// In "cần chú ý" going back comes before every alert.
const RANK: i64 = 2_100;

fn entity(run: &RunState, trigger: &Trigger) -> String {
    format!("{TRIGGER}{}/{}", run.id, trigger.id)
}

/// Page for a live run; a rehearsal asks for a look.
fn level(mode: Mode) -> u8 {
    match mode {
        Mode::Live => 4,
        Mode::Rehearsal => 3,
    }
}

impl App {
    async fn open_runs(&self) -> Result<Vec<(RunState, Runbook)>, WireError> {
        let (runs, _) = self.run_states().await?;
        let mut open = Vec::new();
        for run in runs.into_iter().filter(|r| r.ended.is_none()) {
            let runbook = self.runbook_of(&run).await?;
            open.push((run, runbook));
        }
        Ok(open)
    }

    /// What was concluded last of a trigger.
    async fn trigger_told(&self, run: &RunState, trigger: &Trigger) -> Result<Option<Transition>, WireError> {
        let kept = self.0.store.transitions(Some(&entity(run, trigger)), Ms(i64::MIN)).await;
        Ok(kept.map_err(|e| messages::store(&e))?.into_iter().rfind(|t| t.at <= self.now()))
    }

    /// Lines of "cần chú ý" with their ranks: reasons to go back that are met in a live run.
    pub(crate) async fn trigger_lines(&self) -> Result<Vec<(i64, AttentionItem)>, WireError> {
        let mut lines = Vec::new();
        for (run, runbook) in self.open_runs().await? {
            if run.mode != Mode::Live || run.going_back().is_some() {
                continue;
            }
            for trigger in &runbook.triggers {
                let Some(told) = self.trigger_told(&run, trigger).await?.filter(|t| t.to == MET) else {
                    continue;
                };
                let since = common::moment(told.at, self.now());
                let item = AttentionItem {
                    badge: "Quay lui".into(),
                    tone: "bad".into(),
                    title: trigger.text.clone(),
                    detail: format!("tín hiệu quay lui từ {since} · {}", runbook.title),
                    action: "Mở".into(),
                    target: Target::operations(&format!("runbook?run={}", run.id)),
                };
                lines.push((RANK, item));
            }
        }
        Ok(lines)
    }

    /// Looks at the conditions of open runs, and tells once of each reason to go back that is met.
    pub(crate) async fn watch_runs(&self) -> Result<(), WireError> {
        let open = self.open_runs().await?;
        if open.is_empty() {
            return Ok(());
        }
        let pairs: Vec<(&RunState, &Runbook)> = open.iter().map(|(r, b)| (r, b)).collect();
        let readings = self.look(&pairs).await?;
        for (run, runbook) in pairs {
            for trigger in &runbook.triggers {
                self.watch_trigger(run, trigger, &readings).await?;
            }
        }
        Ok(())
    }

    async fn watch_trigger(
        &self,
        run: &RunState,
        trigger: &Trigger,
        readings: &Readings,
    ) -> Result<(), WireError> {
        let now = self.now();
        let watched = readings.watched(&run.id, &trigger.when, now);
        let met = danger(run, trigger, watched, now).0 == Danger::Met;
        let last = self.trigger_told(run, trigger).await?.map(|t| t.to);
        let to = if met { MET } else { CLEAR };
        if last.as_deref().unwrap_or(CLEAR) == to {
            return Ok(());
        }
        let news = NewTransition {
            entity: entity(run, trigger),
            from: last,
            to: to.to_owned(),
            rule: RULE.to_owned(),
            rule_version: RULE_VERSION,
            basis: serde_json::json!({ "value": readings.value(&trigger.when) }),
            at: now,
        };
        let kept = self.0.store.append_conclusions(&[news]).await.map_err(|e| messages::store(&e))?;
        if kept > 0 && met {
            let text = format!("{} · tín hiệu quay lui: {}.", words::mode(run.mode), trigger.text);
            self.emit(AppEvent::RollbackDue { run: run.id.clone(), level: level(run.mode), text });
        }
        self.emit(AppEvent::OperationsChanged { part: "runs".to_owned() });
        Ok(())
    }

    /// Looks after every change of what is measured or said of a run, as long as this profile is open.
    pub(crate) fn keep_watching_runs(&self) {
        let mut changes = self.subscribe();
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                match changes.recv().await {
                    Ok(AppEvent::SourcesChanged | AppEvent::OperationsChanged { .. })
                    | Err(RecvError::Lagged(_)) => {}
                    Ok(_) => continue,
                    Err(RecvError::Closed) => return,
                }
                // Several changes at once need one look.
                while changes.try_recv().is_ok() {}
                let Some(inner) = weak.upgrade() else { return };
                if let Err(e) = App::of(inner).watch_runs().await {
                    tracing::warn!(error = %e.message, "conditions of runs were not looked at");
                }
            }
        });
    }
}
