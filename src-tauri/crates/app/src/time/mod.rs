//! The checklist at another moment, two moments compared, and edits that disagree.
//!
//! The past is read, never recomputed: acts from the journal, proof from the transitions, the gateway's word from its
//! kept versions. What is not kept is said to be not kept.

mod as_of;
mod compare;
mod conflicts;
mod export;

use pvhcc_store::Transition;

/// Entities of proofs begin with this; the rest is the task's key.
pub(crate) const PROOF: &str = "proof:";

/// The three values of a proof, as a thing that happened.
pub(crate) fn proof_words(state: &str) -> &'static str {
    match state {
        "proved" => "Có minh chứng",
        "failed" => "Mất minh chứng",
        _ => "Không còn quan sát được minh chứng",
    }
}

/// The same, as a state.
pub(crate) fn proof_state_words(state: &str) -> &'static str {
    match state {
        "proved" => "có minh chứng",
        "failed" => "mất minh chứng",
        _ => "chưa quan sát được",
    }
}

/// Why, where the rule wrote it down.
pub(crate) fn proof_reason(transition: &Transition) -> String {
    transition.basis.get("reason").and_then(|r| r.as_str()).unwrap_or_default().to_owned()
}
