use super::{
    forecast::forecast,
    gate::{Hindrance, Shown, hindrances, may_go, standing},
    startable::{Around, Reason, may_begin, reasons},
    state::{RunState, Stage, project_all},
    *,
};
use crate::{
    act::{Act, Event},
    operation::runbook::{
        Condition, Criterion, Gate, Level, Runbook, Step, Stream, Trigger, Watched, Who, condition::Seen,
    },
    roles::Auth,
};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const START: Ms = Ms(1_780_000_000_000);

fn who() -> Who {
    Who { unit: "vnpt".into(), role: None, post: None }
}

fn step(id: usize, start: i64, minutes: i64, after: Vec<usize>) -> Step {
    Step {
        id: format!("s{id}"),
        stream: "work".into(),
        title: format!("Bước {id}"),
        detail: String::new(),
        owner: who(),
        backup: None,
        start,
        minutes,
        not_before: false,
        after: after.into_iter().map(|a| format!("s{a}")).collect(),
        gates: Vec::new(),
        needs: Vec::new(),
        validation: "xong".into(),
        rollback: None,
        evidence: None,
        no_return: false,
    }
}

fn up() -> Condition {
    Condition {
        node: Some("gateway".into()),
        metric: Some(crate::operation::signal::Metric::Up),
        figure: None,
        is: crate::operation::runbook::Compare::AtLeast,
        value: 1.0,
        minutes: 5,
    }
}

fn book(steps: Vec<Step>) -> Runbook {
    Runbook {
        id: "book".into(),
        title: "Kịch bản".into(),
        basis: Vec::new(),
        starts: START,
        window_minutes: 600,
        rollback: None,
        worst_rollback_minutes: None,
        streams: vec![Stream { id: "work".into(), name: "Việc".into() }],
        steps,
        gates: Vec::new(),
        triggers: Vec::<Trigger>::new(),
    }
}

fn event(device: &str, seq: i64, minute: i64, actor: &str, act: RunAct) -> Event {
    Event {
        id: format!("{device}-{seq}"),
        position: seq,
        device: device.into(),
        device_seq: seq,
        said_at: START.plus(minute * MINUTE),
        clock_suspect: false,
        actor: actor.into(),
        role: Role::Duty,
        auth: Auth::Online,
        entity: format!("{RUN}r"),
        based_on: None,
        act: Act::Run(act),
    }
}

fn opened(mode: Mode) -> Event {
    let act = RunAct::Opened {
        runbook: "book".into(),
        sha256: "0".repeat(64),
        mode,
        starts: START,
        rolls_back: None,
    };
    event("a", 1, -60, "p", act)
}

fn run(mode: Mode, acts: Vec<(i64, RunAct)>) -> RunState {
    let said =
        acts.into_iter().enumerate().map(|(at, (minute, act))| event("a", at as i64 + 2, minute, "p", act));
    let events: Vec<Event> = std::iter::once(opened(mode)).chain(said).collect();
    project_all(&events).remove(0)
}

fn started(step: &str) -> RunAct {
    RunAct::StepStarted { step: step.into(), despite: None }
}

fn ended(step: &str, end: StepEnd) -> RunAct {
    RunAct::StepEnded { step: step.into(), end, text: None, files: Vec::new() }
}

