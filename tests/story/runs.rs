//! Runs of runbooks through the public use cases: a whole rehearsal with gates and the point of no return by two persons; what a
//! live run refuses; two who press the same; reasons to go back that outlive a restart; texts that are wrong.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App, Options,
    wire::{AppEvent, ErrorCode, WireError},
};
use pvhcc_tests::{Seat, options, run, set_clock, until};
use serde_json::{Value, json};

const CUTOVER: &str = "cutover-2026-05-29";

/// A runbook of two steps: the second needs the gateway, and there is one gate and one reason to go back.
const SMALL: &str = r#"id = "small"
title = "Kịch bản nhỏ"
basis = ["Công văn 7007"]
starts = "2026-05-29T14:00:00+07:00"
window_minutes = 120
rollback = "rollback-2026-05-29"
worst_rollback_minutes = 45

[[streams]]
id = "work"
name = "Việc"

[[steps]]
id = "one"
stream = "work"
title = "Bước một"
owner = { unit = "vnpt" }
start = 0
minutes = 10
validation = "xong"
evidence = "Ảnh chụp"

[[steps]]
id = "two"
stream = "work"
title = "Bước hai"
owner = { unit = "vnpt" }
start = 10
minutes = 10
after = ["one"]
needs = [{ node = "gateway", metric = "up", is = ">=", value = 1 }]
validation = "xong"

[[steps]]
id = "three"
stream = "work"
title = "Bước ba"
owner = { unit = "vnpt" }
start = 20
minutes = 10
after = ["one"]
gates = ["go"]
validation = "xong"

[[gates]]
id = "go"
title = "Đi hay dừng"
at = 15
decides = { unit = "vp_ubnd", role = "leader" }
after = ["one"]

[[gates.criteria]]
id = "machine"
text = "Trục tích hợp trả lời"
level = "must"
measure = { node = "gateway", metric = "up", is = ">=", value = 1 }

[[gates.criteria]]
id = "word"
text = "Đơn vị đã sẵn sàng"
level = "must"
word = { unit = "tt_pvhcc", role = "duty" }

[[triggers]]
id = "obstacles"
text = "Có vướng mắc chưa gỡ suốt 15 phút"
after = "one"
when = { figure = "obstacles_open", is = ">=", value = 1, minutes = 15 }
"#;

fn file(name: &str, text: &str) -> Value {
    json!({"name": name, "content": STANDARD.encode(text)})
}

async fn refused(app: &App, command: &str, args: Value) -> WireError {
    match app.dispatch(command, args).await {
        Err(e) => e,
        Ok(value) => panic!("{command} was not refused: {value}"),
    }
}

fn items<'a>(view: &'a Value, field: &str) -> &'a [Value] {
    view[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn one<'a>(view: &'a Value, field: &str, id: &str) -> &'a Value {
    items(view, field).iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{field} lacks {id}"))
}

async fn import(app: &App, text: &str) -> Value {
    run(app, "runbook_import", json!({"file": file("kich-ban.toml", text)})).await
}

async fn open_run(app: &App, runbook: &str, mode: &str) -> String {
    let args = json!({"runbook": runbook, "mode": mode, "starts": null, "rollsBack": null});
    let view = run(app, "run_open", args).await;
    view["row"]["id"].as_str().expect("an id").to_owned()
}

/// Begins and ends every step that may be begun, until none may.
async fn go_on(app: &App, id: &str) {
    loop {
        let view = run(app, "run", json!({"id": id})).await;
        let open: Vec<&Value> = items(&view, "steps")
            .iter()
            .filter(|s| s["startable"] == true || s["startableDespite"] == true)
            .collect();
        let Some(step) = open.first() else { return };
        let despite =
            if step["startable"] == true { Value::Null } else { json!("diễn tập, chưa có số đo") };
        run(app, "step_start", json!({"run": id, "step": step["id"], "despite": despite})).await;
        let end = json!({"run": id, "step": step["id"], "end": "done", "text": "đạt", "files": []});
        run(app, "step_end", end).await;
    }
}

