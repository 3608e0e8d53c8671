//! A day in two bytes, so that a million dossiers stay small.

use crate::time::{Ms, PROVINCE_OFFSET_SECONDS};
use chrono::{Days, NaiveDate};

const MS_PER_DAY: i64 = 86_400_000;
/// 1999-12-31, in days since 1970-01-01: the day before all that can be written, for what stood before them.
const EPOCH: i64 = 10_956;

/// A day of the province, 2000-01-01 to 2179-06-04.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u16);

impl Day {
    /// After every day that can be written; stands for "not yet".
    pub(crate) const NEVER: Self = Self(u16::MAX);

    /// The province's day of an instant; `None` outside the range, which no dossier's date should be.
    #[must_use]
    pub fn of(at: Ms) -> Option<Self> {
        let local = at.0.saturating_add(i64::from(PROVINCE_OFFSET_SECONDS) * 1000);
        Self::from_unix(local.div_euclid(MS_PER_DAY))
    }

    /// `None` outside the range.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Option<Self> {
        Self::from_unix((date - NaiveDate::default()).num_days())
    }

    fn from_unix(day: i64) -> Option<Self> {
        u16::try_from(day - EPOCH).ok().filter(|day| (1..Self::NEVER.0).contains(day)).map(Self)
    }

    /// The nearest day of the range; the day before all for what lies before.
    pub(crate) fn clamped(date: NaiveDate) -> Self {
        let day = (date - NaiveDate::default()).num_days() - EPOCH;
        Self(day.clamp(0, i64::from(Self::NEVER.0) - 1) as u16)
    }

    /// As a date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let days = Days::new(EPOCH as u64 + u64::from(self.0));
        NaiveDate::default().checked_add_days(days).unwrap_or(NaiveDate::MAX)
    }

    /// The day after; the last one stays.
    pub(crate) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Days from `earlier` to this day, negative when it lies before.
    pub(crate) fn since(self, earlier: Self) -> i32 {
        i32::from(self.0) - i32::from(earlier.0)
    }
}
