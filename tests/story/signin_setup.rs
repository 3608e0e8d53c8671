//! The first start: what is offered, what is refused with its field named, and going on without a restart.

use pvhcc_app::{App, Options, Profile};
use pvhcc_tests::{options, run, source_addresses};
use serde_json::json;
use std::path::Path;

async fn official(folder: &Path) -> Result<App, pvhcc_app::wire::WireError> {
    App::open(Options { profile: Profile::Official, ..options(folder, "staff", false) }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_set_up_tests_saves_and_goes_on_and_the_addresses_are_those_typed() {
    let (folder, sandbox) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    let (sandbox, sources) = source_addresses(sandbox.path()).await;
    let app = official(folder.path()).await.expect("opens");
    assert_eq!(run(&app, "session", json!({})).await["phase"], "first_start");
    let state = run(&app, "setup_state", json!({})).await;
    assert_eq!((&state["configured"], &state["reopens"]), (&json!(false), &json!(false)), "nobody waits");
    let names: Vec<&str> =
        state["secrets"].as_array().expect("list").iter().filter_map(|s| s["variable"].as_str()).collect();
    assert_eq!(names, ["PVHCC_VNEID_CLIENT_SECRET", "PVHCC_GATEWAY_TOKEN", "PVHCC_PORTAL_PASSWORD"]);

    let mut wrong = sources.clone();
    wrong["gateway"] = json!("truc.example.vn");
    let e = app.dispatch("setup_test", wrong.clone()).await.expect_err("no address");
    assert_eq!(e.details.get("field").map(String::as_str), Some("gateway"));
    assert!(app.dispatch("setup_save", wrong).await.is_err());
    assert!(!folder.path().join("config.toml").exists(), "nothing is written of what is wrong");

    let mut typed = sources.clone();
    typed["secrets"] = json!({"PVHCC_GATEWAY_TOKEN": "sandbox", "PVHCC_PORTAL_PASSWORD": "sandbox"});
    let lines = run(&app, "setup_test", typed).await["lines"].clone();
    let good: Vec<bool> = lines.as_array().expect("lines").iter().filter_map(|l| l["ok"].as_bool()).collect();
    assert_eq!(good, [true, true, true], "{lines}");
    let lines = run(&app, "setup_test", sources.clone()).await["lines"].clone();
    assert_eq!(lines[0]["ok"], true, "description and keys need no secret: {lines}");
    assert_eq!((&lines[1]["ok"], &lines[2]["ok"]), (&json!(false), &json!(false)), "the others do: {lines}");
    assert!(lines[1]["text"].as_str().expect("text").contains("401"), "{lines}");
    let mut nowhere = sources.clone();
    nowhere["issuer"] = json!("http://127.0.0.1:1/");
    let lines = run(&app, "setup_test", nowhere).await["lines"].clone();
    let text = lines[0]["text"].as_str().expect("text");
    assert!(text.starts_with("Chưa được: không kết nối được") && text.ends_with("(C06, PC06)."), "{text}");
    assert!(!text.contains("..") && !text.contains("PIN"), "nobody has a PIN at the set-up: {text}");

    let waiting = tokio::spawn({
        let app = app.clone();
        async move { app.chosen().await }
    });
    pvhcc_tests::until(&app, "setup_state", |state| state["reopens"] == true).await;
    let saved = run(&app, "setup_save", sources.clone()).await;
    assert_eq!(saved["configured"], true);
    assert_eq!(waiting.await.expect("no panic"), Profile::Official, "whoever waits is told");
    app.shutdown().await;
    drop(app);

    // What the window does then: the same profile, opened in the same process.
    let app = official(folder.path()).await.expect("opens with the settings");
    assert_eq!(run(&app, "session", json!({})).await["phase"], "signed_out");
    let config = pvhcc_app::config::read(&folder.path().join("config.toml")).expect("reads");
    assert_eq!(config.gateway.base_url.as_str(), sources["gateway"].as_str().expect("text"));
    assert!(app.dispatch("setup_save", sources).await.is_err(), "from now on an admin's matter");
    app.shutdown().await;
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_belongs_to_one_profile_and_the_other_is_refused_there() {
    let folder = tempfile::tempdir().expect("folder");
    let app = official(folder.path()).await.expect("opens");
    let e = app.dispatch("setup_training", json!({})).await.expect_err("not into the official folder");
    assert!(e.message.contains("--training"), "{}", e.message);
    app.shutdown().await;
    drop(app);
    let e = App::open(options(folder.path(), "staff", false)).await.err().expect("refused");
    assert_eq!(e.details.get("folder").map(String::as_str), folder.path().to_str());
    assert!(!folder.path().join("sandbox").exists(), "and nothing is put there");
    official(folder.path()).await.expect("its own profile opens").shutdown().await;

    let folder = tempfile::tempdir().expect("folder");
    let app = App::open(options(folder.path(), "staff", false)).await.expect("opens");
    app.shutdown().await;
    drop(app);
    std::fs::remove_file(folder.path().join("profile")).expect("as before folders were marked");
    assert!(official(folder.path()).await.is_err(), "known by its sandbox");
}
