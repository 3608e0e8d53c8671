//! Files as a source: the sandbox's own records as CSV and as a workbook of LibreOffice give the figures that polling gives;
//! every bad file is refused in words that say what to do; nothing about a citizen is written; an import is one act that can
//! be taken back. Needs the Debian package `libreoffice-calc-nogui`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::App;
use pvhcc_sandbox::GATEWAY_TOKEN;
use pvhcc_tests::{http, open, open_with_records, run, sign_in};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _, path::Path, process::Command};

const REPORTED: &str = "2026-01-01..2026-05-15";

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text"))
}

async fn window(folder: &Path) -> App {
    let app = open(folder, "staff", false).await.expect("opens");
    sign_in(&app).await;
    app
}

/// Sends a file in pieces, as the page does.
async fn send(app: &App, name: &str, bytes: &[u8]) -> String {
    let mut upload = Value::Null;
    let mut pieces = bytes.chunks(3 * 1024 * 1024).peekable();
    let mut offset = 0;
    loop {
        let piece = pieces.next().unwrap_or_default();
        let args = json!({"upload": upload, "name": name, "size": bytes.len(), "modified": null, "offset": offset,
                          "content": STANDARD.encode(piece)});
        let answer = run(app, "dossier_import_send", args).await;
        offset += piece.len();
        assert_eq!(answer["received"], offset);
        upload = answer["upload"].clone();
        if offset == bytes.len() {
            return text(&upload).to_owned();
        }
    }
}

fn asked(upload: &str, what: Value, system: Value, mapping: Value) -> Value {
    json!({"upload": upload, "what": what, "system": system, "asOf": null, "mapping": mapping})
}

async fn look(app: &App, upload: &str, system: Option<&str>) -> Value {
    run(app, "dossier_import_look", asked(upload, Value::Null, json!(system), Value::Null)).await
}

async fn take(app: &App, view: &Value) -> Value {
    assert_eq!(view["problem"], Value::Null, "{view}");
    run(app, "dossier_import_take", json!({"upload": view["upload"], "look": view["look"]})).await
}

/// Why a file is not read.
async fn refused(app: &App, name: &str, bytes: &[u8]) -> String {
    let upload = send(app, name, bytes).await;
    let args = asked(&upload, Value::Null, json!("tinh"), Value::Null);
    match app.dispatch("dossier_import_look", args).await {
        Ok(view) => panic!("{name} is read: {view}"),
        Err(e) => {
            assert_eq!(e.details["field"], "file");
            run(app, "dossier_import_cancel", json!({"upload": upload, "forget": true})).await;
            e.message
        }
    }
}

/// Every record of the ministries' systems, as the sandbox's gateway tells it.
async fn records(app: &App) -> Vec<Value> {
    let url = format!("{}/v1/dossiers", app.sandbox_urls().expect("training").gateway);
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let cursor_part = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
        let asked = format!("{url}?system=bo&limit=5000{cursor_part}");
        let answer = http().get(asked).bearer_auth(GATEWAY_TOKEN).send().await.expect("answers");
        let mut page: Value = serde_json::from_slice(&answer.bytes().await.expect("whole")).expect("JSON");
        all.append(page["dossiers"].as_array_mut().expect("list"));
        if page["more"] == false {
            return all;
        }
        text(&page["next"]).clone_into(&mut cursor);
    }
}

