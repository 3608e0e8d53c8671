//! The two registers of the cutover through the public use cases: a balance that must close or be explained, and entries on
//! paper and in cash that are re-entered, paired, and never forgotten; nothing of a citizen is taken.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App,
    wire::{RegisterKind, RegistersExportArgs, TableFormat},
};
use pvhcc_domain::time::Ms;
use pvhcc_tests::{Seat, open, open_with_records, run, set_clock, sign_in};
use serde_json::{Value, json};

async fn opened(user: &'static str) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), user, false).await.expect("opens");
    sign_in(&app).await;
    (folder, app)
}

async fn system(app: &App, code: &str) -> Value {
    let view = run(app, "in_flight", json!({})).await;
    view["rows"].as_array().expect("rows").iter().find(|r| r["system"] == code).expect("the system").clone()
}

fn count(code: &str, after: bool, numbers: [i64; 4], seen: &Value) -> Value {
    let [old, new, done, lost] = numbers;
    json!({"system": code, "after": after, "at": null, "old": old, "new": new, "done": done, "lost": lost,
           "source": "Báo cáo của đơn vị vận hành", "seen": seen})
}

fn words(kind: &str, unit: &str, receipt: &str) -> Value {
    json!({"kind": kind, "unit": unit, "receipt": receipt, "at": null, "procedure": null, "dossier": null,
           "amount": if kind == "cash" { json!(50_000) } else { Value::Null }, "incident": null, "remark": null})
}

async fn take(app: &App, words: Value) {
    run(app, "fallback_take", json!({"words": words})).await;
}

