//! CSV as spreadsheets write it, row by row.

use super::{
    Each, Input, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS, TableError, TableRow,
    encoding::{Decoded, Encoding},
    set_text,
};
use crate::files::csv::plain;
use std::io::ErrorKind;

/// What may stand between columns.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The sign that cuts most rows of the beginning into the same number of columns.
pub(super) fn delimiter(head: &str) -> u8 {
    // Excel's own way of saying it.
    if let Some(said) = head.trim_start().strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return said;
    }
    let score = |sign: &u8| {
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(*sign)
            .from_reader(head.as_bytes());
        for record in reader.byte_records().take(60).map_while(Result::ok).filter(|record| record.len() > 1) {
            *widths.entry(record.len()).or_default() += 1;
        }
        widths.into_iter().map(|(width, rows)| (rows, width)).max().unwrap_or_default()
    };
    DELIMITERS.into_iter().rev().max_by_key(score).unwrap_or(b',')
}

pub(super) fn rows(
    input: &mut dyn Input,
    size: u64,
    encoding: Encoding,
    delimiter: u8,
    each: Each<'_>,
) -> Result<(), TableError> {
    let text = Decoded::new(input, encoding)?;
    let meter = text.meter();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(64 * 1024)
        .from_reader(text);
    let (mut record, mut cells) = (::csv::StringRecord::new(), Vec::new());
    let (mut row, mut before) = (0_u64, reader.position().line());
    loop {
        let line = reader.position().line();
        let more = reader.read_record(&mut record).map_err(|e| match e.into_kind() {
            ::csv::ErrorKind::Io(e) if e.kind() == ErrorKind::FileTooLarge => {
                TableError::LongRow { after: row }
            }
            ::csv::ErrorKind::Io(e) if e.kind() == ErrorKind::InvalidData => TableError::Encoding { line },
            ::csv::ErrorKind::Io(e) => TableError::Io(e),
            ::csv::ErrorKind::Utf8 { pos, .. } => {
                TableError::Encoding { line: pos.map_or(line, |pos| pos.line()) }
            }
            other => TableError::Damaged(format!("{other:?}")),
        })?;
        if !more {
            return Ok(());
        }
        meter.row();
        // The reader skips blank lines, which a person at a spreadsheet counts as rows.
        let breaks = record.iter().flat_map(str::bytes).filter(|b| *b == b'\n').count() as u64;
        let lines = reader.position().line() - before;
        before = reader.position().line();
        // The last line may lack its end.
        row += 1 + lines.saturating_sub(breaks + 1);
        if row > MOST_TABLE_ROWS {
            return Err(TableError::TooLong);
        }
        if record.len() > MOST_TABLE_COLUMNS {
            return Err(TableError::TooWide { row });
        }
        cells.truncate(record.len());
        for (at, text) in record.iter().enumerate() {
            set_text(&mut cells, at, plain(text));
        }
        let found = TableRow { line: row as u32, cells: &cells, of: meter.of(row, size) };
        if each(found).is_break() {
            return Ok(());
        }
    }
}
