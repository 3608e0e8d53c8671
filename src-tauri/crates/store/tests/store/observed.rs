use super::*;
use pvhcc_domain::figures::Counts;
use pvhcc_domain::observation::{
    ApiMeasure, DossierFigures, Flow, FlowHealth, FlowState, GatewayTask, SourceId, Stage,
};
use pvhcc_store::{Observed, Quarantined, Round, RoundOutcome, StatedFigures};

fn round(source: SourceId, at: Ms, payload: Observed) -> Round {
    Round {
        source,
        as_of: Some(at.plus(-500)),
        fetched_at: at,
        outcome: RoundOutcome::Fresh,
        payload_sha256: Some("ab".into()),
        payload,
        quarantined: vec![],
        next_due: Some(at.plus(60_000)),
        etag: Some(format!("\"{}\"", at.0)),
    }
}

fn failed(source: SourceId, at: Ms) -> Round {
    let outcome = RoundOutcome::Failed { kind: "timeout".into(), detail: "10 s".into() };
    Round { outcome, as_of: None, payload_sha256: None, etag: None, ..round(source, at, Observed::Nothing) }
}

fn figures(done: u64) -> DossierFigures {
    let counts = Counts {
        received: Some(338_923),
        carried_over: Some(14_856),
        done: Some(done),
        pending: Some(18_634),
        overdue: Some(0),
        ..Counts::default()
    };
    DossierFigures {
        system: "tinh".into(),
        unit: None,
        field: Some("CT".into()),
        procedure: None,
        channel: None,
        from: day("2026-05-01"),
        to: day("2026-05-31"),
        statement: counts.into(),
    }
}

fn task(no: &str, state: TaskStatus) -> GatewayTask {
    GatewayTask { no: no.into(), state, done_on: None, updated_at: START, note: None }
}

fn measure(from: Ms, ok: u64) -> ApiMeasure {
    ApiMeasure {
        api: "dvcqg.01".into(),
        from,
        ok,
        client_error: 1,
        server_error: 2,
        timeout: 3,
        latency: vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        last_error: Some("500".into()),
    }
}

fn flow(success_rate: f64) -> FlowState {
    FlowState {
        flow: Flow::Sso,
        phase: 1,
        stage: Stage::Test,
        state: FlowHealth::Ok,
        last_success_at: Some(START),
        success_rate: Some(success_rate),
        calls: 9,
        error: None,
    }
}

#[tokio::test]
async fn figures_get_a_new_version_only_on_change() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let at = |n: i64| START.plus(n * 60_000);
    let mut mark = store.figures_mark().await.unwrap();
    for (n, done) in [(1, 10), (2, 10), (3, 11), (4, 11)] {
        let payload = Observed::Figures(vec![figures(done)]);
        store.record_round(&round(SourceId::PortalStatistics, at(n), payload)).await.unwrap();
        let before = std::mem::replace(&mut mark, store.figures_mark().await.unwrap());
        assert_ne!(mark, before, "a confirmation is news too: it was fetched later");
    }
    assert_eq!(store.figures_mark().await.unwrap(), mark);
    assert_eq!(store.figure_versions().await.unwrap(), 2);
    let kept = store.figures().await.unwrap();
    let (as_of, fetched_at) = (at(4).plus(-500), at(4));
    assert_eq!(kept, vec![StatedFigures { figures: figures(11), as_of, fetched_at, round: 4, import: None }]);
    // The past is as it was known.
    let known = async |at: Ms| store.figures_known_at(at).await.unwrap();
    assert_eq!(known(at(0)).await, []);
    for (then, done) in [(at(1), 10), (at(3).plus(-1), 10), (at(3), 11), (at(9), 11)] {
        let past = known(then).await;
        assert_eq!((past.len(), &past[0].figures), (1, &figures(done)));
        assert!(past[0].fetched_at <= then, "nothing in it was fetched later");
    }
    // An answer that was overtaken changes nothing.
    let late = round(SourceId::PortalStatistics, at(2), Observed::Figures(vec![figures(9)]));
    store.record_round(&late).await.unwrap();
    assert_eq!(store.figures().await.unwrap()[0].figures, figures(11));
}

