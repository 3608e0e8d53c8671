//! Claimed and proved: pills, verdicts, evidence, colours.

use super::UnitView;
use pvhcc_domain::{evidence::TestResult, rag::Rag};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a proof is painted: solid, hatched, dotted, everywhere the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProofTone {
    /// Done and it holds: solid.
    Proved,
    /// Done, and measured below its bar.
    Failed,
    /// Done, and not seen now; the last verdict stands: dotted.
    Silent,
    /// Done by somebody's word only: hatched.
    Claimed,
    /// Something is shown though the task is not called done.
    Shown,
    /// Nothing is claimed and nothing shown.
    None,
}

/// A proof in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofPill {
    /// How it is painted.
    pub tone: ProofTone,
    /// `API đạt 99,7%`, `Mất từ 13:40`, `–`.
    pub text: String,
    /// The whole sentence, for the tooltip.
    pub detail: String,
    /// A file kept as evidence has vanished or was altered.
    pub damaged: bool,
}

/// The colour of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RagCell {
    /// The colour that counts.
    #[ts(type = "Rag")]
    pub rag: Rag,
    /// What the rules say.
    #[ts(type = "Rag")]
    pub computed: Rag,
    /// `Đỏ`, `Vàng`, …
    pub text: String,
    /// Why the rules say so, the gravest first.
    pub reasons: Vec<String>,
    /// Set by hand: the reason, until when and by whom.
    pub by_hand: Option<String>,
}

/// One thing a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofReason {
    /// `proved`, `failed` or `silent`, as for the pill.
    pub tone: ProofTone,
    /// A sentence.
    pub text: String,
}

/// A file kept as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    /// Name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// `PDF, 1,2 MB`.
    pub about: String,
    /// What is wrong with it, if anything.
    pub problem: Option<String>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// Id, for opening and revoking.
    pub id: String,
    /// `note`, `link`, `file`, `live_check`, `test_run`.
    pub kind: String,
    /// First line.
    pub title: String,
    /// What else it says.
    pub detail: String,
    /// Address of a link.
    pub url: Option<String>,
    /// The file, or the minutes of a test run.
    pub file: Option<FileView>,
    /// When it was added.
    pub at: i64,
    /// `Chuyên viên 01 · TT PVHCC tỉnh`.
    pub who: String,
    /// Who revoked it, when and why.
    pub revoked: Option<String>,
    /// The person at the window may revoke it.
    pub revocable: bool,
}

/// A verdict that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofStep {
    /// How it is painted.
    pub tone: ProofTone,
    /// `Mất minh chứng`.
    pub text: String,
    /// Since when it held.
    pub since: i64,
    /// When it was concluded.
    pub at: i64,
}

/// The proof of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofView {
    /// As in the row.
    pub pill: ProofPill,
    /// What a task like this must show, and the bar.
    pub needs: String,
    /// The verdict in a sentence.
    pub headline: String,
    /// What it rests on.
    pub reasons: Vec<ProofReason>,
    /// Evidence, newest first; revoked ones stay listed.
    pub evidence: Vec<EvidenceView>,
    /// Verdicts, newest first; the last twenty.
    pub steps: Vec<ProofStep>,
    /// Calling it done needs a reason, as nothing shows it.
    pub reason_needed: bool,
    /// The reason given when it was called done.
    pub without_evidence: Option<String>,
    /// A live check can be attached now.
    pub live_check: bool,
    /// Units that may have tested, to choose from.
    pub testers: Vec<UnitView>,
}

/// A file on its way in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileInput {
    /// Its name; folders are cut off.
    pub name: String,
    /// Its bytes, base64 with padding.
    pub content: String,
}

