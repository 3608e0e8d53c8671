//! Reading the small CSV tables under `assets/`: header checked, every error names file, line and column.
//!
//! Knows nothing of what the tables mean.

use crate::text::nfc;
use std::fmt::Display;

/// A named text, so that errors can say where they are.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// File name as shown in errors.
    pub name: &'a str,
    /// The whole text, UTF-8.
    pub text: &'a str,
}

/// What is wrong with a data file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Not readable as CSV or TOML.
    #[error("{file}: {reason}")]
    Syntax {
        /// File name.
        file: String,
        /// The parser's words, with the line where it gives one.
        reason: String,
    },
    /// The first line is not the expected header.
    #[error("{file}, line 1: header is `{found}`, expected `{expected}`")]
    Header {
        /// File name.
        file: String,
        /// The header found.
        found: String,
        /// The header expected.
        expected: String,
    },
    /// A value does not fit.
    #[error("{file}, line {line}, column {column}: {reason}")]
    Value {
        /// File name.
        file: String,
        /// Line in the file, from 1; 0 when the file has no lines to name.
        line: u64,
        /// Column name.
        column: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// One line of a table.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    file: String,
    line: u64,
    fields: Vec<(String, String)>,
}

impl Record {
    /// The value of a column, NFC and trimmed; empty when the cell is.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value)
    }

    /// A value that may not be empty.
    pub(crate) fn required(&self, column: &str) -> Result<String, TableError> {
        match self.get(column) {
            "" => Err(self.error(column, "is empty")),
            value => Ok(value.to_owned()),
        }
    }

    /// A value read by `read`; `None` when the cell is empty.
    pub(crate) fn optional<T, E: Display>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, TableError> {
        match self.get(column) {
            "" => Ok(None),
            value => {
                read(value).map(Some).map_err(|e| self.error(column, format_args!("`{value}` is wrong: {e}")))
            }
        }
    }

    /// A value read by `read`, which may not be empty.
    pub(crate) fn parsed<T, E: Display>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<T, TableError> {
        self.optional(column, read)?.ok_or_else(|| self.error(column, "is empty"))
    }

    /// A list written with `;` between its items.
    pub(crate) fn list(&self, column: &str) -> Vec<String> {
        self.get(column)
            .split(';')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// `yes` or `no`.
    pub(crate) fn flag(&self, column: &str) -> Result<bool, TableError> {
        self.parsed(column, |value| match value {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err("expected yes or no"),
        })
    }

    /// An error at a column of this line.
    pub(crate) fn error(&self, column: &str, reason: impl Display) -> TableError {
        TableError::Value {
            file: self.file.clone(),
            line: self.line,
            column: column.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// Reads a table whose first line must be exactly `header`.
pub(crate) fn read(source: Source<'_>, header: &[&str]) -> Result<Vec<Record>, TableError> {
    let syntax = |e: csv::Error| TableError::Syntax { file: source.name.to_owned(), reason: e.to_string() };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let found = reader.headers().map_err(syntax)?.clone();
    if found.iter().ne(header.iter().copied()) {
        return Err(TableError::Header {
            file: source.name.to_owned(),
            found: found.iter().collect::<Vec<_>>().join(","),
            expected: header.join(","),
        });
    }
    let mut records = Vec::new();
    for row in reader.records() {
        let row = row.map_err(syntax)?;
        let line = row.position().map_or(0, csv::Position::line);
        let fields =
            header.iter().zip(row.iter()).map(|(name, value)| ((*name).to_owned(), nfc(value))).collect();
        records.push(Record { file: source.name.to_owned(), line, fields });
    }
    Ok(records)
}

/// One CSV field, quoted where RFC 4180 asks for it.
pub(crate) fn csv_field(value: &str) -> String {
    if value.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_header_is_named_with_the_one_expected() {
        let error = read(Source { name: "x.csv", text: "a,c\n1,2\n" }, &["a", "b"]).expect_err("header");
        assert_eq!(error.to_string(), "x.csv, line 1: header is `a,c`, expected `a,b`");
    }

    #[test]
    fn a_missing_field_is_refused_with_its_line() {
        let error = read(Source { name: "x.csv", text: "a,b\n1,2\n3\n" }, &["a", "b"]).expect_err("ragged");
        assert!(error.to_string().contains("line: 3"), "{error}");
    }

    #[test]
    fn a_wrong_value_names_line_and_column() {
        let records = read(Source { name: "x.csv", text: "a,b\n1,maybe\n" }, &["a", "b"]).expect("reads");
        let error = records[0].flag("b").expect_err("flag");
        assert_eq!(error.to_string(), "x.csv, line 2, column b: `maybe` is wrong: expected yes or no");
    }

    #[test]
    fn decomposed_letters_are_composed_on_reading() {
        let records = read(Source { name: "x.csv", text: "a\nTha\u{301}ng\n" }, &["a"]).expect("reads");
        assert_eq!(records[0].get("a"), "Tháng");
    }
}
