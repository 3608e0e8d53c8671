//! Incidents: severity with its clocks, who owns it, what was done, how it ended (domain.md §5.1, §5.2).

mod clocks;
mod severity;
mod state;
mod stats;

pub use clocks::{Clock, ClockKind, Timing};
pub use severity::{Severities, SeverityCourse, SeverityRule};
pub use state::{
    FollowUp, IncidentState, Mitigation, Refusal, Resolution, Stage, check, project, project_all,
};
pub use stats::{Figures, Spread, figures};

use super::Touched;
use crate::{evidence::FileRef, time::Ms};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Entities of incidents begin with this; the rest is a UUIDv7.
pub const ENTITY: &str = "incident:";

/// How bad it is (domain.md §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nghiêm trọng: intake, SSO or sync stopped for the whole province, or data lost.
    S1,
    /// Cao: one flow or payment down, or many units affected.
    S2,
    /// Trung bình: part of a flow, and there is a workaround.
    S3,
    /// Thấp: cosmetic, a question.
    S4,
}

impl Severity {
    /// All, the worst first.
    pub const ALL: [Self; 4] = [Self::S1, Self::S2, Self::S3, Self::S4];

    /// `S1` … `S4`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::S1 => "S1",
            Self::S2 => "S2",
            Self::S3 => "S3",
            Self::S4 => "S4",
        }
    }
}

/// What is done with an incident; each is one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum IncidentAct {
    /// It was reported.
    Opened {
        /// What is wrong, in one line.
        title: String,
        /// How bad.
        severity: Severity,
        /// When it was noticed.
        detected: Ms,
        /// What it touches.
        touched: Touched,
        /// Ids of the alerts it stands for.
        alerts: Vec<String>,
        /// What is seen.
        text: Option<String>,
        /// Id of the run of a runbook it happened in.
        run: Option<String>,
    },
    /// Title, severity or what it touches were set anew.
    Changed {
        /// Title.
        title: String,
        /// Severity.
        severity: Severity,
        /// What it touches.
        touched: Touched,
        /// Why, needed when the severity changes.
        reason: Option<String>,
    },
    /// Somebody takes care of it: its owner from now on.
    Acknowledged {
        /// Pseudonym of the owner.
        owner: String,
    },
    /// Another owner.
    Assigned {
        /// Pseudonym of the owner.
        owner: String,
        /// Why.
        reason: Option<String>,
    },
    /// An alert belongs to it.
    AlertLinked {
        /// Id of the alert.
        alert: String,
    },
    /// Something that happened, for its timeline.
    Noted {
        /// When.
        at: Ms,
        /// What.
        text: String,
        /// A file that shows it.
        file: Option<FileRef>,
    },
    /// It was passed on to a party.
    Escalated {
        /// Id of the party.
        party: String,
        /// By which channel.
        how: String,
        /// What was said.
        text: Option<String>,
    },
    /// Its effects are bounded by a workaround.
    Mitigated {
        /// When.
        at: Ms,
        /// The workaround.
        workaround: String,
    },
    /// It is over.
    Resolved {
        /// When.
        at: Ms,
        /// How.
        how: String,
        /// What caused it, where known.
        cause: Option<String>,
    },
    /// It is back.
    Reopened {
        /// Why.
        reason: String,
    },
    /// Something to do after it; it becomes a task.
    FollowUp {
        /// What.
        text: String,
        /// Id of the unit that does it.
        unit: String,
        /// By when.
        due: NaiveDate,
    },
    /// Everything is said about it.
    Closed {
        /// What caused it.
        cause: String,
        /// What was learned.
        lesson: Option<String>,
    },
}
