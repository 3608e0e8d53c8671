//! The checklist at another moment, two moments compared, and edits that disagree.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The checklist as of a moment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsOfArgs {
    /// The moment, UTC ms; not in the future.
    pub at: i64,
    /// Id of the list; none is the main one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
}

/// Two moments.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompareArgs {
    /// The earlier, UTC ms.
    pub from: i64,
    /// The later; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<i64>,
    /// Id of the list; none is the main one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// Stable name of what changed: `status`, `due`, `evidence`, …
    pub field: String,
    /// The same in words: `Trạng thái`.
    pub title: String,
    /// What it was; none is nothing.
    pub old: Option<String>,
    /// What it is; none is nothing.
    pub new: Option<String>,
    /// Who made it so; `tự động` for what the program concluded.
    pub who: String,
    /// When that was said or concluded; none for what the calendar alone made so.
    pub at: Option<i64>,
    /// It was said by the earlier moment and came in after it.
    pub late: bool,
}

/// A task that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedTask {
    /// Key.
    pub no: String,
    /// Its number within its list.
    pub label: String,
    /// What to do.
    pub title: String,
    /// `III`.
    pub section: String,
    /// Short names of the lead units.
    pub units: String,
    /// Differences, people's first.
    pub changes: Vec<ChangeView>,
}

/// Two moments compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareView {
    /// The earlier.
    pub from: i64,
    /// The later.
    pub to: i64,
    /// Tasks that changed, in the checklist's order.
    pub tasks: Vec<ComparedTask>,
    /// `7 nhiệm vụ thay đổi từ 15:00 28/05/2026 đến 14:08 29/05/2026 · 1 thay đổi đến sau`.
    pub summary: String,
}

/// Form of an exported comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CompareFormat {
    /// Comma-separated values, UTF-8 with a byte order mark.
    Csv,
    /// Markdown, old values struck through.
    Md,
    /// Workbook, old values struck through.
    Xlsx,
}

/// Export a comparison.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompareExportArgs {
    /// The earlier moment, UTC ms.
    pub from: i64,
    /// The later; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<i64>,
    /// Id of the list; none is the main one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
    /// Form.
    pub format: CompareFormat,
}

/// A file the program made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportedView {
    /// Where it is.
    pub path: String,
    /// The same in a sentence.
    pub message: String,
}

/// One of two edits that disagree.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DisputedEdit {
    /// Event id.
    pub id: String,
    /// What was said.
    pub text: String,
    /// Particulars.
    pub detail: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: i64,
    /// What stood before that person's eyes.
    pub saw: String,
}

/// Two edits of which the later did not know the earlier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConflictView {
    /// What about: `Trạng thái`.
    pub topic: String,
    /// The earlier.
    pub first: DisputedEdit,
    /// The later; it counts until somebody settles.
    pub second: DisputedEdit,
}

/// Settle a conflict.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettleArgs {
    /// Key of the task.
    pub no: String,
    /// Id of the earlier edit.
    pub first: String,
    /// Id of the later.
    pub second: String,
    /// The one that counts from now on.
    pub kept: String,
}
