//! The program's own log: English, one file a day in the profile's folder, fourteen kept.
//!
//! It tells what the program did, never what a source or a person said: answers are masked before they get here, and
//! secrets have no text form. `PVHCC_LOG` chooses what is written, in the syntax of `tracing` (`info` by default).

use std::{
    io,
    path::Path,
    sync::{PoisonError, RwLock},
};
use tracing_appender::{
    non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard},
    rolling,
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Days kept.
const KEEP: usize = 14;

/// Lines that wait for the disk; the library's own 128.000 take 4 MB from the start. Beyond them lines are lost, as on a full disk.
const WAITING: usize = 2_000;

/// Where the lines go now; the set-up may change the profile while the program runs.
static FILE: RwLock<Option<NonBlocking>> = RwLock::new(None);

struct Current;

impl<'a> MakeWriter<'a> for Current {
    type Writer = Box<dyn io::Write + 'a>;

    fn make_writer(&'a self) -> Self::Writer {
        match &*FILE.read().unwrap_or_else(PoisonError::into_inner) {
            Some(file) => Box::new(file.clone()),
            None => Box::new(io::sink()),
        }
    }
}

/// While it lives, the log is written; dropping it writes the last lines.
pub type LogGuard = WorkerGuard;

/// Starts the log of a profile, in place of that of an earlier one. What was logged reaches the disk at the latest when
/// the guard is dropped. `None` when the folder can't be written or another log runs: the program works without one.
#[must_use]
pub fn start(profile: &Path) -> Option<LogGuard> {
    let file = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .max_log_files(KEEP)
        .filename_prefix("pvhcc")
        .filename_suffix("log")
        .build(profile.join("logs"))
        .ok()?;
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(WAITING).finish(file);
    let before = FILE.write().unwrap_or_else(PoisonError::into_inner).replace(writer);
    if before.is_none() {
        let filter = EnvFilter::try_from_env("PVHCC_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(false)
            .with_writer(Current)
            .try_init()
            .ok()?;
    }
    Some(guard)
}
