//! Reading the past: what had been said, observed and concluded at a moment. It must not know what any of it means.

use crate::{
    SourceRow, Store,
    db::{of_json, text_of},
    error::StoreError,
    journal::{entry_of, event_of},
};
use pvhcc_domain::{
    act::Event,
    observation::{GatewayTask, SourceId},
    roles::Auth,
    time::Ms,
};
use std::collections::BTreeMap;

impl Store {
    /// Events of every entity whose name begins with `prefix`, in journal order.
    ///
    /// # Errors
    /// As [`Store::event`].
    pub async fn events_under(&self, prefix: &str) -> Result<Vec<Event>, StoreError> {
        self.events_under_after(prefix, 0).await
    }

    /// The same of those after a position.
    ///
    /// # Errors
    /// As [`Store::event`].
    pub async fn events_under_after(&self, prefix: &str, position: i64) -> Result<Vec<Event>, StoreError> {
        // A range, so that the index finds them among everything else that was said.
        let rows = sqlx::query(
            "SELECT * FROM events WHERE entity >= $1 AND entity < $2 AND position > $3 ORDER BY position",
        )
        .bind(prefix)
        .bind(format!("{prefix}{}", char::MAX))
        .bind(position)
        .fetch_all(&self.inner.journal.read)
        .await?;
        rows.iter().map(|row| event_of(entry_of(row)?)).collect()
    }

    /// When a person first said something after a position; what the set-up wrote does not count.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn first_said_by_people(&self, position: i64) -> Result<Option<Ms>, StoreError> {
        let said: Option<i64> = sqlx::query_scalar(
            "SELECT said_at FROM events WHERE position > $1 AND auth <> $2 ORDER BY position LIMIT 1",
        )
        .bind(position)
        .bind(text_of(&Auth::Setup, "auth")?)
        .fetch_optional(&self.inner.journal.read)
        .await?;
        Ok(said.map(Ms))
    }

    /// How far the journal goes: the last sequence of each seat.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn positions(&self) -> Result<BTreeMap<String, i64>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT device, max(device_seq) FROM events GROUP BY device")
                .fetch_all(&self.inner.journal.read)
                .await?;
        Ok(rows.into_iter().collect())
    }

    /// Position of the first event said after `at`; what stands before it had arrived by then. `None` when nothing was
    /// said later.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn first_said_after(&self, at: Ms) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar("SELECT min(position) FROM events WHERE said_at > $1")
            .bind(at.0)
            .fetch_one(&self.inner.journal.read)
            .await?)
    }

    /// What the gateway had last said of each task at `at`, as far as its versions are kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn gateway_tasks_at(&self, at: Ms) -> Result<BTreeMap<String, GatewayTask>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT no, body FROM gateway_tasks WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1) \
             ORDER BY valid_from",
        )
        .bind(at.0)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.into_iter().map(|(no, body)| Ok((no, of_json(&body, "gateway task")?))).collect()
    }

    /// How a source stood at `at`, from its kept rounds: when it last answered, the source's own time of that answer, and
    /// since when it had been failing. `None` when no round from then or before is kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn source_at(&self, source: SourceId, at: Ms) -> Result<Option<SourceRow>, StoreError> {
        let read = &self.inner.observations.read;
        if source == SourceId::Probes {
            // Probes are no rounds: their results say when they were sent.
            let asked: Option<i64> =
                sqlx::query_scalar("SELECT max(asked_at) FROM probe_results WHERE asked_at <= $1")
                    .bind(at.0)
                    .fetch_one(read)
                    .await?;
            let asked = asked.map(Ms);
            return Ok(asked.is_some().then(|| SourceRow {
                last_ok_fetched: asked,
                last_ok_as_of: asked,
                last_try: asked,
                ..SourceRow::default()
            }));
        }
        let tried: Option<i64> =
            sqlx::query_scalar("SELECT max(fetched_at) FROM rounds WHERE source = $1 AND fetched_at <= $2")
                .bind(source.as_str())
                .bind(at.0)
                .fetch_one(read)
                .await?;
        let Some(tried) = tried else { return Ok(None) };
        let answered: Option<(i64, i64)> = sqlx::query_as(
            "SELECT id, fetched_at FROM rounds WHERE source = $1 AND fetched_at <= $2 AND outcome <> 'failed' \
             ORDER BY id DESC LIMIT 1",
        )
        .bind(source.as_str())
        .bind(at.0)
        .fetch_optional(read)
        .await?;
        // An answer "not modified" may leave the time of the data as it was.
        let as_of: Option<Option<i64>> = sqlx::query_scalar(
            "SELECT as_of FROM rounds WHERE source = $1 AND fetched_at <= $2 \
             AND (outcome = 'fresh' OR (outcome = 'not_modified' AND as_of IS NOT NULL)) ORDER BY id DESC LIMIT 1",
        )
        .bind(source.as_str())
        .bind(at.0)
        .fetch_optional(read)
        .await?;
        let failing: Option<i64> = sqlx::query_scalar(
            "SELECT min(fetched_at) FROM rounds WHERE source = $1 AND fetched_at <= $2 AND outcome = 'failed' \
             AND id > $3",
        )
        .bind(source.as_str())
        .bind(at.0)
        .bind(answered.map_or(0, |(id, _)| id))
        .fetch_one(read)
        .await?;
        Ok(Some(SourceRow {
            last_ok_fetched: answered.map(|(_, fetched)| Ms(fetched)),
            last_ok_as_of: as_of.flatten().map(Ms),
            last_try: Some(Ms(tried)),
            failing_since: failing.map(Ms),
            ..SourceRow::default()
        }))
    }
}
