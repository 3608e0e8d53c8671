//! The replay through the public use cases: what the window showed of the cutover night at a moment is what the replay shows of
//! that moment later; the log has everything once and in order; files have every line.

use pvhcc_app::{
    App,
    wire::{ReplayArgs, ReplayExportArgs, ReplayFormat},
};
use pvhcc_domain::time::Ms;
use pvhcc_store::Transition;
use pvhcc_tests::{Seat, run, set_clock};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn at(time: &str) -> i64 {
    let day = if time < "12:00" { "30" } else { "29" };
    Ms::parse_rfc3339(&format!("2026-05-{day}T{time}:00+07:00")).expect("instant").0
}

/// The night from a quarter to seven on, nobody asked yet.
async fn night(folder: &std::path::Path) -> (App, Seat) {
    let (app, seat) = Seat::open(folder, "2026-05-29T18:45:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    run(&app, "rehearsal_start", json!({"id": "cutover-night", "speed": 0.0})).await;
    (app, seat)
}

fn report(title: &str, detected: &str) -> Value {
    json!({"title": title, "severity": "s2", "detected": at(detected), "text": "Người dân báo",
           "touched": {"flows": ["sso"], "apis": [], "tasks": [], "units": []}})
}

/// Views that follow the moment, each with what it is asked.
fn views() -> Vec<(&'static str, Value)> {
    vec![
        ("watch", json!({})),
        ("watch_api", json!({"api": "dvcqg.07"})),
        ("watch_timeline", json!({"from": at("18:00"), "to": at("23:00")})),
        ("watch_heat", json!({"from": at("18:00"), "to": at("23:00")})),
        ("alert_top", json!({})),
        ("alerts", json!({"from": at("19:00")})),
        ("incidents", json!({})),
        ("runs", json!({})),
        ("duty", json!({"from": at("19:00"), "to": at("07:00")})),
    ]
}

/// What only says that it is the past, and who may act.
const TOLD_APART: [&str; 7] = ["past", "canAct", "canEscalate", "canReport", "canRun", "canEdit", "editable"];

fn plain(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !TOLD_APART.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect(),
        Value::Array(all) => all.iter().map(plain).collect(),
        other => other.clone(),
    }
}

async fn shown(app: &App, moment: Option<i64>) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, mut question) in views() {
        if let Some(moment) = moment {
            question["asOf"] = json!(moment);
        }
        all.push((name.to_owned(), plain(&run(app, name, question).await)));
    }
    all
}

/// The first place in which two values differ.
fn difference(path: &str, live: &Value, past: &Value) -> Option<String> {
    match (live, past) {
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let of = |fields: &serde_json::Map<String, Value>, name: &String| {
                fields.get(name).cloned().unwrap_or_default()
            };
            names
                .into_iter()
                .find_map(|name| difference(&format!("{path}.{name}"), &of(a, name), &of(b, name)))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(n, (a, b))| difference(&format!("{path}[{n}]"), a, b))
        }
        (Value::Array(a), Value::Array(b)) => Some(format!("{path}: {} live, {} replayed", a.len(), b.len())),
        _ => (live != past).then(|| format!("{path}: {live} live, {past} replayed")),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_at_a_moment_is_what_the_replay_shows_of_it_later() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, _seat) = night(folder.path()).await;
    let mut kept = Vec::new();
    for time in ["19:00", "19:30", "20:10", "22:05", "22:15", "22:40", "23:10", "02:00"] {
        let day = if time < "12:00" { "30" } else { "29" };
        set_clock(&app, &format!("2026-05-{day}T{time}:00+07:00")).await;
        app.poll_once().await.expect("polls");
        match time {
            "19:30" => {
                let book = run(&app, "runbooks", json!({})).await["rows"][0]["id"].clone();
                let open =
                    json!({"runbook": book, "mode": "rehearsal", "starts": at("20:00"), "rollsBack": null});
                run(&app, "run_open", open).await;
            }
            "20:10" => {
                run(&app, "incident_open", report("Thanh toán ngừng", "20:05")).await;
            }
            "22:15" => {
                let firing = run(&app, "alerts", json!({})).await["firing"].clone();
                if let Some(id) = firing[0]["id"].as_str() {
                    run(&app, "alert_ack", json!({"id": id, "remark": "đang xem"})).await;
                }
            }
            _ => {}
        }
        // Acts of this minute stand at the moment that is asked of.
        kept.push((at(time), shown(&app, None).await));
    }
    let rows = run(&app, "incidents", json!({})).await["rows"].as_array().map(Vec::len);
    assert_eq!(rows, Some(1));
    for (moment, live) in kept {
        for ((name, live), (_, past)) in live.iter().zip(shown(&app, Some(moment)).await) {
            let said = Ms(moment).local().format("%H:%M");
            assert_eq!(difference(name, live, &past), None, "{name} at {said}");
        }
    }

    // Before anybody asked, nothing is known; and nobody acts in the past.
    let before = run(&app, "watch", json!({"asOf": at("18:50")})).await;
    assert_eq!((&before["good"], &before["verdict"]), (&json!(0), &json!("not_observed")));
    let past = run(&app, "alerts", json!({"asOf": at("22:40")})).await;
    assert_eq!((&past["canAct"], &past["canEscalate"]), (&json!(false), &json!(false)));
    assert_eq!(run(&app, "incidents", json!({"asOf": at("22:40")})).await["canReport"], false);
    assert!(app.dispatch("alerts", json!({"asOf": at("03:30")})).await.is_err(), "not yet");
    app.shutdown().await;
}

