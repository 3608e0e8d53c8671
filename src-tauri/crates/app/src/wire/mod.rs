//! What crosses to the window and the command line: plain data, one file per area.
//!
//! Instants are UTC milliseconds, days are ISO text, texts meant for people are Vietnamese and ready to show.
//! TypeScript types are generated from here (`wire/export.rs`) and committed.

mod briefing;
mod bulk;
mod choices;
mod dossier_import;
mod dossiers;
mod drafts;
mod edits;
mod error;
mod event;
mod frame;
mod indicators;
mod lists;
mod obstacles;
mod operation;
mod overview;
mod parties;
mod plan;
mod proof;
mod quality;
mod report;
mod session;
mod settings;
mod system;
mod tasks;
mod time;
mod transfer;

pub mod export;

pub use briefing::*;
pub use bulk::*;
pub use choices::*;
pub use dossier_import::*;
pub use dossiers::*;
pub use drafts::*;
pub use edits::*;
pub use error::{ErrorCode, WireError};
pub use event::AppEvent;
pub use frame::*;
pub use indicators::*;
pub use lists::*;
pub use obstacles::*;
pub use operation::*;
pub use overview::*;
pub use parties::*;
pub use plan::*;
pub use proof::*;
pub use quality::*;
pub use report::*;
pub use session::*;
pub use settings::*;
pub use system::*;
pub use tasks::*;
pub use time::*;
pub use transfer::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Commands without arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct NoArgs {}

/// Commands without a result.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct NoResult {}
