//! The night that can be played: what it does to the sandbox's world, its truth, and that nothing else changes.
#![allow(missing_docs)]

mod common;

use common::{client, options, start};
use pvhcc_domain::time::Ms;
use pvhcc_sandbox::{Expect, Fault, GATEWAY_TOKEN, Options, Sandbox, SandboxError, pages};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

const NIGHT: &str = "cutover-night";

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(&format!("{text}:00+07:00")).expect("instant")
}

/// The night, by a clock that stands.
async fn night(folder: &Path) -> Sandbox {
    let options = Options { scenario: Some(NIGHT.to_owned()), ..options(folder) };
    Sandbox::start(options).await.expect("sandbox")
}

async fn asked(http: &Client, url: String) -> (StatusCode, String) {
    let answer = http.get(url).bearer_auth(GATEWAY_TOKEN).send().await.expect("answer");
    (answer.status(), answer.text().await.expect("text"))
}

async fn gateway(http: &Client, sandbox: &Sandbox, path: &str) -> Value {
    let (status, text) = asked(http, format!("{}{path}", sandbox.urls().gateway)).await;
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).expect("JSON")
}

async fn control(http: &Client, sandbox: &Sandbox, path: &str) -> Value {
    let url = format!("{}/{path}", sandbox.urls().control);
    http.get(url).send().await.expect("answer").json().await.expect("JSON")
}

/// Successes and calls of each API in `[from, to)`.
async fn calls(http: &Client, sandbox: &Sandbox, from: &str, to: &str) -> BTreeMap<String, (u64, u64)> {
    let path = format!("/v1/apis/measures?from={from}:00%2B07:00&to={to}:00%2B07:00");
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for row in gateway(http, sandbox, &path).await["measures"].as_array().expect("list") {
        let count = |field: &str| row[field].as_u64().expect("count");
        let sum = sums.entry(row["api"].as_str().expect("api").to_owned()).or_default();
        sum.0 += count("ok");
        sum.1 += count("ok") + count("client_error") + count("server_error") + count("timeout");
    }
    sums
}

#[tokio::test]
async fn the_night_goes_as_its_script_says() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (night(dir.path()).await, client());
    assert_eq!(sandbox.clock().now(), at("2026-05-29T19:00"), "a new folder's clock goes to its start");
    let to = |when: &str| sandbox.control_clock().set(at(when)).map(|_| ()).expect("forward");
    let page = async |id: &str| asked(&http, format!("{}/{id}", sandbox.urls().pages)).await;
    let unpaid = async || -> u64 {
        let fees = gateway(&http, &sandbox, "/v1/fees").await;
        fees["fees"].as_array().expect("list").iter().filter_map(|f| f["dossiers"].as_u64()).sum()
    };
    let first = unpaid().await;
    for wanted in pages() {
        let (status, text) = page(&wanted.id).await;
        assert!(status == 200 && text.contains(&wanted.title), "{}: {text}", wanted.id);
    }

    to("2026-05-29T20:00");
    let left = unpaid().await;
    assert!(first > 1000 && left < 120, "{first} → {left}");
    assert_eq!(page("payment").await.0, 503);

    to("2026-05-29T21:20");
    let blip = calls(&http, &sandbox, "2026-05-29T21:00", "2026-05-29T21:20").await;
    assert!(!blip.contains_key("dvcqg.07"), "nothing is paid after 20:00");
    let bad = calls(&http, &sandbox, "2026-05-29T21:10", "2026-05-29T21:15").await["catalogue.02"];
    let after = calls(&http, &sandbox, "2026-05-29T21:15", "2026-05-29T21:20").await["catalogue.02"];
    assert!(bad.0 * 10 < bad.1 * 7 && after.0 * 10 > after.1 * 9, "{bad:?}, then {after:?}");

    to("2026-05-29T21:31");
    let (status, text) = asked(&http, format!("{}/v1/sync", sandbox.urls().gateway)).await;
    assert!(status == 200 && text.contains("<html>"), "{text}");

    to("2026-05-29T22:06");
    assert_eq!(calls(&http, &sandbox, "2026-05-29T22:00", "2026-05-29T22:05").await.len(), 0);

    to("2026-05-29T22:36");
    assert_eq!(page("portal").await.0, 503);
    let flows = gateway(&http, &sandbox, "/v1/flows").await;
    let failing: Vec<(&str, u64)> = (flows["flows"].as_array().expect("list").iter())
        .filter(|f| f["state"] == "failing")
        .map(|f| (f["flow"].as_str().expect("flow"), f["phase"].as_u64().expect("phase")))
        .collect();
    assert_eq!(failing, [("status_return", 1), ("status_return", 2)]);
    to("2026-05-29T22:39");
    assert_eq!(page("portal").await.0, 200, "between two bursts");
    let broken = calls(&http, &sandbox, "2026-05-29T22:15", "2026-05-29T22:35").await;
    let share = |api: &str| broken[api].0 as f64 / broken[api].1 as f64;
    assert!(share("province.03") < 0.4 && share("province.13") > 0.9, "{broken:?}");

    to("2026-05-29T22:50");
    let queue = gateway(&http, &sandbox, "/v1/sync").await;
    assert!(queue["waiting"].as_u64().is_some_and(|n| n > 900), "{queue}");

    to("2026-05-30T00:40");
    let told = gateway(
        &http,
        &sandbox,
        "/v1/apis/measures?from=2026-05-30T00:00:00%2B07:00&to=2026-05-30T00:40:00%2B07:00",
    )
    .await;
    assert_eq!(told["as_of"], "2026-05-30T00:40:00.000+07:00", "a new date");
    let newest = told["measures"].as_array().expect("list").iter().filter_map(|m| m["from"].as_str()).max();
    assert_eq!(newest, Some("2026-05-30T00:15:00.000+07:00"), "on old data");

    to("2026-05-30T01:12");
    let (status, text) = page("petitions").await;
    assert!(status == 200 && !text.contains("Hệ thống phản ánh"), "{text}");

    to("2026-05-30T01:50");
    assert_eq!(asked(&http, format!("{}/v1/tasks", sandbox.urls().gateway)).await.0, 503);
    to("2026-05-30T01:58");
    gateway(&http, &sandbox, "/v1/tasks").await;

    to("2026-05-30T03:00");
    assert_eq!(page("payment").await.0, 200, "the night is over");
    assert_eq!(unpaid().await, left, "and nobody has paid since");
}

