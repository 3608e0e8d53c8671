//! Reading dossiers back: all in pieces for counting, some by number, one with its history, and what changed since.

use super::{codes::CodeBook, content::Content};
use crate::{Store, db::json_of, error::StoreError};
use pvhcc_domain::{
    dossier::{DossierId, Record, Version},
    time::Ms,
};
use sqlx::{AssertSqlSafe, Row, SqliteConnection, sqlite::SqliteRow};
use std::collections::BTreeMap;

/// All versions of one dossier.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierVersions {
    /// Its number.
    pub dossier: DossierId,
    /// Versions of each record that told of it, in the order the records were first seen, each oldest first.
    pub records: Vec<Vec<Version>>,
}

impl DossierVersions {
    /// Versions of the record that counts at a moment: the first one that was told then. `None` when none was.
    #[must_use]
    pub fn counted_at(&self, at: Ms) -> Option<&[Version]> {
        self.told_at(at).next()
    }

    /// Records told at a moment besides the one that counts: their code is not theirs alone.
    #[must_use]
    pub fn duplicates_at(&self, at: Ms) -> usize {
        self.told_at(at).skip(1).count()
    }

    fn told_at(&self, at: Ms) -> impl Iterator<Item = &[Version]> {
        self.records.iter().map(Vec::as_slice).filter(move |all| all.iter().any(|v| v.is_valid_at(at)))
    }
}

/// One version of a record, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRecord {
    /// Number of its dossier.
    pub dossier: DossierId,
    /// Which record of the dossier, from 0 in the order first seen; above 0 the code is told more than once.
    pub ordinal: u32,
    /// What was told. The record's id is empty when only files told of it.
    pub record: Record,
    /// Since when.
    pub valid_from: Ms,
    /// Until when, exclusive; `None` is still.
    pub valid_to: Option<Ms>,
    /// The round that brought it; see [`Store::origins`].
    pub origin: i64,
    /// The source's own time when it last said so.
    pub as_of: Ms,
}

/// Where a round came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `gateway_dossiers`, `portal_statistics`, `import`.
    pub source: String,
    /// The source's own time.
    pub as_of: Option<Ms>,
    /// When it was fetched or taken.
    pub fetched_at: Ms,
    /// SHA-256 of the answer or file.
    pub sha256: Option<String>,
    /// Rows of the answer or file.
    pub rows: u64,
    /// Number of the import, of a file.
    pub import: Option<i64>,
}

/// Dossiers that may differ from what was read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossiersChanged {
    /// Newest round that they take in.
    pub round: i64,
    /// Their numbers in order; `None` is everything, as after a file was taken out.
    pub dossiers: Option<Vec<DossierId>>,
}

/// Newest round that changed dossiers.
const NEWEST: &str = "SELECT max(coalesce((SELECT max(round) FROM dossier_versions), 0), \
     coalesce((SELECT max(ended) FROM dossier_versions WHERE ended IS NOT NULL), 0), \
     coalesce((SELECT max(undone_round) FROM imports), 0))";

/// Versions with their dossier's code and their moments; ordered by dossier, ordinal and round.
const VERSIONS: &str = "SELECT v.dossier, v.ordinal, v.round, v.as_of, v.changed_at, v.record, v.body, d.code, \
     f.fetched_at AS valid_from, t.fetched_at AS valid_to FROM dossier_versions AS v \
     JOIN dossiers AS d ON d.id = v.dossier JOIN rounds AS f ON f.id = v.round \
     LEFT JOIN rounds AS t ON t.id = v.ended WHERE ";
const IN_ORDER: &str = " ORDER BY v.dossier, v.ordinal, v.round";

/// Which versions.
enum Which<'a> {
    /// Numbers above the first, up to the second.
    Range(DossierId, DossierId),
    Numbers(&'a [DossierId]),
}

