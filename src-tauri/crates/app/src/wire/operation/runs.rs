//! A run of a runbook as it stands: steps, gates, reasons to go back, the point of no return.

use crate::wire::{FileView, UnitView};
use pvhcc_domain::operation::{
    run::{Decision, Mode, Vote, gate::Shown, state::Stage as StepStage, trigger::Danger},
    runbook::Level,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A run of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunRow {
    /// Id.
    pub id: String,
    /// Id of its runbook.
    pub runbook: String,
    /// Title of its runbook.
    pub title: String,
    /// Practice or the real thing.
    #[ts(type = "RunMode")]
    pub mode: Mode,
    /// When it was opened.
    pub opened_at: i64,
    /// By whom.
    pub opened_by: String,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Steps that are over.
    pub done: u32,
    /// All steps.
    pub steps: u32,
    /// It takes another run back.
    pub rolls_back: Option<String>,
    /// `đang chạy, bước 8/28, trễ 12 phút`, `xong lúc 01:25`.
    pub text: String,
}

/// The runs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunsView {
    /// Domain time.
    pub now: i64,
    /// The one opened last first.
    pub rows: Vec<RunRow>,
}

/// Which run.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunArgs {
    /// Id; none is the one that goes on, else the last.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<String>,
    /// The moment to look at; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

impl RunArgs {
    /// A run as it stands.
    #[must_use]
    pub fn of(id: String) -> Self {
        Self { id: Some(id), as_of: None }
    }
}

/// A line of work of a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunStream {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Steps that are over.
    pub done: u32,
    /// All steps.
    pub steps: u32,
    /// When its last step is planned to end.
    pub planned_end: i64,
    /// When it is expected to end.
    pub end: i64,
    /// `trễ 12 phút`, `đúng giờ`.
    pub slip_text: String,
    /// It ends later than planned.
    pub late: bool,
}

/// A machine condition as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionView {
    /// `Luồng SSO qua VNeID: tỷ lệ thành công ≥ 98%, giữ 10 phút`.
    pub text: String,
    /// The value now: `96,4%`; `không quan sát được`.
    pub value: String,
    /// It holds for as long as it must.
    pub met: bool,
    /// `đạt 4/10 phút`, `không đạt từ 22:12`.
    pub state: String,
    /// `good`, `warn`, `bad`, `unknown`.
    pub tone: String,
}

/// A step of a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunStep {
    /// Id.
    pub id: String,
    /// Place in the runbook, from 1.
    pub no: u32,
    /// Id of its stream.
    pub stream: String,
    /// In one line.
    pub title: String,
    /// How it is done.
    pub detail: String,
    /// How one sees that it worked.
    pub validation: String,
    /// What must be attached.
    pub evidence: Option<String>,
    /// `VNPT Gia Lai · kỹ thuật hạ tầng`.
    pub owner: String,
    /// The same of the backup.
    pub backup: Option<String>,
    /// Who owns it in this run.
    pub assigned: Option<String>,
    /// Pseudonym of the owner, for the form.
    pub assigned_person: Option<String>,
    /// Who is its backup in this run.
    pub assigned_backup: Option<String>,
    /// Pseudonym of the backup, for the form.
    pub backup_person: Option<String>,
    /// Where it stands.
    #[ts(type = "RunStepStage")]
    pub stage: StepStage,
    /// In words.
    pub stage_text: String,
    /// `good`, `warn`, `bad`, `info`, `none`.
    pub tone: String,
    /// Planned start.
    pub planned_start: i64,
    /// Planned end.
    pub planned_end: i64,
    /// Actual start.
    pub started_at: Option<i64>,
    /// Actual end.
    pub ended_at: Option<i64>,
    /// When it began, or is expected to.
    pub start: i64,
    /// When it ended, or is expected to.
    pub end: i64,
    /// End against plan, ms; positive is late.
    pub slip: i64,
    /// `trễ 12 phút`, `sớm 3 phút`, `đúng giờ`.
    pub slip_text: String,
    /// The end of the run hangs on it.
    pub critical: bool,
    /// How much later it may end without the run ending later, minutes.
    pub float_minutes: i64,
    /// Ids of the steps it waits for.
    pub after: Vec<String>,
    /// Ids of the gates it waits for.
    pub gates: Vec<String>,
    /// It may be begun now.
    pub startable: bool,
    /// It may be begun in this rehearsal when a reason is given.
    pub startable_despite: bool,
    /// Why it may not be begun, in words.
    pub reasons: Vec<String>,
    /// It may be left out: never at the point of no return, in a live run never past a gate or a measure.
    pub can_skip: bool,
    /// There is no way back from here.
    pub no_return: bool,
    /// The step of the way back that takes it back, in words.
    pub rollback: Option<String>,
    /// Machine gates.
    pub needs: Vec<ConditionView>,
    /// Who began it.
    pub started_by: Option<String>,
    /// Why it was begun though gates did not allow it.
    pub despite: Option<String>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// What the validation showed, or why it failed or was left out.
    pub text: Option<String>,
    /// Files that show it.
    pub files: Vec<StepFile>,
    /// How often it was tried.
    pub tries: u32,
}

/// A file of a step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepFile {
    /// SHA-256, for saving a copy.
    pub sha256: String,
    /// The file.
    pub file: FileView,
}

