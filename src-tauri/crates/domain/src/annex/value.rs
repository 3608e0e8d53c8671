//! One cell read as what its column means. What does not fit is said in Vietnamese, for the person who filled it in.

use super::{grid::Cell, layout::NO_FIGURE};
use crate::{checklist::Row, task::TaskStatus, text::fold};
use chrono::{Days, NaiveDate};

/// Statuses as exported and as colleagues say them, folded.
const STATUSES: &[(&str, TaskStatus)] = &[
    ("chua thuc hien", TaskStatus::NotStarted),
    ("chua trien khai", TaskStatus::NotStarted),
    ("chua lam", TaskStatus::NotStarted),
    ("dang thuc hien", TaskStatus::InProgress),
    ("dang trien khai", TaskStatus::InProgress),
    ("vuong", TaskStatus::Blocked),
    ("dang vuong", TaskStatus::Blocked),
    ("dang vuong mac", TaskStatus::Blocked),
    ("hoan thanh", TaskStatus::Done),
    ("da hoan thanh", TaskStatus::Done),
    ("xong", TaskStatus::Done),
    ("da xong", TaskStatus::Done),
    ("khong thuc hien", TaskStatus::NotApplicable),
];

pub(super) fn status(text: &str) -> Result<TaskStatus, String> {
    let folded = fold(text);
    let folded = folded.trim_end_matches(['.', ';', ',']);
    TaskStatus::ALL
        .into_iter()
        .find(|status| fold(status.words()) == folded)
        .or_else(|| STATUSES.iter().find(|(words, _)| *words == folded).map(|(_, status)| *status))
        .ok_or_else(|| {
            let known: Vec<&str> = TaskStatus::ALL.into_iter().map(TaskStatus::words).collect();
            format!("không hiểu trạng thái “{text}”; hãy ghi một trong: {}", known.join(", "))
        })
}

/// A day: a date cell, a serial number of a spreadsheet, `29/05/2026` or `2026-05-29`.
pub(super) fn day(cell: &Cell) -> Result<Option<NaiveDate>, String> {
    match cell {
        cell if cell.is_blank() => Ok(None),
        Cell::Day(day) => in_range(*day, &cell.text()).map(Some),
        Cell::Number(serial) => from_serial(*serial)
            .ok_or_else(|| format!("“{}” không phải một ngày", cell.text()))
            .and_then(|day| in_range(day, &cell.text()).map(Some)),
        _ => {
            let text = cell.text();
            let bare = text.strip_suffix(" 00:00:00").unwrap_or(&text);
            let read = |form| NaiveDate::parse_from_str(bare, form).ok();
            let year = bare.rsplit('/').next().is_some_and(|y| y.len() == 4) || bare.contains('-');
            match ["%d/%m/%Y", "%Y-%m-%d"].into_iter().find_map(read).filter(|_| year) {
                Some(day) => in_range(day, &text).map(Some),
                None => Err(format!("“{text}” không phải một ngày; hãy ghi theo dạng 29/05/2026")),
            }
        }
    }
}

/// The day of a spreadsheet's serial number, in the system that begins in 1900.
fn from_serial(serial: f64) -> Option<NaiveDate> {
    if serial.fract() != 0.0 || !(61.0..100_000.0).contains(&serial) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Checked above.
    let days = Days::new(serial as u64);
    // Day 60 of that system never was; from 61 on the count is from 30/12/1899.
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(days)
}

fn in_range(day: NaiveDate, text: &str) -> Result<NaiveDate, String> {
    use chrono::Datelike as _;
    if (2000..2100).contains(&day.year()) {
        Ok(day)
    } else {
        Err(format!("ngày “{text}” nằm ngoài các năm 2000–2099"))
    }
}

/// A number with a decimal comma, points between thousands allowed; also with a decimal point.
pub(super) fn number(text: &str) -> Option<f64> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let groups: Vec<&str> = bare.split('.').collect();
    let thousands = groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3) && groups[0].len() <= 3;
    let plain = if bare.contains(',') {
        bare.replace('.', "").replacen(',', ".", 1)
    } else if thousands {
        bare.replace('.', "")
    } else {
        bare
    };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A figure that a line reports.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub(super) measure: String,
    pub(super) value: f64,
    /// Day and source; none where the line has only the value.
    pub(super) told: Option<(NaiveDate, String)>,
}

