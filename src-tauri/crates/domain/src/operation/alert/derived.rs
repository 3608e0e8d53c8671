//! Measures of a node that others give (`[[derived]]` of `assets/operation/dependencies.toml`): two slow Logins are one slow
//! sign-in; an answer of today with the data of an hour ago is an old one.

use super::{DataError, Graph};
use crate::operation::signal::{Metric, Signal};
use serde::Deserialize;
use std::cmp::Ordering;

/// Which of several values counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Take {
    Least,
    Greatest,
}

impl Take {
    /// The one that counts, as of the newest of them.
    fn among<'a>(self, signals: impl Iterator<Item = &'a Signal>) -> Option<Signal> {
        signals.cloned().reduce(|a, b| {
            let as_of = a.as_of.max(b.as_of);
            let first = match (self, a.value.partial_cmp(&b.value)) {
                (Self::Least, order) => order != Some(Ordering::Greater),
                (Self::Greatest, order) => order != Some(Ordering::Less),
            };
            Signal { as_of, ..if first { a } else { b } }
        })
    }
}

/// One derived measure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Derived {
    node: String,
    metric: Metric,
    of: Vec<String>,
    take: Take,
    own: Option<Take>,
}

impl Derived {
    pub(super) fn check(&self, file: &str, known: impl Fn(&str) -> bool) -> Result<(), DataError> {
        match std::iter::once(&self.node).chain(&self.of).find(|id| !known(id)) {
            Some(id) => Err(DataError::Unknown {
                file: file.to_owned(),
                place: format!("derived {}", self.node),
                what: "node",
                id: id.clone(),
            }),
            None => Ok(()),
        }
    }

    /// The signal, in place of the node's own. `None` when there is nothing to derive it from.
    fn signal(&self, signals: &[Signal]) -> Option<Signal> {
        let observed = |pattern: &str| -> Vec<&Signal> {
            let named = |signal: &&Signal| match pattern.strip_suffix('*') {
                Some(prefix) => signal.node.starts_with(prefix),
                None => signal.node == pattern,
            };
            let measured = |signal: &&Signal| signal.metric == self.metric && signal.value.is_some();
            signals.iter().filter(measured).filter(named).collect()
        };
        let mut found = Vec::new();
        for pattern in &self.of {
            let of = observed(pattern);
            // Of all, where each is named.
            if of.is_empty() && !pattern.ends_with('*') {
                found.clear();
                break;
            }
            found.extend(of);
        }
        let others = self.take.among(found.into_iter());
        let all = match self.own {
            Some(take) => take.among(others.iter().chain(observed(&self.node))),
            None => others,
        };
        all.map(|signal| Signal { node: self.node.clone(), ..signal })
    }
}

impl Graph {
    /// The signals with what is derived from them.
    #[must_use]
    pub fn derive(&self, mut signals: Vec<Signal>) -> Vec<Signal> {
        let made: Vec<Signal> = self.derived().iter().filter_map(|d| d.signal(&signals)).collect();
        signals.retain(|s| !made.iter().any(|m| m.node == s.node && m.metric == s.metric));
        signals.extend(made);
        signals
    }
}
