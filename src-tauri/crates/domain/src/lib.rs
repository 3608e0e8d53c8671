//! The field's own types and rules; pure: no I/O, no async, no clock of its own.
//!
//! Everything here takes the moment and the data as arguments, so that the rules can be tested as tables.

pub mod act;
pub mod annex;
pub mod bars;
pub mod calendar;
pub mod chain;
pub mod checklist;
pub mod compare;
pub mod conflict;
pub mod dossier;
pub mod evidence;
pub mod figures;
pub mod freshness;
pub mod hours;
pub mod import;
pub mod indicators;
pub mod lateness;
pub mod lists;
pub mod milestones;
pub mod observation;
pub mod obstacle;
pub mod operation;
pub mod party;
pub mod plan;
pub mod proof;
pub mod quality;
pub mod rag;
pub mod report;
pub mod response;
pub mod roles;
pub mod tables;
pub mod task;
#[cfg(test)]
mod testing;
pub mod text;
pub mod time;
pub mod units;
