//! A list as one text: TOML, as shipped in `assets/lists/` and as kept of an imported one.

use super::{Column, List, Measure};
use crate::{
    checklist::{Checklist, Kind, Row, Section},
    tables::{Source, TableError},
    text::nfc,
    units::Units,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

const MAIN: Source<'_> = Source {
    name: "assets/checklist/list.toml",
    text: include_str!("../../../../../assets/checklist/list.toml"),
};
const OTHERS: [Source<'_>; 2] = [
    Source { name: "assets/lists/da06.toml", text: include_str!("../../../../../assets/lists/da06.toml") },
    Source {
        name: "assets/lists/tap_huan.toml",
        text: include_str!("../../../../../assets/lists/tap_huan.toml"),
    },
];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title: String,
    document: String,
    dated: String,
    /// Leads the tasks for which the document names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_unit: Option<String>,
    #[serde(default)]
    column: Vec<Column>,
    #[serde(default)]
    section: Vec<FileSection>,
    #[serde(default)]
    row: Vec<FileRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSection {
    id: String,
    number: String,
    title: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    /// Key within the list.
    no: String,
    /// As printed, where the document prints one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    section: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    heading: bool,
    group: String,
    #[serde(default)]
    requirement: String,
    #[serde(default)]
    lead_units: Vec<String>,
    #[serde(default)]
    due_date: String,
    #[serde(default)]
    texts: BTreeMap<String, String>,
    #[serde(default)]
    measures: Vec<Measure>,
}

pub(super) fn builtin(units: &Units) -> Result<(List, Vec<List>), TableError> {
    let head = read(MAIN)?;
    let main = List {
        id: head.id,
        title: head.title,
        document: head.document,
        dated: head.dated,
        columns: head.column,
        imported: false,
        checklist: Checklist::builtin()?,
    };
    let mut others = Vec::new();
    for source in OTHERS {
        let list = List::parse(source)?;
        if let Some(unknown) =
            list.checklist.tasks().flat_map(|r| &r.lead_units).find(|u| units.get(u).is_none())
        {
            return Err(wrong(source, &format!("`{unknown}` is not a unit")));
        }
        others.push(list);
    }
    Ok((main, others))
}

fn wrong(source: Source<'_>, reason: &str) -> TableError {
    TableError::Syntax { file: source.name.to_owned(), reason: reason.to_owned() }
}

fn read(source: Source<'_>) -> Result<File, TableError> {
    toml::from_str(source.text).map_err(|e| wrong(source, &e.to_string()))
}

/// An id may stand in a key and in a file name.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

impl List {
    /// Reads a list from its own form. Units that nobody knows stand as they are written.
    ///
    /// # Errors
    /// Not this form; an id with other signs than `a`–`z`, digits and `_`; a key, column or figure given twice; a row of
    /// no section; words of no column.
    pub fn parse(source: Source<'_>) -> Result<Self, TableError> {
        let file = read(source)?;
        let fail = |reason: String| Err(wrong(source, &reason));
        if !is_id(&file.id) {
            return fail(format!("`{}` is no id", file.id));
        }
        let mut columns = HashSet::new();
        if let Some(twice) = file.column.iter().find(|c| !is_id(&c.id) || !columns.insert(c.id.as_str())) {
            return fail(format!("column `{}` is no id or occurs twice", twice.id));
        }
        let mut keys = HashSet::new();
        for row in &file.row {
            if row.no.is_empty() || row.no.contains('/') || !keys.insert(row.no.as_str()) {
                return fail(format!("row `{}` is no key or occurs twice", row.no));
            }
            if !file.section.iter().any(|s| s.id == row.section) {
                return fail(format!("row `{}`: `{}` is not a section", row.no, row.section));
            }
            if let Some(unknown) = row.texts.keys().find(|id| !columns.contains(id.as_str())) {
                return fail(format!("row `{}`: `{unknown}` is not a column", row.no));
            }
            let mut measures = HashSet::new();
            if let Some(twice) =
                row.measures.iter().find(|m| !is_id(&m.id) || !measures.insert(m.id.as_str()))
            {
                return fail(format!("row `{}`: figure `{}` is no id or occurs twice", row.no, twice.id));
            }
        }
        let rows =
            file.row.into_iter().map(|row| row_of(&file.id, file.default_unit.as_ref(), row)).collect();
        let sections = file.section.into_iter().map(|s| Section {
            id: s.id,
            number: nfc(&s.number),
            title: nfc(&s.title),
        });
        Ok(Self {
            checklist: Checklist::new(sections.collect(), rows),
            id: file.id,
            title: nfc(&file.title),
            document: nfc(&file.document),
            dated: file.dated,
            columns: file.column,
            imported: false,
        })
    }

    /// The list in its own form; reading it back gives an equal list, but for [`List::imported`].
    ///
    /// # Errors
    /// The printer's error; none for what [`List::parse`] accepts.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let rows = self.checklist.rows().iter().map(|row| FileRow {
            no: row.label().to_owned(),
            number: row.number.clone(),
            section: row.section.clone(),
            heading: row.kind == Kind::Heading,
            group: row.group.clone(),
            requirement: row.requirement.clone(),
            lead_units: row.lead_units.clone(),
            due_date: row.due_text.clone(),
            texts: row.texts.clone(),
            measures: row.measures.clone(),
        });
        let sections = self.checklist.sections().iter().map(|s| FileSection {
            id: s.id.clone(),
            number: s.number.clone(),
            title: s.title.clone(),
        });
        toml::to_string(&File {
            id: self.id.clone(),
            title: self.title.clone(),
            document: self.document.clone(),
            dated: self.dated.clone(),
            default_unit: None,
            column: self.columns.clone(),
            section: sections.collect(),
            row: rows.collect(),
        })
    }
}

fn row_of(list: &str, default_unit: Option<&String>, row: FileRow) -> Row {
    let lead_units = match default_unit {
        Some(unit) if row.lead_units.is_empty() && !row.heading => vec![unit.clone()],
        _ => row.lead_units,
    };
    let (group, requirement) = (nfc(&row.group), nfc(&row.requirement));
    Row {
        no: format!("{list}/{}", row.no),
        number: row.number,
        section: row.section,
        title: if requirement.is_empty() { group.clone() } else { requirement.clone() },
        group,
        requirement,
        lead_units,
        due: ["%d/%m/%Y", "%Y-%m-%d"]
            .into_iter()
            .find_map(|form| NaiveDate::parse_from_str(&row.due_date, form).ok()),
        due_text: row.due_date,
        kind: if row.heading { Kind::Heading } else { Kind::Task },
        texts: row.texts.into_iter().map(|(column, text)| (column, nfc(text.trim()))).collect(),
        measures: row.measures,
        flow: None,
        phase: None,
        stage: None,
        api: None,
        predecessors: Vec::new(),
    }
}
