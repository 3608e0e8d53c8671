//! Everything a person can do that is kept, as data: one [`Act`] is the payload of one journal event (design §3).
//!
//! A kind is never changed, only superseded: old journals must stay readable.

use crate::{
    roles::Role,
    task::{Learned, TaskStatus},
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One human act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Act {
    /// A task's status was set.
    TaskStatusSet {
        /// The new status.
        status: TaskStatus,
        /// The day it was done; required for and only with `Done`.
        done_on: Option<NaiveDate>,
        /// Remark; for `Blocked` the obstacle in words and for `NotApplicable` the reason, both required.
        note: Option<String>,
        /// The lead unit it was recorded for, when the actor's unit is another.
        on_behalf_of: Option<String>,
        /// How it was learned.
        learned: Option<Learned>,
    },
    /// A remark on a task.
    TaskNoteAdded {
        /// The remark.
        note: String,
    },
    /// The due date was changed by a document.
    TaskDueChanged {
        /// The new due date.
        due: NaiveDate,
        /// Number and date of the document that allows it.
        document: String,
    },
    /// When the lead unit expects to finish; `None` withdraws it.
    TaskExpectedSet {
        /// The expected day.
        expected: Option<NaiveDate>,
        /// Who said so, or why.
        note: Option<String>,
    },
    /// An earlier act is taken back.
    ActUndone {
        /// Id of the event taken back.
        event_id: String,
    },
    /// A person got a role.
    RosterAssigned {
        /// Pseudonym: keyed hash of issuer and subject.
        person: String,
        /// Roster id: the row of the name in the erasable name table.
        roster_id: String,
        /// The unit.
        unit: String,
        /// The role.
        role: Role,
        /// First day, inclusive.
        from: NaiveDate,
        /// Last day, inclusive; `None` is open.
        to: Option<NaiveDate>,
    },
    /// A person lost a role.
    RosterEnded {
        /// Pseudonym.
        person: String,
        /// Last day, inclusive.
        to: NaiveDate,
    },
    /// A rule got a value from a moment on (freshness limits, coordinating units, …).
    RuleSet {
        /// Name of the rule.
        rule: String,
        /// Its value, as JSON text.
        value: String,
        /// Valid from.
        from: Ms,
    },
    /// A day of the calendar was set off or to work.
    CalendarDaySet {
        /// The day.
        day: NaiveDate,
        /// Working (`true`) or off (`false`); `None` returns to the rule of the week.
        working: Option<bool>,
        /// The document it rests on.
        basis: String,
    },
}

impl Act {
    /// The kind's stable name, as written to the journal.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TaskStatusSet { .. } => "task_status_set",
            Self::TaskNoteAdded { .. } => "task_note_added",
            Self::TaskDueChanged { .. } => "task_due_changed",
            Self::TaskExpectedSet { .. } => "task_expected_set",
            Self::ActUndone { .. } => "act_undone",
            Self::RosterAssigned { .. } => "roster_assigned",
            Self::RosterEnded { .. } => "roster_ended",
            Self::RuleSet { .. } => "rule_set",
            Self::CalendarDaySet { .. } => "calendar_day_set",
        }
    }

    /// Version of the kind's payload; raised when a field is added.
    #[must_use]
    pub fn version(&self) -> u32 {
        1
    }

    /// The payload as JSON text, as kept in the journal.
    ///
    /// # Errors
    /// Never for the types above; serde's error otherwise.
    pub fn payload(&self) -> Result<String, serde_json::Error> {
        let whole = serde_json::to_value(self)?;
        serde_json::to_string(whole.get("data").unwrap_or(&serde_json::Value::Null))
    }

    /// Reads an act back from its kind and payload.
    ///
    /// # Errors
    /// When the kind is unknown or the payload does not fit it.
    pub fn from_parts(kind: &str, payload: &str) -> Result<Self, serde_json::Error> {
        let data: serde_json::Value = serde_json::from_str(payload)?;
        serde_json::from_value(serde_json::json!({ "kind": kind, "data": data }))
    }
}

/// An act with who, when and where: one event of the journal, as read back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// UUIDv7.
    pub id: String,
    /// Position in this seat's journal, from 1.
    pub position: i64,
    /// The seat.
    pub device: String,
    /// Sequence on the seat, from 1.
    pub device_seq: i64,
    /// When the person did it, by the seat's clock; never below the event before.
    pub said_at: Ms,
    /// The seat's clock was behind its own last event.
    pub clock_suspect: bool,
    /// Pseudonym of the person.
    pub actor: String,
    /// Role at that moment.
    pub role: Role,
    /// How the person was known.
    pub auth: crate::roles::Auth,
    /// What it is about: `task:17`, `roster:…`, `rule:…`.
    pub entity: String,
    /// The event the person saw when acting.
    pub based_on: Option<String>,
    /// The act.
    pub act: Act,
}
