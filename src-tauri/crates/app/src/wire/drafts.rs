//! What is being typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something being typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftArgs {
    /// `task:17`.
    pub entity: String,
    /// `note`, `obstacle`, …
    pub field: String,
    /// As typed.
    pub text: String,
}

/// Which draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftKeyArgs {
    /// `task:17`.
    pub entity: String,
    /// Field.
    pub field: String,
}

/// A kept draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftView {
    /// `task:17`.
    pub entity: String,
    /// Field.
    pub field: String,
    /// As typed.
    pub text: String,
    /// When it was kept.
    pub at: i64,
}

/// Drafts of the person at the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftsView {
    /// Newest first.
    pub drafts: Vec<DraftView>,
}
