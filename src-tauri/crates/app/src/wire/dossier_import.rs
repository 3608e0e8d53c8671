//! Files of dossiers or of figures on their way in: sent piece by piece, looked at, taken, undone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportWhat {
    /// Figures of a period that a system or unit states: the 13, form II.06a, statistics of the portal.
    Figures,
    /// Dossiers, one a row.
    Dossiers,
}

/// A piece of a file. Pieces come in order; the file never stands on the disk in the clear.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPieceArgs {
    /// From the first piece's answer; none with the first piece.
    pub upload: Option<String>,
    /// Name of the file; folders are cut off.
    pub name: String,
    /// Bytes of the whole file.
    pub size: u64,
    /// When the file was last changed, where that is known.
    pub modified: Option<i64>,
    /// Where this piece begins.
    pub offset: u64,
    /// The piece, base64 with padding; at most 4 MiB of bytes.
    pub content: String,
}

/// How much of a file has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportPieceView {
    /// Key of the file, for the commands that follow.
    pub upload: String,
    /// Bytes that have come: where the next piece begins.
    pub received: u64,
}

/// A file that is here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UploadArgs {
    /// Its key.
    pub upload: String,
}

/// Stop what is under way with a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportCancelArgs {
    /// Key of the file.
    pub upload: String,
    /// Give the file back too; it is given back by itself after some minutes without use.
    pub forget: bool,
}

/// How ambiguous dates of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrderView {
    /// 29/05/2026.
    DayFirst,
    /// 05/29/2026.
    MonthFirst,
}

/// What a column is read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnChoice {
    /// `C`.
    pub column: String,
    /// Id of the target; none reads nothing from it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub target: Option<String>,
    /// For dates; none is guessed from the whole column.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub order: Option<DateOrderView>,
}

/// A value for all rows that do not tell it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FixedChoice {
    /// Id of the target: `unit`, `from`, `to`, …
    pub target: String,
    /// As it could stand in a cell.
    pub value: String,
}

/// What a text that the program does not know means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ValueChoice {
    /// Id of the target: `unit`, `status`, …
    pub target: String,
    /// The text, as it stands in the file.
    pub text: String,
    /// The code it stands for.
    pub means: String,
}

