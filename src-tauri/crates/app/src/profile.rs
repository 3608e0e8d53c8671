//! The two profiles and the mark that keeps their folders apart.

use crate::{
    messages,
    wire::{ErrorCode, WireError},
};
use std::path::Path;

/// Which profile. They have separate folders and cannot be mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// TẬP HUẤN: the sandbox inside.
    Training,
    /// CHÍNH THỨC: the real sources of `config.toml`.
    Official,
}

impl Profile {
    /// Name of the folder.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Official => "official",
        }
    }

    /// Marks a new folder as this profile's and refuses one that holds the other's data.
    pub(crate) fn claim(self, folder: &Path) -> Result<(), WireError> {
        let mark = folder.join("profile");
        let found = match std::fs::read_to_string(&mark) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                // Folders of earlier versions have no mark; only the training profile's has a sandbox.
                let old = if folder.join("sandbox").exists() { Self::Training } else { self };
                std::fs::write(&mark, old.folder()).map_err(|e| messages::folder(folder, &e))?;
                old.folder().to_owned()
            }
            Err(e) => return Err(messages::folder(folder, &e)),
        };
        if found.trim() == self.folder() {
            return Ok(());
        }
        let text = "Thư mục này giữ dữ liệu của hồ sơ kia: tập huấn và chính thức không dùng chung thư mục. Hãy chọn \
                    thư mục khác, hoặc mở đúng hồ sơ bằng --training hay --official.";
        Err(WireError::new(ErrorCode::Storage, text).with("folder", folder.display().to_string()))
    }
}
