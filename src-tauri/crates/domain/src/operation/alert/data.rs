//! What can be wrong with the data of alerts: each error names file and place.

use super::rule::RuleError;

/// What is wrong with a data file, and where.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DataError {
    /// Not readable, or with a field or word that is none: the parser names line and column.
    #[error("{file}: {reason}")]
    Syntax {
        /// File name.
        file: String,
        /// The parser's words.
        reason: String,
    },
    /// An id stands twice.
    #[error("{file}: {what} `{id}` stands twice")]
    Twice {
        /// File name.
        file: String,
        /// `node`, `rule`, `guide`.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// A name of something that is not there.
    #[error("{file}: {place} names {what} `{id}`, which there is not")]
    Unknown {
        /// File name.
        file: String,
        /// What names it, as `rule gateway_down`.
        place: String,
        /// `node`, `party`, `guide`.
        what: &'static str,
        /// The name.
        id: String,
    },
    /// Something depends on itself.
    #[error("{file}: the edges lead in a circle: {}", path.join(" → "))]
    Circle {
        /// File name.
        file: String,
        /// Nodes of the circle; the first is the last.
        path: Vec<String>,
    },
    /// A rule that cannot be kept.
    #[error("{file}: rule `{rule}`: {error}")]
    Rule {
        /// File name.
        file: String,
        /// Id of the rule.
        rule: String,
        /// What is wrong with it.
        error: RuleError,
    },
    /// A guide that no rule names.
    #[error("{file}: no rule names the guide `{id}`")]
    Orphan {
        /// File name.
        file: String,
        /// Id of the guide.
        id: String,
    },
}
