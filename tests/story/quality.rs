//! Quality of the dossier records, through the public use cases: what is planted in the sandbox is found, all of it and nothing
//! else, counted by rule, system and unit, opened to its records, written to a file, and kept true while records change.

use pvhcc_sandbox::planted;
use pvhcc_tests::{http, open_with_records, run, sign_in};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Fault, system, id of the record.
type Fault = (String, String, String);

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text")).to_owned()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn planted_faults() -> BTreeSet<Fault> {
    let name = |fault| text(&serde_json::to_value(fault).expect("a name"));
    planted(1).into_iter().map(|p| (name(p.fault), p.system, p.id)).collect()
}

/// What a list tells, fault by fault; the system as the gateway names it.
fn told(list_view: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    for row in list(&list_view["rows"]) {
        let system = text(&row["line"]["system"]).split('.').next().unwrap_or_default().to_owned();
        faults.extend(
            list(&row["rules"]).iter().map(|rule| (text(rule), system.clone(), text(&row["record"]))),
        );
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_planted_is_found_and_nothing_else_while_records_change() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&app).await;

    let before = run(&app, "dossier_quality", json!({})).await;
    assert_eq!(before["state"], "nothing", "no record is nothing to look at, not good");
    assert!(list(&before["rules"]).iter().all(|rule| rule["state"] == "nothing"));

    let report = app.poll_once().await.expect("polls");
    assert!(report.sources.iter().all(|line| line.error.is_none()), "{:?}", report.sources);
    let view = run(&app, "dossier_quality", json!({})).await;
    let expected = planted_faults();
    assert_eq!(view["faults"], expected.len(), "{}", view["title"]);
    assert_eq!(expected.iter().map(|(fault, ..)| fault).collect::<BTreeSet<_>>().len(), 13, "kinds");
    assert_eq!(view["state"], "found");

    // By rule and system.
    for rule in list(&view["rules"]) {
        for system in ["tinh", "bo"] {
            let of = expected.iter().filter(|(fault, of, _)| rule["id"] == *fault && of == system).count();
            let counted = list(&rule["systems"]).iter().find(|s| s["code"] == system);
            let counted = counted.map_or(0, |s| s["found"].as_u64().unwrap_or(0));
            assert_eq!(counted, of as u64, "{} in {system}", rule["id"]);
        }
        let looked = rule["looked"].as_u64().expect("a count");
        assert_eq!(rule["state"] == "nothing", looked == 0, "{rule}");
    }

    // Every count opens to its records.
    let all = run(&app, "dossier_quality_list", json!({ "limit": 1000 })).await;
    let found = told(&all);
    assert_eq!(found.len(), expected.len(), "each fault once");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    let asked = json!({ "rule": "duplicate_code", "system": "bo", "limit": 3 });
    let some = run(&app, "dossier_quality_list", asked).await;
    let of_bo =
        expected.iter().filter(|(fault, system, _)| fault == "duplicate_code" && system == "bo").count();
    assert_eq!((some["count"].as_u64(), list(&some["rows"]).len()), (Some(of_bo as u64), 3.min(of_bo)));

    // By unit, and the unit's list as a file.
    let units = list(&view["units"]);
    let of_units: u64 = units.iter().map(|u| u["faulty"].as_u64().expect("a count")).sum();
    assert_eq!(Some(of_units), view["faulty"].as_u64());
    let unit = units.iter().find(|u| u["group"] == "commune").expect("a commune has faults");
    let args = json!({ "unit": unit["code"] });
    let of_unit = run(&app, "dossier_quality_list", args).await;
    assert_eq!(of_unit["count"], unit["faulty"]);
    let file = run(&app, "dossier_quality_export", json!({ "unit": unit["code"], "format": "csv" })).await;
    let csv = std::fs::read_to_string(text(&file["path"])).expect("written");
    for row in list(&of_unit["rows"]) {
        assert!(csv.contains(&text(&row["line"]["code"])), "{row}");
    }
    assert_eq!(csv.lines().filter(|line| line.contains("H21.")).count(), list(&of_unit["rows"]).len());
    let wrong = app.dispatch("dossier_quality_list", json!({ "rule": "no_such" })).await;
    assert_eq!(wrong.expect_err("refused").details.get("field").map(String::as_str), Some("rule"));

    // Three days on, what changed is taken in as if all had been read anew.
    let clock = format!("{}/clock", app.sandbox_urls().expect("training").control);
    let moved = http().post(clock).json(&json!({ "advance_ms": 3 * 86_400_000_i64 })).send().await;
    assert!(moved.expect("answer").status().is_success());
    app.poll_once().await.expect("polls");
    let grown = run(&app, "dossier_quality", json!({})).await;
    assert!(grown["records"].as_u64() > view["records"].as_u64());
    assert_eq!(grown["faults"], view["faults"], "{}", grown["title"]);
    let days: Vec<String> = list(&grown["history"]).iter().map(|d| text(&d["day"])).collect();
    assert_eq!(days, ["2026-05-29", "2026-06-01"]);
    app.shutdown().await;
    let anew = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&anew).await;
    let fresh = run(&anew, "dossier_quality", json!({})).await;
    for part in ["records", "faulty", "faults", "rules", "units", "systems"] {
        assert_eq!(fresh[part], grown[part], "{part}");
    }
    anew.shutdown().await;
}
