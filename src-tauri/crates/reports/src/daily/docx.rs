//! The report as DOCX: parts of a package (ECMA-376) with real styles, heading levels, repeated heading rows, a section for
//! each annex and page numbers as fields.
//!
//! Written part by part: docx-rs, which writes such files, has no repeated heading rows, and numbers paragraphs and pictures
//! by counters of the process, so that the same report would not give the same bytes. Styles and settings are data:
//! `assets/report/docx`.

mod body;
mod package;
mod table;
mod xml;

use super::paper::Paper;
use crate::ReportError;

impl Paper {
    /// The whole report as DOCX. The same paper gives the same bytes.
    ///
    /// # Errors
    /// When a part cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, ReportError> {
        let mut pictures = Vec::new();
        let document = body::document(self, &mut pictures);
        package::pack(self, &document, &pictures)
    }
}