fn around(minute: i64, seen: Seen, since: i64, check: impl FnOnce(&Around<'_>)) {
    let watched = move |_: &Condition| {
        Watched::unseen(START.plus(since * MINUTE)).then(seen, START.plus(since * MINUTE))
    };
    check(&Around { now: START.plus(minute * MINUTE), watched: &watched, parent_past_no_return: false });
}

#[test]
fn a_step_begun_twice_counts_once_and_keeps_who_was_first() {
    let events = [
        opened(Mode::Live),
        event("a", 2, 1, "first", started("s0")),
        event("b", 1, 2, "second", started("s0")),
        event("b", 2, 3, "second", ended("s0", StepEnd::Done)),
        event("a", 3, 4, "first", ended("s0", StepEnd::Failed)),
        event("a", 4, 5, "first", started("s0")),
    ];
    let run = project_all(&events).remove(0);
    let step = run.step("s0");
    assert_eq!((step.tries.len(), step.stage()), (1, Stage::Done));
    assert_eq!(step.tries[0].started.as_ref().map(|s| s.by.as_str()), Some("first"));
    assert_eq!(step.ended(), Some(START.plus(3 * MINUTE)));
}

#[test]
fn failed_steps_are_begun_again_and_done_ones_only_once_reopened() {
    let mut acts = vec![(1, started("s0")), (2, ended("s0", StepEnd::Failed)), (3, started("s0"))];
    assert_eq!(run(Mode::Live, acts.clone()).step("s0").tries.len(), 2);
    acts.push((4, ended("s0", StepEnd::Done)));
    acts.push((5, RunAct::StepReopened { step: "s0".into(), reason: "sai".into() }));
    let state = run(Mode::Live, acts.clone());
    assert_eq!((state.stage("s0"), state.step("s0").started()), (Stage::Waiting, None));
    acts.push((6, ended("s0", StepEnd::Skipped)));
    assert_eq!(run(Mode::Live, acts).stage("s0"), Stage::Skipped);
}

#[test]
fn nothing_said_after_the_end_counts() {
    let state = run(
        Mode::Live,
        vec![
            (1, RunAct::Ended { text: "xong".into() }),
            (2, started("s0")),
            (3, RunAct::Ended { text: "nữa".into() }),
        ],
    );
    assert_eq!(state.stage("s0"), Stage::Waiting);
    assert_eq!(state.ended.as_ref().map(|(_, text)| text.as_str()), Some("xong"));
    let runbook = book(vec![step(0, 0, 10, vec![])]);
    around(5, Seen::Holds, 0, |a| {
        assert_eq!(reasons(&runbook, &state, &runbook.steps[0], a), [Reason::RunEnded]);
    });
}

#[test]
fn every_reason_is_named_and_only_those_of_machines_give_way_in_a_rehearsal() {
    let mut first = step(0, 0, 10, vec![]);
    first.not_before = true;
    let mut second = step(1, 10, 10, vec![0]);
    second.gates = vec!["go".into()];
    second.needs = vec![up()];
    second.no_return = true;
    let mut runbook = book(vec![first, second]);
    runbook.gates = vec![gate()];
    let fresh = run(Mode::Rehearsal, vec![]);
    around(-5, Seen::Holds, -60, |a| {
        let found = reasons(&runbook, &fresh, &runbook.steps[0], a);
        assert_eq!(found, [Reason::TooEarly { until: START }]);
        assert!(may_begin(&found, Mode::Rehearsal, true));
        assert!(!may_begin(&found, Mode::Rehearsal, false), "it needs a reason");
        assert!(!may_begin(&found, Mode::Live, true));
    });
    around(5, Seen::Unobserved, 0, |a| {
        let found = reasons(&runbook, &fresh, &runbook.steps[1], a);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(matches!(&found[0], Reason::Predecessor { step, stage: Stage::Waiting } if step == "s0"));
        assert!(matches!(&found[1], Reason::Gate { gate, decision: None } if gate == "go"));
        assert!(matches!(&found[2], Reason::NoReturn));
        assert!(matches!(&found[3], Reason::Machine { index: 0, .. }));
        assert!(!may_begin(&found, Mode::Rehearsal, true), "people's reasons bind in a rehearsal too");
    });
    let decided = |decision| RunAct::GateDecided {
        gate: "go".into(),
        decision,
        reason: "đủ".into(),
        shown: BTreeMap::new(),
    };
    let second_person = SecondPerson { person: "q".into(), role: Role::Leader, auth_time: START };
    let mut acts = vec![
        (0, started("s0")),
        (5, ended("s0", StepEnd::Done)),
        (6, decided(Decision::Go)),
        (7, RunAct::NoReturnPassed { step: "s1".into(), second: second_person, reason: None }),
    ];
    let ready = run(Mode::Live, acts.clone());
    around(12, Seen::Holds, 8, |a| {
        // Seen to hold for four of five minutes.
        let found = reasons(&runbook, &ready, &runbook.steps[1], a);
        assert!(matches!(&found[..], [Reason::Machine { .. }]), "{found:?}");
        assert!(!may_begin(&found, Mode::Live, true));
    });
    around(13, Seen::Holds, 8, |a| {
        assert_eq!(reasons(&runbook, &ready, &runbook.steps[1], a), []);
        let back = Around { parent_past_no_return: true, ..*a };
        assert_eq!(reasons(&runbook, &ready, &runbook.steps[1], &back), [Reason::PastNoReturn]);
    });
    acts.push((8, RunAct::Paused { reason: "chờ".into() }));
    around(13, Seen::Holds, 8, |a| {
        let paused = run(Mode::Live, acts.clone());
        assert_eq!(reasons(&runbook, &paused, &runbook.steps[1], a), [Reason::Paused]);
    });
    acts.push((9, RunAct::Resumed {}));
    acts.push((10, decided(Decision::RollBack)));
    around(13, Seen::Holds, 8, |a| {
        let back = run(Mode::Live, acts.clone());
        let found = reasons(&runbook, &back, &runbook.steps[1], a);
        assert!(matches!(
            &found[..],
            [Reason::GoingBack { .. }, Reason::Gate { decision: Some(Decision::RollBack), .. }]
        ));
    });
}

fn gate() -> Gate {
    let criterion =
        |id: &str, level, measure, word| Criterion { id: id.into(), text: id.into(), level, measure, word };
    Gate {
        id: "go".into(),
        title: "Đi hay dừng".into(),
        at: 10,
        decides: who(),
        after: Vec::new(),
        criteria: vec![
            criterion("machine", Level::Must, Some(up()), Some(who())),
            criterion("word", Level::Must, None, Some(who())),
            criterion("nice", Level::Should, Some(up()), None),
        ],
    }
}

fn voted(criterion: &str, vote: Vote) -> RunAct {
    RunAct::Voted { gate: "go".into(), criterion: criterion.into(), vote, reason: None }
}

#[test]
fn a_must_that_fails_keeps_go_away_and_a_should_does_not() {
    let gate = gate();
    let fresh = run(Mode::Live, vec![]);
    around(10, Seen::Holds, 0, |a| {
        let found = hindrances(&fresh, &gate, a);
        let unsaid = Hindrance::Must { criterion: "word".into(), shown: Shown::Unsaid, by_machine: false };
        assert_eq!(found, [unsaid]);
        assert!(!may_go(&found, Mode::Live, true) && !may_go(&found, Mode::Rehearsal, true));
    });
    let said = run(Mode::Live, vec![(1, voted("word", Vote::Go))]);
    around(10, Seen::Holds, 0, |a| assert_eq!(hindrances(&said, &gate, a), []));
    for (seen, shown) in [(Seen::Unobserved, Shown::Unobserved), (Seen::Fails, Shown::NotMet)] {
        around(10, seen, 0, |a| {
            let found = hindrances(&said, &gate, a);
            let machine = Hindrance::Must { criterion: "machine".into(), shown, by_machine: true };
            assert_eq!(found, [machine]);
            assert!(!may_go(&found, Mode::Live, true));
            assert!(!may_go(&found, Mode::Rehearsal, false) && may_go(&found, Mode::Rehearsal, true));
        });
    }
    around(4, Seen::Holds, 0, |a| {
        assert_eq!(standing(&said, &gate, &gate.criteria[0], a).shown, Shown::Building);
    });
}

#[test]
fn somebodys_no_counts_against_a_good_measure_and_their_yes_replaces_none() {
    let gate = gate();
    let no = run(Mode::Live, vec![(1, voted("word", Vote::Go)), (2, voted("machine", Vote::NoGo))]);
    around(10, Seen::Holds, 0, |a| {
        let found = hindrances(&no, &gate, a);
        let said_no =
            Hindrance::Must { criterion: "machine".into(), shown: Shown::NotMet, by_machine: false };
        assert_eq!(found, [said_no]);
        assert!(!may_go(&found, Mode::Rehearsal, true), "a person's no binds in a rehearsal too");
    });
    let yes = run(Mode::Live, vec![(1, voted("word", Vote::Go)), (2, voted("machine", Vote::Go))]);
    around(10, Seen::Fails, 0, |a| assert_eq!(hindrances(&yes, &gate, a).len(), 1));
}

#[test]
fn one_no_among_several_voters_is_a_no_and_everybody_has_one_vote() {
    let gate = gate();
    let vote = |seq, who: &str, vote| event("a", seq, seq, who, voted("word", vote));
    let mut events = vec![opened(Mode::Live), vote(2, "x", Vote::Go), vote(3, "y", Vote::NoGo)];
    around(10, Seen::Holds, 0, |a| {
        let state = project_all(&events).remove(0);
        assert_eq!(standing(&state, &gate, &gate.criteria[1], a).shown, Shown::NotMet);
    });
    events.push(vote(4, "y", Vote::Go));
    around(10, Seen::Holds, 0, |a| {
        let state = project_all(&events).remove(0);
        assert_eq!(standing(&state, &gate, &gate.criteria[1], a).shown, Shown::Met);
        assert_eq!(state.votes_on("go", "word").len(), 2);
    });
}

#[test]
fn a_reason_to_go_back_counts_from_its_step_and_a_gap_stops_no_clock() {
    use super::trigger::{Danger, danger};
    let trigger = Trigger { id: "t".into(), text: "t".into(), after: "s0".into(), when: up() };
    let at = |minute: i64| START.plus(minute * MINUTE);
    let waiting = run(Mode::Live, vec![]);
    let done = run(Mode::Live, vec![(1, started("s0")), (10, ended("s0", StepEnd::Done))]);
    let held = Watched::unseen(at(0)).then(Seen::Holds, at(2));
    assert_eq!(danger(&waiting, &trigger, held, at(60)), (Danger::Unarmed, None));
    assert_eq!(danger(&done, &trigger, held, at(14)), (Danger::Building, Some(at(10))));
    assert_eq!(danger(&done, &trigger, held, at(15)), (Danger::Met, Some(at(10))));
    let gap = held.then(Seen::Unobserved, at(11));
    assert_eq!(danger(&done, &trigger, gap, at(20)), (Danger::Unobserved, Some(at(11))));
    let back = gap.then(Seen::Holds, at(13));
    assert_eq!(danger(&done, &trigger, back, at(15)), (Danger::Met, Some(at(10))));
    let clear = back.then(Seen::Fails, at(16)).then(Seen::Holds, at(17));
    assert_eq!(danger(&done, &trigger, clear, at(21)), (Danger::Building, Some(at(17))));
}

#[test]
fn the_forecast_follows_the_longest_way_over_what_remains() {
    // s0 (10) -> s1 (30) -> s3 (10); s0 -> s2 (5) -> s3; s4 has its hour.
    let mut late = step(4, 120, 10, vec![3]);
    late.not_before = true;
    let runbook = book(vec![
        step(0, 0, 10, vec![]),
        step(1, 10, 30, vec![0]),
        step(2, 10, 5, vec![0]),
        step(3, 40, 10, vec![1, 2]),
        late,
    ]);
    let at = |minute: i64| START.plus(minute * MINUTE);
    let on_time = forecast(&runbook, &run(Mode::Live, vec![]), START);
    assert_eq!((on_time.end, on_time.slip), (at(130), 0));
    // The hour of s4 holds the end: those before it may be seventy minutes late.
    assert_eq!(on_time.critical, ["s4"]);
    assert_eq!(on_time.steps["s1"].float, 70 * MINUTE);
    assert_eq!(on_time.steps["s2"].float, 95 * MINUTE);
    let acts = vec![(0, started("s0")), (100, ended("s0", StepEnd::Done)), (100, started("s1"))];
    let late = forecast(&runbook, &run(Mode::Live, acts), at(105));
    assert_eq!((late.end, late.slip), (at(150), 20 * MINUTE));
    assert_eq!(late.critical, ["s1", "s3", "s4"]);
    assert_eq!(late.steps["s2"], forecast::Expected { start: at(105), end: at(110), float: 20 * MINUTE });
    assert_eq!(late.stream_end(&runbook, "work"), Some(at(150)));
    assert_eq!(late.stream_end(&runbook, "none"), None);
}

/// A step begun, when, and for how long if it ended; minutes.
type Fact = (usize, i64, Option<i64>);

/// A runbook without a cycle, what happened in its run, and now, in minutes.
fn worlds() -> impl Strategy<Value = (Runbook, Vec<Fact>, i64)> {
    let steps = prop::collection::vec(
        (0_i64..120, 1_i64..90, prop::collection::vec(any::<prop::sample::Index>(), 0..3), any::<bool>()),
        1..14,
    );
    let facts = prop::collection::vec(
        (any::<prop::sample::Index>(), 0_i64..200, prop::option::of(0_i64..120)),
        0..10,
    );
    (steps, facts, 0_i64..400).prop_map(|(specs, facts, now)| {
        let count = specs.len();
        let steps = specs.into_iter().enumerate().map(|(at, (start, minutes, before, hour))| {
            let mut before: Vec<usize> =
                if at == 0 { vec![] } else { before.iter().map(|i| i.index(at)).collect() };
            before.sort_unstable();
            before.dedup();
            let mut step = step(at, start, minutes, before);
            step.not_before = hour;
            step
        });
        let runbook = book(steps.collect());
        let mut seen = std::collections::BTreeSet::new();
        let facts = facts.into_iter().map(|(at, start, length)| (at.index(count), start.min(now), length));
        let facts = facts.filter(|(at, ..)| seen.insert(*at)).collect();
        (runbook, facts, now)
    })
}

fn acts_of(facts: &[Fact], now: i64) -> Vec<(i64, RunAct)> {
    let mut acts = Vec::new();
    for (at, start, length) in facts {
        acts.push((*start, started(&format!("s{at}"))));
        if let Some(end) = length.map(|l| start + l).filter(|end| *end <= now) {
            acts.push((end, ended(&format!("s{at}"), StepEnd::Done)));
        }
    }
    acts.sort_by_key(|(minute, _)| *minute);
    acts
}

proptest! {
    #[test]
    fn no_forecast_lies_before_now_and_none_gets_earlier_by_being_late((runbook, facts, now) in worlds(), slip in 0_i64..200) {
        let at = START.plus(now * MINUTE);
        let state = run(Mode::Live, acts_of(&facts, now));
        let first = forecast(&runbook, &state, at);
        for step in &runbook.steps {
            let expected = first.steps[&step.id];
            match state.stage(&step.id) {
                Stage::Waiting => prop_assert!(expected.start >= at && expected.end == expected.start.plus(step.length())),
                Stage::Running => prop_assert!(expected.end >= at),
                _ => {}
            }
            prop_assert!(expected.end <= first.end && expected.float >= 0 || state.stage(&step.id).is_over());
        }
        for step in runbook.steps.iter().filter(|s| !state.stage(&s.id).is_over()) {
            let is_last = first.steps[&step.id].end == first.end;
            prop_assert!(!is_last || first.critical.contains(&step.id));
        }
        // Time passes and nothing more is done.
        let later = forecast(&runbook, &state, at.plus(slip * MINUTE));
        prop_assert!(later.end >= first.end);
        for (id, expected) in &later.steps {
            prop_assert!(expected.end >= first.steps[id].end, "{id}");
        }
        // One step takes longer.
        let mut longer = runbook.clone();
        let which = usize::try_from(slip).unwrap_or(0) % longer.steps.len();
        longer.steps[which].minutes += slip;
        prop_assert!(forecast(&longer, &state, at).end >= first.end);
        // One that goes on began later than it did.
        if let Some(running) = facts.iter().position(|(_, _, length)| length.is_none()) {
            let mut slipped = facts.clone();
            slipped[running].1 = (slipped[running].1 + slip).min(now);
            prop_assert!(forecast(&runbook, &run(Mode::Live, acts_of(&slipped, now)), at).end >= first.end);
        }
    }

    #[test]
    fn whatever_order_the_events_of_two_seats_come_in_the_run_is_the_same(
        told in prop::collection::vec((any::<bool>(), 0_i64..30, 0_usize..4, 0_u8..8), 0..40),
        key in any::<u64>(),
    ) {
        let (mut clocks, mut seqs) = ([0_i64; 2], [1_i64; 2]);
        let mut events = vec![opened(Mode::Live)];
        for (second, ahead, at, what) in told {
            let seat = usize::from(second);
            clocks[seat] += ahead / 3;
            seqs[seat] += 1;
            let step = format!("s{at}");
            let act = match what {
                0 | 1 => started(&step),
                2 => ended(&step, StepEnd::Done),
                3 => ended(&step, StepEnd::Failed),
                4 => RunAct::StepReopened { step, reason: "lại".into() },
                5 => voted("word", if at % 2 == 0 { Vote::Go } else { Vote::NoGo }),
                6 => RunAct::Paused { reason: "chờ".into() },
                _ => RunAct::Resumed {},
            };
            events.push(event(["a", "b"][seat], seqs[seat], clocks[seat], ["x", "y"][seat], act));
        }
        let one = project_all(&events);
        let mut mixed = events;
        // An order that follows from the key alone.
        mixed.sort_by_key(|e| e.id.bytes().fold(key, |h, b| h.wrapping_mul(0x0100_0000_01b3) ^ u64::from(b)));
        prop_assert_eq!(project_all(&mixed), one);
    }
}
