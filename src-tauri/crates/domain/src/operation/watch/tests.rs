use super::*;
use crate::{
    calendar::Calendar,
    observation::{ApiMeasure, Flow, FlowHealth, FlowState, LATENCY_BOUNDS_MS, Stage},
    proof::{BUCKET_MS, Bar, Window},
    time::Ms,
};
use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;

const BAR: Bar = Bar { window: Window::Calls(300), min_calls: 20, success: 0.98, p95_ms: 2000 };

/// Bucket `n`, with calls of which some fail and some are slow.
fn bucket(n: i64, calls: u64, failed: u64, slow: u64) -> ApiMeasure {
    let mut latency = vec![0; LATENCY_BOUNDS_MS.len() + 1];
    latency[2] = calls - slow;
    latency[9] = slow;
    ApiMeasure {
        api: "dvcqg.01".into(),
        from: Ms(n * BUCKET_MS),
        ok: calls - failed,
        client_error: 0,
        server_error: failed,
        timeout: 0,
        latency,
        last_error: (failed > 0).then(|| format!("E{n}")),
    }
}

/// Buckets one after the other from 0; those without calls are left out, as the gateway leaves them out.
fn series(rows: &[(u64, u64, u64)]) -> Vec<ApiMeasure> {
    let rows = rows.iter().zip(0..).filter(|((calls, ..), _)| *calls > 0);
    rows.map(|(&(calls, failed, slow), n)| bucket(n, calls, failed.min(calls), slow.min(calls))).collect()
}

fn end(n: usize) -> Ms {
    Ms(n as i64 * BUCKET_MS)
}

#[test]
fn the_table_of_states_holds() {
    use Health::{Failing, Good, Quiet, Slow, Unsure};
    let quiet = (0, 0, 0);
    for (why, rows, expected) in [
        ("nobody called", vec![quiet; 6], Quiet),
        ("one call that succeeds is all that is known, and good", vec![(1, 0, 0)], Good),
        ("one failure of one call may be chance", vec![(1, 1, 0)], Unsure),
        ("two of two are none", vec![(2, 2, 0)], Failing),
        ("one of thirty may be chance", vec![(30, 1, 0)], Unsure),
        ("one of a hundred is within the bar", vec![(100, 1, 0)], Good),
        ("ten of a hundred are below it", vec![(100, 10, 0)], Failing),
        (
            "half an hour ago speaks no longer",
            vec![(9, 9, 0), quiet, quiet, quiet, quiet, quiet, quiet],
            Quiet,
        ),
        (
            "few calls are gathered over half an hour",
            vec![(1, 1, 0), quiet, (1, 1, 0), quiet, quiet],
            Failing,
        ),
        ("a busy API recovers within one bucket", vec![(50, 50, 0), (50, 0, 0)], Good),
        ("a busy API fails within one bucket", vec![(50, 0, 0), (50, 9, 0)], Failing),
        ("slow answers", vec![(40, 0, 12)], Slow),
        ("three slow ones of three are no chance", vec![(3, 0, 3)], Slow),
        ("one slow answer of one may be chance", vec![(1, 0, 1)], Unsure),
        ("failing goes before slow", vec![(40, 12, 12)], Failing),
    ] {
        let seen = look(&BAR, &series(&rows), end(rows.len()));
        assert_eq!(seen.health, expected, "{why}: {seen:?}");
    }
}

#[test]
fn what_is_counted_is_told_with_its_span_percentiles_and_newest_error() {
    let seen = look(&BAR, &series(&[(30, 3, 0), (8, 1, 8), (15, 0, 0)]), end(3));
    assert_eq!((seen.calls, seen.ok, seen.from, seen.to), (23, 22, end(1), end(3)));
    assert_eq!((seen.p50_ms, seen.p95_ms), (Some(200), Some(4000)));
    assert_eq!(seen.last_error.as_deref(), Some("E1"));
    assert!(!seen.confirmed, "two buckets were needed");
    assert!(look(&BAR, &series(&[(20, 20, 0)]), end(1)).confirmed);
    // A bucket that is not over yet is not known.
    assert_eq!(look(&BAR, &series(&[(0, 0, 0), (20, 20, 0)]), end(1)).health, Health::Quiet);
}

