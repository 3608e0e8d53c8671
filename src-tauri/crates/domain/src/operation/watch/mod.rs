//! The live watch: how an API, a flow and a source stand, from what the gateway measured of real traffic, and where a fault
//! lies. Unknown is never good: what was not called, not seen, or seen too little has a state of its own.

mod api;
mod days;
mod flow;
mod gaps;
mod place;

pub use api::{Change, Seen, WINDOW_BUCKETS, bucket_end, changes, look, share};
pub use days::comparable_days;
pub use flow::{FLOW_SILENT_MS, FlowStanding, flow_standing};
pub use gaps::{Span, gaps, stands_still};
pub use place::{Place, Verdict, verdict, widespread};

use serde::{Deserialize, Serialize};

/// What happens by chance less often than this is a finding.
const CHANCE: f64 = 0.001;

/// Version of the rules that conclude states; stands in each transition.
pub const RULE_VERSION: u32 = 1;

/// How an API stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Fewer calls succeed than its bar asks for, and that is no chance.
    Failing,
    /// It answers, but more slowly than its bar allows.
    Slow,
    /// Below its bar by so few calls that chance alone may explain it.
    Unsure,
    /// Nobody can tell: the gateway's measures are old or never came.
    NotObserved,
    /// Nobody called it; by nature, which is no error.
    Quiet,
    /// What was called meets the bar.
    Good,
}

impl Health {
    /// All, worst first.
    pub const ALL: [Self; 6] =
        [Self::Failing, Self::Slow, Self::Unsure, Self::NotObserved, Self::Quiet, Self::Good];

    /// Its name in transitions and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Slow => "slow",
            Self::Unsure => "unsure",
            Self::NotObserved => "not_observed",
            Self::Quiet => "quiet",
            Self::Good => "good",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|health| health.as_str() == name)
    }

    /// Calls were seen that settle how it stands.
    #[must_use]
    pub fn is_conclusive(self) -> bool {
        matches!(self, Self::Failing | Self::Slow | Self::Good)
    }
}

#[cfg(test)]
mod tests;
