//! Files the program makes for people: they stand in a folder of the profile, and none replaces another.

use crate::{App, messages, wire::WireError};
use std::{
    fs::File,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
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
        self.save_export_with(stem, extension, move |file| {
            file.write_all(&bytes).map_err(|e| messages::folder(&folder, &e))
        })
        .await
    }

    /// The same for a file that is written bit by bit. What is not written to its end does not stay.
    ///
    /// # Errors
    /// Those of `write`, and as above.
    pub(crate) async fn save_export_with(
        &self,
        stem: &str,
        extension: &str,
        write: impl FnOnce(&mut File) -> Result<(), WireError> + Send + 'static,
    ) -> Result<PathBuf, WireError> {
        let folder = self.0.folder.join(FOLDER);
        let (stem, extension) = (stem.to_owned(), extension.to_owned());
        let save = move || {
            let failed = |e: std::io::Error| messages::folder(&folder, &e);
            let (mut file, path) = new_file(&folder, &stem, &extension).map_err(failed)?;
            let written = write(&mut file).and_then(|()| file.sync_all().map_err(failed));
            if let Err(e) = written {
                let _ = std::fs::remove_file(&path);
                return Err(e);
            }
            Ok(path)
        };
        tokio::task::spawn_blocking(save).await.map_err(|e| messages::builtin(&e))?
    }
}

/// An empty file that replaces no other.
fn new_file(folder: &Path, stem: &str, extension: &str) -> std::io::Result<(File, PathBuf)> {
    std::fs::create_dir_all(folder)?;
    let mut number = 1;
    loop {
        let name =
            if number == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{number}.{extension}") };
        let path = folder.join(name);
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(e) if e.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(e) => return Err(e),
        }
    }
}
