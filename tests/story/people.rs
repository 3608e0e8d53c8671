//! Days without a network by PIN, and how somebody unknown gets a role.

use pvhcc_app::App;
use pvhcc_tests::{open, run, sign_in, until};
use serde_json::{Value, json};

async fn note(app: &App, text: &str) -> String {
    let base = run(app, "task", json!({"no": "17"})).await["row"]["lastEvent"].clone();
    let said = json!({"no": "17", "note": text, "basedOn": base});
    run(app, "task_add_note", said).await["eventId"].as_str().expect("an event").to_owned()
}

/// The exported line of one event.
async fn exported(app: &App, id: &str) -> Value {
    let mut out = Vec::new();
    app.store().export_jsonl(&mut out).await.expect("exports");
    String::from_utf8(out)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .find(|line| line.to_string().contains(&format!("\"id\":\"{id}\"")))
        .expect("the event is exported")
}

fn says(line: &Value, auth: &str) -> bool {
    line.to_string().contains(&format!("\"auth\":\"{auth}\""))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_under_a_pin_is_marked_offline_and_five_wrong_pins_end_the_pin() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    assert!(app.dispatch("set_pin", json!({"pin": "580214"})).await.is_err(), "nobody, no PIN");
    sign_in(&app).await;
    for weak in ["12345", "111111", "123456", "abc123"] {
        let error = app.dispatch("set_pin", json!({"pin": weak})).await.expect_err("weak");
        assert_eq!(error.details.get("field").map(String::as_str), Some("pin"), "{weak}");
    }
    run(&app, "set_pin", json!({"pin": "580214"})).await;
    let online = note(&app, "ghi khi có mạng").await;
    assert!(says(&exported(&app, &online).await, "online"));
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "staff", false).await.expect("opens again");
    let session = run(&app, "session", json!({})).await;
    assert_eq!(
        (&session["phase"], &session["pinAvailable"]),
        (&json!("signed_out"), &json!(true)),
        "{session}"
    );
    let session = run(&app, "sign_in_pin", json!({"pin": "580214"})).await;
    assert_eq!(session["phase"], "active");
    assert_eq!(session["user"]["auth"], "offline");
    let offline = note(&app, "ghi khi mất mạng").await;
    assert!(says(&exported(&app, &offline).await, "offline"), "{}", exported(&app, &offline).await);
    assert!(
        app.dispatch("set_pin", json!({"pin": "903517"})).await.is_err(),
        "a PIN does not prolong itself: only VNeID does"
    );
    run(&app, "sign_out", json!({})).await;

    for _ in 0..2 {
        assert!(app.dispatch("sign_in_pin", json!({"pin": "704193"})).await.is_err());
    }
    app.shutdown().await;
    drop(app);
    let app = open(folder.path(), "staff", false).await.expect("opens a third time");
    for _ in 0..3 {
        assert!(app.dispatch("sign_in_pin", json!({"pin": "704193"})).await.is_err());
    }
    assert!(
        app.dispatch("sign_in_pin", json!({"pin": "580214"})).await.is_err(),
        "five wrong ones, a restart between them, end even the right PIN"
    );
    assert_eq!(run(&app, "session", json!({})).await["pinAvailable"], false);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_shows_a_code_an_admin_gives_the_role_and_the_guest_works() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "guest", false).await.expect("opens");
    run(&app, "sign_in_start", json!({})).await;
    let session = until(&app, "session", |v| v["phase"] == "no_role").await;
    let code = session["requestCode"].as_str().expect("a code").to_owned();
    let assign = json!({"code": code, "name": "Cán bộ 06", "role": "staff", "unit": "tt_pvhcc",
                        "from": "2026-05-29", "to": null});
    assert!(app.dispatch("roster_assign", assign.clone()).await.is_err(), "not by the guest's own hand");
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "admin", false).await.expect("opens for the admin");
    sign_in(&app).await;
    let roster = run(&app, "roster", json!({})).await;
    assert_eq!(roster["requests"][0]["code"], code.as_str(), "{}", roster["requests"]);
    let wrong = json!({"code": "ZZZZ-ZZZZ", "name": "x", "role": "staff", "unit": "tt_pvhcc",
                       "from": "2026-05-29", "to": null});
    let error = app.dispatch("roster_assign", wrong).await.expect_err("nobody asked with that code");
    assert_eq!(error.details.get("field").map(String::as_str), Some("code"));
    let roster = run(&app, "roster_assign", assign).await;
    assert_eq!(roster["requests"], json!([]), "the request is settled");
    let people = roster["people"].as_array().expect("people");
    assert!(people.iter().any(|p| p["name"] == "Cán bộ 06" && p["active"] == true), "{people:?}");
    app.shutdown().await;
    drop(app);

    let app = open(folder.path(), "guest", false).await.expect("opens for the guest");
    sign_in(&app).await;
    let session = run(&app, "session", json!({})).await;
    assert_eq!((&session["canEdit"], &session["canAdminister"]), (&json!(true), &json!(false)));
    note(&app, "việc đầu tiên").await;
    app.shutdown().await;
}
