//! Two moments compared, as XLSX: one line a change, the old value struck through, what came late in colour.

use crate::ReportError;
use pvhcc_domain::time::Ms;
use rust_xlsxwriter::{ColNum, DocProperties, Format, FormatAlign, FormatBorder, RowNum, Workbook};

/// The typeface of administrative documents.
const FONT: &str = "Times New Roman";
/// Row of the headings, from 0: the title and a blank row stand above.
const HEAD: RowNum = 2;

/// A table of changes.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// What is compared with what.
    pub title: &'a str,
    /// The later moment; the file carries no other time.
    pub to: Ms,
    /// Headings with the width of their column, in characters.
    pub columns: &'a [(&'a str, f64)],
    /// Which column holds the old values, from 0.
    pub old: usize,
    /// One line a change, as many cells as there are columns; and whether it came late.
    pub lines: &'a [(Vec<String>, bool)],
}

/// The file. The same comparison gives the same bytes.
///
/// # Errors
/// A text longer than 32.767 characters.
pub fn comparison(table: &Comparison<'_>) -> Result<Vec<u8>, ReportError> {
    let base = Format::new().set_font_name(FONT).set_font_size(11);
    let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = cell.clone().set_bold().set_align(FormatAlign::Center).set_background_color(0x00E8_ECF1);
    let (struck, late) = (cell.clone().set_font_strikethrough(), 0x00FB_EFD5);

    let mut book = Workbook::new();
    let made = chrono::DateTime::from_timestamp_millis(table.to.0).unwrap_or_default();
    book.set_properties(&DocProperties::new().set_title(table.title).set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("So sánh")?;
    sheet.write_string_with_format(0, 0, table.title, &base.set_bold().set_font_size(14))?;
    for (at, (heading, width)) in (0..).zip(table.columns) {
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(HEAD, at, *heading, &head)?;
    }
    for (line, (cells, came_late)) in (HEAD + 1..).zip(table.lines) {
        for (at, text) in cells.iter().enumerate() {
            let look = if at == table.old { &struck } else { &cell };
            let look = if *came_late { look.clone().set_background_color(late) } else { look.clone() };
            sheet.write_string_with_format(line, ColNum::try_from(at).unwrap_or(ColNum::MAX), text, &look)?;
        }
    }
    let last = HEAD + RowNum::try_from(table.lines.len()).unwrap_or(RowNum::MAX);
    let last_column = ColNum::try_from(table.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.autofilter(HEAD, 0, last.max(HEAD + 1), last_column)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Ok(book.save_to_buffer()?)
}
