//! The overview: tiles, the attention list, and the charts' data.

mod attention;
mod charts;
mod checks;
mod dossiers;
mod overview;
mod source_lines;

pub(crate) use charts::{Draft, cannot_draw};
pub(crate) use dossiers::Dossiers;
