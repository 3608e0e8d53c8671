//! Several checklists side by side: the decision's own, others shipped with the product, and imported ones.
//!
//! A row's key is its number in the main checklist (`17`) and `<list>/<number>` in any other (`da06/3`), so that acts on
//! rows of every list are of one kind. Must not know how a row stands: states come from events.

mod anomalies;
mod file;

use crate::{
    checklist::{Checklist, Row},
    tables::TableError,
    units::Units,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A column of words that the document has beside the task itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable id, as kept in the journal: `a`–`z`, digits and `_`.
    pub id: String,
    /// As the document heads it.
    pub title: String,
}

/// A figure of a row that progresses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Stable id within the row, as kept in the journal.
    pub id: String,
    /// What is counted.
    pub title: String,
    /// Its unit: `%`, `người`.
    pub unit: String,
    /// The value at which it is complete; `None` where the document names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<f64>,
    /// The value the document gives; `None` where it gives none, which is unknown and not 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The words of the document that give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// A checklist with its name, its source and its own columns.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Stable id, part of the keys of its rows.
    pub id: String,
    /// Short title, for the switch.
    pub title: String,
    /// The document it comes from.
    pub document: String,
    /// When that document speaks, as it says it: `10/2025`.
    pub dated: String,
    /// Columns of words, in order.
    pub columns: Vec<Column>,
    /// Brought in from a file; only such a list can be retired.
    pub imported: bool,
    /// Its rows.
    pub checklist: Checklist,
}

impl List {
    /// The column with this id.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }
}

impl Row {
    /// The figure with this id.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// The number as shown beside the row: its key without the list.
    #[must_use]
    pub fn label(&self) -> &str {
        label(&self.no)
    }
}

/// The number in a key, without the list.
#[must_use]
pub fn label(key: &str) -> &str {
    key.split_once('/').map_or(key, |(_, no)| no)
}

/// All checklists of a profile; the main one comes first.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklists {
    main: Arc<List>,
    others: Vec<Arc<List>>,
}

impl Checklists {
    /// The checklists shipped with the product.
    ///
    /// # Errors
    /// When a shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        let units = Units::builtin()?;
        let (main, others) = file::builtin(&units)?;
        Ok(Self { main: Arc::new(main), others: others.into_iter().map(Arc::new).collect() })
    }

    /// The same, and imported lists after them. A list whose id is taken already is left out.
    #[must_use]
    pub fn with(&self, imported: impl IntoIterator<Item = List>) -> Self {
        let mut all = self.clone();
        for list in imported {
            if all.get(&list.id).is_none() {
                all.others.push(Arc::new(list));
            }
        }
        all
    }

    /// Every list, the main one first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<List>> {
        std::iter::once(&self.main).chain(&self.others)
    }

    /// The main list, whose rows have plain keys.
    #[must_use]
    pub fn main(&self) -> &Arc<List> {
        &self.main
    }

    /// The list with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<List>> {
        self.all().find(|list| list.id == id)
    }

    /// The list a key belongs to, whether or not it has such a row.
    #[must_use]
    pub fn of_key(&self, key: &str) -> Option<&Arc<List>> {
        match key.split_once('/') {
            None => Some(&self.main),
            Some((list, _)) => self.others.iter().find(|other| other.id == list),
        }
    }

    /// The row with this key, in whichever list.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.of_key(key)?.checklist.get(key)
    }
}
