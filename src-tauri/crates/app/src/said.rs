//! What people said of a thing, line by line, and whether somebody said more since it was looked at.

use crate::{
    App, messages,
    people::Actor,
    wire::{ErrorCode, HistoryLine, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    roles::{Auth, Role},
    task::undone,
    time::Ms,
};
use pvhcc_store::NewEvent;

impl App {
    /// The history of an entity, newest first. `phrase` gives an event's words and what goes with them; an undo is told in
    /// the words of what it takes back.
    pub(crate) async fn said_of(
        &self,
        entity: &str,
        actor: Option<&Actor>,
        phrase: impl Fn(&Event) -> (String, String),
    ) -> Result<Vec<HistoryLine>, WireError> {
        let events = self.events_of(entity).await?;
        let line = self.lines_of(&events, actor).await?;
        let lines = events.iter().rev().map(|event| match &event.act {
            Act::ActUndone { .. } => line(event, self.phrase(event, &events)),
            _ => line(event, phrase(event)),
        });
        Ok(lines.collect())
    }

    /// How an event becomes a line, given its words and what goes with them. `events` are all of the entity.
    pub(crate) async fn lines_of(
        &self,
        events: &[Event],
        actor: Option<&Actor>,
    ) -> Result<impl Fn(&Event, (String, String)) -> HistoryLine, WireError> {
        let batches = self.0.store.batches().await.map_err(|e| messages::store(&e))?;
        let who = self.who().await?;
        let undone = undone(events);
        Ok(move |event: &Event, (text, detail): (String, String)| {
            let is_undone = undone.contains(event.id.as_str());
            HistoryLine {
                id: event.id.clone(),
                at: event.said_at.0,
                text,
                detail,
                who: who.of(event),
                offline: event.auth == Auth::Offline,
                told: event.auth == Auth::CommandLine,
                automatic: false,
                batch: batches.of(&event.id).map(|b| b.about.clone()),
                disputed: false,
                undone: is_undone,
                undoable: !is_undone && actor.is_some_and(|a| a.person == event.actor),
                redo: matches!(event.act, Act::ActUndone { .. }),
            }
        })
    }

    /// Somebody acted on what a person saw only in an older state: who, and what is true now. Nothing is written.
    pub(crate) async fn overtaken(
        &self,
        what: &str,
        by: &(String, Role),
        now: &str,
    ) -> Result<WireError, WireError> {
        let who = self.who().await?.person(&by.0, by.1);
        let message = format!(
            "{what}: {who} vừa cập nhật sau khi bạn mở. Bây giờ là: {now}. Chưa ghi gì; hãy xem lại rồi ghi."
        );
        Ok(WireError::new(ErrorCode::Conflict, message))
    }
}

/// A line of what the program concluded by itself; `who` is how that is told.
pub(crate) fn concluded(id: String, at: Ms, text: String, detail: String, who: &str) -> HistoryLine {
    HistoryLine {
        id,
        at: at.0,
        text,
        detail,
        who: who.to_owned(),
        offline: false,
        told: false,
        automatic: true,
        batch: None,
        disputed: false,
        undone: false,
        undoable: false,
        redo: false,
    }
}

/// An act of somebody, to be written with others as one.
pub(crate) fn new_event(actor: &Actor, entity: String, act: Act) -> NewEvent {
    NewEvent {
        actor: actor.person.clone(),
        role: actor.role,
        auth: actor.auth,
        entity,
        based_on: None,
        act,
        said_at: None,
    }
}