#[test]
fn a_change_is_kept_once_it_holds_two_buckets_or_one_bucket_confirms_it() {
    let changes = |rows: &[(u64, u64, u64)], last| -> Vec<(i64, Health)> {
        let found = changes(&BAR, &series(rows), last, Ms(0), end(rows.len()));
        found.into_iter().map(|c| (c.since.0 / BUCKET_MS, c.seen.health)).collect()
    };
    use Health::{Failing, Good, Slow};
    assert_eq!(changes(&[(30, 0, 0), (30, 9, 0), (30, 0, 0)], None), [(0, Good), (1, Failing), (2, Good)]);
    assert_eq!(changes(&[(30, 0, 0); 5], Some(Good)), []);
    // Few calls: one bucket alone confirms nothing, two do, from the first of them on.
    assert_eq!(changes(&[(5, 5, 0)], Some(Good)), []);
    assert_eq!(changes(&[(5, 5, 0), (5, 5, 0)], Some(Good)), [(0, Failing)]);
    // No calls at all end nothing; the next ones go on where it stood.
    assert_eq!(changes(&[(0, 0, 0); 12], Some(Failing)), []);
    assert_eq!(changes(&[(5, 5, 0), (0, 0, 0), (5, 5, 0)], Some(Good)), [(0, Failing)]);
    assert_eq!(changes(&[(30, 0, 12), (30, 0, 12)], Some(Good)), [(0, Slow)]);
}

#[test]
fn the_table_of_verdicts_holds() {
    use Health::{Failing, Good, NotObserved, Quiet, Slow, Unsure};
    for (place, health, wide, expected) in [
        (None, Good, false, Verdict::Fine),
        (None, Good, true, Verdict::Fine),
        (None, Failing, false, Verdict::Api),
        (None, Failing, true, Verdict::Gateway),
        (None, Slow, true, Verdict::Api),
        (None, Quiet, false, Verdict::Unclear),
        (None, Unsure, true, Verdict::Unclear),
        (None, NotObserved, false, Verdict::NotObserved),
        (Some(Place::OwnMachine), Good, false, Verdict::OwnMachine),
        (Some(Place::OwnNetwork), Failing, true, Verdict::OwnNetwork),
        (Some(Place::Host), NotObserved, false, Verdict::Gateway),
        (Some(Place::OneAddress), NotObserved, false, Verdict::NotObserved),
        (Some(Place::OneAddress), Failing, false, Verdict::Api),
    ] {
        assert_eq!(verdict(place, health, wide), expected, "{place:?} {health:?} {wide}");
    }
    assert!(widespread(&[Failing, Failing, Failing, Good, Slow, Quiet, Quiet, Quiet]));
    assert!(!widespread(&[Failing, Failing, Failing, Good, Slow, Unsure]));
    assert!(!widespread(&[Failing, Failing]), "two may fail at once for causes of their own");
}

fn flow(state: FlowHealth, stage: Stage, rate: Option<f64>, ago: Option<i64>) -> FlowState {
    FlowState {
        flow: Flow::Sso,
        phase: 2,
        stage,
        state,
        last_success_at: ago.map(|ago| Ms(1_000_000_000 - ago)),
        success_rate: rate,
        calls: 100,
        error: None,
    }
}

#[test]
fn the_table_of_flow_cells_holds() {
    use FlowHealth::{Failing, NotApplicable, NotStarted, Ok, Unknown};
    let standing = |flow: &FlowState, current| flow_standing(flow, 0.98, current, Ms(1_000_000_000));
    for (state, stage, rate, ago, expected) in [
        (Ok, Stage::Test, Some(0.99), Some(60_000), FlowStanding::Good),
        (Ok, Stage::Test, Some(0.98), Some(FLOW_SILENT_MS), FlowStanding::Good),
        (Ok, Stage::Test, Some(0.97), Some(60_000), FlowStanding::Weak),
        (Ok, Stage::Test, Some(1.0), Some(FLOW_SILENT_MS + 1), FlowStanding::Weak),
        (Ok, Stage::Test, None, None, FlowStanding::Weak),
        (Ok, Stage::Declare, None, None, FlowStanding::Good),
        (Failing, Stage::Test, Some(1.0), Some(0), FlowStanding::Failing),
        (NotStarted, Stage::Test, None, None, FlowStanding::NotStarted),
        (Unknown, Stage::Test, None, None, FlowStanding::NotObserved),
    ] {
        let flow = flow(state, stage, rate, ago);
        assert_eq!(standing(&flow, true), expected, "{flow:?}");
        assert_eq!(standing(&flow, false), FlowStanding::NotObserved, "old news of {flow:?}");
    }
    let absent = flow(NotApplicable, Stage::Declare, None, None);
    assert_eq!(standing(&absent, false), FlowStanding::Absent, "what never was needs no news");
}

