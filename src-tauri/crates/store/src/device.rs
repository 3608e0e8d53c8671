//! Which seat this profile is: an id kept in a file outside the journal, bound to the folder's place.
//!
//! A journal restored from a backup or a folder copied elsewhere must not go on numbering events as the seat it was:
//! the file holds a fingerprint of machine, path and folder, and where that does not fit, the seat is a new one.

use crate::{error::StoreError, files, journal::new_id};
use pvhcc_domain::time::Ms;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Name of the file in the profile.
pub(crate) const FILE: &str = "device.json";

#[derive(Serialize, Deserialize)]
struct Device {
    device: String,
    place: String,
}

/// The seat's id; made anew when there is none, or when the folder is not where it was. Call with the opening lock held
/// and the journal in place: the file's presence says that there was a journal.
pub(crate) fn identify(dir: &Path, now: Ms) -> Result<String, StoreError> {
    let (path, place) = (dir.join(FILE), files::place_of(dir)?);
    let known = match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice::<Device>(&bytes).ok(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    if let Some(known) = known
        && known.place == place
    {
        return Ok(known.device);
    }
    let fresh = Device { device: new_id(now), place };
    files::write_whole(&path, crate::db::json_of(&fresh, "device")?.as_bytes())?;
    Ok(fresh.device)
}
