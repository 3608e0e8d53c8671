//! What the live watch reads of the past: measures added up by spans of any length, and when a source answered.

use crate::{Store, error::StoreError};
use pvhcc_domain::{
    observation::{ApiMeasure, LATENCY_BOUNDS_MS, SourceId},
    time::Ms,
};
use sqlx::{Row, sqlite::SqliteRow};

impl Store {
    /// Measures of every API in buckets that begin in `from..to`, added up by slots of `step` ms that begin at multiples of
    /// `step` after `from`: each as one measure that begins with its slot, by API, oldest first. A slot without calls is left
    /// out. Histograms are added up only where asked for, else they are empty; the error is the newest of the slot.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn api_slots(
        &self,
        from: Ms,
        to: Ms,
        step: i64,
        histograms: bool,
    ) -> Result<Vec<ApiMeasure>, StoreError> {
        // Of bare columns beside max() SQLite takes the row with the maximum: the newest one that has an error.
        let rows = sqlx::query(
            "SELECT api, $1 + (from_ms - $1) / $3 * $3 AS slot, sum(ok) AS ok, sum(client_error) AS client_error, \
             sum(server_error) AS server_error, sum(timeout) AS timeout, \
             CASE WHEN $4 THEN '[' || group_concat(latency, ',') || ']' ELSE '[]' END AS latency, \
             max(iif(last_error IS NULL, 0, from_ms)) AS at, last_error \
             FROM api_measures WHERE from_ms >= $1 AND from_ms < $2 GROUP BY api, slot ORDER BY api, slot",
        )
        .bind(from.0)
        .bind(to.0)
        .bind(step.max(1))
        .bind(histograms)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.iter().map(slot_of).collect()
    }

    /// When a source answered well: every answer fetched in `from..=to`, in order, and the last one before `from`.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn answers(&self, source: SourceId, from: Ms, to: Ms) -> Result<Vec<Ms>, StoreError> {
        let times: Vec<i64> = sqlx::query_scalar(
            "SELECT fetched_at FROM rounds WHERE source = $1 AND outcome <> 'failed' AND fetched_at <= $3 \
             AND fetched_at >= coalesce((SELECT max(fetched_at) FROM rounds WHERE source = $1 \
             AND outcome <> 'failed' AND fetched_at < $2), $2) ORDER BY fetched_at",
        )
        .bind(source.as_str())
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&self.inner.observations.read)
        .await?;
        Ok(times.into_iter().map(Ms).collect())
    }

    /// When any source first answered well, as far as its rounds are kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn first_answer(&self) -> Result<Option<Ms>, StoreError> {
        let first: Option<i64> =
            sqlx::query_scalar("SELECT min(fetched_at) FROM rounds WHERE outcome <> 'failed'")
                .fetch_one(&self.inner.observations.read)
                .await?;
        Ok(first.map(Ms))
    }

    /// How the last failed round of a source before or at `at` failed: kind and detail.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn failure_at(&self, source: SourceId, at: Ms) -> Result<Option<(String, String)>, StoreError> {
        let failed: Option<(Option<String>, Option<String>)> = sqlx::query_as(
            "SELECT error_kind, error_detail FROM rounds WHERE source = $1 AND fetched_at <= $2 \
             AND outcome = 'failed' ORDER BY id DESC LIMIT 1",
        )
        .bind(source.as_str())
        .bind(at.0)
        .fetch_optional(&self.inner.observations.read)
        .await?;
        Ok(failed.map(|(kind, detail)| (kind.unwrap_or_default(), detail.unwrap_or_default())))
    }
}

fn slot_of(row: &SqliteRow) -> Result<ApiMeasure, StoreError> {
    let unreadable = |detail: String| StoreError::Unreadable { what: "measures of an API", detail };
    let counted = |column: &str| -> Result<u64, StoreError> {
        let n: i64 = row.try_get(column)?;
        u64::try_from(n).map_err(|e| unreadable(e.to_string()))
    };
    let histograms: Vec<Vec<u64>> =
        serde_json::from_str(row.try_get("latency")?).map_err(|e| unreadable(e.to_string()))?;
    let mut latency = vec![0; if histograms.is_empty() { 0 } else { LATENCY_BOUNDS_MS.len() + 1 }];
    for histogram in histograms {
        for (sum, n) in latency.iter_mut().zip(histogram) {
            *sum += n;
        }
    }
    Ok(ApiMeasure {
        api: row.try_get("api")?,
        from: Ms(row.try_get("slot")?),
        ok: counted("ok")?,
        client_error: counted("client_error")?,
        server_error: counted("server_error")?,
        timeout: counted("timeout")?,
        latency,
        last_error: row.try_get("last_error")?,
    })
}
