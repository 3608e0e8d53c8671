//! Blobs: files and frozen figures by the SHA-256 of their bytes, written and synced before the event that names them.

use crate::{Store, error::StoreError, files};
use sha2::{Digest, Sha256};
use std::{io, path::PathBuf};

impl Store {
    /// Keeps bytes and returns their SHA-256 (64 lower-case hexadecimal digits). They are on the disk when this
    /// returns; the same bytes are kept once, and a damaged copy of them is replaced.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn put_blob(&self, bytes: &[u8]) -> Result<String, StoreError> {
        let sha = hex::encode(Sha256::digest(bytes));
        match self.get_blob(&sha).await {
            Ok(_) => return Ok(sha),
            Err(StoreError::BlobMissing(_) | StoreError::BlobDamaged(_)) => {}
            Err(error) => return Err(error),
        }
        let path = self.blob_path(&sha);
        let owned = bytes.to_vec();
        blocking(move || {
            let shelf = path.parent().map(std::path::Path::to_owned).unwrap_or_default();
            std::fs::create_dir_all(&shelf)?;
            files::write_whole(&path, &owned)?;
            // The shelf itself may be new.
            files::sync_dir(shelf.parent().unwrap_or(&shelf))
        })
        .await?;
        Ok(sha)
    }

    /// The bytes of a blob, checked against its hash.
    ///
    /// # Errors
    /// [`StoreError::BlobMissing`] (also for what is no hash at all), [`StoreError::BlobDamaged`].
    pub async fn get_blob(&self, sha: &str) -> Result<Vec<u8>, StoreError> {
        if sha.len() != 64 || !sha.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(StoreError::BlobMissing(sha.to_owned()));
        }
        let path = self.blob_path(sha);
        let bytes = blocking(move || std::fs::read(path)).await.map_err(|error| match error {
            StoreError::Io(e) if e.kind() == io::ErrorKind::NotFound => {
                StoreError::BlobMissing(sha.to_owned())
            }
            other => other,
        })?;
        if hex::encode(Sha256::digest(&bytes)) != sha {
            return Err(StoreError::BlobDamaged(sha.to_owned()));
        }
        Ok(bytes)
    }

    fn blob_path(&self, sha: &str) -> PathBuf {
        self.inner.dir.join("blobs").join(&sha[..2]).join(&sha[2..])
    }
}

/// Runs file work off the runtime's workers.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(join) => Err(StoreError::Io(io::Error::other(join))),
    }
}
