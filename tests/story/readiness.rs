//! Readiness of the units through the public use cases: reported one by one and by many, taken from tables, withdrawn; who may;
//! who is missing; what somebody else said meanwhile.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{App, wire::TableFormat};
use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};

/// 14:00 29/05/2026 in the province: the day of the switch.
const TODAY: &str = "2026-05-29";

async fn opened(user: &'static str) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), user, false).await.expect("opens");
    sign_in(&app).await;
    (folder, app)
}

fn report(units: &[&str], duties: Value, seen: i64) -> Value {
    json!({"units": units, "duties": duties, "asOf": TODAY, "learned": "letter", "seen": seen})
}

fn ready(duty: &str) -> Value {
    json!([{"duty": duty, "state": "ready", "remark": null}])
}

async fn position(app: &App) -> i64 {
    run(app, "readiness", json!({})).await["position"].as_i64().expect("a position")
}

async fn state(app: &App, unit: &str, duty: &str) -> Value {
    let view = run(app, "readiness_unit", json!({"id": unit})).await;
    let cells = view["row"]["cells"].as_array().expect("cells").clone();
    cells.into_iter().find(|c| c["duty"] == duty).expect("the duty")["state"].clone()
}

fn csv(text: &str) -> Value {
    json!({"name": "bao-cao.csv", "content": STANDARD.encode(text)})
}

fn import(file: Value, take: Option<i64>) -> Value {
    json!({"table": {"file": file, "take": take}, "asOf": TODAY, "learned": "letter"})
}

