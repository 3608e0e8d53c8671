//! Incidents with their clocks, their timeline and how long they take.

use crate::wire::{PartyName, TaskLink, UnitView};
use pvhcc_domain::{
    observation::Flow,
    operation::{
        Touched,
        incident::{ClockKind, Severity, Stage},
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an incident touches, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TouchedInput {
    /// Flows.
    #[ts(type = "Flow[]")]
    pub flows: Vec<Flow>,
    /// API names (`dvcqg.07`).
    pub apis: Vec<String>,
    /// Keys of tasks.
    pub tasks: Vec<String>,
    /// Ids of units.
    pub units: Vec<String>,
}

impl From<Touched> for TouchedInput {
    fn from(t: Touched) -> Self {
        Self { flows: t.flows, apis: t.apis, tasks: t.tasks, units: t.units }
    }
}

/// Something to choose, by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedView {
    /// Id.
    pub id: String,
    /// Vietnamese.
    pub name: String,
}

/// A severity with what it asks for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeverityView {
    /// Which.
    #[ts(type = "Severity")]
    pub id: Severity,
    /// `S1`.
    pub code: String,
    /// `Nghiêm trọng`.
    pub label: String,
    /// What counts as such.
    pub meaning: String,
    /// Its clocks in one line: `tiếp nhận 15 phút · cập nhật mỗi 30 phút · xử lý 2 giờ · tính cả ngày đêm`.
    pub clocks: String,
}

/// One clock of an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClockView {
    /// What it waits for.
    #[ts(type = "ClockKind")]
    pub kind: ClockKind,
    /// `tiếp nhận`, `cập nhật`, `xử lý xong`.
    pub name: String,
    /// From when it counts.
    pub from: i64,
    /// By when.
    pub due: i64,
    /// When it happened; none while it runs.
    pub met: Option<i64>,
    /// It runs and its time is over.
    pub overdue: bool,
    /// It happened too late.
    pub missed: bool,
    /// `quá hạn tiếp nhận 12 phút`, `còn 18 phút để cập nhật`, `tiếp nhận sau 9 phút`.
    pub text: String,
}

/// One incident of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRow {
    /// Id.
    pub id: String,
    /// In one line.
    pub title: String,
    /// How bad.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// `S2 Cao`.
    pub severity_text: String,
    /// How far it got.
    #[ts(type = "IncidentStage")]
    pub stage: Stage,
    /// In words.
    pub stage_text: String,
    /// When it was noticed.
    pub detected: i64,
    /// When it was over.
    pub resolved: Option<i64>,
    /// Who reported it.
    pub reported_by: String,
    /// Its owner's name; none while nobody took it.
    pub owner: Option<String>,
    /// Its owner is the person at the window.
    pub mine: bool,
    /// What it touches, as ids for the form.
    pub touched: TouchedInput,
    /// The same in words.
    pub touches: Vec<NamedView>,
    /// How many alerts it stands for.
    pub alerts: u32,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// The clock that runs out first; none once it is over.
    pub next: Option<ClockView>,
    /// How long it lasted, or lasts so far: `2 giờ 5 phút`.
    pub lasts: String,
    /// The workaround that holds.
    pub workaround: Option<String>,
    /// What caused it, where known.
    pub cause: Option<String>,
    /// Follow-ups.
    pub follow_ups: u32,
    /// Folded text for searching.
    pub search: String,
    /// Base of the next edit.
    pub last_event: String,
}

/// Times of the incidents of one severity, or of all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentFigures {
    /// Which; none is all.
    #[ts(type = "Severity | null")]
    pub severity: Option<Severity>,
    /// `S1 Nghiêm trọng`, `Tất cả`.
    pub name: String,
    /// Over.
    pub over: u32,
    /// Not over; in none of the times.
    pub open: u32,
    /// MTTA, ms; none while none is over.
    pub acknowledge_mean: Option<i64>,
    /// Median time to acknowledge, ms.
    pub acknowledge_median: Option<i64>,
    /// MTTR, ms.
    pub resolve_mean: Option<i64>,
    /// Median time to resolve, ms.
    pub resolve_median: Option<i64>,
    /// The four in words, in this order; `–` where there is none.
    pub texts: Vec<String>,
}