#[test]
fn names_come_back_as_what_they_were() {
    assert!(Health::ALL.into_iter().all(|h| Health::parse(h.as_str()) == Some(h)));
    assert!(FlowStanding::ALL.into_iter().all(|s| FlowStanding::parse(s.as_str()) == Some(s)));
    assert_eq!((Health::parse("fine"), FlowStanding::parse("")), (None, None));
}

#[test]
fn a_machine_that_slept_leaves_a_gap_of_its_length_less_the_limit() {
    let minute = |n: i64| Ms(n * 60_000);
    let answers = [minute(0), minute(1), minute(2), minute(30), minute(31)];
    let found = gaps(&answers, 180_000, minute(0), minute(33));
    assert_eq!(found, [Span { from: minute(5).plus(1), to: minute(30) }]);
    assert_eq!(gaps(&[], 180_000, minute(3), minute(4)), [Span { from: minute(3), to: minute(4) }]);
    assert_eq!(gaps(&answers, 180_000, minute(3), minute(3)), []);
}

#[test]
fn measures_that_stand_still_are_told_from_a_quiet_night() {
    for (calls, buckets, missing, still) in [
        (960, 24, 2, false),
        (960, 24, 3, true),
        (24, 24, 3, false),
        (24, 24, 7, true),
        (0, 24, 288, false),
        (0, 0, 3, false),
    ] {
        assert_eq!(stands_still(calls, buckets, missing), still, "{calls} in {buckets}, none in {missing}");
    }
}

#[test]
fn working_days_compare_with_working_days_and_sundays_with_sundays() {
    let calendar = Calendar::builtin().expect("calendar");
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("day");
    let monday = comparable_days(&calendar, day(5, 25), 3, 60);
    assert_eq!(monday, [day(5, 22), day(5, 21), day(5, 20)]);
    let sundays = comparable_days(&calendar, day(5, 31), 3, 60);
    assert!(sundays.iter().all(|d| d.weekday() == Weekday::Sun) && sundays.len() == 3, "{sundays:?}");
    assert!(comparable_days(&calendar, day(5, 25), 3, 0).is_empty());
}

proptest! {
    #[test]
    fn an_api_below_its_bar_is_never_good_and_one_that_was_not_called_never_settled(
        rows in prop::collection::vec((0u64..60, 0u64..60, 0u64..60), 0..12),
    ) {
        let seen = look(&BAR, &series(&rows), end(rows.len()));
        let fine = seen.rate().is_some_and(|r| r >= BAR.success) && seen.p95_ms.is_some_and(|p| p <= BAR.p95_ms);
        prop_assert_eq!(seen.health == Health::Good, fine);
        prop_assert_eq!(seen.health == Health::Quiet, seen.calls == 0);
        prop_assert!(seen.health != Health::NotObserved);
        prop_assert!(seen.to.0 - seen.from.0 <= WINDOW_BUCKETS * BUCKET_MS);
    }

    /// Looked at after every round or once at the end: the same history is kept.
    #[test]
    fn changes_do_not_depend_on_how_often_one_looks(
        rows in prop::collection::vec((0u64..40, prop_oneof![3 => Just(0u64), 1 => 0u64..40], Just(0u64)), 1..20),
        stops in prop::collection::btree_set(1usize..20, 0..6),
    ) {
        let all = series(&rows);
        let whole = changes(&BAR, &all, None, Ms(0), end(rows.len()));
        let (mut last, mut after, mut pieces) = (None, Ms(0), Vec::new());
        for stop in stops.into_iter().filter(|s| *s < rows.len()).chain([rows.len()]) {
            for change in changes(&BAR, &all, last, after, end(stop)) {
                (last, after) = (Some(change.seen.health), change.since);
                pieces.push(change);
            }
        }
        prop_assert_eq!(pieces, whole);
    }

    #[test]
    fn an_instant_is_in_a_gap_exactly_when_no_answer_is_young_enough(
        mut answers in prop::collection::vec(0i64..1000, 0..20),
        limit in 0i64..200, from in 0i64..1000, length in 0i64..300,
    ) {
        answers.sort_unstable();
        let instants: Vec<Ms> = answers.iter().copied().map(Ms).collect();
        let found = gaps(&instants, limit, Ms(from), Ms(from + length));
        prop_assert!(found.windows(2).all(|w| w[0].to <= w[1].from));
        for t in from..from + length {
            let seen = answers.iter().any(|a| *a <= t && t <= a + limit);
            let gap = found.iter().any(|g| g.from.0 <= t && t < g.to.0);
            prop_assert_eq!(seen, !gap, "at {}", t);
        }
    }
}
