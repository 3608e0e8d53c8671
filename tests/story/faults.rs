//! Everything the sandbox can do wrong at one source: that source fails and says so, the others stay fresh, what was
//! known stays, and the source recovers by itself.

use pvhcc_app::App;
use pvhcc_tests::{http, open, run, sign_in};
use serde_json::{Value, json};
use std::time::Duration;

async fn source(app: &App, id: &str) -> Value {
    let sources = run(app, "sources", json!({})).await;
    let found = sources["sources"].as_array().and_then(|all| all.iter().find(|s| s["id"] == id)).cloned();
    found.unwrap_or_else(|| panic!("{id} in {sources}"))
}

async fn fault(app: &App, pattern: &str, fault: &Value) {
    let control = app.sandbox_urls().expect("training").control;
    let body = json!({"pattern": pattern, "fault": fault});
    let set = http().post(format!("{control}/faults")).json(&body).send().await.expect("control answers");
    assert!(set.status().is_success(), "{fault}: {}", set.text().await.unwrap_or_default());
}

async fn heal(app: &App) {
    let control = app.sandbox_urls().expect("training").control;
    http().delete(format!("{control}/faults")).send().await.expect("control answers");
}

/// Asks until all answer: a source may have been told to wait.
async fn recovers(app: &App, why: &Value) {
    let mut round = tokio::time::interval(Duration::from_millis(200));
    let found = tokio::time::timeout(Duration::from_secs(60), async {
        while !app.poll_once().await.expect("polls").all_answered() {
            round.tick().await;
        }
    });
    assert!(found.await.is_ok(), "no recovery from {why}");
}

/// One fault at one source, in a start of the program of its own: a fresh breaker, the same folder.
async fn fails_and_recovers(folder: &std::path::Path, pattern: &str, id: &str, what: &Value, told: &str) {
    let app = open(folder, "staff", false).await.expect("opens");
    assert!(app.poll_once().await.expect("polls").all_answered(), "before {what}");
    let before = source(&app, id).await;
    assert_eq!(before["state"], "fresh", "before {what}");
    assert!(before["fetchedAt"].is_number(), "{before}");

    fault(&app, pattern, what).await;
    let report = app.poll_once().await.expect("a failing source is no failure of the program");
    let failed: Vec<&str> = report.sources.iter().filter(|s| s.error.is_some()).map(|s| s.source).collect();
    // A wait that the host asked for holds for all its addresses, whichever is asked first after it.
    let host = id.split('_').next().unwrap_or(id);
    let whole_host = what["code"] == 429;
    let spared = |other: &str| if whole_host { !other.starts_with(host) } else { other != id };
    assert!(failed.contains(&id), "{what} fails this source: {failed:?}");
    assert!(!failed.iter().any(|s| spared(s)), "{what} fails no other: {failed:?}");
    let failing = source(&app, id).await;
    assert_eq!(failing["state"], "failing", "{what}: {failing}");
    assert!(failing["problem"].as_str().is_some_and(|p| p.contains(told)), "{what} is named: {failing}");
    assert_eq!(failing["fetchedAt"], before["fetchedAt"], "{what}: the age is that of the last good answer");
    for other in ["gateway_tasks", "gateway_flows", "gateway_apis", "portal_statistics"] {
        if spared(other) {
            assert_eq!(source(&app, other).await["state"], "fresh", "{other} during {what}");
        }
    }
    heal(&app).await;
    recovers(&app, what).await;
    let after = source(&app, id).await;
    assert_eq!(after["state"], "fresh", "after {what}");
    assert!(after["problem"].is_null(), "after {what}: {after}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_at_the_gateway_fails_one_source_and_is_recovered_from() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.shutdown().await;
    drop(app);
    for (what, told) in [
        (json!({"kind": "status", "code": 401}), "(401). Hãy nhập lại thẻ truy cập Trục tích hợp"),
        (json!({"kind": "status", "code": 403}), "(403). Hãy đề nghị đơn vị vận hành Trục"),
        (json!({"kind": "status", "code": 429, "retry_after": 1}), "(429)"),
        (json!({"kind": "status", "code": 500}), "máy chủ lỗi (500)"),
        (json!({"kind": "reset_mid_body"}), "bị ngắt giữa chừng"),
        (json!({"kind": "invalid_json"}), "sai cấu trúc"),
        (json!({"kind": "truncated_json"}), "sai cấu trúc"),
        (json!({"kind": "wrong_schema"}), "không theo hợp đồng"),
        (json!({"kind": "empty_body"}), "sai cấu trúc"),
        (json!({"kind": "corrupt_gzip"}), "sai cấu trúc"),
        (json!({"kind": "oversized_body", "bytes": 9 * 1024 * 1024}), "quá lớn"),
        // A fraction of a megabyte on the way; unpacked only up to the limit.
        (json!({"kind": "gzip_bomb", "bytes": 256 * 1024 * 1024}), "quá lớn"),
        (json!({"kind": "redirect", "to": "http://127.0.0.1:9/elsewhere"}), "chuyển hướng"),
    ] {
        fails_and_recovers(folder.path(), "/gateway/v1/flows", "gateway_flows", &what, told).await;
    }
    let app = open(folder.path(), "staff", false).await.expect("opens");
    assert_eq!(run(&app, "journal_verify", json!({})).await["ok"], true);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_at_the_portal_fails_the_statistics_and_is_recovered_from() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.shutdown().await;
    drop(app);
    for (what, told) in [
        (json!({"kind": "session_invalid"}), "Hãy nhập lại mật khẩu tài khoản kết nối Cổng"),
        (json!({"kind": "status", "code": 401}), "(401). Hãy nhập lại mật khẩu tài khoản kết nối Cổng"),
        (json!({"kind": "status", "code": 502}), "máy chủ lỗi (502)"),
        (json!({"kind": "invalid_json"}), "sai cấu trúc"),
        (json!({"kind": "corrupt_gzip"}), "sai cấu trúc"),
    ] {
        fails_and_recovers(folder.path(), "/portal/*", "portal_statistics", &what, told).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_broken_record_is_put_aside_and_the_rest_of_the_answer_is_taken() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    fault(&app, "/gateway/v1/tasks", &json!({"kind": "broken_record"})).await;
    assert!(app.poll_once().await.expect("polls").all_answered());
    let tasks = source(&app, "gateway_tasks").await;
    assert_eq!((&tasks["state"], &tasks["quarantined"]), (&json!("fresh"), &json!(1)), "{tasks}");
    assert!(tasks["rows"].as_u64().is_some_and(|rows| rows > 50), "{tasks}");
    app.shutdown().await;
}
