//! Where profiles live. Training and official have separate folders that cannot be mixed.

use crate::{
    profile::Profile,
    wire::{ErrorCode, WireError},
};
use std::path::{Path, PathBuf};

/// Name of the product's folder.
const FOLDER: &str = "pvhcc-dashboard";

/// The folder above the profiles: `PVHCC_HOME`, else `%LOCALAPPDATA%` or `$XDG_DATA_HOME` (`~/.local/share`).
///
/// # Errors
/// `Config` when none of these is set.
pub fn base() -> Result<PathBuf, WireError> {
    if let Some(home) = std::env::var_os("PVHCC_HOME") {
        return Ok(PathBuf::from(home));
    }
    system_base().map(|dir| dir.join(FOLDER)).ok_or_else(|| {
        WireError::new(
            ErrorCode::Config,
            "Không tìm thấy thư mục dữ liệu của người dùng. Hãy đặt biến môi trường PVHCC_HOME.",
        )
    })
}

#[cfg(windows)]
fn system_base() -> Option<PathBuf> {
    std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
}

#[cfg(not(windows))]
fn system_base() -> Option<PathBuf> {
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|p| p.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))
}

/// The folder of a profile.
///
/// # Errors
/// As [`base`].
pub fn profile(profile: Profile) -> Result<PathBuf, WireError> {
    Ok(base()?.join(profile.folder()))
}

/// Refuses folders on a network share: SQLite's locks cannot be trusted there.
///
/// # Errors
/// `Config` naming the folder.
pub fn refuse_network(folder: &Path) -> Result<(), WireError> {
    let text = folder.to_string_lossy();
    if text.starts_with(r"\\") || text.starts_with("//") {
        return Err(WireError::new(
            ErrorCode::Config,
            format!(
                "Thư mục dữ liệu {text} nằm trên ổ mạng; khóa tệp ở đó không tin cậy được. \
                 Hãy chọn thư mục trên ổ đĩa của máy này."
            ),
        )
        .with("folder", text));
    }
    Ok(())
}
