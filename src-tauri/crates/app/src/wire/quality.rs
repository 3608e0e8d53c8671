//! Quality of dossier data: what the rules found, and the records behind each count.

use super::{DossierLine, ProvenanceView, TableFormat, UnitGroup};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which records are looked at. Nothing narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct QualityArgs {
    /// Code of a system; `bo` covers `bo.byt`.
    #[ts(optional = nullable)]
    pub system: Option<String>,
    /// Only units of this kind.
    #[ts(optional = nullable)]
    pub unit_group: Option<UnitGroup>,
    /// Code of a unit on the portal; the empty one is "not told".
    #[ts(optional = nullable)]
    pub unit: Option<String>,
}

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QualityState {
    /// It had nothing to look at: neither good nor bad.
    Nothing,
    /// It looked and found nothing.
    Clean,
    /// It found faults.
    Found,
}

/// A number of records with what it is of; opens to `dossier_quality_list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityCount {
    /// Code of the system or unit; the empty one is "not told".
    pub code: String,
    /// Its name.
    pub name: String,
    /// Records at fault.
    pub found: u64,
    /// Records looked at.
    pub looked: u64,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityRule {
    /// `no_received_date`.
    pub id: String,
    /// `Không có ngày tiếp nhận`.
    pub name: String,
    /// Which figure it breaks, and how.
    pub why: String,
    /// What to do about a record.
    pub mend: String,
    /// Whom it goes to.
    pub mender: String,
    /// What it came to.
    pub state: QualityState,
    /// `42 trong 338.923 bản ghi`, `không có bản ghi nào để xét`, `chưa có danh mục để đối chiếu`.
    pub text: String,
    /// Records looked at.
    pub looked: u64,
    /// Records at fault.
    pub found: u64,
    /// By system, those with faults.
    pub systems: Vec<QualityCount>,
}

/// One unit with its faults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QualityUnit {
    /// Code on the portal; the empty one is "not told".
    pub code: String,
    /// Its name.
    pub name: String,
    /// Kind.
    pub group: UnitGroup,
    /// Records it has.
    pub records: u64,
    /// Records with a fault or more.
    pub faulty: u64,
    /// Faulty ÷ records; none without records.
    pub share: Option<f64>,
    /// Faults by rule, in the order of the rules; only those found. `code` is the rule.
    pub rules: Vec<QualityCount>,
}

/// A day's count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityDay {
    /// ISO day.
    pub day: String,
    /// Records looked at.
    pub records: u64,
    /// Records with a fault or more.
    pub faulty: u64,
}

/// Data quality of the records that are present.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QualityView {
    /// The finding in one line: `490 bản ghi có lỗi trong 377.808; nhiều nhất: …`.
    pub title: String,
    /// What all of it came to.
    pub state: QualityState,
    /// Records looked at.
    pub records: u64,
    /// Records with a fault or more.
    pub faulty: u64,
    /// Faults; a record may have several.
    pub faults: u64,
    /// Every rule, those with faults first.
    pub rules: Vec<QualityRule>,
    /// Units with faults, the most first.
    pub units: Vec<QualityUnit>,
    /// Systems with their records.
    pub systems: Vec<QualityCount>,
    /// Days on which the count was noted, of all systems and units; oldest first.
    pub history: Vec<QualityDay>,
    /// Where the records come from.
    pub provenance: Vec<ProvenanceView>,
    /// What must be said with them.
    pub notes: Vec<String>,
}

/// Records at fault.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct QualityListArgs {
    /// Which records.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: QualityArgs,
    /// Only those that this rule found.
    #[ts(optional = nullable)]
    pub rule: Option<String>,
    /// Rows skipped.
    pub offset: u32,
    /// Rows given at most; none is 200.
    #[ts(optional = nullable)]
    pub limit: Option<u32>,
}

/// One record at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityLine {
    /// The record.
    pub line: DossierLine,
    /// The source's own id of the record.
    pub record: String,
    /// What is wrong with it: names of rules.
    pub faults: Vec<String>,
    /// Their ids.
    pub rules: Vec<String>,
}

/// Records at fault, by system and code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityListView {
    /// `42 bản ghi không có ngày tiếp nhận · hệ thống tỉnh · Sở Y tế`.
    pub title: String,
    /// How many there are.
    pub count: u32,
    /// From `offset` on.
    pub rows: Vec<QualityLine>,
}

/// The records at fault as a file, for the unit to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityExportArgs {
    /// Which records.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: QualityArgs,
    /// Only those that this rule found.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule: Option<String>,
    /// Kind of file.
    pub format: TableFormat,
}
