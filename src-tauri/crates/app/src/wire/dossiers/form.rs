//! Form II.06a (domain.md §3.2).

use super::{Basis, DossierFilter, FigureId, PeriodView, ProvenanceView};
use crate::wire::CheckState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Ask for the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FormArgs {
    /// As in [`super::StatsArgs`].
    pub period: String,
    /// Whose form: a system, a unit, or all.
    pub filter: DossierFilter,
    /// As in [`super::StatsArgs`].
    #[ts(optional = nullable)]
    pub basis: Option<Basis>,
    /// As in [`super::StatsArgs`].
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// One column of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormColumn {
    /// 3..=13.
    pub number: u8,
    /// `Tiếp nhận`, `Đã giải quyết`, `Đang giải quyết`.
    pub group: String,
    /// `Trực tuyến trong kỳ`.
    pub title: String,
    /// The figures that it is, or is the sum of.
    pub figures: Vec<FigureId>,
}

/// An identity of the figures that does not hold in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormMark {
    /// Columns of the figures it ties together.
    pub columns: Vec<u8>,
    /// What does not add up, by how much, and whom to ask.
    pub text: String,
}

/// One field (lĩnh vực).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormRow {
    /// (1) TT.
    pub number: u32,
    /// Code of the field; empty is "not told".
    pub code: String,
    /// (2) Lĩnh vực.
    pub name: String,
    /// (3)–(13); null is not known.
    pub values: Vec<Option<u64>>,
    /// Numbers of the columns whose check, or an identity of whose figures, does not hold here.
    pub broken: Vec<u8>,
    /// The identities of the figures that do not hold here.
    pub marks: Vec<FormMark>,
}

/// One check of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormCheck {
    /// `(3) = (4) + (5) + (6)`.
    pub text: String,
    /// Over all rows and the total: broken where one is, unknown where one cannot be checked.
    pub state: CheckState,
    /// `khớp ở 12 dòng`, `lệch ở 2 dòng: …`, `chưa đủ dữ liệu ở 3 dòng`.
    pub verdict: String,
}

/// Which columns are which of the 13 figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormCrosswalk {
    /// `(4) + (5)`.
    pub columns: String,
    /// `1. Số hồ sơ nhận trong kỳ`.
    pub figure: String,
}

/// The form, ready to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormView {
    /// `II.06a/VPCP/KSTT`, a setting.
    pub code: String,
    /// The document it is of, a setting.
    pub document: String,
    /// `Tình hình, kết quả giải quyết TTHC tại Trung tâm Phục vụ hành chính công`.
    pub title: String,
    /// `Kỳ báo cáo: từ ngày 01/01/2026 đến ngày 15/05/2026`.
    pub period_line: String,
    /// Reporting unit.
    pub reporter: String,
    /// Receiving unit.
    pub receiver: String,
    /// `Đơn vị tính: số hồ sơ TTHC`.
    pub unit_line: String,
    /// The period.
    pub period: PeriodView,
    /// Basis of its figures.
    pub basis: Basis,
    /// Columns (3)–(13).
    pub columns: Vec<FormColumn>,
    /// One a field.
    pub rows: Vec<FormRow>,
    /// Sum of each column; null where one row is.
    pub total: Vec<Option<u64>>,
    /// Columns of the total whose check, or an identity of whose figures, does not hold.
    pub total_broken: Vec<u8>,
    /// The identities of the figures that do not hold in the total.
    pub total_marks: Vec<FormMark>,
    /// The checks of the form.
    pub checks: Vec<FormCheck>,
    /// To the 13 figures.
    pub crosswalk: Vec<FormCrosswalk>,
    /// What must be said with it: columns (8) and (9) not told apart by reports.
    pub notes: Vec<String>,
    /// Sources.
    pub provenance: Vec<ProvenanceView>,
}
