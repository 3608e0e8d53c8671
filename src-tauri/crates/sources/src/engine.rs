//! The manners of asking one host: breaker, waits that it asked for, retry with jitter within a budget.
//!
//! Knows no contract: what to send is a closure. Waiting is real time (tokio), moments shown are the domain clock's.

use crate::{
    breaker::{Breaker, BreakerPolicy},
    budget::Budget,
    error::{FailureKind, FetchError},
    retry::RetryPolicy,
};
use pvhcc_domain::time::SharedClock;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// All policies of one host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// Attempts and waits.
    pub retry: RetryPolicy,
    /// Circuit breaker.
    pub breaker: BreakerPolicy,
}

/// Retries saved up at most.
const SAVED_RETRIES: u32 = 10;
/// Renewals of token or session at once.
const SAVED_RENEWALS: u32 = 2;
/// For how long a good answer of another route speaks for the host.
const RECENT: Duration = Duration::from_secs(300);

#[derive(Debug)]
pub(crate) struct Engine {
    policy: Policy,
    clock: SharedClock,
    start: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    breaker: Breaker,
    retries: Budget,
    renewals: Budget,
    not_before: Option<Instant>,
    last_ok: HashMap<String, Instant>,
}

impl Engine {
    pub(crate) fn new(policy: Policy, clock: SharedClock) -> Self {
        let state = State {
            breaker: Breaker::new(policy.breaker),
            retries: Budget::retries(SAVED_RETRIES),
            renewals: Budget::renewals(SAVED_RENEWALS),
            not_before: None,
            last_ok: HashMap::new(),
        };
        Self { policy, clock, start: Instant::now(), state: Mutex::new(state) }
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.clock
    }

