//! Tables of any length: XLSX, CSV and JSON read row by row, as often as needed, within bounds of memory that do not
//! depend on the file.
//!
//! Knows formats and limits; knows nothing of what the cells mean. Whatever the file claims of itself is checked first:
//! nothing in it makes the reader hold more than [`MOST_ROW_BYTES`] of a row or [`MOST_SHARED_BYTES`] of shared texts.

mod csv;
mod encoding;
mod json;
mod sniff;
pub(super) mod weigh;
mod xlsx;

#[cfg(test)]
mod tests;

pub use encoding::Encoding;

use pvhcc_domain::import::{Cell, Legacy};
use std::{
    io::{Read, Seek},
    ops::ControlFlow,
};

/// Largest file taken.
pub const MOST_TABLE_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Most rows of all sheets together.
pub const MOST_TABLE_ROWS: u64 = 2_000_000;
/// Most columns.
pub const MOST_TABLE_COLUMNS: usize = 300;
/// Most bytes of one row of text, or of one cell of a workbook.
pub const MOST_ROW_BYTES: u64 = 1024 * 1024;
/// Most that a workbook may unpack to.
pub const MOST_SHEET_BYTES: u64 = 8 * 1024 * 1024 * 1024;
/// Most that everything in a workbook but its sheets may unpack to: it is held in memory.
pub const MOST_SHARED_BYTES: u64 = 384 * 1024 * 1024;
/// Most different texts of a workbook.
pub const MOST_SHARED_TEXTS: u64 = 6_000_000;

/// What a table is read from.
pub trait Input: Read + Seek + Send {}
impl<T: Read + Seek + Send> Input for T {}

/// Why a file is not read. Rows count from 1, as a spreadsheet counts them.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Above [`MOST_TABLE_BYTES`].
    #[error("the file is larger than {MOST_TABLE_BYTES} bytes")]
    TooLarge,
    /// Unpacks to more than the bounds above.
    #[error("the file unpacks to more than is read")]
    Bomb,
    /// The format before 2007.
    #[error("a workbook of the format before 2007")]
    OldWorkbook,
    /// Encrypted.
    #[error("the workbook is protected by a password")]
    Protected,
    /// A page of the web under the name of a workbook.
    #[error("an HTML or XML page")]
    Page,
    /// A format that is known and not read.
    #[error("{0} is not read")]
    Foreign(&'static str),
    /// Neither a workbook nor text.
    #[error("neither XLSX nor text")]
    Unknown,
    /// A fault in a workbook.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A script of before Unicode.
    #[error("written in {0:?}")]
    Legacy(Legacy),
    /// Bytes of no encoding that is read.
    #[error("line {line} is in no known encoding")]
    Encoding {
        /// Line.
        line: u64,
    },
    /// A row is longer than [`MOST_ROW_BYTES`]; in CSV mostly a quote that is not closed.
    #[error("the row after {after} is too long")]
    LongRow {
        /// The row before it.
        after: u64,
    },
    /// More than [`MOST_TABLE_COLUMNS`].
    #[error("row {row} has too many columns")]
    TooWide {
        /// Row.
        row: u64,
    },
    /// More than [`MOST_TABLE_ROWS`].
    #[error("more than {MOST_TABLE_ROWS} rows")]
    TooLong,
    /// JSON that is none.
    #[error("JSON fails at line {line}, column {column}: {detail}")]
    Json {
        /// Line.
        line: usize,
        /// Character of the line.
        column: usize,
        /// What is wrong, in English.
        detail: String,
    },
    /// JSON without an array of objects.
    #[error("no array of objects")]
    NoRows,
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A workbook.
    Xlsx,
    /// Text in columns.
    Csv {
        /// How its letters are written.
        encoding: Encoding,
        /// What stands between columns.
        delimiter: u8,
    },
    /// An array of objects. Its keys come as a row 0.
    Json {
        /// How its letters are written.
        encoding: Encoding,
    },
}

/// What somebody said of a file; the rest is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// How its letters are written.
    pub encoding: Option<Encoding>,
    /// What stands between columns.
    pub delimiter: Option<u8>,
    /// These very bytes were opened before, and need no weighing again.
    pub weighed: bool,
}

/// A row that is not empty.
#[derive(Debug)]
pub struct TableRow<'a> {
    /// Row, from 1.
    pub line: u32,
    /// Its cells, from column A; short rows end early.
    pub cells: &'a [Cell],
    /// How many rows there will be, as far as can be told.
    pub of: Option<u64>,
}

/// What is done with each row; a break ends the reading.
pub type Each<'e> = &'e mut dyn FnMut(TableRow<'_>) -> ControlFlow<()>;

/// A file that is open.
pub struct Table {
    form: Form,
    sheets: Vec<String>,
    body: Body,
    size: u64,
}

enum Body {
    Book(Box<xlsx::Book>),
    Text(Box<dyn Input>),
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("form", &self.form)
            .field("sheets", &self.sheets)
            .finish_non_exhaustive()
    }
}

impl Table {
    /// Opens a file. What it is is told by its bytes, not its name. A text is read through once, for its encoding, unless
    /// that is said.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn open(mut input: Box<dyn Input>, said: Said) -> Result<Self, TableError> {
        let size = input.seek(std::io::SeekFrom::End(0))?;
        match size {
            0 => return Err(TableError::Empty),
            _ if size > MOST_TABLE_BYTES => return Err(TableError::TooLarge),
            _ => {}
        }
        if sniff::is_archive(&mut *input)? {
            if !said.weighed {
                weigh::weigh(&mut *input, MOST_SHEET_BYTES, MOST_SHARED_BYTES)?;
            }
            let book = xlsx::Book::open(input)?;
            let sheets = book.sheets().to_vec();
            return Ok(Self { form: Form::Xlsx, sheets, body: Body::Book(Box::new(book)), size });
        }
        let encoding = match said.encoding {
            Some(encoding) => encoding,
            None => encoding::detect(&mut *input)?,
        };
        let head = encoding::head(&mut *input, encoding)?;
        let form = match sniff::text(&head)? {
            sniff::Text::Json => Form::Json { encoding },
            sniff::Text::Columns => {
                Form::Csv { encoding, delimiter: said.delimiter.unwrap_or_else(|| csv::delimiter(&head)) }
            }
        };
        Ok(Self { form, sheets: vec![String::new()], body: Body::Text(input), size })
    }

    /// What it is.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Names of the visible sheets; one without a name where a file has only one.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// Reads the rows of a sheet that are not empty, from the first on. May be called again.
    ///
    /// # Errors
    /// See [`TableError`]; what was read until then was right.
    pub fn rows(&mut self, sheet: usize, each: Each<'_>) -> Result<(), TableError> {
        match (&mut self.body, self.form) {
            (Body::Book(book), _) => book.rows(sheet, each),
            (Body::Text(input), Form::Csv { encoding, delimiter }) => {
                csv::rows(&mut **input, self.size, encoding, delimiter, each)
            }
            (Body::Text(input), Form::Json { encoding }) => {
                json::rows(&mut **input, self.size, encoding, each)
            }
            (Body::Text(_), Form::Xlsx) => Ok(()),
        }
    }
}

/// Puts a text into a cell, in the memory it has already.
fn set_text(cells: &mut Vec<Cell>, at: usize, text: &str) {
    if cells.len() <= at {
        cells.resize(at + 1, Cell::Empty);
    }
    match &mut cells[at] {
        cell if text.is_empty() => *cell = Cell::Empty,
        Cell::Text(old) => {
            old.clear();
            old.push_str(text);
        }
        cell => *cell = Cell::Text(text.to_owned()),
    }
}
