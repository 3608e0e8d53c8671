//! Shifts around the clock: who is on, for which role and unit, with whom as backup; and the note at the change of a shift.

mod cover;
mod pattern;
mod posts;

pub use cover::{Clash, Gap, Lack, OnPost, Overlap, Span, clash, gaps, next_change, on_at, overlaps};
pub use pattern::{Crew, repeated};
pub use posts::{Post, builtin, parse};

use crate::{
    act::{Act, Event},
    roles::{Permission, Role},
    task::undone,
    time::Ms,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Entities of shifts begin with this; the rest is a UUIDv7.
pub const SHIFT: &str = "shift:";
/// Entities of hand-overs begin with this; the rest is a UUIDv7.
pub const HANDOVER: &str = "handover:";
/// Longest shift, ms: two days.
pub const LONGEST: i64 = 48 * 3_600_000;

/// A turn of duty of one role and unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// First moment.
    pub from: Ms,
    /// End, exclusive.
    pub to: Ms,
    /// Id of the post, from `assets/operation/duty.toml` (`lead`, `technical`, …).
    pub post: String,
    /// Id of the unit.
    pub unit: String,
    /// Roster id of who is on, or the id of a person of the duty who does not use the program.
    pub primary: String,
    /// The backup, likewise.
    pub backup: Option<String>,
}

/// What is done with a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum ShiftAct {
    /// It was set, or set anew.
    Set {
        /// The shift.
        shift: Shift,
    },
    /// It is off.
    Removed {
        /// Why.
        reason: String,
    },
}

/// What is done at the change of a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum HandoverAct {
    /// Who goes off wrote down how things stand.
    Written {
        /// As of when.
        at: Ms,
        /// What is going on, put together from the live state at that moment.
        state: String,
        /// What to watch, in the person's own words.
        note: String,
    },
    /// Who comes on has read it.
    Taken {
        /// Role of who took it over.
        role: Role,
    },
}

/// A shift that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftState {
    /// Its id.
    pub id: String,
    /// The shift.
    pub shift: Shift,
    /// Last event about it; the base of the next edit.
    pub last_event: String,
    /// That event's position.
    pub position: i64,
    /// Who said that (pseudonym), and in which role.
    pub by: (String, Role),
}

/// What is wrong with a shift by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It ends before it begins, or at once.
    Backwards,
    /// Above [`LONGEST`].
    TooLong,
    /// The same person is on and behind.
    Alone,
}

impl Shift {
    /// What is wrong with it by itself.
    ///
    /// # Errors
    /// See [`Wrong`].
    pub fn check(&self) -> Result<(), Wrong> {
        if self.to <= self.from {
            return Err(Wrong::Backwards);
        }
        if self.to.0.saturating_sub(self.from.0) > LONGEST {
            return Err(Wrong::TooLong);
        }
        if self.backup.as_deref() == Some(self.primary.as_str()) {
            return Err(Wrong::Alone);
        }
        Ok(())
    }
}

/// Folds the events of shifts (of all of them, in journal order): those that stand, by their beginning. What was taken back
/// counts as not said.
#[must_use]
pub fn project_all(events: &[Event]) -> Vec<ShiftState> {
    let undone = undone(events);
    let mut by_id: BTreeMap<&str, (Option<Shift>, &Event)> = BTreeMap::new();
    for event in events {
        let Some(id) = event.entity.strip_prefix(SHIFT) else { continue };
        let kept = by_id.entry(id).or_insert((None, event));
        kept.1 = event;
        if undone.contains(event.id.as_str()) {
            continue;
        }
        match &event.act {
            Act::Shift(ShiftAct::Set { shift }) => kept.0 = Some(shift.clone()),
            Act::Shift(ShiftAct::Removed { .. }) => kept.0 = None,
            _ => {}
        }
    }
    let mut shifts: Vec<ShiftState> = by_id
        .into_iter()
        .filter_map(|(id, (shift, last))| {
            Some(ShiftState {
                id: id.to_owned(),
                shift: shift?,
                last_event: last.id.clone(),
                position: last.position,
                by: (last.actor.clone(), last.role),
            })
        })
        .collect();
    shifts.sort_by(|a, b| (a.shift.from, &a.shift.post, &a.id).cmp(&(b.shift.from, &b.shift.post, &b.id)));
    shifts
}

/// Whether someone of `unit` may set the shifts of `of`: coordinating units everybody's, others their own.
#[must_use]
pub fn may_set(role: Role, unit: &str, of: &str, coordinating_units: &[String]) -> bool {
    role.grants(Permission::Report) && (unit == of || coordinating_units.iter().any(|u| u == unit))
}

#[cfg(test)]
#[path = "shift/tests.rs"]
mod tests;
