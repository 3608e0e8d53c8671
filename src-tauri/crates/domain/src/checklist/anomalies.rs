//! What is odd in the source: found from the rows, so that another checklist gets its own list.

use super::{Checklist, Kind, Row};
use crate::{
    observation::{Flow, Stage},
    text::date,
};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;
use std::collections::BTreeMap;

/// Kind of oddity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyKind {
    /// A heading that carries a task number.
    NumberedHeading,
    /// A task without a number.
    UnnumberedTask,
    /// A section number printed more than once.
    RepeatedSection,
    /// A due date on a Saturday or Sunday.
    WeekendDue,
    /// A date spelled otherwise than `dd/mm/yyyy`.
    DateSpelling,
    /// A flow that is tested in a phase without being declared there.
    TestedUndeclared,
    /// A task number printed more than once.
    RepeatedNumber,
    /// A lead unit that is in no table.
    UnknownUnit,
    /// A task without lead unit.
    NoUnit,
    /// A task without a due date, or with one that can't be read.
    NoDate,
}

/// Something odd in the source, for the reader to know; nothing is corrected silently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Anomaly {
    /// What kind.
    pub kind: AnomalyKind,
    /// The rows concerned; empty for sections.
    pub rows: Vec<String>,
    /// In Vietnamese, for the reader.
    pub text: String,
}

impl Checklist {
    /// Everything odd in the source, by kind, then in the decision's order.
    #[must_use]
    pub fn anomalies(&self) -> Vec<Anomaly> {
        let mut found = Vec::new();
        let mut add = |kind, rows: Vec<&str>, text| {
            found.push(Anomaly { kind, rows: rows.into_iter().map(str::to_owned).collect(), text });
        };
        for row in self.rows() {
            match (row.kind, &row.number) {
                (Kind::Heading, Some(number)) => add(
                    AnomalyKind::NumberedHeading,
                    vec![&row.no],
                    format!("TT {number} “{}” là tiêu đề nhưng được đánh số như nhiệm vụ", row.title),
                ),
                (Kind::Task, None) => add(
                    AnomalyKind::UnnumberedTask,
                    vec![&row.no],
                    format!("Nhiệm vụ “{}” không có số thứ tự; gọi là {}", row.title, row.label()),
                ),
                _ => {}
            }
        }
        let mut by_number: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for section in self.sections() {
            by_number.entry(&section.number).or_default().push(&section.id);
        }
        for (number, ids) in by_number.iter().filter(|(_, ids)| ids.len() > 1) {
            let text = format!("Mục {number} xuất hiện {} lần; gọi là {}", ids.len(), ids.join(", "));
            add(AnomalyKind::RepeatedSection, Vec::new(), text);
        }
        let mut weekends: BTreeMap<NaiveDate, Vec<&Row>> = BTreeMap::new();
        for row in self.rows() {
            if let Some(due) = row.due.filter(|due| matches!(due.weekday(), Weekday::Sat | Weekday::Sun)) {
                weekends.entry(due).or_default().push(row);
            }
        }
        for (due, rows) in weekends {
            let weekday = if due.weekday() == Weekday::Sat { "thứ Bảy" } else { "Chủ nhật" };
            let labels: Vec<&str> = rows.iter().map(|row| row.label()).collect();
            let text =
                format!("Hạn {} rơi vào {weekday} (TT {}); giữ nguyên ngày", date(due), labels.join(", "));
            add(AnomalyKind::WeekendDue, rows.into_iter().map(|row| row.no.as_str()).collect(), text);
        }
        for row in self.rows() {
            if let Some(due) = row.due.filter(|due| date(*due) != row.due_text) {
                let text =
                    format!("TT {} ghi ngày “{}”, khác cách ghi “{}”", row.label(), row.due_text, date(due));
                add(AnomalyKind::DateSpelling, vec![&row.no], text);
            }
        }
        let declared = |flow: Flow, phase| {
            let wanted = (Some(flow), phase, Some(Stage::Declare));
            self.tasks().any(|task| (task.flow, task.phase, task.stage) == wanted)
        };
        for row in self.tasks().filter(|row| row.stage == Some(Stage::Test)) {
            if let (Some(flow), Some(phase)) = (row.flow, row.phase)
                && !declared(flow, row.phase)
            {
                let text = format!(
                    "TT {} “{}”: giai đoạn {phase} không có bước khai báo luồng này",
                    row.label(),
                    row.title
                );
                add(AnomalyKind::TestedUndeclared, vec![&row.no], text);
            }
        }
        found
    }
}
