use super::*;
use pvhcc_domain::observation::{ApiMeasure, SourceId};
use pvhcc_store::{NewTransition, Observed, Round, RoundOutcome};

const MINUTE: i64 = 60_000;

fn measure(api: &str, from: Ms, ok: u64, error: Option<&str>) -> ApiMeasure {
    let mut latency = vec![0; 13];
    latency[1] = ok;
    latency[9] = 2;
    ApiMeasure {
        api: api.into(),
        from,
        ok,
        client_error: 0,
        server_error: 2,
        timeout: 0,
        latency,
        last_error: error.map(Into::into),
    }
}

fn round(at: Ms, outcome: RoundOutcome, rows: Vec<ApiMeasure>) -> Round {
    Round {
        source: SourceId::GatewayApis,
        as_of: Some(at),
        fetched_at: at,
        outcome,
        payload_sha256: None,
        payload: Observed::Apis(rows),
        quarantined: vec![],
        next_due: None,
        etag: None,
    }
}

#[tokio::test]
async fn measures_are_added_up_by_slots_of_any_length_with_the_newest_error() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = open(dir.path(), &clock()).await;
    let at = |minutes: i64| START.plus(minutes * MINUTE);
    let rows = vec![
        measure("a", at(0), 10, Some("HTTP_503")),
        measure("a", at(5), 20, Some("TIMEOUT")),
        measure("b", at(5), 7, None),
        measure("a", at(10), 1, None),
        measure("a", at(20), 5, Some("HTTP_400")),
    ];
    store.record_round(&round(at(25), RoundOutcome::Fresh, rows)).await.expect("kept");
    let slots = store.api_slots(at(0), at(20), 15 * MINUTE, true).await.expect("read");
    let told: Vec<_> = slots.iter().map(|s| (s.api.as_str(), s.from, s.ok, s.calls())).collect();
    assert_eq!(told, [("a", at(0), 31, 37), ("b", at(0), 7, 9)], "the bucket at 20 is outside");
    assert_eq!(slots[0].last_error.as_deref(), Some("TIMEOUT"));
    assert_eq!((slots[0].latency[1], slots[0].latency[9], slots[0].latency.len()), (31, 6, 13));
    assert_eq!(slots[1].last_error, None);
    let by_bucket = store.api_slots(at(0), at(25), 5 * MINUTE, false).await.expect("read");
    assert_eq!(by_bucket.len(), 5);
    assert!(by_bucket.iter().all(|s| s.latency.is_empty()), "not asked for");
    assert!(store.api_slots(at(30), at(60), MINUTE, true).await.expect("read").is_empty());
}

#[tokio::test]
async fn answers_are_told_with_the_one_before_and_failures_as_they_were() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = open(dir.path(), &clock()).await;
    let at = |minutes: i64| START.plus(minutes * MINUTE);
    let failed = |detail: &str| RoundOutcome::Failed { kind: "timeout".into(), detail: detail.into() };
    for (minute, outcome) in [
        (0, RoundOutcome::Fresh),
        (1, RoundOutcome::NotModified),
        (2, failed("Mạng của đơn vị: không trả lời")),
        (9, RoundOutcome::Fresh),
        (10, failed("Trục tích hợp: lỗi")),
    ] {
        let rows = if outcome == RoundOutcome::Fresh { vec![measure("a", at(0), 1, None)] } else { vec![] };
        store.record_round(&round(at(minute), outcome, rows)).await.expect("kept");
    }
    let answers = |from, to| store.answers(SourceId::GatewayApis, at(from), at(to));
    assert_eq!(answers(2, 20).await.expect("read"), [at(1), at(9)]);
    assert_eq!(answers(0, 5).await.expect("read"), [at(0), at(1)]);
    assert_eq!(answers(-9, -1).await.expect("read"), []);
    assert_eq!(store.answers(SourceId::GatewayFlows, at(0), at(20)).await.expect("read"), []);
    let failure = |minute| store.failure_at(SourceId::GatewayApis, at(minute));
    assert_eq!(failure(1).await.expect("read"), None);
    let (kind, detail) = failure(5).await.expect("read").expect("failed by then");
    assert_eq!((kind.as_str(), detail.as_str()), ("timeout", "Mạng của đơn vị: không trả lời"));
}

#[tokio::test]
async fn conclusions_are_read_by_name_and_span() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = open(dir.path(), &clock()).await;
    for (minute, entity) in
        [(0, "watch:api:a"), (1, "watch:apix"), (2, "watch:api:b"), (3, "proof:17"), (4, "watch:api:a")]
    {
        let to = format!("s{minute}");
        let last = store.transitions(Some(entity), Ms(0)).await.expect("read").last().map(|t| t.to.clone());
        let at = START.plus(minute * MINUTE);
        let new = NewTransition {
            entity: entity.into(),
            from: last,
            to,
            rule: "r".into(),
            rule_version: 1,
            basis: serde_json::json!({"n": minute}),
            at,
        };
        assert_eq!(store.append_conclusions(&[new]).await.expect("kept"), 1);
    }
    let read = |prefix: &'static str, from: i64, to: i64| {
        let store = &store;
        async move {
            let found =
                store.transitions_under(prefix, START.plus(from * MINUTE), START.plus(to * MINUTE)).await;
            found.expect("read").into_iter().map(|t| (t.entity, t.basis["n"].as_i64())).collect::<Vec<_>>()
        }
    };
    let name = |entity: &str, n| (entity.to_owned(), Some(n));
    assert_eq!(
        read("watch:api:", 0, 9).await,
        [name("watch:api:a", 0), name("watch:api:b", 2), name("watch:api:a", 4)]
    );
    assert_eq!(read("watch:", 1, 3).await, [name("watch:apix", 1), name("watch:api:b", 2)]);
}
