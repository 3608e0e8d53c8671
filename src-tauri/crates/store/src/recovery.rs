//! Getting a journal back: a backup plus everything that can still be read from the present file (design §3).
//!
//! The new file is built beside the present one and swapped in by renames; whatever moment the power fails, the next
//! opening finds either the old state or the new one. Nothing is deleted: the present file is moved aside.

use crate::{
    Store, backup,
    carve::Remains,
    db::{self, JOURNAL},
    error::StoreError,
    files,
    journal::last,
    projection,
    salvage::{self, Found},
    verify::verify_in,
    witness,
};
use pvhcc_domain::time::{Ms, SharedClock};
use serde::{Deserialize, Serialize};
use sqlx::{Connection, SqliteConnection};
use std::path::{Path, PathBuf};

/// What a recovery or a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// When it was done, by the profile's clock.
    pub at: Ms,
    /// The backup it began with; `None` when there was none.
    pub from_backup: Option<PathBuf>,
    /// When that backup was made; `None` when its name does not say.
    pub backup_at: Option<Ms>,
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
    /// Where acts are missing or may be, in order of time; empty when none is known to be and the former file could be
    /// read to its end.
    pub missing: Vec<Gap>,
    /// Names, PINs and drafts could not be read from the former file and are as the backup has them.
    pub local_from_backup: bool,
}

/// A span in which acts are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Time of the last event before it; `None` at the journal's beginning.
    pub after: Option<Ms>,
    /// Time of the first event behind it; `None` when nothing is: up to the moment the damage was noticed.
    pub until: Option<Ms>,
    /// How many events are missing at least; 0 when there may be none.
    pub events: i64,
}

/// What [`Store::restore`] reports.
pub type RestoreReport = Recovery;

/// Being built; worthless after a crash.
const BUILDING: &str = "journal.db.dung";
/// Complete, waiting to take its place.
const READY: &str = "journal.db.moi";
/// The fact under which a recovery waits in the new journal until somebody was told.
const TOLD: &str = "recovery";

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
        rebuild(profile_dir, Some(backup_path.to_owned()), clock.now(), false).await
    }

    /// The last recovery that nobody was told of yet, whichever process did it.
    pub(crate) async fn recovery(&self) -> Result<Option<Recovery>, StoreError> {
        let kept = self.setting(TOLD).await?;
        kept.map(|text| db::of_json(&text, "recovery")).transpose()
    }

    /// The user has seen what [`crate::OpenReport::journal_recovered`] says; it is not said again.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn recovery_told(&self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM local_facts WHERE key = $1")
            .bind(TOLD)
            .execute(&self.inner.journal.write)
            .await?;
        Ok(())
    }
}

/// Replaces a damaged journal by the newest backup that verifies, or by an empty one, plus what can be salvaged.
pub(crate) async fn recover(dir: &Path, now: Ms) -> Result<(), StoreError> {
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
    let report = rebuild(dir, good, now, true).await?;
    tracing::warn!(?report, "journal recovered");
    Ok(())
}

/// Whether a crash left the profile between the two renames of a swap.
pub(crate) fn is_interrupted(dir: &Path) -> bool {
    dir.join(READY).exists() && !dir.join(crate::JOURNAL_FILE).exists()
}

/// Ends a swap that a crash interrupted, or throws away what was being built.
pub(crate) fn finish_interrupted(dir: &Path, now: Ms) -> Result<(), StoreError> {
    files::remove_db(&dir.join(BUILDING))?;
    let (ready, journal) = (dir.join(READY), dir.join(crate::JOURNAL_FILE));
    if is_interrupted(dir) {
        // A log left behind belongs to the former file.
        files::move_aside(&journal, &files::aside(&journal, now))?;
        std::fs::rename(&ready, &journal)?;
        files::sync_dir(dir)?;
    }
    Ok(files::remove_db(&ready)?)
}

async fn rebuild(
    dir: &Path,
    from_backup: Option<PathBuf>,
    now: Ms,
    tell: bool,
) -> Result<Recovery, StoreError> {
    let journal = dir.join(crate::JOURNAL_FILE);
    let (building, ready) = (dir.join(BUILDING), dir.join(READY));
    if let Some(backup) = &from_backup {
        std::fs::copy(backup, &building)?;
    }
    let remains = Remains::read(&journal)?;
    let pages = remains.pages();
    let found = Found::read(&pages, witness::read(dir));
    // One plain file without a log, so that a rename moves all of it.
    let options = db::options(&building).journal_mode(sqlx::sqlite::SqliteJournalMode::Delete);
    let mut new = SqliteConnection::connect_with(&options).await?;
    JOURNAL.run_direct(None, &mut new, false).await.map_err(db::migrate_error)?;
    let events_from_backup = last(&mut new).await?.0;
    let events = found.put_events(&mut new).await?;
    found.put_transitions(&mut new).await?;
    let local_whole = salvage::put_local(&mut new, &pages).await?;
    projection::rebuild(&mut new).await?;
    let moved_to = files::aside(&journal, now);
    let report = Recovery {
        at: now,
        backup_at: from_backup.as_deref().and_then(backup::made_at),
        from_backup,
        moved_to: journal.exists().then(|| moved_to.clone()),
        events_from_backup,
        salvaged: events.salvaged,
        rechained: events.rechained,
        refused: found.refused,
        events: verify_in(&mut new, None).await.map_err(|e| StoreError::Database(e.to_string()))?.events,
        missing: events.missing,
        local_from_backup: !local_whole,
    };
    if tell {
        sqlx::query("INSERT OR REPLACE INTO local_facts (key, value) VALUES ($1, $2)")
            .bind(TOLD)
            .bind(db::json_of(&report, "recovery")?)
            .execute(&mut new)
            .await?;
    }
    new.close().await?;
    std::fs::File::options().write(true).open(&building)?.sync_all()?;
    std::fs::rename(&building, &ready)?;
    // Without this file the next opening makes a new device id.
    match std::fs::remove_file(dir.join(crate::device::FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    witness::forget(dir)?;
    files::sync_dir(dir)?;
    files::move_aside(&journal, &moved_to)?;
    finish_interrupted(dir, now)?;
    Ok(report)
}
