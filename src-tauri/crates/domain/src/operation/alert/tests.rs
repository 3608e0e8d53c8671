use super::*;
use crate::{
    act::Event,
    checklist::Checklist,
    operation::{
        incident::Severity,
        signal::{Metric, Signal},
    },
    party::{self, Party},
    tables::Source,
    testing::events,
    time::Ms,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const MINUTE: i64 = 60_000;
/// Inside the validity of every rule.
const START: Ms = Ms(1_780_060_000_000);

struct Data {
    graph: Graph,
    rules: Rules,
    parties: Vec<Party>,
}

fn data() -> Data {
    let parties = party::builtin().expect("parties");
    let checklist = Checklist::builtin().expect("checklist");
    let probes = [("payment".to_owned(), "Nền tảng thanh toán".to_owned())];
    let graph = Graph::builtin(&checklist, &parties, &probes).expect("dependencies");
    let rules = Rules::builtin(&graph, &parties).expect("rules");
    Data { graph, rules, parties }
}

fn signal(node: &str, metric: Metric, value: Option<f64>, at: Ms) -> Signal {
    Signal { node: node.to_owned(), metric, value, as_of: at, note: None }
}

/// Looks, keeps and rebuilds: every step goes through its text and JSON, as a store would keep it.
struct Room<'a> {
    data: &'a Data,
    memory: Memory,
    history: History,
    kept: Vec<Step>,
}

impl<'a> Room<'a> {
    fn new(data: &'a Data) -> Self {
        Self { data, memory: Memory::default(), history: History::default(), kept: Vec::new() }
    }

    fn look(&mut self, signals: &[Signal], now: Ms) -> Vec<Step> {
        let watch = Watch {
            graph: &self.data.graph,
            rules: self.data.rules.all(),
            settings: self.data.rules.settings(),
        };
        let steps = step(watch, &self.memory, signals, now);
        for step in &steps {
            let state = |s: &State| State::parse(&s.to_string()).expect("a state");
            let step = Step {
                key: Key::parse(&step.key.to_string()).expect("a key"),
                from: step.from.as_ref().map(state),
                to: state(&step.to),
                at: step.at,
                basis: serde_json::from_str(&serde_json::to_string(&step.basis).expect("JSON"))
                    .expect("back"),
            };
            assert_eq!(step.from.as_ref(), self.memory.get(&step.key).map(|t| &t.state), "follows on");
            assert_ne!(step.from.as_ref(), Some(&step.to), "changes something");
            self.memory.apply(&step);
            self.history.apply(&step);
            self.kept.push(step);
        }
        steps
    }

    /// As if the program had been killed.
    fn restart(&mut self) {
        (self.memory, self.history) = (Memory::default(), History::default());
        for step in &self.kept {
            self.memory.apply(step);
            self.history.apply(step);
        }
    }

    fn firing(&self) -> Vec<(&str, &str, Severity)> {
        let firing = self.history.firing();
        firing.into_iter().map(|a| (a.key.rule.as_str(), a.key.node.as_str(), a.severity)).collect()
    }

    fn apis(&self) -> Vec<String> {
        self.data.graph.matching("api:*")
    }
}

fn up(node: &str, value: Option<f64>, at: Ms) -> Signal {
    signal(node, Metric::Up, value, at)
}

fn rate(node: &str, value: f64, at: Ms) -> Signal {
    signal(node, Metric::SuccessRate, Some(value), at)
}

#[test]
fn the_shipped_data_is_whole_and_every_rule_has_its_guide() {
    let data = data();
    assert_eq!(data.graph.matching("api:*").len(), 53);
    assert_eq!(data.graph.matching("flow:*").len(), 5);
    assert_eq!(data.graph.name("probe:payment"), "Nền tảng thanh toán");
    let guides = Guides::builtin(&data.rules, &data.parties).expect("a guide for each, none left over");
    for rule in data.rules.all() {
        assert!(guides.get(&rule.guide).is_some(), "{}", rule.id);
        assert!(rule.title.contains("{node}") || rule.title.contains("{value}"), "{}", rule.id);
    }
    let explains = |cause: &str, effect: &str| data.graph.ancestors(effect).iter().any(|(id, _)| id == cause);
    assert!(explains("gateway", "api:dvcqg.07") && explains("sso", "api:petition.01"));
    assert!(explains("api:dvcqg.01", "api:petition.01"), "Login comes before what is called on the portal");
    assert!(!explains("flow:sso", "flow:dossier_sync"), "one path of signing in is not all");
    assert!(!explains("sso", "flow:catalogue"), "the catalogue is looked up without anybody signing in");
    assert!(!explains("api:dvcqg.07", "flow:dossier_sync"));
    assert_eq!(
        data.graph.path("gateway", "api:catalogue.01").map(|p| p.len()),
        Some(4),
        "gateway, connection, flow, API"
    );
}

