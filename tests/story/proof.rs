//! Claimed and proved through the public use cases: the gateway's measures, evidence, silence, bars, colours.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::App;
use pvhcc_domain::time::Ms;
use pvhcc_store::Transition;
use pvhcc_tests::{http, open, options, run, sign_in};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

const MINUTE: i64 = 60_000;

async fn task(app: &App, no: &str) -> Value {
    run(app, "task", json!({ "no": no })).await
}

async fn row(app: &App, no: &str) -> Value {
    let tasks = run(app, "tasks", json!({})).await;
    tasks["rows"].as_array().and_then(|rows| rows.iter().find(|r| r["no"] == no)).cloned().expect("row")
}

async fn tile(app: &App) -> Value {
    let overview = run(app, "overview", json!({})).await;
    overview["tiles"].as_array().and_then(|t| t.iter().find(|t| t["id"] == "tasks")).cloned().expect("tile")
}

async fn attention(app: &App, badge: &str) -> Vec<Value> {
    let overview = run(app, "overview", json!({})).await;
    let all = overview["attention"].as_array().cloned().unwrap_or_default();
    all.into_iter().filter(|line| line["badge"] == badge).collect()
}

async fn advance(app: &App, ms: i64) {
    let control = app.sandbox_urls().expect("training").control;
    let moved = http().post(format!("{control}/clock")).json(&json!({ "advance_ms": ms })).send().await;
    assert!(moved.expect("the sandbox answers").status().is_success());
}

/// Asks until all answer: the breaker of a source may have been open.
async fn recover(app: &App) {
    let mut round = tokio::time::interval(Duration::from_millis(200));
    let all = tokio::time::timeout(Duration::from_secs(60), async {
        while !app.poll_once().await.expect("polls").all_answered() {
            round.tick().await;
        }
    });
    assert!(all.await.is_ok(), "the sources answer again");
}

async fn conclusions(app: &App) -> Vec<Transition> {
    let all = app.store().transitions(None, Ms(0)).await.expect("transitions");
    all.into_iter().filter(|t| t.entity.starts_with("proof:")).collect()
}

fn file(name: &str, bytes: &[u8]) -> Value {
    json!({ "name": name, "content": STANDARD.encode(bytes) })
}

async fn add(app: &App, no: &str, evidence: Value) -> Value {
    run(app, "evidence_add", json!({ "no": no, "evidence": evidence, "basedOn": null })).await
}

async fn refused(app: &App, command: &str, args: Value) -> (String, Option<String>) {
    let error = app.dispatch(command, args.clone()).await.expect_err("refused");
    let code = serde_json::to_value(error.code).expect("code");
    (code.as_str().unwrap_or_default().to_owned(), error.details.get("field").cloned())
}

/// Blobs of a profile, by the path of their file.
fn blobs(folder: &Path) -> Vec<PathBuf> {
    let list = |dir: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(dir).expect("folder").map(|e| e.expect("entry").path()).collect()
    };
    list(&folder.join("blobs")).iter().flat_map(|shelf| list(shelf)).collect()
}