fn vote(id: &str, gate: &str, criterion: &str, vote: &str, reason: Value) -> Value {
    json!({"run": id, "gate": gate, "criterion": criterion, "vote": vote, "reason": reason})
}

fn decide(id: &str, gate: &str, decision: &str, despite: bool) -> Value {
    json!({"run": id, "gate": gate, "decision": decision, "reason": "theo các tiêu chí", "despite": despite})
}

/// Asks a second person to say it too, and what came of it.
async fn second(app: &App, seat: &Seat, id: &str, user: &'static str) -> Value {
    seat.beside(user);
    run(app, "no_return_start", json!({"run": id, "reason": "đủ điều kiện"})).await;
    until(app, "no_return_state", |v| v["phase"] != "waiting").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_goes_from_the_first_step_to_the_last_with_gates_and_two_persons_at_the_point_of_no_return()
 {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-22T14:00:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    let id = open_run(&app, CUTOVER, "rehearsal").await;
    go_on(&app, &id).await;
    let view = run(&app, "run", json!({"id": null})).await;
    assert_eq!(view["row"]["id"], json!(id));
    let switch = one(&view, "steps", "switch");
    assert_eq!((&switch["stage"], &switch["startableDespite"]), (&json!("waiting"), &json!(false)));
    assert!(
        items(switch, "reasons").iter().any(|r| r == "Chờ quyết định «Chuyển hay dừng»."),
        "{}",
        switch["reasons"]
    );

    // The gate: words by whom the criteria name, the decision by the leader.
    seat.sign_in(&app, "staff").await;
    let error = refused(&app, "gate_vote", vote(&id, "go-switch", "people", "go", Value::Null)).await;
    assert_eq!(error.code, ErrorCode::Forbidden, "{}", error.message);
    assert!(error.message.contains("TT PVHCC tỉnh · Trực"), "{}", error.message);
    let error = refused(&app, "gate_decide", decide(&id, "go-switch", "go", true)).await;
    assert_eq!(error.code, ErrorCode::Forbidden);
    seat.sign_in(&app, "leader").await;
    let error = refused(&app, "gate_decide", decide(&id, "go-switch", "go", true)).await;
    assert_eq!(error.code, ErrorCode::Conflict, "two must-criteria wait for somebody's word");
    seat.sign_in(&app, "vnpt").await;
    run(&app, "gate_vote", vote(&id, "go-switch", "backup", "go", Value::Null)).await;
    run(&app, "gate_vote", vote(&id, "go-open", "system", "go", Value::Null)).await;
    seat.sign_in(&app, "duty").await;
    let error = refused(&app, "gate_vote", vote(&id, "go-switch", "people", "no_go", Value::Null)).await;
    assert_eq!(error.details.get("field").map(String::as_str), Some("reason"), "a no needs a reason");
    run(&app, "gate_vote", vote(&id, "go-switch", "people", "go", Value::Null)).await;
    run(&app, "gate_vote", vote(&id, "go-open", "service", "go", Value::Null)).await;
    seat.sign_in(&app, "leader").await;
    let error = refused(&app, "gate_decide", decide(&id, "go-switch", "go", false)).await;
    assert!(error.message.contains("Diễn tập có thể đi tiếp"), "{}", error.message);
    let view = run(&app, "gate_decide", decide(&id, "go-switch", "go", true)).await;
    let shown = &one(&view, "gates", "go-switch")["decisions"][0]["shown"];
    assert!(
        shown.to_string().contains("Trục tích hợp trả lời: không quan sát được"),
        "what was not observed is kept as such: {shown}"
    );
    let error = refused(&app, "step_start", json!({"run": id, "step": "switch"})).await;
    assert_eq!(error.code, ErrorCode::Forbidden, "a leader runs no steps");
    let error = refused(&app, "no_return_start", json!({"run": id, "reason": null})).await;
    assert_eq!(error.code, ErrorCode::Conflict, "steps before it are not done: {}", error.message);

    seat.sign_in(&app, "duty").await;
    go_on(&app, &id).await;
    seat.sign_in(&app, "leader").await;
    run(&app, "gate_decide", decide(&id, "go-open", "go", true)).await;

    // The point of no return.
    let state = second(&app, &seat, &id, "leader").await;
    assert_eq!(state["phase"], "refused");
    assert!(state["problem"].as_str().is_some_and(|p| p.contains("chính bạn")), "{state}");
    for (user, why) in [("staff", "Trực hoặc Lãnh đạo"), ("guest", "Trực hoặc Lãnh đạo")] {
        let state = second(&app, &seat, &id, user).await;
        assert!(state["problem"].as_str().is_some_and(|p| p.contains(why)), "{user}: {state}");
    }
    assert_eq!(run(&app, "run", json!({"id": id})).await["noReturn"], Value::Null, "nothing was written");
    let state = second(&app, &seat, &id, "duty").await;
    assert_eq!(state["phase"], "passed", "{state}");
    let view = run(&app, "run", json!({"id": id})).await;
    let both = &view["noReturn"];
    assert!(both["first"].as_str().is_some_and(|w| w.starts_with("Lãnh đạo 03")), "{both}");
    assert!(both["second"].as_str().is_some_and(|w| w.starts_with("Trực 02")), "{both}");
    assert_eq!((&view["lastSafe"], &view["rollback"]), (&Value::Null, &Value::Null), "nowhere to go back to");
    let session = run(&app, "session", json!({})).await;
    assert_eq!(session["user"]["role"], "leader", "the first stays at the window");
    let error = refused(&app, "gate_decide", decide(&id, "go-open", "roll_back", false)).await;
    assert_eq!(error.code, ErrorCode::Conflict, "{}", error.message);

    seat.sign_in(&app, "duty").await;
    let error = refused(&app, "step_reopen", json!({"run": id, "step": "backup", "reason": "thử"})).await;
    assert_eq!(error.code, ErrorCode::Conflict, "it lies before the point of no return");
    go_on(&app, &id).await;
    let view = run(&app, "run", json!({"id": id})).await;
    assert_eq!(view["row"]["done"], view["row"]["steps"], "{}", view["headline"]);
    let ended = run(&app, "run_end", json!({"run": id, "text": "Diễn tập đạt"})).await;
    assert_eq!(ended["ended"]["detail"], "Diễn tập đạt");
    let error = refused(&app, "run_pause", json!({"run": id, "text": "chậm"})).await;
    assert_eq!(error.code, ErrorCode::Conflict);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_run_waits_for_machine_gates_evidence_and_musts_and_goes_back_by_a_run_of_its_own() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    assert_eq!(import(&app, SMALL).await["saved"], true);
    let id = open_run(&app, "small", "live").await;
    let again = json!({"runbook": "small", "mode": "live", "starts": null, "rollsBack": null});
    assert_eq!(refused(&app, "run_open", again).await.code, ErrorCode::Conflict, "one at a time");
    run(&app, "step_start", json!({"run": id, "step": "one"})).await;
    let end = |files: Value| json!({"run": id, "step": "one", "end": "done", "text": "đạt", "files": files});
    let error = refused(&app, "step_end", end(json!([]))).await;
    assert_eq!(error.details.get("field").map(String::as_str), Some("files"), "{}", error.message);
    let view = run(&app, "step_end", end(json!([file("anh.png", "ảnh")]))).await;
    let kept = &one(&view, "steps", "one")["files"][0];
    let saved = run(&app, "step_file", json!({"run": id, "step": "one", "sha256": kept["sha256"]})).await;
    let path = saved["path"].as_str().expect("a path");
    assert_eq!(std::fs::read_to_string(path).expect("saved"), "ảnh");

    // Nobody asked the gateway: what is not observed allows nothing, and a reason helps only in a rehearsal.
    let start = json!({"run": id, "step": "two", "despite": "gấp"});
    let error = refused(&app, "step_start", start.clone()).await;
    assert_eq!(error.code, ErrorCode::Conflict);
    assert!(error.message.contains("Cổng máy đo chưa cho: Trục tích hợp"), "{}", error.message);
    let skip = json!({"run": id, "step": "two", "end": "skipped", "text": "gấp", "files": []});
    assert_eq!(refused(&app, "step_end", skip).await.code, ErrorCode::Conflict, "no way around a gate");
    run(&app, "gate_vote", vote(&id, "go", "word", "go", Value::Null)).await;
    seat.sign_in(&app, "leader").await;
    let error = refused(&app, "gate_decide", decide(&id, "go", "go", true)).await;
    assert!(error.message.contains("Chỉ có thể quyết định tạm dừng hoặc quay lui"), "{}", error.message);
    let held = run(&app, "gate_decide", decide(&id, "go", "hold", false)).await;
    assert_eq!(one(&held, "gates", "go")["tone"], "warn");

    app.poll_once().await.expect("polls");
    let view = run(&app, "run", json!({"id": id})).await;
    assert_eq!(one(&view, "steps", "two")["startable"], true, "{}", one(&view, "steps", "two")["reasons"]);
    run(&app, "gate_decide", decide(&id, "go", "go", false)).await;

    // Back: decided first, then a run of the runbook that leads back.
    seat.sign_in(&app, "duty").await;
    let back = json!({"runbook": "rollback-2026-05-29", "mode": "live", "starts": null, "rollsBack": id});
    assert_eq!(refused(&app, "run_open", back.clone()).await.code, ErrorCode::Conflict, "nobody decided it");
    seat.sign_in(&app, "leader").await;
    run(&app, "gate_decide", decide(&id, "go", "roll_back", false)).await;
    seat.sign_in(&app, "duty").await;
    let error = refused(&app, "step_start", json!({"run": id, "step": "two"})).await;
    assert!(error.message.contains("Đã quyết định quay lui"), "{}", error.message);
    let view = run(&app, "run_open", back).await;
    assert_eq!(view["row"]["rollsBack"], json!(id));
    let back_id = view["row"]["id"].as_str().expect("an id").to_owned();
    run(&app, "step_start", json!({"run": back_id, "step": "announce-stop"})).await;
    let view = run(&app, "run", json!({"id": id})).await;
    assert_eq!(view["rolledBackBy"], json!([back_id]));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_press_the_same_step_one_writes_and_the_other_is_told_who_was_first() {
    let folder = tempfile::tempdir().expect("folder");
    let start = "2026-05-29T14:00:00+07:00";
    let (app, seat) = Seat::open(folder.path(), start).await;
    seat.sign_in(&app, "admin").await;
    let roster = run(&app, "roster", json!({})).await;
    let vnpt =
        items(&roster, "people").iter().find(|p| p["unit"]["id"] == "vnpt").expect("a person")["person"]
            .clone();
    let assign = json!({"code": vnpt, "name": "Trực VNPT", "unit": "vnpt", "role": "duty",
                        "from": "2026-01-01", "to": null, "deputy": false});
    run(&app, "roster_assign", assign).await;
    seat.sign_in(&app, "duty").await;
    let id = open_run(&app, CUTOVER, "live").await;
    // Another program on the same folder, in somebody else's name.
    let at = pvhcc_domain::time::Ms::parse_rfc3339(start).expect("an instant");
    let beside = App::open(Options {
        exclusive: false,
        sandbox_clock: Some((at, 0.0)),
        ..options(folder.path(), "vnpt", false)
    })
    .await
    .expect("opens beside");
    beside.on_command_line(Some("vnpt")).await.expect("known");
    for step in ["roll-call", "accounts", "procedures", "fee-config"] {
        let press = json!({"run": id, "step": step});
        let (here, there) =
            tokio::join!(app.dispatch("step_start", press.clone()), beside.dispatch("step_start", press));
        let errors: Vec<WireError> = [here, there].into_iter().filter_map(Result::err).collect();
        let [error] = errors.as_slice() else { panic!("{} were refused", errors.len()) };
        assert_eq!(error.code, ErrorCode::Conflict, "{}", error.message);
        let view = run(&app, "run", json!({"id": id})).await;
        let first = one(&view, "steps", step)["startedBy"].as_str().expect("somebody").to_owned();
        assert!(error.message.contains(&first), "{} is told of {first}", error.message);
        let started = items(&view, "log").iter().filter(|l| {
            let title = one(&view, "steps", step)["title"].as_str().unwrap_or_default();
            l["text"] == json!(format!("Bắt đầu «{title}»"))
        });
        assert_eq!(started.count(), 1, "nothing is written twice");
    }
    beside.shutdown().await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_to_go_back_is_timed_from_its_step_and_a_restart_forgets_no_minute() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    import(&app, SMALL).await;
    let id = open_run(&app, "small", "live").await;
    let trigger = async |app: &App| {
        let view = run(app, "run", json!({"id": id})).await;
        one(&view, "triggers", "obstacles").clone()
    };
    assert_eq!(trigger(&app).await["danger"], "unarmed");
    run(&app, "step_start", json!({"run": id, "step": "one"})).await;
    let end = json!({"run": id, "step": "one", "end": "done", "text": null, "files": [file("a.png", "x")]});
    let view = run(&app, "step_end", end).await;
    // 14:00 + 120 − 45 minutes.
    let safe = pvhcc_domain::time::Ms::parse_rfc3339("2026-05-29T15:15:00+07:00").expect("an instant");
    assert_eq!(view["lastSafe"], json!(safe.0));
    set_clock(&app, "2026-05-29T14:10:00+07:00").await;
    let building = trigger(&app).await;
    assert_eq!(building["danger"], "building");
    assert!(building["state"].as_str().is_some_and(|s| s.starts_with("đã 10/15 phút")), "{building}");
    app.shutdown().await;
    drop(app);

    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    let mut events = app.subscribe();
    set_clock(&app, "2026-05-29T14:15:00+07:00").await;
    let view = run(&app, "run", json!({"id": id})).await;
    let met = one(&view, "triggers", "obstacles");
    assert_eq!(met["danger"], "met", "{met}");

    seat.sign_in(&app, "duty").await;
    let mut told = async |app: &App| {
        app.poll_once().await.expect("polls");
        let mut found = Vec::new();
        while let Ok(event) = events.try_recv() {
            if let AppEvent::RollbackDue { run, level, text } = event {
                found.push((run, level, text));
            }
        }
        found
    };
    let loud = told(&app).await;
    let [(of, 4, text)] = loud.as_slice() else { panic!("a live run calls everybody, once: {loud:?}") };
    assert_eq!(*of, id);
    assert!(text.contains("Có vướng mắc chưa gỡ suốt 15 phút"), "{text}");
    assert!(told(&app).await.is_empty(), "it was told");
    let lines = async |app: &App| {
        let view = run(app, "overview", json!({})).await;
        let lines: Vec<Value> = items(&view, "attention").to_vec();
        lines.into_iter().filter(|l| l["badge"] == "Quay lui").collect::<Vec<_>>()
    };
    let found = lines(&app).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["target"]["filter"], format!("runbook?run={id}"));
    assert!(found[0]["detail"].as_str().is_some_and(|d| d.contains("14:15")), "{}", found[0]);
    run(&app, "run_end", json!({"run": id, "text": "Dừng"})).await;
    assert_eq!(lines(&app).await.len(), 0);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_kept_byte_for_byte_and_wrong_ones_are_refused_by_line() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, seat) = Seat::open(folder.path(), "2026-05-29T14:00:00+07:00").await;
    seat.sign_in(&app, "duty").await;
    let shipped = run(&app, "runbooks", json!({})).await;
    assert_eq!(items(&shipped, "rows").len(), 2);
    for row in items(&shipped, "rows") {
        let view = run(&app, "runbook", json!({"id": row["id"]})).await;
        assert_eq!(view["findings"], json!([]), "{}", row["id"]);
    }
    let commented = format!("# ghi chú giữ nguyên\n{SMALL}");
    assert_eq!(import(&app, &commented).await["saved"], true);
    let exported = run(&app, "runbook_export", json!({"id": "small"})).await;
    let bytes = std::fs::read(exported["path"].as_str().expect("a path")).expect("saved");
    assert_eq!(bytes, commented.as_bytes(), "what is exported is what was written");
    let same = json!({"file": file("lai.toml", &commented)});
    let error = refused(&app, "runbook_import", same).await;
    assert_eq!(error.code, ErrorCode::Invalid, "nothing changed: {}", error.message);

    for (from, to, line, word) in [
        ("after = [\"one\"]\nneeds", "after = [\"zero\"]\nneeds", 30, "«zero»"),
        ("gates = [\"go\"]", "gates = [\"stop\"]", 42, "«stop»"),
        (
            "node = \"gateway\", metric = \"up\", is = \">=\", value = 1 }]",
            "node = \"nowhere\", metric = \"up\", is = \">=\", value = 1 }]",
            31,
            "«nowhere»",
        ),
        ("metric = \"up\"", "metric = \"down\"", 31, "down"),
        (
            "validation = \"xong\"\nevidence",
            "after = [\"two\"]\nvalidation = \"xong\"\nevidence",
            20,
            "one → two → one",
        ),
        ("start = 10", "start = -10", 28, "start"),
        ("unit = \"vnpt\" }\nstart = 0", "unit = \"nobody\" }\nstart = 0", 17, "«nobody»"),
    ] {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{from}");
        let view = import(&app, &text).await;
        assert_eq!(view["saved"], false, "{to}");
        let found = items(&view["check"], "findings");
        let fits = |f: &&Value| f["line"] == line && f["text"].as_str().is_some_and(|t| t.contains(word));
        assert!(found.iter().any(|f| fits(&f)), "{to}: {found:?}");
        let check = run(&app, "runbook_check", json!({"text": text})).await;
        assert_eq!(check["good"], false);
    }
    let error = refused(&app, "runbook_import", json!({"file": {"name": "x.toml", "content": "/w=="}})).await;
    assert!(error.message.contains("dòng 1"), "{}", error.message);

    // Somebody saved in between: refused with who, nothing lost.
    let view = run(&app, "runbook", json!({"id": "small"})).await;
    let save = |text: String| json!({"text": text, "about": "đổi", "basedOn": view["lastEvent"]});
    assert_eq!(run(&app, "runbook_save", save(SMALL.replace("Bước ba", "Bước 3"))).await["saved"], true);
    let error = refused(&app, "runbook_save", save(SMALL.replace("Bước ba", "Bước tư"))).await;
    assert_eq!(error.code, ErrorCode::Conflict);
    assert!(error.message.contains("Trực 02"), "{}", error.message);

    run(&app, "runbook_retire", json!({"id": "small", "reason": "thay bằng bản khác"})).await;
    let open = json!({"runbook": "small", "mode": "rehearsal", "starts": null, "rollsBack": null});
    assert_eq!(refused(&app, "run_open", open).await.code, ErrorCode::Conflict);
    seat.sign_in(&app, "staff").await;
    let error = refused(&app, "runbook_import", json!({"file": file("k.toml", SMALL)})).await;
    assert_eq!(error.code, ErrorCode::Forbidden, "runbooks are the duty crew's");
    app.shutdown().await;
}
