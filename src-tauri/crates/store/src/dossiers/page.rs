//! Walks over the gateway's records: a page and the place to go on from are kept in one transaction.

use super::{
    names::{self, Name},
    take::Taking,
};
use crate::{
    Store,
    db::json_of,
    error::StoreError,
    observations::{Begun, Quarantined, count},
};
use pvhcc_domain::{dossier::Record, time::Ms};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

/// A page of a walk.
#[derive(Debug, Clone, Copy)]
pub struct DossierPage<'a> {
    /// System that was asked for: `tinh`, `bo`.
    pub system: &'a str,
    /// It was asked for without a cursor: the walk begins with the very first record.
    pub anew: bool,
    /// The gateway's time of the walk.
    pub as_of: Ms,
    /// When it was fetched.
    pub fetched_at: Ms,
    /// SHA-256 of the answer.
    pub payload_sha256: &'a str,
    /// Its records.
    pub records: &'a [Record],
    /// Names it tells.
    pub names: &'a [Name],
    /// Records not taken.
    pub quarantined: &'a [Quarantined],
    /// Cursor of the next request.
    pub next: &'a str,
    /// Whether the walk goes on.
    pub more: bool,
    /// ETag of the answer, to ask with the same cursor again.
    pub etag: Option<&'a str>,
}

/// What a page or a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PageKept {
    /// The round that it is kept as.
    pub round: i64,
    /// Records told for the first time.
    pub new: u64,
    /// Records that say something else than before.
    pub changed: u64,
    /// Records that say the same.
    pub unchanged: u64,
    /// Records whose present version is of a later as-of, and stays.
    pub older: u64,
    /// Records told otherwise before in the same page; the first stands.
    pub repeated: u64,
    /// Records that a walk from the very beginning no longer told.
    pub gone: u64,
}

impl PageKept {
    /// Whether any figure may differ.
    #[must_use]
    pub fn changes_dossiers(&self) -> bool {
        self.new + self.changed + self.gone > 0
    }
}

/// Where the walk over one system stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// System.
    pub system: String,
    /// Cursor of the next request.
    pub next: String,
    /// ETag of the last answer.
    pub etag: Option<String>,
    /// A walk is under way.
    pub walking: bool,
    /// Records taken in this walk, or in the last one.
    pub taken: u32,
    /// Records put aside in it.
    pub aside: u32,
    /// The gateway's time of the last walk that came to its end; until then not all is known.
    pub as_of: Option<Ms>,
    anew: Option<Ms>,
}

impl Walk {
    fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        let ms = |at: Option<i64>| at.map(Ms);
        Ok(Self {
            system: row.try_get("system")?,
            next: row.try_get("next")?,
            etag: row.try_get("etag")?,
            walking: row.try_get("walking")?,
            taken: row.try_get("taken")?,
            aside: row.try_get("aside")?,
            as_of: ms(row.try_get("as_of")?),
            anew: ms(row.try_get("anew")?),
        })
    }
}

impl Store {
    /// Where the walks stand, by system; those never begun are not there.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn walks(&self) -> Result<Vec<Walk>, StoreError> {
        let rows = sqlx::query("SELECT * FROM dossier_walks ORDER BY system")
            .fetch_all(&self.inner.observations.read)
            .await?;
        rows.iter().map(Walk::read).collect()
    }

    /// Forgets where the walk over a system stands, so that it begins anew. What was taken stays.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn forget_walk(&self, system: &str) -> Result<(), StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        sqlx::query("UPDATE dossier_walks SET next = '', etag = NULL, walking = 0 WHERE system = ?")
            .bind(system)
            .execute(&mut writer.connection)
            .await?;
        Ok(())
    }

    /// The gateway says that nothing changed since the last walk: what is kept is as of now.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn walk_confirmed(&self, system: &str, as_of: Ms, fetched_at: Ms) -> Result<(), StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        sqlx::query(
            "UPDATE dossier_walks SET as_of = max(as_of, ?), fetched_at = ? WHERE system = ? AND NOT walking",
        )
        .bind(as_of.0)
        .bind(fetched_at.0)
        .bind(system)
        .execute(&mut writer.connection)
        .await?;
        Ok(())
    }

    /// Keeps a page, and the place to go on from, in one transaction; it is on the disk when this returns. A record is
    /// written only when it differs from its present version, and never when that is of a later as-of. At the end of a
    /// walk from the very beginning, records of an earlier walk that it did not tell end, unless it put any aside.
    ///
    /// # Errors
    /// Failures of access; then nothing of the page was written.
    pub async fn keep_dossier_page(&self, page: &DossierPage<'_>) -> Result<PageKept, StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        let Begun { mut tx, mut numbers, round, kept } = writer.begin().await?;
        sqlx::query(
            "INSERT INTO rounds (id, source, as_of, fetched_at, outcome, sha256, rows, quarantined) \
             VALUES (?, 'gateway_dossiers', ?, ?, 'fresh', ?, ?, ?)",
        )
        .bind(round)
        .bind(page.as_of.0)
        .bind(page.fetched_at.0)
        .bind(page.payload_sha256)
        .bind(count(page.records.len()))
        .bind(count(page.quarantined.len()))
        .execute(&mut *tx)
        .await?;
        put_aside(&mut tx, round, page.quarantined).await?;
        names::keep(&mut tx, page.names).await?;
        let mut taking = Taking::page(&mut tx, round, page.as_of).await?;
        taking.take(&mut tx, &mut numbers, page.records).await?;
        let gone = go_on(&mut tx, page, round).await?;
        tx.commit().await?;
        kept.done(round, numbers);
        let c = taking.counts;
        Ok(PageKept {
            round,
            new: c.new,
            changed: c.changed,
            unchanged: c.unchanged,
            older: c.older,
            repeated: c.repeated.len() as u64,
            gone,
        })
    }
}

