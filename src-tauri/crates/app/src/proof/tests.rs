//! Through the store: rounds of the poller that answer, fail or never come, and what is concluded from what was kept.

use super::{
    bars::{BarsInForce, Shipped},
    book::current,
    history::Known,
    measures::{self, ClosedSums},
};
use proptest::prelude::*;
use pvhcc_domain::{
    bars::Bars,
    observation::{ApiMeasure, LATENCY_BOUNDS_MS, SourceId},
    proof::{FileHealth, Lack, Need, ProofState, Verdict, Window, judge},
    time::{ManualClock, Ms},
};
use pvhcc_store::{Observed, Round, RoundOutcome, Store};
use std::{collections::BTreeMap, sync::Arc};

const START: Ms = Ms(1_780_038_000_000);
const BUCKET: i64 = 300_000;
const LIMIT: i64 = 180_000;
const API: &str = "dvcqg.01";

/// What happens in five minutes.
#[derive(Debug, Clone)]
enum Turn {
    /// The gateway answers with the last bucket: successes and failures.
    Answers(u64, u64),
    /// It answers with nothing.
    AnswersEmpty,
    /// The poll fails.
    Fails,
    /// The PC sleeps: nobody asks.
    Sleeps,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        4 => (0..60_u64, 0..6_u64).prop_map(|(ok, bad)| Turn::Answers(ok, bad)),
        1 => Just(Turn::AnswersEmpty),
        2 => Just(Turn::Fails),
        2 => Just(Turn::Sleeps),
    ]
}

fn bucket(from: Ms, ok: u64, bad: u64) -> ApiMeasure {
    let mut latency = vec![0; LATENCY_BOUNDS_MS.len() + 1];
    latency[2] = ok + bad;
    ApiMeasure {
        api: API.into(),
        from,
        ok,
        client_error: 0,
        server_error: bad,
        timeout: 0,
        latency,
        last_error: None,
    }
}

fn round(at: Ms, outcome: RoundOutcome, rows: Vec<ApiMeasure>) -> Round {
    let failed = matches!(outcome, RoundOutcome::Failed { .. });
    Round {
        source: SourceId::GatewayApis,
        as_of: (!failed).then_some(at),
        fetched_at: at,
        outcome,
        payload_sha256: None,
        payload: if failed { Observed::Nothing } else { Observed::Apis(rows) },
        quarantined: Vec::new(),
        next_due: None,
        etag: None,
    }
}

fn bars(window: Window) -> BarsInForce {
    let mut shipped = Bars::builtin(&|_| true).expect("shipped bars");
    shipped.default.window = window;
    BarsInForce::new(Arc::new(Shipped { bars: shipped, flows: BTreeMap::new() }), &[], START)
}

async fn verdict(store: &Store, closed: &mut ClosedSums, bars: &BarsInForce, now: Ms) -> Verdict {
    let source =
        store.source_states().await.expect("states").remove(&SourceId::GatewayApis).unwrap_or_default();
    let key = measures::Key {
        to: source.last_ok_as_of,
        fetched: source.last_ok_fetched,
        known: Some(Known::since(Ms(0))),
        farthest: 90,
        bars: bars.clone(),
    };
    let words = measures::read(store, closed, &key, [API].into_iter()).await.expect("measures");
    let fresh = current(&source, LIMIT, now);
    let word = |api: &str| words.word(api, bars.of(api), fresh);
    judge(&Need::Api(API.into()), &[], &word, &|_| FileHealth::Sound)
}

async fn play(turns: &[Turn], window: Window) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("folder");
    let clock = ManualClock::new(START);
    let (store, _) = Store::open(folder.path(), Arc::new(clock.clone())).await.expect("opens");
    let bars = bars(window);
    let mut closed = ClosedSums::default();
    for (i, turn) in turns.iter().enumerate() {
        let now = START.plus((i as i64 + 1) * BUCKET);
        let rows = match turn {
            Turn::Answers(ok, bad) => vec![bucket(now.plus(-BUCKET), *ok, *bad)],
            _ => Vec::new(),
        };
        match turn {
            Turn::Sleeps => {}
            Turn::Fails => {
                let outcome = RoundOutcome::Failed { kind: "timeout".into(), detail: String::new() };
                store.record_round(&round(now, outcome, rows)).await.expect("kept");
            }
            Turn::Answers(..) | Turn::AnswersEmpty => {
                store.record_round(&round(now, RoundOutcome::Fresh, rows)).await.expect("kept");
            }
        }
        let seen = verdict(&store, &mut closed, &bars, now).await;
        if matches!(turn, Turn::Fails | Turn::Sleeps) {
            prop_assert_eq!(seen.state, ProofState::Unobserved, "nobody sees it now");
            prop_assert_eq!(seen.lack(), Some(Lack::Silence));
        }
        // Only calls that failed and were measured make a failure, and only an answer brings it.
        if seen.state == ProofState::Failed {
            let bad = |turn: &Turn| matches!(turn, Turn::Answers(_, bad) if *bad > 0);
            prop_assert!(turns[..=i].iter().any(bad), "it fails without a single failed call");
        }
        // The window moved on turn by turn is the window read anew.
        let anew = verdict(&store, &mut ClosedSums::default(), &bars, now).await;
        prop_assert_eq!(seen, anew);
    }
    // The tail is dropped: asked much later, nothing new has come, and nothing has failed.
    let later = START.plus((turns.len() as i64 + 1) * BUCKET + LIMIT + 1);
    let seen = verdict(&store, &mut closed, &bars, later).await;
    prop_assert_eq!(seen.state, ProofState::Unobserved);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_proof_never_fails_for_want_of_observations(
        turns in prop::collection::vec(turn(), 1..50),
        days in any::<bool>(),
    ) {
        let window = if days { Window::Days(1) } else { Window::Calls(100) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(play(&turns, window))?;
    }
}
