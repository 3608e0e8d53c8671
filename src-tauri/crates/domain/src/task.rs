//! One task of the checklist: its status, and how its events add up to its present state.

use crate::{
    act::{Act, Event},
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Status of a task, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Chưa bắt đầu.
    #[default]
    NotStarted,
    /// Đang làm.
    InProgress,
    /// Vướng mắc.
    Blocked,
    /// Hoàn thành.
    Done,
    /// Không áp dụng.
    NotApplicable,
}

/// How something was learned from another party (design §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learned {
    /// Công văn, thư.
    Letter,
    /// Điện thoại.
    Call,
    /// Biên bản.
    Minutes,
    /// Họp, giao ban.
    Meeting,
    /// Tự thực hiện, tự kiểm tra.
    Own,
}

/// The present state of a task, folded from its events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct TaskState {
    /// Present status.
    pub status: TaskStatus,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// Remark that came with the status.
    pub note: Option<String>,
    /// The unit it was recorded for.
    pub on_behalf_of: Option<String>,
    /// How it was learned.
    pub learned: Option<Learned>,
    /// Due date changed by a document, and that document; the decision's own date stays in the checklist.
    pub changed_due: Option<(NaiveDate, String)>,
    /// When the lead unit expects to finish.
    pub expected: Option<NaiveDate>,
    /// When the status was last set, and by whom (pseudonym).
    pub status_set: Option<(Ms, String)>,
    /// Last event that changed this state; the base of the next edit.
    pub last_event: Option<String>,
}

/// Folds the events of one task, in journal order. Undone events count as if they had not happened;
/// an undo that was itself undone has no effect.
#[must_use]
pub fn project(events: &[Event]) -> TaskState {
    let mut undone: HashSet<&str> = HashSet::new();
    for event in events.iter().rev() {
        if let Act::ActUndone { event_id } = &event.act
            && !undone.contains(event.id.as_str())
        {
            undone.insert(event_id);
        }
    }
    let mut state = TaskState::default();
    for event in events {
        state.last_event = Some(event.id.clone());
        if undone.contains(event.id.as_str()) {
            continue;
        }
        match &event.act {
            Act::TaskStatusSet { status, done_on, note, on_behalf_of, learned } => {
                state.status = *status;
                state.done_on = *done_on;
                state.note.clone_from(note);
                state.on_behalf_of.clone_from(on_behalf_of);
                state.learned = *learned;
                state.status_set = Some((event.said_at, event.actor.clone()));
            }
            Act::TaskDueChanged { due, document } => state.changed_due = Some((*due, document.clone())),
            Act::TaskExpectedSet { expected, .. } => state.expected = *expected,
            _ => {}
        }
    }
    state
}

/// What is missing or wrong in a status before it may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    /// `Done` without the day.
    #[error("done needs the day it was done")]
    DoneWithoutDay,
    /// The day it was done is after today.
    #[error("the day it was done lies in the future")]
    DoneInFuture,
    /// A day with a status that is not `Done`.
    #[error("only done carries a day")]
    DayWithoutDone,
    /// `Blocked` without words.
    #[error("blocked needs the obstacle in words")]
    BlockedWithoutObstacle,
    /// `NotApplicable` without a reason.
    #[error("not applicable needs a reason")]
    NotApplicableWithoutReason,
}

/// Checks a status before it is written. `today` is the province's day.
///
/// # Errors
/// The first rule broken.
pub fn check_status(
    status: TaskStatus,
    done_on: Option<NaiveDate>,
    note: Option<&str>,
    today: NaiveDate,
) -> Result<(), StatusError> {
    let has_note = note.is_some_and(|n| !n.trim().is_empty());
    match status {
        TaskStatus::Done => match done_on {
            None => Err(StatusError::DoneWithoutDay),
            Some(day) if day > today => Err(StatusError::DoneInFuture),
            Some(_) => Ok(()),
        },
        _ if done_on.is_some() => Err(StatusError::DayWithoutDone),
        TaskStatus::Blocked if !has_note => Err(StatusError::BlockedWithoutObstacle),
        TaskStatus::NotApplicable if !has_note => Err(StatusError::NotApplicableWithoutReason),
        _ => Ok(()),
    }
}