async fn put_aside(
    connection: &mut SqliteConnection,
    round: i64,
    quarantined: &[Quarantined],
) -> Result<(), StoreError> {
    if quarantined.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = quarantined.iter().map(|q| (&q.place, &q.reason, &q.masked, &q.sha256)).collect();
    sqlx::query(
        "INSERT INTO quarantine (round, place, reason, masked, sha256) \
         SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM jsonb_each(?)",
    )
    .bind(round)
    .bind(json_of(&rows, "quarantine")?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Moves the cursor; how many records ended with the walk.
async fn go_on(
    connection: &mut SqliteConnection,
    page: &DossierPage<'_>,
    round: i64,
) -> Result<u64, StoreError> {
    let before = sqlx::query("SELECT * FROM dossier_walks WHERE system = ?")
        .bind(page.system)
        .fetch_optional(&mut *connection)
        .await?;
    let before = before.as_ref().map(Walk::read).transpose()?;
    let same_walk = before.as_ref().filter(|w| w.walking && !page.anew);
    let taken = same_walk.map_or(0, |w| i64::from(w.taken)) + count(page.records.len());
    let aside = same_walk.map_or(0, |w| i64::from(w.aside)) + count(page.quarantined.len());
    // The very first walk has nothing before it that it could miss.
    let anew = match &before {
        Some(_) if page.anew => Some(page.as_of),
        Some(_) => same_walk.and_then(|w| w.anew),
        None => None,
    };
    let mut gone = 0;
    if let Some(since) = anew.filter(|_| !page.more && aside == 0) {
        gone = end_untold(connection, page.system, since, round).await?;
    }
    let as_of = if page.more { before.as_ref().and_then(|w| w.as_of) } else { Some(page.as_of) };
    sqlx::query(
        "INSERT OR REPLACE INTO dossier_walks (system, next, etag, walking, anew, taken, aside, as_of, fetched_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(page.system)
    .bind(page.next)
    .bind(page.etag)
    .bind(page.more)
    .bind(anew.filter(|_| page.more).map(|at| at.0))
    .bind(taken)
    .bind(aside)
    .bind(as_of.map(|at| at.0))
    .bind(page.fetched_at.0)
    .execute(connection)
    .await?;
    Ok(gone)
}

/// Ends what the gateway told before a walk from the very beginning and did not tell in it.
async fn end_untold(
    connection: &mut SqliteConnection,
    system: &str,
    since: Ms,
    round: i64,
) -> Result<u64, StoreError> {
    sqlx::query(
        "DELETE FROM dossier_records WHERE system = (SELECT id FROM codes WHERE code = ?1) AND EXISTS (\
         SELECT 1 FROM dossier_versions AS v JOIN rounds AS r ON r.id = v.round \
         WHERE v.dossier = dossier_records.dossier AND v.ordinal = dossier_records.ordinal AND v.ended IS NULL \
         AND v.as_of < ?2 AND r.source = 'gateway_dossiers')",
    )
    .bind(system)
    .bind(since.0)
    .execute(&mut *connection)
    .await?;
    let ended = sqlx::query(
        "UPDATE dossier_versions SET ended = ?1 WHERE ended IS NULL AND as_of < ?3 \
         AND dossier IN (SELECT id FROM dossiers WHERE system = (SELECT id FROM codes WHERE code = ?2)) \
         AND round IN (SELECT id FROM rounds WHERE source = 'gateway_dossiers')",
    )
    .bind(round)
    .bind(system)
    .bind(since.0)
    .execute(connection)
    .await?;
    Ok(ended.rows_affected())
}
