//! From a figure to its records, and one record with its versions.

use super::{DossierFilter, FigureDefinition, FigureId, PeriodView, ProvenanceView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The records behind one figure of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierListArgs {
    /// As in [`super::StatsArgs`].
    #[serde(default)]
    pub period: String,
    /// The cell.
    #[serde(default)]
    pub filter: DossierFilter,
    /// Which figure; of a rate, the dossiers of its numerator.
    pub figure: FigureId,
    /// As in [`super::StatsArgs`].
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
    /// Rows skipped.
    #[serde(default)]
    pub offset: u32,
    /// Rows given at most; none is 200.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub limit: Option<u32>,
}

/// One record in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierLine {
    /// Opens it: `DossierArgs.dossier`.
    pub dossier: u32,
    /// Code of its system.
    pub system: String,
    /// Name of its system.
    pub system_name: String,
    /// `MaHoSo`.
    pub code: String,
    /// Unit with its name.
    pub unit: String,
    /// Field with its name.
    pub field: String,
    /// Procedure with its name.
    pub procedure: String,
    /// `trực tuyến`.
    pub channel: String,
    /// `Đang xử lý`.
    pub status: String,
    /// Instant of receipt.
    pub received_at: Option<i64>,
    /// Appointment.
    pub due_at: Option<i64>,
    /// End of handling.
    pub finished_at: Option<i64>,
    /// Where it stood at the end of the period: `quá hạn 3 ngày làm việc`, `xong đúng hẹn`.
    pub standing: String,
    /// `plain`, `bad`, `warn`, `unknown`.
    pub tone: String,
}

/// The records behind a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierListView {
    /// The period.
    pub period: PeriodView,
    /// The figure with its formula.
    pub definition: FigureDefinition,
    /// `312 hồ sơ chưa xử lý quá hạn · hệ thống tỉnh · Đất đai · Tháng 5/2026`.
    pub title: String,
    /// How many there are.
    pub count: u32,
    /// By code, from `offset` on.
    pub rows: Vec<DossierLine>,
    /// Where they come from.
    pub provenance: Vec<ProvenanceView>,
    /// What must be said with them.
    pub notes: Vec<String>,
}

/// Open one record: by the number of a list, or by system and code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DossierArgs {
    /// `DossierLine.dossier`.
    #[ts(optional = nullable)]
    pub dossier: Option<u32>,
    /// Code of its system, with `code`.
    #[ts(optional = nullable)]
    pub system: Option<String>,
    /// `MaHoSo`.
    #[ts(optional = nullable)]
    pub code: Option<String>,
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordField {
    /// Name in the portal's record: `NgayHenTra`.
    pub name: String,
    /// `Ngày hẹn trả`.
    pub label: String,
    /// In words; none is "not told".
    pub value: Option<String>,
}

/// What changed in a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordChange {
    /// `Trạng thái`.
    pub label: String,
    /// Before; none is "not told".
    pub before: Option<String>,
    /// After; none is "not told".
    pub after: Option<String>,
}

/// One version of a record, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordVersion {
    /// From when it was known.
    pub valid_from: i64,
    /// Until when; none is still.
    pub valid_to: Option<i64>,
    /// What changed against the one before; empty for the first.
    pub changes: Vec<RecordChange>,
    /// Where it came from: endpoint or file with its row, as-of, fetched.
    pub origin: String,
    /// `gone` when the source no longer has it after this version.
    pub gone: bool,
}

/// One record with all its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DossierView {
    /// Its number here.
    pub dossier: u32,
    /// Code of its system.
    pub system: String,
    /// Name of its system.
    pub system_name: String,
    /// `MaHoSo`.
    pub code: String,
    /// `Đang xử lý · quá hạn 3 ngày làm việc`.
    pub standing: String,
    /// Every field as last told.
    pub fields: Vec<RecordField>,
    /// Every version, newest first.
    pub versions: Vec<RecordVersion>,
    /// Other records with the same code: their own ids. The first counts.
    pub duplicates: Vec<String>,
    /// Where the last version comes from.
    pub provenance: Vec<ProvenanceView>,
}
