//! Working time as one number: a day weighs by how busy it is, and nothing happens between offices' hours.
//!
//! A position on the axis becomes an instant and keeps its order; the year is cut into segments, those of the published
//! figures first.

use crate::noise::unit;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use pvhcc_domain::{calendar::Calendar, time::Ms};

/// Office hours in minutes of the day: morning and afternoon, and the part of a day's work that falls in the morning.
const MORNING: (f64, f64) = (420.0, 690.0);
const AFTERNOON: (f64, f64) = (810.0, 1020.0);
const IN_THE_MORNING: f64 = 0.58;
/// Working days go on for as long, so that every deadline has a day.
const DAYS: usize = 730;

/// A month, or the half of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) from: NaiveDate,
    /// Last day.
    pub(super) to: NaiveDate,
    /// Its first working day, and the first one after it.
    pub(super) first: usize,
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) struct Axis {
    days: Vec<NaiveDate>,
    /// Where each day begins; one more than there are days.
    begins: Vec<f64>,
    pub(super) segments: Vec<Segment>,
}

impl Axis {
    /// The months of the published figures and what follows to the end of that year.
    pub(super) fn new(seed: u64, published: &[(NaiveDate, NaiveDate)]) -> Self {
        let calendar = Calendar::builtin().unwrap_or_else(|e| unreachable!("built-in calendar: {e}"));
        let start = published.first().map(|(from, _)| *from).unwrap_or_default();
        let days: Vec<NaiveDate> =
            start.iter_days().take(DAYS).filter(|day| calendar.is_working(*day)).collect();
        let mut begins = vec![0.0];
        for (i, day) in days.iter().enumerate() {
            let peak = if day.weekday() == Weekday::Mon { 1.3 } else { 1.0 };
            begins.push(begins[i] + peak * (0.94 + 0.12 * unit(seed, &[i as u64, 40])));
        }
        let place = |day: NaiveDate| days.partition_point(|d| *d < day);
        let segment = |(from, to): (NaiveDate, NaiveDate)| Segment {
            from,
            to,
            first: place(from),
            end: place(to + Days::new(1)),
        };
        let mut segments: Vec<Segment> = published.iter().copied().map(segment).collect();
        while let Some(from) =
            segments.last().and_then(|s| s.to.succ_opt()).filter(|d| d.year() == start.year())
        {
            segments.push(segment((from, last_of_month(from))));
        }
        Self { days, begins, segments }
    }

    /// Where a segment begins and ends.
    pub(super) fn bounds(&self, segment: usize) -> (f64, f64) {
        let s = &self.segments[segment];
        (self.begins[s.first], self.begins[s.end])
    }

    /// The working day of a position.
    pub(super) fn day(&self, x: f64) -> usize {
        (self.begins.partition_point(|begin| *begin <= x).max(1) - 1).min(self.days.len() - 1)
    }

    /// The instant of a position, to the second. A later position is never an earlier instant.
    pub(super) fn at(&self, x: f64) -> Ms {
        let day = self.day(x);
        let into = ((x - self.begins[day]) / (self.begins[day + 1] - self.begins[day])).clamp(0.0, 1.0);
        let between = |(from, to): (f64, f64), part: f64| from + (to - from) * part;
        let minute = if into < IN_THE_MORNING {
            between(MORNING, into / IN_THE_MORNING)
        } else {
            between(AFTERNOON, (into - IN_THE_MORNING) / (1.0 - IN_THE_MORNING))
        };
        Ms::at(self.days[day], 0, 0).plus((minute * 60.0) as i64 * 1000)
    }

    /// The close of a working day.
    pub(super) fn close(&self, day: usize) -> Ms {
        Ms::at(self.days[day.min(self.days.len() - 1)], 17, 0)
    }

    /// The last working day before the last day of a segment: what is due by then is overdue at its end, whether days
    /// or instants are compared.
    pub(super) fn last_due(&self, segment: usize) -> usize {
        let s = &self.segments[segment];
        self.days.partition_point(|d| *d < s.to).max(s.first + 1) - 1
    }
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = day.with_day(1).and_then(|d| d.checked_add_months(chrono::Months::new(1)));
    next.and_then(|d| d.pred_opt()).unwrap_or(day)
}
