//! `pvhcc obstacles` as a program: what it prints, what it writes and in whose name, how it ends.

use super::out;
use serde_json::Value;
use std::path::Path;

fn obstacles(folder: &Path, args: &[&str]) -> std::process::Output {
    super::pvhcc(folder, &[&["obstacles"], args].concat())
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&out(&obstacles(folder, args))).expect("JSON")
}

#[test]
fn an_obstacle_goes_its_way_from_the_command_line() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    let raise = ["raise", "--title", "Thử dòng lệnh", "--group", "access", "--party", "vnpt", "--task", "88"];
    let nobody = obstacles(folder, &raise);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("--as"), "it says how");

    let as_staff = |args: &[&str]| out(&obstacles(folder, &[&["--as", "staff"], args].concat()));
    let raised = as_staff(&raise);
    let id = raised.split_whitespace().last().expect("the id").to_owned();
    let tail = &id[id.len() - 8..];
    as_staff(&["answer", tail, "--text", "Đang xem"]);
    as_staff(&["resolve", tail, "--text", "Xong"]);
    let shown = json(folder, &["show", tail, "--format", "json"]);
    assert_eq!(shown["row"]["stage"], "resolved");
    assert!(
        shown["history"].as_array().expect("lines").iter().all(|l| l["told"] == true),
        "told, not proved"
    );
    as_staff(&["reopen", tail, "--reason", "Lại hỏng"]);
    assert!(out(&obstacles(folder, &["show", tail])).contains("Mở lại: Lại hỏng"));

    as_staff(&["change", tail, "--party", "c12", "--title", "Thử chuyển bên"]);
    let row = || json(folder, &["show", tail, "--format", "json"])["row"].clone();
    assert_eq!((row()["party"].as_str(), row()["title"].as_str()), (Some("c12"), Some("Thử chuyển bên")));
    assert_eq!(row()["tasks"][0]["no"], "88", "what is not named stays");
    as_staff(&["undo", tail]);
    assert_eq!(row()["party"], "vnpt");

    let unknown = obstacles(folder, &["--as", "staff", "answer", "khong-co", "--text", "x"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn lists_are_filtered_and_the_figures_agree_in_every_format() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    let late = json(folder, &["list", "--show", "overdue", "--format", "json"]);
    let late = late.as_array().expect("rows");
    assert!(!late.is_empty() && late.iter().all(|r| r["overdue"] == true));
    let all = json(folder, &["list", "--show", "all", "--party", "c12", "--format", "json"]);
    assert!(all.as_array().expect("rows").iter().all(|r| r["party"] == "c12"));

    let stats = json(folder, &["stats", "--format", "json"]);
    let stats = stats.as_array().expect("rows");
    let csv = out(&obstacles(folder, &["stats", "--format", "csv"]));
    assert_eq!(csv.lines().count(), stats.len() + 1, "a head and a line each");
    let (parties, whole) = stats.split_at(stats.len() - 1);
    let sum: u64 = parties.iter().filter_map(|r| r["responses"].as_u64()).sum();
    assert_eq!(whole[0]["responses"].as_u64(), Some(sum));
}
