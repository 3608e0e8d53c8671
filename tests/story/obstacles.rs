//! The register of obstacles through the public use cases: raised, answered, settled, brought back; who may; what it colours.

use pvhcc_app::{App, Options};
use pvhcc_tests::{open, options, run, sign_in};
use serde_json::{Value, json};
use std::path::Path;

/// 29/05/2026 in the province, at `hour`:`minute`.
fn at(hour: i64, minute: i64) -> i64 {
    1_779_987_600_000 + hour * 3_600_000 + minute * 60_000
}

fn words(title: &str, party: &str) -> Value {
    json!({"group": "integration", "title": title, "detail": "", "systems": ["VNeID"], "units": ["vnpt"],
           "tasks": ["88"], "party": party, "raisedAt": at(8, 0), "answerDue": "2026-05-29"})
}

async fn raise(app: &App, words: Value) -> (String, String) {
    let done = run(app, "obstacle_raise", json!({"words": words})).await;
    let text = |field: &str| done[field].as_str().expect("text").to_owned();
    (text("id"), text("eventId"))
}

async fn row(app: &App, id: &str) -> Value {
    run(app, "obstacle", json!({"id": id})).await["row"].clone()
}

async fn refused(app: &App, command: &str, args: Value) -> String {
    let error = app.dispatch(command, args).await.expect_err("refused");
    error.details.get("field").cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_obstacle_goes_from_raised_to_resolved_and_back_and_keeps_its_history() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let (id, _) = raise(&app, words("Chưa nhận được trạng thái trả về", "vnpt")).await;
    let raised = row(&app, &id).await;
    assert_eq!(
        (&raised["stage"], &raised["overdue"]),
        (&json!("raised"), &json!(false)),
        "due today is in time"
    );
    assert_eq!(raised["dueSoon"], true);
    assert_eq!(raised["tasks"][0]["no"], "88");

    let reply = |text: &str, on: i64| json!({"id": id, "on": on, "text": text, "basedOn": null});
    run(&app, "obstacle_answer", reply("Đang sửa hàng đợi", at(10, 0))).await;
    run(&app, "obstacle_answer", reply("Đã sửa một phần", at(11, 0))).await;
    let answered = row(&app, &id).await;
    assert_eq!((&answered["stage"], &answered["answer"]), (&json!("answered"), &json!("Đã sửa một phần")));
    assert_eq!(answered["timing"], "trả lời sau 2 giờ làm việc", "the first answer counts");

    run(&app, "obstacle_resolve", reply("Đủ 8 thủ tục", at(13, 45))).await;
    assert_eq!(refused(&app, "obstacle_answer", reply("thêm", at(13, 50))).await, "text", "settled");
    let reopen = json!({"id": id, "reason": "Lỗi tái diễn", "basedOn": null});
    run(&app, "obstacle_reopen", reopen).await;
    let detail = run(&app, "obstacle", json!({"id": id})).await;
    assert_eq!(detail["row"]["stage"], "answered");
    let history: Vec<&str> =
        detail["history"].as_array().expect("lines").iter().filter_map(|l| l["text"].as_str()).collect();
    assert_eq!(
        history,
        ["Mở lại", "Gỡ xong", "Được trả lời", "Được trả lời", "Nêu vướng mắc với VNPT Gia Lai"]
    );

    run(&app, "undo", json!({"eventId": null})).await;
    assert_eq!(row(&app, &id).await["stage"], "resolved", "the last act is taken back, as any other");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_unknown_or_in_the_future_is_refused_by_name_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let (id, _) = raise(&app, words("Có thật", "vnpt")).await;
    let head = run(&app, "storage", json!({})).await["head"].clone();
    for (field, value) in [
        ("title", json!("  ")),
        ("party", json!("nobody")),
        ("units", json!(["không có"])),
        ("tasks", json!(["999"])),
        ("raisedAt", json!(at(40, 0))),
        ("answerDue", json!("2026-05-28")),
        ("answerDue", json!("mai")),
    ] {
        let mut words = words("Thử", "vnpt");
        words[field] = value;
        assert_eq!(refused(&app, "obstacle_raise", json!({"words": words})).await, field);
    }
    let reply = |on: i64, text: &str| json!({"id": id, "on": on, "text": text, "basedOn": null});
    assert_eq!(
        refused(&app, "obstacle_answer", reply(at(7, 0), "sớm quá")).await,
        "on",
        "before it was asked"
    );
    assert_eq!(refused(&app, "obstacle_resolve", reply(at(9, 0), " ")).await, "text");
    assert_eq!(
        refused(&app, "obstacle_reopen", json!({"id": id, "reason": "x", "basedOn": null})).await,
        "reason"
    );
    assert!(app.dispatch("obstacle", json!({"id": "không có"})).await.is_err());
    assert_eq!(run(&app, "storage", json!({})).await["head"], head, "nothing was written");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn passed_on_to_another_party_it_waits_there_and_counts_there() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let stat = |view: &Value, party: &str| {
        let found =
            view["responses"].as_array().and_then(|r| r.iter().find(|r| r["party"] == party).cloned());
        found.unwrap_or_else(|| json!({"waiting": 0, "responses": 0, "medianDaysText": "–"}))
    };
    let before = run(&app, "obstacles", json!({})).await;
    let (id, _) = raise(&app, words("Gửi nhầm bên", "mobifone")).await;
    run(&app, "obstacle_answer", json!({"id": id, "on": at(9, 0), "text": "Thuộc C12", "basedOn": null}))
        .await;
    let mut passed = words("Gửi nhầm bên", "bo_nganh");
    passed["raisedAt"] = json!(at(9, 30));
    run(&app, "obstacle_change", json!({"id": id, "words": passed, "basedOn": null})).await;
    let now = row(&app, &id).await;
    assert_eq!((&now["stage"], &now["partyName"]), (&json!("raised"), &json!("Bộ, ngành")));
    let after = run(&app, "obstacles", json!({})).await;
    let count = |view: &Value, party: &str, field: &str| stat(view, party)[field].as_i64().expect("a count");
    assert_eq!(count(&after, "bo_nganh", "waiting"), count(&before, "bo_nganh", "waiting") + 1);
    assert_eq!(count(&after, "mobifone", "responses"), count(&before, "mobifone", "responses") + 1);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn blocking_a_task_with_its_obstacle_is_one_act_and_one_undo() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let task = || async { run(&app, "task", json!({"no": "89"})).await["row"].clone() };
    let count = || async { run(&app, "obstacles", json!({})).await["rows"].as_array().expect("rows").len() };
    let (before, had) = (task().await["status"].clone(), count().await);
    let status = json!({"no": "89", "status": "blocked", "doneOn": null, "note": "Cổng thử chưa mở",
                        "onBehalfOf": null, "learned": null, "basedOn": task().await["lastEvent"]});
    let mut raise_words = words("Môi trường thử phản ánh kiến nghị chưa mở", "c12");
    raise_words["tasks"] = json!([]);
    let blocked =
        run(&app, "task_block", json!({"status": status, "raise": raise_words, "link": null})).await;
    assert_eq!(blocked["row"]["status"], "blocked");
    assert_eq!(count().await, had + 1);
    let raised = run(&app, "obstacles", json!({})).await["rows"]
        .as_array()
        .and_then(|rows| {
            rows.iter().find(|r| r["title"] == "Môi trường thử phản ánh kiến nghị chưa mở").cloned()
        })
        .expect("raised");
    assert_eq!(raised["tasks"][0]["no"], "89", "the task is added to those it touches");

    run(&app, "undo", json!({"eventId": blocked["eventId"]})).await;
    assert_eq!((task().await["status"].clone(), count().await), (before, had), "both are taken back");

    let (id, _) = raise(&app, words("Đã có sẵn", "c12")).await;
    let mut status = status;
    status["basedOn"] = task().await["lastEvent"].clone();
    run(&app, "task_block", json!({"status": status, "raise": null, "link": id})).await;
    let linked = row(&app, &id).await;
    assert_eq!(linked["tasks"].as_array().expect("tasks").len(), 2, "88 and 89");
    for (raise, link) in [(Value::Null, Value::Null), (words("x", "c12"), json!(id))] {
        let args = json!({"status": status, "raise": raise, "link": link});
        assert_eq!(refused(&app, "task_block", args).await, "link", "exactly one of the two");
    }
    app.shutdown().await;
}

