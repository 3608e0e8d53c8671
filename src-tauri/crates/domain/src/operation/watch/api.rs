//! How an API stands by its newest calls, and when that changed.

use super::{CHANCE, Health};
use crate::{
    observation::{ApiMeasure, LATENCY_BOUNDS_MS},
    proof::{BUCKET_MS, Bar, percentile},
    time::Ms,
};

/// Farthest back that calls speak for the present: half an hour.
pub const WINDOW_BUCKETS: i64 = 6;

/// An API at the end of a bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// How it stands.
    pub health: Health,
    /// Start of the calls counted.
    pub from: Ms,
    /// End of the calls counted.
    pub to: Ms,
    /// Calls counted.
    pub calls: u64,
    /// Of these, successful.
    pub ok: u64,
    /// Upper bound of the class with the median, ms; `None` above the last bound or without calls.
    pub p50_ms: Option<u32>,
    /// As that, the 95th percentile.
    pub p95_ms: Option<u32>,
    /// Code of the newest error among the calls counted.
    pub last_error: Option<String>,
    /// One bucket alone held enough calls to say so.
    pub confirmed: bool,
}

impl Seen {
    /// Successes ÷ calls; `None` without calls.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        share(self.ok, self.calls)
    }
}

/// Successes ÷ calls; `None` without calls.
#[must_use]
#[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
pub fn share(ok: u64, calls: u64) -> Option<f64> {
    (calls > 0).then(|| ok as f64 / calls as f64)
}

/// End of the newest bucket that is over at `as_of`, the gateway's own time of its measures.
#[must_use]
pub fn bucket_end(as_of: Ms) -> Ms {
    Ms(as_of.0.div_euclid(BUCKET_MS) * BUCKET_MS)
}

/// An API against its bar at `to`, the end of a bucket. `buckets` are of this API, oldest first. The newest ones count until
/// they hold the calls that the bar asks for and settle how it stands, at most [`WINDOW_BUCKETS`]: a busy API answers within
/// five minutes for itself, a rare one over half an hour.
///
/// Few calls below the bar are no finding while chance alone explains them (less than one in a thousand, by the binomial
/// distribution); then it is [`Health::Unsure`], never good.
#[must_use]
pub fn look(bar: &Bar, buckets: &[ApiMeasure], to: Ms) -> Seen {
    let enough = bar.min_calls.max(1);
    let known = &buckets[..buckets.partition_point(|m| m.from.plus(BUCKET_MS) <= to)];
    let (mut from, mut first, mut calls) = (to, known.len(), 0);
    let mut health = Health::Quiet;
    for _ in 0..WINDOW_BUCKETS {
        from = from.plus(-BUCKET_MS);
        while first > 0 && known[first - 1].from >= from {
            first -= 1;
            calls += known[first].calls();
        }
        health = health_of(bar, &known[first..], calls);
        if calls >= enough && health.is_conclusive() {
            break;
        }
    }
    let counted = &known[first..];
    Seen {
        health,
        from,
        to,
        calls,
        ok: counted.iter().map(|m| m.ok).sum(),
        p50_ms: percentile(counted, 0.5),
        p95_ms: percentile(counted, 0.95),
        last_error: counted.iter().rev().find_map(|m| m.last_error.clone()),
        confirmed: calls >= enough && from == to.plus(-BUCKET_MS),
    }
}

fn health_of(bar: &Bar, counted: &[ApiMeasure], calls: u64) -> Health {
    let ok: u64 = counted.iter().map(|m| m.ok).sum();
    let below = share(ok, calls).is_some_and(|rate| rate < bar.success);
    let late = percentile(counted, 0.95).is_none_or(|p95| p95 > bar.p95_ms);
    match calls {
        0 => Health::Quiet,
        _ if below && no_chance(calls - ok, calls, 1.0 - bar.success) => Health::Failing,
        _ if late && no_chance(slow_calls(counted, bar.p95_ms), calls, 0.05) => Health::Slow,
        _ if below || late => Health::Unsure,
        _ => Health::Good,
    }
}

/// Calls in classes that end above `limit` ms.
fn slow_calls(buckets: &[ApiMeasure], limit: u32) -> u64 {
    let fine = LATENCY_BOUNDS_MS.partition_point(|bound| *bound <= limit);
    buckets.iter().flat_map(|m| m.latency.iter().skip(fine)).sum()
}

/// At least `hits` of `n` calls, where each is one with probability `p`, happen less often than [`CHANCE`].
#[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
fn no_chance(hits: u64, n: u64, p: f64) -> bool {
    if p <= 0.0 {
        return hits > 0;
    }
    // By logarithms: the first terms of many calls are smaller than any number.
    let (mut term, odds) = (n as f64 * (1.0 - p).ln(), (p / (1.0 - p)).ln());
    let mut fewer = 0.0;
    for k in 0..hits {
        fewer += term.exp();
        term += ((n - k) as f64 / (k + 1) as f64).ln() + odds;
    }
    1.0 - fewer < CHANCE
}

/// A state that settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// From then on.
    pub since: Ms,
    /// How it stood.
    pub seen: Seen,
}

/// Changes of an API's state at the ends of buckets in `after..=to`, where it last stood as `last`. A state counts once it
/// held over two buckets with calls, or one bucket alone confirms it; an hour without calls changes nothing.
#[must_use]
pub fn changes(bar: &Bar, buckets: &[ApiMeasure], last: Option<Health>, after: Ms, to: Ms) -> Vec<Change> {
    let (mut stands, mut waiting): (Option<Health>, Option<(Health, Ms)>) = (last, None);
    let mut found = Vec::new();
    let mut end = bucket_end(after);
    while end < to {
        end = end.plus(BUCKET_MS);
        let seen = look(bar, buckets, end);
        let called = buckets.binary_search_by_key(&end.plus(-BUCKET_MS), |m| m.from);
        // A bucket without calls says nothing new.
        if !called.is_ok_and(|at| buckets[at].calls() > 0) {
            continue;
        }
        if !seen.health.is_conclusive() || stands == Some(seen.health) {
            waiting = None;
            continue;
        }
        let first = waiting.filter(|(health, _)| *health == seen.health).map(|(_, since)| since);
        let since = first.unwrap_or(end.plus(-BUCKET_MS));
        if first.is_some() || seen.confirmed {
            stands = Some(seen.health);
            waiting = None;
            found.push(Change { since, seen });
        } else {
            waiting = Some((seen.health, since));
        }
    }
    found
}
