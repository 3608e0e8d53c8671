//! Each fault does what it says; control routes, log and restart keep their promises.
#![allow(missing_docs)]

mod common;

use common::{client, options, start};
use pvhcc_domain::time::Ms;
use pvhcc_sandbox::{Fault, GATEWAY_TOKEN, Sandbox, training_start};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn tasks(http: &Client, sandbox: &Sandbox) -> RequestBuilder {
    http.get(format!("{}/v1/tasks", sandbox.urls().gateway)).bearer_auth(GATEWAY_TOKEN)
}

#[tokio::test]
async fn each_fault_does_what_it_says() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let right = tasks(&http, &sandbox).send().await.expect("answer");
    let tag = right.headers()["etag"].clone();
    let right = right.text().await.expect("text");
    let set = |fault| sandbox.faults().set("/gateway/v1/*", fault);
    let get = || async {
        let response =
            tasks(&http, &sandbox).header("if-none-match", tag.clone()).send().await.expect("answer");
        (response.status(), response.text().await)
    };

    for code in [401, 403, 500, 502, 503] {
        set(Fault::Status { code, retry_after: None });
        assert_eq!(get().await.0, code);
    }
    set(Fault::Status { code: 429, retry_after: Some(40) });
    let limited = tasks(&http, &sandbox).send().await.expect("answer");
    assert_eq!(
        (limited.status(), limited.headers()["retry-after"].as_bytes()),
        (StatusCode::TOO_MANY_REQUESTS, b"40".as_slice())
    );

    set(Fault::Latency { ms: 80 });
    let before = Instant::now();
    assert_eq!(get().await.0, 304);
    assert!(before.elapsed() >= Duration::from_millis(80));

    set(Fault::Hang);
    let hung = tasks(&http, &sandbox).timeout(Duration::from_millis(100)).send().await;
    assert!(hung.is_err_and(|e| e.is_timeout()));

    set(Fault::ResetMidBody);
    let (status, body) = get().await;
    assert!(status == 200 && body.is_err(), "breaks inside the body");

    set(Fault::InvalidJson);
    assert!(get().await.1.expect("text").starts_with('<'));

    set(Fault::TruncatedJson);
    let half = get().await.1.expect("a complete message");
    assert_eq!(half.len(), right.len() / 2);
    assert!(right.starts_with(&half) && serde_json::from_str::<Value>(&half).is_err());

    set(Fault::WrongSchema);
    let other: Value = serde_json::from_str(&get().await.1.expect("text")).expect("valid JSON");
    assert!(other.get("tasks").is_none());

    set(Fault::BrokenRecord);
    let broken: Value = serde_json::from_str(&get().await.1.expect("text")).expect("valid JSON");
    let right: Value = serde_json::from_str(&right).expect("json");
    let rows = |v: &Value| v["tasks"].as_array().expect("rows").clone();
    let differing = rows(&broken).iter().zip(rows(&right)).filter(|(a, b)| *a != b).count();
    assert_eq!(differing, 1);

    set(Fault::EmptyBody);
    let (status, body) = get().await;
    assert_eq!((status, body.expect("text").as_str()), (StatusCode::OK, ""));

    set(Fault::CorruptGzip);
    let corrupt = tasks(&http, &sandbox).send().await.expect("answer");
    assert_eq!(corrupt.status(), 200);
    assert!(corrupt.bytes().await.is_err(), "cannot be unpacked");

    set(Fault::GzipBomb { bytes: 1_000_000 });
    let raw = tasks(&Client::builder().no_gzip().no_proxy().build().expect("client"), &sandbox);
    assert!(raw.send().await.expect("answer").bytes().await.expect("body").len() < 20_000, "packed");
    let unpacked = tasks(&http, &sandbox).send().await.expect("answer").text().await.expect("text");
    assert_eq!(serde_json::from_str::<Value>(&unpacked).expect("valid JSON"), right);
    assert!(unpacked.len() > 1_000_000);

    set(Fault::OversizedBody { bytes: 200_000 });
    let big = tasks(&http, &sandbox).send().await.expect("answer");
    assert_eq!(big.content_length(), None, "not announced");
    assert!(big.bytes().await.expect("body").len() > 200_000);

    set(Fault::SessionInvalid);
    let session: Value = serde_json::from_str(&get().await.1.expect("text")).expect("json");
    assert_eq!(session["error_code"], "-1");

    set(Fault::Redirect { to: "http://127.0.0.1:1/".to_owned() });
    let away = tasks(&http, &sandbox).send().await.expect("answer");
    assert_eq!(
        (away.status(), away.headers()["location"].as_bytes()),
        (StatusCode::FOUND, b"http://127.0.0.1:1/".as_slice())
    );

    sandbox.faults().clear_all();
    assert_eq!(get().await.0, 304);
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_request_that_hangs() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    sandbox.faults().set("*", Fault::Hang);
    let request = tokio::spawn(tasks(&http, &sandbox).send());
    while sandbox.log().is_empty() {
        tokio::task::yield_now().await;
    }
    sandbox.stop().await;
    let answer = request.await.expect("task");
    assert!(answer.is_err() || answer.is_ok_and(|r| r.status() == 503));
}

