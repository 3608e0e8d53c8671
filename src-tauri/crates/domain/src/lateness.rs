//! How late a task is, against the decision's date and against the date a later document allows (issue: both are shown).
//!
//! Pure: today and the calendar are arguments. Days late are calendar days, because due dates are plain calendar
//! dates that are never shifted off a weekend (domain.md §7.2); "due soon" counts working days (domain.md §5.3).

use crate::{
    calendar::Calendar,
    task::{TaskState, TaskStatus},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A task is due soon when at most this many working days are left (domain.md §5.3).
pub const DUE_SOON_WORKING_DAYS: i64 = 2;

/// What lateness is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskDates {
    /// Due date of the decision; `None` for headings.
    pub decision_due: Option<NaiveDate>,
    /// Due date a later document allows.
    pub changed_due: Option<NaiveDate>,
    /// When the lead unit expects to finish.
    pub expected: Option<NaiveDate>,
    /// Present status.
    pub status: TaskStatus,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
}

impl TaskDates {
    /// The dates of a task in its present state.
    #[must_use]
    pub fn of(decision_due: Option<NaiveDate>, state: &TaskState) -> Self {
        Self {
            decision_due,
            changed_due: state.changed_due.as_ref().map(|(due, _)| *due),
            expected: state.expected,
            status: state.status,
            done_on: state.done_on,
        }
    }

    /// The date that binds: the changed one, else the decision's.
    #[must_use]
    pub fn effective_due(&self) -> Option<NaiveDate> {
        self.changed_due.or(self.decision_due)
    }
}

/// How late a task is. Days are calendar days, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Lateness {
    /// Days beyond the decision's date: up to the day it was done, or up to today while it is open. `None` without
    /// such a date or when the task does not apply.
    pub late_decision: Option<i64>,
    /// The same against the changed date; `None` when it was not changed.
    pub late_changed: Option<i64>,
    /// Open, and today is after the date that binds.
    pub overdue: bool,
    /// Open, not overdue, and at most [`DUE_SOON_WORKING_DAYS`] working days are left.
    pub due_soon: bool,
    /// Done after the date that binds.
    pub done_late: bool,
    /// Working days left until the date that binds, negative beyond it; `None` unless open with a date.
    pub working_days_left: Option<i64>,
    /// Days by which the expected day lies beyond the date that binds, while open; `None` when it does not.
    pub expected_late: Option<i64>,
}

/// Computes [`Lateness`] on the province's day `today`.
#[must_use]
pub fn lateness(task: &TaskDates, today: NaiveDate, calendar: &Calendar) -> Lateness {
    let open = !matches!(task.status, TaskStatus::Done | TaskStatus::NotApplicable);
    // Done without a day cannot be written; should an old event say so, it is not called late for that.
    let end = match task.status {
        TaskStatus::NotApplicable => None,
        TaskStatus::Done => task.done_on,
        _ => Some(today),
    };
    let late = |due: Option<NaiveDate>| Some((end? - due?).num_days().max(0));
    let binding = task.effective_due();
    let overdue = open && binding.is_some_and(|due| today > due);
    let working_days_left = binding.filter(|_| open).map(|due| calendar.working_days_between(today, due));
    Lateness {
        late_decision: late(task.decision_due),
        late_changed: late(task.changed_due),
        overdue,
        due_soon: !overdue && working_days_left.is_some_and(|left| left <= DUE_SOON_WORKING_DAYS),
        done_late: !open && late(binding).is_some_and(|days| days > 0),
        working_days_left,
        expected_late: match (task.expected, binding) {
            (Some(expected), Some(due)) if open && expected > due => Some((expected - due).num_days()),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("ISO date")
    }

    fn on(task: &TaskDates, today: &str) -> Lateness {
        lateness(task, day(today), &Calendar::builtin().expect("valid"))
    }

    fn due(text: &str) -> TaskDates {
        TaskDates { decision_due: Some(day(text)), ..TaskDates::default() }
    }

    #[test]
    fn a_task_is_not_overdue_on_its_day_and_overdue_the_day_after() {
        let task = due("2026-03-13");
        let same_day = on(&task, "2026-03-13");
        assert!(!same_day.overdue && same_day.due_soon);
        assert_eq!(same_day.late_decision, Some(0));
        let next_day = on(&task, "2026-03-14");
        assert!(next_day.overdue && !next_day.due_soon);
        assert_eq!(next_day.late_decision, Some(1));
    }

    #[test]
    fn a_date_on_a_sunday_is_not_shifted_to_monday() {
        let task = due("2026-03-15");
        assert!(on(&task, "2026-03-16").overdue);
    }

    #[test]
    fn due_soon_counts_working_days_across_the_weekend_and_holidays() {
        // From Friday 24/04 only Tuesday 28/04 and Wednesday 29/04 are worked before the 29th ends.
        assert!(on(&due("2026-04-29"), "2026-04-24").due_soon);
        assert_eq!(on(&due("2026-04-29"), "2026-04-24").working_days_left, Some(2));
        assert!(!on(&due("2026-04-29"), "2026-04-23").due_soon);
    }

    #[test]
    fn lateness_is_told_against_both_dates() {
        let mut task = due("2026-03-13");
        task.changed_due = Some(day("2026-03-20"));
        let open = on(&task, "2026-03-18");
        assert_eq!((open.late_decision, open.late_changed, open.overdue), (Some(5), Some(0), false));
        task.status = TaskStatus::Done;
        task.done_on = Some(day("2026-03-22"));
        let done = on(&task, "2026-05-29");
        assert_eq!((done.late_decision, done.late_changed), (Some(9), Some(2)));
        assert!(done.done_late && !done.overdue && !done.due_soon);
    }

    #[test]
    fn what_does_not_apply_is_never_late() {
        let task = TaskDates { status: TaskStatus::NotApplicable, ..due("2026-03-13") };
        assert_eq!(on(&task, "2026-05-29"), Lateness::default());
    }

    #[test]
    fn an_expected_day_beyond_the_date_is_told_only_while_open() {
        let mut task = due("2026-04-20");
        task.expected = Some(day("2026-04-25"));
        assert_eq!(on(&task, "2026-04-01").expected_late, Some(5));
        task.status = TaskStatus::Done;
        task.done_on = Some(day("2026-04-19"));
        assert_eq!(on(&task, "2026-04-26").expected_late, None);
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0i32..365).prop_map(|n| NaiveDate::from_yo_opt(2026, n as u32 + 1).expect("day of 2026"))
    }

    proptest! {
        #[test]
        fn the_flags_exclude_each_other_and_agree_with_the_days(
            decision in any_day(), changed in proptest::option::of(any_day()), today in any_day(),
            done in proptest::option::of(any_day()),
        ) {
            let status = if done.is_some() { TaskStatus::Done } else { TaskStatus::Blocked };
            let task = TaskDates { decision_due: Some(decision), changed_due: changed, expected: None, status, done_on: done };
            let result = lateness(&task, today, &Calendar::builtin().expect("valid"));
            let binding_days = if changed.is_some() { result.late_changed } else { result.late_decision };
            let flags = [result.overdue, result.due_soon, result.done_late];
            prop_assert!(flags.iter().filter(|flag| **flag).count() <= 1);
            prop_assert_eq!(result.overdue || result.done_late, binding_days > Some(0));
        }
    }
}
