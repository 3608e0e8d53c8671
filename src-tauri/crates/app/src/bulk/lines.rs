//! The words of a preview.

use crate::{checklist::vn, wire::BulkChange, words};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::Act,
    checklist::Row,
    task::{TaskState, TaskStatus},
};

/// What is done, without how many: `Ghi “đang làm”`.
pub(super) fn about(change: &BulkChange) -> String {
    match change {
        BulkChange::Status { status, .. } => format!("Ghi “{}”", words::status(*status)),
        BulkChange::Note { .. } => "Thêm ghi chú".to_owned(),
        BulkChange::Due { .. } => "Đổi hạn".to_owned(),
        BulkChange::Expected { expected: Some(_), .. } => "Ghi ngày dự kiến".to_owned(),
        BulkChange::Expected { expected: None, .. } => "Bỏ ngày dự kiến".to_owned(),
    }
}

/// How a task stands in what would be changed.
pub(super) fn state_words(row: &Row, state: &TaskState, change: &BulkChange) -> String {
    match change {
        BulkChange::Status { .. } => status_words(state.status, state.done_on, state.note.as_deref()),
        BulkChange::Note { .. } => String::new(),
        BulkChange::Due { .. } => {
            day_words(state.changed_due.as_ref().map(|(due, _)| *due).or(row.due), "không có hạn")
        }
        BulkChange::Expected { .. } => day_words(state.expected, "chưa có"),
    }
}

/// What an act makes of it.
pub(super) fn act_words(act: &Act) -> String {
    match act {
        Act::TaskStatusSet { status, done_on, note, .. } => status_words(*status, *done_on, note.as_deref()),
        Act::TaskNoteAdded { note } => note.clone(),
        Act::TaskDueChanged { due, document } => format!("{} theo {document}", vn(*due)),
        Act::TaskExpectedSet { expected, .. } => day_words(*expected, "không có"),
        other => other.kind().to_owned(),
    }
}

/// The act would say what already stands.
pub(super) fn changes_nothing(state: &TaskState, act: &Act) -> bool {
    match act {
        Act::TaskStatusSet { status, done_on, note, .. } => {
            *status == state.status
                && *done_on == state.done_on
                && (note.is_none() || *note == state.note)
                && state.status_set.is_some()
        }
        Act::TaskDueChanged { due, document } => {
            state.changed_due.as_ref().is_some_and(|(d, t)| d == due && t == document)
        }
        Act::TaskExpectedSet { expected, note } => *expected == state.expected && note.is_none(),
        _ => false,
    }
}

fn status_words(status: TaskStatus, done_on: Option<NaiveDate>, note: Option<&str>) -> String {
    let day = done_on.map(|d| format!(" ngày {}", vn(d))).unwrap_or_default();
    let note = note.map(|n| format!(" · {n}")).unwrap_or_default();
    format!("{}{day}{note}", words::status(status))
}

fn day_words(day: Option<NaiveDate>, none: &str) -> String {
    day.map_or_else(|| none.to_owned(), vn)
}
