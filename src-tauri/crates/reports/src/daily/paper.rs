//! A report before it is a file: what stands where, in words and figures.
//!
//! Must not know how files are written.

use super::Picture;
use crate::{about::Section, layout::UNKNOWN, table::Datum};
use pvhcc_domain::{text, time::Ms};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// A composed report; [`docx`](Self::docx), [`pdf`](Self::pdf) and [`xlsx`](Self::xlsx) make the files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paper {
    /// Title of the file: type, what it is on and the period.
    pub(crate) title: String,
    /// As of when the figures stand; the files carry no other time.
    #[serde(skip)]
    pub(crate) at: Ms,
    /// Mark of the training profile, on every page; `None` on an official report.
    pub(crate) mark: Option<String>,
    /// Head of the first page.
    pub(crate) lead: Lead,
    /// From the opening sentence to the closing one.
    pub(crate) body: Vec<Block>,
    /// Signature and recipients.
    pub(crate) end: End,
    /// Each on pages of its own, across.
    pub(crate) annexes: Vec<Annex>,
    /// Foot of every annex: what the report rests on, to be verified.
    pub(crate) foot: Vec<String>,
    /// The same in what the printed foot of a workbook takes (255 letters).
    #[serde(skip)]
    pub(crate) foot_short: Vec<String>,
    /// The same on a sheet of the workbook, with what limits the figures.
    #[serde(skip)]
    pub(crate) about: Vec<Section>,
}

/// Ô 1 to 5a and 9a of the layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Lead {
    /// Cơ quan chủ quản, a line each; empty for none.
    pub(crate) parent: Vec<String>,
    /// Cơ quan ban hành, a line each.
    pub(crate) agency: Vec<String>,
    /// `Số: 05/BC-…`, or with room for the number.
    pub(crate) number: String,
    /// `Gia Lai, ngày 29 tháng 5 năm 2026`, or with room for the day.
    pub(crate) place: String,
    /// Tên loại.
    pub(crate) kind: String,
    /// Trích yếu, a line each.
    pub(crate) subject: Vec<String>,
    /// Kính gửi; empty leaves it out.
    pub(crate) addressees: Vec<String>,
}

/// Ô 7 and 9b.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct End {
    /// Lines above the signature.
    pub(crate) signature: Vec<String>,
    /// Name of the signer; empty in a draft.
    pub(crate) signer: String,
    /// Nơi nhận, with their dashes and signs.
    pub(crate) recipients: Vec<String>,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// `I. KẾT QUẢ TRIỂN KHAI`.
    Part {
        /// As printed.
        text: String,
    },
    /// `1. Tiến độ chung`.
    Clause {
        /// As printed.
        text: String,
    },
    /// A paragraph.
    Text {
        /// As printed.
        text: String,
    },
    /// What limits the figures around it, in italics.
    Note {
        /// As printed.
        text: String,
    },
    /// A line of a list, without its dash.
    Item {
        /// As printed.
        text: String,
    },
    /// A table.
    Grid(Grid),
    /// A chart.
    Chart {
        /// Its finding: the line under it, and what is read out in its place.
        text: String,
        /// The chart.
        #[serde(serialize_with = "svg")]
        picture: Picture,
    },
}

impl Block {
    pub(crate) fn part(text: impl Into<String>) -> Self {
        Self::Part { text: text.into() }
    }

    pub(crate) fn clause(text: impl Into<String>) -> Self {
        Self::Clause { text: text.into() }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }

    /// Whether what follows belongs to it, and must not be parted from it by the end of a page.
    pub(crate) fn introduces(&self) -> bool {
        matches!(self, Self::Text { text } | Self::Note { text } if text.ends_with(':'))
    }

    pub(crate) fn item(text: impl Into<String>) -> Self {
        Self::Item { text: text.into() }
    }
}

/// A table of the report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// From left to right.
    pub(crate) columns: Vec<Column>,
    /// From top to bottom.
    pub(crate) rows: Vec<Line>,
}

/// A cell as it is laid out on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Laid {
    /// As printed.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) side: Side,
    /// How many columns it takes: a heading runs over the empty cells at its right.
    pub(crate) span: usize,
}

