//! Tables of the operation that people bring: looked at first, taken as one act.

use crate::wire::{FileInput, ImportFault};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Look at a table, or take it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableImportArgs {
    /// The file.
    pub file: FileInput,
    /// `position` of the preview: take what was looked at then; nothing only looks.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub take: Option<i64>,
}

/// One thing a table would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableImportLine {
    /// The cell: `F17`.
    pub place: String,
    /// Of whom or what: `Sở Công Thương`.
    pub who: String,
    /// What changes: `Tài khoản, phân quyền`.
    pub field: String,
    /// Before; empty for nothing.
    pub old: String,
    /// After.
    pub new: String,
}

/// What a table would change, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TableImportView {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Changes, in the order of the file.
    pub lines: Vec<TableImportLine>,
    /// What is wrong with it: while anything is, nothing is taken.
    pub faults: Vec<ImportFault>,
    /// Rows that say what stands already.
    pub same: u32,
    /// How far the journal goes that the preview rests on.
    pub position: i64,
    /// The finding, or what was done.
    pub message: String,
    /// The event that closes the batch, once taken; undoing it takes everything back.
    pub event_id: Option<String>,
}

/// What was done in one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoneView {
    /// The event; of a batch the one that closes it.
    pub event_id: String,
    /// In a sentence.
    pub message: String,
}

/// Words to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WordsView {
    /// What they are about: `Còn 12 đơn vị`.
    pub title: String,
    /// The words.
    pub text: String,
}
