//! Whether a measured reason to go back is met: it counts from the end of the step after which it may, for as long as it says.

use super::state::{RunState, Stage};
use crate::{
    operation::runbook::{Seen, Trigger, Watched},
    time::Ms,
};
use serde::{Deserialize, Serialize};

/// How a trigger stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// The step after which it counts is not done.
    Unarmed,
    /// It is seen not to hold.
    Clear,
    /// It holds, not yet for long enough.
    Building,
    /// It is time to go back.
    Met,
    /// Nothing is observed: neither clear nor met.
    Unobserved,
}

impl Danger {
    /// All.
    pub const ALL: [Self; 5] = [Self::Unarmed, Self::Clear, Self::Building, Self::Met, Self::Unobserved];
}

/// How `trigger` stands at `now`, and since when; what was not observed in between stops no clock.
#[must_use]
pub fn danger(run: &RunState, trigger: &Trigger, watched: Watched, now: Ms) -> (Danger, Option<Ms>) {
    let armed = match run.stage(&trigger.after) {
        Stage::Done => run.step(&trigger.after).ended(),
        _ => None,
    };
    let Some(armed) = armed else { return (Danger::Unarmed, None) };
    let since = watched.held_since.unwrap_or(watched.since).max(armed);
    match watched.seen {
        Seen::Fails => (Danger::Clear, Some(watched.since.max(armed))),
        Seen::Unobserved => (Danger::Unobserved, Some(watched.since.max(armed))),
        Seen::Holds if now.0 - since.0 >= trigger.when.length() => (Danger::Met, Some(since)),
        Seen::Holds => (Danger::Building, Some(since)),
    }
}
