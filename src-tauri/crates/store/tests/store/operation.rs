//! Sync queue, fees, petitions and probes: present and past, gaps, late answers, pruning.

use super::*;
use pvhcc_domain::observation::{
    FeeTotals, PetitionCounts, ProbeResult, ProbeState, SourceId, SyncBatch, SyncQueue, UnitFees,
};
use pvhcc_store::{Observed, Quarantined, Round, RoundOutcome};

const MINUTE: i64 = 60_000;

fn at(minutes: i64) -> Ms {
    START.plus(minutes * MINUTE)
}

fn round(source: SourceId, at: Ms, payload: Observed) -> Round {
    Round {
        source,
        as_of: Some(at.plus(-700)),
        fetched_at: at,
        outcome: RoundOutcome::Fresh,
        payload_sha256: Some("ab".into()),
        payload,
        quarantined: vec![],
        next_due: None,
        etag: None,
    }
}

fn queue(waiting: u64) -> SyncQueue {
    SyncQueue {
        waiting,
        failed: 3,
        oldest_waiting_at: (waiting > 0).then(|| START.plus(-5)),
        last_batch: Some(SyncBatch {
            started_at: START.plus(-60_000),
            finished_at: None,
            sent: u64::MAX,
            accepted: 4,
            refused: 1,
        }),
    }
}

fn fees(unit: &str, dossiers: u64, amount: u64) -> UnitFees {
    UnitFees { unit: unit.into(), dossiers, amount, oldest_at: START.plus(-9_000) }
}

#[tokio::test]
async fn the_queue_is_read_as_of_any_moment_and_a_gap_stays_a_gap() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    assert_eq!(store.sync_queue(None).await.unwrap(), None, "never reported is not an empty queue");
    for (minute, waiting) in [(0, 7), (1, 7), (2, 0), (40, 90)] {
        let answer = round(SourceId::GatewaySync, at(minute), Observed::Sync(queue(waiting)));
        store.record_round(&answer).await.unwrap();
    }
    let read = async |moment: Option<Ms>| store.sync_queue(moment).await.unwrap();
    assert_eq!(read(Some(at(0).plus(-1))).await, None);
    for (moment, fetched, waiting) in
        [(at(0), 0, 7), (at(1).plus(59_999), 1, 7), (at(30), 2, 0), (at(40), 40, 90), (at(999), 40, 90)]
    {
        let known = read(Some(moment)).await.expect("reported by then");
        assert_eq!((known.value, known.fetched_at), (queue(waiting), at(fetched)), "{moment:?}");
        assert_eq!(known.as_of, at(fetched).plus(-700));
    }
    assert_eq!(read(None).await, read(Some(at(40))).await);
    let series = store.sync_series(at(1), at(40)).await.unwrap();
    let points: Vec<(i64, u64)> =
        series.iter().map(|r| ((r.fetched_at.0 - START.0) / MINUTE, r.value.waiting)).collect();
    assert_eq!(points, [(1, 7), (2, 0), (40, 90)], "one point an answer, none in between");
}

