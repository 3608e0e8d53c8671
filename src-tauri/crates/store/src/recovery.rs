//! Getting a journal back: a backup plus everything that can still be read from the present file (design §3).
//!
//! The new file is built beside the present one and swapped in by renames; whatever moment the power fails, the next
//! opening finds either the old state or the new one. Nothing is deleted: the present file is moved aside.

use crate::{
    Store, backup,
    db::{self, JOURNAL},
    error::StoreError,
    files,
    journal::{entry_of, insert, last, verify_in},
    projection,
};
use pvhcc_domain::{
    chain::Entry,
    time::{Ms, SharedClock},
};
use sqlx::{Connection, SqliteConnection};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

/// What a recovery or a restore did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Recovery {
    /// The backup it began with; `None` when there was none.
    pub from_backup: Option<PathBuf>,
    /// Where the former file is now; `None` when there was none.
    pub moved_to: Option<PathBuf>,
    /// Events that the backup held.
    pub events_from_backup: i64,
    /// Events read from the former file besides.
    pub salvaged: i64,
    /// Of these, events that follow a gap: kept word for word, but chained anew, so their former hashes are gone.
    pub rechained: i64,
    /// Events of the former file that no longer are what was written; left where they are.
    pub refused: i64,
    /// Events afterwards.
    pub events: i64,
}

/// What [`Store::restore`] reports.
pub type RestoreReport = Recovery;

/// Being built; worthless after a crash.
const BUILDING: &str = "journal.db.dung";
/// Complete, waiting to take its place.
const READY: &str = "journal.db.moi";
/// Copy of the former file, to read from.
const COPY: &str = "journal.db.doc";
/// Positions tried beyond the last one that could be read.
const PROBE: i64 = 256;

/// Tables that are no history; if the former file has them whole, they replace the backup's, so that a name erased
/// after the backup stays erased.
const LOCAL: [(&str, &str); 5] = [
    ("DELETE FROM names", "INSERT INTO names (roster_id, name) SELECT roster_id, name FROM damaged.names"),
    (
        "DELETE FROM pins",
        "INSERT INTO pins (person, verifier, valid_until) SELECT person, verifier, valid_until FROM damaged.pins",
    ),
    (
        "DELETE FROM local_facts",
        "INSERT INTO local_facts (key, value) SELECT key, value FROM damaged.local_facts",
    ),
    (
        "DELETE FROM drafts",
        "INSERT INTO drafts (person, entity, field, text, saved_at) \
         SELECT person, entity, field, text, saved_at FROM damaged.drafts",
    ),
    (
        "DELETE FROM contacts",
        "INSERT INTO contacts (id, name, unit, title, phone, email) \
         SELECT id, name, unit, title, phone, email FROM damaged.contacts",
    ),
];

const TRANSITIONS: &str = "INSERT INTO transitions (position, id, device, at, entity, from_state, to_state, rule, \
     rule_version, basis) SELECT (SELECT coalesce(max(position), 0) FROM transitions) + row_number() OVER \
     (ORDER BY d.position), d.id, d.device, d.at, d.entity, d.from_state, d.to_state, d.rule, d.rule_version, d.basis \
     FROM damaged.transitions d WHERE d.id NOT IN (SELECT id FROM transitions) ORDER BY d.position";

impl Store {
    /// Puts a backup in place of the profile's journal, plus every event of the present journal that the backup does
    /// not hold. The profile must be closed; it gets a new device id. The former file is moved aside.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while the profile is open somewhere; a backup that does not verify; failures of access.
    /// Then the profile is as it was.
    pub async fn restore(
        profile_dir: &Path,
        backup_path: &Path,
        clock: SharedClock,
    ) -> Result<RestoreReport, StoreError> {
        files::refuse_network(profile_dir)?;
        std::fs::create_dir_all(profile_dir)?;
        let _opening = crate::lock_opening(profile_dir).await?;
        let _alone = crate::lock_alone(profile_dir)?;
        finish_interrupted(profile_dir, clock.now())?;
        backup::check(backup_path).await?;
        rebuild(profile_dir, Some(backup_path.to_owned()), clock.now()).await
    }
}

/// Replaces a damaged journal by the newest backup that verifies, or by an empty one, plus what can be salvaged.
pub(crate) async fn recover(dir: &Path, now: Ms) -> Result<Recovery, StoreError> {
    let mut good = None;
    for (path, _) in backup::list(&backup::backups_dir(dir))? {
        match backup::check(&path).await {
            Ok(_) => {
                good = Some(path);
                break;
            }
            Err(error) => tracing::warn!(path = %path.display(), %error, "backup passed over"),
        }
    }
    rebuild(dir, good, now).await
}

/// Whether a crash left the profile between the two renames of a swap.
pub(crate) fn is_interrupted(dir: &Path) -> bool {
    dir.join(READY).exists() && !dir.join(crate::JOURNAL_FILE).exists()
}

/// Ends a swap that a crash interrupted, or throws away what was being built.
pub(crate) fn finish_interrupted(dir: &Path, now: Ms) -> Result<(), StoreError> {
    files::remove_db(&dir.join(BUILDING))?;
    files::remove_db(&dir.join(COPY))?;
    let (ready, journal) = (dir.join(READY), dir.join(crate::JOURNAL_FILE));
    if is_interrupted(dir) {
        // A log left behind belongs to the former file.
        files::move_aside(&journal, now)?;
        std::fs::rename(&ready, &journal)?;
        files::sync_dir(dir)?;
    }
    Ok(files::remove_db(&ready)?)
}

