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

/// The schedule of one source: the first run is due at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    interval: Duration,
    last: Option<Ms>,
    due: Option<Ms>,
}

impl Schedule {
    /// Never ran.
    #[must_use]
    pub fn new(interval: Duration) -> Self {
        Self { interval, last: None, due: None }
    }

    /// Whether to run at `now`. If the clock was turned back behind the last run it is due at once, or it would
    /// stay silent until the clock has caught up.
    #[must_use]
    pub fn is_due(&self, now: Ms) -> bool {
        self.due.is_none_or(|due| now >= due) || self.last.is_some_and(|last| now < last)
    }

    /// Makes it due at once.
    pub fn run_now(&mut self) {
        self.due = None;
    }

    /// A run ended at `now`; see [`next_due`].
    pub fn ran(&mut self, now: Ms, retry_after: Option<Duration>, chance: f64) {
        self.last = Some(now);
        self.due = Some(next_due(now, self.interval, retry_after, chance));
    }

    /// The next moment; `None` is at once.
    #[must_use]
    pub fn due(&self) -> Option<Ms> {
        self.due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn the_first_run_and_run_now_are_immediate() {
        let mut s = Schedule::new(MINUTE);
        assert!(s.is_due(Ms(0)));
        s.ran(Ms(0), None, 0.5);
        assert!(!s.is_due(Ms(59_999)));
        assert!(s.is_due(Ms(60_000)));
        s.run_now();
        assert!(s.is_due(Ms(1)));
    }

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

    #[test]
    fn a_clock_turned_back_does_not_silence_the_source() {
        let mut s = Schedule::new(MINUTE);
        s.ran(Ms(10_000_000), None, 0.5);
        assert!(s.is_due(Ms(5_000_000)));
    }
}