/// As a system exports them: title rows, Vietnamese headings, days before months, columns about citizens.
fn exported(records: &[Value]) -> String {
    let mut file = "\u{feff}DANH SÁCH HỒ SƠ\r\nNgày xuất: 14:00 29/05/2026\r\n\r\nSTT;Mã hồ sơ;Mã bản ghi;Hệ thống;Bộ;Chủ hồ sơ;Số CCCD;\
        Mã lĩnh vực;Tên lĩnh vực;Mã TTHC;Tên TTHC;Mức độ DVC;Đơn vị xử lý;Kênh thực hiện;Trạng thái;Ngày nộp;Ngày tiếp nhận;Ngày hẹn trả;\
        Ngày kết thúc xử lý;Ngày trả;Có số hóa;Tái sử dụng;Kết quả điện tử;Lệ phí;Thanh toán trực tuyến;Số lần bổ sung\r\n"
        .to_owned();
    let day = |value: &Value| match value.as_str() {
        // `2026-05-04T08:15:00.000+07:00`
        Some(at) => format!("{}/{}/{} {}", &at[8..10], &at[5..7], &at[..4], &at[11..19]),
        None => String::new(),
    };
    let plain = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "Có" } else { "Không" }.to_owned(),
        other => other.to_string(),
    };
    for (number, record) in records.iter().enumerate() {
        let _ = write!(file, "{};", number + 1);
        for field in ["code", "id", "system", "ministry"] {
            let _ = write!(file, "{};", plain(&record[field]));
        }
        let _ = write!(file, "Nguyễn Văn A;0520990{number:05};");
        for field in [
            "field",
            "field_name",
            "procedure",
            "procedure_name",
            "service_level",
            "unit",
            "channel",
            "status",
        ] {
            let _ = write!(file, "{};", plain(&record[field]).replace(';', ","));
        }
        for field in ["submitted_at", "received_at", "due_at", "finished_at", "returned_at"] {
            let _ = write!(file, "{};", day(&record[field]));
        }
        for field in ["digitised", "reused", "electronic_result", "fee", "online_payment"] {
            let _ = write!(file, "{};", plain(&record[field]));
        }
        let _ = write!(file, "{}\r\n", plain(&record["supplements"]));
    }
    file
}

