//! Edits of one task.

use super::TaskRow;
use pvhcc_domain::task::{Learned, TaskStatus};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Set a status.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetStatusArgs {
    /// Task number.
    pub no: String,
    /// New status.
    #[ts(type = "TaskStatus")]
    pub status: TaskStatus,
    /// ISO day; required for and only with `done`.
    pub done_on: Option<String>,
    /// Remark; obstacle for `blocked`, reason for `not_applicable`.
    pub note: Option<String>,
    /// Lead unit it is recorded for.
    pub on_behalf_of: Option<String>,
    /// How it was learned.
    #[ts(type = "Learned | null")]
    pub learned: Option<Learned>,
    /// Why it is called done though nothing shows it.
    #[serde(default)]
    pub without_evidence: Option<String>,
    /// `lastEvent` of the row as the user saw it.
    pub based_on: Option<String>,
}

/// Add a remark.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddNoteArgs {
    /// Task number.
    pub no: String,
    /// The remark.
    pub note: String,
    /// As in [`SetStatusArgs`].
    pub based_on: Option<String>,
}

/// Change the due date.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeDueArgs {
    /// Task number.
    pub no: String,
    /// ISO day.
    pub due: String,
    /// Number and date of the document.
    pub document: String,
    /// As in [`SetStatusArgs`].
    pub based_on: Option<String>,
}

/// Set or withdraw the expected day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetExpectedArgs {
    /// Task number.
    pub no: String,
    /// ISO day, or none to withdraw.
    pub expected: Option<String>,
    /// Who said so, or why.
    pub note: Option<String>,
    /// As in [`SetStatusArgs`].
    pub based_on: Option<String>,
}

/// Take back an act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoArgs {
    /// Event to take back; none means one's own last act that still stands.
    pub event_id: Option<String>,
}

/// What an edit did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditedView {
    /// The new event.
    pub event_id: String,
    /// `Đã ghi: nhiệm vụ 17 hoàn thành ngày 29/05/2026`.
    pub message: String,
    /// Someone else's newer event this edit did not know of; both are kept.
    pub conflict_with: Option<String>,
    /// The row as it is now.
    pub row: Option<TaskRow>,
}