#[test]
fn bad_data_is_refused_by_name_and_place() {
    let (checklist, data) = (Checklist::builtin().expect("checklist"), data());
    let graph = |text: &str| {
        let file = Source { name: "d.toml", text };
        Graph::parse(file, &checklist, &data.parties, &[]).expect_err("wrong").to_string()
    };
    let shipped = include_str!("../../../../../../assets/operation/dependencies.toml");
    let edge = |from: &str, to: &str| {
        format!("{shipped}\n[[edge]]\nfrom = \"{from}\"\nto = [\"{to}\"]\nwhy = \"thử\"\n")
    };
    for (text, said) in [
        (edge("nowhere", "gateway"), "node `nowhere`"),
        (edge("gateway", "nowhere"), "node `nowhere`"),
        (edge("api:dvcqg.07", "gateway"), "circle: "),
        (edge("queue", "queue"), "circle: queue → queue"),
        (shipped.replace("party = \"pc06\"", "party = \"nobody\""), "party `nobody`"),
        (shipped.replace("id = \"agent_node\"", "id = \"gateway\""), "node `gateway` stands twice"),
        (shipped.replace("kind = \"own\"", "kind = \"ours\""), "ours"),
        (shipped.replace("province = \"vnpt\"\n", ""), "province.01"),
        (
            shipped.replace("of = [\"probe:portal\"]", "of = [\"nowhere\"]"),
            "derived portal names node `nowhere`",
        ),
    ] {
        let error = graph(&text);
        assert!(error.starts_with("d.toml") && error.contains(said), "{error}");
    }
    let rules = |text: &str| {
        let file = Source { name: "a.toml", text };
        Rules::parse(file, &data.graph, &data.parties).expect_err("wrong").to_string()
    };
    let shipped = include_str!("../../../../../../assets/operation/alerts.toml");
    let one = |from: &str, to: &str| shipped.replacen(from, to, 1);
    for (text, said) in [
        (one("metric = \"up\"", "metric = \"colour\""), "colour"),
        (one("nodes = [\"gateway\"]", "nodes = [\"gatewy\"]"), "node `gatewy`"),
        (one("id = \"own_network\"", "id = \"own_machine\""), "rule `own_machine` stands twice"),
        (one("below = 0.5", "below = 0.5\nabove = 0.7"), "exactly one of"),
        (one("below = 0.5", "below = 1.5"), "exactly one of"),
        (one("clear = 0.5", "clear = 0.4"), "`clear` must be"),
        (one("for_seconds = 60\n", "for_seconds = 0\n"), "`for_seconds` must"),
        (one("window_seconds = 900", "window_seconds = 9"), "`window_seconds` must"),
        (one("times = 3", "times = 1"), "`flap` needs"),
        (one("clear_seconds = 60", "clear_seconds = 90000"), "`clear_seconds` must"),
        (one("from = \"2026-05-29T18:00:00+07:00\"", "from = \"2026-05-30T18:00:00+07:00\""), "before `to`"),
        (one("from = \"2026-05-29T18:00:00+07:00\"", "from = \"tối\""), "RFC 3339"),
        (one("party = \"c12\"", "party = \"nobody\""), "party `nobody`"),
        (one("severity = \"s2\"", "severity = \"s9\""), "s9"),
    ] {
        let error = rules(&text);
        assert!(error.starts_with("a.toml") && error.contains(said), "{error}");
    }
    let guides = |text: &str| {
        let file = Source { name: "g.toml", text };
        Guides::parse(file, &data.rules, &data.parties).expect_err("wrong").to_string()
    };
    let shipped = include_str!("../../../../../../assets/operation/guides.toml");
    for (text, said) in [
        (shipped.replacen("id = \"queue\"", "id = \"queues\"", 1), "no rule names the guide `queues`"),
        (shipped[..shipped.rfind("[[guide]]").unwrap_or(0)].to_owned(), "guide `probe_down`"),
        (shipped.replacen("call = [\"vp_ubnd\"", "call = [\"ai_do\"", 1), "party `ai_do`"),
        (
            shipped.replacen("rollback = \"Không áp dụng.\"", "rollback = \" \"", 1),
            "guide `fees`: something is empty",
        ),
    ] {
        let error = guides(&text);
        assert!(error.starts_with("g.toml") && error.contains(said), "{error}");
    }
}

