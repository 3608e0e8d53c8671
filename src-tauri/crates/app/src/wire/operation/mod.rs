//! The operation: live watch, alerts, incidents, runs, duty, readiness and registers.

mod watch;

pub use watch::*;
