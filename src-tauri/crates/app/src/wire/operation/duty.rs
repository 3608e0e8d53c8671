//! The roster of shifts: posts, who holds them when, gaps, and who is on now.

use crate::wire::{HistoryLine, TableFormat, UnitView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Somebody who can be put on duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyPerson {
    /// Roster id, or the id of somebody who does not use the program.
    pub id: String,
    /// Name as shown; the role where it was erased.
    pub name: String,
    /// Role or position.
    pub title: String,
    /// Unit.
    pub unit: UnitView,
    /// Telephone, from the table that can be erased.
    pub phone: String,
    /// E-mail address, likewise.
    pub email: String,
    /// Stands in the roster of the program's users.
    pub listed: bool,
}

/// What a post lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LackKind {
    /// Nobody is on.
    Nobody,
    /// Nobody stands behind.
    Backup,
}

/// One shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftView {
    /// Id.
    pub id: String,
    /// First moment.
    pub from: i64,
    /// End, exclusive.
    pub to: i64,
    /// Id of the post.
    pub post: String,
    /// Id of the unit.
    pub unit: String,
    /// Id of who is on.
    pub primary: String,
    /// Name of who is on.
    pub primary_name: String,
    /// Id of the backup.
    pub backup: Option<String>,
    /// Name of the backup.
    pub backup_name: Option<String>,
    /// What does not go together with another shift, in words.
    pub clash: Option<String>,
    /// Base of the next edit.
    pub last_event: String,
    /// The person at the window may change it.
    pub editable: bool,
}

/// A span in which a post lacks something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GapView {
    /// First moment.
    pub from: i64,
    /// End, exclusive.
    pub to: i64,
    /// What.
    pub lack: LackKind,
    /// `Không có người trực 01:00–07:00 30/05/2026`.
    pub text: String,
}

/// A post of a unit: one line of the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostLine {
    /// Id of the post.
    pub post: String,
    /// Name of the post.
    pub title: String,
    /// What it is there for.
    pub task: String,
    /// The unit.
    pub unit: UnitView,
    /// First moment it must be held.
    pub from: i64,
    /// End, exclusive.
    pub to: i64,
    /// Somebody must stand behind.
    pub needs_backup: bool,
    /// Shifts in the span asked for, by their beginning.
    pub shifts: Vec<ShiftView>,
    /// What it lacks in that span.
    pub gaps: Vec<GapView>,
    /// The person at the window may set its shifts.
    pub editable: bool,
}

/// A post at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnNowView {
    /// Id of the post.
    pub post: String,
    /// Name of the post.
    pub title: String,
    /// The unit.
    pub unit: UnitView,
    /// Who is on.
    pub primary: Option<DutyPerson>,
    /// The backup.
    pub backup: Option<DutyPerson>,
    /// Until when.
    pub to: Option<i64>,
    /// What it lacks.
    pub lack: Option<LackKind>,
}

/// Who is on, in the frame. Nothing while no post must be held and nobody is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyNow {
    /// `Trực 11 người`.
    pub text: String,
    /// `thiếu dự phòng: Tài khoản VNeID (PC06)`; empty where nothing lacks.
    pub lack: String,
    /// `good`, `warn` (a backup lacks) or `bad` (nobody is on).
    pub tone: String,
}

/// Which span to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyArgs {
    /// First moment; none is the beginning of today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<i64>,
    /// End, exclusive; none is seven days later.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<i64>,
    /// The moment to look at; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// The roster of shifts in a span.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterOfDutyView {
    /// Domain time.
    pub now: i64,
    /// First moment shown.
    pub from: i64,
    /// End, exclusive.
    pub to: i64,
    /// The finding.
    pub headline: String,
    /// Posts by unit.
    pub lines: Vec<PostLine>,
    /// Who is on now.
    pub on: Vec<OnNowView>,
    /// The same for the frame.
    pub status: Option<DutyNow>,
    /// When somebody next comes on or goes off.
    pub next_change: Option<i64>,
    /// Who can be put on duty.
    pub people: Vec<DutyPerson>,
    /// Units whose people may be added.
    pub units: Vec<UnitView>,
    /// Shifts that do not go together, in words.
    pub clashes: Vec<String>,
    /// `seen` of a table that is taken.
    pub position: i64,
    /// The person at the window may set some shift.
    pub can_edit: bool,
}

/// Set a shift, or set it anew.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftSetArgs {
    /// Id of the shift to change; none is a new one.
    pub id: Option<String>,
    /// First moment.
    pub from: i64,
    /// End, exclusive.
    pub to: i64,
    /// Id of the post.
    pub post: String,
    /// Id of the unit.
    pub unit: String,
    /// Id of who is on.
    pub primary: String,
    /// Id of the backup.
    pub backup: Option<String>,
    /// `lastEvent` of the shift that was looked at.
    pub based_on: Option<String>,
}

/// A turn of the day, in the province's time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TurnArgs {
    /// `07:00`.
    pub from: String,
    /// `19:00`; at or before `from` it ends the next day.
    pub to: String,
}

/// Who is on together.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CrewArgs {
    /// Id of who is on.
    pub primary: String,
    /// Id of the backup.
    pub backup: Option<String>,
}

/// Repeat turns over days, crew after crew, as one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftRepeatArgs {
    /// Id of the post.
    pub post: String,
    /// Id of the unit.
    pub unit: String,
    /// First day, ISO.
    pub first_day: String,
    /// How many days, 1 to 31.
    pub days: u32,
    /// Turns of each day, in their order.
    pub turns: Vec<TurnArgs>,
    /// Crews; the first takes the first turn, and so on round.
    pub crews: Vec<CrewArgs>,
}

/// Take a shift off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftRemoveArgs {
    /// Id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// `lastEvent` of the shift that was looked at.
    pub based_on: Option<String>,
}

/// One shift's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShiftArgs {
    /// Id.
    pub id: String,
}

/// One shift's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShiftHistoryView {
    /// Newest first.
    pub history: Vec<HistoryLine>,
}

/// Somebody of the duty: a new one, or how to reach one who is known.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyPersonArgs {
    /// Id; none adds somebody who does not use the program.
    pub id: Option<String>,
    /// Name or position; not of one who stands in the roster.
    pub name: String,
    /// Position.
    pub title: String,
    /// Id of the unit; not of one who stands in the roster.
    pub unit: String,
    /// Telephone.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// Whose data to erase.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyPersonKey {
    /// Id.
    pub id: String,
}

/// Somebody of the duty was set or erased.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyPersonView {
    /// Id.
    pub id: String,
    /// In a sentence.
    pub message: String,
}

/// A span of the roster as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyExportArgs {
    /// Which span.
    pub span: DutyArgs,
    /// Form.
    pub format: TableFormat,
}
