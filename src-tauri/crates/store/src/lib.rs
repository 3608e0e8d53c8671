//! What is kept: journal, transitions, observations, blobs, drafts (design §3), in SQLite by sqlx.
//!
//! A profile is a folder: `journal.db` (small, precious), `journal.head` (what was acknowledged last), `observations.db`
//! (bulk, prunable), `blobs/`, `backups/`, `device.json`. No transaction spans both databases. This crate must not know who
//! may do what, how a source is asked, or what a window shows.

mod backup;
mod batch;
mod blobs;
mod carve;
mod conclusions;
mod contacts;
mod db;
mod device;
mod dossiers;
mod drafts;
mod error;
mod files;
mod journal;
mod lists;
mod local;
mod observations;
mod past;
mod projection;
mod recovery;
mod salvage;
mod transitions;
mod verify;
mod wal;
mod watched;
mod witness;

pub use backup::{BackupInfo, KEEP, backups_dir};
pub use batch::{Batch, Batches};
pub use conclusions::Step;
pub use contacts::Contact;
pub use dossiers::{
    DossierPage, DossierVersions, DossiersChanged, ImportKept, ImportKind, ImportRow, KeptRecord, Name,
    NameKind, Names, NewImport, Origin, PageKept, Piece, Undone, Walk,
};
pub use drafts::Draft;
pub use error::{StoreError, VerifyError};
pub use journal::{Head, NewEvent};
pub use local::Pin;
pub use observations::{
    FiguresMark, HourOfCalls, IndicatorPeriod, Observed, QualityDay, Quarantined, Reported, Round,
    RoundOutcome, SourceRow, StatedFigures,
};
pub use recovery::{Gap, Recovery, RestoreReport};
pub use transitions::{NewTransition, Transition};
pub use verify::Verified;

use db::{JOURNAL, JOURNAL_FORMAT, Pools};
use observations::Observations;
use pvhcc_domain::time::SharedClock;
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

const JOURNAL_FILE: &str = "journal.db";
const OBSERVATIONS_FILE: &str = "observations.db";
/// Present when a check found `observations.db` damaged while it was in use.
const OBSERVATIONS_DAMAGED: &str = "observations.db.can-thay";

/// One open profile. Cheap to clone; all clones are one opening.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    dir: PathBuf,
    device: String,
    clock: SharedClock,
    journal: Pools,
    observations: Observations,
    /// Shared by all who have the profile open; files are moved aside only by who holds it alone.
    in_use: File,
}

/// What opening found and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReport {
    /// Id of this seat.
    pub device: String,
    /// The journal was damaged, gone or shorter than acknowledged, and was restored: now, or by an earlier opening whose
    /// user was not told; see [`Store::recovery_told`].
    pub journal_recovered: Option<Recovery>,
    /// The observations were damaged, and begin anew.
    pub observations_recovered: bool,
    /// The journal has no event yet.
    pub new_profile: bool,
}

impl Store {
    /// Opens a profile, making it if needed. The journal gets SQLite's quick check; a damaged or vanished one is moved
    /// aside and restored from the newest backup that verifies, plus every event that can still be read. A backup is
    /// made before the format is raised. Several processes may have a profile open.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::ReadOnly`], [`StoreError::Full`], [`StoreError::NetworkPath`];
    /// [`StoreError::Locked`] when a damaged file is in use by another process.
    pub async fn open(dir: &Path, clock: SharedClock) -> Result<(Self, OpenReport), StoreError> {
        files::refuse_network(dir)?;
        std::fs::create_dir_all(dir)?;
        let _opening = lock_opening(dir).await?;
        let (journal_path, observations_path) = (dir.join(JOURNAL_FILE), dir.join(OBSERVATIONS_FILE));
        recovery_if_alone(dir, &clock)?;
        files::refuse_read_only(&journal_path)?;
        files::refuse_read_only(&observations_path)?;

        let found = match examine_journal(dir, &journal_path).await {
            Ok(found) => found,
            Err(StoreError::Corrupt { file, detail }) => {
                tracing::error!(file, detail, "journal damaged");
                let _alone = lock_alone(dir)?;
                recovery::recover(dir, clock.now()).await?;
                JOURNAL_FORMAT
            }
            Err(error) => return Err(error),
        };
        let observations_recovered = examine_observations(dir, &observations_path, &clock).await?;

        let in_use = files::lock_file(dir, "use.lock")?;
        in_use.lock_shared()?;
        if found > 0 && found < JOURNAL_FORMAT {
            backup_before_migration(&journal_path, dir, &clock).await?;
        }
        let journal = Pools::open(&journal_path, &JOURNAL).await.map_err(|e| e.in_file(JOURNAL_FILE))?;
        let observations =
            Observations::open(&observations_path).await.map_err(|e| e.in_file(OBSERVATIONS_FILE))?;
        let device = device::identify(dir, clock.now())?;
        let inner =
            Inner { dir: dir.to_owned(), device: device.clone(), clock, journal, observations, in_use };
        let store = Self { inner: Arc::new(inner) };
        let new_profile = store.note_head().await?.position == 0;
        let journal_recovered = store.recovery().await?;
        Ok((store, OpenReport { device, journal_recovered, observations_recovered, new_profile }))
    }

