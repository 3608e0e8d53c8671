//! The report that is due every day before 15:00, and the monthly one, as DOCX, PDF and XLSX in the layout of Nghị định
//! 30/2020/NĐ-CP (domain.md §4).
//!
//! [`compose`] turns a freeze and what people wrote into a [`Paper`]: every sentence, table and annex, and nothing of file
//! formats. The three writers lay the same paper out. Nothing is asked, stored or timed here: the same freeze, words, form,
//! stamp and pictures give the same bytes.

mod changes;
pub(crate) mod compose;
mod docx;
pub(crate) mod paper;
mod pdf;
mod wording;
mod xlsx;

pub use changes::changes;
pub use compose::{caveats, compose};
pub use paper::Paper;

use chrono::NaiveDate;

/// What is put on the report when it is signed, and what it rests on. A draft has no number, date or signer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Number in the register of documents (`125`); `None` leaves room to write it.
    pub number: Option<String>,
    /// Day of signing; `None` leaves room to write it.
    pub date: Option<NaiveDate>,
    /// Name of the signer; `None` leaves the room empty.
    pub signer: Option<String>,
    /// Head of the journal: the hash of its last event, hexadecimal.
    pub head: String,
    /// Id of the event that froze the figures.
    pub freeze: String,
    /// SHA-256 of the frozen figures, hexadecimal.
    pub freeze_sha256: String,
    /// Name and version of the program.
    pub program: String,
}

/// A chart that a report has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartKind {
    /// Tasks due, reported as done and proved by day ([`course`](pvhcc_domain::report::freeze::TaskFigures::course)).
    BurnUp,
    /// Dossiers received and done by month ([`months`](pvhcc_domain::report::freeze::DossierFigures::months)).
    Months,
}

/// A chart as drawn for print: the PDF takes the SVG, the DOCX the PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// One `<svg>` element.
    pub svg: String,
    /// The same as a PNG file.
    pub png: Vec<u8>,
    /// Width, CSS pixels; its proportion to the height is what counts.
    pub width: u32,
    /// Height, CSS pixels.
    pub height: u32,
}
