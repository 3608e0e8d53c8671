//! The sheet that says where the figures of a file come from and how they are counted.

use crate::ReportError;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, RowNum, Workbook};

/// The typeface of administrative documents.
pub(crate) const FONT: &str = "Times New Roman";
/// Counts with the thousands apart: as Vietnamese where the spreadsheet heeds the language of a cell (LibreOffice does), else
/// as the computer is set.
pub(crate) const COUNT: &str = "[$-42A]#,##0";
/// A change of a count, with its sign.
pub(crate) const DIFFERENCE: &str = "[$-42A]+#,##0;[$-42A]-#,##0;0";
/// A4.
pub(crate) const A4: u8 = 9;
/// Shown where a figure is not known.
pub(crate) const UNKNOWN: &str = "–";

/// A part of the sheet: a heading and lines of a name and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Heading ("Nguồn số liệu", "Công thức").
    pub heading: String,
    /// Name and text of each line; a name may be empty.
    pub lines: Vec<(String, String)>,
}

/// Adds the sheet "Nguồn và công thức"; none without sections.
pub(crate) fn about(book: &mut Workbook, sections: &[Section]) -> Result<(), ReportError> {
    if sections.is_empty() {
        return Ok(());
    }
    let base = Format::new().set_font_name(FONT).set_font_size(12);
    let heading = base.clone().set_bold();
    let name = base.clone().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Thin);
    let text = name.clone();
    let sheet = book.add_worksheet();
    sheet.set_name("Nguồn và công thức")?;
    sheet.set_column_width(0, 38)?.set_column_width(1, 100)?;
    let mut row: RowNum = 0;
    for section in sections {
        sheet.write_string_with_format(row, 0, &section.heading, &heading)?;
        row += 1;
        for (about, words) in &section.lines {
            sheet.write_string_with_format(row, 0, about, &name)?;
            sheet.write_string_with_format(row, 1, words, &text)?;
            row += 1;
        }
        row += 1;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}
