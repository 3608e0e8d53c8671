//! A checklist as a table on paper: the decision's columns, and beside them how each task stands.
//!
//! [`Annex::of`] lays out what is written to a file, [`read`] takes words back from one, [`list_of`] reads an annex as a
//! new checklist. Knows cells, not file formats.

mod grid;
mod layout;
mod list;
mod read;
mod value;

pub use grid::{Cell, Grid, address};
pub use layout::{Annex, AnnexRow, Column, RowKind, measure_line, progress_text};
pub use list::{ListRefused, list_of, list_titles};
pub use read::{Fault, FileRefused, Read, ReadRow, Said, read};
