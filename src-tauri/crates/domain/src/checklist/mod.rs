//! The checklist of the decision: its rows, verbatim, with our own reading beside them (`assets/checklist/`).
//!
//! Must not know how a task stands: states come from events ([`crate::task`]) and from sources.

mod anomalies;
mod parse;
mod print;

pub use anomalies::{Anomaly, AnomalyKind};

use crate::{
    lists::Measure,
    observation::{Flow, Stage},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether a row is work or only a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Work, with lead units and a due date.
    Task,
    /// A heading inside a section, with neither.
    Heading,
}

/// A section of the annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Unique id: `I`, `II`, `III`, `IV.1`, `IV.2`.
    pub id: String,
    /// Number as printed; IV is printed twice.
    pub number: String,
    /// Title as printed.
    pub title: String,
}

/// A row of the annex.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Our key: the printed number, or the number before it with a letter (`78a`); with the list before it in every list
    /// but the main one (`da06/3`).
    pub no: String,
    /// The number as printed; `None` for the two tasks without one.
    pub number: Option<String>,
    /// Id of its section.
    pub section: String,
    /// The cell "Nội dung", filled down where it is merged.
    pub group: String,
    /// The cell "Yêu cầu kết quả" verbatim with its ordinal; empty where the annex has none.
    pub requirement: String,
    /// The requirement, or the group where there is none.
    pub title: String,
    /// Ids of the lead units, in the order of the annex; empty for headings.
    pub lead_units: Vec<String>,
    /// Due date; `None` for headings. A plain calendar date, never shifted off a weekend (domain.md §7.2).
    pub due: Option<NaiveDate>,
    /// The due date as spelled in the annex; empty for headings.
    pub due_text: String,
    /// Task or heading.
    pub kind: Kind,
    /// What the document itself says in the list's columns of words, by column; empty cells are left out.
    pub texts: BTreeMap<String, String>,
    /// Figures that progress.
    pub measures: Vec<Measure>,
    /// Our reading: the flow it belongs to.
    pub flow: Option<Flow>,
    /// Our reading: 1 = Security Server, 2 = Agent Node.
    pub phase: Option<u8>,
    /// Our reading: declare or test.
    pub stage: Option<Stage>,
    /// Our reading: the API it builds (`dvcqg.02`).
    pub api: Option<String>,
    /// Our reading: tasks that must be finished first.
    pub predecessors: Vec<String>,
}

/// The whole checklist, in the decision's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    sections: Vec<Section>,
    rows: Vec<Row>,
}

impl Checklist {
    /// A checklist of rows that were checked already: each key once, each in a section.
    #[must_use]
    pub fn new(sections: Vec<Section>, rows: Vec<Row>) -> Self {
        Self { sections, rows }
    }

    /// Every row, headings included, in the decision's order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The actionable tasks, in the decision's order.
    pub fn tasks(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind == Kind::Task)
    }

    /// The sections, in order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The row with this key (`17`, `78a`, `da06/3`).
    #[must_use]
    pub fn get(&self, no: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.no == no)
    }

    /// Tasks that name `no` as a predecessor, in the decision's order.
    pub fn successors<'a>(&'a self, no: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.predecessors.iter().any(|p| p == no))
    }

    /// The tasks that build an API, with its id, in the decision's order.
    pub fn apis(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.rows.iter().filter_map(|row| row.api.as_deref().map(|api| (api, row)))
    }

    /// Name of an API as the decision gives it, without the ordinal (`API Khởi tạo hồ sơ bộ, ngành`).
    #[must_use]
    pub fn api_name(&self, api: &str) -> Option<&str> {
        let (_, row) = self.apis().find(|(id, _)| *id == api)?;
        let name = row.title.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        Some(match name {
            Some((ordinal, name)) if ordinal.bytes().all(|b| b.is_ascii_digit()) => name.trim_start(),
            _ => &row.title,
        })
    }
}