#[tokio::test]
async fn a_source_state_tells_failing_since_and_forgets_it_with_the_next_answer() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let source = SourceId::GatewayTasks;
    let rows = Observed::Tasks(vec![task("17", TaskStatus::Done), task("78a", TaskStatus::InProgress)]);
    let bad = Quarantined {
        place: "[2]".into(),
        reason: "no state".into(),
        masked: "{}".into(),
        sha256: "cd".into(),
    };
    let first = Round { quarantined: vec![bad], ..round(source, START, rows) };
    store.record_round(&first).await.unwrap();
    store.record_round(&failed(source, START.plus(1000))).await.unwrap();
    store.record_round(&failed(source, START.plus(2000))).await.unwrap();
    let row = store.source_states().await.unwrap()[&source].clone();
    assert_eq!((row.last_ok_fetched, row.last_try), (Some(START), Some(START.plus(2000))));
    assert_eq!((row.failing_since, row.consecutive_failures), (Some(START.plus(1000)), 2));
    assert_eq!((row.last_error_kind.as_deref(), row.rows, row.quarantined), (Some("timeout"), 2, 1));
    assert_eq!(store.gateway_tasks().await.unwrap().len(), 2, "a failure takes nothing away");

    let same = Round {
        outcome: RoundOutcome::NotModified,
        as_of: None,
        etag: None,
        ..round(source, START.plus(3000), Observed::Nothing)
    };
    store.record_round(&same).await.unwrap();
    let row = store.source_states().await.unwrap()[&source].clone();
    assert_eq!((row.failing_since, row.last_error_kind, row.consecutive_failures), (None, None, 0));
    assert_eq!((row.last_ok_fetched, row.last_ok_as_of), (Some(START.plus(3000)), Some(START.plus(-500))));
    assert_eq!(row.etag, Some(format!("\"{}\"", START.0)));
    assert_eq!(store.source_states().await.unwrap().len(), 1, "a source never asked has no state");
}

#[tokio::test]
async fn a_round_that_cannot_be_kept_leaves_nothing_behind() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let payload = Observed::Apis(vec![measure(START, 1), measure(START.plus(300_000), u64::MAX)]);
    store.record_round(&round(SourceId::GatewayApis, START, payload)).await.unwrap_err();
    assert!(store.api_measures(None, Ms(0), START.plus(i64::MAX / 2)).await.unwrap().is_empty());
    assert!(store.source_states().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_bucket_reported_again_is_replaced_and_a_span_is_half_open() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let next = START.plus(300_000);
    let payload = Observed::Apis(vec![measure(START, 1), measure(next, 2)]);
    store.record_round(&round(SourceId::GatewayApis, next, payload)).await.unwrap();
    let again = Observed::Apis(vec![measure(next, 7)]);
    store.record_round(&round(SourceId::GatewayApis, next.plus(1), again)).await.unwrap();
    let late = Observed::Apis(vec![measure(next, 5)]);
    store.record_round(&round(SourceId::GatewayApis, next, late)).await.unwrap();
    let of = |api: Option<&'static str>, to: Ms| {
        let store = store.clone();
        async move { store.api_measures(api, START, to).await.unwrap() }
    };
    assert_eq!(of(None, next).await, vec![measure(START, 1)]);
    assert_eq!(of(Some("dvcqg.01"), next.plus(1)).await, vec![measure(START, 1), measure(next, 7)]);
    assert!(of(Some("dvcqg.02"), next.plus(1)).await.is_empty());
}

