//! Charts of the checklist: sections, lead units.

use super::{Draft, burn_up::burn_up};
use crate::{
    App,
    checklist::Counts,
    wire::{ChartKind, FreshState, ProofTone, Target, TaskRow, WireError},
};
use pvhcc_charts::{
    Figure, Fill, LoadBars, LoadLabels, LoadRow, Role, StackedBars, StackedRow, StackedSeries,
};
use pvhcc_domain::task::TaskStatus;
use std::collections::BTreeMap;

impl App {
    pub(super) async fn task_chart(&self, kind: ChartKind) -> Result<Draft, WireError> {
        let present = self.present().await?;
        let rows: Vec<TaskRow> = self.task_rows(&present, None).into_iter().filter(|r| !r.heading).collect();
        let counts = self.counts(&present);
        let mut draft = match kind {
            ChartKind::Sections => self.sections(&rows, counts),
            ChartKind::Units => units(&rows),
            _ => burn_up(&rows, counts, &present.proofs.log, present.now)?,
        };
        draft.provenance = "Nguồn: báo xong theo lời báo của cán bộ; có minh chứng theo số đo của Trục tích hợp, tệp, liên kết và lần kiểm thử.".to_owned();
        Ok(draft)
    }

    fn sections(&self, rows: &[TaskRow], counts: Counts) -> Draft {
        let series = |label: &str, fill, role| StackedSeries { label: label.to_owned(), fill, role };
        let bars = self.0.checklist.sections().iter().map(|section| {
            let of = |wanted: &dyn Fn(&TaskRow) -> bool| {
                u32::try_from(rows.iter().filter(|r| r.section == section.id && wanted(r)).count())
                    .unwrap_or(0)
            };
            let total = of(&|_| true);
            let done = of(&|r| r.status == TaskStatus::Done);
            let toned = |tone: ProofTone| of(&|r| r.status == TaskStatus::Done && r.proof.tone == tone);
            let (proved, silent) = (toned(ProofTone::Proved), toned(ProofTone::Silent));
            let values = [
                proved,
                done - proved - silent,
                silent,
                of(&|r| r.status == TaskStatus::InProgress),
                of(&|r| r.status == TaskStatus::Blocked),
                of(&|r| r.status == TaskStatus::NotStarted),
                of(&|r| r.status == TaskStatus::NotApplicable),
            ];
            StackedRow {
                label: format!("{}. {}", section.id, short_section(&section.title)),
                key: Some(section.id.clone()),
                values: values.into_iter().map(Some).collect(),
                value: format!("{done}/{total}"),
            }
        });
        let open: BTreeMap<&str, usize> =
            rows.iter().filter(|r| open(r.status)).fold(BTreeMap::new(), |mut m, r| {
                *m.entry(r.section.as_str()).or_default() += 1;
                m
            });
        let worst = open.iter().max_by_key(|(_, n)| **n);
        Draft {
            figure: Figure::StackedBars(StackedBars {
                row_head: "Phần".into(),
                value_head: "Báo xong/tổng".into(),
                series: vec![
                    series("có minh chứng", Fill::Solid, Role::Teal),
                    series("chỉ báo xong", Fill::Hatched, Role::Accent),
                    series("không quan sát được", Fill::Dotted, Role::Teal),
                    series("đang làm", Fill::Empty, Role::Accent),
                    series("vướng mắc", Fill::Solid, Role::Bad),
                    series("chưa làm", Fill::Solid, Role::Line),
                    series("không áp dụng", Fill::Empty, Role::Unk),
                ],
                rows: bars.collect(),
                share: true,
            }),
            title: match worst {
                Some((section, n)) => {
                    format!("Phần {section} còn {n} trong {} nhiệm vụ chưa xong", counts.open())
                }
                None => "Mọi phần đã báo xong".to_owned(),
            },
            subtitle: "Tỷ lệ trạng thái của từng phần".into(),
            provenance: String::new(),
            state: FreshState::Fresh,
            basis: None,
            marks: Vec::new(),
            target: |key| {
                Some(Target { screen: "tasks".into(), task: None, filter: Some(format!("section:{key}")) })
            },
        }
    }
}

fn open(status: TaskStatus) -> bool {
    !matches!(status, TaskStatus::Done | TaskStatus::NotApplicable)
}

/// The part of a section's title that tells it from the others; the whole stands in the table's tooltip.
fn short_section(title: &str) -> String {
    let title = title.split([':', '(']).next().unwrap_or(title).trim();
    let title = title.trim_start_matches("Về ");
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn units(rows: &[TaskRow]) -> Draft {
    let mut by_unit: BTreeMap<String, LoadRow> = BTreeMap::new();
    for row in rows {
        for unit in &row.lead_units {
            let load = by_unit.entry(unit.id.clone()).or_insert_with(|| LoadRow {
                label: unit.short.clone(),
                key: Some(unit.id.clone()),
                total: 0,
                done: 0,
                proved: 0,
                silent: 0,
                late: 0,
            });
            load.total += 1;
            load.done += u32::from(row.status == TaskStatus::Done);
            let done = row.status == TaskStatus::Done;
            load.proved += u32::from(done && row.proof.tone == ProofTone::Proved);
            load.silent += u32::from(done && row.proof.tone == ProofTone::Silent);
            load.late += u32::from(row.overdue);
        }
    }
    let mut loads: Vec<LoadRow> = by_unit.into_values().collect();
    loads.sort_by_key(|l| (std::cmp::Reverse(l.late), std::cmp::Reverse(l.total)));
    let title = match loads.first() {
        Some(l) if l.late > 0 => format!("{} quá hạn {} nhiệm vụ", l.label, l.late),
        _ => "Không đơn vị nào quá hạn".to_owned(),
    };
    Draft {
        figure: Figure::LoadBars(LoadBars {
            rows: loads,
            labels: LoadLabels {
                unit: "Đơn vị".into(),
                done: "Báo xong".into(),
                proved: "Có minh chứng".into(),
                silent: "Không quan sát được".into(),
                late: "Quá hạn".into(),
            },
        }),
        title,
        subtitle: "Một nhiệm vụ tính cho mỗi đơn vị chủ trì".into(),
        provenance: String::new(),
        state: FreshState::Fresh,
        basis: None,
        marks: Vec::new(),
        target: |key| {
            Some(Target { screen: "tasks".into(), task: None, filter: Some(format!("unit:{key}")) })
        },
    }
}
