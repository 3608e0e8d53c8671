//! Taking back: one act, or the whole batch it belongs to. Taking back an undo does the act again. Nothing is erased.

use crate::{
    App, messages,
    people::Actor,
    wire::{AppEvent, EditedView, ErrorCode, UndoArgs, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::{readiness, register, shift},
    task::undone,
};
use pvhcc_store::{Batches, NewEvent};
use std::collections::HashSet;

/// What a person can take back by itself; other things only as part of a batch.
const TAKEN_BACK: [&str; 7] = [
    "task:",
    "obstacle:",
    crate::dossier_import::ENTITY,
    readiness::ENTITY,
    shift::SHIFT,
    register::IN_FLIGHT,
    register::FALLBACK,
];

impl App {
    /// Takes back one's own act: the named one, or the last that still stands. All of a batch goes at once.
    pub(crate) async fn undo(&self, actor: &Actor, args: UndoArgs) -> Result<EditedView, WireError> {
        let journal = self.0.store.events(None, 0, i64::MAX).await.map_err(|e| messages::store(&e))?;
        let Some(chosen) = choose(&journal, &actor.person, args.event_id.as_deref()) else {
            return Err(WireError::new(
                ErrorCode::NotFound,
                "Không còn thao tác nào của bạn để hoàn tác, hoặc thao tác này là của người khác.",
            ));
        };
        self.check_imports_undo(&chosen.parts, chosen.again)?;
        let nos = numbers(&chosen.parts);
        let message = chosen.message(&nos);
        let about = chosen.about();
        let news: Vec<NewEvent> = chosen
            .parts
            .iter()
            .rev()
            .map(|part| NewEvent {
                actor: actor.person.clone(),
                role: actor.role,
                auth: actor.auth,
                entity: part.entity.clone(),
                based_on: None,
                act: Act::ActUndone { event_id: part.id.clone() },
                said_at: None,
            })
            .collect();
        let store = &self.0.store;
        let written = if chosen.in_batch {
            store.append_batch(news, &about).await
        } else {
            store.append_all(news).await
        };
        let written = written.map_err(|e| messages::store(&e))?;
        self.take_out_imports(&chosen.parts).await?;
        self.conclude(None).await?;
        self.emit(AppEvent::TasksChanged { nos: nos.clone() });
        self.emit(AppEvent::OperationsChanged { part: String::new() });
        let row = match nos.as_slice() {
            [no] => {
                let present = self.present().await?;
                self.row(no).map(|row| self.task_row(&row, &present, Some(actor)))
            }
            _ => None,
        };
        let event_id = written.last().map(|e| e.id.clone()).unwrap_or_default();
        Ok(EditedView { event_id, message, conflict_with: None, row })
    }
}

/// What is taken back together.
struct Chosen<'a> {
    /// In journal order.
    parts: Vec<&'a Event>,
    in_batch: bool,
    /// What the batch was, in words.
    batch: Option<String>,
    /// The parts are undos themselves: the acts are done again.
    again: bool,
}

impl Chosen<'_> {
    fn about(&self) -> String {
        let verb = if self.again { "Làm lại" } else { "Hoàn tác" };
        // `Hoàn tác: Hoàn tác: X` is `Làm lại: X`.
        let what = self.batch.as_deref().unwrap_or_default();
        let what = what.strip_prefix("Hoàn tác: ").or_else(|| what.strip_prefix("Làm lại: ")).unwrap_or(what);
        format!("{verb}: {what}")
    }

    fn message(&self, nos: &[String]) -> String {
        let verb = if self.again { "làm lại" } else { "hoàn tác" };
        match (&self.batch, nos) {
            (Some(_), _) if self.in_batch => {
                let about = self.about();
                let what = about.split_once(": ").map_or("", |(_, what)| what);
                format!("Đã {verb} {} thao tác ghi cùng lúc: {what}.", self.parts.len())
            }
            (_, [no]) => format!("Đã {verb} thao tác trên nhiệm vụ {no}."),
            _ => format!("Đã {verb} thao tác."),
        }
    }
}

/// Finds what to take back; `None` when there is nothing, or it is another person's.
fn choose<'a>(journal: &'a [Event], person: &str, named: Option<&str>) -> Option<Chosen<'a>> {
    let undone = undone(journal);
    let batches = Batches::among(journal);
    let stands = |e: &Event| e.actor == person && !undone.contains(e.id.as_str());
    let is_act = |e: &Event| !matches!(e.act, Act::ActUndone { .. } | Act::BatchClosed { .. });
    let target = match named {
        Some(id) => journal.iter().find(|e| e.id == id)?,
        None => journal
            .iter()
            .rev()
            .find(|e| stands(e) && is_act(e) && (alone(e) || batches.of(&e.id).is_some()))?,
    };
    let batch = batches.of(&target.id);
    let parts: Vec<&Event> = match batch {
        Some(batch) => {
            let ids: HashSet<&str> = batch.events.iter().map(String::as_str).collect();
            journal.iter().filter(|e| ids.contains(e.id.as_str())).collect()
        }
        None => vec![target],
    };
    if parts.iter().any(|e| e.actor != person) || (batch.is_none() && !alone(target)) {
        return None;
    }
    let parts: Vec<&Event> = parts.into_iter().filter(|e| stands(e)).collect();
    let again = matches!(parts.first()?.act, Act::ActUndone { .. });
    Some(Chosen { in_batch: batch.is_some(), batch: batch.map(|b| b.about.clone()), parts, again })
}

/// Can be taken back outside a batch.
fn alone(event: &Event) -> bool {
    TAKEN_BACK.iter().any(|prefix| event.entity.starts_with(prefix))
}

/// Tasks touched, each once, in the order of the acts.
fn numbers(parts: &[&Event]) -> Vec<String> {
    let mut nos: Vec<String> = Vec::new();
    for no in parts.iter().filter_map(|e| e.entity.strip_prefix("task:")) {
        if !nos.iter().any(|n| n == no) {
            nos.push(no.to_owned());
        }
    }
    nos
}
