//! The checklist screen.

use super::{
    ConflictView, FreshState, ListLink, ListView, MeasureView, NamedView, ProofPill, ProofView, RagCell,
    TextView,
};
use pvhcc_domain::{
    observation::{Flow, Stage},
    task::TaskStatus,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A unit as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnitView {
    /// Id.
    pub id: String,
    /// Short name.
    pub short: String,
    /// Full name.
    pub name: String,
}

/// The gateway's word beside ours.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GatewayWord {
    /// Its status.
    #[ts(type = "TaskStatus")]
    pub status: TaskStatus,
    /// `Trục tích hợp: đang làm`.
    pub text: String,
    /// It differs from what people said.
    pub disagrees: bool,
    /// Its remark.
    pub note: Option<String>,
    /// The source's own time.
    pub as_of: i64,
    /// How fresh.
    pub state: FreshState,
}

/// One row of the checklist.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskRow {
    /// Key: `17`, `78a`, `da06/3`.
    pub no: String,
    /// The same without the list: `3`.
    pub label: String,
    /// Id of its list.
    pub list: String,
    /// `I` … `IV.2`.
    pub section: String,
    /// A heading without owner and date.
    pub heading: bool,
    /// The merged "Nội dung" cell.
    pub group: String,
    /// What to do.
    pub title: String,
    /// Lead units.
    pub lead_units: Vec<UnitView>,
    /// The decision's due date.
    pub due: Option<String>,
    /// Due date changed by a document.
    pub changed_due: Option<String>,
    /// Expected day.
    pub expected: Option<String>,
    /// Present status.
    #[ts(type = "TaskStatus")]
    pub status: TaskStatus,
    /// The day it was done.
    pub done_on: Option<String>,
    /// Remark, obstacle or reason that came with the status.
    pub note: Option<String>,
    /// Days late against the due date in force, done or not; 0 when in time.
    pub days_late: i64,
    /// Days late against the decision's own date; 0 when in time.
    pub days_late_decision: i64,
    /// Not done and past the due date in force.
    pub overdue: bool,
    /// Not done and due within 2 working days.
    pub due_soon: bool,
    /// `quá 39 ngày`, `xong muộn 5 ngày`, `còn 2 ngày làm việc`, or empty.
    pub lateness: String,
    /// Flow.
    #[ts(type = "Flow | null")]
    pub flow: Option<Flow>,
    /// Phase.
    pub phase: Option<u8>,
    /// Stage.
    #[ts(type = "Stage | null")]
    pub stage: Option<Stage>,
    /// API.
    pub api: Option<String>,
    /// Numbers of predecessors.
    pub predecessors: Vec<String>,
    /// Predecessors that are late.
    pub late_predecessors: Vec<String>,
    /// The gateway's word.
    pub gateway: Option<GatewayWord>,
    /// The person at the window may update it.
    pub editable: bool,
    /// Columns of words of its list, in order.
    pub texts: Vec<TextView>,
    /// Figures that progress.
    pub measures: Vec<MeasureView>,
    /// Text without diacritics to search in.
    pub search: String,
    /// Whether what is claimed holds.
    pub proof: ProofPill,
    /// The colour.
    pub rag: RagCell,
    /// Edits on the same base that nobody has settled.
    pub conflicts: u32,
    /// Last event, or `nothing` when nobody has said anything: the base of the next edit.
    pub last_event: Option<String>,
}

/// A section's title.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SectionView {
    /// `IV.1`.
    pub id: String,
    /// Title of the decision.
    pub title: String,
}

/// The checklist with its present state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TasksView {
    /// Domain time; of the past, the moment asked for.
    pub now: i64,
    /// The moment asked for, when it is not the present: nothing can be written into it.
    pub as_of: Option<i64>,
    /// The decision's order.
    pub rows: Vec<TaskRow>,
    /// The list shown.
    pub list: ListView,
    /// Every list that can be switched to, the main one first.
    pub lists: Vec<ListLink>,
    /// Sections in order.
    pub sections: Vec<SectionView>,
    /// Lead units that occur.
    pub units: Vec<UnitView>,
    /// `90 nhiệm vụ · 84 báo xong · 6 quá hạn`.
    pub subtitle: String,
    /// How fresh the gateway's word is.
    pub gateway_state: FreshState,
    /// The same in words.
    pub gateway_text: String,
}

/// One task.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TaskArgs {
    /// Number.
    pub no: String,
    /// As of which moment, UTC ms; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<i64>,
}

/// A neighbour in the plan.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TaskLink {
    /// Number.
    pub no: String,
    /// Title.
    pub title: String,
    /// Status.
    #[ts(type = "TaskStatus")]
    pub status: TaskStatus,
}

/// One line of a task's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryLine {
    /// Event id.
    pub id: String,
    /// When it was said.
    pub at: i64,
    /// `Báo hoàn thành ngày 18/03/2026`.
    pub text: String,
    /// Note, on behalf of whom, how it was learned.
    pub detail: String,
    /// `Chuyên viên 01 · TT PVHCC tỉnh`.
    pub who: String,
    /// Recorded while offline.
    pub offline: bool,
    /// Recorded on the command line, in a name that was told and not proved.
    pub told: bool,
    /// Concluded by the program; nobody said it.
    pub automatic: bool,
    /// What it was part of, when several acts were written as one.
    pub batch: Option<String>,
    /// One of two edits that disagree and are not settled.
    pub disputed: bool,
    /// Taken back later.
    pub undone: bool,
    /// The person at the window may take it back, with all of its batch.
    pub undoable: bool,
    /// It takes something back itself: taking it back does that again.
    pub redo: bool,
}

/// One bucket of a sparkline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SparkPoint {
    /// Start of the bucket.
    pub at: i64,
    /// Calls.
    pub calls: u32,
    /// Successes ÷ calls; `None` is a gap.
    pub rate: Option<f64>,
}

/// What the gateway measured of the task's API.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiView {
    /// `dvcqg.07`.
    pub api: String,
    /// Calls in the span.
    pub calls: u32,
    /// Successes ÷ calls.
    pub rate: Option<f64>,
    /// 95th percentile in ms, upper bound of its bucket.
    pub p95_ms: Option<u32>,
    /// Code of the last error.
    pub last_error: Option<String>,
    /// Span in words: `2 giờ qua`.
    pub span: String,
    /// Buckets in order.
    pub points: Vec<SparkPoint>,
    /// How fresh.
    pub state: FreshState,
    /// Source and age in words.
    pub provenance: String,
}

/// One task: text, predecessors, gateway, history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskDetailView {
    /// The row.
    pub row: TaskRow,
    /// Requirement verbatim.
    pub requirement: String,
    /// Section's title.
    pub section_title: String,
    /// Before it.
    pub predecessors: Vec<TaskLink>,
    /// After it.
    pub successors: Vec<TaskLink>,
    /// Newest first.
    pub history: Vec<HistoryLine>,
    /// Edits on the same base that nobody has settled.
    pub conflicts: Vec<ConflictView>,
    /// Measure of its API.
    pub api: Option<ApiView>,
    /// Document that changed the due date.
    pub due_document: Option<String>,
    /// Its proof and evidence; none for a heading.
    pub proof: Option<ProofView>,
    /// The incident that it is to be done after.
    pub incident: Option<NamedView>,
}
