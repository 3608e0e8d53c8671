//! What people do in a run, and the point of no return by two persons.

use crate::wire::FileInput;
use pvhcc_domain::operation::run::{Decision, Mode, StepEnd, Vote};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Open a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunOpenArgs {
    /// Id of the runbook.
    pub runbook: String,
    /// Practice or the real thing.
    #[ts(type = "RunMode")]
    pub mode: Mode,
    /// When its first step is planned; none is as the runbook says, in a rehearsal and on the way back now.
    pub starts: Option<i64>,
    /// Id of the run that it takes back.
    pub rolls_back: Option<String>,
}

/// Pause or end a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunTextArgs {
    /// Id of the run.
    pub run: String,
    /// Why, or how it went.
    pub text: String,
}

/// Go on with a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunKeyArgs {
    /// Id of the run.
    pub run: String,
}

/// Set who owns a step in this run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepAssignArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the step.
    pub step: String,
    /// Pseudonym; none is nobody.
    pub owner: Option<String>,
    /// Pseudonym; none is nobody.
    pub backup: Option<String>,
}

/// Begin a step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepStartArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the step.
    pub step: String,
    /// Why though machine gates do not allow it; only in a rehearsal.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub despite: Option<String>,
}

/// End a step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepEndArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the step.
    pub step: String,
    /// How.
    #[ts(type = "RunStepEnd")]
    pub end: StepEnd,
    /// What the validation showed, or why it failed or was left out.
    pub text: Option<String>,
    /// Files that show it.
    pub files: Vec<FileInput>,
}

/// Do a step again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepReopenArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the step.
    pub step: String,
    /// Why.
    pub reason: String,
}

/// A file of a step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepFileArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the step.
    pub step: String,
    /// SHA-256.
    pub sha256: String,
}

/// Vote on a criterion.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GateVoteArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the gate.
    pub gate: String,
    /// Id of the criterion.
    pub criterion: String,
    /// The vote.
    #[ts(type = "RunVote")]
    pub vote: Vote,
    /// Why; needed for a no and against what is measured.
    pub reason: Option<String>,
}

/// Decide at a gate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GateDecideArgs {
    /// Id of the run.
    pub run: String,
    /// Id of the gate.
    pub gate: String,
    /// The decision.
    #[ts(type = "RunDecision")]
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// Past what is measured; only in a rehearsal.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub despite: Option<bool>,
}

/// Begin to say, as the first of two, that there is no way back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoReturnArgs {
    /// Id of the run.
    pub run: String,
    /// Why.
    pub reason: Option<String>,
}

/// How far the saying by two persons got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoReturnPhase {
    /// Nobody has begun.
    Idle,
    /// The second person is to sign in in the browser.
    Waiting,
    /// Both have said so.
    Passed,
    /// It was not taken.
    Refused,
}

/// The saying by two persons as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoReturnStateView {
    /// How far it got.
    pub phase: NoReturnPhase,
    /// Id of the run.
    pub run: Option<String>,
    /// Where the second person signs in, should the browser not open.
    pub authorize_url: Option<String>,
    /// Why it was not taken, or what went wrong.
    pub problem: Option<String>,
    /// In a sentence.
    pub message: String,
}
