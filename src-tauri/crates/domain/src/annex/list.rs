//! An annex of another decision, in the same shape, read as a checklist of its own.
//!
//! Nothing is corrected: what is odd stays as printed and is found by [`List::anomalies`].

use super::{
    grid::{Cell, Grid, address},
    layout::Column,
    read::{FileRefused, head},
};
use crate::{
    checklist::{Checklist, Kind, Row, Section},
    lists::{Column as Words, List, Measure},
    text::{date, fold},
    units::Units,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};

/// Most rows of a list.
const MOST_ROWS: usize = 5000;
/// Most columns of words.
const MOST_COLUMNS: usize = 12;

/// Why a sheet is no annex.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListRefused {
    /// See [`FileRefused`].
    #[error(transparent)]
    File(#[from] FileRefused),
    /// The heading "Nội dung" is missing.
    #[error("no column of contents")]
    NoContents,
    /// A failed formula at this place.
    #[error("failed formula {error} at {place}")]
    Formula {
        /// `D17`.
        place: String,
        /// `#REF!`.
        error: String,
    },
    /// More columns of words than a list may have.
    #[error("{0} columns of words")]
    TooManyColumns(usize),
    /// More rows than a list may have, or no task at all.
    #[error("{0} rows")]
    Rows(usize),
}

