//! Machine conditions: a measured value compared with another, for long enough. What was not observed meets none.

use crate::{
    operation::signal::{Metric, Signal},
    time::Ms,
};
use serde::{Deserialize, Serialize};

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// Above.
    #[serde(rename = ">")]
    Above,
    /// Below.
    #[serde(rename = "<")]
    Below,
}

impl Compare {
    /// All.
    pub const ALL: [Self; 4] = [Self::AtLeast, Self::AtMost, Self::Above, Self::Below];

    /// `value` against `bound`.
    #[must_use]
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::AtLeast => value >= bound,
            Self::AtMost => value <= bound,
            Self::Above => value > bound,
            Self::Below => value < bound,
        }
    }
}

/// A figure counted over many nodes, which is no signal of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// APIs of the checklist that reach their bar now.
    ApisProved,
    /// APIs of the checklist measured below their bar.
    ApisFailed,
    /// APIs of the checklist of which nothing is observed.
    ApisUnobserved,
    /// Obstacles not out of the way.
    ObstaclesOpen,
}

impl Figure {
    /// All.
    pub const ALL: [Self; 4] =
        [Self::ApisProved, Self::ApisFailed, Self::ApisUnobserved, Self::ObstaclesOpen];
}

/// What a condition reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured<'a> {
    /// One metric of one node.
    Signal(&'a str, Metric),
    /// A figure.
    Figure(Figure),
}

/// A condition over what is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Id of the node; with `metric`.
    #[serde(default)]
    pub node: Option<String>,
    /// What is measured of it.
    #[serde(default)]
    pub metric: Option<Metric>,
    /// Or a figure.
    #[serde(default)]
    pub figure: Option<Figure>,
    /// How it is compared.
    pub is: Compare,
    /// With what.
    pub value: f64,
    /// For how long without a break, minutes; 0 is at this moment.
    #[serde(default)]
    pub minutes: i64,
}

/// What a condition shows at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The comparison holds.
    Holds,
    /// It does not.
    Fails,
    /// Nothing is observed.
    Unobserved,
}

impl Seen {
    /// The name kept in transitions.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unobserved => "unobserved",
        }
    }

    /// Reads [`Seen::as_str`] back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Holds, Self::Fails, Self::Unobserved].into_iter().find(|s| s.as_str() == text)
    }
}

/// What a condition shows, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// What it shows.
    pub seen: Seen,
    /// Since when.
    pub since: Ms,
    /// Since when it has held without ever being seen not to: what was not observed in between does not break this.
    pub held_since: Option<Ms>,
}

impl Watched {
    /// Nothing was looked at yet.
    #[must_use]
    pub fn unseen(at: Ms) -> Self {
        Self { seen: Seen::Unobserved, since: at, held_since: None }
    }

    /// After `seen` at `at`.
    #[must_use]
    pub fn then(self, seen: Seen, at: Ms) -> Self {
        let since = if seen == self.seen { self.since } else { at };
        let held_since = match seen {
            Seen::Holds => self.held_since.or(Some(at)),
            Seen::Unobserved => self.held_since,
            Seen::Fails => None,
        };
        Self { seen, since, held_since }
    }

    /// Whether a need or criterion is met at `now`: it holds, and has been seen to for long enough without a gap.
    #[must_use]
    pub fn met(self, condition: &Condition, now: Ms) -> bool {
        self.seen == Seen::Holds && now.0 - self.since.0 >= condition.length()
    }
}

impl Condition {
    /// What it reads; none for a condition that names neither, which no runbook has once it was read.
    #[must_use]
    pub fn measured(&self) -> Option<Measured<'_>> {
        match (&self.node, self.metric, self.figure) {
            (Some(node), Some(metric), None) => Some(Measured::Signal(node, metric)),
            (None, None, Some(figure)) => Some(Measured::Figure(figure)),
            _ => None,
        }
    }

    /// How long it must hold, ms.
    #[must_use]
    pub fn length(&self) -> i64 {
        self.minutes * 60_000
    }

    /// Its value now; `figure` tells figures.
    #[must_use]
    pub fn value_of(&self, signals: &[Signal], figure: &dyn Fn(Figure) -> Option<f64>) -> Option<f64> {
        match self.measured()? {
            Measured::Signal(node, metric) => {
                signals.iter().find(|s| s.node == node && s.metric == metric)?.value
            }
            Measured::Figure(id) => figure(id),
        }
        .filter(|value| value.is_finite())
    }

    /// What it shows of a value.
    #[must_use]
    pub fn seen(&self, value: Option<f64>) -> Seen {
        match value {
            None => Seen::Unobserved,
            Some(value) if self.is.holds(value, self.value) => Seen::Holds,
            Some(_) => Seen::Fails,
        }
    }

    /// What identifies it among conditions: two that ask the same are watched as one.
    #[must_use]
    pub fn key(&self) -> String {
        let of = match self.measured() {
            Some(Measured::Signal(node, metric)) => format!("{node}/{}", name(&metric)),
            Some(Measured::Figure(figure)) => name(&figure),
            None => String::new(),
        };
        format!("{of} {} {}", name(&self.is), self.value)
    }
}

/// The name serde gives.
fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
