//! Errors as the window sees them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Codes that the window acts on; everything else is `Internal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nobody is signed in.
    Unauthenticated,
    /// Signed in, but the role or unit does not allow it.
    Forbidden,
    /// Something typed is missing or wrong; `details.field` names it.
    Invalid,
    /// The entity changed since it was read; `details.event` names the newer event.
    Conflict,
    /// No such thing.
    NotFound,
    /// A source or VNeID did not answer as it should.
    Source,
    /// The data folder can't be written (full, read-only, damaged).
    Storage,
    /// Another flow is already under way.
    Busy,
    /// The user gave up.
    Cancelled,
    /// A mistake in the settings; `details.place` names file, line and key.
    Config,
    /// A defect of the program.
    Internal,
}

/// An error with a Vietnamese message that says what to do next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct WireError {
    /// What the window acts on.
    pub code: ErrorCode,
    /// Vietnamese, ready to show.
    pub message: String,
    /// Place and other particulars, by name.
    #[serde(default)]
    pub details: std::collections::BTreeMap<String, String>,
}

impl WireError {
    /// An error without particulars.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: std::collections::BTreeMap::new() }
    }

    /// Adds a particular.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }
}
