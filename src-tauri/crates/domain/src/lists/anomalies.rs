//! What is odd in a list that was not reviewed before it came: added to what is odd in any checklist.

use super::List;
use crate::{
    checklist::{Anomaly, AnomalyKind, Kind},
    units::Units,
};
use std::collections::BTreeMap;

impl List {
    /// Everything odd: that of [`crate::checklist::Checklist::anomalies`], and what the shipped checklist can't have,
    /// because reading it refuses that.
    #[must_use]
    pub fn anomalies(&self, units: &Units) -> Vec<Anomaly> {
        let mut found = self.checklist.anomalies();
        let mut add = |kind, rows: Vec<String>, text| found.push(Anomaly { kind, rows, text });
        let mut by_number: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in self.checklist.rows() {
            let label = row.label();
            if let Some(number) = &row.number {
                by_number.entry(number).or_default().push(row.no.clone());
            }
            for unit in row.lead_units.iter().filter(|id| units.get(id).is_none()) {
                let text = format!(
                    "TT {label}: không biết đơn vị “{unit}”; giữ nguyên tên, chỉ đơn vị điều phối cập nhật được"
                );
                add(AnomalyKind::UnknownUnit, vec![row.no.clone()], text);
            }
            if row.kind == Kind::Heading || !self.imported {
                continue;
            }
            if row.lead_units.is_empty() {
                let text = format!("TT {label} “{}” không ghi đơn vị chủ trì", row.title);
                add(AnomalyKind::NoUnit, vec![row.no.clone()], text);
            }
            if row.due.is_none() {
                let text = if row.due_text.is_empty() {
                    format!("TT {label} “{}” không có ngày hoàn thành", row.title)
                } else {
                    format!(
                        "TT {label}: “{}” không đọc được thành ngày; nhiệm vụ này không có hạn",
                        row.due_text
                    )
                };
                add(AnomalyKind::NoDate, vec![row.no.clone()], text);
            }
        }
        for (number, rows) in by_number.into_iter().filter(|(_, rows)| rows.len() > 1) {
            let keys: Vec<&str> = rows.iter().map(|no| super::label(no)).collect();
            let text = format!("Số thứ tự {number} xuất hiện {} lần; gọi là {}", rows.len(), keys.join(", "));
            add(AnomalyKind::RepeatedNumber, rows, text);
        }
        found
    }
}
