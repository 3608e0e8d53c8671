//! Part I: what was reported as done and what of it is proved, what changed, what is overdue, what comes next.

use super::super::{
    ChartKind, Picture,
    paper::{Block, Column, Grid, Line},
    wording::WORDING,
};
use super::{
    of,
    phrases::{MOST_ITEMS, paragraphs, with_share},
};
use crate::table::Datum;
use pvhcc_domain::{
    report::freeze::{Cadence, Freeze, TaskFigures, TaskLine},
    text::{date, lower_first},
};

pub(super) fn part(
    today: &Freeze,
    changes: &str,
    pictures: &dyn Fn(ChartKind) -> Option<Picture>,
) -> Vec<Block> {
    let tasks = &today.tasks;
    let mut blocks = vec![Block::clause("1. Tiến độ chung")];
    blocks.extend(progress(tasks));
    blocks.push(Block::Grid(sections(tasks)));
    if let Some(picture) = pictures(ChartKind::BurnUp).filter(|_| !tasks.course.is_empty()) {
        let text = format!(
            "Nhiệm vụ đến hạn, báo hoàn thành và có minh chứng theo ngày: {}/{} báo hoàn thành, {} có minh \
             chứng",
            tasks.claimed, tasks.total, tasks.proved
        );
        blocks.push(Block::Chart { text, picture });
    }
    blocks.push(Block::clause("2. Thay đổi so với báo cáo trước"));
    blocks.extend(paragraphs(changes).map(|line| match line.ends_with(':') {
        true => Block::text(line),
        false => Block::item(line.trim_start_matches(['-', '–', '•', ' '])),
    }));

    blocks.push(Block::clause(format!("3. Nhiệm vụ báo hoàn thành trong {}", of(today))));
    blocks.extend(listed(
        tasks,
        &tasks.done_in_period,
        &format!("Trong {} không có nhiệm vụ nào được báo hoàn thành.", of(today)),
        |task| match (task.proved, task.proof.is_empty()) {
            (true, _) => "có minh chứng".into(),
            (false, true) => "chưa có minh chứng".into(),
            (false, false) => lower_first(&task.proof),
        },
    ));
    blocks.push(Block::clause("4. Nhiệm vụ quá hạn"));
    blocks.extend(overdue(tasks));
    blocks.push(Block::clause(match today.cadence {
        Cadence::Daily => "5. Nhiệm vụ trọng tâm ngày làm việc tiếp theo",
        Cadence::Monthly => "5. Nhiệm vụ trọng tâm tháng tiếp theo",
    }));
    blocks.extend(listed(
        tasks,
        &tasks.planned_next,
        "Không có nhiệm vụ đến hạn hoặc đang thực hiện.",
        |task| match task.due {
            Some(due) => format!("thời hạn {}", date(due)),
            None => lower_first(&task.status),
        },
    ));
    blocks
}

/// The checklist in two or three sentences; what is claimed and what is proved are never one figure.
fn progress(tasks: &TaskFigures) -> Vec<Block> {
    let total = u64::from(tasks.total);
    let share = |n: u32| with_share(Some(n.into()), Some(total));
    let mut said = vec![Block::text(format!(
        "{} có {} nhiệm vụ. Đến thời điểm chốt số liệu, {} nhiệm vụ được báo hoàn thành, trong đó {} nhiệm vụ có minh \
         chứng; {} nhiệm vụ đang thực hiện, {} nhiệm vụ đang vướng mắc, {} nhiệm vụ quá hạn.",
        WORDING.checklist,
        total,
        share(tasks.claimed),
        share(tasks.proved),
        tasks.in_progress,
        tasks.blocked,
        tasks.overdue
    ))];
    let without = tasks.claimed.saturating_sub(tasks.proved + tasks.failed + tasks.unobserved);
    let parts: Vec<String> = [
        (tasks.failed, "nhiệm vụ có kết quả đo không đạt ngưỡng"),
        (tasks.unobserved, "nhiệm vụ hiện không quan sát được"),
        (without, "nhiệm vụ chưa có minh chứng"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, what)| format!("{n} {what}"))
    .collect();
    if !parts.is_empty() {
        said.push(Block::text(format!("Trong số nhiệm vụ được báo hoàn thành còn {}.", parts.join("; "))));
    }
    if tasks.not_applicable > 0 {
        said.push(Block::text(format!("{} nhiệm vụ không áp dụng.", tasks.not_applicable)));
    }
    said
}

