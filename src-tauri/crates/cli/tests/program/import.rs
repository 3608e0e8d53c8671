//! `pvhcc import` as a program.

use super::{out, pvhcc};
use serde_json::{Value, json};

#[test]
fn a_file_is_looked_at_and_taken_without_a_window() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("profile");
    let run = |args: &[&str]| pvhcc(&folder, &[&["import"], args].concat());
    let file = home.path().join("số liệu.csv");
    let file = file.to_str().expect("a path");
    let text = "Hệ thống,Lĩnh vực,Từ ngày,Đến ngày,Nhận trong kỳ,Tỷ lệ đúng hẹn\n\
        tinh,Đất đai,01/04/2026,30/04/2026,338.923,\"68,73%\"\ntinh,Hộ tịch,01/04/2026,31/04/2026,5,\n";
    std::fs::write(file, text).expect("written");

    let looked = run(&[file, "--as", "figures", "--dry-run", "--json"]);
    assert_eq!(looked.status.code(), Some(1), "a row is not taken");
    let told: Value = serde_json::from_slice(&looked.stdout).expect("JSON");
    let reason = "Đến ngày: ngày không có trong lịch (đọc theo ngày/tháng/năm)";
    let expected = json!({"accepted": 1, "unchanged": 0,
        "rejected": [{"sheet": "", "row": 3, "column": "D", "reason": reason}]});
    assert_eq!(told, expected);

    let nobody = run(&[file, "--as", "figures"]);
    assert_eq!(nobody.status.code(), Some(2), "writing needs a name");
    let taken = run(&[file, "--as", "figures", "--person", "staff"]);
    let words = String::from_utf8_lossy(&taken.stdout).into_owned();
    assert!(words.contains("Đã nhập 1 dòng") && words.contains("D3 KHÔNG NHẬN"), "{words}");
    let again: Value =
        serde_json::from_slice(&run(&[file, "--as", "figures", "--person", "staff", "--json"]).stdout)
            .expect("JSON");
    assert_eq!((&again["accepted"], &again["unchanged"]), (&json!(0), &json!(1)));

    let mapping = home.path().join("ghep.json");
    let mapping = mapping.to_str().expect("a path");
    let raw = home.path().join("tho.csv");
    let raw = raw.to_str().expect("a path");
    std::fs::write(raw, "x;y\nH21-260504-00001;04/05/2026\n").expect("written");
    std::fs::write(mapping, r#"{"headerRow": 1, "columns": [{"column": "A", "target": "code"}, {"column": "B", "target": "received_at"}]}"#).expect("written");
    let unguessed = run(&[raw, "--as", "dossiers", "--system", "tinh", "--dry-run"]);
    assert_eq!(unguessed.status.code(), Some(2));
    let mapped = run(&[raw, "--as", "dossiers", "--system", "Bộ Y tế", "--mapping", mapping, "--dry-run"]);
    assert!(out(&mapped).contains("1 dòng mới"));
    std::fs::write(mapping, r#"{"columns": [{"column": "A", "target": "kode"}]}"#).expect("written");
    let unknown = run(&[raw, "--as", "dossiers", "--system", "tinh", "--mapping", mapping, "--dry-run"]);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("“kode”"), "a target that there is not");
    std::fs::write(mapping, r#"{"colums": []}"#).expect("written");
    let wrong = run(&[raw, "--as", "dossiers", "--system", "tinh", "--mapping", mapping]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("ghep.json"), "a slip of the pen is said");
}
