//! Alerts through the public use cases: a fault of the gateway is one alert with what it broke; taken, muted, reminded of, over;
//! the same after a restart; who may; rules set for a reason.

use pvhcc_app::{App, wire::AppEvent};
use pvhcc_domain::time::Ms;
use pvhcc_tests::{Seat, http, run, set_clock};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::broadcast::Receiver;

const START: &str = "2026-05-29T14:02:00+07:00";

fn at(time: &str) -> i64 {
    Ms::parse_rfc3339(&format!("2026-05-29T{time}:00+07:00")).expect("instant").0
}

async fn gateway_fails(app: &App) {
    let control = app.sandbox_urls().expect("training").control;
    let body = json!({"pattern": "/gateway/*", "fault": {"kind": "status", "code": 503}});
    let sent = http().post(format!("{control}/faults")).json(&body).send().await.expect("control");
    assert!(sent.status().is_success());
}

async fn mended(app: &App) {
    let control = app.sandbox_urls().expect("training").control;
    http().delete(format!("{control}/faults")).send().await.expect("control");
}

/// Asks until all answer: after failures in a row a source is left alone for a while.
async fn recovers(app: &App) {
    let mut tick = tokio::time::interval(Duration::from_millis(200));
    let found = tokio::time::timeout(Duration::from_secs(60), async {
        while !app.poll_once().await.expect("polls").all_answered() {
            tick.tick().await;
        }
    });
    assert!(found.await.is_ok(), "no recovery");
}

/// A round of the poller at a time of the day.
async fn round(app: &App, time: &str) {
    set_clock(app, &format!("2026-05-29T{time}:00+07:00")).await;
    app.poll_once().await.expect("polls");
}

async fn firing(app: &App) -> Vec<Value> {
    run(app, "alerts", json!({})).await["firing"].as_array().cloned().expect("rows")
}

fn named(rows: &[Value]) -> Vec<(&str, &str)> {
    rows.iter().map(|r| (r["rule"].as_str().expect("rule"), r["node"].as_str().expect("node"))).collect()
}

async fn refused(app: &App, command: &str, args: Value) -> (String, String, String) {
    let error = app.dispatch(command, args).await.expect_err("refused");
    let code = serde_json::to_value(error.code).expect("code");
    let field = error.details.get("field").cloned().unwrap_or_default();
    (code.as_str().unwrap_or_default().to_owned(), field, error.message)
}

