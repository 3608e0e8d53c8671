//! How fresh what a source said is: a pure table over the last good answer, the start of a failure, and the limit.
//!
//! Knows nothing of transport or screens. Stale or unknown is never painted green (design §5).

use crate::time::Ms;
use serde::{Deserialize, Serialize};

/// How a source stands at a moment. Ages are milliseconds, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Freshness {
    /// The last answer is good and no older than the limit.
    Fresh {
        /// Since the last good answer was fetched.
        age: i64,
    },
    /// The last answer was good but is older than the limit: nobody asked since.
    Stale {
        /// Since the last good answer was fetched.
        age: i64,
    },
    /// The last try failed.
    Failing {
        /// When the first of the failures in a row happened.
        since: Ms,
        /// Since the last good answer was fetched, where there was one.
        age: Option<i64>,
    },
    /// No answer was ever fetched and no try failed.
    NotObserved,
}

/// State at `now` of a source whose last good answer was fetched at `last_ok` and which fails since `failing_since`
/// (`None` when the last try was good). `limit` in milliseconds; an age equal to it is still fresh.
///
/// A last answer from the future (the clock was turned back) is not fresh: its true age is unknown, so it counts as
/// stale with age 0 until the clock has caught up or a new answer comes. One minute of difference is tolerated.
#[must_use]
pub fn freshness(last_ok: Option<Ms>, failing_since: Option<Ms>, limit: i64, now: Ms) -> Freshness {
    const TOLERATED_MS: i64 = 60_000;
    let signed = last_ok.map(|at| now.0.saturating_sub(at.0));
    let age = signed.map(|a| a.max(0));
    if let Some(since) = failing_since {
        return Freshness::Failing { since, age };
    }
    match (signed, age) {
        (Some(signed), Some(age)) if signed >= -TOLERATED_MS && age <= limit => Freshness::Fresh { age },
        (_, Some(age)) => Freshness::Stale { age },
        (_, None) => Freshness::NotObserved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ms = Ms(1_000_000_000);
    const LIMIT: i64 = 180_000;

    fn at(ok_age: Option<i64>, fail_age: Option<i64>) -> Freshness {
        freshness(ok_age.map(|a| NOW.plus(-a)), fail_age.map(|a| NOW.plus(-a)), LIMIT, NOW)
    }

    #[test]
    fn the_table_of_states_holds_at_its_borders() {
        let since = NOW.plus(-5);
        for (ok, fail, expected) in [
            (None, None, Freshness::NotObserved),
            (Some(0), None, Freshness::Fresh { age: 0 }),
            (Some(LIMIT), None, Freshness::Fresh { age: LIMIT }),
            (Some(LIMIT + 1), None, Freshness::Stale { age: LIMIT + 1 }),
            (None, Some(5), Freshness::Failing { since, age: None }),
            (Some(10), Some(5), Freshness::Failing { since, age: Some(10) }),
            (Some(LIMIT + 1), Some(5), Freshness::Failing { since, age: Some(LIMIT + 1) }),
            (Some(-60_000), None, Freshness::Fresh { age: 0 }),
            (Some(-60_001), None, Freshness::Stale { age: 0 }),
        ] {
            assert_eq!(at(ok, fail), expected, "ok {ok:?} ago, failing {fail:?} ago");
        }
    }

    #[test]
    fn extreme_instants_do_not_overflow() {
        assert!(matches!(freshness(Some(Ms(i64::MIN)), None, LIMIT, Ms(i64::MAX)), Freshness::Stale { .. }));
        assert!(matches!(
            freshness(Some(Ms(i64::MAX)), None, LIMIT, Ms(i64::MIN)),
            Freshness::Stale { age: 0 }
        ));
    }
}
