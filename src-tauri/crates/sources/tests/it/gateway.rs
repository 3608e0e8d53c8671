//! Gateway answers, tokens and quarantine.

use crate::support::{Play, Server, gateway, gateway_with, ok, status};
use pvhcc_domain::{task::TaskStatus, time::Ms};
use pvhcc_sources::{FailureKind, GatewayAuth, Secret};
use serde_json::{Value, json};

const AS_OF: &str = "2026-05-29T13:59:00+07:00";

fn task(no: &str, state: &str) -> Value {
    json!({"no": no, "state": state, "done_on": null, "updated_at": AS_OF, "note": null, "later": 1})
}

#[tokio::test]
async fn broken_records_are_put_aside_by_place_and_reason_and_the_rest_is_kept() {
    let mut negative = task("5", "done");
    negative["done_on"] = json!("2027-01-01");
    let tasks = json!([
        task("1", "done"),
        task("2", "finished by Bà A"),
        task("1", "blocked"),
        7,
        negative,
        task("6", "blocked")
    ]);
    let server = Server::start(vec![ok(json!({"as_of": AS_OF, "tasks": tasks, "extra": {}}))]).await;
    let fetched = gateway(server.base.clone()).tasks(None).await.unwrap();
    let kept: Vec<_> = fetched.rows.iter().map(|t| (t.no.as_str(), t.state)).collect();
    assert_eq!(kept, [("1", TaskStatus::Done), ("6", TaskStatus::Blocked)]);
    let places: Vec<_> = fetched.quarantined.iter().map(|q| q.place.as_str()).collect();
    assert_eq!(places, ["tasks[1].state", "tasks[2].no", "tasks[3]", "tasks[4].done_on"]);
    assert!(!format!("{:?}", fetched.quarantined).contains("Bà A"));
    assert_eq!(fetched.as_of, Ms::parse_rfc3339(AS_OF).unwrap());
    assert!(server.log()[0].starts_with("GET /base/v1/tasks HTTP/1.1"));
    assert!(server.log()[0].contains("Bearer tok-1"));
}

#[tokio::test]
async fn notes_are_composed_to_nfc() {
    let mut row = task("1", "blocked");
    row["note"] = json!("Cho\u{031b}\u{0300} khóa");
    let server = Server::start(vec![ok(json!({"as_of": AS_OF, "tasks": [row]}))]).await;
    let fetched = gateway(server.base).tasks(None).await.unwrap();
    assert_eq!(fetched.rows[0].note.as_deref(), Some("Chờ khóa"));
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let first = Play::Answer(
        200,
        "etag: \"a1\"\r\n".to_owned(),
        "application/json",
        json!({"as_of": AS_OF, "tasks": []}).to_string(),
    );
    let server =
        Server::start(vec![first, Play::Answer(304, String::new(), "application/json", String::new())]).await;
    let gateway = gateway(server.base.clone());
    let tag = gateway.tasks(None).await.unwrap().etag;
    let second = gateway.tasks(tag.as_deref()).await.unwrap();
    assert!(second.not_modified && second.rows.is_empty());
    assert_eq!(second.etag.as_deref(), Some("\"a1\""));
    assert!(server.log()[1].contains("if-none-match: \"a1\""));
}

#[tokio::test]
async fn a_source_ahead_of_our_clock_does_not_look_fresher_than_now() {
    let server =
        Server::start(vec![ok(json!({"as_of": "2026-05-29T15:00:00+07:00", "tasks": [task("1", "done")]}))])
            .await;
    let fetched = gateway(server.base).tasks(None).await.unwrap();
    assert_eq!(fetched.as_of, Ms::parse_rfc3339("2026-05-29T14:00:00+07:00").unwrap());
    assert_eq!(fetched.rows.len(), 1);
    assert_eq!(fetched.quarantined[0].place, "as_of");
}

fn measures(rows: Value) -> Play {
    ok(json!({"as_of": AS_OF, "bucket_seconds": 300,
        "latency_bounds_ms": pvhcc_domain::observation::LATENCY_BOUNDS_MS, "measures": rows}))
}

fn measure(from: &str, ok: i64, buckets: usize) -> Value {
    json!({"api": "dvcqg.07", "from": from, "ok": ok, "client_error": 0, "server_error": 0, "timeout": 0,
        "latency": vec![0; buckets], "last_error": null})
}

#[tokio::test]
async fn measures_with_wrong_counts_lengths_or_times_are_put_aside() {
    let good = "2026-05-29T13:50:00+07:00";
    let rows = json!([
        measure(good, 3, 13),
        measure("2026-05-29T13:45:00+07:00", -1, 13),
        measure("2026-05-29T13:40:00+07:00", 1, 12),
        measure("2026-05-29T14:06:00+07:00", 1, 13),
        measure(good, 9, 13)
    ]);
    let server = Server::start(vec![measures(rows)]).await;
    let fetched = gateway(server.base).api_measures(Ms(0), Ms(1)).await.unwrap();
    assert_eq!(fetched.rows.iter().map(|m| m.ok).collect::<Vec<_>>(), [3]);
    let why: Vec<_> = fetched.quarantined.iter().map(|q| (q.place.as_str(), q.reason.as_str())).collect();
    assert_eq!(why[0], ("measures[1].ok", "negative"));
    assert_eq!(why[1], ("measures[2].latency", "not 13 counts"));
    assert_eq!(why[2], ("measures[3].from", "as-of in the future"));
    assert_eq!(why[3].0, "measures[4].from");
}

#[tokio::test]
async fn a_withdrawn_token_is_renewed_once_and_kept() {
    let token = |t: &str| ok(json!({"access_token": t, "token_type": "Bearer", "expires_in": 1800}));
    let tasks = ok(json!({"as_of": AS_OF, "tasks": []}));
    let server =
        Server::start(vec![token("t1"), tasks.clone(), status(401), token("t2"), tasks.clone(), tasks]).await;
    let auth = GatewayAuth::ClientCredentials { client_id: "id".to_owned(), client_secret: Secret::new("s") };
    let gateway = gateway_with(server.base.clone(), auth);
    for _ in 0..3 {
        gateway.tasks(None).await.unwrap();
    }
    let log = server.log();
    let bearers: Vec<_> =
        ["Bearer t1", "Bearer t2"].map(|b| log.iter().filter(|r| r.contains(b)).count()).into();
    assert_eq!((log.len(), bearers), (6, vec![2, 2]));
}

#[tokio::test]
async fn a_gateway_that_refuses_every_token_is_not_asked_for_tokens_for_ever() {
    let token = ok(json!({"access_token": "t", "token_type": "Bearer", "expires_in": 1800}));
    let server = Server::start(vec![
        token.clone(),
        status(401),
        token.clone(),
        status(401),
        status(401),
        token,
        status(401),
        status(401),
    ])
    .await;
    let auth = GatewayAuth::ClientCredentials { client_id: "id".to_owned(), client_secret: Secret::new("s") };
    let gateway = gateway_with(server.base.clone(), auth);
    let mut kinds = Vec::new();
    for _ in 0..3 {
        kinds.push(gateway.flows().await.expect_err("refused").kind);
    }
    assert!(
        kinds.iter().all(|k| matches!(k, FailureKind::Unauthorized | FailureKind::BudgetSpent)),
        "{kinds:?}"
    );
    assert!(server.log().len() <= 9, "{}", server.log().len());
}
