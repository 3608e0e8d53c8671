//! How a round is written: what it changes is worked out first, then kept by one statement (`incoming.sql`).

use super::{
    Observed, Round, RoundOutcome, count, figures, indicators, measures, measures::KnownBuckets, operation,
    tasks,
};
use crate::{
    Store,
    db::{self, OBSERVATIONS, json_of},
    dossiers::{CodeBook, Numbers},
    error::StoreError,
};
use serde::Serialize;
use sqlx::{Connection, Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// View and triggers of the writing connection.
const INCOMING: &str = include_str!("incoming.sql");

/// `observations.db`, open.
#[derive(Debug)]
pub(crate) struct Observations {
    pub(crate) read: SqlitePool,
    /// Texts of codes, for reading dossiers.
    pub(crate) book: Mutex<CodeBook>,
    path: PathBuf,
    /// Nothing after closing.
    writer: Mutex<Option<Writer>>,
}

/// The only connection that writes, kept at hand: to give one back to a pool and take it again costs more than a round.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) connection: SqliteConnection,
    /// Nothing before the first round, and when it may be wrong.
    pub(super) known: Option<Known>,
    /// Numbers of codes.
    numbers: Numbers,
    /// A transaction of several statements was begun and not seen to end.
    in_doubt: bool,
}

/// A transaction of several statements, which is one round.
pub(crate) struct Begun<'a> {
    pub(crate) tx: Transaction<'a, Sqlite>,
    pub(crate) numbers: Numbers,
    pub(crate) round: i64,
    pub(crate) kept: Keeping<'a>,
}

/// What is to be noted once the transaction is kept.
pub(crate) struct Keeping<'a> {
    known: &'a mut Option<Known>,
    numbers: &'a mut Numbers,
    in_doubt: &'a mut bool,
}

impl Keeping<'_> {
    /// The round is on the disk.
    pub(crate) fn done(self, round: i64, numbers: Numbers) {
        *self.in_doubt = false;
        *self.numbers = numbers.trusted();
        // Any other number shows that somebody else writes rounds too.
        if let Some(known) = self.known.as_mut().filter(|known| known.last + 1 == round) {
            known.last = round;
        }
    }
}

impl Observations {
    /// Opens and migrates the file. Call with the opening lock held.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let writer = Mutex::new(Some(Writer::connect(path).await?));
        let (read, book) = (db::readers(path), Mutex::default());
        Ok(Self { read, book, path: path.to_owned(), writer })
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
    pub(crate) async fn writing(&self) -> Result<tokio::sync::MappedMutexGuard<'_, Writer>, StoreError> {
        let guard = self.writer.lock().await;
        let guard = tokio::sync::MutexGuard::try_map(guard, Option::as_mut);
        let mut writer = guard.map_err(|_| StoreError::from(sqlx::Error::PoolClosed))?;
        if writer.in_doubt {
            writer.settle(&self.path).await?;
        }
        Ok(writer)
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
    async fn connect(path: &Path) -> Result<Self, StoreError> {
        // No name of a person is in this file: what is deleted need not be overwritten. A page of a walk over records changes
        // more than SQLite's own 2 MB hold: what does not fit is written and read again.
        let options = db::options(path).pragma("secure_delete", "OFF").pragma("cache_size", "-6000");
        let pool = db::writer(options, &OBSERVATIONS).await?;
        let mut connection = pool.acquire().await?.detach();
        sqlx::raw_sql(INCOMING).execute(&mut connection).await?;
        Ok(Self { connection, known: None, numbers: Numbers::default(), in_doubt: false })
    }

    /// Begins a transaction of several statements. Dropped without a commit it leaves nothing behind.
    pub(crate) async fn begin(&mut self) -> Result<Begun<'_>, StoreError> {
        let Self { connection, known, numbers, in_doubt } = self;
        *in_doubt = true;
        // Others wait while it lasts, and nothing that was read is overtaken.
        let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
        let round =
            sqlx::query_scalar("SELECT coalesce(max(id), 0) + 1 FROM rounds").fetch_one(&mut *tx).await?;
        // Taken out, so that what a lost transaction added is not believed.
        Ok(Begun { tx, numbers: std::mem::take(numbers), round, kept: Keeping { known, numbers, in_doubt } })
    }

    /// A transaction that was given up is rolled back when its connection is next used. When the disk refuses, SQLite ends
    /// one by itself, and the driver goes on believing in it: then the connection is replaced.
    async fn settle(&mut self, path: &Path) -> Result<(), StoreError> {
        let answers = self.connection.ping().await.is_ok();
        if !answers || Connection::is_in_transaction(&self.connection) {
            *self = Self::connect(path).await?;
        }
        self.in_doubt = false;
        Ok(())
    }

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
            Observed::Nothing | Observed::Walked { .. } => Ok(Changes::default()),
            Observed::Tasks(rows) => tasks::changes(read, rows, round.fetched_at).await,
            Observed::Flows(rows) => measures::flow_changes(rows),
            Observed::Apis(rows) => measures::api_changes(rows, round.fetched_at, &known.buckets),
            Observed::Figures(rows) => figures::changes(read, rows, round.fetched_at).await,
            Observed::Indicators(periods) => indicators::changes(read, periods, round.fetched_at).await,
            Observed::Procedures(rows) => {
                let complete = round.quarantined.is_empty();
                indicators::procedure_changes(read, rows, complete, round.fetched_at).await
            }
            Observed::Sync(queue) => operation::report_changes(queue),
            Observed::Fees(rows) => {
                let complete = round.quarantined.is_empty();
                operation::fee_changes(read, rows, complete, round.fetched_at).await
            }
            Observed::Petitions(counts) => operation::report_changes(counts),
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
        .bind(count(round.quarantined.len() + round.payload.put_aside()))
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
