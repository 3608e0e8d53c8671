//! The lists of a profile: those shipped, those imported and not retired, and what is to be done after incidents, from the journal.

use crate::{App, messages, wire::WireError};
use pvhcc_domain::{
    act::{Act, Event},
    lists::{Checklists, List},
    tables::Source,
};
use std::sync::{Arc, PoisonError};

/// Entities of imported lists begin with this; the rest is the list's id.
pub(super) const LIST: &str = "list:";

/// An imported list as the journal has it.
struct Kept {
    id: String,
    title: String,
    document: String,
    sha256: String,
}

impl App {
    /// Reads the imported lists anew: after one came or went, here or in another process.
    pub(crate) async fn reload_lists(&self) -> Result<(), WireError> {
        let lists = self.read_lists().await?;
        *self.0.lists.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(lists);
        Ok(())
    }

    async fn read_lists(&self) -> Result<Checklists, WireError> {
        let builtin = Checklists::builtin().map_err(|e| messages::builtin(&e))?;
        let events = self.0.store.events_under(LIST).await.map_err(|e| messages::store(&e))?;
        let mut imported = Vec::new();
        for kept in standing(&events) {
            // A list that can't be read does not take the others with it.
            let bytes = match self.0.store.get_blob(&kept.sha256).await {
                Ok(bytes) => bytes,
                Err(e) => {
                    tracing::error!(list = kept.id, error = %e, "an imported list is gone");
                    continue;
                }
            };
            let text = String::from_utf8_lossy(&bytes);
            match List::parse(Source { name: &kept.id, text: &text }) {
                Ok(list) if list.id == kept.id => {
                    let (title, document) = (kept.title, kept.document);
                    imported.push(List { title, document, imported: true, ..list });
                }
                Ok(list) => tracing::error!(list = kept.id, holds = list.id, "an imported list is another's"),
                Err(e) => tracing::error!(list = kept.id, error = %e, "an imported list can't be read"),
            }
        }
        imported.extend(self.follow_up_list().await?);
        Ok(builtin.with(imported))
    }
}

/// What was imported last under each id and not retired after, in the order it came.
fn standing(events: &[Event]) -> Vec<Kept> {
    let undone = pvhcc_domain::task::undone(events);
    let mut kept: Vec<Kept> = Vec::new();
    for event in events.iter().filter(|e| !undone.contains(e.id.as_str())) {
        let Some(id) = event.entity.strip_prefix(LIST) else { continue };
        match &event.act {
            Act::ChecklistImported { title, document, sha256 } => {
                kept.retain(|k| k.id != id);
                kept.push(Kept {
                    id: id.to_owned(),
                    title: title.clone(),
                    document: document.clone(),
                    sha256: sha256.clone(),
                });
            }
            Act::ChecklistRetired { .. } => kept.retain(|k| k.id != id),
            _ => {}
        }
    }
    kept
}
