//! The checklist: its counts, its sections, how it went, every row, what was done and what comes next.

use super::{day, many};
use crate::{
    App,
    checklist::{Present, capital},
    figures::course::{Course, course},
    wire::{ProofTone, TaskRow, WireError},
    words,
};
use chrono::{Months, NaiveDate};
use pvhcc_domain::{
    calendar::Calendar,
    report::freeze::{Cadence, CoursePoint, SectionLine, TaskFigures, TaskLine},
    task::TaskStatus,
};
use std::collections::BTreeMap;

impl App {
    pub(super) async fn frozen_tasks(
        &self,
        present: &Present,
        cadence: Cadence,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<TaskFigures, WireError> {
        let rows = self.task_rows(present, None);
        let tasks: Vec<TaskRow> = rows.iter().filter(|row| !row.heading).cloned().collect();
        let counts = self.counts(present);
        let blocking = self.obstacles_by_task().await?;
        let sections = self.0.checklist.sections().iter().map(|section| {
            let of = |wanted: &dyn Fn(&TaskRow) -> bool| {
                many(tasks.iter().filter(|row| row.section == section.id && wanted(row)).count())
            };
            SectionLine {
                id: section.id.clone(),
                title: section.title.clone(),
                total: of(&|_| true),
                claimed: of(&|row| row.status == TaskStatus::Done),
                proved: of(&|row| row.proof.tone == ProofTone::Proved),
            }
        });
        let done = |row: &&TaskRow| {
            row.status == TaskStatus::Done
                && day(row.done_on.as_ref()).is_some_and(|on| (from..=to).contains(&on))
        };
        let next = next_period(cadence, to, &present.calendar);
        let keys = |wanted: &dyn Fn(&&TaskRow) -> bool| {
            tasks.iter().filter(|row| wanted(row)).map(|row| row.no.clone()).collect()
        };
        Ok(TaskFigures {
            total: counts.total,
            claimed: counts.done,
            proved: counts.proved,
            failed: counts.failed,
            unobserved: counts.silent,
            not_applicable: counts.not_applicable,
            in_progress: many(tasks.iter().filter(|row| row.status == TaskStatus::InProgress).count()),
            blocked: counts.blocked,
            overdue: counts.overdue,
            sections: sections.collect(),
            course: course_by_day(&course(&tasks, counts, &present.proofs.log, present.now)),
            done_in_period: keys(&done),
            planned_next: keys(&|row| is_next(row, next)),
            rows: rows.iter().map(|row| line(row, &blocking)).collect(),
        })
    }

    /// What blocks each task, by its key: the open obstacles that name it.
    async fn obstacles_by_task(&self) -> Result<BTreeMap<String, Vec<String>>, WireError> {
        let mut by_task: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for state in self.obstacle_states().await?.iter().filter(|state| state.is_open()) {
            for task in &state.obstacle.tasks {
                by_task.entry(task.clone()).or_default().push(state.obstacle.title.clone());
            }
        }
        Ok(by_task)
    }
}

/// Days that come next: up to the next working day, or the month after.
fn next_period(cadence: Cadence, to: NaiveDate, calendar: &Calendar) -> (NaiveDate, NaiveDate) {
    let first = to.succ_opt().unwrap_or(to);
    let last = match cadence {
        Cadence::Daily => calendar.add_working_days(to, 1),
        Cadence::Monthly => {
            first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first)
        }
    };
    (first, last)
}

/// Under way, or due or expected by then.
fn is_next(row: &TaskRow, (first, last): (NaiveDate, NaiveDate)) -> bool {
    let open = !matches!(row.status, TaskStatus::Done | TaskStatus::NotApplicable);
    let within = |text: Option<&String>| day(text).is_some_and(|day| (first..=last).contains(&day));
    let due = row.changed_due.as_ref().or(row.due.as_ref());
    open && (row.status == TaskStatus::InProgress || within(due) || within(row.expected.as_ref()))
}

fn line(row: &TaskRow, blocking: &BTreeMap<String, Vec<String>>) -> TaskLine {
    let claimed = row.status == TaskStatus::Done;
    let blocks = || blocking.get(&row.no).map(|titles| titles.join("; "));
    TaskLine {
        no: row.no.clone(),
        text: row.title.clone(),
        heading: row.heading,
        section: row.section.clone(),
        leads: row.lead_units.iter().map(|unit| unit.short.clone()).collect(),
        due: day(row.changed_due.as_ref().or(row.due.as_ref())),
        status: if row.heading { String::new() } else { capital(words::status(row.status)) },
        claimed,
        done_on: day(row.done_on.as_ref()).filter(|_| claimed),
        // The verdict in a sentence; what it rests on is for the screen.
        proof: if claimed {
            row.proof.detail.lines().next().unwrap_or_default().to_owned()
        } else {
            String::new()
        },
        proved: row.proof.tone == ProofTone::Proved,
        unseen: row.proof.tone == ProofTone::Silent,
        days_late: if row.overdue { u32::try_from(row.days_late).unwrap_or(0) } else { 0 },
        note: row.note.clone().or_else(blocks).unwrap_or_default(),
    }
}

/// One point a day, from the first to the last that anything is known or planned of.
fn course_by_day(course: &Course) -> Vec<CoursePoint> {
    fn holds<V: Copy>(points: &[(NaiveDate, V)], day: NaiveDate) -> Option<V> {
        points.iter().rev().find(|(from, _)| *from <= day).map(|(_, value)| *value)
    }
    let past = |day: NaiveDate| day <= course.today;
    let days = course.first.iter_days().take_while(|day| *day <= course.last.max(course.today));
    days.map(|day| CoursePoint {
        day,
        planned: holds(&course.plan, day).unwrap_or(0),
        claimed: past(day).then(|| holds(&course.claimed, day).unwrap_or(0)),
        proved: if past(day) { holds(&course.proved, day).flatten() } else { None },
    })
    .collect()
}