#[tokio::test]
async fn the_truth_names_every_fault_by_instants_and_pages_are_one_a_cause() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (night(dir.path()).await, client());
    let truth = sandbox.truth();
    let alerts = truth.iter().filter(|t| t.expect == Expect::Alert).count();
    assert!(alerts >= 8 && truth.iter().any(|t| t.expect == Expect::None), "{truth:?}");
    for fault in &truth {
        assert!(at("2026-05-29T19:00") <= fault.from && fault.to <= at("2026-05-30T03:00"), "{}", fault.id);
        assert_eq!(fault.rule.is_some(), fault.expect == Expect::Alert, "{}", fault.id);
    }
    let told = control(&http, &sandbox, "truth").await;
    assert_eq!(told["scenario"], NIGHT);
    assert_eq!(told["faults"], serde_json::to_value(&truth).expect("JSON"));
    assert_eq!(told["faults"][1]["from"], "2026-05-29T20:00:00.000+07:00");
}

#[tokio::test]
async fn the_truth_names_rules_nodes_and_severities_that_exist() {
    let rules = include_str!("../../../../assets/operation/alerts.toml");
    let nodes = include_str!("../../../../assets/operation/dependencies.toml");
    let checklist = pvhcc_domain::checklist::Checklist::builtin().expect("checklist");
    let dir = tempfile::tempdir().expect("dir");
    for fault in night(dir.path()).await.truth() {
        for node in std::iter::once(&fault.node).chain(&fault.explains) {
            let known = match node.split_once(':') {
                Some(("api", api)) => checklist.api_name(api).is_some(),
                Some(("probe", id)) => pages().iter().any(|page| page.id == id),
                _ => nodes.contains(&format!("id = \"{node}\"")),
            };
            assert!(known, "{}: {node}", fault.id);
        }
        if let Some((rule, severity)) = fault.rule.zip(fault.severity) {
            let found = rules.split("[[rule]]").find(|r| r.contains(&format!("id = \"{rule}\"\n")));
            let found = found.unwrap_or_else(|| panic!("{}: no rule {rule}", fault.id));
            assert!(found.contains(&format!("severity = \"{severity}\"")), "{}: {severity}", fault.id);
        }
    }
}

