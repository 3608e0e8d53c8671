//! Rehearsals in the training profile.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A night that can be rehearsed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NightView {
    /// Names it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Domain time per real time that it runs at.
    pub speed: f64,
    /// When the one that was chosen begins, or began.
    pub from: Option<i64>,
    /// When it ends.
    pub to: Option<i64>,
    /// It was chosen and is not over.
    pub running: bool,
}

/// What can be rehearsed, and how the clock runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RehearsalsView {
    /// Domain time of this answer.
    pub now: i64,
    /// Domain time per real time at present.
    pub speed: f64,
    /// None outside the training profile.
    pub nights: Vec<NightView>,
}

/// Begin a rehearsal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RehearsalArgs {
    /// Which night.
    pub id: String,
    /// Domain time per real time, 0–86400; the night's own without it.
    #[serde(default)]
    pub speed: Option<f64>,
}
