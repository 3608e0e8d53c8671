//! The live watch: sources, flows, APIs, what changed, and figures over time.

use super::AroundView;
use crate::wire::{FreshState, TaskLink};
use pvhcc_domain::{
    observation::{Flow, Stage},
    operation::watch::{FlowStanding, Health, Verdict},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The watch, now or at a past moment.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct WatchArgs {
    /// The moment; `None` is now.
    pub as_of: Option<i64>,
}

/// A source that the watch rests on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchSource {
    /// `gateway_apis`, …
    pub id: String,
    /// In Vietnamese.
    pub title: String,
    /// How fresh.
    pub state: FreshState,
    /// `12 giây trước`, …
    pub text: String,
    /// What fails, and where.
    pub problem: Option<String>,
    /// When it was last fetched.
    pub fetched_at: Option<i64>,
}

/// A cell of the flow matrix.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowCell {
    /// 1 = Security Server, 2 = Agent Node.
    pub phase: u8,
    /// Declare or test.
    #[ts(type = "Stage")]
    pub stage: Stage,
    /// How it stands.
    #[ts(type = "FlowStanding")]
    pub standing: FlowStanding,
    /// `xong`, `22:31`, `lỗi 22:12`, `không có`.
    pub text: String,
    /// The whole story, line by line.
    pub detail: String,
    /// Since when it stands so, where that was concluded.
    pub since: Option<i64>,
    /// Last success.
    pub last_success_at: Option<i64>,
    /// Successes ÷ calls of 24 hours.
    pub rate: Option<f64>,
    /// Calls of 24 hours.
    pub calls: u32,
    /// Last error.
    pub error: Option<String>,
}

/// A flow with its four cells.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowLine {
    /// Which.
    #[ts(type = "Flow")]
    pub flow: Flow,
    /// In Vietnamese.
    pub title: String,
    /// Declare and test of phase 1, then of phase 2.
    pub cells: Vec<FlowCell>,
    /// Its APIs that meet their bar.
    pub apis_good: u32,
    /// Its APIs.
    pub apis: u32,
    /// Worst state of its APIs; `None` without any.
    #[ts(type = "ApiHealth | null")]
    pub worst: Option<Health>,
}

/// An API on the wall.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiTile {
    /// `dvcqg.07`.
    pub api: String,
    /// Its task's number in the checklist.
    pub no: String,
    /// Its name.
    pub title: String,
    /// Its flow.
    #[ts(type = "Flow | null")]
    pub flow: Option<Flow>,
    /// How it stands.
    #[ts(type = "ApiHealth")]
    pub health: Health,
    /// The state in words.
    pub state: String,
    /// Where a fault lies.
    #[ts(type = "WatchVerdict")]
    pub verdict: Verdict,
    /// What matters most of it, short: `400 ms`, `503`.
    pub value: String,
    /// Calls counted.
    pub calls: u32,
    /// Successes ÷ calls; `None` without calls.
    pub rate: Option<f64>,
    /// Upper bound of the median's class, ms; `None` above the last class or without calls.
    pub p50_ms: Option<u32>,
    /// As that, the 95th percentile.
    pub p95_ms: Option<u32>,
    /// Since when it stands so; `None` is longer than what is known.
    pub since: Option<i64>,
    /// Last error of the last two hours, as people say it.
    pub last_error: Option<String>,
    /// End of the bucket with that error.
    pub last_error_at: Option<i64>,
    /// End of the newest bucket of the last two hours with a success.
    pub last_success_at: Option<i64>,
    /// Success by five minutes over the last two hours; `null` is no calls.
    pub curve: Vec<Option<f64>>,
    /// The whole story in a line or two.
    pub detail: String,
}

/// How many APIs stand so.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthCount {
    /// How.
    #[ts(type = "ApiHealth")]
    pub health: Health,
    /// In words.
    pub state: String,
    /// How many.
    pub count: u32,
}