async fn rebuild(dir: &Path, from_backup: Option<PathBuf>, now: Ms) -> Result<Recovery, StoreError> {
    let journal = dir.join(crate::JOURNAL_FILE);
    let (building, copy, ready) = (dir.join(BUILDING), dir.join(COPY), dir.join(READY));
    if let Some(backup) = &from_backup {
        std::fs::copy(backup, &building)?;
    }
    if journal.exists() {
        files::copy_db(&journal, &copy)?;
    }
    let mut report = Recovery {
        from_backup,
        moved_to: None,
        events_from_backup: 0,
        salvaged: 0,
        rechained: 0,
        refused: 0,
        events: 0,
    };
    // One plain file without a log, so that a rename moves all of it.
    let options = db::options(&building).journal_mode(sqlx::sqlite::SqliteJournalMode::Delete);
    let mut new = SqliteConnection::connect_with(&options).await?;
    JOURNAL.run_direct(None, &mut new, false).await.map_err(db::migrate_error)?;
    report.events_from_backup = last(&mut new).await?.0;
    if copy.exists() {
        salvage_events(&mut new, &copy, &mut report).await?;
        salvage_local(&mut new, &copy).await;
    }
    projection::rebuild(&mut new).await?;
    report.events = verify_in(&mut new, None).await.map_err(|e| StoreError::Database(e.to_string()))?.events;
    new.close().await?;
    std::fs::File::options().write(true).open(&building)?.sync_all()?;
    std::fs::rename(&building, &ready)?;
    // Without this file the next opening makes a new device id.
    match std::fs::remove_file(dir.join(crate::device::FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    files::sync_dir(dir)?;
    if journal.exists() {
        report.moved_to = Some(files::move_aside(&journal, now)?);
    }
    finish_interrupted(dir, now)?;
    Ok(report)
}

/// Reads event by event, so that one bad page costs only what is on it.
async fn salvage_events(
    new: &mut SqliteConnection,
    copy: &Path,
    report: &mut Recovery,
) -> Result<(), StoreError> {
    let Ok(mut old) = db::connect_plain(copy).await else { return Ok(()) };
    let known: HashSet<String> =
        sqlx::query_scalar("SELECT id FROM events").fetch_all(&mut *new).await?.into_iter().collect();
    let (mut head, mut before) = {
        let (position, hash, said) = last(new).await?;
        ((position, hash), said)
    };
    let known_end: Option<i64> =
        sqlx::query_scalar("SELECT max(position) FROM events").fetch_one(&mut old).await.unwrap_or(None);
    let (mut position, mut misses) = (0, 0);
    let mut tx = new.begin().await?;
    while position < known_end.unwrap_or(0) || misses < PROBE {
        position += 1;
        let row = sqlx::query("SELECT * FROM events WHERE position = $1")
            .bind(position)
            .fetch_optional(&mut old)
            .await;
        let Ok(Some(entry)) =
            row.map_err(StoreError::from).and_then(|row| row.as_ref().map(entry_of).transpose())
        else {
            misses += 1;
            continue;
        };
        misses = 0;
        if known.contains(&entry.id) {
            continue;
        }
        if entry.digest() != entry.hash {
            report.refused += 1;
            continue;
        }
        let follows = entry.prev_hash == head.1;
        let mut kept = Entry { position: head.0 + 1, ..entry };
        if !follows {
            kept.prev_hash = head.1;
            // Seats' clocks may differ around the gap; the journal's own order stays.
            kept.said_at = before.map_or(kept.said_at, |b| b.max(kept.said_at));
            kept.hash = kept.digest();
            report.rechained += 1;
        }
        insert(&mut tx, &kept).await?;
        report.salvaged += 1;
        before = Some(kept.said_at);
        head = (kept.position, kept.hash);
    }
    tx.commit().await?;
    // The copy is thrown away; a failure to close it changes nothing.
    drop(old);
    Ok(())
}

/// Best effort: a table that cannot be read whole stays as the backup has it.
async fn salvage_local(new: &mut SqliteConnection, copy: &Path) {
    let Some(path) = copy.to_str() else { return };
    if let Err(error) = sqlx::query("ATTACH $1 AS damaged").bind(path).execute(&mut *new).await {
        tracing::warn!(%error, "the former journal cannot be attached");
        return;
    }
    for (clear, fill) in LOCAL {
        if let Err(error) = replace(new, &[clear, fill]).await {
            tracing::warn!(%error, fill, "table kept as in the backup");
        }
    }
    if let Err(error) = replace(new, &[TRANSITIONS]).await {
        tracing::warn!(%error, "transitions kept as in the backup");
    }
    if let Err(error) = sqlx::query("DETACH damaged").execute(&mut *new).await {
        tracing::warn!(%error, "the former journal stays attached until the file is closed");
    }
}

async fn replace(new: &mut SqliteConnection, steps: &[&'static str]) -> Result<(), StoreError> {
    let mut tx = new.begin().await?;
    for step in steps {
        sqlx::query(*step).execute(&mut *tx).await?;
    }
    Ok(tx.commit().await?)
}
