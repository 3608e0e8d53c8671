//! What may be said about a task, checked, as the act that will be kept. One place for single edits, work in bulk and imports.

use super::day;
use crate::{
    App, messages,
    people::Actor,
    wire::{ErrorCode, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::Act,
    checklist::{Kind, Row},
    roles::may_edit_task,
    task::{Learned, StatusError, TaskStatus, check_status},
    text::nfc,
};

/// Longest remark kept, characters.
const LONGEST_NOTE: usize = 4000;

/// A status as it comes from outside.
#[derive(Debug, Clone)]
pub(crate) struct StatusWords {
    pub(crate) status: TaskStatus,
    /// ISO day.
    pub(crate) done_on: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) on_behalf_of: Option<String>,
    pub(crate) learned: Option<Learned>,
    pub(crate) without_evidence: Option<String>,
}

impl App {
    /// The row, if this person may update it.
    pub(crate) fn editable(&self, actor: &Actor, no: &str) -> Result<Row, WireError> {
        let row = self.row(no).filter(|r| r.kind == Kind::Task).ok_or_else(|| {
            WireError::new(ErrorCode::NotFound, format!("Không có nhiệm vụ số {no} trong danh mục."))
        })?;
        if may_edit_task(actor.role, &actor.unit, &row.lead_units, &self.0.units.coordinating()) {
            return Ok(row);
        }
        Err(WireError::new(
            ErrorCode::Forbidden,
            format!("Nhiệm vụ {no} do đơn vị khác chủ trì; đơn vị của bạn không được cập nhật thay."),
        ))
    }

    /// The day and the remark of a status, checked whichever task it is for.
    pub(crate) fn check_status(
        &self,
        status: TaskStatus,
        done_on: Option<String>,
        note: Option<String>,
    ) -> Result<(Option<NaiveDate>, Option<String>), WireError> {
        let done_on = done_on.as_deref().map(|d| day(d, "doneOn")).transpose()?;
        let note = self::note(note.as_deref())?;
        check_status(status, done_on, note.as_deref(), self.now().day()).map_err(status_problem)?;
        Ok((done_on, note))
    }

    /// A status.
    pub(crate) fn status_act(&self, actor: &Actor, row: &Row, words: StatusWords) -> Result<Act, WireError> {
        let (done_on, note) = self.check_status(words.status, words.done_on, words.note)?;
        Ok(Act::TaskStatusSet {
            status: words.status,
            done_on,
            note,
            on_behalf_of: on_behalf_of(actor, row, words.on_behalf_of)?,
            learned: words.learned,
            without_evidence: self::note(words.without_evidence.as_deref())?,
        })
    }
}

/// A remark.
pub(crate) fn note_act(text: &str) -> Result<Act, WireError> {
    let Some(note) = note(Some(text))? else {
        return Err(messages::invalid("note", "Hãy nhập nội dung ghi chú."));
    };
    Ok(Act::TaskNoteAdded { note })
}

/// A due date that a document allows.
pub(crate) fn due_act(due: &str, document: &str) -> Result<Act, WireError> {
    let due = day(due, "due")?;
    let Some(document) = note(Some(document))? else {
        return Err(messages::invalid("document", "Hãy ghi số và ngày của văn bản cho phép đổi hạn."));
    };
    Ok(Act::TaskDueChanged { due, document })
}

/// An expected day, or its end.
pub(crate) fn expected_act(expected: Option<&str>, words: Option<&str>) -> Result<Act, WireError> {
    let expected = expected.map(|d| day(d, "expected")).transpose()?;
    Ok(Act::TaskExpectedSet { expected, note: note(words)? })
}

/// Recorded for another unit: it must be a lead unit of the task.
fn on_behalf_of(actor: &Actor, row: &Row, asked: Option<String>) -> Result<Option<String>, WireError> {
    match asked.filter(|u| !u.is_empty() && *u != actor.unit) {
        None => Ok(None),
        Some(unit) if row.lead_units.contains(&unit) => Ok(Some(unit)),
        Some(_) => Err(messages::invalid("onBehalfOf", "Chỉ ghi thay cho đơn vị chủ trì của nhiệm vụ này.")),
    }
}

/// Trims and normalises a remark; empty is none.
pub(crate) fn note(text: Option<&str>) -> Result<Option<String>, WireError> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    if text.chars().count() > LONGEST_NOTE {
        return Err(messages::invalid("note", "Ghi chú dài quá 4.000 ký tự. Hãy rút gọn."));
    }
    Ok(Some(nfc(text)))
}

fn status_problem(problem: StatusError) -> WireError {
    match problem {
        StatusError::DoneWithoutDay => messages::invalid("doneOn", "Hãy ghi ngày hoàn thành."),
        StatusError::DoneInFuture => messages::invalid("doneOn", "Ngày hoàn thành không thể sau hôm nay."),
        StatusError::DayWithoutDone => {
            messages::invalid("doneOn", "Chỉ nhiệm vụ đã hoàn thành mới có ngày hoàn thành.")
        }
        StatusError::BlockedWithoutObstacle => messages::invalid("note", "Hãy ghi rõ vướng mắc."),
        StatusError::NotApplicableWithoutReason => messages::invalid("note", "Hãy ghi lý do không áp dụng."),
    }
}
