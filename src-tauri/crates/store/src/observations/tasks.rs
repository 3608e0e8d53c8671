//! The gateway's word on tasks: versions, a new row only on change.

use super::Stamp;
use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
};
use pvhcc_domain::observation::GatewayTask;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, HashMap};

impl Store {
    /// What the gateway last said of each task, by task number.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn gateway_tasks(&self) -> Result<BTreeMap<String, GatewayTask>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT no, body FROM gateway_tasks WHERE valid_to IS NULL")
                .fetch_all(&self.inner.observations.read)
                .await?;
        rows.into_iter().map(|(no, body)| Ok((no, of_json(&body, "gateway task")?))).collect()
    }
}

pub(super) async fn keep(
    connection: &mut SqliteConnection,
    rows: &[GatewayTask],
    stamp: Stamp,
) -> Result<(), StoreError> {
    let present: Vec<(i64, String, String, i64)> =
        sqlx::query_as("SELECT id, no, body, fetched_at FROM gateway_tasks WHERE valid_to IS NULL")
            .fetch_all(&mut *connection)
            .await?;
    let present: HashMap<String, (i64, String, i64)> =
        present.into_iter().map(|(id, no, body, fetched)| (no, (id, body, fetched))).collect();
    // A number that comes twice counts as its last row.
    let rows: BTreeMap<&str, &GatewayTask> = rows.iter().map(|row| (row.no.as_str(), row)).collect();
    let (mut same, mut replaced, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
    for (no, row) in rows {
        let body = json_of(row, "gateway task")?;
        match present.get(no) {
            Some((_, _, fetched)) if *fetched > stamp.fetched_at => {}
            Some((id, before, _)) if *before == body => same.push(*id),
            Some((id, _, _)) => {
                replaced.push(*id);
                fresh.push((no, body));
            }
            None => fresh.push((no, body)),
        }
    }
    super::figures::confirm_and_close(
        connection,
        [
            "UPDATE gateway_tasks SET as_of = $2, fetched_at = $3, round = $4 \
             WHERE id IN (SELECT value FROM json_each($1))",
            "UPDATE gateway_tasks SET valid_to = $2 WHERE id IN (SELECT value FROM json_each($1))",
        ],
        &same,
        &replaced,
        stamp,
    )
    .await?;
    for (no, body) in fresh {
        sqlx::query(
            "INSERT INTO gateway_tasks (no, body, as_of, fetched_at, round, valid_from) VALUES ($1, $2, $3, $4, $5, $4)",
        )
        .bind(no)
        .bind(body)
        .bind(stamp.as_of)
        .bind(stamp.fetched_at)
        .bind(stamp.round)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
