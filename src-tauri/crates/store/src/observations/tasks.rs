//! The gateway's word on tasks: versions, a new row only on change.

use super::keep::{Changes, list};
use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
};
use pvhcc_domain::{observation::GatewayTask, time::Ms};
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

/// Which present versions the answer confirms or ends, and the new ones.
pub(super) async fn changes(
    read: &mut SqliteConnection,
    rows: &[GatewayTask],
    fetched_at: Ms,
) -> Result<Changes, StoreError> {
    let present: Vec<(i64, String, String, i64)> =
        sqlx::query_as("SELECT id, no, body, fetched_at FROM gateway_tasks WHERE valid_to IS NULL")
            .fetch_all(read)
            .await?;
    let present: HashMap<String, (i64, String, i64)> =
        present.into_iter().map(|(id, no, body, fetched)| (no, (id, body, fetched))).collect();
    // A number that comes twice counts as its last row.
    let rows: BTreeMap<&str, &GatewayTask> = rows.iter().map(|row| (row.no.as_str(), row)).collect();
    let (mut changes, mut fresh) = (Changes::default(), Vec::new());
    for (no, row) in rows {
        let body = json_of(row, "gateway task")?;
        match present.get(no) {
            Some((_, _, fetched)) if *fetched > fetched_at.0 => {}
            Some((id, before, _)) if *before == body => changes.same.push(*id),
            Some((id, _, _)) => {
                changes.replaced.push(*id);
                fresh.push((no, body));
            }
            None => fresh.push((no, body)),
        }
    }
    changes.fresh = list(&fresh)?;
    Ok(changes)
}
