//! The overview screen and charts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A figure with its state of knowledge.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tile {
    /// `tasks`, `overdue`, `received`, `on_time`, `findings`.
    pub id: String,
    /// `Nhiệm vụ báo xong`.
    pub label: String,
    /// `84`, `98,6%`, `–`.
    pub value: String,
    /// `/ 90 báo xong`.
    pub unit: String,
    /// Line beneath, short.
    pub note: String,
    /// Longer explanation for the tooltip: source, as-of, fetched, formula.
    pub detail: String,
    /// `plain`, `bad`, `warn`, `unknown`. Never green for what is only claimed.
    pub tone: String,
    /// Share 0..=1 for the bar, where there is one.
    pub share: Option<f64>,
    /// The proved part beside what is claimed.
    pub proved: Option<ProvedFigure>,
    /// Screen it opens.
    pub target: Option<Target>,
}

/// The proved part of a figure that is otherwise claimed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProvedFigure {
    /// `78`.
    pub value: String,
    /// `có minh chứng`.
    pub unit: String,
    /// Share 0..=1 of the whole that is proved: solid.
    pub share: f64,
    /// Share 0..=1 of the whole whose last verdict was good and that is not seen now: dotted.
    pub silent: f64,
}

/// Where an item leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// `overview`, `tasks`, `settings`.
    pub screen: String,
    /// Task to open.
    pub task: Option<String>,
    /// Filter of the task list to apply: `overdue`, `blocked`, `unit:vnpt`, `section:III`; or the part of the screen to
    /// open: `checks` of the overview, `sources` of the settings.
    pub filter: Option<String>,
}

impl Target {
    /// A part of the operations screen: `alerts?id=…`.
    pub(crate) fn operations(part: &str) -> Self {
        Self { screen: "operations".to_owned(), task: None, filter: Some(part.to_owned()) }
    }

    /// The report of a day.
    pub(crate) fn report(day: NaiveDate) -> Self {
        Self { screen: "report".to_owned(), task: None, filter: Some(day.to_string()) }
    }

    /// A task, by its key.
    pub(crate) fn task(key: &str) -> Self {
        Self { screen: "tasks".to_owned(), task: Some(key.to_owned()), filter: None }
    }
}

/// One line of "cần chú ý".
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttentionItem {
    /// `Quá hạn`, `Số liệu lệch`, …
    pub badge: String,
    /// `bad`, `warn`, `unknown`, `info`.
    pub tone: String,
    /// One line.
    pub title: String,
    /// A second line.
    pub detail: String,
    /// `Mở`, `Xem`.
    pub action: String,
    /// Where it leads.
    pub target: Target,
}

/// What an identity of the figures came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Both sides are equal.
    Holds,
    /// They differ.
    Broken,
    /// A figure it needs was not reported.
    Unknown,
}

/// A figure on one side of an identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SidePart {
    /// `đã xử lý`.
    pub name: String,
    /// `26.152`, `chưa báo`.
    pub value: String,
}

/// One identity of the figures of one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// `Tiếp nhận và xử lý`.
    pub title: String,
    /// `hệ thống tập trung cấp bộ`.
    pub system: String,
    /// What it came to.
    pub state: CheckState,
    /// Figures added on the left.
    pub left: Vec<SidePart>,
    /// Figures added on the right.
    pub right: Vec<SidePart>,
    /// Sum of the left side where the sides differ.
    pub left_sum: Option<String>,
    /// Sum of the right side where the sides differ.
    pub right_sum: Option<String>,
    /// `khớp`, `chênh 129 hồ sơ`, `chưa đủ dữ liệu`.
    pub verdict: String,
    /// Which figure the difference equals.
    pub hint: Option<String>,
    /// Whom to ask about a difference.
    pub ask: Option<String>,
}

/// The identities of the figures, as last reported.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChecksView {
    /// `từ 01/01 đến 15/05/2026`.
    pub period: String,
    /// The broken ones first; empty when nothing was reported yet.
    pub checks: Vec<CheckView>,
    /// Source, its own time, and when it was fetched.
    pub source: String,
    /// `12 giây trước`, `cũ 6 phút`.
    pub age: String,
    /// How fresh the figures are.
    pub state: super::FreshState,
}

/// A tile whose figure does not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TileMark {
    /// `Tile.id`.
    pub tile: String,
    /// What does not add up, by how much, and whom to ask.
    pub text: String,
}

/// The overview without its charts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OverviewView {
    /// Domain time.
    pub now: i64,
    /// `Số liệu đến 14:08, thứ Sáu 29/05/2026`.
    pub subtitle: String,
    /// In order.
    pub tiles: Vec<Tile>,
    /// Tiles to be marked.
    pub marks: Vec<TileMark>,
    /// Ranked.
    pub attention: Vec<AttentionItem>,
    /// How many lines there would be in all.
    pub attention_total: u32,
    /// Whether the dossier figures add up.
    pub checks: ChecksView,
}

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Tasks done by day against plan.
    BurnUp,
    /// Status by section.
    Sections,
    /// Load and lateness by lead unit.
    Units,
    /// Dossiers by month.
    Dossiers,
    /// Success rate by flow.
    Flows,
}

/// Theme of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartTheme {
    /// Light window.
    Light,
    /// Dark window.
    Dark,
    /// Print.
    Print,
}

/// What to draw, in CSS pixels.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChartArgs {
    /// Which.
    pub chart: ChartKind,
    /// Width in CSS pixels, 160..=4000.
    pub width: u32,
    /// Height in CSS pixels, 80..=4000.
    pub height: u32,
    /// Theme.
    pub theme: ChartTheme,
}

/// A place on the chart that explains itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HotSpotView {
    /// Left, px.
    pub x: f64,
    /// Top, px.
    pub y: f64,
    /// Width, px.
    pub w: f64,
    /// Height, px.
    pub h: f64,
    /// Vietnamese.
    pub label: String,
    /// Where it leads.
    pub target: Option<Target>,
}

/// A chart with its title, table and hot spots.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartView {
    /// Inline SVG.
    pub svg: String,
    /// Its size.
    pub width: u32,
    /// Its size.
    pub height: u32,
    /// The finding: "Còn 6 nhiệm vụ chưa xong…".
    pub title: String,
    /// Unit and basis.
    pub subtitle: String,
    /// Text alternative.
    pub summary: String,
    /// Places.
    pub hotspots: Vec<HotSpotView>,
    /// Table heads.
    pub columns: Vec<String>,
    /// Which columns are numbers.
    pub numeric: Vec<bool>,
    /// Table rows.
    pub rows: Vec<Vec<String>>,
    /// Source, as-of and age in words; marks stale data.
    pub provenance: String,
    /// How fresh the data is.
    pub state: super::FreshState,
    /// Of dossier figures: what they are counted from.
    pub basis: Option<super::Basis>,
    /// What does not add up among the figures it shows, each with the difference and whom to ask.
    pub marks: Vec<String>,
}
