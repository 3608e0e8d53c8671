//! Periods as people name them, the ones they are compared with, and the months within.

use crate::{
    messages,
    wire::{PeriodView, WireError},
};
use chrono::{Datelike as _, Days, Months, NaiveDate};
use pvhcc_domain::dossier::Period;

/// Years that a period may lie in; days of dossiers can be written for these.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2178;

/// Reads `2026-05-14`, `2026-05`, `2026-Q2`, `2026` or `2026-01-01..2026-05-15`.
///
/// # Errors
/// `Invalid` naming what is wrong: not a period, the end before the beginning, a year outside the calendar.
pub(crate) fn parse(text: &str) -> Result<Period, WireError> {
    let text = text.trim();
    let period = match text.split_once("..") {
        Some((from, to)) => day(from).zip(day(to)).map(|(from, to)| Period { from, to }),
        None => named(text),
    };
    let Some(period) = period else {
        return Err(messages::invalid(
            "period",
            &format!(
                "“{text}” không phải là kỳ. Dùng 2026-05-14 (ngày), 2026-05 (tháng), 2026-Q2 (quý), 2026 (năm) hoặc \
                 2026-01-01..2026-05-15 (từ ngày đến ngày)."
            ),
        ));
    };
    if period.to < period.from {
        return Err(messages::invalid("period", "Ngày cuối kỳ đứng trước ngày đầu kỳ."));
    }
    if !YEARS.contains(&period.from.year()) || !YEARS.contains(&period.to.year()) {
        return Err(messages::invalid(
            "period",
            &format!("Kỳ phải nằm trong các năm {}–{}.", YEARS.start(), YEARS.end()),
        ));
    }
    Ok(period)
}

fn day(text: &str) -> Option<NaiveDate> {
    // chrono also takes `2026-5-1`; one spelling is enough.
    let date: NaiveDate = text.trim().parse().ok()?;
    (date.to_string() == text.trim()).then_some(date)
}

