//! When the rest will be done, from the pace so far: days of the past are drawn again and again until the work is done.
//!
//! Drawing whole days keeps both the quiet days and the busy ones, so the range tells how uneven the pace was. The
//! draws are fixed: the same past gives the same forecast.

use crate::calendar::Calendar;
use chrono::{Days, NaiveDate};

/// Working days of the past that are drawn from.
pub const LOOK_BACK: usize = 20;
/// Forecasts drawn; enough for the range to stand still to a day.
const RUNS: usize = 2000;
/// A forecast beyond this many working days says nothing.
const FARTHEST: u32 = 500;

/// When the rest will be done, if the pace stays as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Tasks left.
    pub left: u32,
    /// Tasks done a working day, over [`LOOK_BACK`] working days or since the start.
    pub pace: f64,
    /// Working days the pace was taken from.
    pub days: u32,
    /// One time in seven sooner than this (15 %).
    pub early: NaiveDate,
    /// As often sooner as later.
    pub likely: NaiveDate,
    /// One time in seven later than this (85 %).
    pub late: NaiveDate,
}

/// Forecasts from the days on which tasks were done. `start` is the first day of the work; `today` counts as a day of
/// the past. `None` when nothing is left, when nothing was done in the days looked back on, or when the end is beyond
/// two years: a pace of nothing forecasts nothing.
#[must_use]
pub fn forecast(
    done: &[NaiveDate],
    left: u32,
    start: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<Forecast> {
    let past = past_days(done, start, today, calendar);
    let total: u32 = past.iter().sum();
    if left == 0 || total == 0 {
        return None;
    }
    let mut draws = Draws(0x9e37_79b9_7f4a_7c15);
    let mut ends: Vec<u32> = (0..RUNS).map(|_| run(&past, left, &mut draws)).collect();
    ends.sort_unstable();
    let day = |percent: usize| {
        let end = ends[(RUNS * percent / 100).min(RUNS - 1)];
        (end <= FARTHEST).then(|| calendar.add_working_days(today, end))
    };
    let days = u32::try_from(past.len()).unwrap_or(u32::MAX);
    Some(Forecast {
        left,
        pace: f64::from(total) / f64::from(days),
        days,
        early: day(15)?,
        likely: day(50)?,
        late: day(85)?,
    })
}

/// Tasks done on each of the last working days, today first. What was done on a day off counts for the working day
/// before it.
fn past_days(done: &[NaiveDate], start: NaiveDate, today: NaiveDate, calendar: &Calendar) -> Vec<u32> {
    let mut counts = Vec::with_capacity(LOOK_BACK);
    let mut day = today;
    let mut carried = 0;
    while day >= start && counts.len() < LOOK_BACK {
        let on_day = done.iter().filter(|d| **d == day).count();
        carried += u32::try_from(on_day).unwrap_or(u32::MAX);
        if calendar.is_working(day) {
            counts.push(carried);
            carried = 0;
        }
        let Some(before) = day.checked_sub_days(Days::new(1)) else { break };
        day = before;
    }
    counts
}

/// Working days until nothing is left.
fn run(past: &[u32], left: u32, draws: &mut Draws) -> u32 {
    let mut left = left;
    for day in 1..=FARTHEST {
        left = left.saturating_sub(past[draws.below(past.len())]);
        if left == 0 {
            return day;
        }
    }
    FARTHEST + 1
}

/// `SplitMix64` (Steele, Lea, Flood 2014): a handful of draws does not need a library.
struct Draws(u64);

impl Draws {
    #[allow(clippy::cast_possible_truncation)] // Smaller than `n`, which is a usize.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("date")
    }

    fn calendar() -> Calendar {
        Calendar::builtin().expect("valid")
    }

    #[test]
    fn an_even_pace_has_no_range() {
        // One a working day from Mon 04/05 to Fri 15/05/2026.
        let done: Vec<NaiveDate> =
            (4..=15).map(|d| day(&format!("2026-05-{d:02}"))).filter(|d| calendar().is_working(*d)).collect();
        let seen = forecast(&done, 5, day("2026-05-04"), day("2026-05-15"), &calendar()).expect("a pace");
        assert_eq!(
            (seen.early, seen.likely, seen.late),
            (day("2026-05-22"), day("2026-05-22"), day("2026-05-22"))
        );
        assert!((seen.pace - 1.0).abs() < 1e-9 && seen.days == 10);
    }

    #[test]
    fn nothing_done_lately_or_nothing_left_forecasts_nothing() {
        let long_ago = [day("2026-03-10")];
        assert_eq!(forecast(&long_ago, 5, day("2026-03-05"), day("2026-05-29"), &calendar()), None);
        assert_eq!(
            forecast(&[day("2026-05-29")], 0, day("2026-03-05"), day("2026-05-29"), &calendar()),
            None
        );
    }

    #[test]
    fn what_is_done_on_a_sunday_is_not_lost() {
        let seen = forecast(&[day("2026-05-10")], 1, day("2026-05-04"), day("2026-05-15"), &calendar());
        assert!(seen.is_some_and(|f| (f.pace - 0.1).abs() < 1e-9));
    }

    proptest! {
        #[test]
        fn the_range_is_in_order_and_more_work_never_ends_sooner(
            done in prop::collection::vec(0u64..25, 1..60),
            left in 1u32..90,
        ) {
            let start = day("2026-05-04");
            let today = day("2026-05-29");
            let done: Vec<NaiveDate> = done.iter().map(|d| start + Days::new(*d)).collect();
            if let Some(few) = forecast(&done, left, start, today, &calendar()) {
                prop_assert!(today < few.early && few.early <= few.likely && few.likely <= few.late);
                if let Some(more) = forecast(&done, left + 10, start, today, &calendar()) {
                    prop_assert!(more.late >= few.early);
                }
            }
        }
    }
}
