//! Progress read from a sheet: what each row says that differs from how its task stands, and every row not taken.
//!
//! A blank cell says nothing: it never clears. Columns that are not there say nothing either, so a colleague may send only
//! some. A row with one wrong cell is not taken at all, and everything wrong in it is said.

use super::{
    grid::{Cell, Grid, address},
    layout::{Column, progress_text},
    value::{day, figures, status},
};
use crate::{
    checklist::{Kind, Row},
    lists::{List, label},
    task::{TaskState, TaskStatus},
    text::{date, fold},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Rows looked at for the headings.
const HEAD_ROWS: usize = 30;

/// One thing a row says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A status with what belongs to it.
    Status {
        /// The status.
        status: TaskStatus,
        /// The day it was done.
        done_on: Option<NaiveDate>,
        /// The remark.
        note: Option<String>,
        /// Why it is called done though nothing shows it.
        without_evidence: Option<String>,
    },
    /// A due date that a document allows.
    Due {
        /// The day.
        due: NaiveDate,
        /// The document.
        document: String,
    },
    /// The expected day.
    Expected(NaiveDate),
    /// Words of a column.
    Text {
        /// Id of the column.
        column: String,
        /// The words.
        text: String,
    },
    /// A figure.
    Measure {
        /// Id of the figure.
        measure: String,
        /// Its value.
        value: f64,
        /// The day it was true.
        as_of: NaiveDate,
        /// Where it comes from.
        source: String,
    },
}

/// A row that says something new.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// Key of the task.
    pub key: String,
    /// Row of the sheet, from 1.
    pub line: usize,
    /// What it says that differs, each with the place it stands at (`F17`).
    pub said: Vec<(Said, String)>,
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Row of the sheet, from 1.
    pub line: usize,
    /// The cell: `F17`.
    pub place: String,
    /// What stands in the column of numbers.
    pub no: String,
    /// Why, in Vietnamese.
    pub reason: String,
}

/// A sheet read against a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// Rows that say something new, in the order of the sheet.
    pub rows: Vec<ReadRow>,
    /// Rows not taken, in the order of the sheet.
    pub faults: Vec<Fault>,
    /// Rows of tasks that say what stands already.
    pub same: usize,
    /// Headings of columns that mean nothing here.
    pub ignored: Vec<String>,
}

/// A sheet that is not this table at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    /// No row of headings with a column of numbers among the first 30.
    #[error("no headings")]
    NoHeadings,
    /// A heading stands twice: which column counts is unknown.
    #[error("heading `{heading}` at {first} and {second}")]
    TwoColumns {
        /// The heading.
        heading: String,
        /// Where first.
        first: String,
        /// Where again.
        second: String,
    },
    /// Headings, but none of a column that says how a task stands.
    #[error("nothing to import")]
    NoProgress,
}

/// Which columns stand where, and the row of the headings.
pub(super) struct Head {
    pub(super) row: usize,
    pub(super) columns: BTreeMap<Column, usize>,
    /// Places and headings of columns that were not asked for.
    pub(super) others: Vec<(usize, String)>,
}

/// Finds the headings of `wanted`, given with their titles.
pub(super) fn head(grid: &Grid, wanted: &[(Column, String)]) -> Result<Head, FileRefused> {
    let mut names: HashMap<String, &Column> = HashMap::new();
    for (column, title) in wanted {
        names.insert(fold(title), column);
    }
    for (column, _) in wanted {
        for name in column.also() {
            names.entry((*name).to_owned()).or_insert(column);
        }
    }
    for row in 0..grid.rows.len().min(HEAD_ROWS) {
        let cells = || grid.rows[row].iter().enumerate().map(|(at, cell)| (at, cell.text()));
        let known =
            cells().filter_map(|(at, text)| Some((at, *names.get(&fold(&text))?))).collect::<Vec<_>>();
        // One cell that happens to be a heading is no row of headings.
        if known.len() < 2 || !known.iter().any(|(_, column)| **column == Column::No) {
            continue;
        }
        let mut columns: BTreeMap<Column, usize> = BTreeMap::new();
        for (at, column) in known {
            if let Some(first) = columns.insert(column.clone(), at) {
                return Err(FileRefused::TwoColumns {
                    heading: grid.at(row, at).text(),
                    first: address(row, first),
                    second: address(row, at),
                });
            }
        }
        let others =
            cells().filter(|(at, text)| !text.is_empty() && !columns.values().any(|c| c == at)).collect();
        return Ok(Head { row, columns, others });
    }
    Err(FileRefused::NoHeadings)
}

