//! What is written: columns in order, and the cells of every row.

use super::grid::{Cell, clean};
use crate::{
    checklist::{Kind, Row},
    lists::{List, Measure},
    task::TaskState,
    text::date,
    time::Ms,
    units::Units,
};
use std::collections::BTreeMap;

/// A column of the annex: the decision's five, then how tasks stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Number.
    No,
    /// The cell that groups tasks.
    Group,
    /// What must be there.
    Requirement,
    /// Lead units.
    Units,
    /// The decision's due date.
    Due,
    /// Status.
    Status,
    /// The day it was done.
    DoneOn,
    /// Remark that came with the status.
    Note,
    /// Why it is called done though nothing shows it.
    WithoutEvidence,
    /// A due date that a document allows.
    ChangedDue,
    /// That document.
    DueDocument,
    /// Expected day.
    Expected,
    /// A column of words of the list, by its id.
    Text(String),
    /// Figures that progress, one a line.
    Measures,
    /// What the program concluded about the proof; never read back.
    Proof,
}

impl Column {
    /// The columns of a list, in order.
    #[must_use]
    pub fn of(list: &List) -> Vec<Self> {
        let mut all = vec![Self::No, Self::Group, Self::Requirement, Self::Units, Self::Due];
        all.extend(list.columns.iter().map(|c| Self::Text(c.id.clone())));
        if list.checklist.rows().iter().any(|row| !row.measures.is_empty()) {
            all.push(Self::Measures);
        }
        all.extend([
            Self::Status,
            Self::DoneOn,
            Self::Note,
            Self::WithoutEvidence,
            Self::ChangedDue,
            Self::DueDocument,
            Self::Expected,
            Self::Proof,
        ]);
        all
    }

    /// How the column is headed.
    #[must_use]
    pub fn title(&self, list: &List) -> String {
        match self {
            Self::No => "TT",
            Self::Group => "Nội dung",
            Self::Requirement => "Yêu cầu kết quả",
            Self::Units => "Đơn vị chủ trì",
            Self::Due => "Ngày hoàn thành",
            Self::Status => "Trạng thái",
            Self::DoneOn => "Ngày xong",
            Self::Note => "Ghi chú",
            Self::WithoutEvidence => "Lý do chưa có minh chứng",
            Self::ChangedDue => "Hạn điều chỉnh",
            Self::DueDocument => "Văn bản đổi hạn",
            Self::Expected => "Dự kiến xong",
            Self::Text(id) => list.column(id).map_or(id, |c| &c.title),
            Self::Measures => "Chỉ tiêu tiến độ",
            Self::Proof => "Minh chứng",
        }
        .to_owned()
    }

    /// Other headings that colleagues use for it, folded.
    pub(super) fn also(&self) -> &'static [&'static str] {
        match self {
            Self::No => &["stt", "so tt", "so thu tu"],
            Self::Group => &["noi dung nhiem vu", "nhiem vu"],
            Self::Requirement => &["yeu cau", "ket qua yeu cau"],
            Self::Units => &["chu tri", "co quan chu tri"],
            Self::Due => &["han hoan thanh", "thoi han", "han", "thoi gian hoan thanh"],
            Self::Status => &["tinh trang"],
            Self::DoneOn => &["ngay xong thuc te", "ngay hoan thanh thuc te"],
            Self::Expected => &["ngay du kien", "du kien hoan thanh"],
            Self::Measures => &["chi tieu"],
            Self::Note
            | Self::WithoutEvidence
            | Self::ChangedDue
            | Self::DueDocument
            | Self::Text(_)
            | Self::Proof => &[],
        }
    }
}

/// What a row of the annex is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Heading of a section.
    Section,
    /// Heading inside a section.
    Heading,
    /// A task.
    Task,
}

/// A row of the annex.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnexRow {
    /// What it is.
    pub kind: RowKind,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// A checklist ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Annex {
    /// Title of the list.
    pub title: String,
    /// The document it comes from.
    pub document: String,
    /// When what it says was last changed; the file carries no other time.
    pub as_of: Ms,
    /// The columns.
    pub columns: Vec<Column>,
    /// Their headings.
    pub headings: Vec<String>,
    /// Every row, sections among them.
    pub rows: Vec<AnnexRow>,
}

