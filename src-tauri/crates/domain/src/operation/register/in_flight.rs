//! Dossiers under way at the switch, by system: counted before and after, with a balance that must close.
//!
//! Before: `stay + moving`. After, of the same dossiers: `staying + moved + done + lost`. The balance closes when
//! `stay + moving = staying + moved + done + lost`; dossiers taken after the switch are in neither count.

use super::{IN_FLIGHT, InFlightAct};
use crate::{
    act::{Act, Event},
    roles::Role,
    task::undone,
    time::Ms,
};
use std::collections::BTreeMap;

/// Who said something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Pseudonym.
    pub actor: String,
    /// In which role.
    pub role: Role,
    /// When it was said.
    pub at: Ms,
    /// Position of the event.
    pub position: i64,
}

/// A count that stands: before the switch `old` is `stay` and `new` is `moving`, after it `staying` and `moved`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// As of when.
    pub as_of: Ms,
    /// In the old system.
    pub old: u64,
    /// In the new one, or to go there.
    pub new: u64,
    /// Finished meanwhile; 0 before.
    pub done: u64,
    /// Known to be missing or broken; 0 before.
    pub lost: u64,
    /// Where it comes from.
    pub source: String,
    /// Who said so.
    pub by: By,
}

impl Count {
    /// All that were counted.
    #[must_use]
    pub fn all(&self) -> u64 {
        [self.old, self.new, self.done, self.lost].into_iter().fold(0, u64::saturating_add)
    }
}

/// Why a balance does not close, or how it was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// In words.
    pub text: String,
    /// Who said so.
    pub by: By,
}

/// How a system stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Balance {
    /// Nobody counted: not known, never closed.
    Uncounted,
    /// Counted on one side of the switch only.
    Waiting,
    /// Closes, and nothing is lost.
    Closed,
    /// Does not close, or something is lost; explained since the last count.
    Explained,
    /// Does not close, or something is lost, and nobody has said why: a finding.
    Open,
}

/// What is known of a system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InFlight {
    /// Before the switch.
    pub before: Option<Count>,
    /// After it.
    pub after: Option<Count>,
    /// The explanation said last, where it was said after the counts it explains.
    pub explained: Option<Explanation>,
    /// Position of the last event; 0 of none.
    pub position: i64,
    /// Who said that (pseudonym), and in which role.
    pub last_by: Option<(String, Role)>,
}

impl InFlight {
    /// `staying + moved + done + lost − (stay + moving)`: below 0 dossiers are missing, above there are more than there were.
    /// `None` while a side is not counted.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        Some(signed(after.all()).saturating_sub(signed(before.all())))
    }

    /// How it stands.
    #[must_use]
    pub fn balance(&self) -> Balance {
        let lost = self.after.as_ref().is_some_and(|a| a.lost > 0);
        match self.difference() {
            None if self.before.is_none() && self.after.is_none() => Balance::Uncounted,
            None => Balance::Waiting,
            Some(0) if !lost => Balance::Closed,
            Some(_) if self.explained.is_some() => Balance::Explained,
            Some(_) => Balance::Open,
        }
    }

    fn count(&mut self, after: bool, count: Count) {
        *(if after { &mut self.after } else { &mut self.before }) = Some(count);
        // Another count is another difference: what was said of the one before explains nothing.
        self.explained = None;
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Folds the events of the register (of all systems, in journal order) by code of system. What was taken back counts as not
/// said.
#[must_use]
pub fn project_in_flight(events: &[Event]) -> BTreeMap<String, InFlight> {
    let undone = undone(events);
    let mut systems: BTreeMap<String, InFlight> = BTreeMap::new();
    for event in events {
        let Some(code) = event.entity.strip_prefix(IN_FLIGHT) else { continue };
        let system = systems.entry(code.to_owned()).or_default();
        system.position = event.position;
        system.last_by = Some((event.actor.clone(), event.role));
        if undone.contains(event.id.as_str()) {
            continue;
        }
        let by =
            By { actor: event.actor.clone(), role: event.role, at: event.said_at, position: event.position };
        match &event.act {
            Act::InFlight(InFlightAct::CountedBefore { at, stay, moving, source }) => system.count(
                false,
                Count { as_of: *at, old: *stay, new: *moving, done: 0, lost: 0, source: source.clone(), by },
            ),
            Act::InFlight(InFlightAct::CountedAfter { at, staying, moved, done, lost, source }) => system
                .count(
                    true,
                    Count {
                        as_of: *at,
                        old: *staying,
                        new: *moved,
                        done: *done,
                        lost: *lost,
                        source: source.clone(),
                        by,
                    },
                ),
            Act::InFlight(InFlightAct::Explained { text }) => {
                system.explained = Some(Explanation { text: text.clone(), by });
            }
            _ => {}
        }
    }
    systems
}
