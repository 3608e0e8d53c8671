//! The system's keyring, a real one: gnome-keyring on a session bus of the test's own, unlocked without anybody asked.
//!
//! Each test starts itself again inside such a session, with a home of its own: the keyring of whoever runs the tests
//! is never touched.

use pvhcc_app::{App, Options, Profile};
use pvhcc_tests::{open, options, run, sign_in, source_addresses, until};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// Set inside a session of the test's own.
const INSIDE: &str = "PVHCC_TEST_KEYRING";
const TOKEN: &str = "PVHCC_GATEWAY_TOKEN";
const PASSWORD: &str = "PVHCC_PORTAL_PASSWORD";
const CLIENT: &str = "PVHCC_VNEID_CLIENT_SECRET";
/// A secret that is found wherever it was written.
const UNIQUE: &str = "khoa-9f3c57d1";

enum Session {
    /// A bus and an unlocked keyring.
    Unlocked,
    /// No bus at all, as on a server.
    Bare,
}

/// Runs the test named `name` again inside `session`; whether that was done, because this is not inside.
fn again(name: &str, session: &Session) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return false;
    }
    const UNLOCK: &str = "printf secret | gnome-keyring-daemon --unlock --components=secrets \
        --control-directory=\"$XDG_RUNTIME_DIR/keyring\" >/dev/null && exec \"$@\"";
    let home = tempfile::tempdir().expect("folder");
    let program = std::env::current_exe().expect("this test");
    let mut command = match session {
        Session::Unlocked => {
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "sh", "-c", UNLOCK, "sh"]).arg(program);
            command
        }
        Session::Bare => Command::new(program),
    };
    command.args(["--exact", &format!("signin_keyring::{name}"), "--nocapture"]);
    command.env_remove("DBUS_SESSION_BUS_ADDRESS").env_remove(TOKEN).env_remove(PASSWORD).env_remove(CLIENT);
    for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(variable, home.path());
    }
    let output = command.env(INSIDE, "1").output().unwrap_or_else(|e| {
        panic!(
            "{:?} did not start ({e}): dbus and gnome-keyring are needed (cargo xtask test installs them)",
            command.get_program()
        )
    });
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "inside its session:\n{out}{err}");
    true
}

fn inside<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("runtime").block_on(story)
}

async fn official(folder: &Path) -> App {
    let options = Options { profile: Profile::Official, ..options(folder, "staff", false) };
    App::open(options).await.expect("opens")
}

fn place(state: &Value, variable: &str) -> Value {
    let secrets = state["secrets"].as_array().expect("list");
    secrets.iter().find(|s| s["variable"] == variable).expect("asked for")["place"].clone()
}

#[test]
fn secrets_typed_in_the_set_up_go_to_the_keyring_and_the_sources_answer_with_them() {
    if again(
        "secrets_typed_in_the_set_up_go_to_the_keyring_and_the_sources_answer_with_them",
        &Session::Unlocked,
    ) {
        return;
    }
    inside(async {
        let (folder, sandbox) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
        let (sandbox, mut sources) = source_addresses(sandbox.path()).await;
        let app = official(folder.path()).await;
        let state = run(&app, "setup_state", json!({})).await;
        assert_eq!((&state["keyring"], place(&state, TOKEN)), (&json!(true), Value::Null));
        sources["secrets"] = json!({ TOKEN: "sandbox", PASSWORD: "", CLIENT: UNIQUE });
        let saved = run(&app, "setup_save", sources.clone()).await;
        assert_eq!(place(&saved, TOKEN), "keyring");
        assert_eq!(place(&saved, PASSWORD), Value::Null, "what was left empty stays as it was");
        assert!(!saved.to_string().contains(UNIQUE), "no secret comes back: {saved}");
        app.shutdown().await;
        drop(app);

        let app = official(folder.path()).await;
        let report = app.poll_once().await.expect("polls");
        let failed: Vec<&str> =
            report.sources.iter().filter(|s| s.error.is_some()).map(|s| s.source).collect();
        assert_eq!(
            failed,
            ["portal_statistics"],
            "the gateway takes the token of the keyring, the portal misses its own"
        );
        app.shutdown().await;
        sandbox.stop().await;
        for file in walk(folder.path()) {
            let bytes = std::fs::read(&file).expect("readable");
            let found = bytes.windows(UNIQUE.len()).any(|w| w == UNIQUE.as_bytes());
            assert!(!found, "a secret in {}", file.display());
        }
    });
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("readable").filter_map(Result::ok);
    entries
        .flat_map(|e| if e.path().is_dir() { walk(&e.path()) } else { vec![e.path()] })
        .filter(|p| p.is_file())
        .collect()
}

