//! The roster of shifts through the public use cases: set, repeated, changed, taken off, brought and saved as tables; who is on
//! now; what does not go together is refused with its place.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App,
    wire::{DutyArgs, DutyExportArgs, TableFormat},
};
use pvhcc_tests::{Seat, open, run, set_clock, sign_in};
use serde_json::{Value, json};

/// 29/05/2026 in the province, at `hour`, which may be of a later day.
fn at(hour: i64) -> i64 {
    1_779_987_600_000 + hour * 3_600_000
}

async fn opened(user: &'static str) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), user, false).await.expect("opens");
    sign_in(&app).await;
    (folder, app)
}

async fn night(app: &App) -> Value {
    run(app, "duty", json!({"from": at(17), "to": at(33)})).await
}

fn line<'a>(view: &'a Value, post: &str) -> &'a Value {
    view["lines"].as_array().expect("lines").iter().find(|l| l["post"] == post).expect("the post")
}

fn set(
    id: Option<&str>,
    from: i64,
    to: i64,
    primary: &str,
    backup: Option<&str>,
    based_on: Option<&str>,
) -> Value {
    json!({"id": id, "from": at(from), "to": at(to), "post": "accounts", "unit": "cong_an", "primary": primary,
           "backup": backup, "basedOn": based_on})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_night_lacks_the_backup_of_pc06_until_somebody_is_put_there() {
    let (_folder, app) = opened("duty").await;
    let view = night(&app).await;
    let gaps: Vec<(&Value, &Value)> = view["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .flat_map(|l| l["gaps"].as_array().expect("gaps").iter().map(move |g| (&l["post"], &g["lack"])))
        .collect();
    assert_eq!(gaps, [(&json!("accounts"), &json!("backup"))], "{}", view["headline"]);
    let shift = &line(&view, "accounts")["shifts"][0];
    let (id, base) = (shift["id"].as_str().expect("id"), shift["lastEvent"].as_str().expect("base"));
    let done = run(&app, "shift_set", set(Some(id), 19, 31, "pc06-1", Some("pc06-2"), Some(base))).await;
    assert!(done["message"].as_str().is_some_and(|m| m.contains("dự phòng PC06 trực 02")), "{done}");
    assert!(line(&night(&app).await, "accounts")["gaps"].as_array().is_some_and(Vec::is_empty));

    let stale = app.dispatch("shift_set", set(Some(id), 19, 31, "pc06-2", None, Some(base))).await;
    let stale = stale.expect_err("somebody changed it since");
    assert!(
        stale.message.contains("Trực 02") && stale.message.contains("dự phòng PC06 trực 02"),
        "{}",
        stale.message
    );
    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    assert_eq!(line(&night(&app).await, "accounts")["gaps"].as_array().map(Vec::len), Some(1));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_shifts_and_other_bad_ones_are_refused_by_place_and_change_nothing() {
    let (_folder, app) = opened("duty").await;
    let view = night(&app).await;
    let shift = &line(&view, "accounts")["shifts"][0];
    let (id, base) = (shift["id"].as_str(), shift["lastEvent"].as_str());
    let head = run(&app, "storage", json!({})).await["head"].clone();
    for (field, words, args) in [
        ("from", "PC06 trực 01", set(None, 20, 24, "pc06-2", None, None)),
        ("primary", "Kỹ thuật 02 đã ở ca khác", set(id, 19, 31, "vnpt-2", None, base)),
        ("to", "sau giờ vào ca", set(None, 40, 40, "pc06-2", None, None)),
        ("to", "48 giờ", set(None, 400, 460, "pc06-2", None, None)),
        ("backup", "khác người", set(None, 400, 410, "pc06-2", Some("pc06-2"), None)),
        ("primary", "danh sách trực", set(None, 400, 410, "ai-do", None, None)),
    ] {
        let refused = app.dispatch("shift_set", args.clone()).await.expect_err("refused");
        assert_eq!(
            refused.details.get("field").map(String::as_str),
            Some(field),
            "{args} {}",
            refused.message
        );
        assert!(refused.message.contains(words), "{}", refused.message);
    }
    let elsewhere = json!({"id": null, "from": at(19), "to": at(20), "post": "accounts", "unit": "vnpt", "primary": "vnpt",
                           "backup": null, "basedOn": null});
    let refused = app.dispatch("shift_set", elsewhere).await.expect_err("another unit's post");
    assert!(refused.message.contains("Công an tỉnh"), "{}", refused.message);
    assert_eq!(run(&app, "storage", json!({})).await["head"], head, "nothing was written");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pattern_is_one_act_whose_crews_take_turns_and_a_clash_in_it_writes_nothing() {
    let (_folder, app) = opened("staff").await;
    let repeat = |first: &str, days: u32| {
        json!({"post": "intake", "unit": "tt_pvhcc", "firstDay": first, "days": days,
               "turns": [{"from": "19:00", "to": "07:00"}, {"from": "07:00", "to": "19:00"}],
               "crews": [{"primary": "pvhcc-3", "backup": null}, {"primary": "pvhcc-4", "backup": "staff"}]})
    };
    let clash =
        app.dispatch("shift_repeat", repeat("2026-05-29", 2)).await.expect_err("there are shifts already");
    assert!(clash.message.contains("vị trí này đã có ca"), "{}", clash.message);
    let outside =
        app.dispatch("shift_repeat", repeat("2026-06-01", 2)).await.expect_err("the post ends before");
    assert!(outside.message.contains("nằm ngoài"), "{}", outside.message);

    let view = night(&app).await;
    for shift in line(&view, "intake")["shifts"].as_array().expect("shifts") {
        let args = json!({"id": shift["id"], "reason": "xếp lại", "basedOn": shift["lastEvent"]});
        run(&app, "shift_remove", args).await;
    }
    assert_eq!(line(&night(&app).await, "intake")["gaps"][0]["lack"], "nobody");
    let done = run(&app, "shift_repeat", repeat("2026-05-29", 1)).await;
    let view = night(&app).await;
    let names: Vec<&Value> = line(&view, "intake")["shifts"]
        .as_array()
        .expect("shifts")
        .iter()
        .map(|s| &s["primaryName"])
        .collect();
    assert_eq!(names, [&json!("Trực 08"), &json!("Trực 09")]);
    run(&app, "undo", json!({"eventId": done["eventId"]})).await;
    assert!(line(&night(&app).await, "intake")["shifts"].as_array().is_some_and(Vec::is_empty));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_tells_who_is_on_at_the_moment_of_the_clock_and_how_to_reach_them() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "leader").await;
    assert!(run(&app, "frame", json!({})).await["duty"].is_null(), "no post must be held yet");
    set_clock(&app, "2026-05-29T22:05:00+07:00").await;
    let duty = run(&app, "frame", json!({})).await["duty"].clone();
    assert_eq!(duty["lack"], "thiếu dự phòng: Tài khoản VNeID (PC06)");
    assert_eq!(duty["tone"], "warn");
    let view = night(&app).await;
    assert_eq!(view["nextChange"], at(31));
    let lead = &view["on"][0];
    assert_eq!(
        (&lead["primary"]["name"], &lead["primary"]["phone"]),
        (&json!("Lãnh đạo 03"), &json!("máy lẻ 101"))
    );
    let attention = run(&app, "overview", json!({})).await["attention"].to_string();
    assert!(attention.contains("thiếu dự phòng"), "{attention}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_the_duty_is_erased_for_good_but_not_while_on_duty_and_never_stands_in_the_journal() {
    let (folder, app) = opened("staff").await;
    let person = json!({"id": null, "name": "Cán bộ thử nghiệm", "title": "Kỹ sư", "unit": "tt_cds", "phone": "0000 111",
                        "email": ""});
    let id = run(&app, "duty_person_set", person.clone()).await["id"].as_str().expect("id").to_owned();
    let twice = app.dispatch("duty_person_set", person).await.expect_err("the same name twice");
    assert_eq!(twice.details["field"], "name");
    let busy =
        app.dispatch("duty_person_remove", json!({"id": "pc06-1"})).await.expect_err("on duty tonight");
    assert!(busy.message.contains("Tài khoản VNeID (PC06)"), "{}", busy.message);
    run(&app, "duty_person_remove", json!({"id": id})).await;
    let people = night(&app).await["people"].to_string();
    assert!(!people.contains("Cán bộ thử nghiệm"), "{people}");
    app.shutdown().await;
    let journal = std::fs::read(folder.path().join("journal.db")).expect("the journal");
    let name = "Cán bộ thử nghiệm".as_bytes();
    assert!(!journal.windows(name.len()).any(|part| part == name), "erased from the file");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_saved_roster_comes_back_as_the_same_shifts_and_a_clash_in_a_table_names_its_cell() {
    let (_folder, app) = opened("staff").await;
    let args = DutyExportArgs {
        span: DutyArgs { from: Some(at(0)), to: Some(at(240)), as_of: None },
        format: TableFormat::Xlsx,
    };
    let bytes = app.duty_file(&args).await.expect("made");
    let import = |name: &str, bytes: &[u8], take: Option<i64>| json!({"file": {"name": name, "content": STANDARD.encode(bytes)}, "take": take});
    let same = run(&app, "duty_import", import("lich.xlsx", &bytes, None)).await;
    assert_eq!(
        (same["lines"].as_array().map(Vec::len), same["faults"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{same}"
    );

    let head = "Vị trí trực,Ngày vào,Giờ vào,Giờ hết,Trực chính,Dự phòng\n";
    let bad = format!(
        "{head}Tài khoản VNeID (PC06),29/05/2026,20:00,23:00,PC06 trực 02,\nTrực bếp,29/05/2026,20:00,23:00,Trực 02,\nHỗ trợ một cửa,29/05/2026,25:00,23:00,Trực 08,\nHỗ trợ một cửa,29/05/2026,10:00,12:00,Ai Đó,\n"
    );
    let view = run(&app, "duty_import", import("lich.csv", bad.as_bytes(), None)).await;
    let places: Vec<&str> =
        view["faults"].as_array().expect("faults").iter().filter_map(|f| f["place"].as_str()).collect();
    assert_eq!(places, ["C2", "A3", "C4", "E5"], "{view}");
    assert!(
        app.dispatch("duty_import", import("lich.csv", bad.as_bytes(), view["position"].as_i64()))
            .await
            .is_err()
    );

    let good = format!(
        "{head}Hỗ trợ một cửa,29/05/2026,10:00,12:00,Trực 08,\nHỗ trợ một cửa,28/05/2026,22:00,06:00,Trực 09,Trực 08\n"
    );
    let view = run(&app, "duty_import", import("lich.csv", good.as_bytes(), None)).await;
    let done = run(&app, "duty_import", import("lich.csv", good.as_bytes(), view["position"].as_i64())).await;
    assert!(done["eventId"].is_string());
    let day = run(&app, "duty", json!({"from": at(-24), "to": at(17)})).await;
    let shifts = line(&day, "intake")["shifts"].clone();
    assert_eq!(
        (&shifts[0]["from"], &shifts[0]["to"]),
        (&json!(at(-2)), &json!(at(6))),
        "the night ends the next day"
    );
    assert_eq!(shifts[1]["from"], at(10));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_set_shifts_of_their_own_unit_alone() {
    let (_folder, app) = opened("vnpt").await;
    let refused =
        app.dispatch("shift_set", set(None, 400, 410, "pc06-2", None, None)).await.expect_err("not theirs");
    assert!(refused.message.contains("Công an tỉnh"), "{}", refused.message);
    let own = json!({"id": null, "from": at(10), "to": at(12), "post": "technical", "unit": "vnpt", "primary": "vnpt-4",
                     "backup": null, "basedOn": null});
    run(&app, "shift_set", own).await;
    app.shutdown().await;
}
