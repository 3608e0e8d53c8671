//! The ladder that an alert climbs while nobody acknowledges it (domain.md §5.2).

use crate::{
    operation::incident::{Severity, Timing},
    party::Party,
    text::nfc,
    time::Ms,
};
use serde::{Deserialize, Serialize};

/// The party that answers for the node, as a rung names it.
const OWNER: &str = "owner";

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Id.
    pub id: String,
    /// Who, as people see it.
    pub title: String,
    /// Id of a party, or `owner`.
    pub party: String,
}

impl Rung {
    /// Id of its party for a node of `owner`.
    #[must_use]
    pub fn party_of<'a>(&'a self, owner: &'a str) -> &'a str {
        if self.party == OWNER { owner } else { &self.party }
    }
}

/// The rungs, the first of which is asked when an alert is raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder(Vec<Rung>);

impl Ladder {
    /// Place and party that there is not, as error.
    pub(super) fn new(rungs: Vec<Rung>, parties: &[Party]) -> Result<Self, (String, String)> {
        let known = |rung: &Rung| rung.party == OWNER || parties.iter().any(|p| p.id == rung.party);
        match rungs.iter().find(|rung| !known(rung)) {
            Some(rung) => Err((format!("ladder {}", rung.id), rung.party.clone())),
            None => Ok(Self(rungs.into_iter().map(|r| Rung { title: nfc(&r.title), ..r }).collect())),
        }
    }

    /// All rungs.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.0
    }

    /// When the `n`-th rung is asked of an alert raised at `raised`: once the time to acknowledge has run out `n` times. `None`
    /// for the first, which is asked at once, and beyond the last.
    #[must_use]
    pub fn asked_at(&self, timing: Timing<'_>, severity: Severity, raised: Ms, n: usize) -> Option<Ms> {
        if n == 0 || n >= self.0.len() {
            return None;
        }
        let times = u32::try_from(n).unwrap_or(u32::MAX);
        let minutes = timing.severities.at(raised).of(severity).acknowledge.saturating_mul(times);
        Some(timing.after(severity, raised, minutes))
    }

    /// The highest rung that is to be asked by `now`.
    #[must_use]
    pub fn due(&self, timing: Timing<'_>, severity: Severity, raised: Ms, now: Ms) -> usize {
        let asked = |n: &usize| self.asked_at(timing, severity, raised, *n).is_some_and(|at| at <= now);
        (1..self.0.len()).rev().find(asked).unwrap_or(0)
    }
}