/// How a file is to be read, as far as the person says; the rest is guessed. Also the form of `--mapping FILE`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ImportMapping {
    /// Sheets to read; empty is guessed.
    pub sheets: Vec<String>,
    /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1258`.
    #[ts(optional = nullable)]
    pub encoding: Option<String>,
    /// `,`, `;`, `|` or a tab.
    #[ts(optional = nullable)]
    pub delimiter: Option<String>,
    /// Row of the headings, from 1; the first of them where there are two.
    #[ts(optional = nullable)]
    pub header_row: Option<u32>,
    /// 1 or 2 rows of headings.
    #[ts(optional = nullable)]
    pub header_rows: Option<u32>,
    /// Columns that are read otherwise than guessed.
    pub columns: Vec<ColumnChoice>,
    /// Values for the whole file.
    pub fixed: Vec<FixedChoice>,
    /// Texts the program did not know.
    pub values: Vec<ValueChoice>,
}

/// Look at a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LookArgs {
    /// Key of the file.
    pub upload: String,
    /// What its rows are; none is guessed.
    pub what: Option<ImportWhat>,
    /// Code of the system it comes from; none where every row tells it, or to be chosen.
    pub system: Option<String>,
    /// As of when it speaks; none is guessed from its title, else from the file's own time.
    pub as_of: Option<i64>,
    /// How to read it; none is as files of this shape were read before, else guessed.
    pub mapping: Option<ImportMapping>,
}

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnFate {
    /// Read.
    Read,
    /// About a citizen: dropped before anything is written, and cannot be chosen.
    Personal,
    /// Not used.
    Unused,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportColumn {
    /// `C`.
    pub column: String,
    /// Its heading, that of two rows joined by `/`.
    pub header: String,
    /// What becomes of it.
    pub fate: ColumnFate,
    /// Id of what it is read as.
    pub target: Option<String>,
    /// In words: `Ngày tiếp nhận · ngày/tháng/năm, theo cả cột`, `Thông tin cá nhân: bỏ trước khi ghi`.
    pub text: String,
    /// For dates.
    pub order: Option<DateOrderView>,
    /// The order was not told by any value of the column and is the usual one.
    pub ambiguous: bool,
    /// First values as they stand in the file; none of a personal column.
    pub samples: Vec<String>,
}

/// What a column can be read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportTarget {
    /// Id.
    pub id: String,
    /// `Ngày tiếp nhận`.
    pub title: String,
    /// Without it no row can be taken.
    pub required: bool,
    /// It may be given for the whole file.
    pub fixable: bool,
}

/// A sheet of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportSheet {
    /// Name; empty for CSV and JSON.
    pub name: String,
    /// It is read.
    pub read: bool,
}

/// A row as it would be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportPreviewRow {
    /// Sheet.
    pub sheet: String,
    /// Row, from 1.
    pub row: u32,
    /// In the order of `previewTargets`; `–` for what is not told.
    pub cells: Vec<String>,
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportReject {
    /// Sheet; empty for CSV and JSON.
    pub sheet: String,
    /// Row, from 1, as a spreadsheet counts.
    pub row: u32,
    /// `C`; empty where it is about the whole row.
    pub column: String,
    /// Why, without any value of the row.
    pub reason: String,
    /// What stands in the cell, for the person at the window; never written anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub value: Option<String>,
}

/// Rows that are no data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportSkipped {
    /// `dòng tổng cộng`.
    pub what: String,
    /// How many.
    pub rows: u64,
    /// The first of them, from 1.
    pub first: u32,
}

/// A text that the program does not know, for [`ImportMapping::values`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportUnknown {
    /// Id of the target.
    pub target: String,
    /// As it stands in the file.
    pub text: String,
    /// Rows that have it.
    pub rows: u64,
    /// Those rows are not taken; otherwise the text is kept as it stands.
    pub rejects: bool,
}

/// A file as it would be taken; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LookView {
    /// Key of the file.
    pub upload: String,
    /// Name of the file.
    pub file: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What its rows are, said or guessed.
    pub what: ImportWhat,
    /// Code of the system for rows that do not tell it.
    pub system: Option<String>,
    /// As of when it speaks.
    pub as_of: i64,
    /// Where that comes from: `theo tiêu đề của tệp`.
    pub as_of_text: String,
    /// `CSV · UTF-8 · dấu phẩy · tiêu đề ở dòng 4–5`.
    pub form: String,
    /// Sheets.
    pub sheets: Vec<ImportSheet>,
    /// Everything that was guessed or said, to be edited and sent back.
    pub mapping: ImportMapping,
    /// Files of this shape were read so before.
    pub remembered: bool,
    /// Columns in order.
    pub columns: Vec<ImportColumn>,
    /// What columns can be read as.
    pub targets: Vec<ImportTarget>,
    /// Ids of the columns of the preview.
    pub preview_targets: Vec<String>,
    /// The first rows as they would be kept.
    pub preview: Vec<ImportPreviewRow>,
    /// Rows of data.
    pub rows: u64,
    /// Rows that bring something new.
    pub accepted: u64,
    /// Rows that say what is kept already, or what another row of the file says.
    pub unchanged: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// The first of them.
    pub rejects: Vec<ImportReject>,
    /// Title, blank, total and other rows that are no data.
    pub skipped: Vec<ImportSkipped>,
    /// Texts that the program does not know.
    pub unknown: Vec<ImportUnknown>,
    /// What else to know before confirming.
    pub notices: Vec<String>,
    /// What must be put right before the file can be taken; none when it can.
    pub problem: Option<String>,
    /// `1.204 dòng mới · 3 dòng không nhận · …`.
    pub text: String,
    /// What is confirmed with [`TakeArgs`].
    pub look: String,
}

/// Take what was looked at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeArgs {
    /// Key of the file.
    pub upload: String,
    /// `look` of the view that was confirmed.
    pub look: String,
}

/// What was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakenView {
    /// Id of the import; none when the file brought nothing new.
    pub import: Option<String>,
    /// Rows taken.
    pub accepted: u64,
    /// Rows that changed nothing.
    pub unchanged: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// `Đã nhập …`.
    pub message: String,
}

/// An import that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Id.
    pub id: String,
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What its rows are.
    pub what: ImportWhat,
    /// Code of the system.
    pub system: String,
    /// As of when it speaks.
    pub as_of: i64,
    /// When it was taken.
    pub taken_at: i64,
    /// Who took it.
    pub who: String,
    /// Rows taken.
    pub accepted: u64,
    /// Rows that changed nothing.
    pub unchanged: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// When it was undone.
    pub undone_at: Option<i64>,
    /// It stands and may be undone by whoever asks.
    pub can_undo: bool,
    /// `Đang dùng`, `Đã hoàn tác`, `Chưa nhập xong`.
    pub state: String,
}

/// Imports, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportsView {
    /// The latest first.
    pub imports: Vec<ImportRow>,
}

/// Which import to take out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportUndoArgs {
    /// Its id.
    pub import: String,
}

/// What undoing did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportUndoneView {
    /// `Đã hoàn tác …`.
    pub message: String,
}
