//! Checklists as files: out, progress back in, and an annex as a list of its own.

use super::{BulkTask, FileInput};
use pvhcc_domain::task::Learned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Form of an exported checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// In the decision's layout.
    Xlsx,
    /// Comma-separated values, UTF-8 with a byte order mark.
    Csv,
}

/// Export a checklist.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TasksExportArgs {
    /// Id of the list; none is the main one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
    /// Form.
    pub format: TableFormat,
}

/// Look at a file of progress.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportArgs {
    /// Id of the list; none is the main one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
    /// The file.
    pub file: FileInput,
    /// How what it says was learned.
    #[ts(type = "Learned | null")]
    pub learned: Option<Learned>,
}

/// One change a file would make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportLine {
    /// Key of the task.
    pub no: String,
    /// The same without the list.
    pub label: String,
    /// What to do.
    pub title: String,
    /// What changes: `Trạng thái`.
    pub field: String,
    /// Before; empty for nothing.
    pub old: String,
    /// After.
    pub new: String,
    /// Where it stands in the file: `F17`.
    pub place: String,
}

/// A row of a file that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportFault {
    /// Sheet; empty for CSV.
    pub sheet: String,
    /// Row, from 1.
    pub line: u32,
    /// The cell: `F17`.
    pub place: String,
    /// What stands in the column of numbers.
    pub no: String,
    /// Why.
    pub reason: String,
}

/// What a file would change; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Changes, in the order of the file.
    pub lines: Vec<ImportLine>,
    /// Rows not taken.
    pub faults: Vec<ImportFault>,
    /// Tasks that would change, as they stand now: what the confirmation is based on.
    pub tasks: Vec<BulkTask>,
    /// Rows that say what stands already.
    pub same: u32,
    /// Headings of columns that mean nothing here.
    pub ignored: Vec<String>,
    /// `12 thay đổi ở 9 nhiệm vụ · 2 dòng không nhận · 79 dòng không đổi`.
    pub text: String,
}

/// Take over what was looked at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportApplyArgs {
    /// The same file, list and answer as were looked at.
    pub import: ImportArgs,
    /// `tasks` of the preview.
    pub tasks: Vec<BulkTask>,
}

/// What an import did, as one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportDone {
    /// The event that closes the batch; undoing it takes everything back.
    pub event_id: String,
    /// Tasks changed.
    pub tasks: u32,
    /// `Đã nhập …`.
    pub message: String,
}

/// Look at an annex of another decision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListImportArgs {
    /// The file.
    pub file: FileInput,
    /// Short title; none takes the file's own.
    pub title: Option<String>,
    /// The decision; none takes the file's own second line.
    pub document: Option<String>,
    /// Only look; nothing is written.
    pub preview: bool,
}

/// Something odd in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OddView {
    /// Keys of the rows, without the list.
    pub rows: Vec<String>,
    /// In words.
    pub text: String,
}

/// An annex as a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListImportView {
    /// Id it has, or would have.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The decision.
    pub document: String,
    /// Tasks.
    pub tasks: u32,
    /// Sections, as printed.
    pub sections: Vec<String>,
    /// Columns of words beside the decision's five.
    pub columns: Vec<String>,
    /// What is odd in it.
    pub odd: Vec<OddView>,
    /// What was found, or done.
    pub message: String,
}

/// Which list, and why.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListRetireArgs {
    /// Id of the list.
    pub list: String,
    /// Why it is no longer followed.
    pub reason: String,
}

/// One list with its oddities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListRow {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The document.
    pub document: String,
    /// Tasks.
    pub tasks: u32,
    /// It came from a file and can be retired.
    pub imported: bool,
    /// What is odd in it.
    pub odd: Vec<OddView>,
}

/// All lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListsView {
    /// The main one first.
    pub lists: Vec<ListRow>,
}
