//! The command line: reading without a name, writing in a roster person's name, marked as such, and nobody's role.

use pvhcc_app::{App, Options};
use pvhcc_domain::roles::Auth;
use pvhcc_tests::{options, run};
use serde_json::json;
use std::path::Path;

async fn beside(folder: &Path) -> App {
    let beside = Options { exclusive: false, ..options(folder, "staff", false) };
    App::open(beside).await.expect("opens beside a window")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_reads_without_a_name_and_writes_only_in_one_with_its_role_and_unit() {
    let folder = tempfile::tempdir().expect("folder");
    let app = beside(folder.path()).await;
    assert!(
        app.dispatch("tasks", json!({})).await.is_err(),
        "closed until it is said to be the command line"
    );
    app.on_command_line(None).await.expect("reading");
    assert_eq!(run(&app, "tasks", json!({})).await["rows"][0]["editable"], false);
    let note = json!({"no": "17", "note": "ghi từ dòng lệnh", "basedOn": null});
    let nobody = app.dispatch("task_add_note", note.clone()).await.expect_err("anonymous");
    assert!(nobody.message.contains("--as"), "{}", nobody.message);

    let unknown = app.on_command_line(Some("ai-do")).await.expect_err("unknown");
    assert!(unknown.message.contains("staff  Chuyên viên 01"), "lists who there is: {}", unknown.message);
    assert!(app.on_command_line(Some("guest")).await.is_err(), "no role, no name to write in");

    app.on_command_line(Some("vnpt")).await.expect("somebody");
    let written = run(&app, "task_add_note", note).await;
    let event =
        app.store().event(written["eventId"].as_str().expect("id")).await.expect("read").expect("kept");
    assert_eq!(event.auth, Auth::CommandLine, "told, not proved");
    let other = json!({"no": "1", "note": "việc của C12", "basedOn": null});
    assert!(app.dispatch("task_add_note", other).await.is_err(), "the unit binds as in the window");

    app.on_command_line(Some("admin")).await.expect("somebody");
    let rule = json!({"rule": "flow.success_bar", "value": "97"});
    run(&app, "rule_set", rule).await;
    let end = json!({"person": "ai-do", "to": "2026-05-29"});
    let refused =
        app.dispatch("roster_end", end).await.expect_err("who has which role is said by who signed in");
    assert!(refused.message.contains("VNeID"), "{}", refused.message);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_cannot_be_told_who_is_at_it() {
    let folder = tempfile::tempdir().expect("folder");
    let app = App::open(options(folder.path(), "staff", false)).await.expect("opens");
    assert!(app.on_command_line(Some("staff")).await.is_err());
    assert!(app.dispatch("tasks", json!({})).await.is_err());
    app.shutdown().await;
}