fn sections(tasks: &TaskFigures) -> Grid {
    let counts = |total: u32, claimed: u32, proved: u32| {
        [total, claimed, proved].map(|n| Datum::Count(Some(n.into())))
    };
    let mut rows: Vec<Line> = tasks
        .sections
        .iter()
        .map(|section| {
            let mut cells = vec![Datum::Text(section.id.clone()), Datum::Text(section.title.clone())];
            cells.extend(counts(section.total, section.claimed, section.proved));
            Line::plain(cells)
        })
        .collect();
    let mut all = vec![Datum::Text(String::new()), Datum::Text("Tổng cộng".into())];
    all.extend(counts(tasks.total, tasks.claimed, tasks.proved));
    rows.push(Line::strong(all));
    Grid {
        columns: vec![
            Column::middle("Mục", 8.0),
            Column::new("Nội dung", 46.0),
            Column::new("Số nhiệm vụ", 11.0),
            Column::new("Báo hoàn thành", 11.0),
            Column::new("Có minh chứng", 11.0),
        ],
        rows,
    }
}

/// The tasks of some keys, a line each; a key that the checklist does not have is named as it is.
fn listed(
    tasks: &TaskFigures,
    keys: &[String],
    none: &str,
    more: impl Fn(&TaskLine) -> String,
) -> Vec<Block> {
    if keys.is_empty() {
        return vec![Block::text(none)];
    }
    let mut blocks: Vec<Block> = keys
        .iter()
        .take(MOST_ITEMS)
        .map(|key| match tasks.rows.iter().find(|row| !row.heading && row.no == *key) {
            Some(row) => {
                Block::item(format!("Nhiệm vụ {key}: {} ({}; {});", row.text, leads(row), more(row)))
            }
            None => Block::item(format!("Nhiệm vụ {key};")),
        })
        .collect();
    let rest = keys.len().saturating_sub(MOST_ITEMS);
    if rest > 0 {
        blocks.push(Block::item(format!("{rest} nhiệm vụ khác, chi tiết tại Phụ lục I.")));
    } else if let Some(Block::Item { text }) = blocks.last_mut() {
        text.truncate(text.len() - 1);
        text.push('.');
    }
    blocks
}

fn overdue(tasks: &TaskFigures) -> Vec<Block> {
    let mut late: Vec<&TaskLine> =
        tasks.rows.iter().filter(|row| !row.heading && row.days_late > 0).collect();
    if late.is_empty() && tasks.overdue == 0 {
        return vec![Block::text("Không có nhiệm vụ quá hạn.")];
    }
    // Longest overdue first; among equals as the decision has them.
    late.sort_by_key(|row| std::cmp::Reverse(row.days_late));
    let rows = late
        .iter()
        .map(|row| {
            Line::plain(vec![
                Datum::Text(row.no.clone()),
                Datum::Text(row.text.clone()),
                Datum::Text(leads(row)),
                Datum::Day(row.due),
                Datum::Count(Some(row.days_late.into())),
                Datum::Text(clipped(&row.note)),
            ])
        })
        .collect();
    vec![
        Block::text(format!("Có {} nhiệm vụ quá hạn, chưa hoàn thành:", tasks.overdue)),
        Block::Grid(Grid {
            columns: vec![
                Column::middle("TT", 6.0),
                Column::new("Nội dung", 34.0),
                Column::new("Đơn vị chủ trì", 19.0),
                Column::new("Thời hạn", 13.0),
                Column::new("Quá hạn (ngày)", 9.0),
                Column::new("Vướng mắc", 22.0),
            ],
            rows,
        }),
    ]
}

/// Most letters of a remark in the table of the body; all of it stands in the annex.
const MOST_LETTERS: usize = 220;

/// A remark, broken off after a word where it is long.
fn clipped(note: &str) -> String {
    if note.chars().count() <= MOST_LETTERS {
        return note.to_owned();
    }
    let first: String = note.chars().take(MOST_LETTERS).collect();
    let words = first.rsplit_once(char::is_whitespace).map_or(first.as_str(), |(words, _)| words);
    format!("{}… (xem Phụ lục I)", words.trim_end_matches([',', ';', '.', ' ']))
}

/// Lead units, or that none is named.
pub(super) fn leads(row: &TaskLine) -> String {
    if row.leads.is_empty() {
        "chưa xác định đơn vị chủ trì".into()
    } else {
        row.leads.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_remark_is_broken_off_after_a_word_and_says_where_all_of_it_stands() {
        assert_eq!(clipped("chờ khóa"), "chờ khóa");
        let long = clipped(&"rà soát, ".repeat(60));
        assert!(long.ends_with(" rà… (xem Phụ lục I)") && long.chars().count() < MOST_LETTERS + 30, "{long}");
        assert!(clipped(&"ệ".repeat(500)).starts_with('ệ'));
    }
}