/// Reads a sheet against a list and how its tasks stand.
///
/// # Errors
/// The sheet is not this table: see [`FileRefused`].
pub fn read(grid: &Grid, list: &List, states: &BTreeMap<String, TaskState>) -> Result<Read, FileRefused> {
    let wanted: Vec<(Column, String)> =
        Column::of(list).into_iter().map(|column| (column.clone(), column.title(list))).collect();
    let head = head(grid, &wanted)?;
    let progress = |column: &Column| {
        !matches!(
            column,
            Column::No | Column::Group | Column::Requirement | Column::Units | Column::Due | Column::Proof
        )
    };
    if !head.columns.keys().any(progress) {
        return Err(FileRefused::NoProgress);
    }
    let mut by_number: HashMap<String, &Row> = HashMap::new();
    for row in list.checklist.rows() {
        by_number.insert(fold(row.label()), row);
    }
    let nobody = TaskState::default();
    let mut found =
        Read { ignored: head.others.iter().map(|(_, text)| text.clone()).collect(), ..Read::default() };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for line in head.row + 1..grid.rows.len() {
        let sheet = SheetRow { grid, line, columns: &head.columns };
        let says = head.columns.keys().any(|c| progress(c) && !sheet.cell(c).is_blank());
        let no = sheet.cell(&Column::No).text();
        let mut fault = |column: &Column, reason: String| {
            found.faults.push(Fault { line: line + 1, place: sheet.place(column), no: no.clone(), reason });
        };
        if let Cell::Error(error) = sheet.cell(&Column::No) {
            fault(&Column::No, format!("ô số thứ tự có công thức lỗi {error}"));
            continue;
        }
        let known = by_number.get(&fold(no.trim_end_matches('.'))).copied();
        let Some(row) = known.filter(|row| row.kind == Kind::Task) else {
            let section = list.checklist.sections().iter().any(|s| s.number == no || s.id == no);
            if says {
                fault(&Column::No, not_a_task(&no, known.is_some() || section));
            } else if !no.is_empty() && known.is_none() && !section && !sheet.is_empty_but_number() {
                fault(&Column::No, not_a_task(&no, false));
            }
            continue;
        };
        if let Some(first) = seen.insert(&row.no, line + 1) {
            fault(&Column::No, format!("số {no} đã có ở dòng {first}; chỉ dòng đầu được nhận"));
            seen.insert(&row.no, first);
            continue;
        }
        let state = states.get(&row.no).unwrap_or(&nobody);
        match sheet.says(list, row, state) {
            Ok(said) if said.is_empty() => found.same += 1,
            Ok(said) => found.rows.push(ReadRow { key: row.no.clone(), line: line + 1, said }),
            Err(problems) => {
                for (column, reason) in problems {
                    fault(&column, reason);
                }
            }
        }
    }
    Ok(found)
}

fn not_a_task(no: &str, heading: bool) -> String {
    match (no, heading) {
        ("", _) => "có nội dung tiến độ nhưng không có số thứ tự".to_owned(),
        (no, true) => format!("{no} là tiêu đề, không phải nhiệm vụ"),
        (no, false) => format!("không có nhiệm vụ số {no} trong danh mục"),
    }
}

/// One row of the sheet.
struct SheetRow<'a> {
    grid: &'a Grid,
    line: usize,
    columns: &'a BTreeMap<Column, usize>,
}

type Problems = Vec<(Column, String)>;