impl Annex {
    /// Lays a list out. `proof` says in words what the program concluded about a task, by its key.
    #[must_use]
    pub fn of(
        list: &List,
        states: &BTreeMap<String, TaskState>,
        units: &Units,
        proof: &dyn Fn(&str) -> String,
        as_of: Ms,
    ) -> Self {
        let columns = Column::of(list);
        let nobody = TaskState::default();
        let mut rows = Vec::with_capacity(list.checklist.rows().len() + list.checklist.sections().len());
        for section in list.checklist.sections() {
            let head = columns.iter().map(|column| match column {
                Column::No => number_cell(&section.number),
                Column::Group => Cell::words(&section.title),
                _ => Cell::Empty,
            });
            rows.push(AnnexRow { kind: RowKind::Section, cells: head.collect() });
            for row in list.checklist.rows().iter().filter(|row| row.section == section.id) {
                let state = states.get(&row.no).unwrap_or(&nobody);
                let kind = if row.kind == Kind::Task { RowKind::Task } else { RowKind::Heading };
                let cells = columns.iter().map(|column| cell(column, row, state, units, proof)).collect();
                rows.push(AnnexRow { kind, cells });
            }
        }
        let headings = columns.iter().map(|column| column.title(list)).collect();
        Self { title: list.title.clone(), document: list.document.clone(), as_of, columns, headings, rows }
    }
}

fn number_cell(number: &str) -> Cell {
    match number.parse::<u32>() {
        // A number with a leading zero is a word.
        Ok(n) if n.to_string() == number => Cell::Number(f64::from(n)),
        _ => Cell::words(number),
    }
}

fn cell(
    column: &Column,
    row: &Row,
    state: &TaskState,
    units: &Units,
    proof: &dyn Fn(&str) -> String,
) -> Cell {
    let is_task = row.kind == Kind::Task;
    match column {
        Column::No => number_cell(row.label()),
        Column::Group => Cell::words(&row.group),
        Column::Requirement => Cell::words(&row.requirement),
        Column::Units => {
            Cell::words(row.lead_units.iter().map(|id| units.name(id)).collect::<Vec<_>>().join("; "))
        }
        // A date spelled otherwise stays as it is spelled.
        Column::Due => match row.due.filter(|due| date(*due) == row.due_text) {
            Some(due) => Cell::Day(due),
            None => Cell::words(&row.due_text),
        },
        Column::Proof if is_task => Cell::words(proof(&row.no)),
        Column::Measures => {
            Cell::words(row.measures.iter().map(|m| measure_line(m, state)).collect::<Vec<_>>().join("\n"))
        }
        Column::DoneOn => state.done_on.map_or(Cell::Empty, Cell::Day),
        Column::ChangedDue => state.changed_due.as_ref().map_or(Cell::Empty, |(due, _)| Cell::Day(*due)),
        Column::Expected => state.expected.map_or(Cell::Empty, Cell::Day),
        words => progress_text(words, row, state).map_or(Cell::Empty, Cell::words),
    }
}

/// The words that stand in a column of words, as any file can hold them; `None` for the other columns.
#[must_use]
pub fn progress_text(column: &Column, row: &Row, state: &TaskState) -> Option<String> {
    let text = match column {
        Column::Status if row.kind == Kind::Task => state.status.words(),
        Column::Note => state.note.as_deref()?,
        Column::WithoutEvidence => state.without_evidence.as_deref()?,
        Column::DueDocument => state.changed_due.as_ref()?.1.as_str(),
        Column::Text(id) => state.texts.get(id).or_else(|| row.texts.get(id))?,
        _ => return None,
    };
    Some(clean(text))
}

/// A figure as one line: `Tỷ lệ số hóa hồ sơ: 68,73 % · 31/10/2025 · Báo cáo số 12`; without day and source where the
/// document's own value stands, `chưa có số liệu` where there is none.
#[must_use]
pub fn measure_line(measure: &Measure, state: &TaskState) -> String {
    let number = |value: f64| value.to_string().replace('.', ",");
    let (title, unit) = (&measure.title, &measure.unit);
    match (state.measures.get(&measure.id), measure.value) {
        (Some(told), _) => {
            format!("{title}: {} {unit} · {} · {}", number(told.value), date(told.as_of), clean(&told.source))
        }
        (None, Some(value)) => format!("{title}: {} {unit}", number(value)),
        (None, None) => format!("{title}: {NO_FIGURE}"),
    }
}

/// Stands for a figure that nobody has given.
pub(super) const NO_FIGURE: &str = "chưa có số liệu";
