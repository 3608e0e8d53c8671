//! `pvhcc tasks history` and `compare` as a program.

use super::out;
use serde_json::Value;
use std::path::Path;

fn on_tasks(folder: &Path, args: &[&str]) -> std::process::Output {
    super::pvhcc(folder, &[&["tasks"], args].concat())
}

#[test]
fn a_comparison_is_the_same_in_every_format_and_replaces_no_file() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    // The training history records task 17 on 18/03/2026 at 16:42.
    let between = ["compare", "--from", "18/03/2026 15:00", "--to", "2026-03-18T17:00:00+07:00"];
    let with = |more: &[&str]| out(&on_tasks(folder, &[&between, more].concat()));
    let view: Value = serde_json::from_str(&with(&["--format", "json"])).expect("JSON");
    let tasks = view["tasks"].as_array().expect("tasks");
    let task = tasks.iter().find(|t| t["no"] == "17").expect("task 17 changed");
    let status = task["changes"].as_array().and_then(|c| c.iter().find(|c| c["field"] == "status"));
    assert_eq!(status.expect("its status")["new"], "Báo xong");
    let changes: usize = tasks.iter().map(|t| t["changes"].as_array().map_or(0, Vec::len)).sum();

    let md = with(&["--format", "md"]);
    assert_eq!(
        md.lines().filter(|l| l.starts_with("| ")).count(),
        changes + 1,
        "a line a change, and the head"
    );
    let file = folder.join("so-sanh.csv");
    let path = file.to_str().expect("a path");
    with(&["--format", "csv", "--out", path]);
    let csv = std::fs::read_to_string(&file).expect("written");
    assert!(csv.contains("\"17\",") && csv.contains("\"Báo xong\""), "{csv}");
    let again = on_tasks(folder, &[&between[..], &["--format", "csv", "--out", path]].concat());
    assert_eq!(again.status.code(), Some(2), "a file that is there is not replaced");

    let book = folder.join("so-sanh.xlsx");
    with(&["--format", "xlsx", "--out", book.to_str().expect("a path")]);
    assert!(std::fs::read(&book).expect("written").starts_with(b"PK"));
    let nowhere = on_tasks(folder, &[&between[..], &["--format", "xlsx"]].concat());
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("--out"), "a workbook goes to a file");

    let wrong = on_tasks(folder, &["compare", "--from", "hôm qua"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("28/05/2026 15:00"), "it says how");
}

#[test]
fn the_history_of_a_task_is_told_newest_first_and_up_to_a_moment() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    let told = out(&on_tasks(folder, &["history", "17"]));
    let lines: Vec<&str> = told.lines().filter(|l| l.starts_with("- ")).collect();
    assert!(lines.iter().any(|l| l.contains("16:42 18/03/2026 · Báo xong")), "{told}");
    assert!(lines.iter().any(|l| l.contains("tự động")), "what the program concluded stands between: {told}");
    let before = out(&on_tasks(folder, &["history", "17", "--as-of", "18/03/2026 16:00"]));
    assert!(!before.contains("Báo xong"), "{before}");
}
