//! The history of one task, in words.

use super::{entity, vn};
use crate::{
    App, messages,
    people::{Actor, ROSTER, roster_at},
    wire::{HistoryLine, WireError},
    words,
};
use pvhcc_domain::{
    act::{Act, Event},
    roles::Auth,
    task::undone,
};

impl App {
    /// Newest first.
    pub(crate) async fn history(
        &self,
        no: &str,
        actor: Option<&Actor>,
    ) -> Result<Vec<HistoryLine>, WireError> {
        let events = self.events_of(&entity(no)).await?;
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let undone = undone(&events);
        let lines = events.iter().rev().map(|event| {
            let person = roster.iter().find(|a| a.person == event.actor);
            let name = person
                .and_then(|a| names.get(&a.roster_id).cloned())
                .unwrap_or_else(|| words::role(event.role).to_owned());
            let unit = person.map(|a| format!(" · {}", self.unit_view(&a.unit).short)).unwrap_or_default();
            let (text, detail) = self.phrase(event, &events);
            let is_undone = undone.contains(event.id.as_str());
            HistoryLine {
                id: event.id.clone(),
                at: event.said_at.0,
                text,
                detail,
                who: format!("{name}{unit}"),
                offline: event.auth == Auth::Offline,
                undone: is_undone,
                undoable: !is_undone
                    && !matches!(event.act, Act::ActUndone { .. })
                    && actor.is_some_and(|a| a.person == event.actor),
            }
        });
        Ok(lines.collect())
    }

    fn phrase(&self, event: &Event, all: &[Event]) -> (String, String) {
        match &event.act {
            Act::TaskStatusSet { status, done_on, note, on_behalf_of, learned, without_evidence } => {
                let day = done_on.map(|d| format!(" ngày {}", vn(d))).unwrap_or_default();
                let mut detail: Vec<String> = Vec::new();
                detail.extend(on_behalf_of.as_ref().map(|u| format!("thay {}", self.unit_view(u).short)));
                detail.extend(learned.map(|l| words::learned(l).to_owned()));
                detail.extend(note.clone());
                detail.extend(without_evidence.as_ref().map(|w| format!("chưa có minh chứng: {w}")));
                (format!("{}{day}", capital(words::status(*status))), detail.join(" · "))
            }
            Act::TaskNoteAdded { note } => ("Ghi chú".to_owned(), note.clone()),
            Act::TaskDueChanged { due, document } => {
                (format!("Đổi hạn thành {}", vn(*due)), format!("theo {document}"))
            }
            Act::TaskExpectedSet { expected, note } => (
                expected.map_or_else(|| "Bỏ ngày dự kiến".to_owned(), |d| format!("Dự kiến xong {}", vn(d))),
                note.clone().unwrap_or_default(),
            ),
            Act::ActUndone { event_id } => {
                let what = all.iter().find(|e| e.id == *event_id).map(|e| self.phrase(e, &[]).0);
                ("Hoàn tác".to_owned(), what.unwrap_or_default())
            }
            other => (other.kind().to_owned(), String::new()),
        }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
