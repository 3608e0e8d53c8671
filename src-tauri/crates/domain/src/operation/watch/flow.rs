//! How a flow stands in one phase and stage, from the gateway's own word.

use crate::{
    observation::{FlowHealth, FlowState, Stage},
    time::Ms,
};
use serde::{Deserialize, Serialize};

/// A flow that works has a success at least this often; ms.
pub const FLOW_SILENT_MS: i64 = 3_600_000;

/// State of a cell of the flow matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowStanding {
    /// The gateway calls it failing.
    Failing,
    /// It works, but below the bar of success, or without a success for long.
    Weak,
    /// The gateway does not know, or was not asked in time.
    NotObserved,
    /// Nothing was set up yet.
    NotStarted,
    /// There is no such step (SSO is not declared in phase 2).
    Absent,
    /// Works.
    Good,
}

impl FlowStanding {
    /// All, worst first.
    pub const ALL: [Self; 6] =
        [Self::Failing, Self::Weak, Self::NotObserved, Self::NotStarted, Self::Absent, Self::Good];

    /// Its name in transitions and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Weak => "weak",
            Self::NotObserved => "not_observed",
            Self::NotStarted => "not_started",
            Self::Absent => "absent",
            Self::Good => "good",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == name)
    }
}

/// How a flow stands at `now`, as the gateway said in an answer that is `current` or not. `bar` is the least share of calls that
/// succeed, 0..=1. What was declared once stays declared; only a test must go on succeeding.
#[must_use]
pub fn flow_standing(flow: &FlowState, bar: f64, current: bool, now: Ms) -> FlowStanding {
    match flow.state {
        // What never was and never will be needs no news.
        FlowHealth::NotApplicable => FlowStanding::Absent,
        _ if !current => FlowStanding::NotObserved,
        FlowHealth::Unknown => FlowStanding::NotObserved,
        FlowHealth::NotStarted => FlowStanding::NotStarted,
        FlowHealth::Failing => FlowStanding::Failing,
        FlowHealth::Ok => {
            let low = flow.success_rate.is_some_and(|rate| rate < bar);
            let silent = flow.stage == Stage::Test
                && flow.last_success_at.is_none_or(|at| now.0.saturating_sub(at.0) > FLOW_SILENT_MS);
            if low || silent { FlowStanding::Weak } else { FlowStanding::Good }
        }
    }
}