/// What somebody was called for since the last look.
fn calls(events: &mut Receiver<AppEvent>) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let AppEvent::AlertRaised { level, text, .. } = event {
            found.push((level, text));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_the_gateway_is_one_alert_from_its_begin_to_its_end_through_a_restart() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), START).await;
    seat.sign_in(&app, "duty").await;
    app.poll_once().await.expect("polls");
    assert!(firing(&app).await.is_empty(), "{:?}", firing(&app).await);
    let mut events = app.subscribe();

    gateway_fails(&app).await;
    round(&app, "14:10").await;
    let rows = firing(&app).await;
    assert_eq!(named(&rows), [("gateway_down", "gateway")]);
    let (row, id) = (&rows[0], rows[0]["id"].as_str().expect("id").to_owned());
    assert_eq!(
        (&row["severity"], &row["state"], &row["late"]),
        (&json!("s1"), &json!("firing"), &json!(false))
    );
    let called = calls(&mut events);
    assert_eq!(called.len(), 1, "{called:?}");
    assert!(called[0].0 == 4 && called[0].1.contains("Trục tích hợp"), "{called:?}");
    let frame = run(&app, "frame", json!({})).await;
    assert_eq!(frame["firingAlerts"], 1);
    let overview = run(&app, "overview", json!({})).await;
    let first = &overview["attention"][0];
    assert_eq!(
        first["target"],
        json!({"screen": "operations", "task": null, "filter": format!("alerts?id={id}")})
    );

    // Nobody takes it: after fifteen minutes the next rung is called, once.
    for time in ["14:15", "14:20", "14:26", "14:27"] {
        round(&app, time).await;
    }
    let called = calls(&mut events);
    assert_eq!(called.len(), 1, "{called:?}");
    assert!(called[0].1.contains("chưa ai nhận"), "{called:?}");
    assert_eq!(firing(&app).await[0]["late"], true);

    // What it hides is told as its effects, with the way there.
    for time in ["14:35", "14:45", "14:55"] {
        round(&app, time).await;
    }
    let detail = run(&app, "alert", json!({"id": id})).await;
    assert_eq!(detail["row"]["effects"], 5, "the flows are no longer observed: {}", detail["row"]);
    assert_eq!(named(&firing(&app).await), [("gateway_down", "gateway")]);
    let path = detail["effects"][0]["path"].as_array().expect("a way");
    assert_eq!((path[0]["node"].as_str(), path.len()), (Some("gateway"), 3), "gateway, connection, flow");
    assert!(path[1]["why"].as_str().is_some_and(|why| !why.is_empty()));
    assert!(detail["guide"]["check"].as_array().is_some_and(|steps| steps.len() >= 2));
    assert!(!detail["measures"][0]["bad"].as_str().unwrap_or_default().is_empty());

    // A mute needs an end, of a day at most; it hides nothing.
    calls(&mut events);
    let mute = |until: Value, reason: &str| json!({"id": id, "until": until, "reason": reason});
    for (args, field) in [
        (mute(Value::Null, "đang thay máy chủ"), "until"),
        (mute(json!(at("14:55")), "đang thay máy chủ"), "until"),
        (mute(json!(at("14:55") + 25 * 3_600_000), "đang thay máy chủ"), "until"),
        (mute(json!(at("15:25")), "  "), "reason"),
    ] {
        assert_eq!(refused(&app, "alert_mute", args).await.1, field);
    }
    run(&app, "alert_mute", mute(json!(at("15:25")), "đang thay máy chủ")).await;
    let rows = firing(&app).await;
    assert_eq!((named(&rows), &rows[0]["state"]), (vec![("gateway_down", "gateway")], &json!("muted")));
    let (code, _, message) = refused(&app, "alert_mute", mute(json!(at("16:00")), "lại")).await;
    assert!(code == "conflict" && message.contains("đang thay máy chủ"), "{message}");

    // The first to take it has it; a leader may not.
    run(&app, "alert_ack", json!({"id": id, "remark": "đã gọi TT CĐS"})).await;
    let (code, _, message) = refused(&app, "alert_ack", json!({"id": id, "remark": null})).await;
    assert!(
        code == "conflict" && message.contains("Bạn đã nhận") && message.contains("đã gọi TT CĐS"),
        "{message}"
    );
    seat.sign_in(&app, "leader").await;
    assert_eq!(refused(&app, "alert_ack", json!({"id": id, "remark": null})).await.0, "forbidden");
    let passed_on = json!({"id": id, "party": "so_khcn", "how": "điện thoại", "remark": null});
    run(&app, "alert_escalate", passed_on).await;
    app.shutdown().await;

    // Another program goes on where this one was killed: nothing is raised or told again.
    let (app, seat) = Seat::open(folder.path(), START).await;
    seat.sign_in(&app, "duty").await;
    gateway_fails(&app).await;
    let mut events = app.subscribe();
    round(&app, "15:05").await;
    let rows = firing(&app).await;
    assert_eq!(
        (rows.len(), rows[0]["id"].as_str(), &rows[0]["state"]),
        (1, Some(&*id), &json!("acknowledged"))
    );
    assert_eq!(calls(&mut events), []);
    round(&app, "15:16").await;
    round(&app, "15:17").await;
    let called = calls(&mut events);
    assert_eq!(called.len(), 1, "reminded once before the mute ends: {called:?}");
    assert!(called[0].1.contains("15:25"), "{called:?}");
    round(&app, "15:26").await;
    assert_eq!(calls(&mut events), [], "somebody has it: the end of the mute calls nobody");
    let ran_out = &firing(&app).await[0]["mute"];
    assert_eq!(
        (&ran_out["holds"], &ran_out["until"]),
        (&json!(false), &json!(at("15:25"))),
        "shown when it ran out"
    );

    mended(&app).await;
    set_clock(&app, "2026-05-29T15:31:00+07:00").await;
    recovers(&app).await;
    for time in ["15:33", "15:36"] {
        round(&app, time).await;
    }
    let view = run(&app, "alerts", json!({})).await;
    assert_eq!(view["firing"], json!([]), "what is still felt of it raises nothing");
    let past = view["past"].as_array().expect("rows");
    assert_eq!((past.len(), past[0]["id"].as_str(), &past[0]["state"]), (1, Some(&*id), &json!("over")));
    let detail = run(&app, "alert", json!({"id": id})).await;
    let told: Vec<&str> =
        detail["history"].as_array().expect("lines").iter().filter_map(|l| l["text"].as_str()).collect();
    for expected in [
        "Phát cảnh báo mức S1 Nghiêm trọng",
        "Giải thích 5 ảnh hưởng",
        "Tắt tiếng đến 15:25",
        "Nhận cảnh báo",
        "Báo Sở KHCN, TT CĐS qua điện thoại",
        "Hết cảnh báo",
    ] {
        assert!(told.contains(&expected), "{expected} in {told:?}");
    }
    let (code, _, message) = refused(&app, "alert_ack", json!({"id": id, "remark": null})).await;
    assert!(code == "conflict" && message.contains("đã hết"), "{message}");
    assert_eq!(refused(&app, "alert", json!({"id": "x"})).await.0, "not_found");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_set_by_an_admin_for_a_reason_and_ends_with_its_alerts() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), START).await;
    seat.sign_in(&app, "admin").await;
    app.poll_once().await.expect("polls");
    let shipped = json!({"off": false, "limit": 97, "clear": 98, "holdSeconds": 60, "clearSeconds": 60, "severity": "s4"});
    let set = |tuning: &Value, reason: &str| json!({"rule": "api_success", "tuning": tuning, "from": null, "reason": reason});
    for (field, value) in [("limit", json!(101)), ("clear", json!(90)), ("holdSeconds", json!(0))] {
        let mut wrong = shipped.clone();
        wrong[field] = value;
        assert_eq!(refused(&app, "alert_rule_set", set(&wrong, "thử")).await.1, field);
    }
    assert_eq!(refused(&app, "alert_rule_set", set(&shipped, " ")).await.1, "reason");
    let unknown = json!({"rule": "no_such", "tuning": null, "from": null, "reason": "thử"});
    assert_eq!(refused(&app, "alert_rule_set", unknown).await.0, "not_found");
    seat.sign_in(&app, "duty").await;
    assert_eq!(refused(&app, "alert_rule_set", set(&shipped, "thử")).await.0, "forbidden");

    seat.sign_in(&app, "admin").await;
    let view = run(&app, "alert_rules", json!({})).await;
    let row = |view: &Value| {
        let rules = view["rules"].as_array().expect("rules");
        rules.iter().find(|r| r["id"] == "api_success").cloned().expect("the rule")
    };
    assert_eq!((&row(&view)["set"]["limit"], &row(&view)["since"]), (&json!(90.0), &Value::Null));
    let view = run(&app, "alert_rule_set", set(&shipped, "Theo dõi sát đêm chuyển đổi")).await;
    assert_eq!(
        (&row(&view)["set"]["limit"], &row(&view)["reason"], &row(&view)["shipped"]["limit"]),
        (&json!(97.0), &json!("Theo dõi sát đêm chuyển đổi"), &json!(90.0))
    );
    // The sync of payments succeeds in 91 of a hundred calls since 13:40: below the new limit.
    for time in ["14:07", "14:12"] {
        round(&app, time).await;
    }
    let rows = firing(&app).await;
    assert!(named(&rows).contains(&("api_success", "api:dvcqg.07")), "{:?}", named(&rows));
    let mut off = shipped.clone();
    off["off"] = json!(true);
    run(&app, "alert_rule_set", set(&off, "Đã rõ nguyên nhân")).await;
    let view = run(&app, "alerts", json!({})).await;
    assert!(!named(view["firing"].as_array().expect("rows")).iter().any(|(rule, _)| *rule == "api_success"));
    let ended = view["past"].as_array().expect("rows");
    assert!(
        ended.iter().any(|r| r["stateText"].as_str().is_some_and(|t| t.contains("hết hiệu lực"))),
        "{ended:?}"
    );
    app.shutdown().await;
}
