//! What can go wrong with what is kept, as types: callers decide by variant, never by a driver's text.

use pvhcc_domain::chain::Broken;
use std::{io, path::PathBuf};

/// Failure of a store operation. Whatever it was, nothing of the refused operation was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or file cannot be written.
    #[error("the data folder is read-only")]
    ReadOnly,
    /// No space is left; the store goes on once there is.
    #[error("the disk is full")]
    Full,
    /// The disk or the system refused to read or write, and SQLite does not say why: a quota, a disk gone or broken.
    #[error("the disk refuses: {0}")]
    Disk(String),
    /// A file is damaged.
    #[error("{file} is damaged: {detail}")]
    Corrupt {
        /// Which file.
        file: String,
        /// What the check said.
        detail: String,
    },
    /// The file was written by a newer version of the product.
    #[error("{file} has format {found}, this version knows up to {known}")]
    Newer {
        /// Which file.
        file: String,
        /// Its format.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// Another process holds what is needed, and did not let go in time.
    #[error("another process is using the data")]
    Locked,
    /// The folder is on a network share, where SQLite's log is not safe.
    #[error("{0} is on a network share")]
    NetworkPath(PathBuf),
    /// The file's own rules refused the write (append-only history, value out of bounds).
    #[error("refused: {0}")]
    Refused(String),
    /// A stored value cannot be read back.
    #[error("cannot read {what}: {detail}")]
    Unreadable {
        /// Which value.
        what: &'static str,
        /// Why.
        detail: String,
    },
    /// The history does not verify.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// There is no such blob.
    #[error("blob {0} is missing")]
    BlobMissing(String),
    /// A blob's bytes are not those that were written.
    #[error("blob {0} is damaged")]
    BlobDamaged(String),
    /// Any other failure of files.
    #[error("file access: {0}")]
    Io(io::Error),
    /// Any other failure of the database.
    #[error("database: {0}")]
    Database(String),
}

/// What `verify` found.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The first bad event.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The head asked about is no event of this journal: its tail was cut, or it is another journal.
    #[error("head {0} is not in this journal: its tail was cut, or the head is of another journal")]
    HeadMissing(String),
    /// The journal could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for VerifyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(error) => error.into(),
            sqlx::Error::PoolTimedOut => Self::Locked,
            sqlx::Error::Database(db) => {
                // SQLite's primary result code is the low byte of the extended one.
                let code = db.code().and_then(|c| c.parse::<i32>().ok()).unwrap_or(0) & 0xff;
                let text = db.message().to_owned();
                match code {
                    5 | 6 => Self::Locked,
                    // Cannot open: the folder takes no new file, such as the log.
                    8 | 14 => Self::ReadOnly,
                    10 => Self::Disk(text),
                    11 | 26 => Self::Corrupt { file: String::new(), detail: text },
                    13 => Self::Full,
                    19 => Self::Refused(text),
                    _ => Self::Database(text),
                }
            }
            other => Self::Database(other.to_string()),
        }
    }
}

impl StoreError {
    /// Names the file in a damage report that does not name one yet.
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self {
            Self::Corrupt { file, detail } if file.is_empty() => {
                Self::Corrupt { file: name.to_owned(), detail }
            }
            other => other,
        }
    }
}
