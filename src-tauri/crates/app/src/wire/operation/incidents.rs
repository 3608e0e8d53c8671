//! Incidents with their clocks, the note at the change of a shift, and the bulletin.

use crate::wire::{FileInput, PartyName, TaskLink, UnitView};
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

/// Report an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentOpenArgs {
    /// In one line.
    pub title: String,
    /// How bad.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// When it was noticed; none is now, or when its first alert began.
    #[serde(default)]
    #[ts(optional)]
    pub detected: Option<i64>,
    /// What it touches.
    #[serde(default)]
    pub touched: TouchedInput,
    /// Ids of its alerts.
    #[serde(default)]
    pub alerts: Vec<String>,
    /// What is seen.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Id of the run it happened in.
    #[serde(default)]
    #[ts(optional)]
    pub run: Option<String>,
}

/// Set title, severity and what it touches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentChangeArgs {
    /// Its id.
    pub id: String,
    /// Title.
    pub title: String,
    /// How bad.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// What it touches.
    pub touched: TouchedInput,
    /// Why, needed when the severity changes.
    pub reason: Option<String>,
    /// `lastEvent` as the user saw it; none acts on what is true now.
    pub based_on: Option<String>,
}

/// Take care of an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentAckArgs {
    /// Its id.
    pub id: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Give an incident to somebody else.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentAssignArgs {
    /// Its id.
    pub id: String,
    /// Pseudonym of the person on duty.
    pub owner: String,
    /// Why.
    pub reason: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Write into the timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentNoteArgs {
    /// Its id.
    pub id: String,
    /// When it happened; none is now.
    pub at: Option<i64>,
    /// What.
    pub text: String,
    /// A file that shows it.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<FileInput>,
}

/// Link an alert.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentLinkArgs {
    /// Its id.
    pub id: String,
    /// Id of the alert.
    pub alert: String,
}

/// Pass an incident on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentEscalateArgs {
    /// Its id.
    pub id: String,
    /// Id of the party.
    pub party: String,
    /// By which channel.
    pub how: String,
    /// What was said.
    pub text: Option<String>,
}

/// Say that a workaround holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentMitigateArgs {
    /// Its id.
    pub id: String,
    /// Since when; none is now.
    pub at: Option<i64>,
    /// The workaround.
    pub workaround: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Say that it is over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentResolveArgs {
    /// Its id.
    pub id: String,
    /// When; none is now.
    pub at: Option<i64>,
    /// How.
    pub how: String,
    /// What caused it, where known.
    pub cause: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Say that it is back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentReopenArgs {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Add something to do after it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentFollowUpArgs {
    /// Its id.
    pub id: String,
    /// What.
    pub text: String,
    /// Id of the unit that does it.
    pub unit: String,
    /// ISO day.
    pub due: String,
}

/// Close an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentCloseArgs {
    /// Its id.
    pub id: String,
    /// What caused it; none takes the cause said before.
    pub cause: Option<String>,
    /// What was learned.
    pub lesson: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// What an act on the register did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentEdited {
    /// The incident.
    pub id: String,
    /// The new event.
    pub event_id: String,
    /// What was done.
    pub message: String,
}

/// A part of how things stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandingPart {
    /// `Sự cố đang mở`.
    pub title: String,
    /// One a line; empty only with `unknown`.
    pub lines: Vec<String>,
    /// Nothing is known of it.
    pub unknown: bool,
}

/// A note at the change of a shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverNote {
    /// Id.
    pub id: String,
    /// As of when.
    pub at: i64,
    /// Who wrote it.
    pub by: String,
    /// How things stood then, put together by the program.
    pub state: String,
    /// The person's own words.
    pub note: String,
    /// Who took it over; none while nobody did.
    pub taken_by: Option<String>,
    /// When.
    pub taken_at: Option<i64>,
    /// The person at the window may take it over.
    pub can_take: bool,
}

/// Hand-over: how things stand, and the notes so far.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverView {
    /// Domain time of this answer.
    pub now: i64,
    /// How things stand now.
    pub parts: Vec<StandingPart>,
    /// Newest first, at most twenty.
    pub notes: Vec<HandoverNote>,
    /// The person at the window may write one.
    pub can_write: bool,
}

/// Write a note at the change of a shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandoverWriteArgs {
    /// What to watch, in own words.
    pub note: String,
}

/// Take a note over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandoverTakeArgs {
    /// Its id.
    pub id: String,
}

/// The bulletin asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct BulletinArgs {
    /// When the next one comes; none is the next clock of an open incident, or in an hour.
    #[serde(default)]
    #[ts(optional)]
    pub next: Option<i64>,
}

/// A form of the bulletin as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BulletinFormat {
    /// Plain text.
    Txt,
    /// In the layout of Nghị định 30/2020.
    Docx,
}

/// Save the bulletin.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulletinSaveArgs {
    /// When the next one comes.
    #[serde(default)]
    #[ts(optional)]
    pub next: Option<i64>,
    /// As what.
    pub format: BulletinFormat,
}

/// A status text from the live state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulletinView {
    /// As of when.
    pub at: i64,
    /// When the next one comes.
    pub next: i64,
    /// Title.
    pub title: String,
    /// The whole text, to copy.
    pub text: String,
}
