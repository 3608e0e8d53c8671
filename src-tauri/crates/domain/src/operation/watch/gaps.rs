//! Spans in which something was not observed.

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
