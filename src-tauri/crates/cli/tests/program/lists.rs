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

#[test]
fn a_list_is_narrowed_and_read_as_of_a_moment_with_days_as_people_write_them() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    let rows = |args: &[&str]| -> Vec<Value> {
        let all = [&["list", "--format", "json"], args].concat();
        serde_json::from_str(&out(&on_tasks(folder, &all))).expect("JSON")
    };
    let blocked = rows(&["--status", "blocked"]);
    assert!(!blocked.is_empty() && blocked.iter().all(|r| r["status"] == "blocked"));
    let of_unit = rows(&["--unit", "vnpt", "--status", "done", "--status", "in-progress"]);
    let led = |r: &Value| r["leadUnits"].as_array().is_some_and(|all| all.iter().any(|u| u["id"] == "vnpt"));
    assert!(!of_unit.is_empty() && of_unit.iter().all(led), "{of_unit:?}");
    let proved = rows(&["--proof", "proved"]);
    assert!(!proved.is_empty() && proved.iter().all(|r| r["proof"]["tone"] == "proved"));

    // The training history records task 17 on 18/03/2026 at 16:42.
    let seventeen =
        |rows: Vec<Value>| rows.into_iter().find(|r| r["no"] == "17").expect("task 17")["status"].clone();
    assert_eq!(seventeen(rows(&[])), "done");
    assert_ne!(seventeen(rows(&["--as-of", "18/03/2026 16:00"])), "done");
    let shown = out(&on_tasks(folder, &["show", "17"]));
    assert!(shown.contains("Ngày xong: 18/03/2026"), "{shown}");
    let before = out(&on_tasks(folder, &["show", "17", "--as-of", "18/03/2026 16:00"]));
    assert!(before.contains("(lúc 16:00 18/03/2026)") && !before.contains("Ngày xong"), "{before}");
    let table = out(&on_tasks(folder, &["list", "--open"]));
    assert!(table.contains("Cần xử lý") && !table.contains("2026-"), "levels, and no ISO day: {table}");
}

#[test]
fn a_level_is_set_by_hand_and_given_up_and_an_act_is_taken_back() {
    let folder = tempfile::tempdir().expect("folder");
    let folder = folder.path();
    let staff = |args: &[&str]| on_tasks(folder, &[&["--as", "staff"], args].concat());
    let shown = || out(&on_tasks(folder, &["show", "88"]));
    out(&staff(&["set", "88", "rag", "amber", "--reason", "Đã thống nhất lùi", "--until", "2026-12-31"]));
    assert!(shown().contains("Mức cảnh báo: Cần để ý") && shown().contains("Đặt tay đến hết 31/12/2026"));
    out(&staff(&["set", "88", "rag-end"]));
    assert!(!shown().contains("Đặt tay"));
    out(&staff(&["set", "88", "status", "not-started"]));
    assert!(shown().contains("Trạng thái: chưa bắt đầu"), "{}", shown());
    out(&staff(&["undo", "88"]));
    assert!(!shown().contains("Trạng thái: chưa bắt đầu"), "{}", shown());

    let nothing = staff(&["settle", "88", "--keep", "first"]);
    assert_eq!(nothing.status.code(), Some(2), "nothing disagrees");
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("tasks show 88"), "it says where to look");
}

#[test]
fn an_annex_of_another_decision_is_looked_at_and_taken_in() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("profile");
    let annex = home.path().join("qd-12.csv");
    std::fs::write(
        &annex,
        "TT,Nội dung,Yêu cầu kết quả,Đơn vị chủ trì,Ngày hoàn thành\nI,Chuẩn bị,,,\n\
         1,Lập tổ công tác,Quyết định,Văn phòng UBND tỉnh,30/05/2026\n1,Mua sắm,Hợp đồng,Sở Lạ,ngày mai\n",
    )
    .expect("written");
    let annex = annex.to_str().expect("a path");
    let staff =
        |args: &[&str]| out(&on_tasks(&folder, &[&["--as", "staff", "import-list", annex], args].concat()));
    let looked = staff(&["--title", "Quyết định 12", "--document", "QĐ 12/QĐ-UBND"]);
    assert!(looked.contains("Sở Lạ") && looked.contains("ngày mai"), "what is odd is told: {looked}");
    let taken = staff(&["--title", "Quyết định 12", "--document", "QĐ 12/QĐ-UBND", "--confirm", "--json"]);
    let taken: Value = serde_json::from_str(&taken).expect("JSON");
    let id = taken["id"].as_str().expect("its id");
    let listed = out(&on_tasks(&folder, &["list", "--list", id]));
    assert!(listed.contains(&format!("{id}/1a")) && listed.contains("30/05/2026"), "{listed}");
}
