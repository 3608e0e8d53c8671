//! The journal: appending what people said, and reading it back.
//! It must not know which acts are allowed to whom; that is checked before.

use crate::{
    Store,
    db::{of_text, text_of},
    error::StoreError,
    projection,
    witness::{self, Witness},
};
use pvhcc_domain::{
    act::{Act, Event},
    chain::{Entry, GENESIS},
    roles::{Auth, Role},
    time::Ms,
};
use sqlx::{Row, Sqlite, SqliteConnection, Transaction, sqlite::SqliteRow};
use std::collections::BTreeSet;
use uuid::{NoContext, Timestamp, Uuid};

/// A human act about to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// Pseudonym of the person.
    pub actor: String,
    /// Role at this moment.
    pub role: Role,
    /// How the person was known.
    pub auth: Auth,
    /// What it is about: `task:17`, `roster:…`, `rule:…`.
    pub entity: String,
    /// The event the person saw when acting.
    pub based_on: Option<String>,
    /// The act.
    pub act: Act,
    /// Only for writing seeded history; otherwise the clock says when.
    pub said_at: Option<Ms>,
}

/// The end of the journal.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Head {
    /// Position of the last event; 0 when there is none.
    pub position: i64,
    /// Its hash; [`GENESIS`] when there is none.
    pub hash: String,
}

/// Makes the last event of an append from the ones before it.
pub(crate) type Closing = Box<dyn FnOnce(&[Event]) -> NewEvent + Send>;

impl Store {
    /// Appends one act. When this returns, the event is on the disk, and the projection of its entity with it.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Locked`] and the like; then nothing was written.
    pub async fn append(&self, new: NewEvent) -> Result<Event, StoreError> {
        let mut events = self.append_all(vec![new]).await?;
        events.pop().ok_or(StoreError::Unreadable { what: "appended event", detail: "none came back".into() })
    }

    /// Appends several acts, all or none, in the order given.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub async fn append_all(&self, news: Vec<NewEvent>) -> Result<Vec<Event>, StoreError> {
        self.append_then(news, None).await
    }

    /// [`Store::append_all`], and in the same transaction one more event that is made from those written.
    pub(crate) async fn append_then(
        &self,
        news: Vec<NewEvent>,
        closing: Option<Closing>,
    ) -> Result<Vec<Event>, StoreError> {
        let tx = self.inner.journal.write.begin_with("BEGIN IMMEDIATE").await?;
        self.write(tx, news, closing).await
    }

    /// Appends one act if `seen` is still the last event of its entity (`None`: there is none); nothing is written otherwise, and
    /// `None` comes back. Of two who press the same at the same time, in one process or two, one is so told of the other.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub async fn append_next(&self, new: NewEvent, seen: Option<&str>) -> Result<Option<Event>, StoreError> {
        let mut tx = self.inner.journal.write.begin_with("BEGIN IMMEDIATE").await?;
        let last: Option<String> =
            sqlx::query_scalar("SELECT id FROM events WHERE entity = $1 ORDER BY position DESC LIMIT 1")
                .bind(&new.entity)
                .fetch_optional(&mut *tx)
                .await?;
        if last.as_deref() != seen {
            return Ok(None);
        }
        Ok(self.write(tx, vec![new], None).await?.pop())
    }

    async fn write(
        &self,
        mut tx: Transaction<'_, Sqlite>,
        news: Vec<NewEvent>,
        closing: Option<Closing>,
    ) -> Result<Vec<Event>, StoreError> {
        let (mut position, mut prev_hash, mut last_said) = last(&mut tx).await?;
        let mut seq: i64 =
            sqlx::query_scalar("SELECT coalesce(max(device_seq), 0) FROM events WHERE device = $1")
                .bind(&self.inner.device)
                .fetch_one(&mut *tx)
                .await?;
        let mut entities = BTreeSet::new();
        let mut events: Vec<Event> = Vec::with_capacity(news.len() + 1);
        let (mut news, mut closing) = (news.into_iter(), closing);
        while let Some(new) = news.next().or_else(|| closing.take().map(|close| close(&events))) {
            let told = new.said_at.unwrap_or_else(|| self.inner.clock.now());
            let said_at = last_said.map_or(told, |before| before.max(told));
            position += 1;
            seq += 1;
            let mut entry = Entry {
                position,
                id: new_id(said_at),
                device: self.inner.device.clone(),
                device_seq: seq,
                said_at,
                clock_suspect: said_at != told,
                actor: new.actor,
                role: text_of(&new.role, "role")?,
                auth: text_of(&new.auth, "auth")?,
                kind: new.act.kind().to_owned(),
                kind_version: i64::from(new.act.version()),
                entity: new.entity,
                payload: new
                    .act
                    .payload()
                    .map_err(|e| StoreError::Unreadable { what: "payload", detail: e.to_string() })?,
                based_on: new.based_on,
                prev_hash,
                hash: String::new(),
            };
            entry.hash = entry.digest();
            insert(&mut tx, &entry).await?;
            prev_hash = entry.hash.clone();
            last_said = Some(said_at);
            entities.insert(entry.entity.clone());
            events.push(event_of(entry)?);
        }
        for entity in &entities {
            projection::refresh(&mut tx, entity).await?;
        }
        tx.commit().await?;
        if let Some(said_at) = last_said {
            witness::note(&self.inner.dir, &Witness { position, hash: prev_hash, said_at });
        }
        Ok(events)
    }

    /// One event by id.
    ///
    /// # Errors
    /// Failures of access, or an event this version cannot read.
    pub async fn event(&self, id: &str) -> Result<Option<Event>, StoreError> {
        let row = sqlx::query("SELECT * FROM events WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.inner.journal.read)
            .await?;
        row.map(|row| event_of(entry_of(&row)?)).transpose()
    }

    /// Events after a position, in journal order, of one entity or of all; at most `limit`.
    ///
    /// # Errors
    /// As [`Store::event`].
    pub async fn events(
        &self,
        entity: Option<&str>,
        after_position: i64,
        limit: i64,
    ) -> Result<Vec<Event>, StoreError> {
        let rows = match entity {
            Some(entity) => {
                sqlx::query(
                    "SELECT * FROM events WHERE entity = $1 AND position > $2 ORDER BY position LIMIT $3",
                )
                .bind(entity)
                .bind(after_position)
                .bind(limit)
                .fetch_all(&self.inner.journal.read)
                .await?
            }
            None => {
                sqlx::query("SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT $2")
                    .bind(after_position)
                    .bind(limit)
                    .fetch_all(&self.inner.journal.read)
                    .await?
            }
        };
        rows.iter().map(|row| event_of(entry_of(row)?)).collect()
    }

    /// The end of the journal, as printed in signed reports.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn head(&self) -> Result<Head, StoreError> {
        let mut connection = self.inner.journal.read.acquire().await?;
        let (position, hash, _) = last(&mut connection).await?;
        Ok(Head { position, hash })
    }

    /// [`Store::head`], noted beside the journal.
    pub(crate) async fn note_head(&self) -> Result<Head, StoreError> {
        let mut connection = self.inner.journal.read.acquire().await?;
        let (position, hash, said_at) = last(&mut connection).await?;
        if let Some(said_at) = said_at {
            witness::note(&self.inner.dir, &Witness { position, hash: hash.clone(), said_at });
        }
        Ok(Head { position, hash })
    }

    /// A number that changes when another process wrote to the journal; compare it with the one read before.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn data_version(&self) -> Result<i64, StoreError> {
        // On the one writing connection, so that own writes do not count.
        Ok(sqlx::query_scalar("PRAGMA data_version").fetch_one(&self.inner.journal.write).await?)
    }
}

