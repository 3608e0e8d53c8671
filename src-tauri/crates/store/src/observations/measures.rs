//! Series over time: flow states round by round, API measures in buckets of five minutes.

use super::{Stamp, kept};
use crate::{
    Store,
    db::{json_of, of_json, of_text, text_of},
    error::StoreError,
};
use pvhcc_domain::{
    observation::{ApiMeasure, FlowState},
    time::Ms,
};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, sqlite::SqliteRow};

/// Rows of one INSERT: 11 values each, SQLite takes 32,766 in a statement.
const CHUNK: usize = 500;

impl Store {
    /// The newest state of every flow, phase and stage.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn flow_states(&self) -> Result<Vec<FlowState>, StoreError> {
        let rows = sqlx::query(
            "SELECT h.* FROM flow_latest l JOIN flow_history h ON h.fetched_at = l.fetched_at AND h.flow = l.flow \
             AND h.phase = l.phase AND h.stage = l.stage ORDER BY h.flow, h.phase, h.stage",
        )
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.iter().map(flow_of).collect()
    }

    /// Flow states fetched since an instant (inclusive), oldest first, each with when it was fetched.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn flow_history(&self, since: Ms) -> Result<Vec<(Ms, FlowState)>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM flow_history WHERE fetched_at >= $1 ORDER BY fetched_at, flow, phase, stage",
        )
        .bind(since.0)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.iter().map(|row| Ok((Ms(row.try_get("fetched_at")?), flow_of(row)?))).collect()
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

fn flow_of(row: &SqliteRow) -> Result<FlowState, StoreError> {
    Ok(FlowState {
        flow: of_text(row.try_get("flow")?, "flow")?,
        phase: row.try_get("phase")?,
        stage: of_text(row.try_get("stage")?, "stage")?,
        state: of_text(row.try_get("state")?, "flow state")?,
        last_success_at: row.try_get::<Option<i64>, _>("last_success_at")?.map(Ms),
        success_rate: row.try_get("success_rate")?,
        calls: counted(row, "calls")?,
        error: row.try_get("error")?,
    })
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

pub(super) async fn keep_flows(
    connection: &mut SqliteConnection,
    rows: &[FlowState],
    stamp: Stamp,
) -> Result<(), StoreError> {
    for row in rows {
        let (flow, stage) = (text_of(&row.flow, "flow")?, text_of(&row.stage, "stage")?);
        sqlx::query(
            "INSERT INTO flow_history (flow, phase, stage, fetched_at, as_of, state, last_success_at, success_rate, \
             calls, error, round) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (fetched_at, flow, phase, stage) DO UPDATE SET as_of = excluded.as_of, \
             state = excluded.state, last_success_at = excluded.last_success_at, \
             success_rate = excluded.success_rate, calls = excluded.calls, error = excluded.error, \
             round = excluded.round",
        )
        .bind(&flow)
        .bind(row.phase)
        .bind(&stage)
        .bind(stamp.fetched_at)
        .bind(stamp.as_of)
        .bind(text_of(&row.state, "flow state")?)
        .bind(row.last_success_at.map(|t| t.0))
        .bind(row.success_rate)
        .bind(kept(row.calls)?)
        .bind(&row.error)
        .bind(stamp.round)
        .execute(&mut *connection)
        .await?;
        sqlx::query(
            "INSERT INTO flow_latest (flow, phase, stage, fetched_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (flow, phase, stage) DO UPDATE SET fetched_at = max(fetched_at, excluded.fetched_at)",
        )
        .bind(&flow)
        .bind(row.phase)
        .bind(&stage)
        .bind(stamp.fetched_at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn keep_apis(
    connection: &mut SqliteConnection,
    rows: &[ApiMeasure],
    stamp: Stamp,
) -> Result<(), StoreError> {
    for chunk in rows.chunks(CHUNK) {
        let mut ready = Vec::with_capacity(chunk.len());
        for row in chunk {
            let calls = [kept(row.ok)?, kept(row.client_error)?, kept(row.server_error)?, kept(row.timeout)?];
            ready.push((row, calls, json_of(&row.latency, "latency")?));
        }
        let mut sql = QueryBuilder::<Sqlite>::new(
            "INSERT INTO api_measures (api, from_ms, ok, client_error, server_error, timeout, latency, last_error, \
             as_of, fetched_at, round) ",
        );
        sql.push_values(ready, |mut values, (row, calls, latency)| {
            values.push_bind(&row.api).push_bind(row.from.0);
            for n in calls {
                values.push_bind(n);
            }
            values.push_bind(latency).push_bind(&row.last_error);
            values.push_bind(stamp.as_of).push_bind(stamp.fetched_at).push_bind(stamp.round);
        });
        // The bucket still filling is reported again and again; the later report counts.
        sql.push(
            " ON CONFLICT (api, from_ms) DO UPDATE SET ok = excluded.ok, client_error = excluded.client_error, \
             server_error = excluded.server_error, timeout = excluded.timeout, latency = excluded.latency, \
             last_error = excluded.last_error, as_of = excluded.as_of, fetched_at = excluded.fetched_at, \
             round = excluded.round WHERE excluded.fetched_at >= api_measures.fetched_at",
        );
        sql.build().execute(&mut *connection).await?;
    }
    Ok(())
}
