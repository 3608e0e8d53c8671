//! Where the headings of a sheet are, and which rows below them are no data.

use super::{
    cell::Cell,
    names::{Dictionary, Heading, compact},
    target::{Target, What},
};
use std::collections::BTreeSet;

/// Rows at the top of a sheet that are looked through for headings.
pub const WINDOW: usize = 40;
/// Most rows of headings.
pub const MOST_HEADER_ROWS: usize = 3;

/// A row of a sheet: its number from 1, as a spreadsheet counts, and its cells.
pub type SheetRow = (u32, Vec<Cell>);

/// The headings of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// Row of the first, from 1; 0 where keys of JSON stand for headings.
    pub first: u32,
    /// How many rows.
    pub rows: u32,
    /// Of each column, from the top row down; a heading over several columns stands in each of them.
    pub columns: Vec<Vec<String>>,
}

impl Header {
    /// The last row of headings.
    #[must_use]
    pub fn last(&self) -> u32 {
        (self.first + self.rows).saturating_sub(1)
    }

    /// A heading as one line: `Đã giải quyết / Quá hạn`.
    #[must_use]
    pub fn title(&self, column: usize) -> String {
        let parts = self.columns.get(column).into_iter().flatten();
        let parts: Vec<&str> = parts.map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(" / ")
    }

    /// Reads headings at a place somebody named. Nothing is checked.
    #[must_use]
    pub fn at(window: &[SheetRow], first: u32, rows: u32) -> Self {
        let inside = first..first.saturating_add(rows);
        let lines: Vec<&[Cell]> = inside
            .map(|line| {
                window.iter().find(|(at, _)| *at == line).map_or(&[][..], |(_, cells)| cells.as_slice())
            })
            .collect();
        Self { first, rows, columns: paths(&lines) }
    }

    /// Finds the headings that say most, and what they are headings of, unless that is said.
    #[must_use]
    pub fn find(names: &Dictionary, said: Option<What>, window: &[SheetRow]) -> Option<(What, Self)> {
        let mut best: Option<(usize, What, Self)> = None;
        for what in
            [What::Dossiers, What::Figures].into_iter().filter(|what| said.is_none_or(|said| said == *what))
        {
            for from in 0..window.len() {
                for rows in 1..=MOST_HEADER_ROWS.min(window.len() - from) {
                    let lines = &window[from..from + rows];
                    let together = lines.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0);
                    let wordy = lines.iter().skip(1).all(|(_, cells)| is_wordy(cells));
                    if !together || !wordy {
                        break;
                    }
                    let cells: Vec<&[Cell]> = lines.iter().map(|(_, cells)| cells.as_slice()).collect();
                    let header = Self { first: lines[0].0, rows: rows as u32, columns: paths(&cells) };
                    let score = header.score(names, what);
                    if best.as_ref().is_none_or(|(most, ..)| score > *most) && score > 0 {
                        best = Some((score, what, header));
                    }
                }
            }
        }
        best.map(|(_, what, header)| (what, header))
    }

    /// How much is understood: columns whose heading says all of it count double. Nothing where a row could not be taken.
    fn score(&self, names: &Dictionary, what: What) -> usize {
        let found: BTreeSet<(Target, bool)> = self
            .columns
            .iter()
            .filter_map(|path| match names.heading(what, path) {
                Heading::Target { target, whole } => Some((target, whole)),
                _ => None,
            })
            .collect();
        let distinct: BTreeSet<Target> = found.iter().map(|(target, _)| *target).collect();
        let useful = match what {
            What::Dossiers => distinct.contains(&Target::Code),
            What::Figures => distinct.iter().any(|target| target.is_figure()),
        };
        if !useful || distinct.len() < 2 {
            return 0;
        }
        let whole: BTreeSet<Target> =
            found.iter().filter(|(_, whole)| *whole).map(|(target, _)| *target).collect();
        distinct.len() + whole.len()
    }
}

/// A row of headings holds words and no dates or figures.
fn is_wordy(cells: &[Cell]) -> bool {
    cells.iter().all(|cell| matches!(cell, Cell::Empty | Cell::Text(_)))
        && cells.iter().any(|cell| !cell.is_blank())
        && !is_column_numbers(cells)
}