async fn entry(app: &App, receipt: &str) -> Value {
    let view = run(app, "fallback", json!({})).await;
    view["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|r| r["receipt"] == receipt)
        .expect("the entry")
        .clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_that_does_not_close_is_a_finding_until_it_is_explained_or_counted_again() {
    let (_folder, app) = opened("staff").await;
    let code = "bo.btp";
    let before = system(&app, code).await;
    assert_eq!((&before["state"], &before["before"]["all"]), (&json!("waiting"), &json!(1274)));
    run(&app, "in_flight_count", count(code, true, [0, 1268, 3, 0], &before["position"])).await;
    let open = system(&app, code).await;
    assert_eq!(
        (&open["state"], &open["difference"], &open["differenceText"]),
        (&json!("open"), &json!(-3), &json!("thiếu 3"))
    );
    assert_eq!(run(&app, "frame", json!({})).await["registerFindings"], 1);
    assert!(run(&app, "overview", json!({})).await["attention"].to_string().contains("thiếu 3 hồ sơ"));
    let totals = run(&app, "in_flight", json!({})).await["totals"].clone();
    assert_eq!(
        (&totals["systems"], &totals["difference"]),
        (&json!(2), &json!(-4)),
        "with the trial of bo.bxd"
    );
    assert_eq!(totals["equation"], "118 + 1.478 ≠ 101 + 1.471 + 20 + 0");

    let explain = |text: &str, seen: &Value| json!({"system": code, "text": text, "seen": seen});
    let stale = app.dispatch("in_flight_explain", explain("đếm trùng", &before["position"])).await;
    assert!(stale.expect_err("seen before the count").message.contains("thiếu 3"));
    run(&app, "in_flight_explain", explain("Ba hồ sơ rút trong đêm", &open["position"])).await;
    let explained = system(&app, code).await;
    assert_eq!(
        (&explained["state"], &explained["explanation"]),
        (&json!("explained"), &json!("Ba hồ sơ rút trong đêm"))
    );
    assert_eq!(run(&app, "frame", json!({})).await["registerFindings"], 0);

    run(&app, "in_flight_count", count(code, true, [0, 1271, 3, 0], &explained["position"])).await;
    let closed = system(&app, code).await;
    assert_eq!((&closed["state"], &closed["explanation"]), (&json!("closed"), &Value::Null));
    let args = RegistersExportArgs { which: RegisterKind::InFlight, format: TableFormat::Xlsx };
    assert!(app.register_file(&args).await.expect("made").starts_with(b"PK"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_that_cannot_be_are_refused_by_name() {
    let (_folder, app) = opened("staff").await;
    let seen = system(&app, "bo.byt").await["position"].clone();
    let head = run(&app, "storage", json!({})).await["head"].clone();
    for (field, args) in [
        ("system", count("bo", false, [1, 1, 0, 0], &seen)),
        ("old", count("bo.byt", false, [-1, 1, 0, 0], &seen)),
        ("done", count("bo.byt", false, [1, 1, 1, 0], &seen)),
        (
            "at",
            json!({"system": "bo.byt", "after": false, "at": 9_999_999_999_999_i64, "old": 1, "new": 1, "done": 0,
                      "lost": 0, "source": "x", "seen": seen}),
        ),
        (
            "source",
            json!({"system": "bo.byt", "after": false, "at": null, "old": 1, "new": 1, "done": 0, "lost": 0,
                          "source": "hỏi số 0912345678", "seen": seen}),
        ),
    ] {
        let refused = app.dispatch("in_flight_count", args.clone()).await.expect_err("refused");
        assert_eq!(
            refused.details.get("field").map(String::as_str),
            Some(field),
            "{args} {}",
            refused.message
        );
    }
    assert_eq!(run(&app, "storage", json!({})).await["head"], head);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_re_entered_and_paired_when_its_dossier_is_found() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let known = app.store().records_after(None, 1).await.expect("read");
    let code = known.first().expect("the sandbox's records").record.code.clone();
    take(&app, words("paper", "21583", "GN-9001")).await;
    take(&app, words("paper", "21583", "GN-9002")).await;
    for (receipt, dossier) in [("GN-9001", code.as_str()), ("GN-9002", "H21.180-999999-9999")] {
        let row = entry(&app, receipt).await;
        let args = json!({"id": row["id"], "dossier": dossier, "at": null, "basedOn": row["lastEvent"]});
        run(&app, "fallback_reenter", args).await;
    }
    let (first, second) = (entry(&app, "GN-9001").await, entry(&app, "GN-9002").await);
    assert_eq!((&first["found"], &second["found"]), (&json!(true), &json!(false)));
    let twice = words("paper", "21589", "GN-9003");
    take(&app, twice).await;
    let third = entry(&app, "GN-9003").await;
    let args = json!({"id": third["id"], "dossier": code, "at": null, "basedOn": third["lastEvent"]});
    let refused = app.dispatch("fallback_reenter", args).await.expect_err("the code stands for another");
    assert!(refused.message.contains("GN-9001"), "{}", refused.message);

    let both = json!({"ids": [first["id"], second["id"]], "remark": null});
    let done = run(&app, "fallback_pair", both).await;
    assert!(
        done["message"].as_str().is_some_and(|m| m.contains("Đã ghép 1") && m.contains("GN-9002")),
        "{done}"
    );
    assert_eq!(entry(&app, "GN-9001").await["stage"], "paired");
    let alone = json!({"ids": [second["id"]], "remark": null});
    let refused = app.dispatch("fallback_pair", alone).await.expect_err("not found, and no word how");
    assert!(refused.message.contains("chưa thấy"), "{}", refused.message);
    run(&app, "fallback_pair", json!({"ids": [second["id"]], "remark": "đối chiếu trên màn hình Cổng"}))
        .await;
    run(&app, "undo", json!({"eventId": null})).await;
    assert_eq!(entry(&app, "GN-9002").await["stage"], "reentered");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_is_paired_by_its_amount_or_with_a_word_of_why_it_differs() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&app).await;
    app.poll_once().await.expect("polls");
    let known = app.store().records_after(None, 5_000).await.expect("read");
    let mut paid = known
        .into_iter()
        .filter_map(|kept| Some((kept.record.code, kept.record.fee.filter(|fee| *fee > 0)?)));
    let incident = json!({"title": "Mất kết nối thanh toán", "severity": "s2", "detected": null, "text": "thu tiền mặt",
        "touched": {"flows": [], "apis": [], "tasks": [], "units": []}});
    run(&app, "incident_open", incident).await;
    let incidents = run(&app, "fallback", json!({})).await["incidents"].clone();
    assert!(
        incidents[0]["name"].as_str().is_some_and(|n| n.ends_with("Mất kết nối thanh toán")),
        "{incidents}"
    );
    for (receipt, more) in [("BL-9001", 0), ("BL-9002", 5_000)] {
        let (code, fee) = paid.next().expect("one that was paid for");
        let mut cash = words("cash", "21583", receipt);
        cash["amount"] = json!(fee + more);
        cash["incident"] = incidents[0]["id"].clone();
        take(&app, cash).await;
        let row = entry(&app, receipt).await;
        let args = json!({"id": row["id"], "dossier": code, "at": null, "basedOn": row["lastEvent"]});
        run(&app, "fallback_reenter", args).await;
        let row = entry(&app, receipt).await;
        assert_eq!((&row["fee"], &row["feeDiffers"]), (&json!(fee), &json!(more > 0)));
        assert_eq!(row["incident"], incidents[0]["id"]);
    }
    let (same, other) =
        (entry(&app, "BL-9001").await["id"].clone(), entry(&app, "BL-9002").await["id"].clone());
    let done = run(&app, "fallback_pair", json!({"ids": [same, other], "remark": null})).await;
    let message = done["message"].as_str().expect("said");
    assert!(
        message.contains("Đã ghép 1") && message.contains("số tiền khác bản ghi hồ sơ: BL-9002"),
        "{message}"
    );
    let remark = "đã trả lại 5.000 đồng thu thừa";
    run(&app, "fallback_pair", json!({"ids": [other], "remark": remark})).await;
    assert_eq!(entry(&app, "BL-9002").await["stage"], "paired");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_citizen_nothing_twice_and_nothing_half_is_entered() {
    let (_folder, app) = opened("staff").await;
    take(&app, words("paper", "21583", "GN-9001")).await;
    let head = run(&app, "storage", json!({})).await["head"].clone();
    let with = |field: &str, value: Value| {
        let mut words = words("paper", "21583", "GN-9100");
        words[field] = value;
        words
    };
    for (field, words) in [
        ("receipt", with("receipt", json!("052099001234"))),
        ("receipt", with("receipt", json!("0912.345.678"))),
        ("remark", with("remark", json!("gọi lại 0912 345 678"))),
        ("dossier", with("dossier", json!("052099001234"))),
        ("receipt", with("receipt", json!("  "))),
        ("receipt", words("paper", "21583", "gn-9001")),
        ("unit", with("unit", json!("khong_co"))),
        ("amount", with("amount", json!(-5))),
        ("at", with("at", json!(9_999_999_999_999_i64))),
        ("incident", with("incident", json!("khong-co"))),
        (
            "amount",
            json!({"kind": "cash", "unit": "21583", "receipt": "BL-1", "at": null, "procedure": null,
                          "dossier": null, "amount": null, "incident": null, "remark": null}),
        ),
    ] {
        let refused = app.dispatch("fallback_take", json!({"words": words})).await.expect_err("refused");
        assert_eq!(
            refused.details.get("field").map(String::as_str),
            Some(field),
            "{words} {}",
            refused.message
        );
        assert!(!refused.message.contains("052099001234"), "no number is said again: {}", refused.message);
    }
    assert_eq!(run(&app, "storage", json!({})).await["head"], head);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_on_paper_too_long_is_counted_until_it_is_re_entered_or_struck_out() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "staff").await;
    let taken = |view: &Value| (view["totals"]["taken"].clone(), view["totals"]["overdue"].clone());
    assert_eq!(
        taken(&run(&app, "fallback", json!({})).await),
        (json!(2), json!(0)),
        "of the morning's outage"
    );
    set_clock(&app, "2026-05-30T09:30:00+07:00").await;
    assert_eq!(taken(&run(&app, "fallback", json!({})).await), (json!(2), json!(2)));
    assert_eq!(run(&app, "frame", json!({})).await["registerFindings"], 2);
    assert!(
        run(&app, "overview", json!({})).await["attention"].to_string().contains("quá hạn nhập lại hệ thống")
    );

    let row = entry(&app, "GN-0044").await;
    let reenter =
        json!({"id": row["id"], "dossier": "H21.181-260530-0001", "at": null, "basedOn": row["lastEvent"]});
    run(&app, "fallback_reenter", reenter.clone()).await;
    let stale = app.dispatch("fallback_reenter", reenter).await.expect_err("seen before it was re-entered");
    assert!(stale.message.contains("đã nhập lại, mã H21.181-260530-0001"), "{}", stale.message);
    let row = entry(&app, "BL-00077").await;
    run(
        &app,
        "fallback_void",
        json!({"id": row["id"], "reason": "ghi nhầm đơn vị", "basedOn": row["lastEvent"]}),
    )
    .await;
    assert_eq!(run(&app, "frame", json!({})).await["registerFindings"], 0);
    let then = Ms::parse_rfc3339("2026-05-30T09:29:00+07:00").expect("a time");
    let then = run(&app, "fallback", json!({"asOf": then.0})).await;
    assert_eq!(
        (taken(&then), then["units"].clone()),
        ((json!(2), json!(2)), json!([])),
        "as it was then, to be looked at"
    );
    let view = run(&app, "fallback", json!({})).await;
    assert_eq!(
        (&view["totals"]["voided"], &view["totals"]["cash"]),
        (&json!(1), &json!(200_000)),
        "a mistake is no money"
    );
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_entries_is_taken_whole_and_no_cell_that_tells_of_a_citizen_is_quoted() {
    let (_folder, app) = opened("staff").await;
    let import = |text: &str, take: Option<i64>| json!({"file": {"name": "so.csv", "content": STANDARD.encode(text)}, "take": take});
    let head = "Loại,Đơn vị,Số biên nhận,Ngày,Giờ,Số tiền,Ghi chú\n";
    let good = "Giấy,Phường Quy Nhơn,GN-7001,29/05/2026,08:15,,\nTiền mặt,so tu phap,BL-7001,29/05/2026,08h20,50.000,\n";
    let bad = format!(
        "{head}{good}Giấy,Phường Quy Nhơn,052099001234,29/05/2026,08:15,,\nTiền mặt,Sở Tư pháp,BL-7002,29/05/2026,08:15,,\nGiấy,Sở Không Có,GN-1,29/05/2026,,,\nGiấy,Phường Quy Nhơn,gn-7001,29/05/2026,09:00,,\nThẻ,Sở Y tế,GN-2,29/05/2026,,,\n"
    );
    let view = run(&app, "fallback_import", import(&bad, None)).await;
    let places: Vec<&str> =
        view["faults"].as_array().expect("faults").iter().filter_map(|f| f["place"].as_str()).collect();
    assert_eq!(places, ["C4", "F5", "B6", "C7", "A8"], "{view}");
    assert!(!view.to_string().contains("052099001234"));
    let refused =
        app.dispatch("fallback_import", import(&bad, view["position"].as_i64())).await.expect_err("refused");
    assert_eq!(refused.details["place"], "C4");

    let text = format!("{head}{good}");
    let view = run(&app, "fallback_import", import(&text, None)).await;
    run(&app, "fallback_import", import(&text, view["position"].as_i64())).await;
    assert_eq!(entry(&app, "BL-7001").await["amount"], 50_000);
    let args = RegistersExportArgs { which: RegisterKind::Fallback, format: TableFormat::Csv };
    let saved = String::from_utf8(app.register_file(&args).await.expect("made")).expect("text");
    let again = run(&app, "fallback_import", import(&saved, None)).await;
    assert_eq!(
        (again["lines"].as_array().map(Vec::len), again["faults"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{again}"
    );
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_keep_their_own_register_and_count_no_system() {
    let (_folder, app) = opened("vnpt").await;
    let refused = app.dispatch("fallback_take", json!({"words": words("paper", "21583", "GN-1")})).await;
    assert!(refused.expect_err("another unit").message.contains("Phường Quy Nhơn"));
    take(&app, words("paper", "vnpt", "GN-1")).await;
    assert!(
        app.dispatch("in_flight_count", count("tinh", true, [1, 1, 1, 0], &json!(999_999))).await.is_err()
    );
    app.shutdown().await;
}
