//! The live watch through the public use cases: what stands how, where a fault lies, what is kept of it, the past.

use pvhcc_app::App;
use pvhcc_domain::{
    operation::signal::{Metric, Signal},
    time::Ms,
};
use pvhcc_tests::{Seat, http, run, set_clock};
use serde_json::{Value, json};

const START: &str = "2026-05-29T14:02:00+07:00";

fn at(text: &str) -> i64 {
    Ms::parse_rfc3339(&format!("2026-05-{text}:00+07:00")).expect("instant").0
}

async fn opened(folder: &std::path::Path) -> App {
    let (app, seat) = Seat::open(folder, START).await;
    seat.sign_in(&app, "duty").await;
    app.poll_once().await.expect("polls");
    app
}

async fn fault(app: &App, pattern: &str, fault: Value) {
    let control = app.sandbox_urls().expect("training").control;
    let body = json!({"pattern": pattern, "fault": fault});
    let sent = http().post(format!("{control}/faults")).json(&body).send().await.expect("control");
    assert!(sent.status().is_success());
}

fn tile<'a>(view: &'a Value, api: &str) -> &'a Value {
    view["apis"].as_array().and_then(|a| a.iter().find(|t| t["api"] == api)).expect("every API has a tile")
}

fn signal(signals: &[Signal], node: &str, metric: Metric) -> Option<f64> {
    let found = signals.iter().find(|s| s.node == node && s.metric == metric);
    found.unwrap_or_else(|| panic!("no {metric:?} of {node}")).value
}