#[test]
fn a_rule_is_set_within_its_form_and_only_where_it_has_something_to_set() {
    let data = data();
    let rule = |id: &str| data.rules.get(id).expect("a rule");
    let tuning = Tuning { limit: Some(0.8), clear: Some(0.9), hold_seconds: Some(60), ..Tuning::default() };
    let tuned = rule("api_down").tuned(&tuning).expect("fits");
    assert_eq!((tuned.limit.map(|l| (l.bad, l.good)), tuned.hold), (Some((0.8, 0.9)), MINUTE));
    assert_eq!(tuned.clear_hold, rule("api_down").clear_hold, "what is not set stays");
    for (id, tuning, error) in [
        ("api_down", Tuning { limit: Some(0.95), ..Tuning::default() }, RuleError::Clear),
        ("api_down", Tuning { limit: Some(-0.1), ..Tuning::default() }, RuleError::Limit),
        ("api_down", Tuning { limit: Some(f64::NAN), ..Tuning::default() }, RuleError::Limit),
        ("api_down", Tuning { hold_seconds: Some(0), ..Tuning::default() }, RuleError::Hold),
        ("gateway_down", Tuning { hold_seconds: Some(30), ..Tuning::default() }, RuleError::Hold),
        ("flow_silent", Tuning { limit: Some(0.5), ..Tuning::default() }, RuleError::Limit),
        ("api_down", Tuning { clear_seconds: Some(100_000), ..Tuning::default() }, RuleError::ClearHold),
    ] {
        assert_eq!(rule(id).tuned(&tuning), Err(error), "{id} {tuning:?}");
    }
}

#[test]
fn a_fault_of_the_gateway_is_one_alert_with_what_it_broke_and_its_end_calls_nobody() {
    let data = data();
    let mut room = Room::new(&data);
    let mut at = START;
    let burst = |at: Ms, good: bool, room: &Room<'_>| {
        let mut signals = vec![up("gateway", Some(f64::from(u8::from(good))), at)];
        for flow in data.graph.matching("flow:*") {
            signals.push(up(&flow, Some(f64::from(u8::from(good))), at));
        }
        let share = if good { 0.99 } else { 0.0 };
        signals.extend(room.apis().iter().map(|api| rate(api, share, at)));
        signals
    };
    for _ in 0..10 {
        room.look(&burst(at, false, &room), at);
        at = at.plus(MINUTE);
    }
    assert_eq!(room.firing(), [("gateway_down", "gateway", Severity::S1)]);
    let alert = room.history.firing()[0].clone();
    assert_eq!(alert.standing_effects().count(), 5 + 53 + 3 + 2, "flows, APIs, and payment and Login again");
    let api = alert.effects.iter().find(|e| e.key.node == "api:petition.03").expect("explained");
    assert_eq!(api.path.first().map(String::as_str), Some("gateway"));
    assert_eq!(api.path.last().map(String::as_str), Some("api:petition.03"));

    // The gateway is back at once; what it broke is measured in buckets and comes back minutes later.
    for minute in 0..9 {
        let mut signals = burst(at, minute >= 7, &room);
        signals[0].value = Some(1.0);
        room.look(&signals, at);
        assert!(room.firing().len() <= 1, "nothing of its own at minute {minute}: {:?}", room.firing());
        at = at.plus(MINUTE);
    }
    assert_eq!(room.firing(), []);
    assert_eq!(room.history.all().len(), 1, "one cause, one alert");
    assert!(room.history.all()[0].cleared.is_some());
}

