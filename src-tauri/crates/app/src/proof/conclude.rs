//! Keeping what was concluded: a change of a verdict is appended as a transition, once, whoever comes to it.

use super::{PROOF, Proof, log::name, words::reasons};
use crate::{
    App, messages,
    wire::{AppEvent, WireError},
};
use pvhcc_domain::{
    proof::{Lack, ProofState, RULE_VERSION},
    time::Ms,
};
use pvhcc_store::NewTransition;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

/// Name of the rule in transitions.
const RULE: &str = "proof";

/// A transition to this verdict.
pub(crate) fn transition(key: &str, from: Option<ProofState>, proof: &Proof, at: Ms) -> NewTransition {
    NewTransition {
        entity: format!("{PROOF}{key}"),
        from: from.map(|state| name(state).to_owned()),
        to: name(proof.state()).to_owned(),
        rule: RULE.to_owned(),
        rule_version: RULE_VERSION,
        basis: serde_json::json!({
            "since": proof.since.unwrap_or(at).0,
            "lack": proof.lack,
            "reason": reasons(proof, at).into_iter().next().map(|reason| reason.text),
            "grounds": proof.verdict.grounds,
        }),
        at,
    }
}

impl App {
    /// Appends the verdicts that changed, of one task or of all, and returns how many. Before the gateway was asked in
    /// this opening, that its measures are old is no finding: the last opening ended, nothing more.
    pub(crate) async fn conclude(&self, only: Option<&str>) -> Result<usize, WireError> {
        let book = self.proofs().await?;
        let now = self.now();
        let mut nos = Vec::new();
        let mut news = Vec::new();
        for (key, proof) in book.iter().filter(|(key, _)| only.is_none_or(|only| only == *key)) {
            let from = book.log.last(key).map(|step| step.state);
            let unchanged = from.unwrap_or(ProofState::Unobserved) == proof.state();
            if unchanged || (proof.lack == Some(Lack::Silence) && !book.asked) {
                continue;
            }
            news.push(transition(key, from, proof, now));
            nos.push(key.to_owned());
        }
        let kept = self.0.store.append_conclusions(&news).await.map_err(|e| messages::store(&e))?;
        if kept > 0 {
            self.emit(AppEvent::TasksChanged { nos });
        }
        Ok(kept)
    }

    /// Concludes after every change, as long as this profile is open: rounds of the poller, acts here and of other
    /// processes, rules.
    pub(crate) fn keep_concluding(&self) {
        let mut changes = self.subscribe();
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                match changes.recv().await {
                    Ok(
                        AppEvent::SessionChanged
                        | AppEvent::ReportChanged { .. }
                        | AppEvent::ReportReminder { .. }
                        | AppEvent::OperationsChanged { .. }
                        | AppEvent::AlertRaised { .. }
                        | AppEvent::RollbackDue { .. }
                        | AppEvent::Notice { .. },
                    ) => continue,
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
                // Several changes at once need one look.
                while changes.try_recv().is_ok() {}
                let Some(inner) = weak.upgrade() else { return };
                if let Err(e) = App::of(inner).conclude(None).await {
                    tracing::warn!(error = %e.message, "verdicts were not kept");
                }
            }
        });
    }
}
