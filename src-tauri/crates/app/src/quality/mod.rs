//! Quality of dossier data: what the rules found by rule, system and unit, the records behind each count, and the list that
//! goes to a unit to be mended.

mod files;
mod list;
mod scan;
mod view;
mod wanted;

pub(crate) use scan::{Desk, Scan};
pub(crate) use wanted::Wanted;
