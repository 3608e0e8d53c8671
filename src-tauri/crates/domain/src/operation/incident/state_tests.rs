use super::*;
use crate::{
    calendar::Calendar,
    hours::OfficeHours,
    operation::incident::{ClockKind, Severities, SeverityCourse, Timing, figures},
    roles::{Auth, Role},
};
use proptest::prelude::*;

fn event(at: i64, seat: &str, seq: i64, act: IncidentAct) -> Event {
    Event {
        id: format!("{seat}{seq}"),
        position: seq,
        device: seat.into(),
        device_seq: seq,
        said_at: Ms(at),
        clock_suspect: false,
        actor: format!("person of {seat}"),
        role: Role::Duty,
        auth: Auth::Online,
        entity: format!("{ENTITY}i"),
        based_on: None,
        act: Act::Incident(act),
    }
}

fn opened(detected: i64) -> IncidentAct {
    IncidentAct::Opened {
        title: "Cổng trả lời 503".into(),
        severity: Severity::S2,
        detected: Ms(detected),
        touched: Touched::default(),
        alerts: vec!["a1".into()],
        text: None,
        run: None,
    }
}

fn acknowledged() -> IncidentAct {
    IncidentAct::Acknowledged { owner: "d1".into() }
}

fn mitigated(at: i64) -> IncidentAct {
    IncidentAct::Mitigated { at: Ms(at), workaround: "nhận hồ sơ giấy".into() }
}

fn resolved(at: i64) -> IncidentAct {
    IncidentAct::Resolved { at: Ms(at), how: "khởi động lại".into(), cause: None }
}

fn closed() -> IncidentAct {
    IncidentAct::Closed { cause: "hết kết nối".into(), lesson: None }
}

fn reopened() -> IncidentAct {
    IncidentAct::Reopened { reason: "lỗi lại".into() }
}

fn noted(at: i64) -> IncidentAct {
    IncidentAct::Noted { at: Ms(at), text: "đã gọi VNPT".into(), file: None }
}

fn changed(severity: Severity, reason: Option<&str>) -> IncidentAct {
    IncidentAct::Changed {
        title: "Cổng trả lời 503".into(),
        severity,
        touched: Touched::default(),
        reason: reason.map(str::to_owned),
    }
}

/// Acts of one seat, one every 10 ms from 100 on.
fn story(acts: Vec<IncidentAct>) -> Vec<Event> {
    (0..).zip(acts).map(|(i, act)| event(100 + i * 10, "A", i + 1, act)).collect()
}

fn state(acts: Vec<IncidentAct>) -> IncidentState {
    project("i", &story(acts)).expect("reported")
}

#[test]
fn the_stages_follow_one_another_and_mitigation_may_be_left_out() {
    let mut acts = vec![opened(90)];
    let mut stages = vec![state(acts.clone()).stage()];
    for act in [acknowledged(), mitigated(105), resolved(110), closed(), reopened(), resolved(160)] {
        acts.push(act);
        stages.push(state(acts.clone()).stage());
    }
    use Stage::{Acknowledged, Closed, Detected, Mitigated, Resolved};
    assert_eq!(stages, [Detected, Acknowledged, Mitigated, Resolved, Closed, Acknowledged, Resolved]);
    let it = state(acts);
    assert_eq!((it.acknowledged, it.resolved.map(|r| r.at)), (Some(Ms(110)), Some(Ms(160))));
    assert_eq!(it.mitigated, None, "what bounded it did not hold");
    assert_eq!(it.cause.as_deref(), Some("hết kết nối"));
}

#[test]
fn what_it_does_not_take_is_refused_by_its_own_reason() {
    let upto = |acts: Vec<IncidentAct>| state([vec![opened(90)], acts].concat());
    let now = Ms(1_000);
    let owner = |owner: &str| IncidentAct::Assigned { owner: owner.into(), reason: None };
    let linked = |alert: &str| IncidentAct::AlertLinked { alert: alert.into() };
    for (before, act, why) in [
        (vec![], closed(), Refusal::NotAcknowledged),
        (vec![], resolved(100), Refusal::NotAcknowledged),
        (vec![], mitigated(100), Refusal::NotAcknowledged),
        (vec![], owner("d2"), Refusal::NotAcknowledged),
        (vec![], reopened(), Refusal::NotOver),
        (vec![], opened(90), Refusal::Reported),
        (vec![], linked("a1"), Refusal::Linked),
        (vec![], changed(Severity::S2, None), Refusal::Unchanged),
        (vec![], changed(Severity::S1, None), Refusal::NoReason),
        (vec![], noted(1_001), Refusal::Future),
        (vec![acknowledged()], acknowledged(), Refusal::Acknowledged),
        (vec![acknowledged()], owner("d1"), Refusal::SameOwner),
        (vec![acknowledged()], closed(), Refusal::NotResolved),
        (vec![acknowledged()], resolved(89), Refusal::BeforeDetection),
        (vec![acknowledged()], resolved(1_001), Refusal::Future),
        (vec![acknowledged()], mitigated(80), Refusal::BeforeDetection),
        (vec![acknowledged(), mitigated(105)], resolved(104), Refusal::BeforeMitigation),
        (vec![acknowledged(), resolved(105)], resolved(106), Refusal::Resolved),
        (vec![acknowledged(), resolved(105)], mitigated(105), Refusal::Resolved),
        (vec![acknowledged(), resolved(105), reopened()], resolved(125), Refusal::BeforeReturn),
        (vec![acknowledged(), resolved(105), closed()], closed(), Refusal::Closed),
        (vec![acknowledged(), resolved(105), closed()], noted(110), Refusal::Closed),
    ] {
        assert_eq!(check(Some(&upto(before)), &act, now), Err(why), "{act:?}");
    }
    assert_eq!(check(None, &opened(1_001), now), Err(Refusal::Future));
    assert_eq!(check(None, &acknowledged(), now), Err(Refusal::Missing));
    assert_eq!(check(None, &opened(1_000), now), Ok(()));
    assert_eq!(check(Some(&upto(vec![])), &noted(50), now), Ok(()), "what led to it is part of its story");
}

