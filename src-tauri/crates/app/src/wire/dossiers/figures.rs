//! The 13 figures of any cells and period.

use crate::wire::{CheckView, FreshState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way to split dossier figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SplitBy {
    /// The province's system, the ministries' together, the portal.
    System,
    /// Each system by itself, every ministry's too.
    Subsystem,
    /// Agencies and communes.
    UnitGroup,
    /// Each unit.
    Unit,
    /// Field (lĩnh vực).
    Field,
    /// Procedure (TTHC).
    Procedure,
    /// How dossiers were handed in.
    Channel,
    /// Months of the period.
    Month,
}

/// Where figures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Counted here from the versions of dossiers.
    Records,
    /// As a system states them of itself.
    Reports,
}

/// Kinds of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnitGroup {
    /// Agencies of the province (sở, ban, ngành).
    Agency,
    /// Communes (xã, phường).
    Commune,
    /// A code that is in no list, or none.
    Unknown,
}

/// What is counted. An empty list does not narrow. The empty code is "not told".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DossierFilter {
    /// Codes of systems; what comes after a dot is part of what stands before it: `bo` covers `bo.byt`.
    pub systems: Vec<String>,
    /// Only units of this kind.
    #[ts(optional = nullable)]
    pub unit_group: Option<UnitGroup>,
    /// Codes of units on the portal.
    pub units: Vec<String>,
    /// Codes of fields.
    pub fields: Vec<String>,
    /// Codes of procedures.
    pub procedures: Vec<String>,
    /// `direct`, `online`, `postal`.
    pub channels: Vec<String>,
}

/// What can be shown of dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FigureId {
    /// Figure 1.
    Received,
    /// Of these, online.
    ReceivedOnline,
    /// Of these, in person or by post.
    ReceivedDirect,
    /// Figure 2.
    CarriedOver,
    /// Figure 3.
    Total,
    /// Figure 4.
    Done,
    /// Figure 5.
    DoneOnTime,
    /// Figure 6.
    DoneOnTimeRate,
    /// Figure 7.
    DoneLate,
    /// Figure 8.
    DoneLateRate,
    /// Figure 9.
    Pending,
    /// Figure 10.
    PendingInTime,
    /// Figure 11.
    PendingInTimeRate,
    /// Figure 12.
    PendingOverdue,
    /// Figure 13.
    PendingOverdueRate,
    /// Done before the day of the appointment; column 8 of form II.06a.
    DoneEarly,
    /// Received, and neither done nor pending as far as its record tells.
    Unplaced,
}

/// How a figure is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FigureDefinition {
    /// Which.
    pub id: FigureId,
    /// Its number among the 13; none for those beside them.
    pub number: Option<u8>,
    /// `Số hồ sơ nhận trong kỳ`.
    pub name: String,
    /// The same for narrow columns: `Nhận trong kỳ`.
    pub short: String,
    /// `N = số hồ sơ có ngày tiếp nhận trong kỳ`.
    pub formula: String,
    /// What it rests on.
    pub source: String,
    /// A fraction, shown as a percentage; else a count of dossiers.
    pub rate: bool,
}

/// The figures of one cell in one period. Null is not known, never 0; why stands in `missing`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FiguresView {
    /// Figure 1.
    pub received: Option<u64>,
    /// Of these, online.
    pub received_online: Option<u64>,
    /// Of these, in person or by post.
    pub received_direct: Option<u64>,
    /// Figure 2.
    pub carried_over: Option<u64>,
    /// Figure 3.
    pub total: Option<u64>,
    /// Figure 4.
    pub done: Option<u64>,
    /// Figure 5.
    pub done_on_time: Option<u64>,
    /// Figure 6, a fraction.
    pub done_on_time_rate: Option<f64>,
    /// Figure 7.
    pub done_late: Option<u64>,
    /// Figure 8, a fraction.
    pub done_late_rate: Option<f64>,
    /// Figure 9.
    pub pending: Option<u64>,
    /// Figure 10.
    pub pending_in_time: Option<u64>,
    /// Figure 11, a fraction.
    pub pending_in_time_rate: Option<f64>,
    /// Figure 12.
    pub pending_overdue: Option<u64>,
    /// Figure 13, a fraction.
    pub pending_overdue_rate: Option<f64>,
    /// Column 8 of form II.06a; only records tell.
    pub done_early: Option<u64>,
    /// Only records tell.
    pub unplaced: Option<u64>,
    /// Why what is null is not known.
    pub missing: Vec<MissingFigure>,
}

