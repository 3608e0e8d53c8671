//! Several checklists, files out and in, through the public use cases.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App,
    wire::{TableFormat, TasksExportArgs},
};
use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};

async fn opened(folder: &tempfile::TempDir, user: &'static str) -> App {
    let app = open(folder.path(), user, false).await.expect("opens");
    sign_in(&app).await;
    app
}

fn row<'a>(view: &'a Value, no: &str) -> &'a Value {
    view["rows"].as_array().and_then(|rows| rows.iter().find(|r| r["no"] == no)).expect("the row is there")
}

fn file(name: &str, bytes: &[u8]) -> Value {
    json!({"name": name, "content": STANDARD.encode(bytes)})
}

fn import(list: Option<&str>, bytes: &[u8]) -> Value {
    json!({"list": list, "file": file("tiến độ.xlsx", bytes), "learned": "letter"})
}

async fn exported(app: &App, list: Option<&str>, format: TableFormat) -> Vec<u8> {
    let args = TasksExportArgs { list: list.map(str::to_owned), format };
    app.tasks_file(&args).await.expect("exports")
}

async fn head(app: &App) -> i64 {
    app.store().head().await.expect("head").position
}

fn faults(preview: &Value) -> Vec<String> {
    let all = preview["faults"].as_array().expect("faults");
    all.iter().map(|f| format!("{} {}: {}", f["place"], f["no"], f["reason"])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_on_tasks_work_on_rows_of_every_list() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(&folder, "staff").await;
    let main = run(&app, "tasks", json!({})).await;
    let titles: Vec<&str> =
        main["lists"].as_array().expect("lists").iter().filter_map(|l| l["id"].as_str()).collect();
    assert_eq!(titles, ["qd90", "da06", "tap_huan"]);
    assert_eq!((&main["list"]["main"], main["rows"].as_array().map(Vec::len)), (&json!(true), Some(92)));

    let view = run(&app, "tasks", json!({"list": "da06"})).await;
    let migration = row(&view, "da06/6");
    assert_eq!(
        (&migration["label"], &migration["list"], &migration["due"]),
        (&json!("6"), &json!("da06"), &Value::Null)
    );
    assert_eq!(migration["leadUnits"][0]["id"], "vp_ubnd", "the document names nobody: the list does");
    let figure = |row: &Value| row["measures"][1].clone();
    assert_eq!(
        (&figure(migration)["value"], &figure(migration)["text"]),
        (&Value::Null, &json!("chưa có số liệu"))
    );

    let base = &migration["lastEvent"];
    let done =
        run(&app, "task_set_status", json!({"no": "da06/6", "status": "in_progress", "basedOn": base})).await;
    assert_eq!(done["row"]["status"], "in_progress");
    let base = &done["row"]["lastEvent"];
    run(
        &app,
        "task_set_text",
        json!({"no": "da06/6", "column": "next", "text": "Chuyển nốt 2.000 hồ sơ", "basedOn": base}),
    )
    .await;
    let told = json!({"no": "da06/6", "measure": "dossiers", "value": 41.5, "asOf": "2026-05-20", "source": "Báo cáo VNPT", "basedOn": base});
    run(&app, "task_measure", told).await;
    run(&app, "task_add_note", json!({"no": "da06/6", "note": "đã gọi", "basedOn": base})).await;
    let view = run(&app, "tasks", json!({"list": "da06"})).await;
    let migration = row(&view, "da06/6");
    assert_eq!(
        (&figure(migration)["value"], &figure(migration)["asOf"]),
        (&json!(41.5), &json!("2026-05-20"))
    );
    let next =
        migration["texts"].as_array().and_then(|t| t.iter().find(|t| t["column"] == "next")).expect("column");
    assert_eq!(next["text"], "Chuyển nốt 2.000 hồ sơ");
    assert!(
        next["original"].as_str().is_some_and(|o| o.starts_with("tiếp tục phối hợp")),
        "the document's stay beside"
    );
    let cleared = json!({"no": "da06/6", "column": "next", "text": "", "basedOn": null});
    let cleared = run(&app, "task_set_text", cleared).await;
    assert!(cleared["row"]["texts"][1]["original"].is_null(), "empty brings the document's words back");

    let untouched = run(&app, "task", json!({"no": "da06/1"})).await;
    assert_eq!(
        (&untouched["proof"]["reasonNeeded"], &untouched["proof"]["testers"][0]["id"]),
        (&json!(true), &json!("vp_ubnd")),
        "calling it done will need a reason, and the form can ask for it"
    );

    for (command, args) in [
        (
            "task_measure",
            json!({"no": "da06/6", "measure": "dossiers", "value": 101, "asOf": "2026-05-20", "source": "x"}),
        ),
        (
            "task_measure",
            json!({"no": "da06/6", "measure": "dossiers", "value": 50, "asOf": "2027-01-01", "source": "x"}),
        ),
        (
            "task_measure",
            json!({"no": "da06/6", "measure": "dossiers", "value": 50, "asOf": "2026-05-20", "source": " "}),
        ),
        (
            "task_measure",
            json!({"no": "17", "measure": "dossiers", "value": 50, "asOf": "2026-05-20", "source": "x"}),
        ),
        ("task_set_text", json!({"no": "da06/6", "column": "nobody", "text": "x"})),
        ("task_set_text", json!({"no": "17", "column": "next", "text": "x"})),
        ("task_set_status", json!({"no": "da06/99", "status": "in_progress"})),
        ("tasks", json!({"list": "nobody"})),
    ] {
        assert!(app.dispatch(command, args.clone()).await.is_err(), "{command} {args}");
    }
    assert_eq!(
        run(&app, "tasks", json!({})).await["subtitle"],
        main["subtitle"],
        "the main list's figures are its own"
    );
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_export_changes_nothing_and_is_the_same_again() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(&folder, "staff").await;
    let view = run(&app, "tasks", json!({"list": "da06"})).await;
    let base = &row(&view, "da06/2")["lastEvent"];
    let blocked = json!({"no": "da06/2", "status": "blocked", "note": "=chờ \"Bộ\"\n, rồi", "basedOn": base});
    run(&app, "task_set_status", blocked).await;
    for list in [None, Some("da06"), Some("tap_huan")] {
        for format in [TableFormat::Xlsx, TableFormat::Csv] {
            let bytes = exported(&app, list, format).await;
            let before = head(&app).await;
            let preview = run(&app, "import_preview", import(list, &bytes)).await;
            assert_eq!(preview["lines"], json!([]), "{list:?} {format:?}");
            assert_eq!(faults(&preview), [""; 0], "{list:?} {format:?}");
            assert_eq!(preview["ignored"], json!([]));
            let refused =
                app.dispatch("import_apply", json!({"import": import(list, &bytes), "tasks": []})).await;
            assert!(refused.is_err_and(|e| e.message.contains("không có gì mới")));
            assert_eq!(head(&app).await, before, "nothing was written");
            assert!(exported(&app, list, format).await == bytes, "{list:?} {format:?} again");
        }
    }
    app.shutdown().await;
}

/// Every state of the training history goes over to a folder where nobody has said anything of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_carries_the_progress_of_one_profile_to_another() {
    let (here, there) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    let (app, other) = (opened(&here, "staff").await, opened(&there, "staff").await);
    let view = run(&app, "tasks", json!({"list": "da06"})).await;
    let base = &row(&view, "da06/6")["lastEvent"];
    let told = json!({"no": "da06/6", "measure": "dossiers", "value": 41.5, "asOf": "2026-05-20", "source": "Báo cáo VNPT", "basedOn": base});
    run(&app, "task_measure", told).await;
    run(
        &app,
        "task_set_text",
        json!({"no": "da06/6", "column": "obstacles", "text": "Không còn", "basedOn": base}),
    )
    .await;
    run(
        &app,
        "task_set_expected",
        json!({"no": "da06/1", "expected": "2026-07-01", "note": null, "basedOn": null}),
    )
    .await;
    let due = json!({"no": "da06/1", "due": "2026-06-30", "document": "CV 5", "basedOn": null});
    run(&app, "task_change_due", due).await;
    let bytes = exported(&app, Some("da06"), TableFormat::Csv).await;

    let preview = run(&other, "import_preview", import(Some("da06"), &bytes)).await;
    assert_eq!(faults(&preview), [""; 0]);
    let done = run(
        &other,
        "import_apply",
        json!({"import": import(Some("da06"), &bytes), "tasks": preview["tasks"]}),
    )
    .await;
    assert_eq!(done["tasks"], 2, "{preview}");
    assert!(exported(&other, Some("da06"), TableFormat::Csv).await == bytes, "all of it went over");
    app.shutdown().await;
    other.shutdown().await;
}

