//! A sheet as cells, whatever file it came from.

use crate::text;
use chrono::NaiveDate;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A number that is not shown as a date.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// A formula that failed, with its error as the file names it (`#REF!`).
    Error(String),
}

impl Cell {
    /// Words, or nothing when there are none.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// The cell as words: clean text, whole numbers without decimals, days as `29/05/2026`; a failed formula as its error.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => clean(text),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Day(day) => text::date(*day),
            Self::Error(error) => error.clone(),
        }
    }

    /// Nothing, or only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Words as any file can hold them: composed, lines ended by `\n`, no other control characters, nothing around them.
#[must_use]
pub(super) fn clean(text: &str) -> String {
    let lines = text::nfc(text).replace("\r\n", "\n").replace('\r', "\n");
    let plain: String = lines.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// Name of the sheet, for messages; empty where the file has only one.
    pub sheet: String,
    /// Rows from the first of the sheet, cells from column A; short rows end early.
    pub rows: Vec<Vec<Cell>>,
    /// Merged ranges: first row, first column, last row, last column, from 0.
    pub merged: Vec<[usize; 4]>,
}

impl Grid {
    /// The cell at a place, from 0.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    /// The cell at a place; inside a merged range the one that the range shows.
    #[must_use]
    pub fn shown(&self, row: usize, column: usize) -> &Cell {
        let inside = |m: &&[usize; 4]| (m[0]..=m[2]).contains(&row) && (m[1]..=m[3]).contains(&column);
        match self.merged.iter().find(inside) {
            Some([first, left, ..]) => self.at(*first, *left),
            None => self.at(row, column),
        }
    }
}

/// A place as spreadsheets name it: `D17`. `row` and `column` count from 0.
#[must_use]
pub fn address(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_spreadsheets_do() {
        for (row, column, name) in
            [(0, 0, "A1"), (16, 3, "D17"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1")]
        {
            assert_eq!(address(row, column), name);
        }
    }

    #[test]
    fn a_merged_range_shows_its_first_cell_everywhere() {
        let rows = vec![vec![Cell::words("a"), Cell::words("x")], vec![Cell::Empty, Cell::words("y")]];
        let grid = Grid { sheet: String::new(), rows, merged: vec![[0, 0, 1, 0]] };
        assert_eq!(grid.shown(1, 0), &Cell::words("a"));
        assert_eq!(grid.shown(1, 1), &Cell::words("y"));
        assert_eq!(grid.shown(7, 7), &Cell::Empty);
    }
}
