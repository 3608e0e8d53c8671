//! What the operating system does for the program: the timer that reminds while no window is open, the start with the session.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How something asked of the system stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemState {
    /// It does as wanted.
    On,
    /// It does something else than wanted: other times, another place of the program, or it is stopped.
    Outdated,
    /// It does nothing.
    Off,
    /// It cannot: the training profile lives by a clock of its own.
    Never,
}

/// The timer of the system and the start with the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SystemTimerView {
    /// The timer that calls `pvhcc report remind`.
    pub timer: SystemState,
    /// The start with the session.
    pub autostart: SystemState,
    /// In one sentence.
    pub text: String,
    /// When it looks, by the province's clock: `13:30`.
    pub times: Vec<String>,
    /// What keeps it: `systemd`, `Task Scheduler`.
    pub keeper: String,
}

/// Switch the timer and the start with the session on or off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SystemTimerArgs {
    /// The timer.
    pub timer: bool,
    /// The start with the session.
    pub autostart: bool,
}
