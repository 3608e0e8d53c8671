use super::*;
use pvhcc_domain::observation::{ApiMeasure, SourceId};
use pvhcc_store::{NewTransition, Observed, Round, RoundOutcome};

fn conclusion(entity: &str, from: Option<&str>, to: &str, basis: serde_json::Value) -> NewTransition {
    NewTransition {
        entity: entity.into(),
        from: from.map(Into::into),
        to: to.into(),
        rule: "proof".into(),
        rule_version: 1,
        basis,
        at: START,
    }
}

#[tokio::test]
async fn a_conclusion_is_kept_once_however_many_processes_come_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let (one, _) = open(dir.path(), &clock()).await;
    let (two, _) = open(dir.path(), &clock()).await;
    let since = START.plus(-60_000);
    let proved = conclusion("proof:17", None, "proved", serde_json::json!({ "since": since.0 }));
    assert_eq!(one.append_conclusions(std::slice::from_ref(&proved)).await.unwrap(), 1);
    assert_eq!(two.append_conclusions(std::slice::from_ref(&proved)).await.unwrap(), 0, "it stands already");
    let from_elsewhere = conclusion("proof:17", Some("failed"), "proved", serde_json::json!({}));
    assert_eq!(two.append_conclusions(&[from_elsewhere]).await.unwrap(), 0, "it does not follow on");
    let lost = conclusion("proof:17", Some("proved"), "unobserved", serde_json::json!({ "lack": "silence" }));
    let other = conclusion("source:x", None, "failing", serde_json::json!({}));
    assert_eq!(two.append_conclusions(&[lost, other]).await.unwrap(), 2);

    let steps = one.steps("proof:", 0).await.unwrap();
    let short: Vec<(&str, Ms, Option<&str>)> =
        steps.iter().map(|s| (s.to.as_str(), s.since, s.lack.as_deref())).collect();
    assert_eq!(short, [("proved", since, None), ("unobserved", START, Some("silence"))]);
    assert_eq!(one.steps("proof:", steps[0].position).await.unwrap(), steps[1..]);
}

fn measure(api: &str, minute: i64, ok: u64) -> ApiMeasure {
    let mut latency = vec![0; 13];
    latency[3] = ok + 1;
    ApiMeasure {
        api: api.into(),
        from: START.plus(minute * 60_000),
        ok,
        client_error: 0,
        server_error: 1,
        timeout: 0,
        latency,
        last_error: Some(format!("E{minute}")),
    }
}

#[tokio::test]
async fn a_window_of_calls_reads_back_from_the_newest_and_a_span_is_one_sum() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path(), &clock()).await;
    let mut rows: Vec<ApiMeasure> = (0..200).map(|i| measure("a", i * 5, 9)).collect();
    rows.push(measure("b", 0, 99));
    let round = Round {
        source: SourceId::GatewayApis,
        as_of: Some(START),
        fetched_at: START,
        outcome: RoundOutcome::Fresh,
        payload_sha256: None,
        payload: Observed::Apis(rows.clone()),
        quarantined: vec![],
        next_due: None,
        etag: None,
    };
    store.record_round(&round).await.unwrap();
    let (from, to) = (START, START.plus(995 * 60_000));
    for (calls, expected) in [(1, 1), (10, 1), (11, 2), (1000, 100), (1_000_000, 200)] {
        let found = store.newest_calls("a", from, to, calls).await.unwrap();
        assert_eq!(found.len(), expected, "{calls} calls");
        assert_eq!(found[0], rows[199], "the newest, which begins at the very end of the window");
        assert!(found.windows(2).all(|w| w[0].from > w[1].from));
    }
    let late = store.newest_calls("a", START.plus(990 * 60_000), to, 1_000_000).await.unwrap();
    assert_eq!(late.len(), 2, "no farther back than asked");

    let sum = store.sum_of_calls("a", START, START.plus(10 * 60_000)).await.unwrap().unwrap();
    assert_eq!((sum.ok, sum.server_error, sum.from), (18, 2, START));
    assert_eq!(sum.latency[3], 20);
    assert_eq!(sum.last_error.as_deref(), Some("E5"), "the newest error");
    assert_eq!(store.sum_of_calls("c", START, to).await.unwrap(), None);
}
