//! The register of incidents through the public use cases: reported, taken, bounded, over, closed, back; its clocks by the
//! sandbox's clock; who may; the report, the documents, hand-over and bulletin made of it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::App;
use pvhcc_domain::{act::Act, report::Freeze};
use pvhcc_tests::{Seat, run, set_clock};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

const NIGHT: &str = "2026-05-29T22:05:00+07:00";

/// 29/05/2026 in the province, at `hour`:`minute`.
fn at(hour: i64, minute: i64) -> i64 {
    1_779_987_600_000 + hour * 3_600_000 + minute * 60_000
}

fn report(title: &str) -> Value {
    json!({"title": title, "severity": "s2", "detected": at(22, 0), "text": "Gọi API trả 503",
           "touched": {"flows": ["dossier_sync"], "apis": [], "tasks": ["86"], "units": ["so_tp"]}})
}

async fn open(app: &App, title: &str) -> String {
    let done = run(app, "incident_open", report(title)).await;
    done["id"].as_str().expect("id").to_owned()
}

async fn row(app: &App, id: &str) -> Value {
    run(app, "incident", json!({"id": id})).await["row"].clone()
}

/// An act on what stands now.
async fn act(app: &App, command: &str, id: &str, mut args: Value) -> Value {
    args["id"] = json!(id);
    args["basedOn"] = row(app, id).await["lastEvent"].clone();
    run(app, command, args).await
}

/// The code and the field of a refusal.
async fn refused(app: &App, command: &str, args: Value) -> (String, String, String) {
    let error = app.dispatch(command, args).await.expect_err("refused");
    let code = serde_json::to_value(error.code).expect("code");
    let field = error.details.get("field").cloned().unwrap_or_default();
    (code.as_str().unwrap_or_default().to_owned(), field, error.message)
}

/// Due moment, whether it ran out, and whether it was met too late, of each clock.
fn clocks(row: &Value) -> Vec<(String, i64, bool, bool)> {
    let clock = |c: &Value| {
        let flag = |name: &str| c[name].as_bool().expect("flag");
        (
            c["kind"].as_str().expect("kind").to_owned(),
            c["due"].as_i64().expect("due"),
            flag("overdue"),
            flag("missed"),
        )
    };
    row["clocks"].as_array().expect("clocks").iter().map(clock).collect()
}

async fn attention(app: &App) -> Vec<(String, String)> {
    let view = run(app, "overview", json!({})).await;
    let lines = view["attention"].as_array().expect("lines").iter();
    let ours = lines.filter(|l| l["target"]["filter"].as_str().is_some_and(|f| f.starts_with("incidents")));
    let text = |l: &Value, field: &str| l[field].as_str().expect("text").to_owned();
    ours.map(|l| (text(l, "badge"), text(l, "detail"))).collect()
}

