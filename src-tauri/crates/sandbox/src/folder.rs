//! The sandbox's folder: small JSON files replaced whole, so that a kill leaves the old or the new one.

use crate::server::SandboxError;
use pvhcc_domain::time::Ms;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

const STATE: &str = "sandbox.json";

/// What must survive a restart besides the key and the sign-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub(crate) struct State {
    /// The port of last time, so that settings that name it stay true.
    pub(crate) port: Option<u16>,
    /// No instant later than this was ever shown.
    pub(crate) clock: Option<Ms>,
}

/// A folder that exists.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn open(path: &Path) -> Result<Self, SandboxError> {
        fs::create_dir_all(path).map_err(|source| SandboxError::Folder { path: path.to_owned(), source })?;
        Ok(Self(path.to_owned()))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The file's value, `None` when there is no file. A damaged file is an error: guessing a clock could go back.
    pub(crate) fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, SandboxError> {
        let path = self.path(name);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|source| SandboxError::Damaged { path, reason: source.to_string() }),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(SandboxError::Folder { path, source }),
        }
    }

    pub(crate) fn write<T: Serialize>(&self, name: &str, value: &T) -> Result<(), SandboxError> {
        let path = self.path(name);
        let partial = self.path(&format!("{name}.partial"));
        let failed = |source| SandboxError::Folder { path: path.clone(), source };
        let bytes = serde_json::to_vec(value).map_err(|e| failed(io::Error::other(e)))?;
        fs::write(&partial, bytes).map_err(failed)?;
        fs::rename(&partial, &path).map_err(failed)
    }

    pub(crate) fn state(&self) -> Result<State, SandboxError> {
        Ok(self.read(STATE)?.unwrap_or_default())
    }

    pub(crate) fn write_state(&self, state: &State) -> Result<(), SandboxError> {
        self.write(STATE, state)
    }

    pub(crate) fn remove_state(&self) -> Result<(), SandboxError> {
        self.remove(STATE)
    }

    /// Removes a file; one that is not there is removed already.
    pub(crate) fn remove(&self, name: &str) -> Result<(), SandboxError> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Ok(()) => Ok(()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(SandboxError::Folder { path, source }),
        }
    }
}
