//! The program's own log: English, one file a day in the profile's folder, fourteen kept.
//!
//! It tells what the program did, never what a source or a person said: answers are masked before they get here, and
//! secrets have no text form. `PVHCC_LOG` chooses what is written, in the syntax of `tracing` (`info` by default).

use std::path::Path;
use tracing_appender::{non_blocking::WorkerGuard, rolling};
use tracing_subscriber::EnvFilter;

/// Days kept.
const KEEP: usize = 14;

/// Starts the log of a profile. What was logged reaches the disk at the latest when the guard is dropped. `None` when
/// the folder can't be written or a log runs already: the program works without one.
#[must_use]
pub fn start(profile: &Path) -> Option<WorkerGuard> {
    let file = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .max_log_files(KEEP)
        .filename_prefix("pvhcc")
        .filename_suffix("log")
        .build(profile.join("logs"))
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    let filter = EnvFilter::try_from_env("PVHCC_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).try_init().ok()?;
    Some(guard)
}
