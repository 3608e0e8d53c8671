//! `pvhcc remind` and `pvhcc watch` as programs.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

/// One run on the official profile in `folder`, with a home of its own: no timer of this machine is touched.
fn remind(folder: &Path, args: &[&str]) -> Output {
    let home = folder.join("home");
    Command::new(env!("CARGO_BIN_EXE_pvhcc"))
        .arg("--data-dir")
        .arg(folder.join("profile"))
        .arg("remind")
        .args(args)
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .output()
        .expect("runs")
}

#[test]
fn what_the_system_does_not_keep_is_said_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    let status = remind(folder, &["status", "--json"]);
    assert_eq!(status.status.code(), Some(1), "{}", String::from_utf8_lossy(&status.stderr));
    let view: Value = serde_json::from_slice(&status.stdout).expect("JSON");
    assert_eq!((&view["timer"], &view["autostart"]), (&"off".into(), &"off".into()));
    assert_eq!(view["times"], serde_json::json!(["13:30", "14:00", "14:30", "14:50"]));

    // There is no session of a user here that would keep it.
    let refused = remind(folder, &["install", "--no-autostart"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("không nhận hẹn giờ") && said.contains("pvhcc watch"), "{said}");
    let units = folder.join("home/.config/systemd/user");
    assert_eq!(std::fs::read_dir(units).map_or(0, Iterator::count), 0, "no unit is left");
    assert_eq!(remind(folder, &["remove"]).status.code(), Some(0), "what is not there can be taken away");
}

#[test]
fn the_training_profile_asks_nothing_of_the_system() {
    let folder = tempfile::tempdir().expect("folder");
    let status = super::pvhcc(folder.path(), &["remind", "status"]);
    assert_eq!(status.status.code(), Some(1));
    let install = super::pvhcc(folder.path(), &["remind", "install"]);
    assert_eq!(install.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&install.stderr).contains("đồng hồ giả lập"));
}

#[test]
#[cfg(unix)]
fn watching_tells_the_report_a_reminder_and_each_source_and_ends_when_told() {
    let folder = tempfile::tempdir().expect("folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_pvhcc"))
        .args(["--training", "--data-dir"])
        .arg(folder.path())
        .args(["watch", "--json", "--no-notifications"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let (mut fresh, mut kinds) = (BTreeSet::new(), Vec::new());
    // Training begins at 14:00, when the second reminder is due.
    while fresh.len() < 4 || !kinds.contains(&"reminder".to_owned()) {
        let line = lines.next().expect("it goes on").expect("text");
        let line: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert!(line["at"].as_str().is_some_and(|at| at.starts_with("2026-05-29T14:")), "{line}");
        let kind = line["kind"].as_str().expect("a kind").to_owned();
        match kind.as_str() {
            "source" if line["state"] == "fresh" => {
                fresh.insert(line["id"].to_string());
            }
            "reminder" => {
                assert_eq!(line["level"], 2, "the first was overtaken: {line}");
                assert!(
                    line["text"].as_str().is_some_and(|text| text.contains("phải gửi trước 15:00")),
                    "{line}"
                );
            }
            _ => {}
        }
        kinds.push(kind);
    }
    assert_eq!(kinds[0], "report", "where the report stands comes first: {kinds:?}");
    assert_eq!(kinds.iter().filter(|kind| *kind == "reminder").count(), 1);

    // The folder is held as by a window.
    let second = super::pvhcc(folder.path(), &["watch"]);
    assert_eq!(second.status.code(), Some(2));
    let ended = Command::new("kill").arg(child.id().to_string()).status().expect("kill");
    assert!(ended.success());
    assert!(child.wait().expect("ends").success(), "told to end, it ends in order");
}
