//! The daily report through the public use cases: frozen, written, looked over, signed, sent, corrected; and what is refused.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{App, Clash, Options, wire::ReportSaveArgs};
use pvhcc_domain::{
    act::Act,
    report::Cadence,
    roles::{Auth, Role},
    time::Ms,
};
use pvhcc_store::NewEvent;
use pvhcc_tests::{Seat, options, run, set_clock};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

const DAY: &str = "2026-05-29";

async fn view(app: &App) -> Value {
    run(app, "report", json!({"day": DAY})).await
}

/// An act on what stands now.
async fn act(app: &App, command: &str, mut args: Value) -> Value {
    args["day"] = json!(DAY);
    args["basedOn"] = view(app).await["lastEvent"].clone();
    run(app, command, args).await
}

/// The code, the field and the message of a refusal.
async fn refused(app: &App, command: &str, mut args: Value) -> (String, String, String) {
    if args["day"].is_null() {
        args["day"] = json!(DAY);
    }
    if args["basedOn"].is_null() {
        args["basedOn"] = view(app).await["lastEvent"].clone();
    }
    let error = app.dispatch(command, args).await.expect_err("refused");
    let code = serde_json::to_value(error.code).expect("code");
    let field = error.details.get("field").cloned().unwrap_or_default();
    (code.as_str().unwrap_or_default().to_owned(), field, error.message)
}

async fn file(app: &App, format: &str, freeze: Value) -> (Vec<u8>, Value) {
    let answer = run(app, "report_file", json!({"day": DAY, "format": format, "freeze": freeze})).await;
    (STANDARD.decode(answer["bytes"].as_str().expect("bytes")).expect("base64"), answer)
}

fn save(formats: &[&str]) -> ReportSaveArgs {
    serde_json::from_value(json!({"day": DAY, "formats": formats})).expect("arguments")
}

