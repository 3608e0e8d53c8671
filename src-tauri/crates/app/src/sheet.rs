//! Small tables that people bring: the row of headings is found by what stands in it, cells are asked for by column, and
//! every fault has its place. Knows nothing of what the rows mean.

use crate::{
    lists::Carried,
    messages,
    wire::{ImportFault, TableImportView, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    annex::{Cell, Grid, address},
    text::fold,
};
use sha2::{Digest as _, Sha256};

/// Rows in which the headings are looked for.
const HEAD_WITHIN: usize = 30;

/// What is said of a file before its rows are looked at. `position`: how far the journal goes that the preview rests on.
pub(crate) fn preview(file: &Carried, position: i64) -> TableImportView {
    TableImportView {
        file: file.name.clone(),
        sha256: hex::encode(Sha256::digest(&file.bytes)),
        lines: Vec::new(),
        faults: Vec::new(),
        same: 0,
        position,
        message: String::new(),
        event_id: None,
    }
}

/// A column that a table may have.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// What it is asked for by.
    pub(crate) id: String,
    /// Headings it may stand under; compared without case and marks.
    pub(crate) names: Vec<String>,
    /// A table without it is none.
    pub(crate) required: bool,
}

impl Wanted {
    pub(crate) fn new(id: &str, names: &[&str], required: bool) -> Self {
        Self { id: id.to_owned(), names: names.iter().map(|n| (*n).to_owned()).collect(), required }
    }

    fn is(&self, heading: &str) -> bool {
        self.names.iter().any(|name| fold(name) == heading)
    }
}

/// A table with its headings found.
pub(crate) struct Sheet<'a> {
    grid: &'a Grid,
    head: usize,
    columns: Vec<(String, usize)>,
}

impl<'a> Sheet<'a> {
    /// The first sheet with a row that has all required columns, and at least `least` of all.
    ///
    /// # Errors
    /// `Invalid` naming the file, and the columns it must have; or two columns of one heading.
    pub(crate) fn find(
        file: &str,
        grids: &'a [Grid],
        wanted: &[Wanted],
        least: usize,
    ) -> Result<Self, WireError> {
        for grid in grids {
            for head in 0..grid.rows.len().min(HEAD_WITHIN) {
                let mut columns: Vec<(String, usize)> = Vec::new();
                for column in 0..grid.rows[head].len() {
                    let heading = fold(&grid.at(head, column).text());
                    let Some(known) = wanted.iter().find(|w| !heading.is_empty() && w.is(&heading)) else {
                        continue;
                    };
                    if let Some((_, first)) = columns.iter().find(|(id, _)| *id == known.id) {
                        let (first, second) = (address(head, *first), address(head, column));
                        let name = grid.at(head, column).text();
                        return Err(messages::invalid(
                            "file",
                            &format!(
                                "Tệp «{file}» có hai cột “{name}” (ô {first} và {second}). Hãy bỏ bớt một cột."
                            ),
                        ));
                    }
                    columns.push((known.id.clone(), column));
                }
                let has = |w: &Wanted| columns.iter().any(|(id, _)| *id == w.id);
                if columns.len() >= least && wanted.iter().filter(|w| w.required).all(has) {
                    return Ok(Self { grid, head, columns });
                }
            }
        }
        let names: Vec<String> = wanted
            .iter()
            .filter(|w| w.required || least > 1)
            .filter_map(|w| w.names.first().map(|n| format!("“{n}”")))
            .collect();
        Err(messages::invalid(
            "file",
            &format!(
                "Tệp «{file}» không có dòng tiêu đề với các cột {} trong {HEAD_WITHIN} dòng đầu. Hãy dùng tệp xuất từ chương trình làm mẫu.",
                names.join(", ")
            ),
        ))
    }

    /// Rows below the headings in which anything stands, from 0.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        (self.head + 1..self.grid.rows.len())
            .filter(|row| self.columns.iter().any(|(_, column)| !self.grid.at(*row, *column).is_blank()))
    }

    fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().find(|(known, _)| known == id).map(|(_, column)| *column)
    }

    /// A cell; empty where the table has no such column.
    pub(crate) fn cell(&self, row: usize, id: &str) -> &Cell {
        self.column(id).map_or(&Cell::Empty, |column| self.grid.at(row, column))
    }

    /// Its words.
    pub(crate) fn text(&self, row: usize, id: &str) -> String {
        self.cell(row, id).text()
    }

    /// Its words, or nothing.
    pub(crate) fn some(&self, row: usize, id: &str) -> Option<String> {
        Some(self.text(row, id)).filter(|text| !text.is_empty())
    }

    /// Where it is: `D17`; of a column that is not there the row's first.
    pub(crate) fn place(&self, row: usize, id: &str) -> String {
        address(row, self.column(id).unwrap_or(0))
    }

    /// A fault of a cell.
    pub(crate) fn fault(&self, row: usize, id: &str, who: &str, reason: impl Into<String>) -> ImportFault {
        ImportFault {
            sheet: self.grid.sheet.clone(),
            line: u32::try_from(row + 1).unwrap_or(u32::MAX),
            place: self.place(row, id),
            no: who.to_owned(),
            reason: reason.into(),
        }
    }
}

