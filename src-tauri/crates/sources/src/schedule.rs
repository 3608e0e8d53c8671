//! When a source is asked next. Pure: moment and chance come from the caller.

use pvhcc_domain::time::Ms;
use std::time::Duration;

/// Jitter as a share of the interval, to either side, so that seats do not ask in step.
pub const JITTER: f64 = 0.1;

/// The next moment after a run at `now`: the interval ± 10 %, never before what the host asked for.
/// `chance` in 0..1.
#[must_use]
pub fn next_due(now: Ms, interval: Duration, retry_after: Option<Duration>, chance: f64) -> Ms {
    let spread = 1.0 + JITTER * (2.0 * chance.clamp(0.0, 1.0) - 1.0);
    let wait = interval.mul_f64(spread).max(retry_after.unwrap_or_default());
    now.plus(millis(wait))
}

fn millis(d: Duration) -> i64 {
    i64::try_from(d.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn jitter_is_a_tenth_to_either_side() {
        assert_eq!(next_due(Ms(0), MINUTE, None, 0.0), Ms(54_000));
        assert_eq!(next_due(Ms(0), MINUTE, None, 1.0), Ms(66_000));
    }

    #[test]
    fn a_longer_wait_asked_for_by_the_host_is_kept() {
        assert_eq!(next_due(Ms(0), MINUTE, Some(MINUTE * 10), 0.0), Ms(600_000));
        assert_eq!(next_due(Ms(0), MINUTE, Some(Duration::from_secs(1)), 0.5), Ms(60_000));
    }
}