#[test]
fn what_goes_on_after_its_cause_is_raised_by_itself_once_the_cause_is_no_longer_felt() {
    let data = data();
    let mut room = Room::new(&data);
    let settle = data.rules.settings().settle;
    for minute in 0..40 {
        let at = START.plus(minute * MINUTE);
        let gateway = f64::from(u8::from(minute >= 10));
        room.look(&[up("gateway", Some(gateway), at), up("flow:petition", Some(0.0), at)], at);
    }
    assert_eq!(room.firing(), [("flow_down", "flow:petition", Severity::S2)]);
    let [flow, gateway] = room.history.all()[..] else { panic!("two alerts") };
    assert!(flow.raised.0 >= gateway.cleared.expect("over").0 + settle);
    assert_eq!(flow.since, START, "bad since the begin");
}

#[test]
fn a_cause_found_later_takes_over_and_calls_only_when_it_is_worse() {
    let data = data();
    let mut room = Room::new(&data);
    let api = |at| rate("api:catalogue.01", 0.1, at);
    for minute in 0..6 {
        room.look(&[api(START.plus(minute * MINUTE))], START.plus(minute * MINUTE));
    }
    assert_eq!(room.firing(), [("api_down", "api:catalogue.01", Severity::S3)]);
    let first = room.history.firing()[0].id.clone();
    let at = START.plus(7 * MINUTE);
    let flow = |value: f64, at| up("flow:catalogue", Some(value), at);
    room.look(&[api(at), flow(0.0, at)], at);
    let at = at.plus(2 * MINUTE);
    room.look(&[api(at), flow(0.0, at)], at);
    assert_eq!(room.firing(), [("flow_down", "flow:catalogue", Severity::S2)]);
    let cause = room.history.firing()[0].clone();
    assert_eq!(
        (cause.takes.clone(), cause.quiet),
        (vec![first.clone()], false),
        "worse than what was called for"
    );
    let folded = room.history.get(&first).expect("kept");
    assert_eq!(folded.folded.as_ref().map(|(_, id)| id), Some(&cause.id));

    // The portal behind it: as bad as nothing before, so it calls; and a cause as bad as its effect does not.
    let at = at.plus(MINUTE);
    room.look(&[api(at), flow(0.0, at), up("portal", Some(0.0), at)], at);
    assert_eq!(room.firing(), [("portal_down", "portal", Severity::S1)]);
    assert!(!room.history.firing()[0].quiet);
    let mut sibling = Room::new(&data);
    sibling.look(&[up("gateway", Some(0.0), START)], START);
    let later = START.plus(MINUTE);
    sibling.look(&[up("gateway", Some(0.0), later), up("own_network", Some(0.0), later)], later);
    assert_eq!(
        sibling.firing(),
        [("own_network", "own_network", Severity::S1)],
        "as bad as the worst effect"
    );
    assert!(sibling.history.firing()[0].quiet, "somebody was called for the gateway a minute ago");
}

#[test]
fn an_old_fault_is_not_hidden_in_a_new_cause() {
    let data = data();
    let mut room = Room::new(&data);
    for minute in 0..10 {
        let at = START.plus(minute * MINUTE);
        room.look(&[rate("api:catalogue.01", 0.1, at)], at);
    }
    let at = START.plus(24 * 60 * MINUTE);
    room.look(&[rate("api:catalogue.01", 0.1, at), up("gateway", Some(0.0), at)], at);
    assert_eq!(
        room.firing(),
        [("gateway_down", "gateway", Severity::S1), ("api_down", "api:catalogue.01", Severity::S3)]
    );
}