/// The lines of a cell of figures; lines that say there is none are left out.
pub(super) fn figures(row: &Row, text: &str) -> Result<Vec<Figure>, String> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let form = || format!("“{line}”: hãy ghi theo dạng “Chỉ tiêu: 68,73 % · 31/10/2025 · nguồn”");
        // A title may hold a colon itself: the longest that fits counts.
        let known = row
            .measures
            .iter()
            .filter(|m| fold(line).starts_with(&(fold(&m.title) + ":")))
            .max_by_key(|m| m.title.len());
        let Some(measure) = known else {
            return Err(format!("“{line}”: nhiệm vụ này không có chỉ tiêu đó"));
        };
        let colons = measure.title.matches(':').count();
        let rest = line.splitn(colons + 2, ':').last().unwrap_or_default().trim();
        if fold(rest) == fold(NO_FIGURE) {
            continue;
        }
        let mut parts = rest.splitn(3, " · ").map(str::trim);
        let amount = parts.next().unwrap_or_default();
        let value = amount.strip_suffix(measure.unit.as_str()).unwrap_or(amount);
        let value = number(value).ok_or_else(form)?;
        let told = match (parts.next(), parts.next()) {
            (None, _) => None,
            (Some(as_of), source) => {
                let as_of = day(&Cell::words(as_of))?.ok_or_else(form)?;
                Some((as_of, source.filter(|s| !s.is_empty()).ok_or_else(form)?.to_owned()))
            }
        };
        found.push(Figure { measure: measure.id.clone(), value, told });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("valid")
    }

    #[test]
    fn a_status_is_understood_without_marks_case_or_single_blanks() {
        for (text, expected) in [
            ("báo xong", TaskStatus::Done),
            ("  BAO   XONG ", TaskStatus::Done),
            ("Hoàn thành.", TaskStatus::Done),
            ("đang làm", TaskStatus::InProgress),
            ("Vướng mắc", TaskStatus::Blocked),
            ("chua bat dau", TaskStatus::NotStarted),
            ("Không áp dụng", TaskStatus::NotApplicable),
        ] {
            assert_eq!(status(text), Ok(expected), "{text}");
        }
        for status in TaskStatus::ALL {
            assert_eq!(super::status(status.words()), Ok(status));
        }
        assert!(status("gần xong").is_err_and(|e| e.contains("“gần xong”") && e.contains("báo xong")));
    }

    #[test]
    fn a_day_is_read_from_dates_serials_and_both_spellings() {
        let may = ymd(2026, 5, 29);
        for cell in [
            Cell::Day(may),
            Cell::Number(46171.0),
            Cell::words("29/05/2026"),
            Cell::words(" 29/5/2026 "),
            Cell::words("2026-05-29"),
            Cell::words("2026-05-29 00:00:00"),
        ] {
            assert_eq!(day(&cell), Ok(Some(may)), "{cell:?}");
        }
        assert_eq!(day(&Cell::words("  ")), Ok(None));
        for cell in [
            Cell::words("31/02/2026"),
            Cell::words("29/05/26"),
            Cell::words("05/29/2026"),
            Cell::words("hôm qua"),
            Cell::Number(46171.5),
            Cell::Number(-1.0),
            Cell::Number(1.0),
            Cell::Error("#REF!".into()),
            Cell::words("29/05/0026"),
        ] {
            assert!(day(&cell).is_err(), "{cell:?}");
        }
    }

    #[test]
    fn numbers_are_read_the_vietnamese_way() {
        for (text, value) in [
            ("68,73", 68.73),
            ("2.273", 2273.0),
            ("1.234.567,5", 1_234_567.5),
            ("68.7", 68.7),
            ("0", 0.0),
            (" 100 ", 100.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "-1", "1,2,3", "nhiều", "1e9", "NaN"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
