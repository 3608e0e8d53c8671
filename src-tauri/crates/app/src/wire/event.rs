//! What the window is told without asking: it refetches what changed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AppEvent {
    /// Someone signed in or out, or waits for the browser.
    SessionChanged,
    /// Tasks changed; empty means any.
    TasksChanged {
        /// Task numbers.
        nos: Vec<String>,
    },
    /// A source answered or failed.
    SourcesChanged,
    /// Dossier records or what files brought changed.
    DossiersChanged {
        /// A walk over records goes on: more will follow soon.
        more: bool,
    },
    /// A file is being read.
    ImportProgress {
        /// Key of the file.
        id: String,
        /// Rows read so far, over all walks through it.
        rows: u64,
        /// How many there will be, as far as can be told.
        of: Option<u64>,
    },
    /// A report, its files or its reminders changed.
    ReportChanged {
        /// ISO day, of a month its first; empty means any.
        day: String,
    },
    /// The report of a day is still to be sent.
    ReportReminder {
        /// ISO day.
        day: String,
        /// How loud: 1 to 4.
        level: u8,
        /// Vietnamese.
        text: String,
    },
    /// Something of the operation changed.
    OperationsChanged {
        /// Which part: `watch`, `alerts`, `incidents`, `runs`, `duty`, `readiness`, `registers`; empty means any.
        part: String,
    },
    /// An alert began, was passed up the ladder, or a mute is about to end: somebody should look.
    AlertRaised {
        /// Id of the alert.
        id: String,
        /// How loud: 1 (seen) to 4 (page).
        level: u8,
        /// Vietnamese.
        text: String,
    },
    /// A reason to go back is met in an open run.
    RollbackDue {
        /// Id of the run.
        run: String,
        /// How loud: 3 in a rehearsal, 4 (page) in a live run.
        level: u8,
        /// Vietnamese.
        text: String,
    },
    /// Roster, rules or calendar changed.
    SettingsChanged,
    /// Something to say to the user.
    Notice {
        /// Vietnamese.
        message: String,
    },
}
