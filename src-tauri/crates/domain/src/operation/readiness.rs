//! Readiness of the units and parties for the cutover (document 001 mục 1–5): what each says of each of its duties.

mod duties;

pub use duties::{Duty, DutySet, Kind, Member, builtin, parse};

use crate::{
    act::{Act, Event},
    roles::{Permission, Role},
    task::{Learned, undone},
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Entities of readiness begin with this; the rest is the id of a unit, or `party:` and the id of a party.
pub const ENTITY: &str = "readiness:";

/// How far a unit is with a duty. Not reported is the absence of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Đã hoàn thành.
    Ready,
    /// Đang thực hiện.
    Partly,
    /// Chưa thực hiện.
    NotReady,
    /// The unit has nothing to do there (no fees of its own, say); needs a remark.
    NotApplicable,
}

impl Readiness {
    /// All four, best first.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Partly, Self::NotReady, Self::NotApplicable];

    /// As it is shown, and as files write it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Ready => "Đã hoàn thành",
            Self::Partly => "Đang thực hiện",
            Self::NotReady => "Chưa thực hiện",
            Self::NotApplicable => "Không áp dụng",
        }
    }

    /// Nothing is left to do.
    #[must_use]
    pub fn settled(self) -> bool {
        matches!(self, Self::Ready | Self::NotApplicable)
    }
}

/// What was reported of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum ReadinessAct {
    /// How far it is with a duty.
    Reported {
        /// Id of the duty, from `assets/operation/readiness.toml`.
        duty: String,
        /// How far.
        state: Readiness,
        /// As of which day.
        as_of: NaiveDate,
        /// Remark.
        remark: Option<String>,
        /// How it was learned.
        learned: Learned,
    },
    /// A report is taken back: the duty counts as not reported.
    Withdrawn {
        /// Id of the duty.
        duty: String,
        /// Why.
        reason: String,
    },
}

/// The report of a duty that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How far.
    pub state: Readiness,
    /// As of which day.
    pub as_of: NaiveDate,
    /// Remark.
    pub remark: Option<String>,
    /// How it was learned.
    pub learned: Learned,
    /// By whom (pseudonym).
    pub actor: String,
    /// In which role.
    pub role: Role,
    /// When it was said.
    pub at: Ms,
}

/// What is known of a duty of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The report that stands; `None`: not reported, or withdrawn.
    pub report: Option<Report>,
    /// Position of the last event about it: who has seen an earlier one only has seen an older state.
    pub position: i64,
    /// Who said that (pseudonym), and in which role.
    pub by: (String, Role),
}

/// What is known of each duty of one member.
pub type Standings = BTreeMap<String, Standing>;

/// Folds the events of readiness (of all members, in journal order) by the members' ids. What was taken back counts as not
/// said; of two reports the one that speaks of the later day stands, of the same day the one said last.
#[must_use]
pub fn project(events: &[Event]) -> BTreeMap<String, Standings> {
    let undone = undone(events);
    let about: BTreeMap<&str, &str> = events
        .iter()
        .filter_map(|e| match &e.act {
            Act::Readiness(ReadinessAct::Reported { duty, .. } | ReadinessAct::Withdrawn { duty, .. }) => {
                Some((e.id.as_str(), duty.as_str()))
            }
            _ => None,
        })
        .collect();
    let mut members: BTreeMap<String, Standings> = BTreeMap::new();
    for event in events {
        let Some(id) = event.entity.strip_prefix(ENTITY) else { continue };
        // An undo is about the duty of what it takes back, through undos of undos.
        let mut source = event;
        while let Act::ActUndone { event_id } = &source.act {
            match events.iter().find(|e| &e.id == event_id) {
                Some(earlier) if earlier.position < source.position => source = earlier,
                _ => break,
            }
        }
        let Some(duty) = about.get(source.id.as_str()) else { continue };
        let duties = members.entry(id.to_owned()).or_default();
        let standing = duties.entry((*duty).to_owned()).or_insert_with(|| Standing {
            report: None,
            position: event.position,
            by: (event.actor.clone(), event.role),
        });
        standing.position = event.position;
        standing.by = (event.actor.clone(), event.role);
        if undone.contains(event.id.as_str()) {
            continue;
        }
        match &event.act {
            Act::Readiness(ReadinessAct::Reported { state, as_of, remark, learned, .. })
                if standing.report.as_ref().is_none_or(|r| r.as_of <= *as_of) =>
            {
                standing.report = Some(Report {
                    state: *state,
                    as_of: *as_of,
                    remark: remark.clone(),
                    learned: *learned,
                    actor: event.actor.clone(),
                    role: event.role,
                    at: event.said_at,
                });
            }
            Act::Readiness(ReadinessAct::Withdrawn { .. }) => standing.report = None,
            _ => {}
        }
    }
    members
}

/// How many stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Done.
    pub ready: usize,
    /// Under way.
    pub partly: usize,
    /// Not begun.
    pub not_ready: usize,
    /// Nothing to do there.
    pub not_applicable: usize,
    /// Nobody has said anything: never good.
    pub unreported: usize,
}

impl Counts {
    /// Counts states; `None` is not reported.
    pub fn of(states: impl IntoIterator<Item = Option<Readiness>>) -> Self {
        let mut counts = Self::default();
        for state in states {
            *match state {
                Some(Readiness::Ready) => &mut counts.ready,
                Some(Readiness::Partly) => &mut counts.partly,
                Some(Readiness::NotReady) => &mut counts.not_ready,
                Some(Readiness::NotApplicable) => &mut counts.not_applicable,
                None => &mut counts.unreported,
            } += 1;
        }
        counts
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.missing() + self.ready + self.not_applicable
    }

    /// Those with something left: under way, not begun, not reported.
    #[must_use]
    pub fn missing(self) -> usize {
        self.partly + self.not_ready + self.unreported
    }
}

/// How far a member is with a duty; `None`: not reported.
#[must_use]
pub fn state_of(standings: Option<&Standings>, duty: &str) -> Option<Readiness> {
    Some(standings?.get(duty)?.report.as_ref()?.state)
}

/// Whether someone of `unit` may report of a member that `member_units` speak for: coordinating units of all, others of their own.
#[must_use]
pub fn may_report(role: Role, unit: &str, member_units: &[String], coordinating_units: &[String]) -> bool {
    role.grants(Permission::Report) && member_units.iter().chain(coordinating_units).any(|u| u == unit)
}

#[cfg(test)]
#[path = "readiness/tests.rs"]
mod tests;
