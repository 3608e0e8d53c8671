//! The checklist printed as CSV, JSON and Markdown.

use super::{Checklist, Kind, Row};
use crate::{tables::csv_field, text::date, units::Units};
use serde::Serialize;
use std::fmt::Write;

/// Header of the CSV.
pub(super) const HEADER: &str =
    "no,section,group,title,requirement,lead_units,due_date,kind,flow,phase,stage,api,predecessors";

/// The snake_case name under which a value is serialised; empty for `None`.
fn name_of<T: Serialize>(value: Option<T>) -> String {
    value
        .and_then(|v| serde_json::to_value(v).ok())
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// A row as printed: names instead of unit ids, dates in ISO form.
#[derive(Serialize)]
struct Printed<'a> {
    no: &'a str,
    section: &'a str,
    group: &'a str,
    title: &'a str,
    requirement: &'a str,
    lead_units: Vec<&'a str>,
    due_date: Option<String>,
    kind: Kind,
    flow: Option<crate::observation::Flow>,
    phase: Option<u8>,
    stage: Option<crate::observation::Stage>,
    api: Option<&'a str>,
    predecessors: &'a [String],
}

impl<'a> Printed<'a> {
    fn of(row: &'a Row, units: &'a Units) -> Self {
        Self {
            no: &row.no,
            section: &row.section,
            group: &row.group,
            title: &row.title,
            requirement: &row.requirement,
            lead_units: row.lead_units.iter().map(|id| units.name(id)).collect(),
            due_date: row.due.map(|day| day.to_string()),
            kind: row.kind,
            flow: row.flow,
            phase: row.phase,
            stage: row.stage,
            api: row.api.as_deref(),
            predecessors: &row.predecessors,
        }
    }
}

impl Checklist {
    /// CSV (RFC 4180, line feeds): lead units by full name and predecessors joined by `; `, ISO dates, empty where
    /// there is nothing.
    #[must_use]
    pub fn to_csv(&self, units: &Units) -> String {
        let mut csv = format!("{HEADER}\n");
        for row in self.rows() {
            let printed = Printed::of(row, units);
            let fields = [
                printed.no,
                printed.section,
                printed.group,
                printed.title,
                printed.requirement,
                &printed.lead_units.join("; "),
                &printed.due_date.unwrap_or_default(),
                &name_of(Some(printed.kind)),
                &name_of(printed.flow),
                &printed.phase.map(|p| p.to_string()).unwrap_or_default(),
                &name_of(printed.stage),
                printed.api.unwrap_or_default(),
                &printed.predecessors.join("; "),
            ]
            .map(csv_field);
            csv.push_str(&fields.join(","));
            csv.push('\n');
        }
        csv
    }

    /// JSON: an array of objects with the fields of the CSV; lists as arrays, `null` where there is nothing.
    ///
    /// # Errors
    /// serde's error; none for these types.
    pub fn to_json(&self, units: &Units) -> Result<String, serde_json::Error> {
        let rows: Vec<_> = self.rows().iter().map(|row| Printed::of(row, units)).collect();
        serde_json::to_string_pretty(&rows)
    }

    /// Markdown: a heading and a table per section, in Vietnamese.
    #[must_use]
    pub fn to_md(&self, units: &Units) -> String {
        let mut md = String::new();
        for section in self.sections() {
            if !md.is_empty() {
                md.push('\n');
            }
            // Writing to a String cannot fail.
            let _ = writeln!(md, "## {} {}\n", section.id, section.title);
            md.push_str("| TT | Nội dung | Yêu cầu kết quả | Đơn vị chủ trì | Ngày hoàn thành | API | Sau nhiệm vụ |\n");
            md.push_str("|---|---|---|---|---|---|---|\n");
            for row in self.rows().iter().filter(|row| row.section == section.id) {
                let emphasis = if row.kind == Kind::Heading { "**" } else { "" };
                let owners: Vec<_> = row.lead_units.iter().map(|id| units.name(id)).collect();
                let _ = writeln!(
                    md,
                    "| {} | {emphasis}{}{emphasis} | {} | {} | {} | {} | {} |",
                    row.no,
                    row.group.replace('|', "\\|"),
                    row.requirement.replace('|', "\\|"),
                    owners.join("; ").replace('|', "\\|"),
                    row.due.map(date).unwrap_or_default(),
                    row.api.as_deref().unwrap_or_default(),
                    row.predecessors.join("; "),
                );
            }
        }
        md
    }
}
