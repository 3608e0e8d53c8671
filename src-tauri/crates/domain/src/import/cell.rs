//! A cell of a file of figures or dossiers, with the hour where a date has one.

use crate::text::{self, nfc};
use chrono::{NaiveDateTime, NaiveTime, Timelike as _};
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, as they stand in the file.
    Text(String),
    /// A number that is not shown as a date.
    Number(f64),
    /// A date of a spreadsheet, the province's time.
    Moment(NaiveDateTime),
    /// A formula that failed, or what no cell can be (`#REF!`, `{…}`).
    Error(String),
}

impl Cell {
    /// Nothing, or only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The cell as words: composed, on one line, without control characters; numbers without needless decimals.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => words(text),
            Self::Number(number) => number.to_string(),
            Self::Moment(at) if at.time() == NaiveTime::MIN => text::date(at.date()),
            Self::Moment(at) if at.second() == 0 => at.format("%d/%m/%Y %H:%M").to_string(),
            Self::Moment(at) => at.format("%d/%m/%Y %H:%M:%S").to_string(),
            Self::Error(error) => error.clone(),
        }
    }
}

/// Text composed and on one line.
pub(super) fn words(text: &str) -> String {
    // Most cells are codes and dates, which need nothing.
    if text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return text.trim().to_owned();
    }
    // Most words need nothing either.
    let odd = |c: char| c.is_control() || (c.is_whitespace() && c != ' ');
    if is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains("  ") && !text.contains(odd) {
        return text.trim().to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    nfc(&line)
}

/// Name of a column as spreadsheets have it, from 0: `C`.
#[must_use]
pub fn letters(column: usize) -> String {
    let mut place = crate::annex::address(0, column);
    place.pop();
    place
}

/// The column of a name, from 0.
#[must_use]
pub fn column(letters: &str) -> Option<usize> {
    let letters = letters.trim();
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    letters
        .bytes()
        .try_fold(0_usize, |sum, b| {
            let b = b.to_ascii_uppercase();
            b.is_ascii_uppercase().then(|| sum * 26 + usize::from(b - b'A') + 1)
        })?
        .checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do_and_found_by_their_names() {
        for (number, name) in [(0, "A"), (2, "C"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(number), name);
            assert_eq!(column(name), Some(number));
        }
        assert_eq!(column("c"), Some(2));
        for wrong in ["", "1", "A1", "ÂB", "ABCD"] {
            assert_eq!(column(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_are_composed_and_on_one_line() {
        assert_eq!(
            Cell::Text(" Tie\u{302}\u{301}p\r\n nha\u{323}\u{302}n\u{a0} ".into()).words(),
            "Tiếp nhận"
        );
        assert_eq!(Cell::Number(12.0).words(), "12");
        assert_eq!(Cell::Number(1.5).words(), "1.5");
    }
}
