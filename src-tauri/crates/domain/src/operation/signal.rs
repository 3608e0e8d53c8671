//! What is watched, as numbers: one signal is one metric of one node of the dependency graph at one moment. The live watch makes
//! them from observations, alert rules and machine gates of runbooks read them; neither knows where the other stands.

use crate::{observation::Flow, time::Ms};
use serde::{Deserialize, Serialize};

/// What is measured of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// 1 while it answers (a source, a probe, a flow that the gateway calls well), 0 while it does not.
    Up,
    /// Successes ÷ calls of the last five-minute buckets, 0..=1.
    SuccessRate,
    /// 95th percentile of the duration, ms; upper bound of its class.
    P95,
    /// Calls a minute.
    Calls,
    /// Calls a minute ÷ calls a minute usual at this hour of such a day.
    CallsAgainstUsual,
    /// Seconds since the last success, or since the newest observation of a source.
    Age,
    /// Records waiting in the sync queue.
    Waiting,
    /// Records that the sync gave up on.
    Failed,
    /// Dossiers with fees not yet paid.
    Unpaid,
}

impl Metric {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Up,
        Self::SuccessRate,
        Self::P95,
        Self::Calls,
        Self::CallsAgainstUsual,
        Self::Age,
        Self::Waiting,
        Self::Failed,
        Self::Unpaid,
    ];
}

/// One metric of one node at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Id of the node: `gateway`, `portal`, `sso`, `flow:dossier_sync`, `api:dvcqg.07`, `probe:payment`, `queue`, `fees`, as in
    /// `assets/operation/dependencies.toml`.
    pub node: String,
    /// What is measured.
    pub metric: Metric,
    /// The value; `None` is not observed, which is neither good nor bad.
    pub value: Option<f64>,
    /// The moment it speaks of.
    pub as_of: Ms,
    /// Code of the last error, or what else explains it.
    pub note: Option<String>,
}

/// Node of a flow.
#[must_use]
pub fn flow_node(flow: Flow) -> String {
    let name = match flow {
        Flow::Sso => "sso",
        Flow::DossierSync => "dossier_sync",
        Flow::StatusReturn => "status_return",
        Flow::Petition => "petition",
        Flow::Catalogue => "catalogue",
    };
    format!("flow:{name}")
}

/// Node of an API of the checklist.
#[must_use]
pub fn api_node(api: &str) -> String {
    format!("api:{api}")
}
