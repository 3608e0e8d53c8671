//! The operation: live watch, alerts, incidents, runs, duty, readiness and registers.

mod alerts;
mod around;
mod book_parts;
mod duty;
mod handover;
mod incident_acts;
mod incidents;
mod readiness;
mod registers;
mod rehearsal;
mod replay;
mod run_acts;
mod runbooks;
mod runs;
mod tables;
mod watch;

pub use alerts::*;
pub use around::*;
pub use book_parts::*;
pub use duty::*;
pub use handover::*;
pub use incident_acts::*;
pub use incidents::*;
pub use readiness::*;
pub use registers::*;
pub use rehearsal::*;
pub use replay::*;
pub use run_acts::*;
pub use runbooks::*;
pub use runs::*;
pub use tables::*;
pub use watch::*;
