//! Earlier days that a moment can be compared with.

use crate::calendar::Calendar;
use chrono::{Datelike, NaiveDate};

/// The newest `n` days before `day` that are like it: working days for a working day; for a day off the same day of the week,
/// also off. At most `farthest` days back.
#[must_use]
pub fn comparable_days(calendar: &Calendar, day: NaiveDate, n: usize, farthest: u64) -> Vec<NaiveDate> {
    let working = calendar.is_working(day);
    (1..=farthest)
        .map_while(|back| day.checked_sub_days(chrono::Days::new(back)))
        .filter(|other| calendar.is_working(*other) == working)
        .filter(|other| working || other.weekday() == day.weekday())
        .take(n)
        .collect()
}
