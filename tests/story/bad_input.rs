//! Damaged files, wrong settings, two writers, a clock turned back: answered clearly, and nothing is lost.

use pvhcc_app::{App, Options, Profile, wire::AppEvent};
use pvhcc_domain::{
    act::Act,
    roles::{Auth, Role},
    time::{ManualClock, Ms},
};
use pvhcc_store::{NewEvent, Store};
use pvhcc_tests::{open, options, run, sign_in, until};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc, time::Duration};

async fn note(app: &App, text: &str, base: &Value) -> Value {
    run(app, "task_add_note", json!({"no": "17", "note": text, "basedOn": base})).await
}

async fn last_event(app: &App) -> Value {
    run(app, "task", json!({"no": "17"})).await["row"]["lastEvent"].clone()
}

async fn history(app: &App) -> String {
    run(app, "task", json!({"no": "17"})).await["history"].to_string()
}

fn code(error: &pvhcc_app::wire::WireError) -> Value {
    serde_json::to_value(error.code).expect("code")
}

/// Overwrites the first page of a database file.
fn damage(file: &Path) {
    let mut bytes = std::fs::read(file).expect("the file is there");
    bytes[..4096].fill(0xA5);
    std::fs::write(file, bytes).expect("writes");
}

/// Whether a file moved aside still holds the damaged bytes.
fn set_aside(folder: &Path, name: &str) -> bool {
    std::fs::read_dir(folder)
        .expect("folder")
        .filter_map(Result::ok)
        .filter(|e| e.file_name().to_string_lossy().starts_with(&format!("{name}.hong-")))
        .any(|e| {
            std::fs::read(e.path()).is_ok_and(|bytes| bytes.chunks(4096).any(|page| page == [0xA5; 4096]))
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_observations_begin_anew_the_journal_stays_and_the_user_is_told() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    note(&app, "còn nguyên", &last_event(&app).await).await;
    assert!(app.poll_once().await.expect("polls").all_answered());
    app.shutdown().await;
    drop(app);

    damage(&folder.path().join("observations.db"));
    let app = open(folder.path(), "staff", false).await.expect("opens all the same");
    let frame = run(&app, "frame", json!({})).await;
    assert_eq!(frame["notices"][0]["level"], "warn", "{frame}");
    assert!(frame["notices"][0]["message"].as_str().is_some_and(|m| m.contains("số đo")), "{frame}");
    assert_eq!(frame["sources"][1]["state"], "not_observed", "no measure is left to call fresh");
    assert!(set_aside(folder.path(), "observations.db"));
    assert!(history(&app).await.contains("còn nguyên"));
    assert!(app.poll_once().await.expect("polls").all_answered(), "and new measures are taken");
    assert_eq!(run(&app, "frame", json!({})).await["sources"][1]["state"], "fresh");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_settings_are_named_with_file_and_line_and_nothing_is_made() {
    let good = pvhcc_app::config::EXAMPLE;
    let line_of = |text: &str, key: &str| 1 + text.lines().position(|l| l.starts_with(key)).expect("key");
    let unknown = good.replace("unit_code = ", "unit_kode = ");
    let number = good.replace("username = \"tai-khoan-ket-noi\"", "username = 7");
    let scheme = good.replace("base_url = \"https://truc", "base_url = \"ftp://truc");
    for (text, key) in [(unknown, "unit_kode"), (number, "username"), (scheme, "base_url")] {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("config.toml");
        std::fs::write(&path, &text).expect("writes");
        let official = Options { profile: Profile::Official, ..options(folder.path(), "staff", false) };
        let error = App::open(official).await.err().unwrap_or_else(|| panic!("{key} must be refused"));
        assert_eq!(code(&error), "config");
        let place = format!("{}:{}", path.display(), line_of(&text, key));
        assert_eq!(error.details.get("place"), Some(&place), "{}", error.message);
        assert_eq!(std::fs::read_to_string(&path).expect("still there"), text, "the file is not touched");
        assert!(!folder.path().join("journal.db").exists(), "no profile is made");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_window_on_the_folder_is_busy_and_the_first_goes_on() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    let error = open(folder.path(), "staff", false).await.err().expect("one window a folder");
    assert_eq!(code(&error), "busy");
    sign_in(&app).await;
    note(&app, "vẫn ghi được", &last_event(&app).await).await;
    app.shutdown().await;
    drop(app);
    let app = open(folder.path(), "staff", false).await.expect("free again");
    assert!(history(&app).await.contains("vẫn ghi được"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_beside_the_window_is_noticed_and_both_edits_stay() {
    let folder = tempfile::tempdir().expect("folder");
    let window = open(folder.path(), "staff", true).await.expect("opens");
    sign_in(&window).await;
    until(&window, "sources", |v| {
        v["sources"].as_array().is_some_and(|all| all.iter().all(|s| s["state"] == "fresh"))
    })
    .await;
    let beside = Options { exclusive: false, ..options(folder.path(), "duty", false) };
    let beside = App::open(beside).await.expect("opens beside the window");
    sign_in(&beside).await;
    let base = last_event(&window).await;
    note(&window, "từ cửa sổ", &base).await;

    let mut changes = window.subscribe();
    // What the first round and the window's own edit still have to say: quiet for longer than the watcher's beat.
    while let Ok(said) = tokio::time::timeout(Duration::from_secs(3), changes.recv()).await {
        said.expect("the window lives");
    }
    let second = note(&beside, "từ dòng lệnh", &base).await;
    assert!(second["conflictWith"].is_null(), "a remark replaces nothing: {second}");
    let seen = tokio::time::timeout(Duration::from_secs(10), async {
        loop {
            if matches!(changes.recv().await.expect("the window lives"), AppEvent::TasksChanged { .. }) {
                return;
            }
        }
    });
    seen.await.expect("the window is told");
    let both = history(&window).await;
    assert!(both.contains("từ cửa sổ") && both.contains("từ dòng lệnh"), "{both}");
    assert_eq!(run(&window, "journal_verify", json!({})).await["ok"], true);
    beside.shutdown().await;
    window.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_turned_back_neither_reorders_nor_hides_events() {
    let folder = tempfile::tempdir().expect("folder");
    let noon = Ms::parse_rfc3339("2026-05-29T12:00:00+07:00").expect("valid");
    let clock = ManualClock::new(noon);
    let (store, _) = Store::open(folder.path(), Arc::new(clock.clone())).await.expect("opens");
    let said = |note: &str| NewEvent {
        actor: "p".to_owned(),
        role: Role::Staff,
        auth: Auth::Online,
        entity: "task:17".to_owned(),
        based_on: None,
        act: Act::TaskNoteAdded { note: note.to_owned() },
        said_at: None,
    };
    let first = store.append(said("một")).await.expect("kept");
    clock.set(noon.plus(-3_600_000));
    let second = store.append(said("hai")).await.expect("kept");
    clock.set(noon.plus(60_000));
    let third = store.append(said("ba")).await.expect("kept");
    assert!(first.said_at <= second.said_at && second.said_at <= third.said_at, "time never runs backwards");
    assert_eq!([first.clock_suspect, second.clock_suspect, third.clock_suspect], [false, true, false]);
    let kept = store.events(None, 0, i64::MAX).await.expect("reads");
    assert_eq!(kept, [first, second, third]);
    store.verify(None).await.expect("the chain holds");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().expect("folder");
    let taken = folder.path().join("profile");
    std::fs::write(&taken, "a file stands here").expect("writes");
    let error = open(&taken, "staff", false).await.err().expect("no folder, no profile");
    assert_eq!(code(&error), "storage");
    assert!(error.message.contains(&taken.display().to_string()), "{}", error.message);
    assert_eq!(std::fs::read_to_string(&taken).expect("still there"), "a file stands here");
}
