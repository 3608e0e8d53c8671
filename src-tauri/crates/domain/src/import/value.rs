//! One cell read as what its column means. What does not fit is said in Vietnamese, without the value itself: a row that
//! slipped by one column may have a name where a date should be.

use super::cell::Cell;
use crate::{
    figures::statement::StatedRate,
    time::{Ms, PROVINCE_OFFSET_SECONDS},
};
use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime};

/// Longest code kept, characters.
const LONGEST_CODE: usize = 120;

/// How a date with two small numbers is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// `29/05/2026`.
    #[default]
    DayFirst,
    /// `05/29/2026`.
    MonthFirst,
}

/// What the cells of a column tell of how they are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Dates that can only be day first.
    pub day_first: u64,
    /// Dates that can only be month first.
    pub month_first: u64,
    /// Dates that can be either.
    pub either: u64,
    /// Shares without a sign that are above 1.
    pub above_one: u64,
}

impl Evidence {
    /// The order that the column shows; the usual one when it shows none.
    #[must_use]
    pub fn order(&self) -> DateOrder {
        if self.month_first > 0 && self.day_first == 0 { DateOrder::MonthFirst } else { DateOrder::DayFirst }
    }

    /// No value tells which order it is, and it matters.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.either > 0 && self.day_first == 0 && self.month_first == 0
    }

    /// Shares without a sign are of a hundred.
    #[must_use]
    pub fn percents(&self) -> bool {
        self.above_one > 0
    }
}

/// A text that may be a moment, before its order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    /// Year, month, day, or the two small numbers as they stand.
    parts: (i32, u32, u32),
    ordered: bool,
    time: NaiveTime,
    /// Seconds east of UTC, where the text says.
    offset: Option<i32>,
}

/// Adds what a cell of dates tells.
pub(super) fn witness_date(evidence: &mut Evidence, cell: &Cell) {
    let Cell::Text(text) = cell else { return };
    let Some(Written { parts: (_, first, second), ordered: false, .. }) = written(text.trim()) else {
        return;
    };
    match (first > 12, second > 12) {
        (true, false) => evidence.day_first += 1,
        (false, true) => evidence.month_first += 1,
        // The same day either way tells nothing.
        (false, false) if first != second => evidence.either += 1,
        _ => {}
    }
}

/// Adds what a cell of shares tells.
pub(super) fn witness_rate(evidence: &mut Evidence, cell: &Cell) {
    let number = match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) if !text.contains('%') => decimal(text.trim()).map(|(number, _)| number),
        _ => None,
    };
    evidence.above_one += u64::from(number.is_some_and(|number| number > 1.0));
}