/// Somebody else gets the role of duty.
async fn second_on_duty(app: &App, seat: &Seat) {
    seat.sign_in(app, "admin").await;
    let roster = run(app, "roster", json!({})).await;
    let people = roster["people"].as_array().expect("people");
    let vnpt = people.iter().find(|p| p["unit"]["id"] == "vnpt").expect("one");
    let assign = json!({"code": vnpt["person"], "name": "Trực 04", "role": "duty", "unit": "vnpt",
                        "from": "2026-05-29", "to": null});
    run(app, "roster_assign", assign).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_lives_from_detection_to_its_end_and_back_by_its_clocks() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    seat.sign_in(&app, "staff").await;
    let id = open(&app, "Đồng bộ hồ sơ trả lỗi 503").await;
    let new = row(&app, &id).await;
    assert_eq!((&new["stage"], &new["owner"]), (&json!("detected"), &Value::Null));
    let due = [
        ("acknowledge".to_owned(), at(22, 30), false, false),
        ("update".to_owned(), at(23, 5), false, false),
        ("fix".to_owned(), at(30, 0), false, false),
    ];
    assert_eq!(clocks(&new), due, "S2 counts day and night: 30 minutes, an hour, 8 hours");
    assert_eq!(attention(&app).await[0].0, "Sự cố mới");
    assert_eq!(run(&app, "frame", json!({})).await["openIncidents"], 1);

    set_clock(&app, "2026-05-29T22:31:00+07:00").await;
    let late = row(&app, &id).await;
    assert!(clocks(&late)[0].2, "nobody took it in time");
    assert_eq!(late["next"]["text"], "quá hạn tiếp nhận 1 phút");
    let line = &attention(&app).await[0];
    assert_eq!(line.0, "Sự cố quá hạn");
    assert!(line.1.contains("chưa ai tiếp nhận"), "{}", line.1);

    seat.sign_in(&app, "duty").await;
    let (_, _, why) = refused(&app, "incident_close", json!({"id": id, "cause": "x"})).await;
    assert!(why.contains("chưa ai tiếp nhận"), "closed before it was acknowledged: {why}");
    act(&app, "incident_ack", &id, json!({})).await;
    let taken = row(&app, &id).await;
    assert_eq!((&taken["stage"], &taken["mine"]), (&json!("acknowledged"), &json!(true)));
    assert_eq!(clocks(&taken)[0], ("acknowledge".to_owned(), at(22, 30), false, true), "taken, but too late");
    assert_eq!(clocks(&taken)[1].1, at(23, 31), "the next word is due an hour from this one");

    set_clock(&app, "2026-05-29T22:40:00+07:00").await;
    act(&app, "incident_mitigate", &id, json!({"workaround": "Nhận hồ sơ giấy, nhập lại sau"})).await;
    act(&app, "incident_escalate", &id, json!({"party": "vnpt", "how": "điện thoại", "text": "Đã nhận"}))
        .await;
    set_clock(&app, "2026-05-29T23:55:00+07:00").await;
    assert!(clocks(&row(&app, &id).await)[1].2, "silence of more than an hour");
    run(&app, "incident_note", json!({"id": id, "at": at(23, 50), "text": "VNPT khởi động lại dịch vụ"}))
        .await;
    assert!(!clocks(&row(&app, &id).await)[1].2, "a word was said");

    set_clock(&app, "2026-05-30T00:35:00+07:00").await;
    let early = json!({"id": id, "at": at(22, 39), "how": "x", "basedOn": null});
    assert_eq!(refused(&app, "incident_resolve", early).await.1, "at", "over before its workaround held");
    act(&app, "incident_resolve", &id, json!({"at": at(24, 30), "how": "Tăng số kết nối"})).await;
    let over = row(&app, &id).await;
    assert_eq!((&over["stage"], &over["next"]), (&json!("resolved"), &Value::Null));
    assert_eq!(over["lasts"], "2 giờ 30 phút");
    assert_eq!(attention(&app).await, []);
    let view = run(&app, "incidents", json!({})).await;
    let all = &view["figures"][0];
    assert_eq!((&all["over"], &all["open"]), (&json!(1), &json!(0)));
    assert_eq!(all["texts"], json!(["31 phút", "31 phút", "2 giờ 30 phút", "2 giờ 30 phút"]));

    let close = json!({"id": id, "cause": "", "lesson": null, "basedOn": null});
    assert_eq!(refused(&app, "incident_close", close).await.1, "cause", "nobody said why");
    act(&app, "incident_close", &id, json!({"cause": "Hết kết nối", "lesson": "Đặt cảnh báo sớm"})).await;
    let after = json!({"id": id, "text": "thêm", "at": null});
    assert!(refused(&app, "incident_note", after).await.2.contains("đã đóng"));
    act(&app, "incident_reopen", &id, json!({"reason": "Lỗi trở lại"})).await;
    let back = row(&app, &id).await;
    assert_eq!((&back["stage"], &back["workaround"]), (&json!("acknowledged"), &Value::Null));
    assert_eq!(back["cause"], "Hết kết nối", "what was known stays known");

    let detail = run(&app, "incident", json!({"id": id})).await;
    let lines: Vec<(i64, &str)> = (detail["timeline"].as_array().expect("lines").iter())
        .map(|l| (l["at"].as_i64().expect("at"), l["text"].as_str().expect("text")))
        .collect();
    assert!(lines.is_sorted_by_key(|(at, _)| *at), "{lines:?}");
    assert_eq!(
        lines[0],
        (at(22, 0), "Phát hiện sự cố, mức S2 Cao"),
        "when it was noticed, not when it was said"
    );
    assert!(lines.contains(&(at(22, 40), "Báo VNPT Gia Lai, điện thoại")), "{lines:?}");
    assert_eq!(lines.len(), 8);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_are_rules_and_what_was_found_before_keeps_those_of_its_time() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    seat.sign_in(&app, "staff").await;
    let before = open(&app, "Đồng bộ hồ sơ trả lỗi 503").await;
    let kept = clocks(&row(&app, &before).await);
    seat.sign_in(&app, "admin").await;
    let set = |rule: &str, value: &str| json!({"rule": format!("severity.s2.{rule}"), "value": value});
    for wrong in [set("fix", "29"), set("acknowledge", "481"), set("update", "0"), set("update", "nửa giờ")]
    {
        let (code, field, why) = refused(&app, "rule_set", wrong.clone()).await;
        assert_eq!((code.as_str(), field.as_str()), ("invalid", "value"), "{wrong}: {why}");
        assert!(why.contains("Sự cố S2 Cao"), "{why}");
    }
    set_clock(&app, "2026-05-29T22:06:00+07:00").await;
    run(&app, "rule_set", set("acknowledge", "10")).await;
    run(&app, "rule_set", set("fix", "60")).await;

    assert_eq!(clocks(&row(&app, &before).await), kept, "found at 22:00, under the clocks of then");
    seat.sign_in(&app, "staff").await;
    set_clock(&app, "2026-05-29T22:20:00+07:00").await;
    let mut later = report("Thanh toán trả lỗi 500");
    later["detected"] = json!(at(22, 10));
    let after = run(&app, "incident_open", later).await["id"].as_str().expect("id").to_owned();
    let due: Vec<_> =
        clocks(&row(&app, &after).await).into_iter().map(|(kind, due, ..)| (kind, due)).collect();
    let expected = [("acknowledge", at(22, 20)), ("update", at(23, 20)), ("fix", at(23, 10))];
    assert_eq!(due, expected.map(|(kind, due)| (kind.to_owned(), due)));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_unknown_untimely_or_not_theirs_is_refused_by_name_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    seat.sign_in(&app, "staff").await;
    let id = open(&app, "Có thật").await;
    let head = run(&app, "storage", json!({})).await["head"].clone();
    for (field, place, value) in [
        ("title", "title", json!("  ")),
        ("title", "title", json!("x".repeat(201))),
        ("at", "detected", json!(at(22, 6))),
        ("alerts", "alerts", json!(["không có"])),
        ("apis", "touched", json!({"apis": ["x.1"]})),
        ("tasks", "touched", json!({"tasks": ["999"]})),
        ("units", "touched", json!({"units": ["không có"]})),
    ] {
        let mut args = report("Thử");
        args[place] = value;
        assert_eq!(refused(&app, "incident_open", args).await.1, field);
    }
    for (command, args) in [
        ("incident_ack", json!({"id": id, "basedOn": null})),
        ("incident_resolve", json!({"id": id, "at": null, "how": "x", "cause": null, "basedOn": null})),
        ("incident_follow_up", json!({"id": id, "text": "x", "unit": "vnpt", "due": "2026-06-05"})),
        ("handover_write", json!({"note": "x"})),
    ] {
        assert_eq!(refused(&app, command, args).await.0, "forbidden", "{command} is the duty crew's");
    }
    let note = |at: i64, text: &str| json!({"id": id, "at": at, "text": text});
    assert_eq!(refused(&app, "incident_note", note(at(22, 6), "mai")).await.1, "at", "in the future");
    assert_eq!(refused(&app, "incident_note", note(at(22, 1), " ")).await.1, "text");

    seat.sign_in(&app, "leader").await;
    assert_eq!(run(&app, "incident", json!({"id": id})).await["may"]["note"]["ok"], true);
    seat.sign_in(&app, "admin").await;
    assert_eq!(refused(&app, "incident_open", report("Quản trị")).await.0, "forbidden");

    seat.sign_in(&app, "duty").await;
    let mitigate = json!({"id": id, "at": null, "workaround": "x", "basedOn": null});
    assert!(refused(&app, "incident_mitigate", mitigate).await.2.contains("tiếp nhận trước"));
    assert_eq!(
        refused(&app, "incident_ack", json!({"id": "không có", "basedOn": null})).await.0,
        "not_found"
    );
    let touched = json!({"flows": ["dossier_sync"], "apis": [], "tasks": ["86"], "units": ["so_tp"]});
    let change = |severity: &str| {
        json!({"id": id, "title": "Có thật", "severity": severity, "touched": touched,
               "reason": " ", "basedOn": null})
    };
    assert_eq!(refused(&app, "incident_change", change("s1")).await.1, "reason");
    assert_eq!(refused(&app, "incident_change", change("s2")).await.1, "title", "nothing changed");
    assert_eq!(run(&app, "storage", json!({})).await["head"], head, "nothing was written");

    run(&app, "incident_ack", json!({"id": id, "basedOn": null})).await;
    let resolve = |at: i64| json!({"id": id, "at": at, "how": "x", "cause": null, "basedOn": null});
    for moment in [at(21, 59), at(22, 6)] {
        assert_eq!(
            refused(&app, "incident_resolve", resolve(moment)).await.1,
            "at",
            "before detection or to come"
        );
    }
    let due = json!({"id": id, "text": "x", "unit": "vnpt", "due": "2026-05-28"});
    assert_eq!(refused(&app, "incident_follow_up", due).await.1, "due");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_at_once_the_first_has_it_and_the_other_hears_who_was_first() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    second_on_duty(&app, &seat).await;
    seat.sign_in(&app, "duty").await;
    let id = open(&app, "Hai người cùng bấm").await;
    let base = row(&app, &id).await["lastEvent"].clone();
    let ack = json!({"id": id, "basedOn": base});

    seat.sign_in(&app, "vnpt").await;
    let (one, two) =
        tokio::join!(app.dispatch("incident_ack", ack.clone()), app.dispatch("incident_ack", ack.clone()));
    assert!(one.is_ok() != two.is_ok(), "pressed twice, done once");
    // Whoever only adds has nothing to lose to another.
    run(&app, "incident_note", json!({"id": id, "at": null, "text": "Đang kiểm tra"})).await;

    seat.sign_in(&app, "duty").await;
    let events = app.store().head().await.expect("head");
    let (code, _, why) = refused(&app, "incident_ack", ack).await;
    assert_eq!(code, "conflict");
    assert!(why.contains("Trực 04") && why.contains("Tiếp nhận") && why.contains("22:05"), "{why}");
    assert_eq!(app.store().head().await.expect("head").hash, events.hash, "nothing was written");

    let seen = row(&app, &id).await;
    assert_eq!((&seen["owner"], &seen["mine"]), (&json!("Trực 04 · VNPT Gia Lai"), &json!(false)));
    let people = run(&app, "incidents", json!({})).await["people"].clone();
    let me = people
        .as_array()
        .expect("people")
        .iter()
        .find(|p| p["name"].as_str().is_some_and(|n| n.starts_with("Trực 02")));
    let owner = me.expect("on duty")["id"].clone();
    act(&app, "incident_assign", &id, json!({"owner": owner, "reason": "Đổi ca"})).await;
    assert_eq!(row(&app, &id).await["mine"], true);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_is_a_task_like_every_other_and_leads_back() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    seat.sign_in(&app, "duty").await;
    assert!(app.dispatch("tasks", json!({"list": "su_co"})).await.is_err(), "no list without a row");
    let id = open(&app, "Cổng trả lời chậm").await;
    act(&app, "incident_ack", &id, json!({})).await;
    let follow =
        json!({"id": id, "text": "Tăng số kết nối, đặt cảnh báo", "unit": "vnpt", "due": "2026-06-05"});
    run(&app, "incident_follow_up", follow).await;
    let detail = run(&app, "incident", json!({"id": id})).await;
    let key = detail["followUps"][0]["task"]["no"].as_str().expect("key").to_owned();
    assert!(key.starts_with("su_co/"), "{key}");

    let list = run(&app, "tasks", json!({"list": "su_co"})).await;
    let task = &list["rows"][0];
    assert_eq!((&task["no"], &task["due"]), (&json!(key), &json!("2026-06-05")));
    assert_eq!(task["leadUnits"][0]["id"], "vnpt");
    let of = task["texts"][0]["text"].as_str().expect("of which incident");
    assert!(of.contains("Cổng trả lời chậm"), "{of}");

    let leads = run(&app, "task", json!({"no": key})).await["incident"].clone();
    assert_eq!(leads["id"], id, "the row leads back");
    let done = json!({"no": key, "status": "done", "doneOn": "2026-05-29", "note": null,
                      "withoutEvidence": "Biên bản họp ca", "basedOn": null});
    run(&app, "task_set_status", done).await;
    let detail = run(&app, "incident", json!({"id": id})).await;
    assert_eq!(detail["followUps"][0]["task"]["status"], "done");
    app.shutdown().await;

    let (app, _) = Seat::open(folder.path(), NIGHT).await;
    let list = run(&app, "tasks", json!({"list": "su_co"})).await;
    assert_eq!(
        (&list["rows"][0]["no"], &list["rows"][0]["status"]),
        (&json!(key), &json!("done")),
        "after a restart too"
    );
    app.shutdown().await;
}

