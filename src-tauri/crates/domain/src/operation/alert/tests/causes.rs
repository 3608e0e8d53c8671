//! Which alert is told of, and what it explains.

use super::*;

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
fn nothing_coming_through_on_either_way_is_one_fault() {
    let data = data();
    let mut room = Room::new(&data);
    let names = ["security_server", "agent_node", "sso"].map(str::to_owned);
    let failing: Vec<String> = names.into_iter().chain(data.graph.matching("flow:*")).collect();
    for minute in 0..10 {
        let at = START.plus(minute * MINUTE);
        let signals = failing.iter().map(|node| up(node, Some(0.0), at)).collect();
        room.look(&data.graph.derive(signals), at);
    }
    assert_eq!(room.firing(), [("connection_down", "connections", Severity::S1)]);
    assert_eq!(room.history.all().len(), 1);
    // The other way works again: what is left is the fault of one.
    for minute in 10..40 {
        let at = START.plus(minute * MINUTE);
        room.look(
            &data.graph.derive(vec![up("security_server", Some(1.0), at), up("agent_node", Some(0.0), at)]),
            at,
        );
    }
    assert_eq!(room.firing(), [("connection_down", "agent_node", Severity::S1)]);
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
fn what_is_slow_does_not_explain_what_only_comes_of_standing_still() {
    let data = data();
    // The queue grows by a hundred a minute; what it was half an hour ago is told with what it is.
    let waiting = |minute: i64| {
        let at = |m: i64| START.plus(m * MINUTE);
        (minute - 30..=minute)
            .map(move |m| signal("queue", Metric::Waiting, Some((100 * m + 5_000) as f64), at(m)))
    };
    let look = |fault: &dyn Fn(Ms) -> Signal| {
        let mut room = Room::new(&data);
        for minute in 0..30 {
            let at = START.plus(minute * MINUTE);
            let signals: Vec<Signal> = waiting(minute).chain([fault(at)]).collect();
            room.look(&signals, at);
        }
        room.firing().iter().map(|(_, node, _)| (*node).to_owned()).collect::<BTreeSet<String>>()
    };
    let slow = look(&|at| signal("sso", Metric::P95, Some(20_000.0), at));
    assert_eq!(slow, BTreeSet::from(["queue".to_owned(), "sso".to_owned()]), "two causes, two alerts");
    assert_eq!(look(&|at| up("sso", Some(0.0), at)), BTreeSet::from(["sso".to_owned()]));
}
