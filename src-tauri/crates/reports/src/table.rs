//! A table of figures or of dossiers as it is seen: XLSX with typed cells and a sheet of sources, CSV with the same rows.

use crate::about::{Section, about};
use crate::layout::{A3, A4, COUNT, DIFFERENCE, FONT, RATE, UNKNOWN, height};
use crate::{ReportError, csv::safe};
use chrono::NaiveDate;
use pvhcc_domain::{text, time::Ms};
use rust_xlsxwriter::{
    ColNum, DocProperties, Format, FormatAlign, FormatBorder, RowNum, Workbook, Worksheet,
};
use std::borrow::Cow;

/// A cell. What is not known is `None`: "–" in the file, never 0 and never empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// A text.
    Text(String),
    /// A count.
    Count(Option<u64>),
    /// A count less another, shown with its sign.
    Difference(Option<i64>),
    /// A fraction, shown as a percentage with two decimals: 0.6873 is `68,73%`.
    Rate(Option<f64>),
    /// A day.
    Day(Option<NaiveDate>),
    /// An instant, shown in the province's time to the minute.
    Instant(Option<Ms>),
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// Heading.
    pub heading: String,
    /// Heading over this and its neighbours of the same group ("Cùng kỳ năm trước"); empty for none.
    pub group: String,
    /// Width in characters, 1 to 255.
    pub width: f64,
}

/// A table and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Title over the table.
    pub title: String,
    /// Lines under the title: period, scope, filter, as-of.
    pub lines: Vec<String>,
    /// Name of the sheet, at most 31 characters, without `[]:*?/\`.
    pub sheet: String,
    /// Columns from left to right.
    pub columns: Vec<TableColumn>,
    /// The leading columns that stay in view when the sheet is moved sideways.
    pub frozen: u16,
    /// Rows from top to bottom, as many cells as there are columns.
    pub rows: Vec<Vec<Datum>>,
    /// The row of all, above the others; as many cells as there are columns.
    pub total: Option<Vec<Datum>>,
    /// Sources, formulas and remarks, on a sheet of their own.
    pub about: Vec<Section>,
    /// When the figures held; the file carries no other time.
    pub as_of: Ms,
}

/// Most rows of an XLSX file: it is made in memory, about 3 kB a dossier. CSV takes any number.
pub const MOST_XLSX_ROWS: usize = 100_000;
/// Size of the letters, points.
const SIZE: f64 = 11.0;
/// Width of a page of A4 laid across, in characters of width.
const A4_WIDTH: f64 = 150.0;

/// The file. The same table gives the same bytes.
///
/// # Errors
/// [`ReportError::TooManyRows`] above [`MOST_XLSX_ROWS`]; a text longer than 32.767 characters; a name of the sheet that
/// spreadsheets do not take.
pub fn table_xlsx(table: &Table) -> Result<Vec<u8>, ReportError> {
    tables_xlsx(table, &[])
}

/// The file of a table with others behind it, each on a sheet of its own; sources, formulas and remarks are those of the first.
///
/// # Errors
/// As [`table_xlsx`]; two sheets of one name.
pub fn tables_xlsx(table: &Table, others: &[Table]) -> Result<Vec<u8>, ReportError> {
    if let Some(long) = std::iter::once(table).chain(others).find(|t| t.rows.len() > MOST_XLSX_ROWS) {
        return Err(ReportError::TooManyRows(long.rows.len()));
    }
    let mut book = Workbook::new();
    let made = chrono::DateTime::from_timestamp_millis(table.as_of.0).unwrap_or_default();
    book.set_properties(&DocProperties::new().set_title(&table.title).set_creation_datetime(&made));
    for table in std::iter::once(table).chain(others) {
        add_sheet(&mut book, table, &[], "")?;
    }
    about(&mut book, &table.about)?;
    Ok(book.save_to_buffer()?)
}