/// What LibreOffice or poppler reads in a file.
fn text_of(folder: &Path, file: &Path, program: &str) -> String {
    let out = folder.join("doc.txt");
    let output = match program {
        "soffice" => Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", folder.join("office").display()))
            .args(["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
            .arg(folder)
            .arg(file)
            .output(),
        _ => Command::new(program).arg(file).arg(&out).output(),
    };
    let output = output.unwrap_or_else(|e| panic!("{program} is needed: {e}"));
    let made = if program == "soffice" {
        folder.join(file.file_name().expect("name")).with_extension("txt")
    } else {
        out
    };
    let text = std::fs::read_to_string(&made)
        .unwrap_or_else(|e| panic!("{}: {e}; {}", made.display(), String::from_utf8_lossy(&output.stderr)));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_of_the_day_tells_of_incidents_and_the_note_opens_in_libreoffice() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    seat.sign_in(&app, "staff").await;
    let frozen = |app: &App| {
        let app = app.clone();
        async move {
            let view = run(&app, "report", json!({"day": "2026-05-29"})).await;
            let args = json!({"day": "2026-05-29", "reason": "Thêm sự cố", "basedOn": view["lastEvent"]});
            run(&app, "report_freeze", args).await;
            let events =
                app.store().events(Some("report:daily:2026-05-29"), 0, i64::MAX).await.expect("events");
            let sha256 = events.iter().rev().find_map(|e| match &e.act {
                Act::ReportFrozen { sha256, .. } => Some(sha256.clone()),
                _ => None,
            });
            let blob = app.store().get_blob(&sha256.expect("frozen")).await.expect("blob");
            Freeze::from_bytes(&blob).expect("freeze").incidents
        }
    };
    assert_eq!(frozen(&app).await.map(|all| all.len()), Some(0), "the register is kept, and empty");

    let id = open(&app, "Đồng bộ hồ sơ trả lỗi 503").await;
    seat.sign_in(&app, "duty").await;
    act(&app, "incident_ack", &id, json!({})).await;
    act(&app, "incident_mitigate", &id, json!({"workaround": "Nhận hồ sơ giấy"})).await;
    act(&app, "incident_resolve", &id, json!({"how": "Khởi động lại", "cause": "Hết kết nối"})).await;
    let follow = json!({"id": id, "text": "Rà soát cấu hình", "unit": "vnpt", "due": "2026-06-05"});
    run(&app, "incident_follow_up", follow).await;
    act(&app, "incident_close", &id, json!({"cause": null, "lesson": "Đặt cảnh báo sớm"})).await;

    seat.sign_in(&app, "staff").await;
    let lines = frozen(&app).await.expect("kept");
    assert_eq!(
        (lines[0].severity.as_str(), lines[0].began.0, lines[0].ended.is_some()),
        ("S2", at(22, 0), true)
    );
    for said in
        ["Đã đóng", "tiếp nhận lúc 22:05", "nguyên nhân: Hết kết nối", "cách làm tạm: Nhận hồ sơ giấy"]
    {
        assert!(lines[0].state.contains(said), "{}", lines[0].state);
    }
    let pdf = run(&app, "report_file", json!({"day": "2026-05-29", "format": "pdf"})).await;
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, STANDARD.decode(pdf["bytes"].as_str().expect("bytes")).expect("base64"))
        .expect("written");
    let text = text_of(folder.path(), &file, "pdftotext");
    assert!(text.contains("Ghi nhận 1 sự cố, trong đó 0 sự cố chưa khắc phục xong"), "{text}");

    let saved = |answer: Value| std::path::PathBuf::from(answer["path"].as_str().expect("path"));
    let first = saved(run(&app, "incident_note_docx", json!({"id": id})).await);
    set_clock(&app, "2026-05-30T09:00:00+07:00").await;
    let again = saved(run(&app, "incident_note_docx", json!({"id": id})).await);
    let bytes = |path: &Path| std::fs::read(path).expect("file");
    assert!(
        first != again && bytes(&first) == bytes(&again),
        "the same incident is the same file, whenever it is made"
    );
    let text = text_of(folder.path(), &first, "soffice");
    for said in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TRUNG TÂM PHỤC VỤ",
        "Đồng bộ hồ sơ trả lỗi 503",
        "I. THÔNG TIN CHUNG",
        "S2 Cao",
        "II. DIỄN BIẾN",
        "Có cách làm tạm: Nhận hồ sơ giấy",
        "Hết kết nối",
        "Đặt cảnh báo sớm",
        "Rà soát cấu hình",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    seat.sign_in(&app, "duty").await;
    act(&app, "incident_reopen", &id, json!({"reason": "Lỗi trở lại"})).await;
    let open = saved(run(&app, "incident_note_docx", json!({"id": id})).await);
    assert!(text_of(folder.path(), &open, "soffice").contains("Sự cố chưa kết thúc"), "no last word");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_is_handed_over_with_how_things_stand_and_the_bulletin_calls_nothing_unknown_good() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), NIGHT).await;
    second_on_duty(&app, &seat).await;
    seat.sign_in(&app, "duty").await;
    let id = open(&app, "Đồng bộ hồ sơ trả lỗi 503").await;
    act(&app, "incident_ack", &id, json!({})).await;
    act(&app, "incident_mitigate", &id, json!({"workaround": "Nhận hồ sơ giấy"})).await;

    assert_eq!(refused(&app, "handover_write", json!({"note": " "})).await.1, "note");
    let written = run(&app, "handover_write", json!({"note": "Theo dõi hàng đợi"})).await;
    let note = &written["notes"][0];
    assert_eq!((&note["canTake"], &note["takenBy"]), (&json!(false), &Value::Null));
    let state = note["state"].as_str().expect("state");
    assert!(
        state.contains("S2: Đồng bộ hồ sơ trả lỗi 503") && state.contains("còn 1 giờ để cập nhật"),
        "{state}"
    );
    assert!(
        state.contains("Không quan sát được") && state.contains("chưa quan sát"),
        "no source was asked: {state}"
    );
    let take = json!({"id": note["id"]});
    assert_eq!(
        refused(&app, "handover_take", take.clone()).await.0,
        "forbidden",
        "one does not hand over to oneself"
    );
    seat.sign_in(&app, "vnpt").await;
    let taken = run(&app, "handover_take", take.clone()).await;
    assert_eq!(taken["notes"][0]["takenBy"], "Trực 04 · VNPT Gia Lai");
    assert_eq!(refused(&app, "handover_take", take).await.0, "conflict");

    let bulletin = run(&app, "bulletin", json!({})).await;
    let text = bulletin["text"].as_str().expect("text").to_owned();
    for said in [
        "tính đến 22 giờ 05 phút ngày 29/05/2026",
        "SSO qua VNeID: chưa có thông tin.",
        "Từ 22 giờ 00 phút ngày 29/05/2026: Đồng bộ hồ sơ trả lỗi 503 (mức cao).",
        "đề nghị: Nhận hồ sơ giấy.",
        "cập nhật lúc 23 giờ 05 phút ngày 29/05/2026.",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("bình thường"), "nothing was seen: {text}");
    assert_eq!(refused(&app, "bulletin", json!({"next": at(22, 0)})).await.1, "next");

    app.poll_once().await.expect("polls");
    let seen =
        run(&app, "bulletin", json!({"next": at(23, 30)})).await["text"].as_str().expect("text").to_owned();
    for said in ["SSO qua VNeID: đang gián đoạn.", "lỗi ở 1 trong 19 API", "23 giờ 30 phút"] {
        assert!(seen.contains(said), "{said} in {seen}");
    }
    assert!(
        !seen.contains("Đồng bộ hồ sơ lên Cổng: hoạt động bình thường"),
        "tests that pass are not all: {seen}"
    );
    let txt = run(&app, "bulletin_save", json!({"format": "txt"})).await;
    assert!(
        std::fs::read_to_string(txt["path"].as_str().expect("path")).expect("file").contains("THÔNG BÁO")
    );
    let docx = run(&app, "bulletin_save", json!({"format": "docx"})).await;
    let made = text_of(folder.path(), Path::new(docx["path"].as_str().expect("path")), "soffice");
    assert!(made.contains("Trong thời gian khắc phục, đề nghị: Nhận hồ sơ giấy"), "{made}");
    app.shutdown().await;
}
