//! Runbooks as people carry them out: the acts of a run, its steps, its gates, and the point of no return.

pub mod forecast;
pub mod gate;
pub mod startable;
pub mod state;
#[cfg(test)]
mod tests;
pub mod trigger;

use crate::{evidence::FileRef, roles::Role, time::Ms};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Entities of runbooks begin with this; the rest is the runbook's id.
pub const RUNBOOK: &str = "runbook:";
/// Entities of runs begin with this; the rest is a UUIDv7.
pub const RUN: &str = "run:";

/// What is done with the text of a runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum RunbookAct {
    /// A version was kept.
    Saved {
        /// Title.
        title: String,
        /// SHA-256 of the blob with its TOML.
        sha256: String,
        /// What changed.
        about: Option<String>,
    },
    /// It is no longer used.
    Retired {
        /// Why.
        reason: String,
    },
}

/// Practice or the real thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Diễn tập.
    Rehearsal,
    /// Thực hiện.
    Live,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepEnd {
    /// Its validation holds.
    Done,
    /// It failed.
    Failed,
    /// It was left out; needs a reason.
    Skipped,
}

/// A vote on a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// Đạt, tiếp tục.
    Go,
    /// Không đạt, dừng.
    NoGo,
}

/// What a gate decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Tiếp tục.
    Go,
    /// Tạm dừng, xem lại.
    Hold,
    /// Quay lui.
    RollBack,
}

/// The second person of an act that needs two (design §6): signed in with `prompt=login` beside the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondPerson {
    /// Pseudonym; never the first person's.
    pub person: String,
    /// Role at that moment.
    pub role: Role,
    /// When the provider says the person signed in (`auth_time`).
    pub auth_time: Ms,
}

/// What is done in a run; each is one event of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum RunAct {
    /// It began.
    Opened {
        /// Id of the runbook.
        runbook: String,
        /// SHA-256 of the version it follows.
        sha256: String,
        /// Practice or the real thing.
        mode: Mode,
        /// When its first step is planned: planned times of the runbook count from here.
        starts: Ms,
        /// Id of the run that this one rolls back.
        rolls_back: Option<String>,
    },
    /// Nothing goes on for now.
    Paused {
        /// Why.
        reason: String,
    },
    /// It goes on.
    Resumed {},
    /// It is over.
    Ended {
        /// How it went.
        text: String,
    },
    /// Owner and backup of a step were set for this run.
    StepAssigned {
        /// Id of the step.
        step: String,
        /// Pseudonym of the owner.
        owner: Option<String>,
        /// Pseudonym of the backup.
        backup: Option<String>,
    },
    /// A step began.
    StepStarted {
        /// Id of the step.
        step: String,
        /// Gates that did not allow it and why it was begun all the same; only in a rehearsal.
        despite: Option<String>,
    },
    /// A step ended.
    StepEnded {
        /// Id of the step.
        step: String,
        /// How.
        end: StepEnd,
        /// What the validation showed, or why it failed or was left out.
        text: Option<String>,
        /// Files that show it.
        files: Vec<FileRef>,
    },
    /// A step that had ended is to be done again.
    StepReopened {
        /// Id of the step.
        step: String,
        /// Why.
        reason: String,
    },
    /// Somebody votes on a criterion of a gate.
    Voted {
        /// Id of the gate.
        gate: String,
        /// Id of the criterion.
        criterion: String,
        /// The vote.
        vote: Vote,
        /// Why; needed against what was measured, and for a no.
        reason: Option<String>,
    },
    /// A gate was decided.
    GateDecided {
        /// Id of the gate.
        gate: String,
        /// The decision.
        decision: Decision,
        /// Why.
        reason: String,
        /// What each criterion showed at that moment, by its id.
        shown: BTreeMap<String, String>,
    },
    /// From here on there is no way back: said by two persons.
    NoReturnPassed {
        /// Id of the step that marks it.
        step: String,
        /// Who said so beside the actor.
        second: SecondPerson,
        /// Why.
        reason: Option<String>,
    },
}
