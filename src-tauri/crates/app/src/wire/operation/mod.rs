//! The operation: live watch, alerts, incidents, runs, duty, readiness and registers.

mod rehearsal;
mod watch;

pub use rehearsal::*;
pub use watch::*;
