//! The plan screen: what must come before what, and when the rest will be done.

use super::{ProofPill, UnitView};
use pvhcc_domain::task::TaskStatus;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One task in the plan.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanTask {
    /// Key.
    pub no: String,
    /// What to do.
    pub title: String,
    /// Index of its lane.
    pub lane: u32,
    /// Index of its column.
    pub column: u32,
    /// Status.
    #[ts(type = "TaskStatus")]
    pub status: TaskStatus,
    /// Whether what is claimed holds.
    pub proof: ProofPill,
    /// Lead units.
    pub lead_units: Vec<UnitView>,
    /// The date that binds, ISO.
    pub due: Option<String>,
    /// Not done and past its date.
    pub overdue: bool,
    /// Working days it may slip before something that follows is touched; negative: already too late for it.
    pub float: Option<i64>,
    /// The same in words: `còn 3 ngày làm việc trước nhiệm vụ 69`, or empty.
    pub float_text: String,
    /// Keys of open tasks that must be finished first, the nearest last.
    pub waits_for: Vec<String>,
    /// On the longest chain of open tasks.
    pub on_chain: bool,
}

/// An arrow from what comes first to what follows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanEdge {
    /// Comes first.
    pub from: String,
    /// Follows.
    pub to: String,
    /// Working days between their dates; negative: due before what it waits for.
    pub slack: Option<i64>,
}

/// When the rest will be done, if the pace stays as it was.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ForecastView {
    /// ISO days: one time in seven sooner; as often sooner as later; one time in seven later.
    pub early: String,
    /// See `early`.
    pub likely: String,
    /// See `early`.
    pub late: String,
    /// The finding: `Dự kiến xong 08/06/2026 (từ 03/06 đến 16/06)`.
    pub text: String,
    /// What it rests on.
    pub basis: String,
}

/// A column of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanColumn {
    /// Number of the section: `III`, `IV.1`.
    pub section: String,
    /// Title of the section.
    pub title: String,
    /// Stage in words: `Khai báo`, `Kiểm thử`, or empty.
    pub stage: String,
}

/// The plan of a checklist.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// Titles of the lanes, top to bottom.
    pub lanes: Vec<String>,
    /// Columns, left to right.
    pub columns: Vec<PlanColumn>,
    /// In the decision's order.
    pub tasks: Vec<PlanTask>,
    /// All arrows.
    pub edges: Vec<PlanEdge>,
    /// The longest chain of open tasks, first to last.
    pub chain: Vec<String>,
    /// Tasks that wait for each other in a circle; empty in a sound plan.
    pub circular: Vec<String>,
    /// What the plan shows, in one line.
    pub headline: String,
    /// `None` while nothing can be forecast; `forecastNote` says why.
    pub forecast: Option<ForecastView>,
    /// Why there is no forecast, or empty.
    pub forecast_note: String,
}
