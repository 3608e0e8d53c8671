use super::*;
use proptest::prelude::*;
use pvhcc_domain::{
    act::Event,
    task::{Learned, TaskState},
};
use std::collections::BTreeMap;

/// What is done next; undo aims at one of the events so far.
#[derive(Debug, Clone)]
enum Step {
    Status(u8, u8),
    Note(u8),
    Due(u8, u8),
    Expected(u8, Option<u8>),
    Undo(prop::sample::Index),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3_u8, 0..5_u8).prop_map(|(t, s)| Step::Status(t, s)),
        1 => (0..3_u8).prop_map(Step::Note),
        1 => (0..3_u8, 0..28_u8).prop_map(|(t, d)| Step::Due(t, d)),
        1 => (0..3_u8, prop::option::of(0..28_u8)).prop_map(|(t, d)| Step::Expected(t, d)),
        4 => any::<prop::sample::Index>().prop_map(Step::Undo),
    ]
}

fn june(d: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, u32::from(d) + 1).unwrap()
}

/// The slow model: an act holds unless some undo that itself holds names it; asked anew for every act.
fn holds(events: &[Event], id: &str) -> bool {
    !events
        .iter()
        .any(|e| matches!(&e.act, Act::ActUndone { event_id } if event_id == id) && holds(events, &e.id))
}

fn model(events: &[Event]) -> BTreeMap<String, TaskState> {
    let mut states: BTreeMap<String, TaskState> = BTreeMap::new();
    for event in events {
        let no = event.entity.trim_start_matches("task:").to_owned();
        states.entry(no).or_default().last_event = Some(event.id.clone());
    }
    for (no, state) in &mut states {
        let of_task: Vec<&Event> =
            events.iter().filter(|e| e.entity == format!("task:{no}") && holds(events, &e.id)).collect();
        let newest = |pick: fn(&Act) -> bool| of_task.iter().rev().find(|e| pick(&e.act));
        if let Some(e) = newest(|a| matches!(a, Act::TaskStatusSet { .. }))
            && let Act::TaskStatusSet { status, done_on, note, on_behalf_of, learned, .. } = e.act.clone()
        {
            (state.status, state.done_on, state.note) = (status, done_on, note);
            (state.on_behalf_of, state.learned) = (on_behalf_of, learned);
            state.status_set = Some((e.said_at, e.actor.clone()));
        }
        if let Some(e) = newest(|a| matches!(a, Act::TaskDueChanged { .. }))
            && let Act::TaskDueChanged { due, document } = e.act.clone()
        {
            state.changed_due = Some((due, document));
        }
        if let Some(e) = newest(|a| matches!(a, Act::TaskExpectedSet { .. }))
            && let Act::TaskExpectedSet { expected, .. } = e.act
        {
            state.expected = expected;
        }
    }
    states
}

async fn play(steps: &[Step]) {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let mut events: Vec<Event> = Vec::new();
    for step in steps {
        clock.advance(1000);
        let task = |t: &u8| format!("task:{t}");
        let new = match step {
            Step::Status(t, s) => {
                let all = [
                    TaskStatus::NotStarted,
                    TaskStatus::InProgress,
                    TaskStatus::Blocked,
                    TaskStatus::Done,
                    TaskStatus::NotApplicable,
                ];
                let mut new = status(&task(t), all[usize::from(*s)]);
                if let Act::TaskStatusSet { learned, on_behalf_of, .. } = &mut new.act {
                    *learned = (s % 2 == 0).then_some(Learned::Call);
                    *on_behalf_of = (s % 3 == 0).then(|| "Sở Y tế".into());
                }
                new
            }
            Step::Note(t) => act(&task(t), Act::TaskNoteAdded { note: "ghi chú".into() }),
            Step::Due(t, d) => {
                act(&task(t), Act::TaskDueChanged { due: june(*d), document: format!("{d}/CV") })
            }
            Step::Expected(t, d) => act(&task(t), Act::TaskExpectedSet { expected: d.map(june), note: None }),
            Step::Undo(_) if events.is_empty() => continue,
            Step::Undo(index) => {
                let target = index.get(&events);
                act(&target.entity, Act::ActUndone { event_id: target.id.clone() })
            }
        };
        events.push(store.append(new).await.unwrap());
    }
    assert_eq!(store.task_states().await.unwrap(), model(&events));
    store.rebuild_projections().await.unwrap();
    assert_eq!(store.task_states().await.unwrap(), model(&events));
    store.verify(None).await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn projections_equal_a_slow_model_after_any_acts_and_undos(steps in prop::collection::vec(step(), 0..30)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(play(&steps));
    }
}
