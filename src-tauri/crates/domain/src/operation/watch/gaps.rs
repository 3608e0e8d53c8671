//! Spans in which something was not observed, and measures that stand still while the source goes on answering.

use crate::time::Ms;

/// From an instant to one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its begin.
    pub from: Ms,
    /// Its end, which no longer belongs to it.
    pub to: Ms,
}

/// Where in `from..to` a source was not observed: more than `limit` ms after an answer and before the next one. `answers` are
/// the instants of its good answers in order, the last one before `from` among them where there is one. A machine that slept
/// asked nobody, so its sleep is such a span.
#[must_use]
pub fn gaps(answers: &[Ms], limit: i64, from: Ms, to: Ms) -> Vec<Span> {
    let mut found = Vec::new();
    let mut seen_until = from;
    for answer in answers {
        if *answer >= to {
            break;
        }
        if *answer > seen_until {
            found.push(Span { from: seen_until, to: *answer });
        }
        seen_until = seen_until.max(answer.plus(limit.saturating_add(1)));
    }
    if seen_until < to {
        found.push(Span { from: seen_until, to });
    }
    found
}

/// Buckets without a single call before measures are suspected: a quarter of an hour.
const STILL_BUCKETS: i64 = 3;

/// Of all APIs together not one call is told of for `missing` buckets, where `calls` came in the `buckets` before: too seldom for
/// chance. A source that answers so tells old data with a new date.
#[must_use]
#[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
pub fn stands_still(calls: u64, buckets: i64, missing: i64) -> bool {
    // Calls that come independently of each other stay away for so long with this probability (Poisson).
    let expected = calls as f64 / buckets.max(1) as f64 * missing as f64;
    missing >= STILL_BUCKETS && (-expected).exp() < super::CHANCE
}
