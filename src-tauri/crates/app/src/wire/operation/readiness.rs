//! Readiness of the units and parties for the switch.

use super::TableImportArgs;
use crate::wire::{HistoryLine, TableFormat};
use pvhcc_domain::{operation::readiness::Readiness, task::Learned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// Sở, ban, ngành.
    Agency,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// A party of the letter.
    Party,
}

/// How many stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessCounts {
    /// Done.
    pub ready: u32,
    /// Under way.
    pub partly: u32,
    /// Not begun.
    pub not_ready: u32,
    /// Nothing to do there.
    pub not_applicable: u32,
    /// Not reported: never good.
    pub unreported: u32,
}

/// A duty with how many are how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyView {
    /// Id.
    pub id: String,
    /// Name for a column.
    pub short: String,
    /// Word for word from the document.
    pub text: String,
    /// How many members are how far.
    pub counts: ReadinessCounts,
}

/// How far a member is with a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessCell {
    /// Id of the duty.
    pub duty: String,
    /// How far; `None`: not reported.
    #[ts(type = "Readiness | null")]
    pub state: Option<Readiness>,
    /// ISO day the report speaks of.
    pub as_of: Option<String>,
    /// Remark.
    pub remark: Option<String>,
    /// Who said so and when: `Chuyên viên 01 · TT PVHCC tỉnh · qua công văn · 08:12 28/05/2026`.
    pub said: String,
}

/// One who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessRow {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Kind.
    pub kind: MemberKind,
    /// Duty by duty, in their order.
    pub cells: Vec<ReadinessCell>,
    /// Duties with something left; 0: ready.
    pub missing: u32,
    /// Of those, not reported.
    pub unreported: u32,
    /// The person at the window may report of it.
    pub editable: bool,
    /// Folded text for searching.
    pub search: String,
}

/// A party with duties of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadinessParty {
    /// The document.
    pub basis: String,
    /// Its duties.
    pub duties: Vec<DutyView>,
    /// How it stands.
    pub row: ReadinessRow,
}

/// Everybody's readiness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessView {
    /// Domain time.
    pub now: i64,
    /// The finding: `131 trong 149 đơn vị sẵn sàng; 18 còn thiếu, trong đó 7 chưa báo cáo`.
    pub headline: String,
    /// The document behind the duties of the units.
    pub basis: String,
    /// The duties of the units.
    pub duties: Vec<DutyView>,
    /// The units: agencies, then communes.
    pub units: Vec<ReadinessRow>,
    /// Units with nothing left.
    pub ready: u32,
    /// Units that reported nothing at all.
    pub silent: u32,
    /// The parties.
    pub parties: Vec<ReadinessParty>,
    /// How far the journal goes that this rests on: `seen` of what is done next.
    pub position: i64,
    /// The person at the window may report of somebody.
    pub can_report: bool,
}

/// Which member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadinessUnitArgs {
    /// Its id.
    pub id: String,
    /// The moment to look at; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// One member with its history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadinessUnitView {
    /// How it stands.
    pub row: ReadinessRow,
    /// Its duties.
    pub duties: Vec<DutyView>,
    /// Newest first.
    pub history: Vec<HistoryLine>,
    /// `seen` of what is done next.
    pub position: i64,
}

/// How far with one duty.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyReport {
    /// Id of the duty.
    pub duty: String,
    /// How far.
    #[ts(type = "Readiness")]
    pub state: Readiness,
    /// Remark; needed where nothing is to be done.
    pub remark: Option<String>,
}

/// The same report of one or many members, as one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessReportArgs {
    /// Ids of the members.
    pub units: Vec<String>,
    /// How far with which duty.
    pub duties: Vec<DutyReport>,
    /// ISO day it speaks of.
    pub as_of: String,
    /// How it was learned.
    #[ts(type = "Learned")]
    pub learned: Learned,
    /// `position` of what was looked at: what somebody else said since is not written over.
    pub seen: i64,
}

/// Take back what was reported of a duty.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadinessWithdrawArgs {
    /// Id of the member.
    pub unit: String,
    /// Id of the duty.
    pub duty: String,
    /// Why.
    pub reason: String,
    /// `position` of what was looked at.
    pub seen: i64,
}

/// A table of reports.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessImportArgs {
    /// The table.
    pub table: TableImportArgs,
    /// ISO day it speaks of, where a row does not say.
    pub as_of: String,
    /// How it was learned.
    #[ts(type = "Learned")]
    pub learned: Learned,
}

/// In which form.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadinessExportArgs {
    /// Form.
    pub format: TableFormat,
}

/// Whom to remind.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadinessReminderArgs {
    /// Of one duty; none is all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub duty: Option<String>,
    /// Only these members; none is all that miss something.
    #[serde(default)]
    pub units: Vec<String>,
}