/// A change of state of a source, a flow or an API.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchChange {
    /// From when on.
    pub since: i64,
    /// When it was concluded.
    pub at: i64,
    /// `source`, `flow`, `api`.
    pub kind: String,
    /// `api:dvcqg.07`, as a node of the dependency graph.
    pub node: String,
    /// What it is about.
    pub title: String,
    /// `good`, `warn`, `bad`, `unknown`.
    pub tone: String,
    /// `lỗi 503`, `đạt lại`.
    pub text: String,
}

/// The live watch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchView {
    /// The moment shown.
    pub at: i64,
    /// It is not the present.
    pub past: bool,
    /// Where the fault lies as a whole.
    #[ts(type = "WatchVerdict")]
    pub verdict: Verdict,
    /// The finding in a sentence.
    pub headline: String,
    /// What the watch rests on.
    pub sources: Vec<WatchSource>,
    /// End of the newest calls known.
    pub measured_to: Option<i64>,
    /// APIs that meet their bar.
    pub good: u32,
    /// By state, worst first; states without any are left out.
    pub counts: Vec<HealthCount>,
    /// Success of all calls over the last half hour, of dossiers and states on their way.
    pub sync_rate: Option<f64>,
    /// Its calls.
    pub sync_calls: u32,
    /// What it should reach.
    pub sync_bar: f64,
    /// Sync queue, unpaid fees and surrounding systems.
    pub around: AroundView,
    /// The five flows.
    pub flows: Vec<FlowLine>,
    /// The 53 APIs in the order of the checklist.
    pub apis: Vec<ApiTile>,
    /// The newest changes, newest first.
    pub changes: Vec<WatchChange>,
}

/// One API.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct WatchApiArgs {
    /// Which.
    pub api: String,
    /// Hours of the curve: 2 to 48; default 24.
    pub hours: Option<u32>,
    /// The moment; `None` is now.
    pub as_of: Option<i64>,
}

/// A point of a curve.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchPoint {
    /// Start of its bucket.
    pub at: i64,
    /// Calls.
    pub calls: u32,
    /// Successes ÷ calls; `None` without calls.
    pub rate: Option<f64>,
    /// Upper bound of the class of the 95th percentile, ms; `None` without calls, 0 above the last class.
    pub p95_ms: Option<u32>,
    /// The gateway told of it; what it did not tell of is a gap.
    pub observed: bool,
}

/// One API with its past and what hangs on it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchApiView {
    /// As on the wall.
    pub tile: ApiTile,
    /// Its flow.
    pub flow_title: Option<String>,
    /// What it must reach, in words.
    pub bar: String,
    /// Least share of calls that succeed.
    pub bar_success: f64,
    /// Where the fault lies, in a sentence.
    pub verdict_text: String,
    /// What was measured, in a sentence.
    pub measured: String,
    /// The curve.
    pub points: Vec<WatchPoint>,
    /// Width of a point, ms.
    pub step: i64,
    /// Its changes, newest first.
    pub changes: Vec<WatchChange>,
    /// The task that it is, and the tests of its flow that rest on it.
    pub tasks: Vec<TaskLink>,
}

/// Changes of state over a span.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct WatchTimelineArgs {
    /// Begin.
    pub from: i64,
    /// End.
    pub to: i64,
    /// The moment looked from; `None` is now.
    pub as_of: Option<i64>,
}

/// A stretch of one state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchStretch {
    /// Begin.
    pub from: i64,
    /// End.
    pub to: i64,
    /// `good`, `warn`, `bad`, `unknown`, `none`.
    pub tone: String,
    /// In words.
    pub text: String,
}

/// One thing over the span.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchLane {
    /// `source`, `flow`, `api`, `probe`.
    pub kind: String,
    /// Node of the dependency graph.
    pub node: String,
    /// Its name.
    pub title: String,
    /// Its stretches in order; what lies between two is not known.
    pub stretches: Vec<WatchStretch>,
}