/// The headings of each column, those over several columns carried to the right.
fn paths(lines: &[&[Cell]]) -> Vec<Vec<String>> {
    let width = lines.iter().map(|cells| cells.len()).max().unwrap_or(0);
    let words = |row: usize, column: usize| lines[row].get(column).map(Cell::words).unwrap_or_default();
    let mut grid: Vec<Vec<String>> =
        (0..width).map(|column| (0..lines.len()).map(|row| words(row, column)).collect()).collect();
    let beneath = |path: &[String], row: usize| path[row + 1..].iter().any(|part| !part.is_empty());
    for column in 1..width {
        for row in 0..lines.len().saturating_sub(1) {
            let left = grid[column - 1].clone();
            // Only where both have something beneath it and share what stands above.
            if grid[column][row].is_empty()
                && beneath(&grid[column], row)
                && beneath(&left, row)
                && left[..row] == grid[column][..row]
            {
                grid[column][row].clone_from(&left[row]);
            }
        }
    }
    while grid.last().is_some_and(|path| path.iter().all(String::is_empty)) {
        grid.pop();
    }
    grid
}

/// Whether a row only numbers the columns: `(1) (2) (3)`, `A B 1 2 3`.
fn is_column_numbers(cells: &[Cell]) -> bool {
    let told: Vec<String> = cells.iter().filter(|cell| !cell.is_blank()).map(Cell::words).collect();
    let mut last = 0_u32;
    let mut numbers = 0;
    for text in &told {
        let bare = text.split('=').next().unwrap_or_default().trim().trim_matches(['(', ')']);
        match bare.parse::<u32>() {
            Ok(number) if number == last + 1 => {
                last = number;
                numbers += 1;
            }
            Err(_)
                if numbers == 0 && bare.len() == 1 && bare.starts_with(|c: char| c.is_ascii_uppercase()) => {}
            _ => return false,
        }
    }
    numbers >= 3
}

/// What a row below the headings is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// Data.
    Data,
    /// Nothing in it.
    Blank,
    /// Numbers of the columns.
    ColumnNumbers,
    /// The headings once more, as exports in pages have.
    Repeated,
    /// The sum of others.
    Total,
    /// Below the table: notes, signatures.
    Below,
    /// Nothing in any column that is read.
    Unread,
}

impl RowKind {
    /// Why it is no data, for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Data => "dòng dữ liệu",
            Self::Blank => "dòng trống",
            Self::ColumnNumbers => "dòng đánh số cột",
            Self::Repeated => "dòng tiêu đề lặp lại",
            Self::Total => "dòng tổng cộng",
            Self::Below => "dòng ghi chú, ký tên dưới bảng",
            Self::Unread => "dòng không có gì ở các cột được đọc",
        }
    }

    /// Tells what a row is. `read` are the columns that are read.
    #[must_use]
    pub fn of(names: &Dictionary, header: &Header, read: &[usize], line: u32, cells: &[Cell]) -> Self {
        if cells.iter().all(Cell::is_blank) {
            return Self::Blank;
        }
        let at = |column: &usize| cells.get(*column).unwrap_or(&Cell::Empty);
        if line == header.last() + 1 && is_column_numbers(cells) {
            return Self::ColumnNumbers;
        }
        if let Some(first) = read.first()
            && matches!(at(first), Cell::Text(_))
        {
            let same = |column: &&usize| {
                let heading =
                    header.columns.get(**column).and_then(|path| path.iter().rfind(|part| !part.is_empty()));
                heading.is_some_and(|heading| compact(heading) == compact(&at(column).words()))
            };
            if same(&first) && read.iter().filter(same).count() * 2 > read.len() {
                return Self::Repeated;
            }
        }
        let mut told = cells.iter().filter(|cell| !cell.is_blank());
        // Sums and notes are said in the first words; numbers of rows may stand before them.
        let words: Vec<String> = told.by_ref().take(3).filter_map(|cell| short_words(names, cell)).collect();
        if words.iter().any(|words| names.is_total(words)) {
            return Self::Total;
        }
        if words.first().is_some_and(|words| names.is_below(words)) && told.next().is_none() {
            return Self::Below;
        }
        if read.iter().all(|column| at(column).is_blank()) { Self::Unread } else { Self::Data }
    }
}

/// The compact words of a cell that may say what a row is; nothing for codes, dates and numbers.
fn short_words(names: &Dictionary, cell: &Cell) -> Option<String> {
    let Cell::Text(text) = cell else { return None };
    let text = text.trim();
    if !names.may_end(text) {
        return None;
    }
    let wordy = text.len() <= 120
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().any(char::is_alphabetic);
    // Codes hold digits; sums and notes do not begin with any.
    (wordy && !text.bytes().take(6).any(|b| b.is_ascii_digit())).then(|| compact(text))
}

#[cfg(test)]
#[path = "header_tests.rs"]
mod tests;
