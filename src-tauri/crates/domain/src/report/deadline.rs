//! When a report is due, what became of a day, and which reminders are due: a dead man's switch that speaks until the report
//! is sent or somebody says why it is not.

use crate::{calendar::Calendar, time::Ms};
use chrono::{NaiveDate, NaiveTime, Timelike as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The loudest reminder.
pub const LOUDEST: u8 = 4;

/// On which days a report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueDays {
    /// Every day, as the decision says.
    Every,
    /// On working days only.
    Working,
}

impl DueDays {
    /// Whether a report is due on `day`.
    #[must_use]
    pub fn contains(self, day: NaiveDate, calendar: &Calendar) -> bool {
        self == Self::Every || calendar.is_working(day)
    }
}

/// What became of a day's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// None was due.
    NotDue,
    /// Not sent, and there is time.
    Open,
    /// Sent by the deadline.
    OnTime,
    /// Sent after it.
    Late,
    /// Not sent by it, and not since.
    Missing,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::NotDue, Self::Open, Self::OnTime, Self::Late, Self::Missing];

    /// Somebody has to say why.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Late | Self::Missing)
    }
}

/// What became of a day at `now`: `due` on it or not, with its `deadline`, and when its report was first `sent`.
#[must_use]
pub fn verdict(due: bool, deadline: Ms, sent: Option<Ms>, now: Ms) -> Verdict {
    match sent {
        Some(at) if at < deadline => Verdict::OnTime,
        _ if !due => Verdict::NotDue,
        Some(_) => Verdict::Late,
        None if now < deadline => Verdict::Open,
        None => Verdict::Missing,
    }
}

/// The instant of a time of `day`.
#[must_use]
pub fn instant(day: NaiveDate, time: NaiveTime) -> Ms {
    Ms::at(day, time.hour(), time.minute())
}

/// The deadline of `day`, from the times that were in force one after the other: (since when, time), earliest first, the first
/// from ever. A deadline can be moved until it has passed, never afterwards.
#[must_use]
pub fn deadline(day: NaiveDate, times: &[(Ms, NaiveTime)]) -> Ms {
    let mut at = times.first().map_or(Ms::at(day, 15, 0), |(_, time)| instant(day, *time));
    for (since, time) in times.iter().skip(1) {
        // What was set before this day began counts whatever the time before it was.
        if *since < at || *since <= Ms::at(day, 0, 0) {
            at = instant(day, *time);
        } else {
            break;
        }
    }
    at
}

/// `13:30`, or `None`.
#[must_use]
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// `13:30, 14:00`: times separated by commas, semicolons or blanks, in order and each once; `None` when one is no time.
#[must_use]
pub fn parse_times(text: &str) -> Option<Vec<NaiveTime>> {
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let times: BTreeSet<NaiveTime> = parts.map(parse_time).collect::<Option<_>>()?;
    Some(times.into_iter().collect())
}

/// `13:30`.
#[must_use]
pub fn time_text(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// When it is due.
    pub time: NaiveTime,
    /// How loud, 1 to [`LOUDEST`]; the last of a day is the loudest.
    pub level: u8,
}

/// What to do about the reminders of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// Due while nobody was there, and overtaken by a louder one, in order.
    pub overtaken: Vec<Reminder>,
    /// To be given now.
    pub now: Option<Reminder>,
}

/// Reminders of `day` that are due at `now` and not `settled`: only the loudest is given. `times` in order.
#[must_use]
pub fn due(day: NaiveDate, times: &[NaiveTime], settled: &BTreeSet<NaiveTime>, now: Ms) -> Due {
    let count = times.len();
    let mut open: Vec<Reminder> = times
        .iter()
        .enumerate()
        .map(|(i, time)| Reminder { time: *time, level: level(i, count) })
        .filter(|r| instant(day, r.time) <= now && !settled.contains(&r.time))
        .collect();
    let last = open.pop();
    Due { overtaken: open, now: last }
}

/// The last of `count` is the loudest, and each before it one quieter.
fn level(index: usize, count: usize) -> u8 {
    let behind = u8::try_from(count.saturating_sub(index + 1)).unwrap_or(u8::MAX);
    LOUDEST.saturating_sub(behind).max(1)
}

#[cfg(test)]
#[path = "deadline_tests.rs"]
mod tests;
