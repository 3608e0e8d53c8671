//! Two registers of the cutover: dossiers under way at the switch, and dossiers and money taken without the system.

use super::NamedView;
use crate::wire::{TableFormat, UnitView};
use pvhcc_domain::operation::register::FallbackKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the balance of a system stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BalanceKind {
    /// Nobody counted.
    Uncounted,
    /// Counted on one side of the switch only.
    Waiting,
    /// Closes, and nothing is lost.
    Closed,
    /// Does not close, or something is lost; explained since the last count.
    Explained,
    /// Does not close, or something is lost, and nobody has said why.
    Open,
}

/// One side of a balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountView {
    /// As of when.
    pub at: i64,
    /// In the old system: to stay there, or still there.
    pub old: u64,
    /// To move to the new one, or found there.
    pub new: u64,
    /// Finished meanwhile; 0 before.
    pub done: u64,
    /// Known to be missing or broken; 0 before.
    pub lost: u64,
    /// All of them.
    pub all: u64,
    /// Where it comes from.
    pub source: String,
    /// Who said so and when.
    pub said: String,
}

/// The balance of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InFlightRow {
    /// Code of the system.
    pub system: String,
    /// Its name.
    pub name: String,
    /// Who can say why it does not close.
    pub ask: String,
    /// Before the switch.
    pub before: Option<CountView>,
    /// After it.
    pub after: Option<CountView>,
    /// After less before; `None` while a side is not counted.
    pub difference: Option<i64>,
    /// `thiếu 3`, `thừa 1`, `khớp`, `–`.
    pub difference_text: String,
    /// How it stands.
    pub state: BalanceKind,
    /// Why it does not close.
    pub explanation: Option<String>,
    /// Who said so and when.
    pub explained: String,
    /// `seen` of what is done next.
    pub position: i64,
}

/// The systems counted on both sides, together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InFlightTotals {
    /// How many systems.
    pub systems: u32,
    /// To stay.
    pub stay: u64,
    /// To move.
    pub moving: u64,
    /// Still there.
    pub staying: u64,
    /// Found in the new one.
    pub moved: u64,
    /// Finished meanwhile.
    pub done: u64,
    /// Known to be missing or broken.
    pub lost: u64,
    /// After less before.
    pub difference: i64,
    /// `1.204 + 318 = 1.180 + 317 + 24 + 1`, with `≠` where it does not close.
    pub equation: String,
}

/// The register of dossiers under way at the switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InFlightView {
    /// Domain time.
    pub now: i64,
    /// The finding.
    pub headline: String,
    /// What must be equal, in words.
    pub rule: String,
    /// Systems, in their order.
    pub rows: Vec<InFlightRow>,
    /// Those counted on both sides.
    pub totals: InFlightTotals,
    /// Balances that do not close and are not explained.
    pub open: u32,
    /// The person at the window may count.
    pub can_count: bool,
}

/// Count one side of a system.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InFlightCountArgs {
    /// Code of the system.
    pub system: String,
    /// After the switch; else before it.
    pub after: bool,
    /// As of when; none is now.
    pub at: Option<i64>,
    /// To stay, or still there.
    pub old: i64,
    /// To move, or found in the new one.
    pub new: i64,
    /// Finished meanwhile; 0 before.
    pub done: i64,
    /// Known to be missing or broken; 0 before.
    pub lost: i64,
    /// Where it comes from.
    pub source: String,
    /// `position` of the row that was looked at.
    pub seen: i64,
}

/// Say why a balance does not close.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InFlightExplainArgs {
    /// Code of the system.
    pub system: String,
    /// Why.
    pub text: String,
    /// `position` of the row that was looked at.
    pub seen: i64,
}

/// How far an entry got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FallbackStage {
    /// On paper only.
    Taken,
    /// In the system, not yet compared.
    Reentered,
    /// Found and the same.
    Paired,
    /// Entered by mistake.
    Voided,
}

