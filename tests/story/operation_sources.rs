//! What is measured of the operation, through the app and by the sandbox's clock: sync queue, unpaid fees, petitions, probes; sources
//! that lie, machines that sleep, and rehearsals.

use pvhcc_app::{App, Options};
use pvhcc_domain::{
    observation::{ProbeState, SourceId},
    time::Ms,
};
use pvhcc_tests::{http, options, run, set_clock, sign_in, until};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

const NIGHT: &str = "cutover-night";

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(&instant(text)).expect("instant")
}

fn instant(text: &str) -> String {
    format!("2026-05-{text}:00+07:00")
}

/// The night by a clock that stands until it is moved; nothing is asked by itself.
async fn night(folder: &Path) -> App {
    let how = Options {
        scenario: Some(NIGHT.to_owned()),
        sandbox_clock: Some((at("29T19:00"), 0.0)),
        ..options(folder, "duty", false)
    };
    let app = App::open(how).await.expect("opens");
    sign_in(&app).await;
    app
}

async fn go(app: &App, to: &str) -> Vec<&'static str> {
    set_clock(app, &instant(to)).await;
    let report = app.poll_once().await.expect("a failing source is no failure of the program");
    report.sources.iter().filter(|line| line.error.is_some()).map(|line| line.source).collect()
}

async fn source(app: &App, id: &str) -> Value {
    let sources = run(app, "sources", json!({})).await;
    let found = sources["sources"].as_array().and_then(|all| all.iter().find(|s| s["id"] == id)).cloned();
    found.unwrap_or_else(|| panic!("{id} in {sources}"))
}

async fn fault(app: &App, pattern: &str, fault: Value) {
    let control = app.sandbox_urls().expect("training").control;
    let body = json!({"pattern": pattern, "fault": fault});
    let set = http().post(format!("{control}/faults")).json(&body).send().await.expect("control answers");
    assert!(set.status().is_success());
}