    /// Sends one planned request, and repeats it where that may help and the budget allows.
    pub(crate) async fn run<T, F>(&self, route: &str, mut send: impl FnMut() -> F) -> Result<T, FetchError>
    where
        F: Future<Output = Result<T, FetchError>>,
    {
        let mut failed = 0;
        loop {
            self.admit(route, failed == 0)?;
            let result = send().await;
            self.note(route, &result);
            let error = match result {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            failed += 1;
            let wait = match error.retry_after {
                Some(wait) if wait > self.policy.retry.longest_wait => return Err(error),
                Some(wait) => wait,
                None => self.policy.retry.backoff(failed, rand::random()),
            };
            let again = error.kind.is_transient() && failed < self.policy.retry.attempts;
            if !again || !self.lock().retries.take() {
                return Err(error);
            }
            tracing::debug!(route, failed, ?wait, kind = error.kind.code(), "trying again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Takes one renewal of token or session out of their budget.
    pub(crate) fn renewal(&self, route: &str) -> Result<(), FetchError> {
        if self.lock().renewals.take() {
            return Ok(());
        }
        Err(FetchError::new(FailureKind::BudgetSpent, route, "token or session was renewed too often"))
    }

    /// Whether another route of this host answered well lately.
    pub(crate) fn others_work(&self, route: &str) -> bool {
        let now = Instant::now();
        self.lock().last_ok.iter().any(|(name, at)| name != route && now.duration_since(*at) < RECENT)
    }

    fn admit(&self, route: &str, planned: bool) -> Result<(), FetchError> {
        let now = Instant::now();
        let mut state = self.lock();
        if let Some(wait) =
            state.not_before.and_then(|t| t.checked_duration_since(now)).filter(|w| !w.is_zero())
        {
            let mut error = FetchError::new(
                FailureKind::RateLimited { retry_after: Some(wait) },
                route,
                "not sent: the wait that the host asked for is not over",
            );
            error.retry_after = Some(wait);
            return Err(error);
        }
        let elapsed = now.duration_since(self.start);
        if let Err(until) = state.breaker.admit(elapsed) {
            let wait = until.saturating_sub(elapsed);
            let until = self.clock.now().plus(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
            let mut error = FetchError::new(
                FailureKind::BreakerOpen { until },
                route,
                "not sent: the host failed too often",
            );
            error.retry_after = Some(wait);
            return Err(error);
        }
        if planned {
            state.retries.planned();
            state.renewals.planned();
        }
        Ok(())
    }

    fn note<T>(&self, route: &str, result: &Result<T, FetchError>) {
        let now = Instant::now();
        let mut state = self.lock();
        match result {
            Ok(_) => {
                state.breaker.succeeded();
                state.last_ok.insert(route.to_owned(), now);
            }
            Err(e) => {
                if e.kind.is_host_failure() {
                    state.breaker.failed(now.duration_since(self.start));
                } else {
                    state.breaker.succeeded();
                }
                if let Some(wait) = e.retry_after {
                    let until = now + wait;
                    state.not_before = Some(state.not_before.map_or(until, |t| t.max(until)));
                }
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pvhcc_domain::time::{ManualClock, Ms};
    use std::{cell::Cell, sync::Arc};

    fn engine() -> Engine {
        Engine::new(Policy::default(), Arc::new(ManualClock::new(Ms(0))))
    }

    fn fail(kind: FailureKind) -> FetchError {
        FetchError::new(kind, "/r", "")
    }

    fn rate_limited(wait: Duration) -> FetchError {
        let mut e = fail(FailureKind::RateLimited { retry_after: Some(wait) });
        e.retry_after = Some(wait);
        e
    }

    async fn earn(engine: &Engine, requests: u32) {
        for _ in 0..requests {
            engine.run("/r", || async { Ok(()) }).await.expect("good");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_wait_asked_for_is_kept_to_the_second_before_the_retry() {
        let engine = engine();
        earn(&engine, 10).await;
        let (sent, start) = (Cell::new(Vec::new()), Instant::now());
        engine
            .run("/r", || {
                let mut at = sent.take();
                at.push(start.elapsed());
                let first = at.len() == 1;
                sent.set(at);
                async move { if first { Err(rate_limited(Duration::from_secs(3))) } else { Ok(()) } }
            })
            .await
            .expect("good after the wait");
        let sent = sent.take();
        assert_eq!(sent.len(), 2);
        assert!(sent[1] >= Duration::from_secs(3) && sent[1] < Duration::from_millis(3100), "{sent:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_sent_on_any_route_before_a_long_wait_is_over() {
        let engine = engine();
        earn(&engine, 10).await;
        let sent = Cell::new(0);
        let ask = |route: &'static str| {
            engine.run(route, || {
                sent.set(sent.get() + 1);
                async { Err::<(), _>(rate_limited(Duration::from_secs(60))) }
            })
        };
        assert!(ask("/a").await.is_err());
        tokio::time::advance(Duration::from_millis(59_990)).await;
        let early = ask("/b").await.expect_err("too early");
        assert!(matches!(early.kind, FailureKind::RateLimited { .. }));
        assert_eq!(sent.get(), 1);
        tokio::time::advance(Duration::from_millis(11)).await;
        assert!(ask("/b").await.is_err());
        assert_eq!(sent.get(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_breaker_sends_nothing_and_says_until_when() {
        let engine = engine();
        for _ in 0..5 {
            let _ = engine.run("/r", || async { Err::<(), _>(fail(FailureKind::Timeout)) }).await;
        }
        let sent = Cell::new(0);
        let error = engine
            .run("/r", || {
                sent.set(sent.get() + 1);
                async { Ok(()) }
            })
            .await
            .expect_err("open");
        assert!(
            matches!(error.kind, FailureKind::BreakerOpen { until } if until.0 > 29_000 && until.0 <= 30_000)
        );
        assert_eq!(sent.get(), 0);
        tokio::time::advance(Duration::from_secs(31)).await;
        assert!(engine.run("/r", || async { Ok(()) }).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_wrong_answer_is_not_asked_for_again() {
        let engine = engine();
        earn(&engine, 20).await;
        for kind in
            [FailureKind::BadEnvelope, FailureKind::Forbidden, FailureKind::TooLarge, FailureKind::Redirect]
        {
            let sent = Cell::new(0);
            let _ = engine
                .run("/r", || {
                    sent.set(sent.get() + 1);
                    let kind = kind.clone();
                    async move { Err::<(), _>(fail(kind)) }
                })
                .await;
            assert_eq!(sent.get(), 1, "{kind:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_fails_requests_stay_within_110_percent_of_the_plan(
            faults in proptest::collection::vec(0_u8..5, 1..300)
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time().start_paused(true).build().expect("runtime");
            let (sent, planned) = runtime.block_on(async {
                let (engine, sent) = (engine(), Cell::new(0_usize));
                for fault in &faults {
                    let _ = engine.run("/r", || {
                        sent.set(sent.get() + 1);
                        async move {
                            match fault {
                                0 => Err(fail(FailureKind::Timeout)),
                                1 => Err(fail(FailureKind::Server(500))),
                                2 => Err(rate_limited(Duration::from_secs(2))),
                                3 => Err(fail(FailureKind::Reset)),
                                _ => Ok(()),
                            }
                        }
                    }).await;
                }
                (sent.get(), faults.len())
            });
            prop_assert!(sent * 10 <= planned * 11, "{sent} sent of {planned} planned");
        }
    }
}