/// An entry of the register of fallback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackRow {
    /// Id.
    pub id: String,
    /// Paper or cash.
    #[ts(type = "FallbackKind")]
    pub kind: FallbackKind,
    /// The unit that took it.
    pub unit: UnitView,
    /// Number of the paper receipt.
    pub receipt: String,
    /// When it was taken.
    pub at: i64,
    /// Code of the procedure.
    pub procedure: Option<String>,
    /// Code of the dossier in the system.
    pub dossier: Option<String>,
    /// Amount in đồng.
    pub amount: Option<u64>,
    /// Id of the incident.
    pub incident: Option<String>,
    /// Remark.
    pub remark: Option<String>,
    /// How far it got.
    pub stage: FallbackStage,
    /// Not in the system in time.
    pub overdue: bool,
    /// Of one that was re-entered: its dossier is in the records kept. `None`: not asked.
    pub found: Option<bool>,
    /// Fees and charges that its record tells, đồng.
    pub fee: Option<u64>,
    /// Cash was taken, and not as much as the record tells: it is paired only with a word of why.
    pub fee_differs: bool,
    /// How long it waits, when it was re-entered, why it was a mistake.
    pub timing: String,
    /// Who entered it and when.
    pub said: String,
    /// The person at the window may go on with it.
    pub editable: bool,
    /// Folded text for searching.
    pub search: String,
    /// Base of the next edit.
    pub last_event: String,
}

/// How many entries are how far, and how much cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackTotals {
    /// On paper only.
    pub taken: u32,
    /// Of those, overdue.
    pub overdue: u32,
    /// In the system, not compared.
    pub reentered: u32,
    /// Done.
    pub paired: u32,
    /// Mistakes.
    pub voided: u32,
    /// Cash taken, đồng; mistakes apart.
    pub cash: u64,
    /// Of that, not paired.
    pub cash_open: u64,
}

/// The register of fallback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackView {
    /// Domain time.
    pub now: i64,
    /// The finding.
    pub headline: String,
    /// Open ones first, the oldest before the others.
    pub rows: Vec<FallbackRow>,
    /// Counts.
    pub totals: FallbackTotals,
    /// Hours after which an entry must be in the system.
    pub limit_hours: u32,
    /// Units whose register the person at the window keeps.
    pub units: Vec<UnitView>,
    /// `seen` of a table that is taken.
    pub position: i64,
    /// Incidents that an entry may be taken for.
    pub incidents: Vec<NamedView>,
    /// As of when the dossier records were fetched last, in words.
    pub records: String,
}

/// What an entry says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackWords {
    /// Paper or cash.
    #[ts(type = "FallbackKind")]
    pub kind: FallbackKind,
    /// Id of the unit.
    pub unit: String,
    /// Number of the paper receipt.
    pub receipt: String,
    /// When it was taken; none is now.
    pub at: Option<i64>,
    /// Code of the procedure.
    pub procedure: Option<String>,
    /// Code of the dossier, where it has one.
    pub dossier: Option<String>,
    /// Amount in đồng; needed for cash.
    pub amount: Option<i64>,
    /// Id of the incident.
    pub incident: Option<String>,
    /// Remark.
    pub remark: Option<String>,
}

/// Enter what was taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FallbackTakeArgs {
    /// What it says.
    pub words: FallbackWords,
}

/// Correct an entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackChangeArgs {
    /// Id.
    pub id: String,
    /// What it says now.
    pub words: FallbackWords,
    /// Why.
    pub reason: String,
    /// `lastEvent` of the entry that was looked at.
    pub based_on: Option<String>,
}

/// It was entered in the system.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackReenterArgs {
    /// Id.
    pub id: String,
    /// Code of the dossier there.
    pub dossier: String,
    /// When; none is now.
    pub at: Option<i64>,
    /// `lastEvent` of the entry that was looked at.
    pub based_on: Option<String>,
}

/// They were found in the system and are the same.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FallbackPairArgs {
    /// Ids.
    pub ids: Vec<String>,
    /// How it was found, where the records kept do not have it yet.
    pub remark: Option<String>,
}

/// It was entered by mistake.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FallbackVoidArgs {
    /// Id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// `lastEvent` of the entry that was looked at.
    pub based_on: Option<String>,
}

/// Which register as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RegisterKind {
    /// Dossiers under way at the switch.
    InFlight,
    /// Paper and cash.
    Fallback,
}

/// A register as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RegistersExportArgs {
    /// Which.
    pub which: RegisterKind,
    /// Form.
    pub format: TableFormat,
}