/// A vote.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VoteView {
    /// When.
    pub at: i64,
    /// Who.
    pub who: String,
    /// The vote.
    #[ts(type = "RunVote")]
    pub vote: Vote,
    /// Why.
    pub reason: Option<String>,
}

/// A criterion of a gate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CriterionView {
    /// Id.
    pub id: String,
    /// In one line.
    pub text: String,
    /// How much it weighs.
    #[ts(type = "CriterionLevel")]
    pub level: Level,
    /// What it shows.
    #[ts(type = "CriterionShown")]
    pub shown: Shown,
    /// In words.
    pub shown_text: String,
    /// `good`, `warn`, `bad`, `unknown`.
    pub tone: String,
    /// Its measure.
    pub measure: Option<ConditionView>,
    /// Whose word it takes.
    pub word: Option<String>,
    /// Votes, each person's last.
    pub votes: Vec<VoteView>,
    /// The person at the window may vote.
    pub can_vote: bool,
    /// Why not.
    pub why_not: Option<String>,
}

/// A decision of the log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DecisionView {
    /// When.
    pub at: i64,
    /// Who.
    pub who: String,
    /// The decision.
    #[ts(type = "RunDecision")]
    pub decision: Decision,
    /// In words.
    pub text: String,
    /// Why.
    pub reason: String,
    /// What each criterion showed at that moment.
    pub shown: Vec<String>,
}

/// A gate of a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunGate {
    /// Id.
    pub id: String,
    /// In one line.
    pub title: String,
    /// When its decision is planned.
    pub planned_at: i64,
    /// Who decides.
    pub decides: String,
    /// The criteria.
    pub criteria: Vec<CriterionView>,
    /// Decisions, newest first.
    pub decisions: Vec<DecisionView>,
    /// What stands: `chưa quyết định`, `tiếp tục lúc 21:52`.
    pub state: String,
    /// `good`, `warn`, `bad`, `unknown`, `none`.
    pub tone: String,
    /// What keeps "go" from being decided.
    pub hindrances: Vec<String>,
    /// "Go" may be decided.
    pub may_go: bool,
    /// "Go" may be decided in this rehearsal, past what is measured.
    pub may_go_despite: bool,
    /// The person at the window may decide.
    pub can_decide: bool,
    /// Why not.
    pub why_not: Option<String>,
}

/// A measured reason to go back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunTrigger {
    /// Id.
    pub id: String,
    /// In one line.
    pub text: String,
    /// How it stands.
    #[ts(type = "RunDanger")]
    pub danger: Danger,
    /// Since when.
    pub since: Option<i64>,
    /// `đã 12/15 phút, từ 22:31`.
    pub state: String,
    /// The value now.
    pub value: String,
    /// `good`, `warn`, `bad`, `unknown`, `none`.
    pub tone: String,
}

/// What two persons said.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoReturnView {
    /// Id of the step that marks it.
    pub step: String,
    /// When.
    pub at: i64,
    /// The first person.
    pub first: String,
    /// The second.
    pub second: String,
    /// Why.
    pub reason: Option<String>,
}

/// A line of the log of a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunLine {
    /// When.
    pub at: i64,
    /// Who.
    pub who: String,
    /// What was done.
    pub text: String,
    /// What goes with it.
    pub detail: String,
}

/// Somebody to assign a step to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunPerson {
    /// Pseudonym.
    pub person: String,
    /// `Trực 02 · TT PVHCC tỉnh`.
    pub name: String,
    /// Unit.
    pub unit: UnitView,
}

/// A run as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// The line of the list.
    pub row: RunRow,
    /// Domain time.
    pub now: i64,
    /// The finding: `Bước 8/28 · trễ 12 phút, dự kiến xong 01:25`.
    pub headline: String,
    /// When its first step is planned.
    pub starts: i64,
    /// End of the window.
    pub window_ends: i64,
    /// Planned end of the last step.
    pub planned_end: i64,
    /// Expected end of the last step.
    pub end: i64,
    /// The same against plan, ms.
    pub slip: i64,
    /// Why nothing goes on for now.
    pub paused: Option<RunLine>,
    /// How it went.
    pub ended: Option<RunLine>,
    /// Ids of the runs that take it back.
    pub rolled_back_by: Vec<String>,
    /// Id of the runbook that leads back, while it can be gone.
    pub rollback: Option<String>,
    /// How long the way back takes at worst, minutes.
    pub rollback_minutes: Option<i64>,
    /// The last moment from which the way back still ends within the window.
    pub last_safe: Option<i64>,
    /// Lines of work.
    pub streams: Vec<RunStream>,
    /// Steps in the order of the runbook.
    pub steps: Vec<RunStep>,
    /// Gates.
    pub gates: Vec<RunGate>,
    /// Reasons to go back.
    pub triggers: Vec<RunTrigger>,
    /// Id of the step from which there is no way back.
    pub no_return_step: Option<String>,
    /// What two persons said.
    pub no_return: Option<NoReturnView>,
    /// Why two persons cannot say it now; none when the first may begin.
    pub no_return_hindrance: Option<String>,
    /// What was done, newest first.
    pub log: Vec<RunLine>,
    /// Whom a step can be assigned to.
    pub people: Vec<RunPerson>,
    /// The person at the window may run steps.
    pub can_run: bool,
}
