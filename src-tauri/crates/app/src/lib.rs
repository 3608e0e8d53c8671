//! Use cases that tie the parts together: poller, sign-in, roster, checklist, commands, events, messages.
//!
//! The window, the command line and the browser tests all come through [`App::dispatch`]; nothing here knows
//! which of them is asking.

pub mod commands;
pub mod config;
pub mod logging;
pub mod paths;
pub mod system;
pub mod wire;

mod alerts;
mod bulk;
mod checklist;
mod choices;
mod chores;
mod dossier_import;
mod dossiers;
mod duty;
mod exports;
mod figures;
mod frame;
mod incidents;
mod indicators;
mod lists;
mod lock;
mod messages;
mod notices;
mod obstacles;
mod parties;
mod people;
mod plan;
mod poll;
mod profile;
mod proof;
mod quality;
mod readiness;
mod registers;
mod rehearsal;
mod replay;
mod report;
mod rules;
mod runs;
mod said;
mod secrets;
mod settings;
mod setup;
mod sheet;
mod start;
mod time;
mod training;
mod watch;
mod words;

pub use notices::recovery_text;
pub use poll::{PollLine, PollReport};
pub use profile::Profile;
pub use rehearsal::scenario;
pub use report::Clash;
pub use setup::remembered;
pub use start::{App, OpenBrowser, OpenFile, Options, SandboxUrls, TRAINING_START};
