//! Files that people bring: XLSX and CSV read as cells, within bounds, without running anything in them.
//!
//! Knows formats and limits; knows nothing of what the cells mean.

mod csv;
pub mod table;
mod xlsx;

use pvhcc_domain::annex::Grid;

/// Largest file taken.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Most an XLSX file may unpack to.
pub const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Most rows of a sheet.
pub const MOST_ROWS: usize = 20_000;
/// Most columns of a sheet.
pub const MOST_COLUMNS: usize = 200;
/// Most sheets looked at.
const MOST_SHEETS: usize = 30;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Above [`MOST_BYTES`].
    #[error("the file is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// Unpacks to more than [`MOST_UNPACKED`].
    #[error("the file unpacks to more than {MOST_UNPACKED} bytes")]
    Bomb,
    /// The format before 2007, or an encrypted file, which has the same shell.
    #[error("an old or an encrypted workbook")]
    OldOrProtected,
    /// Something else than a workbook or text.
    #[error("neither XLSX nor CSV")]
    Unknown,
    /// A workbook with a fault.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Above [`MOST_ROWS`] or [`MOST_COLUMNS`].
    #[error("sheet `{sheet}` has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")]
    TooManyCells {
        /// The sheet.
        sheet: String,
    },
    /// Text that is neither UTF-8 nor UTF-16, by its line from 1.
    #[error("line {line} is not UTF-8")]
    NotUnicode {
        /// Line.
        line: usize,
    },
}

/// Reads a file into sheets, in their order. What it is is told by its bytes, not its name.
///
/// # Errors
/// See [`FileError`].
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, FileError> {
    match bytes {
        [] => Err(FileError::Empty),
        _ if bytes.len() > MOST_BYTES => Err(FileError::TooLarge),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(FileError::OldOrProtected),
        [b'P', b'K', 3, 4, ..] => xlsx::read(bytes),
        _ => csv::read(bytes).map(|grid| vec![grid]),
    }
}
