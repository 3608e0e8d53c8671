//! Everything a person can do that is kept, as data: one [`Act`] is the payload of one journal event (design §3).
//!
//! A kind is never changed, only superseded: old journals must stay readable.

use crate::{
    evidence::{Evidence, FileRef},
    obstacle::Obstacle,
    operation::{
        alert::AlertAct,
        incident::IncidentAct,
        readiness::ReadinessAct,
        register::{FallbackAct, InFlightAct},
        run::{RunAct, RunbookAct},
        shift::{HandoverAct, ShiftAct},
    },
    rag::Rag,
    report::{Cadence, Form, Words},
    roles::Role,
    task::{Learned, TaskStatus},
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
        /// Why it is called done though nothing shows it (since version 2).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        without_evidence: Option<String>,
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
    /// A column of words of a task was filled in (`result`, `next`, …); empty clears it.
    TaskTextSet {
        /// Id of the column, from the checklist's definition.
        column: String,
        /// The words.
        text: String,
    },
    /// A figure of a task progressed.
    TaskMeasured {
        /// Id of the figure, from the checklist's definition.
        measure: String,
        /// Its value.
        value: f64,
        /// The day it was true.
        as_of: NaiveDate,
        /// Where it comes from.
        source: String,
    },
    /// Evidence was added to a task.
    EvidenceAdded {
        /// The evidence.
        evidence: Evidence,
    },
    /// Evidence no longer counts.
    EvidenceRevoked {
        /// Id of the event that added it.
        evidence_id: String,
        /// Why.
        reason: String,
    },
    /// A task's colour was set by hand.
    RagOverridden {
        /// The colour.
        rag: Rag,
        /// Why.
        reason: String,
        /// Last day it holds.
        until: NaiveDate,
    },
    /// A colour set by hand was given up.
    RagOverrideEnded {},
    /// Two edits on the same base were looked at side by side.
    ConflictSettled {
        /// The earlier of the two events.
        first: String,
        /// The later.
        second: String,
        /// The one that counts: its value was said again if it was not the last.
        kept: String,
    },
    /// Several acts were one: written together, taken back together.
    BatchClosed {
        /// Ids of the events, in order.
        events: Vec<String>,
        /// What it was, in words.
        about: String,
    },
    /// An obstacle was put to a party.
    ObstacleRaised {
        /// What it says.
        obstacle: Obstacle,
    },
    /// An obstacle was put in other words.
    ObstacleChanged {
        /// What it says now.
        obstacle: Obstacle,
    },
    /// The party answered.
    ObstacleAnswered {
        /// When.
        on: Ms,
        /// The answer.
        text: String,
    },
    /// An obstacle is out of the way.
    ObstacleResolved {
        /// When.
        on: Ms,
        /// How.
        text: String,
    },
    /// An obstacle is back.
    ObstacleReopened {
        /// Why.
        reason: String,
    },
    /// A party's name and duties were set.
    PartySet {
        /// Name.
        name: String,
        /// Its duties, one a line.
        duties: Vec<String>,
        /// The document they come from.
        basis: String,
        /// Ids of its units.
        units: Vec<String>,
    },
    /// A focal point of a party was set; who it is stands in the erasable table of contacts.
    ContactSet {
        /// Row of the table.
        contact_id: String,
        /// `business`, `technical` or `infrastructure` (task 2 of the checklist).
        field: String,
    },
    /// A focal point was removed.
    ContactRemoved {
        /// Row of the table.
        contact_id: String,
    },
    /// A checklist was brought in from a file.
    ChecklistImported {
        /// Title.
        title: String,
        /// The decision it comes from.
        document: String,
        /// SHA-256 of the blob with its rows, in the product's own form.
        sha256: String,
    },
    /// An imported checklist is no longer followed.
    ChecklistRetired {
        /// Why.
        reason: String,
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
        /// May sign the report in the leader's place (since version 2).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        deputy: bool,
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
        /// Its value as text: a number, a time, JSON.
        value: String,
        /// Valid from.
        from: Ms,
        /// Why, where that must be said (since version 2).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A secret of a source was put in place of an earlier one; its value is in the keyring and nowhere else.
    SecretSet {
        /// Its name: the environment variable it could stand in.
        name: String,
    },
    /// A secret was removed from the keyring.
    SecretRemoved {
        /// Its name.
        name: String,
    },
    /// A file of dossiers or of figures was taken. Its rows stand beside the journal; an act without any was not completed.
    DossiersImported {
        /// Name of the file.
        file: String,
        /// SHA-256 of its bytes.
        sha256: String,
        /// What its rows are: `dossiers` or `figures`.
        what: String,
        /// Code of the system it was said to come from; empty where every row tells it.
        system: String,
        /// As of when it speaks.
        as_of: Ms,
        /// Rows that brought something new.
        accepted: u64,
        /// Rows that said what was kept already.
        unchanged: u64,
        /// Rows that were not taken.
        rejected: u64,
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
    /// The figures of a report were frozen; they are kept as a blob.
    ReportFrozen {
        /// Of a day or of a month.
        cadence: Cadence,
        /// The day; of a month its first.
        day: NaiveDate,
        /// SHA-256 of the blob.
        sha256: String,
        /// As of when the figures stand.
        at: Ms,
        /// Version of the blob's form.
        schema: u32,
        /// How far the journal went, for each seat: its last sequence.
        positions: BTreeMap<String, i64>,
        /// Hash of the journal's last event before it.
        head: String,
        /// Why figures that were frozen before are frozen again; needed then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The words of a report were written.
    ReportWritten {
        /// Id of the event of the freeze they were written on.
        freeze: String,
        /// The words.
        words: Words,
    },
    /// Somebody other than its author looked a report over and finds it good.
    ReportReviewed {
        /// Id of the event looked at: the last freeze, or the last words.
        version: String,
        /// Remark.
        remark: Option<String>,
    },
    /// A report was given back to be mended.
    ReportReturned {
        /// Id of the event looked at.
        version: String,
        /// What is wrong.
        reason: String,
    },
    /// A report was signed: its files are kept as they were signed.
    ReportSigned {
        /// Id of the event of its freeze.
        freeze: String,
        /// Id of the event of its words.
        written: String,
        /// Number, as the office's register has it.
        number: String,
        /// Date on it.
        signed_on: NaiveDate,
        /// Roster id of who signed.
        roster_id: String,
        /// Signed in the leader's place.
        deputy: bool,
        /// The form it was signed on.
        form: Box<Form>,
        /// Files by extension: `docx`, `pdf`, `xlsx`.
        files: BTreeMap<String, FileRef>,
        /// Hash of the journal's last event before it, as printed.
        head: String,
        /// Version of the program that made the files.
        program: String,
    },
    /// The signed and stamped copy was attached to the report signed last.
    ReportCopyAttached {
        /// The file.
        file: FileRef,
    },
    /// A signed report was sent.
    ReportSent {
        /// When.
        at: Ms,
        /// How: by which system, letter or line.
        how: String,
        /// To whom.
        to: String,
    },
    /// Why a report is late or was not made.
    ReportExcused {
        /// Why.
        reason: String,
    },
    /// Something was done about an alert.
    Alert(AlertAct),
    /// Something was done with an incident.
    Incident(IncidentAct),
    /// Something was done with the text of a runbook.
    Runbook(RunbookAct),
    /// Something was done in a run of a runbook.
    Run(RunAct),
    /// Something was done with a shift.
    Shift(ShiftAct),
    /// Something was done at the change of a shift.
    Handover(HandoverAct),
    /// Something was reported of a unit's readiness.
    Readiness(ReadinessAct),
    /// Something was said of the dossiers under way at the switch.
    InFlight(InFlightAct),
    /// Something was done with an entry of the register of fallback.
    Fallback(FallbackAct),
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
            Self::TaskTextSet { .. } => "task_text_set",
            Self::TaskMeasured { .. } => "task_measured",
            Self::EvidenceAdded { .. } => "evidence_added",
            Self::EvidenceRevoked { .. } => "evidence_revoked",
            Self::RagOverridden { .. } => "rag_overridden",
            Self::RagOverrideEnded {} => "rag_override_ended",
            Self::ConflictSettled { .. } => "conflict_settled",
            Self::BatchClosed { .. } => "batch_closed",
            Self::ObstacleRaised { .. } => "obstacle_raised",
            Self::ObstacleChanged { .. } => "obstacle_changed",
            Self::ObstacleAnswered { .. } => "obstacle_answered",
            Self::ObstacleResolved { .. } => "obstacle_resolved",
            Self::ObstacleReopened { .. } => "obstacle_reopened",
            Self::PartySet { .. } => "party_set",
            Self::ContactSet { .. } => "contact_set",
            Self::ContactRemoved { .. } => "contact_removed",
            Self::ChecklistImported { .. } => "checklist_imported",
            Self::ChecklistRetired { .. } => "checklist_retired",
            Self::ActUndone { .. } => "act_undone",
            Self::RosterAssigned { .. } => "roster_assigned",
            Self::RosterEnded { .. } => "roster_ended",
            Self::RuleSet { .. } => "rule_set",
            Self::SecretSet { .. } => "secret_set",
            Self::SecretRemoved { .. } => "secret_removed",
            Self::DossiersImported { .. } => "dossiers_imported",
            Self::CalendarDaySet { .. } => "calendar_day_set",
            Self::ReportFrozen { .. } => "report_frozen",
            Self::ReportWritten { .. } => "report_written",
            Self::ReportReviewed { .. } => "report_reviewed",
            Self::ReportReturned { .. } => "report_returned",
            Self::ReportSigned { .. } => "report_signed",
            Self::ReportCopyAttached { .. } => "report_copy_attached",
            Self::ReportSent { .. } => "report_sent",
            Self::ReportExcused { .. } => "report_excused",
            Self::Alert(_) => "alert",
            Self::Incident(_) => "incident",
            Self::Runbook(_) => "runbook",
            Self::Run(_) => "run",
            Self::Shift(_) => "shift",
            Self::Handover(_) => "handover",
            Self::Readiness(_) => "readiness",
            Self::InFlight(_) => "in_flight",
            Self::Fallback(_) => "fallback",
        }
    }

    /// Version of the kind's payload; raised when a field is added.
    #[must_use]
    pub fn version(&self) -> u32 {
        match self {
            Self::TaskStatusSet { .. } | Self::RuleSet { .. } | Self::RosterAssigned { .. } => 2,
            _ => 1,
        }
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

/// Who said something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Id of the event.
    pub event: String,
    /// Its place in this seat's journal.
    pub position: i64,
    /// When.
    pub at: Ms,
    /// By whom (pseudonym).
    pub by: String,
    /// In which role.
    pub role: Role,
}

impl Said {
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            event: event.id.clone(),
            position: event.position,
            at: event.said_at,
            by: event.actor.clone(),
            role: event.role,
        }
    }
}

/// The events of each entity that begins with `prefix`, in the order given, by the rest of its name.
pub(crate) fn by_entity<'a>(events: &'a [Event], prefix: &str) -> BTreeMap<&'a str, Vec<Event>> {
    let mut found: BTreeMap<&str, Vec<Event>> = BTreeMap::new();
    for event in events {
        if let Some(rest) = event.entity.strip_prefix(prefix) {
            found.entry(rest).or_default().push(event.clone());
        }
    }
    found
}
