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
    pub(crate) fn new(clock: SharedClock) -> Self {
        let state = State {
            breaker: Breaker::new(BreakerPolicy::default()),
            retries: Budget::retries(SAVED_RETRIES),
            renewals: Budget::renewals(SAVED_RENEWALS),
            not_before: None,
            last_ok: HashMap::new(),
        };
        Self { retry: RetryPolicy::default(), clock, start: Instant::now(), state: Mutex::new(state) }
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
mod tests;