#[test]
fn of_two_who_take_it_on_two_seats_the_first_has_it_and_the_other_is_kept_without_effect() {
    let mut events = story(vec![opened(90)]);
    let other = IncidentAct::Acknowledged { owner: "d2".into() };
    events.push(event(120, "A", 2, acknowledged()));
    events.push(event(115, "B", 1, other));
    let it = project("i", &events).expect("reported");
    assert_eq!((it.owner.as_deref(), it.acknowledged), (Some("d2"), Some(Ms(115))));
    assert_eq!(it.idle, ["A2"]);
}

fn shown(text: &str) -> Ms {
    Ms::parse_rfc3339(&format!("2026-{text}:00+07:00")).expect("instant")
}

#[test]
fn clocks_run_by_severity_and_stop_when_their_word_is_said() {
    let (severities, calendar, hours) = (
        SeverityCourse::new(Severities::builtin().expect("valid"), Vec::new()),
        Calendar::builtin().expect("valid"),
        OfficeHours::builtin().expect("valid"),
    );
    let timing = Timing { severities: &severities, calendar: &calendar, hours: &hours };
    let at = |text: &str| shown(text).0;
    let report = |severity| match opened(at("05-29T22:05")) {
        IncidentAct::Opened { title, detected, touched, alerts, text, run, .. } => {
            IncidentAct::Opened { title, severity, detected, touched, alerts, text, run }
        }
        other => other,
    };
    let due = |state: &IncidentState| -> Vec<(ClockKind, Ms, Option<Ms>)> {
        timing.clocks(state).into_iter().map(|c| (c.kind, c.due, c.met)).collect()
    };
    use ClockKind::{Acknowledge, Fix, Update};

    let mut events = vec![event(at("05-29T22:10"), "A", 1, report(Severity::S2))];
    let it = project("i", &events).expect("reported");
    assert_eq!(
        due(&it),
        [
            (Acknowledge, shown("05-29T22:35"), None),
            (Update, shown("05-29T23:10"), None),
            (Fix, shown("05-30T06:05"), None)
        ]
    );
    assert_eq!(timing.next_due(&it).map(|c| c.kind), Some(Acknowledge));
    assert!(timing.next_due(&it).is_some_and(|c| c.overdue(c.due) && !c.overdue(c.due.plus(-1))));

    events.push(event(at("05-29T22:40"), "A", 2, acknowledged()));
    events.push(event(at("05-29T22:50"), "A", 3, noted(at("05-29T22:45"))));
    let it = project("i", &events).expect("reported");
    let clocks = timing.clocks(&it);
    assert!(clocks[0].missed() && !clocks[0].overdue(shown("05-30T22:00")), "late, but no longer waited for");
    assert_eq!((clocks[1].kind, clocks[1].due), (Update, shown("05-29T23:50")));

    events.push(event(at("05-29T23:00"), "A", 4, resolved(at("05-29T22:55"))));
    let it = project("i", &events).expect("reported");
    assert_eq!(timing.next_due(&it), None);
    assert_eq!(due(&it).last(), Some(&(Fix, shown("05-30T06:05"), Some(shown("05-29T22:55")))));

    events.push(event(at("05-30T01:00"), "A", 5, reopened()));
    let it = project("i", &events).expect("reported");
    assert_eq!(due(&it)[1..], [(Update, shown("05-30T02:00"), None), (Fix, shown("05-30T09:00"), None)]);

    // Friday night: working hours begin on Monday.
    let it = project("i", &[event(at("05-29T22:10"), "A", 1, report(Severity::S3))]).expect("reported");
    let days: Vec<Ms> = due(&it).into_iter().map(|(_, due, _)| due).collect();
    assert_eq!(days, [shown("06-01T11:00"), shown("06-01T17:00"), shown("06-02T17:00")]);
    let it = project("i", &[event(at("05-29T22:10"), "A", 1, report(Severity::S4))]).expect("reported");
    assert_eq!(due(&it).len(), 2, "its fix is planned");
}

