//! "Cần chú ý": what needs someone, worst first, each line opening the place to act.

use super::{
    Dossiers,
    dossiers::{count, equation, system},
};
use crate::{
    checklist::vn,
    wire::{AttentionItem, FreshState, SourceView, Target, TaskRow},
};
use pvhcc_domain::{milestones::Milestone, task::TaskStatus, time::Ms};

/// Lines shown; the rest is counted.
pub(crate) const SHOWN: usize = 12;
/// Milestones are announced this long before.
const AHEAD_MS: i64 = 48 * 3_600_000;

fn to_task(no: &str) -> Target {
    Target { screen: "tasks".into(), task: Some(no.into()), filter: None }
}

fn to_sources() -> Target {
    Target { screen: "settings".into(), task: None, filter: Some("sources".into()) }
}

/// All lines, ranked; those of the register come with their ranks.
pub(crate) fn lines(
    rows: &[TaskRow],
    sources: &[SourceView],
    dossiers: &Dossiers,
    milestones: &[Milestone],
    obstacles: Vec<(i64, AttentionItem)>,
    now: Ms,
) -> Vec<AttentionItem> {
    let mut lines = obstacles;
    lines.extend(rows.iter().filter_map(task_line));
    lines.extend(sources.iter().filter_map(source_line));
    for finding in &dossiers.findings {
        lines.push((
            600,
            AttentionItem {
                badge: "Số liệu lệch".into(),
                tone: "warn".into(),
                title: equation(finding),
                detail: format!(
                    "chênh {} hồ sơ · {}",
                    count(finding.difference.unsigned_abs()),
                    system(finding)
                ),
                action: "Xem".into(),
                target: to_sources(),
            },
        ));
    }
    for milestone in milestones {
        let at = milestone.at.unwrap_or_else(|| Ms::at(milestone.day, 23, 59));
        let left = at.0 - now.0;
        if (0..=AHEAD_MS).contains(&left) {
            lines.push((
                400,
                AttentionItem {
                    badge: "Sắp tới".into(),
                    tone: "info".into(),
                    title: milestone.title.clone(),
                    detail: format!("{} · {}", at.local().format("%H:%M %d/%m"), milestone.source),
                    action: "Xem".into(),
                    target: Target { screen: "tasks".into(), task: None, filter: None },
                },
            ));
        }
    }
    lines.sort_by_key(|(rank, _)| -rank);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn task_line(row: &TaskRow) -> Option<(i64, AttentionItem)> {
    let units: Vec<&str> = row.lead_units.iter().map(|u| u.short.as_str()).collect();
    let title = format!("TT {} {}", row.no, row.title);
    let line = |badge: &str, tone: &str, detail: String| AttentionItem {
        badge: badge.into(),
        tone: tone.into(),
        title: title.clone(),
        detail,
        action: "Mở".into(),
        target: to_task(&row.no),
    };
    let note = row.note.as_deref().map(|n| format!(" · {n}")).unwrap_or_default();
    let due = row.changed_due.as_ref().or(row.due.as_ref());
    let due = due.and_then(|d| d.parse().ok()).map(|d| format!(" · hạn {}", vn(d))).unwrap_or_default();
    if row.overdue {
        let badge = if row.status == TaskStatus::Blocked { "Vướng, quá hạn" } else { "Quá hạn" };
        return Some((1000 + row.days_late, line(badge, "bad", format!("{}{due}{note}", units.join(", ")))));
    }
    if row.status == TaskStatus::Blocked {
        return Some((900, line("Vướng mắc", "bad", format!("{}{note}", units.join(", ")))));
    }
    if row.due_soon {
        return Some((500, line("Sắp đến hạn", "warn", format!("{}{due}", units.join(", ")))));
    }
    match &row.gateway {
        Some(word) if word.disagrees && word.state == FreshState::Fresh => {
            Some((550, line("Khác Trục", "warn", format!("{} · {}", units.join(", "), word.text))))
        }
        _ => None,
    }
}

fn source_line(source: &SourceView) -> Option<(i64, AttentionItem)> {
    let (badge, rank) = match source.state {
        FreshState::Fresh => return None,
        FreshState::Stale => ("Số liệu cũ", 650),
        FreshState::Failing => ("Nguồn lỗi", 800),
        FreshState::NotObserved => ("Chưa quan sát", 450),
    };
    Some((
        rank,
        AttentionItem {
            badge: badge.into(),
            tone: "unknown".into(),
            title: format!("{} {}", source.title, source.text),
            detail: source.problem.clone().unwrap_or_default(),
            action: "Xem".into(),
            target: to_sources(),
        },
    ))
}