/// Which span the figures are of; none is the last 30 days.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentsArgs {
    /// ISO day, first.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<String>,
    /// ISO day, last.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<String>,
    /// The moment to look at; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// The register.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentsView {
    /// Domain time of this answer.
    pub now: i64,
    /// The finding.
    pub headline: String,
    /// The urgent ones first: open by the clock that runs out first, then those that are over, newest first.
    pub rows: Vec<IncidentRow>,
    /// Not over.
    pub open: u32,
    /// Not over, with a clock that ran out.
    pub overdue: u32,
    /// First day of the figures.
    pub from: String,
    /// Last day of the figures.
    pub to: String,
    /// All, then each severity.
    pub figures: Vec<IncidentFigures>,
    /// Severities, the worst first.
    pub severities: Vec<SeverityView>,
    /// Flows to choose.
    pub flows: Vec<NamedView>,
    /// APIs to choose.
    pub apis: Vec<NamedView>,
    /// Units to choose.
    pub units: Vec<UnitView>,
    /// Parties to pass it on to.
    pub parties: Vec<PartyName>,
    /// Alerts that an incident may begin with: those that last or ended within a day, newest first.
    pub alerts: Vec<IncidentAlert>,
    /// Who may own one: people on duty by pseudonym.
    pub people: Vec<NamedView>,
    /// The person at the window may report one.
    pub can_report: bool,
}

/// Which incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentArgs {
    /// Its id.
    pub id: String,
    /// The moment to look at; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// Where a line of the timeline comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// An alert began or ended.
    Alert,
    /// Somebody did something.
    Act,
    /// A step of the runbook.
    Step,
}

/// One line of the timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TimelineLine {
    /// Id of the event or transition.
    pub id: String,
    /// When it happened.
    pub at: i64,
    /// When it was recorded, where that is more than a minute later.
    pub recorded: Option<i64>,
    /// Where it comes from.
    pub kind: TimelineKind,
    /// What happened.
    pub text: String,
    /// More of it.
    pub detail: String,
    /// Who.
    pub who: String,
    /// Said when the incident no longer took it: kept, without effect.
    pub idle: bool,
    /// Said on the command line or offline.
    pub told: bool,
}

/// Something to do after an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FollowUpView {
    /// The task it became; its status is set there.
    pub task: TaskLink,
    /// Who does it.
    pub unit: UnitView,
    /// ISO day.
    pub due: String,
}

/// An alert beside an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentAlert {
    /// Id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// How bad an incident of it is taken to be.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// What it touches.
    pub touched: TouchedInput,
    /// When it began.
    pub raised: i64,
    /// When it ended; none while it lasts.
    pub cleared: Option<i64>,
}

/// Whether something may be done, and why not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentMay {
    /// It may.
    pub ok: bool,
    /// Why not.
    pub why: String,
}

/// What the person at the window may do with an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentMays {
    /// Set title, severity, what it touches.
    pub change: IncidentMay,
    /// Take it.
    pub acknowledge: IncidentMay,
    /// Give it to somebody else.
    pub assign: IncidentMay,
    /// Write into its timeline.
    pub note: IncidentMay,
    /// Link alerts.
    pub link: IncidentMay,
    /// Pass it on.
    pub escalate: IncidentMay,
    /// Say that a workaround holds.
    pub mitigate: IncidentMay,
    /// Say that it is over.
    pub resolve: IncidentMay,
    /// Say that it is back.
    pub reopen: IncidentMay,
    /// Add something to do.
    pub follow_up: IncidentMay,
    /// Close it.
    pub close: IncidentMay,
}

/// One incident in full.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDetailView {
    /// It.
    pub row: IncidentRow,
    /// What is seen.
    pub text: String,
    /// How it ended.
    pub how: Option<String>,
    /// What was learned.
    pub lesson: Option<String>,
    /// Oldest first.
    pub timeline: Vec<TimelineLine>,
    /// Its alerts.
    pub alerts: Vec<IncidentAlert>,
    /// Alerts that could be linked: those that last.
    pub linkable: Vec<IncidentAlert>,
    /// What is to be done after it.
    pub follow_ups: Vec<FollowUpView>,
    /// What may be done.
    pub may: IncidentMays,
}
