//! Periods as titles and cells write them: `Tháng 5 năm 2026`, `Quý II/2026`, `Từ ngày 01/05/2026 đến ngày 15/05/2026`.

use super::{
    cell::Cell,
    names::Dictionary,
    value::{DateOrder, moment},
};
use crate::{text::fold, time::Ms};
use chrono::{Datelike as _, Days, Months, NaiveDate};

/// First and last day, both inside.
pub type Span = (NaiveDate, NaiveDate);

/// The months from `first` on, `count` of them.
fn months(year: i32, first: u32, count: u32) -> Option<Span> {
    let from = NaiveDate::from_ymd_opt(year, first, 1)?;
    let to = from.checked_add_months(Months::new(count))?.checked_sub_days(Days::new(1))?;
    (2000..2100).contains(&year).then_some((from, to))
}

/// A month.
#[must_use]
pub fn month(year: i32, month: u32) -> Option<Span> {
    months(year, month, 1)
}

/// A quarter, 1–4.
#[must_use]
pub fn quarter(year: i32, quarter: u32) -> Option<Span> {
    (1..=4).contains(&quarter).then(|| months(year, quarter * 3 - 2, 3))?
}

/// A year.
#[must_use]
pub fn year(year: i32) -> Option<Span> {
    months(year, 1, 12)
}

/// The number of a quarter: `2`, `II`, `Quý II`, `Q2`.
#[must_use]
pub fn quarter_number(text: &str) -> Option<u32> {
    let folded = fold(text);
    let bare = folded.trim_start_matches("quy").trim_start_matches('q').trim();
    match bare {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        "3" | "iii" => Some(3),
        "4" | "iv" => Some(4),
        _ => None,
    }
}

/// The period a text tells; `None` where it tells none, or one that cannot be.
#[must_use]
pub fn parse(text: &str) -> Option<Span> {
    let folded = fold(text);
    let days = dates(&folded);
    match days.as_slice() {
        [(_, from), (_, to), ..] => return (from <= to).then_some((from.day(), to.day())),
        [(whole, day)] if *whole == folded.trim() => return Some((day.day(), day.day())),
        _ => {}
    }
    let words: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '-' | ',' | '(' | ')' | ';'))
        .filter(|word| !word.is_empty())
        .collect();
    let number = |at: usize| words.get(at).and_then(|word| word.trim_end_matches('.').parse::<u32>().ok());
    let full_year = |at: usize| number(at).filter(|n| (1000..10_000).contains(n)).map(|n| n as i32);
    // The year that follows, with or without its word.
    let year_after =
        |at: usize| full_year(at).or_else(|| (words.get(at) == Some(&"nam")).then(|| full_year(at + 1))?);
    for at in 0..words.len() {
        match words[at] {
            "thang" => {
                // "6 tháng đầu năm 2026" counts months, "tháng 6 năm 2026" names one.
                if words.get(at + 1) == Some(&"dau")
                    && let (Some(count @ 1..=12), Some(year)) =
                        (at.checked_sub(1).and_then(number), year_after(at + 2))
                {
                    return months(year, 1, count);
                }
                if let (Some(of), Some(year)) = (number(at + 1), year_after(at + 2)) {
                    return month(year, of);
                }
            }
            "quy" => {
                if let (Some(of), Some(year)) =
                    (words.get(at + 1).and_then(|w| quarter_number(w)), year_after(at + 2))
                {
                    return quarter(year, of);
                }
            }
            "nam" if at == 0 || !matches!(words[at - 1], "dau") => {
                if let Some(of) = full_year(at + 1) {
                    return year(of);
                }
            }
            _ => {}
        }
    }
    match words.as_slice() {
        [_] if full_year(0).is_some() => year(full_year(0)?),
        [first, _] if full_year(0).is_some() => match number(1) {
            Some(of) => month(full_year(0)?, of),
            None => quarter(
                full_year(0)?,
                words.get(1).and_then(|w| quarter_number(w)).filter(|_| !first.is_empty())?,
            ),
        },
        [first, _] => {
            let year = full_year(1)?;
            match number(0) {
                Some(of) => month(year, of),
                None => quarter(year, quarter_number(first)?),
            }
        }
        _ => None,
    }
}

/// The full dates of a folded text, as written.
fn dates(folded: &str) -> Vec<(&str, Ms)> {
    let pieces = folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'));
    pieces
        .map(|piece| piece.trim_matches(|c: char| !c.is_ascii_digit()))
        // Eight digits alone may be any number; a day has signs between.
        .filter(|piece| piece.len() >= 8 && piece.contains(['/', '-', '.']))
        .filter_map(|piece| Some((piece, moment(&Cell::Text(piece.to_owned()), DateOrder::DayFirst).ok()??)))
        .collect()
}

