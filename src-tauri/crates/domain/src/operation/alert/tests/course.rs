//! How one alert begins, goes on and ends, and what people do about it.

use super::*;
use crate::act::Act;

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