/// The timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchTimelineView {
    /// Begin.
    pub from: i64,
    /// End.
    pub to: i64,
    /// The finding in a sentence.
    pub headline: String,
    /// Sources, flows, and the APIs that changed or are not good.
    pub lanes: Vec<WatchLane>,
    /// The changes, newest first.
    pub changes: Vec<WatchChange>,
}

/// What a heat map shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HeatMetric {
    /// Successes ÷ calls.
    #[default]
    Success,
    /// 95th percentile of the duration.
    P95,
}

/// API × time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct WatchHeatArgs {
    /// Begin.
    pub from: i64,
    /// End.
    pub to: i64,
    /// Width of a column, minutes: 5, 15, 60, 360 or 1440; the least that fits when `None`.
    pub step: Option<u32>,
    /// What.
    pub metric: Option<HeatMetric>,
    /// The moment looked from; `None` is now.
    pub as_of: Option<i64>,
}

/// A row of the heat map.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeatLine {
    /// `dvcqg.07`.
    pub api: String,
    /// Its task's number.
    pub no: String,
    /// Its name.
    pub title: String,
    /// What its bar asks for: least success, or most milliseconds.
    pub bar: f64,
    /// Calls by column; `null` is not observed.
    pub calls: Vec<Option<u32>>,
    /// The value by column: success 0..=1, or ms (0 above the last class); `null` without calls or not observed.
    pub values: Vec<Option<f64>>,
}

/// The heat map.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchHeatView {
    /// Starts of the columns.
    pub columns: Vec<i64>,
    /// Width of a column, minutes.
    pub step: u32,
    /// What.
    pub metric: HeatMetric,
    /// The finding in a sentence.
    pub headline: String,
    /// The APIs in the order of the checklist.
    pub rows: Vec<HeatLine>,
}

/// This hour beside the same hour of earlier days.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct WatchPeakArgs {
    /// An instant of the hour; `None` is now.
    pub hour: Option<i64>,
    /// The moment looked from; `None` is now.
    pub as_of: Option<i64>,
}

/// The hour on one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeakDay {
    /// ISO day.
    pub day: String,
    /// Calls; `None` is not observed.
    pub calls: Option<u32>,
    /// Successes ÷ calls.
    pub rate: Option<f64>,
    /// Upper bound of the class of the 95th percentile, ms; `None` without calls, 0 above the last class.
    pub p95_ms: Option<u32>,
}

/// An hour of the day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeakHour {
    /// 0 to 23.
    pub hour: u32,
    /// Calls on the day; `None` is not observed.
    pub calls: Option<u32>,
    /// The hour is not over.
    pub partial: bool,
    /// Median of the calls on the earlier days.
    pub usual: Option<u32>,
}

/// An API in the hour.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeakApi {
    /// `dvcqg.07`.
    pub api: String,
    /// Its task's number.
    pub no: String,
    /// Its name.
    pub title: String,
    /// Calls.
    pub calls: u32,
    /// Median of the calls on the earlier days.
    pub usual: u32,
    /// Success.
    pub rate: Option<f64>,
    /// Success on the earlier days together.
    pub usual_rate: Option<f64>,
}

/// The comparison.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WatchPeakView {
    /// Start of the hour.
    pub hour: i64,
    /// It is not over: the earlier days are counted to the same minute.
    pub until: Option<i64>,
    /// The finding in a sentence.
    pub headline: String,
    /// What the day is compared with, in words.
    pub compared: String,
    /// The day itself, then the earlier ones, newest first.
    pub days: Vec<PeakDay>,
    /// Median of the calls on the earlier days; `None` when too few are known.
    pub usual: Option<u32>,
    /// The hours of the day.
    pub hours: Vec<PeakHour>,
    /// The APIs whose calls differ most, by how much.
    pub apis: Vec<PeakApi>,
}