#[tokio::test(flavor = "multi_thread")]
async fn all_53_apis_stand_by_their_traffic_and_the_planted_fault_is_that_apis_own() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path()).await;
    let view = run(&app, "watch", json!({})).await;
    assert_eq!(view["apis"].as_array().map(Vec::len), Some(53));
    // The scenario lowers the sync of payments to 91 % from 13:40 on.
    let payment = tile(&view, "dvcqg.07");
    assert_eq!((&payment["health"], &payment["verdict"]), (&json!("failing"), &json!("api")), "{payment}");
    let since = payment["since"].as_i64().expect("concluded");
    assert!((at("29T13:40")..=at("29T13:50")).contains(&since), "it began at 13:40: {payment}");
    let rate = payment["rate"].as_f64().expect("called");
    assert!((0.85..0.95).contains(&rate), "{rate}");
    // An API that was never built is not called: that is no error, and no success.
    let unbuilt = tile(&view, "dvcqg.09");
    assert_eq!((&unbuilt["health"], &unbuilt["verdict"]), (&json!("quiet"), &json!("unclear")));
    let count = |health: &str| {
        view["apis"].as_array().expect("tiles").iter().filter(|t| t["health"] == health).count()
    };
    assert_eq!(view["good"].as_u64(), Some(count("good") as u64));
    assert_eq!(count("failing"), 1, "nothing else is wrong: {}", view["headline"]);
    assert!(count("good") > 30);
    assert_eq!(view["verdict"], "api");

    let cell = |flow: &str, phase: u64, stage: &str| {
        let line =
            view["flows"].as_array().and_then(|f| f.iter().find(|l| l["flow"] == flow)).expect("a flow");
        let cells = line["cells"].as_array().expect("cells");
        cells.iter().find(|c| c["phase"] == phase && c["stage"] == stage).expect("a cell").clone()
    };
    let (absent, broken) = (cell("sso", 2, "declare"), cell("sso", 2, "test"));
    assert_eq!((&absent["standing"], &absent["text"]), (&json!("absent"), &json!("không có")));
    assert_eq!((&broken["standing"], &broken["error"]), (&json!("failing"), &json!("VNEID_KEY_MISSING")));
    assert_eq!(cell("status_return", 2, "test")["standing"], "not_observed", "the gateway does not know");
    assert_eq!(cell("dossier_sync", 2, "test")["standing"], "good");

    let panel = run(&app, "watch_api", json!({"api": "dvcqg.07"})).await;
    assert_eq!(panel["points"].as_array().map(Vec::len), Some(288));
    let tasks: Vec<&str> =
        panel["tasks"].as_array().expect("tasks").iter().filter_map(|t| t["no"].as_str()).collect();
    assert!(tasks.contains(&"17"), "its own task: {tasks:?}");
    assert!(tasks.len() > 1, "and the tests of its flow: {tasks:?}");
    assert!(app.dispatch("watch_api", json!({"api": "dvcqg.99"})).await.is_err());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_fault_lies_is_told_and_old_measures_are_never_good() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path()).await;
    fault(&app, "/gateway/*", json!({"kind": "status", "code": 503})).await;
    app.poll_once().await.expect("polls");
    let view = run(&app, "watch", json!({})).await;
    assert_eq!(view["verdict"], "gateway", "{}", view["headline"]);
    assert_eq!(tile(&view, "dvcqg.01")["verdict"], "gateway");
    assert_eq!(
        tile(&view, "dvcqg.01")["health"],
        "good",
        "the measures are a moment old, and stand till they are too old"
    );
    let signals = app.signals().await.expect("signals");
    assert_eq!(signal(&signals, "gateway", Metric::Up), Some(0.0));
    assert_eq!(signal(&signals, "own_network", Metric::Up), Some(1.0), "the portal answers");
    assert_eq!(signal(&signals, "portal", Metric::Up), Some(1.0));

    set_clock(&app, "2026-05-29T14:12:00+07:00").await;
    let view = run(&app, "watch", json!({})).await;
    assert_eq!(view["good"], 0);
    assert!(view["apis"].as_array().expect("tiles").iter().all(|t| t["health"] == "not_observed"));
    assert_eq!(view["syncRate"], Value::Null);
    let signals = app.signals().await.expect("signals");
    assert_eq!(signal(&signals, "api:dvcqg.01", Metric::Up), None);
    assert_eq!(signal(&signals, "api:dvcqg.01", Metric::SuccessRate), None);
    assert_eq!(signal(&signals, "flow:dossier_sync", Metric::Up), None);

    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_only_the_measures_fail_the_gateway_works_and_of_the_apis_nothing_is_known() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path()).await;
    fault(&app, "/gateway/v1/apis/*", json!({"kind": "status", "code": 500})).await;
    set_clock(&app, "2026-05-29T14:12:00+07:00").await;
    app.poll_once().await.expect("polls");
    let view = run(&app, "watch", json!({})).await;
    assert_eq!(view["verdict"], "not_observed", "{}", view["headline"]);
    let signals = app.signals().await.expect("signals");
    assert_eq!(signal(&signals, "gateway", Metric::Up), Some(1.0));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_kept_once_and_read_back_for_any_moment_and_a_sleep_is_a_gap() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path()).await;
    let span = json!({"from": at("29T13:00"), "to": at("29T15:00")});
    let timeline = run(&app, "watch_timeline", span.clone()).await;
    let of_payment = |view: &Value| -> Vec<(i64, String)> {
        let changes = view["changes"].as_array().expect("changes").iter();
        let own = changes.filter(|c| c["node"] == "api:dvcqg.07");
        own.map(|c| (c["since"].as_i64().expect("since"), c["tone"].as_str().expect("tone").to_owned()))
            .collect()
    };
    let found = of_payment(&timeline);
    let began = at("29T13:40")..=at("29T13:50");
    assert!(matches!(&found[..], [(since, tone)] if tone == "bad" && began.contains(since)), "{found:?}");
    // Looked at again and again, by whoever: the same is kept once.
    app.poll_once().await.expect("polls");
    app.poll_once().await.expect("polls");
    assert_eq!(of_payment(&run(&app, "watch_timeline", span).await), of_payment(&timeline));

    // The machine slept from 14:02 to 15:31: the calls of that time are known afterwards, how sources stood is not.
    set_clock(&app, "2026-05-29T15:31:00+07:00").await;
    app.poll_once().await.expect("polls");
    let view = run(&app, "watch_timeline", json!({"from": at("29T14:00"), "to": at("29T15:31")})).await;
    let lane = view["lanes"]
        .as_array()
        .expect("lanes")
        .iter()
        .find(|l| l["title"].as_str().is_some_and(|t| t.contains("số đo API")));
    let stretches =
        lane.expect("the lane of the measures")["stretches"].as_array().expect("stretches").clone();
    let gap = stretches.iter().find(|s| s["tone"] == "unknown" && s["to"].as_i64() > Some(at("29T15:00")));
    let gap = gap.unwrap_or_else(|| panic!("no gap: {stretches:?}"));
    assert_eq!(gap["from"], at("29T14:05") + 1, "three minutes after the last answer");
    assert!(view["headline"].as_str().is_some_and(|h| h.contains("không quan sát được")));
    let heat =
        run(&app, "watch_heat", json!({"from": at("29T14:00"), "to": at("29T15:30"), "step": 5})).await;
    let row = heat["rows"].as_array().and_then(|r| r.iter().find(|l| l["api"] == "dvcqg.07")).expect("a row");
    assert_eq!(row["values"].as_array().map(Vec::len), Some(18));
    assert!(
        row["calls"].as_array().expect("calls").iter().all(|c| !c.is_null()),
        "the gateway told of them later: {row}"
    );

    // At 14:02 as it was seen then; nothing of what came later.
    let past = run(&app, "watch", json!({"asOf": at("29T14:02")})).await;
    assert_eq!((&past["past"], &past["measuredTo"]), (&json!(true), &json!(at("29T14:00"))));
    assert_eq!(tile(&past, "dvcqg.07")["health"], "failing");
    // Asleep, nobody saw anything.
    let asleep = run(&app, "watch", json!({"asOf": at("29T15:00")})).await;
    assert_eq!((&asleep["verdict"], &asleep["good"]), (&json!("not_observed"), &json!(0)));
    // Before the program was there, nothing is known.
    let before = run(&app, "watch", json!({"asOf": at("20T09:00")})).await;
    assert_eq!(before["good"], 0);
    assert!(app.dispatch("watch", json!({"asOf": at("29T23:00")})).await.is_err(), "not yet");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heat_map_tells_of_any_span_and_refuses_what_makes_no_sense() {
    let folder = tempfile::tempdir().expect("folder");
    let app = opened(folder.path()).await;
    let day = json!({"from": at("29T00:00"), "to": at("29T14:00")});
    let heat = run(&app, "watch_heat", day.clone()).await;
    assert_eq!(heat["step"], 5, "168 columns still fit");
    let mut hours = day.clone();
    hours["step"] = json!(60);
    let heat = run(&app, "watch_heat", hours).await;
    let row =
        |api: &str| heat["rows"].as_array().and_then(|r| r.iter().find(|l| l["api"] == api)).expect("a row");
    let payment = row("dvcqg.07");
    let value = |n: usize| payment["values"][n].as_f64();
    assert!(value(9) > Some(0.98) && value(13) < Some(0.97), "{payment}");
    assert!(
        row("dvcqg.09")["calls"].as_array().expect("calls").iter().all(|c| c == 0),
        "not called, and observed"
    );
    for wrong in [
        json!({"from": at("29T10:00"), "to": at("29T09:00")}),
        json!({"from": at("01T00:00"), "to": at("29T00:00"), "step": 5}),
        json!({"from": at("29T09:00"), "to": at("29T10:00"), "step": 7}),
        json!({"from": 0, "to": at("29T10:00")}),
    ] {
        assert!(app.dispatch("watch_heat", wrong.clone()).await.is_err(), "{wrong}");
    }
    assert!(app.dispatch("watch_timeline", json!({"from": 5, "to": 5})).await.is_err());

    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_is_compared_with_the_same_hour_of_the_working_days_that_are_known() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-26T14:02:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    for later in ["26T14:02", "27T13:02", "28T12:02", "29T11:02"] {
        if later != "26T14:02" {
            set_clock(&app, &format!("2026-05-{later}:00+07:00")).await;
        }
        app.poll_once().await.expect("polls");
    }
    let peak = run(&app, "watch_peak", json!({})).await;
    assert_eq!(peak["hour"], at("29T10:00"), "the newest hour of which anything is known");
    assert_eq!(peak["days"][0]["day"], "2026-05-29");
    let before: Vec<&str> =
        peak["days"].as_array().expect("days")[1..].iter().filter_map(|d| d["day"].as_str()).collect();
    assert!(before.starts_with(&["2026-05-28", "2026-05-27", "2026-05-26"]), "working days: {before:?}");
    assert!(peak["usual"].as_u64() > Some(0));
    let hour = &peak["hours"][15];
    assert_eq!((&hour["hour"], &hour["calls"]), (&json!(15), &Value::Null), "has not come");
    let signals = app.signals().await.expect("signals");
    let usual =
        signal(&signals, "api:dvcqg.02", Metric::CallsAgainstUsual).expect("three days to compare with");
    assert!((0.3..3.0).contains(&usual), "{usual}");
    app.shutdown().await;
}