#[tokio::test]
async fn faults_clock_and_log_work_over_http_and_leave_the_control_routes_alone() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let control = sandbox.urls().control;
    let post = |path: &str, body: Value| http.post(format!("{control}/{path}")).json(&body).send();
    let fault = json!({ "pattern": "*", "fault": { "kind": "status", "code": 503 }, "times": 1 });
    assert_eq!(post("faults", fault).await.expect("answer").status(), 204);
    let url = format!("{}/v1/tasks?a=secret&b=2", sandbox.urls().gateway);
    let get = || http.get(&url).bearer_auth(GATEWAY_TOKEN).send();
    assert_eq!(get().await.expect("answer").status(), 503);
    assert_eq!(get().await.expect("answer").status(), 200, "once only");

    let log: Value =
        http.get(format!("{control}/log")).send().await.expect("answer").json().await.expect("json");
    let requests = log["requests"].as_array().expect("list");
    assert_eq!(requests.len(), 2, "control routes are not logged");
    assert_eq!(requests[0]["path"], "/gateway/v1/tasks");
    assert_eq!(requests[0]["query_keys"], json!(["a", "b"]));
    assert!(!log.to_string().contains("secret"));

    let moved: Value =
        post("clock", json!({ "advance_ms": 3_600_000 })).await.expect("answer").json().await.expect("json");
    assert_eq!(moved["now"], "2026-05-29T15:00:00.000+07:00");
    let back = post("clock", json!({ "set": "2026-05-29T14:30:00+07:00" })).await.expect("answer");
    assert_eq!(back.status(), 400);
    assert_eq!(sandbox.clock().now(), training_start().plus(3_600_000));
    // What any page may send without asking the browser first is refused.
    let form = http.post(format!("{control}/clock")).body("{}").send().await.expect("answer");
    assert_eq!(form.status(), 415);
}

#[tokio::test]
async fn a_restart_keeps_port_and_time_until_a_reset() {
    let dir = tempfile::tempdir().expect("dir");
    let sandbox = start(dir.path()).await;
    let urls = sandbox.urls();
    sandbox
        .control_clock()
        .set(Ms::parse_rfc3339("2026-05-29T22:00:00+07:00").expect("instant"))
        .expect("forward");
    let shown = sandbox.clock().now();
    sandbox.stop().await;

    let again = start(dir.path()).await;
    assert_eq!(again.urls(), urls);
    assert_eq!(again.clock().now(), shown);
    again.stop().await;

    pvhcc_sandbox::reset(dir.path()).expect("reset");
    assert_eq!(start(dir.path()).await.clock().now(), training_start());
}

#[tokio::test]
async fn a_taken_port_is_replaced_when_any_will_do_and_refused_when_it_was_asked_for() {
    let dir = tempfile::tempdir().expect("dir");
    let sandbox = start(dir.path()).await;
    let taken = sandbox.address();
    let other = tempfile::tempdir().expect("dir");
    let mut asked = options(other.path());
    asked.listen = taken;
    assert!(Sandbox::start(asked).await.is_err());
    let state = json!({ "port": taken.port(), "clock": null }).to_string();
    std::fs::write(other.path().join("sandbox.json"), state).expect("state");
    assert_ne!(start(other.path()).await.address(), taken);
}
