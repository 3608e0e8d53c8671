//! Readiness of the units and parties for the cutover (document 001 mục 1–5): what each says of each of its duties.

use crate::task::Learned;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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

/// What was reported of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum ReadinessAct {
    /// How far it is with a duty.
    Reported {
        /// Id of the duty, from `assets/readiness.toml`.
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