/// Why figures are not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MissingFigure {
    /// Which.
    pub figures: Vec<FigureId>,
    /// `báo cáo không nêu`, `mẫu số bằng 0`.
    pub reason: String,
}

/// A period of days, both inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeriodView {
    /// As it is asked for: `2026-05-14`, `2026-05`, `2026-Q2`, `2026`, `2026-01-01..2026-05-15`.
    pub id: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
    /// `Tháng 5/2026`, `01/01–15/05/2026`.
    pub title: String,
}

/// Ask for figures.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsArgs {
    /// `2026-05-14`, `2026-05`, `2026-Q2`, `2026`, `2026-01-01..2026-05-15`; empty is `DossierChoicesView.period`.
    pub period: String,
    /// Rows are cells of these, in this order; empty gives the total alone.
    pub by: Vec<SplitBy>,
    /// What is counted.
    pub filter: DossierFilter,
    /// None: reports where they state these cells for exactly this period, else records.
    #[ts(optional = nullable)]
    pub basis: Option<Basis>,
    /// As known at this moment; none is now.
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
    /// Rows in the order of this figure; none is by name.
    #[ts(optional = nullable)]
    pub sort: Option<FigureId>,
    /// Greatest (or last name) first.
    pub descending: bool,
    /// Rows skipped.
    pub offset: u32,
    /// Rows given at most; none is 2,000.
    #[ts(optional = nullable)]
    pub limit: Option<u32>,
}

/// One value of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CellPart {
    /// Which way it is split.
    pub by: SplitBy,
    /// Its code; empty is "not told".
    pub code: String,
    /// Its name; the code where no name is known.
    pub name: String,
}

/// What a figure of records and the same of reports differ by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DifferenceView {
    /// Which.
    pub figure: FigureId,
    /// Counted here.
    pub records: u64,
    /// Stated.
    pub reports: u64,
    /// Records − reports.
    pub difference: i64,
    /// `Đếm từ hồ sơ 12.617, báo cáo 12.604, chênh 13.`
    pub text: String,
}

/// An identity that does not hold in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrokenView {
    /// `channels`, `total`, `handled`, `balance`, `done_split`, `pending_split`, `on_time_rate`, `late_rate`,
    /// `within_deadline_rate`, `overdue_rate`, `carried_over`.
    pub rule: String,
    /// Figures to mark.
    pub figures: Vec<FigureId>,
    /// Dossiers; rates in millionths.
    pub difference: i64,
    /// `38.885 nhận ≠ 38.756 xong + đang xử lý, chênh 129 hồ sơ.`, a sentence that whom to ask may follow.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatsRow {
    /// Stable key of the cell.
    pub key: String,
    /// Its values, in the order of `by`; empty for the total.
    pub cell: Vec<CellPart>,
    /// Narrows to this cell: for opening it, its records, its charts. Its month stands in `period`.
    pub filter: DossierFilter,
    /// The period of the cell where figures are split by month; else none.
    pub period: Option<PeriodView>,
    /// On the basis of the view.
    pub figures: FiguresView,
    /// The period before; null when nothing is known of it.
    pub previous: Option<FiguresView>,
    /// The same period of the year before; null when nothing is known of it.
    pub last_year: Option<FiguresView>,
    /// The same period on the other basis; null when it does not tell of this cell and period.
    pub other: Option<FiguresView>,
    /// Where records and reports differ by more than records that cannot be placed would explain.
    pub differences: Vec<DifferenceView>,
    /// Identities broken in `figures`.
    pub broken: Vec<BrokenView>,
}