fn named(text: &str) -> Option<Period> {
    if let Some(date) = day(text) {
        return Some(Period { from: date, to: date });
    }
    let digits = |part: &str, n: usize| -> Option<u32> {
        (part.len() == n && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
    let year = digits(year, 4)? as i32;
    let months = |first: u32, n: u32| {
        let from = NaiveDate::from_ymd_opt(year, first, 1)?;
        Some(Period { from, to: from.checked_add_months(Months::new(n))?.pred_opt()? })
    };
    match rest {
        None => months(1, 12),
        Some(rest) => match rest.strip_prefix(['Q', 'q']) {
            Some(quarter) => {
                digits(quarter, 1).filter(|q| (1..=4).contains(q)).and_then(|q| months(q * 3 - 2, 3))
            }
            None => digits(rest, 2).and_then(|month| months(month, 1)),
        },
    }
}

/// How many whole months it is, if it is.
fn whole_months(period: Period) -> Option<u32> {
    let next = period.to.succ_opt()?;
    let months = (next.year() - period.from.year()) * 12 + next.month() as i32 - period.from.month() as i32;
    (period.from.day() == 1 && next.day() == 1 && months > 0).then_some(months as u32)
}

/// The period just before: as many whole months where it is whole months, else as many days.
pub(crate) fn previous(period: Period) -> Period {
    let to = period.from.pred_opt().unwrap_or(period.from);
    let from = match whole_months(period) {
        Some(months) => period.from.checked_sub_months(Months::new(months)),
        None => period.from.checked_sub_days(Days::new((period.to - period.from).num_days() as u64 + 1)),
    };
    Period { from: from.unwrap_or(to), to }
}

/// The same days of the year before; a period that ends with a February ends with that one.
pub(crate) fn last_year(period: Period) -> Period {
    let back = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
    let to = match whole_months(period).and(period.to.succ_opt()) {
        Some(next) => back(next).pred_opt().unwrap_or(period.to),
        None => back(period.to),
    };
    Period { from: back(period.from), to }
}

/// The months of a period, the first and the last as far as they lie in it.
pub(crate) fn months(period: Period) -> Vec<Period> {
    let mut months = Vec::new();
    let mut from = period.from;
    while from <= period.to {
        let next = from.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
        let Some(next) = next else { break };
        months.push(Period { from, to: next.pred_opt().unwrap_or(period.to).min(period.to) });
        from = next;
    }
    months
}

/// The days of a period.
pub(crate) fn days(period: Period) -> Vec<Period> {
    period
        .from
        .iter_days()
        .take_while(|day| *day <= period.to)
        .map(|day| Period { from: day, to: day })
        .collect()
}

/// The shortest text that [`parse`] reads as this period.
pub(crate) fn id(period: Period) -> String {
    let Period { from, to } = period;
    let year = from.year();
    if from == to {
        return from.to_string();
    }
    match whole_months(period) {
        Some(1) => from.format("%Y-%m").to_string(),
        Some(3) if from.month0() % 3 == 0 => format!("{year}-Q{}", from.month0() / 3 + 1),
        Some(12) if from.month() == 1 => year.to_string(),
        _ => format!("{from}..{to}"),
    }
}

/// `Tháng 5/2026`, `Quý II/2026`, `Năm 2026`, `Ngày 14/05/2026`, `01/01–15/05/2026`.
pub(crate) fn title(period: Period) -> String {
    let Period { from, to } = period;
    let year = from.year();
    if from == to {
        return format!("Ngày {}", from.format("%d/%m/%Y"));
    }
    match whole_months(period) {
        Some(1) => format!("Tháng {}/{year}", from.month()),
        Some(3) if from.month0() % 3 == 0 => {
            format!("Quý {}/{year}", ["I", "II", "III", "IV"][from.month0() as usize / 3])
        }
        Some(12) if from.month() == 1 => format!("Năm {year}"),
        _ if to.year() == year => format!("{}–{}", from.format("%d/%m"), to.format("%d/%m/%Y")),
        _ => format!("{}–{}", from.format("%d/%m/%Y"), to.format("%d/%m/%Y")),
    }
}

/// For the window.
pub(crate) fn view(period: Period) -> PeriodView {
    PeriodView {
        id: id(period),
        from: period.from.to_string(),
        to: period.to.to_string(),
        title: title(period),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Period {
        parse(text).unwrap_or_else(|e| panic!("{text}: {}", e.message))
    }

    #[test]
    fn periods_are_read_as_people_name_them_and_compared_with_the_right_ones() {
        for (text, days, before, year_ago, title) in [
            ("2026-05-14", "2026-05-14..2026-05-14", "2026-05-13", "2025-05-14", "Ngày 14/05/2026"),
            ("2026-05", "2026-05-01..2026-05-31", "2026-04", "2025-05", "Tháng 5/2026"),
            ("2026-Q2", "2026-04-01..2026-06-30", "2026-Q1", "2025-Q2", "Quý II/2026"),
            ("2026", "2026-01-01..2026-12-31", "2025", "2025", "Năm 2026"),
            ("2024-02", "2024-02-01..2024-02-29", "2024-01", "2023-02", "Tháng 2/2024"),
            ("2025-02", "2025-02-01..2025-02-28", "2025-01", "2024-02", "Tháng 2/2025"),
            (
                "2026-01-01..2026-05-15",
                "2026-01-01..2026-05-15",
                "2025-08-19..2025-12-31",
                "2025-01-01..2025-05-15",
                "01/01–15/05/2026",
            ),
            (
                "2026-02-01..2026-03-31",
                "2026-02-01..2026-03-31",
                "2025-12-01..2026-01-31",
                "2025-02-01..2025-03-31",
                "01/02–31/03/2026",
            ),
        ] {
            let period = read(text);
            assert_eq!(format!("{}..{}", period.from, period.to), days);
            assert_eq!(id(previous(period)), before, "before {text}");
            assert_eq!(id(last_year(period)), year_ago, "a year before {text}");
            assert_eq!(super::title(period), title);
            assert_eq!(id(period), text);
        }
        assert_eq!(id(last_year(read("2024-02-29"))), "2023-02-28");
    }

    #[test]
    fn what_is_no_period_is_refused_with_what_would_be_one() {
        for text in [
            "",
            "2026-13",
            "2026-Q5",
            "26-05",
            "2026-5",
            "2026-02-30",
            "2026-05-15..2026-01-01",
            "1999",
            "2179",
            "+026",
        ] {
            let error = parse(text).expect_err(text);
            assert!(
                error.message.contains("kỳ") || error.message.contains("Kỳ"),
                "{text}: {}",
                error.message
            );
        }
    }

    proptest! {
        #[test]
        fn every_period_reads_back_and_its_months_cover_it(from in 0u64..20_000, len in 0u64..900) {
            let start = NaiveDate::from_ymd_opt(2001, 1, 1).expect("a day");
            let from = start + Days::new(from);
            let period = Period { from, to: from + Days::new(len) };
            prop_assert_eq!(read(&id(period)), period);
            let months = months(period);
            prop_assert_eq!(months.first().map(|m| m.from), Some(period.from));
            prop_assert_eq!(months.last().map(|m| m.to), Some(period.to));
            for pair in months.windows(2) {
                prop_assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
                prop_assert_eq!(pair[1].from.day(), 1);
            }
            let before = previous(period);
            prop_assert_eq!(before.to.succ_opt(), Some(period.from));
            match whole_months(period) {
                Some(months) => prop_assert_eq!(whole_months(before), Some(months)),
                None => prop_assert_eq!(before.to - before.from, period.to - period.from),
            }
        }
    }
}
