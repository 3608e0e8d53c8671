//! What a person chose for their own work.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChoiceView {
    /// `view:<name>`, `columns`, `template:<name>`, …
    pub key: String,
    /// As the page wrote it.
    pub value: String,
}

/// All choices of a person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChoicesView {
    /// By key.
    pub choices: Vec<ChoiceView>,
}

/// Keep a choice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChoiceArgs {
    /// Which.
    pub key: String,
    /// Its value; `None` drops it.
    pub value: Option<String>,
}
