//! The log of a night: what was observed, concluded and done, in the order in which the window came to show it.

use crate::wire::Target;
use pvhcc_domain::time::Ms;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const MINUTE_MS: i64 = 60_000;

/// Which span.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct ReplayArgs {
    /// First moment; none is that of the night that is on, or was last.
    pub from: Option<i64>,
    /// Last moment; none is the end of that night, or now.
    pub to: Option<i64>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReplayKind {
    /// A source, flow, API or probe changed.
    Watch,
    /// Something was no longer observed, or again.
    Gap,
    /// The sync queue, unpaid fees or petitions changed.
    Figures,
    /// An alert.
    Alert,
    /// An incident.
    Incident,
    /// A runbook and its run.
    Run,
    /// Shifts, and notes at their change.
    Duty,
    /// A verdict on a task.
    Proof,
    /// A task or obstacle of a checklist.
    Task,
    /// Everything else that people did.
    Other,
}

impl ReplayKind {
    /// Every kind, as they are listed.
    pub const ALL: [Self; 10] = [
        Self::Watch,
        Self::Gap,
        Self::Figures,
        Self::Alert,
        Self::Incident,
        Self::Run,
        Self::Duty,
        Self::Proof,
        Self::Task,
        Self::Other,
    ];
}

/// Where a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReplayOrigin {
    /// A machine measured it.
    Observed,
    /// The program concluded it.
    Concluded,
    /// Somebody did it.
    Said,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayLine {
    /// Names it.
    pub id: String,
    /// From when on the window showed it.
    pub at: i64,
    /// When it happened, where that was a minute earlier or more.
    pub happened: Option<i64>,
    /// It was done at another seat, and came in after later acts.
    pub late: bool,
    /// What it is about.
    pub kind: ReplayKind,
    /// Where it comes from.
    pub origin: ReplayOrigin,
    /// `good`, `warn`, `bad`, `unknown`, `none`.
    pub tone: String,
    /// Who did it; empty of machines.
    pub who: String,
    /// `SSO qua VNeID, kiểm thử, giai đoạn 1: lỗi`.
    pub text: String,
    /// What goes with it.
    pub detail: String,
    /// Acts that were written as one.
    pub acts: u32,
    /// Where it leads.
    pub target: Option<Target>,
}

impl ReplayLine {
    /// A line without words yet.
    pub(crate) fn new(id: String, at: Ms, kind: ReplayKind, origin: ReplayOrigin) -> Self {
        Self {
            id,
            at: at.0,
            happened: None,
            late: false,
            kind,
            origin,
            tone: "none".to_owned(),
            who: String::new(),
            text: String::new(),
            detail: String::new(),
            acts: 0,
            target: None,
        }
    }

    /// The same, for something that happened at a moment: told where that was well before the window knew of it.
    pub(crate) fn of(mut self, happened: Ms) -> Self {
        self.happened = (self.at - happened.0 >= MINUTE_MS).then_some(happened.0);
        self
    }
}

/// A span that there is to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplaySpan {
    /// `Diễn tập: Đêm chuyển đổi`, `8 giờ gần nhất`.
    pub title: String,
    /// First moment.
    pub from: i64,
    /// Last moment.
    pub to: i64,
}

/// The log of a span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayView {
    /// Domain time.
    pub now: i64,
    /// First moment.
    pub from: i64,
    /// Last moment.
    pub to: i64,
    /// The finding: `1.204 dòng: 96 thay đổi quan sát, 14 cảnh báo, …`.
    pub headline: String,
    /// Lines in order of `at`.
    pub lines: Vec<ReplayLine>,
    /// Lines left out at the end, because there are too many.
    pub cut: u32,
    /// When anything was observed first in this profile; `None` before.
    pub first: Option<i64>,
    /// Spans to choose from, the one that is on first.
    pub spans: Vec<ReplaySpan>,
}

/// A form of the log as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReplayFormat {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// JSON.
    Json,
}

/// Save the log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReplayExportArgs {
    /// Which span.
    #[serde(flatten)]
    pub span: ReplayArgs,
    /// As what.
    pub format: ReplayFormat,
}
