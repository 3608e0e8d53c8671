//! What the sandbox serves, held against the schemas of `assets/contracts/`.
#![allow(missing_docs)]

mod common;

use common::{client, start};
use jsonschema::Validator;
use pvhcc_sandbox::{
    GATEWAY_CLIENT_ID, GATEWAY_CLIENT_SECRET, GATEWAY_TOKEN, PORTAL_DSTCODE, PORTAL_PASSWORD,
    PORTAL_USERNAME, PlantedFault, Sandbox,
};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

fn contract(text: &str) -> Value {
    serde_yaml_ng::from_str(text).expect("contract")
}

fn gateway() -> Value {
    contract(include_str!("../../../../assets/contracts/gateway.yaml"))
}

fn portal() -> Value {
    contract(include_str!("../../../../assets/contracts/portal.yaml"))
}

/// The schema of an operation's answer, its references resolved inside the contract.
fn validator(contract: &Value, path: &str, method: &str, status: u16) -> Validator {
    let mut response = &contract["paths"][path][method]["responses"][status.to_string()];
    if let Some(name) = response["$ref"].as_str() {
        response = contract.pointer(name.trim_start_matches('#')).expect("reference");
    }
    let mut schema = response["content"]["application/json"]["schema"].clone();
    assert!(schema.is_object(), "{method} {path} has no {status}");
    schema["components"] = contract["components"].clone();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).expect("schema")
}

async fn check(contract: &Value, path: &str, method: &str, response: Response) -> Value {
    let validator = validator(contract, path, method, response.status().as_u16());
    let body: Value = response.json().await.expect("json");
    let errors: Vec<String> =
        validator.iter_errors(&body).take(3).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{method} {path}: {errors:?}");
    body
}

async fn ask(http: &Client, sandbox: &Sandbox, path: &str, token: &str) -> Response {
    let url = format!("{}{path}", sandbox.urls().gateway);
    http.get(url).bearer_auth(token).send().await.expect("answer")
}

#[tokio::test]
async fn every_answer_of_the_gateway_fits_the_contract() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http, contract) = (start(dir.path()).await, client(), gateway());
    let form = |secret| {
        [("grant_type", "client_credentials"), ("client_id", GATEWAY_CLIENT_ID), ("client_secret", secret)]
    };
    let url = format!("{}/oauth/token", sandbox.urls().gateway);
    let post = |fields: [(&'static str, &'static str); 3]| http.post(&url).form(&fields).send();
    let refused = post(form("wrong")).await.expect("answer");
    assert_eq!(refused.status(), 401);
    check(&contract, "/oauth/token", "post", refused).await;
    let good = post(form(GATEWAY_CLIENT_SECRET)).await.expect("answer");
    let token = check(&contract, "/oauth/token", "post", good).await["access_token"].clone();
    let token = token.as_str().expect("token");

    for path in ["/v1/health", "/v1/tasks", "/v1/flows", "/v1/sync", "/v1/fees", "/v1/petitions"] {
        for token in [token, GATEWAY_TOKEN] {
            let good = ask(&http, &sandbox, path, token).await;
            assert_eq!(good.status(), 200);
            check(&contract, path, "get", good).await;
        }
        let refused = ask(&http, &sandbox, path, "unknown").await;
        assert_eq!(refused.status(), 401);
        check(&contract, path, "get", refused).await;
    }
    let measures = "/v1/apis/measures";
    let span = |from: &str| format!("{measures}?from={from}&to=2026-05-29T14:00:00%2B07:00");
    let good = ask(&http, &sandbox, &span("2026-05-28T14:00:00%2B07:00"), token).await;
    let body = check(&contract, measures, "get", good).await;
    assert!(body["measures"].as_array().is_some_and(|m| m.len() > 3000));
    for bad in ["2026-05-28T13:59:59%2B07:00", "2026-05-30T14:00:00%2B07:00", "yesterday"] {
        let refused = ask(&http, &sandbox, &span(bad), token).await;
        assert_eq!(refused.status(), 400, "{bad}");
        check(&contract, measures, "get", refused).await;
    }
}

#[tokio::test]
async fn tasks_answer_304_to_their_etag_until_something_changes() {
    let dir = tempfile::tempdir().expect("dir");
    let mut options = common::options(dir.path());
    options.clock_start =
        pvhcc_domain::time::Ms::parse_rfc3339("2026-05-07T08:00:00+07:00").expect("instant");
    let (sandbox, http) = (Sandbox::start(options).await.expect("sandbox"), client());
    let first = ask(&http, &sandbox, "/v1/tasks", GATEWAY_TOKEN).await;
    let tag = first.headers()["etag"].clone();
    let again = || {
        let url = format!("{}/v1/tasks", sandbox.urls().gateway);
        http.get(url).bearer_auth(GATEWAY_TOKEN).header("if-none-match", tag.clone()).send()
    };
    sandbox.control_clock().advance(60_000).expect("forward");
    assert_eq!(again().await.expect("answer").status(), 304, "a minute alone changes nothing");
    sandbox.control_clock().advance(5 * 86_400_000).expect("forward");
    assert_eq!(again().await.expect("answer").status(), 200, "87 was done meanwhile");
}

