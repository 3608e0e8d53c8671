//! Figures on the command line: JSON, numbers, files.

use pvhcc_app::wire::{ErrorCode, WireError};
use pvhcc_domain::text::number;
use serde::Serialize;
use std::path::Path;

/// Indented JSON with a line break at its end.
pub(crate) fn json(view: &impl Serialize) -> Result<String, WireError> {
    let failed = |e| WireError::new(ErrorCode::Internal, format!("Không in được JSON: {e}."));
    Ok(serde_json::to_string_pretty(view).map_err(failed)? + "\n")
}

/// `338.923`.
pub(crate) fn thousands(n: u64) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Writes a file that is not there yet.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), WireError> {
    use std::io::Write as _;
    let made = std::fs::File::create_new(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    made.map_err(|e| {
        WireError::new(ErrorCode::Storage, format!("Không ghi được tệp {}: {e}.", path.display()))
    })
}
