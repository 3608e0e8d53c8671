//! The main job through the public use cases: sign in, poll, keep, show, edit, undo, restart, lose the gateway.

use pvhcc_tests::{http, open, open_with_records, run, sign_in, until};
use serde_json::{Value, json};

fn row<'a>(tasks: &'a Value, no: &str) -> &'a Value {
    tasks["rows"].as_array().and_then(|rows| rows.iter().find(|r| r["no"] == no)).expect("the row is there")
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sign_in_find_90_tasks_edit_one_and_find_the_edit_after_a_restart() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", true).await.expect("opens");
    let refused = app.dispatch("tasks", json!({})).await.expect_err("nobody is signed in yet");
    assert_eq!(serde_json::to_value(refused.code).expect("code"), "unauthenticated");
    sign_in(&app).await;

    let tasks = run(&app, "tasks", json!({})).await;
    let real = tasks["rows"].as_array().expect("rows").iter().filter(|r| r["heading"] == false).count();
    assert_eq!(real, 90, "90 actionable tasks");
    let base = row(&tasks, "86")["lastEvent"].clone();
    let edited = run(
        &app,
        "task_set_status",
        json!({"no": "86", "status": "done", "doneOn": "2026-05-29", "note": null,
               "onBehalfOf": "vnpt", "learned": "minutes", "basedOn": base,
               "withoutEvidence": "Biên bản gửi sau"}),
    )
    .await;
    assert_eq!(edited["row"]["status"], "done");
    assert!(edited["conflictWith"].is_null());
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "staff", true).await.expect("opens again");
    let kept = run(&app, "tasks", json!({})).await;
    assert_eq!(row(&kept, "86")["status"], "done", "readable without signing in, as this seat was used");
    let refused = app.dispatch("task_add_note", json!({"no": "86", "note": "x", "basedOn": null})).await;
    assert!(refused.is_err(), "never anonymous writing");
    sign_in(&app).await;
    let undone = run(&app, "undo", json!({"eventId": edited["eventId"]})).await;
    assert_eq!(undone["row"]["status"], "blocked", "undo is a new event that brings the old state back");
    let verify = run(&app, "journal_verify", json!({})).await;
    assert_eq!(verify["ok"], true);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_edits_are_refused_by_name_and_change_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let before = run(&app, "storage", json!({})).await["head"].clone();
    for (args, field) in [
        (json!({"no": "86", "status": "done", "doneOn": null}), "doneOn"),
        (json!({"no": "86", "status": "done", "doneOn": "2026-06-30"}), "doneOn"),
        (json!({"no": "86", "status": "done", "doneOn": "hôm qua"}), "doneOn"),
        (json!({"no": "86", "status": "blocked", "note": "  "}), "note"),
        (json!({"no": "86", "status": "not_applicable"}), "note"),
        (json!({"no": "86", "status": "in_progress", "onBehalfOf": "c12"}), "onBehalfOf"),
    ] {
        let error = app.dispatch("task_set_status", args.clone()).await.expect_err("refused");
        assert_eq!(error.details.get("field").map(String::as_str), Some(field), "{args}: {}", error.message);
    }
    assert!(
        app.dispatch("task_set_status", json!({"no": "81", "status": "in_progress"})).await.is_err(),
        "a heading"
    );
    let after = run(&app, "storage", json!({})).await["head"].clone();
    assert_eq!(before, after, "nothing was written");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_reads_and_may_not_write_and_a_stranger_gets_a_code() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "leader", false).await.expect("opens");
    sign_in(&app).await;
    let error = app
        .dispatch("task_add_note", json!({"no": "17", "note": "x", "basedOn": null}))
        .await
        .expect_err("leaders do not update tasks");
    assert_eq!(serde_json::to_value(error.code).expect("code"), "forbidden");
    assert!(app.dispatch("rule_set", json!({"rule": "pin.days", "value": "3"})).await.is_err());
    app.shutdown().await;
    drop(app);

    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "guest", false).await.expect("opens");
    run(&app, "sign_in_start", json!({})).await;
    let session = until(&app, "session", |v| v["phase"] == "no_role").await;
    assert!(session["requestCode"].as_str().is_some_and(|c| c.len() >= 6), "{session}");
    assert!(app.dispatch("tasks", json!({})).await.is_err(), "no role, no data");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_fails_is_failing_never_fresh_and_the_last_word_stays() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let before = run(&app, "task", json!({"no": "17"})).await;
    assert_eq!(before["row"]["gateway"]["state"], "fresh");

    let control = app.sandbox_urls().expect("training").control;
    let client = http();
    let set = client
        .post(format!("{control}/faults"))
        .json(&json!({"pattern": "/gateway/*", "fault": {"kind": "status", "code": 503}}))
        .send()
        .await
        .expect("control answers");
    assert!(set.status().is_success(), "{}", set.text().await.unwrap_or_default());
    let report = app.poll_once().await.expect("polls");
    assert!(!report.all_answered());
    let badge = run(&app, "frame", json!({})).await["sources"][1].clone();
    assert_eq!(badge["state"], "failing", "{badge}");
    let after = run(&app, "task", json!({"no": "17"})).await;
    assert_ne!(after["row"]["gateway"]["state"], "fresh");
    assert_eq!(after["row"]["gateway"]["status"], before["row"]["gateway"]["status"], "the last word stays");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_the_app_but_what_the_contracts_list() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    run(&app, "sign_out", json!({})).await;
    let control = app.sandbox_urls().expect("training").control;
    let log: Value =
        http().get(format!("{control}/log")).send().await.expect("log").json().await.expect("JSON");
    let asked: Vec<(String, String)> = log
        .as_array()
        .or_else(|| log["requests"].as_array())
        .expect("a list")
        .iter()
        .filter_map(|r| Some((r["method"].as_str()?.to_owned(), r["path"].as_str()?.to_owned())))
        .filter(|(_, path)| !path.starts_with("/control"))
        .collect();
    assert!(asked.iter().any(|(_, path)| path == "/gateway/v1/tasks"), "the log is of this run: {asked:?}");
    // Probes are those of the settings, by HEAD or GET alone.
    let mut probed: Vec<(String, String)> =
        asked.iter().filter(|(_, path)| path.starts_with("/pages/")).cloned().collect();
    probed.sort();
    let mut wanted: Vec<(String, String)> = (pvhcc_sandbox::pages().iter())
        .map(|page| (page.method.clone(), format!("/pages/{}", page.id)))
        .collect();
    wanted.sort();
    assert_eq!(probed, wanted, "each page once in a round");
    assert!(wanted.iter().all(|(method, _)| ["GET", "HEAD"].contains(&method.as_str())));
    let allowed = [
        "/gateway/v1/health",
        "/gateway/v1/tasks",
        "/gateway/v1/flows",
        "/gateway/v1/apis/measures",
        "/gateway/v1/dossiers",
        "/gateway/v1/indicators",
        "/gateway/v1/procedures",
        "/gateway/v1/sync",
        "/gateway/v1/fees",
        "/gateway/v1/petitions",
        "/gateway/oauth/token",
        "/portal/XrdAdapter/RestService/forward/mapi/login",
        "/portal/XrdAdapter/RestService/forward/mapi/g",
    ];
    for (method, path) in asked {
        assert!(
            allowed.contains(&path.as_str())
                || path.starts_with("/vneid/")
                || wanted.contains(&(method, path.clone())),
            "{path} is in no contract of the app"
        );
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_begins_to_fail_and_answers_again_leaves_two_transitions() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    app.poll_once().await.expect("polls");
    let control = app.sandbox_urls().expect("training").control;
    let fault = json!({"pattern": "/gateway/v1/flows", "fault": {"kind": "wrong_schema"}});
    http().post(format!("{control}/faults")).json(&fault).send().await.expect("control answers");
    app.poll_once().await.expect("polls");
    app.poll_once().await.expect("polls");
    http().delete(format!("{control}/faults")).send().await.expect("control answers");
    app.poll_once().await.expect("polls");
    let kept = app
        .store()
        .transitions(Some("source:gateway_flows"), pvhcc_domain::time::Ms(0))
        .await
        .expect("transitions");
    let steps: Vec<&str> = kept.iter().map(|t| t.to.as_str()).collect();
    assert_eq!(steps, ["answering", "failing", "answering"], "one transition a change, not one a round");
    app.shutdown().await;
}
