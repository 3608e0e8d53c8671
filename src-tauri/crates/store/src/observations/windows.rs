//! Measures of one API over a window: its newest calls, or the sum of a span.

use super::measures::measure_of;
use crate::{Store, error::StoreError};
use pvhcc_domain::{
    observation::{ApiMeasure, LATENCY_BOUNDS_MS},
    time::Ms,
};
use sqlx::Row;

/// Rows read at a time, going back; a busy API has enough calls in the first.
const PAGE: i64 = 64;

/// Calls of all APIs in one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourOfCalls {
    /// Start of the hour.
    pub from: Ms,
    /// All calls.
    pub calls: u64,
    /// Of these, those that failed on the other side or had no answer in time.
    pub failed: u64,
}

impl Store {
    /// Calls of all APIs in buckets that begin in `from..to`, by hour; an hour without calls is left out.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn calls_by_hour(&self, from: Ms, to: Ms) -> Result<Vec<HourOfCalls>, StoreError> {
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
            "SELECT from_ms / 3600000 * 3600000 AS hour, sum(ok + client_error + server_error + timeout), \
             sum(server_error + timeout) FROM api_measures WHERE from_ms >= $1 AND from_ms < $2 \
             GROUP BY hour ORDER BY hour",
        )
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&self.inner.observations.read)
        .await?;
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        let hour = |(from, calls, failed)| HourOfCalls {
            from: Ms(from),
            calls: count(calls),
            failed: count(failed),
        };
        Ok(rows.into_iter().map(hour).collect())
    }

    /// Buckets of an API that begin in `from..=to`, newest first, until they hold `calls` calls: whole buckets, the last
    /// of which reaches the number.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn newest_calls(
        &self,
        api: &str,
        from: Ms,
        to: Ms,
        calls: u64,
    ) -> Result<Vec<ApiMeasure>, StoreError> {
        let (mut found, mut counted, mut before) = (Vec::new(), 0, to.plus(1));
        while counted < calls {
            let rows = sqlx::query(
                "SELECT * FROM api_measures WHERE api = $1 AND from_ms >= $2 AND from_ms < $3 \
                 ORDER BY from_ms DESC LIMIT $4",
            )
            .bind(api)
            .bind(from.0)
            .bind(before.0)
            .bind(PAGE)
            .fetch_all(&self.inner.observations.read)
            .await?;
            for row in &rows {
                let measure = measure_of(row)?;
                before = measure.from;
                if counted < calls {
                    counted += measure.calls();
                    found.push(measure);
                }
            }
            if i64::try_from(rows.len()).unwrap_or(PAGE) < PAGE {
                break;
            }
        }
        Ok(found)
    }

    /// The buckets of an API that begin in `from..to` as one measure that begins at `from`; `None` without any.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn sum_of_calls(&self, api: &str, from: Ms, to: Ms) -> Result<Option<ApiMeasure>, StoreError> {
        // The counts are summed by the database; the histograms, which it would have to parse one number at a time, here.
        let row = sqlx::query(
            "SELECT count(*) AS n, coalesce(sum(ok), 0) AS ok, coalesce(sum(client_error), 0) AS client_error, \
             coalesce(sum(server_error), 0) AS server_error, coalesce(sum(timeout), 0) AS timeout, \
             '[' || coalesce(group_concat(latency, ','), '') || ']' AS latency, \
             (SELECT last_error FROM api_measures WHERE api = $1 AND from_ms >= $2 AND from_ms < $3 \
              AND last_error IS NOT NULL ORDER BY from_ms DESC LIMIT 1) AS last_error \
             FROM api_measures WHERE api = $1 AND from_ms >= $2 AND from_ms < $3",
        )
        .bind(api)
        .bind(from.0)
        .bind(to.0)
        .fetch_one(&self.inner.observations.read)
        .await?;
        if row.try_get::<i64, _>("n")? == 0 {
            return Ok(None);
        }
        let unreadable = |detail: String| StoreError::Unreadable { what: "measures of an API", detail };
        let counted = |column: &str| -> Result<u64, StoreError> {
            let n: i64 = row.try_get(column)?;
            u64::try_from(n).map_err(|e| unreadable(e.to_string()))
        };
        let histograms: Vec<Vec<u64>> =
            serde_json::from_str(row.try_get("latency")?).map_err(|e| unreadable(e.to_string()))?;
        let mut latency = vec![0; LATENCY_BOUNDS_MS.len() + 1];
        for histogram in histograms {
            for (sum, n) in latency.iter_mut().zip(histogram) {
                *sum += n;
            }
        }
        Ok(Some(ApiMeasure {
            api: api.to_owned(),
            from,
            ok: counted("ok")?,
            client_error: counted("client_error")?,
            server_error: counted("server_error")?,
            timeout: counted("timeout")?,
            latency,
            last_error: row.try_get("last_error")?,
        }))
    }
}
