//! Two edits on the same base: shown side by side, and settled by keeping either. Both stay in the journal.

use crate::{
    App,
    checklist::{entity, phrase_rag, vn},
    messages,
    people::Actor,
    wire::{AppEvent, ConflictView, DisputedEdit, EditedView, ErrorCode, SettleArgs, WireError},
    words,
};
use pvhcc_domain::{
    act::{Act, Event},
    compare::said_by,
    conflict::{NOTHING, Topic},
    task::{TaskState, project},
    time::Ms,
};
use pvhcc_store::NewEvent;

impl App {
    /// The conflicts of a task that nobody has settled, or had settled by then.
    pub(crate) async fn conflicts(&self, no: &str, past: Option<Ms>) -> Result<Vec<ConflictView>, WireError> {
        let events = said_by(&self.events_of(&entity(no)).await?, past.unwrap_or(Ms(i64::MAX)));
        let who = self.who().await?;
        let edit = |id: &str, topic: &Topic| {
            let event = events.iter().find(|e| e.id == id)?;
            let (text, detail) = self.phrase(event, &events);
            Some(DisputedEdit {
                id: event.id.clone(),
                text,
                detail,
                who: who.of(event),
                at: event.said_at.0,
                saw: saw(event, &events, topic),
            })
        };
        Ok(project(&events)
            .conflicts
            .iter()
            .filter_map(|c| {
                Some(ConflictView {
                    topic: self.topic_title(&entity(no), &c.topic),
                    first: edit(&c.first, &c.topic)?,
                    second: edit(&c.second, &c.topic)?,
                })
            })
            .collect())
    }

    /// Settles a conflict. Keeping the earlier edit says its value again, in the same act.
    pub(crate) async fn conflict_settle(
        &self,
        actor: &Actor,
        args: SettleArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let task = entity(&args.no);
        let events = self.events_of(&task).await?;
        let state = project(&events);
        let open = state.conflicts.iter().any(|c| c.first == args.first && c.second == args.second);
        let kept = events.iter().find(|e| e.id == args.kept);
        let (Some(kept), true) = (kept.filter(|e| [&args.first, &args.second].contains(&&e.id)), open) else {
            return Err(WireError::new(
                ErrorCode::Conflict,
                format!(
                    "Mâu thuẫn này của nhiệm vụ {} không còn: đã có người giải quyết hoặc cập nhật lại.",
                    args.no
                ),
            ));
        };
        let new = |act: Act| NewEvent {
            actor: actor.person.clone(),
            role: actor.role,
            auth: actor.auth,
            entity: task.clone(),
            based_on: Some(state.base().to_owned()),
            act,
            said_at: None,
        };
        let again = (kept.id == args.first).then(|| new(kept.act.clone()));
        let settled = Act::ConflictSettled {
            first: args.first.clone(),
            second: args.second.clone(),
            kept: args.kept.clone(),
        };
        let news: Vec<NewEvent> = again.into_iter().chain([new(settled)]).collect();
        let text = self.phrase(kept, &events).0;
        let about = format!("Giải quyết mâu thuẫn của nhiệm vụ {}, giữ: {text}", args.no);
        let written = self.0.store.append_batch(news, &about).await.map_err(|e| messages::store(&e))?;
        self.conclude(Some(&args.no)).await?;
        self.emit(AppEvent::TasksChanged { nos: vec![args.no.clone()] });
        let present = self.present().await?;
        Ok(EditedView {
            event_id: written.last().map(|e| e.id.clone()).unwrap_or_default(),
            message: format!("Đã giải quyết mâu thuẫn của nhiệm vụ {}, giữ: {text}.", args.no),
            conflict_with: None,
            row: self.row(&args.no).map(|row| self.task_row(&row, &present, Some(actor))),
        })
    }
}

impl App {
    /// `Trạng thái`, `Hạn`, …
    fn topic_title(&self, entity: &str, topic: &Topic) -> String {
        match topic {
            Topic::Status => "Trạng thái".to_owned(),
            Topic::Due => "Hạn".to_owned(),
            Topic::Expected => "Ngày dự kiến".to_owned(),
            Topic::Rag => "Mức cảnh báo đặt tay".to_owned(),
            Topic::Text(column) => self.column_title(entity, column),
        }
    }
}

/// What the person saw of the topic when acting: the state up to the event it is based on.
fn saw(event: &Event, all: &[Event], topic: &Topic) -> String {
    let Some(base) = event.based_on.as_deref() else { return "không rõ".to_owned() };
    let until = match all.iter().position(|e| e.id == base) {
        Some(place) => place + 1,
        None if base == NOTHING => 0,
        None => return "không rõ".to_owned(),
    };
    topic_value(&project(&all[..until]), topic)
}

fn topic_value(state: &TaskState, topic: &Topic) -> String {
    match topic {
        Topic::Status => {
            let day = state.done_on.map(|d| format!(" ngày {}", vn(d))).unwrap_or_default();
            format!("{}{day}", words::status(state.status))
        }
        Topic::Due => {
            state.changed_due.as_ref().map_or_else(|| "hạn của quyết định".to_owned(), |(due, _)| vn(*due))
        }
        Topic::Expected => state.expected.map_or_else(|| "chưa có".to_owned(), vn),
        Topic::Rag => state.rag.as_ref().map_or_else(|| "chưa đặt".to_owned(), phrase_rag),
        Topic::Text(column) => {
            state.texts.get(column).cloned().unwrap_or_else(|| "nguyên văn của văn bản".to_owned())
        }
    }
}
