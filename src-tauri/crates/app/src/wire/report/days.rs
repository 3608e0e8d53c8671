//! Past days, and how long there is.

use super::*;

/// A month of reports.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportCalendarArgs {
    /// `2026-05`.
    pub month: String,
}

/// One day of the calendar of reports.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportDay {
    /// ISO day.
    pub day: String,
    /// What became of it.
    #[ts(type = "ReportVerdict")]
    pub verdict: Verdict,
    /// In words.
    pub verdict_text: String,
    /// How far its report got.
    #[ts(type = "ReportStage")]
    pub stage: Stage,
    /// When it was first sent.
    pub sent_at: Option<i64>,
    /// Why it is late or missing.
    pub reason: Option<String>,
    /// It is late or missing, and nobody has said why.
    pub asks_reason: bool,
    /// Numbers of what was signed, in order; a correction has its own.
    pub numbers: Vec<String>,
    /// How many freezes there are.
    pub freezes: u32,
    /// A working day.
    pub working: bool,
}

/// Past days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportCalendarView {
    /// `2026-05`.
    pub month: String,
    /// The finding: `Tháng 5/2026: 27 ngày đúng hạn, 1 trễ, 1 thiếu`.
    pub title: String,
    /// ISO day from which on reports are due; none while the profile was not used.
    pub since: Option<String>,
    /// All days of the month.
    pub days: Vec<ReportDay>,
    /// How far the report of the month got.
    #[ts(type = "ReportStage")]
    pub monthly: Stage,
}

/// Where today's report stands, and which days before ask for a reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportStatusView {
    /// ISO day of today.
    pub day: String,
    /// One is due today.
    pub due: bool,
    /// Its deadline.
    pub deadline: i64,
    /// What became of it so far.
    #[ts(type = "ReportVerdict")]
    pub verdict: Verdict,
    /// How far it got.
    #[ts(type = "ReportStage")]
    pub stage: Stage,
    /// In one sentence.
    pub text: String,
    /// Somebody said why it is not sent.
    pub excused: bool,
    /// ISO days before that ask for a reason, the latest first.
    pub asked: Vec<String>,
}

/// A reminder that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportReminder {
    /// ISO day of the report.
    pub day: String,
    /// When it was due: `14:30`.
    pub time: String,
    /// How loud: 1 to 4.
    pub level: u8,
    /// Vietnamese.
    pub text: String,
}