#[test]
fn own_network_down_is_one_alert_and_a_cause_in_sight_is_waited_for_but_not_for_ever() {
    let data = data();
    let mut room = Room::new(&data);
    let nodes = ["gateway", "portal", "sso", "probe:payment"];
    for minute in 0..20 {
        let at = START.plus(minute * MINUTE);
        let mut signals: Vec<Signal> = nodes.iter().map(|node| up(node, Some(0.0), at)).collect();
        signals.push(up("own_network", Some(0.0), at));
        room.look(&signals, at);
    }
    assert_eq!(room.firing(), [("own_network", "own_network", Severity::S1)]);
    assert_eq!(room.history.all().len(), 1);

    // The flow is bad for long enough when its connection begins to be: it waits.
    let mut room = Room::new(&data);
    for minute in 0..=3 {
        let at = START.plus(minute * MINUTE);
        let mut signals = vec![up("flow:petition", Some(0.0), at)];
        signals.extend((minute >= 2).then(|| up("agent_node", Some(0.0), at)));
        room.look(&signals, at);
        assert!(minute == 3 || room.firing().is_empty(), "minute {minute}: {:?}", room.firing());
    }
    assert_eq!(room.firing(), [("connection_down", "agent_node", Severity::S1)]);

    // One that is never certain is not waited for longer than two minutes.
    let mut room = Room::new(&data);
    for minute in 0..=4 {
        let at = START.plus(minute * MINUTE);
        let connection = (minute == 2).then_some(0.0);
        room.look(&[up("flow:petition", Some(0.0), at), up("agent_node", connection, at)], at);
        assert!(minute == 4 || room.firing().is_empty(), "minute {minute}: {:?}", room.firing());
    }
    assert_eq!(room.firing(), [("flow_down", "flow:petition", Severity::S2)]);
}

#[test]
fn what_was_not_observed_neither_raises_nor_clears_but_silence_itself_does() {
    let data = data();
    let mut room = Room::new(&data);
    let silent = |room: &mut Room<'_>, minutes: i64, age: bool| {
        for minute in 0..minutes {
            let at = START.plus(minute * MINUTE);
            let seconds = age.then_some(60.0 * minute as f64);
            let age = signal("gateway", Metric::Age, seconds, at);
            room.look(&[up("flow:petition", None, at), up("gateway", None, at), age], at);
        }
    };
    silent(&mut room, 30, false);
    assert_eq!(room.firing(), []);
    silent(&mut room, 31, false);
    assert_eq!(room.firing(), [("flow_silent", "flow:petition", Severity::S3)]);
    let mut room = Room::new(&data);
    silent(&mut room, 60, true);
    assert_eq!(
        room.firing(),
        [("gateway_silent", "gateway", Severity::S2)],
        "the flow's silence is the gateway's"
    );

    let mut room = Room::new(&data);
    room.look(&[up("gateway", Some(0.0), START)], START);
    for minute in 1..200 {
        let at = START.plus(minute * MINUTE);
        room.look(&[up("gateway", None, at)], at);
        room.look(&[], at);
    }
    assert_eq!(room.firing()[0].0, "gateway_down", "not clear because nobody saw");
    // Nobody looked for a night: nothing lasted because of that.
    let mut room = Room::new(&data);
    room.look(&[up("flow:petition", Some(0.0), START)], START);
    room.look(&[], START.plus(9 * 3600 * 1000));
    assert_eq!(room.firing(), []);
}

#[test]
fn between_bad_and_good_nothing_changes_and_flapping_is_one_alert_until_it_is_quiet() {
    let data = data();
    let mut room = Room::new(&data);
    let mut at = START;
    let mut say = |room: &mut Room<'_>, value: f64, minutes: i64| {
        for _ in 0..minutes {
            at = at.plus(MINUTE);
            room.look(&[rate("api:dvcqg.12", value, at)], at);
        }
    };
    say(&mut room, 0.2, 6);
    say(&mut room, 0.7, 30);
    assert_eq!(room.firing().len(), 1, "0,7 is neither");
    say(&mut room, 0.95, 6);
    assert_eq!(room.firing().iter().filter(|a| a.0 == "api_down").count(), 0);

    let mut room = Room::new(&data);
    let (mut at, mut raised) = (START, 0);
    for minute in 0..120 {
        at = at.plus(MINUTE);
        let value = f64::from(u8::from(minute % 6 >= 1));
        let steps = room.look(&[up("gateway", Some(value), at)], at);
        raised += steps.iter().filter(|s| s.basis.title.is_some()).count();
    }
    assert_eq!(raised, 3, "three begins in half an hour are enough");
    let alert = room.history.firing()[0];
    assert!(alert.flapping);
    for minute in 0..30 {
        let at = at.plus(minute * MINUTE);
        room.look(&[up("gateway", Some(1.0), at)], at);
        if minute < 9 {
            assert_eq!(room.firing().len(), 1, "minute {minute}");
        }
    }
    assert_eq!(room.firing(), []);
}

