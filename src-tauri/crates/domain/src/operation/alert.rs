//! Alerts: what a rule finds at a node of the dependency graph, explained by its cause. Whether one is firing is concluded and
//! kept as transitions; what people do about it is said here.

use crate::time::Ms;
use serde::{Deserialize, Serialize};

/// Entities of alerts begin with this; the rest is the id of the transition that raised it.
pub const ALERT: &str = "alert:";
/// Entities of mutes begin with this; the rest is `<rule>@<node>`.
pub const MUTE: &str = "mute:";

/// What a person does about an alert (`alert:…`) or about all alerts of a rule at a node (`mute:…`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum AlertAct {
    /// Somebody takes care of it.
    Acknowledged {
        /// Remark.
        remark: Option<String>,
    },
    /// It was passed on up the ladder (domain.md §5.2).
    Escalated {
        /// Id of the party.
        party: String,
        /// By which channel.
        how: String,
        /// What was said.
        remark: Option<String>,
    },
    /// No sound and no page for a while; it stays visible.
    Muted {
        /// From when.
        from: Ms,
        /// Until when; there is none without an end.
        until: Ms,
        /// Why.
        reason: String,
    },
    /// A mute ends early.
    Unmuted {
        /// Why.
        reason: Option<String>,
    },
}
