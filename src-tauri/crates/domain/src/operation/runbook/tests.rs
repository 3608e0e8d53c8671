use super::*;
use crate::units::Units;

fn known<'a>(
    node: &'a dyn Fn(&str) -> bool,
    unit: &'a dyn Fn(&str) -> bool,
    steps_of: &'a dyn Fn(&str) -> Option<Vec<String>>,
) -> Known<'a> {
    Known { node, unit, steps_of }
}

fn look(text: &str) -> Read {
    let steps_of = |id: &str| (id == "back").then(|| vec!["undo".to_owned()]);
    read(text, &known(&|node| node == "gateway", &|unit| unit == "vnpt" || unit == "tt_pvhcc", &steps_of))
}

const GOOD: &str = r#"id = "small"
title = "Nhỏ"
basis = ["Công văn 1"]
starts = "2026-05-29T16:00:00+07:00"
window_minutes = 120
rollback = "back"
worst_rollback_minutes = 45

[[streams]]
id = "work"
name = "Việc"

[[steps]]
id = "one"
stream = "work"
title = "Một"
owner = { unit = "vnpt" }
start = 0
minutes = 30
validation = "xong"
rollback = "undo"

[[steps]]
id = "two"
stream = "work"
title = "Hai"
owner = { unit = "vnpt" }
start = 30
minutes = 30
after = ["one"]
gates = ["go"]
needs = [{ node = "gateway", metric = "up", is = ">=", value = 1, minutes = 5 }]
validation = "xong"

[[gates]]
id = "go"
title = "Đi hay dừng"
at = 30
decides = { unit = "tt_pvhcc", role = "leader" }
after = ["one"]

[[gates.criteria]]
id = "word"
text = "Đạt"
level = "must"
word = { unit = "vnpt" }

[[triggers]]
id = "bad"
text = "Trục không trả lời"
after = "two"
when = { node = "gateway", metric = "up", is = "<", value = 1, minutes = 10 }
"#;

#[test]
fn the_shipped_runbooks_have_neither_faults_nor_warnings() {
    let units = Units::builtin().expect("units");
    let node =
        |node: &str| node.starts_with("flow:") || ["gateway", "portal", "queue", "fees"].contains(&node);
    let unit = |id: &str| units.contains(id);
    let none = |_: &str| None;
    let back = read(BUILTIN[1].1, &known(&node, &unit, &none));
    assert_eq!((back.faults, back.warnings), (vec![], vec![]));
    let back = back.runbook.expect("read");
    let steps_of =
        |id: &str| (id == back.id).then(|| back.steps.iter().map(|s| s.id.clone()).collect::<Vec<_>>());
    let cutover = read(BUILTIN[0].1, &known(&node, &unit, &steps_of));
    assert_eq!((cutover.faults, cutover.warnings), (vec![], vec![]));
    let cutover = cutover.runbook.expect("read");
    assert_eq!((cutover.id.as_str(), back.id.as_str()), (BUILTIN[0].0, BUILTIN[1].0));
    // Document 001: payments closed by 20:00, the switch from 22:00.
    let at = |id: &str| cutover.step(id).expect("step").planned(cutover.starts);
    assert_eq!(at("payments-closed").1.local().format("%H:%M").to_string(), "20:00");
    assert_eq!(at("switch").0.local().format("%H:%M").to_string(), "22:00");
    let safe = cutover.last_safe(cutover.starts).expect("a way back");
    assert_eq!(safe.local().format("%H:%M").to_string(), "23:30");
    // The way back fits what is promised of it, and the decision to open is planned before the last safe moment.
    assert!(back.planned_end(back.starts) <= back.window_ends(back.starts));
    assert!(cutover.gate("go-open").expect("gate").planned(cutover.starts) < safe);
    assert_eq!(back.window_minutes, cutover.worst_rollback_minutes.expect("a way back"));
}

