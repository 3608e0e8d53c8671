//! Files the program makes for people: they stand in a folder of the profile, and none replaces another.

use crate::{App, messages, wire::WireError};
use std::{
    io::{ErrorKind, Write as _},
    path::PathBuf,
};

/// The folder, inside the profile's.
const FOLDER: &str = "exports";

impl App {
    /// Writes `stem.extension`, or `stem-2.extension` and so on when there is one by that name, and returns where it is.
    /// `stem` and `extension` are names the program made, without folders.
    ///
    /// # Errors
    /// `Storage` when the folder or the file cannot be written.
    pub(crate) async fn save_export(
        &self,
        stem: &str,
        extension: &str,
        bytes: Vec<u8>,
    ) -> Result<PathBuf, WireError> {
        let folder = self.0.folder.join(FOLDER);
        let (stem, extension) = (stem.to_owned(), extension.to_owned());
        let write = move || -> std::io::Result<PathBuf> {
            std::fs::create_dir_all(&folder)?;
            let mut number = 1;
            loop {
                let name = if number == 1 {
                    format!("{stem}.{extension}")
                } else {
                    format!("{stem}-{number}.{extension}")
                };
                let path = folder.join(name);
                match std::fs::File::create_new(&path) {
                    Ok(mut file) => {
                        file.write_all(&bytes)?;
                        file.sync_all()?;
                        return Ok(path);
                    }
                    Err(e) if e.kind() == ErrorKind::AlreadyExists => number += 1,
                    Err(e) => return Err(e),
                }
            }
        };
        let folder = self.0.folder.join(FOLDER);
        match tokio::task::spawn_blocking(write).await {
            Ok(Ok(path)) => Ok(path),
            Ok(Err(e)) => Err(messages::folder(&folder, &e)),
            Err(e) => Err(messages::builtin(&e)),
        }
    }
}
