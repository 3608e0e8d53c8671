//! How a round is written: what it changes is worked out first, then kept by one statement (`incoming.sql`).

use super::{Observed, Round, RoundOutcome, count, figures, measures, measures::KnownBuckets, tasks};
use crate::{Store, db::json_of, error::StoreError};
use serde::Serialize;

/// View and triggers that every writing connection to `observations.db` has.
pub(crate) const INCOMING: &str = include_str!("incoming.sql");

/// What this opening knows of the file as long as nobody else writes rounds to it.
#[derive(Debug)]
pub(crate) struct Known {
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
        let mut shared = self.inner.rounds.lock().await;
        // Taken out, so that a failure, or a caller that is gone, leaves nothing to be believed.
        let mut known = match shared.take() {
            Some(known) => known,
            None => self.known().await?,
        };
        loop {
            let changes = self.changes(round, &known).await?;
            match self.write(round, known.last + 1, &changes).await {
                Ok(()) => {
                    known.last += 1;
                    if let Observed::Apis(rows) = &round.payload {
                        known.buckets.remember(rows, round.fetched_at, changes.fresh.is_some());
                    }
                    *shared = Some(known);
                    return Ok(());
                }
                Err(StoreError::Refused(why)) => {
                    // Refused, too, when somebody else kept a round after ours was worked out.
                    let now = self.known().await?;
                    if now.last == known.last {
                        return Err(StoreError::Refused(why));
                    }
                    known = now;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn known(&self) -> Result<Known, StoreError> {
        let (last, fetched): (i64, Option<i64>) = sqlx::query_as(
            "SELECT coalesce(max(id), 0), \
             (SELECT last_ok_fetched FROM source_states WHERE source = 'gateway_apis') FROM rounds",
        )
        .fetch_one(&self.inner.observations.write)
        .await?;
        Ok(Known { last, buckets: KnownBuckets::since(fetched) })
    }

    /// Present versions are read after the newest round is known, so that a write in between is noticed.
    async fn changes(&self, round: &Round, known: &Known) -> Result<Changes, StoreError> {
        let write = &self.inner.observations.write;
        match &round.payload {
            Observed::Nothing => Ok(Changes::default()),
            Observed::Tasks(rows) => tasks::changes(write, rows, round.fetched_at).await,
            Observed::Flows(rows) => measures::flow_changes(rows),
            Observed::Apis(rows) => measures::api_changes(rows, round.fetched_at, &known.buckets),
            Observed::Figures(rows) => figures::changes(write, rows, round.fetched_at).await,
        }
    }

    async fn write(&self, round: &Round, id: i64, changes: &Changes) -> Result<(), StoreError> {
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
        .execute(&self.inner.observations.write)
        .await?;
        Ok(())
    }
}
