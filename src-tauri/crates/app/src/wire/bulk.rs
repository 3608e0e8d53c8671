//! Work on many tasks as one act.

use pvhcc_domain::task::{Learned, TaskStatus};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is said of every chosen task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum BulkChange {
    /// A status.
    Status {
        /// New status.
        #[ts(type = "TaskStatus")]
        status: TaskStatus,
        /// ISO day; required for and only with `done`.
        done_on: Option<String>,
        /// Remark; obstacle for `blocked`, reason for `not_applicable`.
        note: Option<String>,
        /// How it was learned.
        #[ts(type = "Learned | null")]
        learned: Option<Learned>,
        /// Why they are called done though nothing shows it.
        without_evidence: Option<String>,
    },
    /// A remark.
    Note {
        /// The remark.
        note: String,
    },
    /// The due date.
    Due {
        /// ISO day.
        due: String,
        /// Number and date of the document.
        document: String,
    },
    /// The expected day, or none to withdraw it.
    Expected {
        /// ISO day.
        expected: Option<String>,
        /// Who said so, or why.
        note: Option<String>,
    },
}

/// A chosen task as the person saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkTask {
    /// Key.
    pub no: String,
    /// `lastEvent` of the row.
    pub based_on: Option<String>,
}

/// Try, or do, a change of many tasks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulkArgs {
    /// The chosen tasks, each once.
    pub tasks: Vec<BulkTask>,
    /// What is said of each.
    pub change: BulkChange,
}

/// What would happen to one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BulkLine {
    /// Key.
    pub no: String,
    /// What to do.
    pub title: String,
    /// Before, in words.
    pub old: String,
    /// After, in words.
    pub new: String,
    /// On behalf of which unit it is recorded.
    pub behalf: Option<String>,
    /// Why it cannot be changed, or why nothing changes.
    pub refused: Option<String>,
    /// Someone changed it after the person had looked.
    pub moved: bool,
}

/// What would happen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulkPreview {
    /// In the decision's order.
    pub lines: Vec<BulkLine>,
    /// Tasks that would change.
    pub changes: u32,
    /// Tasks that would not.
    pub refused: u32,
    /// `Ghi “đang làm” cho 12 nhiệm vụ; 2 nhiệm vụ không đổi`.
    pub text: String,
}

/// What was done, as one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkDone {
    /// The event that closes the batch; undoing it takes everything back.
    pub event_id: String,
    /// Tasks changed.
    pub changes: u32,
    /// `Đã ghi …`.
    pub message: String,
}
