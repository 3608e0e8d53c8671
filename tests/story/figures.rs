//! The figures in the README's pictures, derived anew from what they rest on: the checklist as the decision has it, the
//! training history, and the reported statistics. No number is copied here.

use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn data(path: &str) -> Value {
    serde_json::from_str(&file(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// `338923` as people read it.
fn vn(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
    groups.join(".")
}

/// Tenths of a percent, rounded: `98,6%`, `96%`.
fn percent(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 + whole) / (2 * whole);
    let text = format!("{},{}%", tenths / 10, tenths % 10);
    text.replace(",0%", "%")
}

fn n(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is a count"))
}

/// The reported figures of both systems, as the source data state them.
struct Reported {
    received: u64,
    direct: u64,
    pending: u64,
    done: u64,
    late: u64,
    /// What the parts of a system leave out of what it received.
    gaps: Vec<u64>,
}

fn reported() -> Reported {
    let statistics = data("assets/sandbox/statistics.json");
    let mut sum = Reported { received: 0, direct: 0, pending: 0, done: 0, late: 0, gaps: Vec::new() };
    for system in statistics["systems"].as_array().expect("systems") {
        let (received, direct, pending) =
            (n(&system["received"]), n(&system["direct"]), n(&system["pending"]));
        let left_out = if system["direct_is_counted"] == true { 0 } else { direct };
        sum.received += received;
        sum.direct += direct;
        sum.pending += pending;
        sum.done += received - left_out - pending;
        sum.late += n(&system["late"]);
        sum.gaps.extend((left_out > 0).then_some(left_out));
    }
    sum
}

/// Kind, lead units and due day (ISO) of each row of the decision.
fn decision() -> BTreeMap<String, (String, Vec<String>, String)> {
    let text = file("assets/checklist/source.csv");
    // The fields that are read stand at the ends; what is quoted stands between them.
    let row = |line: &str| {
        let (head, tail): (Vec<&str>, Vec<&str>) = (line.split(',').collect(), line.rsplit(',').collect());
        let due = tail[0].trim().split('/').rev().collect::<Vec<_>>().join("-");
        let units = tail[1].split(';').map(|u| u.trim().to_owned()).collect();
        (head[0].to_owned(), (head[3].to_owned(), units, due))
    };
    text.lines().skip(1).filter(|l| !l.is_empty()).map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_in_the_pictures_follow_from_the_checklist_the_history_and_the_statistics() {
    let pictures = data("assets/screenshots/figures.json");
    let shown = |id: &str, part: &str| {
        pictures["tiles"][id][part]
            .as_str()
            .unwrap_or_else(|| panic!("{part} of {id} in {pictures}"))
            .to_owned()
    };

    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), "leader", false).await.expect("opens");
    sign_in(&app).await;
    let report = app.poll_once().await.expect("polls");
    assert!(report.all_answered(), "{report:?}");

    // The pictures say what the use cases say.
    let overview = run(&app, "overview", json!({})).await;
    for tile in overview["tiles"].as_array().expect("tiles") {
        let id = tile["id"].as_str().expect("id");
        let words = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let value = [&tile["value"], &tile["unit"], &tile["proved"]["value"], &tile["proved"]["unit"]]
            .map(words)
            .join(" ");
        assert_eq!(shown(id, "value"), value.split_whitespace().collect::<Vec<_>>().join(" "), "{id}");
        assert_eq!(shown(id, "note"), words(&tile["note"]), "{id}");
    }
    let charts = pictures["charts"].as_object().expect("charts");
    assert_eq!(charts.len(), 5);
    for (chart, title) in charts {
        let args = json!({"chart": chart, "width": 640, "height": 220, "theme": "light"});
        let drawn = run(&app, "chart", args).await;
        assert_eq!(&drawn["title"], title, "{chart}");
        assert!(drawn["svg"].as_str().is_some_and(|s| s.contains("<svg")), "{chart}");
        assert!(drawn["rows"].as_array().is_some_and(|r| !r.is_empty()), "{chart} has its table");
    }

    // Tasks: those of the decision that are no headings, those the history says were done, and the rest.
    let decision = decision();
    let tasks: Vec<&String> = decision.iter().filter(|(_, row)| row.0 == "task").map(|(no, _)| no).collect();
    let history = data("assets/sandbox/history.json");
    let done: Vec<&str> = (history["done"].as_object().expect("days").values())
        .flat_map(|day| day.as_array().expect("tasks").iter().filter_map(Value::as_str))
        .collect();
    assert!(done.iter().all(|no| tasks.iter().any(|t| t == no)), "{done:?} are tasks");
    let open = tasks.len() - done.len();
    assert!(shown("tasks", "value").starts_with(&format!("{} / {} báo xong", done.len(), tasks.len())));
    assert!(
        charts["burn_up"].as_str().is_some_and(|t| t.starts_with(&format!("Còn {open} nhiệm vụ chưa xong")))
    );

    // Each task that is said to be done is proved, failed, unseen or only said.
    let rows = run(&app, "tasks", json!({})).await;
    let rows: Vec<&Value> =
        rows["rows"].as_array().expect("rows").iter().filter(|r| r["heading"] == false).collect();
    let toned =
        |tone: &str| rows.iter().filter(|r| r["status"] == "done" && r["proof"]["tone"] == tone).count();
    let (proved, failed, silent) = (toned("proved"), toned("failed"), toned("silent"));
    assert!(shown("tasks", "value").ends_with(&format!("{proved} có minh chứng")));
    let bare = done.len() - proved - failed - silent;
    assert_eq!(
        shown("tasks", "note"),
        format!("{failed} không đạt · {bare} chỉ báo xong"),
        "{silent} unseen"
    );
    let unproved = tasks.len() - proved;
    assert!(
        charts["burn_up"].as_str().is_some_and(|t| t.contains(&format!("{unproved} chưa có minh chứng")))
    );

    // Overdue: not done, and the due day in force (the decision's, or as changed) is past.
    let today = "2026-05-29";
    let changed = |no: &str| {
        let row = rows.iter().find(|r| r["no"] == no).expect("a row");
        row["changedDue"].as_str().map(ToOwned::to_owned)
    };
    let overdue: Vec<&String> = (tasks.iter().copied())
        .filter(|no| !done.contains(&no.as_str()))
        .filter(|no| changed(no).unwrap_or_else(|| decision[*no].2.clone()).as_str() < today)
        .collect();
    assert_eq!(shown("overdue", "value"), overdue.len().to_string());
    let mut by_unit: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in overdue.iter().flat_map(|no| &decision[*no].1) {
        *by_unit.entry(unit.as_str()).or_default() += 1;
    }
    let worst = by_unit.values().max().copied().unwrap_or(0);
    assert!(shown("overdue", "note").contains(&format!(" {worst}")), "{by_unit:?}");
    let title = format!("quá hạn {worst} nhiệm vụ");
    assert!(charts["units"].as_str().is_some_and(|t| t.ends_with(&title)), "{title}");

    // Dossiers: received is online and direct; on time is done less late; the gap is what a system's parts leave out.
    let reported = reported();
    let online = reported.received - reported.direct;
    assert_eq!(shown("received", "value"), vn(reported.received));
    assert!(
        shown("received", "note").starts_with(&format!("{} trực tuyến", percent(online, reported.received)))
    );
    assert_eq!(shown("on_time", "value"), percent(reported.done - reported.late, reported.done));
    assert!(
        charts["dossiers"]
            .as_str()
            .is_some_and(|t| t.contains(&format!("còn {} hồ sơ", vn(reported.pending))))
    );
    assert_eq!(shown("findings", "value"), reported.gaps.len().to_string());
    let gap = reported.gaps.iter().max().copied().unwrap_or(0);
    assert!(shown("findings", "note").starts_with(&format!("chênh {} ", vn(gap))));
    assert_eq!(reported.received, reported.done + reported.pending + reported.gaps.iter().sum::<u64>());

    // The dialog of the gap adds up by itself, system by system.
    let checks = overview["checks"]["checks"].as_array().expect("checks");
    for check in checks {
        let side = |side: &str| -> u64 {
            let parts = check[side].as_array().expect("parts").iter();
            parts
                .map(|p| {
                    p["value"].as_str().expect("a figure").replace('.', "").parse::<u64>().expect("a number")
                })
                .sum()
        };
        let difference = side("left").abs_diff(side("right"));
        assert_eq!(check["state"] == "broken", difference != 0, "{check}");
        assert!(difference == 0 || check["verdict"] == format!("chênh {} hồ sơ", vn(difference)), "{check}");
    }
    let received = checks.iter().filter(|c| c["right"][0]["name"] == "trực tuyến");
    let total: u64 = received
        .map(|c| {
            c["left"][0]["value"]
                .as_str()
                .expect("a figure")
                .replace('.', "")
                .parse::<u64>()
                .expect("a number")
        })
        .sum();
    assert_eq!(total, reported.received, "both systems are in the dialog");
    app.shutdown().await;
}