/// An official profile that was set up at this sandbox, with its first admin at the window.
async fn administered(folder: &Path, sources: Value) -> App {
    let app = official(folder).await;
    run(&app, "setup_save", sources).await;
    app.shutdown().await;
    drop(app);
    let app = official(folder).await;
    let code = app.admin_code().await.expect("nobody is admin yet");
    run(&app, "sign_in_start", json!({})).await;
    until(&app, "session", |v| v["phase"] == "no_role").await;
    assert_eq!(run(&app, "claim_admin", json!({ "code": code })).await["canAdminister"], true);
    app
}

fn state(secrets: &Value, variable: &str) -> Value {
    let secrets = secrets["secrets"].as_array().expect("list");
    secrets.iter().find(|s| s["variable"] == variable).expect("told").clone()
}

#[test]
fn an_admin_replaces_and_removes_secrets_and_the_journal_says_who_never_what() {
    if again("an_admin_replaces_and_removes_secrets_and_the_journal_says_who_never_what", &Session::Unlocked)
    {
        return;
    }
    inside(async {
        let (folder, sandbox) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
        let (sandbox, mut sources) = source_addresses(sandbox.path()).await;
        sources["secrets"] = json!({ TOKEN: format!("{UNIQUE}-old"), PASSWORD: "sandbox" });
        let app = administered(folder.path(), sources).await;
        let shown = run(&app, "secrets", json!({})).await;
        let token = state(&shown, TOKEN);
        assert_eq!(
            (&token["place"], &token["who"]),
            (&json!("keyring"), &Value::Null),
            "by the set-up: {token}"
        );
        assert!(token["since"].as_i64().is_some(), "and since when: {token}");
        assert_eq!(state(&shown, CLIENT)["place"], Value::Null);
        let unanswered = |report: &pvhcc_app::PollReport| -> Vec<&str> {
            report.sources.iter().filter(|s| s.error.is_some()).map(|s| s.source).collect()
        };
        let report = app.poll_once().await.expect("polls");
        let gateway: Vec<&str> =
            report.sources.iter().map(|s| s.source).filter(|s| s.starts_with("gateway_")).collect();
        assert!(gateway.contains(&"gateway_tasks"));
        assert_eq!(unanswered(&report), gateway, "a wrong token; the portal has a password of its own");

        let wrong = json!({ "variable": TOKEN, "value": format!("{UNIQUE}-wrong") });
        let e = app.dispatch("secret_set", wrong).await.expect_err("tried before it is kept");
        assert!(e.message.contains("401") && e.details.contains_key("tried"), "{}", e.message);
        let wrong = json!({ "variable": CLIENT, "value": UNIQUE });
        let e = app.dispatch("secret_set", wrong).await.expect_err("VNeID knows its client's secret");
        assert!(e.message.contains("khóa bí mật không đúng"), "{}", e.message);
        let unknown = json!({ "variable": "PATH", "value": "x" });
        assert!(app.dispatch("secret_set", unknown).await.is_err());
        assert_eq!(state(&run(&app, "secrets", json!({})).await, TOKEN), token, "nothing was changed");

        let set = run(&app, "secret_set", json!({ "variable": TOKEN, "value": " sandbox\n" })).await;
        let told = state(&set, TOKEN);
        assert!(told["who"].as_str().expect("who").starts_with("Quản trị"), "{told}");
        assert!(told["since"].as_i64() >= token["since"].as_i64());
        let report = app.poll_once().await.expect("polls");
        assert_eq!(unanswered(&report), [""; 0], "the sources go on with it at once");
        let client = json!({ "variable": CLIENT, "value": "sandbox" });
        run(&app, "secret_set", client).await;
        let untried = json!({ "variable": PASSWORD, "value": format!("{UNIQUE}-kept"), "untried": true });
        run(&app, "secret_set", untried).await;
        assert_eq!(unanswered(&app.poll_once().await.expect("polls")), ["portal_statistics"]);

        let removed = run(&app, "secret_remove", json!({ "variable": PASSWORD })).await;
        assert_eq!(state(&removed, PASSWORD)["place"], Value::Null);
        let twice = app.dispatch("secret_remove", json!({ "variable": PASSWORD })).await;
        assert!(twice.is_err(), "nothing left to remove");
        let events = app.store().events(Some("secrets"), 0, i64::MAX).await.expect("reads");
        let acts: Vec<String> =
            events.iter().map(|e| format!("{} {}", e.act.kind(), e.act.payload().expect("JSON"))).collect();
        let act = |kind: &str, name: &str| format!("{kind} {{\"name\":\"{name}\"}}");
        assert_eq!(
            acts,
            [
                act("secret_set", TOKEN),
                act("secret_set", CLIENT),
                act("secret_set", PASSWORD),
                act("secret_removed", PASSWORD)
            ]
        );
        assert!(events.iter().all(|e| e.actor.len() > 20), "in the name of somebody");

        // IT staff beside the window, in an admin's name; the roster stays with the window.
        let beside = Options {
            profile: Profile::Official,
            exclusive: false,
            ..options(folder.path(), "staff", false)
        };
        let beside = App::open(beside).await.expect("opens beside the window");
        beside.on_command_line(None).await.expect("reading");
        assert_eq!(state(&run(&beside, "secrets", json!({})).await, TOKEN)["place"], "keyring");
        let again = json!({ "variable": PASSWORD, "value": "sandbox" });
        assert!(beside.dispatch("secret_set", again.clone()).await.is_err(), "not in nobody's name");
        let roster = beside.store().names().await.expect("reads").into_iter().next().expect("the admin").0;
        beside.on_command_line(Some(&roster)).await.expect("the admin");
        run(&beside, "secret_set", again).await;
        beside.shutdown().await;
        app.shutdown().await;
        sandbox.stop().await;
        for file in walk(folder.path()) {
            let bytes = std::fs::read(&file).expect("readable");
            let found = bytes.windows(UNIQUE.len()).any(|w| w == UNIQUE.as_bytes());
            assert!(!found, "a secret in {}", file.display());
        }
    });
}