/// What the title rows of a sheet tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// The period.
    pub period: Option<Span>,
    /// As of when.
    pub as_of: Option<Ms>,
    /// The unit that reports, as named there.
    pub unit: Option<String>,
}

impl Title {
    /// Reads title rows.
    #[must_use]
    pub fn read<'a>(names: &Dictionary, rows: impl IntoIterator<Item = &'a [Cell]>) -> Self {
        let mut title = Self::default();
        for cells in rows {
            let told: Vec<String> = cells.iter().filter(|cell| !cell.is_blank()).map(Cell::words).collect();
            let line = told.join(" ");
            let folded = fold(&line);
            let says = |words: &[String]| words.iter().any(|word| folded.contains(word.as_str()));
            if says(&names.as_of) {
                title.as_of = title.as_of.or_else(|| last_moment(&folded));
            } else {
                title.period = title.period.or_else(|| parse(&line));
            }
            if says(&names.unit) {
                let after = line.split_once(':').map(|(_, after)| after.trim().to_owned());
                title.unit = title.unit.or(after.filter(|unit| !unit.is_empty()));
            }
        }
        title
    }
}

/// The last date of a text, with the hour that stands beside it.
fn last_moment(folded: &str) -> Option<Ms> {
    let (text, day) = *dates(folded).last()?;
    let (before, after) = folded.split_once(text)?;
    let hour = before.split_whitespace().next_back().into_iter().chain(after.split_whitespace().next());
    let with_hour = hour.filter(|word| word.contains(':')).find_map(|hour| {
        let hour = hour.trim_matches(|c: char| !c.is_ascii_digit());
        moment(&Cell::Text(format!("{text} {hour}")), DateOrder::DayFirst).ok().flatten()
    });
    // A day without an hour speaks of its end.
    with_hour.or_else(|| Some(Ms::at(day.day(), 23, 59)))
}

/// Whether a period is of this calendar: neither its end before its beginning nor years that no report is about.
#[must_use]
pub fn is_sound((from, to): Span) -> bool {
    from <= to && (2000..2100).contains(&from.year()) && (2000..2100).contains(&to.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> Option<Span> {
        Some((from.parse().expect("ISO"), to.parse().expect("ISO")))
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Từ ngày 01/05/2026 đến ngày 15/05/2026", span("2026-05-01", "2026-05-15")),
            ("(Từ 01/05/2026 - đến hết 31/5/2026)", span("2026-05-01", "2026-05-31")),
            ("Tháng 5 năm 2026", span("2026-05-01", "2026-05-31")),
            ("Kỳ báo cáo: Tháng 02/2028", span("2028-02-01", "2028-02-29")),
            ("05/2026", span("2026-05-01", "2026-05-31")),
            ("2026-05", span("2026-05-01", "2026-05-31")),
            ("Quý II năm 2026", span("2026-04-01", "2026-06-30")),
            ("Quý 4/2026", span("2026-10-01", "2026-12-31")),
            ("2026-Q1", span("2026-01-01", "2026-03-31")),
            ("6 tháng đầu năm 2026", span("2026-01-01", "2026-06-30")),
            ("Năm 2026", span("2026-01-01", "2026-12-31")),
            ("2026", span("2026-01-01", "2026-12-31")),
            ("15/05/2026", span("2026-05-15", "2026-05-15")),
            ("2026-05-01..2026-05-15", None),
            ("Tháng 13 năm 2026", None),
            ("Từ ngày 15/05/2026 đến ngày 01/05/2026", None),
            ("Từ ngày 31/02/2026 đến ngày 31/02/2026", None),
            ("Năm 1926", None),
            ("Danh sách hồ sơ", None),
            ("Quyết định số 766/QĐ-TTg", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn titles_tell_period_unit_and_when_the_file_was_made() {
        let names = Dictionary::builtin().expect("right");
        let rows: Vec<Vec<Cell>> = [
            &["BÁO CÁO TÌNH HÌNH GIẢI QUYẾT TTHC"][..],
            &["Đơn vị báo cáo: Sở Y tế", "", "Kỳ báo cáo: Tháng 5 năm 2026"],
            &["Ngày xuất: 08:30 01/06/2026"],
        ]
        .iter()
        .map(|cells| cells.iter().map(|text| Cell::Text((*text).to_owned())).collect())
        .collect();
        let title = Title::read(names, rows.iter().map(Vec::as_slice));
        assert_eq!(title.period, span("2026-05-01", "2026-05-31"));
        assert_eq!(title.as_of, Ms::parse_rfc3339("2026-06-01T08:30:00+07:00").ok());
        assert!(title.unit.is_some_and(|unit| unit.starts_with("Sở Y tế")));
    }
}