/// From nothing to a report that can be signed: staff freeze, the leader looks it over.
async fn reviewed(app: &App, seat: &Seat) -> Value {
    seat.sign_in(app, "staff").await;
    act(app, "report_freeze", json!({})).await;
    seat.sign_in(app, "leader").await;
    act(app, "report_review", json!({"remark": "Được"})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_its_way_and_a_correction_leaves_what_was_signed() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "staff").await;
    let nothing = view(&app).await;
    assert_eq!((&nothing["stage"], &nothing["verdict"]), (&json!("none"), &json!("open")));

    let frozen = act(&app, "report_freeze", json!({})).await;
    assert_eq!((&frozen["stage"], &frozen["notice"]), (&json!("frozen"), &Value::Null));
    let freeze = frozen["freeze"].clone();
    assert!(
        !frozen["caveats"].as_array().expect("caveats").is_empty(),
        "no source was ever asked, and it says so"
    );
    for (format, begins) in [("docx", &b"PK"[..]), ("pdf", b"%PDF"), ("xlsx", b"PK")] {
        let (bytes, answer) = file(&app, format, Value::Null).await;
        assert!(bytes.starts_with(begins), "{format}");
        assert_eq!(
            (bytes, answer),
            file(&app, format, freeze.clone()).await,
            "the same freeze, the same bytes"
        );
    }
    assert_eq!(frozen["may"]["review"]["ok"], false, "not by its author");

    let mut words = frozen["words"].clone();
    words["proposals"] = json!("Đề nghị C12 mở môi trường thử.");
    let written = act(&app, "report_write", json!({"freeze": freeze, "words": words})).await;
    assert_eq!(written["words"]["proposals"], "Đề nghị C12 mở môi trường thử.");
    let (code, ..) = refused(&app, "report_review", json!({})).await;
    assert_eq!(code, "forbidden");
    let (code, ..) = refused(&app, "report_sign", json!({"number": "7"})).await;
    assert_eq!(code, "forbidden", "staff do not sign");

    seat.sign_in(&app, "leader").await;
    let (_, _, why) = refused(&app, "report_sign", json!({"number": "7"})).await;
    assert!(why.contains("chưa được duyệt"), "{why}");
    assert_eq!(act(&app, "report_review", json!({"remark": null})).await["stage"], "reviewed");
    let signed = act(&app, "report_sign", json!({"number": "7", "signedOn": DAY})).await;
    assert_eq!(signed["stage"], "signed");
    assert_eq!(signed["signed"]["number"], "07/BC-TTPVHCC");
    for of in signed["signed"]["files"].as_array().expect("files") {
        let (bytes, answer) = file(&app, of["format"].as_str().expect("a format"), Value::Null).await;
        assert_eq!((&answer["sha256"], &answer["signed"]), (&of["sha256"], &json!(true)));
        assert_eq!(bytes.len() as u64, of["bytes"].as_u64().expect("a size"));
    }
    let scan = json!({"name": "BC 07 đã ký.pdf", "content": STANDARD.encode(b"%PDF-1.7 scan")});
    let attached = run(&app, "report_attach", json!({"day": DAY, "file": scan})).await;
    assert_eq!(attached["signed"]["copy"], "BC 07 đã ký.pdf");
    let saved = run(&app, "report_copy", json!({"day": DAY})).await;
    assert_eq!(std::fs::read(saved["path"].as_str().expect("path")).expect("read"), b"%PDF-1.7 scan");

    set_clock(&app, "2026-05-29T14:40:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    let sent = act(&app, "report_send", json!({"how": "Trục liên thông văn bản", "at": null})).await;
    assert_eq!((&sent["stage"], &sent["verdict"]), (&json!("sent"), &json!("on_time")));
    assert!(sent["sent"]["to"].as_str().expect("to").contains("Trung tâm Dữ liệu quốc gia"), "{sent}");

    let (_, field, _) = refused(&app, "report_freeze", json!({})).await;
    assert_eq!(field, "reason", "figures are not frozen again without a word");
    let again = act(&app, "report_freeze", json!({"reason": "VNPT đính chính số hồ sơ"})).await;
    assert_eq!((&again["stage"], &again["verdict"]), (&json!("frozen"), &json!("on_time")));
    assert_eq!(again["freezes"].as_array().map(Vec::len), Some(2));
    assert_eq!(again["earlier"][0]["number"], "07/BC-TTPVHCC");
    assert_eq!(again["words"]["proposals"], "Đề nghị C12 mở môi trường thử.", "words are taken over");
    let (_, old) = file(&app, "pdf", freeze).await;
    assert_eq!(old["signed"], true, "what was signed is given back as it was");
    seat.sign_in(&app, "leader").await;
    act(&app, "report_review", json!({})).await;
    let (_, field, why) = refused(&app, "report_sign", json!({"number": "07"})).await;
    assert_eq!(field, "number", "{why}");
    let corrected = act(&app, "report_sign", json!({"number": "08"})).await;
    assert_eq!(
        (&corrected["stage"], &corrected["signed"]["number"]),
        (&json!("signed"), &json!("08/BC-TTPVHCC"))
    );
    let month = run(&app, "report_calendar", json!({"month": "2026-05"})).await;
    let day = &month["days"][28];
    assert_eq!(day["numbers"], json!(["07/BC-TTPVHCC", "08/BC-TTPVHCC"]), "both stay");

    set_clock(&app, "2026-05-30T09:00:00+07:00").await;
    let next = run(&app, "report_freeze", json!({"day": "2026-05-30"})).await;
    assert_eq!(next["words"]["proposals"], "Đề nghị C12 mở môi trường thử.", "proposals are carried over");
    assert_eq!(next["before"], DAY);
    let verify = run(&app, "journal_verify", json!({})).await;
    assert_eq!(verify["ok"], true);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_file_that_is_gone_or_damaged_is_made_again_only_when_it_is_the_same() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    reviewed(&app, &seat).await;
    let signed = act(&app, "report_sign", json!({"number": "5"})).await;
    let blob = |format: usize| {
        let sha = signed["signed"]["files"][format]["sha256"].as_str().expect("a hash").to_owned();
        folder.path().join("blobs").join(&sha[..2]).join(&sha[2..])
    };
    let (before, _) = file(&app, "docx", Value::Null).await;
    std::fs::remove_file(blob(0)).expect("removed");
    assert_eq!(file(&app, "docx", Value::Null).await.0, before, "made again, byte for byte");
    assert!(blob(0).exists(), "and kept again");

    // The name of who signed was erased: the same file can no longer be made, and another is not given out in its place.
    app.store().erase_name("leader").await.expect("erased");
    std::fs::write(blob(1), b"%PDF-1.7 forged").expect("damaged");
    let (code, _, why) = refused(&app, "report_file", json!({"format": "pdf"})).await;
    assert_eq!(code, "storage");
    assert!(why.contains("bao-cao-ngay-2026-05-29.pdf") && why.contains("bị thay đổi"), "{why}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_figures_with_others_unread_or_for_a_day_to_come_nothing_is_done_and_it_says_why() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "leader").await;
    let head = || async { run(&app, "storage", json!({})).await["head"].clone() };
    let before = head().await;
    for (command, args, code) in [
        ("report_review", json!({}), "invalid"),
        ("report_return", json!({"reason": "Thiếu"}), "invalid"),
        ("report_sign", json!({"number": "5"}), "invalid"),
        ("report_send", json!({"how": "Trục"}), "invalid"),
        ("report_write", json!({"freeze": "x", "words": words("")}), "invalid"),
        ("report_file", json!({"format": "pdf"}), "not_found"),
        ("report_save", json!({"formats": []}), "not_found"),
        ("report_briefing", json!({"theme": "light"}), "not_found"),
        ("report_copy", json!({}), "not_found"),
        ("report_freeze", json!({"day": "2026-05-30"}), "invalid"),
        ("report_freeze", json!({"day": "2026-06-01", "cadence": "monthly"}), "invalid"),
        ("report_freeze", json!({"day": "hôm qua"}), "invalid"),
        ("report_calendar", json!({"month": "tháng 5"}), "invalid"),
    ] {
        let (found, field, why) = refused(&app, command, args.clone()).await;
        assert_eq!(found, code, "{command} {args}: {why}");
        assert!(!why.is_empty() && (command != "report_freeze" || field == "day"), "{command} {args}: {why}");
    }
    assert_eq!(head().await, before, "nothing was written");

    act(&app, "report_freeze", json!({})).await;
    let frozen = view(&app).await;
    let (code, _, why) =
        refused(&app, "report_write", json!({"freeze": "another", "words": words("x")})).await;
    assert_eq!((code.as_str(), why.contains("chốt lại")), ("conflict", true));
    let unseen = refused(&app, "report_review", json!({"basedOn": "không có"})).await;
    assert_eq!(unseen.0, "conflict", "what was not seen is not reviewed: {}", unseen.2);
    act(&app, "report_review", json!({})).await;
    for (args, field) in [
        (json!({"number": " "}), "number"),
        (json!({"number": "7/BC"}), "number"),
        (json!({"number": "7", "signedOn": "2026-05-30"}), "signedOn"),
        (json!({"number": "7", "signedOn": "2026-05-28"}), "signedOn"),
    ] {
        let (_, found, why) = refused(&app, "report_sign", args.clone()).await;
        assert_eq!(found, field, "{args}: {why}");
    }
    let (code, ..) =
        refused(&app, "report_sign", json!({"number": "7", "basedOn": frozen["lastEvent"]})).await;
    assert_eq!(code, "conflict", "words were written down since: whoever signs has to have seen them");
    act(&app, "report_sign", json!({"number": "7"})).await;
    for (args, field) in [
        (json!({"how": ""}), "how"),
        (json!({"how": "Trục", "at": 0}), "at"),
        (json!({"how": "Trục", "at": i64::MAX}), "at"),
    ] {
        let (_, found, why) = refused(&app, "report_send", args.clone()).await;
        assert_eq!(found, field, "{args}: {why}");
    }
    let (_, _, why) =
        refused(&app, "report_write", json!({"freeze": frozen["freeze"], "words": words("x")})).await;
    assert!(why.contains("đã ký"), "{why}");
    app.shutdown().await;
}

fn words(text: &str) -> Value {
    json!({"changes": text, "results": "", "operation": "", "troubles": "", "proposals": ""})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_or_a_signer_that_lacks_something_is_named_and_mended_and_a_deputy_signs_in_their_own_lines() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    reviewed(&app, &seat).await;
    seat.sign_in(&app, "admin").await;
    let shipped = run(&app, "report_form", json!({})).await;
    assert_eq!((&shipped["missing"], &shipped["since"]), (&json!([]), &Value::Null));
    let mut bare = shipped["form"].clone();
    (bare["symbol"], bare["recipients"]) = (json!(" "), json!([""]));
    let set = run(&app, "report_form_set", json!({"form": bare, "reason": "Thử"})).await;
    assert_eq!(set["missing"], json!(["ký hiệu văn bản", "nơi nhận"]));
    seat.sign_in(&app, "leader").await;
    let (_, _, why) = refused(&app, "report_sign", json!({"number": "5"})).await;
    assert!(why.contains("ký hiệu văn bản, nơi nhận"), "{why}");
    assert_eq!(view(&app).await["missing"], json!(["ký hiệu văn bản", "nơi nhận"]));
    assert_eq!(refused(&app, "report_form_set", json!({"form": shipped["form"]})).await.0, "forbidden");

    seat.sign_in(&app, "admin").await;
    run(&app, "report_form_set", json!({"form": shipped["form"]})).await;
    let people = run(&app, "roster", json!({})).await;
    let duty =
        people["people"].as_array().expect("people").iter().find(|p| p["role"] == "duty").expect("one");
    let deputy = json!({"code": duty["person"], "name": duty["name"], "role": "duty", "unit": "tt_pvhcc",
                        "from": DAY, "to": null, "deputy": true});
    run(&app, "roster_assign", deputy).await;
    app.store().erase_name("leader").await.expect("erased");
    seat.sign_in(&app, "leader").await;
    let (_, field, why) = refused(&app, "report_sign", json!({"number": "5"})).await;
    assert_eq!(field, "signer", "{why}");

    seat.sign_in(&app, "duty").await;
    let signed = act(&app, "report_sign", json!({"number": "5"})).await;
    assert_eq!(signed["signed"]["deputy"], true);
    let events = app.store().events(Some("report:daily:2026-05-29"), 0, i64::MAX).await.expect("events");
    let form = events.iter().find_map(|e| match &e.act {
        Act::ReportSigned { form, .. } => Some(form.signature.clone()),
        _ => None,
    });
    assert_eq!(form.expect("signed"), ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_another_version_are_shown_as_such_and_frozen_again() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "leader").await;
    let sha256 = app.store().put_blob(br#"{"schema":99}"#).await.expect("kept");
    let act_of_later = Act::ReportFrozen {
        cadence: Cadence::Daily,
        day: DAY.parse().expect("a day"),
        sha256,
        at: Ms(0),
        schema: 99,
        positions: BTreeMap::new(),
        head: String::new(),
        reason: None,
    };
    let later = NewEvent {
        actor: "another program".into(),
        role: Role::Staff,
        auth: Auth::Online,
        entity: "report:daily:2026-05-29".into(),
        based_on: None,
        act: act_of_later,
        said_at: None,
    };
    app.store().append(later).await.expect("written");
    let shown = view(&app).await;
    assert_eq!((&shown["stage"], &shown["freezes"][0]["schemaOk"]), (&json!("frozen"), &json!(false)));
    assert!(shown["caveats"][0].as_str().expect("a caveat").contains("cấu trúc 99"), "{shown}");
    assert_eq!(shown["may"]["review"]["ok"], false);
    let (code, field, why) = refused(&app, "report_file", json!({"format": "docx"})).await;
    assert_eq!((code.as_str(), field.as_str()), ("invalid", "freeze"), "{why}");
    let again = act(&app, "report_freeze", json!({"reason": "Bản chốt của phiên bản khác"})).await;
    assert_eq!(again["freezes"][0]["schemaOk"], true);
    file(&app, "docx", Value::Null).await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_sources_asked_once_what_does_not_add_up_is_told_and_keeps_nobody_from_signing() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    app.poll_once().await.expect("polls");
    reviewed(&app, &seat).await;
    let shown = view(&app).await;
    let caveats: Vec<&str> =
        shown["caveats"].as_array().expect("caveats").iter().filter_map(Value::as_str).collect();
    let findings = run(&app, "frame", json!({})).await["dossierFindings"].as_u64().expect("count");
    assert!(findings > 0 && caveats.iter().any(|c| c.contains("không khớp")), "{findings}: {caveats:?}");
    assert_eq!(act(&app, "report_sign", json!({"number": "5"})).await["stage"], "signed");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_written_whole_or_not_at_all_and_what_is_in_the_way_is_named() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    reviewed(&app, &seat).await;
    act(&app, "report_sign", json!({"number": "5"})).await;
    let out = folder.path().join("ra");
    let written = app.report_files_into(save(&[]), &out, Clash::Refuse).await.expect("written");
    assert_eq!(written.paths.len(), 3);
    for (path, sha256) in written.paths.iter().zip(&written.sha256) {
        let bytes = std::fs::read(path).expect("read");
        assert_eq!(&app.store().put_blob(&bytes).await.expect("hashed"), sha256);
    }
    app.report_files_into(save(&[]), &out, Clash::Refuse).await.expect("the same again is in nobody's way");

    let docx = out.join("bao-cao-ngay-2026-05-29.docx");
    std::fs::write(&docx, "sửa tay").expect("edited");
    let error =
        app.report_files_into(save(&["pdf", "docx"]), &out, Clash::Refuse).await.expect_err("in the way");
    assert!(error.message.contains("bao-cao-ngay-2026-05-29.docx"), "{}", error.message);
    assert_eq!(std::fs::read_to_string(&docx).expect("read"), "sửa tay", "left alone");
    std::fs::remove_file(&docx).expect("removed");
    std::fs::create_dir(&docx).expect("a folder by that name");
    let error = app.report_files_into(save(&["docx"]), &out, Clash::Replace).await.expect_err("a folder");
    assert!(error.message.contains("bao-cao-ngay-2026-05-29.docx"), "{}", error.message);

    let no_folder = folder.path().join("config.toml").join("ra");
    std::fs::write(folder.path().join("config.toml"), "").expect("a file");
    let error =
        app.report_files_into(save(&["pdf"]), &no_folder, Clash::Refuse).await.expect_err("no folder");
    assert!(error.message.contains("không phải thư mục"), "{}", error.message);
    let left: Vec<String> = names(&out);
    assert!(left.iter().all(|name| !name.ends_with(".tmp")), "{left:?}");

    let first = run(&app, "report_save", json!({"day": DAY, "formats": ["pdf"]})).await;
    let second = run(&app, "report_save", json!({"day": DAY, "formats": ["pdf"]})).await;
    assert_ne!(first["paths"], second["paths"], "among the exports none replaces another");
    assert_eq!(first["sha256"], second["sha256"]);
    app.shutdown().await;
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("folder");
    entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_freeze_at_once_are_both_kept_and_the_second_is_told() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "staff").await;
    let beside = Options { exclusive: false, ..options(folder.path(), "duty", false) };
    let other = App::open(beside).await.expect("opens beside");
    other.on_command_line(Some("duty")).await.expect("somebody");

    let seen = view(&app).await["lastEvent"].clone();
    let args = json!({"day": DAY, "basedOn": seen});
    let (mine, theirs) =
        tokio::join!(app.dispatch("report_freeze", args.clone()), other.dispatch("report_freeze", args));
    let (mine, theirs) = (mine.expect("kept"), theirs.expect("kept"));
    let told: Vec<&str> = [&mine, &theirs].iter().filter_map(|v| v["notice"].as_str()).collect();
    assert!(!told.is_empty() && told.iter().all(|t| t.contains("cũng vừa chốt số liệu")), "{told:?}");
    let stands = view(&app).await;
    assert_eq!(stands["freezes"].as_array().map(Vec::len), Some(2));
    assert_eq!(stands["freeze"], stands["freezes"][0]["id"], "the later counts");
    let blobs: Vec<&Value> =
        stands["freezes"].as_array().expect("lines").iter().map(|f| &f["sha256"]).collect();
    for sha in blobs {
        app.store().get_blob(sha.as_str().expect("a hash")).await.expect("both are kept whole");
    }
    let refused =
        other.dispatch("report_sign", json!({"day": DAY, "number": "5"})).await.expect_err("refused");
    assert_eq!(serde_json::to_value(refused.code).expect("code"), "forbidden");
    other.on_command_line(Some("leader")).await.expect("somebody");
    let refused =
        other.dispatch("report_sign", json!({"day": DAY, "number": "5"})).await.expect_err("refused");
    assert!(
        refused.message.contains("VNeID"),
        "nobody signs by a name that was only told: {}",
        refused.message
    );
    other.shutdown().await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_reported_from_the_same_parts() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "staff").await;
    let of = json!({"cadence": "monthly", "day": "2026-05"});
    let frozen = run(&app, "report_freeze", of.clone()).await;
    assert_eq!((&frozen["day"], &frozen["title"]), (&json!("2026-05-01"), &json!("Báo cáo tháng 05/2026")));
    assert_eq!((&frozen["deadline"], &frozen["verdict"]), (&Value::Null, &json!("not_due")));
    let saved = run(&app, "report_save", of).await;
    let path = saved["paths"][0].as_str().expect("a path");
    assert!(path.ends_with("bao-cao-thang-2026-05-du-thao-1.docx"), "{path}");
    assert_eq!(run(&app, "report_calendar", json!({"month": "2026-05"})).await["monthly"], "frozen");
    assert_eq!(view(&app).await["stage"], "none", "the day's report is another");
    app.shutdown().await;
}
