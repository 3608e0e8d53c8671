//! Runbooks: their list, one with what was found in it, checking, saving, giving up.

use super::NamedView;
use crate::wire::{FileInput, HistoryLine, UnitView};
use pvhcc_domain::roles::Role;
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

/// Who: a role at a unit, not a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunbookWho {
    /// Id of the unit.
    pub unit: String,
    /// The role; none is any of the unit.
    #[ts(type = "Role | null")]
    pub role: Option<Role>,
    /// Which post at the unit.
    pub post: Option<String>,
}

/// What a step says but for what it needs to be measured, which is edited as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookStep {
    /// Id; empty for a new one, whose id is made of its title.
    pub id: String,
    /// Id of its stream.
    pub stream: String,
    /// In one line.
    pub title: String,
    /// How it is done.
    pub detail: String,
    /// Who does it.
    pub owner: RunbookWho,
    /// Who steps in.
    pub backup: Option<RunbookWho>,
    /// Planned start, minutes from the start of the run.
    pub start: i64,
    /// Planned duration, minutes.
    pub minutes: i64,
    /// It never begins before its planned start.
    pub not_before: bool,
    /// Ids of the steps before it.
    pub after: Vec<String>,
    /// Ids of the gates before it.
    pub gates: Vec<String>,
    /// How one sees that it worked.
    pub validation: String,
    /// Id of the step that takes it back.
    pub rollback: Option<String>,
    /// What must be attached.
    pub evidence: Option<String>,
    /// There is no way back from it.
    pub no_return: bool,
}

/// A step of a text, with words for what its ids mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookStepRow {
    /// Place in the runbook, from 1.
    pub no: u32,
    /// What it says.
    pub step: RunbookStep,
    /// Who does it, in words.
    pub owner: String,
    /// Numbers of the steps before it: `3, 5`.
    pub after: String,
    /// What must be measured before it begins, in words.
    pub needs: Vec<String>,
}

/// The steps of a text and what they may name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookStepsView {
    /// When the run starts.
    pub starts: i64,
    /// In the order of the text.
    pub rows: Vec<RunbookStepRow>,
    /// Streams.
    pub streams: Vec<NamedView>,
    /// Gates.
    pub gates: Vec<NamedView>,
    /// Steps of the runbook that takes this one back.
    pub rollback: Vec<NamedView>,
    /// Units that may have a step.
    pub units: Vec<UnitView>,
}

/// Put a step into a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookStepPutArgs {
    /// TOML.
    pub text: String,
    /// Id of the step whose place it takes; none puts it behind the last one.
    pub was: Option<String>,
    /// The step.
    pub step: RunbookStep,
}

/// Take a step out of a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookStepDropArgs {
    /// TOML.
    pub text: String,
    /// Id of the step.
    pub id: String,
}

/// A text after a change; it is not kept yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookTextView {
    /// TOML.
    pub text: String,
}
