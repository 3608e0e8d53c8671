//! Circuit breaker of one host: after failures in a row nothing is sent for a while, then one request tries.
//!
//! Pure: moments are durations since any fixed start, given by the caller.

use std::time::Duration;

/// When to open and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerPolicy {
    /// Failures in a row that open it; at least 1.
    pub failures: u32,
    /// First pause; doubles with each failed try.
    pub pause: Duration,
    /// Longest pause.
    pub longest_pause: Duration,
    /// After this a try that never reported (given up by its caller) no longer blocks the next.
    pub forget_try: Duration,
}

impl Default for BreakerPolicy {
    fn default() -> Self {
        Self {
            failures: 5,
            pause: Duration::from_secs(30),
            longest_pause: Duration::from_secs(300),
            forget_try: Duration::from_secs(60),
        }
    }
}

/// How a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// Requests pass.
    Closed {
        /// Failures in a row so far.
        failures: u32,
    },
    /// Nothing is sent until then.
    Open {
        /// End of the pause.
        until: Duration,
        /// Length of the pause.
        pause: Duration,
    },
    /// One request is trying.
    HalfOpen {
        /// When it was let through.
        since: Duration,
        /// Length of the pause before it.
        pause: Duration,
    },
}

/// The breaker.
#[derive(Debug, Clone, Copy)]
pub struct Breaker {
    policy: BreakerPolicy,
    state: BreakerState,
}

impl Breaker {
    /// Closed.
    #[must_use]
    pub fn new(policy: BreakerPolicy) -> Self {
        Self { policy, state: BreakerState::Closed { failures: 0 } }
    }

    /// Present state.
    #[must_use]
    pub fn state(&self) -> BreakerState {
        self.state
    }

    /// Asks to send at `now`.
    ///
    /// # Errors
    /// The moment from which it is worth asking again.
    pub fn admit(&mut self, now: Duration) -> Result<(), Duration> {
        match self.state {
            BreakerState::Closed { .. } => Ok(()),
            BreakerState::Open { until, .. } if now < until => Err(until),
            BreakerState::Open { pause, .. } => {
                self.state = BreakerState::HalfOpen { since: now, pause };
                Ok(())
            }
            BreakerState::HalfOpen { since, pause } => {
                let free = since + self.policy.forget_try;
                if now < free {
                    return Err(free);
                }
                self.state = BreakerState::HalfOpen { since: now, pause };
                Ok(())
            }
        }
    }

    /// The host answered.
    pub fn succeeded(&mut self) {
        self.state = BreakerState::Closed { failures: 0 };
    }

    /// The host failed at `now`. A late failure of a request sent before the breaker opened changes nothing.
    pub fn failed(&mut self, now: Duration) {
        self.state = match self.state {
            BreakerState::Closed { failures } if failures + 1 < self.policy.failures => {
                BreakerState::Closed { failures: failures + 1 }
            }
            BreakerState::Closed { .. } => {
                BreakerState::Open { until: now + self.policy.pause, pause: self.policy.pause }
            }
            BreakerState::HalfOpen { pause, .. } => {
                let pause = (pause * 2).min(self.policy.longest_pause);
                BreakerState::Open { until: now + pause, pause }
            }
            open @ BreakerState::Open { .. } => open,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn it_opens_at_the_fifth_failure_and_lets_one_try_after_the_pause() {
        let mut b = Breaker::new(BreakerPolicy::default());
        (0..4).for_each(|_| b.failed(S(0)));
        assert_eq!(b.admit(S(0)), Ok(()));
        b.failed(S(0));
        assert_eq!(b.admit(S(29)), Err(S(30)));
        assert_eq!(b.admit(S(30)), Ok(()));
        assert_eq!(b.admit(S(31)), Err(S(90)), "the second waits for the first");
        b.failed(S(32));
        assert_eq!(b.admit(S(91)), Err(S(92)), "the pause has doubled");
        assert_eq!(b.admit(S(92)), Ok(()));
        b.succeeded();
        assert_eq!(b.state(), BreakerState::Closed { failures: 0 });
    }

    #[test]
    fn a_try_that_never_reports_does_not_block_for_ever() {
        let mut b = Breaker::new(BreakerPolicy { failures: 1, ..BreakerPolicy::default() });
        b.failed(S(0));
        assert_eq!(b.admit(S(30)), Ok(()));
        assert_eq!(b.admit(S(90)), Ok(()));
    }

    proptest! {
        /// Against a model that only counts: closed admits all, open none before its end, half-open one at a time.
        #[test]
        fn no_order_of_events_breaks_the_rules(events in proptest::collection::vec((0_u8..3, 0_u64..40), 1..200)) {
            let policy = BreakerPolicy::default();
            let (mut b, mut now, mut in_a_row) = (Breaker::new(policy), S(0), 0_u32);
            for (event, wait) in events {
                now += S(wait);
                let before = b.state();
                match event {
                    0 => {
                        let admitted = b.admit(now);
                        match before {
                            BreakerState::Closed { .. } => prop_assert_eq!(admitted, Ok(())),
                            BreakerState::Open { until, .. } => prop_assert_eq!(admitted.is_ok(), now >= until),
                            BreakerState::HalfOpen { since, .. } => {
                                prop_assert_eq!(admitted.is_ok(), now >= since + policy.forget_try);
                            }
                        }
                        if let Err(until) = admitted {
                            prop_assert!(until > now);
                        }
                    }
                    1 => { b.succeeded(); in_a_row = 0; }
                    _ => { b.failed(now); in_a_row += 1; }
                }
                match b.state() {
                    BreakerState::Closed { failures } => {
                        prop_assert!(failures < policy.failures);
                        prop_assert_eq!(failures, in_a_row);
                    }
                    BreakerState::Open { pause, until } => {
                        prop_assert!(in_a_row >= policy.failures);
                        prop_assert!(pause >= policy.pause && pause <= policy.longest_pause);
                        prop_assert!(until <= now + policy.longest_pause);
                    }
                    BreakerState::HalfOpen { .. } => prop_assert!(in_a_row >= policy.failures),
                }
            }
        }
    }
}
