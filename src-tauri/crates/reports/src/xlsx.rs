//! A checklist as XLSX in the decision's layout: title, document, headings on every page, groups that look merged.
//!
//! Groups are not really merged: every row has its own, so that sorting, filtering and reading back lose nothing. A
//! conditional format hides a group that the visible row above shows already.

use crate::ReportError;
use pvhcc_domain::{
    annex::{Annex, AnnexRow, Cell, Column, RowKind},
    task::TaskStatus,
    text::instant,
};
use rust_xlsxwriter::{
    ColNum, ConditionalFormatFormula, DataValidation, DocProperties, Format, FormatAlign, FormatBorder,
    RowNum, Workbook, Worksheet,
};

/// The typeface of administrative documents.
const FONT: &str = "Times New Roman";
/// Row of the headings, from 0: title, document, as-of and a blank row stand above.
const HEAD: RowNum = 4;
/// Width of a page of A4 laid across, in the unit of column widths; what is wider is printed on A3.
const A4_WIDTH: f64 = 200.0;
const A4: u8 = 9;
const A3: u8 = 8;

/// The file. The same annex gives the same bytes.
///
/// # Errors
/// A text longer than 32.767 characters, or an instant before 1900.
pub fn xlsx(annex: &Annex) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let made = chrono::DateTime::from_timestamp_millis(annex.as_of.0).unwrap_or_default();
    book.set_properties(&DocProperties::new().set_title(&annex.title).set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("Danh mục")?;
    let looks = Looks::new();
    head(sheet, annex, &looks)?;
    for (place, row) in annex.rows.iter().enumerate() {
        write_row(sheet, annex, row, HEAD + 1 + RowNum::try_from(place).unwrap_or(RowNum::MAX), &looks)?;
    }
    let last = HEAD + RowNum::try_from(annex.rows.len()).unwrap_or(RowNum::MAX);
    let last_column = ColNum::try_from(annex.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    groups(sheet, annex, last)?;
    choices(sheet, annex, last)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.autofilter(HEAD, 0, last.max(HEAD + 1), last_column)?;
    let width: f64 = annex.columns.iter().map(width_of).sum();
    sheet.set_paper_size(if width > A4_WIDTH { A3 } else { A4 }).set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&C&\"Times New Roman\"&9Trang &P/&N");
    Ok(book.save_to_buffer()?)
}

struct Looks {
    title: Format,
    document: Format,
    head: Format,
    section: Format,
    heading: Format,
    text: Format,
    middle: Format,
    day: Format,
    group: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(11);
        let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        let strong = base.clone().set_bold().set_border(FormatBorder::Thin);
        let across = base.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self {
            title: across.clone().set_bold().set_font_size(14).set_text_wrap(),
            document: across.set_italic().set_text_wrap(),
            head: strong
                .clone()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(0x00E8_ECF1),
            section: strong.clone().set_background_color(0x00F4_F6F8),
            heading: strong.set_italic().set_text_wrap().set_align(FormatAlign::Top),
            middle: cell.clone().set_align(FormatAlign::Center),
            day: cell.clone().set_align(FormatAlign::Center).set_num_format("dd/mm/yyyy"),
            group: base
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_left(FormatBorder::Thin)
                .set_border_right(FormatBorder::Thin),
            text: cell,
        }
    }

    fn of(&self, kind: RowKind, column: &Column, last: bool) -> Format {
        match (kind, column) {
            (RowKind::Section, Column::No) => self.section.clone().set_align(FormatAlign::Center),
            (RowKind::Section, _) => self.section.clone(),
            (RowKind::Heading, Column::No) => self.heading.clone().set_align(FormatAlign::Center),
            (RowKind::Heading, _) => self.heading.clone(),
            (RowKind::Task, Column::Group) if last => {
                self.group.clone().set_border_bottom(FormatBorder::Thin)
            }
            (RowKind::Task, Column::Group) => self.group.clone(),
            (RowKind::Task, Column::Due | Column::DoneOn | Column::ChangedDue | Column::Expected) => {
                self.day.clone()
            }
            (RowKind::Task, Column::No | Column::Status | Column::Proof) => self.middle.clone(),
            (RowKind::Task, _) => self.text.clone(),
        }
    }
}