#[test]
fn a_session_is_resumed_from_the_keyring_and_gone_after_a_sign_out() {
    if again("a_session_is_resumed_from_the_keyring_and_gone_after_a_sign_out", &Session::Unlocked) {
        return;
    }
    inside(async {
        let folder = tempfile::tempdir().expect("folder");
        let app = open(folder.path(), "staff", true).await.expect("opens");
        sign_in(&app).await;
        assert!(run(&app, "session", json!({})).await["vaultNote"].is_null(), "the keyring keeps it");
        app.shutdown().await;
        drop(app);

        let app = open(folder.path(), "staff", true).await.expect("opens again");
        let session = until(&app, "session", |v| v["phase"] == "active").await;
        assert_eq!(session["user"]["auth"], "online", "without a browser: {session}");
        run(&app, "sign_out", json!({})).await;
        app.shutdown().await;
        drop(app);

        let (vault, kind) = pvhcc_signin::open_vault("pvhcc-dashboard/training");
        assert_eq!(kind, pvhcc_signin::VaultKind::Keyring);
        assert!(vault.get("refresh").expect("readable").is_none(), "nothing is left to resume from");
        let long = pvhcc_signin::Secret::new("bí mật 🔑 ".repeat(500));
        vault.put("long", &long).expect("in parts");
        assert_eq!(vault.get("long").expect("readable"), Some(long), "more than one entry holds");
        vault.clear("long").expect("cleared");
        assert!(vault.get("long").expect("readable").is_none());
    });
}

#[test]
fn without_a_keyring_the_set_up_refuses_to_keep_a_secret_and_names_the_variable() {
    if again("without_a_keyring_the_set_up_refuses_to_keep_a_secret_and_names_the_variable", &Session::Bare) {
        return;
    }
    inside(async {
        let (folder, sandbox) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
        let (sandbox, mut sources) = source_addresses(sandbox.path()).await;
        let app = official(folder.path()).await;
        assert_eq!(run(&app, "setup_state", json!({})).await["keyring"], false);
        sources["secrets"] = json!({ TOKEN: "sandbox" });
        let e = app.dispatch("setup_save", sources).await.expect_err("nowhere to keep it");
        assert!(e.message.contains(TOKEN), "{}", e.message);
        assert_eq!(e.details.get("field").map(String::as_str), Some(TOKEN));
        assert!(!folder.path().join("config.toml").exists(), "and nothing is saved by half");
        app.shutdown().await;
        sandbox.stop().await;
    });
}
