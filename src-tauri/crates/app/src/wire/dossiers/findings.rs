//! Where figures do not add up, and where two sources disagree.

use super::{DossierFilter, FigureId, PeriodView, ProvenanceView, StatsArgs};
use crate::wire::{SidePart, TableFormat};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Ask by period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PeriodArgs {
    /// As in [`StatsArgs`].
    pub period: String,
    /// As in [`StatsArgs`].
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// What kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// An identity of stated figures does not hold.
    Identity,
    /// What is counted from records is not what is stated.
    Difference,
}

/// The same finding in a finer cell or a shorter period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindingPart {
    /// `Bảo trợ xã hội · tháng 3/2026`.
    pub label: String,
    /// Whole − parts, or records − reports; rates in millionths.
    pub difference: i64,
    /// Both sides in words.
    pub text: String,
    /// Opens the cell.
    pub filter: DossierFilter,
    /// Opens the period.
    pub period: PeriodView,
}

/// One finding, at the coarsest cell and longest period where it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// Kind.
    pub kind: FindingKind,
    /// Stable name of the identity, as in [`super::BrokenView`]; empty for a difference.
    pub rule: String,
    /// `Hệ thống tập trung cấp bộ: 38.885 nhận ≠ 38.756 xong + đang xử lý`.
    pub title: String,
    /// `Tiếp nhận và xử lý`.
    pub name: String,
    /// Cell in words.
    pub cell: String,
    /// Opens the cell.
    pub filter: DossierFilter,
    /// The period.
    pub period: PeriodView,
    /// Figures concerned; the first is the one to open.
    pub figures: Vec<FigureId>,
    /// Left side.
    pub left: Vec<SidePart>,
    /// Right side.
    pub right: Vec<SidePart>,
    /// Sum of the left side.
    pub left_sum: String,
    /// Sum of the right side.
    pub right_sum: String,
    /// Left − right; rates in millionths.
    pub difference: i64,
    /// `chênh 129 hồ sơ`.
    pub verdict: String,
    /// Which figure the difference equals.
    pub hint: Option<String>,
    /// What the records say of it: `Đếm từ hồ sơ: trong 129 hồ sơ này 83 đã xử lý, 46 đang xử lý.`
    pub records: Option<String>,
    /// Whom to ask.
    pub ask: String,
    /// Where it shows beneath, coarse cells and early periods first.
    pub beneath: Vec<FindingPart>,
}

/// All findings of a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingsView {
    /// The period looked at: everything stated within it.
    pub period: PeriodView,
    /// The greatest difference first.
    pub findings: Vec<FindingView>,
    /// `1 sai lệch`, `Các phép cộng đều khớp`, `Chưa có số liệu`.
    pub text: String,
    /// Whether anything was stated; without it no finding means nothing.
    pub known: bool,
    /// What could not be checked: `Chưa có hồ sơ để đối chiếu`.
    pub notes: Vec<String>,
    /// Sources.
    pub provenance: Vec<ProvenanceView>,
}

/// What to write to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum DossierExportArgs {
    /// The table of figures, all rows of it.
    Stats {
        /// As shown.
        args: StatsArgs,
        /// Form.
        format: TableFormat,
    },
    /// The records behind a figure, all of them.
    List {
        /// As shown.
        args: super::DossierListArgs,
        /// Form.
        format: TableFormat,
    },
    /// Form II.06a as a workbook.
    Form {
        /// As shown.
        args: super::FormArgs,
    },
    /// A picture as PNG.
    Chart {
        /// As shown.
        args: super::DossierChartArgs,
    },
}
