//! Walks over the gateway's dossier records: broken off in the middle they go on where they stood, begun anew they change
//! nothing, and no other source waits for them.

use pvhcc_app::App;
use pvhcc_domain::time::SystemClock;
use pvhcc_sandbox::{PlantedFault, planted};
use pvhcc_store::{DossierPage, Store};
use pvhcc_tests::{http, open_with_records, run, sign_in, until};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, sync::Arc};

const DOSSIERS: &str = "/gateway/v1/dossiers";

async fn control(app: &App, method: reqwest::Method, path: &str, body: Value) -> Value {
    let url = format!("{}{path}", app.sandbox_urls().expect("training").control);
    let answer = http().request(method, url).json(&body).send().await.expect("control answers");
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.unwrap_or_default()
}

async fn signed_in(folder: &Path) -> App {
    let app = open_with_records(folder, "staff").await.expect("opens");
    sign_in(&app).await;
    app
}

fn dossiers(view: &Value) -> &Value {
    let all = view["sources"].as_array().expect("sources");
    all.iter().find(|s| s["id"] == "gateway_dossiers").expect("the dossiers")
}

/// Names of the query's keys of each request for dossiers.
async fn asked(app: &App) -> Vec<Vec<String>> {
    let log = control(app, reqwest::Method::GET, "/log", Value::Null).await;
    let all = log["requests"].as_array().expect("requests").clone();
    let of_dossiers = all.into_iter().filter(|r| r["path"] == DOSSIERS);
    of_dossiers.map(|r| serde_json::from_value(r["query_keys"].clone()).expect("names")).collect()
}

/// Present records by id with the ordinal of each: all that a walk should have told, once.
async fn records(folder: &Path) -> BTreeMap<String, u32> {
    let (store, _) = Store::open(folder, Arc::new(SystemClock)).await.expect("opens");
    let (mut found, mut after) = (BTreeMap::new(), None);
    loop {
        let piece = store.records_after(after, 20_000).await.expect("read");
        let Some(last) = piece.last() else { break };
        after = Some(last.dossier);
        for kept in piece {
            let before = found.insert(kept.record.record, kept.ordinal);
            assert_eq!(before, None, "a record is kept once");
        }
    }
    let walks = store.walks().await.expect("read");
    assert!(walks.len() == 2 && walks.iter().all(|w| !w.walking && w.as_of.is_some()), "{walks:?}");
    store.close().await;
    found
}

/// A place that the gateway does not know any more: of other data.
async fn lose_the_place(folder: &Path) {
    let (store, _) = Store::open(folder, Arc::new(SystemClock)).await.expect("opens");
    let walk = store.walks().await.expect("read").into_iter().find(|w| w.system == "bo").expect("walked");
    let at = walk.as_of.expect("ended");
    // Version 1 of the sandbox's cursors: seed, system, since, until, number.
    let next = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, "1.7.bo.-.-.0");
    let page = DossierPage {
        system: "bo",
        anew: false,
        as_of: at,
        fetched_at: at,
        payload_sha256: "",
        records: &[],
        names: &[],
        quarantined: &[],
        next: &next,
        more: false,
        etag: None,
    };
    store.keep_dossier_page(&page).await.expect("kept");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_broken_off_goes_on_where_it_stood_and_one_begun_anew_changes_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let app = signed_in(folder.path()).await;
    let polling = tokio::spawn({
        let app = app.clone();
        async move { app.poll_once().await.expect("polls") }
    });
    let under_way = until(&app, "sources", |v| {
        dossiers(v)["text"].as_str().is_some_and(|text| text.contains("đang lấy"))
    });
    let under_way = under_way.await;
    assert_eq!(dossiers(&under_way)["state"], "not_observed", "not all is known before its end");
    let fault = json!({"pattern": DOSSIERS, "fault": {"kind": "status", "code": 403}});
    control(&app, reqwest::Method::POST, "/faults", fault).await;
    let report = polling.await.expect("polls");
    let failed: Vec<&str> = report.sources.iter().filter(|s| s.error.is_some()).map(|s| s.source).collect();
    assert_eq!(failed, ["gateway_dossiers"], "no other source waits or fails");
    assert_eq!(dossiers(&run(&app, "sources", json!({})).await)["state"], "failing");
    app.shutdown().await;

    let app = signed_in(folder.path()).await;
    assert!(app.poll_once().await.expect("polls").all_answered());
    let first = asked(&app).await.remove(0);
    assert!(first.contains(&"cursor".to_owned()), "not from the beginning: {first:?}");
    assert_eq!(dossiers(&run(&app, "sources", json!({})).await)["state"], "fresh");
    app.shutdown().await;
    let kept = records(folder.path()).await;
    for planted in planted(1) {
        let ordinal = kept.get(&planted.id).unwrap_or_else(|| panic!("{planted:?} is kept as told"));
        if planted.fault == PlantedFault::DuplicateCode {
            assert_eq!(*ordinal, 1, "beside the one whose code it has");
        }
    }

    lose_the_place(folder.path()).await;
    let app = signed_in(folder.path()).await;
    assert!(app.poll_once().await.expect("polls").all_answered(), "410 is no failure");
    let anew = asked(&app).await;
    assert!(anew.iter().any(|keys| !keys.contains(&"cursor".to_owned())), "from the beginning");
    app.shutdown().await;
    let again = records(folder.path()).await;
    let missing: Vec<&String> = kept.keys().filter(|id| !again.contains_key(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
