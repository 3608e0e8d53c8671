//! Series over time: flow states round by round, API measures in buckets of five minutes.

use super::{
    keep::{Changes, list},
    kept,
};
use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
};
use pvhcc_domain::{
    observation::{ApiMeasure, FlowState},
    time::Ms,
};
use sqlx::{Row, sqlite::SqliteRow};
use std::collections::BTreeMap;

impl Store {
    /// The states of the newest report. A flow that it does not name is not observed now.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn flow_states(&self) -> Result<Vec<FlowState>, StoreError> {
        let newest: Option<String> =
            sqlx::query_scalar("SELECT flows FROM flow_reports ORDER BY fetched_at DESC LIMIT 1")
                .fetch_optional(&self.inner.observations.read)
                .await?;
        newest.map_or(Ok(Vec::new()), |flows| of_json(&flows, "flow report"))
    }

    /// The states of the newest report fetched by `at`, with when it was fetched; `None` when none from then or before is kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn flow_states_at(&self, at: Ms) -> Result<Option<(Ms, Vec<FlowState>)>, StoreError> {
        let newest: Option<(i64, String)> = sqlx::query_as(
            "SELECT fetched_at, flows FROM flow_reports WHERE fetched_at <= $1 ORDER BY fetched_at DESC LIMIT 1",
        )
        .bind(at.0)
        .fetch_optional(&self.inner.observations.read)
        .await?;
        newest.map(|(fetched, flows)| Ok((Ms(fetched), of_json(&flows, "flow report")?))).transpose()
    }

    /// Start of the newest bucket of any API that was known by `at`; `None` is now. A gateway that goes on answering with a new
    /// date while this stands still tells old data.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn newest_bucket(&self, at: Option<Ms>) -> Result<Option<Ms>, StoreError> {
        let at = at.map_or(i64::MAX, |at| at.0);
        let newest: Option<i64> = sqlx::query_scalar(
            "SELECT from_ms FROM api_measures WHERE from_ms <= $1 AND fetched_at <= $1 ORDER BY from_ms DESC LIMIT 1",
        )
        .bind(at)
        .fetch_optional(&self.inner.observations.read)
        .await?;
        Ok(newest.map(Ms))
    }

    /// Reports of flows fetched since an instant (inclusive), oldest first, each with when it was fetched.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn flow_history(&self, since: Ms) -> Result<Vec<(Ms, Vec<FlowState>)>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT fetched_at, flows FROM flow_reports WHERE fetched_at >= $1 ORDER BY fetched_at",
        )
        .bind(since.0)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.into_iter().map(|(at, flows)| Ok((Ms(at), of_json(&flows, "flow report")?))).collect()
    }

    /// Buckets that begin in `from..to`, of one API or of all, oldest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn api_measures(
        &self,
        api: Option<&str>,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<ApiMeasure>, StoreError> {
        // Two texts, so that each uses its own index.
        let rows = match api {
            Some(api) => {
                sqlx::query(
                    "SELECT * FROM api_measures WHERE from_ms >= $1 AND from_ms < $2 AND api = $3 ORDER BY from_ms",
                )
                .bind(from.0)
                .bind(to.0)
                .bind(api)
                .fetch_all(&self.inner.observations.read)
                .await?
            }
            None => {
                sqlx::query(
                    "SELECT * FROM api_measures WHERE from_ms >= $1 AND from_ms < $2 ORDER BY from_ms, api",
                )
                .bind(from.0)
                .bind(to.0)
                .fetch_all(&self.inner.observations.read)
                .await?
            }
        };
        rows.iter().map(measure_of).collect()
    }
}

pub(super) fn measure_of(row: &SqliteRow) -> Result<ApiMeasure, StoreError> {
    Ok(ApiMeasure {
        api: row.try_get("api")?,
        from: Ms(row.try_get("from_ms")?),
        ok: counted(row, "ok")?,
        client_error: counted(row, "client_error")?,
        server_error: counted(row, "server_error")?,
        timeout: counted(row, "timeout")?,
        latency: of_json(row.try_get("latency")?, "latency")?,
        last_error: row.try_get("last_error")?,
    })
}

fn counted(row: &SqliteRow, column: &'static str) -> Result<u64, StoreError> {
    let n: i64 = row.try_get(column)?;
    u64::try_from(n).map_err(|e| StoreError::Unreadable { what: column, detail: e.to_string() })
}

/// Buckets as they were last written, while nobody else writes. Sources report the last hours again and again.
#[derive(Debug)]
pub(super) struct KnownBuckets {
    /// Rows of a bucket in the order they came.
    rows: BTreeMap<Ms, Vec<ApiMeasure>>,
    /// When the newest answer was fetched.
    fetched_at: Option<i64>,
}

impl KnownBuckets {
    /// The newest that are remembered, four hours: twice what is usually asked for.
    const LIMIT: usize = 48;

    /// Nothing yet; `fetched_at` is of the newest answer kept before.
    pub(super) fn since(fetched_at: Option<i64>) -> Self {
        Self { rows: BTreeMap::new(), fetched_at }
    }

    fn overtaken(&self, fetched_at: Ms) -> bool {
        self.fetched_at.is_some_and(|newest| fetched_at.0 < newest)
    }

    /// Takes over an answer that was kept; `changed` when something of it was new.
    pub(super) fn remember(&mut self, rows: &[ApiMeasure], fetched_at: Ms, changed: bool) {
        if self.overtaken(fetched_at) {
            return;
        }
        self.fetched_at = Some(fetched_at.0);
        if !changed {
            return;
        }
        for bucket in rows.chunk_by(|a, b| a.from == b.from) {
            if self.rows.get(&bucket[0].from).is_none_or(|known| known != bucket) {
                self.rows.insert(bucket[0].from, bucket.to_vec());
            }
        }
        while self.rows.len() > Self::LIMIT {
            self.rows.pop_first();
        }
    }
}

/// Every answer is a point of the history, sorted by flow, phase and stage.
pub(super) fn flow_changes(rows: &[FlowState]) -> Result<Changes, StoreError> {
    let mut rows: Vec<&FlowState> = rows.iter().collect();
    rows.sort_by_key(|row| (row.flow, row.phase, row.stage));
    Ok(Changes { fresh: Some(json_of(&rows, "flow report")?), ..Changes::default() })
}

/// The buckets that are new or differ from what is known. An answer that was overtaken replaces nothing known; what it
/// alone has is left to the rule of the file, by when each row was fetched.
pub(super) fn api_changes(
    rows: &[ApiMeasure],
    fetched_at: Ms,
    known: &KnownBuckets,
) -> Result<Changes, StoreError> {
    let overtaken = known.overtaken(fetched_at);
    let mut fresh = Vec::new();
    for bucket in rows.chunk_by(|a, b| a.from == b.from) {
        if known.rows.get(&bucket[0].from).is_some_and(|before| overtaken || before == bucket) {
            continue;
        }
        for row in bucket {
            let (ok, client_error) = (kept(row.ok)?, kept(row.client_error)?);
            let (server_error, timeout) = (kept(row.server_error)?, kept(row.timeout)?);
            fresh.push((
                &row.api,
                row.from,
                ok,
                client_error,
                server_error,
                timeout,
                &row.latency,
                &row.last_error,
            ));
        }
    }
    Ok(Changes { fresh: list(&fresh)?, ..Changes::default() })
}
