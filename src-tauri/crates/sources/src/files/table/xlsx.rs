//! XLSX, row by row. Shared texts are held in memory, sheets are not.

use super::{Each, Input, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS, TableError, TableRow, set_text};
use crate::files::xlsx::error_name;
use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx};
use chrono::{NaiveDateTime, TimeDelta, Timelike as _};
use pvhcc_domain::import::Cell;

/// Most sheets looked at.
const MOST_SHEETS: usize = 30;

pub(super) struct Book {
    book: Xlsx<Box<dyn Input>>,
    sheets: Vec<String>,
}

fn damaged(error: impl std::fmt::Display) -> TableError {
    TableError::Damaged(error.to_string())
}

impl Book {
    /// Opens a workbook that was weighed.
    pub(super) fn open(mut input: Box<dyn Input>) -> Result<Self, TableError> {
        input.seek(std::io::SeekFrom::Start(0))?;
        let book: Xlsx<_> = Xlsx::new(input).map_err(|e| match e {
            calamine::XlsxError::Password => TableError::Protected,
            other => damaged(other),
        })?;
        let visible = book
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
        let sheets = visible.map(|sheet| sheet.name.clone()).take(MOST_SHEETS).collect();
        Ok(Self { book, sheets })
    }

    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    pub(super) fn rows(&mut self, sheet: usize, each: Each<'_>) -> Result<(), TableError> {
        let name = self.sheets.get(sheet).cloned().unwrap_or_default();
        let mut found = self.book.worksheet_cells_reader(&name).map_err(damaged)?;
        let dimensions = found.dimensions();
        let of = Some(u64::from(dimensions.end.0) + 1).filter(|of| *of > 1);
        let mut cells: Vec<Cell> = Vec::new();
        // Row of the cells so far, from 1.
        let mut line = 0_u32;
        let mut used = 0;
        while let Some(cell) = found.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let (row, column) = (row.saturating_add(1), column as usize);
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            if u64::from(row) > MOST_TABLE_ROWS {
                return Err(TableError::TooLong);
            }
            if column >= MOST_TABLE_COLUMNS {
                return Err(TableError::TooWide { row: u64::from(row) });
            }
            if row != line {
                if used > 0 && each(TableRow { line, cells: &cells[..used], of }).is_break() {
                    return Ok(());
                }
                (line, used) = (row, 0);
            }
            // What stood there in the row before is not of this one.
            for blank in used..column {
                set_text(&mut cells, blank, "");
            }
            put(&mut cells, column, cell.get_value());
            used = used.max(column + 1);
        }
        if used > 0 {
            let _ = each(TableRow { line, cells: &cells[..used], of });
        }
        Ok(())
    }
}

fn put(cells: &mut Vec<Cell>, column: usize, value: &DataRef<'_>) {
    match value {
        DataRef::String(text) => set_text(cells, column, text),
        DataRef::SharedString(text) => set_text(cells, column, text),
        DataRef::Bool(yes) => set_text(cells, column, if *yes { "true" } else { "false" }),
        other => {
            set_text(cells, column, "");
            cells[column] = match other {
                #[allow(clippy::cast_precision_loss)] // Numbers of rows, days and figures.
                DataRef::Int(number) => Cell::Number(*number as f64),
                DataRef::Float(number) => Cell::Number(*number),
                DataRef::DateTime(_) | DataRef::DateTimeIso(_) => other
                    .as_datetime()
                    .map_or_else(|| Cell::Error("#VALUE!".into()), |at| Cell::Moment(whole(at))),
                DataRef::DurationIso(text) => Cell::Text(text.clone()),
                DataRef::Error(error) => Cell::Error(error_name(error).to_owned()),
                _ => Cell::Empty,
            };
        }
    }
}

/// To the second: a fraction of a day has no exact number.
fn whole(at: NaiveDateTime) -> NaiveDateTime {
    let rounded = at.checked_add_signed(TimeDelta::milliseconds(500)).unwrap_or(at);
    rounded.with_nanosecond(0).unwrap_or(rounded)
}
