//! Days, periods and counts as they stand inside a sentence.

use super::super::paper::count;
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{
    report::freeze::{Cadence, Freeze},
    text,
    time::Ms,
};

/// Most lines of a list in the body; the rest stands in an annex.
pub(crate) const MOST_ITEMS: usize = 12;

/// `ngày 29 tháng 5 năm 2026`; a day below 10 and the months 1 and 2 have a 0 before them (Nghị định 30/2020, ô 4).
pub(crate) fn long_day(day: NaiveDate) -> String {
    format!("ngày {:02} {}", day.day(), long_month(day))
}

/// `tháng 5 năm 2026`.
fn long_month(day: NaiveDate) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("tháng {month} năm {}", day.year())
}

/// What a report is of: `ngày 29 tháng 5 năm 2026`, `tháng 5 năm 2026`.
pub(crate) fn period(freeze: &Freeze) -> String {
    match freeze.cadence {
        Cadence::Daily => long_day(freeze.to),
        Cadence::Monthly => long_month(freeze.to),
    }
}

/// The same in short: `ngày 29/05/2026`, `tháng 05/2026`.
pub(crate) fn short_period(freeze: &Freeze) -> String {
    match freeze.cadence {
        Cadence::Daily => format!("ngày {}", text::date(freeze.to)),
        Cadence::Monthly => format!("tháng {}", freeze.to.format("%m/%Y")),
    }
}

/// `ngày`, `tháng`.
pub(crate) fn unit(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "ngày",
        Cadence::Monthly => "tháng",
    }
}

/// `14 giờ 00 phút ngày 29/05/2026`.
pub(crate) fn moment(at: Ms) -> String {
    format!("{} ngày {}", at.local().format("%H giờ %M phút"), text::date(at.day()))
}

/// A count, or that it is not known.
pub(crate) fn known(n: Option<u64>) -> String {
    n.map_or_else(|| "chưa có số liệu".into(), count)
}

/// A count and its share of a whole: `324.067 (95,62%)`; without the share where the whole is not known or nothing.
pub(crate) fn with_share(part: Option<u64>, whole: Option<u64>) -> String {
    match (part, whole) {
        (Some(part), Some(whole)) if whole > 0 => format!("{} ({})", count(part), text::share(part, whole)),
        _ => known(part),
    }
}

/// `tăng 3`, `giảm 1`, `không đổi`.
pub(crate) fn against(now: u64, before: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("tăng {}", count(now - before)),
        std::cmp::Ordering::Less => format!("giảm {}", count(before - now)),
        std::cmp::Ordering::Equal => "không đổi".into(),
    }
}

/// `a, b và 3 mục khác`: at most [`MOST_ITEMS`] names, and how many there are more.
pub(crate) fn names(names: &[&str], what: &str) -> String {
    let shown = names[..names.len().min(MOST_ITEMS)].join(", ");
    match names.len().saturating_sub(MOST_ITEMS) {
        0 => shown,
        more => format!("{shown} và {more} {what} khác"),
    }
}

/// A sentence: one stop at its end, whatever people wrote.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ';', ':', '…']) || text.is_empty() {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The paragraphs that people wrote, one a line; blank lines are none.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).expect("a day")
    }

    #[test]
    fn days_are_written_as_the_decree_has_them() {
        assert_eq!(long_day(day(5, 29)), "ngày 29 tháng 5 năm 2026");
        assert_eq!(long_day(day(2, 3)), "ngày 03 tháng 02 năm 2026");
        assert_eq!(long_day(day(10, 1)), "ngày 01 tháng 10 năm 2026");
    }

    #[test]
    fn what_is_not_known_has_no_share() {
        assert_eq!(with_share(Some(324_067), Some(338_923)), "324.067 (95,62%)");
        assert_eq!(with_share(Some(5), None), "5");
        assert_eq!(with_share(Some(0), Some(0)), "0");
        assert_eq!(with_share(None, Some(9)), "chưa có số liệu");
    }

    #[test]
    fn a_long_list_of_names_says_how_many_are_left_out() {
        let many: Vec<String> = (1..=15).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(names(&many, "nhiệm vụ"), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 và 3 nhiệm vụ khác");
        assert_eq!(names(&many[..2], "nhiệm vụ"), "1, 2");
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(sentence(" Đã xong "), "Đã xong.");
        assert_eq!(sentence("Đã xong."), "Đã xong.");
        assert_eq!(sentence(""), "");
    }
}
