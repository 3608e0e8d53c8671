//! How long incidents take: MTTA = acknowledged − detected, MTTR = resolved − detected (domain.md §5.1), over those that are over;
//! open ones are counted apart and never shorten a mean.

use super::{IncidentState, Severity, Stage};
use crate::time::Ms;
use std::ops::Range;

/// Mean and median of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// ms.
    pub mean: i64,
    /// ms; of an even number the mean of the two in the middle.
    pub median: i64,
}

/// Figures of a set of incidents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Over: resolved or closed.
    pub over: usize,
    /// Not over; in neither figure below.
    pub open: usize,
    /// Time to acknowledge; `None` while none is over.
    pub acknowledge: Option<Spread>,
    /// Time to resolve; `None` while none is over.
    pub resolve: Option<Spread>,
}

/// Figures of the incidents detected within `span` (end exclusive), of one severity or of all.
#[must_use]
pub fn figures(states: &[IncidentState], severity: Option<Severity>, span: Range<Ms>) -> Figures {
    let among =
        || states.iter().filter(|s| span.contains(&s.detected) && severity.is_none_or(|v| s.severity == v));
    let over = || among().filter(|s| s.stage() >= Stage::Resolved);
    let since = |of: fn(&IncidentState) -> Option<Ms>| {
        spread(over().filter_map(|s| of(s).map(|at| at.0 - s.detected.0)).collect())
    };
    Figures {
        over: over().count(),
        open: among().count() - over().count(),
        acknowledge: since(|s| s.acknowledged),
        resolve: since(|s| s.resolved.as_ref().map(|r| r.at)),
    }
}

fn spread(mut durations: Vec<i64>) -> Option<Spread> {
    durations.sort_unstable();
    let n = durations.len();
    let upper = *durations.get(n / 2)?;
    let median = if n % 2 == 1 { upper } else { i64::midpoint(durations[n / 2 - 1], upper) };
    let mean = durations.iter().sum::<i64>() / i64::try_from(n).ok()?;
    Some(Spread { mean, median })
}
