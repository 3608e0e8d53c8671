//! What the operating system does for the program: notifications, a timer that reminds while no window is open, the start with
//! the session.
//!
//! Must not know when a report is due: times and words come from the report room.

mod notify;
mod room;
mod timer;

#[cfg(any(not(windows), test))]
mod systemd;
#[cfg(any(windows, test))]
mod windows;

#[cfg(not(windows))]
use systemd as platform;
#[cfg(windows)]
use windows as platform;

pub use notify::notify;

use std::process::{Command, Stdio};

/// Runs programs of the system; tests put their own in its place.
pub(crate) trait Programs: Send + Sync {
    /// What the program printed.
    ///
    /// # Errors
    /// What it complained of, or why it did not start.
    fn run(&self, program: &str, args: &[&str]) -> Result<String, String>;
}

/// The machine's own.
pub(crate) struct Machine;

impl Programs for Machine {
    fn run(&self, program: &str, args: &[&str]) -> Result<String, String> {
        let output = Command::new(program).args(args).stdin(Stdio::null()).output();
        let output = output.map_err(|e| format!("{program}: {e}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        let said = [text(&output.stderr), text(&output.stdout)].into_iter().find(|said| !said.is_empty());
        Err(said.unwrap_or_else(|| format!("{program}: {}", output.status)))
    }
}
