//! Reading the checklist from its three tables, and the checks any checklist must pass.

use super::{Checklist, Kind, Row, Section};
use crate::{
    observation::{Flow, Stage},
    tables::{Record, Source, TableError, read},
    units::Units,
};
use chrono::NaiveDate;
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error as NameError};
use std::collections::{BTreeMap, HashMap, HashSet};

const SECTIONS: Source<'_> = Source {
    name: "assets/checklist/sections.csv",
    text: include_str!("../../../../../assets/checklist/sections.csv"),
};
const SOURCE: Source<'_> = Source {
    name: "assets/checklist/source.csv",
    text: include_str!("../../../../../assets/checklist/source.csv"),
};
const READING: Source<'_> = Source {
    name: "assets/checklist/reading.csv",
    text: include_str!("../../../../../assets/checklist/reading.csv"),
};

/// An enum value by its snake_case name.
fn named<T: DeserializeOwned>(name: &str) -> Result<T, NameError> {
    T::deserialize(name.into_deserializer())
}

fn text_or_none(record: &Record, column: &str) -> Option<String> {
    Some(record.get(column).to_owned()).filter(|value| !value.is_empty())
}

impl Checklist {
    /// The checklist shipped with the product.
    ///
    /// # Errors
    /// When a shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        Self::parse(SECTIONS, SOURCE, READING, &Units::builtin()?)
    }

    /// Reads a checklist from three tables with the headers of the shipped ones.
    ///
    /// # Errors
    /// The first rule broken, with file, line and column: unknown section, unit or predecessor, a key or an API
    /// given twice, a task without lead unit or date, a heading with one, rows of the two tables that do not
    /// correspond, predecessors that form a cycle.
    pub fn parse(
        sections: Source<'_>,
        source: Source<'_>,
        reading: Source<'_>,
        units: &Units,
    ) -> Result<Self, TableError> {
        let sections = read(sections, &["id", "number", "title"])?
            .iter()
            .map(|r| {
                Ok(Section {
                    id: r.required("id")?,
                    number: r.required("number")?,
                    title: r.required("title")?,
                })
            })
            .collect::<Result<Vec<_>, TableError>>()?;
        let header = ["no", "number", "section", "kind", "group", "requirement", "lead_units", "due_date"];
        let mut rows: Vec<Row> = Vec::new();
        for record in &read(source, &header)? {
            let row = source_row(record, &sections, units)?;
            if rows.iter().any(|earlier| earlier.no == row.no) {
                return Err(record.error("no", format_args!("`{}` occurs twice", row.no)));
            }
            rows.push(row);
        }
        add_reading(&mut rows, reading)?;
        Ok(Self { sections, rows })
    }
}

fn source_row(record: &Record, sections: &[Section], units: &Units) -> Result<Row, TableError> {
    let section = record.required("section")?;
    if !sections.iter().any(|known| known.id == section) {
        return Err(record.error("section", format_args!("`{section}` is not a section")));
    }
    let kind = record.parsed("kind", named::<Kind>)?;
    let lead_units = record.list("lead_units");
    if let Some(unknown) = lead_units.iter().find(|id| units.get(id).is_none()) {
        return Err(record.error("lead_units", format_args!("`{unknown}` is not a unit")));
    }
    let due = record.optional("due_date", |text| NaiveDate::parse_from_str(text, "%d/%m/%Y"))?;
    let is_task = kind == Kind::Task;
    if lead_units.is_empty() == is_task {
        return Err(record.error("lead_units", "a task needs one, a heading has none"));
    }
    if due.is_some() != is_task {
        return Err(record.error("due_date", "a task needs one, a heading has none"));
    }
    let group = record.required("group")?;
    let requirement = record.get("requirement").to_owned();
    Ok(Row {
        no: record.required("no")?,
        number: text_or_none(record, "number"),
        section,
        title: if requirement.is_empty() { group.clone() } else { requirement.clone() },
        group,
        requirement,
        lead_units,
        due,
        due_text: record.get("due_date").to_owned(),
        kind,
        texts: BTreeMap::new(),
        measures: Vec::new(),
        flow: None,
        phase: None,
        stage: None,
        api: None,
        predecessors: Vec::new(),
    })
}

/// Adds our reading to the rows; both tables must have the same rows in the same order, so that the reading can be
/// reviewed line by line beside the source.
fn add_reading(rows: &mut [Row], reading: Source<'_>) -> Result<(), TableError> {
    let records = read(reading, &["no", "api", "flow", "phase", "stage", "predecessors"])?;
    let tasks: HashSet<String> =
        rows.iter().filter(|row| row.kind == Kind::Task).map(|row| row.no.clone()).collect();
    let mut apis = HashSet::new();
    for (i, record) in records.iter().enumerate() {
        let no = record.required("no")?;
        let Some(row) = rows.get_mut(i).filter(|row| row.no == no) else {
            return Err(record.error("no", format_args!("`{no}` is not row {} of the source", i + 1)));
        };
        row.flow = record.optional("flow", named::<Flow>)?;
        row.stage = record.optional("stage", named::<Stage>)?;
        row.phase = record.optional("phase", |text| match text {
            "1" => Ok(1),
            "2" => Ok(2),
            _ => Err("expected 1 or 2"),
        })?;
        row.api = text_or_none(record, "api");
        if let Some(api) = &row.api
            && !apis.insert(api.clone())
        {
            return Err(record.error("api", format_args!("`{api}` occurs twice")));
        }
        row.predecessors = record.list("predecessors");
        if let Some(unknown) = row.predecessors.iter().find(|p| !tasks.contains(*p)) {
            return Err(record.error("predecessors", format_args!("`{unknown}` is not a task")));
        }
    }
    if let Some(missing) = rows.get(records.len()) {
        return Err(TableError::Syntax {
            file: reading.name.to_owned(),
            reason: format!("row `{}` of the source is missing", missing.no),
        });
    }
    // Taking away again and again what waits for nothing leaves exactly the rows on a cycle or behind one.
    let mut waiting: HashMap<&str, &[String]> =
        rows.iter().map(|row| (row.no.as_str(), row.predecessors.as_slice())).collect();
    loop {
        let free: Vec<&str> = waiting
            .iter()
            .filter(|(_, before)| before.iter().all(|p| !waiting.contains_key(p.as_str())))
            .map(|(no, _)| *no)
            .collect();
        if free.is_empty() {
            break;
        }
        for no in free {
            waiting.remove(no);
        }
    }
    match records.iter().find(|record| waiting.contains_key(record.get("no"))) {
        Some(record) => Err(record.error("predecessors", "form a cycle")),
        None => Ok(()),
    }
}
