//! Several checklists beside the decision's own: which there are, and their rows.
//!
//! A task's key tells its list (`17`, `da06/3`), so every command on a task works on all of them.

mod adopt;
mod catalogue;
mod export;
mod file;
mod fill;
mod import;

pub(crate) use file::{Carried, open};
pub(crate) use fill::{measures, text_of, texts};

use crate::{
    App,
    wire::{ColumnView, ErrorCode, ListLink, ListView, WireError},
};
use pvhcc_domain::{
    checklist::Row,
    lists::{Checklists, List},
};
use std::sync::{Arc, PoisonError};

impl App {
    /// All checklists as they are now.
    pub(crate) fn checklists(&self) -> Arc<Checklists> {
        Arc::clone(&self.0.lists.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The row with this key, in whichever list.
    pub(crate) fn row(&self, key: &str) -> Option<Row> {
        self.checklists().row(key).cloned()
    }

    /// The list asked for; without an id the main one.
    pub(crate) fn list(&self, id: Option<&str>) -> Result<Arc<List>, WireError> {
        let lists = self.checklists();
        match id {
            None => Ok(Arc::clone(lists.main())),
            Some(id) => lists.get(id).cloned().ok_or_else(|| {
                WireError::new(
                    ErrorCode::NotFound,
                    format!("Không có danh mục “{id}”: đã thôi theo dõi, hoặc chưa nhập vào máy này."),
                )
            }),
        }
    }

    pub(crate) fn list_view(&self, list: &List) -> ListView {
        ListView {
            id: list.id.clone(),
            title: list.title.clone(),
            document: list.document.clone(),
            main: list.id == self.checklists().main().id,
            imported: list.imported,
            columns: list
                .columns
                .iter()
                .map(|c| ColumnView { id: c.id.clone(), title: c.title.clone() })
                .collect(),
            measured: list.checklist.rows().iter().any(|row| !row.measures.is_empty()),
        }
    }

    pub(crate) fn list_links(&self) -> Vec<ListLink> {
        let tasks = |list: &List| u32::try_from(list.checklist.tasks().count()).unwrap_or(u32::MAX);
        let link = |list: &Arc<List>| ListLink {
            id: list.id.clone(),
            title: list.title.clone(),
            tasks: tasks(list),
        };
        self.checklists().all().map(link).collect()
    }
}
