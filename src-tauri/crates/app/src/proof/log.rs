//! What was concluded when, in memory: the transitions of proofs in their short form, read on as they are appended.

use super::PROOF;
use pvhcc_domain::{
    proof::{Lack, ProofState},
    time::Ms,
};
use pvhcc_store::{Step, Store, StoreError};
use std::collections::BTreeMap;

/// What stood of a proof at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProofAt {
    pub(crate) state: ProofState,
    /// Since when.
    pub(crate) since: Ms,
    /// When it was concluded.
    pub(crate) at: Ms,
    /// Why it is unobserved, if it is.
    pub(crate) lack: Option<Lack>,
}

/// Conclusions by task, in the order they were kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProofLog {
    pub(super) position: i64,
    by_key: BTreeMap<String, Vec<ProofAt>>,
}

impl ProofLog {
    /// Conclusions kept after what is known here.
    pub(super) async fn news(&self, store: &Store) -> Result<Vec<Step>, StoreError> {
        store.steps(PROOF, self.position).await
    }

    pub(super) fn take(&mut self, steps: Vec<Step>) {
        for step in steps {
            self.position = self.position.max(step.position);
            let Some(state) = state_of(&step.to) else { continue };
            let Some(key) = step.entity.strip_prefix(PROOF) else { continue };
            let lack = step.lack.as_deref().and_then(lack_of);
            let at = ProofAt { state, since: step.since, at: step.at, lack };
            self.by_key.entry(key.to_owned()).or_default().push(at);
        }
    }

    /// All conclusions on a task, oldest first.
    pub(crate) fn of(&self, key: &str) -> &[ProofAt] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// The present conclusion.
    pub(crate) fn last(&self, key: &str) -> Option<ProofAt> {
        self.of(key).last().copied()
    }

    /// What stood at `at`: the last conclusion that says it held by then. A conclusion reached later about an earlier
    /// moment counts for that moment.
    pub(crate) fn at(&self, key: &str, at: Ms) -> Option<ProofAt> {
        self.of(key).iter().rev().find(|step| step.since <= at).copied()
    }

    /// The last verdict that was one, with the stretch of its state: unobserved stretches between equal verdicts do not
    /// part it.
    pub(crate) fn last_verdict(&self, key: &str) -> Option<ProofAt> {
        self.of(key).iter().rev().find(|step| step.state != ProofState::Unobserved).copied()
    }

    /// It was proved at some time.
    pub(crate) fn ever_proved(&self, key: &str) -> bool {
        self.of(key).iter().any(|step| step.state == ProofState::Proved)
    }
}

/// Name of a state, as kept.
pub(crate) fn name(state: ProofState) -> &'static str {
    match state {
        ProofState::Proved => "proved",
        ProofState::Failed => "failed",
        ProofState::Unobserved => "unobserved",
    }
}

fn state_of(name: &str) -> Option<ProofState> {
    match name {
        "proved" => Some(ProofState::Proved),
        "failed" => Some(ProofState::Failed),
        "unobserved" => Some(ProofState::Unobserved),
        _ => None,
    }
}

fn lack_of(name: &str) -> Option<Lack> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(position: i64, to: &str, at: i64, since: i64) -> Step {
        let lack = (to == "unobserved").then(|| "silence".to_owned());
        Step { position, entity: "proof:17".into(), to: to.into(), at: Ms(at), since: Ms(since), lack }
    }

    #[test]
    fn the_past_is_read_by_since_when_it_held() {
        let mut log = ProofLog::default();
        log.take(vec![
            step(1, "proved", 100, 100),
            step(2, "failed", 205, 200),
            step(4, "unobserved", 300, 290),
        ]);
        log.take(vec![step(7, "proved", 400, 400)]);
        let state = |at| log.at("17", Ms(at)).map(|s| s.state);
        assert_eq!(state(99), None);
        assert_eq!(state(199), Some(ProofState::Proved));
        assert_eq!(state(200), Some(ProofState::Failed), "concluded at 205, and held since 200");
        assert_eq!(state(295), Some(ProofState::Unobserved));
        assert_eq!(log.at("17", Ms(295)).and_then(|s| s.lack), Some(Lack::Silence));
        assert_eq!(state(1000), Some(ProofState::Proved));
        assert_eq!(log.at("18", Ms(1000)), None);
        assert!(log.ever_proved("17") && log.position == 7);
    }
}
