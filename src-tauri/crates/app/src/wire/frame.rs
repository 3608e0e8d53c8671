//! Top bar, navigation and sources.

use super::Target;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How fresh something is. Stale or unknown is never painted green.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FreshState {
    /// Within its limit.
    Fresh,
    /// Older than its limit.
    Stale,
    /// The last tries failed.
    Failing,
    /// Never seen.
    NotObserved,
}

/// One of the three sources in the top bar.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceBadge {
    /// `vneid`, `gateway`, `portal`.
    pub id: String,
    /// `VNeID`, `Trục tích hợp`, `Cổng DVCQG`.
    pub title: String,
    /// How fresh.
    pub state: FreshState,
    /// `12 giây trước`, `cũ 6 phút`, `lỗi từ 14:02`, `chưa quan sát`.
    pub text: String,
    /// The whole story, for the tooltip.
    pub detail: String,
}

/// How the report that is due next stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineState {
    /// To be sent, and there is time.
    Open,
    /// Its deadline has passed.
    Overdue,
    /// Today's was sent, or somebody said why not, or none is due today: the next one's deadline.
    Settled,
}

/// The next report deadline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeadlineView {
    /// ISO day of the report.
    pub day: String,
    /// Instant of the deadline.
    pub at: i64,
    /// `Báo cáo ngày`.
    pub title: String,
    /// How it stands.
    pub state: DeadlineState,
    /// How loudly it asks: 0 not at all, 1 to 4 since its reminders, 4 once overdue.
    pub level: u8,
    /// In one sentence.
    pub text: String,
}

/// Something the window must say until it is settled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView {
    /// `info`, `warn` or `bad`.
    pub level: String,
    /// Vietnamese.
    pub message: String,
    /// Where something can be done about it.
    pub target: Option<Target>,
}

/// Top bar and navigation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FrameView {
    /// Domain time of this answer.
    pub now: i64,
    /// How fast domain time runs against real time (1 but in the sandbox).
    pub clock_speed: f64,
    /// VNeID, gateway, portal.
    pub sources: Vec<SourceBadge>,
    /// Next report deadline.
    pub deadline: DeadlineView,
    /// Overdue tasks, for the navigation.
    pub overdue_tasks: u32,
    /// Overdue answers to obstacles, for the navigation.
    pub overdue_answers: u32,
    /// Causes of alerts that stand, for the navigation.
    pub firing_alerts: u32,
    /// Incidents that are not over, for the navigation.
    pub open_incidents: u32,
    /// Balances that do not close and entries on paper for too long, for the navigation.
    pub register_findings: u32,
    /// Who is on duty; nothing while no post must be held and nobody is on.
    pub duty: Option<super::DutyNow>,
    /// What does not add up in the dossier figures of the year so far, for the navigation.
    pub dossier_findings: u32,
    /// Standing notices: recovered database, memory-only keyring, suspect clock, offline.
    pub notices: Vec<NoticeView>,
}

/// What of the frame speaks of the operation, at a past moment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastFrameView {
    /// The moment.
    pub at: i64,
    /// Gateway, portal.
    pub sources: Vec<SourceBadge>,
    /// Causes of alerts that stood.
    pub firing_alerts: u32,
    /// Incidents that were not over.
    pub open_incidents: u32,
    /// Balances that did not close and entries on paper for too long.
    pub register_findings: u32,
    /// Who was on duty.
    pub duty: Option<super::DutyNow>,
}

/// Sources with schedules and ages.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SourcesView {
    /// In the order of `SourceId::ALL`.
    pub sources: Vec<SourceView>,
}

/// One source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// `gateway_tasks`, …
    pub id: String,
    /// Vietnamese name.
    pub title: String,
    /// How fresh.
    pub state: FreshState,
    /// State in words with age.
    pub text: String,
    /// The source's own time of what is shown.
    pub as_of: Option<i64>,
    /// When it was fetched.
    pub fetched_at: Option<i64>,
    /// Last try, successful or not.
    pub last_try: Option<i64>,
    /// Next try.
    pub next_due: Option<i64>,
    /// Rows of the last good answer.
    pub rows: u32,
    /// Records put aside in the last good answer.
    pub quarantined: u32,
    /// What failed, Vietnamese, with the verdict: own machine, own network, the host, or one address.
    pub problem: Option<String>,
    /// Failing since.
    pub failing_since: Option<i64>,
    /// Normal interval in seconds.
    pub every_seconds: u32,
    /// Freshness limit in seconds.
    pub limit_seconds: u32,
}

/// Which sources to ask now; none means all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PollArgs {
    /// `gateway_tasks`, …
    pub source: Option<String>,
}
