//! One task of the checklist: its status, and how its events add up to its present state.

use crate::{
    act::{Act, Event},
    conflict::{Conflict, NOTHING, conflicts},
    evidence::{EvidenceItem, Revoked},
    rag::RagOverride,
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

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

impl TaskStatus {
    /// Every status, in the order of work.
    pub const ALL: [Self; 5] =
        [Self::NotStarted, Self::InProgress, Self::Blocked, Self::Done, Self::NotApplicable];

    /// In Vietnamese, as people report it: "báo xong" is a word, not a proof.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "chưa bắt đầu",
            Self::InProgress => "đang làm",
            Self::Blocked => "vướng mắc",
            Self::Done => "báo xong",
            Self::NotApplicable => "không áp dụng",
        }
    }
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

/// A figure of a task as last reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureValue {
    /// Its value.
    pub value: f64,
    /// The day it was true.
    pub as_of: NaiveDate,
    /// Where it comes from.
    pub source: String,
    /// When it was recorded.
    pub at: Ms,
}

/// The present state of a task, folded from its events. Fields added later default, so that states folded by an
/// earlier version still read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
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
    /// Why it is called done though nothing showed it.
    pub without_evidence: Option<String>,
    /// Evidence in the order it was added, revoked ones included.
    pub evidence: Vec<EvidenceItem>,
    /// A colour set by hand.
    pub rag: Option<RagOverride>,
    /// Filled-in columns of words.
    pub texts: BTreeMap<String, String>,
    /// Figures, each as reported for the latest day.
    pub measures: BTreeMap<String, MeasureValue>,
    /// Edits on the same base that nobody has settled.
    pub conflicts: Vec<Conflict>,
    /// When the status was last set, and by whom (pseudonym).
    pub status_set: Option<(Ms, String)>,
    /// Last event that changed this state; the base of the next edit.
    pub last_event: Option<String>,
}

/// Ids of events that were taken back and still are: an undo that was itself undone has no effect.
#[must_use]
pub fn undone(events: &[Event]) -> HashSet<&str> {
    let mut gone: HashSet<&str> = HashSet::new();
    for event in events.iter().rev() {
        if let Act::ActUndone { event_id } = &event.act
            && !gone.contains(event.id.as_str())
        {
            gone.insert(event_id);
        }
    }
    gone
}

/// Folds the events of one task, in journal order. Undone events count as if they had not happened.
#[must_use]
pub fn project(events: &[Event]) -> TaskState {
    let undone = undone(events);
    let mut state = TaskState::default();
    for event in events {
        state.last_event = Some(event.id.clone());
        if !undone.contains(event.id.as_str()) {
            state.take(event);
        }
    }
    state.conflicts = conflicts(events);
    state
}

impl TaskState {
    fn take(&mut self, event: &Event) {
        match &event.act {
            Act::TaskStatusSet { status, done_on, note, on_behalf_of, learned, without_evidence } => {
                self.status = *status;
                self.done_on = *done_on;
                self.note.clone_from(note);
                self.on_behalf_of.clone_from(on_behalf_of);
                self.learned = *learned;
                self.without_evidence.clone_from(without_evidence);
                self.status_set = Some((event.said_at, event.actor.clone()));
            }
            Act::TaskDueChanged { due, document } => self.changed_due = Some((*due, document.clone())),
            Act::TaskExpectedSet { expected, .. } => self.expected = *expected,
            Act::TaskTextSet { column, text } if text.is_empty() => {
                self.texts.remove(column);
            }
            Act::TaskTextSet { column, text } => {
                self.texts.insert(column.clone(), text.clone());
            }
            // A figure of an earlier day, recorded late, does not replace a later day's.
            Act::TaskMeasured { measure, value, as_of, source }
                if self.measures.get(measure).is_none_or(|m| m.as_of <= *as_of) =>
            {
                let (value, as_of, source) = (*value, *as_of, source.clone());
                self.measures
                    .insert(measure.clone(), MeasureValue { value, as_of, source, at: event.said_at });
            }
            Act::EvidenceAdded { evidence } => self.evidence.push(EvidenceItem {
                id: event.id.clone(),
                added_at: event.said_at,
                actor: event.actor.clone(),
                evidence: evidence.clone(),
                revoked: None,
            }),
            Act::EvidenceRevoked { evidence_id, reason } => {
                if let Some(item) = self.evidence.iter_mut().find(|item| item.id == *evidence_id) {
                    let actor = event.actor.clone();
                    item.revoked = Some(Revoked { at: event.said_at, actor, reason: reason.clone() });
                }
            }
            Act::RagOverridden { rag, reason, until } => {
                self.rag = Some(RagOverride {
                    rag: *rag,
                    reason: reason.clone(),
                    until: *until,
                    at: event.said_at,
                    actor: event.actor.clone(),
                });
            }
            Act::RagOverrideEnded {} => self.rag = None,
            _ => {}
        }
    }

    /// What the next edit is based on by somebody who looks at this state.
    #[must_use]
    pub fn base(&self) -> &str {
        self.last_event.as_deref().unwrap_or(NOTHING)
    }

    /// Evidence that still counts.
    pub fn standing_evidence(&self) -> impl Iterator<Item = &EvidenceItem> {
        self.evidence.iter().filter(|item| item.revoked.is_none())
    }
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
