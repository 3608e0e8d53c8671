//! Time travel, comparison, conflicts and undo through the public use cases.

use pvhcc_app::App;
use pvhcc_tests::{http, open, run, sign_in};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

fn row<'a>(tasks: &'a Value, no: &str) -> &'a Value {
    tasks["rows"].as_array().and_then(|rows| rows.iter().find(|r| r["no"] == no)).expect("the row is there")
}

fn compared<'a>(view: &'a Value, no: &str) -> &'a Value {
    view["tasks"].as_array().and_then(|t| t.iter().find(|t| t["no"] == no)).expect("the task changed")
}

fn change<'a>(task: &'a Value, field: &str) -> &'a Value {
    task["changes"]
        .as_array()
        .and_then(|c| c.iter().find(|c| c["field"] == field))
        .expect("the field changed")
}

async fn advance(app: &App, ms: i64) {
    let control = app.sandbox_urls().expect("training").control;
    let moved =
        http().post(format!("{control}/clock")).json(&json!({"advance_ms": ms})).send().await.expect("clock");
    assert!(moved.status().is_success());
}

async fn now(app: &App) -> i64 {
    run(app, "tasks", json!({})).await["now"].as_i64().expect("domain time")
}

/// What the present and the same moment asked for as the past have in common: all but what says which of them it is.
fn plain(mut view: Value) -> Value {
    for key in ["now", "asOf", "gatewayText"] {
        view[key] = Value::Null;
    }
    for row in view["rows"].as_array_mut().expect("rows") {
        row["editable"] = Value::Null;
        // Of the past the verdict is kept, and the measures it rested on; not those of every later minute.
        row["proof"] = row["proof"]["tone"].clone();
    }
    view
}

async fn set(app: &App, no: &str, status: &str, base: &Value) -> Value {
    let note = if status == "blocked" { json!("chờ khóa") } else { Value::Null };
    let args = json!({"no": no, "status": status, "note": note, "basedOn": base});
    run(app, "task_set_status", args).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_the_plan_and_a_proof_are_read_as_of_a_moment() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let moment = now(&app).await;
    let (register, plan) = (run(&app, "obstacles", json!({})).await, run(&app, "plan", json!({})).await);
    let proof = run(&app, "task", json!({"no": "86"})).await["proof"].clone();
    advance(&app, HOUR).await;
    let words = json!({"group": "access", "title": "Sau lúc đó", "detail": "", "systems": [], "units": [],
        "tasks": ["86"], "party": "vnpt", "raisedAt": null, "answerDue": null});
    let raised = run(&app, "obstacle_raise", json!({"words": words})).await["id"].clone();
    let link = json!({"type": "link", "url": "https://example.vn/bien-ban", "title": "Biên bản"});
    let base = row(&run(&app, "tasks", json!({})).await, "86")["lastEvent"].clone();
    let added = run(&app, "evidence_add", json!({"no": "86", "evidence": link, "basedOn": base})).await;
    set(&app, "86", "in_progress", &added["eventId"]).await;

    let past = run(&app, "obstacles", json!({"asOf": moment})).await;
    let count = |view: &Value| view["rows"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&past), count(&register), "what was raised later is not there");
    assert_eq!((&past["now"], &past["canRaise"]), (&json!(moment), &json!(false)));
    assert!(app.dispatch("obstacle", json!({"id": raised, "asOf": moment})).await.is_err());
    let status = |view: &Value| {
        let tasks = view["tasks"].as_array().expect("tasks");
        tasks.iter().find(|t| t["no"] == "86").expect("task 86")["status"].clone()
    };
    assert_eq!(status(&run(&app, "plan", json!({"asOf": moment})).await), status(&plan));
    assert_ne!(status(&run(&app, "plan", json!({})).await), status(&plan));

    let then = run(&app, "task", json!({"no": "86", "at": moment})).await["proof"].clone();
    assert_eq!((&then["headline"], &then["evidence"]), (&proof["headline"], &proof["evidence"]));
    let kept = run(&app, "task", json!({"no": "86"})).await["proof"]["evidence"].clone();
    assert_eq!(kept[0]["title"], "Biên bản");
}

