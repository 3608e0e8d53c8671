//! Dossiers as records: what a source says of one, where it stood on any day, and the figures of domain.md §3.1 counted
//! from them (definitions: §3.3).
//!
//! Must not know where records come from or how they are kept, and knows no personal data: a [`Version`] has the fields
//! of the allow-list (design §3) and no others.
//!
//! Two times are kept apart. *When it happened* is read from the dates of a dossier, so that the past is counted by
//! what is known now. *When it was known* is the validity of versions; [`Life::known_at`] takes the versions known at
//! a moment.

mod cube;
mod day;
mod fields;
mod life;
mod record;
mod row;
pub mod systems;
mod view;

pub use cube::{Change, Cube, DossierId};
pub use day::Day;
pub use fields::{Payment, Record, ServiceLevel};
pub use life::{Life, Outcome, Span, State};
pub use record::{Channel, Status, StatusClass, Version};
pub use row::Group;
pub use view::{CellFigures, Figure, Period, View};

#[cfg(test)]
mod cube_tests;
#[cfg(test)]
mod life_tests;
#[cfg(test)]
mod oracle_tests;