/// Whether a cell says that there is no value.
#[must_use]
pub fn is_untold(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => {
            let text = text.trim();
            text.is_empty()
                || matches!(text, "-" | "–" | "—" | "--" | "..." | "…")
                || ["null", "n/a", "none", "nan"].iter().any(|word| text.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

type Read<T> = Result<Option<T>, String>;

fn failed(cell: &Cell) -> Result<(), String> {
    match cell {
        Cell::Error(error) => Err(format!("ô báo lỗi {error}; hãy sửa công thức trong tệp nguồn")),
        _ => Ok(()),
    }
}

/// A code or a name: composed, on one line.
///
/// # Errors
/// A failed formula, a text that is too long.
pub(super) fn code(cell: &Cell) -> Read<String> {
    failed(cell)?;
    if is_untold(cell) {
        return Ok(None);
    }
    let text = cell.words();
    if text.chars().count() > LONGEST_CODE {
        return Err(format!("dài quá {LONGEST_CODE} ký tự"));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Whether a text has the form of a citizen's number, which no code has.
#[must_use]
pub(super) fn is_citizen_number(text: &str) -> bool {
    text.len() == 12 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// A moment; a day without an hour is its midnight in the province.
///
/// # Errors
/// No date, a day that is in no calendar, a year outside 2000–2099, two digits of a year.
pub(super) fn moment(cell: &Cell, order: DateOrder) -> Read<Ms> {
    failed(cell)?;
    if is_untold(cell) {
        return Ok(None);
    }
    let at = match cell {
        Cell::Moment(at) => province(*at),
        Cell::Number(number) => match serial(*number) {
            Some(at) => province(at),
            None => text_moment(&whole(*number).unwrap_or_default(), order)?,
        },
        _ => text_moment(&cell.words(), order)?,
    };
    let year = at.day().year();
    if (2000..2100).contains(&year) {
        Ok(Some(at))
    } else {
        Err("ngày nằm ngoài các năm 2000–2099".to_owned())
    }
}

fn text_moment(text: &str, order: DateOrder) -> Result<Ms, String> {
    let found = written(text).ok_or_else(|| match short_year(text) {
        true => "năm chỉ có hai chữ số; hãy ghi đủ, ví dụ 29/05/2026".to_owned(),
        false => "không phải một ngày; hãy ghi theo dạng 29/05/2026 hoặc 29/05/2026 14:30".to_owned(),
    })?;
    let (year, first, second) = found.parts;
    let (month, day) = match (found.ordered, order) {
        (true, _) | (false, DateOrder::MonthFirst) => (first, second),
        (false, DateOrder::DayFirst) => (second, first),
    };
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| match (found.ordered, order) {
        (false, DateOrder::DayFirst) => "ngày không có trong lịch (đọc theo ngày/tháng/năm)".to_owned(),
        (false, DateOrder::MonthFirst) => "ngày không có trong lịch (đọc theo tháng/ngày/năm)".to_owned(),
        (true, _) => "ngày không có trong lịch".to_owned(),
    })?;
    let at = NaiveDateTime::new(date, found.time);
    Ok(match found.offset {
        Some(offset) => Ms(at.and_utc().timestamp_millis() - i64::from(offset) * 1000),
        None => province(at),
    })
}

/// An instant told in the province's time.
fn province(at: NaiveDateTime) -> Ms {
    Ms(at.and_utc().timestamp_millis() - i64::from(PROVINCE_OFFSET_SECONDS) * 1000)
}

/// The moment of a spreadsheet's serial number in the system that begins in 1900, to the second; 2000 to 2099.
fn serial(number: f64) -> Option<NaiveDateTime> {
    if !(36_526.0..73_051.0).contains(&number) {
        return None;
    }
    let seconds = (number * 86_400.0).round() as u64;
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(seconds / 86_400))?;
    Some(date.and_time(NaiveTime::from_num_seconds_from_midnight_opt((seconds % 86_400) as u32, 0)?))
}

/// A whole number without decimals, as written; above 2⁵³ digits are lost.
fn whole(number: f64) -> Option<String> {
    (number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number))
        .then(|| format!("{number:.0}"))
}

fn short_year(text: &str) -> bool {
    let mut parts = text.split(['/', '-', '.']);
    let small = |part: Option<&str>| {
        part.is_some_and(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    };
    small(parts.next()) && small(parts.next()) && small(parts.next()) && parts.next().is_none()
}

/// The numbers of a text of one of the forms that exports have.
fn written(text: &str) -> Option<Written> {
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let mut date: Option<(i32, u32, u32, bool)> = None;
    let mut time: Option<(NaiveTime, Option<i32>)> = None;
    let mut afternoon = None;
    for piece in text.split([' ', 'T', ',']).filter(|piece| !piece.is_empty()) {
        if piece.contains(':') {
            if time.replace(clock(piece)?).is_some() {
                return None;
            }
        } else if let Some(late) = half_of_day(piece) {
            afternoon = Some(late);
        } else {
            let (found, at) = calendar_day(piece)?;
            if date.replace(found).is_some() {
                return None;
            }
            if let Some(at) = at {
                time = Some((at, None));
            }
        }
    }
    let (year, first, second, ordered) = date?;
    let (at, offset) = time.unwrap_or((NaiveTime::MIN, None));
    let at = match afternoon {
        Some(late) => twelve_hours(at, late)?,
        None => at,
    };
    Some(Written { parts: (year, first, second), ordered, time: at, offset })
}

fn half_of_day(piece: &str) -> Option<bool> {
    match piece.to_ascii_uppercase().as_str() {
        "AM" | "SA" => Some(false),
        "PM" | "CH" => Some(true),
        _ => None,
    }
}

fn twelve_hours(at: NaiveTime, late: bool) -> Option<NaiveTime> {
    use chrono::Timelike as _;
    match (at.hour(), late) {
        (12, false) => at.with_hour(0),
        (1..=11, true) => at.with_hour(at.hour() + 12),
        (0..=12, _) => Some(at),
        _ => None,
    }
}

/// Year, the two numbers after it in calendar order or as they stand, and the time where the digits go on.
#[allow(clippy::type_complexity)]
fn calendar_day(piece: &str) -> Option<((i32, u32, u32, bool), Option<NaiveTime>)> {
    if piece.bytes().all(|b| b.is_ascii_digit()) {
        let number =
            |range: std::ops::Range<usize>| piece.get(range).and_then(|digits| digits.parse::<u32>().ok());
        let time = match piece.len() {
            8 => None,
            12 => Some(NaiveTime::from_hms_opt(number(8..10)?, number(10..12)?, 0)?),
            14 => Some(NaiveTime::from_hms_opt(number(8..10)?, number(10..12)?, number(12..14)?)?),
            _ => return None,
        };
        return Some(((piece.get(0..4)?.parse().ok()?, number(4..6)?, number(6..8)?, true), time));
    }
    let sign = piece.bytes().find(|b| !b.is_ascii_digit())?;
    if !matches!(sign, b'/' | b'-' | b'.') {
        return None;
    }
    let mut parts = piece.split(char::from(sign));
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let small = |text: &str| if (1..=2).contains(&text.len()) { text.parse::<u32>().ok() } else { None };
    match (a.len(), c.len()) {
        (4, _) => Some(((a.parse().ok()?, small(b)?, small(c)?, true), None)),
        (_, 4) => Some(((c.parse().ok()?, small(a)?, small(b)?, false), None)),
        _ => None,
    }
}

/// `14:30`, `14:30:05`, `14:30:05.123+07:00`, `14:30:05Z`.
fn clock(piece: &str) -> Option<(NaiveTime, Option<i32>)> {
    let (local, offset) = match piece.find(['Z', '+', '-']) {
        Some(at) => {
            let (local, zone) = piece.split_at(at);
            (local, Some(offset(zone)?))
        }
        None => (piece, None),
    };
    let (clock, fraction) = local.split_once('.').unwrap_or((local, "0"));
    let mut parts = clock.split(':');
    let mut number =
        || parts.next().map(|digits| if digits.len() <= 2 { digits.parse::<u32>().ok() } else { None });
    let (hour, minute) = (number()??, number()??);
    let second = match number() {
        Some(second) => second?,
        None => 0,
    };
    if parts.next().is_some() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let millis = format!("{:0<3.3}", fraction).parse().ok()?;
    Some((NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?, offset))
}

fn offset(zone: &str) -> Option<i32> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, digits) = zone.split_at(1);
    let digits = digits.replace(':', "");
    if digits.len() != 4 {
        return None;
    }
    let seconds = digits[..2].parse::<i32>().ok()? * 3600 + digits[2..].parse::<i32>().ok()? * 60;
    Some(if sign == "-" { -seconds } else { seconds })
}

/// A count of 0 or more.
///
/// # Errors
/// Words, a negative number, a fraction.
pub(super) fn count(cell: &Cell) -> Read<u64> {
    failed(cell)?;
    if is_untold(cell) {
        return Ok(None);
    }
    match cell {
        Cell::Number(number) if *number < 0.0 => Err("số âm".to_owned()),
        Cell::Number(number) => {
            match whole(*number) {
                Some(digits) => digits.parse().map(Some).map_err(|_| "số quá lớn".to_owned()),
                None => Err("không phải số nguyên; có thể dấu chấm hàng nghìn đã bị đọc thành dấu thập phân"
                    .to_owned()),
            }
        }
        Cell::Moment(_) => Err("là ngày, không phải số; hãy bỏ định dạng ngày của cột".to_owned()),
        _ => text_count(&cell.words()).map(Some),
    }
}

fn text_count(text: &str) -> Result<u64, String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let not = || "không phải số nguyên".to_owned();
    if bare.strip_prefix(['-', '−']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Err("số âm".to_owned());
    }
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return Err(not());
    }
    let digits = match bare.rfind(['.', ',']) {
        None => bare,
        Some(at) => {
            let (head, tail) = (&bare[..at], &bare[at + 1..]);
            let sign = &bare[at..=at];
            let thousands = |text: &str, sign: &str| {
                let mut groups = text.split(sign);
                let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
                first && groups.all(|g| g.len() == 3) && !text.contains(if sign == "." { ',' } else { '.' })
            };
            let other = if sign == "." { "," } else { "." };
            if thousands(&bare, sign) {
                bare.replace(sign, "")
            } else if !tail.is_empty()
                && tail.bytes().all(|b| b == b'0')
                && (thousands(head, other) || head.bytes().all(|b| b.is_ascii_digit()))
            {
                // Decimals that are nothing: `338.923,00`.
                head.replace(other, "")
            } else {
                return Err(not());
            }
        }
    };
    digits.parse().map_err(|_| "số quá lớn".to_owned())
}