/// Evidence on its way in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EvidenceInput {
    /// A remark.
    Note {
        /// The remark.
        text: String,
    },
    /// An address.
    Link {
        /// http or https.
        url: String,
        /// What it is.
        title: Option<String>,
    },
    /// A file.
    File {
        /// The file.
        file: FileInput,
    },
    /// What the gateway measures of the task's API now.
    LiveCheck,
    /// A recorded test run.
    TestRun {
        /// ISO day.
        on: String,
        /// Who tested: unit or party.
        by: String,
        /// What was tried.
        tried: String,
        /// How it ended.
        #[ts(type = "TestResult")]
        result: TestResult,
        /// The minutes.
        minutes: Option<FileInput>,
    },
}

/// Add evidence.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceArgs {
    /// Task.
    pub no: String,
    /// What it is.
    pub evidence: EvidenceInput,
    /// `lastEvent` of the row as the user saw it.
    pub based_on: Option<String>,
}

/// Revoke evidence.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceRevokeArgs {
    /// Task.
    pub no: String,
    /// Which.
    pub id: String,
    /// Why.
    pub reason: String,
    /// As in [`EvidenceArgs`].
    pub based_on: Option<String>,
}

/// One piece of evidence.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceKeyArgs {
    /// Task.
    pub no: String,
    /// Which.
    pub id: String,
}

/// Which files to look at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceCheckArgs {
    /// Of one task; none is of all.
    pub no: Option<String>,
}

/// What looking at files found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceCheckView {
    /// Files looked at.
    pub checked: u32,
    /// One line a file that is not as it was.
    pub problems: Vec<String>,
    /// The whole in a sentence.
    pub text: String,
}

/// Set the colour by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RagArgs {
    /// Task.
    pub no: String,
    /// `green`, `amber` or `red`.
    #[ts(type = "Rag")]
    pub rag: Rag,
    /// Why.
    pub reason: String,
    /// Last day it holds, ISO.
    pub until: String,
    /// As in [`EvidenceArgs`].
    pub based_on: Option<String>,
}

/// Give up a colour set by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RagEndArgs {
    /// Task.
    pub no: String,
    /// As in [`EvidenceArgs`].
    pub based_on: Option<String>,
}

/// Over what a bar is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WindowKind {
    /// The last days.
    Days,
    /// The last calls.
    Calls,
}

/// A bar as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BarInput {
    /// Days or calls.
    pub window: WindowKind,
    /// How many of them: 1..=90 days, 1..=100000 calls.
    pub size: u64,
    /// Fewer calls prove nothing.
    pub min_calls: u64,
    /// Success must reach this, in percent, two decimals.
    pub success_percent: f64,
    /// The 95th percentile must not be above this, ms, 1..=15000.
    pub p95_ms: u32,
}

/// What is required of some APIs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BarRow {
    /// For what: `default`, `group:` and a name, `flow:` and a flow, or an API.
    pub target: String,
    /// Name.
    pub title: String,
    /// For which APIs.
    pub apis: String,
    /// The bar in words.
    pub text: String,
    /// The bar.
    pub bar: BarInput,
    /// Set since; none is what is shipped, or what goes for the wider group.
    pub since: Option<i64>,
    /// Why it was set.
    pub reason: Option<String>,
    /// Who set it.
    pub who: Option<String>,
    /// What was set for later.
    pub coming: Vec<BarComing>,
}

/// A bar that will be in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BarComing {
    /// From when.
    pub from: i64,
    /// The bar in words.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// Who set it.
    pub who: Option<String>,
}

/// A flow or an API that can get a bar of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BarChoice {
    /// As [`BarRow::target`].
    pub target: String,
    /// Name.
    pub title: String,
    /// Its bar now.
    pub bar: BarInput,
}

/// Bars in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BarsView {
    /// The general bar first, groups, then flows and APIs with a bar of their own.
    pub rows: Vec<BarRow>,
    /// All flows, then all APIs.
    pub choices: Vec<BarChoice>,
}

/// Set a bar from a day on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BarArgs {
    /// As [`BarRow::target`].
    pub target: String,
    /// The bar; none returns to what is shipped.
    pub bar: Option<BarInput>,
    /// First day, ISO, today or later; none is from now on.
    #[serde(default)]
    pub from: Option<String>,
    /// Why.
    pub reason: String,
}
