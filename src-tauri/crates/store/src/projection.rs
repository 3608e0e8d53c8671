//! Projections: present states that screens read, folded from the journal and rebuildable from it at any time.

use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
    journal::{entry_of, event_of},
};
use pvhcc_domain::task::{TaskState, project};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Entities of tasks begin with this; the rest is the task's number.
const TASK: &str = "task:";

impl Store {
    /// The present state of every task that has events, by task number.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn task_states(&self) -> Result<BTreeMap<String, TaskState>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT task, state FROM task_states").fetch_all(&self.inner.journal.read).await?;
        rows.into_iter().map(|(task, state)| Ok((task, of_json(&state, "task state")?))).collect()
    }

    /// Throws the projections away and folds them anew from the journal, in one transaction.
    ///
    /// # Errors
    /// Failures of access; then the old projections stand.
    pub async fn rebuild_projections(&self) -> Result<(), StoreError> {
        let mut tx = self.inner.journal.write.begin_with("BEGIN IMMEDIATE").await?;
        rebuild(&mut tx).await?;
        Ok(tx.commit().await?)
    }
}

pub(crate) async fn rebuild(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM task_states").execute(&mut *connection).await?;
    let entities: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT entity FROM events").fetch_all(&mut *connection).await?;
    for entity in &entities {
        refresh(connection, entity).await?;
    }
    Ok(())
}

/// Folds one entity anew; entities without a projection are left alone.
pub(crate) async fn refresh(connection: &mut SqliteConnection, entity: &str) -> Result<(), StoreError> {
    let Some(task) = entity.strip_prefix(TASK) else { return Ok(()) };
    let rows = sqlx::query("SELECT * FROM events WHERE entity = $1 ORDER BY position")
        .bind(entity)
        .fetch_all(&mut *connection)
        .await?;
    let events = rows.iter().map(|row| event_of(entry_of(row)?)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(
        "INSERT INTO task_states (task, position, state) VALUES ($1, $2, $3) \
         ON CONFLICT (task) DO UPDATE SET position = excluded.position, state = excluded.state",
    )
    .bind(task)
    .bind(events.last().map_or(0, |e| e.position))
    .bind(json_of(&project(&events), "task state")?)
    .execute(connection)
    .await?;
    Ok(())
}
