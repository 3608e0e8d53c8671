//! The rows of dossiers, many by one statement: what comes in lists goes to SQLite as one JSON array, rows to be inserted
//! as values.

use super::{
    codes::CodeId,
    take::{Key, Plan, Telling},
};
use crate::{db::json_of, error::StoreError};
use pvhcc_domain::{dossier::DossierId, time::Ms};
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};
use std::sync::Arc;

/// Rows of one INSERT.
const ROWS: usize = 500;

/// Where a record of a piece was told of before.
pub(super) struct Found {
    /// Which of the piece.
    pub(super) row: usize,
    /// Dossier and ordinal of the record of this id.
    pub(super) record: Option<(DossierId, u32)>,
    /// Dossier of its code.
    pub(super) dossier: Option<DossierId>,
}

/// Which of these are known, by id (where asked for) or by code.
pub(super) async fn look_up(
    connection: &mut SqliteConnection,
    told: &[Telling<'_>],
    by_id: bool,
) -> Result<Vec<Found>, StoreError> {
    let keys: Vec<(CodeId, &str, &str)> =
        told.iter().map(|t| (t.system, t.code, if by_id { t.record } else { "" })).collect();
    type Row = (i64, Option<DossierId>, Option<u32>, Option<DossierId>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT j.key, r.dossier, r.ordinal, d.id FROM jsonb_each(?) AS j \
         LEFT JOIN dossiers AS d ON d.system = j.value ->> 0 AND d.code = j.value ->> 1 \
         LEFT JOIN dossier_records AS r ON r.system = j.value ->> 0 AND r.record = j.value ->> 2 \
         WHERE d.id IS NOT NULL OR r.dossier IS NOT NULL",
    )
    .bind(json_of(&keys, "records")?)
    .fetch_all(connection)
    .await?;
    let found = rows.into_iter().map(|(row, dossier, ordinal, by_code)| Found {
        row: usize::try_from(row).unwrap_or_default(),
        record: dossier.zip(ordinal),
        dossier: by_code,
    });
    Ok(found.collect())
}

/// A version of a dossier.
#[derive(sqlx::FromRow)]
pub(super) struct VersionRow {
    pub(super) dossier: DossierId,
    pub(super) ordinal: u32,
    pub(super) round: i64,
    pub(super) as_of: i64,
    pub(super) record: Option<String>,
    /// Of the present one only.
    pub(super) body: Option<String>,
    pub(super) of_file: bool,
}

/// All versions of these dossiers, by dossier, ordinal and round.
pub(super) async fn versions(
    connection: &mut SqliteConnection,
    dossiers: &[DossierId],
) -> Result<Vec<VersionRow>, StoreError> {
    if dossiers.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as(
        "SELECT v.dossier, v.ordinal, v.round, v.record, iif(v.ended IS NULL, v.body, NULL) AS body, \
         r.source = 'import' AS of_file, max(v.as_of, coalesce((SELECT max(b.as_of) FROM dossier_confirmations AS c \
         JOIN rounds AS b ON b.id = c.by WHERE c.dossier = v.dossier AND c.ordinal = v.ordinal AND c.round = v.round), \
         v.as_of)) AS as_of \
         FROM json_each(?) AS j CROSS JOIN dossier_versions AS v ON v.dossier = j.value \
         CROSS JOIN rounds AS r ON r.id = v.round",
    )
    .bind(json_of(&dossiers, "dossiers")?)
    .fetch_all(connection)
    .await?)
}