async fn log(app: &App, from: &str, to: &str) -> Value {
    run(app, "replay_log", json!({"from": at(from), "to": at(to)})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_everything_once_and_in_order_and_so_have_its_files() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, _seat) = night(folder.path()).await;
    for time in ["19:00", "19:30", "20:10", "22:05", "22:15", "22:40", "02:00"] {
        let day = if time < "12:00" { "30" } else { "29" };
        set_clock(&app, &format!("2026-05-{day}T{time}:00+07:00")).await;
        app.poll_once().await.expect("polls");
        if time == "22:15" {
            run(&app, "incident_open", report("SSO chậm", "22:10")).await;
        }
    }
    let view = log(&app, "18:45", "02:00").await;
    let lines = view["lines"].as_array().expect("lines").clone();
    assert_eq!(view["cut"], 0);
    let moments: Vec<i64> = lines.iter().filter_map(|l| l["at"].as_i64()).collect();
    assert!(moments.is_sorted() && moments.len() == lines.len());
    let ids: BTreeSet<&str> = lines.iter().filter_map(|l| l["id"].as_str()).collect();
    assert_eq!(ids.len(), lines.len(), "each once");
    assert!(lines.iter().all(|l| l["text"].as_str().is_some_and(|text| !text.is_empty())));

    // Against the journal: every act of the span, also those that are told as one.
    let events = app.store().events(None, 0, i64::MAX).await.expect("journal");
    let of_span = events.iter().filter(|e| (at("18:45")..=at("02:00")).contains(&e.said_at.0)).count();
    let acts: u64 = lines.iter().filter_map(|l| l["acts"].as_u64()).sum();
    assert_eq!(acts, of_span as u64);
    // Against what was concluded: each cause that was raised, each change of an API or a flow.
    let concluded = app.store().transitions(None, Ms(at("18:45"))).await.expect("transitions");
    let changed = |t: &&Transition| t.entity.starts_with("watch:") && t.from.is_some();
    let told = |kind: &str, origin: &str| {
        lines.iter().filter(|l| l["kind"] == kind && l["origin"] == origin).count()
    };
    assert!(told("watch", "concluded") >= concluded.iter().filter(changed).count());
    let raised = |t: &&Transition| {
        t.entity.starts_with("alert:")
            && t.to.starts_with("raised")
            && !t.from.as_deref().is_some_and(|from| from.starts_with("raised") || from.starts_with("easing"))
    };
    let raised = concluded.iter().filter(raised).count();
    let began =
        lines.iter().filter(|l| l["text"].as_str().is_some_and(|t| t.contains("Phát cảnh báo"))).count();
    assert!(raised > 0);
    assert_eq!(began, raised);
    assert!(told("gap", "observed") > 0, "between the rounds nobody asked");

    let find = |part: &str| lines.iter().find(|l| l["text"].as_str().is_some_and(|t| t.contains(part)));
    let incident = find("SSO chậm").expect("the incident");
    assert_eq!((&incident["happened"], &incident["kind"]), (&json!(at("22:10")), &json!("incident")));
    assert!(incident["target"]["filter"].as_str().is_some_and(|f| f.starts_with("incidents?id=")));
    assert!(incident["at"].as_i64() >= Some(at("22:15")), "nothing showed it earlier");

    // A file has as many lines, and a heading.
    let span = ReplayArgs { from: Some(at("18:45")), to: Some(at("02:00")) };
    let file = async |format| {
        let args = ReplayExportArgs { span: span.clone(), format };
        app.replay_file(&args).await.expect("a file")
    };
    let of_json: Value = serde_json::from_slice(&file(ReplayFormat::Json).await).expect("JSON");
    assert_eq!(of_json.as_array().map(Vec::len), Some(lines.len()));
    let book = file(ReplayFormat::Xlsx).await;
    let sheets = pvhcc_sources::files::read(&book).expect("a workbook");
    let head = sheets[0].rows.iter().position(|row| row.first().is_some_and(|c| c.text() == "Thời điểm"));
    assert_eq!(sheets[0].rows.len() - head.expect("the headings") - 1, lines.len());
    let saved =
        run(&app, "replay_export", json!({"from": at("18:45"), "to": at("02:00"), "format": "csv"})).await;
    let text = std::fs::read_to_string(saved["path"].as_str().expect("path")).expect("CSV");
    assert!(text.contains("SSO chậm") && text.contains("tự động"));

    // Without a span, the night that is on.
    let usual = run(&app, "replay_log", json!({})).await;
    assert_eq!(usual["from"], at("19:00"));
    assert!(
        usual["spans"][0]["title"].as_str().is_some_and(|t| t.contains("Diễn tập")),
        "{}",
        usual["spans"]
    );
    assert!(app.dispatch("replay_log", json!({"from": at("22:00"), "to": at("21:00")})).await.is_err());
    app.shutdown().await;
}
