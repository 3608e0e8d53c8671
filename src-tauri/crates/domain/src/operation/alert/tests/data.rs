//! What is shipped, and what rules may be set to.

use super::*;

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
    let explains = |cause: &str, effect: &str| data.graph.ancestors(effect).iter().any(|a| a.node == cause);
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
    let shipped = include_str!("../../../../../../../assets/operation/dependencies.toml");
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
    let shipped = include_str!("../../../../../../../assets/operation/alerts.toml");
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
    let shipped = include_str!("../../../../../../../assets/operation/guides.toml");
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