fn blob_with(folder: &Path, words: &str) -> PathBuf {
    let holds =
        |path: &&PathBuf| std::fs::read(path).is_ok_and(|b| String::from_utf8_lossy(&b).contains(words));
    blobs(folder).iter().find(holds).cloned().expect("the file is kept")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_84_claimed_78_are_proved_and_one_api_has_lost_its_proof_since_13_40() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let seeded = conclusions(&app).await;
    let begin = pvhcc_sandbox::training_start();
    assert!(seeded.iter().all(|t| t.at <= begin), "seeded conclusions speak of the past only");
    let unseen = row(&app, "11").await;
    assert_eq!(unseen["proof"]["tone"], "silent", "before the first answer the last verdict stands, dotted");

    app.poll_once().await.expect("polls");
    let after = conclusions(&app).await;
    let news: Vec<&Transition> = after.iter().filter(|t| !seeded.contains(t)).collect();
    assert!(news.is_empty(), "the measures say what had been concluded: {news:#?}");
    let tile = tile(&app).await;
    assert_eq!(
        (tile["value"].as_str(), tile["proved"]["value"].as_str()),
        (Some("84"), Some("78")),
        "{tile}"
    );
    assert_eq!(tile["unit"], "/ 90 báo xong");

    let lost = task(&app, "17").await;
    assert_eq!(lost["row"]["proof"]["tone"], "failed");
    assert_eq!(lost["row"]["proof"]["text"], "Mất từ 13:40");
    assert!(
        lost["proof"]["reasons"][0]["text"].as_str().expect("why").contains("91,3%"),
        "{}",
        lost["proof"]
    );
    assert!(lost["proof"]["reasons"][0]["text"].as_str().expect("why").contains("PAYMENT_TIMEOUT"));
    assert_eq!(lost["row"]["rag"]["rag"], "red");
    for (no, tone, text) in [
        ("11", "proved", "API đạt 9"),
        ("54", "claimed", "Chỉ báo xong"),
        ("73", "proved", "Kiểm thử đạt"),
        ("9", "proved", "Biên bản"),
        ("10", "proved", "Liên kết"),
        ("74", "failed", "Không đạt từ 13:40"),
        ("75", "claimed", "Chỉ báo xong"),
        ("19", "none", "–"),
    ] {
        let pill = row(&app, no).await["proof"].clone();
        assert_eq!(pill["tone"], tone, "{no}: {pill}");
        assert!(pill["text"].as_str().is_some_and(|t| t.starts_with(text)), "{no}: {pill}");
    }
    let lines = attention(&app, "Mất minh chứng").await;
    assert_eq!(lines.len(), 1, "the flows that fail with it stand in its line: {lines:?}");
    assert!(
        lines[0]["detail"].as_str().is_some_and(|d| d.contains("91,3%") && d.contains("TT 74, 87")),
        "{lines:?}"
    );

    for (chart, column) in
        [("burn_up", "Có minh chứng"), ("sections", "có minh chứng"), ("units", "Có minh chứng")]
    {
        let drawn =
            run(&app, "chart", json!({"chart": chart, "width": 640, "height": 240, "theme": "light"})).await;
        let columns = drawn["columns"].as_array().expect("columns");
        let at = columns.iter().position(|c| c == column).unwrap_or_else(|| panic!("{chart}: {columns:?}"));
        let rows = drawn["rows"].as_array().expect("rows");
        let sum: i64 = rows.iter().filter_map(|r| r[at].as_str()).filter_map(|t| t.parse::<i64>().ok()).sum();
        match chart {
            "burn_up" => assert_eq!(rows.last().expect("today")[at], "78"),
            "sections" => assert_eq!(sum, 78),
            _ => assert!(sum >= 78, "a task counts for each of its lead units"),
        }
    }
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "staff", false).await.expect("opens again");
    app.poll_once().await.expect("polls");
    assert_eq!(conclusions(&app).await.len(), after.len(), "a repeated start concludes nothing new");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_makes_proofs_unobserved_never_failed_and_an_answer_brings_them_back() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let before = conclusions(&app).await.len();
    let control = app.sandbox_urls().expect("training").control;
    let fault = json!({"pattern": "/gateway/*", "fault": {"kind": "status", "code": 503}});
    http().post(format!("{control}/faults")).json(&fault).send().await.expect("control");
    app.poll_once().await.expect("polls");
    assert_eq!(
        row(&app, "11").await["proof"]["tone"],
        "proved",
        "one failed try makes the measures no older"
    );
    assert_eq!(conclusions(&app).await.len(), before);

    advance(&app, 10 * MINUTE).await;
    app.poll_once().await.expect("polls");
    let silent = row(&app, "11").await["proof"].clone();
    assert_eq!(silent["tone"], "silent", "{silent}");
    assert!(silent["text"].as_str().is_some_and(|t| t.starts_with("Không rõ từ 14:0")), "{silent}");
    let told = silent["detail"].as_str().expect("words");
    assert!(told.contains("Không quan sát được từ 14:0") && told.contains("gần nhất: đạt"), "{told}");
    assert_eq!(row(&app, "17").await["proof"]["tone"], "silent", "what had failed is not seen either");
    assert_eq!(row(&app, "9").await["proof"]["tone"], "proved", "a file needs no gateway");
    let all: Vec<Transition> = conclusions(&app).await.split_off(before);
    assert!(!all.is_empty() && all.iter().all(|t| t.to == "unobserved"), "{all:?}");
    let note = tile(&app).await["note"].clone();
    assert!(note.as_str().is_some_and(|n| n.contains("không quan sát được")), "{note}");

    http().delete(format!("{control}/faults")).send().await.expect("control");
    advance(&app, 2 * MINUTE).await;
    recover(&app).await;
    assert_eq!(row(&app, "11").await["proof"]["tone"], "proved");
    assert_eq!(
        row(&app, "17").await["proof"]["text"],
        "Mất từ 13:40",
        "the same failure as before the silence"
    );
    assert_eq!(tile(&app).await["proved"]["value"], "78");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn done_without_anything_to_show_asks_for_the_reason() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let done = |reason: Value| {
        json!({"no": "86", "status": "done", "doneOn": "2026-05-29", "onBehalfOf": "vnpt", "learned": "call",
               "withoutEvidence": reason, "basedOn": null})
    };
    assert_eq!(task(&app, "86").await["proof"]["reasonNeeded"], true);
    for reason in [Value::Null, json!("  ")] {
        let (code, field) = refused(&app, "task_set_status", done(reason)).await;
        assert_eq!((code.as_str(), field.as_deref()), ("invalid", Some("withoutEvidence")));
    }
    run(&app, "task_set_status", done(json!("Biên bản gửi sau"))).await;
    let bare = task(&app, "86").await;
    assert_eq!(bare["row"]["proof"]["tone"], "claimed");
    assert_eq!(bare["proof"]["withoutEvidence"], "Biên bản gửi sau");

    add(&app, "86", json!({"type": "note", "text": "đã gọi điện"})).await;
    assert_eq!(task(&app, "86").await["proof"]["reasonNeeded"], true, "a remark shows nothing");
    let run_it = json!({"type": "test_run", "on": "2026-05-29", "by": "VNPT", "tried": "Đăng nhập qua Agent Node",
                        "result": "passed", "minutes": file("Biên bản SSO.pdf", b"%PDF-1.7 minutes")});
    let edited = add(&app, "86", run_it).await;
    assert_eq!(edited["row"]["proof"]["tone"], "proved", "{edited}");
    assert_eq!(task(&app, "86").await["proof"]["reasonNeeded"], false);
    run(&app, "task_set_status", done(Value::Null)).await;
    let last = conclusions(&app).await.pop().expect("a conclusion");
    assert_eq!((last.entity.as_str(), last.to.as_str(), last.rule_version), ("proof:86", "proved", 2));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_revoked_and_undone_as_events_and_only_by_who_may() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let shown = task(&app, "7").await;
    let id = shown["proof"]["evidence"][0]["id"].clone();
    let revoke = |reason: &str| json!({"no": "7", "id": id, "reason": reason, "basedOn": null});
    assert_eq!(refused(&app, "evidence_revoke", revoke(" ")).await.1.as_deref(), Some("reason"));
    let revoked = run(&app, "evidence_revoke", revoke("Thiếu chữ ký")).await;
    assert_eq!(revoked["row"]["proof"]["tone"], "claimed", "what was shown is taken away, not unseen");
    let listed = task(&app, "7").await["proof"]["evidence"][0].clone();
    assert!(listed["revoked"].as_str().is_some_and(|r| r.contains("Thiếu chữ ký")), "{listed}");
    assert_eq!(refused(&app, "evidence_revoke", revoke("lần nữa")).await.0, "not_found");
    run(&app, "undo", json!({"eventId": revoked["eventId"]})).await;
    assert_eq!(row(&app, "7").await["proof"]["tone"], "proved");
    let steps: Vec<String> =
        conclusions(&app).await.into_iter().filter(|t| t.entity == "proof:7").map(|t| t.to).collect();
    assert_eq!(steps, ["proved", "unobserved", "proved"], "each change of the verdict once");

    let link = json!({"type": "link", "url": "javascript:alert(1)"});
    let args = |evidence: &Value| json!({"no": "7", "evidence": evidence, "basedOn": null});
    assert_eq!(refused(&app, "evidence_add", args(&link)).await.1.as_deref(), Some("url"));
    let script = json!({"type": "file", "file": file("hóa đơn.pdf.exe", b"x")});
    assert_eq!(refused(&app, "evidence_add", args(&script)).await.1.as_deref(), Some("file"));
    let measured = add(&app, "11", json!({"type": "live_check"})).await;
    assert_eq!(measured["row"]["proof"]["tone"], "proved");
    let check = task(&app, "11").await["proof"]["evidence"][0].clone();
    assert!(check["title"].as_str().is_some_and(|t| t.contains("dvcqg.01")), "{check}");
    assert_eq!(
        refused(&app, "evidence_add", args(&json!({"type": "live_check"}))).await.1.as_deref(),
        Some("evidence")
    );
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "vnpt", false).await.expect("opens");
    sign_in(&app).await;
    let note = json!({"type": "note", "text": "x"});
    assert_eq!(refused(&app, "evidence_add", args(&note)).await.0, "forbidden", "another unit's task");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_altered_or_vanished_is_found_and_said_and_never_opened_or_saved() {
    let folder = tempfile::tempdir().expect("folder");
    let opened: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let seen = Arc::clone(&opened);
    let mut how = options(folder.path(), "staff", false);
    how.open_file = Arc::new(move |path| {
        seen.lock().expect("list").push(path.to_owned());
        Ok(())
    });
    let app = App::open(how).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let id = task(&app, "7").await["proof"]["evidence"][0]["id"].clone();
    let key = json!({"no": "7", "id": id});
    run(&app, "evidence_open", key.clone()).await;
    let copy = opened.lock().expect("list").pop().expect("handed to the system");
    assert_eq!(copy.file_name().and_then(|n| n.to_str()), Some("Biên bản bàn giao tài khoản.txt"));
    assert!(std::fs::read_to_string(&copy).expect("copy").contains("TT 7"));
    assert!(std::fs::metadata(&copy).expect("copy").permissions().readonly());

    let blob = blob_with(folder.path(), "TT 7.");
    let whole = std::fs::read(&blob).expect("blob");
    for name in ["Biên bản bàn giao tài khoản.txt", "Biên bản bàn giao tài khoản-2.txt"] {
        let saved = run(&app, "evidence_save", key.clone()).await;
        let path = PathBuf::from(saved["path"].as_str().expect("path"));
        assert_eq!(path.file_name().and_then(|n| n.to_str()), Some(name), "none replaces another");
        assert_eq!(std::fs::read(&path).expect("saved"), whole);
        assert!(saved["message"].as_str().expect("message").contains(path.to_str().expect("UTF-8")));
    }
    std::fs::write(&blob, b"khac").expect("altered");
    assert!(
        app.dispatch("evidence_open", key.clone())
            .await
            .expect_err("refused")
            .message
            .contains("bị thay đổi")
    );
    assert!(opened.lock().expect("list").is_empty(), "never opened");
    let e = app.dispatch("evidence_save", key.clone()).await.expect_err("nor saved");
    assert!(e.message.contains("bị thay đổi"), "{}", e.message);
    let altered = row(&app, "7").await["proof"].clone();
    assert_eq!(
        (altered["tone"].as_str(), altered["damaged"].as_bool()),
        (Some("failed"), Some(true)),
        "{altered}"
    );
    assert_eq!(attention(&app, "Tệp minh chứng hỏng").await.len(), 1);
    assert!(task(&app, "7").await["proof"]["evidence"][0]["file"]["problem"].is_string());

    std::fs::remove_file(&blob).expect("gone");
    let checked = run(&app, "evidence_check", json!({"no": null})).await;
    assert_eq!(checked["problems"].as_array().map(Vec::len), Some(1), "{checked}");
    assert_eq!(row(&app, "7").await["proof"]["tone"], "silent", "not there is not seen, and no failure");

    std::fs::write(&blob, whole).expect("restored");
    run(&app, "evidence_check", json!({"no": "7"})).await;
    assert_eq!(row(&app, "7").await["proof"]["tone"], "proved");
    app.shutdown().await;
    assert!(!copy.exists(), "copies of opened files are dropped at the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sets_bars_and_the_verdicts_follow() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "admin", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let bar = |window: &str, size: u64, success: f64| json!({"window": window, "size": size, "minCalls": 20, "successPercent": success, "p95Ms": 4000});
    let set = |target: &str, bar: Value| json!({"target": target, "bar": bar, "reason": "thử mức"});
    for (wrong, field) in [
        (bar("days", 91, 98.0), "size"),
        (bar("calls", 10, 98.0), "minCalls"),
        (bar("calls", 100, 0.0), "successPercent"),
    ] {
        assert_eq!(refused(&app, "bar_set", set("default", wrong)).await.1.as_deref(), Some(field));
    }
    assert_eq!(refused(&app, "bar_set", set("dvcqg.99", bar("calls", 100, 98.0))).await.0, "not_found");
    let low = run(&app, "bar_set", set("dvcqg.07", bar("calls", 250, 80.0))).await;
    assert!(
        low["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .any(|r| r["target"] == "dvcqg.07" && r["who"] == "Quản trị 05" && r["reason"] == "thử mức")
    );
    assert_eq!(
        row(&app, "17").await["proof"]["tone"],
        "failed",
        "timeouts are above the last step of durations"
    );
    let month = run(&app, "bar_set", set("dvcqg.07", bar("days", 1, 95.0))).await;
    assert!(month["rows"].as_array().is_some_and(|rows| !rows.is_empty()));
    assert_eq!(row(&app, "17").await["proof"]["tone"], "proved", "a day's calls bear a bad half hour");
    // The window of days moves on with the measures, and says the same as reading it anew.
    advance(&app, 60 * MINUTE).await;
    app.poll_once().await.expect("polls");
    let moved = task(&app, "17").await["proof"]["reasons"].clone();
    app.shutdown().await;
    drop(app);
    let app = open(folder.path(), "admin", false).await.expect("opens");
    sign_in(&app).await;
    let again = task(&app, "17").await["proof"]["reasons"].clone();
    assert_eq!(moved, again);
    run(&app, "bar_set", set("dvcqg.07", Value::Null)).await;
    let rows = run(&app, "bars", json!({})).await["rows"].clone();
    assert!(
        rows.as_array().expect("rows").iter().all(|r| r["since"].is_null()),
        "back to what is shipped: {rows}"
    );

    // A whole flow from a day on, and the group of those in rare use.
    let mut later = set("flow:dossier_sync", bar("calls", 250, 80.0));
    for (from, reason, field) in [
        ("2026-05-28", "vì", "from"),
        ("2027-12-01", "vì", "from"),
        ("29/5", "vì", "from"),
        ("2026-06-01", " ", "reason"),
    ] {
        later["from"] = json!(from);
        later["reason"] = json!(reason);
        assert_eq!(
            refused(&app, "bar_set", later.clone()).await.1.as_deref(),
            Some(field),
            "{from} {reason}"
        );
    }
    later["reason"] = json!("Công văn 15");
    later["bar"]["p95Ms"] = json!(15_000);
    later["bar"]["size"] = json!(2000);
    let rows = run(&app, "bar_set", later).await["rows"].clone();
    let flow =
        rows.as_array().expect("rows").iter().find(|r| r["target"] == "flow:dossier_sync").expect("told");
    assert_eq!(
        (&flow["since"], &flow["coming"][0]["reason"]),
        (&Value::Null, &json!("Công văn 15")),
        "{flow}"
    );
    assert_eq!(flow["coming"][0]["from"], Ms::parse_rfc3339("2026-06-01T00:00:00+07:00").expect("valid").0);
    let need = |task: &Value| task["proof"]["needs"].as_str().expect("needs").to_owned();
    assert!(!need(&task(&app, "17").await).contains("2.000 lượt gọi gần nhất"), "not in force yet");
    advance(&app, 3 * 24 * 60 * MINUTE).await;
    app.poll_once().await.expect("polls");
    assert!(need(&task(&app, "17").await).contains("2.000 lượt gọi gần nhất"), "from that day on");
    let group = run(&app, "bar_set", set("group:Ít dùng", bar("days", 60, 90.0))).await;
    let group =
        group["rows"].as_array().expect("rows").iter().find(|r| r["target"] == "group:Ít dùng").cloned();
    assert_eq!(group.expect("told")["text"].as_str().map(|t| t.starts_with("60 ngày gần nhất")), Some(true));
    assert_eq!(refused(&app, "bar_set", set("group:Khác", bar("days", 60, 90.0))).await.0, "not_found");
    let events = app.store().events(Some("rules"), 0, i64::MAX).await.expect("reads");
    assert!(
        events.iter().any(|e| e.act.payload().is_ok_and(|p| p.contains("Công văn 15"))),
        "an act with its reason"
    );
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    assert_eq!(refused(&app, "bar_set", set("default", bar("calls", 100, 98.0))).await.0, "forbidden");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colour_is_computed_with_its_reasons_and_set_by_hand_only_for_a_while() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let blocked = row(&app, "86").await["rag"].clone();
    assert_eq!(blocked["rag"], "red");
    let reasons: Vec<&str> =
        blocked["reasons"].as_array().expect("why").iter().filter_map(Value::as_str).collect();
    assert!(
        reasons.iter().any(|r| r.starts_with("Quá hạn")) && reasons.contains(&"Đang vướng mắc"),
        "{reasons:?}"
    );
    let set = |reason: &str, until: &str| json!({"no": "86", "rag": "amber", "reason": reason, "until": until, "basedOn": null});
    for (args, field) in
        [(set("", "2026-05-30"), "reason"), (set("x", "2026-05-28"), "until"), (set("x", "mai"), "until")]
    {
        assert_eq!(refused(&app, "rag_override", args).await.1.as_deref(), Some(field));
    }
    run(&app, "rag_override", set("Đã có hẹn cấp khóa", "2026-05-30")).await;
    let hand = row(&app, "86").await["rag"].clone();
    assert_eq!((hand["rag"].as_str(), hand["computed"].as_str()), (Some("amber"), Some("red")));
    assert!(hand["byHand"].as_str().is_some_and(|w| w.contains("Đã có hẹn cấp khóa")), "{hand}");
    advance(&app, 34 * 60 * MINUTE).await;
    assert_eq!(row(&app, "86").await["rag"]["rag"], "red", "it ended with its last day");
    run(&app, "rag_override", set("Gia hạn", "2026-06-05")).await;
    run(&app, "rag_end", json!({"no": "86", "basedOn": null})).await;
    assert!(row(&app, "86").await["rag"]["byHand"].is_null());
    app.shutdown().await;
}