#[tokio::test]
async fn dossier_records_fit_the_contract_whatever_is_wrong_with_them_and_so_do_refusals() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http, contract) = (start(dir.path()).await, client(), gateway());
    let path = "/v1/dossiers";
    let asked = |query: &str| format!("{path}?{query}");
    // Every answer with a planted fault is among these.
    let mut kinds: BTreeSet<PlantedFault> = BTreeSet::new();
    let planted: HashMap<String, PlantedFault> =
        pvhcc_sandbox::planted(1).into_iter().map(|p| (p.id, p.fault)).collect();
    let mut cursor = String::new();
    loop {
        let query = asked(&format!("system=bo&limit=5000{cursor}"));
        let body = check(&contract, path, "get", ask(&http, &sandbox, &query, GATEWAY_TOKEN).await).await;
        let ids = body["dossiers"].as_array().expect("list").iter().filter_map(|r| r["id"].as_str());
        kinds.extend(ids.filter_map(|id| planted.get(id).copied()));
        if body["more"] == false {
            break;
        }
        cursor = format!("&cursor={}", body["next"].as_str().expect("cursor"));
    }
    assert_eq!(kinds.len(), 13);

    let foreign = format!("system=tinh{cursor}");
    for (query, status, code) in [
        ("limit=5", 400, "bad_system"),
        ("system=huyen", 400, "bad_system"),
        ("system=bo&limit=0", 400, "bad_limit"),
        ("system=bo&limit=5001", 400, "bad_limit"),
        ("system=bo&limit=many", 400, "bad_limit"),
        ("system=bo&changed_since=yesterday", 400, "bad_span"),
        ("system=bo&cursor=x", 400, "bad_cursor"),
        ("system=bo&cursor=x&changed_since=2026-05-01T00:00:00Z", 400, "bad_cursor"),
        (&foreign, 400, "bad_cursor"),
        // Of the seed 7.
        ("system=bo&cursor=MS43LmJvLi0uLS4w", 410, "cursor_gone"),
    ] {
        let refused = ask(&http, &sandbox, &asked(query), GATEWAY_TOKEN).await;
        assert_eq!(refused.status(), status, "{query}");
        assert_eq!(check(&contract, path, "get", refused).await["error"], code, "{query}");
    }
    let refused = ask(&http, &sandbox, &asked("system=bo"), "unknown").await;
    assert_eq!(refused.status(), 401);
    check(&contract, path, "get", refused).await;
}

async fn portal_call(http: &Client, sandbox: &Sandbox, path: &str, body: &Value) -> Response {
    let url = format!("{}{path}", sandbox.urls().portal);
    let query = [("dstcode", PORTAL_DSTCODE), ("providerurl", "https://example.invalid")];
    http.post(url).query(&query).json(body).send().await.expect("answer")
}

const LOGIN: &str = "/XrdAdapter/RestService/forward/mapi/login";
const CALL: &str = "/XrdAdapter/RestService/forward/mapi/g";

fn statistics_request(session: &Value) -> Value {
    json!({ "session": session, "madonvi": "H21", "service": "LaySoLieuThongKe", "kieuKy": "thang",
        "tuNgay": "20260101", "denNgay": "20261231" })
}

#[tokio::test]
async fn every_answer_of_the_portal_fits_the_contract() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http, contract) = (start(dir.path()).await, client(), portal());
    let wrong = json!({ "username": PORTAL_USERNAME, "password": "wrong" });
    let refused = portal_call(&http, &sandbox, LOGIN, &wrong).await;
    assert_ne!(check(&contract, LOGIN, "post", refused).await["error_code"], 0);
    let right = json!({ "username": PORTAL_USERNAME, "password": PORTAL_PASSWORD });
    let session =
        check(&contract, LOGIN, "post", portal_call(&http, &sandbox, LOGIN, &right).await).await["session"]
            .clone();

    let good = portal_call(&http, &sandbox, CALL, &statistics_request(&session)).await;
    let body = check(&contract, CALL, "post", good).await;
    let rows = body["result"].as_array().expect("rows");
    let total = |row: &&Value| row["HE_THONG"] == "tinh" && row["TENLINHVUC"].is_null();
    let received: i64 = rows.iter().filter(total).map(|r| r["NHAN_TRONG_KY"].as_i64().expect("count")).sum();
    assert_eq!(received, 338_923);
    assert_eq!(rows.iter().rfind(|r| total(r)).expect("row")["DEN_NGAY"], "20260515");

    let mut unknown = statistics_request(&session);
    unknown["service"] = "Khac".into();
    let mut backwards = statistics_request(&session);
    backwards["denNgay"] = "20251231".into();
    for (body, code) in [(statistics_request(&json!("x")), "-1"), (unknown, "2"), (backwards, "3")] {
        let refused = portal_call(&http, &sandbox, CALL, &body).await;
        assert_eq!(check(&contract, CALL, "post", refused).await["error_code"], code);
    }
    let nowhere = http.post(format!("{}{CALL}", sandbox.urls().portal)).json(&json!({})).send().await;
    let nowhere = nowhere.expect("answer");
    assert_eq!(nowhere.status(), 400);
    check(&contract, CALL, "post", nowhere).await;
}