fn head(sheet: &mut Worksheet, annex: &Annex, looks: &Looks) -> Result<(), ReportError> {
    let last = ColNum::try_from(annex.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    sheet.merge_range(0, 0, 0, last, &annex.title, &looks.title)?;
    sheet.merge_range(1, 0, 1, last, &annex.document, &looks.document)?;
    let as_of = format!("Cập nhật gần nhất: {}", instant(annex.as_of));
    sheet.merge_range(2, 0, 2, last, &as_of, &looks.document)?;
    sheet.set_row_height(0, 24)?;
    sheet.set_row_height(1, 32)?;
    for (at, (column, heading)) in (0..).zip(annex.columns.iter().zip(&annex.headings)) {
        sheet.set_column_width(at, width_of(column))?;
        sheet.write_string_with_format(HEAD, at, heading, &looks.head)?;
    }
    Ok(())
}

/// In characters.
fn width_of(column: &Column) -> f64 {
    match column {
        Column::No => 6.0,
        Column::Group => 28.0,
        Column::Requirement => 38.0,
        Column::Units | Column::DueDocument => 20.0,
        Column::Due | Column::DoneOn | Column::ChangedDue | Column::Expected => 12.0,
        Column::Status => 14.0,
        Column::Note | Column::WithoutEvidence => 26.0,
        Column::Text(_) => 46.0,
        Column::Measures => 40.0,
        Column::Proof => 18.0,
    }
}

fn write_row(
    sheet: &mut Worksheet,
    annex: &Annex,
    row: &AnnexRow,
    line: RowNum,
    looks: &Looks,
) -> Result<(), ReportError> {
    let last = usize::try_from(line - HEAD).is_ok_and(|n| n == annex.rows.len());
    for (at, (column, cell)) in (0..).zip(annex.columns.iter().zip(&row.cells)) {
        let look = looks.of(row.kind, column, last);
        match cell {
            Cell::Empty => sheet.write_blank(line, at, &look)?,
            Cell::Number(number) => sheet.write_number_with_format(line, at, *number, &look)?,
            Cell::Day(day) => sheet.write_datetime_with_format(line, at, day, &look)?,
            Cell::Text(_) | Cell::Error(_) => sheet.write_string_with_format(line, at, cell.text(), &look)?,
        };
    }
    Ok(())
}

/// Makes equal groups look merged: shown once, with a line above where another begins. Under a filter the row above may be
/// hidden; then the group shows.
fn groups(sheet: &mut Worksheet, annex: &Annex, last: RowNum) -> Result<(), ReportError> {
    let Some(at) = annex.columns.iter().position(|c| *c == Column::Group) else { return Ok(()) };
    let requirement = annex.columns.iter().position(|c| *c == Column::Requirement);
    let (at, letter) = (ColNum::try_from(at).unwrap_or(0), letter(at));
    let first = HEAD + 1;
    if last <= first {
        return Ok(());
    }
    // Formulas name rows from 1, relative to the first row they are for.
    let (row, above) = (first + 1, first);
    // A row without requirement is what its group says: it always shows.
    let has_more =
        requirement.map_or_else(|| "TRUE".to_owned(), |c| format!("${}{row}<>\"\"", self::letter(c)));
    let repeats = format!("AND(${letter}{row}=${letter}{above},{has_more},SUBTOTAL(103,${letter}{above})=1)");
    let hidden = ConditionalFormatFormula::new()
        .set_rule(format!("={repeats}").as_str())
        .set_format(Format::new().set_num_format(";;;"));
    let begins = ConditionalFormatFormula::new()
        .set_rule(format!("=NOT({repeats})").as_str())
        .set_format(Format::new().set_border_top(FormatBorder::Thin));
    sheet.add_conditional_format(first, at, last, at, &hidden)?;
    sheet.add_conditional_format(first, at, last, at, &begins)?;
    Ok(())
}

/// Statuses are chosen from a list, so that the file reads back.
fn choices(sheet: &mut Worksheet, annex: &Annex, last: RowNum) -> Result<(), ReportError> {
    let Some(at) = annex.columns.iter().position(|c| *c == Column::Status) else { return Ok(()) };
    let at = ColNum::try_from(at).unwrap_or(0);
    let words: Vec<&str> = TaskStatus::ALL.into_iter().map(TaskStatus::words).collect();
    let choice = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_title("Trạng thái")?
        .set_error_message("Hãy chọn một trạng thái trong danh sách.")?;
    if last > HEAD {
        sheet.add_data_validation(HEAD + 1, at, last, at, &choice)?;
    }
    Ok(())
}

/// Name of a column, as in formulas.
fn letter(column: usize) -> String {
    let place = pvhcc_domain::annex::address(0, column);
    place.trim_end_matches('1').to_owned()
}
