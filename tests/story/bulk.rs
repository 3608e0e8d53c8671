//! Work in bulk, kept choices and the plan through the public use cases.

use pvhcc_app::App;
use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};

async fn opened(folder: &std::path::Path, user: &'static str) -> App {
    let app = open(folder, user, false).await.expect("opens");
    sign_in(&app).await;
    app
}

fn row<'a>(tasks: &'a Value, no: &str) -> &'a Value {
    tasks["rows"].as_array().and_then(|rows| rows.iter().find(|r| r["no"] == no)).expect("the row is there")
}

fn chosen(tasks: &Value, nos: &[&str]) -> Value {
    nos.iter().map(|no| json!({"no": no, "basedOn": row(tasks, no)["lastEvent"]})).collect()
}

fn line<'a>(preview: &'a Value, no: &str) -> &'a Value {
    preview["lines"].as_array().and_then(|l| l.iter().find(|l| l["no"] == no)).expect("the line is there")
}

fn blocked(note: &str) -> Value {
    json!({"kind": "status", "status": "blocked", "doneOn": null, "note": note, "learned": "meeting", "withoutEvidence": null})
}

async fn events(app: &App, no: &str) -> usize {
    run(app, "task", json!({"no": no})).await["history"].as_array().expect("history").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_many_is_tried_first_written_at_once_and_taken_back_at_once() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path(), "staff").await;
    let before = run(&app, "tasks", json!({})).await;
    let nos = ["86", "88", "19"];
    let args = json!({"tasks": chosen(&before, &nos), "change": blocked("chờ khóa VNeID")});

    let preview = run(&app, "bulk_preview", args.clone()).await;
    assert_eq!((preview["changes"].as_u64(), preview["refused"].as_u64()), (Some(3), Some(0)));
    let order: Vec<&str> =
        preview["lines"].as_array().expect("lines").iter().filter_map(|l| l["no"].as_str()).collect();
    assert_eq!(order, ["19", "86", "88"], "the decision's order, however they were chosen");
    assert!(line(&preview, "19")["new"].as_str().is_some_and(|new| new.contains("chờ khóa VNeID")));
    assert_eq!(run(&app, "tasks", json!({})).await["rows"], before["rows"], "a preview writes nothing");

    let done = run(&app, "bulk_apply", args).await;
    assert_eq!(done["changes"], 3);
    let after = run(&app, "tasks", json!({})).await;
    for no in nos {
        assert_eq!(row(&after, no)["status"], "blocked", "{no}");
        assert_eq!(row(&after, no)["note"], "chờ khóa VNeID", "{no}");
    }

    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    let back = run(&app, "tasks", json!({})).await;
    for no in nos {
        assert_eq!(row(&back, no)["status"], row(&before, no)["status"], "{no}");
        assert_eq!(row(&back, no)["note"], row(&before, no)["note"], "{no}");
    }
    let verified = run(&app, "journal_verify", json!({})).await;
    assert_eq!(verified["ok"], true, "{verified}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_meanwhile_stops_the_whole_act() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path(), "staff").await;
    let seen = run(&app, "tasks", json!({})).await;
    run(
        &app,
        "task_add_note",
        json!({"no": "88", "note": "vừa gọi", "basedOn": row(&seen, "88")["lastEvent"]}),
    )
    .await;
    let (of_86, of_88) = (events(&app, "86").await, events(&app, "88").await);

    let args = json!({"tasks": chosen(&seen, &["86", "88"]), "change": blocked("chờ")});
    let preview = run(&app, "bulk_preview", args.clone()).await;
    assert_eq!(
        (&line(&preview, "86")["moved"], &line(&preview, "88")["moved"]),
        (&json!(false), &json!(true))
    );
    let refused = app.dispatch("bulk_apply", args).await.expect_err("the list is old");
    assert_eq!(serde_json::to_value(refused.code).expect("code"), "conflict");
    assert!(refused.message.contains("88"), "{}", refused.message);
    assert_eq!((events(&app, "86").await, events(&app, "88").await), (of_86, of_88), "nothing was written");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_units_tasks_are_refused_one_by_one_and_a_wrong_change_as_a_whole() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path(), "vnpt").await;
    let seen = run(&app, "tasks", json!({})).await;
    let args = json!({"tasks": chosen(&seen, &["2", "19"]), "change": blocked("chờ tài liệu bước duyệt")});
    let preview = run(&app, "bulk_preview", args.clone()).await;
    assert!(line(&preview, "2")["refused"].is_string(), "task 2 is led by another unit");
    assert!(line(&preview, "19")["refused"].is_null());
    let done = run(&app, "bulk_apply", args).await;
    assert_eq!(done["changes"], 1, "what can be written is written, as the preview said");

    for (change, field) in [
        (blocked("  "), "note"),
        (json!({"kind": "due", "due": "2026-06-30", "document": ""}), "document"),
        (json!({"kind": "due", "due": "30.6", "document": "7007/UBND"}), "due"),
        (json!({"kind": "note", "note": ""}), "note"),
    ] {
        let wrong = json!({"tasks": chosen(&seen, &["19"]), "change": change});
        let refused = app.dispatch("bulk_preview", wrong).await.expect_err("wrong");
        assert_eq!(refused.details["field"], field, "{}", refused.message);
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_come_back_after_a_restart_and_are_nobody_elses() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path(), "staff").await;
    run(&app, "choice_put", json!({"key": "view:Của tôi", "value": "pvhcc-view 1"})).await;
    run(&app, "choice_put", json!({"key": "columns", "value": "{}"})).await;
    run(&app, "choice_put", json!({"key": "columns", "value": null})).await;
    let too_long = json!({"key": "x", "value": "a".repeat(70_000)});
    assert!(app.dispatch("choice_put", too_long).await.is_err());
    run(&app, "sign_out", json!({})).await;
    app.shutdown().await;

    let other = opened(folder.path(), "duty").await;
    assert_eq!(run(&other, "choices", json!({})).await["choices"], json!([]));
    run(&other, "sign_out", json!({})).await;
    other.shutdown().await;

    let again = opened(folder.path(), "staff").await;
    let kept = run(&again, "choices", json!({})).await;
    assert_eq!(kept["choices"], json!([{"key": "view:Của tôi", "value": "pvhcc-view 1"}]));
    again.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_holds_every_task_once_and_follows_what_is_done() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path(), "staff").await;
    let plan = run(&app, "plan", json!({})).await;
    let tasks = plan["tasks"].as_array().expect("tasks");
    assert_eq!(tasks.len(), 90);
    assert_eq!(plan["circular"], json!([]));
    assert!(plan["forecast"].is_object(), "{}", plan["forecastNote"]);
    let cells = |t: &Value| (t["lane"].as_u64(), t["column"].as_u64());
    let place = |no: &str| cells(tasks.iter().find(|t| t["no"] == no).expect("there"));
    assert_eq!(place("69").0, place("74").0, "one flow, one lane");
    assert!(place("69").1 < place("74").1, "declared before it is tested");

    // What waits for something that is opened again waits for it in the plan.
    let seen = run(&app, "tasks", json!({})).await;
    let reopen = json!({"no": "80", "status": "in_progress", "basedOn": row(&seen, "80")["lastEvent"]});
    run(&app, "task_set_status", reopen).await;
    let plan = run(&app, "plan", json!({})).await;
    let of_86 = plan["tasks"].as_array().and_then(|t| t.iter().find(|t| t["no"] == "86")).expect("86");
    assert_eq!(of_86["waitsFor"], json!(["80"]));
    assert_eq!(plan["chain"].as_array().map(Vec::len), Some(2));
    app.shutdown().await;
}
