//! Indicators of QĐ 766 and the rates beside them.

use super::{FreshState, PeriodView, TableFormat, UnitGroup};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose indicators of which period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct IndicatorArgs {
    /// `2026-05`, `2026-Q2`, `2026`; empty is the year of the newest numbers.
    pub period: String,
    /// Code of a unit on the portal; empty is the whole province.
    pub unit: String,
}

/// What is known of one component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorComponent {
    /// Code on the portal.
    pub code: String,
    /// Name.
    pub name: String,
    /// Counted above the line; null is not told.
    pub numerator: Option<u64>,
    /// Counted below it.
    pub denominator: Option<u64>,
    /// A fraction.
    pub ratio: Option<f64>,
    /// Points as the portal states them.
    pub score: Option<f64>,
    /// Points at most; 0 only explains.
    pub max: f64,
    /// Rate from which it has all points, a fraction.
    pub target: f64,
    /// Points that the counts give by the formula.
    pub computed: Option<f64>,
    /// `Cổng công bố 4,00 điểm, tính theo công thức là 3,00`.
    pub difference: Option<String>,
    /// What is counted above and below the line, and how points follow.
    pub formula: String,
    /// Target and formula are known from more than one public source.
    pub verified: bool,
    /// What the portal says of the quality of its numbers, in words.
    pub flags: Vec<String>,
    /// Why there are no points: `mẫu số bằng 0`, `Cổng chưa có số liệu`.
    pub missing: Option<String>,
    /// The same counted here from records, where they tell.
    pub counted: Option<CountedView>,
}

/// A rate counted here beside what the portal states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CountedView {
    /// Above the line.
    pub numerator: u64,
    /// Below it.
    pub denominator: u64,
    /// A fraction.
    pub ratio: Option<f64>,
    /// `tính từ hồ sơ 68,73%, Cổng công bố 67,10%: chênh 1,63 điểm phần trăm`.
    pub text: String,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IndicatorBlock {
    /// `CKMB`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Points that count: as stated, else the sum; null is not known.
    pub score: Option<f64>,
    /// Points at most.
    pub max: f64,
    /// What is stated for the block differs from the sum of its components.
    pub difference: Option<String>,
    /// Its components.
    pub components: Vec<IndicatorComponent>,
}

/// Where a unit stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndicatorPlace {
    /// From 1.
    pub place: u32,
    /// How many have a score.
    pub of: u32,
    /// Among agencies or among communes.
    pub group: UnitGroup,
    /// `hạng 3 trên 14 sở, ban, ngành`.
    pub text: String,
}

/// A month of the trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IndicatorMonth {
    /// `2026-05`.
    pub period: String,
    /// `5/2026`.
    pub title: String,
    /// Total; null is not known, which is a gap.
    pub score: Option<f64>,
    /// By block, in their order.
    pub blocks: Vec<Option<f64>>,
    /// Place in that month.
    pub place: Option<u32>,
}

/// What would move the score most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IndicatorMove {
    /// Component.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Points it would bring at its target.
    pub gain: f64,
    /// How many more must count above the line.
    pub cases: u64,
    /// What they are: `hồ sơ`, `TTHC`.
    pub counts: String,
    /// `Hồ sơ được số hóa: thêm 312 hồ sơ để đạt mục tiêu 80%, được thêm 1,20 điểm`.
    pub text: String,
}

/// One unit in the ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IndicatorUnit {
    /// Code on the portal.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub group: UnitGroup,
    /// Place in its kind.
    pub place: Option<u32>,
    /// Total; null is not known.
    pub score: Option<f64>,
    /// By block, in their order.
    pub blocks: Vec<Option<f64>>,
    /// Change of the total against the period before.
    pub change: Option<f64>,
}

/// One rate beside the indicators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RateView {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `68,73%`, `2,5 ngày làm việc`, `–`.
    pub text: String,
    /// A fraction, or an amount where `text` says so.
    pub value: Option<f64>,
    /// Above the line.
    pub numerator: Option<u64>,
    /// Below it.
    pub denominator: Option<u64>,
    /// How it is counted.
    pub formula: String,
    /// Where it comes from with its time, or `chưa có nguồn`.
    pub source: String,
    /// No source gives it, or none has said anything yet; then why.
    pub missing: Option<String>,
    /// The portal's own number beside it, with the difference.
    pub beside: Option<String>,
    /// What a document states, with where: never mixed with what is measured.
    pub published: Option<String>,
    /// The document that asks for it.
    pub document: Option<String>,
    /// Less is better.
    pub lower_is_better: bool,
}

/// A period that there are indicators of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndicatorPeriod {
    /// `2026-05`.
    pub id: String,
    /// `Tháng 5/2026`.
    pub title: String,
}

/// Indicators of one unit in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorsView {
    /// The finding: `66,23 điểm; mất nhiều nhất ở số hóa (thiếu 12,38 điểm)`.
    pub title: String,
    /// The decision.
    pub document: String,
    /// Periods that there are indicators of, newest first.
    pub periods: Vec<IndicatorPeriod>,
    /// The period shown; none before anything was told.
    pub period: Option<PeriodView>,
    /// Code of the unit shown.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Total; null is not known.
    pub score: Option<f64>,
    /// Points at most.
    pub max: f64,
    /// `Trung bình`.
    pub band: Option<String>,
    /// The band stands in a document that we have seen.
    pub band_verified: bool,
    /// Its place in its kind.
    pub place: Option<IndicatorPlace>,
    /// Blocks.
    pub blocks: Vec<IndicatorBlock>,
    /// By month of that year, oldest first.
    pub trend: Vec<IndicatorMonth>,
    /// The greatest gain first.
    pub moves: Vec<IndicatorMove>,
    /// Every scored unit of the period: agencies, then communes, by place.
    pub units: Vec<IndicatorUnit>,
    /// The rates beside the indicators.
    pub rates: Vec<RateView>,
    /// How fresh the source is.
    pub state: FreshState,
    /// `Trục tích hợp: chỉ số phục vụ, số liệu tại …, lấy lúc …`.
    pub source: String,
    /// What must be said with them.
    pub notes: Vec<String>,
}

/// The indicators as a file: of one unit with its components, or of all units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndicatorsExportArgs {
    /// Whose.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: IndicatorArgs,
    /// Every unit of the period, a line each.
    #[serde(default)]
    pub ranking: bool,
    /// Kind of file.
    pub format: TableFormat,
}