/// The counted figures of the ministries' systems, of each system and field.
async fn figures(app: &App) -> BTreeMap<String, Value> {
    let args = json!({"period": REPORTED, "by": ["subsystem", "field", "channel"], "filter": {"systems": ["bo"]},
                      "basis": "records", "descending": false, "offset": 0});
    let view = run(app, "dossier_stats", args).await;
    let cell = |row: &Value| {
        list(&row["cell"]).iter().map(|part| text(&part["code"]).to_owned()).collect::<Vec<_>>().join("/")
    };
    list(&view["rows"]).iter().map(|row| (cell(row), row["figures"].clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandboxs_records_as_files_give_the_figures_that_polling_gives() {
    let polled_folder = tempfile::tempdir().expect("folder");
    let polled = open_with_records(polled_folder.path(), "staff").await.expect("opens");
    sign_in(&polled).await;
    polled.poll_once().await.expect("polls");
    let expected = figures(&polled).await;
    let records = records(&polled).await;
    polled.shutdown().await;
    assert!(
        expected.len() > 10 && records.len() > 38_000,
        "{} cells, {} records",
        expected.len(),
        records.len()
    );
    let csv = exported(&records);

    let folder = tempfile::tempdir().expect("folder");
    let app = window(folder.path()).await;
    let upload = send(&app, "ho-so-bo.csv", csv.as_bytes()).await;
    let view = look(&app, &upload, None).await;
    assert!(
        text(&view["form"]).starts_with("CSV · UTF-8 · dấu chấm phẩy · tiêu đề ở dòng 4"),
        "{}",
        view["form"]
    );
    assert_eq!((&view["what"], text(&view["asOfText"])), (&json!("dossiers"), "theo tiêu đề của tệp"));
    let fates: BTreeMap<&str, &str> =
        list(&view["columns"]).iter().map(|c| (text(&c["header"]), text(&c["fate"]))).collect();
    assert_eq!((fates["Chủ hồ sơ"], fates["Số CCCD"], fates["STT"]), ("personal", "personal", "unused"));
    assert_eq!(fates.values().filter(|fate| **fate == "read").count(), fates.len() - 3);
    let rejects = list(&view["rejects"]);
    let reasons: Vec<&str> = rejects.iter().map(|r| text(&r["reason"])).collect();
    assert!(reasons.iter().all(|reason| reason.contains("nguồn có hai bản ghi một mã")), "{reasons:?}");
    assert_eq!(view["accepted"].as_u64().unwrap() + view["rejected"].as_u64().unwrap(), records.len() as u64);
    assert_eq!(figures(&app).await.len(), 0, "nothing is kept that was only looked at");
    let taken = take(&app, &view).await;
    assert_eq!((&taken["accepted"], &taken["rejected"]), (&view["accepted"], &view["rejected"]));
    assert_eq!(figures(&app).await, expected);

    // The same from the workbook that LibreOffice makes of it says nothing new.
    let workbook = libreoffice(folder.path(), csv.as_bytes());
    let upload = send(&app, "ho-so-bo.xlsx", &workbook).await;
    let view = look(&app, &upload, None).await;
    assert!(text(&view["form"]).starts_with("XLSX · tiêu đề ở dòng 4"), "{}", view["form"]);
    assert_eq!(
        (&view["accepted"], &view["rejected"]),
        (&json!(0), &taken["rejected"]),
        "{}",
        view["rejects"]
    );
    app.shutdown().await;

    // And alone gives the same figures.
    let other = tempfile::tempdir().expect("folder");
    let app = window(other.path()).await;
    let upload = send(&app, "ho-so-bo.xlsx", &workbook).await;
    take(&app, &look(&app, &upload, None).await).await;
    assert_eq!(figures(&app).await, expected);
    app.shutdown().await;
}

/// What Calc makes of a text, days before months.
fn libreoffice(folder: &Path, csv: &[u8]) -> Vec<u8> {
    let input = folder.join("hoso.csv");
    std::fs::write(&input, csv).expect("written");
    let out = folder.join("out");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("office").display()))
        .args([
            "--headless",
            "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1066,false,true",
            "--convert-to",
            "xlsx",
            "--outdir",
        ])
        .arg(&out)
        .arg(&input)
        .output()
        .unwrap_or_else(|e| panic!("soffice is needed (Debian: libreoffice-calc-nogui): {e}"));
    std::fs::read(out.join("hoso.xlsx"))
        .unwrap_or_else(|e| panic!("{e}; {}", String::from_utf8_lossy(&output.stderr)))
}

const HEAD: &str = "Mã hồ sơ;Chủ hồ sơ;Đơn vị;Trạng thái;Ngày tiếp nhận\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_looked_at_put_right_taken_once_and_taken_back() {
    let folder = tempfile::tempdir().expect("folder");
    let app = window(folder.path()).await;
    let csv = format!(
        "{HEAD}A-1;Lê Thị Bí Mật;Sở Y tế;Đang xử lý;04/05/2026\nA-2;Lê Thị Bí Mật;Chi nhánh lạ;Đang xử lý;05/05/2026\n\
         A-3;Lê Thị Bí Mật;Sở Y tế;Đang xử lý;31/02/2026\nA-1;Người khác;Sở Y tế;Đang xử lý;04/05/2026\n\
         A-4;x;Sở Y tế;Đang xử lý;06/05/2026\nA-4;x;Sở Y tế;Đã trả kết quả;06/05/2026\n\n;Tổng cộng;;;\n"
    );
    let upload = send(&app, "igate.csv", csv.as_bytes()).await;
    let view = look(&app, &upload, None).await;
    assert_eq!(view["problem"], "Hãy chọn hệ thống mà tệp này lấy từ đó.");
    let view = look(&app, &upload, Some("tinh")).await;
    let counts = |view: &Value| {
        ["rows", "accepted", "unchanged", "rejected"].map(|name| view[name].as_u64().expect("count"))
    };
    assert_eq!(counts(&view), [6, 1, 1, 4]);
    let rejects: Vec<(u64, &str, &str)> = list(&view["rejects"])
        .iter()
        .map(|r| (r["row"].as_u64().expect("row"), text(&r["column"]), text(&r["reason"])))
        .collect();
    assert_eq!(
        rejects,
        [
            (3, "C", "Đơn vị: không có đơn vị này; hãy ghép nó với một mã ở mục “Chữ chưa hiểu”"),
            (4, "E", "Ngày tiếp nhận: ngày không có trong lịch (đọc theo ngày/tháng/năm)"),
            (6, "A", "cùng mã hồ sơ nhưng nội dung trái với dòng 7; hãy giữ một dòng đúng"),
            (7, "A", "cùng mã hồ sơ nhưng nội dung trái với dòng 6; hãy giữ một dòng đúng"),
        ]
    );
    let skipped: Vec<(&str, u64)> = list(&view["skipped"])
        .iter()
        .map(|s| (text(&s["what"]), s["rows"].as_u64().expect("count")))
        .collect();
    assert_eq!(skipped, [("dòng tên biểu và tiêu đề", 1), ("dòng trống", 1), ("dòng tổng cộng", 1)]);
    assert_eq!(view["unknown"][0]["text"], "Chi nhánh lạ");

    // A column about a citizen cannot be chosen.
    let mut mapping = view["mapping"].clone();
    mapping["columns"][1]["target"] = json!("record");
    let args = asked(&upload, json!("dossiers"), json!("tinh"), mapping);
    let error = app.dispatch("dossier_import_look", args).await.expect_err("refused");
    assert!(error.message.contains("thông tin cá nhân"), "{}", error.message);

    // A text gets its code.
    let mut mapping = view["mapping"].clone();
    mapping["values"] = json!([{"target": "unit", "text": "Chi nhánh lạ", "means": "H21.24"}]);
    let stale = view["look"].clone();
    let view =
        run(&app, "dossier_import_look", asked(&upload, json!("dossiers"), json!("tinh"), mapping)).await;
    assert_eq!(counts(&view), [6, 2, 1, 3]);
    let error = app
        .dispatch("dossier_import_take", json!({"upload": upload, "look": stale}))
        .await
        .expect_err("stale");
    assert!(error.message.contains("đã đổi"), "{}", error.message);

    // What is not taken, as a file without any value of the rows.
    let saved = run(&app, "dossier_import_rejects", json!({"upload": upload})).await;
    let saved = std::fs::read_to_string(text(&saved["path"])).expect("saved");
    assert_eq!(saved.lines().count(), 4);
    assert!(
        saved.contains("\"4\",\"E\"") && !saved.contains("Bí Mật") && !saved.contains("31/02"),
        "{saved}"
    );

    let taken = take(&app, &view).await;
    assert_eq!(taken["accepted"], 2);
    let error =
        app.dispatch("dossier_import_look", asked(&upload, Value::Null, json!("tinh"), Value::Null)).await;
    assert!(error.expect_err("given back").message.contains("chọn lại tệp"));

    // The same again changes nothing; files of its shape are read as this one was.
    let upload = send(&app, "igate.csv", csv.as_bytes()).await;
    let again = look(&app, &upload, Some("tinh")).await;
    assert_eq!((counts(&again), &again["remembered"]), ([6, 0, 3, 3], &json!(true)));
    assert!(text(&again["notices"][0]).contains("nhập lại không đổi gì"), "{}", again["notices"]);
    let nothing = take(&app, &again).await;
    assert_eq!((&nothing["import"], &nothing["accepted"]), (&Value::Null, &json!(0)));

    // Nobody's name stands anywhere in the profile.
    app.store().check_observations().await.expect("sound");
    for file in walk(folder.path()) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let name = "Bí Mật".as_bytes();
        assert!(!bytes.windows(name.len()).any(|part| part == name), "{}", file.display());
    }

    // Taken out by its own command, and once more by the key of undo.
    let imports = run(&app, "dossier_imports", json!({})).await;
    let row = &imports["imports"][0];
    assert_eq!(
        (&row["file"], &row["state"], &row["canUndo"]),
        (&json!("igate.csv"), &json!("Đang dùng"), &json!(true))
    );
    run(&app, "dossier_import_undo", json!({"import": row["id"]})).await;
    let twice = app.dispatch("dossier_import_undo", json!({"import": row["id"]})).await.expect_err("once");
    assert!(twice.message.contains("đã được hoàn tác"));
    let upload = send(&app, "igate.csv", csv.as_bytes()).await;
    let view = look(&app, &upload, Some("tinh")).await;
    assert_eq!(counts(&view), [6, 2, 1, 3], "as if it had never been");
    take(&app, &view).await;
    let undone = run(&app, "undo", json!({"eventId": null})).await;
    let imports = run(&app, "dossier_imports", json!({})).await;
    assert_eq!(imports["imports"][0]["state"], "Đã hoàn tác");
    let error =
        app.dispatch("undo", json!({"eventId": undone["eventId"]})).await.expect_err("its rows are gone");
    assert!(error.message.contains("nhập lại tệp"), "{}", error.message);
    assert_eq!(app.store().records_after(None, 10).await.expect("read").len(), 0);
    app.shutdown().await;
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_a_unit_states_are_read_from_the_form_and_stand_beside_the_portals() {
    let folder = tempfile::tempdir().expect("folder");
    let app = window(folder.path()).await;
    let form = "Biểu số II.06a/VPCP/KSTT;;;;;;;;;;;;\nĐơn vị báo cáo: Sở Y tế;;;;;;;;;;;;\nKỳ báo cáo: Tháng 4 năm 2026;;;;;;;;;;;;\n\
        STT;Lĩnh vực;Số lượng hồ sơ tiếp nhận;;;;Số lượng hồ sơ đã giải quyết;;;;Số lượng hồ sơ đang giải quyết;;\n\
        ;;Tổng số;Trong kỳ;;Từ kỳ trước;Tổng số;Trước hạn;Đúng hạn;Quá hạn;Tổng số;Trong hạn;Quá hạn\n\
        ;;;Trực tuyến;Trực tiếp, dịch vụ bưu chính;;;;;;;;\n\
        (1);(2);(3)=(4)+(5)+(6);(4);(5);(6);(7)=(8)+(9)+(10);(8);(9);(10);(11)=(12)+(13);(12);(13)\n\
        1;Khám bệnh, chữa bệnh;1.120;90;1.010;20;1.100;60;1.030;10;20;15;5\n\
        2;Dược phẩm;12;12;0;0;mười;12;0;0;0;0;0\n\
        ;Tổng cộng;1.132;102;1.010;20;1.112;72;1.030;10;20;15;5\n";
    let upload = send(&app, "06a.csv", form.as_bytes()).await;
    let view = look(&app, &upload, Some("tinh")).await;
    assert_eq!(
        (&view["what"], text(&view["form"])),
        (&json!("figures"), "CSV · UTF-8 · dấu chấm phẩy · tiêu đề ở dòng 4–6")
    );
    let fixed: Vec<(&str, &str)> =
        list(&view["mapping"]["fixed"]).iter().map(|f| (text(&f["target"]), text(&f["value"]))).collect();
    assert_eq!(fixed, [("unit", "H21.19"), ("from", "2026-04-01"), ("to", "2026-04-30")]);
    assert_eq!((&view["accepted"], &view["rejected"]), (&json!(1), &json!(1)));
    let reject = &view["rejects"][0];
    assert_eq!(
        (&reject["row"], text(&reject["column"]), text(&reject["reason"])),
        (&json!(9), "G", "4. Đã xử lý: không phải số nguyên")
    );
    assert!(
        list(&view["unknown"]).iter().any(|u| u["text"] == "Khám bệnh, chữa bệnh" && u["rejects"] == false)
    );
    take(&app, &view).await;
    let stated = app.store().figures().await.expect("read");
    assert_eq!(stated.len(), 1);
    let figures = &stated[0].figures;
    let counts = figures.statement.counts;
    assert_eq!(
        (figures.unit.as_deref(), counts.received, counts.on_time),
        (Some("H21.19"), Some(1_100), Some(1_090))
    );
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_file_is_refused_in_words_that_say_what_to_do_and_nothing_is_kept() {
    let folder = tempfile::tempdir().expect("folder");
    let app = window(folder.path()).await;
    let latin =
        |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect::<Vec<u8>>();
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let locked =
        [old.clone(), "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let unclosed = format!("{HEAD}A-1;\"Lê;x\n{}", "A-2;x;x;x;x\n".repeat(120_000));
    for (name, bytes, words) in [
        ("rỗng.csv", Vec::new(), "rỗng"),
        ("bảng.xls", old, "Excel đời cũ"),
        ("khóa.xlsx", locked, "có mật khẩu"),
        ("igate.xls", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "trang HTML"),
        ("hỏng.xlsx", b"PK\x03\x04 broken".to_vec(), "bị hỏng"),
        ("quét.pdf", b"%PDF-1.7 scanned".to_vec(), "PDF"),
        ("ảnh", b"ab\0\0\0\x01cd".to_vec(), "không phải XLSX"),
        ("abc.csv", latin("M· hå s¬;Ngµy tiÕp nhËn;Tr¹ng th¸i\nA-1;x;§ang xö lý\n"), "TCVN3"),
        ("vni.csv", latin("Maõ hoà sô;Ngaøy tieáp nhaän\nA-1;x\n"), "VNI"),
        ("phông.csv", "M· hå s¬;Ngµy tiÕp nhËn;Tr¹ng th¸i\nA-1;x;y\n".as_bytes().to_vec(), "TCVN3"),
        ("lạ.csv", b"a;b\nc;\xff\xff\n".to_vec(), "dòng 2 không đọc được chữ"),
        ("nháy.csv", unclosed.into_bytes(), "nháy kép mở mà không đóng"),
        ("gãy.json", b"[{\"code\": \"A-1\"},\n{\"code\": }]".to_vec(), "JSON ở dòng 2"),
        ("không.json", b"{\"code\": 1}".to_vec(), "danh sách đối tượng"),
    ] {
        let message = refused(&app, name, &bytes).await;
        assert!(
            message.contains(words) && message.contains(name) && message.contains("Hãy"),
            "{name}: {message}"
        );
    }
    // Without headings nothing is guessed, and nothing taken.
    let upload = send(&app, "x.csv", b"1;2;3\n4;5;6\n").await;
    let view = look(&app, &upload, Some("tinh")).await;
    assert!(text(&view["problem"]).contains("dòng tiêu đề"), "{}", view["problem"]);
    let error = app.dispatch("dossier_import_take", json!({"upload": upload, "look": view["look"]})).await;
    assert!(error.expect_err("refused").message.contains("dòng tiêu đề"));
    let error =
        app.dispatch("dossier_import_look", asked(&upload, Value::Null, json!("mars"), Value::Null)).await;
    assert!(error.expect_err("refused").message.contains("Không có hệ thống “mars”"));
    assert_eq!(app.store().imports().await.expect("read").len(), 0);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_tells_how_far_it_is_and_stops_when_asked_and_leaders_take_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let app = window(folder.path()).await;
    let mut csv = HEAD.to_owned();
    for n in 0..60_000 {
        let _ = writeln!(csv, "H21.19-260504-{n:05};Nguyễn Văn A;Sở Y tế;Đang xử lý;04/05/2026");
    }
    let upload = send(&app, "to.csv", csv.as_bytes()).await;
    let mut events = app.subscribe();
    let (looking, stopping) = (app.clone(), app.clone());
    let args = asked(&upload, Value::Null, json!("tinh"), Value::Null);
    let look = tokio::spawn(async move { looking.dispatch("dossier_import_look", args).await });
    let told = loop {
        let event = serde_json::to_value(events.recv().await.expect("an event")).expect("JSON");
        if event["kind"] == "import_progress" && event["rows"].as_u64() > Some(0) {
            break event;
        }
    };
    assert_eq!(told["id"], upload);
    run(&stopping, "dossier_import_cancel", json!({"upload": upload, "forget": false})).await;
    let error = look.await.expect("ran").expect_err("stopped");
    assert!(error.message.contains("chưa giữ gì"), "{}", error.message);
    // It may be begun again.
    let view = self::look(&app, &upload, Some("tinh")).await;
    assert_eq!(view["accepted"], 60_000);
    app.shutdown().await;

    let app = open(folder.path(), "leader", false).await.expect("opens");
    sign_in(&app).await;
    let upload = send(&app, "to.csv", csv.as_bytes()).await;
    let view = self::look(&app, &upload, Some("tinh")).await;
    let take = app.dispatch("dossier_import_take", json!({"upload": upload, "look": view["look"]})).await;
    assert!(take.expect_err("a leader").message.contains("Vai trò"));
    app.shutdown().await;
}