#[tokio::test(flavor = "multi_thread")]
async fn all_149_units_are_seen_with_who_is_missing_and_not_reported_is_never_good() {
    let (_folder, app) = opened("staff").await;
    let view = run(&app, "readiness", json!({})).await;
    let units = view["units"].as_array().expect("units");
    assert_eq!((units.len(), view["duties"].as_array().map(Vec::len)), (149, Some(5)));
    let ready = units.iter().filter(|u| u["missing"] == 0).count();
    assert_eq!(view["ready"], ready);
    assert_eq!(view["silent"], 7, "seven of the training units said nothing at all");
    let silent = units.iter().find(|u| u["id"] == "thanh_tra").expect("the unit");
    assert_eq!((&silent["missing"], &silent["unreported"]), (&json!(5), &json!(5)));
    assert!(silent["cells"].as_array().expect("cells").iter().all(|c| c["state"].is_null()));
    assert_eq!(view["parties"].as_array().map(Vec::len), Some(4), "the parties of mục 2 to 5");
    for duty in view["duties"].as_array().expect("duties") {
        let counts = duty["counts"].as_object().expect("counts");
        let all: i64 = counts.values().filter_map(Value::as_i64).sum();
        assert_eq!(all, 149, "{}", duty["id"]);
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_many_is_one_act_that_one_undo_takes_back_and_a_withdrawal_counts_as_not_reported() {
    let (_folder, app) = opened("staff").await;
    let seen = position(&app).await;
    let done = run(&app, "readiness_report", report(&["thanh_tra", "21607"], ready("fees"), seen)).await;
    assert_eq!(state(&app, "thanh_tra", "fees").await, "ready");
    assert_eq!(state(&app, "21607", "fees").await, "ready");
    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    assert_eq!(state(&app, "21607", "fees").await, Value::Null);

    let seen = position(&app).await;
    run(&app, "readiness_report", report(&["21607"], ready("fees"), seen)).await;
    let seen = position(&app).await;
    let withdraw = json!({"unit": "21607", "duty": "fees", "reason": "báo nhầm xã", "seen": seen});
    run(&app, "readiness_withdraw", withdraw.clone()).await;
    assert_eq!(state(&app, "21607", "fees").await, Value::Null);
    let history = run(&app, "readiness_unit", json!({"id": "21607"})).await["history"].clone();
    assert!(history[0]["text"].as_str().is_some_and(|t| t.contains("rút báo cáo")), "{history}");
    let again = app.dispatch("readiness_withdraw", withdraw).await.expect_err("nothing to withdraw");
    assert_eq!(again.details["field"], "duty");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_said_meanwhile_is_not_written_over_and_bad_reports_change_nothing() {
    let (_folder, app) = opened("staff").await;
    let seen = position(&app).await;
    run(&app, "readiness_report", report(&["so_yt"], ready("roster"), seen)).await;
    let late = app.dispatch("readiness_report", report(&["so_ct", "so_yt"], ready("roster"), seen)).await;
    let late = late.expect_err("seen before the other report");
    assert!(late.message.contains("Sở Y tế") && late.message.contains("Đã hoàn thành"), "{}", late.message);

    let head = run(&app, "storage", json!({})).await["head"].clone();
    let seen = position(&app).await;
    let no_reason = json!([{"duty": "fees", "state": "not_applicable", "remark": null}]);
    for (field, args) in [
        ("units", report(&[], ready("fees"), seen)),
        ("duties", report(&["so_yt"], json!([]), seen)),
        ("duties", report(&["so_yt"], ready("vnpt_staff"), seen)),
        ("remark", report(&["so_yt"], no_reason, seen)),
        (
            "asOf",
            json!({"units": ["so_yt"], "duties": ready("fees"), "asOf": "2026-05-30", "learned": "letter", "seen": seen}),
        ),
        (
            "asOf",
            json!({"units": ["so_yt"], "duties": ready("fees"), "asOf": "2026-05-20", "learned": "letter", "seen": seen}),
        ),
    ] {
        let refused = app.dispatch("readiness_report", args.clone()).await.expect_err("refused");
        assert_eq!(
            refused.details.get("field").map(String::as_str),
            Some(field),
            "{args} {}",
            refused.message
        );
    }
    assert!(app.dispatch("readiness_report", report(&["khong_co"], ready("fees"), seen)).await.is_err());
    assert_eq!(run(&app, "storage", json!({})).await["head"], head, "nothing was written");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_report_of_their_own_unit_alone() {
    let (_folder, app) = opened("vnpt").await;
    let seen = position(&app).await;
    let other = app.dispatch("readiness_report", report(&["so_yt"], ready("fees"), seen)).await;
    assert!(other.expect_err("another unit").message.contains("Sở Y tế"));
    run(&app, "readiness_report", report(&["party:vnpt"], ready("vnpt_apis"), seen)).await;
    assert_eq!(state(&app, "party:vnpt", "vnpt_apis").await, "ready");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_taken_whole_or_not_at_all_and_its_faults_name_row_and_cell() {
    let (_folder, app) = opened("staff").await;
    let head = "Đơn vị,Phân công trực,Tài khoản thu mã và mức phí,Rà soát danh mục TTHC\n";
    let good = "Thanh tra tỉnh,Đã hoàn thành,,Đang thực hiện\n";
    let bad = format!("{head}{good}Xã Không Có,Xong,,\nxa nhon chau,có thể,,\nThanh tra tỉnh,Xong,,\n");
    let view = run(&app, "readiness_import", import(csv(&bad), None)).await;
    let places: Vec<&str> =
        view["faults"].as_array().expect("faults").iter().filter_map(|f| f["place"].as_str()).collect();
    assert_eq!(places, ["A3", "B4", "A5"], "{view}");
    let refused = app.dispatch("readiness_import", import(csv(&bad), view["position"].as_i64())).await;
    let refused = refused.expect_err("nothing is taken");
    assert_eq!(refused.details["place"], "A3");
    assert_eq!(state(&app, "thanh_tra", "roster").await, Value::Null);

    let text = format!("{head}{good}");
    let view = run(&app, "readiness_import", import(csv(&text), None)).await;
    assert_eq!(view["lines"].as_array().map(Vec::len), Some(2), "{view}");
    let seen = view["position"].as_i64();
    let done = run(&app, "readiness_import", import(csv(&text), seen)).await;
    assert_eq!(state(&app, "thanh_tra", "roster").await, "ready");
    assert_eq!(state(&app, "thanh_tra", "procedures").await, "partly");
    let twice = app.dispatch("readiness_import", import(csv(&text), seen)).await.expect_err("nothing new");
    assert!(twice.message.contains("không có gì mới"), "{}", twice.message);
    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    assert_eq!(state(&app, "thanh_tra", "roster").await, Value::Null, "one undo takes the file back");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exported_workbook_says_nothing_new_when_it_comes_back_and_names_who_is_missing() {
    let (_folder, app) = opened("staff").await;
    let bytes = app.readiness_file(TableFormat::Xlsx).await.expect("made");
    let file = json!({"name": "san-sang.xlsx", "content": STANDARD.encode(&bytes)});
    let view = run(&app, "readiness_import", import(file, None)).await;
    assert_eq!(
        (view["lines"].as_array().map(Vec::len), view["faults"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{view}"
    );
    let text = String::from_utf8(app.readiness_file(TableFormat::Csv).await.expect("made")).expect("text");
    let row = text.lines().find(|l| l.contains("Thanh tra tỉnh")).expect("a row");
    assert!(row.contains("Chưa báo cáo") && row.contains("Phân công trực; Tài khoản"), "{row}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_names_those_that_miss_something_and_nobody_else() {
    let (_folder, app) = opened("staff").await;
    let view = run(&app, "readiness", json!({})).await;
    let words = run(&app, "readiness_reminder", json!({"duty": "fees", "units": []})).await;
    let text = words["text"].as_str().expect("text");
    for unit in view["units"].as_array().expect("units") {
        let cells = unit["cells"].as_array().expect("cells");
        let fees = &cells.iter().find(|c| c["duty"] == "fees").expect("fees")["state"];
        let missing = !matches!(fees.as_str(), Some("ready" | "not_applicable"));
        let name =
            unit["name"].as_str().expect("name").trim_start_matches("Phường ").trim_start_matches("Xã ");
        let named = text.split([',', ':', '.', '\n']).any(|part| part.trim() == name);
        assert_eq!(named, missing, "{name}: {text}");
    }
    assert!(
        text.contains("Trung tâm Phục vụ hành chính công tỉnh đề nghị") && text.ends_with("./."),
        "{text}"
    );
    let one = run(&app, "readiness_reminder", json!({"duty": null, "units": ["so_yt"]})).await;
    assert_eq!(one["title"], "Nhắc 1 đơn vị");
    app.shutdown().await;
}

/// The state of a party's duty.
async fn of_party(app: &App, party: &str, duty: &str) -> Value {
    let view = run(app, "readiness", json!({})).await;
    let row = view["parties"].as_array().expect("parties").iter().find(|p| p["row"]["id"] == party).cloned();
    let cells = row.expect("the party")["row"]["cells"].as_array().expect("cells").clone();
    cells.iter().find(|c| c["duty"] == duty).expect("the duty")["state"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn parties_are_imported_a_row_a_duty_and_reminded_of_their_own_duties() {
    let (_folder, app) = opened("staff").await;
    let view = run(&app, "readiness", json!({})).await;
    let party = view["parties"].as_array().expect("parties").iter().find(|p| p["row"]["missing"] != 0);
    let party = party.expect("a party that misses something").clone();
    let (id, name) = (party["row"]["id"].as_str().expect("id"), party["row"]["name"].as_str().expect("name"));
    let cells = party["row"]["cells"].as_array().expect("cells");
    let settled = |c: &Value| matches!(c["state"].as_str(), Some("ready" | "not_applicable"));
    let missing = cells.iter().find(|c| !settled(c)).expect("missing")["duty"].as_str().expect("duty");
    let duties = party["duties"].as_array().expect("duties");
    let short = duties.iter().find(|d| d["id"] == missing).expect("named")["short"].as_str().expect("short");

    let words = run(&app, "readiness_reminder", json!({"duty": null, "units": [id]})).await;
    assert_eq!(words["title"], "Nhắc 1 bên phối hợp");
    let text = words["text"].as_str().expect("text");
    assert!(text.contains(name) && text.contains(&format!("- {short}.")), "{text}");
    let all = run(&app, "readiness_reminder", json!({"duty": null, "units": []})).await;
    assert!(
        all["title"].as_str().is_some_and(|t| t.contains("đơn vị") && t.contains("bên phối hợp")),
        "{all}"
    );

    let head = "Bên phối hợp;Trách nhiệm;Trạng thái\n";
    let bad = format!("{head}{name};{short};xong xuôi\n{name};Việc lạ;đã xong\nBên lạ;{short};đã xong\n");
    let view = run(&app, "readiness_import", import(csv(&bad), None)).await;
    let places: Vec<&str> =
        view["faults"].as_array().expect("faults").iter().filter_map(|f| f["place"].as_str()).collect();
    assert_eq!(places, ["C2", "B3", "A4"], "{view}");

    let good = format!("{head}{name};{short};đã xong\n");
    let view = run(&app, "readiness_import", import(csv(&good), None)).await;
    assert_eq!(view["lines"].as_array().map(Vec::len), Some(1), "{view}");
    let done = run(&app, "readiness_import", import(csv(&good), view["position"].as_i64())).await;
    assert_eq!(of_party(&app, id, missing).await, "ready");
    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    assert_ne!(of_party(&app, id, missing).await, "ready", "one undo takes the file back");
    app.shutdown().await;
}
