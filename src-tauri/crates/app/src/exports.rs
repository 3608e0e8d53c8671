//! Files the program makes for people: they stand in a folder of the profile, and none replaces another.

use crate::{App, messages, wire::WireError};
use std::{
    fs::File,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// The folder, inside the profile's.
const FOLDER: &str = "exports";

/// What to do about a file that is there already with other contents; one with the same contents is never in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// Say so and write nothing.
    Refuse,
    /// Replace it.
    Replace,
    /// Put a number behind the names.
    Number,
}

impl App {
    /// The folder of what is made for people.
    pub(crate) fn exports_folder(&self) -> PathBuf {
        self.0.folder.join(FOLDER)
    }

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
        let folder = self.exports_folder();
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
        let folder = self.exports_folder();
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

/// Writes files into a folder, each under its name: whole, and all of them or none. They are written beside their places and
/// put there once every one of them is on the disk, so that a crash leaves no half of one.
///
/// # Errors
/// `Storage` naming the folder that cannot be written, or the file in the way.
pub(crate) async fn write_together(
    folder: &Path,
    files: Vec<(String, Vec<u8>)>,
    clash: Clash,
) -> Result<Vec<PathBuf>, WireError> {
    let folder = folder.to_owned();
    let write = move || together(&folder, files, clash);
    tokio::task::spawn_blocking(write).await.map_err(|e| messages::builtin(&e))?
}

fn together(folder: &Path, files: Vec<(String, Vec<u8>)>, clash: Clash) -> Result<Vec<PathBuf>, WireError> {
    let unwritable = |e: std::io::Error| messages::output(folder, &e);
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let number = match clash {
        Clash::Number => (1..).find(|n| files.iter().all(|f| !place(folder, &f.0, *n).exists())).unwrap_or(1),
        Clash::Refuse | Clash::Replace => 1,
    };
    let mut ready: Vec<(NamedTempFile, PathBuf, bool)> = Vec::new();
    let mut paths = Vec::new();
    for (name, bytes) in &files {
        let path = place(folder, name, number);
        paths.push(path.clone());
        let there = path.symlink_metadata().is_ok();
        if there && std::fs::read(&path).is_ok_and(|kept| kept == *bytes) {
            continue;
        }
        if there && (clash == Clash::Refuse || !path.is_file()) {
            return Err(messages::in_the_way(&path));
        }
        let mut file = tempfile::Builder::new()
            .prefix(".pvhcc-")
            .suffix(".tmp")
            .tempfile_in(folder)
            .map_err(unwritable)?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(unwritable)?;
        ready.push((file, path, there));
    }
    let mut new: Vec<PathBuf> = Vec::new();
    for (file, path, there) in ready {
        let put = if there { file.persist(&path) } else { file.persist_noclobber(&path) };
        if let Err(e) = put {
            for path in new {
                let _ = std::fs::remove_file(path);
            }
            return Err(match e.error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => messages::output(folder, &e.error),
                _ => messages::held(&path, &e.error),
            });
        }
        if !there {
            new.push(path);
        }
    }
    Ok(paths)
}

/// Where a file stands: `number` behind its name, from 2 on.
fn place(folder: &Path, name: &str, number: u32) -> PathBuf {
    match name.rsplit_once('.') {
        Some((stem, extension)) if number > 1 => folder.join(format!("{stem}-{number}.{extension}")),
        _ if number > 1 => folder.join(format!("{name}-{number}")),
        _ => folder.join(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Vec<(String, Vec<u8>)> {
        ["a.docx", "a.pdf"].map(|name| (name.to_owned(), format!("{name} {text}").into_bytes())).to_vec()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("folder")
            .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_same_again_is_in_nobodys_way_and_another_is_refused_replaced_or_numbered() {
        let folder = tempfile::tempdir().expect("folder");
        let folder = folder.path();
        together(folder, files("1"), Clash::Refuse).expect("written");
        together(folder, files("1"), Clash::Refuse).expect("there already");
        let refused = together(folder, files("2"), Clash::Refuse).expect_err("in the way");
        assert!(refused.message.contains("a.docx"), "{}", refused.message);
        assert_eq!(names(folder), ["a.docx", "a.pdf"]);

        let numbered = together(folder, files("2"), Clash::Number).expect("beside");
        assert_eq!(numbered, [folder.join("a-2.docx"), folder.join("a-2.pdf")]);
        together(folder, files("3"), Clash::Replace).expect("replaced");
        assert_eq!(std::fs::read_to_string(folder.join("a.pdf")).expect("text"), "a.pdf 3");
        assert_eq!(names(folder), ["a-2.docx", "a-2.pdf", "a.docx", "a.pdf"], "nothing half written");
    }

    #[test]
    fn one_that_is_in_the_way_keeps_all_of_them_out() {
        let folder = tempfile::tempdir().expect("folder");
        let folder = folder.path();
        std::fs::create_dir(folder.join("a.pdf")).expect("a folder of that name");
        let refused = together(folder, files("1"), Clash::Replace).expect_err("in the way");
        assert!(refused.message.contains("a.pdf"), "{}", refused.message);
        assert_eq!(names(folder), ["a.pdf"]);
    }

    #[test]
    fn a_folder_that_is_a_file_is_named() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("xuat");
        std::fs::write(&file, "").expect("a file");
        let refused = together(&file, files("1"), Clash::Refuse).expect_err("no folder");
        assert!(refused.message.contains("xuat"), "{}", refused.message);
    }
}