#[tokio::test]
async fn fees_are_kept_by_unit_on_change_and_what_an_answer_leaves_out_is_paid() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let answer =
        |minute, rows: &[UnitFees]| round(SourceId::GatewayFees, at(minute), Observed::Fees(rows.to_vec()));
    let (a, b, c) = (fees("H21.17", 5, 100_000), fees("H21.18", 1, 30_000), fees("H21.180", 2, 0));
    store.record_round(&answer(0, &[a.clone(), b.clone()])).await.unwrap();
    store.record_round(&answer(2, &[a.clone(), b.clone()])).await.unwrap();
    let less = fees("H21.17", 3, 60_000);
    store.record_round(&answer(4, &[less.clone(), c.clone()])).await.unwrap();
    // A broken row may be anybody's: nobody who is left out is taken as paid.
    let bad = Quarantined {
        place: "fees[0]".into(),
        reason: "not text".into(),
        masked: "{}".into(),
        sha256: "cd".into(),
    };
    let partly = Round { quarantined: vec![bad], ..answer(6, std::slice::from_ref(&c)) };
    store.record_round(&partly).await.unwrap();
    let known = async |minute| store.unit_fees(Some(at(minute))).await.unwrap();
    assert_eq!(known(-1).await, []);
    assert_eq!(known(3).await, [a.clone(), b.clone()]);
    assert_eq!(known(4).await, [less.clone(), c.clone()]);
    assert_eq!(known(6).await, [less.clone(), c.clone()]);
    assert_eq!(store.unit_fees(None).await.unwrap(), known(6).await);

    // An answer that was overtaken is a point of the history and changes no unit.
    store.record_round(&answer(5, std::slice::from_ref(&a))).await.unwrap();
    assert_eq!(known(9).await, [less, c]);
    let totals: Vec<(u64, u64, u64)> = (store.fee_series(at(0), at(9)).await.unwrap().iter())
        .map(|r| (r.value.units, r.value.dossiers, r.value.amount))
        .collect();
    assert_eq!(totals, [(2, 6, 130_000), (2, 6, 130_000), (2, 5, 60_000), (1, 5, 100_000), (1, 2, 0)]);
    // All paid is known, and is not the same as not observed.
    store.record_round(&answer(10, &[])).await.unwrap();
    let paid = store.fee_totals(None).await.unwrap().expect("reported").value;
    assert_eq!(paid, FeeTotals::default());
    assert_eq!(store.unit_fees(None).await.unwrap(), []);

    let mut raw = raw(dir.path(), "observations.db").await;
    let versions: i64 =
        sqlx::query_scalar("SELECT count(*) FROM unit_fees").fetch_one(&mut raw).await.unwrap();
    assert_eq!(versions, 4, "a row only on change");
}

#[tokio::test]
async fn a_count_that_cannot_be_kept_leaves_nothing_behind() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let payload = Observed::Fees(vec![fees("a", 1, 1), fees("b", u64::MAX, 1)]);
    store.record_round(&round(SourceId::GatewayFees, at(0), payload)).await.unwrap_err();
    assert_eq!(store.fee_totals(None).await.unwrap(), None);
    assert_eq!(store.unit_fees(None).await.unwrap(), []);
}

#[tokio::test]
async fn petitions_are_read_as_of_a_moment() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let counts = |received| PetitionCounts { received, processing: 2, answered: received - 2, overdue: 1 };
    for (minute, received) in [(0, 10), (10, 12)] {
        let payload = Observed::Petitions(counts(received));
        store.record_round(&round(SourceId::GatewayPetitions, at(minute), payload)).await.unwrap();
    }
    let read = async |moment| store.petitions(moment).await.unwrap().map(|r| r.value);
    assert_eq!(read(Some(at(-1))).await, None);
    assert_eq!(read(Some(at(9))).await, Some(counts(10)));
    assert_eq!(read(None).await, Some(counts(12)));
    assert_eq!(store.petition_series(at(1), at(10)).await.unwrap().len(), 1);
}

fn probe(id: &str, minute: i64, state: ProbeState) -> ProbeResult {
    let down = state == ProbeState::Down;
    ProbeResult {
        probe: id.into(),
        asked_at: at(minute),
        state,
        millis: 12,
        status: down.then_some(503),
        error: down.then(|| "server".into()),
    }
}

#[tokio::test]
async fn each_probe_has_a_history_of_its_own_and_its_source_is_as_fresh_as_the_newest() {
    use ProbeState::{Down, Unknown, Up};
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.record_probes(&[]).await.unwrap();
    assert!(store.probe_states(None).await.unwrap().is_empty());
    assert!(store.source_states().await.unwrap().is_empty());
    let sent = [
        probe("payment", 0, Up),
        probe("portal", 0, Up),
        probe("payment", 1, Down),
        probe("portal", 5, Unknown),
        probe("payment", 7, Up),
    ];
    for one in &sent {
        store.record_probes(std::slice::from_ref(one)).await.unwrap();
    }
    store.record_probes(&[probe("payment", 1, Up)]).await.unwrap();
    let known = async |minute| -> Vec<ProbeResult> {
        store.probe_states(Some(at(minute))).await.unwrap().into_values().collect()
    };
    assert_eq!(known(-1).await, []);
    assert_eq!(known(0).await, [sent[0].clone(), sent[1].clone()]);
    assert_eq!(known(4).await, [sent[2].clone(), sent[1].clone()], "what was kept first stays");
    assert_eq!(known(6).await, [sent[2].clone(), sent[3].clone()]);
    assert_eq!(store.probe_states(None).await.unwrap()["payment"], sent[4]);
    let series = async |id| store.probe_series(id, at(1), at(5)).await.unwrap();
    assert_eq!(series(Some("payment")).await, [sent[2].clone()]);
    assert_eq!(series(None).await, [sent[2].clone(), sent[3].clone()]);

    let row = store.source_states().await.unwrap()[&SourceId::Probes].clone();
    assert_eq!((row.last_ok_fetched, row.failing_since), (Some(at(7)), None));
    let then = store.source_at(SourceId::Probes, at(3)).await.unwrap().expect("probed by then");
    assert_eq!(then.last_ok_fetched, Some(at(1)));
    assert_eq!(store.source_at(SourceId::Probes, at(-1)).await.unwrap(), None);
}

