//! A freeze ("chốt số liệu"): the figures of a day or a month as they were known at one moment, complete enough that a
//! report can be made from it years later without asking anything else.
//!
//! Kept as a blob of JSON, named by one journal event. A field is never renamed or given another meaning: then [`SCHEMA`]
//! rises, and an older program refuses the freeze.

use crate::{figures::Counts, time::Ms};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Version of the form below.
pub const SCHEMA: u32 = 1;

/// How often a report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Every day (decision of document 000, Điều 2).
    Daily,
    /// Every month.
    Monthly,
}

/// The figures at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Freeze {
    /// [`SCHEMA`] of the program that wrote it.
    pub schema: u32,
    /// Of a day or of a month.
    pub cadence: Cadence,
    /// First day it reports on.
    pub from: NaiveDate,
    /// Last day it reports on; of a daily report the same.
    pub to: NaiveDate,
    /// As of when the figures stand.
    pub at: Ms,
    /// Of the training profile: nothing in it is real, and every page says so.
    pub training: bool,
    /// Version of the program that wrote it.
    pub program: String,
    /// The checklist.
    pub tasks: TaskFigures,
    /// The 13 dossier figures.
    pub dossiers: DossierFigures,
    /// Flows and APIs.
    pub exchange: ExchangeFigures,
    /// Rates of the documents that are known: synchronisation, technical errors, online payment, …
    pub rates: Vec<RateLine>,
    /// Incidents of the period; `None` while no register of incidents is kept.
    pub incidents: Option<Vec<IncidentLine>>,
    /// Obstacles that are open, or were answered or settled in the period.
    pub obstacles: Vec<ObstacleLine>,
    /// Every source with its age: what is stale, failing or never seen is said in the report.
    pub sources: Vec<SourceLine>,
}

/// Whether what a source says is of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Within its limit.
    Fresh,
    /// Older than its limit.
    Stale,
    /// It does not answer; its last word stands.
    Failing,
    /// Never seen.
    Never,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// `gateway_flows`, …
    pub id: String,
    /// Name, Vietnamese.
    pub title: String,
    /// How it stood.
    pub seen: Seen,
    /// The source's own time of its last word.
    pub as_of: Option<Ms>,
    /// When that was fetched.
    pub fetched_at: Option<Ms>,
    /// Since when it fails.
    pub failing_since: Option<Ms>,
}

/// The checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskFigures {
    /// How many tasks there are.
    pub total: u32,
    /// Reported as done.
    pub claimed: u32,
    /// Of these, proved.
    pub proved: u32,
    /// Measured below their bar.
    pub failed: u32,
    /// Whose last verdict was good and that cannot be seen now.
    pub unobserved: u32,
    /// Not applicable.
    pub not_applicable: u32,
    /// Under way.
    pub in_progress: u32,
    /// Blocked.
    pub blocked: u32,
    /// Beyond their date and not done.
    pub overdue: u32,
    /// By section, in the decision's order.
    pub sections: Vec<SectionLine>,
    /// How the checklist went: one point a day, earliest first, for the burn-up; `None` is unknown.
    pub course: Vec<CoursePoint>,
    /// Every row of the annex in the decision's order, headings among them.
    pub rows: Vec<TaskLine>,
    /// Keys of the tasks reported as done within the period.
    pub done_in_period: Vec<String>,
    /// Keys of the tasks due or expected on the next working day (of a month: in the next month), and those under way.
    pub planned_next: Vec<String>,
}

/// A section of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLine {
    /// `III`, `IV.1`, …
    pub id: String,
    /// Its title.
    pub title: String,
    /// Tasks.
    pub total: u32,
    /// Reported as done.
    pub claimed: u32,
    /// Proved.
    pub proved: u32,
}

/// The checklist on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoursePoint {
    /// The day.
    pub day: NaiveDate,
    /// Tasks due by then.
    pub planned: u32,
    /// Reported as done by then.
    pub claimed: Option<u32>,
    /// Proved then.
    pub proved: Option<u32>,
}

/// One row of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLine {
    /// `17`, `78a`; headings have one too.
    pub no: String,
    /// Text of the decision.
    pub text: String,
    /// A heading: no owner, no date, no status.
    pub heading: bool,
    /// Section.
    pub section: String,
    /// Lead units, as written.
    pub leads: Vec<String>,
    /// Due date in force.
    pub due: Option<NaiveDate>,
    /// Status in words: `Đã xong`, `Đang làm`, …
    pub status: String,
    /// Reported as done.
    pub claimed: bool,
    /// The day it was reported done for.
    pub done_on: Option<NaiveDate>,
    /// Proof in words: `Có minh chứng`, `Chưa quan sát từ 14:30 ngày 28/05/2026`, …; empty where nothing is claimed.
    pub proof: String,
    /// Proved.
    pub proved: bool,
    /// Its proof cannot be seen now, whatever it was.
    #[serde(default)]
    pub unseen: bool,
    /// Days beyond the date, for what is not done; 0 otherwise.
    pub days_late: u32,
    /// What blocks it, or its last remark; empty without one.
    pub note: String,
}

/// Dossier figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DossierFigures {
    /// First day counted.
    pub from: NaiveDate,
    /// Last day counted.
    pub to: NaiveDate,
    /// Where they come from, Vietnamese: `Cổng DVCQG công bố`, `đếm từ hồ sơ`.
    pub basis: String,
    /// As of when that source speaks; `None`: nothing is known.
    pub as_of: Option<Ms>,
    /// The province as a whole; each count that is not known is `None`, never 0.
    pub whole: Counts,
    /// The same of the day (month) alone, counted from records, where they are all there.
    pub in_period: Option<Counts>,
    /// By system: the province's, the ministries', …
    pub systems: Vec<CountsLine>,
    /// By unit, for the annex.
    pub units: Vec<CountsLine>,
    /// Identities that are broken or that cannot be checked; those that hold are only counted.
    pub identities: Vec<IdentityLine>,
    /// Identities that hold.
    pub identities_held: u32,
    /// Received a month, for the trend.
    pub months: Vec<MonthLine>,
    /// What must be said of how complete they are, Vietnamese; empty when nothing must.
    pub caveats: Vec<String>,
}