/// Adds the table as a sheet of its own. `strong` says which of its rows are headings or sums, all others are plain; `foot` is
/// printed at the left under every page.
pub(crate) fn add_sheet(
    book: &mut Workbook,
    table: &Table,
    strong: &[bool],
    foot: &str,
) -> Result<(), ReportError> {
    let sheet = book.add_worksheet();
    sheet.set_name(&table.sheet)?;
    let (plain, bold) = (Looks::new(false), Looks::new(true));
    let mut row = title(sheet, table)?;
    let head = heads(sheet, table, row)?;
    row = head + 1;
    let looks = strong.iter().copied().chain(std::iter::repeat(false));
    let rows =
        table.rows.iter().zip(looks).map(|(cells, strong)| (cells, if strong { &bold } else { &plain }));
    for (cells, looks) in table.total.iter().map(|cells| (cells, &bold)).chain(rows) {
        for (at, cell) in (0..).zip(cells) {
            looks.write(sheet, row, at, cell)?;
        }
        let texts = cells.iter().zip(&table.columns).filter_map(|(cell, column)| match cell {
            Datum::Text(text) => Some((text.as_str(), column.width)),
            _ => None,
        });
        if let Some(height) = height(SIZE, texts) {
            sheet.set_row_height(row, height)?;
        }
        row += 1;
    }
    let last_column = ColNum::try_from(table.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    sheet.set_freeze_panes(head + 1, table.frozen)?;
    // The row of all stays where it is when the others are sorted and filtered.
    let first = head + RowNum::from(table.total.is_some());
    if table.total.is_none() {
        sheet.autofilter(first, 0, (row - 1).max(first + 1), last_column)?;
    }
    let width: f64 = table.columns.iter().map(|c| c.width).sum();
    sheet.set_paper_size(if width > A4_WIDTH { A3 } else { A4 }).set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(if grouped(table) { head - 1 } else { head }, head)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    let left = if foot.is_empty() { String::new() } else { format!("&L&\"Times New Roman\"&8{foot}") };
    let place = if foot.is_empty() { "&C" } else { "&R" };
    sheet.set_footer(format!("{left}{place}&\"Times New Roman\"&9Trang &P/&N"));
    Ok(())
}

fn grouped(table: &Table) -> bool {
    table.columns.iter().any(|c| !c.group.is_empty())
}

/// Title and lines; returns the row after them and a blank one.
fn title(sheet: &mut Worksheet, table: &Table) -> Result<RowNum, ReportError> {
    let base = Format::new().set_font_name(FONT);
    sheet.write_string_with_format(0, 0, &table.title, &base.clone().set_bold().set_font_size(14))?;
    let line = base.set_italic().set_font_size(12);
    let mut row = 1;
    for text in &table.lines {
        sheet.write_string_with_format(row, 0, text, &line)?;
        row += 1;
    }
    Ok(row + 1)
}

/// One row of headings, two where columns have groups; returns the row of the headings.
fn heads(sheet: &mut Worksheet, table: &Table, top: RowNum) -> Result<RowNum, ReportError> {
    let head = Format::new()
        .set_font_name(FONT)
        .set_font_size(SIZE)
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(0x00E8_ECF1);
    let row = top + RowNum::from(grouped(table));
    for (at, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(row, at, &column.heading, &head)?;
    }
    let headings = table.columns.iter().map(|c| (c.heading.as_str(), c.width));
    if let Some(height) = height(SIZE, headings) {
        sheet.set_row_height(row, height)?;
    }
    if row == top {
        return Ok(row);
    }
    let groups = || table.columns.chunk_by(|a, b| a.group == b.group && !a.group.is_empty());
    let widths = groups().map(|run| (run[0].group.as_str(), run.iter().map(|c| c.width).sum()));
    if let Some(height) = height(SIZE, widths) {
        sheet.set_row_height(top, height)?;
    }
    let mut from = 0;
    for run in groups() {
        let (first, last) = (column(from), column(from + run.len() - 1));
        match run {
            // A heading without a group stands over both rows, so that it is not far from its group's neighbours.
            [one] if one.group.is_empty() => {
                sheet.merge_range(top, first, row, first, &one.heading, &head)?;
            }
            [one] => {
                sheet.write_string_with_format(top, first, &one.group, &head)?;
            }
            many => {
                sheet.merge_range(top, first, top, last, &many[0].group, &head)?;
            }
        }
        from += run.len();
    }
    Ok(row)
}

fn column(at: usize) -> ColNum {
    ColNum::try_from(at).unwrap_or(ColNum::MAX)
}

struct Looks {
    text: Format,
    count: Format,
    difference: Format,
    rate: Format,
    day: Format,
    instant: Format,
    unknown: Format,
    no_day: Format,
}

impl Looks {
    fn new(strong: bool) -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(SIZE).set_border(FormatBorder::Thin);
        let base = base.set_align(FormatAlign::Top);
        let base = if strong { base.set_bold().set_background_color(0x00F4_F6F8) } else { base };
        let number = base.clone().set_align(FormatAlign::Right);
        let middle = base.clone().set_align(FormatAlign::Center);
        Self {
            count: number.clone().set_num_format(COUNT),
            difference: number.clone().set_num_format(DIFFERENCE),
            rate: number.clone().set_num_format(RATE),
            unknown: number,
            no_day: middle.clone(),
            day: middle.clone().set_num_format("dd/mm/yyyy"),
            instant: middle.set_num_format("dd/mm/yyyy hh:mm"),
            text: base.set_text_wrap(),
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: RowNum, at: ColNum, cell: &Datum) -> Result<(), ReportError> {
        match cell {
            Datum::Count(Some(n)) => sheet.write_number_with_format(row, at, *n as f64, &self.count)?,
            Datum::Difference(Some(n)) => {
                sheet.write_number_with_format(row, at, *n as f64, &self.difference)?
            }
            Datum::Rate(Some(fraction)) if fraction.is_finite() => {
                // Spreadsheets keep 15 digits; with no more than they keep, what they save is what they read.
                let kept = (fraction * 1e12).round() / 1e12;
                sheet.write_number_with_format(row, at, kept, &self.rate)?
            }
            Datum::Day(Some(day)) if in_calendar(*day) => {
                sheet.write_datetime_with_format(row, at, day, &self.day)?
            }
            Datum::Instant(Some(instant)) if in_calendar(instant.day()) => {
                let local = instant.local().naive_local();
                sheet.write_datetime_with_format(row, at, local, &self.instant)?
            }
            Datum::Day(_) | Datum::Instant(_) => {
                sheet.write_string_with_format(row, at, words(cell), &self.no_day)?
            }
            Datum::Text(text) => sheet.write_string_with_format(row, at, text, &self.text)?,
            _ => sheet.write_string_with_format(row, at, words(cell), &self.unknown)?,
        };
        Ok(())
    }
}

/// Spreadsheets count days from 1900 to 9999; a wrong date of a dossier may lie anywhere and is then a text.
fn in_calendar(day: NaiveDate) -> bool {
    use chrono::Datelike as _;
    (1901..=9999).contains(&day.year())
}

/// The table as CSV (RFC 4180), UTF-8 with a byte order mark: the headings, the row of all, the rows. Counts have no points
/// between the thousands, which a spreadsheet set to English would take for decimals; percentages have a decimal comma.
#[must_use]
pub fn table_csv(table: &Table) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    // Writing into memory cannot fail, and rows may be of any length.
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    let heading = |c: &TableColumn| match c.group.as_str() {
        "" => safe(&c.heading),
        group => safe(&format!("{group} – {}", c.heading)),
    };
    let _ = writer.write_record(table.columns.iter().map(heading));
    for row in table.total.iter().chain(&table.rows) {
        let _ = writer.write_record(row.iter().map(|cell| words(cell).into_owned()));
    }
    drop(writer);
    bytes
}

/// A cell of CSV. Only texts can be formulas; a difference with its sign is a number.
fn words(cell: &Datum) -> Cow<'_, str> {
    let known = match cell {
        Datum::Text(text) => return Cow::Owned(safe(text)),
        Datum::Count(n) => n.map(|n| n.to_string()),
        Datum::Difference(n) => n.map(|n| n.to_string()),
        Datum::Rate(fraction) => fraction.map(|f| text::percent(f, 2)),
        Datum::Day(day) => day.map(text::date),
        Datum::Instant(at) => at.map(|at| at.local().format("%d/%m/%Y %H:%M").to_string()),
    };
    known.map_or(Cow::Borrowed(UNKNOWN), Cow::Owned)
}
