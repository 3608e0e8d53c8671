//! The dates everything is measured against, from `assets/milestones.toml`.

use crate::{
    tables::{Source, TableError},
    text::nfc,
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

const MILESTONES: Source<'_> =
    Source { name: "assets/milestones.toml", text: include_str!("../../../../assets/milestones.toml") };

/// One milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Milestone {
    /// Stable id (`portal_moves`).
    pub id: String,
    /// The province's day.
    pub day: NaiveDate,
    /// The moment, where the source gives a time of day.
    pub at: Option<Ms>,
    /// In Vietnamese.
    pub title: String,
    /// The document it comes from, in Vietnamese.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    milestone: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    at: String,
    title: String,
    source: String,
}

/// The milestones shipped with the product, in order of time.
///
/// # Errors
/// When the shipped file is wrong; a test keeps that from happening.
pub fn builtin() -> Result<Vec<Milestone>, TableError> {
    parse(MILESTONES)
}

/// Reads milestones from TOML and sorts them by time; a milestone without a time of day stands at the day's end.
///
/// # Errors
/// The TOML parser's error with its line, or an `at` that is neither a day nor an RFC 3339 instant, or an id twice.
pub fn parse(file: Source<'_>) -> Result<Vec<Milestone>, TableError> {
    let parsed: File = toml::from_str(file.text)
        .map_err(|e| TableError::Syntax { file: file.name.to_owned(), reason: e.to_string() })?;
    let mut milestones: Vec<Milestone> = Vec::new();
    for entry in parsed.milestone {
        let wrong = |reason: String| TableError::Syntax {
            file: file.name.to_owned(),
            reason: format!("milestone `{}`: {reason}", entry.id),
        };
        let (day, at) = match entry.at.parse::<NaiveDate>() {
            Ok(day) => (day, None),
            Err(_) => {
                let at = Ms::parse_rfc3339(&entry.at)
                    .map_err(|e| wrong(format!("`at` is neither a day nor an instant: {e}")))?;
                (at.day(), Some(at))
            }
        };
        if milestones.iter().any(|earlier| earlier.id == entry.id) {
            return Err(wrong("occurs twice".to_owned()));
        }
        milestones.push(Milestone {
            day,
            at,
            title: nfc(&entry.title),
            source: nfc(&entry.source),
            id: entry.id,
        });
    }
    milestones.sort_by_key(|m| (m.day, m.at.map_or(i64::MAX, |at| at.0)));
    Ok(milestones)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{date, instant};

    #[test]
    fn the_milestones_stand_at_the_days_and_hours_of_the_documents() {
        let shown: Vec<_> = builtin()
            .expect("shipped file is right")
            .iter()
            .map(|m| format!("{} {}", m.id, m.at.map_or_else(|| date(m.day), instant)))
            .collect();
        assert_eq!(
            shown,
            [
                "tasks_end 20/04/2026",
                "payments_close 20:00 29/05/2026",
                "portal_moves 22:00 29/05/2026",
                "tests_end 30/06/2026",
                "official_operation 01/07/2026",
            ]
        );
    }

    #[test]
    fn the_tasks_end_with_the_last_due_date_of_the_checklist() {
        let checklist = crate::checklist::Checklist::builtin().expect("valid");
        let end = builtin().expect("valid").into_iter().find(|m| m.id == "tasks_end").map(|m| m.day);
        assert_eq!(checklist.tasks().filter_map(|task| task.due).max(), end);
    }

    #[test]
    fn a_wrong_moment_names_its_milestone() {
        let text = "[[milestone]]\nid = \"x\"\nat = \"29/05/2026\"\ntitle = \"t\"\nsource = \"s\"\n";
        let error = parse(Source { name: "m.toml", text }).expect_err("wrong");
        assert!(error.to_string().starts_with("m.toml: milestone `x`: `at` is neither"), "{error}");
    }
}
