//! Parties with their duties and focal points.

use super::UnitView;
use pvhcc_domain::party::FocalField;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A focal point. Personal data: it comes from the erasable table and is shown, never kept elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactView {
    /// Row of the table.
    pub id: String,
    /// What it is for.
    #[ts(type = "FocalField")]
    pub field: FocalField,
    /// Name; empty when it was erased.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Position.
    pub title: String,
    /// Telephone.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// When it was last set.
    pub set_at: i64,
}

/// One party.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartyView {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Its duties.
    pub duties: Vec<String>,
    /// The document they come from.
    pub basis: String,
    /// Units that act for it.
    pub units: Vec<UnitView>,
    /// Staff set name or duties.
    pub changed_at: Option<i64>,
    /// Focal points: business, technical, infrastructure.
    pub contacts: Vec<ContactView>,
    /// Fields without a focal point.
    #[ts(type = "FocalField[]")]
    pub missing: Vec<FocalField>,
    /// Open obstacles it must deal with.
    pub open: u32,
    /// Of those, answers overdue.
    pub overdue: u32,
}

/// All parties.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartiesView {
    /// The finding: `3 trong 8 bên chưa có đủ đầu mối nghiệp vụ, kỹ thuật, hạ tầng`.
    pub headline: String,
    /// In the order of the documents.
    pub parties: Vec<PartyView>,
    /// Units to choose.
    pub units: Vec<UnitView>,
    /// The person at the window may change them.
    pub editable: bool,
}

/// Set a party's name and duties.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PartySetArgs {
    /// Its id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Its duties, empty ones are dropped.
    pub duties: Vec<String>,
    /// The document they come from.
    pub basis: String,
    /// Ids of the units that act for it.
    pub units: Vec<String>,
}

/// Set a focal point.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactSetArgs {
    /// Party id.
    pub party: String,
    /// Row to change; none adds one.
    pub id: Option<String>,
    /// What it is for.
    #[ts(type = "FocalField")]
    pub field: FocalField,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Position.
    pub title: String,
    /// Telephone.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// Remove and erase a focal point.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactRemoveArgs {
    /// Party id.
    pub party: String,
    /// Row.
    pub id: String,
}