#[tokio::test]
async fn flows_and_tasks_show_the_newest_and_pruning_keeps_what_is_present() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for (n, rate) in [(0, 0.1), (1, 1.0 / 3.0)] {
        let at = START.plus(n * 1000);
        store
            .record_round(&round(SourceId::GatewayFlows, at, Observed::Flows(vec![flow(rate)])))
            .await
            .unwrap();
        let state = if n == 0 { TaskStatus::InProgress } else { TaskStatus::Done };
        let tasks = Observed::Tasks(vec![task("17", state)]);
        store.record_round(&round(SourceId::GatewayTasks, at, tasks)).await.unwrap();
    }
    assert_eq!(store.flow_states().await.unwrap(), vec![flow(1.0 / 3.0)]);
    assert_eq!(store.flow_history(START).await.unwrap().len(), 2);
    assert!(store.prune(START.plus(1_000_000)).await.unwrap() > 0);
    assert_eq!(store.flow_history(START).await.unwrap().len(), 1);
    assert_eq!(store.flow_states().await.unwrap(), vec![flow(1.0 / 3.0)]);
    assert_eq!(store.gateway_tasks().await.unwrap()["17"].state, TaskStatus::Done);
}

/// Rounds that wrote each bucket of the only API, by bucket.
async fn writers(dir: &Path) -> Vec<i64> {
    let mut raw = raw(dir, "observations.db").await;
    sqlx::query_scalar("SELECT round FROM api_measures ORDER BY from_ms").fetch_all(&mut raw).await.unwrap()
}

#[tokio::test]
async fn a_bucket_reported_as_before_is_not_written_again_and_an_overtaken_answer_replaces_nothing() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let at = |n: i64| START.plus(n * 300_000);
    let answer = |fetched: Ms, rows: &[(i64, u64)]| {
        let rows = rows.iter().map(|(n, ok)| measure(at(*n), *ok)).collect();
        round(SourceId::GatewayApis, fetched, Observed::Apis(rows))
    };
    let kept = || async {
        let rows = store.api_measures(None, START, at(99)).await.unwrap();
        rows.iter().map(|row| row.ok).collect::<Vec<u64>>()
    };
    store.record_round(&answer(at(10), &[(0, 5), (1, 6)])).await.unwrap();
    store.record_round(&answer(at(11), &[(0, 5), (1, 6), (2, 7)])).await.unwrap();
    assert_eq!(writers(dir.path()).await, [1, 1, 2]);
    store.record_round(&answer(at(12), &[(1, 8), (2, 7)])).await.unwrap();
    assert_eq!((kept().await, writers(dir.path()).await), (vec![5, 8, 7], vec![1, 3, 2]));
    // Fetched before the last answer, which said again that the newest bucket is 7.
    let overtaken = answer(at(11).plus(1), &[(1, 1), (2, 1), (3, 9)]);
    store.record_round(&overtaken).await.unwrap();
    assert_eq!((kept().await, writers(dir.path()).await), (vec![5, 8, 7, 9], vec![1, 3, 2, 4]));
    store.record_round(&answer(at(13), &[(1, 1), (3, 9)])).await.unwrap();
    assert_eq!(kept().await, [5, 1, 7, 9]);
}

#[tokio::test]
async fn two_openings_of_one_folder_keep_rounds_in_turn_and_at_once_without_loss() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (one, _) = open(dir.path(), &clock).await;
    let (two, _) = open(dir.path(), &clock).await;
    let answer = |n: i64, ok| {
        let rows = Observed::Apis(vec![measure(START, ok)]);
        round(SourceId::GatewayApis, START.plus(n), rows)
    };
    // What one saw last is no longer what is kept.
    for (n, (store, ok)) in [(&one, 5), (&two, 7), (&one, 5)].into_iter().enumerate() {
        store.record_round(&answer(n as i64, ok)).await.unwrap();
        assert_eq!(two.api_measures(None, START, START.plus(1)).await.unwrap()[0].ok, ok);
    }
    let many = |store: Store, source, first: i64| async move {
        for n in first..first + 20 {
            let tasks =
                Observed::Tasks(vec![task("17", TaskStatus::Done), task(&n.to_string(), TaskStatus::Done)]);
            store.record_round(&round(source, START.plus(n), tasks)).await.unwrap();
        }
    };
    let (a, b) = (many(one.clone(), SourceId::GatewayTasks, 100), many(two, SourceId::GatewayTasks, 200));
    tokio::join!(a, b);
    assert_eq!(one.gateway_tasks().await.unwrap().len(), 41, "each task once, none lost");
    let mut raw = raw(dir.path(), "observations.db").await;
    let ids: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM rounds ORDER BY id").fetch_all(&mut raw).await.unwrap();
    assert_eq!(ids, (1..=43).collect::<Vec<i64>>());
}