#[tokio::test]
async fn the_portal_takes_its_member_code_as_a_header_too() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let right = json!({ "username": PORTAL_USERNAME, "password": PORTAL_PASSWORD });
    let url = format!("{}{LOGIN}", sandbox.urls().portal);
    let request =
        http.post(url).header("dstcode", PORTAL_DSTCODE).header("providerurl", "https://example.invalid");
    assert_eq!(request.json(&right).send().await.expect("answer").status(), 200);
}

#[tokio::test]
async fn the_same_seed_serves_the_same_bytes_and_another_seed_others() {
    let bytes = async |seed| {
        let dir = tempfile::tempdir().expect("dir");
        let mut options = common::options(dir.path());
        options.seed = seed;
        let (sandbox, http) = (Sandbox::start(options).await.expect("sandbox"), client());
        let mut all = Vec::new();
        let measures = "/v1/apis/measures?from=2026-05-29T08:00:00%2B07:00&to=2026-05-29T14:00:00%2B07:00";
        let operation = ["/v1/sync", "/v1/fees", "/v1/petitions"];
        for path in
            ["/v1/tasks", "/v1/flows", measures, "/v1/dossiers?system=tinh"].into_iter().chain(operation)
        {
            all.push(ask(&http, &sandbox, path, GATEWAY_TOKEN).await.bytes().await.expect("body"));
        }
        let right = json!({ "username": PORTAL_USERNAME, "password": PORTAL_PASSWORD });
        let login: Value = portal_call(&http, &sandbox, LOGIN, &right).await.json().await.expect("json");
        let request = statistics_request(&login["session"]);
        all.push(portal_call(&http, &sandbox, CALL, &request).await.bytes().await.expect("body"));
        all
    };
    let first = bytes(1).await;
    assert_eq!(first, bytes(1).await);
    assert!(first.iter().zip(bytes(2).await).all(|(a, b)| *a != b));
}

#[tokio::test]
async fn indicators_and_procedures_fit_the_contract_and_so_do_refusals() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http, contract) = (start(dir.path()).await, client(), gateway());
    let path = "/v1/indicators";
    for (query, rows) in [("period=2026", 150 * 30), ("period=2026-05&units=H21,H21.17", 2 * 30)] {
        let answer = ask(&http, &sandbox, &format!("{path}?{query}"), GATEWAY_TOKEN).await;
        let body = check(&contract, path, "get", answer).await;
        assert_eq!(body["indicators"].as_array().map(Vec::len), Some(rows), "{query}");
    }
    for query in ["", "period=2026-13", "period=2026-06", "period=2026&units=H21.999"] {
        let refused = ask(&http, &sandbox, &format!("{path}?{query}"), GATEWAY_TOKEN).await;
        assert_eq!(refused.status(), 400, "{query}");
        check(&contract, path, "get", refused).await;
    }
    let path = "/v1/procedures";
    let answer = ask(&http, &sandbox, path, GATEWAY_TOKEN).await;
    let tag = answer.headers()["etag"].clone();
    let body = check(&contract, path, "get", answer).await;
    let codes: BTreeSet<&str> =
        body["procedures"].as_array().expect("list").iter().filter_map(|p| p["code"].as_str()).collect();
    assert!(codes.len() > 40 && !codes.contains("9.999999"));
    let url = format!("{}{path}", sandbox.urls().gateway);
    let again = http.get(url).bearer_auth(GATEWAY_TOKEN).header("if-none-match", tag).send().await;
    assert_eq!(again.expect("answer").status(), 304);
    for path in ["/v1/indicators", "/v1/procedures"] {
        let refused = ask(&http, &sandbox, path, "unknown").await;
        assert_eq!(refused.status(), 401);
        check(&contract, path, "get", refused).await;
    }
}
