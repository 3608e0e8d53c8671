//! Opening the SQLite files: options of every connection, format check, quick check, migrations.

use crate::{
    error::StoreError,
    witness::{self, Witness},
};
use serde::{Serialize, de::DeserializeOwned, de::IntoDeserializer};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

/// Migrations of `journal.db`.
pub(crate) static JOURNAL: Migrator = sqlx::migrate!("migrations/journal");
/// Format of `journal.db` that this version knows: `PRAGMA user_version` of the last migration.
pub(crate) const JOURNAL_FORMAT: i64 = 3;
/// Migrations of `observations.db`.
pub(crate) static OBSERVATIONS: Migrator = sqlx::migrate!("migrations/observations");
/// Format of `observations.db` that this version knows.
pub(crate) const OBSERVATIONS_FORMAT: i64 = 6;

/// How long one waits for another process's write; real time, a write takes milliseconds.
const BUSY: Duration = Duration::from_secs(10);

/// What every writing connection has. `recursive_triggers` makes INSERT OR REPLACE run the triggers of DELETE;
/// `secure_delete` overwrites an erased name.
pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("recursive_triggers", "ON")
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging()
}

/// Pages that a connection keeps which reads, or writes a row now and then, KiB as SQLite spells them. The system has them too,
/// and the window stays open all day.
const SMALL_CACHE: &str = "-512";

/// One writer, two readers: writes of a process queue here, not in SQLite.
#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pub(crate) write: SqlitePool,
    pub(crate) read: SqlitePool,
}

/// A pool that looks at a connection when it is given back; there is no network that could lose it in between.
fn pool(connections: u32) -> SqlitePoolOptions {
    let options = SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
    // When the disk refuses, SQLite ends a transaction by itself, and the driver goes on believing in it: such a
    // connection is closed, and the next act gets another.
    let options = options.before_acquire(|connection, _| {
        Box::pin(async move { Ok(!Connection::is_in_transaction(connection)) })
    });
    options.idle_timeout(None).max_lifetime(None)
}

/// Two connections to an existing file that cannot write.
pub(crate) fn readers(path: &Path) -> SqlitePool {
    let options = options(path).create_if_missing(false).pragma("query_only", "ON");
    pool(2).connect_lazy_with(options.pragma("cache_size", SMALL_CACHE))
}

/// The one connection that writes, to a file that is made if needed and migrated.
pub(crate) async fn writer(
    options: SqliteConnectOptions,
    migrations: &Migrator,
) -> Result<SqlitePool, StoreError> {
    let write = pool(1).connect_with(options).await?;
    migrations.run(&write).await.map_err(migrate_error)?;
    Ok(write)
}

impl Pools {
    /// Opens and migrates the file. Call with the opening lock held.
    pub(crate) async fn open(path: &Path, migrations: &Migrator) -> Result<Self, StoreError> {
        let write = writer(options(path).pragma("cache_size", SMALL_CACHE), migrations).await?;
        Ok(Self { write, read: readers(path) })
    }

    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// Lets go of the pages that a connection keeps; where that cannot be, they stay.
pub(crate) async fn give_back(connection: &mut SqliteConnection) {
    if let Err(error) = sqlx::query("PRAGMA shrink_memory").execute(connection).await {
        tracing::debug!(%error, "pages of a connection stay in memory");
    }
}

pub(crate) fn migrate_error(error: sqlx::migrate::MigrateError) -> StoreError {
    use sqlx::migrate::MigrateError;
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => StoreError::Database(other.to_string()),
    }
}

/// A single plain connection to an existing file; no setting of the file is changed.
pub(crate) async fn connect_plain(path: &Path) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY).disable_statement_logging();
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// Reads the format of an existing journal, runs SQLite's quick check over it, and asks for the event that was acknowledged
/// last.
///
/// # Errors
/// [`StoreError::Newer`] and [`StoreError::Corrupt`], besides failures of access.
pub(crate) async fn examine_journal(path: &Path, noted: Option<&Witness>) -> Result<i64, StoreError> {
    let mut connection = connect_plain(path).await.map_err(|e| e.in_file(crate::JOURNAL_FILE))?;
    let examined = async {
        let found = format(&mut connection, crate::JOURNAL_FILE, JOURNAL_FORMAT).await?;
        quick_check(&mut connection).await?;
        witness::examine(&mut connection, noted).await?;
        Ok(found)
    };
    let found = examined.await.map_err(|e: StoreError| e.in_file(crate::JOURNAL_FILE));
    connection.close().await?;
    found
}

/// Reads the format of existing observations; they are checked as a whole later.
///
/// # Errors
/// As [`examine_journal`].
pub(crate) async fn examine_observations(path: &Path) -> Result<i64, StoreError> {
    let mut connection = connect_plain(path).await.map_err(|e| e.in_file(crate::OBSERVATIONS_FILE))?;
    let found = format(&mut connection, crate::OBSERVATIONS_FILE, OBSERVATIONS_FORMAT).await;
    connection.close().await?;
    found.map_err(|e| e.in_file(crate::OBSERVATIONS_FILE))
}

async fn format(connection: &mut SqliteConnection, file: &str, known: i64) -> Result<i64, StoreError> {
    let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    if found > known {
        return Err(StoreError::Newer { file: file.to_owned(), found, known });
    }
    Ok(found)
}

/// SQLite's quick check.
pub(crate) async fn quick_check(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(20)").fetch_all(connection).await?;
    if lines == ["ok"] {
        return Ok(());
    }
    Err(StoreError::Corrupt { file: String::new(), detail: lines.join("; ") })
}

/// A unit-like enum as the text that serde gives it.
pub(crate) fn text_of<T: Serialize>(value: &T, what: &'static str) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        Ok(other) => Err(StoreError::Unreadable { what, detail: format!("{other} is no text") }),
        Err(error) => Err(StoreError::Unreadable { what, detail: error.to_string() }),
    }
}

/// Reads [`text_of`] back.
pub(crate) fn of_text<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    let source: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(source).map_err(|e| StoreError::Unreadable { what, detail: e.to_string() })
}

/// Any value as JSON text.
pub(crate) fn json_of<T: Serialize>(value: &T, what: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Unreadable { what, detail: e.to_string() })
}

/// Reads [`json_of`] back.
pub(crate) fn of_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Unreadable { what, detail: e.to_string() })
}