/// A number with a decimal comma or point, and its decimals.
fn decimal(text: &str) -> Option<(f64, u8)> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return None;
    }
    let (head, tail) = bare.split_once(['.', ',']).unwrap_or((&bare, ""));
    if head.is_empty() || tail.contains(['.', ',']) {
        return None;
    }
    let number: f64 = format!("{head}.{tail}0").parse().ok()?;
    Some((number, u8::try_from(tail.len()).ok()?))
}

/// A share. `percents` says how shares of this column are written that have no sign.
///
/// # Errors
/// No number, a negative one, a share that is out of all proportion.
pub(super) fn rate(cell: &Cell, percents: bool) -> Read<StatedRate> {
    failed(cell)?;
    if is_untold(cell) {
        return Ok(None);
    }
    let not = || "không phải tỷ lệ; hãy ghi theo dạng 68,73%".to_owned();
    let (number, decimals, of_hundred) = match cell {
        Cell::Number(number) => {
            let shown = format!("{:.6}", if percents { *number } else { number * 100.0 });
            let decimals = shown.trim_end_matches('0').split_once('.').map_or(0, |(_, tail)| tail.len());
            (*number, u8::try_from(decimals).unwrap_or(6), percents)
        }
        Cell::Moment(_) => return Err(not()),
        _ => {
            let text = cell.words();
            let (digits, sign) = match text.strip_suffix('%') {
                Some(digits) => (digits.trim(), true),
                None => (text.as_str(), false),
            };
            let (number, decimals) = decimal(digits).ok_or_else(not)?;
            let of_hundred = sign || percents;
            (number, if of_hundred { decimals } else { decimals.saturating_sub(2) }, of_hundred)
        }
    };
    let fraction = if of_hundred { number / 100.0 } else { number };
    if !fraction.is_finite() || !(0.0..=10.0).contains(&fraction) {
        return Err("tỷ lệ âm hoặc trên 1.000%".to_owned());
    }
    Ok(Some(StatedRate { fraction, digits: decimals }))
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