impl SheetRow<'_> {
    /// The cell of a column; a column that is not there is blank.
    fn cell(&self, column: &Column) -> &Cell {
        self.columns.get(column).map_or(&Cell::Empty, |at| self.grid.at(self.line, *at))
    }

    fn place(&self, column: &Column) -> String {
        self.columns.get(column).map_or_else(String::new, |at| address(self.line, *at))
    }

    /// Nothing but a number, or words below the table that happen to stand in its column.
    fn is_empty_but_number(&self) -> bool {
        let number = self.columns.get(&Column::No);
        let cells = self.grid.rows[self.line].iter().enumerate();
        cells.into_iter().all(|(at, cell)| Some(&at) == number || cell.is_blank())
    }

    fn says(&self, list: &List, row: &Row, state: &TaskState) -> Result<Vec<(Said, String)>, Problems> {
        let mut problems: Problems = Vec::new();
        for column in self.columns.keys().filter(|c| **c != Column::Proof) {
            if let Cell::Error(error) = self.cell(column) {
                problems.push((column.clone(), format!("công thức lỗi {error}")));
            }
        }
        for (column, ours) in [(Column::Group, &row.group), (Column::Requirement, &row.requirement)] {
            let theirs = match self.columns.get(&column) {
                Some(at) => self.grid.shown(self.line, *at).text(),
                None => continue,
            };
            if !theirs.is_empty() && fold(&theirs) != fold(ours) && problems.is_empty() {
                let reason = format!(
                    "số {} trong tệp là “{}”, khác danh mục: “{}”",
                    label(&row.no),
                    brief(&theirs),
                    brief(ours)
                );
                problems.push((column, reason));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut said: Vec<(Said, String)> = Vec::new();
        for found in [self.status(row, state), self.due(state), self.expected(state)] {
            match found {
                Ok(more) => said.extend(more),
                Err(problem) => problems.push(problem),
            }
        }
        said.extend(self.texts(list, row, state));
        match self.figures(row, state) {
            Ok(more) => said.extend(more),
            Err(problem) => problems.push(problem),
        }
        if problems.is_empty() { Ok(said) } else { Err(problems) }
    }

    fn day(&self, column: Column) -> Result<Option<NaiveDate>, (Column, String)> {
        day(self.cell(&column)).map_err(|reason| (column, reason))
    }

    fn words(&self, column: &Column) -> Option<String> {
        Some(self.cell(column).text()).filter(|text| !text.is_empty())
    }

    fn status(&self, row: &Row, state: &TaskState) -> Result<Option<(Said, String)>, (Column, String)> {
        let told = self.words(&Column::Status).map(|text| status(&text)).transpose();
        let told = told.map_err(|reason| (Column::Status, reason))?;
        let new = told.unwrap_or(state.status);
        let done_on = self.day(Column::DoneOn)?;
        let (note, reason) = (self.words(&Column::Note), self.words(&Column::WithoutEvidence));
        let moved = new != state.status;
        let stands = |column: &Column| progress_text(column, row, state);
        let differs = |column: &Column, told: &Option<String>| told.is_some() && *told != stands(column);
        if !moved
            && (done_on.is_none() || done_on == state.done_on)
            && !differs(&Column::Note, &note)
            && !differs(&Column::WithoutEvidence, &reason)
        {
            return Ok(None);
        }
        // What a blank cell does not say stays, while the status stays.
        let keep =
            |told: Option<String>, old: &Option<String>| told.or_else(|| old.clone().filter(|_| !moved));
        let done_on = done_on.or(state.done_on.filter(|_| !moved));
        match (new, done_on) {
            (TaskStatus::Done, None) => {
                return Err((Column::Status, "báo xong mà không có ngày xong".to_owned()));
            }
            (TaskStatus::Done, _) | (_, None) => {}
            (_, Some(day)) => {
                let reason = format!("có ngày xong {} nhưng trạng thái là “{}”", date(day), new.words());
                return Err((Column::DoneOn, reason));
            }
        }
        let said = Said::Status {
            status: new,
            done_on,
            note: keep(note, &state.note),
            without_evidence: keep(reason, &state.without_evidence),
        };
        let at = if moved {
            Column::Status
        } else if differs(&Column::Note, &self.words(&Column::Note)) {
            Column::Note
        } else {
            Column::DoneOn
        };
        Ok(Some((said, self.place(&at))))
    }

    fn due(&self, state: &TaskState) -> Result<Option<(Said, String)>, (Column, String)> {
        let (due, document) = (self.day(Column::ChangedDue)?, self.words(&Column::DueDocument));
        let old = state.changed_due.as_ref();
        let stands =
            |document: &String| old.is_some_and(|(_, d)| Cell::words(d.as_str()).text() == *document);
        let same_day = due.is_none() || due == old.map(|(day, _)| *day);
        if same_day && document.as_ref().is_none_or(stands) {
            return Ok(None);
        }
        let Some(due) = due.or(old.map(|(day, _)| *day)) else {
            return Err((Column::DueDocument, "có văn bản đổi hạn mà không có hạn điều chỉnh".to_owned()));
        };
        let Some(document) = document.filter(|d| !stands(d) || same_day) else {
            return Err((
                Column::ChangedDue,
                format!("đổi hạn thành {} mà không ghi văn bản mới", date(due)),
            ));
        };
        Ok(Some((Said::Due { due, document }, self.place(&Column::ChangedDue))))
    }

    fn expected(&self, state: &TaskState) -> Result<Option<(Said, String)>, (Column, String)> {
        let expected = self.day(Column::Expected)?.filter(|day| Some(*day) != state.expected);
        Ok(expected.map(|day| (Said::Expected(day), self.place(&Column::Expected))))
    }

    fn texts(&self, list: &List, row: &Row, state: &TaskState) -> Vec<(Said, String)> {
        let mut said = Vec::new();
        for column in &list.columns {
            let at = Column::Text(column.id.clone());
            if let Some(text) = self.words(&at)
                && progress_text(&at, row, state).unwrap_or_default() != text
            {
                said.push((Said::Text { column: column.id.clone(), text }, self.place(&at)));
            }
        }
        said
    }

    fn figures(&self, row: &Row, state: &TaskState) -> Result<Vec<(Said, String)>, (Column, String)> {
        let wrong = |reason: String| (Column::Measures, reason);
        let mut said = Vec::new();
        for figure in figures(row, &self.cell(&Column::Measures).text()).map_err(wrong)? {
            let told = state.measures.get(&figure.measure);
            let Some((as_of, source)) = figure.told else {
                let stands = told.map(|t| t.value).or(row.measure(&figure.measure).and_then(|m| m.value));
                if stands == Some(figure.value) {
                    continue;
                }
                let form = "số liệu mới cần ngày và nguồn: “Chỉ tiêu: 68,73 % · 31/10/2025 · nguồn”";
                return Err(wrong(form.to_owned()));
            };
            let same = told.is_some_and(|t| {
                t.value.to_bits() == figure.value.to_bits()
                    && t.as_of == as_of
                    && Cell::words(t.source.as_str()).text() == source
            });
            if !same {
                let measure = figure.measure;
                said.push((
                    Said::Measure { measure, value: figure.value, as_of, source },
                    self.place(&Column::Measures),
                ));
            }
        }
        Ok(said)
    }
}

/// The beginning of a text, for a message.
fn brief(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
