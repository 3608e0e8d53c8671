use super::*;
use proptest::prelude::*;
use pvhcc_domain::{
    act::Event,
    compare::said_by,
    evidence::{Evidence, EvidenceItem, Revoked},
    rag::{Rag, RagOverride},
    task::{Learned, MeasureValue, TaskState, project},
};
use std::collections::BTreeMap;

/// What is done next; undo aims at one of the events so far.
#[derive(Debug, Clone)]
enum Step {
    Status(u8, u8),
    Note(u8),
    Due(u8, u8),
    Expected(u8, Option<u8>),
    Evidence(u8, u8),
    Revoke(prop::sample::Index),
    Rag(u8, Option<u8>),
    Text(u8, u8, bool),
    Measured(u8, u8, u8),
    Undo(prop::sample::Index),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3_u8, 0..5_u8).prop_map(|(t, s)| Step::Status(t, s)),
        1 => (0..3_u8).prop_map(Step::Note),
        1 => (0..3_u8, 0..28_u8).prop_map(|(t, d)| Step::Due(t, d)),
        1 => (0..3_u8, prop::option::of(0..28_u8)).prop_map(|(t, d)| Step::Expected(t, d)),
        2 => (0..3_u8, 0..4_u8).prop_map(|(t, n)| Step::Evidence(t, n)),
        2 => any::<prop::sample::Index>().prop_map(Step::Revoke),
        1 => (0..3_u8, prop::option::of(0..28_u8)).prop_map(|(t, d)| Step::Rag(t, d)),
        1 => (0..3_u8, 0..2_u8, any::<bool>()).prop_map(|(t, c, empty)| Step::Text(t, c, empty)),
        1 => (0..3_u8, 0..28_u8, 0..9_u8).prop_map(|(t, d, v)| Step::Measured(t, d, v)),
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
        workbench(state, &of_task);
    }
    states
}

/// The slow model of evidence, colours, words and figures: each asked of the acts that hold.
fn workbench(state: &mut TaskState, held: &[&Event]) {
    for event in held {
        let Act::EvidenceAdded { evidence } = &event.act else { continue };
        let revoked = held.iter().rev().find_map(|e| match &e.act {
            Act::EvidenceRevoked { evidence_id, reason } if *evidence_id == event.id => {
                Some(Revoked { at: e.said_at, actor: e.actor.clone(), reason: reason.clone() })
            }
            _ => None,
        });
        state.evidence.push(EvidenceItem {
            id: event.id.clone(),
            added_at: event.said_at,
            actor: event.actor.clone(),
            evidence: evidence.clone(),
            revoked,
        });
    }
    let colour =
        held.iter().rev().find(|e| matches!(e.act, Act::RagOverridden { .. } | Act::RagOverrideEnded {}));
    if let Some(e) = colour
        && let Act::RagOverridden { rag, reason, until } = &e.act
    {
        let (reason, actor) = (reason.clone(), e.actor.clone());
        state.rag = Some(RagOverride { rag: *rag, reason, until: *until, at: e.said_at, actor });
    }
    for column in ["c0", "c1"] {
        let last = held.iter().rev().find_map(|e| match &e.act {
            Act::TaskTextSet { column: c, text } if c == column => Some(text.clone()),
            _ => None,
        });
        state.texts.extend(last.filter(|t| !t.is_empty()).map(|t| (column.to_owned(), t)));
    }
    // The latest day counts; of two reports of one day the one said later.
    let newest = held.iter().filter_map(|e| match &e.act {
        Act::TaskMeasured { value, as_of, source, .. } => {
            Some((*as_of, e.position, *value, source.clone(), e.said_at))
        }
        _ => None,
    });
    if let Some((as_of, _, value, source, at)) = newest.max_by_key(|n| (n.0, n.1)) {
        state.measures.insert("m".into(), MeasureValue { value, as_of, source, at });
    }
}

/// The states folded from what was said by a moment.
fn as_of(events: &[Event], at: Ms) -> BTreeMap<String, TaskState> {
    let mut by_task: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in said_by(events, at) {
        by_task.entry(event.entity.trim_start_matches("task:").to_owned()).or_default().push(event);
    }
    by_task.into_iter().map(|(task, events)| (task, project(&events))).collect()
}

async fn play(steps: &[Step]) {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let mut events: Vec<Event> = Vec::new();
    // What was the present after each act.
    let mut seen: Vec<(Ms, BTreeMap<String, TaskState>)> = Vec::new();
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
            Step::Evidence(t, n) => {
                let url = format!("https://minh-chung.test/{n}");
                act(&task(t), Act::EvidenceAdded { evidence: Evidence::Link { url, title: None } })
            }
            Step::Revoke(index) => {
                let added: Vec<&Event> =
                    events.iter().filter(|e| matches!(e.act, Act::EvidenceAdded { .. })).collect();
                if added.is_empty() {
                    continue;
                }
                let target = index.get(&added);
                let revoked =
                    Act::EvidenceRevoked { evidence_id: target.id.clone(), reason: "nhầm tệp".into() };
                act(&target.entity, revoked)
            }
            Step::Rag(t, None) => act(&task(t), Act::RagOverrideEnded {}),
            Step::Rag(t, Some(d)) => {
                let reason = format!("lý do {d}");
                act(&task(t), Act::RagOverridden { rag: Rag::Green, reason, until: june(*d) })
            }
            Step::Text(t, c, empty) => {
                let text = if *empty { String::new() } else { format!("chữ {}", events.len()) };
                act(&task(t), Act::TaskTextSet { column: format!("c{c}"), text })
            }
            Step::Measured(t, d, v) => act(
                &task(t),
                Act::TaskMeasured {
                    measure: "m".into(),
                    value: f64::from(*v),
                    as_of: june(*d),
                    source: "báo cáo".into(),
                },
            ),
            Step::Undo(_) if events.is_empty() => continue,
            Step::Undo(index) => {
                let target = index.get(&events);
                act(&target.entity, Act::ActUndone { event_id: target.id.clone() })
            }
        };
        let written = store.append(new).await.unwrap();
        seen.push((written.said_at, store.task_states().await.unwrap()));
        events.push(written);
    }
    for (at, present) in seen {
        assert_eq!(as_of(&events, at), present, "as of a moment is what was the present then, now included");
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
