//! How a round is written: what it changes is worked out first, then kept by one statement (`incoming.sql`).

use super::{Observed, Round, RoundOutcome, count, figures, measures, measures::KnownBuckets, tasks};
use crate::{
    Store,
    db::{self, OBSERVATIONS, json_of},
    error::StoreError,
};
use serde::Serialize;
use sqlx::{Connection as _, SqliteConnection, SqlitePool};
use std::path::Path;
use tokio::sync::Mutex;

/// View and triggers of the writing connection.
const INCOMING: &str = include_str!("incoming.sql");

/// `observations.db`, open.
#[derive(Debug)]
pub(crate) struct Observations {
    pub(crate) read: SqlitePool,
    /// Nothing after closing.
    writer: Mutex<Option<Writer>>,
}

/// The only connection that writes, kept at hand: to give one back to a pool and take it again costs more than a round.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) connection: SqliteConnection,
    /// Nothing before the first round, and when it may be wrong.
    pub(super) known: Option<Known>,
}

impl Observations {
    /// Opens and migrates the file. Call with the opening lock held.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let writer = db::writer(path, &OBSERVATIONS).await?;
        let mut connection = writer.acquire().await?.detach();
        sqlx::raw_sql(INCOMING).execute(&mut connection).await?;
        let writer = Mutex::new(Some(Writer { connection, known: None }));
        Ok(Self { read: db::readers(path), writer })
    }

    pub(crate) async fn close(&self) {
        self.read.close().await;
        if let Some(writer) = self.writer.lock().await.take()
            && let Err(error) = writer.connection.close().await
        {
            tracing::warn!(%error, "observations.db was not closed in order");
        }
    }

    /// Waits for its turn to write.
    pub(super) async fn writing(&self) -> Result<tokio::sync::MappedMutexGuard<'_, Writer>, StoreError> {
        let guard = self.writer.lock().await;
        tokio::sync::MutexGuard::try_map(guard, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed.into())
    }
}

/// What this opening knows of the file as long as nobody else writes rounds to it.
#[derive(Debug)]
pub(super) struct Known {
    /// Id of the newest round.
    last: i64,
    buckets: KnownBuckets,
}

/// What a round changes.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Ids of present versions that it confirms.
    pub(super) same: Vec<i64>,
    /// Ids of present versions that end with it.
    pub(super) replaced: Vec<i64>,
    /// Rows to write, as JSON.
    pub(super) fresh: Option<String>,
}

/// A JSON array, or nothing for no items.
pub(super) fn list<T: Serialize>(items: &[T]) -> Result<Option<String>, StoreError> {
    if items.is_empty() { Ok(None) } else { json_of(&items, "round").map(Some) }
}

impl Store {
    /// Keeps a round in one transaction; it is on the disk when this returns. A row older than the one kept
    /// does not replace it. A bucket of measures that is reported as it was before is not written again, and goes on
    /// naming the round that wrote it.
    ///
    /// # Errors
    /// Failures of access; then nothing of the round was written.
    pub async fn record_round(&self, round: &Round) -> Result<(), StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        // Taken out, so that a failure, or a caller that is gone, leaves nothing to be believed.
        let mut known = match writer.known.take() {
            Some(known) => known,
            None => writer.look().await?,
        };
        loop {
            let changes = writer.changes(round, &known).await?;
            match writer.write(round, known.last + 1, &changes).await {
                Ok(()) => {
                    known.last += 1;
                    if let Observed::Apis(rows) = &round.payload {
                        known.buckets.remember(rows, round.fetched_at, changes.fresh.is_some());
                    }
                    writer.known = Some(known);
                    return Ok(());
                }
                Err(StoreError::Refused(why)) => {
                    // Refused, too, when somebody else kept a round after ours was worked out.
                    let now = writer.look().await?;
                    if now.last == known.last {
                        return Err(StoreError::Refused(why));
                    }
                    known = now;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl Writer {
    async fn look(&mut self) -> Result<Known, StoreError> {
        let (last, fetched): (i64, Option<i64>) = sqlx::query_as(
            "SELECT coalesce(max(id), 0), \
             (SELECT last_ok_fetched FROM source_states WHERE source = 'gateway_apis') FROM rounds",
        )
        .fetch_one(&mut self.connection)
        .await?;
        Ok(Known { last, buckets: KnownBuckets::since(fetched) })
    }

    /// Present versions are read after the newest round is known, so that a write in between is noticed.
    async fn changes(&mut self, round: &Round, known: &Known) -> Result<Changes, StoreError> {
        let read = &mut self.connection;
        match &round.payload {
            Observed::Nothing => Ok(Changes::default()),
            Observed::Tasks(rows) => tasks::changes(read, rows, round.fetched_at).await,
            Observed::Flows(rows) => measures::flow_changes(rows),
            Observed::Apis(rows) => measures::api_changes(rows, round.fetched_at, &known.buckets),
            Observed::Figures(rows) => figures::changes(read, rows, round.fetched_at).await,
        }
    }

    async fn write(&mut self, round: &Round, id: i64, changes: &Changes) -> Result<(), StoreError> {
        let (outcome, kind, detail) = match &round.outcome {
            RoundOutcome::Fresh => ("fresh", None, None),
            RoundOutcome::NotModified => ("not_modified", None, None),
            RoundOutcome::Failed { kind, detail } => ("failed", Some(kind), Some(detail)),
        };
        let bad: Vec<_> =
            round.quarantined.iter().map(|q| (&q.place, &q.reason, &q.masked, &q.sha256)).collect();
        sqlx::query(
            "INSERT INTO incoming (id, source, as_of, fetched_at, outcome, error_kind, error_detail, sha256, rows, \
             quarantined, etag, next_due, bad, same, replaced, fresh) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(round.source.as_str())
        .bind(round.as_of.map(|t| t.0))
        .bind(round.fetched_at.0)
        .bind(outcome)
        .bind(kind)
        .bind(detail)
        .bind(&round.payload_sha256)
        .bind(count(round.payload.len()))
        .bind(count(round.quarantined.len()))
        .bind(&round.etag)
        .bind(round.next_due.map(|t| t.0))
        .bind(list(&bad)?)
        .bind(list(&changes.same)?)
        .bind(list(&changes.replaced)?)
        .bind(&changes.fresh)
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }
}