/// Where figures come from: three clocks and a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProvenanceView {
    /// `Cổng DVCQG`, `Trục tích hợp`, `Tệp nhập`.
    pub source: String,
    /// Endpoint, or file with rows.
    pub place: String,
    /// Which basis it feeds.
    pub basis: Basis,
    /// Codes of the systems it tells of.
    pub systems: Vec<String>,
    /// The source's own time.
    pub as_of: Option<i64>,
    /// When it was fetched or imported.
    pub fetched_at: Option<i64>,
    /// When the figures were computed here.
    pub computed_at: i64,
    /// How fresh.
    pub state: FreshState,
    /// `12 giây trước`, `cũ 6 phút`.
    pub age: String,
    /// All of it in one line.
    pub text: String,
}

/// The figures asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatsView {
    /// The period.
    pub period: PeriodView,
    /// The period before: as many whole months, else as many days.
    pub previous: PeriodView,
    /// The same days of the year before.
    pub last_year: PeriodView,
    /// What `figures` of the rows are counted from.
    pub basis: Basis,
    /// Why that basis, where it was not asked for.
    pub basis_note: String,
    /// As known at; none is now.
    pub as_of: Option<i64>,
    /// As asked for.
    pub by: Vec<SplitBy>,
    /// All cells together.
    pub total: StatsRow,
    /// The cells, sorted, from `offset` on.
    pub rows: Vec<StatsRow>,
    /// How many cells there are.
    pub row_count: u32,
    /// Every identity of the total, the broken ones first; those that cannot be checked say so.
    pub checks: Vec<CheckView>,
    /// The 13 and those beside them, in order.
    pub definitions: Vec<FigureDefinition>,
    /// Sources of both bases.
    pub provenance: Vec<ProvenanceView>,
    /// What must be said with the figures: not known yet, not placed, days off unknown.
    pub notes: Vec<String>,
    /// What the total shows, for a title: `Xử lý đúng hẹn 98,6%, còn 31.238 hồ sơ`.
    pub headline: String,
}

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// For narrow places.
    pub short: String,
    /// Of units.
    pub group: Option<UnitGroup>,
}

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierChoicesView {
    /// The period to show first: from the start of the year to the last day that reports cover, else this month.
    pub period: PeriodView,
    /// Systems, those of ministries beneath `bo`.
    pub systems: Vec<DossierChoice>,
    /// Agencies, then communes, then codes in no list.
    pub units: Vec<DossierChoice>,
    /// Fields seen.
    pub fields: Vec<DossierChoice>,
    /// Procedures seen.
    pub procedures: Vec<DossierChoice>,
    /// The three channels.
    pub channels: Vec<DossierChoice>,
    /// Months that reports or records tell of, latest first.
    pub months: Vec<PeriodView>,
    /// Last day that reports cover, ISO.
    pub reported_to: Option<String>,
    /// Records known.
    pub records: u32,
}

/// Which picture of dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DossierChartKind {
    /// Received and done by month (or day, in a short period), with the same of the year before.
    Trend,
    /// Units by a figure.
    Units,
    /// Fields by a figure.
    Fields,
    /// Pending by age.
    Ageing,
    /// Share of channels.
    Channels,
    /// Unit × month.
    HeatMap,
}

/// What to draw, in CSS pixels.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierChartArgs {
    /// Which.
    pub chart: DossierChartKind,
    /// As in [`StatsArgs`].
    #[serde(default)]
    pub period: String,
    /// What is counted.
    #[serde(default)]
    pub filter: DossierFilter,
    /// Figure of `units`, `fields` and `heat_map`; none is the one that fits.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub figure: Option<FigureId>,
    /// As in [`StatsArgs`].
    #[serde(default)]
    #[ts(optional = nullable)]
    pub basis: Option<Basis>,
    /// As in [`StatsArgs`].
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
    /// Width in CSS pixels, 160..=4000.
    pub width: u32,
    /// Height in CSS pixels, 80..=4000.
    pub height: u32,
    /// Theme.
    pub theme: crate::wire::ChartTheme,
}
