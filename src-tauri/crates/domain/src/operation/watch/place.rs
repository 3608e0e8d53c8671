//! Where a fault lies: this machine, its network, the gateway, or one API.

use super::Health;
use serde::{Deserialize, Serialize};

/// Where the last failure to ask a source lay, as the poller found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// This machine or its settings.
    OwnMachine,
    /// The network between.
    OwnNetwork,
    /// The host as a whole.
    Host,
    /// Only the address that was asked.
    OneAddress,
}

/// What is to be said of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// This machine cannot ask.
    OwnMachine,
    /// The unit's network does not lead out.
    OwnNetwork,
    /// The gateway does not answer, or most of what goes through it fails.
    Gateway,
    /// This API fails or is slow while others work.
    Api,
    /// Nobody can tell.
    NotObserved,
    /// Not called, or too little to tell.
    Unclear,
    /// It works.
    Fine,
}

impl Verdict {
    /// All, the farthest cause first.
    pub const ALL: [Self; 7] = [
        Self::OwnMachine,
        Self::OwnNetwork,
        Self::Gateway,
        Self::Api,
        Self::NotObserved,
        Self::Unclear,
        Self::Fine,
    ];
}

/// Least APIs that fail together before the gateway is suspected.
const WIDESPREAD: usize = 3;

/// Most of the APIs that were called fail: a cause of their own is unlikely for each.
#[must_use]
pub fn widespread(healths: &[Health]) -> bool {
    let failing = healths.iter().filter(|h| **h == Health::Failing).count();
    let called = healths.iter().filter(|h| !matches!(h, Health::Quiet | Health::NotObserved)).count();
    failing >= WIDESPREAD && failing * 2 > called
}

/// Where the fault of an API lies. `failing` is where the last failure to ask for its measures lay, while they cannot be asked
/// for; that goes first, for nothing newer is known. `widespread` as [`widespread`].
#[must_use]
pub fn verdict(failing: Option<Place>, health: Health, widespread: bool) -> Verdict {
    match (failing, health) {
        (Some(Place::OwnMachine), _) => Verdict::OwnMachine,
        (Some(Place::OwnNetwork), _) => Verdict::OwnNetwork,
        (Some(Place::Host), _) => Verdict::Gateway,
        // Only the measures do not come; the last ones stand until they are old.
        (Some(Place::OneAddress) | None, health) => match health {
            Health::NotObserved => Verdict::NotObserved,
            Health::Quiet | Health::Unsure => Verdict::Unclear,
            Health::Failing if widespread => Verdict::Gateway,
            Health::Failing | Health::Slow => Verdict::Api,
            Health::Good => Verdict::Fine,
        },
    }
}
