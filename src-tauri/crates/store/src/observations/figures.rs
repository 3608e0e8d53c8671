//! Dossier figures: versions with `valid_from`/`valid_to`, a new row only on change.

use super::{Stamp, kept};
use crate::{
    Store,
    db::{json_of, of_json, text_of},
    error::StoreError,
};
use pvhcc_domain::{observation::DossierFigures, time::Ms};
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

pub(super) async fn keep(
    connection: &mut SqliteConnection,
    rows: &[DossierFigures],
    stamp: Stamp,
) -> Result<(), StoreError> {
    let mut present = BTreeMap::new();
    let stored: Vec<(i64, String, i64, i64)> = sqlx::query_as(PRESENT).fetch_all(&mut *connection).await?;
    for (id, body, _, fetched) in stored {
        let row: DossierFigures = of_json(&body, "figures")?;
        present.insert(key(&row)?, (id, row, fetched));
    }
    let mut latest = BTreeMap::new();
    for row in rows {
        latest.insert(key(row)?, row);
    }
    let (mut same, mut replaced, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
    for (key, row) in latest {
        match present.get(&key) {
            Some((_, _, fetched)) if *fetched > stamp.fetched_at => {}
            Some((id, before, _)) if before == row => same.push(*id),
            Some((id, _, _)) => {
                replaced.push(*id);
                fresh.push(row);
            }
            None => fresh.push(row),
        }
    }
    confirm_and_close(
        connection,
        [
            "UPDATE figures SET as_of = $2, fetched_at = $3, round = $4 WHERE id IN (SELECT value FROM json_each($1))",
            "UPDATE figures SET valid_to = $2 WHERE id IN (SELECT value FROM json_each($1))",
        ],
        &same,
        &replaced,
        stamp,
    )
    .await?;
    for row in fresh {
        insert(connection, row, stamp).await?;
    }
    Ok(())
}

/// Confirms versions that were reported again and closes those that were replaced.
pub(super) async fn confirm_and_close(
    connection: &mut SqliteConnection,
    [confirm, close]: [&'static str; 2],
    same: &[i64],
    replaced: &[i64],
    stamp: Stamp,
) -> Result<(), StoreError> {
    sqlx::query(confirm)
        .bind(json_of(&same, "row ids")?)
        .bind(stamp.as_of)
        .bind(stamp.fetched_at)
        .bind(stamp.round)
        .execute(&mut *connection)
        .await?;
    sqlx::query(close)
        .bind(json_of(&replaced, "row ids")?)
        .bind(stamp.fetched_at)
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert(
    connection: &mut SqliteConnection,
    row: &DossierFigures,
    stamp: Stamp,
) -> Result<(), StoreError> {
    let mut query = sqlx::query(
        "INSERT INTO figures (system, field, from_day, to_day, received, received_online, received_direct, \
         carried_over, done, on_time, late, pending, within_deadline, overdue, as_of, fetched_at, round, valid_from) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $16)",
    )
    .bind(text_of(&row.system, "system")?)
    .bind(&row.field)
    .bind(row.from.to_string())
    .bind(row.to.to_string());
    for figure in [
        row.received,
        row.received_online,
        row.received_direct,
        row.carried_over,
        row.done,
        row.on_time,
        row.late,
        row.pending,
        row.within_deadline,
        row.overdue,
    ] {
        query = query.bind(figure.map(kept).transpose()?);
    }
    query.bind(stamp.as_of).bind(stamp.fetched_at).bind(stamp.round).execute(connection).await?;
    Ok(())
}
