use super::*;
use crate::{
    evidence::Evidence,
    rag::Rag,
    roles::{Auth, Role},
};
use proptest::prelude::*;

const TASK: &str = "task:17";

fn event(position: i64, said_at: i64, act: Act) -> Event {
    Event {
        id: format!("e{position:03}"),
        position,
        device: "d".into(),
        device_seq: position,
        said_at: Ms(said_at),
        clock_suspect: false,
        actor: format!("p{}", position % 3),
        role: Role::Staff,
        auth: Auth::Online,
        entity: TASK.into(),
        based_on: None,
        act,
    }
}

fn june(d: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, u32::from(d % 28) + 1).expect("a day of June")
}

fn status(n: u8) -> Act {
    let all = [TaskStatus::NotStarted, TaskStatus::InProgress, TaskStatus::Blocked, TaskStatus::Done];
    let status = all[usize::from(n) % all.len()];
    Act::TaskStatusSet {
        status,
        done_on: (status == TaskStatus::Done).then(|| june(n)),
        note: n.is_multiple_of(3).then(|| format!("ghi {n}")),
        on_behalf_of: n.is_multiple_of(5).then(|| "vnpt".into()),
        learned: n.is_multiple_of(2).then_some(Learned::Call),
        without_evidence: n.is_multiple_of(7).then(|| "chưa có".into()),
    }
}

/// The moment `at` in a journal of which `events` are all.
fn moment(events: &[Event], at: i64) -> Moment {
    let arrived = events.iter().find(|e| e.said_at > Ms(at)).map_or(i64::MAX, |e| e.position);
    Moment { at: Ms(at), arrived }
}

#[derive(Debug, Clone)]
enum Step {
    Say(u8, u8),
    Undo(prop::sample::Index),
    Revoke(prop::sample::Index),
}

fn act(kind: u8, n: u8) -> Act {
    match kind % 9 {
        0..3 => status(n),
        3 => Act::TaskDueChanged { due: june(n), document: format!("{n}/CV") },
        4 => Act::TaskExpectedSet { expected: (!n.is_multiple_of(3)).then(|| june(n)), note: None },
        5 => Act::TaskTextSet {
            column: "next".into(),
            text: if n.is_multiple_of(3) { String::new() } else { format!("việc {n}") },
        },
        6 => Act::TaskMeasured {
            measure: "rows".into(),
            value: f64::from(n),
            as_of: june(n),
            source: "báo cáo".into(),
        },
        7 if n.is_multiple_of(2) => {
            Act::RagOverridden { rag: Rag::Amber, reason: "chờ".into(), until: june(n) }
        }
        7 => Act::RagOverrideEnded {},
        _ if n.is_multiple_of(2) => {
            Act::EvidenceAdded { evidence: Evidence::Note { text: format!("biên bản {n}") } }
        }
        _ => Act::TaskNoteAdded { note: format!("ghi chú {n}") },
    }
}

/// A journal of one task; each event may have been said up to some steps before it arrived, as from another seat.
fn journal() -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![
        6 => (any::<u8>(), any::<u8>()).prop_map(|(k, n)| Step::Say(k, n)),
        2 => any::<prop::sample::Index>().prop_map(Step::Undo),
        1 => any::<prop::sample::Index>().prop_map(Step::Revoke),
    ];
    prop::collection::vec((step, 0..4_i64), 0..25).prop_map(|steps| {
        let mut events: Vec<Event> = Vec::new();
        for (step, behind) in steps {
            let position = i64::try_from(events.len()).expect("few") + 1;
            let act = match step {
                Step::Say(kind, n) => act(kind, n),
                Step::Undo(_) | Step::Revoke(_) if events.is_empty() => continue,
                Step::Undo(index) => Act::ActUndone { event_id: index.get(&events).id.clone() },
                Step::Revoke(index) => {
                    Act::EvidenceRevoked { evidence_id: index.get(&events).id.clone(), reason: "sai".into() }
                }
            };
            // An act follows the one it speaks of also in time.
            let said = match &act {
                Act::ActUndone { .. } | Act::EvidenceRevoked { .. } => position * 10,
                _ => position * 10 - behind * 10,
            };
            events.push(event(position, said, act));
        }
        events
    })
}

/// What a comparison speaks of: no ids of last events, and evidence in one order.
fn plain(mut side: Side) -> Side {
    side.state.last_event = None;
    side.state.status_set = None;
    side.state.conflicts.clear();
    side.state.evidence.sort_by(|a, b| a.id.cmp(&b.id));
    side
}

proptest! {
    #[test]
    fn the_new_values_on_the_old_state_give_the_new_state(events in journal(), a in 0..260_i64, b in 0..260_i64) {
        let (from, to) = (a.min(b), a.max(b));
        prop_assume!(from < to);
        let from = moment(&events, from);
        let mut side = Side::of(&known_at(&events, from));
        for change in compare(&events, from, Ms(to)) {
            prop_assert_ne!(&change.old, &change.new);
            prop_assert_eq!(side.fields().remove(&change.field), change.old.clone());
            side.apply(&change);
        }
        prop_assert_eq!(plain(side), plain(Side::of(&said_by(&events, Ms(to)))));
    }

    #[test]
    fn a_moment_compared_with_itself_is_empty(events in journal(), at in 0..260_i64) {
        prop_assert_eq!(compare(&events, moment(&events, at), Ms(at)), vec![]);
    }

    #[test]
    fn every_change_names_an_act_that_was_not_known_and_marks_the_late_ones(events in journal(), at in 0..260_i64) {
        let from = moment(&events, at);
        for change in compare(&events, from, Ms(i64::MAX)) {
            let id = change.event.clone().expect("something made it so");
            let cause = events.iter().find(|e| e.id == id).expect("in the journal");
            prop_assert!(cause.position >= from.arrived);
            prop_assert_eq!(change.late, cause.said_at <= from.at);
        }
    }
}

#[test]
fn what_was_said_before_and_came_after_is_a_change_that_is_marked_late() {
    let events = vec![
        event(1, 10, status(1)),
        event(2, 30, Act::TaskExpectedSet { expected: Some(june(3)), note: None }),
        event(3, 20, status(2)),
    ];
    let changes = compare(&events, moment(&events, 25), Ms(100));
    let seen: Vec<(&Field, bool)> = changes.iter().map(|c| (&c.field, c.late)).collect();
    assert_eq!(seen, [(&Field::Status, true), (&Field::Learned, true), (&Field::Expected, false)]);
}

#[test]
fn an_undo_is_who_made_the_change_it_leaves() {
    let events = vec![
        event(1, 10, status(1)),
        event(2, 20, status(3)),
        event(3, 30, Act::ActUndone { event_id: "e002".into() }),
    ];
    assert_eq!(compare(&events, moment(&events, 10), Ms(40)), vec![], "nothing is left of it");
    let back = compare(&events, moment(&events, 20), Ms(40));
    assert!(back.iter().all(|c| c.event.as_deref() == Some("e003")), "{back:?}");
    assert!(back.iter().any(|c| c.new == Some(Value::Status(TaskStatus::InProgress))));
}
