use super::*;
use pvhcc_domain::observation::{GatewayTask, SourceId};
use pvhcc_store::{Observed, Round, RoundOutcome, SourceRow};

const SOURCE: SourceId = SourceId::GatewayTasks;

fn answer(at: Ms, state: TaskStatus) -> Round {
    let row = GatewayTask { no: "17".into(), state, done_on: None, updated_at: START, note: None };
    Round {
        source: SOURCE,
        as_of: Some(at.plus(-500)),
        fetched_at: at,
        outcome: RoundOutcome::Fresh,
        payload_sha256: None,
        payload: Observed::Tasks(vec![row]),
        quarantined: vec![],
        next_due: None,
        etag: None,
    }
}

fn without(round: Round, outcome: RoundOutcome) -> Round {
    Round { outcome, as_of: None, payload: Observed::Nothing, ..round }
}

#[tokio::test]
async fn the_gateways_word_and_its_freshness_are_read_as_they_were() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let at = |minutes: i64| START.plus(minutes * 60_000);
    let failure = || RoundOutcome::Failed { kind: "timeout".into(), detail: "10 s".into() };
    for round in [
        answer(at(10), TaskStatus::InProgress),
        without(answer(at(15), TaskStatus::InProgress), RoundOutcome::NotModified),
        answer(at(20), TaskStatus::Done),
        without(answer(at(30), TaskStatus::Done), failure()),
        without(answer(at(40), TaskStatus::Done), failure()),
    ] {
        store.record_round(&round).await.unwrap();
    }
    let mut seen = Vec::new();
    for minute in [5, 10, 19, 20, 45] {
        seen.push(store.gateway_tasks_at(at(minute)).await.unwrap().get("17").map(|t| t.state));
    }
    let (doing, done) = (Some(TaskStatus::InProgress), Some(TaskStatus::Done));
    assert_eq!(seen, [None, doing, doing, done, done]);

    assert_eq!(store.source_at(SOURCE, at(5)).await.unwrap(), None);
    let row = |fetched: i64, as_of: i64, tried: i64, failing: Option<i64>| SourceRow {
        last_ok_fetched: Some(at(fetched)),
        last_ok_as_of: Some(at(as_of).plus(-500)),
        last_try: Some(at(tried)),
        failing_since: failing.map(at),
        ..SourceRow::default()
    };
    assert_eq!(store.source_at(SOURCE, at(16)).await.unwrap(), Some(row(15, 10, 15, None)));
    assert_eq!(store.source_at(SOURCE, at(35)).await.unwrap(), Some(row(20, 20, 30, Some(30))));
    let now = store.source_at(SOURCE, at(60)).await.unwrap().unwrap();
    let present = store.source_states().await.unwrap().remove(&SOURCE).unwrap();
    let facts = |r: &SourceRow| (r.last_ok_fetched, r.last_ok_as_of, r.last_try, r.failing_since);
    assert_eq!(facts(&now), facts(&present), "now is the present");
}

#[tokio::test]
async fn the_first_event_said_after_a_moment_ends_what_was_known_then() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.append(note("một")).await.unwrap();
    clock.advance(1000);
    store.append(status("task:1", TaskStatus::Done)).await.unwrap();
    assert_eq!(store.first_said_after(START.plus(-1)).await.unwrap(), Some(1));
    assert_eq!(store.first_said_after(START).await.unwrap(), Some(2));
    assert_eq!(store.first_said_after(START.plus(1000)).await.unwrap(), None);
    assert_eq!(store.events_under("task:1").await.unwrap().len(), 2);
    assert_eq!(store.events_under("roster").await.unwrap(), vec![]);
}
