//! Two registers of the cutover: dossiers under way at the switch, which must balance (document 002 IX.1), and dossiers taken
//! on paper or paid in cash while a system was out, none of which may be forgotten (document 001). Nothing here tells of a
//! citizen: a dossier is its code or the number of its paper receipt.

mod fallback;
mod in_flight;
mod personal;

pub use fallback::{FallbackState, Reentry, Stage, Twice, project_fallback, taken_twice};
pub use in_flight::{Balance, By, Count, Explanation, InFlight, project_in_flight};
pub use personal::{Personal, personal};

use crate::{
    roles::{Permission, Role},
    time::Ms,
};
use serde::{Deserialize, Serialize};

/// Entities of counts begin with this; the rest is the dotted code of a system.
pub const IN_FLIGHT: &str = "inflight:";
/// Entities of fallback entries begin with this; the rest is a UUIDv7.
pub const FALLBACK: &str = "fallback:";

/// What is said of the dossiers under way in a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum InFlightAct {
    /// Before the switch: how many are under way, and what is to become of them.
    CountedBefore {
        /// As of when.
        at: Ms,
        /// Stay in the old system until done.
        stay: u64,
        /// Move to the new portal.
        moving: u64,
        /// Where the count comes from.
        source: String,
    },
    /// After the switch: where they are.
    CountedAfter {
        /// As of when.
        at: Ms,
        /// Still under way in the old system.
        staying: u64,
        /// Found in the new portal.
        moved: u64,
        /// Finished meanwhile.
        done: u64,
        /// Known to be missing or broken.
        lost: u64,
        /// Where the count comes from.
        source: String,
    },
    /// Why a balance does not close, or how it was closed.
    Explained {
        /// Why.
        text: String,
    },
}

/// What was done without the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FallbackKind {
    /// Tiếp nhận trên giấy.
    Paper,
    /// Thu tiền mặt.
    Cash,
}

/// An entry of the register of fallback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FallbackEntry {
    /// Paper or cash.
    pub kind: FallbackKind,
    /// Id of the unit that took it.
    pub unit: String,
    /// Number of the paper receipt.
    pub receipt: String,
    /// When it was taken.
    pub at: Ms,
    /// Code of the procedure, where known.
    pub procedure: Option<String>,
    /// Code of the dossier, where it has one already (a cash payment of a dossier under way).
    pub dossier: Option<String>,
    /// Amount in đồng; needed for cash.
    pub amount: Option<u64>,
    /// Id of the incident that made it needful.
    pub incident: Option<String>,
    /// Remark.
    pub remark: Option<String>,
}

/// What is done with an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum FallbackAct {
    /// It was entered.
    Taken {
        /// The entry.
        entry: FallbackEntry,
    },
    /// It was corrected.
    Changed {
        /// The entry as it is now.
        entry: FallbackEntry,
        /// Why.
        reason: String,
    },
    /// It was entered in the system again.
    Reentered {
        /// Code of the dossier there.
        dossier: String,
        /// When.
        at: Ms,
    },
    /// The dossier (or the payment) was found in the system and is the same.
    Paired {
        /// Remark.
        remark: Option<String>,
    },
    /// It was entered by mistake.
    Voided {
        /// Why.
        reason: String,
    },
}

/// Whether someone of `unit` may keep the entries of `of`: coordinating units everybody's, others their own.
#[must_use]
pub fn may_keep(role: Role, unit: &str, of: &str, coordinating_units: &[String]) -> bool {
    role.grants(Permission::Report) && (unit == of || coordinating_units.iter().any(|u| u == unit))
}

/// Whether someone of `unit` may count what was under way in a system: coordinating units, who ask its operator.
#[must_use]
pub fn may_count(role: Role, unit: &str, coordinating_units: &[String]) -> bool {
    role.grants(Permission::Report) && coordinating_units.iter().any(|u| u == unit)
}

#[cfg(test)]
#[path = "register/tests.rs"]
mod tests;
