//! Dossier records over HTTP: walks, cursors, tags, and the list of what is wrong with them.
#![allow(missing_docs)]

mod common;

use common::{client, options, start};
use pvhcc_sandbox::{Fault, GATEWAY_TOKEN, Sandbox};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;

const HOUR: i64 = 3_600_000;

async fn ask(http: &Client, sandbox: &Sandbox, query: &[(&str, &str)]) -> Response {
    let url = format!("{}/v1/dossiers", sandbox.urls().gateway);
    http.get(url).bearer_auth(GATEWAY_TOKEN).query(query).send().await.expect("answer")
}

async fn page(http: &Client, sandbox: &Sandbox, query: &[(&str, &str)]) -> Value {
    let response = ask(http, sandbox, query).await;
    assert_eq!(response.status(), 200);
    response.json().await.expect("json")
}

/// The records of a walk by id, its cursor at the end, and its pages. `between` is called after each page.
async fn walk(
    http: &Client,
    sandbox: &Sandbox,
    cursor: Option<&str>,
    between: impl Fn(&Sandbox),
) -> (BTreeMap<String, Value>, String, usize) {
    let mut records = BTreeMap::new();
    let mut cursor = cursor.map(ToOwned::to_owned);
    let mut pages = 0;
    loop {
        let mut query = vec![("system", "bo"), ("limit", "5000")];
        query.extend(cursor.as_deref().map(|c| ("cursor", c)));
        let answer = page(http, sandbox, &query).await;
        pages += 1;
        for record in answer["dossiers"].as_array().expect("list") {
            let id = record["id"].as_str().expect("id").to_owned();
            assert!(records.insert(id, record.clone()).is_none(), "once in a walk");
        }
        between(sandbox);
        let next = answer["next"].as_str().expect("cursor").to_owned();
        if answer["more"] == false {
            return (records, next, pages);
        }
        cursor = Some(next);
    }
}

#[tokio::test]
async fn a_walk_tells_each_record_once_while_the_clock_moves_and_the_next_one_what_changed_meanwhile() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let (mut known, cursor, pages) = walk(&http, &sandbox, None, |sandbox| {
        sandbox.control_clock().advance(HOUR).expect("forward");
    })
    .await;
    assert!(pages > 8);
    sandbox.stop().await;

    let sandbox = start(dir.path()).await;
    sandbox.control_clock().advance(3 * 24 * HOUR).expect("forward");
    let (changed, cursor, _) = walk(&http, &sandbox, Some(&cursor), |_| ()).await;
    let (new, again): (Vec<&String>, Vec<&String>) = changed.keys().partition(|id| !known.contains_key(*id));
    assert!(new.len() > 100 && again.len() > 100, "{} new, {} changed", new.len(), again.len());
    let moment = |record: &Value| record["changed_at"].as_str().expect("instant").to_owned();
    for id in again {
        assert!(moment(&changed[id]) > moment(&known[id]), "a later version is later");
    }
    known.extend(changed);
    let (fresh, ..) = walk(&http, &sandbox, None, |_| ()).await;
    assert!(known == fresh, "what was learned bit by bit is the whole");
    let (nothing, same, _) = walk(&http, &sandbox, Some(&cursor), |_| ()).await;
    assert!(nothing.is_empty());
    assert_eq!(same, cursor);
}

#[tokio::test]
async fn a_page_has_a_tag_until_it_changes() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let now = sandbox.clock().now().to_rfc3339();
    let first = page(&http, &sandbox, &[("system", "tinh"), ("changed_since", &now)]).await;
    let cursor = first["next"].as_str().expect("cursor").to_owned();
    let query = [("system", "tinh"), ("cursor", cursor.as_str())];
    let tag = ask(&http, &sandbox, &query).await.headers()["etag"].clone();
    let again = || {
        let url = format!("{}/v1/dossiers", sandbox.urls().gateway);
        let request = http.get(url).bearer_auth(GATEWAY_TOKEN).query(&query);
        request.header("if-none-match", tag.clone()).send()
    };
    assert_eq!(again().await.expect("answer").status(), StatusCode::NOT_MODIFIED);
    sandbox.control_clock().advance(HOUR).expect("forward");
    let changed: Value = again().await.expect("answer").json().await.expect("json");
    let changed = changed["dossiers"].as_array().expect("list");
    assert!(changed.len() > 200, "{}", changed.len());
    let since = |r: &Value| r["changed_at"].as_str().expect("instant") > now.as_str();
    assert!(changed.iter().all(since));
}

#[tokio::test]
async fn a_cursor_of_other_data_or_of_a_later_time_is_gone() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let first = page(&http, &sandbox, &[("system", "bo"), ("limit", "1")]).await;
    let cursor = first["next"].as_str().expect("cursor").to_owned();
    let query = [("system", "bo"), ("cursor", cursor.as_str())];
    for (seed, back) in [(2, 0), (1, HOUR)] {
        let other = tempfile::tempdir().expect("dir");
        let mut options = options(other.path());
        (options.seed, options.clock_start) = (seed, options.clock_start.plus(-back));
        let other = Sandbox::start(options).await.expect("sandbox");
        assert_eq!(ask(&http, &other, &query).await.status(), StatusCode::GONE);
    }
    assert_eq!(ask(&http, &sandbox, &query).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn faults_meet_the_records_as_they_meet_all_else() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let query = [("system", "bo"), ("limit", "50")];
    let right = page(&http, &sandbox, &query).await;
    sandbox.faults().set_times("/gateway/v1/dossiers", Fault::Status { code: 429, retry_after: Some(7) }, 1);
    let limited = ask(&http, &sandbox, &query).await;
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(limited.headers()["retry-after"].as_bytes(), b"7");
    sandbox.faults().set_times("/gateway/v1/dossiers", Fault::BrokenRecord, 1);
    let broken = page(&http, &sandbox, &query).await;
    let rows = |v: &Value| v["dossiers"].as_array().expect("rows").clone();
    assert_eq!(rows(&broken).iter().zip(rows(&right)).filter(|(a, b)| *a != b).count(), 1);
    assert_eq!(page(&http, &sandbox, &query).await, right);
}

#[tokio::test]
async fn the_control_route_tells_what_is_planted_as_far_as_it_shows() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let url = format!("{}/planted", sandbox.urls().control);
    let told: Value = http.get(url).send().await.expect("answer").json().await.expect("json");
    let mut from_route = Vec::new();
    for fault in told["faults"].as_array().expect("list") {
        let records = fault["records"].as_array().expect("list");
        assert_eq!(fault["count"], records.len());
        for record in records {
            let text = |v: &Value| v.as_str().expect("text").to_owned();
            from_route.push((
                text(&fault["fault"]),
                text(&fault["system"]),
                text(&record["id"]),
                text(&record["code"]),
            ));
        }
    }
    let planted = pvhcc_sandbox::planted(1);
    assert!(planted.len() > 400);
    let expected: Vec<_> = planted
        .into_iter()
        .map(|p| {
            let fault = serde_json::to_value(p.fault).expect("name");
            (fault.as_str().expect("name").to_owned(), p.system, p.id, p.code)
        })
        .collect();
    assert_eq!(from_route, expected);
}
