//! `pvhcc report` as a program: what schedulers are told, the files and their sums, in whose name.

use super::out;
use serde_json::Value;
use std::path::Path;

fn report(folder: &Path, args: &[&str]) -> std::process::Output {
    super::pvhcc(folder, &[&["report"], args].concat())
}

#[test]
fn a_day_is_frozen_written_out_and_excused_and_schedulers_are_told_by_exit_code() {
    let folder = tempfile::tempdir().expect("folder");
    let (profile, ra) = (folder.path().join("hồ sơ"), folder.path().join("ra"));
    let ra_text = ra.to_str().expect("UTF-8");
    let nothing = report(&profile, &["daily", "--out", ra_text]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("chưa chốt số liệu"));
    let nobody = report(&profile, &["freeze"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("--as"), "it says how");
    let tomorrow = report(&profile, &["freeze", "--as", "staff", "--date", "2026-05-30"]);
    assert_eq!(tomorrow.status.code(), Some(2));

    let frozen = out(&report(&profile, &["freeze", "--as", "staff"]));
    let id = frozen.split_whitespace().skip_while(|word| *word != "chốt").find(|word| word.len() == 36);
    let id = id.expect("the id of the freeze is printed").to_owned();
    let twice = report(&profile, &["freeze", "--as", "staff"]);
    assert!(String::from_utf8_lossy(&twice.stderr).contains("lý do"), "not again without a reason");

    let lines = out(&report(&profile, &["daily", "--date", "2026-05-29", "--freeze", &id, "--out", ra_text]));
    assert_eq!(lines.lines().count(), 3, "{lines}");
    for line in lines.lines() {
        let (sum, path) = line.split_once("  ").expect("as sha256sum prints");
        assert_eq!((sum.len(), Path::new(path).exists()), (64, true), "{line}");
    }
    let again = out(&report(&profile, &["daily", "--date", "2026-05-29", "--out", ra_text]));
    assert_eq!(again, lines, "the same freeze, the same bytes, in nobody's way");
    let docx = ra.join("bao-cao-ngay-2026-05-29-du-thao-1.docx");
    std::fs::write(&docx, "khác").expect("written");
    let in_the_way = report(&profile, &["daily", "--out", ra_text, "--format", "docx,pdf"]);
    assert_eq!(in_the_way.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&in_the_way.stderr).contains("du-thao-1.docx"));
    out(&report(&profile, &["daily", "--out", ra_text, "--format", "docx", "--replace"]));
    assert_ne!(std::fs::read(&docx).expect("read"), "khác".as_bytes());

    let status = report(&profile, &["status", "--json"]);
    assert_eq!(status.status.code(), Some(1), "still to be sent");
    let view: Value = serde_json::from_slice(&status.stdout).expect("JSON");
    assert_eq!((&view["verdict"], &view["stage"]), (&Value::from("open"), &Value::from("frozen")));
    out(&report(&profile, &["excuse", "--as", "duty", "--reason", "Cổng tạm dừng"]));
    assert_eq!(report(&profile, &["status"]).status.code(), Some(0), "somebody said why");
    assert_eq!(out(&report(&profile, &["remind"])), "", "and nobody is reminded");
    let month = out(&report(&profile, &["calendar"]));
    assert!(month.contains("2026-05-29  Chưa đến hạn"), "{month}");
}
