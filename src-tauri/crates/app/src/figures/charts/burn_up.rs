//! The burn-up: planned, called done and proved, by day.

use super::Draft;
use crate::{
    checklist::Counts,
    messages,
    proof::ProofLog,
    wire::{FreshState, TaskRow, WireError},
};
use chrono::NaiveDate;
use pvhcc_charts::{BurnUp, BurnUpLabels, Figure};
use pvhcc_domain::{
    milestones,
    proof::{Lack, ProofState},
    task::TaskStatus,
    time::Ms,
};
use std::collections::BTreeMap;

pub(super) fn burn_up(rows: &[TaskRow], counts: Counts, log: &ProofLog, now: Ms) -> Result<Draft, WireError> {
    let today = now.day();
    let day = |text: &Option<String>| text.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
    let plan = cumulative(rows.iter().filter_map(|r| day(&r.due)));
    let claimed: Vec<(NaiveDate, Option<u32>)> =
        cumulative(rows.iter().filter(|r| r.status == TaskStatus::Done).filter_map(|r| day(&r.done_on)))
            .into_iter()
            .map(|(d, n)| (d, Some(n)))
            .collect();
    let last_due = plan.last().map_or(today, |(d, _)| *d);
    let first = [plan.first().map(|p| p.0), claimed.first().map(|c| c.0)]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(today);
    let to = today.max(last_due);
    let marks = milestones::builtin().map_err(|e| messages::builtin(&e))?;
    let late = (today - last_due).num_days().max(0);
    let silent = counts.silent;
    let unproved = (counts.total - counts.not_applicable).saturating_sub(counts.proved + silent);
    let mut without = String::new();
    for (n, words) in [(unproved, "chưa có minh chứng"), (silent, "không quan sát được")] {
        if n > 0 {
            without = format!("{without}, {n} {words}");
        }
    }
    Ok(Draft {
        title: match (counts.open(), late) {
            (0, _) => format!("Cả {} nhiệm vụ đã báo xong{without}", counts.total),
            (n, 0) => format!("Còn {n} nhiệm vụ chưa xong{without}"),
            (n, late) => format!("Còn {n} nhiệm vụ chưa xong{without}; chậm {late} ngày so với hạn cuối"),
        },
        figure: Figure::BurnUp(BurnUp {
            from: first.pred_opt().unwrap_or(first),
            to,
            plan,
            claimed,
            proved: Some(proved(rows, counts, log, first, now)),
            today,
            milestones: marks
                .into_iter()
                .filter(|m| (first..=to).contains(&m.day) && m.day != today)
                .map(|m| (m.day, m.title))
                .collect(),
            total: counts.total,
            labels: BurnUpLabels {
                plan: "Kế hoạch".into(),
                claimed: "Báo xong".into(),
                proved: "Có minh chứng".into(),
                unit: "nhiệm vụ".into(),
                today: "hôm nay".into(),
            },
        }),
        subtitle: "Số nhiệm vụ cộng dồn theo ngày hoàn thành".into(),
        provenance: String::new(),
        state: FreshState::Fresh,
        target: |_| None,
    })
}

/// By day, how many of the tasks called done by then were proved at the day's end. While the gateway was silent nobody
/// knows: a gap.
fn proved(
    rows: &[TaskRow],
    counts: Counts,
    log: &ProofLog,
    first: NaiveDate,
    now: Ms,
) -> Vec<(NaiveDate, Option<u32>)> {
    let claimed: Vec<(&str, NaiveDate)> = rows
        .iter()
        .filter(|r| r.status == TaskStatus::Done)
        .filter_map(|r| Some((r.no.as_str(), r.done_on.as_deref()?.parse().ok()?)))
        .collect();
    let mut points: Vec<(NaiveDate, Option<u32>)> = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= now.day()) {
        let end = Ms::at(day.succ_opt().unwrap_or(day), 0, 0).plus(-1).min(now);
        let stood = || claimed.iter().filter(|(_, done)| *done <= day).filter_map(|(no, _)| log.at(no, end));
        let silent = stood().any(|p| p.lack == Some(Lack::Silence));
        let count = stood().filter(|p| p.state == ProofState::Proved).count();
        let count = if day == now.day() {
            // The present, as the tile has it: what was concluded may be yet to be kept.
            (counts.silent == 0).then_some(counts.proved)
        } else {
            (!silent).then(|| u32::try_from(count).unwrap_or(u32::MAX))
        };
        if points.last().is_none_or(|(_, last)| *last != count) {
            points.push((day, count));
        }
    }
    points
}

/// Running count by day.
fn cumulative(days: impl Iterator<Item = NaiveDate>) -> Vec<(NaiveDate, u32)> {
    let by_day = days.fold(BTreeMap::<NaiveDate, u32>::new(), |mut m, d| {
        *m.entry(d).or_default() += 1;
        m
    });
    let mut sum = 0;
    by_day
        .into_iter()
        .map(|(d, n)| {
            sum += n;
            (d, sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cumulative_counts_never_fall_and_end_at_the_number_of_days_given() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("valid");
        let points = cumulative([day(13), day(5), day(13)].into_iter());
        assert_eq!(points, vec![(day(5), 1), (day(13), 3)]);
    }
}
