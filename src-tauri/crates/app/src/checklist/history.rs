//! The history of one task, in words: what people said, and between it what the program concluded about its proof.

use super::entity;
use crate::{
    App, messages,
    people::Actor,
    proof::{PROOF, proof_step},
    said::concluded,
    wire::{HistoryLine, WireError},
};
use pvhcc_domain::{compare::said_by, proof::ProofState, time::Ms};
use pvhcc_store::Transition;
use std::collections::HashSet;

impl App {
    /// Newest first; of the past, what had been said and concluded by then.
    pub(crate) async fn history(
        &self,
        no: &str,
        actor: Option<&Actor>,
        past: Option<Ms>,
    ) -> Result<Vec<HistoryLine>, WireError> {
        let failed = |e| messages::store(&e);
        let until = past.unwrap_or(Ms(i64::MAX));
        let events = said_by(&self.events_of(&entity(no)).await?, until);
        let line = self.lines_of(&events, actor).await?;
        let state = pvhcc_domain::task::project(&events);
        let disputed: HashSet<&str> =
            state.conflicts.iter().flat_map(|c| [c.first.as_str(), c.second.as_str()]).collect();
        let said = events.iter().map(|event| {
            let disputed = disputed.contains(event.id.as_str());
            (event.said_at, HistoryLine { disputed, ..line(event, self.phrase(event, &events)) })
        });
        let book = self.proofs().await?;
        let steps = book.log.of(no);
        let kept = self.0.store.transitions(Some(&format!("{PROOF}{no}")), Ms(0)).await.map_err(failed)?;
        let concluded = kept.iter().zip(steps).enumerate().map(|(place, (transition, step))| {
            let lost = steps[..place].iter().any(|s| s.state == ProofState::Proved);
            (transition.at, concluded_line(transition, proof_step(step, lost).text))
        });
        let concluded = concluded.filter(|(at, _)| *at <= until);
        let mut lines: Vec<(Ms, HistoryLine)> = said.chain(concluded).collect();
        // Stable: what people said at one instant keeps the journal's order.
        lines.sort_by_key(|(at, _)| *at);
        Ok(lines.into_iter().rev().map(|(_, line)| line).collect())
    }
}

fn concluded_line(transition: &Transition, text: String) -> HistoryLine {
    let reason = transition.basis.get("reason").and_then(|r| r.as_str()).unwrap_or_default();
    concluded(transition.id.clone(), transition.at, text, reason.to_owned(), "tự động")
}
