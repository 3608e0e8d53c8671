//! Dossier figures: versions with `valid_from`/`valid_to`, a new row only on change.

use super::{
    keep::{Changes, list},
    kept,
};
use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
};
use pvhcc_domain::{observation::DossierFigures, time::Ms};
use serde::Serialize;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// One row as JSON with the names of [`DossierFigures`], so that serde alone knows the mapping.
const PRESENT: &str = "SELECT id, json_object('system', system, 'field', field, 'from', from_day, 'to', to_day, \
     'received', received, 'received_online', received_online, 'received_direct', received_direct, \
     'carried_over', carried_over, 'done', done, 'on_time', on_time, 'late', late, 'pending', pending, \
     'within_deadline', within_deadline, 'overdue', overdue), as_of, fetched_at \
     FROM figures WHERE valid_to IS NULL ORDER BY from_day, to_day, system, field";

impl Store {
    /// The present figures of every system, field and period, with the source's own time and when they were last
    /// fetched.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn figures(&self) -> Result<Vec<(DossierFigures, Ms, Ms)>, StoreError> {
        let rows: Vec<(i64, String, i64, i64)> =
            sqlx::query_as(PRESENT).fetch_all(&self.inner.observations.read).await?;
        rows.into_iter()
            .map(|(_, body, as_of, fetched)| Ok((of_json(&body, "figures")?, Ms(as_of), Ms(fetched))))
            .collect()
    }

    /// How many versions of figures are kept, replaced ones included.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn figure_versions(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("SELECT count(*) FROM figures")
            .fetch_one(&self.inner.observations.read)
            .await?)
    }
}

/// System, field and period as one comparable text.
fn key(row: &DossierFigures) -> Result<String, StoreError> {
    json_of(&(row.system, &row.field, row.from, row.to), "figures")
}

/// Which present versions the answer confirms or ends, and the new ones.
pub(super) async fn changes(
    read: &mut SqliteConnection,
    rows: &[DossierFigures],
    fetched_at: Ms,
) -> Result<Changes, StoreError> {
    let mut present = BTreeMap::new();
    let stored: Vec<(i64, String, i64, i64)> = sqlx::query_as(PRESENT).fetch_all(read).await?;
    for (id, body, _, fetched) in stored {
        let row: DossierFigures = of_json(&body, "figures")?;
        present.insert(key(&row)?, (id, row, fetched));
    }
    let mut latest = BTreeMap::new();
    for row in rows {
        latest.insert(key(row)?, row);
    }
    let (mut changes, mut fresh) = (Changes::default(), Vec::new());
    for (key, row) in latest {
        match present.get(&key) {
            Some((_, _, fetched)) if *fetched > fetched_at.0 => {}
            Some((id, before, _)) if before == row => changes.same.push(*id),
            Some((id, _, _)) => {
                changes.replaced.push(*id);
                fresh.push(columns(row)?);
            }
            None => fresh.push(columns(row)?),
        }
    }
    changes.fresh = list(&fresh)?;
    Ok(changes)
}

/// The columns of a row as `incoming.sql` reads them.
fn columns(row: &DossierFigures) -> Result<impl Serialize, StoreError> {
    let count = |figure: Option<u64>| figure.map(kept).transpose();
    Ok((
        row.system,
        &row.field,
        row.from,
        row.to,
        count(row.received)?,
        count(row.received_online)?,
        count(row.received_direct)?,
        count(row.carried_over)?,
        count(row.done)?,
        count(row.on_time)?,
        count(row.late)?,
        count(row.pending)?,
        count(row.within_deadline)?,
        count(row.overdue)?,
    ))
}
