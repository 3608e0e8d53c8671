//! A checklist as CSV (RFC 4180), UTF-8 with a byte order mark, without which spreadsheets garble Vietnamese.

use pvhcc_domain::annex::{Annex, Cell};

/// The headings and every row. A text that a spreadsheet would take for a formula gets an apostrophe before it, which
/// reading takes off again.
#[must_use]
pub fn csv(annex: &Annex) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    // Writing into memory cannot fail, and rows may be of any length.
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    let _ = writer.write_record(annex.headings.iter().map(|text| safe(text)));
    for row in &annex.rows {
        let _ = writer.write_record(row.cells.iter().map(|cell| match cell {
            Cell::Text(_) => safe(&cell.text()),
            other => other.text(),
        }));
    }
    drop(writer);
    bytes
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '@', '\'']) || (text.starts_with('-') && text != "-") {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
