//! What the engine remembers: one track for each rule at each node, a fold of the steps that were kept. Nothing else is
//! remembered, so that a memory built anew from what was kept is the one that was lost.

use crate::{operation::incident::Severity, time::Ms};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Version of the rules by which alerts are concluded; stands in each transition.
pub const RULE_VERSION: u32 = 1;
/// Begins that are remembered to know what flaps.
const FLIPS: usize = 32;

/// A rule at a node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Id of the rule.
    pub rule: String,
    /// Id of the node.
    pub node: String,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.rule, self.node)
    }
}

impl Key {
    /// Reads what [`fmt::Display`] writes, and the key at the begin of an alert's id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('@');
        let (rule, node) = (parts.next()?, parts.next()?);
        Some(Self { rule: rule.to_owned(), node: node.to_owned() })
    }

    /// Id of the alert that this raises at a moment.
    #[must_use]
    pub fn alert_id(&self, at: Ms) -> String {
        format!("{self}@{}", at.0)
    }
}

/// How a rule at a node stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing found.
    Calm,
    /// Bad, but not yet for long enough, or it waits for a cause.
    Pending,
    /// An alert of its own, as bad as the worst of its effects.
    Raised(Severity),
    /// An alert of its own that is good again, but not yet for long enough.
    Easing(Severity),
    /// An effect of the alert with this id.
    Effect(String),
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calm => f.write_str("calm"),
            Self::Pending => f.write_str("pending"),
            Self::Raised(severity) => write!(f, "raised:{}", severity.code()),
            Self::Easing(severity) => write!(f, "easing:{}", severity.code()),
            Self::Effect(id) => write!(f, "effect:{id}"),
        }
    }
}

impl State {
    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let severity = |code: &str| Severity::ALL.into_iter().find(|s| s.code() == code);
        match text.split_once(':') {
            None if text == "calm" => Some(Self::Calm),
            None if text == "pending" => Some(Self::Pending),
            Some(("raised", code)) => severity(code).map(Self::Raised),
            Some(("easing", code)) => severity(code).map(Self::Easing),
            Some(("effect", id)) => Some(Self::Effect(id.to_owned())),
            _ => None,
        }
    }
}

/// What a step rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Basis {
    /// Since when it is bad.
    pub since: Ms,
    /// Id of the alert that begins, changes or ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The moment that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Ms>,
    /// Code of the last error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Title of the alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Of an effect: the way from the cause, both ends included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// Ids of alerts that turn out to be effects of this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<String>,
    /// Somebody was called for what it takes over, and it is no worse: no second call.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
    /// Since when it is good again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub good_since: Option<Ms>,
    /// It comes and goes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub flapping: bool,
    /// It ends because its rule or node is no longer looked at, not because it is good.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dropped: bool,
}

/// A change of one track; what is kept as a transition.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which track.
    pub key: Key,
    /// How it stood; `None` for the first.
    pub from: Option<State>,
    /// How it stands from now on.
    pub to: State,
    /// When it was concluded.
    pub at: Ms,
    /// What it rests on.
    pub basis: Basis,
}

/// One rule at one node.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// How it stands.
    pub state: State,
    /// Since when it is bad; of a calm one without meaning.
    pub since: Ms,
    /// Since when it is good again, while it eases.
    pub good_since: Option<Ms>,
    /// Id of its own alert, while it has one.
    pub alert: Option<String>,
    /// When its own alerts began or came back, the newest last.
    pub flips: Vec<Ms>,
    /// When its own alert was last over.
    pub cleared: Option<Ms>,
}

/// All tracks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    tracks: BTreeMap<Key, Track>,
}

impl Memory {
    /// How a rule at a node stands; `None` when nothing was ever found.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Track> {
        self.tracks.get(key)
    }

    /// All tracks, by key.
    pub fn tracks(&self) -> impl Iterator<Item = (&Key, &Track)> {
        self.tracks.iter()
    }

    /// Takes in a step that was kept.
    pub fn apply(&mut self, step: &Step) {
        let track = self.tracks.entry(step.key.clone()).or_insert_with(|| Track {
            state: State::Calm,
            since: step.basis.since,
            good_since: None,
            alert: None,
            flips: Vec::new(),
            cleared: None,
        });
        let own = track.alert.is_some();
        match &step.to {
            State::Calm => {
                if own {
                    track.cleared = Some(step.at);
                }
                track.alert = None;
            }
            State::Pending | State::Effect(_) => {
                track.since = step.basis.since;
                track.alert = None;
            }
            State::Raised(_) => {
                if !matches!(track.state, State::Raised(_)) {
                    track.flips.push(step.at);
                    let extra = track.flips.len().saturating_sub(FLIPS);
                    track.flips.drain(..extra);
                }
                track.since = step.basis.since;
                track.alert.clone_from(&step.basis.id);
            }
            State::Easing(_) => {}
        }
        track.good_since = step.basis.good_since.filter(|_| matches!(step.to, State::Easing(_)));
        track.state = step.to.clone();
    }
}
