//! The deadline as a dead man's switch: what became of a day, reminders, and the reason that is asked for.

use pvhcc_app::{App, Options};
use pvhcc_domain::time::Ms;
use pvhcc_tests::{Seat, options, run, set_clock};
use serde_json::{Value, json};
use std::path::Path;

/// A profile that was first used on 29/05/2026, so that 29/05 is owed.
/// The day after the last act of the training history.
async fn used_since_the_day_before(folder: &Path) -> (App, Seat) {
    let (app, seat) = Seat::open(folder, "2026-05-29T16:00:00+07:00").await;
    seat.sign_in(&app, "staff").await;
    run(&app, "task_add_note", json!({"no": "86", "note": "Bắt đầu", "basedOn": null})).await;
    (app, seat)
}

async fn status(app: &App) -> Value {
    run(app, "report_status", json!({})).await
}

async fn notices(app: &App) -> String {
    let frame = run(app, "frame", json!({})).await;
    frame["notices"].as_array().expect("notices").iter().filter_map(|n| n["message"].as_str()).collect()
}

async fn beside(folder: &Path, at: &str) -> App {
    let clock = Some((Ms::parse_rfc3339(at).expect("an instant"), 0.0));
    let how = Options { exclusive: false, sandbox_clock: clock, ..options(folder, "duty", false) };
    let app = App::open(how).await.expect("opens beside");
    app.on_command_line(Some("duty")).await.expect("somebody");
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn opened_at_14_58_only_the_loudest_reminder_is_given_and_by_one_process() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, _) = used_since_the_day_before(folder.path()).await;
    assert_eq!(
        app.remind().await.expect("looks"),
        None,
        "nothing is owed on the first day once its time has passed"
    );
    set_clock(&app, "2026-05-30T13:29:59+07:00").await;
    assert_eq!(app.remind().await.expect("looks"), None);
    assert_eq!(run(&app, "frame", json!({})).await["deadline"]["level"], 0);
    set_clock(&app, "2026-05-30T13:30:00+07:00").await;
    let first = app.remind().await.expect("looks").expect("at its instant");
    assert_eq!((first.level, first.time.as_str()), (1, "13:30"));
    assert!(first.text.contains("còn 1 giờ") && first.text.contains("chưa chốt số liệu"), "{}", first.text);
    assert_eq!(app.remind().await.expect("looks"), None, "once");

    let timer = beside(folder.path(), "2026-05-30T14:58:00+07:00").await;
    set_clock(&app, "2026-05-30T14:58:00+07:00").await;
    let (window, timer_gave) = tokio::join!(app.remind(), timer.remind());
    let given: Vec<_> = [window, timer_gave].into_iter().filter_map(|given| given.expect("looks")).collect();
    assert_eq!(given.iter().map(|g| (g.level, g.time.as_str())).collect::<Vec<_>>(), [(4, "14:50")]);
    let kept = app.store().transitions(Some("report:daily:2026-05-30"), Ms(0)).await.expect("kept");
    let kept: Vec<&str> = kept.iter().map(|t| t.to.as_str()).collect();
    assert_eq!(kept, ["reminded:13:30", "skipped:14:00", "skipped:14:30", "reminded:14:50"]);
    timer.shutdown().await;

    let deadline = run(&app, "frame", json!({})).await["deadline"].clone();
    assert_eq!((&deadline["state"], &deadline["level"]), (&json!("open"), &json!(4)));
    set_clock(&app, "2026-05-30T15:00:00+07:00").await;
    let deadline = run(&app, "frame", json!({})).await["deadline"].clone();
    assert_eq!((&deadline["state"], &deadline["day"]), (&json!("overdue"), &json!("2026-05-30")));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_without_a_report_is_asked_for_at_the_next_start_until_somebody_says_why() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, _) = used_since_the_day_before(folder.path()).await;
    assert_eq!(status(&app).await["asked"], json!([]));
    app.shutdown().await;
    drop(app);

    let (app, seat) = Seat::open(folder.path(), "2026-05-31T08:00:00+07:00").await;
    let missed = status(&app).await;
    assert_eq!(missed["asked"], json!(["2026-05-30"]), "not the day the profile was set up");
    assert!(notices(&app).await.contains("30/05/2026"), "said at the start, before anybody signs in");
    let day = run(&app, "report", json!({"day": "2026-05-30"})).await;
    assert_eq!((&day["verdict"], &day["asksReason"]), (&json!("missing"), &json!(true)));

    seat.sign_in(&app, "staff").await;
    let empty = json!({"day": "2026-05-30", "reason": " "});
    assert!(app.dispatch("report_excuse", empty).await.is_err(), "a reason has words");
    run(&app, "report_excuse", json!({"day": "2026-05-30", "reason": "Mất điện cả ngày"})).await;
    assert_eq!(status(&app).await["asked"], json!([]));
    assert!(!notices(&app).await.contains("30/05/2026"));
    let month = run(&app, "report_calendar", json!({"month": "2026-05"})).await;
    let of = |n: usize| month["days"][n].clone();
    assert_eq!((&of(29)["verdict"], &of(29)["reason"]), (&json!("missing"), &json!("Mất điện cả ngày")));
    assert_eq!((&of(28)["verdict"], &of(30)["verdict"]), (&json!("not_due"), &json!("open")));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_written_or_a_report_sent_ends_the_reminders_and_a_late_one_asks_why() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = used_since_the_day_before(folder.path()).await;
    set_clock(&app, "2026-05-30T14:00:00+07:00").await;
    run(&app, "report_excuse", json!({"reason": "Cổng tạm dừng theo thông báo"})).await;
    assert_eq!(app.remind().await.expect("looks"), None, "a reason was written");
    let settled = run(&app, "frame", json!({})).await["deadline"].clone();
    assert_eq!((&settled["state"], &settled["day"]), (&json!("settled"), &json!("2026-05-31")));

    set_clock(&app, "2026-05-31T15:20:00+07:00").await;
    let frozen = run(&app, "report_freeze", json!({})).await;
    seat.sign_in(&app, "leader").await;
    let reviewed = run(&app, "report_review", json!({"basedOn": frozen["lastEvent"]})).await;
    run(&app, "report_sign", json!({"number": "6", "basedOn": reviewed["lastEvent"]})).await;
    let sent = run(&app, "report_send", json!({"how": "Thư điện tử công vụ"})).await;
    assert_eq!((&sent["verdict"], &sent["asksReason"]), (&json!("late"), &json!(true)));
    assert_eq!(status(&app).await["asked"], json!(["2026-05-31"]));
    assert_eq!(app.remind().await.expect("looks"), None, "it was sent");
    run(&app, "report_excuse", json!({"reason": "Chờ VNPT đính chính"})).await;
    let excused = run(&app, "report", json!({})).await;
    assert_eq!((&excused["verdict"], &excused["asksReason"]), (&json!("late"), &json!(false)));
    let refused = app.dispatch("report_excuse", json!({"cadence": "monthly", "reason": "x"})).await;
    assert!(refused.is_err(), "a month has no deadline");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_of_the_deadline_are_data_and_count_for_a_day_until_its_deadline_has_passed() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = used_since_the_day_before(folder.path()).await;
    set_clock(&app, "2026-05-30T10:00:00+07:00").await;
    seat.sign_in(&app, "admin").await;
    let set = |rule: &'static str, value: &'static str| {
        app.dispatch("rule_set", json!({"rule": rule, "value": value}))
    };
    for (rule, wrong) in
        [("report.deadline", "25:00"), ("report.reminders", "13h30"), ("report.days", "hôm nào rảnh")]
    {
        let error = set(rule, wrong).await.expect_err("refused");
        assert_eq!(
            error.details.get("field").map(String::as_str),
            Some("value"),
            "{rule}: {}",
            error.message
        );
    }
    set("report.deadline", "11:00").await.expect("set");
    set("report.reminders", "10:30").await.expect("set");
    let deadline = run(&app, "frame", json!({})).await["deadline"].clone();
    assert_eq!(Ms(deadline["at"].as_i64().expect("ms")).to_rfc3339(), "2026-05-30T11:00:00.000+07:00");
    set_clock(&app, "2026-05-30T10:30:00+07:00").await;
    assert_eq!(
        app.remind().await.expect("looks").map(|given| given.level),
        Some(4),
        "the only one is the loudest"
    );
    set_clock(&app, "2026-05-30T11:30:00+07:00").await;
    set("report.deadline", "16:00").await.expect("set");
    let status_now = status(&app).await;
    assert_eq!(status_now["verdict"], "missing", "a deadline that has passed is not moved");
    assert!(status_now["text"].as_str().expect("text").contains("quá hạn 11:00"), "{status_now}");

    set("report.days", "working").await.expect("set");
    set_clock(&app, "2026-05-31T09:00:00+07:00").await;
    let sunday = status(&app).await;
    assert_eq!((&sunday["due"], &sunday["verdict"]), (&json!(false), &json!("not_due")));
    let rules = run(&app, "rules", json!({})).await;
    let days =
        rules["rules"].as_array().expect("rules").iter().find(|r| r["rule"] == "report.days").expect("one");
    assert_eq!((&days["kind"], &days["value"]), (&json!("choice"), &json!("working")));
    assert_eq!(days["choices"].as_array().map(Vec::len), Some(2));
    app.shutdown().await;
}
