//! What people do with an incident.

use super::TouchedInput;
use crate::wire::FileInput;
use pvhcc_domain::operation::incident::Severity;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Report an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentOpenArgs {
    /// In one line.
    pub title: String,
    /// How bad.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// When it was noticed; none is now, or when its first alert began.
    #[serde(default)]
    #[ts(optional)]
    pub detected: Option<i64>,
    /// What it touches.
    #[serde(default)]
    pub touched: TouchedInput,
    /// Ids of its alerts.
    #[serde(default)]
    pub alerts: Vec<String>,
    /// What is seen.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Id of the run it happened in.
    #[serde(default)]
    #[ts(optional)]
    pub run: Option<String>,
}

/// Set title, severity and what it touches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentChangeArgs {
    /// Its id.
    pub id: String,
    /// Title.
    pub title: String,
    /// How bad.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// What it touches.
    pub touched: TouchedInput,
    /// Why, needed when the severity changes.
    pub reason: Option<String>,
    /// `lastEvent` as the user saw it; none acts on what is true now.
    pub based_on: Option<String>,
}

/// Take care of an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentAckArgs {
    /// Its id.
    pub id: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Give an incident to somebody else.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentAssignArgs {
    /// Its id.
    pub id: String,
    /// Pseudonym of the person on duty.
    pub owner: String,
    /// Why.
    pub reason: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Write into the timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentNoteArgs {
    /// Its id.
    pub id: String,
    /// When it happened; none is now.
    pub at: Option<i64>,
    /// What.
    pub text: String,
    /// A file that shows it.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<FileInput>,
}

/// Link an alert.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentLinkArgs {
    /// Its id.
    pub id: String,
    /// Id of the alert.
    pub alert: String,
}

/// Pass an incident on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentEscalateArgs {
    /// Its id.
    pub id: String,
    /// Id of the party.
    pub party: String,
    /// By which channel.
    pub how: String,
    /// What was said.
    pub text: Option<String>,
}

/// Say that a workaround holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentMitigateArgs {
    /// Its id.
    pub id: String,
    /// Since when; none is now.
    pub at: Option<i64>,
    /// The workaround.
    pub workaround: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Say that it is over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentResolveArgs {
    /// Its id.
    pub id: String,
    /// When; none is now.
    pub at: Option<i64>,
    /// How.
    pub how: String,
    /// What caused it, where known.
    pub cause: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Say that it is back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentReopenArgs {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// Add something to do after it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentFollowUpArgs {
    /// Its id.
    pub id: String,
    /// What.
    pub text: String,
    /// Id of the unit that does it.
    pub unit: String,
    /// ISO day.
    pub due: String,
}

/// Close an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentCloseArgs {
    /// Its id.
    pub id: String,
    /// What caused it; none takes the cause said before.
    pub cause: Option<String>,
    /// What was learned.
    pub lesson: Option<String>,
    /// `lastEvent` as the user saw it.
    pub based_on: Option<String>,
}

/// What an act on the register did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentEdited {
    /// The incident.
    pub id: String,
    /// The new event.
    pub event_id: String,
    /// What was done.
    pub message: String,
}
