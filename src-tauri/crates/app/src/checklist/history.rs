//! The history of one task, in words: what people said, and between it what the program concluded about its proof.

use super::entity;
use crate::{
    App, messages,
    people::Actor,
    proof::{PROOF, proof_step},
    wire::{HistoryLine, WireError},
};
use pvhcc_domain::{act::Act, compare::said_by, proof::ProofState, roles::Auth, task::undone, time::Ms};
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
        let batches = self.0.store.batches().await.map_err(failed)?;
        let who = self.who().await?;
        let undone = undone(&events);
        let state = pvhcc_domain::task::project(&events);
        let disputed: HashSet<&str> =
            state.conflicts.iter().flat_map(|c| [c.first.as_str(), c.second.as_str()]).collect();
        let said = events.iter().map(|event| {
            let (text, detail) = self.phrase(event, &events);
            let is_undone = undone.contains(event.id.as_str());
            let line = HistoryLine {
                id: event.id.clone(),
                at: event.said_at.0,
                text,
                detail,
                who: who.of(event),
                offline: event.auth == Auth::Offline,
                told: event.auth == Auth::CommandLine,
                automatic: false,
                batch: batches.of(&event.id).map(|b| b.about.clone()),
                disputed: disputed.contains(event.id.as_str()),
                undone: is_undone,
                undoable: !is_undone && actor.is_some_and(|a| a.person == event.actor),
                redo: matches!(event.act, Act::ActUndone { .. }),
            };
            (event.said_at, line)
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
    let reason = transition.basis.get("reason").and_then(|r| r.as_str());
    HistoryLine {
        id: transition.id.clone(),
        at: transition.at.0,
        text,
        detail: reason.unwrap_or_default().to_owned(),
        who: "tự động".to_owned(),
        offline: false,
        told: false,
        automatic: true,
        batch: None,
        disputed: false,
        undone: false,
        undoable: false,
        redo: false,
    }
}
