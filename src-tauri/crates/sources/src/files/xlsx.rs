//! XLSX: looked into as an archive first, then read cell by cell, so that neither unpacks nor grows without bound.

use super::{FileError, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, MOST_UNPACKED, table::TableError};
use calamine::{CellErrorType, DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx};
use pvhcc_domain::annex::{Cell, Grid};
use std::io::Cursor;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, FileError> {
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(MOST_SHEETS)
        .collect();
    sheets.into_iter().map(|sheet| grid(&mut book, sheet)).collect()
}

fn damaged(error: impl std::fmt::Display) -> FileError {
    FileError::Damaged(error.to_string())
}

/// Looks into the archive first: what it says of its own sizes may be a lie.
fn weigh(bytes: &[u8]) -> Result<(), FileError> {
    super::table::weigh::weigh(&mut Cursor::new(bytes), MOST_UNPACKED, MOST_UNPACKED).map_err(|e| match e {
        TableError::Bomb => FileError::Bomb,
        TableError::Foreign(_) => FileError::Unknown,
        other => damaged(other),
    })
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn grid(book: &mut Book<'_>, sheet: String) -> Result<Grid, FileError> {
    let merged = book.merge_cells_by_sheet_name(&sheet).map_err(damaged)?;
    let merged = merged
        .into_iter()
        .map(|d| [d.start.0, d.start.1, d.end.0, d.end.1].map(|n| usize::try_from(n).unwrap_or(usize::MAX)))
        .collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
    while let Some(found) = cells.next_cell().map_err(damaged)? {
        let value = cell(found.get_value());
        if value == Cell::Empty {
            continue;
        }
        let (row, column) = found.get_position();
        let (row, column) =
            (usize::try_from(row).unwrap_or(usize::MAX), usize::try_from(column).unwrap_or(usize::MAX));
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(FileError::TooManyCells { sheet });
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let line = &mut rows[row];
        if line.len() <= column {
            line.resize_with(column + 1, Cell::default);
        }
        line[column] = value;
    }
    Ok(Grid { sheet, rows, merged })
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => {
            #[allow(clippy::cast_precision_loss)] // Numbers of rows, days and figures.
            let number = *number as f64;
            Cell::Number(number)
        }
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::words(text.as_str()),
        DataRef::SharedString(text) => Cell::words(*text),
        DataRef::Bool(yes) => Cell::words(if *yes { "TRUE" } else { "FALSE" }),
        // A time of the day without a day.
        DataRef::DateTime(at) if (0.0..1.0).contains(&at.as_f64()) => Cell::words(clock(at.as_f64())),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => {
            value.as_date().map_or_else(|| Cell::Error("#VALUE!".into()), Cell::Day)
        }
        DataRef::DurationIso(text) => Cell::words(text.as_str()),
        DataRef::Error(error) => Cell::Error(error_name(error).to_owned()),
    }
}

/// `19:30` of a part of a day.
fn clock(part: f64) -> String {
    #[allow(clippy::cast_possible_truncation)] // Minutes of one day.
    let minutes = (part * 1440.0).round() as i32 % 1440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// As spreadsheets show it.
pub(super) fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}