/// Counts of one system or unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountsLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// `agency`, `commune` of units; empty of systems.
    pub group: String,
    /// The counts.
    pub counts: Counts,
}

/// One identity that is broken or cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityLine {
    /// In words: `Tiếp nhận = đã giải quyết + đang giải quyết`.
    pub rule: String,
    /// Where: `Hệ thống của bộ, ngành`.
    pub place: String,
    /// Whole − parts; `None`: a figure it needs is not known.
    pub difference: Option<i64>,
    /// Whom to ask; empty where nobody is named.
    pub ask: String,
}

/// One month of dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthLine {
    /// First day of the month.
    pub month: NaiveDate,
    /// Received; `None` is not known.
    pub received: Option<u64>,
    /// Done.
    pub done: Option<u64>,
}

/// Flows and APIs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExchangeFigures {
    /// The flows by stage and phase.
    pub flows: Vec<FlowLine>,
    /// The APIs of the checklist over the day before the freeze.
    pub apis: Vec<ApiLine>,
    /// The sync queue as last reported; `None`: never.
    #[serde(default)]
    pub queue: Option<QueueLine>,
    /// Unpaid fees as last reported; `None`: never.
    #[serde(default)]
    pub fees: Option<FeesLine>,
}

/// Records on their way to the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueLine {
    /// Wait to be sent.
    pub waiting: u64,
    /// Given up on.
    pub failed: u64,
    /// Of when.
    pub as_of: Ms,
}

/// Fees asked for and not paid yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeesLine {
    /// Units that have any.
    pub units: u64,
    /// Dossiers.
    pub dossiers: u64,
    /// Đồng.
    pub amount: u64,
    /// Of when.
    pub as_of: Ms,
}

/// One flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowLine {
    /// Name.
    pub name: String,
    /// `khai báo` or `kiểm thử`, with the phase.
    pub stage: String,
    /// State in words; `không quan sát được` when the newest report leaves it out.
    pub state: String,
    /// It works.
    pub good: bool,
    /// Nothing is known of it now, whatever it was.
    #[serde(default)]
    pub unseen: bool,
    /// Share of what succeeded, 0..=1.
    pub success: Option<f64>,
    /// Of when.
    pub as_of: Option<Ms>,
}

/// One API over the 24 hours before the freeze.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiLine {
    /// Number of its task.
    pub no: String,
    /// Its code.
    pub api: String,
    /// Name.
    pub name: String,
    /// Calls; `None`: not observed.
    pub calls: Option<u64>,
    /// Of these, successful.
    pub succeeded: Option<u64>,
    /// 95th percentile of the latency, ms.
    pub p95_ms: Option<u32>,
    /// Against its bar in words: `đạt`, `không đạt: …`, `chưa đủ lượt gọi`, `không quan sát được`.
    pub verdict: String,
    /// It meets its bar.
    pub met: bool,
}

/// One rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateLine {
    /// Id in `assets/indicators/rates`.
    pub id: String,
    /// Name.
    pub name: String,
    /// 0..=1, or in the rate's own unit.
    pub value: Option<f64>,
    /// `%`, `phút`, …
    pub unit: String,
    /// Where it comes from, or why it is not known.
    pub source: String,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentLine {
    /// Id.
    pub id: String,
    /// `S1` … `S4`.
    pub severity: String,
    /// What it is.
    pub title: String,
    /// Since when.
    pub began: Ms,
    /// When it was over.
    pub ended: Option<Ms>,
    /// Who has it.
    pub owner: String,
    /// State in words, with cause and what was done.
    pub state: String,
}

/// One obstacle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObstacleLine {
    /// Id.
    pub id: String,
    /// Group, in the words of document 002 IV.
    pub group: String,
    /// What it is.
    pub text: String,
    /// Tasks it holds up.
    pub tasks: Vec<String>,
    /// The party that must answer.
    pub party: String,
    /// Since when.
    pub raised: Ms,
    /// When an answer was due.
    pub answer_due: Option<Ms>,
    /// State in words: `chờ trả lời, quá hạn 2 ngày làm việc`, `đã trả lời`, `đã xử lý`.
    pub state: String,
    /// The answer or how it was settled; empty without.
    pub answer: String,
    /// An answer is overdue.
    pub overdue: bool,
    /// It is still open.
    pub open: bool,
}

/// Why bytes are no freeze for this program.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// Not JSON of this form.
    #[error("not a freeze: {0}")]
    Form(#[from] serde_json::Error),
    /// Of another version of the form.
    #[error("a freeze of schema {found}, this program reads {SCHEMA}")]
    Schema {
        /// What it says.
        found: u32,
    },
}

impl Freeze {
    /// The bytes that are kept: the same freeze gives the same bytes.
    ///
    /// # Errors
    /// When a figure is no number that JSON can hold.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads a kept freeze back.
    ///
    /// # Errors
    /// [`FreezeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FreezeError> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let Version { schema } = serde_json::from_slice(bytes)?;
        if schema != SCHEMA {
            return Err(FreezeError::Schema { found: schema });
        }
        Ok(serde_json::from_slice(bytes)?)
    }
}
