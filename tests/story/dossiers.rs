//! Dossier figures through the public use cases: what the sandbox's systems state and what its records count side by side,
//! the one finding of document 002, and the way from a figure down to the versions of one record.

use pvhcc_app::App;
use pvhcc_sandbox::statistics;
use pvhcc_tests::{http, open_with_records, run, sign_in};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const REPORTED: &str = "2026-01-01..2026-05-15";

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text"))
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is a count"))
}

fn codes(row: &Value) -> Vec<String> {
    list(&row["cell"]).iter().map(|part| text(&part["code"]).to_owned()).collect()
}

/// Asks for figures; what is not said stays as the page sends it at first.
async fn stats(app: &App, asked: Value) -> Value {
    let mut args = json!({"period": REPORTED, "by": [], "basis": null, "descending": false, "offset": 0});
    for (name, value) in asked.as_object().expect("arguments") {
        args[name] = value.clone();
    }
    run(app, "dossier_stats", args).await
}

/// The rows of an answer by their codes.
fn rows(view: &Value) -> BTreeMap<Vec<String>, &Value> {
    list(&view["rows"]).iter().map(|row| (codes(row), row)).collect()
}

/// A profile with everything polled once: the portal's statistics and every record.
async fn polled(folder: &std::path::Path) -> App {
    let app = open_with_records(folder, "staff").await.expect("opens");
    sign_in(&app).await;
    let report = app.poll_once().await.expect("polls");
    assert!(report.sources.iter().all(|line| line.error.is_none()), "{:?}", report.sources);
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_known_before_anything_was_asked_and_nothing_is_0_for_that() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&app).await;
    let view = stats(&app, json!({"by": ["system"]})).await;
    assert_eq!((view["total"]["figures"]["received"].clone(), list(&view["rows"]).len()), (Value::Null, 0));
    let missing = list(&view["total"]["figures"]["missing"]);
    assert!(missing.iter().any(|m| text(&m["reason"]).contains("Chưa có báo cáo")), "{missing:?}");
    let findings = run(&app, "dossier_findings", json!({"period": REPORTED})).await;
    assert_eq!((findings["known"].clone(), list(&findings["findings"]).len()), (json!(false), 0));
    assert!(text(&findings["text"]).contains("Chưa có"), "no finding is not good when nothing is known");
    let form = run(&app, "dossier_form", json!({"period": REPORTED})).await;
    assert!(list(&form["total"]).iter().all(Value::is_null));
    for (period, filter) in [
        ("2026-13", json!({})),
        ("2026-05-15..2026-01-01", json!({})),
        ("2026", json!({"channels": ["fax"]})),
    ] {
        let refused = app.dispatch("dossier_stats", json!({"period": period, "filter": filter})).await;
        let error = refused.expect_err("not a question");
        assert!(!error.message.is_empty() && error.details.contains_key("field"), "{error:?}");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_and_records_stand_side_by_side_and_differ_in_the_one_known_place() {
    let folder = tempfile::tempdir().expect("folder");
    let app = polled(folder.path()).await;

    exactly_one_finding(&app).await;
    a_system_nobody_tells_of_is_not_known(&app).await;
    stated_figures_are_as_stated(&app).await;
    records_tell_the_same_where_they_can(&app).await;
    a_figure_opens_in_three_steps(&app).await;
    the_form_is_the_same_figures(&app).await;
    every_picture_has_its_table(&app).await;
    what_is_seen_becomes_a_file(&app).await;
    what_changed_is_taken_in_and_the_past_stays(&app).await;
    let grown = by_unit(&app, Value::Null).await;
    app.shutdown().await;
    let anew = open_with_records(folder.path(), "staff").await.expect("opens");
    sign_in(&anew).await;
    assert_eq!(
        by_unit(&anew, Value::Null).await,
        grown,
        "kept true change by change is what reading anew gives"
    );
    anew.shutdown().await;
}

/// Document 002: the ministries' 129 direct dossiers, once, with its parts, whom to ask, and what the records tell.
async fn exactly_one_finding(app: &App) {
    let view = run(app, "dossier_findings", json!({"period": REPORTED})).await;
    let findings = list(&view["findings"]);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let found = &findings[0];
    assert_eq!((text(&found["kind"]), text(&found["rule"])), ("identity", "balance"));
    assert_eq!((&found["difference"], &found["filter"]["systems"]), (&json!(129), &json!(["bo"])));
    assert_eq!((text(&found["leftSum"]), text(&found["rightSum"])), ("38.885", "38.756"));
    assert!(text(&found["hint"]).contains("nhận trực tiếp (129)"), "{found}");
    assert!(text(&found["ask"]).contains("C12"), "{found}");
    // The records account for it: they have the dossiers that done and pending leave out.
    assert!(text(&found["records"]).contains("báo cáo 26.152"), "{found}");
    // By field over the whole period, and by month of the whole, the parts add up to it.
    let beneath = list(&found["beneath"]);
    let sum = |of: &dyn Fn(&&Value) -> bool| -> i64 {
        beneath.iter().filter(of).filter_map(|part| part["difference"].as_i64()).sum()
    };
    let whole = |part: &&Value| part["period"]["id"] == REPORTED;
    let of_field = |part: &&Value| !list(&part["filter"]["fields"]).is_empty();
    assert_eq!(sum(&|part| whole(part) && of_field(part)), 129);
    assert_eq!(sum(&|part| !whole(part) && !of_field(part)), 129);
    // Whatever span is asked for, the gap within it is one finding, with nothing beside it.
    for (period, at, difference) in [
        ("2026", REPORTED, 129),
        ("2026-Q1", "2026-Q1", 69),
        ("2026-Q2", "2026-04-01..2026-05-15", 60),
        ("2026-01-01..2026-05-29", REPORTED, 129),
        ("2026-01", "2026-01", 20),
        ("2026-02", "2026-02", 18),
        ("2026-03", "2026-03", 31),
        ("2026-04", "2026-04", 35),
        ("2026-05", "2026-05-01..2026-05-15", 25),
        ("2026-05-01..2026-05-15", "2026-05-01..2026-05-15", 25),
    ] {
        let view = run(app, "dossier_findings", json!({"period": period})).await;
        let findings = list(&view["findings"]);
        assert_eq!(findings.len(), 1, "{period}: {findings:#?}");
        let found = &findings[0];
        assert_eq!(
            (&found["rule"], &found["difference"]),
            (&json!("balance"), &json!(difference)),
            "{period}"
        );
        assert_eq!(found["period"]["id"], at, "{period}");
        assert!(!found["records"].is_null(), "{period}: the records account for it");
    }
    // Each part opens to a cell where the figure is marked.
    let part = beneath.iter().find(|part| whole(part) && of_field(part)).expect("a field");
    let cell = stats(app, json!({"filter": part["filter"], "basis": "reports"})).await;
    let marks = list(&cell["total"]["broken"]);
    assert_eq!((marks.len(), &marks[0]["difference"]), (1, &part["difference"]));
    // The overview tells of the same one.
    let overview = run(app, "overview", json!({})).await;
    let tile = list(&overview["tiles"]).iter().find(|tile| tile["id"] == "findings").expect("a tile");
    assert_eq!(tile["value"], "1");
    marked_wherever_the_figure_appears(app, &overview).await;
}

/// The strip, form II.06a, the pictures and the overview mark the figures that do not add up, with the difference and whom
/// to ask.
async fn marked_wherever_the_figure_appears(app: &App, overview: &Value) {
    let says = |mark: &Value| {
        let text = text(mark);
        assert!(text.contains("chênh 129 hồ sơ. Hỏi: ") && text.ends_with('.'), "{text}");
    };
    let strip = stats(app, json!({})).await;
    assert!(text(&strip["total"]["broken"][0]["text"]).ends_with("chênh 129 hồ sơ."), "{}", strip["total"]);
    let form = run(app, "dossier_form", json!({"period": REPORTED})).await;
    assert_eq!(form["basis"], "reports");
    let marks = list(&form["totalMarks"]);
    assert_eq!((marks.len(), &marks[0]["columns"]), (1, &json!([4, 5, 7, 11])));
    says(&marks[0]["text"]);
    assert_eq!(form["totalBroken"], json!([4, 5, 7, 11]));
    let of_rows = list(&form["rows"]).iter().filter(|row| !list(&row["marks"]).is_empty()).count();
    assert!(of_rows > 0 && of_rows < list(&form["rows"]).len(), "{of_rows} fields of the ministries");
    for (chart, marked) in [("trend", true), ("fields", true), ("channels", true), ("ageing", false)] {
        let args = json!({"chart": chart, "period": REPORTED, "width": 640, "height": 280, "theme": "light"});
        let drawn = run(app, "dossier_chart", args).await;
        assert_eq!(drawn["basis"], if marked { "reports" } else { "records" }, "{chart} says what it counts");
        assert_eq!(list(&drawn["marks"]).len(), usize::from(marked), "{chart}");
        list(&drawn["marks"]).iter().for_each(says);
    }
    // A year that is not over is counted from records, and so are its months.
    let args = json!({"chart": "trend", "period": "2026", "width": 640, "height": 280, "theme": "light"});
    let drawn = run(app, "dossier_chart", args).await;
    assert_eq!(
        (&drawn["basis"], text(&drawn["title"]).contains("Chưa")),
        (&json!("records"), false),
        "{}",
        drawn["title"]
    );
    let marks = list(&overview["marks"]);
    assert_eq!((marks.len(), &marks[0]["tile"]), (1, &json!("received")));
    says(&marks[0]["text"]);
    let args = json!({"chart": "dossiers", "width": 640, "height": 280, "theme": "light"});
    let drawn = run(app, "chart", args).await;
    assert_eq!(list(&drawn["marks"]).len(), 1, "what is left is part of what does not add up");
    says(&drawn["marks"][0]);
}

/// What no source tells of is not known, and the answer says so.
async fn a_system_nobody_tells_of_is_not_known(app: &App) {
    let view = stats(app, json!({"filter": {"systems": ["cong"]}})).await;
    assert!(view["total"]["figures"]["received"].is_null());
    let said = text(&view["headline"]);
    assert!(said.contains("Chưa có nguồn nào") && said.contains("Cổng DVCQG"), "{said}");
    assert!(list(&view["notes"]).contains(&view["headline"]), "{}", view["notes"]);
    let choices = run(app, "dossier_choices", json!({})).await;
    let codes: Vec<&str> = list(&choices["systems"]).iter().map(|system| text(&system["code"])).collect();
    assert!(codes.contains(&"cong") && codes.contains(&"tinh") && codes.contains(&"bo"), "{codes:?}");
}

/// Every cell that the portal states, month by month joined to the period.
async fn stated_figures_are_as_stated(app: &App) {
    let view = stats(app, json!({"by": ["system", "field"]})).await;
    assert_eq!(view["basis"], "reports");
    let unplaced = list(&view["notes"]).iter().any(|note| text(note).contains("chưa xếp được"));
    assert!(!unplaced, "reports have no part that could not be placed: {}", view["notes"]);
    let mut stated: BTreeMap<(String, Option<String>), (u64, u64, u64)> = BTreeMap::new();
    for figures in statistics(1) {
        let counts = figures.statement.counts;
        let (received, done, pending) = stated.entry((figures.system, figures.field)).or_default();
        *received += counts.received.expect("stated");
        *done += counts.done.expect("stated");
        *pending = counts.pending.expect("stated");
    }
    let rows = rows(&view);
    let mut cells = 0;
    for ((system, field), expected) in &stated {
        let Some(field) = field else { continue };
        let row = rows[&vec![system.clone(), field.clone()]];
        let figures = &row["figures"];
        let told = (count(&figures["received"]), count(&figures["done"]), count(&figures["pending"]));
        assert_eq!(told, *expected, "{system} {field}");
        // Nothing is told of what was carried over into the first month, and so of the total.
        assert!(figures["carriedOver"].is_null() && figures["total"].is_null());
        let reasons: Vec<&str> = list(&figures["missing"]).iter().map(|m| text(&m["reason"])).collect();
        assert!(reasons.contains(&"báo cáo không nêu tồn kỳ trước"), "{reasons:?}");
        assert!(!text(&row["cell"][1]["name"]).starts_with("TH-"), "fields have names: {row}");
        cells += 1;
    }
    assert_eq!(cells, rows.len());
    let total = &view["total"]["figures"];
    assert_eq!((count(&total["received"]), count(&total["receivedDirect"])), (377_808, 14_985));
    assert_eq!(total["doneOnTimeRate"].as_f64().map(|rate| (rate * 1000.0).round()), Some(986.0));
    // The broken identity is marked where the figure appears: in the total, and in the ministries' fields only.
    assert_eq!(list(&view["total"]["broken"]).len(), 1);
    for (codes, row) in &rows {
        assert!(list(&row["broken"]).is_empty() || codes[0] == "bo", "{codes:?}");
    }
    let checks = list(&view["checks"]);
    assert_eq!(checks[0]["state"], "broken", "broken ones first");
    assert!(
        checks.iter().any(|check| check["verdict"] == "chưa đủ dữ liệu"),
        "what cannot be checked says so"
    );
    // A month that was stated only in part is not told by reports; the records tell it.
    let may = stats(app, json!({"period": "2026-05"})).await;
    assert_eq!(may["basis"], "records");
    assert!(text(&may["basisNote"]).contains("15/05/2026"), "{}", may["basisNote"]);
    assert!(list(&may["notes"]).iter().any(|note| text(note).contains("chưa kết thúc")), "{}", may["notes"]);
}

/// Records against what the portal states, cell by cell and month by month. Records with absurd dates have no place among
/// done and pending; but for those, only the ministries' direct ones differ.
async fn records_tell_the_same_where_they_can(app: &App) {
    let periods = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05-01..2026-05-15", REPORTED];
    for period in periods {
        let asked = json!({"period": period, "by": ["system", "field"], "basis": "records"});
        let view = stats(app, asked).await;
        for row in list(&view["rows"]) {
            let (records, reports) = (&row["figures"], &row["other"]);
            for figure in ["received", "receivedOnline", "receivedDirect"] {
                assert_eq!(records[figure], reports[figure], "{period} {figure} {row}");
            }
            let differs = !list(&row["differences"]).is_empty();
            assert!(!differs || codes(row)[0] == "bo", "{period}: {row}");
            let unplaced = count(&records["unplaced"]);
            let told = count(&records["done"]) + count(&records["pending"]);
            let carried = records["carriedOver"].as_u64().unwrap_or(0);
            assert_eq!(told + unplaced, count(&records["received"]) + carried, "{period}: {row}");
        }
        assert_eq!(view["total"]["figures"]["carriedOver"].is_null(), period.starts_with("2026-01"));
    }
    // Each ministry by itself, which the portal does not tell; together they are the whole.
    let parts = stats(app, json!({"by": ["subsystem"], "filter": {"systems": ["bo"]}})).await;
    assert_eq!(parts["basis"], "reports", "the whole is stated");
    let parts =
        stats(app, json!({"by": ["subsystem"], "filter": {"systems": ["bo"]}, "basis": "records"})).await;
    let received: u64 = list(&parts["rows"]).iter().map(|row| count(&row["figures"]["received"])).sum();
    assert_eq!((received, list(&parts["rows"]).len() > 3), (38_885, true));
    // Units and channels: only records tell, and every way of splitting adds up to the same.
    for by in [
        json!(["unit"]),
        json!(["unit_group"]),
        json!(["channel"]),
        json!(["unit", "month"]),
        json!(["procedure"]),
    ] {
        let view = stats(app, json!({"by": by, "limit": 100_000})).await;
        assert_eq!(view["basis"], "records", "{by}");
        let sum = |figure: &str| -> u64 {
            list(&view["rows"]).iter().map(|row| count(&row["figures"][figure])).sum()
        };
        assert_eq!((sum("received"), sum("receivedOnline")), (377_808, 362_823), "{by}");
    }
    // A year before there are no records: not known, not 0.
    let year = stats(app, json!({"period": "2025", "basis": "records"})).await;
    assert!(year["total"]["figures"]["received"].is_null(), "{}", year["total"]);
    // What had been polled before anything was polled.
    let before = stats(app, json!({"basis": "records", "asOf": 1_767_225_600_000_i64})).await;
    assert!(before["total"]["figures"]["received"].is_null());
}

/// From a figure with its formula to groups, to records, to the versions of one; each step shows as many as it says.
async fn a_figure_opens_in_three_steps(app: &App) {
    let figure = "pending_overdue";
    let groups =
        stats(app, json!({"by": ["unit"], "basis": "records", "sort": figure, "descending": true})).await;
    let definition = list(&groups["definitions"]).iter().find(|d| d["id"] == figure).expect("defined");
    assert_eq!(definition["number"], 12);
    assert!(text(&definition["formula"]).contains("C₂"));
    let values: Vec<u64> =
        list(&groups["rows"]).iter().map(|r| count(&r["figures"]["pendingOverdue"])).collect();
    assert!(values.is_sorted_by(|a, b| a >= b) && values[0] > 0, "{values:?}");

    let worst = &groups["rows"][0];
    let args = json!({"period": REPORTED, "filter": worst["filter"], "figure": figure, "offset": 0});
    let behind = run(app, "dossier_list", args.clone()).await;
    assert_eq!(
        (count(&behind["count"]), list(&behind["rows"]).len() as u64),
        (values[0], values[0].min(200))
    );
    assert!(list(&behind["rows"]).iter().all(|row| text(&row["standing"]).contains("quá hạn")), "{behind}");
    let unit = text(&worst["cell"][0]["name"]);
    assert!(list(&behind["rows"]).iter().all(|row| row["unit"] == unit), "{unit}");

    let line = &behind["rows"][0];
    let record = run(app, "dossier", json!({"dossier": line["dossier"]})).await;
    assert_eq!((&record["code"], &record["system"]), (&line["code"], &line["system"]));
    assert_eq!(list(&record["versions"]).len(), 1);
    assert!(text(&record["versions"][0]["origin"]).contains("/v1/dossiers"), "{record}");
    assert!(
        list(&record["fields"])
            .iter()
            .any(|field| field["name"] == "NgayHenTra" && !field["value"].is_null())
    );
    let same = run(app, "dossier", json!({"system": record["system"], "code": record["code"]})).await;
    assert_eq!(same["dossier"], record["dossier"]);
    assert!(app.dispatch("dossier", json!({"system": "tinh", "code": "H21-000000-0000"})).await.is_err());
    // Every count opens to as many as it says; pages do not overlap.
    let total = &groups["total"]["figures"];
    for (figure, name) in [
        ("received", "received"),
        ("done_late", "doneLate"),
        ("unplaced", "unplaced"),
        ("done_early", "doneEarly"),
    ] {
        let args = json!({"period": REPORTED, "filter": {}, "figure": figure, "offset": 0, "limit": 3});
        assert_eq!(run(app, "dossier_list", args).await["count"], total[name], "{figure}");
    }
    let page = async |offset: u64| {
        let args =
            json!({"period": REPORTED, "filter": {}, "figure": "done_late", "offset": offset, "limit": 50});
        let rows = run(app, "dossier_list", args).await;
        list(&rows["rows"]).iter().map(|row| text(&row["code"]).to_owned()).collect::<BTreeSet<_>>()
    };
    let (first, second) = (page(0).await, page(50).await);
    assert_eq!((first.len(), second.len(), first.intersection(&second).count()), (50, 50, 0));
}

/// Form II.06a by records: its checks say what does not add up, and its columns are the 13 figures.
async fn the_form_is_the_same_figures(app: &App) {
    let form = run(app, "dossier_form", json!({"period": "2026-04", "basis": "records"})).await;
    let figures =
        stats(app, json!({"period": "2026-04", "basis": "records"})).await["total"]["figures"].clone();
    let column = |number: usize| form["total"][number - 3].clone();
    assert_eq!(
        (column(6), column(3), column(10)),
        (figures["carriedOver"].clone(), figures["total"].clone(), figures["doneLate"].clone())
    );
    assert_eq!(count(&column(8)) + count(&column(9)), count(&figures["doneOnTime"]));
    assert_eq!(count(&column(4)) + count(&column(5)), count(&figures["received"]));
    let rows: u64 = list(&form["rows"]).iter().map(|row| count(&row["values"][0])).sum();
    assert_eq!(rows, count(&column(3)));
    let states: Vec<&str> = list(&form["checks"]).iter().map(|check| text(&check["state"])).collect();
    assert_eq!(states[0], "holds", "what came in adds up");
    assert_eq!(list(&form["crosswalk"]).len(), 9);
    // By reports nobody tells (8) and (9) apart: they stay open, and their check says that it cannot be told.
    let form = run(app, "dossier_form", json!({"period": "2026-04", "basis": "reports"})).await;
    assert!(form["total"][5].is_null() && form["total"][6].is_null() && !form["total"][4].is_null());
    assert_eq!(form["checks"][2]["state"], "unknown");
}

async fn every_picture_has_its_table(app: &App) {
    for chart in ["trend", "units", "fields", "ageing", "channels", "heat_map"] {
        let args = json!({"chart": chart, "period": REPORTED, "width": 640, "height": 280, "theme": "light"});
        let drawn = run(app, "dossier_chart", args).await;
        assert!(text(&drawn["svg"]).starts_with("<svg"), "{chart}");
        assert!(!list(&drawn["rows"]).is_empty() && !text(&drawn["title"]).is_empty(), "{chart}");
        assert!(!text(&drawn["title"]).contains("Chưa"), "{chart}: {}", drawn["title"]);
        assert!(text(&drawn["provenance"]).contains("số liệu tại"), "{chart}: {}", drawn["provenance"]);
        let targets =
            list(&drawn["hotspots"]).iter().filter(|spot| spot["target"]["screen"] == "dossiers").count();
        assert!(targets > 0, "{chart} leads on");
    }
}

async fn what_is_seen_becomes_a_file(app: &App) {
    let stats = json!({"period": REPORTED, "by": ["system", "field"], "descending": false, "offset": 0});
    let behind =
        json!({"period": REPORTED, "filter": {}, "figure": "pending_overdue", "offset": 0, "limit": 5});
    let chart = json!({"chart": "units", "period": REPORTED, "width": 640, "height": 280, "theme": "dark"});
    for (args, starts) in [
        (json!({"what": "stats", "args": stats, "format": "csv"}), "\u{feff}".as_bytes()),
        (json!({"what": "stats", "args": stats, "format": "xlsx"}), b"PK"),
        (json!({"what": "list", "args": behind, "format": "csv"}), "\u{feff}".as_bytes()),
        (json!({"what": "form", "args": {"period": REPORTED}}), b"PK"),
        (json!({"what": "chart", "args": chart}), b"\x89PNG"),
    ] {
        let saved = run(app, "dossier_export", args.clone()).await;
        let bytes = std::fs::read(text(&saved["path"])).expect("written");
        assert!(bytes.starts_with(starts), "{args}");
        if args["what"] == "list" {
            let told = run(app, "dossier_list", behind.clone()).await;
            let lines = String::from_utf8(bytes).expect("text");
            let rows = lines.lines().filter(|line| line.contains("H21.")).count() as u64;
            assert_eq!(rows, count(&told["count"]), "all of them, not only the page");
        }
    }
}

/// The figures of May by unit and channel, counted from records.
async fn by_unit(app: &App, as_of: Value) -> BTreeMap<Vec<String>, Value> {
    let by = json!({"period": "2026-05", "by": ["unit", "channel"], "basis": "records", "asOf": as_of, "limit": 100_000});
    let view = stats(app, by).await;
    assert!(count(&view["rowCount"]) > 200);
    rows(&view).into_iter().map(|(codes, row)| (codes, row["figures"].clone())).collect()
}

/// Three days on; and what had been known before they came.
async fn what_changed_is_taken_in_and_the_past_stays(app: &App) {
    let before = by_unit(app, Value::Null).await;
    let then = run(app, "frame", json!({})).await["now"].clone();
    let clock = format!("{}/clock", app.sandbox_urls().expect("training").control);
    let moved = http().post(clock).json(&json!({"advance_ms": 3 * 86_400_000_i64})).send().await;
    assert!(moved.expect("answer").status().is_success());
    let report = app.poll_once().await.expect("polls");
    assert!(report.sources.iter().all(|line| line.error.is_none()), "{:?}", report.sources);
    let after = by_unit(app, Value::Null).await;
    let sum = |rows: &BTreeMap<Vec<String>, Value>, figure: &str| -> u64 {
        rows.values().map(|figures| count(&figures[figure])).sum()
    };
    assert!(sum(&after, "received") > sum(&before, "received"));
    assert!(sum(&after, "done") > sum(&before, "done"));
    assert_eq!(by_unit(app, then).await, before, "as of a moment only what was known then counts");
    // A dossier that was handled meanwhile has a version for each state it was seen in.
    let done =
        json!({"period": "2026-05-30..2026-06-01", "filter": {}, "figure": "done", "offset": 0, "limit": 1});
    let line = run(app, "dossier_list", done).await["rows"][0].clone();
    let record = run(app, "dossier", json!({"dossier": line["dossier"]})).await;
    let versions = list(&record["versions"]);
    assert!(versions.len() >= 2 && versions[1]["validTo"] == versions[0]["validFrom"], "{record}");
    let changed: BTreeSet<&str> = list(&versions[0]["changes"]).iter().map(|c| text(&c["label"])).collect();
    assert!(changed.contains("Trạng thái") && changed.contains("Ngày kết thúc xử lý"), "{changed:?}");
}
