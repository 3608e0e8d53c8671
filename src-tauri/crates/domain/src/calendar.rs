//! Working days: Monday to Friday, with the days off and make-up days of `assets/calendar/` (domain.md §7).
//!
//! Must not know what a deadline is for. Years without a table follow the week alone, and the calendar says so.

use crate::tables::{Source, TableError, read};
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

const YEARS: &[(i32, Source<'_>)] = &[(
    2026,
    Source { name: "assets/calendar/2026.csv", text: include_str!("../../../../assets/calendar/2026.csv") },
)];

/// A day that breaks the rule of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// Working (LÀM BÙ) or off (NGHỈ).
    pub working: bool,
    /// Name of the holiday, or what is made up for; empty for days set in the settings.
    pub name: String,
    /// The document it rests on.
    pub basis: String,
}

/// A working-day calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    special: BTreeMap<NaiveDate, SpecialDay>,
    years: BTreeSet<i32>,
}

impl Calendar {
    /// The calendar shipped with the product.
    ///
    /// # Errors
    /// When a shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        let mut calendar = Self::default();
        for (year, source) in YEARS {
            calendar.add_year(*year, *source)?;
        }
        Ok(calendar)
    }

    /// Adds the table of one year, replacing what was known of that year.
    ///
    /// # Errors
    /// The first wrong value, with file, line and column: a day of another year or given twice, a kind that is
    /// neither `NGHỈ` nor `LÀM BÙ`, a day without a basis. The calendar is then unchanged.
    pub fn add_year(&mut self, year: i32, source: Source<'_>) -> Result<(), TableError> {
        let mut days = BTreeMap::new();
        for record in read(source, &["date", "kind", "name", "basis"])? {
            let day = record.parsed("date", str::parse::<NaiveDate>)?;
            if day.year() != year {
                return Err(record.error("date", format_args!("{day} is not in {year}")));
            }
            let working = record.parsed("kind", |kind| match kind {
                "NGHỈ" => Ok(false),
                "LÀM BÙ" => Ok(true),
                _ => Err("expected NGHỈ or LÀM BÙ"),
            })?;
            let special =
                SpecialDay { working, name: record.required("name")?, basis: record.required("basis")? };
            if days.insert(day, special).is_some() {
                return Err(record.error("date", format_args!("{day} occurs twice")));
            }
        }
        self.special.retain(|day, _| day.year() != year);
        self.special.extend(days);
        self.years.insert(year);
        Ok(())
    }

    /// Sets one day, as the settings do: working, off, or (`None`) back to the rule of the week.
    pub fn set_day(&mut self, day: NaiveDate, working: Option<bool>, basis: &str) {
        match working {
            Some(working) => {
                let special = SpecialDay { working, name: String::new(), basis: basis.to_owned() };
                self.special.insert(day, special);
            }
            None => {
                self.special.remove(&day);
            }
        }
    }

    /// Whether the days off of this year are known. Otherwise its answers follow the week alone, and whoever shows
    /// them must say so.
    #[must_use]
    pub fn is_known(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// The days that break the rule of the week, in order.
    pub fn special_days(&self) -> impl Iterator<Item = (NaiveDate, &SpecialDay)> {
        self.special.iter().map(|(day, special)| (*day, special))
    }

    /// Whether people work on this day.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.special.get(&day) {
            Some(special) => special.working,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// The `n`-th working day after `day`, which itself is not counted (Civil Code Đ.147); `n` = 0 is `day`.
    /// Stops at the last day chrono knows (year 262142).
    #[must_use]
    pub fn add_working_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let mut reached = day;
        let mut left = n;
        while left > 0 {
            let Some(next) = reached.succ_opt() else { break };
            reached = next;
            if self.is_working(reached) {
                left -= 1;
            }
        }
        reached
    }

    /// Working days after `from` up to and with `to`; negative when `to` is earlier (then those after `to` up to
    /// and with `from`).
    #[must_use]
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let count =
            from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("ISO date")
    }

    fn calendar() -> Calendar {
        Calendar::builtin().expect("shipped file is right")
    }

    #[test]
    fn terms_end_on_the_days_the_rules_give() {
        for (from, n, to) in [
            ("2026-02-12", 3, "2026-02-24"),
            ("2026-04-24", 2, "2026-04-29"),
            ("2026-08-20", 5, "2026-08-26"),
            ("2026-08-28", 1, "2026-09-03"),
            ("2026-05-29", 15, "2026-06-19"),
            ("2026-11-23", 1, "2026-11-25"),
            ("2026-01-08", 2, "2026-01-10"),
        ] {
            assert_eq!(calendar().add_working_days(day(from), n), day(to), "{from} + {n}");
        }
    }

    #[test]
    fn the_year_2026_has_249_working_days_spread_as_published() {
        let calendar = calendar();
        let mut months = [0; 12];
        for d in day("2026-01-01").iter_days().take(365).filter(|d| calendar.is_working(*d)) {
            months[d.month0() as usize] += 1;
        }
        assert_eq!(months, [21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23]);
        assert_eq!(months.iter().sum::<i32>(), 249);
    }

    #[test]
    fn a_year_without_a_table_is_said_to_be_unknown_and_follows_the_week() {
        assert!(calendar().is_known(2026) && !calendar().is_known(2027));
        assert!(calendar().is_working(day("2027-01-01")));
        assert!(!calendar().is_working(day("2027-01-02")));
    }

    #[test]
    fn a_day_set_by_hand_wins_and_returns_to_the_rule_of_the_week() {
        let mut calendar = calendar();
        calendar.set_day(day("2026-05-30"), Some(true), "Công văn");
        assert!(calendar.is_working(day("2026-05-30")));
        calendar.set_day(day("2026-05-30"), None, "");
        assert!(!calendar.is_working(day("2026-05-30")));
    }

    #[test]
    fn a_wrong_table_is_refused_with_its_place_and_changes_nothing() {
        let mut calendar = calendar();
        let before = calendar.clone();
        for (text, message) in [
            (
                "date,kind,name,basis\n2027-01-01,NGHI,Tết,x\n",
                "2027.csv, line 2, column kind: `NGHI` is wrong: expected NGHỈ or LÀM BÙ",
            ),
            (
                "date,kind,name,basis\n2026-01-01,NGHỈ,Tết,x\n",
                "2027.csv, line 2, column date: 2026-01-01 is not in 2027",
            ),
            ("date,kind,name,basis\n2027-01-01,NGHỈ,Tết,\n", "2027.csv, line 2, column basis: is empty"),
        ] {
            let error = calendar.add_year(2027, Source { name: "2027.csv", text }).expect_err("wrong");
            assert_eq!(error.to_string(), message);
        }
        assert_eq!(calendar, before);
    }

    #[test]
    fn every_special_day_breaks_the_rule_of_the_week_and_names_its_basis() {
        for (d, special) in calendar().special_days() {
            let weekday = !matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
            assert_ne!(special.working, weekday, "{d} changes nothing");
            assert!(!special.basis.is_empty());
        }
    }

    proptest! {
        #[test]
        fn a_term_ends_on_a_working_day_and_counts_back(offset in 0u64..700, n in 1u32..120) {
            let from = day("2025-06-01").checked_add_days(Days::new(offset)).expect("in range");
            let to = calendar().add_working_days(from, n);
            prop_assert!(calendar().is_working(to));
            prop_assert_eq!(calendar().working_days_between(from, to), i64::from(n));
            prop_assert_eq!(calendar().working_days_between(to, from), -i64::from(n));
        }

        #[test]
        fn terms_add_up(offset in 0u64..700, a in 0u32..60, b in 0u32..60) {
            let from = day("2025-06-01").checked_add_days(Days::new(offset)).expect("in range");
            let calendar = calendar();
            let in_two = calendar.add_working_days(calendar.add_working_days(from, a), b);
            prop_assert_eq!(in_two, calendar.add_working_days(from, a + b));
        }
    }
}