#[test]
fn what_is_good_is_read_as_written() {
    let read = look(GOOD);
    assert_eq!((read.faults, read.warnings), (vec![], vec![]));
    let runbook = read.runbook.expect("read");
    assert_eq!(runbook.last_safe(runbook.starts).expect("safe").local().format("%H:%M").to_string(), "17:15");
    assert_eq!(runbook.before(runbook.step("two").expect("two")), ["one"]);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    // (what is replaced, by what, the line, the field or id, what is wrong)
    let cases: Vec<(&str, &str, u32, &str, Fault)> = vec![
        ("id = \"small\"", "id = \"Nhỏ\"", 1, "id", Fault::BadId("Nhỏ".into())),
        ("title = \"Nhỏ\"", "title = \" \"", 2, "title", Fault::Empty("title")),
        ("2026-05-29T16:00:00+07:00", "29/05/2026", 4, "starts", Fault::NotAnInstant),
        ("= 120", "= 0", 5, "window_minutes", Fault::BadMinutes("window_minutes")),
        (
            "rollback = \"back\"",
            "rollback = \"nowhere\"",
            6,
            "rollback",
            Fault::UnknownRunbook("nowhere".into()),
        ),
        ("worst_rollback_minutes = 45\n", "", 6, "rollback", Fault::HalfARollback),
        ("= 45", "= 200", 7, "worst_rollback_minutes", Fault::NoSafeMoment),
        ("title = \"Một\"", "title = \"\"", 16, "one", Fault::Empty("title")),
        (
            "owner = { unit = \"vnpt\" }\nstart = 0",
            "owner = { unit = \"xyz\" }\nstart = 0",
            17,
            "one",
            Fault::UnknownUnit("xyz".into()),
        ),
        ("start = 0", "start = -5", 18, "one", Fault::BadMinutes("start")),
        ("start = 30\nminutes = 30", "start = 30\nminutes = 0", 29, "two", Fault::BadMinutes("minutes")),
        ("\"undo\"", "\"redo\"", 21, "one", Fault::UnknownRollbackStep("redo".into())),
        ("id = \"two\"", "id = \"one\"", 24, "one", Fault::Duplicate("one".into())),
        (
            "stream = \"work\"\ntitle = \"Hai\"",
            "stream = \"none\"\ntitle = \"Hai\"",
            25,
            "two",
            Fault::UnknownStream("none".into()),
        ),
        (
            "after = [\"one\"]\ngates",
            "after = [\"zero\"]\ngates",
            30,
            "two",
            Fault::UnknownStep("zero".into()),
        ),
        ("gates = [\"go\"]", "gates = [\"stop\"]", 31, "two", Fault::UnknownGate("stop".into())),
        (
            "needs = [{ node = \"gateway\"",
            "needs = [{ node = \"nowhere\"",
            32,
            "two",
            Fault::UnknownNode("nowhere".into()),
        ),
        ("is = \">=\", value = 1", "is = \">=\", value = 2", 32, "two", Fault::BadValue),
        (
            "node = \"gateway\", metric = \"up\", is = \">=\"",
            "metric = \"up\", is = \">=\"",
            32,
            "two",
            Fault::ConditionOfNothing,
        ),
        ("word = { unit = \"vnpt\" }\n", "", 43, "go", Fault::CriterionOfNothing("word".into())),
        ("after = \"two\"", "after = \"three\"", 51, "bad", Fault::UnknownStep("three".into())),
    ];
    for (from, to, line, of, what) in cases {
        assert!(GOOD.contains(from), "{from}");
        let read = look(&GOOD.replacen(from, to, 1));
        assert!(read.runbook.is_none(), "{from} -> {to}");
        let expected = Finding { line, of: of.to_owned(), what };
        assert!(read.faults.contains(&expected), "{to}: {:?} lacks {expected:?}", read.faults);
    }
}

