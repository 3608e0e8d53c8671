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
    command.args(["--exact", name, "--nocapture"]);
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
    assert!(
        output.status.success(),
        "inside its session:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
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
