//! What the versions of one dossier add up to: when it came, when it ended and how, when it was overdue.
//!
//! Everything is counted in whole days of the province, as systems of provinces do (domain.md §3.3).

use super::{Channel, Day, StatusClass, Version};
use crate::{calendar::Calendar, time::Ms};
use chrono::NaiveDate;

/// How a dossier ended, against its appointment (domain.md §3.3, columns 8–10 of form II.06a).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Before the day of the appointment (trước hạn); on time.
    Early,
    /// By the last day of the term, without an appointment, or withdrawn by the citizen (đúng hạn); on time.
    OnDay,
    /// After it (trễ hẹn).
    Late,
}

/// Where a dossier stood at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not received yet.
    NotReceived,
    /// Received and not done.
    Pending {
        /// Its term was over, and it did not wait for the citizen.
        overdue: bool,
    },
    /// Done on this day or before.
    Done(Outcome),
    /// Received, and said to be over, but the day is not told, or lies before the day it was received, or the status
    /// is not told. It is counted as received and as nothing else, so that the balance shows it.
    Unplaced,
}

/// Days from the first up to, and without, the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Day,
    /// The day after the last.
    pub to: Day,
}

/// How it ended, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Pending,
    Done(Outcome),
    Unplaced,
}

/// The part of a [`Life`] that every dossier has; kept a million times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) received: Day,
    /// Day of [`End::Done`], never while pending; an unplaced one stops being pending the day it is received.
    pub(crate) end: Day,
    /// First day after the term, never without an appointment.
    pub(crate) overdue_from: Day,
    pub(crate) how: End,
    pub(crate) channel: Option<Channel>,
}

/// One dossier over time, as known at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub(crate) dates: Dates,
    /// Days it waited for the citizen; in order, apart from each other.
    pub(crate) waiting: Vec<Span>,
}

impl Life {
    /// The version that was the last word at `at`, and the life that follows from all versions known by then, in
    /// whatever order they are given. `None` when the dossier is in no figure: the source does not have it (any more),
    /// it was never accepted (domain.md §1.8), or no credible day of receipt is told.
    ///
    /// Dates are taken from the last word, corrected ones too. Waiting has no date of its own, so it counts for the
    /// days on which the versions saying so were the last word. Versions of one dossier should not overlap.
    #[must_use]
    pub fn known_at<'a>(versions: &'a [Version], at: Ms, calendar: &Calendar) -> Option<(&'a Version, Self)> {
        let last = versions.iter().find(|v| v.is_valid_at(at))?;
        let dates = Dates::of(last, calendar)?;
        let mut waiting: Vec<Span> = (versions.iter())
            .filter(|v| v.valid_from <= at)
            .filter(|v| v.status.is_some_and(|s| s.class() == StatusClass::Waiting))
            .filter_map(|v| {
                let to = v.valid_to.filter(|to| *to <= at);
                Some(Span { from: Day::of(v.valid_from)?, to: to.map_or(Some(Day::NEVER), Day::of)? })
            })
            .filter(|span| span.from < span.to)
            .collect();
        waiting.sort_unstable_by_key(|span| span.from);
        waiting.dedup_by(|later, earlier| {
            let touches = later.from <= earlier.to;
            if touches {
                earlier.to = earlier.to.max(later.to);
            }
            touches
        });
        Some((last, Self { dates, waiting }))
    }

    /// Where it stood at the end of `day`.
    #[must_use]
    pub fn state_on(&self, day: NaiveDate) -> State {
        state_on(&self.dates, &self.waiting, Day::clamped(day))
    }

    /// The day it was received.
    #[must_use]
    pub fn received(&self) -> NaiveDate {
        self.dates.received.date()
    }
}

/// Where a dossier stood at the end of `day`.
pub(crate) fn state_on(dates: &Dates, waiting: &[Span], day: Day) -> State {
    match dates.how {
        _ if day < dates.received => State::NotReceived,
        End::Unplaced => State::Unplaced,
        End::Done(outcome) if dates.end <= day => State::Done(outcome),
        End::Done(_) | End::Pending => State::Pending {
            overdue: dates.overdue_from <= day
                && !waiting.iter().any(|span| span.from <= day && day < span.to),
        },
    }
}

impl Dates {
    /// What one version says; `None` when it is in no figure.
    fn of(version: &Version, calendar: &Calendar) -> Option<Self> {
        let class = version.status.map(super::Status::class);
        if class == Some(StatusClass::Excluded) {
            return None;
        }
        let received = version.received_at.and_then(Day::of)?;
        let due = version.due_at.and_then(Day::of);
        let last = due.map(|due| last_day(due, calendar));
        let (how, end) = match class {
            Some(StatusClass::Open | StatusClass::Waiting) => (End::Pending, Day::NEVER),
            Some(StatusClass::Withdrawn | StatusClass::Finished) => {
                match version.finished_at.and_then(Day::of) {
                    Some(end) if end >= received => {
                        let outcome = match (due, last) {
                            _ if class == Some(StatusClass::Withdrawn) => Outcome::OnDay,
                            (Some(due), _) if end < due => Outcome::Early,
                            (_, Some(last)) if end > last => Outcome::Late,
                            _ => Outcome::OnDay,
                        };
                        (End::Done(outcome), end)
                    }
                    _ => (End::Unplaced, received),
                }
            }
            None | Some(StatusClass::Excluded) => (End::Unplaced, received),
        };
        let overdue_from = last.map_or(Day::NEVER, Day::next);
        Some(Self { received, end, overdue_from, how, channel: version.channel })
    }
}

/// The last day of a term: one that ends on a day off ends with the next working day (Civil Code Đ.148, domain.md §7.2).
fn last_day(due: Day, calendar: &Calendar) -> Day {
    let date = due.date();
    if calendar.is_working(date) { due } else { Day::clamped(calendar.add_working_days(date, 1)) }
}
