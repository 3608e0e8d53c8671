//! CSV as spreadsheets write it: comma, semicolon or tab; UTF-8, or UTF-16 with a byte order mark.

use super::{FileError, MOST_COLUMNS, MOST_ROWS};
use pvhcc_domain::annex::{Cell, Grid};

pub(super) fn read(bytes: &[u8]) -> Result<Grid, FileError> {
    let mut text = unicode(bytes)?;
    // Every line ends, the last one too, so that lines can be counted.
    text.push('\n');
    // Zero bytes are in no text: a picture, a document, a program.
    if text.contains('\0') {
        return Err(FileError::Unknown);
    }
    let too_many = || FileError::TooManyCells { sheet: String::new() };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut before = reader.position().line();
    while reader.read_record(&mut record).map_err(|e| FileError::Damaged(e.to_string()))? {
        // The reader skips blank lines, which a person at a spreadsheet counts as rows.
        let breaks = record.iter().flat_map(str::bytes).filter(|b| *b == b'\n').count();
        let lines = usize::try_from(reader.position().line() - before).unwrap_or(usize::MAX);
        before = reader.position().line();
        let blank = lines.saturating_sub(breaks + 1);
        if rows.len().saturating_add(blank) >= MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(too_many());
        }
        rows.resize_with(rows.len() + blank, Vec::new);
        rows.push(record.iter().map(|cell| Cell::words(plain(cell))).collect());
    }
    Ok(Grid { sheet: String::new(), rows, merged: Vec::new() })
}

/// Takes off the apostrophe that keeps a text from being taken for a formula.
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'']) => rest,
        _ => cell,
    }
}

fn unicode(bytes: &[u8]) -> Result<String, FileError> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| FileError::NotUnicode { line: 1 })
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => {
            let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(rest).map(str::to_owned).map_err(|e| FileError::NotUnicode {
                line: rest[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1,
            })
        }
    }
}

/// The sign that most often stands outside quotes in the first lines.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.lines().take(5).flat_map(str::bytes) {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == *sign);
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let grid = read(bytes).expect("reads");
        grid.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect()
    }

    #[test]
    fn every_spelling_of_a_table_reads_alike() {
        let expected =
            vec![vec!["TT".to_owned(), "Ghi chú".to_owned()], vec!["1".to_owned(), "a, b".to_owned()]];
        let utf16: Vec<u8> =
            "\u{feff}TT\tGhi chú\n1\ta, b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            "TT,Ghi chú\n1,\"a, b\"\n".as_bytes(),
            "\u{feff}TT;Ghi chú\r\n1;\"a, b\"\r\n".as_bytes(),
            "TT\tGhi chú\n1\ta, b".as_bytes(),
            &utf16,
        ] {
            assert_eq!(cells(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let found = cells(b"a,b\n\n\"x\ny\",c\n\n\nlast,d\n");
        let places: Vec<usize> = (0..found.len()).filter(|row| !found[*row].is_empty()).collect();
        assert_eq!(places, [0, 2, 5]);
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_taken_off_and_any_other_stays() {
        assert_eq!(cells("a,'=1+1\nb,'tis\nc,'''x".as_bytes())[0][1], "=1+1");
        assert_eq!(cells("b,'tis".as_bytes())[0][1], "'tis");
        assert_eq!(cells("c,''x".as_bytes())[0][1], "'x");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        assert_eq!(read(b"TT,a\n1,\xff\xff\n"), Err(FileError::NotUnicode { line: 2 }));
        assert_eq!(read(b"\x89PNG\0\0").err(), Some(FileError::NotUnicode { line: 1 }));
        assert_eq!(read(b"GIF\0\0").err(), Some(FileError::Unknown));
        let long = "a\n".repeat(MOST_ROWS + 1);
        assert!(matches!(read(long.as_bytes()), Err(FileError::TooManyCells { .. })));
        let wide = ",".repeat(MOST_COLUMNS);
        assert!(matches!(read(wide.as_bytes()), Err(FileError::TooManyCells { .. })));
    }
}
