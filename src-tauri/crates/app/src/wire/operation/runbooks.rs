//! Runbooks: their list, one with what was found in it, checking, saving, giving up.

use crate::wire::{FileInput, HistoryLine};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing found in a runbook's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunbookFinding {
    /// Line, from 1.
    pub line: u32,
    /// Field or id that it is about; empty for the text as a whole.
    pub of: String,
    /// In words, with what to do.
    pub text: String,
    /// It must be put right; otherwise somebody should look at it.
    pub fault: bool,
}

/// A runbook of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// When its first step is planned.
    pub starts: i64,
    /// Number of steps.
    pub steps: u32,
    /// It came with the program and nobody changed it.
    pub shipped: bool,
    /// When this version was kept.
    pub saved_at: Option<i64>,
    /// By whom.
    pub saved_by: Option<String>,
    /// Why it is no longer used.
    pub retired: Option<String>,
    /// Id of the runbook that leads back.
    pub rollback: Option<String>,
}

/// The runbooks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbooksView {
    /// In use first.
    pub rows: Vec<RunbookRow>,
    /// The person at the window may edit them and open runs.
    pub can_edit: bool,
}

/// Which runbook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookArgs {
    /// Id.
    pub id: String,
}

/// A runbook with its text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookView {
    /// The line of the list.
    pub row: RunbookRow,
    /// Documents it comes from.
    pub basis: Vec<String>,
    /// Its TOML, as it was written.
    pub text: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// What is found in it now.
    pub findings: Vec<RunbookFinding>,
    /// Its versions, newest first.
    pub history: Vec<HistoryLine>,
    /// The person at the window may edit it.
    pub can_edit: bool,
    /// Base of the next edit.
    pub last_event: Option<String>,
}

/// Check a runbook's text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookCheckArgs {
    /// TOML.
    pub text: String,
}

/// What a check found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookCheckView {
    /// Id, where the text can be read so far.
    pub id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Number of steps.
    pub steps: u32,
    /// What was found, by line; none must be put right in a text that may be kept.
    pub findings: Vec<RunbookFinding>,
    /// It may be kept.
    pub good: bool,
    /// In a sentence.
    pub message: String,
}

/// Keep a version of a runbook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookSaveArgs {
    /// TOML; its `id` says which runbook.
    pub text: String,
    /// What changed.
    pub about: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// What became of a version.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookSavedView {
    /// What the check found.
    pub check: RunbookCheckView,
    /// It was kept: faults keep it from being.
    pub saved: bool,
    /// What was done, or what to do.
    pub message: String,
}

/// Take a runbook from a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookImportArgs {
    /// TOML.
    pub file: FileInput,
}

/// Use a runbook no longer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookRetireArgs {
    /// Id.
    pub id: String,
    /// Why.
    pub reason: String,
}