    /// Closes the files, finishing what is under way, and lets go of the profile. Other clones fail from now on.
    pub async fn close(&self) {
        self.inner.journal.close().await;
        self.inner.observations.close().await;
        if let Err(error) = self.inner.in_use.unlock() {
            tracing::warn!(%error, "the profile stays marked as in use until the process ends");
        }
    }

    /// Lets go of pages that connections keep in memory; they are read again when they are needed. A connection at work keeps its
    /// own.
    pub async fn give_back(&self) {
        let Inner { journal, observations, .. } = &*self.inner;
        if let Ok(mut writer) = observations.writing().await {
            db::give_back(&mut writer.connection).await;
        }
        for pool in [&journal.write, &journal.read, &observations.read] {
            let idle: Vec<_> = std::iter::from_fn(|| pool.try_acquire()).collect();
            for mut connection in idle {
                db::give_back(&mut connection).await;
            }
        }
    }

    /// Id of this seat.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.inner.device
    }

    /// The profile's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }
}

/// One process at a time opens, migrates or recovers; held for the time of an opening.
async fn lock_opening(dir: &Path) -> Result<File, StoreError> {
    let dir = dir.to_owned();
    blobs::blocking(move || {
        let file = files::lock_file(&dir, "open.lock")?;
        file.lock()?;
        Ok(file)
    })
    .await
}

/// Held while files are moved aside: nobody else may have the profile open, or its writes would go to the file aside.
fn lock_alone(dir: &Path) -> Result<File, StoreError> {
    let file = files::lock_file(dir, "use.lock")?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// A crashed recovery left its files while nobody had the profile open; with somebody in it there is nothing to do.
fn recovery_if_alone(dir: &Path, clock: &SharedClock) -> Result<(), StoreError> {
    match lock_alone(dir) {
        Ok(_alone) => recovery::finish_interrupted(dir, clock.now()),
        Err(StoreError::Locked) if !recovery::is_interrupted(dir) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Format of the journal; 0 for a new one. An empty or missing file where there was a profile counts as damaged.
async fn examine_journal(dir: &Path, path: &Path) -> Result<i64, StoreError> {
    if std::fs::metadata(path).is_ok_and(|m| m.len() > 0) {
        wal::examine(path)?;
        return db::examine_journal(path, witness::read(dir).as_ref()).await;
    }
    if dir.join(device::FILE).exists() {
        let detail = "the file is missing or empty".to_owned();
        return Err(StoreError::Corrupt { file: JOURNAL_FILE.to_owned(), detail });
    }
    Ok(0)
}

/// Moves damaged observations aside; `true` if so. The whole file is checked later, after the first paint.
async fn examine_observations(dir: &Path, path: &Path, clock: &SharedClock) -> Result<bool, StoreError> {
    let marker = dir.join(OBSERVATIONS_DAMAGED);
    let damaged = marker.exists()
        || path.exists()
            && match db::examine_observations(path).await {
                Ok(_) => false,
                Err(StoreError::Corrupt { .. }) => true,
                Err(error) => return Err(error),
            };
    if damaged {
        let _alone = lock_alone(dir)?;
        files::move_aside(path, &files::aside(path, clock.now()))?;
        if marker.exists() {
            std::fs::remove_file(marker)?;
        }
    }
    Ok(damaged)
}

async fn backup_before_migration(path: &Path, dir: &Path, clock: &SharedClock) -> Result<(), StoreError> {
    let pool = sqlx::SqlitePool::connect_with(db::options(path)).await?;
    let made = backup::write(&pool, &backup::backups_dir(dir), clock.now()).await;
    pool.close().await;
    made.map(|_| ())
}

#[cfg(test)]
mod tests;
