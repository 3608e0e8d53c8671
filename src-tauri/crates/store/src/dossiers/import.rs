//! Files of records or of stated figures: taken in pieces as one transaction, and taken out again.

use super::{
    names::{self, Name},
    stated,
    take::{Counts, Taking},
};
use crate::{
    Store,
    db::{of_text, text_of},
    error::StoreError,
    observations::{Begun, count},
};
use pvhcc_domain::{dossier::Record, observation::DossierFigures, time::Ms};
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use tokio::sync::mpsc::Receiver;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Dossier records.
    Records,
    /// Figures that somebody counted.
    Figures,
}

/// A file to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Name of the file.
    pub name: String,
    /// What it holds.
    pub kind: ImportKind,
    /// System that it is of.
    pub system: String,
    /// When its contents were true.
    pub as_of: Ms,
    /// When it is taken.
    pub taken_at: Ms,
    /// The journal's act.
    pub event: String,
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Some records, known by their codes; ids that a file gives are not looked at.
    Records(Vec<Record>),
    /// Some figures.
    Figures(Vec<DossierFigures>),
    /// Names of codes.
    Names(Vec<Name>),
    /// The file was read to its end; without it nothing is kept.
    End,
    /// The file was read to its end to see what it would change; nothing is kept, not even its number.
    Forget,
}

/// What a file changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportKept {
    /// Number of the import.
    pub import: i64,
    /// The round that it is kept as.
    pub round: i64,
    /// Told for the first time.
    pub new: u64,
    /// Told otherwise than before.
    pub changed: u64,
    /// Told the same.
    pub unchanged: u64,
    /// Not taken, because what is kept is of a later as-of.
    pub older: u64,
    /// Not taken, because the file told the same dossier or cell otherwise before: which, from 0, in the order sent.
    pub repeated: Vec<u64>,
}

/// A file that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Number of the import.
    pub id: i64,
    /// The round that it is kept as.
    pub round: i64,
    /// What was taken.
    pub head: NewImport,
    /// Told for the first time.
    pub new: u64,
    /// Told otherwise than before.
    pub changed: u64,
    /// Told the same.
    pub unchanged: u64,
    /// Not taken: older than what is kept.
    pub older: u64,
    /// Not taken: told twice, and otherwise.
    pub repeated: u64,
    /// When it was taken out.
    pub undone_at: Option<Ms>,
}

impl ImportRow {
    fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        let counted = |column| -> Result<u64, StoreError> {
            let n: i64 = row.try_get(column)?;
            Ok(n.unsigned_abs())
        };
        Ok(Self {
            id: row.try_get("id")?,
            round: row.try_get("round")?,
            head: NewImport {
                sha256: row.try_get("sha256")?,
                name: row.try_get("name")?,
                kind: of_text(row.try_get("kind")?, "kind of import")?,
                system: row.try_get("system")?,
                as_of: Ms(row.try_get("as_of")?),
                taken_at: Ms(row.try_get("taken_at")?),
                event: row.try_get("event")?,
            },
            new: counted("added")?,
            changed: counted("changed")?,
            unchanged: counted("unchanged")?,
            older: counted("older")?,
            repeated: counted("repeated")?,
            undone_at: row.try_get::<Option<i64>, _>("undone_at")?.map(Ms),
        })
    }
}

impl Store {
    /// Files that were taken, the newest first, those taken out again among them.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn imports(&self) -> Result<Vec<ImportRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM imports ORDER BY id DESC")
            .fetch_all(&self.inner.observations.read)
            .await?;
        rows.iter().map(ImportRow::read).collect()
    }

    /// The import of a file that stands: the same file again would change nothing.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn import_of(
        &self,
        sha256: &str,
        kind: ImportKind,
        system: &str,
    ) -> Result<Option<ImportRow>, StoreError> {
        let row = sqlx::query(
            "SELECT * FROM imports WHERE sha256 = ? AND kind = ? AND system = ? AND undone_at IS NULL",
        )
        .bind(sha256)
        .bind(text_of(&kind, "kind of import")?)
        .bind(system)
        .fetch_optional(&self.inner.observations.read)
        .await?;
        row.as_ref().map(ImportRow::read).transpose()
    }

    /// Takes a file, piece by piece, in one transaction; it is on the disk when this returns. When the pieces end without
    /// [`Piece::End`], or the future is dropped, nothing is kept. Other writers wait meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when this file stands already or was not read to its end; failures of access. Then nothing
    /// was written.
    pub async fn keep_import(
        &self,
        import: &NewImport,
        pieces: &mut Receiver<Piece>,
    ) -> Result<ImportKept, StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        let Begun { mut tx, mut numbers, round, kept } = writer.begin().await?;
        let id = begin(&mut tx, import, round).await?;
        let mut records = Taking::file(&mut tx, round, import.as_of).await?;
        let mut figures = stated::Taking::new(id, round, import.as_of, import.taken_at);
        let keep = loop {
            match pieces.recv().await {
                Some(Piece::Records(some)) => records.take(&mut tx, &mut numbers, &some).await?,
                Some(Piece::Figures(some)) => figures.take(&mut tx, &some).await?,
                Some(Piece::Names(some)) => names::keep(&mut tx, &some).await?,
                Some(Piece::End) => break true,
                Some(Piece::Forget) => break false,
                None => return Err(StoreError::Refused("the file was not read to its end".to_owned())),
            }
        };
        let counts = match import.kind {
            ImportKind::Records => records.counts,
            ImportKind::Figures => figures.counts,
        };
        if keep {
            finish(&mut tx, id, round, &counts).await?;
            tx.commit().await?;
            kept.done(round, numbers);
        } else {
            tx.rollback().await?;
        }
        let Counts { new, changed, unchanged, older, repeated } = counts;
        Ok(ImportKept { import: id, round, new, changed, unchanged, older, repeated })
    }
}

async fn begin(connection: &mut SqliteConnection, import: &NewImport, round: i64) -> Result<i64, StoreError> {
    sqlx::query(
        "INSERT INTO rounds (id, source, as_of, fetched_at, outcome, sha256, rows, quarantined) \
         VALUES (?, 'import', ?, ?, 'fresh', ?, 0, 0)",
    )
    .bind(round)
    .bind(import.as_of.0)
    .bind(import.taken_at.0)
    .bind(&import.sha256)
    .execute(&mut *connection)
    .await?;
    let made = sqlx::query(
        "INSERT INTO imports (round, sha256, name, kind, system, as_of, taken_at, event, added, changed, unchanged, \
         older, repeated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
    )
    .bind(round)
    .bind(&import.sha256)
    .bind(&import.name)
    .bind(text_of(&import.kind, "kind of import")?)
    .bind(&import.system)
    .bind(import.as_of.0)
    .bind(import.taken_at.0)
    .bind(&import.event)
    .execute(connection)
    .await?;
    Ok(made.last_insert_rowid())
}

async fn finish(
    connection: &mut SqliteConnection,
    id: i64,
    round: i64,
    counts: &Counts,
) -> Result<(), StoreError> {
    let kept = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let repeated = count(counts.repeated.len());
    sqlx::query("UPDATE rounds SET rows = ?, quarantined = ? WHERE id = ?")
        .bind(kept(counts.new + counts.changed + counts.unchanged))
        .bind(repeated)
        .bind(round)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE imports SET added = ?, changed = ?, unchanged = ?, older = ?, repeated = ? WHERE id = ?",
    )
    .bind(kept(counts.new))
    .bind(kept(counts.changed))
    .bind(kept(counts.unchanged))
    .bind(kept(counts.older))
    .bind(repeated)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}