#[tokio::test]
async fn the_same_seed_plays_the_same_night_however_it_is_walked_through() {
    let told = async |steps: &[&str]| {
        let dir = tempfile::tempdir().expect("dir");
        let (sandbox, http) = (night(dir.path()).await, client());
        for step in steps {
            sandbox.control_clock().set(at(step)).expect("forward");
        }
        let mut all = Vec::new();
        let measures = "/v1/apis/measures?from=2026-05-29T19:00:00%2B07:00&to=2026-05-30T00:15:00%2B07:00";
        for path in ["/v1/sync", "/v1/fees", "/v1/petitions", "/v1/flows", measures] {
            all.push(gateway(&http, &sandbox, path).await);
        }
        all
    };
    let whole = told(&["2026-05-30T00:15"]).await;
    assert_eq!(whole, told(&["2026-05-29T20:30", "2026-05-29T22:40", "2026-05-30T00:15"]).await);
}

#[tokio::test]
async fn an_ordinary_day_is_the_same_before_a_night_and_without_one() {
    let told = async |scenario: bool| {
        let dir = tempfile::tempdir().expect("dir");
        let (sandbox, http) = (start(dir.path()).await, client());
        if scenario {
            sandbox.play(NIGHT, None).expect("known");
            sandbox.end_play().expect("ends");
        }
        sandbox.control_clock().set(at("2026-05-29T22:40")).expect("forward");
        let mut all = Vec::new();
        let measures = "/v1/apis/measures?from=2026-05-29T08:00:00%2B07:00&to=2026-05-29T22:40:00%2B07:00";
        for path in ["/v1/sync", "/v1/fees", "/v1/flows", "/v1/tasks", measures] {
            all.push(gateway(&http, &sandbox, path).await);
        }
        assert_eq!(
            control(&http, &sandbox, "truth").await,
            json!({ "scenario": null, "faults": [], "verdicts": [] })
        );
        all
    };
    assert_eq!(told(false).await, told(true).await);
}

#[tokio::test]
async fn a_night_is_chosen_and_given_up_over_http_and_a_fault_of_a_test_goes_before_it() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let url = format!("{}/scenario", sandbox.urls().control);
    let post = |body: Value| http.post(&url).json(&body).send();
    assert_eq!(control(&http, &sandbox, "scenario").await["scenarios"][0]["from"], Value::Null);
    assert_eq!(post(json!({ "id": "another" })).await.expect("answer").status(), 400);
    assert_eq!(post(json!({ "id": NIGHT, "speed": -1 })).await.expect("answer").status(), 400);
    assert_eq!(sandbox.truth(), []);
    let begun: Value = post(json!({ "id": NIGHT })).await.expect("answer").json().await.expect("JSON");
    assert_eq!(begun["scenarios"][0]["from"], "2026-05-29T19:00:00.000+07:00");
    assert_eq!(sandbox.clock().now(), at("2026-05-29T19:00"));

    sandbox.control_clock().set(at("2026-05-29T20:10")).expect("forward");
    let page = || asked(&http, format!("{}/payment", sandbox.urls().pages));
    assert_eq!(page().await.0, 503);
    sandbox.faults().set_times("/pages/*", Fault::Status { code: 404, retry_after: None }, 1);
    assert_eq!(page().await.0, 404);
    assert_eq!(page().await.0, 503);
    assert_eq!(http.delete(&url).send().await.expect("answer").status(), 200);
    assert_eq!(page().await.0, 200);
    assert_eq!(sandbox.clock().now(), at("2026-05-29T20:10"), "the clock never goes back");
    // Late for that night: the next one.
    sandbox.play(NIGHT, None).expect("known");
    assert_eq!(sandbox.clock().now(), at("2026-05-30T19:00"));
    assert_eq!(sandbox.truth()[0].from, at("2026-05-30T19:00"));
}

#[tokio::test]
async fn a_night_outlives_a_restart_with_its_speed_which_ends_with_it() {
    let dir = tempfile::tempdir().expect("dir");
    let sandbox = start(dir.path()).await;
    sandbox.play(NIGHT, Some(60.0)).expect("known");
    sandbox.stop().await;

    let again = start(dir.path()).await;
    assert_eq!(again.control_clock().speed(), 60.0, "whatever the options say");
    assert!(!again.truth().is_empty());
    again.control_clock().set(at("2026-05-30T03:00")).expect("forward");
    while again.control_clock().speed() != 1.0 {
        tokio::task::yield_now().await;
    }
    assert!(!again.truth().is_empty(), "what was played can still be compared with");
    again.stop().await;
    assert_eq!(start(dir.path()).await.control_clock().speed(), 0.0, "as the options say");

    pvhcc_sandbox::reset(dir.path()).expect("reset");
    assert!(start(dir.path()).await.truth().is_empty());
    let unknown = Options { scenario: Some("another".to_owned()), ..options(dir.path()) };
    assert!(matches!(Sandbox::start(unknown).await, Err(SandboxError::Scenario(id)) if id == "another"));
}
