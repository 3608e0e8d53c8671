//! The sheet that says where the figures of a file come from and how they are counted.

use crate::{
    ReportError,
    layout::{A4, FONT, height},
};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, RowNum, Workbook};

/// A part of the sheet: a heading and lines of a name and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Heading ("Nguồn số liệu", "Công thức").
    pub heading: String,
    /// Name and text of each line; a name may be empty.
    pub lines: Vec<(String, String)>,
}

/// Widths of its columns, characters.
const NAMES: f64 = 38.0;
const TEXTS: f64 = 90.0;

/// Adds the sheet "Nguồn và công thức"; none without sections.
pub(crate) fn about(book: &mut Workbook, sections: &[Section]) -> Result<(), ReportError> {
    if sections.is_empty() {
        return Ok(());
    }
    let base = Format::new().set_font_name(FONT).set_font_size(12);
    let heading = base.clone().set_bold();
    let cell = base.set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Thin);
    let sheet = book.add_worksheet();
    sheet.set_name("Nguồn và công thức")?;
    sheet.set_column_width(0, NAMES)?.set_column_width(1, TEXTS)?;
    let mut row: RowNum = 0;
    for section in sections {
        sheet.write_string_with_format(row, 0, &section.heading, &heading)?;
        row += 1;
        for (about, words) in &section.lines {
            sheet.write_string_with_format(row, 0, about, &cell)?;
            sheet.write_string_with_format(row, 1, words, &cell)?;
            if let Some(height) = height(12.0, [(about.as_str(), NAMES), (words, TEXTS)]) {
                sheet.set_row_height(row, height)?;
            }
            row += 1;
        }
        row += 1;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}
