//! The checklist at another moment, two moments compared, and edits that disagree.
//!
//! The past is read, never recomputed: acts from the journal, proof from the transitions, the gateway's word from its
//! kept versions. What is not kept is said to be not kept.

mod as_of;
mod compare;
mod conflicts;
mod export;

pub(crate) use as_of::states_at;
