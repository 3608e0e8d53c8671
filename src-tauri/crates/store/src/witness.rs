//! The last acknowledged event, noted beside the journal, so that a journal that came back shorter is noticed.
//!
//! A lost log or an older copy of the file looks whole to SQLite, and a chain without its tail verifies. The note is
//! written after the commit and not synced: it survives the end of the process, and after a power cut it may be behind,
//! never ahead.

use crate::error::StoreError;
use pvhcc_domain::time::Ms;
use sqlx::SqliteConnection;
use std::{
    io::{ErrorKind, Write},
    path::Path,
};

const FILE: &str = "journal.head";

/// What was acknowledged last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Witness {
    pub(crate) position: i64,
    pub(crate) hash: String,
    pub(crate) said_at: Ms,
}

/// The note; none when there is none that can be read.
pub(crate) fn read(dir: &Path) -> Option<Witness> {
    let text = std::fs::read_to_string(dir.join(FILE)).ok()?;
    let mut fields = text.split_whitespace();
    let position = fields.next()?.parse().ok()?;
    let hash = fields.next().filter(|h| h.len() == 64)?.to_owned();
    Some(Witness { position, hash, said_at: Ms(fields.next()?.parse().ok()?) })
}

/// Notes an event; of two writers' notes the higher one stays. Without the note nothing is lost, so a failure is only logged.
pub(crate) fn note(dir: &Path, head: &Witness) {
    if read(dir).is_some_and(|known| known.position >= head.position) {
        return;
    }
    // Always the same length, so that one write replaces all of it and a full disk still takes it.
    let line = format!("{:>20} {} {:>20}\n", head.position, head.hash, head.said_at.0);
    let file = std::fs::File::options().create(true).truncate(false).write(true).open(dir.join(FILE));
    if let Err(error) = file.and_then(|mut file| file.write_all(line.as_bytes())) {
        tracing::warn!(%error, "the end of the journal is not noted");
    }
}

/// Drops the note, before another journal takes the place of the one it is about.
pub(crate) fn forget(dir: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(dir.join(FILE)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Refuses a journal that lacks the event noted.
pub(crate) async fn examine(
    connection: &mut SqliteConnection,
    noted: Option<&Witness>,
) -> Result<(), StoreError> {
    let Some(noted) = noted else { return Ok(()) };
    // Without its log even the table may be missing.
    let table: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'events'")
        .fetch_one(&mut *connection)
        .await?;
    let event = sqlx::query("SELECT 1 FROM events WHERE hash = $1").bind(&noted.hash);
    if table > 0 && event.fetch_optional(connection).await?.is_some() {
        return Ok(());
    }
    let detail = format!("event {}, which was acknowledged, is not in it", noted.position);
    Err(StoreError::Corrupt { file: String::new(), detail })
}
