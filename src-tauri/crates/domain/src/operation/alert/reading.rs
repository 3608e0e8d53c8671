//! What the signals say of a rule at a node: bad, good, in between, or nothing.

use super::{Kind, Limit, Rule, Side};
use crate::{
    operation::signal::{Metric, Signal},
    time::Ms,
};
use std::{cmp::Ordering, collections::BTreeMap};

/// What a signal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Beyond the limit; of an absence not observed.
    Bad,
    /// Between bad and good.
    Between,
    /// On the good side.
    Good,
    /// Nobody can tell.
    Unobserved,
}

/// A signal as a rule reads it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) look: Look,
    /// The value; of a rate the change.
    pub(super) value: Option<f64>,
    pub(super) as_of: Ms,
    pub(super) note: Option<String>,
}

/// The signals of one look, the newest of each last. The order they come in does not matter.
pub(super) struct Readings<'a>(BTreeMap<(&'a str, Metric), Vec<&'a Signal>>);

impl<'a> Readings<'a> {
    pub(super) fn new(signals: &'a [Signal]) -> Self {
        let mut by_node: BTreeMap<(&str, Metric), Vec<&Signal>> = BTreeMap::new();
        for signal in signals {
            by_node.entry((&signal.node, signal.metric)).or_default().push(signal);
        }
        for of in by_node.values_mut() {
            of.sort_by(|a, b| order(a, b));
        }
        Self(by_node)
    }

    /// `None` when nothing was said of it. That something is not observed is true at `now`, whatever moment was last seen.
    pub(super) fn of(&self, rule: &Rule, node: &str, now: Ms) -> Option<Reading> {
        let signals = self.0.get(&(node, rule.metric))?;
        let newest = signals.last()?;
        let value = match rule.kind {
            Kind::Rate => change(signals, rule.window),
            Kind::Threshold | Kind::Duration | Kind::Absence => newest.value,
        };
        let look = match (rule.kind, rule.limit, value) {
            (Kind::Absence, _, None) => Look::Bad,
            (Kind::Absence, _, Some(_)) => Look::Good,
            (_, Some(limit), Some(value)) => judge(limit, value),
            (_, None, _) | (_, _, None) => Look::Unobserved,
        };
        let silent = rule.kind == Kind::Absence && look == Look::Bad;
        let as_of = if silent { now } else { newest.as_of };
        Some(Reading { look, value, as_of, note: newest.note.clone() })
    }
}

/// By moment; of one moment whatever is observed comes after what is not, so that a burst has one meaning in any order.
fn order(a: &Signal, b: &Signal) -> Ordering {
    let value = match (a.value, b.value) {
        (Some(x), Some(y)) => x.total_cmp(&y),
        (x, y) => x.is_some().cmp(&y.is_some()),
    };
    a.as_of.cmp(&b.as_of).then(value).then_with(|| a.note.cmp(&b.note))
}

/// How much the newest value differs from the newest one at least a window older, but not two windows.
fn change(signals: &[&Signal], window: i64) -> Option<f64> {
    let newest = signals.last()?;
    let older = signals.iter().rev().find(|s| s.value.is_some() && newest.as_of.0 - s.as_of.0 >= window)?;
    (newest.as_of.0 - older.as_of.0 < 2 * window).then_some(())?;
    Some(newest.value? - older.value?)
}

fn judge(limit: Limit, value: f64) -> Look {
    let (bad, good) = match limit.side {
        Side::Above => (value > limit.bad, value <= limit.good),
        Side::Below => (value < limit.bad, value >= limit.good),
    };
    match (bad, good) {
        (true, _) => Look::Bad,
        (false, true) => Look::Good,
        (false, false) => Look::Between,
    }
}