impl Grid {
    /// The cells of a row on paper.
    pub(crate) fn laid(&self, line: &Line) -> Vec<Laid> {
        let empty = |cell: &&Datum| matches!(cell, Datum::Text(text) if text.is_empty());
        let open = if line.strong { line.cells.iter().rev().take_while(empty).count() } else { 0 };
        let last = line.cells.len().saturating_sub(open + 1);
        let cells = line.cells.iter().zip(&self.columns).take(last + 1).enumerate();
        cells
            .map(|(at, (cell, column))| Laid {
                text: shown(cell),
                side: side(cell, column),
                span: if at == last { open + 1 } else { 1 },
            })
            .collect()
    }
}

impl Serialize for Grid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// A row as the template takes it.
        #[derive(Serialize)]
        struct Row {
            strong: bool,
            cells: Vec<Laid>,
        }
        let row = |line: &Line| Row { strong: line.strong, cells: self.laid(line) };
        let mut grid = serializer.serialize_struct("Grid", 2)?;
        grid.serialize_field("columns", &self.columns)?;
        grid.serialize_field("rows", &self.rows.iter().map(row).collect::<Vec<_>>())?;
        grid.end()
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Column {
    /// Heading.
    pub(crate) heading: String,
    /// Width: characters in a workbook, its share of the page on paper.
    pub(crate) width: f64,
    /// Where its texts stand; figures stand at the right and days in the middle of every column.
    pub(crate) side: Side,
}

impl Column {
    pub(crate) fn new(heading: &str, width: f64) -> Self {
        Self { heading: heading.into(), width, side: Side::Left }
    }

    /// Numbers of rows and the like.
    pub(crate) fn middle(heading: &str, width: f64) -> Self {
        Self { side: Side::Center, ..Self::new(heading, width) }
    }

    /// Figures that are texts, with their units.
    pub(crate) fn figures(heading: &str, width: f64) -> Self {
        Self { side: Side::Right, ..Self::new(heading, width) }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// A heading within the table, or a total: bold.
    pub(crate) strong: bool,
    /// As many as there are columns; of a heading the empty ones at the end are one with its text.
    pub(crate) cells: Vec<Datum>,
}

impl Line {
    pub(crate) fn plain(cells: Vec<Datum>) -> Self {
        Self { strong: false, cells }
    }

    pub(crate) fn strong(cells: Vec<Datum>) -> Self {
        Self { strong: true, cells }
    }
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Annex {
    /// `Phụ lục I`.
    pub(crate) label: String,
    /// Title, capitals, a line each.
    pub(crate) title: Vec<String>,
    /// What it came with: `(Kèm theo Báo cáo số …)`.
    pub(crate) with: String,
    /// What must be said before the table.
    pub(crate) notes: Vec<String>,
    /// The table.
    pub(crate) grid: Grid,
    /// Said in place of the table when it has no rows.
    pub(crate) empty: String,
    /// Size of its letters on paper, points.
    pub(crate) size: f64,
    /// Name of its sheet.
    pub(crate) sheet: String,
    /// Leading columns that stay in view in the workbook.
    pub(crate) frozen: u16,
}

/// A cell as it is printed, Vietnamese.
pub(crate) fn shown(cell: &Datum) -> String {
    let known = match cell {
        Datum::Text(text) => return text.clone(),
        Datum::Count(n) => n.map(count),
        Datum::Difference(n) => {
            n.map(|n| if n > 0 { format!("+{}", text::number(n)) } else { text::number(n) })
        }
        Datum::Rate(fraction) => fraction.map(|f| text::percent(f, 2)),
        Datum::Day(day) => day.map(text::date),
        Datum::Instant(at) => at.map(text::instant),
    };
    known.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// A count with points between the thousands.
pub(crate) fn count(n: u64) -> String {
    text::number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Where a cell stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    /// Texts.
    Left,
    /// Days, and texts of a column that has them in the middle.
    Center,
    /// Figures.
    Right,
}

/// Where a cell stands.
pub(crate) fn side(cell: &Datum, column: &Column) -> Side {
    match cell {
        Datum::Text(_) => column.side,
        Datum::Day(_) | Datum::Instant(_) => Side::Center,
        Datum::Count(_) | Datum::Difference(_) | Datum::Rate(_) => Side::Right,
    }
}

fn svg<S: Serializer>(picture: &Picture, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&picture.svg)
}
