//! The manners of asking one host: breaker, waits that it asked for, retry with jitter within a budget.
//!
//! Knows no contract: what to send is a closure. Pauses pass in real time (tokio), and by the clock where time is played;
//! moments shown are the domain clock's.

use crate::{
    breaker::{Breaker, BreakerPolicy},
    budget::Budget,
    error::{FailureKind, FetchError},
    retry::RetryPolicy,
};
use pvhcc_domain::time::{Ms, SharedClock};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Retries saved up at most.
const SAVED_RETRIES: u32 = 10;
/// Renewals of token or session at once.
const SAVED_RENEWALS: u32 = 2;
/// For how long a good answer of another route speaks for the host.
const RECENT: Duration = Duration::from_secs(300);

#[derive(Debug)]
pub(crate) struct Engine {
    retry: RetryPolicy,
    clock: SharedClock,
    start: (Instant, Ms),
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    breaker: Breaker,
    retries: Budget,
    renewals: Budget,
    not_before: Option<Duration>,
    last_ok: HashMap<String, Duration>,
}

impl Engine {
    pub(crate) fn new(clock: SharedClock) -> Self {
        let state = State {
            breaker: Breaker::new(BreakerPolicy::default()),
            retries: Budget::retries(SAVED_RETRIES),
            renewals: Budget::renewals(SAVED_RENEWALS),
            not_before: None,
            last_ok: HashMap::new(),
        };
        let start = (Instant::now(), clock.now());
        Self { retry: RetryPolicy::default(), clock, start, state: Mutex::new(state) }
    }

    /// Time since the start, by which pauses pass.
    fn elapsed(&self) -> Duration {
        let (real, played) = self.start;
        if self.clock.is_played() {
            Duration::from_millis(u64::try_from(self.clock.now().0 - played.0).unwrap_or(0))
        } else {
            real.elapsed()
        }
    }

    /// Waits before trying again. Where time stands the wait is real, or it would never end.
    async fn wait(&self, wait: Duration) {
        let faster = self.clock.speed().max(1.0);
        tokio::time::sleep(wait.div_f64(faster)).await;
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
                Some(wait) if wait > self.retry.longest_wait => return Err(error),
                Some(wait) => wait,
                None => self.retry.backoff(failed, rand::random()),
            };
            let again = error.kind.is_transient() && failed < self.retry.attempts;
            if !again || !self.lock().retries.take() {
                return Err(error);
            }
            tracing::debug!(route, failed, ?wait, kind = error.kind.code(), "trying again");
            self.wait(wait).await;
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
        let now = self.elapsed();
        self.lock().last_ok.iter().any(|(name, at)| name != route && now.saturating_sub(*at) < RECENT)
    }

    fn admit(&self, route: &str, planned: bool) -> Result<(), FetchError> {
        let now = self.elapsed();
        let mut state = self.lock();
        if let Some(wait) = state.not_before.and_then(|t| t.checked_sub(now)).filter(|w| !w.is_zero()) {
            let mut error = FetchError::new(
                FailureKind::RateLimited { retry_after: Some(wait) },
                route,
                "not sent: the wait that the host asked for is not over",
            );
            error.retry_after = Some(wait);
            return Err(error);
        }
        if let Err(until) = state.breaker.admit(now) {
            let wait = until.saturating_sub(now);
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
        let now = self.elapsed();
        let mut state = self.lock();
        match result {
            Ok(_) => {
                state.breaker.succeeded();
                state.last_ok.insert(route.to_owned(), now);
            }
            Err(e) => {
                if e.kind.is_host_failure() {
                    state.breaker.failed(now);
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
mod tests;
