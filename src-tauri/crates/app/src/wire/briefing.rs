//! The briefing ("giao ban"): a frozen report full screen, one finding a page, beside the report before it.

use super::{ChartTheme, ReportArgs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Ask for the pages of a report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BriefingArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Theme of the charts.
    pub theme: ChartTheme,
}

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BriefingKind {
    /// Tasks reported as done and proved.
    Tasks,
    /// What was done in the period.
    Done,
    /// What is overdue or blocked.
    Overdue,
    /// Progress by section.
    Sections,
    /// The 13 figures.
    Dossiers,
    /// Figures that do not add up.
    Identities,
    /// Flows and APIs.
    Exchange,
    /// Rates of the documents.
    Rates,
    /// Incidents and obstacles.
    Troubles,
    /// What comes next.
    Next,
    /// What people propose.
    Proposals,
    /// What limits the figures.
    Caveats,
}

/// How a figure moved, for its mark; never told by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BriefingTone {
    /// To the better.
    Better,
    /// To the worse.
    Worse,
    /// As before, or neither better nor worse.
    Plain,
    /// One of the two is not known.
    Unknown,
}

/// One figure of both reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BriefingFigure {
    /// `Báo xong`.
    pub label: String,
    /// Of this report: `84`, `98,6%`, `–`.
    pub today: String,
    /// Of the report before; `–` where there is none or it did not know.
    pub before: String,
    /// `+2`, `−1`, `không đổi`; empty where one of them is not known.
    pub change: String,
    /// How it moved.
    pub tone: BriefingTone,
}

/// A chart of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BriefingChart {
    /// Inline SVG.
    pub svg: String,
    /// Its size, CSS pixels.
    pub width: u32,
    /// Its size, CSS pixels.
    pub height: u32,
    /// Text alternative.
    pub summary: String,
}

/// One page: one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BriefingPage {
    /// What it is about.
    pub kind: BriefingKind,
    /// The finding: `84/90 nhiệm vụ báo xong, 78 có minh chứng`.
    pub title: String,
    /// Figures of both reports; may be empty.
    pub figures: Vec<BriefingFigure>,
    /// One a line, the gravest first; may be empty.
    pub lines: Vec<String>,
    /// Lines left out for want of room.
    pub more: u32,
    /// Chart.
    pub chart: Option<BriefingChart>,
}

/// The pages of a frozen report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BriefingView {
    /// `Báo cáo ngày 29/05/2026`.
    pub title: String,
    /// As of when its figures stand.
    pub at: i64,
    /// Head of the column of this report: `29/05`.
    pub today: String,
    /// Head of the column of the report before: `28/05`; none without one.
    pub before: Option<String>,
    /// Of the training profile.
    pub training: bool,
    /// In order.
    pub pages: Vec<BriefingPage>,
}