/// A UUIDv7 with the instant of the profile's clock.
pub(crate) fn new_id(at: Ms) -> String {
    let millis = u64::try_from(at.0).unwrap_or(0);
    let nanos = u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, nanos)).to_string()
}

/// Position, hash and time of the last event; 0, [`GENESIS`], none without one.
pub(crate) async fn last(connection: &mut SqliteConnection) -> Result<(i64, String, Option<Ms>), StoreError> {
    let row: Option<(i64, String, i64)> =
        sqlx::query_as("SELECT position, hash, said_at FROM events ORDER BY position DESC LIMIT 1")
            .fetch_optional(connection)
            .await?;
    Ok(row.map_or((0, GENESIS.to_owned(), None), |(position, hash, at)| (position, hash, Some(Ms(at)))))
}

pub(crate) async fn insert(connection: &mut SqliteConnection, entry: &Entry) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (position, id, device, device_seq, said_at, clock_suspect, actor, role, auth, kind, \
         kind_version, entity, payload, based_on, prev_hash, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(entry.position)
    .bind(&entry.id)
    .bind(&entry.device)
    .bind(entry.device_seq)
    .bind(entry.said_at.0)
    .bind(entry.clock_suspect)
    .bind(&entry.actor)
    .bind(&entry.role)
    .bind(&entry.auth)
    .bind(&entry.kind)
    .bind(entry.kind_version)
    .bind(&entry.entity)
    .bind(&entry.payload)
    .bind(&entry.based_on)
    .bind(&entry.prev_hash)
    .bind(&entry.hash)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) fn entry_of(row: &SqliteRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        position: row.try_get("position")?,
        id: row.try_get("id")?,
        device: row.try_get("device")?,
        device_seq: row.try_get("device_seq")?,
        said_at: Ms(row.try_get("said_at")?),
        clock_suspect: row.try_get("clock_suspect")?,
        actor: row.try_get("actor")?,
        role: row.try_get("role")?,
        auth: row.try_get("auth")?,
        kind: row.try_get("kind")?,
        kind_version: row.try_get("kind_version")?,
        entity: row.try_get("entity")?,
        payload: row.try_get("payload")?,
        based_on: row.try_get("based_on")?,
        prev_hash: row.try_get("prev_hash")?,
        hash: row.try_get("hash")?,
    })
}

pub(crate) fn event_of(entry: Entry) -> Result<Event, StoreError> {
    let act = Act::from_parts(&entry.kind, &entry.payload)
        .map_err(|e| StoreError::Unreadable { what: "act", detail: format!("{}: {e}", entry.id) })?;
    Ok(Event {
        role: of_text(&entry.role, "role")?,
        auth: of_text(&entry.auth, "auth")?,
        act,
        id: entry.id,
        position: entry.position,
        device: entry.device,
        device_seq: entry.device_seq,
        said_at: entry.said_at,
        clock_suspect: entry.clock_suspect,
        actor: entry.actor,
        entity: entry.entity,
        based_on: entry.based_on,
    })
}

pub(crate) async fn entries_after(
    connection: &mut SqliteConnection,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query("SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT $2")
        .bind(after)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    rows.iter().map(entry_of).collect()
}