/// The day of a cell; `None` where nothing stands.
///
/// # Errors
/// Why it is none.
pub(crate) fn day(cell: &Cell) -> Result<Option<NaiveDate>, String> {
    if let Cell::Day(day) = cell {
        return Ok(Some(*day));
    }
    let text = cell.text();
    if text.is_empty() || text == "–" {
        return Ok(None);
    }
    let parsed = NaiveDate::parse_from_str(&text, "%d/%m/%Y").or_else(|_| text.parse());
    parsed.map(Some).map_err(|_| format!("“{text}” không phải một ngày. Hãy ghi dạng 29/05/2026."))
}

/// Hour and minute of a cell: `19:00`, `19h30`, `19h`.
///
/// # Errors
/// Why it is none.
pub(crate) fn time(cell: &Cell) -> Result<(u32, u32), String> {
    let text = cell.text();
    let wrong = || format!("“{text}” không phải giờ. Hãy ghi dạng 19:00.");
    let parts = fold(&text).replace('h', ":");
    let (hour, minute) = parts.split_once(':').ok_or_else(wrong)?;
    // Seconds of a spreadsheet's time say nothing here.
    let minute = minute.split(':').next().filter(|m| !m.is_empty()).unwrap_or("0");
    let of = |text: &str, most: u32| text.trim().parse().ok().filter(|n: &u32| *n <= most);
    of(hour, 23).zip(of(minute, 59)).ok_or_else(wrong)
}

/// Nothing is taken while anything is wrong: the first fault, and how many there are.
pub(crate) fn refuse(faults: &[ImportFault]) -> Result<(), WireError> {
    let Some(first) = faults.first() else { return Ok(()) };
    let sheet =
        if first.sheet.is_empty() { String::new() } else { format!("trang tính “{}”, ", first.sheet) };
    let more =
        if faults.len() > 1 { format!(" Còn {} chỗ khác.", faults.len() - 1) } else { String::new() };
    Err(messages::invalid(
        "file",
        &format!("Chưa ghi gì: {sheet}ô {}: {}{more} Hãy sửa tệp rồi nhập lại.", first.place, first.reason),
    )
    .with("place", first.place.clone())
    .with("sheet", first.sheet.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let rows = rows.iter().map(|row| row.iter().map(|text| Cell::words(*text)).collect()).collect();
        Grid { sheet: "Trang 1".to_owned(), rows, merged: Vec::new() }
    }

    fn wanted() -> Vec<Wanted> {
        vec![Wanted::new("unit", &["Đơn vị", "Tên đơn vị"], true), Wanted::new("note", &["Ghi chú"], false)]
    }

    #[test]
    fn headings_are_found_below_a_title_whatever_their_case_and_marks() {
        let grids = [grid(&[
            &["Tình hình"],
            &[],
            &["TEN DON VI", "", "Ghi chú"],
            &["Sở A", "", "x"],
            &["", "y", ""],
        ])];
        let sheet = Sheet::find("t.xlsx", &grids, &wanted(), 1).expect("found");
        assert_eq!(sheet.rows().collect::<Vec<_>>(), [3], "a row without anything under a heading is none");
        assert_eq!((sheet.text(3, "unit"), sheet.place(3, "note")), ("Sở A".to_owned(), "C4".to_owned()));
        assert_eq!(sheet.some(3, "other"), None);
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |text: &str| time(&Cell::words(text)).ok();
        for (text, expected) in [
            ("19:00", Some((19, 0))),
            ("7h30", Some((7, 30))),
            ("7h", Some((7, 0))),
            ("07:05:00", Some((7, 5))),
            ("24:00", None),
            ("tối", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_table_without_its_columns_or_with_one_twice_is_refused_by_name() {
        let find = |rows: &[&[&str]]| {
            Sheet::find("t.xlsx", &[grid(rows)], &wanted(), 1).err().map(|e| e.message).unwrap_or_default()
        };
        assert!(find(&[&["Ghi chú"]]).contains("“Đơn vị”"));
        assert!(find(&[&["Đơn vị", "Tên đơn vị"]]).contains("ô A1 và B1"));
    }

    #[test]
    fn the_first_fault_names_sheet_and_cell_and_how_many_follow() {
        let grids = [grid(&[&["Đơn vị"], &["?"]])];
        let sheet = Sheet::find("t.xlsx", &grids, &wanted(), 1).expect("found");
        let fault = sheet.fault(1, "unit", "?", "không có đơn vị này.");
        assert!(refuse(&[]).is_ok());
        let error = refuse(&[fault.clone(), fault]).expect_err("refused");
        assert!(
            error.message.contains("trang tính “Trang 1”, ô A2: không có đơn vị này. Còn 1 chỗ khác."),
            "{}",
            error.message
        );
        assert_eq!(error.details["place"], "A2");
    }
}
