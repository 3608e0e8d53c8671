//! Indicators of QĐ 766 through the public use cases: what the gateway states is kept as it states it, scores follow from the
//! counts, units have their places, and the rates beside them say where they come from.

use pvhcc_tests::{http, open_with_records, run, sign_in};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

/// The gateway's own words on a period, by unit and code.
async fn stated(app: &pvhcc_app::App, period: &str) -> BTreeMap<(String, String), Value> {
    let gateway = app.sandbox_urls().expect("training").gateway;
    let url = format!("{gateway}/v1/indicators?period={period}");
    let answer: Value =
        http().get(url).bearer_auth("sandbox").send().await.expect("answer").json().await.expect("JSON");
    let key = |row: &Value, field: &str| row[field].as_str().expect("text").to_owned();
    let rows = list(&answer["indicators"]).iter();
    rows.map(|row| ((key(row, "unit"), key(row, "code")), row.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn indicators_are_shown_as_stated_checked_ranked_and_explained() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open_with_records(folder.path(), "leader").await.expect("opens");
    sign_in(&app).await;

    let nothing = run(&app, "indicators", json!({})).await;
    assert!(nothing["score"].is_null() && nothing["period"].is_null());
    assert_eq!(nothing["state"], "not_observed");
    // The training history has calls and a register of obstacles before anything is asked.
    let before = ["support_response", "technical_errors", "peak_performance"].map(|id| json!(id));
    let known = |rate: &&Value| !rate["value"].is_null() && !before.contains(&rate["id"]);
    let known: Vec<&Value> = list(&nothing["rates"]).iter().filter(known).collect();
    assert!(known.is_empty(), "{known:?}");

    let report = app.poll_once().await.expect("polls");
    assert!(report.sources.iter().all(|line| line.error.is_none()), "{:?}", report.sources);

    // The whole province over the year, as the gateway states it.
    let year = stated(&app, "2026").await;
    let province = run(&app, "indicators", json!({})).await;
    assert_eq!(province["period"]["id"], "2026");
    assert_eq!(province["score"], year[&("H21".to_owned(), "qd766".to_owned())]["score"]);
    let periods: Vec<&str> = list(&province["periods"]).iter().filter_map(|p| p["id"].as_str()).collect();
    assert_eq!(periods, ["2026", "2026-05", "2026-04", "2026-03", "2026-02", "2026-01"]);
    assert_eq!((list(&province["blocks"]).len(), &province["bandVerified"]), (6, &json!(false)));

    // A unit in a month: nulls stay nulls, every score follows from its counts and is at most its maximum.
    let may = stated(&app, "2026-05").await;
    let mut silent = 0;
    for unit in ["H21.17", "H21.09", "H21.182"] {
        let view = run(&app, "indicators", json!({ "period": "2026-05", "unit": unit })).await;
        let mut total = 0.0;
        for c in list(&view["blocks"]).iter().flat_map(|block| list(&block["components"])) {
            let code = c["code"].as_str().expect("code").to_owned();
            let row = &may[&(unit.to_owned(), code)];
            for part in ["numerator", "denominator", "score"] {
                assert_eq!(c[part], row[part], "{part} of {c}");
            }
            assert_eq!(c["score"].is_null() && number(&c["max"]) > 0.0, !c["missing"].is_null(), "{c}");
            silent += usize::from(!c["missing"].is_null());
            if let Some(score) = c["score"].as_f64() {
                let rate = number(&c["numerator"]) / number(&c["denominator"]);
                let expected = (number(&c["max"]) * rate / number(&c["target"])).min(number(&c["max"]));
                assert!((score - expected).abs() < 0.0051, "{c}");
                assert!(c["difference"].is_null() && c["computed"] == c["score"], "{c}");
                total += score;
            }
        }
        assert!((number(&view["score"]) - total).abs() < 0.001, "{}", view["title"]);

        // What would move the score most: gains are what is lost, the greatest first.
        let gains: Vec<f64> = list(&view["moves"]).iter().map(|m| number(&m["gain"])).collect();
        assert!(gains.windows(2).all(|two| two[0] >= two[1]) && !gains.is_empty());
        assert!(list(&view["moves"]).iter().all(|m| m["cases"].as_u64() > Some(0)));
    }
    assert!(silent > 0, "some component has no denominator in a month");

    // Places: agencies among agencies, communes among communes, by their totals.
    let units = list(&province["units"]);
    for (group, of) in [("agency", 14), ("commune", 135)] {
        let scores: Vec<f64> =
            units.iter().filter(|u| u["group"] == group).map(|u| number(&u["score"])).collect();
        assert_eq!(scores.len(), of);
        assert!(scores.windows(2).all(|two| two[0] >= two[1]), "{group} by place");
    }
    let first = units.iter().find(|u| u["group"] == "agency").expect("agencies");
    let view = run(&app, "indicators", json!({ "unit": first["code"] })).await;
    assert_eq!(view["place"]["text"], "hạng 1 trên 14 sở, ban, ngành");
    let trend: Vec<&str> = list(&view["trend"]).iter().filter_map(|m| m["period"].as_str()).collect();
    assert_eq!(trend, ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]);

    // The rates of the documents: counted from records, near what the sandbox draws them from, beside the portal's.
    let rate = |id: &str| list(&province["rates"]).iter().find(|r| r["id"] == id).expect("rate").clone();
    for (id, around) in [("digitised", 0.6873), ("electronic_result", 0.73), ("reused", 0.2193)] {
        let rate = rate(id);
        assert!((number(&rate["value"]) - around).abs() < 0.01, "{rate}");
        assert!(rate["beside"].as_str().is_some_and(|text| text.contains("Cổng công bố")), "{rate}");
        assert!(rate["published"].as_str().is_some_and(|text| text.contains("Đề án 06")), "{rate}");
    }
    assert!((number(&rate("online")["value"]) - 0.96).abs() < 0.01, "{}", rate("online"));
    for id in [
        "on_time",
        "fully_online",
        "online_payment",
        "satisfaction",
        "petitions_on_time",
        "sync_success",
        "technical_errors",
        "peak_performance",
        "support_response",
        "data_quality",
        "handling_time",
    ] {
        assert!(rate(id)["value"].as_f64().is_some_and(|v| v > 0.0), "{}", rate(id));
        assert!(rate(id)["missing"].is_null(), "{}", rate(id));
    }
    assert_eq!(rate("time_cut")["source"], "chưa có nguồn");
    assert!(rate("time_cut")["value"].is_null());

    // Files, and what is refused.
    for args in [json!({ "format": "xlsx" }), json!({ "format": "csv", "ranking": true })] {
        let file = run(&app, "indicators_export", args).await;
        let bytes = std::fs::read(file["path"].as_str().expect("path")).expect("written");
        assert!(bytes.len() > 2000);
    }
    for (args, field) in [
        (json!({ "period": "x" }), "period"),
        (json!({ "period": "2025" }), "period"),
        (json!({ "unit": "H21.999" }), "unit"),
    ] {
        let refused = app.dispatch("indicators", args).await.expect_err("refused");
        assert_eq!(refused.details.get("field").map(String::as_str), Some(field), "{}", refused.message);
    }
    app.shutdown().await;
}