/// Requests so far to paths that begin so.
async fn asked(app: &App, begins: &str) -> usize {
    let control = app.sandbox_urls().expect("training").control;
    let log = http().get(format!("{control}/log")).send().await.expect("control answers");
    let log: Value = log.json().await.expect("JSON");
    let requests = log["requests"].as_array().expect("a list");
    requests.iter().filter(|r| r["path"].as_str().is_some_and(|path| path.starts_with(begins))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_the_night_is_kept_and_any_moment_of_it_can_be_read_again() {
    let folder = tempfile::tempdir().expect("folder");
    let app = night(folder.path()).await;
    let store = app.store();
    assert_eq!(store.sync_queue(None).await.expect("reads"), None, "nothing was observed yet");
    for minute in ["00", "15", "30", "45", "55"] {
        assert_eq!(go(&app, &format!("29T19:{minute}")).await, [""; 0]);
    }
    assert_eq!(go(&app, "29T20:05").await, [""; 0], "that a system is down is no failure of the source");

    let unpaid: Vec<u64> = (store.fee_series(at("29T19:00"), at("29T20:05")).await.expect("reads").iter())
        .map(|report| report.value.dossiers)
        .collect();
    assert!(unpaid.len() == 6 && unpaid.is_sorted_by(|a, b| a > b), "{unpaid:?}");
    let then = store.fee_totals(Some(at("29T19:40"))).await.expect("reads").expect("reported by then");
    assert_eq!((then.value.dossiers, then.fetched_at), (unpaid[2], at("29T19:30")));
    let by_unit = store.unit_fees(Some(at("29T19:40"))).await.expect("reads");
    assert_eq!(by_unit.iter().map(|unit| unit.dossiers).sum::<u64>(), unpaid[2], "units add up to the total");

    let queue = store.sync_queue(None).await.expect("reads").expect("reported").value;
    assert!(queue.waiting > 0 && queue.last_batch.is_some(), "{queue:?}");
    let petitions = store.petitions(None).await.expect("reads").expect("reported").value;
    assert_eq!(petitions.received, petitions.processing + petitions.answered);

    let state = async |probe: &str, moment: &str| {
        let states = store.probe_states(Some(at(moment))).await.expect("reads");
        let result = states.get(probe).unwrap_or_else(|| panic!("{probe} at {moment}"));
        (result.state, result.status, result.error.clone())
    };
    assert_eq!(state("payment", "29T19:59").await, (ProbeState::Up, Some(200), None));
    assert_eq!(state("payment", "29T20:05").await, (ProbeState::Down, Some(503), Some("server".to_owned())));
    assert_eq!(state("coordination", "29T20:05").await, (ProbeState::Up, Some(200), None));
    for id in ["gateway_sync", "gateway_fees", "gateway_petitions", "probes"] {
        assert_eq!(source(&app, id).await["state"], "fresh", "{id}");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_lies_is_failing_or_old_and_what_was_known_stays() {
    let folder = tempfile::tempdir().expect("folder");
    let app = night(folder.path()).await;
    let store = app.store();
    assert_eq!(go(&app, "29T21:29").await, [""; 0]);
    let known = store.sync_queue(None).await.expect("reads");

    // 200 with an error page.
    assert_eq!(go(&app, "29T21:31").await, ["gateway_sync"]);
    let failing = source(&app, "gateway_sync").await;
    assert_eq!(failing["state"], "failing", "{failing}");
    assert!(failing["problem"].as_str().is_some_and(|p| p.contains("sai cấu trúc")), "{failing}");
    assert_eq!(store.sync_queue(None).await.expect("reads"), known, "an error page is no empty queue");
    let badge = run(&app, "frame", json!({})).await["sources"][1].clone();
    assert_eq!(badge["state"], "failing", "{badge}");
    assert_eq!(go(&app, "29T21:43").await, [""; 0]);
    assert_ne!(store.sync_queue(None).await.expect("reads"), known);

    // Old data under a new date: the sources answer, and the newest bucket tells.
    go(&app, "30T00:21").await;
    let newest = store.newest_bucket(None).await.expect("reads");
    assert_eq!(go(&app, "30T00:44").await, [""; 0]);
    assert_eq!(store.newest_bucket(None).await.expect("reads"), newest);
    let as_of = source(&app, "gateway_apis").await["asOf"].as_i64().map(Ms);
    assert_eq!(as_of, Some(at("30T00:44")), "it says that this is now");
    go(&app, "30T00:51").await;
    assert!(store.newest_bucket(None).await.expect("reads") > newest);

    // A page with status 200 that is not the page.
    go(&app, "30T01:12").await;
    let lying = store.probe_states(None).await.expect("reads")["petitions"].clone();
    assert_eq!((lying.state, lying.status), (ProbeState::Down, Some(200)));
    assert_eq!(lying.error.as_deref(), Some("unexpected"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sleep_and_a_clock_that_jumps_leave_gaps_and_no_failures() {
    let folder = tempfile::tempdir().expect("folder");
    let app = night(folder.path()).await;
    for minute in ["10", "11", "12"] {
        go(&app, &format!("29T19:{minute}")).await;
    }
    // Closed over the evening; nothing was asked meanwhile.
    set_clock(&app, &instant("29T23:50")).await;
    for id in ["gateway_sync", "gateway_fees", "gateway_petitions", "gateway_apis", "probes"] {
        let asleep = source(&app, id).await;
        assert_eq!(asleep["state"], "stale", "{asleep}");
        assert!(asleep["failingSince"].is_null(), "{asleep}");
    }
    assert_eq!(go(&app, "29T23:51").await, [""; 0]);
    let store = app.store();
    let points: Vec<Ms> = (store.sync_series(at("29T19:00"), at("30T00:00")).await.expect("reads").iter())
        .map(|report| report.fetched_at)
        .collect();
    assert_eq!(
        points,
        ["29T19:10", "29T19:11", "29T19:12", "29T23:51"].map(at),
        "a gap, and nothing made up"
    );
    let meanwhile = store.probe_series(None, at("29T19:13"), at("29T23:50")).await.expect("reads");
    assert_eq!(meanwhile, [], "none was sent");
    for (source, row) in store.source_states().await.expect("reads") {
        assert_eq!((row.failing_since, row.consecutive_failures), (None, 0), "{source:?}");
    }
    let asleep = store.source_at(SourceId::GatewaySync, at("29T22:00")).await.expect("reads").expect("kept");
    assert_eq!(
        asleep.last_ok_fetched,
        Some(at("29T19:12")),
        "what was known in between is what was known before"
    );
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_probe_that_hangs_delays_nothing_and_systems_in_trouble_meet_no_more_requests() {
    let folder = tempfile::tempdir().expect("folder");
    let app = night(folder.path()).await;
    app.poll_once().await.expect("polls");
    let planned = asked(&app, "/pages/").await;
    assert_eq!(planned, pvhcc_sandbox::pages().len());

    fault(&app, "/pages/*", json!({"kind": "status", "code": 500})).await;
    for _ in 0..12 {
        app.poll_once().await.expect("polls");
    }
    assert_eq!(asked(&app, "/pages/").await, 13 * planned, "the plan, whatever is answered");
    fault(&app, "/pages/*", json!({"kind": "latency", "ms": 0})).await;

    fault(&app, "/pages/portal", json!({"kind": "hang"})).await;
    set_clock(&app, &instant("29T19:20")).await;
    let asking = tokio::spawn({
        let app = app.clone();
        async move { app.poll_once().await }
    });
    // All others are kept while one still hangs.
    let others = async {
        loop {
            let kept = app.store().probe_series(None, at("29T19:20"), at("29T19:20")).await.expect("reads");
            if kept.len() == planned - 1 {
                assert!(kept.iter().all(|r| r.probe != "portal" && r.state == ProbeState::Up), "{kept:?}");
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(4), others).await.expect("the others do not wait");
    assert!(!asking.is_finished(), "one still hangs");
    asking.await.expect("no panic").expect("polls");
    let hung = app.store().probe_states(None).await.expect("reads")["portal"].clone();
    assert_eq!((hung.state, hung.error.as_deref()), (ProbeState::Down, Some("timeout")));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_begins_ends_and_goes_on_after_a_restart_at_its_speed() {
    let folder = tempfile::tempdir().expect("folder");
    let app = App::open(options(folder.path(), "duty", true)).await.expect("opens");
    sign_in(&app).await;
    let before = run(&app, "rehearsals", json!({})).await;
    assert_eq!((&before["nights"][0]["running"], &before["speed"]), (&json!(false), &json!(1.0)), "{before}");
    let unknown = app.dispatch("rehearsal_start", json!({"id": "another"})).await.expect_err("unknown");
    assert!(unknown.message.contains("another"), "{}", unknown.message);

    let begun = run(&app, "rehearsal_start", json!({"id": NIGHT})).await;
    assert_eq!((&begun["nights"][0]["running"], &begun["speed"]), (&json!(true), &json!(60.0)), "{begun}");
    assert!(begun["now"].as_i64().is_some_and(|now| now >= at("29T19:00").0), "{begun}");
    // By the minute of the sandbox, which is a second of ours.
    let store = app.store().clone();
    let seen = async |n: usize| {
        until(&app, "frame", |frame| frame["clockSpeed"] == 60.0).await;
        let mut changes = app.subscribe();
        let found = tokio::time::timeout(Duration::from_secs(20), async {
            loop {
                let fees = store.fee_series(at("29T19:00"), at("30T03:00")).await.expect("reads").len();
                let probed =
                    store.probe_series(Some("payment"), at("29T19:00"), at("30T03:00")).await.expect("reads");
                if fees >= n && probed.len() > n {
                    return;
                }
                let _ = tokio::time::timeout(Duration::from_millis(200), changes.recv()).await;
            }
        });
        assert!(found.await.is_ok(), "sources and probes keep up with the clock");
    };
    seen(2).await;
    app.shutdown().await;
    drop(app);

    let app = App::open(options(folder.path(), "duty", true)).await.expect("opens again");
    sign_in(&app).await;
    let going_on = run(&app, "rehearsals", json!({})).await;
    assert_eq!(
        (&going_on["nights"][0]["running"], &going_on["speed"]),
        (&json!(true), &json!(60.0)),
        "{going_on}"
    );
    let ended = run(&app, "rehearsal_stop", json!({})).await;
    assert_eq!((&ended["nights"][0]["running"], &ended["speed"]), (&json!(false), &json!(1.0)), "{ended}");
    app.shutdown().await;
}