#[test]
fn growth_is_measured_against_the_value_a_window_ago() {
    let data = data();
    let at = |minute: i64| START.plus(minute * MINUTE);
    let waiting = |minute: i64, n: f64| signal("queue", Metric::Waiting, Some(n), at(minute));
    let found = |signals: &[Signal]| {
        let mut room = Room::new(&data);
        room.look(signals, at(20));
        room.history.firing().iter().map(|a| (a.key.rule.clone(), a.title.clone())).collect::<Vec<_>>()
    };
    let grown = found(&[waiting(20, 700.0), waiting(4, 300.0), waiting(12, 690.0)]);
    assert_eq!(
        grown,
        [("queue_growing".to_owned(), "Hàng đợi đồng bộ tăng thêm 400 trong 15 phút".to_owned())]
    );
    assert_eq!(found(&[waiting(20, 700.0), waiting(12, 300.0)]), [], "no value a window ago is no finding");
    assert_eq!(found(&[waiting(20, 700.0), waiting(-40, 0.0)]), [], "too long ago to compare");
    assert_eq!(found(&[waiting(20, 500.0), waiting(4, 300.0)]), []);
}

#[test]
fn measures_that_others_give_are_derived_and_what_is_not_observed_gives_none() {
    let data = data();
    let of = |signals: Vec<Signal>, node: &str, metric: Metric| {
        let derived = data.graph.derive(signals);
        let found: Vec<Option<f64>> =
            derived.iter().filter(|s| s.node == node && s.metric == metric).map(|s| s.value).collect();
        assert!(found.len() <= 1, "one signal of a measure");
        found.first().copied().flatten()
    };
    let slow = |api: &str, value: Option<f64>| signal(api, Metric::P95, value, START);
    let sso = |a, b| of(vec![slow("api:dvcqg.01", a), slow("api:province.01", b)], "sso", Metric::P95);
    assert_eq!(sso(Some(4000.0), Some(8000.0)), Some(4000.0), "both Login are slow");
    assert_eq!(sso(Some(400.0), Some(8000.0)), Some(400.0), "one of them is not");
    assert_eq!(sso(None, Some(8000.0)), None, "one of them is not observed");
    let data_probes = [up("portal", Some(1.0), START), up("probe:portal", Some(0.0), START.plus(1))];
    let graph = {
        let parties = party::builtin().expect("parties");
        let probes = [("portal".to_owned(), "Trang của Cổng".to_owned())];
        Graph::builtin(&Checklist::builtin().expect("checklist"), &parties, &probes).expect("graph")
    };
    let derived = graph.derive(data_probes.to_vec());
    let portal = derived.iter().find(|s| s.node == "portal").expect("there");
    assert_eq!(
        (portal.value, portal.as_of),
        (Some(0.0), START.plus(1)),
        "its page is worse than the last figures"
    );
    let age = |node: &str, seconds: f64| signal(node, Metric::Age, Some(seconds), START);
    let gateway = |ages: Vec<Signal>| of(ages, "gateway", Metric::Age);
    assert_eq!(
        gateway(vec![age("gateway", 5.0), age("api:dvcqg.01", 1900.0), age("queue", 1200.0)]),
        Some(1200.0)
    );
    assert_eq!(gateway(vec![age("gateway", 5000.0), age("queue", 60.0)]), Some(5000.0));
    assert_eq!(gateway(vec![age("gateway", 5.0)]), Some(5.0), "nothing else is known");
}

#[test]
fn a_rule_that_is_over_ends_its_alert_and_says_so() {
    let data = data();
    let mut room = Room::new(&data);
    let before = Ms::parse_rfc3339("2026-05-29T21:59:00+07:00").expect("instant");
    room.look(&[signal("fees", Metric::Unpaid, Some(37.0), before)], before);
    assert_eq!(room.history.firing()[0].title, "Còn 37 hồ sơ chưa thanh toán phí, lệ phí");
    room.look(&[], before.plus(MINUTE));
    assert_eq!(room.firing(), []);
    assert!(room.history.all()[0].dropped);
}

