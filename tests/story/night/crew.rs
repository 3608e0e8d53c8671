//! What the duty crew do in the night: whatever stands at S1 or S2 is taken and becomes an incident, which is over when its alert is.

use super::text;
use pvhcc_app::App;
use pvhcc_tests::run;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What an incident came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Incident {
    pub(super) title: String,
    pub(super) severity: String,
    pub(super) stage: String,
    pub(super) detected: i64,
    pub(super) resolved: Option<i64>,
    pub(super) flows: Vec<String>,
    pub(super) apis: Vec<String>,
    pub(super) late: bool,
    /// How many lines of each kind.
    pub(super) timeline: BTreeMap<String, usize>,
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().expect("a list")
}

/// Everything the crew do after a round. Done again, after a kill in the middle of it, it does what is left.
pub(super) async fn act(app: &App) {
    let alerts = run(app, "alerts", json!({})).await;
    let register = run(app, "incidents", json!({})).await;
    let mut of_alert: Vec<(String, Value)> = Vec::new();
    for row in list(&register, "rows") {
        let detail = run(app, "incident", json!({"id": row["id"]})).await;
        of_alert.extend(list(&detail, "alerts").iter().map(|a| (text(&a["id"]), detail["row"].clone())));
    }
    for alert in list(&alerts, "firing").iter().filter(|a| a["severity"] == "s1" || a["severity"] == "s2") {
        if alert["acknowledged"].is_null() {
            let ack = json!({"id": alert["id"], "remark": null});
            run(app, "alert_ack", ack).await;
        }
        if !of_alert.iter().any(|(id, _)| alert["id"] == **id) {
            // As the form has it, opened from the alert.
            let face = list(&register, "alerts").iter().find(|a| a["id"] == alert["id"]).expect("to choose");
            let open = json!({"title": face["text"], "severity": face["severity"], "touched": face["touched"],
                              "alerts": [face["id"]]});
            let id = text(&run(app, "incident_open", open).await["id"]);
            of_alert.push((text(&alert["id"]), run(app, "incident", json!({"id": id})).await["row"].clone()));
        }
    }
    for (alert, row) in of_alert {
        let mut based = row["lastEvent"].clone();
        if row["stage"] == "detected" {
            let ack = json!({"id": row["id"], "basedOn": based});
            based = run(app, "incident_ack", ack).await["eventId"].clone();
        }
        let ended = list(&alerts, "past").iter().find(|a| a["id"] == *alert).map(|a| a["ended"].clone());
        if let Some(ended) = ended.filter(|_| row["resolved"].is_null()) {
            let over = json!({"id": row["id"], "at": ended, "how": "Bên chịu trách nhiệm đã khắc phục",
                              "basedOn": based});
            run(app, "incident_resolve", over).await;
        }
    }
}

/// Every incident of the night, the oldest first.
pub(super) async fn incidents(app: &App) -> Vec<Incident> {
    let register = run(app, "incidents", json!({})).await;
    let mut all = Vec::new();
    for row in list(&register, "rows") {
        let detail = run(app, "incident", json!({"id": row["id"]})).await;
        for alert in list(&detail, "alerts") {
            let alert = run(app, "alert", json!({"id": alert["id"]})).await;
            let named: Vec<&Value> = list(&alert, "incidents").iter().map(|i| &i["id"]).collect();
            assert_eq!(named, [&row["id"]], "the alert names its incident");
        }
        let ids = |name: &str| list(&row["touched"], name).iter().map(text).collect();
        all.push(Incident {
            title: text(&row["title"]),
            severity: text(&row["severity"]),
            stage: text(&row["stage"]),
            detected: row["detected"].as_i64().expect("a moment"),
            resolved: row["resolved"].as_i64(),
            flows: ids("flows"),
            apis: ids("apis"),
            late: list(row, "clocks").iter().any(|c| c["kind"] == "acknowledge" && c["missed"] == true),
            timeline: list(&detail, "timeline").iter().fold(BTreeMap::new(), |mut kinds, line| {
                *kinds.entry(text(&line["kind"])).or_default() += 1;
                kinds
            }),
        });
    }
    all.sort_by(|a, b| (a.detected, &a.title).cmp(&(b.detected, &b.title)));
    all
}
