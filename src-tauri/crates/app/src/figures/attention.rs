//! "Cần chú ý": what needs someone, worst first, each line opening the place to act.

use super::{Dossiers, source_lines};
use crate::{
    checklist::vn,
    dossiers::verdict,
    proof::ProofBook,
    wire::{AttentionItem, FreshState, ProofTone, SourceView, Target, TaskRow},
};
use pvhcc_domain::{
    milestones::Milestone,
    proof::{Ground, ProofState},
    task::TaskStatus,
    time::Ms,
};

/// Lines shown; the rest is counted.
pub(crate) const SHOWN: usize = 12;
const DAY_MS: i64 = 24 * 3_600_000;
/// Milestones are announced this long before.
const AHEAD_MS: i64 = 48 * 3_600_000;

fn to_task(no: &str) -> Target {
    Target { screen: "tasks".into(), task: Some(no.into()), filter: None }
}

pub(super) fn to_sources() -> Target {
    Target { screen: "settings".into(), task: None, filter: Some("sources".into()) }
}

/// Where the figures stand beside each other.
pub(super) fn to_checks() -> Target {
    Target { screen: "overview".into(), task: None, filter: Some("checks".into()) }
}

/// All lines, ranked; those of the registers come with their ranks.
pub(crate) fn lines(
    rows: &[TaskRow],
    sources: &[SourceView],
    dossiers: &Dossiers,
    milestones: &[Milestone],
    proofs: &ProofBook,
    registers: Vec<(i64, AttentionItem)>,
    now: Ms,
) -> Vec<AttentionItem> {
    let mut lines = registers;
    lines.extend(rows.iter().filter_map(task_line));
    lines.extend(rows.iter().filter_map(conflict_line));
    lines.extend(proof_lines(rows, proofs, now));
    lines.extend(source_lines::lines(sources));
    for finding in &dossiers.findings {
        lines.push((
            600,
            AttentionItem {
                badge: "Số liệu lệch".into(),
                tone: "warn".into(),
                title: dossiers.equation(&finding.at),
                detail: format!(
                    "{} · {}",
                    verdict(finding.at.rule, finding.at.difference),
                    dossiers.system(&finding.at)
                ),
                action: "Xem".into(),
                target: to_checks(),
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

/// Proofs that were lost, and files that are not as they were. A flow that fails only because an API of it does stands in
/// that API's line.
fn proof_lines(rows: &[TaskRow], proofs: &ProofBook, now: Ms) -> Vec<(i64, AttentionItem)> {
    let failing = |row: &&TaskRow| row.proof.tone == ProofTone::Failed;
    let cause = |row: &TaskRow| -> Option<&TaskRow> {
        if row.api.is_some() {
            return None;
        }
        let mut causes =
            proofs.get(&row.no)?.verdict.grounds.iter().filter(|g| g.state() == ProofState::Failed).map(
                |ground| match ground {
                    Ground::Api { api, .. } => {
                        rows.iter().filter(failing).find(|r| r.api.as_ref() == Some(api))
                    }
                    _ => None,
                },
            );
        let first = causes.next()??;
        causes.all(|c| c.is_some()).then_some(first)
    };
    let mut lines = Vec::new();
    for row in rows.iter().filter(failing) {
        if cause(row).is_some() {
            continue;
        }
        let drawn: Vec<&str> = rows
            .iter()
            .filter(failing)
            .filter(|other| cause(other).is_some_and(|c| c.no == row.no))
            .map(|other| other.no.as_str())
            .collect();
        let lost = proofs.get(&row.no).is_some_and(|p| p.was_proved);
        let mut detail: Vec<String> = Vec::new();
        detail
            .extend(row.done_on.as_ref().and_then(|d| d.parse().ok()).map(|d| format!("báo xong {}", vn(d))));
        detail.extend(row.proof.detail.lines().nth(1).map(ToOwned::to_owned));
        detail.extend((!drawn.is_empty()).then(|| format!("kéo theo TT {}", drawn.join(", "))));
        let badge = if lost { "Mất minh chứng" } else { "Không đạt" };
        // What was lost within the day stands before what has been overdue for weeks.
        let since = proofs.get(&row.no).and_then(|p| p.since);
        let rank = if since.is_some_and(|at| now.0 - at.0 <= DAY_MS) { 1100 } else { 850 };
        lines.push((rank, proof_line(row, badge, detail.join(" · "))));
    }
    for row in rows.iter().filter(|r| r.proof.damaged) {
        let files =
            row.proof.detail.lines().filter(|l| l.starts_with("Tệp «") && !l.ends_with("nguyên vẹn."));
        lines.push((860, proof_line(row, "Tệp minh chứng hỏng", files.collect::<Vec<_>>().join(" "))));
    }
    lines
}

fn proof_line(row: &TaskRow, badge: &str, detail: String) -> AttentionItem {
    AttentionItem {
        badge: badge.into(),
        tone: "warn".into(),
        title: format!("TT {} {}", row.no, row.title),
        detail,
        action: "Mở".into(),
        target: to_task(&row.no),
    }
}

/// Edits that disagree: beside whatever else is to be said of the task.
fn conflict_line(row: &TaskRow) -> Option<(i64, AttentionItem)> {
    (row.conflicts > 0).then(|| {
        let line = AttentionItem {
            badge: "Mâu thuẫn".into(),
            tone: "warn".into(),
            title: format!("TT {} {}", row.no, row.title),
            detail: "hai người cập nhật khác nhau, cần chọn một".into(),
            action: "Giải quyết".into(),
            target: to_task(&row.no),
        };
        (950, line)
    })
}