/// A colleague's file: some rows good, some not.
fn colleague() -> Vec<u8> {
    "STT;Trạng thái;Ngày xong;Ghi chú;Ý kiến\r\n\
     86;ĐANG LÀM;;đã có khóa;x\r\n\
     88;bao xong;;;\r\n\
     87;gần xong;;;\r\n\
     999;đang làm;;;\r\n\
     89;đang làm;30/02/2026;;\r\n\
     90;không áp dụng;;Không có luồng này;\r\n\
     ;đang làm;;;\r\n"
        .as_bytes()
        .to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_from_a_colleague_is_shown_first_written_as_one_and_taken_back_as_one() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(&folder, "staff").await;
    let (before, start) = (run(&app, "tasks", json!({})).await, head(&app).await);
    let args = import(None, &colleague());
    let preview = run(&app, "import_preview", args.clone()).await;
    assert_eq!(head(&app).await, start, "looking writes nothing");
    let reasons = faults(&preview);
    for (place, reason) in [
        ("B3", "không có ngày xong"),
        ("B4", "không hiểu trạng thái “gần xong”"),
        ("A5", "không có nhiệm vụ số 999"),
        ("C6", "không phải một ngày"),
        ("A8", "không có số thứ tự"),
    ] {
        let found = reasons.iter().any(|r| r.contains(&format!("\"{place}\"")) && r.contains(reason));
        assert!(found, "{place}: {reason} in {reasons:#?}");
    }
    assert_eq!(preview["ignored"], json!(["Ý kiến"]));
    let bare = "TT,Trạng thái,Ngày xong\n1,báo xong,28/05/2026\n".as_bytes();
    let bare = run(&app, "import_preview", import(Some("da06"), bare)).await;
    assert!(faults(&bare)[0].contains("chưa có gì chứng minh"), "{bare}");
    let reason =
        "TT,Trạng thái,Ngày xong,Lý do chưa có minh chứng\n1,báo xong,28/05/2026,chờ biên bản\n".as_bytes();
    let reason = run(&app, "import_preview", import(Some("da06"), reason)).await;
    assert_eq!((faults(&reason), reason["tasks"][0]["no"].as_str()), (Vec::new(), Some("da06/1")));
    let changed: Vec<&str> =
        preview["tasks"].as_array().expect("tasks").iter().filter_map(|t| t["no"].as_str()).collect();
    assert_eq!(changed, ["86", "90"], "{preview}");

    let apply = json!({"import": args, "tasks": preview["tasks"]});
    let done = run(&app, "import_apply", apply.clone()).await;
    let after = run(&app, "tasks", json!({})).await;
    assert_eq!(
        (&row(&after, "86")["status"], &row(&after, "86")["note"]),
        (&json!("in_progress"), &json!("đã có khóa"))
    );
    assert_eq!(row(&after, "88")["status"], row(&before, "88")["status"]);
    let history = run(&app, "task", json!({"no": "86"})).await;
    let batch = history["history"][0]["batch"].as_str().expect("part of a batch").to_owned();
    let sha = preview["sha256"].as_str().expect("hash");
    assert!(batch.contains("tiến độ.xlsx") && batch.contains(sha), "{batch}");
    assert_eq!(app.store().get_blob(sha).await.expect("kept"), colleague());

    let again = app.dispatch("import_apply", apply).await.expect_err("moved");
    assert_eq!(format!("{:?}", again.code), "Conflict");
    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    let undone = run(&app, "tasks", json!({})).await;
    for no in ["86", "90"] {
        assert_eq!(row(&undone, no)["status"], row(&before, no)["status"], "{no}");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_is_refused_when_a_row_moved_and_units_take_only_their_own() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(&folder, "vnpt").await;
    let preview =
        run(&app, "import_preview", import(None, "TT,Trạng thái\n86,đang làm\n1,đang làm\n".as_bytes()))
            .await;
    let reasons = faults(&preview);
    assert!(reasons.iter().any(|r| r.contains("\"1\"") && r.contains("đơn vị khác chủ trì")), "{reasons:?}");
    let note = json!({"no": "86", "note": "vừa gọi", "basedOn": preview["tasks"][0]["basedOn"]});
    run(&app, "task_add_note", note).await;
    let start = head(&app).await;
    let args =
        json!({"import": import(None, "TT,Trạng thái\n86,đang làm\n".as_bytes()), "tasks": preview["tasks"]});
    let refused = app.dispatch("import_apply", args).await.expect_err("moved");
    assert!(refused.message.contains("86"), "{}", refused.message);
    assert_eq!(head(&app).await, start, "nothing was written");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_table_are_refused_with_what_to_do() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(&folder, "staff").await;
    for (bytes, words) in [
        (b"".to_vec(), "rỗng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "XLSX"),
        (b"PK\x03\x04 no archive".to_vec(), "Excel"),
        (b"TT,a\n1,\xff\n".to_vec(), "dòng 2"),
        ("a,b\n1,2\n".as_bytes().to_vec(), "cột TT"),
        ("TT,Nội dung\n1,x\n".as_bytes().to_vec(), "tiến độ"),
        ("TT,Trạng thái,Tình trạng\n1,,\n".as_bytes().to_vec(), "ô B1 và C1"),
    ] {
        let error = app.dispatch("import_preview", import(None, &bytes)).await.expect_err(words);
        assert!(error.message.contains("tiến độ.xlsx") && error.message.contains(words), "{}", error.message);
        assert_eq!(error.details.get("field").map(String::as_str), Some("file"));
    }
    let broken =
        json!({"list": null, "file": {"name": "x.xlsx", "content": "không phải base64"}, "learned": null});
    assert!(app.dispatch("import_preview", broken).await.is_err());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_annex_of_another_decision_becomes_a_list_with_its_oddities_and_can_be_given_up() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(&folder, "staff").await;
    let annex = "TT,Nội dung,Yêu cầu kết quả,Đơn vị chủ trì,Ngày hoàn thành,Sản phẩm\n\
                 I,Chuẩn bị,,,,\n\
                 1,Lập tổ công tác,Quyết định,Văn phòng UBND tỉnh,30/05/2026,QĐ\n\
                 1,Mua sắm,Hợp đồng,Sở Lạ,ngày mai,\n";
    let args = |preview: bool| json!({"file": file("QĐ 12.csv", annex.as_bytes()), "title": "Quyết định 12", "document": "QĐ số 12", "preview": preview});
    let looked = run(&app, "list_import", args(true)).await;
    assert_eq!(
        run(&app, "lists", json!({})).await["lists"].as_array().map(Vec::len),
        Some(3),
        "looking adds nothing"
    );
    let texts: Vec<&str> =
        looked["odd"].as_array().expect("odd").iter().filter_map(|o| o["text"].as_str()).collect();
    for words in ["thứ Bảy", "Sở Lạ", "ngày mai", "Số thứ tự 1 xuất hiện 2 lần"] {
        assert!(texts.iter().any(|t| t.contains(words)), "{words} in {texts:?}");
    }
    let taken = run(&app, "list_import", args(false)).await;
    let id = taken["id"].as_str().expect("id").to_owned();
    let twice = app.dispatch("list_import", args(false)).await.expect_err("there already");
    assert!(twice.message.contains("đã được nhập"), "{}", twice.message);

    let view = run(&app, "tasks", json!({"list": id})).await;
    assert_eq!((&view["list"]["title"], &view["list"]["imported"]), (&json!("Quyết định 12"), &json!(true)));
    let first = format!("{id}/1");
    assert_eq!(row(&view, &first)["leadUnits"][0]["id"], "vp_ubnd");
    let args_status =
        json!({"no": first, "status": "in_progress", "basedOn": row(&view, &first)["lastEvent"]});
    run(&app, "task_set_status", args_status).await;

    // It is there again after closing.
    app.shutdown().await;
    let app = opened(&folder, "staff").await;
    let view = run(&app, "tasks", json!({"list": id})).await;
    assert_eq!(row(&view, &first)["status"], "in_progress");

    assert!(
        app.dispatch("list_retire", json!({"list": "da06", "reason": "x"})).await.is_err(),
        "it is shipped"
    );
    assert!(app.dispatch("list_retire", json!({"list": id, "reason": " "})).await.is_err(), "needs a reason");
    let left = run(&app, "list_retire", json!({"list": id, "reason": "hết hiệu lực"})).await;
    assert_eq!(left["lists"].as_array().map(Vec::len), Some(3));
    assert!(app.dispatch("tasks", json!({"list": id})).await.is_err());
    assert!(app.dispatch("task_add_note", json!({"no": first, "note": "x"})).await.is_err());
    app.shutdown().await;
}