async fn beside(folder: &Path, person: &str) -> App {
    let beside = Options { exclusive: false, ..options(folder, "staff", false) };
    let app = App::open(beside).await.expect("opens");
    app.on_command_line(Some(person)).await.expect("somebody");
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn the_party_itself_answers_what_concerns_it_and_nobody_else_does() {
    let folder = tempfile::tempdir().expect("folder");
    let app = beside(folder.path(), "staff").await;
    let mut own = words("Việc của VNPT", "vnpt");
    own["units"] = json!([]);
    let mut others = words("Việc của PC06", "pc06");
    others["units"] = json!([]);
    let ((mine, _), (theirs, _)) = (raise(&app, own).await, raise(&app, others).await);
    app.shutdown().await;

    let app = beside(folder.path(), "vnpt").await;
    let reply = |id: &str| json!({"id": id, "on": null, "text": "Đã xử lý", "basedOn": null});
    run(&app, "obstacle_answer", reply(&mine)).await;
    assert_eq!(row(&app, &theirs).await["editable"], false);
    let error = app.dispatch("obstacle_answer", reply(&theirs)).await.expect_err("not theirs");
    assert_eq!(serde_json::to_value(error.code).expect("code"), "forbidden");
    app.shutdown().await;

    let app = beside(folder.path(), "leader").await;
    assert!(app.dispatch("obstacle_answer", reply(&mine)).await.is_err(), "a leader reads");
    assert_eq!(run(&app, "obstacles", json!({})).await["canRaise"], false);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overdue_answer_is_counted_and_stands_in_the_attention_list_until_it_comes() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let seen = || async {
        let frame = run(&app, "frame", json!({})).await["overdueAnswers"].as_u64().expect("count");
        let view = run(&app, "obstacles", json!({})).await;
        assert_eq!(view["overdue"].as_u64(), Some(frame), "one count everywhere");
        frame
    };
    let before = seen().await;
    let mut late = words("Hỏi từ hôm kia", "c12");
    late["raisedAt"] = json!(at(8, 0) - 2 * 86_400_000);
    late["answerDue"] = json!("2026-05-28");
    let (id, _) = raise(&app, late).await;
    assert_eq!(seen().await, before + 1);
    let row = row(&app, &id).await;
    assert_eq!((&row["overdue"], &row["timing"]), (&json!(true), &json!("quá hạn trả lời 1 ngày")));
    let rows = run(&app, "obstacles", json!({})).await["rows"].clone();
    assert!(
        rows.as_array().expect("rows")[..=before as usize].iter().any(|r| r["id"] == id),
        "overdue come first"
    );

    run(&app, "obstacle_answer", json!({"id": id, "on": null, "text": "Đã cấp", "basedOn": null})).await;
    assert_eq!(seen().await, before);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn focal_points_are_kept_by_staff_and_erased_with_no_way_back() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    let party = |view: &Value, id: &str| {
        view["parties"].as_array().and_then(|p| p.iter().find(|p| p["id"] == id).cloned()).expect("the party")
    };
    let args = json!({"party": "vnpt", "id": null, "field": "technical", "name": "Can bo dau moi 01",
                      "unit": "VNPT", "title": "Chuyên viên", "phone": "—", "email": ""});
    let view = run(&app, "contact_set", args).await;
    let vnpt = party(&view, "vnpt");
    assert_eq!(vnpt["missing"], json!(["business", "infrastructure"]));
    let id = vnpt["contacts"][0]["id"].as_str().expect("id").to_owned();
    assert_eq!(
        refused(
            &app,
            "contact_set",
            json!({"party": "vnpt", "id": id, "field": "technical", "name": " ",
                "unit": "", "title": "", "phone": "", "email": ""})
        )
        .await,
        "name"
    );
    let mut out = Vec::new();
    app.store().export_jsonl(&mut out).await.expect("exports");
    let journal = String::from_utf8(out).expect("UTF-8");
    assert!(
        journal.contains(&id) && !journal.contains("Can bo dau moi 01"),
        "the journal knows the row, not the person"
    );

    let view = run(&app, "contact_remove", json!({"party": "vnpt", "id": id})).await;
    assert_eq!(party(&view, "vnpt")["contacts"], json!([]));
    let named = app.dispatch("undo", json!({"eventId": null})).await;
    let view = run(&app, "parties", json!({})).await;
    assert_eq!(party(&view, "vnpt")["contacts"], json!([]), "no undo brings a person back: {named:?}");
    for file in ["journal.db", "journal.db-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).expect("file");
        assert!(!bytes.windows(17).any(|w| w == b"Can bo dau moi 01"), "{file}");
    }

    let set = json!({"id": "vnpt", "name": "VNPT Gia Lai", "duties": ["Trực 24/7", " "], "basis": "Công văn thử", "units": ["vnpt"]});
    let view = run(&app, "party_set", set).await;
    assert_eq!(party(&view, "vnpt")["duties"], json!(["Trực 24/7"]));
    app.shutdown().await;
    drop(app);

    let app = beside(folder.path(), "vnpt").await;
    assert_eq!(run(&app, "parties", json!({})).await["editable"], false, "only coordinating units keep them");
    let set = json!({"id": "vnpt", "name": "x", "duties": ["y"], "basis": "z", "units": []});
    assert!(app.dispatch("party_set", set).await.is_err());
    app.shutdown().await;
}
