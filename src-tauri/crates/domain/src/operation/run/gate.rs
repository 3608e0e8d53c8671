//! What the criteria of a gate show, and whether "go" may be decided. A must that fails cannot be overruled.

use super::{
    Mode, Vote,
    startable::Around,
    state::{RunState, Voted},
};
use crate::operation::runbook::{Criterion, Gate, Level, Seen, Watched};
use serde::{Deserialize, Serialize};

/// What a criterion shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// It holds.
    Met,
    /// It does not.
    NotMet,
    /// Measured as it should be, not yet for long enough.
    Building,
    /// Nobody whose word it takes has voted.
    Unsaid,
    /// Nothing is observed.
    Unobserved,
}

impl Shown {
    /// All.
    pub const ALL: [Self; 5] = [Self::Met, Self::NotMet, Self::Building, Self::Unsaid, Self::Unobserved];
}

/// A criterion as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What it shows, measure and words together.
    pub shown: Shown,
    /// What its measure shows.
    pub watched: Option<Watched>,
    /// It is the measure alone that keeps it from being met.
    pub by_machine: bool,
}

/// A criterion at `around.now`.
#[must_use]
pub fn standing(run: &RunState, gate: &Gate, criterion: &Criterion, around: &Around<'_>) -> Standing {
    let watched = criterion.measure.as_ref().map(|condition| (around.watched)(condition));
    let measured = criterion.measure.as_ref().zip(watched).map(|(condition, watched)| match watched.seen {
        Seen::Unobserved => Shown::Unobserved,
        Seen::Fails => Shown::NotMet,
        Seen::Holds if watched.met(condition, around.now) => Shown::Met,
        Seen::Holds => Shown::Building,
    });
    let said = said(run.votes_on(&gate.id, &criterion.id));
    let said_no = said == Some(Vote::NoGo);
    let shown = match (measured, said) {
        (_, Some(Vote::NoGo)) => Shown::NotMet,
        (Some(measured), _) => measured,
        (None, Some(Vote::Go)) => Shown::Met,
        (None, None) => Shown::Unsaid,
    };
    let by_machine = measured.is_some_and(|m| m != Shown::Met) && !said_no;
    Standing { shown, watched, by_machine }
}

/// What those who voted say together: one "no" is a no.
fn said(votes: &[Voted]) -> Option<Vote> {
    let no = votes.iter().any(|v| v.vote == Vote::NoGo);
    if no { Some(Vote::NoGo) } else { votes.first().map(|_| Vote::Go) }
}

/// What keeps "go" from being decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// A must is not met.
    Must {
        /// Id of the criterion.
        criterion: String,
        /// What it shows.
        shown: Shown,
        /// It is the measure alone.
        by_machine: bool,
    },
    /// A step that must be done before is not.
    Step {
        /// Its id.
        step: String,
    },
}

impl Hindrance {
    /// Whether a rehearsal may decide "go" all the same, with its reason: measures are those of the real night.
    #[must_use]
    pub fn is_of_machine(&self) -> bool {
        matches!(self, Self::Must { by_machine: true, .. })
    }
}

/// Everything that keeps "go" from being decided now.
#[must_use]
pub fn hindrances(run: &RunState, gate: &Gate, around: &Around<'_>) -> Vec<Hindrance> {
    let undone = gate.after.iter().filter(|id| !run.stage(id).is_over());
    let mut found: Vec<Hindrance> = undone.map(|id| Hindrance::Step { step: id.clone() }).collect();
    for criterion in gate.criteria.iter().filter(|c| c.level == Level::Must) {
        let Standing { shown, by_machine, .. } = standing(run, gate, criterion, around);
        if shown != Shown::Met {
            found.push(Hindrance::Must { criterion: criterion.id.clone(), shown, by_machine });
        }
    }
    found
}

/// Whether "go" may be decided: never while a must fails; in a rehearsal by the way of a measure, when that is said.
#[must_use]
pub fn may_go(hindrances: &[Hindrance], mode: Mode, despite: bool) -> bool {
    hindrances.iter().all(|h| mode == Mode::Rehearsal && despite && h.is_of_machine())
}
