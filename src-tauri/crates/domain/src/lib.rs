//! The field's own types and rules; pure: no I/O, no async, no clock of its own.
//!
//! Everything here takes the moment and the data as arguments, so that the rules can be tested as tables.

pub mod act;
pub mod observation;
pub mod roles;
pub mod task;
pub mod time;
