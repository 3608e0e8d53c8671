//! Several acts that are one: written together, taken back together. It must not know what the acts mean.

use crate::{
    NewEvent, Store,
    error::StoreError,
    journal::{entry_of, event_of, new_id},
};
use pvhcc_domain::{
    act::{Act, Event},
    roles::{Auth, Role},
};
use std::collections::{HashMap, HashSet};

/// Entities of batches begin with this; the rest is an id of their own.
const BATCH: &str = "batch:";

/// One atomic act of several events.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The event that closed it.
    pub closed: Event,
    /// Ids of its events, in order.
    pub events: Vec<String>,
    /// What it was, in words.
    pub about: String,
}

/// Batches of a journal, found by any of their events.
#[derive(Debug, Clone, Default)]
pub struct Batches {
    all: Vec<Batch>,
    by_event: HashMap<String, usize>,
}

impl Batches {
    /// The batch an event belongs to, or that it closed.
    #[must_use]
    pub fn of(&self, event_id: &str) -> Option<&Batch> {
        self.by_event.get(event_id).and_then(|i| self.all.get(*i))
    }

    /// The batches among `events`, which are in journal order.
    #[must_use]
    pub fn among(events: &[Event]) -> Self {
        let mut found = Self::default();
        for event in events {
            if let Act::BatchClosed { events, about } = &event.act {
                let place = found.all.len();
                let ids = events.iter().chain([&event.id]).cloned();
                found.by_event.extend(ids.map(|id| (id, place)));
                found.all.push(Batch { closed: event.clone(), events: events.clone(), about: about.clone() });
            }
        }
        found
    }
}

impl Store {
    /// Appends several acts as one: all or none, in the order given, and last an [`Act::BatchClosed`] that names them.
    /// `about` says in words what it was. Returns the events, the closing one last; nothing is written for no acts.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub async fn append_batch(&self, news: Vec<NewEvent>, about: &str) -> Result<Vec<Event>, StoreError> {
        let Some(first) = news.first() else { return Ok(Vec::new()) };
        let (actor, role, auth): (String, Role, Auth) = (first.actor.clone(), first.role, first.auth);
        let said_at = news.last().and_then(|new| new.said_at);
        let about = about.to_owned();
        let entity = format!("{BATCH}{}", new_id(said_at.unwrap_or_else(|| self.inner.clock.now())));
        let close = move |events: &[Event]| NewEvent {
            actor,
            role,
            auth,
            entity,
            based_on: None,
            act: Act::BatchClosed { events: events.iter().map(|e| e.id.clone()).collect(), about },
            said_at,
        };
        self.append_then(news, Some(Box::new(close))).await
    }

    /// Every batch of the journal.
    ///
    /// # Errors
    /// As [`Store::event`].
    pub async fn batches(&self) -> Result<Batches, StoreError> {
        let closed = self.events_under(BATCH).await?;
        Ok(Batches::among(&closed))
    }

    /// Events by id, in journal order; ids that are not in the journal are left out.
    ///
    /// # Errors
    /// As [`Store::event`].
    pub async fn events_by_id(&self, ids: &[String]) -> Result<Vec<Event>, StoreError> {
        let wanted: HashSet<&String> = ids.iter().collect();
        let ids = crate::db::json_of(&wanted, "ids")?;
        let rows = sqlx::query(
            "SELECT * FROM events WHERE id IN (SELECT value FROM json_each($1)) ORDER BY position",
        )
        .bind(ids)
        .fetch_all(&self.inner.journal.read)
        .await?;
        rows.iter().map(|row| event_of(entry_of(row)?)).collect()
    }
}