#[tokio::test]
async fn rates_counts_and_texts_read_back_exactly() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for n in 1..300_i64 {
        let mut row = flow(1.0 / n as f64);
        row.calls = i64::MAX as u64;
        row.error = Some(format!("Lỗi “{n}”: \\ / \t \u{1} 😀 null"));
        let answer = round(SourceId::GatewayFlows, START.plus(n), Observed::Flows(vec![row.clone()]));
        store.record_round(&answer).await.unwrap();
        assert_eq!(store.flow_states().await.unwrap(), vec![row]);
    }
}

#[tokio::test]
async fn measures_are_read_the_same_wherever_they_lie_and_only_the_last_hours_lie_by_time() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let at = |n: i64| START.plus(n * 300_000);
    let mut told: std::collections::BTreeMap<i64, u64> = std::collections::BTreeMap::new();
    for n in 0..200_i64 {
        // The last two hours again, now and then with a correction, and now and then an hour of days ago.
        let mut buckets: Vec<(i64, u64)> =
            (n - 24..n).map(|b| (b, b.unsigned_abs() * 10 + u64::from(b % 7 == 0 && b < n - 12))).collect();
        if n % 9 == 0 {
            buckets.extend((-700 - n..-688 - n).map(|b| (b, n.unsigned_abs())));
        }
        // What has long settled is corrected, too.
        if n == 150 {
            buckets.push((3, 77));
        }
        told.extend(buckets.iter().copied());
        let rows = buckets.iter().map(|(b, ok)| measure(at(*b), *ok)).collect();
        store.record_round(&round(SourceId::GatewayApis, at(n), Observed::Apis(rows))).await.unwrap();
    }
    let whole: Vec<ApiMeasure> = told.iter().map(|(b, ok)| measure(at(*b), *ok)).collect();
    let (from, to) = (at(-1000), at(1000));
    assert_eq!(store.api_measures(Some("dvcqg.01"), from, to).await.unwrap(), whole);
    assert_eq!(store.api_measures(None, from, to).await.unwrap(), whole);
    assert_eq!(store.newest_bucket(None).await.unwrap(), Some(at(198)));
    let newest = store.newest_calls("dvcqg.01", from, to, u64::MAX).await.unwrap();
    assert!(newest.iter().eq(whole.iter().rev()));
    let sum = store.sum_of_calls("dvcqg.01", from, to).await.unwrap().unwrap();
    assert_eq!(sum.ok, whole.iter().map(|m| m.ok).sum::<u64>());
    let by_hour = store.calls_by_hour(from, to).await.unwrap();
    assert_eq!(
        by_hour.iter().map(|h| h.calls).sum::<u64>(),
        whole.iter().map(ApiMeasure::calls).sum::<u64>()
    );
    let mut raw = raw(dir.path(), "observations.db").await;
    let (least, settled): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT min(from_ms) FROM recent_measures), (SELECT max(from_ms) FROM settled_measures)",
    )
    .fetch_one(&mut raw)
    .await
    .unwrap();
    assert!(settled < least && at(198).0 - least <= 4 * 3_600_000, "{settled} {least}");
    assert!(store.prune(at(1000)).await.unwrap() >= whole.len() as u64);
    assert_eq!(store.api_measures(None, from, to).await.unwrap(), []);
}
