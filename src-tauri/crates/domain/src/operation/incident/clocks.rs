//! The clocks of an incident: what must happen by when, what is overdue and since when.

use super::{IncidentState, Severity, SeverityCourse, Stage};
use crate::{calendar::Calendar, hours::OfficeHours, time::Ms};
use serde::{Deserialize, Serialize};

const MINUTE: i64 = 60_000;

/// What a clock waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// Somebody takes care of it.
    Acknowledge,
    /// The next word on it.
    Update,
    /// It is over.
    Fix,
}

impl ClockKind {
    /// All, in the order of the table of domain.md §5.2.
    pub const ALL: [Self; 3] = [Self::Acknowledge, Self::Update, Self::Fix];
}

/// One clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What it waits for.
    pub kind: ClockKind,
    /// From when it counts.
    pub from: Ms,
    /// By when: overdue from then on.
    pub due: Ms,
    /// When it happened; `None` while the clock runs.
    pub met: Option<Ms>,
}

impl Clock {
    /// It runs, and its time is over.
    #[must_use]
    pub fn overdue(&self, now: Ms) -> bool {
        self.met.is_none() && now >= self.due
    }

    /// It happened, but too late.
    #[must_use]
    pub fn missed(&self) -> bool {
        self.met.is_some_and(|met| met > self.due)
    }
}

/// What clocks are read by.
#[derive(Debug, Clone, Copy)]
pub struct Timing<'a> {
    /// Times by severity, as they were set over time.
    pub severities: &'a SeverityCourse,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Working hours.
    pub hours: &'a OfficeHours,
}

impl Timing<'_> {
    /// `minutes` of a severity's time after `from`.
    #[must_use]
    pub fn after(&self, severity: Severity, from: Ms, minutes: u32) -> Ms {
        let time = i64::from(minutes) * MINUTE;
        if self.severities.at(from).of(severity).around_the_clock {
            from.plus(time)
        } else {
            self.hours.after_working(self.calendar, from, time)
        }
    }

    /// The clocks of an incident by its present severity and the times in force when it was detected. Acknowledging counts from detection; the fix too, but of one that came
    /// back from when it did; an update from the last word, while the incident is not over.
    #[must_use]
    pub fn clocks(&self, state: &IncidentState) -> Vec<Clock> {
        let rule = self.severities.at(state.detected).of(state.severity);
        let clock = |kind, from: Ms, minutes, met| Clock {
            kind,
            from,
            due: self.after(state.severity, from, minutes),
            met,
        };
        let mut clocks =
            vec![clock(ClockKind::Acknowledge, state.detected, rule.acknowledge, state.acknowledged)];
        if state.stage() < Stage::Resolved {
            clocks.push(clock(ClockKind::Update, state.last_word, rule.update, None));
        }
        if let Some(fix) = rule.fix {
            let from = state.reopened.last().map_or(state.detected, |(said, _)| said.at);
            clocks.push(clock(ClockKind::Fix, from, fix, state.resolved.as_ref().map(|r| r.at)));
        }
        clocks
    }

    /// The clock that runs out first; one that ran out already is first of all.
    #[must_use]
    pub fn next_due(&self, state: &IncidentState) -> Option<Clock> {
        self.clocks(state).into_iter().filter(|clock| clock.met.is_none()).min_by_key(|clock| clock.due)
    }
}
