//! The operation of the connection and the cutover night (domain.md §5): alerts, incidents, runbooks with their gates, shifts,
//! readiness of the units, and the registers of dossiers that were under way or taken on paper.
//!
//! Pure like the rest of the crate: what is measured and what time it is come in as arguments.

pub mod alert;
pub mod handover;
pub mod incident;
pub mod readiness;
pub mod register;
pub mod run;
pub mod runbook;
pub mod shift;
pub mod signal;
pub mod watch;

use crate::observation::Flow;
use serde::{Deserialize, Serialize};

/// What an incident, an alert or a step touches. Empty means not known or none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Touched {
    /// Flows.
    pub flows: Vec<Flow>,
    /// API names of the checklist (`dvcqg.07`).
    pub apis: Vec<String>,
    /// Keys of tasks (`17`, `da06/3`).
    pub tasks: Vec<String>,
    /// Ids of units.
    pub units: Vec<String>,
}
