//! Backups of the journal: `VACUUM INTO`, opened again and verified before it gets its name; thinned out by number.

use crate::{
    Store,
    blobs::blocking,
    db::{self, JOURNAL_FORMAT},
    error::{StoreError, VerifyError},
    files,
    verify::{Verified, verify_in},
};
use pvhcc_domain::time::Ms;
use sqlx::{ConnectOptions, Connection, SqlitePool, sqlite::SqliteConnectOptions};
use std::path::{Path, PathBuf};

/// Backups kept in one folder; the oldest beyond are deleted.
pub const KEEP: usize = 14;

/// One verified backup.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BackupInfo {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Events in it.
    pub events: i64,
    /// Hash of the last event.
    pub head: String,
    /// When it was made, by the profile's clock.
    pub at: Ms,
}

/// Where a profile's own backups are; recovery looks there.
#[must_use]
pub fn backups_dir(profile: &Path) -> PathBuf {
    profile.join("backups")
}

impl Store {
    /// Writes a verified backup of the journal into `to_dir` (made if missing) and thins the folder out to
    /// [`KEEP`]. The files are whole databases: events, transitions, names, PIN verifiers, settings, drafts.
    ///
    /// # Errors
    /// Failures of access, or a journal that does not verify; then the folder is as it was.
    pub async fn backup(&self, to_dir: &Path) -> Result<BackupInfo, StoreError> {
        write(&self.inner.journal.write, to_dir, self.inner.clock.now()).await
    }

    /// As [`Store::backup`], unless `to_dir` holds a backup of the province's present day already.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub async fn backup_if_due(&self, to_dir: &Path) -> Result<Option<BackupInfo>, StoreError> {
        let today = self.inner.clock.now().day();
        if list(to_dir)?.iter().any(|(_, at)| at.day() == today) {
            return Ok(None);
        }
        self.backup(to_dir).await.map(Some)
    }

    /// The backups in a folder that verify, newest first. A missing folder holds none.
    ///
    /// # Errors
    /// Failures of access to the folder; a single bad file is left out.
    pub async fn backups(dir: &Path) -> Result<Vec<BackupInfo>, StoreError> {
        let mut found = Vec::new();
        for (path, at) in list(dir)? {
            match check(&path).await {
                Ok(verified) => found.push(info(path, at, verified)?),
                Err(error) => tracing::warn!(path = %path.display(), %error, "backup does not verify"),
            }
        }
        Ok(found)
    }
}

fn info(path: PathBuf, at: Ms, verified: Verified) -> Result<BackupInfo, StoreError> {
    let bytes = std::fs::metadata(&path)?.len();
    Ok(BackupInfo { path, bytes, events: verified.events, head: verified.head, at })
}

/// When a backup was made, as its name says.
pub(crate) fn made_at(path: &Path) -> Option<Ms> {
    let name = path.file_name()?.to_string_lossy();
    files::parse_stamp(name.strip_prefix("journal-")?.strip_suffix(".db")?)
}

/// Files in `dir` named as backups, newest first.
pub(crate) fn list(dir: &Path) -> Result<Vec<(PathBuf, Ms)>, StoreError> {
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        other => other?,
    };
    for entry in entries {
        let path = entry?.path();
        if let Some(at) = made_at(&path) {
            found.push((path, at));
        }
    }
    found.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    Ok(found)
}

pub(crate) async fn write(from: &SqlitePool, to_dir: &Path, now: Ms) -> Result<BackupInfo, StoreError> {
    std::fs::create_dir_all(to_dir)?;
    // Two backups in one millisecond of a standing clock get two names.
    let mut at = now;
    let path = loop {
        let path = to_dir.join(format!("journal-{}.db", files::stamp(at)));
        if !path.exists() {
            break path;
        }
        at = at.plus(1);
    };
    let part = files::with_suffix(&path, ".part");
    files::remove_db(&part)?;
    let text = part.to_str().ok_or_else(|| {
        StoreError::Io(std::io::Error::other("the backup folder's name is not valid Unicode"))
    })?;
    let made = async {
        sqlx::query("VACUUM INTO $1").bind(text).execute(from).await?;
        check(&part).await
    };
    let verified = match made.await {
        Ok(verified) => verified,
        Err(error) => {
            files::remove_db(&part)?;
            return Err(error);
        }
    };
    let (from, to, dir) = (part, path.clone(), to_dir.to_owned());
    blocking(move || {
        std::fs::File::options().write(true).open(&from)?.sync_all()?;
        std::fs::rename(&from, &to)?;
        files::sync_dir(&dir)
    })
    .await?;
    for (old, _) in list(to_dir)?.into_iter().skip(KEEP) {
        std::fs::remove_file(old)?;
    }
    info(path, at, verified)
}

/// Opens a backup without touching it, checks the file and walks the chain.
pub(crate) async fn check(path: &Path) -> Result<Verified, StoreError> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // A backup has no log; without this SQLite would make one beside it.
        .immutable(true)
        .disable_statement_logging();
    let checked = async {
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
        if found > JOURNAL_FORMAT {
            return Err(StoreError::Newer { file: file.clone(), found, known: JOURNAL_FORMAT });
        }
        db::quick_check(&mut connection).await?;
        let verified = verify_in(&mut connection, None).await.map_err(|error| match error {
            VerifyError::Store(error) => error,
            VerifyError::Broken(broken) => broken.into(),
            VerifyError::HeadMissing(head) => StoreError::Database(head),
        })?;
        connection.close().await?;
        Ok(verified)
    };
    checked.await.map_err(|error: StoreError| error.in_file(&file))
}