/// Writes what a piece changes.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    plan: &Plan<'_>,
    round: i64,
    as_of: Ms,
) -> Result<(), StoreError> {
    let into = "INSERT INTO dossiers (id, system, code) VALUES ";
    insert(connection, into, 3, &plan.dossiers, |q, (id, system, code)| {
        q.bind(i64::from(*id)).bind(*system).bind(Arc::<str>::from(*code))
    })
    .await?;
    if !plan.ended.is_empty() {
        sqlx::query(
            "UPDATE dossier_versions AS v SET ended = ?1 FROM jsonb_each(?2) AS j \
             WHERE v.dossier = j.value ->> 0 AND v.ordinal = j.value ->> 1 AND v.round = j.value ->> 2",
        )
        .bind(round)
        .bind(json_of(&plan.ended, "versions")?)
        .execute(&mut *connection)
        .await?;
    }
    let into =
        "INSERT INTO dossier_versions (dossier, ordinal, round, as_of, changed_at, record, body) VALUES ";
    insert(connection, into, 7, &plan.fresh, |q, v| {
        let (dossier, ordinal, round) = v.key;
        q.bind(i64::from(dossier))
            .bind(i64::from(ordinal))
            .bind(round)
            .bind(as_of.0)
            .bind(v.changed_at.map(|at| at.0))
            .bind(v.record.as_deref().map(Arc::<str>::from))
            .bind(Arc::clone(&v.body))
    })
    .await?;
    let into = "INSERT OR REPLACE INTO dossier_records (system, record, dossier, ordinal) VALUES ";
    insert(connection, into, 4, &plan.records, |q, (system, record, dossier, ordinal)| {
        q.bind(*system).bind(Arc::<str>::from(*record)).bind(i64::from(*dossier)).bind(i64::from(*ordinal))
    })
    .await?;
    confirm(connection, plan, round, as_of).await
}

async fn confirm(
    connection: &mut SqliteConnection,
    plan: &Plan<'_>,
    round: i64,
    as_of: Ms,
) -> Result<(), StoreError> {
    if plan.confirmed.is_empty() {
        return Ok(());
    }
    let said: Vec<_> =
        plan.confirmed.iter().filter(|c| !c.by_file).map(|c| (c.key, c.changed_at, c.record)).collect();
    if !said.is_empty() {
        sqlx::query(
            "UPDATE dossier_versions AS v SET as_of = max(v.as_of, ?1), \
             changed_at = coalesce(j.value ->> 1, v.changed_at), record = coalesce(v.record, j.value ->> 2) \
             FROM jsonb_each(?2) AS j WHERE v.dossier = j.value ->> '$[0][0]' \
             AND v.ordinal = j.value ->> '$[0][1]' AND v.round = j.value ->> '$[0][2]'",
        )
        .bind(as_of.0)
        .bind(json_of(&said, "versions")?)
        .execute(&mut *connection)
        .await?;
    }
    let noted: Vec<Key> = plan.confirmed.iter().filter(|c| c.noted).map(|c| c.key).collect();
    if !noted.is_empty() {
        sqlx::query(
            "INSERT INTO dossier_confirmations (dossier, ordinal, round, by) \
             SELECT value ->> 0, value ->> 1, value ->> 2, ?1 FROM jsonb_each(?2) WHERE true ON CONFLICT DO NOTHING",
        )
        .bind(round)
        .bind(json_of(&noted, "versions")?)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

type Insert = Query<'static, Sqlite, SqliteArguments>;

/// Inserts rows of `width` values, [`ROWS`] by one statement. While SQLite takes one, on a thread of its own, the next is made.
async fn insert<T>(
    connection: &mut SqliteConnection,
    into: &str,
    width: usize,
    rows: &[T],
    bind: impl Fn(Insert, &T) -> Insert,
) -> Result<(), StoreError> {
    let row = format!("({}),", vec!["?"; width].join(","));
    let mut statements = rows.chunks(ROWS).map(|some| {
        let mut sql = String::with_capacity(into.len() + row.len() * some.len());
        sql.push_str(into);
        for _ in some {
            sql.push_str(&row);
        }
        sql.pop();
        // Safe: made of constants and question marks.
        let query = sqlx::query(AssertSqlSafe(sql)).persistent(some.len() == ROWS);
        some.iter().fold(query, &bind)
    });
    let mut next = statements.next();
    while let Some(statement) = next {
        let (done, made) = tokio::join!(statement.execute(&mut *connection), async { statements.next() });
        done?;
        next = made;
    }
    Ok(())
}
