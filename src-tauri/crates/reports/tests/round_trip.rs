//! What is written to a file reads back as nothing new, on an empty profile as everything that was written, and written
//! again it is the same file to the byte.

use chrono::NaiveDate;
use proptest::prelude::*;
use pvhcc_domain::{
    annex::{Annex, Grid, Said, read},
    lists::{Checklists, List},
    task::{MeasureValue, TaskState, TaskStatus},
    time::Ms,
    units::Units,
};
use pvhcc_reports::{csv, xlsx};
use pvhcc_sources::files;
use std::{collections::BTreeMap, sync::Arc};

type States = BTreeMap<String, TaskState>;

/// 14:00 29/05/2026.
const AS_OF: Ms = Ms(1_780_038_000_000);

fn list(id: &str) -> Arc<List> {
    Arc::clone(Checklists::builtin().expect("lists").get(id).expect("shipped"))
}

fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("valid")
}

fn annex(list: &List, states: &States) -> Annex {
    Annex::of(list, states, &Units::builtin().expect("units"), &|_| "có minh chứng".to_owned(), AS_OF)
}

fn sheet(file: &[u8]) -> Grid {
    files::read(file).expect("reads").remove(0)
}

/// What the rows say, taken as it would be.
fn apply(states: &mut States, said: &[Said], key: &str) {
    let state = states.entry(key.to_owned()).or_default();
    for said in said.iter().cloned() {
        match said {
            Said::Status { status, done_on, note, without_evidence } => {
                (state.status, state.done_on, state.note) = (status, done_on, note);
                state.without_evidence = without_evidence;
            }
            Said::Due { due, document } => state.changed_due = Some((due, document)),
            Said::Expected(day) => state.expected = Some(day),
            Said::Text { column, text } => {
                state.texts.insert(column, text);
            }
            Said::Measure { measure, value, as_of, source } => {
                state.measures.insert(measure, MeasureValue { value, as_of, source, at: Ms(0) });
            }
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    // Words that a careless format would change: formulas, quotes, lines, numbers, dates, markup.
    prop_oneof![
        "[a-zA-ZàảãáạđêơưĐ0-9 =+@'\"<>&;,._\\-–\n/:·%]{1,60}".prop_map(|t| t.trim().to_owned()),
        Just("=1+1".to_owned()),
        Just("007".to_owned()),
        Just("29/05/2026".to_owned()),
        Just("_x0041_ _x000D_".to_owned()),
        Just("-".to_owned()),
    ]
    .prop_filter("nothing is not kept", |t| !t.is_empty())
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0..700_i64).prop_map(|d| ymd(2025, 6, 1) + chrono::Duration::days(d))
}

fn line() -> impl Strategy<Value = String> {
    words().prop_map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Any state that the rules of the field allow.
fn state(columns: Vec<String>, measures: Vec<String>) -> impl Strategy<Value = TaskState> {
    let status = (0..5_usize, some_day(), prop::option::of(words()), prop::option::of(words()));
    let texts = prop::collection::vec(prop::option::of(words()), columns.len());
    let figure = prop::option::of((0..100_000_u32, some_day(), line()));
    let figures = prop::collection::vec(figure, measures.len());
    (status, prop::option::of((some_day(), words())), prop::option::of(some_day()), texts, figures).prop_map(
        move |((status, day, note, reason), changed_due, expected, texts, figures)| {
            let status = TaskStatus::ALL[status];
            let done = status == TaskStatus::Done;
            let needs_note = matches!(status, TaskStatus::Blocked | TaskStatus::NotApplicable);
            TaskState {
                status,
                done_on: done.then_some(day),
                note: note.or_else(|| needs_note.then(|| "chờ C12".to_owned())),
                without_evidence: reason.filter(|_| done),
                changed_due,
                expected,
                texts: columns.iter().cloned().zip(texts).filter_map(|(c, t)| Some((c, t?))).collect(),
                measures: measures
                    .iter()
                    .cloned()
                    .zip(figures)
                    .filter_map(|(m, f)| {
                        let (value, as_of, source) = f?;
                        let value = f64::from(value) / 1000.0;
                        Some((m, MeasureValue { value, as_of, source, at: Ms(0) }))
                    })
                    .collect(),
                ..TaskState::default()
            }
        },
    )
}

/// Any states of a few tasks of a list.
fn states(list: &List) -> impl Strategy<Value = States> + use<> {
    let columns: Vec<String> = list.columns.iter().map(|c| c.id.clone()).collect();
    let tasks: Vec<_> = list
        .checklist
        .tasks()
        .step_by(if list.checklist.rows().len() > 20 { 7 } else { 1 })
        .map(|row| {
            let measures = row.measures.iter().map(|m| m.id.clone()).collect();
            (Just(row.no.clone()), state(columns.clone(), measures)).boxed()
        })
        .collect();
    tasks.prop_map(|all| all.into_iter().collect())
}

fn any_list() -> impl Strategy<Value = (Arc<List>, States)> {
    prop::sample::select(vec!["qd90", "da06", "tap_huan"]).prop_flat_map(|id| {
        let list = list(id);
        (Just(Arc::clone(&list)), states(&list))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_states_survive_a_file_and_the_file_written_again_is_the_same((list, states) in any_list()) {
        let written = annex(&list, &states);
        for write in [|a: &Annex| xlsx(a).expect("writes"), |a: &Annex| csv(a)] {
            let file = write(&written);
            let grid = sheet(&file);

            let own = read(&grid, &list, &states).expect("reads");
            prop_assert_eq!(&own.rows, &[], "one's own file says nothing new: {:?}", own.rows);
            prop_assert_eq!(&own.faults, &[], "{:?}", own.faults);
            prop_assert_eq!(own.same, list.checklist.tasks().count());
            prop_assert!(own.ignored.is_empty());

            let found = read(&grid, &list, &States::new()).expect("reads");
            prop_assert_eq!(&found.faults, &[], "{:?}", found.faults);
            let mut again = States::new();
            for row in &found.rows {
                let said: Vec<Said> = row.said.iter().map(|(said, _)| said.clone()).collect();
                apply(&mut again, &said, &row.key);
            }
            let again = annex(&list, &again);
            prop_assert_eq!(&again, &written);
            prop_assert!(write(&again) == file, "the same contents are the same bytes");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever happened to a file on its way, reading it ends with cells or with a refusal.
    #[test]
    fn a_damaged_file_is_refused_or_read_but_never_brings_the_program_down(
        at in any::<prop::sample::Index>(),
        with in prop::collection::vec(any::<u8>(), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut file = xlsx(&annex(&list("tap_huan"), &States::new())).expect("writes");
        let at = at.index(file.len());
        for (place, byte) in file.iter_mut().skip(at).zip(with) {
            *place = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(grids) = files::read(&file) {
            for grid in &grids {
                let _ = read(grid, &list("tap_huan"), &States::new());
            }
        }
    }
}
