//! `pvhcc tasks list`, `show`, `set`, `import` and `export` as a program.

use super::out;
use serde_json::Value;
use std::path::Path;

fn on_tasks(folder: &Path, args: &[&str]) -> std::process::Output {
    super::pvhcc(folder, &[&["tasks"], args].concat())
}

#[test]
fn lists_are_shown_set_exported_and_imported_without_a_window() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("profile");
    let run = |args: &[&str]| on_tasks(&folder, args);
    assert!(out(&run(&["list", "--list", "da06"])).contains("da06/6"));
    let open: Value =
        serde_json::from_str(&out(&run(&["list", "--open", "--format", "json"]))).expect("JSON");
    let open = open.as_array().expect("rows");
    assert!(!open.is_empty() && open.iter().all(|r| r["status"] != "done" && r["heading"] == false));

    let measure =
        ["set", "da06/6", "measure", "dossiers", "41.5", "--as-of", "2026-05-20", "--source", "VNPT"];
    assert_eq!(run(&measure).status.code(), Some(2), "writing needs a name");
    let named = |args: &[&str]| on_tasks(&folder, &[&["--as", "staff"], args].concat());
    out(&named(&measure));
    out(&named(&["set", "da06/6", "text", "next", "Chuyển nốt"]));
    out(&named(&["set", "da06/6", "status", "in-progress"]));
    let shown = out(&run(&["show", "da06/6"]));
    assert!(shown.contains("41,5") && shown.contains("Chuyển nốt") && shown.contains("đang làm"), "{shown}");

    let (first, second) = (home.path().join("a.xlsx"), home.path().join("b.xlsx"));
    let path = |p: &Path| p.to_str().expect("a path").to_owned();
    out(&run(&["export", &path(&first), "--list", "da06"]));
    let same = out(&named(&["import", &path(&first), "--list", "da06", "--confirm"]));
    assert!(same.starts_with("Không có thay đổi nào"), "{same}");
    out(&run(&["export", &path(&second), "--list", "da06"]));
    assert!(std::fs::read(&first).expect("a") == std::fs::read(&second).expect("b"), "the same to the byte");
    assert_eq!(
        run(&["export", &path(&first)]).status.code(),
        Some(2),
        "a file that is there is not replaced"
    );
    assert_eq!(run(&["export", &path(&home.path().join("a.pdf"))]).status.code(), Some(2));

    let told = home.path().join("tien-do.csv");
    std::fs::write(&told, "TT,Trạng thái,Ghi chú\n2,vướng mắc,chờ Bộ\n99,đang làm,\n").expect("written");
    let looked = named(&["import", &path(&told), "--list", "da06"]);
    let text = String::from_utf8_lossy(&looked.stdout).into_owned();
    assert_eq!(looked.status.code(), Some(1), "a row was not taken");
    assert!(text.contains("chưa bắt đầu → vướng mắc") && text.contains("KHÔNG NHẬN"), "{text}");
    assert!(!out(&run(&["show", "da06/2"])).contains("Trạng thái: vướng mắc"), "looking writes nothing");
    named(&["import", &path(&told), "--list", "da06", "--confirm"]);
    assert!(out(&run(&["show", "da06/2"])).contains("Trạng thái: vướng mắc"));
}
