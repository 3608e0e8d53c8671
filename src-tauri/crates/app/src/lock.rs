//! One window a data folder: a lock file held for as long as the process lives.

use crate::{
    messages,
    wire::{ErrorCode, WireError},
};
use std::{
    fs::{File, OpenOptions},
    path::Path,
};

/// The held lock; dropped with the process, whatever ends it.
#[derive(Debug)]
pub(crate) struct FolderLock(File);

impl FolderLock {
    /// Takes the window's lock of `folder`.
    pub(crate) fn take(folder: &Path) -> Result<Self, WireError> {
        let path = folder.join("window.lock");
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
        let file = file.map_err(|e| messages::folder(folder, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(_) => Err(WireError::new(
                ErrorCode::Busy,
                "Bảng điều khiển đang mở trên thư mục dữ liệu này. Hãy dùng cửa sổ đã mở, hoặc đóng nó trước.",
            )
            .with("folder", folder.display().to_string())),
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
