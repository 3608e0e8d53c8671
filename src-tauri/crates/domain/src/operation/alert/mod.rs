//! Alerts: what a rule finds at a node of the dependency graph, explained by its cause. Whether one is firing is concluded and
//! kept as transitions; what people do about it is said here.
//!
//! One cause is one alert: what depends on it is told as its effects. Everything that is remembered is a fold of the steps that
//! were kept ([`Memory`], [`History`]), so a restart at any point changes nothing.

mod data;
mod derived;
mod engine;
mod graph;
mod guide;
mod handling;
mod history;
mod ladder;
mod memory;
mod reading;
mod rule;
mod words;

pub use data::DataError;
pub use engine::{Watch, step};
pub use graph::{Ancestor, Graph, Node, NodeKind};
pub use guide::{Guide, Guides};
pub use handling::{Handled, Handling, Mute};
pub use history::{Alert, Effect, History};
pub use ladder::{Ladder, Rung};
pub use memory::{Basis, Key, Memory, RULE_VERSION, State, Step, Track};
pub use rule::{Flap, Kind, Limit, Rule, RuleError, Rules, Settings, Side, Strength, Tuning};
pub use words::quantity;

use crate::time::Ms;
use serde::{Deserialize, Serialize};

/// Entities of alerts begin with this. In the journal the rest is the id of one alert; in transitions it is the [`Key`] of what is
/// watched, so that of two processes that conclude the same only one keeps it.
pub const ALERT: &str = "alert:";
/// Entities of what was passed up the ladder by itself begin with this; the rest is the id of the alert.
pub const LADDER: &str = "ladder:";
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

#[cfg(test)]
mod tests;
