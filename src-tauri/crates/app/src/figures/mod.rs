//! The overview: tiles, the attention list, and the charts' data.

mod attention;
mod charts;
mod checks;
pub(crate) mod course;
mod dossiers;
mod overview;
mod source_lines;

pub(crate) use charts::{Draft, cannot_draw, theme};
pub(crate) use checks::RULES as COUNT_RULES;
pub(crate) use dossiers::Dossiers;