#[test]
fn the_first_to_acknowledge_is_the_one_and_mutes_end() {
    let key = Key { rule: "gateway_down".into(), node: "gateway".into() };
    let alert = format!("{ALERT}{}", key.alert_id(START));
    let mute = format!("{MUTE}{key}");
    let ack = |remark: &str| Act::Alert(AlertAct::Acknowledged { remark: Some(remark.into()) });
    let muted = |until: i64| {
        Act::Alert(AlertAct::Muted { from: Ms(2000), until: Ms(until), reason: "đang thay cáp".into() })
    };
    let said: Vec<Event> = events([
        (alert.clone(), ack("tôi xem")),
        (alert, ack("tôi cũng")),
        (mute.clone(), muted(60_000)),
        (mute.clone(), Act::Alert(AlertAct::Unmuted { reason: None })),
        (mute, muted(9000)),
    ]);
    let handling = Handling::project(&said);
    let handled = handling.of(&key.alert_id(START));
    assert_eq!(handled.acknowledged.and_then(|(_, remark)| remark).as_deref(), Some("tôi xem"));
    assert_eq!(handled.last_event.as_deref(), Some("e1"));
    assert!(handling.muted(&key, Ms(2500)).is_some());
    assert_eq!(handling.mutes(&key)[0].end(), Ms(3000), "ended early");
    assert!(handling.muted(&key, Ms(8999)).is_some_and(|mute| mute.until == Ms(9000)));
    assert!(handling.muted(&key, Ms(9000)).is_none());
}

use crate::act::Act;

/// What may be said of a few nodes of every depth.
fn any_signal() -> impl Strategy<Value = Signal> {
    let nodes = prop::sample::select(vec![
        "own_network",
        "gateway",
        "portal",
        "agent_node",
        "sso",
        "flow:sso",
        "flow:petition",
        "flow:catalogue",
        "api:dvcqg.01",
        "api:dvcqg.04",
        "api:petition.01",
        "api:catalogue.01",
        "queue",
        "probe:payment",
    ]);
    let value = prop_oneof![Just(None), Just(Some(0.0)), Just(Some(0.7)), Just(Some(1.0))];
    (nodes, value, 0i64..60_000).prop_map(|(node, value, back)| {
        let metric = match node {
            "queue" => Metric::Failed,
            _ if node.starts_with("api:") => Metric::SuccessRate,
            _ => Metric::Up,
        };
        signal(node, metric, value.map(|v| if node == "queue" { v * 50.0 } else { v }), Ms(-back))
    })
}

/// Looks a minute apart, each with what was said since the one before.
fn any_night(longest: usize) -> impl Strategy<Value = Vec<Vec<Signal>>> {
    prop::collection::vec(prop::collection::vec(any_signal(), 0..12), 1..longest)
}

