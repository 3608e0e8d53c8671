//! Turns repeated over days, crew after crew.

use super::Shift;
use crate::time::Ms;
use chrono::{Days, NaiveDate, NaiveTime, Timelike as _};

/// Who is on, and who stands behind.
pub type Crew = (String, Option<String>);

/// The shifts of turns repeated over `days` days from `first`. A turn that ends at or before it begins ends the next day; one
/// that begins at or before the turn named before it begins the next day, so that a night and the day after it are one round.
/// The crews take the turns one after the other, and begin again. Nothing without turns or crews.
#[must_use]
pub fn repeated(
    post: &str,
    unit: &str,
    first: NaiveDate,
    days: u32,
    turns: &[(NaiveTime, NaiveTime)],
    crews: &[Crew],
) -> Vec<Shift> {
    let mut crews = crews.iter().cycle();
    let moved = |day: NaiveDate, by: u32| day.checked_add_days(Days::new(by.into())).unwrap_or(day);
    let at = |day: NaiveDate, time: NaiveTime| Ms::at(day, time.hour(), time.minute());
    let mut shifts = Vec::new();
    for offset in 0..days {
        let mut day = moved(first, offset);
        let mut before: Option<NaiveTime> = None;
        for (from, to) in turns {
            if before.replace(*from).is_some_and(|before| *from <= before) {
                day = moved(day, 1);
            }
            let ends = if to <= from { moved(day, 1) } else { day };
            let Some((primary, backup)) = crews.next() else { return shifts };
            shifts.push(Shift {
                from: at(day, *from),
                to: at(ends, *to),
                post: post.to_owned(),
                unit: unit.to_owned(),
                primary: primary.clone(),
                backup: backup.clone(),
            });
        }
    }
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::instant;

    fn time(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")
    }

    #[test]
    fn a_night_and_the_day_after_it_follow_each_other_without_a_gap_and_crews_take_turns() {
        let first = NaiveDate::from_ymd_opt(2026, 5, 29).expect("a day");
        let crews = [("a".to_owned(), None), ("b".to_owned(), None), ("c".to_owned(), None)];
        let turns = [(time(19), time(7)), (time(7), time(19))];
        let shifts = repeated("lead", "vp", first, 2, &turns, &crews);
        let people: Vec<&str> = shifts.iter().map(|s| s.primary.as_str()).collect();
        assert_eq!(people, ["a", "b", "c", "a"]);
        assert!(shifts.windows(2).all(|pair| pair[0].to == pair[1].from), "{shifts:?}");
        assert_eq!(instant(shifts[0].from), "19:00 29/05/2026");
        assert_eq!(instant(shifts[3].to), "19:00 31/05/2026");
        assert!(repeated("lead", "vp", first, 2, &turns, &[]).is_empty());
    }
}