#[test]
fn mean_and_median_are_of_those_that_are_over_and_open_ones_are_counted_apart() {
    let one = |id: &str, detected: i64, ack: i64, end: Option<i64>| {
        let mut events = vec![event(detected, "A", 1, opened(detected))];
        events.push(event(detected + ack, "A", 2, acknowledged()));
        events.extend(end.map(|end| event(detected + end, "A", 3, resolved(detected + end))));
        project(id, &events).expect("reported")
    };
    let all = [
        one("1", 1_000, 10, Some(100)),
        one("2", 2_000, 20, Some(200)),
        one("3", 3_000, 60, Some(900)),
        one("4", 4_000, 2, None),
    ];
    let whole = figures(&all, None, Ms(0)..Ms(10_000));
    assert_eq!((whole.over, whole.open), (3, 1));
    let spread = |s: Option<super::super::Spread>| s.map(|s| (s.mean, s.median));
    assert_eq!((spread(whole.acknowledge), spread(whole.resolve)), (Some((30, 20)), Some((400, 200))));
    let two = figures(&all, Some(Severity::S2), Ms(0)..Ms(3_000));
    assert_eq!((spread(two.acknowledge), spread(two.resolve)), (Some((15, 15)), Some((150, 150))));
    assert_eq!(figures(&all, Some(Severity::S1), Ms(0)..Ms(10_000)), super::super::Figures::default());
    assert_eq!(figures(&all, None, Ms(4_000)..Ms(4_001)).resolve, None, "an open one is in no mean");
}

fn any_act() -> impl Strategy<Value = IncidentAct> {
    let time = 50i64..400;
    prop_oneof![
        time.clone().prop_map(mitigated),
        time.clone().prop_map(resolved),
        time.prop_map(noted),
        Just(acknowledged()),
        Just(closed()),
        Just(reopened()),
        (0usize..4).prop_map(|s| changed(Severity::ALL[s], Some("đánh giá lại"))),
        (1u8..4).prop_map(|d| IncidentAct::Assigned { owner: format!("d{d}"), reason: None }),
        (1u8..4).prop_map(|a| IncidentAct::AlertLinked { alert: format!("a{a}") }),
        Just(IncidentAct::FollowUp {
            text: "rà soát".into(),
            unit: "vnpt".into(),
            due: "2026-06-05".parse().expect("day")
        }),
    ]
}

proptest! {
    /// Two seats act without seeing one another; whatever arrives first, and with a clock behind, all seats end the same, and no
    /// incident skips what it must not.
    #[test]
    fn every_order_of_arrival_gives_the_same_incident(
        acts in proptest::collection::vec((any_act(), any::<bool>(), 0i64..30), 0..25),
        order in any::<prop::sample::Index>(),
        behind in 0i64..200,
    ) {
        let mut events = vec![event(100, "A", 1, opened(90))];
        let (mut at, mut next) = ([100, 100 - behind], [2, 1]);
        for (act, other, later) in acts {
            let seat = usize::from(other);
            at[seat] += later;
            events.push(event(at[seat], ["A", "B"][seat], next[seat], act));
            next[seat] += 1;
        }
        let here = project("i", &events).expect("reported");
        let turn = order.index(events.len());
        events.rotate_left(turn);
        prop_assert_eq!(&project("i", &events).expect("reported"), &here);
        events.reverse();
        prop_assert_eq!(&project("i", &events).expect("reported"), &here);

        let stage = here.stage();
        prop_assert_eq!(stage >= Stage::Acknowledged, here.acknowledged.is_some());
        prop_assert_eq!(here.owner.is_some(), here.acknowledged.is_some());
        prop_assert!(here.acknowledged.is_none_or(|at| at >= here.detected));
        prop_assert!(here.closed.is_none() || here.resolved.is_some());
        prop_assert!(here.resolved.as_ref().is_none_or(|r| r.at >= here.detected && here.acknowledged.is_some()));
        if let (Some(mitigated), Some(resolved)) = (&here.mitigated, &here.resolved) {
            prop_assert!(resolved.at >= mitigated.at);
        }
        let alerts: std::collections::BTreeSet<&String> = here.alerts.iter().collect();
        prop_assert_eq!(alerts.len(), here.alerts.len());
    }

    /// What the check lets through has its effect: nobody is told that something was done which was not.
    #[test]
    fn an_act_that_is_taken_is_never_idle(acts in proptest::collection::vec(any_act(), 0..20)) {
        let mut events = vec![event(100, "A", 1, opened(90))];
        for act in acts {
            let seq = events.len() as i64 + 1;
            let before = project("i", &events).expect("reported");
            let taken = check(Some(&before), &act, Ms(100 + seq * 10));
            events.push(event(100 + seq * 10, "A", seq, act));
            let after = project("i", &events).expect("reported");
            match taken {
                Ok(()) => prop_assert_eq!(after.idle.len(), before.idle.len()),
                Err(Refusal::Future) => {}
                Err(_) => prop_assert_eq!(after.idle.len(), before.idle.len() + 1),
            }
        }
    }
}