impl Store {
    /// Greatest number of a dossier; 0 without any.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossier_count(&self) -> Result<DossierId, StoreError> {
        Ok(sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM dossiers")
            .fetch_one(&self.inner.observations.read)
            .await?)
    }

    /// Newest round that changed dossiers; 0 before any. Asked before reading in pieces, it is from where
    /// [`Store::dossiers_changed_since`] makes up for what changed meanwhile.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossier_round(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar(NEWEST).fetch_one(&self.inner.observations.read).await?)
    }

    /// Dossiers with versions that began or ended after a round.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossiers_changed_since(&self, since: i64) -> Result<DossiersChanged, StoreError> {
        let mut read = self.inner.observations.read.begin().await?;
        let round = sqlx::query_scalar(NEWEST).fetch_one(&mut *read).await?;
        let undone: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM imports WHERE undone_round > ?)")
            .bind(since)
            .fetch_one(&mut *read)
            .await?;
        if undone {
            return Ok(DossiersChanged { round, dossiers: None });
        }
        let dossiers = sqlx::query_scalar(
            "SELECT dossier FROM dossier_versions WHERE round > ?1 \
             UNION SELECT dossier FROM dossier_versions WHERE ended > ?1 ORDER BY dossier",
        )
        .bind(since)
        .fetch_all(&mut *read)
        .await?;
        Ok(DossiersChanged { round, dossiers: Some(dossiers) })
    }

    /// All versions of up to `most` dossiers, in order of their numbers, beginning after one; nothing at the end.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossiers_after(
        &self,
        after: Option<DossierId>,
        most: u32,
    ) -> Result<Vec<DossierVersions>, StoreError> {
        self.pieces(after, most, "true", grouped).await
    }

    /// All versions of these dossiers, in order of their numbers.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossiers_numbered(
        &self,
        dossiers: &[DossierId],
    ) -> Result<Vec<DossierVersions>, StoreError> {
        self.read_versions(Which::Numbers(dossiers), "true", grouped).await
    }

    /// Present records of up to `most` dossiers, in order of their numbers, beginning after one; nothing at the end.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn records_after(
        &self,
        after: Option<DossierId>,
        most: u32,
    ) -> Result<Vec<KeptRecord>, StoreError> {
        self.pieces(after, most, "v.ended IS NULL", whole).await
    }

    /// Present records of these dossiers, or those that were valid at a moment, in order of the dossiers' numbers.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn records_of(
        &self,
        dossiers: &[DossierId],
        at: Option<Ms>,
    ) -> Result<Vec<KeptRecord>, StoreError> {
        match at {
            None => self.read_versions(Which::Numbers(dossiers), "v.ended IS NULL", whole).await,
            Some(at) => {
                let mut all = self.read_versions(Which::Numbers(dossiers), "true", whole).await?;
                all.retain(|v| v.valid_from <= at && v.valid_to.is_none_or(|to| at < to));
                Ok(all)
            }
        }
    }

    /// Every version of one dossier, by record and then in order of time.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossier_history(&self, dossier: DossierId) -> Result<Vec<KeptRecord>, StoreError> {
        self.read_versions(Which::Numbers(&[dossier]), "true", whole).await
    }

    /// Number of the dossier with this code; of a system like `bo.byt`, what stands before the dot counts.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn dossier_number(&self, system: &str, code: &str) -> Result<Option<DossierId>, StoreError> {
        let found = sqlx::query_scalar(
            "SELECT d.id FROM dossiers AS d JOIN codes AS c ON c.id = d.system WHERE c.code = ? AND d.code = ?",
        )
        .bind(system.split('.').next())
        .bind(code)
        .fetch_optional(&self.inner.observations.read)
        .await?;
        Ok(found)
    }

    /// Where rounds came from.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn origins(&self, rounds: &[i64]) -> Result<BTreeMap<i64, Origin>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.id, r.source, r.as_of, r.fetched_at, r.sha256, r.rows, i.id AS import FROM rounds AS r \
             LEFT JOIN imports AS i ON i.round = r.id WHERE r.id IN (SELECT value FROM json_each(?))",
        )
        .bind(json_of(&rounds, "rounds")?)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.iter()
            .map(|row| {
                let origin = Origin {
                    source: row.try_get("source")?,
                    as_of: row.try_get::<Option<i64>, _>("as_of")?.map(Ms),
                    fetched_at: Ms(row.try_get("fetched_at")?),
                    sha256: row.try_get("sha256")?,
                    rows: row.try_get::<i64, _>("rows")?.unsigned_abs(),
                    import: row.try_get("import")?,
                };
                Ok((row.try_get("id")?, origin))
            })
            .collect()
    }

    /// Numbers have holes where a dossier has nothing to read; only past the greatest is the end.
    async fn pieces<T>(
        &self,
        after: Option<DossierId>,
        most: u32,
        condition: &'static str,
        make: fn(&[VersionRow], &CodeBook) -> Vec<T>,
    ) -> Result<Vec<T>, StoreError> {
        let (mut after, last) = (after.unwrap_or(0), self.dossier_count().await?);
        while after < last {
            let to = after.saturating_add(most.max(1));
            let read = self.read_versions(Which::Range(after, to), condition, make).await?;
            if !read.is_empty() {
                return Ok(read);
            }
            after = to;
        }
        Ok(Vec::new())
    }

    async fn read_versions<T>(
        &self,
        which: Which<'_>,
        condition: &'static str,
        make: fn(&[VersionRow], &CodeBook) -> Vec<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut read = self.inner.observations.read.acquire().await?;
        let rows = versions(&mut read, which, condition).await?;
        let mut book = self.inner.observations.book.lock().await;
        book.refresh(&mut read).await?;
        Ok(make(&rows, &book))
    }
}

