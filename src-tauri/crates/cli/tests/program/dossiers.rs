//! `pvhcc stats`, `quality` and `indicators` before anything was fetched: what is not known is said, never 0 and never good;
//! and what is typed wrongly is answered in the user's language.

use super::{out, pvhcc};
use serde_json::Value;

#[test]
fn without_records_and_indicators_nothing_is_good_and_nothing_is_zero() {
    let folder = tempfile::tempdir().expect("folder");
    let run = |args: &[&str]| pvhcc(folder.path(), args);
    let said = out(&run(&["quality"]));
    assert!(said.contains("Không có bản ghi nào để xét"), "{said}");
    let view: Value = serde_json::from_str(&out(&run(&["quality", "--json"]))).expect("JSON");
    assert_eq!((view["state"].as_str(), view["records"].as_u64()), (Some("nothing"), Some(0)));
    let list: Value = serde_json::from_str(&out(&run(&["quality", "--list", "--json"]))).expect("JSON");
    assert_eq!(list["count"], 0);

    let view: Value = serde_json::from_str(&out(&run(&["indicators", "--json"]))).expect("JSON");
    assert!(view["score"].is_null() && view["period"].is_null());
    assert!(out(&run(&["indicators"])).contains("Chưa có chỉ số phục vụ của toàn tỉnh"));

    for (args, word) in [
        (&["quality", "--rule", "x", "--list"][..], "Không có quy tắc"),
        (&["quality", "--rule", "x"][..], "Không có quy tắc"),
        (&["indicators", "--period", "2026-13"][..], "không phải là kỳ"),
        (&["indicators", "--period", "2026"][..], "Chưa có chỉ số của kỳ"),
        (&["indicators", "--unit", "H21.999"][..], "Không có đơn vị"),
    ] {
        let refused = run(args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(word), "{args:?}");
    }
}

#[test]
fn what_is_typed_wrongly_is_answered_with_what_there_is_and_no_file_gets_a_wrong_name() {
    let folder = tempfile::tempdir().expect("folder");
    let pdf = folder.path().join("ra.pdf");
    let pdf = pdf.to_str().expect("a path");
    for (args, words) in [
        (&["stats", "--by", "foo"][..], &["“foo” của --by", "unit_group", "channel"][..]),
        (&["stats", "--unit-group", "foo"][..], &["agency"][..]),
        (&["stats", "--basis", "foo"][..], &["records, reports"][..]),
        (&["stats", "--format", "foo"][..], &["dùng một trong table, json, csv"][..]),
        (&["stats", "--as-of", "hôm"][..], &["--as-of", "28/05/2026 15:00"][..]),
        (&["import", "x.csv", "--as", "figures", "--as-of", "hôm"][..], &["28/05/2026 15:00"][..]),
        (&["quality", "--out", pdf][..], &[".xlsx hoặc .csv"][..]),
        (&["indicators", "--out", pdf][..], &[".xlsx hoặc .csv"][..]),
    ] {
        let refused = pvhcc(folder.path(), args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(words.iter().all(|word| said.contains(word)), "{args:?}: {said}");
        assert!(!said.contains("error") && !said.contains("invalid"), "{args:?}: {said}");
    }
    assert!(!std::path::Path::new(pdf).exists());
    out(&pvhcc(folder.path(), &["stats", "--as-of", "28/05/2026 15:00"]));
}

#[test]
fn figures_are_compared_when_asked_and_a_system_nobody_tells_of_is_said_to_be_unknown() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("profile");
    let file = home.path().join("số liệu.csv");
    let text = "Hệ thống,Từ ngày,Đến ngày,Nhận trong kỳ,Đã xử lý,Chưa xử lý\n\
        tinh,01/03/2026,31/03/2026,100,90,10\ntinh,01/04/2026,30/04/2026,200,180,30\n";
    std::fs::write(&file, text).expect("written");
    let taken = ["import", file.to_str().expect("a path"), "--as", "figures", "--person", "staff"];
    assert!(out(&pvhcc(&folder, &taken)).contains("Đã nhập 2 dòng"));
    let asked = ["stats", "--period", "2026-04", "--by", "system", "--format"];
    let run = |format: &str, more: &[&str]| out(&pvhcc(&folder, &[&asked, &[format][..], more].concat()));

    let plain: Value = serde_json::from_str(&run("json", &[])).expect("JSON");
    let mut compared: Value = serde_json::from_str(&run("json", &["--compare"])).expect("JSON");
    assert_eq!(
        (&compared[0]["previous"]["received"], &compared[0]["previous"]["done"]),
        (&100.into(), &90.into())
    );
    assert!(compared[0]["last_year"].is_null(), "nothing is known of the year before");
    let cell = compared[0].as_object_mut().expect("a cell");
    assert!(cell.remove("previous").is_some() && cell.remove("last_year").is_some());
    assert_eq!(compared, plain, "and the rest is as without");
    let (plain, compared) = (run("csv", &[]), run("csv", &["--compare"]));
    assert!(!plain.contains("previous") && compared.contains(",previous_received,"), "{compared}");
    assert_eq!(plain.lines().count(), compared.lines().count());
    let (plain, compared) = (run("table", &[]), run("table", &["--compare"]));
    assert!(
        !plain.contains("kỳ trước") && compared.contains("Nhận kỳ trước") && compared.contains("100"),
        "{compared}"
    );

    let said = out(&pvhcc(&folder, &["stats", "--period", "2026-04", "--system", "cong"]));
    assert!(
        said.contains("Chưa có nguồn nào báo số liệu của Cổng DVCQG: chưa biết, không phải 0."),
        "{said}"
    );
}
