//! The history against the checklist, the roster and the document it leads up to.

use super::*;
use pvhcc_domain::{
    act::Event,
    roles::{Auth, Role, may_edit_task},
    task::{TaskState, check_status, project},
    units::Units,
};

fn states(seed: u64) -> HashMap<String, TaskState> {
    let mut by_task: HashMap<String, Vec<Event>> = HashMap::new();
    for (i, seeded) in history(seed).into_iter().enumerate() {
        let mut act = seeded.act;
        if let Some((index, id)) = seed_reference(&mut act) {
            *id = index.to_string();
        }
        let Some(no) = seeded.entity.strip_prefix("task:").map(str::to_owned) else { continue };
        by_task.entry(no).or_default().push(Event {
            id: i.to_string(),
            position: i as i64 + 1,
            device: String::new(),
            device_seq: i as i64 + 1,
            said_at: seeded.said_at,
            clock_suspect: false,
            actor: seeded.person.to_owned(),
            role: Role::Staff,
            auth: Auth::Setup,
            entity: seeded.entity,
            based_on: None,
            act,
        });
    }
    by_task.into_iter().map(|(no, events)| (no, project(&events))).collect()
}

#[test]
fn at_the_cutover_84_of_90_are_done_and_86_is_blocked_for_the_key() {
    for seed in [1, 2, 77] {
        let states = states(seed);
        let done = states.values().filter(|s| s.status == TaskStatus::Done).count();
        assert_eq!(done, 84, "seed {seed}");
        let checklist = Checklist::builtin().expect("checklist");
        let open: Vec<&str> = checklist
            .tasks()
            .map(|r| r.no.as_str())
            .filter(|no| states.get(*no).is_none_or(|s| s.status != TaskStatus::Done))
            .collect();
        assert_eq!(open, ["19", "39", "86", "88", "89", "90"]);
        assert_eq!(states["86"].status, TaskStatus::Blocked);
        assert_eq!(states["86"].note.as_deref(), Some("Chưa có khóa VNeID môi trường thật"));
        assert_eq!(states["19"].status, TaskStatus::InProgress);
        assert_eq!(states["17"].done_on, NaiveDate::from_ymd_opt(2026, 3, 18));
        assert!(!states.contains_key("90"), "nobody has said anything about 90");
    }
}

#[test]
fn every_act_obeys_the_rules_of_the_window_at_its_own_moment() {
    let checklist = Checklist::builtin().expect("checklist");
    let coordinating = Units::builtin().expect("units").coordinating();
    for event in history(1) {
        // Acts on obstacles are checked beside them.
        let Some(no) = event.entity.strip_prefix("task:") else { continue };
        let row = checklist.get(no).expect("a row of the checklist");
        let user = users().into_iter().find(|u| u.key == event.person).expect("a user");
        let (role, unit) = (user.role.expect("a role"), user.unit.expect("a unit"));
        assert!(may_edit_task(role, unit, &row.lead_units, &coordinating), "{event:?}");
        if let Act::TaskStatusSet { status, done_on, note, on_behalf_of, learned, .. } = &event.act {
            assert_eq!(
                check_status(*status, *done_on, note.as_deref(), event.said_at.day()),
                Ok(()),
                "{event:?}"
            );
            let own = row.lead_units.iter().any(|u| u == unit);
            assert_eq!(on_behalf_of.is_none(), own, "{event:?}");
            assert!(on_behalf_of.as_ref().is_none_or(|u| row.lead_units.contains(u)), "{event:?}");
            assert_eq!(*learned == Some(Learned::Own), own, "{event:?}");
        }
    }
}

#[test]
fn no_task_was_done_before_its_predecessors() {
    let states = states(1);
    let done = |no: &str| states.get(no).and_then(|s| s.done_on);
    for row in Checklist::builtin().expect("checklist").tasks() {
        let Some(day) = done(&row.no) else { continue };
        for before in &row.predecessors {
            assert!(done(before).is_some_and(|d| d <= day), "{} before {before}", row.no);
        }
    }
}

#[test]
fn progress_is_slower_than_the_plan_and_fills_the_time_between() {
    let states = states(1);
    let by = |day: NaiveDate| states.values().filter(|s| s.done_on.is_some_and(|d| d <= day)).count();
    let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).expect("day");
    let plan = |day: NaiveDate| {
        Checklist::builtin().expect("checklist").tasks().filter(|r| r.due.is_some_and(|d| d <= day)).count()
    };
    assert!(by(day(3, 13)) * 5 < plan(day(3, 13)));
    let steps = [day(3, 20), day(4, 1), day(4, 10), day(4, 20), day(5, 8)].map(by);
    assert!(steps.windows(2).all(|w| w[1] >= w[0] + 8), "{steps:?}");
}

#[test]
fn the_history_is_ordered_lies_in_the_training_period_and_follows_from_the_seed() {
    let events = history(1);
    assert!(events.windows(2).all(|w| w[0].said_at <= w[1].said_at));
    let first = Ms::parse_rfc3339("2026-03-05T00:00:00+07:00").expect("instant");
    assert!(events.iter().all(|e| e.said_at >= first && e.said_at < crate::training_start()));
    assert_eq!(events, history(1));
    assert_ne!(events, history(2));
    let undos: Vec<usize> = events.iter().filter_map(|e| undone_index(&e.act)).collect();
    assert_eq!(undos.len(), 1);
    assert!(matches!(events[undos[0]].act, Act::TaskStatusSet { status: TaskStatus::Done, .. }));
}
