//! Waits, breaker and budget in paused time.

use super::*;
use proptest::prelude::*;
use pvhcc_domain::time::{Clock, ManualClock, Ms};
use std::{cell::Cell, sync::Arc};

/// Time that is played, as the sandbox's.
#[derive(Debug)]
struct Played(ManualClock);

impl Clock for Played {
    fn now(&self) -> Ms {
        self.0.now()
    }

    fn is_played(&self) -> bool {
        true
    }
}

fn engine() -> Engine {
    Engine::new(Arc::new(ManualClock::new(Ms(0))))
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
async fn where_time_is_played_a_pause_passes_by_it_and_not_by_waiting() {
    let clock = ManualClock::new(Ms(0));
    let engine = Engine::new(Arc::new(Played(clock.clone())));
    for _ in 0..5 {
        let _ = engine.run("/r", || async { Err::<(), _>(fail(FailureKind::Timeout)) }).await;
    }
    tokio::time::advance(Duration::from_secs(31)).await;
    assert!(engine.run("/r", || async { Ok(()) }).await.is_err(), "no time was played");
    clock.set(Ms(31_000));
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
