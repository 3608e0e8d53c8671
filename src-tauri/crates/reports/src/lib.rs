//! What leaves the program as a file.
//!
//! The same contents give the same bytes: a file carries no time but that of its data, and no chance. Knows how a file is
//! laid out; knows nothing of storing, asking or deciding.

mod comparison;
mod csv;
mod xlsx;

pub use comparison::{Comparison, comparison};
pub use csv::csv;
pub use xlsx::xlsx;

/// A file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A text longer than a cell may hold, or an instant that no calendar has.
    #[error("XLSX: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