#[tokio::test(flavor = "multi_thread")]
async fn as_of_now_is_the_present_and_as_of_then_is_what_was_then() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let then = run(&app, "tasks", json!({})).await;
    let moment = then["now"].as_i64().expect("time");
    advance(&app, 26 * HOUR).await;
    let base = &row(&then, "86")["lastEvent"];
    set(&app, "86", "in_progress", base).await;
    let day = json!({"day": "2026-05-31", "working": true, "basis": "làm bù"});
    assert!(app.dispatch("calendar_set", day).await.is_err(), "staff do not set the calendar");
    app.poll_once().await.expect("polls");

    let present = run(&app, "tasks", json!({})).await;
    let today = run(&app, "tasks_as_of", json!({"at": present["now"]})).await;
    assert_eq!(today["asOf"], present["now"]);
    assert_eq!(plain(today), plain(present.clone()), "as of now is the present");

    let past = run(&app, "tasks_as_of", json!({"at": moment})).await;
    assert_eq!(row(&past, "86")["status"], "blocked");
    assert_ne!(
        row(&past, "86")["lateness"],
        row(&present, "86")["lateness"],
        "late on the day of that moment"
    );
    let (seen, then) = (plain(past.clone()), plain(then));
    for (seen, then) in
        seen["rows"].as_array().expect("rows").iter().zip(then["rows"].as_array().expect("rows"))
    {
        assert_eq!(seen, then, "what was seen then of {}", then["no"]);
    }
    assert_eq!(seen, then, "what was seen then");
    assert!(
        past["rows"].as_array().expect("rows").iter().all(|r| r["editable"] == false),
        "the past is read-only"
    );

    let before_any_poll = run(&app, "tasks_as_of", json!({"at": moment - 48 * HOUR})).await;
    assert_eq!(before_any_poll["gatewayText"], "không lưu");
    assert!(row(&before_any_poll, "17")["gateway"].is_null());
    let tomorrow = app.dispatch("tasks_as_of", json!({"at": now(&app).await + 48 * HOUR})).await;
    assert!(tomorrow.expect_err("refused").message.contains("chưa đến"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_names_what_changed_from_what_to_what_by_whom_and_when() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let from = now(&app).await;
    advance(&app, HOUR).await;
    let tasks = run(&app, "tasks", json!({})).await;
    set(&app, "86", "in_progress", &row(&tasks, "86")["lastEvent"]).await;
    let due = json!({"no": "89", "due": "2026-06-30", "document": "12/CV", "basedOn": null});
    run(&app, "task_change_due", due).await;
    run(&app, "task_add_note", json!({"no": "89", "note": "=đã gọi", "basedOn": null})).await;
    let undone = run(&app, "task_add_note", json!({"no": "88", "note": "nhầm", "basedOn": null})).await;
    run(&app, "undo", json!({"eventId": undone["eventId"]})).await;

    let view = run(&app, "tasks_compare", json!({"from": from})).await;
    let status = change(compared(&view, "86"), "status");
    assert_eq!((&status["old"], &status["new"]), (&json!("Vướng mắc"), &json!("Đang làm")));
    assert_eq!(status["who"], "Chuyên viên 01 · TT PVHCC tỉnh");
    assert!(status["at"].as_i64().expect("when") > from);
    assert_eq!(status["late"], false);
    let due = change(compared(&view, "89"), "due");
    assert!(due["old"].as_str().expect("a day").ends_with("(quyết định)"), "{due}");
    assert_eq!(due["new"], "30/06/2026 theo 12/CV");
    assert_eq!(change(compared(&view, "89"), "remark")["new"], "=đã gọi");
    let said: Vec<&Value> = view["tasks"].as_array().expect("tasks").iter().map(|t| &t["no"]).collect();
    assert!(!said.contains(&&json!("88")), "what was taken back is no change: {said:?}");

    let same = run(&app, "tasks_compare", json!({"from": from, "to": from})).await;
    assert_eq!(same["tasks"], json!([]), "a moment compared with itself");
    let turned = app.dispatch("tasks_compare", json!({"from": from, "to": from - HOUR})).await;
    assert!(turned.is_err(), "the earlier moment comes first");

    let export = async |format: &str| {
        let args = json!({"from": from, "format": format});
        let made = run(&app, "tasks_compare_export", args).await;
        std::fs::read_to_string(made["path"].as_str().expect("a path")).expect("the file is there")
    };
    let csv = export("csv").await;
    assert!(csv.contains("\"'=đã gọi\""), "a formula is kept as text: {csv}");
    let md = export("md").await;
    assert!(md.contains("| ~~Vướng mắc~~ | Đang làm |"), "{md}");
    assert_eq!(export("md").await.len(), md.len(), "a second export stands beside the first");
    app.shutdown().await;
}

/// Two people look at the same row; the second saves without having seen the first's edit.
async fn conflict(app: &App) -> (Value, Value) {
    let base = row(&run(app, "tasks", json!({})).await, "86")["lastEvent"].clone();
    let first = set(app, "86", "in_progress", &base).await;
    assert!(first["conflictWith"].is_null());
    (base, first)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_edits_on_one_base_stand_side_by_side_until_one_is_kept_and_undo_brings_the_dispute_back() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let (base, first) = conflict(&app).await;
    app.shutdown().await;
    drop(app);
    let app = open(folder.path(), "duty", false).await.expect("opens");
    sign_in(&app).await;
    let second = set(&app, "86", "not_started", &base).await;
    assert_eq!(second["conflictWith"], first["eventId"]);
    assert_eq!(second["row"]["conflicts"], 1);

    let detail = run(&app, "task", json!({"no": "86"})).await;
    let shown = &detail["conflicts"][0];
    assert_eq!(shown["topic"], "Trạng thái");
    assert_eq!(
        (&shown["first"]["text"], &shown["second"]["text"]),
        (&json!("Đang làm"), &json!("Chưa bắt đầu"))
    );
    assert_eq!(shown["second"]["saw"], "vướng mắc", "what the second person saw");
    assert_eq!(shown["first"]["who"], "Chuyên viên 01 · TT PVHCC tỉnh");
    assert_eq!(
        detail["history"].as_array().expect("history").iter().filter(|h| h["disputed"] == true).count(),
        2
    );
    let attention = run(&app, "overview", json!({})).await["attention"].to_string();
    assert!(attention.contains("Mâu thuẫn"), "{attention}");

    let settle =
        json!({"no": "86", "first": first["eventId"], "second": second["eventId"], "kept": first["eventId"]});
    let settled = run(&app, "conflict_settle", settle.clone()).await;
    assert_eq!((&settled["row"]["status"], &settled["row"]["conflicts"]), (&json!("in_progress"), &json!(0)));
    let again = app.dispatch("conflict_settle", settle).await.expect_err("it is settled");
    assert_eq!(serde_json::to_value(again.code).expect("code"), "conflict");

    // The first edit's value was said again together with the settling: one undo takes back both.
    let undone = run(&app, "undo", json!({})).await;
    assert_eq!((&undone["row"]["status"], &undone["row"]["conflicts"]), (&json!("not_started"), &json!(1)));
    let redone = run(&app, "undo", json!({"eventId": undone["eventId"]})).await;
    assert_eq!((&redone["row"]["status"], &redone["row"]["conflicts"]), (&json!("in_progress"), &json!(0)));
    assert!(redone["message"].as_str().expect("words").starts_with("Đã làm lại 2 thao tác"), "{redone}");
    assert_eq!(run(&app, "journal_verify", json!({})).await["ok"], true);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_of_any_part_of_a_batch_takes_back_all_of_it_and_undo_of_that_brings_it_back() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let before = run(&app, "tasks", json!({})).await;
    let chosen = ["86", "88", "89"];
    let tasks: Vec<Value> =
        chosen.iter().map(|no| json!({"no": no, "basedOn": row(&before, no)["lastEvent"]})).collect();
    let due = json!({"kind": "due", "due": "2026-07-01", "document": "15/CV"});
    run(&app, "bulk_apply", json!({"tasks": tasks, "change": due})).await;
    let changed = async |app: &App| {
        let view = run(app, "tasks", json!({})).await;
        chosen.iter().filter(|no| row(&view, no)["changedDue"] == "2026-07-01").count()
    };
    assert_eq!(changed(&app).await, 3);
    let history = run(&app, "task", json!({"no": "88"})).await["history"].clone();
    assert_eq!(history[0]["batch"], "Đổi hạn cho 3 nhiệm vụ");
    let part = history[0]["id"].clone();
    let undone = run(&app, "undo", json!({"eventId": part})).await;
    assert_eq!(changed(&app).await, 0, "{undone}");
    assert!(app.dispatch("undo", json!({"eventId": part})).await.is_err(), "nothing of it stands any more");
    run(&app, "undo", json!({"eventId": undone["eventId"]})).await;
    assert_eq!(changed(&app).await, 3, "undo of an undo is redo");
    let history = run(&app, "task", json!({"no": "88"})).await["history"].clone();
    assert_eq!((&history[0]["text"], &history[0]["redo"]), (&json!("Làm lại"), &json!(true)));
    run(&app, "undo", json!({})).await;
    assert_eq!(changed(&app).await, 0, "the last act is the batch again");
    app.shutdown().await;
}
