//! What leaves the program as a file.
//!
//! The same contents give the same bytes: a file carries no time but that of its data, and no chance. Knows how a file is
//! laid out; knows nothing of storing, asking or deciding.

mod about;
mod comparison;
mod csv;
pub mod daily;
mod dossiers;
mod figures;
mod form;
mod layout;
pub mod notes;
mod table;
mod xlsx;

pub use about::Section;
pub use comparison::{Comparison, comparison};
pub use csv::csv;
pub use dossiers::{DossierRow, DossierRows, dossier_table};
pub use figures::{figure_cells, figure_columns};
pub use form::{FormCells, FormLine, ProcessingForm, processing_form};
pub use table::{Datum, MOST_XLSX_ROWS, Table, TableColumn, table_csv, table_xlsx, tables_xlsx};
pub use xlsx::xlsx;

/// A file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A text longer than a cell may hold, or an instant that no calendar has.
    #[error("XLSX: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// More rows than a workbook takes here ([`MOST_XLSX_ROWS`]); CSV takes any number.
    #[error("{0} rows are too many for a workbook")]
    TooManyRows(usize),
    /// A part of a DOCX could not be packed.
    #[error("DOCX: {0}")]
    Docx(#[from] zip::result::ZipError),
    /// A part of a DOCX could not be written.
    #[error("DOCX: {0}")]
    Write(#[from] std::io::Error),
    /// The template could not be set.
    #[error("PDF: {0}")]
    Pdf(String),
}
