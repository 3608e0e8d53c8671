//! The register of obstacles and how fast parties answer.

use super::{HistoryLine, TaskLink, UnitView};
use pvhcc_domain::obstacle::{ObstacleGroup, ObstacleStage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One obstacle of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleRow {
    /// Id.
    pub id: String,
    /// Group of document 002 IV.
    #[ts(type = "ObstacleGroup")]
    pub group: ObstacleGroup,
    /// In one line.
    pub title: String,
    /// In full.
    pub detail: String,
    /// Systems it touches.
    pub systems: Vec<String>,
    /// Units it touches.
    pub units: Vec<UnitView>,
    /// Tasks it touches.
    pub tasks: Vec<TaskLink>,
    /// Id of the party that must answer.
    pub party: String,
    /// Its short name.
    pub party_name: String,
    /// How far it got.
    #[ts(type = "ObstacleStage")]
    pub stage: ObstacleStage,
    /// When it was put to the party.
    pub raised_at: i64,
    /// ISO day of the answer due.
    pub answer_due: Option<String>,
    /// The day has passed without an answer.
    pub overdue: bool,
    /// The answer is due today or the next working day.
    pub due_soon: bool,
    /// `quá hạn trả lời 3 ngày`, `chờ 2,5 ngày làm việc`, `trả lời sau 3 giờ làm việc`.
    pub timing: String,
    /// When it was last answered.
    pub answered_at: Option<i64>,
    /// The answer.
    pub answer: Option<String>,
    /// When it was out of the way.
    pub resolved_at: Option<i64>,
    /// How.
    pub resolution: Option<String>,
    /// The person at the window may change, answer and settle it.
    pub editable: bool,
    /// Folded text for searching.
    pub search: String,
    /// Base of the next edit.
    pub last_event: String,
}

/// How one party answers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResponseRow {
    /// Id; empty for all together.
    pub party: String,
    /// Short name.
    pub name: String,
    /// Not out of the way.
    pub open: u32,
    /// Of those, asked and silent.
    pub waiting: u32,
    /// Of those, past the day.
    pub overdue: u32,
    /// Answered, not out of the way.
    pub answered: u32,
    /// Out of the way.
    pub resolved: u32,
    /// Responses the medians rest on.
    pub responses: u32,
    /// Median in hours of the clock; `None` of no response.
    pub median_hours: Option<f64>,
    /// `26,5 giờ`, `–`.
    pub median_text: String,
    /// Median in working days of 8 hours; `None` of no response.
    pub median_days: Option<f64>,
    /// `3,3`, `–`.
    pub median_days_text: String,
    /// Working days of the one that has waited longest: `5,1`, `–`.
    pub longest_wait_text: String,
}

/// A party to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartyName {
    /// Id.
    pub id: String,
    /// Short name.
    pub short: String,
    /// Full name.
    pub name: String,
}

/// The register.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstaclesView {
    /// Domain time.
    pub now: i64,
    /// The finding: `7 vướng mắc chưa gỡ, 2 quá hạn trả lời (C12, TTDLQG 1; VNPT Gia Lai 1)`.
    pub headline: String,
    /// Overdue first, then by what waits longest; settled ones last.
    pub rows: Vec<ObstacleRow>,
    /// Answers overdue.
    pub overdue: u32,
    /// The finding of the table below.
    pub response_title: String,
    /// How parties answer, the slowest first; those never asked are left out.
    pub responses: Vec<ResponseRow>,
    /// All together.
    pub overall: ResponseRow,
    /// Parties to choose.
    pub parties: Vec<PartyName>,
    /// Units to choose.
    pub units: Vec<UnitView>,
    /// Systems named so far and those of the field, to choose.
    pub systems: Vec<String>,
    /// The person at the window may raise one.
    pub can_raise: bool,
}

/// Which obstacle.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleArgs {
    /// Its id.
    pub id: String,
    /// The moment; `None` is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// One obstacle with its history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ObstacleDetailView {
    /// It.
    pub row: ObstacleRow,
    /// Newest first.
    pub history: Vec<HistoryLine>,
}

/// What an obstacle says, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleWords {
    /// Group.
    #[ts(type = "ObstacleGroup")]
    pub group: ObstacleGroup,
    /// In one line.
    pub title: String,
    /// In full; may be empty.
    #[serde(default)]
    pub detail: String,
    /// Systems.
    #[serde(default)]
    pub systems: Vec<String>,
    /// Unit ids.
    #[serde(default)]
    pub units: Vec<String>,
    /// Task keys.
    #[serde(default)]
    pub tasks: Vec<String>,
    /// Party id.
    pub party: String,
    /// When it was put to the party; none is now.
    pub raised_at: Option<i64>,
    /// ISO day of the answer due.
    pub answer_due: Option<String>,
}

/// Put an obstacle to a party.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ObstacleRaiseArgs {
    /// What it says.
    pub words: ObstacleWords,
}

/// Put an obstacle in other words, or pass it on to another party.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleChangeArgs {
    /// Its id.
    pub id: String,
    /// What it says now.
    pub words: ObstacleWords,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Record an answer or a resolution.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleReplyArgs {
    /// Its id.
    pub id: String,
    /// When it came; none is now.
    pub on: Option<i64>,
    /// In words.
    pub text: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Bring an obstacle back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleReopenArgs {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Set a task to blocked and say what blocks it, in one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskBlockArgs {
    /// The status; must be `blocked`.
    pub status: super::SetStatusArgs,
    /// The obstacle to raise; the task is added to those it touches.
    #[serde(default)]
    pub raise: Option<ObstacleWords>,
    /// Or the obstacle that already says so; the task is added to those it touches.
    #[serde(default)]
    pub link: Option<String>,
}

/// What an edit of the register did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObstacleEdited {
    /// The obstacle.
    pub id: String,
    /// The new event; taking it back takes back the whole act.
    pub event_id: String,
    /// What was done.
    pub message: String,
}
