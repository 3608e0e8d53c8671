//! Takes a file out again: what it brought goes, what it had ended is open as if it had never been, and what others said
//! the same of stays as theirs.

use crate::{Store, error::StoreError, observations::Begun};
use pvhcc_domain::time::Ms;
use sqlx::SqliteConnection;

/// What taking a file out changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// The round that it is kept as.
    pub round: i64,
    /// Versions and figures taken out.
    pub rows: u64,
}

impl Store {
    /// Takes a file out again, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when there is no such import or it was taken out before; failures of access.
    pub async fn undo_import(&self, id: i64, at: Ms) -> Result<Undone, StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        let Begun { mut tx, numbers, round, kept } = writer.begin().await?;
        let of: Option<i64> =
            sqlx::query_scalar("SELECT round FROM imports WHERE id = ? AND undone_at IS NULL")
                .bind(id)
                .fetch_optional(&mut *tx)
                .await?;
        let of = of.ok_or_else(|| StoreError::Refused(format!("import {id} does not stand")))?;
        let rows = versions(&mut tx, of).await? + figures(&mut tx, of).await?;
        sqlx::query("UPDATE imports SET undone_at = ?, undone_round = ? WHERE id = ?")
            .bind(at.0)
            .bind(round)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO rounds (id, source, fetched_at, outcome, rows, quarantined) \
             VALUES (?, 'undo', ?, 'fresh', ?, 0)",
        )
        .bind(round)
        .bind(at.0)
        .bind(i64::try_from(rows).unwrap_or(i64::MAX))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        kept.done(round, numbers);
        Ok(Undone { round, rows })
    }
}

/// Who said the same of the versions that a file brought first, of those that were not older than what it ended; what the
/// gateway had told then, it had said again with every walk.
const HEIRS: &str = "CREATE TEMP TABLE heirs AS \
     SELECT v.dossier, v.ordinal, min(c.by) AS by, max(r.as_of) AS as_of FROM dossier_versions AS v \
     JOIN dossier_confirmations AS c ON c.dossier = v.dossier AND c.ordinal = v.ordinal AND c.round = v.round \
     JOIN rounds AS r ON r.id = c.by \
     LEFT JOIN dossier_versions AS p ON p.dossier = v.dossier AND p.ordinal = v.ordinal AND p.ended = ?1 \
     WHERE v.round = ?1 AND (p.round IS NULL OR r.as_of >= max(p.as_of, \
     coalesce((SELECT max(b.as_of) FROM dossier_confirmations AS o JOIN rounds AS b ON b.id = o.by \
     WHERE o.dossier = p.dossier AND o.ordinal = p.ordinal AND o.round = p.round), p.as_of), \
     iif(r.source = 'import' AND (SELECT source FROM rounds WHERE id = p.round) = 'gateway_dossiers', \
     coalesce((SELECT max(as_of) FROM rounds WHERE source = 'gateway_dossiers' AND id < c.by), p.as_of), p.as_of))) \
     GROUP BY v.dossier, v.ordinal";

async fn versions(connection: &mut SqliteConnection, of: i64) -> Result<u64, StoreError> {
    for sql in [
        // Its word counts no more for what others say too.
        "DELETE FROM dossier_confirmations WHERE by = ?",
        // What it ended, ends when the first of the others said the same ...
        HEIRS,
        "UPDATE dossier_versions AS v SET ended = h.by FROM heirs AS h \
         WHERE v.dossier = h.dossier AND v.ordinal = h.ordinal AND v.ended = ?1",
        // ... to whom the version belongs from now on.
        "UPDATE dossier_versions AS v SET round = h.by, as_of = h.as_of FROM heirs AS h \
         WHERE v.dossier = h.dossier AND v.ordinal = h.ordinal AND v.round = ?1",
        "DROP TABLE heirs",
        // What it ended goes on until its own version was ended by another.
        "UPDATE dossier_versions AS v SET ended = n.ended FROM dossier_versions AS n \
         WHERE v.ended = ?1 AND n.dossier = v.dossier AND n.ordinal = v.ordinal AND n.round = ?1",
    ] {
        sqlx::query(sql).bind(of).execute(&mut *connection).await?;
    }
    let gone =
        sqlx::query("DELETE FROM dossier_versions WHERE round = ?").bind(of).execute(connection).await?;
    Ok(gone.rows_affected())
}

async fn figures(connection: &mut SqliteConnection, of: i64) -> Result<u64, StoreError> {
    // A file's figures always are a row of their own, so each has ended at most one.
    sqlx::query(
        "UPDATE stated_figures AS v SET valid_to = n.valid_to, ended = n.ended FROM stated_figures AS n \
         WHERE v.ended = ?1 AND n.round = ?1 AND n.import IS NOT NULL AND v.import IS NOT NULL \
         AND v.system = n.system AND v.unit IS n.unit AND v.field IS n.field AND v.procedure IS n.procedure AND v.channel IS n.channel \
         AND v.from_day = n.from_day AND v.to_day = n.to_day",
    )
    .bind(of)
    .execute(&mut *connection)
    .await?;
    let gone = sqlx::query("DELETE FROM stated_figures WHERE round = ? AND import IS NOT NULL")
        .bind(of)
        .execute(connection)
        .await?;
    Ok(gone.rows_affected())
}
