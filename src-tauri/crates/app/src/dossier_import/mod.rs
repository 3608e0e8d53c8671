//! Files as a source: exports of dossiers or of figures, looked at, taken as one act, and taken out again.
//!
//! A file is read in walks of bounded memory (`pass`), first to learn what its columns and rows tell of one another, then
//! to take its rows. Nothing of it is kept until somebody confirms what they saw, and never more than the allow-list.

mod feed;
mod history;
mod look;
mod pass;
mod plan;
mod preview;
mod rejects;
mod sealed;
mod take;
mod uploads;
mod view;
mod words;

pub(crate) use history::ENTITY;
pub(crate) use uploads::Uploads;

/// Prefix of the settings that keep how files of a shape are read.
const SHAPES: &str = "import:shape:";
