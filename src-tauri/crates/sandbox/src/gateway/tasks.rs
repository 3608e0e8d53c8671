//! The gateway's word on the tasks: the history so far, but for the disagreements of the scenario.

use super::Gateway;
use crate::{
    history::{SeedEvent, undone_index},
    noise::{bits, word},
};
use chrono::NaiveDate;
use pvhcc_domain::{act::Act, task::TaskStatus, time::Ms};
use serde::Serialize;
use std::collections::HashSet;

/// One row of `/v1/tasks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TaskRow {
    pub(super) no: String,
    pub(super) state: TaskStatus,
    pub(super) done_on: Option<NaiveDate>,
    updated_at: String,
    note: Option<String>,
}

impl Gateway {
    /// All tasks at `now`, in the checklist's order.
    pub(super) fn tasks(&self, now: Ms) -> Vec<TaskRow> {
        let undone: HashSet<usize> = self.story.iter().filter_map(|e| undone_index(&e.act)).collect();
        let past: Vec<&SeedEvent> = self
            .story
            .iter()
            .enumerate()
            .filter(|(i, e)| e.said_at <= now && !undone.contains(i))
            .map(|(_, e)| e)
            .collect();
        let begin = self.story.first().map_or(now, |e| e.said_at).min(now);
        self.checklist.tasks().map(|row| self.row(&row.no, &past, begin, now)).collect()
    }

    /// The day a task was done by what people had said at `now`.
    pub(super) fn done_on(&self, no: &str, now: Ms) -> Option<NaiveDate> {
        let undone: HashSet<usize> = self.story.iter().filter_map(|e| undone_index(&e.act)).collect();
        let entity = format!("task:{no}");
        let said = self
            .story
            .iter()
            .enumerate()
            .filter(|(i, e)| e.said_at <= now && e.entity == entity && !undone.contains(i));
        said.rev().find_map(|(_, e)| match &e.act {
            Act::TaskStatusSet { done_on, .. } => Some(*done_on),
            _ => None,
        })?
    }

    fn row(&self, no: &str, past: &[&SeedEvent], begin: Ms, now: Ms) -> TaskRow {
        let entity = format!("task:{no}");
        let mut row = TaskRow {
            no: no.to_owned(),
            state: TaskStatus::NotStarted,
            done_on: None,
            updated_at: begin.to_rfc3339(),
            note: None,
        };
        for event in past.iter().filter(|e| e.entity == entity) {
            if let Act::TaskStatusSet { status, done_on, .. } = &event.act {
                row.state = *status;
                row.done_on = *done_on;
                // The gateway's operators follow within the hour.
                let minutes = (bits(self.seed, &[word(no), event.said_at.0 as u64]) % 50) as i64;
                row.updated_at = event.said_at.plus(minutes * 60_000).min(now).to_rfc3339();
            }
        }
        for other in self.scenario.disagreements.iter().filter(|d| d.no == no) {
            if Ms::parse_rfc3339(&other.since).is_ok_and(|since| since <= now) {
                row.state = other.state;
                row.done_on = None;
                row.updated_at.clone_from(&other.since);
                row.note = Some(other.note.clone());
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{history, training_start};
    use std::sync::Arc;

    #[test]
    fn the_gateway_disagrees_with_the_journal_on_three_tasks_at_the_cutover() {
        let gateway = Gateway::new(1, Arc::new(history(1)));
        let rows = gateway.tasks(training_start());
        assert_eq!(rows.len(), 90);
        let done: Vec<&str> =
            rows.iter().filter(|r| r.state == TaskStatus::Done).map(|r| r.no.as_str()).collect();
        assert_eq!(done.len(), 82, "84 in the journal, of which the gateway denies two");
        let state = |no: &str| rows.iter().find(|r| r.no == no).expect("row").state;
        assert_eq!(state("54"), TaskStatus::InProgress);
        assert_eq!(state("46"), TaskStatus::Blocked);
        assert_eq!(state("90"), TaskStatus::InProgress);
    }

    #[test]
    fn an_earlier_clock_sees_only_what_had_happened_and_no_act_taken_back() {
        let gateway = Gateway::new(1, Arc::new(history(1)));
        let rows = gateway.tasks(Ms::parse_rfc3339("2026-04-11T08:00:00+07:00").expect("instant"));
        let state = |no: &str| rows.iter().find(|r| r.no == no).expect("row").state;
        assert_ne!(state("42"), TaskStatus::Done, "that was a slip, taken back");
        assert_eq!(state("17"), TaskStatus::Done);
        assert_eq!(state("87"), TaskStatus::NotStarted);
    }
}
