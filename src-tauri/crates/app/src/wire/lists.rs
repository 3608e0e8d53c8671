//! Several checklists: their columns of words, their figures, and which there are.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The checklist asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct TasksArgs {
    /// Id of the list; none is the main one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub list: Option<String>,
}

/// A column of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnView {
    /// Id.
    pub id: String,
    /// As the document heads it.
    pub title: String,
}

/// A checklist that can be switched to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListLink {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// How many tasks it has.
    pub tasks: u32,
}

/// The checklist that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListView {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The document it comes from.
    pub document: String,
    /// The decision's own.
    pub main: bool,
    /// Brought in from a file; it can be retired.
    pub imported: bool,
    /// Its columns of words.
    pub columns: Vec<ColumnView>,
    /// Its rows have figures.
    pub measured: bool,
}

/// Words of one column of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextView {
    /// Id of the column.
    pub column: String,
    /// The words that stand; empty for none.
    pub text: String,
    /// The document's own, where staff wrote others.
    pub original: Option<String>,
}

/// A figure of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeasureView {
    /// Id.
    pub id: String,
    /// What is counted.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Where it is complete, if the document says.
    pub total: Option<f64>,
    /// Its value; none is unknown.
    pub value: Option<f64>,
    /// `68,73%`, `312 / 2.273 TTHC`, `chưa có số liệu`.
    pub text: String,
    /// Value ÷ total.
    pub share: Option<f64>,
    /// ISO day of a reported value; none where the document's stands.
    pub as_of: Option<String>,
    /// Where the value comes from, in words.
    pub provenance: String,
}

/// Fill in a column of words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextArgs {
    /// Key of the task.
    pub no: String,
    /// Id of the column.
    pub column: String,
    /// The words; empty brings back the document's.
    pub text: String,
    /// `lastEvent` of the row as the user saw it.
    pub based_on: Option<String>,
}

/// Report a figure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeasureArgs {
    /// Key of the task.
    pub no: String,
    /// Id of the figure.
    pub measure: String,
    /// Its value, from 0 to its total.
    pub value: f64,
    /// ISO day at which it was true.
    pub as_of: String,
    /// Where it comes from.
    pub source: String,
    /// As in [`TextArgs`].
    pub based_on: Option<String>,
}
