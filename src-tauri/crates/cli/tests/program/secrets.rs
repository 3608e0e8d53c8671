//! `pvhcc secrets`: what it prints, and that no value goes through the arguments.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

/// One run on the official profile in `folder`, where nothing but these variables and no keyring is known.
fn official(folder: &Path, args: &[&str], environment: &[(&str, &str)], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pvhcc"))
        .arg("--data-dir")
        .arg(folder)
        .args(args)
        .env_clear()
        .env("HOME", folder)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    // Refused before it reads: a closed pipe is no failure of the test.
    let _ = child.stdin.take().expect("piped").write_all(typed.as_bytes());
    child.wait_with_output().expect("ends")
}

#[test]
fn secrets_are_told_by_name_and_place_and_never_by_value() {
    let folder = tempfile::tempdir().expect("folder");
    let token = ("PVHCC_GATEWAY_TOKEN", "the-token");
    let told = crate::out(&official(folder.path(), &["secrets", "list"], &[token], ""));
    assert!(told.contains("không có kho khóa"), "{told}");
    let line = |name: &str| told.lines().find(|l| l.starts_with(name)).expect("named").to_owned();
    assert!(line("PVHCC_GATEWAY_TOKEN").ends_with("đến từ biến môi trường"), "{told}");
    assert!(line("PVHCC_PORTAL_PASSWORD").ends_with("chưa đặt"), "{told}");
    assert!(!told.contains("the-token"), "{told}");

    let told = crate::out(&crate::pvhcc(folder.path().join("t").as_path(), &["secrets", "list"]));
    assert!(told.contains("tập huấn không dùng bí mật"), "{told}");
}

#[test]
fn a_secret_is_set_in_somebodys_name_and_its_value_is_no_argument() {
    let folder = tempfile::tempdir().expect("folder");
    let set = ["secrets", "set", "PVHCC_GATEWAY_TOKEN"];
    let refused = official(folder.path(), &set, &[], "the-token\n");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("--as") && !said.contains("the-token"), "{said}");

    let argued = official(folder.path(), &[&set[..], &["the-token"]].concat(), &[], "");
    assert_eq!(argued.status.code(), Some(2), "an argument too many");
}
