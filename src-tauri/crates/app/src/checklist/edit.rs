//! Edits of a task. Each is one event; nothing is ever overwritten, and two edits on the same base are both kept.

use super::{day, entity, vn};
use crate::{
    App, messages,
    people::Actor,
    wire::{
        AddNoteArgs, AppEvent, ChangeDueArgs, DraftArgs, DraftKeyArgs, DraftView, DraftsView, EditedView,
        ErrorCode, NoResult, SetExpectedArgs, SetStatusArgs, UndoArgs, WireError,
    },
    words,
};
use pvhcc_domain::{
    act::{Act, Event},
    checklist::{Kind, Row},
    roles::may_edit_task,
    task::{StatusError, check_status},
    text::nfc,
};

/// Longest remark kept, characters.
const LONGEST_NOTE: usize = 4000;

impl App {
    pub(crate) async fn task_set_status(
        &self,
        actor: &Actor,
        args: SetStatusArgs,
    ) -> Result<EditedView, WireError> {
        let row = self.editable(actor, &args.no)?;
        let done_on = args.done_on.as_deref().map(|d| day(d, "doneOn")).transpose()?;
        let note = note(args.note.as_deref())?;
        check_status(args.status, done_on, note.as_deref(), self.now().day()).map_err(status_problem)?;
        let on_behalf_of = self.on_behalf_of(actor, row, args.on_behalf_of)?;
        let when = done_on.map(|d| format!(" ngày {}", vn(d))).unwrap_or_default();
        let message = format!("Đã ghi: nhiệm vụ {} {}{when}.", row.no, words::status(args.status));
        let act = Act::TaskStatusSet {
            status: args.status,
            done_on,
            note,
            on_behalf_of,
            learned: args.learned,
            without_evidence: args.without_evidence,
        };
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    pub(crate) async fn task_add_note(
        &self,
        actor: &Actor,
        args: AddNoteArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let Some(note) = note(Some(&args.note))? else {
            return Err(messages::invalid("note", "Hãy nhập nội dung ghi chú."));
        };
        let message = format!("Đã thêm ghi chú cho nhiệm vụ {}.", args.no);
        self.edit(actor, &args.no, args.based_on, Act::TaskNoteAdded { note }, message).await
    }

    pub(crate) async fn task_change_due(
        &self,
        actor: &Actor,
        args: ChangeDueArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let due = day(&args.due, "due")?;
        let Some(document) = note(Some(&args.document))? else {
            return Err(messages::invalid("document", "Hãy ghi số và ngày của văn bản cho phép đổi hạn."));
        };
        let message = format!("Đã ghi: hạn của nhiệm vụ {} đổi thành {}.", args.no, vn(due));
        self.edit(actor, &args.no, args.based_on, Act::TaskDueChanged { due, document }, message).await
    }

    pub(crate) async fn task_set_expected(
        &self,
        actor: &Actor,
        args: SetExpectedArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let expected = args.expected.as_deref().map(|d| day(d, "expected")).transpose()?;
        let message = match expected {
            Some(d) => format!("Đã ghi: nhiệm vụ {} dự kiến xong ngày {}.", args.no, vn(d)),
            None => format!("Đã bỏ ngày dự kiến của nhiệm vụ {}.", args.no),
        };
        let act = Act::TaskExpectedSet { expected, note: note(args.note.as_deref())? };
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    /// Takes back one's own act: the named one, or the last that still stands.
    pub(crate) async fn undo(&self, actor: &Actor, args: UndoArgs) -> Result<EditedView, WireError> {
        let events = self.0.store.events(None, 0, i64::MAX).await.map_err(|e| messages::store(&e))?;
        let standing = |e: &&Event| {
            e.actor == actor.person
                && e.entity.starts_with("task:")
                && !matches!(e.act, Act::ActUndone { .. })
                && !events.iter().any(|u| matches!(&u.act, Act::ActUndone { event_id } if *event_id == e.id))
        };
        let target = match &args.event_id {
            Some(id) => events.iter().find(|e| e.id == *id).filter(standing),
            None => events.iter().rev().find(standing),
        };
        let Some(target) = target else {
            return Err(WireError::new(
                ErrorCode::NotFound,
                "Không còn thao tác nào của bạn để hoàn tác, hoặc thao tác này là của người khác.",
            ));
        };
        let no = target.entity.trim_start_matches("task:").to_owned();
        let act = Act::ActUndone { event_id: target.id.clone() };
        self.edit(actor, &no, None, act, format!("Đã hoàn tác thao tác trên nhiệm vụ {no}.")).await
    }

    async fn edit(
        &self,
        actor: &Actor,
        no: &str,
        based_on: Option<String>,
        act: Act,
        message: String,
    ) -> Result<EditedView, WireError> {
        let entity = entity(no);
        let event = self.say(actor, &entity, based_on.clone(), act).await?;
        let before = self.events_of(&entity).await?.into_iter().rev().find(|e| e.position < event.position);
        let conflict_with = match (based_on, before) {
            (Some(base), Some(before)) if before.id != base && before.actor != actor.person => {
                Some(before.id)
            }
            _ => None,
        };
        self.emit(AppEvent::TasksChanged { nos: vec![no.to_owned()] });
        let present = self.present().await?;
        let row = self.0.checklist.get(no).map(|row| self.task_row(row, &present, Some(actor)));
        Ok(EditedView { event_id: event.id, message, conflict_with, row })
    }

    /// The row, if this person may update it.
    fn editable(&self, actor: &Actor, no: &str) -> Result<&Row, WireError> {
        let row = self.0.checklist.get(no).filter(|r| r.kind == Kind::Task).ok_or_else(|| {
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

    /// Recorded for another unit: it must be a lead unit of the task.
    fn on_behalf_of(
        &self,
        actor: &Actor,
        row: &Row,
        asked: Option<String>,
    ) -> Result<Option<String>, WireError> {
        match asked.filter(|u| !u.is_empty() && *u != actor.unit) {
            None => Ok(None),
            Some(unit) if row.lead_units.contains(&unit) => Ok(Some(unit)),
            Some(_) => {
                Err(messages::invalid("onBehalfOf", "Chỉ ghi thay cho đơn vị chủ trì của nhiệm vụ này."))
            }
        }
    }

    pub(crate) async fn draft_put(&self, person: &str, args: DraftArgs) -> Result<NoResult, WireError> {
        let text = nfc(&args.text);
        self.0
            .store
            .draft_put(person, &args.entity, &args.field, &text)
            .await
            .map_err(|e| messages::store(&e))?;
        Ok(NoResult {})
    }

    pub(crate) async fn drafts(&self, person: &str) -> Result<DraftsView, WireError> {
        let drafts = self.0.store.drafts(person).await.map_err(|e| messages::store(&e))?;
        let drafts = drafts
            .into_iter()
            .map(|d| DraftView { entity: d.entity, field: d.field, text: d.text, at: d.saved_at.0 })
            .collect();
        Ok(DraftsView { drafts })
    }

    pub(crate) async fn draft_discard(
        &self,
        person: &str,
        args: DraftKeyArgs,
    ) -> Result<NoResult, WireError> {
        self.0
            .store
            .draft_discard(person, &args.entity, &args.field)
            .await
            .map_err(|e| messages::store(&e))?;
        Ok(NoResult {})
    }
}

/// Trims and normalises a remark; empty is none.
fn note(text: Option<&str>) -> Result<Option<String>, WireError> {
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
