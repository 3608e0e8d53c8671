//! How fast parties answer, as a table whose titles state the finding.

use super::Register;
use crate::wire::ResponseRow;
use pvhcc_domain::{
    hours::OfficeHours,
    response::{ResponseStat, by_party, overall},
};

/// Fewest responses from which a party is called the slowest.
const ENOUGH: u32 = 2;

/// The table and its findings.
pub(super) struct Stats {
    pub(super) headline: String,
    pub(super) title: String,
    pub(super) rows: Vec<ResponseRow>,
    pub(super) overall: ResponseRow,
}

pub(super) fn view(register: &Register) -> Stats {
    let Register { states, calendar, hours, now, parties, .. } = register;
    let name = |id: &str| {
        parties.iter().find(|p| p.party.id == id).map_or_else(|| id.to_owned(), |p| p.party.short.clone())
    };
    let mut rows: Vec<ResponseRow> = by_party(states, *now, calendar, hours)
        .iter()
        .map(|(id, stat)| row(id, name(id), stat, hours))
        .collect();
    // The slowest first; those that never answered last, the longest list of silence first.
    rows.sort_by(|a, b| {
        let slow = |r: &ResponseRow| r.median_days.unwrap_or(-1.0);
        slow(b).total_cmp(&slow(a)).then(b.waiting.cmp(&a.waiting)).then(a.name.cmp(&b.name))
    });
    let overall = row("", "Tất cả".to_owned(), &overall(states, *now, calendar, hours), hours);
    Stats { headline: headline(&rows, &overall), title: title(&rows, &overall), rows, overall }
}

fn row(party: &str, name: String, stat: &ResponseStat, hours: &OfficeHours) -> ResponseRow {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let median_hours = stat.median_ms.map(in_hours);
    let median_days = stat.median_working_ms.map(|ms| in_days(ms, hours));
    ResponseRow {
        party: party.to_owned(),
        name,
        open: count(stat.open()),
        waiting: count(stat.waiting),
        overdue: count(stat.overdue),
        answered: count(stat.answered),
        resolved: count(stat.resolved),
        responses: count(stat.responses),
        median_text: median_hours.map_or_else(|| "–".to_owned(), |h| format!("{} giờ", decimal(h))),
        median_hours,
        median_days_text: median_days.map_or_else(|| "–".to_owned(), decimal),
        median_days,
        longest_wait_text: stat.longest_wait_ms.map_or_else(|| "–".to_owned(), |ms| working_days(ms, hours)),
    }
}

fn headline(rows: &[ResponseRow], overall: &ResponseRow) -> String {
    if overall.open + overall.resolved == 0 {
        return "Chưa ghi vướng mắc nào.".to_owned();
    }
    if overall.open == 0 {
        return format!("Cả {} vướng mắc đã gỡ xong.", overall.resolved);
    }
    let late: Vec<String> =
        rows.iter().filter(|r| r.overdue > 0).map(|r| format!("{} {}", r.name, r.overdue)).collect();
    let late = if late.is_empty() {
        "không có câu trả lời nào quá hạn".to_owned()
    } else {
        format!("{} quá hạn trả lời ({})", overall.overdue, late.join("; "))
    };
    format!("{} vướng mắc chưa gỡ, {late}; {} đã gỡ xong.", overall.open, overall.resolved)
}

fn title(rows: &[ResponseRow], overall: &ResponseRow) -> String {
    if overall.responses == 0 {
        return "Chưa có câu trả lời nào để tính thời gian phản hồi.".to_owned();
    }
    let all = format!(
        "trung vị chung {} ngày làm việc qua {} lần trả lời",
        overall.median_days_text, overall.responses
    );
    match rows.iter().find(|r| r.responses >= ENOUGH) {
        Some(slow) if rows.iter().filter(|r| r.responses >= ENOUGH).count() > 1 => format!(
            "Trong các bên đã trả lời từ {ENOUGH} lần, {} chậm nhất: trung vị {} ngày làm việc; {all}.",
            slow.name, slow.median_days_text
        ),
        _ => format!("Thời gian phản hồi: {all}."),
    }
}

/// Working time in words: `2,5 ngày làm việc`, or `3 giờ làm việc` below one day.
pub(super) fn working_span(ms: i64, hours: &OfficeHours) -> String {
    if ms < hours.day_ms() {
        return format!("{} giờ làm việc", decimal(in_hours(ms)));
    }
    format!("{} ngày làm việc", working_days(ms, hours))
}

/// Working time in days of the office's hours, one decimal: `2,5`.
fn working_days(ms: i64, hours: &OfficeHours) -> String {
    decimal(in_days(ms, hours))
}

#[allow(clippy::cast_precision_loss)] // Spans of years in ms stay far below 2^52.
fn in_days(ms: i64, hours: &OfficeHours) -> f64 {
    ms as f64 / hours.day_ms().max(1) as f64
}

#[allow(clippy::cast_precision_loss)]
fn in_hours(ms: i64) -> f64 {
    ms as f64 / 3_600_000.0
}

/// One decimal with a comma, none when it is whole.
fn decimal(value: f64) -> String {
    let text = format!("{:.1}", (value * 10.0).round() / 10.0);
    text.strip_suffix(".0").map_or_else(|| text.replace('.', ","), str::to_owned)
}