struct VersionRow {
    dossier: DossierId,
    ordinal: u32,
    round: i64,
    as_of: Ms,
    changed_at: Option<Ms>,
    record: Option<String>,
    content: Content,
    code: String,
    valid_from: Ms,
    valid_to: Option<Ms>,
}

async fn versions(
    read: &mut SqliteConnection,
    which: Which<'_>,
    condition: &'static str,
) -> Result<Vec<VersionRow>, StoreError> {
    let rows: Vec<SqliteRow> = match which {
        Which::Range(after, to) => {
            // Safe: made of constants.
            let sql = format!("{VERSIONS}{condition} AND v.dossier > ? AND v.dossier <= ?{IN_ORDER}");
            sqlx::query(AssertSqlSafe(sql)).bind(i64::from(after)).bind(i64::from(to)).fetch_all(read).await?
        }
        Which::Numbers(dossiers) => {
            let sql =
                format!("{VERSIONS}{condition} AND v.dossier IN (SELECT value FROM json_each(?)){IN_ORDER}");
            sqlx::query(AssertSqlSafe(sql)).bind(json_of(&dossiers, "dossiers")?).fetch_all(read).await?
        }
    };
    rows.iter()
        .map(|row| {
            let ms = |column: usize| -> Result<Option<Ms>, StoreError> {
                Ok(row.try_get::<Option<i64>, _>(column)?.map(Ms))
            };
            Ok(VersionRow {
                dossier: row.try_get(0)?,
                ordinal: row.try_get(1)?,
                round: row.try_get(2)?,
                as_of: Ms(row.try_get(3)?),
                changed_at: ms(4)?,
                record: row.try_get(5)?,
                content: Content::parse(row.try_get(6)?)?,
                code: row.try_get(7)?,
                valid_from: Ms(row.try_get(8)?),
                valid_to: ms(9)?,
            })
        })
        .collect()
}

fn grouped(rows: &[VersionRow], book: &CodeBook) -> Vec<DossierVersions> {
    let version =
        |row: &VersionRow| row.content.version(book, row.code.clone(), row.valid_from, row.valid_to);
    rows.chunk_by(|a, b| a.dossier == b.dossier)
        .map(|dossier| DossierVersions {
            dossier: dossier[0].dossier,
            records: dossier
                .chunk_by(|a, b| a.ordinal == b.ordinal)
                .map(|record| record.iter().map(version).collect())
                .collect(),
        })
        .collect()
}

fn whole(rows: &[VersionRow], book: &CodeBook) -> Vec<KeptRecord> {
    rows.iter()
        .map(|row| KeptRecord {
            dossier: row.dossier,
            ordinal: row.ordinal,
            record: Record {
                record: row.record.clone().unwrap_or_default(),
                changed_at: row.changed_at,
                ..row.content.record(book, row.code.clone())
            },
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            origin: row.round,
            as_of: row.as_of,
        })
        .collect()
}
