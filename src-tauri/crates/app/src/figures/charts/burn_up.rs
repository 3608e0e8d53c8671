//! The burn-up: planned, called done and proved, by day.

use super::Draft;
use crate::{
    checklist::Counts,
    figures::course::{Course, course},
    messages,
    proof::ProofLog,
    wire::{FreshState, TaskRow, WireError},
};
use pvhcc_charts::{BurnUp, BurnUpLabels, Figure};
use pvhcc_domain::{milestones, time::Ms};

pub(super) fn burn_up(rows: &[TaskRow], counts: Counts, log: &ProofLog, now: Ms) -> Result<Draft, WireError> {
    let Course { plan, claimed, proved, first, last, today } = course(rows, counts, log, now);
    let to = today.max(last);
    let marks = milestones::builtin().map_err(|e| messages::builtin(&e))?;
    let late = (today - last).num_days().max(0);
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
            claimed: claimed.into_iter().map(|(day, n)| (day, Some(n))).collect(),
            proved: Some(proved),
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
        basis: None,
        marks: Vec::new(),
        target: |_| None,
    })
}