fn placed(said: &[Signal], at: Ms) -> Vec<Signal> {
    said.iter().map(|s| Signal { as_of: at.plus(s.as_of.0), ..s.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_within_a_burst_does_not_matter(night in any_night(30), seed in any::<u64>()) {
        let data = data();
        let (mut one, mut other) = (Room::new(&data), Room::new(&data));
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            let signals = placed(said, at);
            let mut shuffled = signals.clone();
            let turn = usize::try_from(seed).unwrap_or(7) % signals.len().max(1);
            shuffled.rotate_left(turn);
            shuffled.reverse();
            prop_assert_eq!(one.look(&signals, at), other.look(&shuffled, at));
        }
    }

    #[test]
    fn a_restart_at_any_point_changes_nothing(night in any_night(40), kill in 0usize..40) {
        let data = data();
        let (mut whole, mut killed) = (Room::new(&data), Room::new(&data));
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            let signals = placed(said, at);
            if minute % (kill + 1) == kill {
                killed.restart();
            }
            prop_assert_eq!(whole.look(&signals, at), killed.look(&signals, at));
            // Looking again at the same finds nothing new: nothing fires twice.
            prop_assert_eq!(killed.look(&signals, at), vec![]);
        }
        prop_assert_eq!(whole.history, killed.history);
    }

    #[test]
    fn what_is_explained_has_its_cause_standing_and_alerts_stand_apart(night in any_night(40)) {
        let data = data();
        let mut room = Room::new(&data);
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            room.look(&placed(said, at), at);
            let firing: BTreeSet<&str> = room.history.firing().iter().map(|a| a.id.as_str()).collect();
            for (key, track) in room.memory.tracks() {
                match &track.state {
                    State::Effect(id) => prop_assert!(firing.contains(id.as_str()), "{} of {}", key, id),
                    State::Raised(_) | State::Easing(_) => {
                        let own = track.alert.as_deref().unwrap_or_default();
                        prop_assert!(firing.contains(own), "{}", key);
                    }
                    State::Calm | State::Pending => prop_assert!(track.alert.is_none()),
                }
            }
            let standing = room.memory.tracks().filter(|(_, t)| t.alert.is_some()).count();
            prop_assert_eq!(standing, firing.len());
        }
    }

    /// Signing in that stays down is raised as S1, by itself or by a cause, whatever else is said meanwhile; and not observing
    /// anything raises nothing.
    #[test]
    fn an_s1_that_holds_is_raised(night in any_night(60)) {
        let data = data();
        let mut room = Room::new(&data);
        let settings = data.rules.settings();
        let longest = MINUTE + settings.patience + settings.settle + 2 * MINUTE;
        let key = Key { rule: "sso_down".into(), node: "sso".into() };
        let mut unraised = START;
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            let mut signals = placed(said, at);
            signals.retain(|s| s.node != "sso");
            signals.push(up("sso", Some(0.0), at));
            room.look(&signals, at);
            let severity = match room.memory.get(&key).map(|t| &t.state) {
                Some(State::Raised(severity) | State::Easing(severity)) => Some(*severity),
                Some(State::Effect(id)) => room.history.get(id).map(|a| a.severity),
                _ => None,
            };
            if severity == Some(Severity::S1) {
                unraised = at;
            }
            prop_assert!(at.0 - unraised.0 <= longest, "not raised since minute {}", (unraised.0 - START.0) / MINUTE);
        }
    }

    #[test]
    fn nothing_observed_raises_nothing_but_silence(nodes in prop::collection::vec(any_signal(), 1..20)) {
        let data = data();
        let mut room = Room::new(&data);
        for minute in 0..60 {
            let at = START.plus(minute * MINUTE);
            let signals: Vec<Signal> =
                placed(&nodes, at).into_iter().map(|s| Signal { value: None, ..s }).collect();
            room.look(&signals, at);
        }
        prop_assert!(room.firing().iter().all(|(rule, ..)| rule.ends_with("_silent")), "{:?}", room.firing());
    }

    /// 10.000 events of one cause, however they are cut into looks.
    #[test]
    fn a_storm_of_one_cause_is_one_alert(size in 100usize..5000) {
        let data = data();
        let mut room = Room::new(&data);
        let apis = room.apis();
        let mut storm: Vec<Signal> = Vec::new();
        for i in 0..10_000i64 {
            let at = START.plus(i * 100);
            let index = usize::try_from(i).unwrap_or(0);
            storm.push(match i % 20 {
                0 => up("gateway", Some(0.0), at),
                1 => up("flow:petition", Some(0.0), at),
                _ => rate(&apis[index % apis.len()], 0.0, at),
            });
        }
        for cut in storm.chunks(size) {
            let now = cut.last().map_or(START, |s| s.as_of);
            room.look(cut, now);
        }
        prop_assert_eq!(room.history.all().len(), 1);
        prop_assert_eq!(room.firing(), vec![("gateway_down", "gateway", Severity::S1)]);
    }

    #[test]
    fn a_mute_hides_nothing(night in any_night(20), until in 1i64..1000) {
        let data = data();
        let mut room = Room::new(&data);
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            room.look(&placed(said, at), at);
        }
        let listed: Vec<String> = room.history.firing().iter().map(|a| a.id.clone()).collect();
        let mutes = room.history.firing().into_iter().map(|alert| {
            let act = AlertAct::Muted { from: Ms(0), until: Ms(until), reason: "thử".into() };
            (format!("{MUTE}{}", alert.key), Act::Alert(act))
        });
        let handling = Handling::project(&events(mutes));
        for id in &listed {
            let key = Key::parse(id).expect("a key");
            prop_assert!(handling.muted(&key, Ms(until - 1)).is_some());
            prop_assert!(room.history.firing().iter().any(|a| a.id == *id), "still listed");
        }
    }
}
