//! Windows of bars on a fresh installation and after days without the program: what was not asked for is asked for, and until
//! then nothing is concluded from what is missing.

use pvhcc_app::{App, Options, Profile};
use pvhcc_domain::time::Ms;
use pvhcc_sandbox::{GATEWAY_TOKEN, PORTAL_PASSWORD, Sandbox};
use pvhcc_tests::{http, open, options, run, sign_in, source_addresses};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// Set in the process that has the secrets of the sources in its environment.
const INSIDE: &str = "PVHCC_TEST_SECRETS";
/// The task of an API in rare use: its bar looks back over 30 days.
const RARE: &str = "18";
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Runs the test named `name` again with the secrets in its environment; whether that was done.
fn again(name: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return false;
    }
    let output = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", &format!("proof_history::{name}"), "--nocapture"])
        .env(INSIDE, "1")
        .env("PVHCC_GATEWAY_TOKEN", GATEWAY_TOKEN)
        .env("PVHCC_PORTAL_PASSWORD", PORTAL_PASSWORD)
        .output()
        .expect("starts");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{out}{err}");
    true
}

async fn official(folder: &Path, sources: &Value) -> App {
    let how = || Options { profile: Profile::Official, ..options(folder, "staff", false) };
    let app = App::open(how()).await.expect("opens");
    run(&app, "setup_save", sources.clone()).await;
    app.shutdown().await;
    drop(app);
    let app = App::open(Options { exclusive: false, ..how() }).await.expect("opens with its settings");
    app.on_command_line(None).await.expect("reading");
    app
}

/// Tone and text of what is said of the API of a task.
async fn said(app: &App, no: &str) -> (String, String) {
    let task = run(app, "task", json!({ "no": no })).await;
    let reason = &task["proof"]["reasons"][0];
    let text = |field: &str| reason[field].as_str().unwrap_or_default().to_owned();
    (text("tone"), text("text"))
}

async fn poll(app: &App) {
    assert!(app.poll_once().await.expect("polls").all_answered());
}

/// Spans of measures asked for so far.
fn asked(sandbox: &Sandbox) -> usize {
    sandbox.log().iter().filter(|request| request.path == "/gateway/v1/apis/measures").count()
}

#[test]
fn a_fresh_installation_asks_for_the_windows_of_its_bars_and_concludes_only_then() {
    if again("a_fresh_installation_asks_for_the_windows_of_its_bars_and_concludes_only_then") {
        return;
    }
    tokio::runtime::Runtime::new().expect("runtime").block_on(async {
        let (folder, sandbox) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
        let (sandbox, sources) = source_addresses(sandbox.path()).await;
        let app = official(folder.path(), &sources).await;
        poll(&app).await;
        assert_eq!(asked(&sandbox), 1, "the first answer is shown before older ones are asked for");
        let (tone, text) = said(&app, RARE).await;
        assert_eq!(tone, "silent", "{text}");
        assert!(text.contains("chưa đủ dữ liệu: có số đo từ ") && text.ends_with("cần 30 ngày."), "{text}");

        poll(&app).await;
        assert_eq!(asked(&sandbox), 1 + 9, "a round asks for a bounded number of days");
        assert_eq!(said(&app, RARE).await.0, "silent", "nine days are not thirty");
        let mut before = asked(&sandbox);
        // 90 days are the farthest any window reaches; then only the newest is asked for.
        for round in 0.. {
            assert!(round < 12, "it goes on asking: {before} spans");
            poll(&app).await;
            let now = asked(&sandbox);
            if now == before + 1 {
                break;
            }
            before = now;
        }
        let (tone, text) = said(&app, RARE).await;
        assert_eq!(tone, "proved", "{text}");
        assert!(text.contains("trong 30 ngày qua"), "{text}");
        app.shutdown().await;
        sandbox.stop().await;
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_down_from_the_start_is_silence_on_the_tile_in_the_chart_and_in_what_is_concluded()
{
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let overview = async || run(&app, "overview", json!({})).await["tiles"][0].clone();
    assert_eq!(overview().await["proved"]["value"], "28", "before anybody asked");
    let proof = format!("proof:{RARE}");
    let last =
        async || app.store().transitions(Some(&proof), Ms(0)).await.expect("reads").pop().expect("one").to;
    assert_eq!(last().await, "proved");

    let control = app.sandbox_urls().expect("training").control;
    let down = json!({ "pattern": "/gateway/*", "fault": { "kind": "status", "code": 503 } });
    http().post(format!("{control}/faults")).json(&down).send().await.expect("the sandbox answers");
    app.poll_once().await.expect("a failing source is no failure of the program");
    assert_eq!(last().await, "unobserved");
    let tile = overview().await;
    assert!(tile["note"].as_str().expect("note").contains("không quan sát được"), "{tile}");
    let chart = json!({ "chart": "burn_up", "width": 600, "height": 300, "theme": "light" });
    let svg = run(&app, "chart", chart).await.to_string();
    assert!(svg.contains("chưa rõ") && !svg.contains("Có minh chứng 78"), "a gap to the present");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_without_the_program_are_asked_for_and_leave_no_trace_in_the_proofs() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    poll(&app).await;
    let proof = format!("proof:{RARE}");
    let concluded = app.store().transitions(Some(&proof), Ms(0)).await.expect("reads");
    assert_eq!(said(&app, RARE).await.0, "proved");
    let control = app.sandbox_urls().expect("training").control;
    let requests = async || {
        let log = http().get(format!("{control}/log")).send().await.expect("the sandbox answers");
        let log: Value = log.json().await.expect("JSON");
        let all = log["requests"].as_array().expect("list").clone();
        all.iter().filter(|request| request["path"] == "/gateway/v1/apis/measures").count()
    };
    let before = requests().await;
    let moved =
        http().post(format!("{control}/clock")).json(&json!({ "advance_ms": 5 * DAY_MS - HOUR_MS })).send();
    assert!(moved.await.expect("the sandbox answers").status().is_success());
    poll(&app).await;
    assert_eq!(requests().await, before + 5, "the newest day and the four before it");
    let (tone, text) = said(&app, RARE).await;
    assert_eq!(tone, "proved", "{text}");
    assert_eq!(app.store().transitions(Some(&proof), Ms(0)).await.expect("reads"), concluded);
    poll(&app).await;
    assert_eq!(requests().await, before + 6, "and never again");
    app.shutdown().await;
}