/// The words above the headings: the title, and the document below it.
#[must_use]
pub fn list_titles(grid: &Grid) -> (String, String) {
    let head = head(grid, &wanted()).map_or(0, |head| head.row);
    let mut lines = (0..head)
        .filter_map(|row| grid.rows[row].iter().map(Cell::text).find(|text| !text.is_empty()))
        .filter(|text| !text.is_empty());
    (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

/// The decision's five columns, and those of our own exports, which say how tasks stand and are not the annex's.
fn wanted() -> Vec<(Column, String)> {
    let nobody = List {
        id: String::new(),
        title: String::new(),
        document: String::new(),
        dated: String::new(),
        columns: Vec::new(),
        imported: true,
        checklist: Checklist::new(Vec::new(), Vec::new()),
    };
    let mut all: Vec<(Column, String)> =
        Column::of(&nobody).into_iter().map(|c| (c.clone(), c.title(&nobody))).collect();
    all.push((Column::Measures, Column::Measures.title(&nobody)));
    all
}

/// Reads an annex. `id`, `title`, `document` and `dated` are what the person says of it.
///
/// # Errors
/// See [`ListRefused`].
pub fn list_of(
    grid: &Grid,
    units: &Units,
    [id, title, document, dated]: [&str; 4],
) -> Result<List, ListRefused> {
    let head = head(grid, &wanted())?;
    let Some(group_at) = head.columns.get(&Column::Group).copied() else {
        return Err(ListRefused::NoContents);
    };
    let columns: Vec<(usize, Words)> = head
        .others
        .iter()
        .enumerate()
        .map(|(i, (at, title))| (*at, Words { id: format!("c{}", i + 1), title: title.clone() }))
        .collect();
    if columns.len() > MOST_COLUMNS {
        return Err(ListRefused::TooManyColumns(columns.len()));
    }
    let at = |column: &Column| head.columns.get(column).copied();
    let text =
        |row: usize, column: Option<usize>| column.map_or_else(String::new, |c| grid.shown(row, c).text());
    let mut found = Building { id, sections: Vec::new(), rows: Vec::new(), keys: HashSet::new() };
    let mut group = String::new();
    for line in head.row + 1..grid.rows.len() {
        if let Some((column, error)) = grid.rows[line].iter().enumerate().find_map(|(c, cell)| match cell {
            Cell::Error(error) => Some((c, error.clone())),
            _ => None,
        }) {
            return Err(ListRefused::Formula { place: address(line, column), error });
        }
        let no = grid.at(line, at(&Column::No).unwrap_or(0)).text();
        let no = no.trim_end_matches('.').trim().to_owned();
        let (own, requirement) = (text(line, Some(group_at)), text(line, at(&Column::Requirement)));
        let unit_text = text(line, at(&Column::Units));
        let (due_text, due) = due(grid, line, at(&Column::Due));
        let bare = unit_text.is_empty() && due_text.is_empty();
        if no.is_empty() && own.is_empty() && requirement.is_empty() && bare {
            continue;
        }
        if is_roman(&no) && bare && requirement.is_empty() {
            found.section(&no, &own);
            group.clear();
            continue;
        }
        if !own.is_empty() {
            group = own;
        }
        let heading = bare && requirement.is_empty();
        found.row(Row {
            no: no.clone(),
            number: Some(no).filter(|n| !n.is_empty()),
            section: String::new(),
            title: if requirement.is_empty() { group.clone() } else { requirement.clone() },
            group: group.clone(),
            requirement,
            lead_units: lead_units(&unit_text, units),
            due,
            due_text,
            kind: if heading { Kind::Heading } else { Kind::Task },
            texts: columns
                .iter()
                .map(|(at, column)| (column.id.clone(), text(line, Some(*at))))
                .filter(|(_, words)| !words.is_empty())
                .collect::<BTreeMap<_, _>>(),
            measures: Vec::<Measure>::new(),
            flow: None,
            phase: None,
            stage: None,
            api: None,
            predecessors: Vec::new(),
        });
    }
    let checklist = Checklist::new(found.sections, found.rows);
    if checklist.tasks().next().is_none() || checklist.rows().len() > MOST_ROWS {
        return Err(ListRefused::Rows(checklist.rows().len()));
    }
    Ok(List {
        id: id.to_owned(),
        title: title.to_owned(),
        document: document.to_owned(),
        dated: dated.to_owned(),
        columns: columns.into_iter().map(|(_, column)| column).collect(),
        imported: true,
        checklist,
    })
}

struct Building<'a> {
    id: &'a str,
    sections: Vec<Section>,
    rows: Vec<Row>,
    keys: HashSet<String>,
}

impl Building<'_> {
    fn section(&mut self, number: &str, title: &str) {
        let same = self.sections.iter().filter(|s| s.number == number).count();
        if same == 1
            && let Some(first) = self.sections.iter_mut().find(|s| s.number == number)
        {
            let renamed = format!("{number}.1");
            for row in self.rows.iter_mut().filter(|row| row.section == first.id) {
                row.section.clone_from(&renamed);
            }
            first.id = renamed;
        }
        let id = if same == 0 { number.to_owned() } else { format!("{number}.{}", same + 1) };
        self.sections.push(Section { id, number: number.to_owned(), title: title.to_owned() });
    }

    fn row(&mut self, row: Row) {
        if self.sections.is_empty() {
            self.section("I", "");
        }
        let section = self.sections.last().map(|s| s.id.clone()).unwrap_or_default();
        // A row without a number, or with one that is taken, gets that of the row before it with a letter.
        let before = self.rows.last().map_or("0", |r| crate::lists::label(&r.no));
        let stem = match &row.number {
            Some(number) => number.replace('/', "-"),
            None => before.trim_end_matches(|c: char| c.is_ascii_lowercase()).to_owned(),
        };
        let mut key = stem.clone();
        let mut letters = (b'a'..=b'z').map(char::from);
        let mut more = 1;
        while (row.number.is_none() && key == stem) || self.keys.contains(&fold(&key)) {
            key = match letters.next() {
                Some(letter) => format!("{stem}{letter}"),
                None => {
                    more += 1;
                    format!("{stem}z{more}")
                }
            };
        }
        self.keys.insert(fold(&key));
        self.rows.push(Row { no: format!("{}/{key}", self.id), section, ..row });
    }
}

fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text.split('.').next().is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b"IVXLC".contains(&b)))
}

/// The due date as spelled, and as a day where it can be read.
fn due(grid: &Grid, row: usize, column: Option<usize>) -> (String, Option<NaiveDate>) {
    let Some(column) = column else { return (String::new(), None) };
    match super::value::day(grid.shown(row, column)) {
        Ok(Some(day)) => {
            let cell = grid.shown(row, column);
            let spelled = if matches!(cell, Cell::Text(_)) { cell.text() } else { date(day) };
            (spelled, Some(day))
        }
        Ok(None) => (String::new(), None),
        Err(_) => (grid.shown(row, column).text(), None),
    }
}

/// Units by their full or short names; one that nobody knows stands as it is written.
fn lead_units(text: &str, units: &Units) -> Vec<String> {
    let plain = |name: &str| fold(&name.replace(['–', '—', '-'], " "));
    let mut found: Vec<String> = Vec::new();
    for name in text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        let wanted = plain(name);
        let known = units
            .organisations()
            .iter()
            .find(|u| plain(&u.name) == wanted || plain(&u.short_name) == wanted)
            .map_or_else(|| name.to_owned(), |u| u.id.clone());
        if !found.contains(&known) {
            found.push(known);
        }
    }
    found
}
