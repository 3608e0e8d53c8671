//! The settings screen: roster, rules, calendar, storage.

use super::UnitView;
use pvhcc_domain::roles::Role;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One person of the roster.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Pseudonym.
    pub person: String,
    /// Display name; empty when erased.
    pub name: String,
    /// Role.
    #[ts(type = "Role")]
    pub role: Role,
    /// Role in words.
    pub role_text: String,
    /// Unit.
    pub unit: UnitView,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: Option<String>,
    /// Signs the report in the leader's place.
    pub deputy: bool,
    /// In force today.
    pub active: bool,
}

/// Who has which role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterView {
    /// By unit, then name.
    pub people: Vec<PersonView>,
    /// Units to choose from.
    pub units: Vec<UnitView>,
    /// People who signed in without a role, with the code they show.
    pub requests: Vec<RequestView>,
}

/// Someone who asks for a role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestView {
    /// The code shown to that person.
    pub code: String,
    /// When.
    pub at: i64,
}

/// Give a role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssignArgs {
    /// Code of a request, or pseudonym of a person of the roster.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Role.
    #[ts(type = "Role")]
    pub role: Role,
    /// Unit id.
    pub unit: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: Option<String>,
    /// Signs the report in the leader's place; a leader does so anyway.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub deputy: bool,
}

/// End a role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndArgs {
    /// Pseudonym.
    pub person: String,
    /// Last day, ISO.
    pub to: String,
}

/// What the value of a rule looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A whole number.
    Number,
    /// A time of the day: `15:00`.
    Time,
    /// Times of the day: `13:30, 14:00`; none is allowed.
    Times,
    /// One of several.
    Choice,
}

/// One of the values that a rule can have.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleChoice {
    /// As kept.
    pub value: String,
    /// Vietnamese.
    pub title: String,
}

/// One rule with its value in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// `freshness.gateway_tasks`, `coordinating_units`, …
    pub rule: String,
    /// Vietnamese.
    pub title: String,
    /// What its value looks like.
    pub kind: RuleKind,
    /// The value in force.
    pub value: String,
    /// Unit of the value: `giây`, …
    pub unit: String,
    /// Smallest and largest allowed, where it is a number.
    pub range: Option<(i64, i64)>,
    /// What there is to choose from, where it is a choice.
    pub choices: Vec<RuleChoice>,
    /// In force since; none is the built-in value.
    pub since: Option<i64>,
    /// Who set it.
    pub who: Option<String>,
}

/// Rules with validity.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RulesView {
    /// In order.
    pub rules: Vec<RuleView>,
}

/// Set a rule from now on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleArgs {
    /// Name.
    pub rule: String,
    /// The value.
    pub value: String,
}

/// A year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarArgs {
    /// 2020–2100.
    pub year: i32,
}

/// A day that differs from the rule of the week.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SpecialDay {
    /// ISO.
    pub day: String,
    /// Working or off.
    pub working: bool,
    /// The document it rests on.
    pub basis: String,
}

/// Working days of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    /// Year.
    pub year: i32,
    /// The calendar of this year is known.
    pub known: bool,
    /// Days that differ.
    pub special: Vec<SpecialDay>,
    /// Working days by month.
    pub working_days: Vec<u32>,
}

/// Set a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarSetArgs {
    /// ISO.
    pub day: String,
    /// Working or off; none returns to the rule of the week.
    pub working: Option<bool>,
    /// The document it rests on.
    pub basis: String,
}

/// One backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// File.
    pub path: String,
    /// When.
    pub at: i64,
    /// Size.
    pub bytes: u64,
    /// Events in it.
    pub events: u64,
}

/// Journal, backups, folders.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StorageView {
    /// Profile folder.
    pub folder: String,
    /// Settings file.
    pub config_path: String,
    /// Log folder.
    pub logs: String,
    /// Events of the journal.
    pub events: u64,
    /// Head hash.
    pub head: String,
    /// This seat.
    pub device: String,
    /// Newest first.
    pub backups: Vec<BackupView>,
    /// Version of the program.
    pub version: String,
}

/// Result of verifying the journal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerifyView {
    /// The chain holds.
    pub ok: bool,
    /// Vietnamese: how many events, or the first bad one.
    pub text: String,
}
