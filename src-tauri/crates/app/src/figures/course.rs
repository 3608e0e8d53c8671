//! How the checklist went by day: planned, called done and proved. Drawn on the overview and frozen for reports.

use crate::{checklist::Counts, proof::ProofLog, wire::TaskRow};
use chrono::NaiveDate;
use pvhcc_domain::{
    proof::{Lack, ProofState},
    task::TaskStatus,
    time::Ms,
};
use std::collections::BTreeMap;

/// Running counts; each holds until the next.
pub(crate) struct Course {
    /// Due by the end of the day.
    pub(crate) plan: Vec<(NaiveDate, u32)>,
    /// Called done by the end of the day.
    pub(crate) claimed: Vec<(NaiveDate, u32)>,
    /// Of these, proved then; `None` begins a stretch that nobody knows of.
    pub(crate) proved: Vec<(NaiveDate, Option<u32>)>,
    /// First day of any count.
    pub(crate) first: NaiveDate,
    /// Last day of the plan.
    pub(crate) last: NaiveDate,
    /// Nothing is known after it.
    pub(crate) today: NaiveDate,
}

/// Of tasks that are no headings.
pub(crate) fn course(rows: &[TaskRow], counts: Counts, log: &ProofLog, now: Ms) -> Course {
    let today = now.day();
    let day = |text: &Option<String>| text.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
    let plan = cumulative(rows.iter().filter_map(|r| day(&r.due)));
    let claimed =
        cumulative(rows.iter().filter(|r| r.status == TaskStatus::Done).filter_map(|r| day(&r.done_on)));
    let last = plan.last().map_or(today, |(d, _)| *d);
    let first = [plan.first().map(|p| p.0), claimed.first().map(|c| c.0)].into_iter().flatten().min();
    let first = first.unwrap_or(today);
    let proved = proved(rows, counts, log, first, now);
    Course { plan, claimed, proved, first, last, today }
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