#[test]
fn text_that_is_no_runbook_is_refused_where_it_breaks() {
    for (text, line) in [
        ("", 1),
        ("id = \"a\"\ntitle = ", 2),
        ("id = \"a\"\nid = \"b\"", 2),
        ("\u{0}", 1),
        (&*GOOD.replace("\"up\"", "\"down\""), 32),
        (&*GOOD.replace("level = \"must\"", "level = \"may\""), 45),
        (&*GOOD.replace("validation = \"xong\"\nrollback", "validatoin = \"xong\"\nrollback"), 20),
        (&*GOOD.replace("minutes = 30\nvalidation", "minutes = \"30\"\nvalidation"), 19),
    ] {
        let read = look(text);
        assert!(read.runbook.is_none() && read.faults.len() == 1, "{text}: {:?}", read.faults);
        assert!(matches!(read.faults[0].what, Fault::Syntax(_)), "{text}: {:?}", read.faults);
        assert_eq!(read.faults[0].line, line, "{text}: {:?}", read.faults);
    }
}

#[test]
fn steps_that_wait_for_each_other_are_named_all_the_way_round() {
    let text = GOOD.replacen(
        "validation = \"xong\"\nrollback",
        "after = [\"two\"]\nvalidation = \"xong\"\nrollback",
        1,
    );
    let read = look(&text);
    let way = vec!["one".to_owned(), "two".to_owned(), "one".to_owned()];
    assert!(
        read.faults.iter().any(|f| f.line == 20 && f.what == Fault::Cycle(way.clone())),
        "{:?}",
        read.faults
    );
    // Over a gate too: the step waits for the gate, the gate for the step.
    let text = GOOD.replacen(
        "after = [\"one\"]\n\n[[gates.criteria]]",
        "after = [\"two\"]\n\n[[gates.criteria]]",
        1,
    );
    let read = look(&text);
    let way = vec!["two".to_owned(), "two".to_owned()];
    assert!(read.faults.iter().any(|f| f.what == Fault::Cycle(way.clone())), "{:?}", read.faults);
}

#[test]
fn what_is_odd_is_said_and_does_not_refuse() {
    let read = look(&GOOD.replacen("start = 30", "start = 20", 1));
    assert!(read.runbook.is_some());
    let said: Vec<_> = read.warnings.iter().map(|w| (w.line, w.what.clone())).collect();
    let other = || "one".to_owned();
    assert_eq!(
        said,
        [(27, Warning::OwnerBusy { other: other() }), (28, Warning::BeforePredecessor { other: other() })]
    );
    // Another post of the unit may work beside it.
    let beside =
        GOOD.replacen("start = 30", "start = 20", 1).replacen("after = [\"one\"]\ngates = [\"go\"]\n", "", 1);
    let beside =
        beside.replacen("unit = \"vnpt\" }\nstart = 20", "unit = \"vnpt\", post = \"hai\" }\nstart = 20", 1);
    let said: Vec<_> = look(&beside).warnings.into_iter().map(|w| w.what).collect();
    assert_eq!(said, [Warning::GateUnused]);
}

#[test]
fn a_condition_holds_for_as_long_as_it_is_seen_to() {
    let condition = Condition {
        node: Some("gateway".into()),
        metric: Some(crate::operation::signal::Metric::Up),
        figure: None,
        is: Compare::AtLeast,
        value: 1.0,
        minutes: 10,
    };
    let at = |minute: i64| Ms(minute * 60_000);
    assert_eq!(condition.seen(None), Seen::Unobserved);
    assert_eq!(condition.seen(Some(0.0)), Seen::Fails);
    let held = Watched::unseen(at(0)).then(Seen::Holds, at(0));
    assert!(!held.met(&condition, at(9)) && held.met(&condition, at(10)));
    // A gap: what needs it begins anew, since when it was never seen to fail is kept.
    let gap = held.then(Seen::Unobserved, at(5));
    assert!(!gap.met(&condition, at(20)));
    let back = gap.then(Seen::Holds, at(8));
    assert_eq!((back.since, back.held_since), (at(8), Some(at(0))));
    assert!(!back.met(&condition, at(12)) && back.met(&condition, at(18)));
    // Seen to fail in between, both begin anew.
    let failed = held.then(Seen::Fails, at(5)).then(Seen::Holds, at(8));
    assert_eq!((failed.since, failed.held_since), (at(8), Some(at(8))));
}
