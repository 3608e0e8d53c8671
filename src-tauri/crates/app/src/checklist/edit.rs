//! Edits of a task. Each is one event; nothing is ever overwritten, and two edits on the same base are both kept.

use super::{
    acts::{StatusWords, due_act, expected_act, note_act},
    entity, vn,
};
use crate::{
    App, messages,
    people::Actor,
    proof::check_shown,
    wire::{
        AddNoteArgs, AppEvent, ChangeDueArgs, DraftArgs, DraftKeyArgs, DraftView, DraftsView, EditedView,
        NoResult, SetExpectedArgs, SetStatusArgs, WireError,
    },
    words,
};
use pvhcc_domain::{act::Act, text::nfc};

impl App {
    pub(crate) async fn task_set_status(
        &self,
        actor: &Actor,
        args: SetStatusArgs,
    ) -> Result<EditedView, WireError> {
        let row = self.editable(actor, &args.no)?;
        let words = StatusWords {
            status: args.status,
            done_on: args.done_on,
            note: args.note,
            on_behalf_of: args.on_behalf_of,
            learned: args.learned,
            without_evidence: args.without_evidence,
        };
        let act = self.status_act(actor, &row, words)?;
        let states = self.0.store.task_states().await.map_err(|e| messages::store(&e))?;
        let state = states.get(&row.no).cloned().unwrap_or_default();
        check_shown(&row.no, &state, self.proofs().await?.get(&row.no), &act)?;
        let when = match &act {
            Act::TaskStatusSet { done_on: Some(day), .. } => format!(" ngày {}", vn(*day)),
            _ => String::new(),
        };
        let message = format!("Đã ghi: nhiệm vụ {} {}{when}.", row.no, words::status(args.status));
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    pub(crate) async fn task_add_note(
        &self,
        actor: &Actor,
        args: AddNoteArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let message = format!("Đã thêm ghi chú cho nhiệm vụ {}.", args.no);
        self.edit(actor, &args.no, args.based_on, note_act(&args.note)?, message).await
    }

    pub(crate) async fn task_change_due(
        &self,
        actor: &Actor,
        args: ChangeDueArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let act = due_act(&args.due, &args.document)?;
        let due = if let Act::TaskDueChanged { due, .. } = &act { vn(*due) } else { String::new() };
        let message = format!("Đã ghi: hạn của nhiệm vụ {} đổi thành {due}.", args.no);
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    pub(crate) async fn task_set_expected(
        &self,
        actor: &Actor,
        args: SetExpectedArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let act = expected_act(args.expected.as_deref(), args.note.as_deref())?;
        let message = match &act {
            Act::TaskExpectedSet { expected: Some(d), .. } => {
                format!("Đã ghi: nhiệm vụ {} dự kiến xong ngày {}.", args.no, vn(*d))
            }
            _ => format!("Đã bỏ ngày dự kiến của nhiệm vụ {}.", args.no),
        };
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    pub(crate) async fn edit(
        &self,
        actor: &Actor,
        no: &str,
        based_on: Option<String>,
        act: Act,
        message: String,
    ) -> Result<EditedView, WireError> {
        let entity = entity(no);
        let event = self.say(actor, &entity, based_on, act).await?;
        self.conclude(Some(no)).await?;
        self.emit(AppEvent::TasksChanged { nos: vec![no.to_owned()] });
        let present = self.present().await?;
        let row = self.row(no).map(|row| self.task_row(&row, &present, Some(actor)));
        let conflicts = present.states.get(no).map_or(&[][..], |state| &state.conflicts);
        let conflict_with = conflicts.iter().find(|c| c.second == event.id).map(|c| c.first.clone());
        Ok(EditedView { event_id: event.id, message, conflict_with, row })
    }

    pub(crate) async fn draft_put(&self, by: &Actor, args: DraftArgs) -> Result<NoResult, WireError> {
        let text = nfc(&args.text);
        self.0
            .store
            .draft_put(&by.person, &args.entity, &args.field, &text)
            .await
            .map_err(|e| messages::store(&e))?;
        Ok(NoResult {})
    }

    pub(crate) async fn drafts(&self, who: Option<&Actor>) -> Result<DraftsView, WireError> {
        let Some(who) = who else { return Ok(DraftsView { drafts: Vec::new() }) };
        let drafts = self.0.store.drafts(&who.person).await.map_err(|e| messages::store(&e))?;
        let drafts = drafts
            .into_iter()
            .map(|d| DraftView { entity: d.entity, field: d.field, text: d.text, at: d.saved_at.0 })
            .collect();
        Ok(DraftsView { drafts })
    }

    pub(crate) async fn draft_discard(&self, by: &Actor, args: DraftKeyArgs) -> Result<NoResult, WireError> {
        self.0
            .store
            .draft_discard(&by.person, &args.entity, &args.field)
            .await
            .map_err(|e| messages::store(&e))?;
        Ok(NoResult {})
    }
}