#[tokio::test]
async fn pruning_takes_the_past_and_keeps_what_is_present() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for minute in [0, 1, 2] {
        let sync = Observed::Sync(queue(minute as u64));
        store.record_round(&round(SourceId::GatewaySync, at(minute), sync)).await.unwrap();
        let rows = Observed::Fees(vec![fees("a", 1 + minute as u64, 5), fees("b", 1, 1)]);
        store.record_round(&round(SourceId::GatewayFees, at(minute), rows)).await.unwrap();
        store.record_probes(&[probe("portal", minute, ProbeState::Up)]).await.unwrap();
    }
    store.record_probes(&[probe("old", -9, ProbeState::Up)]).await.unwrap();
    assert!(store.prune(at(100)).await.unwrap() > 0);
    assert_eq!(store.sync_series(at(-99), at(99)).await.unwrap().len(), 1);
    assert_eq!(store.fee_totals(None).await.unwrap().expect("present").value.dossiers, 4);
    assert_eq!(store.unit_fees(None).await.unwrap(), [fees("a", 3, 5), fees("b", 1, 1)]);
    let probes = store.probe_series(None, at(-99), at(99)).await.unwrap();
    assert_eq!(probes, [probe("old", -9, ProbeState::Up), probe("portal", 2, ProbeState::Up)]);
    let mut raw = raw(dir.path(), "observations.db").await;
    let lost: i64 =
        sqlx::query_scalar("SELECT count(*) FROM unit_fees WHERE round NOT IN (SELECT id FROM rounds)")
            .fetch_one(&mut raw)
            .await
            .unwrap();
    assert_eq!(lost, 0, "what is present can be traced to its round");
}

#[tokio::test]
async fn flows_and_the_newest_bucket_are_read_as_of_a_moment() {
    use pvhcc_domain::observation::{ApiMeasure, Flow, FlowHealth, FlowState, Stage};
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let flow = |calls| FlowState {
        flow: Flow::Sso,
        phase: 2,
        stage: Stage::Test,
        state: FlowHealth::Ok,
        last_success_at: None,
        success_rate: None,
        calls,
        error: None,
    };
    let measure = |from| ApiMeasure {
        api: "dvcqg.01".into(),
        from,
        ok: 1,
        client_error: 0,
        server_error: 0,
        timeout: 0,
        latency: vec![1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        last_error: None,
    };
    for minute in [0, 10] {
        let flows = Observed::Flows(vec![flow(minute as u64)]);
        store.record_round(&round(SourceId::GatewayFlows, at(minute), flows)).await.unwrap();
        let apis = Observed::Apis(vec![measure(at(minute - 5))]);
        store.record_round(&round(SourceId::GatewayApis, at(minute), apis)).await.unwrap();
    }
    assert_eq!(store.flow_states_at(at(-1)).await.unwrap(), None);
    assert_eq!(store.flow_states_at(at(9)).await.unwrap(), Some((at(0), vec![flow(0)])));
    assert_eq!(store.flow_states_at(at(99)).await.unwrap(), Some((at(10), vec![flow(10)])));
    assert_eq!(store.newest_bucket(Some(at(-1))).await.unwrap(), None, "it was not known then");
    assert_eq!(store.newest_bucket(Some(at(9))).await.unwrap(), Some(at(-5)));
    assert_eq!(store.newest_bucket(None).await.unwrap(), Some(at(5)));
}
