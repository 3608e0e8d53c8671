//! Office hours, and how much working time lies between two moments (domain.md §7: 8 working hours are one day).
//!
//! Must not know what is measured with it.

use crate::{
    calendar::Calendar,
    tables::{Source, TableError, read},
    time::Ms,
};

const HOURS: Source<'_> =
    Source { name: "assets/calendar/hours.csv", text: include_str!("../../../../assets/calendar/hours.csv") };
const MINUTE: i64 = 60_000;
/// Days looked at for working time.
const LONGEST_SEARCH: usize = 3 * 366;

/// The hours people work on a working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours {
    /// Minutes of the day, from inclusive, to exclusive; in order, apart from each other.
    spans: Vec<(u32, u32)>,
}

impl OfficeHours {
    /// The hours shipped with the product.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        Self::parse(HOURS)
    }

    /// Reads hours from a table with the header of the shipped one.
    ///
    /// # Errors
    /// The first wrong value with its file, line and column: no time of day, or a span that does not follow the one before.
    pub fn parse(file: Source<'_>) -> Result<Self, TableError> {
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for record in read(file, &["from", "to"])? {
            let from = record.parsed("from", minute_of_day)?;
            let to = record.parsed("to", minute_of_day)?;
            if spans.last().is_some_and(|(_, before)| from < *before) || to <= from {
                return Err(record.error("to", "the hours must follow one another"));
            }
            spans.push((from, to));
        }
        Ok(Self { spans })
    }

    /// Working time of a whole working day, ms.
    #[must_use]
    pub fn day_ms(&self) -> i64 {
        self.spans.iter().map(|(from, to)| i64::from(to - from) * MINUTE).sum()
    }

    /// Working time from `from` to `to`, ms; 0 when `to` is not after `from`.
    #[must_use]
    pub fn working_ms(&self, calendar: &Calendar, from: Ms, to: Ms) -> i64 {
        if to <= from {
            return 0;
        }
        let days = from.day().iter_days().take_while(|day| *day <= to.day());
        days.filter(|day| calendar.is_working(*day))
            .flat_map(|day| self.spans.iter().map(move |span| (Ms::at(day, 0, 0), span)))
            .map(|(midnight, (opens, closes))| {
                let opens = midnight.plus(i64::from(*opens) * MINUTE).max(from);
                let closes = midnight.plus(i64::from(*closes) * MINUTE).min(to);
                (closes.0 - opens.0).max(0)
            })
            .sum()
    }

    /// The first moment by which `work` ms were worked since `from`; `from` itself when there is nothing to work. Without a working
    /// day within three years it is the end of those.
    #[must_use]
    pub fn after_working(&self, calendar: &Calendar, from: Ms, work: i64) -> Ms {
        let mut left = work;
        if left <= 0 {
            return from;
        }
        let mut last = from;
        for day in from.day().iter_days().take(LONGEST_SEARCH) {
            last = Ms::at(day, 0, 0);
            if !calendar.is_working(day) {
                continue;
            }
            for (opens, closes) in &self.spans {
                let opens = last.plus(i64::from(*opens) * MINUTE).max(from);
                let closes = last.plus(i64::from(*closes) * MINUTE);
                let worked = (closes.0 - opens.0).max(0);
                if worked >= left {
                    return opens.plus(left);
                }
                left -= worked;
            }
        }
        last
    }
}

fn minute_of_day(text: &str) -> Result<u32, &'static str> {
    let wrong = "expected a time of day such as 07:30";
    let (hour, minute) = text.split_once(':').ok_or(wrong)?;
    match (hour.parse::<u32>(), minute.parse::<u32>()) {
        (Ok(hour), Ok(minute)) if hour < 24 && minute < 60 => Ok(hour * 60 + minute),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(&format!("2026-{text}:00+07:00")).expect("instant")
    }

    fn hours() -> OfficeHours {
        OfficeHours::builtin().expect("shipped file is right")
    }

    #[test]
    fn a_working_day_has_eight_hours() {
        assert_eq!(hours().day_ms(), 8 * 60 * MINUTE);
    }

    #[test]
    fn nights_lunches_weekends_and_holidays_are_no_working_time() {
        let calendar = Calendar::builtin().expect("valid");
        for (from, to, minutes) in [
            ("05-28T08:00", "05-28T09:30", 90),
            ("05-28T11:00", "05-28T14:00", 60),
            ("05-28T16:30", "05-29T07:30", 60),
            // Friday afternoon to Monday morning.
            ("05-29T16:00", "06-01T08:00", 120),
            // Before 30/04 (Thursday) to after 01/05 (Friday): Monday 04/05 is the next day worked.
            ("04-29T17:00", "05-04T07:00", 0),
            // Saturday 22/08 is worked for Monday 31/08.
            ("08-21T17:00", "08-22T17:00", 480),
            ("05-28T19:00", "05-28T23:00", 0),
            ("05-28T09:00", "05-28T08:00", 0),
        ] {
            let seen = hours().working_ms(&calendar, at(from), at(to));
            assert_eq!(seen, minutes * MINUTE, "{from} to {to}");
        }
    }

    #[test]
    fn a_term_ends_within_working_hours() {
        let calendar = Calendar::builtin().expect("valid");
        for (from, minutes, end) in [
            ("05-28T08:00", 240, "05-28T14:00"),
            // Friday afternoon and night: two working days are Monday's and Tuesday's.
            ("05-29T16:00", 60, "05-29T17:00"),
            ("05-29T22:00", 960, "06-02T17:00"),
            ("05-29T22:00", 0, "05-29T22:00"),
        ] {
            assert_eq!(
                hours().after_working(&calendar, at(from), minutes * MINUTE),
                at(end),
                "{from} + {minutes}"
            );
        }
    }

    #[test]
    fn hours_that_overlap_or_are_no_times_are_refused_with_their_line() {
        for (text, place) in [
            ("from,to\n07:00,11:30\n11:00,17:00\n", "line 3, column to"),
            ("from,to\n7 giờ,11:30\n", "line 2, column from"),
            ("from,to\n12:00,24:10\n", "line 2, column to"),
        ] {
            let error = OfficeHours::parse(Source { name: "h.csv", text }).expect_err("wrong").to_string();
            assert!(error.contains(place), "{error}");
        }
    }

    proptest! {
        /// Against counting minute by minute.
        #[test]
        fn working_time_is_the_minutes_worked(start in 0i64..400_000, length in 0i64..9_000) {
            let calendar = Calendar::builtin().expect("valid");
            let from = at("01-01T00:00").plus(start * MINUTE);
            let slow = (0..length).map(|i| from.plus(i * MINUTE)).filter(|minute| {
                let into = (minute.0 - Ms::at(minute.day(), 0, 0).0) / MINUTE;
                calendar.is_working(minute.day()) && ((420..690).contains(&into) || (810..1020).contains(&into))
            }).count();
            let fast = hours().working_ms(&calendar, from, from.plus(length * MINUTE));
            prop_assert_eq!(fast, slow as i64 * MINUTE);
        }

        /// Against measuring what lies between: as much as was asked for, and not a moment earlier.
        #[test]
        fn the_end_of_a_term_is_the_first_moment_with_its_working_time(start in 0i64..400_000, work in 1i64..12_000) {
            let calendar = Calendar::builtin().expect("valid");
            let (from, work) = (at("01-01T00:00").plus(start * MINUTE), work * MINUTE);
            let end = hours().after_working(&calendar, from, work);
            prop_assert_eq!(hours().working_ms(&calendar, from, end), work);
            prop_assert!(hours().working_ms(&calendar, from, end.plus(-1)) < work);
        }
    }
}
