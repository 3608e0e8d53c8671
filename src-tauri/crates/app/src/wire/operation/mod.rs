//! The operation: live watch, alerts, incidents, runs, duty, readiness and registers.

mod alerts;
mod duty;
mod incidents;
mod readiness;
mod registers;
mod rehearsal;
mod replay;
mod runs;
mod tables;
mod watch;

pub use alerts::*;
pub use duty::*;
pub use incidents::*;
pub use readiness::*;
pub use registers::*;
pub use rehearsal::*;
pub use replay::*;
pub use runs::*;
pub use tables::*;
pub use watch::*;
