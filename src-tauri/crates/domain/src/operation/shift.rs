//! Shifts around the clock: who is on, for which role and unit, with whom as backup; and the note at the change of a shift.

use crate::{roles::Role, time::Ms};
use serde::{Deserialize, Serialize};

/// Entities of shifts begin with this; the rest is a UUIDv7.
pub const SHIFT: &str = "shift:";
/// Entities of hand-overs begin with this; the rest is a UUIDv7.
pub const HANDOVER: &str = "handover:";

/// A turn of duty of one role and unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// First moment.
    pub from: Ms,
    /// End, exclusive.
    pub to: Ms,
    /// Id of the post, from `assets/duty.toml` (`lead`, `technical`, …).
    pub post: String,
    /// Id of the unit.
    pub unit: String,
    /// Roster id of who is on.
    pub primary: String,
    /// Roster id of the backup.
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
