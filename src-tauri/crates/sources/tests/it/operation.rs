//! Sync queue, fees and petitions: what contradicts itself is refused, a broken row is put aside.

use crate::support::{Play, Server, gateway, ok};
use pvhcc_domain::{
    observation::{PetitionCounts, SyncBatch, SyncQueue, UnitFees},
    time::Ms,
};
use pvhcc_sources::FailureKind;
use serde_json::{Value, json};

const AS_OF: &str = "2026-05-29T13:59:00+07:00";
const LATER: &str = "2026-05-29T15:00:00+07:00";

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(text).unwrap()
}

fn sync() -> Value {
    json!({"as_of": AS_OF, "waiting": 7, "failed": 2, "oldest_waiting_at": "2026-05-29T13:40:00+07:00",
        "last_batch": {"started_at": "2026-05-29T13:58:00+07:00", "finished_at": null, "sent": 5, "accepted": 3, "refused": 1}})
}

#[tokio::test]
async fn the_queue_is_read_with_its_batch_and_without() {
    let mut idle = sync();
    idle["waiting"] = json!(0);
    idle["oldest_waiting_at"] = json!(null);
    idle["last_batch"] = json!(null);
    let server = Server::start(vec![ok(sync()), ok(idle)]).await;
    let gateway = gateway(server.base.clone());
    let read = gateway.sync_queue().await.unwrap();
    assert!(server.log()[0].starts_with("GET /base/v1/sync HTTP/1.1"));
    let batch = SyncBatch {
        started_at: at("2026-05-29T13:58:00+07:00"),
        finished_at: None,
        sent: 5,
        accepted: 3,
        refused: 1,
    };
    let oldest_waiting_at = Some(at("2026-05-29T13:40:00+07:00"));
    assert_eq!(read.rows, SyncQueue { waiting: 7, failed: 2, oldest_waiting_at, last_batch: Some(batch) });
    assert_eq!(read.as_of, at(AS_OF));
    let read = gateway.sync_queue().await.unwrap().rows;
    assert_eq!(read, SyncQueue { waiting: 0, failed: 2, oldest_waiting_at: None, last_batch: None });
}

#[tokio::test]
async fn a_queue_that_contradicts_itself_or_lies_in_the_future_is_refused_with_evidence() {
    let with = |pointer: &str, value: Value| {
        let mut answer = sync();
        *answer.pointer_mut(pointer).unwrap() = value;
        answer
    };
    for (answer, told) in [
        (with("/waiting", json!(-1)), "waiting: negative"),
        (with("/waiting", json!(0)), "oldest_waiting_at"),
        (with("/oldest_waiting_at", json!(null)), "oldest_waiting_at"),
        (with("/oldest_waiting_at", json!(LATER)), "oldest_waiting_at: in the future"),
        (with("/last_batch", json!([])), "last_batch"),
        (
            with("/last_batch/finished_at", json!("2026-05-29T13:57:59+07:00")),
            "finished_at: before started_at",
        ),
        (with("/last_batch/started_at", json!(null)), "started_at"),
        (with("/last_batch/accepted", json!(5)), "sent"),
        (json!({"as_of": AS_OF}), "waiting: missing"),
    ] {
        let server = Server::start(vec![ok(&answer)]).await;
        let error = gateway(server.base).sync_queue().await.expect_err(told);
        assert_eq!(error.kind, FailureKind::BadSchema, "{told}");
        assert!(error.detail.contains(told), "{told}: {}", error.detail);
        assert!(error.evidence.is_some());
    }
    let page =
        Play::Answer(200, String::new(), "application/json", "<html>502 Bad Gateway</html>".to_owned());
    let server = Server::start(vec![page]).await;
    let error = gateway(server.base).sync_queue().await.expect_err("an error page");
    assert_eq!(error.kind, FailureKind::BadEnvelope);
}

#[tokio::test]
async fn fees_of_a_wrong_row_are_put_aside_and_the_rest_is_kept() {
    let row = |unit: &str, dossiers: i64, oldest: &str| json!({"unit": unit, "dossiers": dossiers, "amount": 50_000, "oldest_at": oldest});
    let old = "2026-05-20T08:00:00+07:00";
    let rows =
        json!([row("H21.17", 2, old), row("H21.18", 0, old), row("H21.17", 9, old), row("H21.19", 1, LATER)]);
    let server = Server::start(vec![
        ok(json!({"as_of": AS_OF, "fees": rows})),
        ok(json!({"as_of": AS_OF, "fees": []})),
    ])
    .await;
    let gateway = gateway(server.base.clone());
    let read = gateway.fees().await.unwrap();
    assert!(server.log()[0].starts_with("GET /base/v1/fees HTTP/1.1"));
    let kept = UnitFees { unit: "H21.17".into(), dossiers: 2, amount: 50_000, oldest_at: at(old) };
    assert_eq!(read.rows, [kept]);
    let places: Vec<_> = read.quarantined.iter().map(|q| q.place.as_str()).collect();
    assert_eq!(places, ["fees[1].dossiers", "fees[2].unit", "fees[3].oldest_at"]);
    assert_eq!(gateway.fees().await.unwrap().rows, []);
}

#[tokio::test]
async fn petitions_must_add_up() {
    let counts = |received: u64, overdue: u64| json!({"as_of": AS_OF, "received": received, "processing": 4, "answered": 6, "overdue": overdue});
    let server = Server::start(vec![ok(counts(10, 4)), ok(counts(11, 4)), ok(counts(10, 5))]).await;
    let gateway = gateway(server.base.clone());
    let read = gateway.petitions().await.unwrap().rows;
    assert!(server.log()[0].starts_with("GET /base/v1/petitions HTTP/1.1"));
    assert_eq!(read, PetitionCounts { received: 10, processing: 4, answered: 6, overdue: 4 });
    for told in ["received", "overdue"] {
        let error = gateway.petitions().await.expect_err(told);
        assert_eq!(error.kind, FailureKind::BadSchema);
        assert!(error.detail.starts_with(told), "{}", error.detail);
    }
}
