//! What the rules found in many records, counted by rule, system and unit. The order of records does not matter.

use super::{Judged, Rule};
use crate::dossier::Record;
use serde::Serialize;
use std::{collections::HashMap, iter::Sum};

/// Records that a rule looked at, and those it found at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Records with something to look at.
    pub looked: u64,
    /// Of these, those at fault.
    pub found: u64,
}

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It had nothing to look at, which is not good.
    Nothing,
    /// It looked and found nothing.
    Clean,
    /// It found faults.
    Found,
}

impl Tally {
    /// What it came to.
    #[must_use]
    pub fn standing(self) -> Standing {
        match self {
            Self { looked: 0, .. } => Standing::Nothing,
            Self { found: 0, .. } => Standing::Clean,
            _ => Standing::Found,
        }
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.looked += other.looked;
        self.found += other.found;
    }
}

/// Part of the records: those of one system that name one unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Part {
    /// Code of the system.
    pub system: String,
    /// Code of the unit; `None` is not told.
    pub unit: Option<String>,
}

/// Number of a part in one [`Parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(u32);

impl PartId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The parts seen so far, each once.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    list: Vec<Part>,
    by_system: HashMap<String, HashMap<Option<String>, PartId>>,
}

impl Parts {
    /// The number of a record's part; a new one for a part not seen before.
    pub fn of(&mut self, record: &Record) -> PartId {
        // Looked up first: parts are few, records many, and a lookup needs no new text.
        if let Some(id) = self.by_system.get(&record.system).and_then(|units| units.get(&record.unit)) {
            return *id;
        }
        let id = PartId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Part { system: record.system.clone(), unit: record.unit.clone() });
        self.by_system.entry(record.system.clone()).or_default().insert(record.unit.clone(), id);
        id
    }

    /// The part with this number.
    #[must_use]
    pub fn get(&self, id: PartId) -> Option<&Part> {
        self.list.get(id.index())
    }

    /// All of them with their numbers, in the order first seen.
    pub fn iter(&self) -> impl Iterator<Item = (PartId, &Part)> {
        self.list.iter().enumerate().map(|(i, part)| (PartId(u32::try_from(i).unwrap_or(u32::MAX)), part))
    }
}

/// Counts of one part.
#[derive(Debug, Clone)]
struct Counted {
    records: Tally,
    rules: Vec<Tally>,
}

/// What was found in many records, by part. A record that changed is taken out as it was and put in as it is.
#[derive(Debug, Clone, Default)]
pub struct Report {
    by_part: Vec<Option<Counted>>,
}

impl Report {
    /// Counts what was found in one record.
    pub fn add(&mut self, part: PartId, judged: Judged) {
        self.count(part, judged, |n| *n += 1);
    }

    /// Takes out what was counted of one record.
    pub fn remove(&mut self, part: PartId, judged: Judged) {
        self.count(part, judged, |n| *n = n.saturating_sub(1));
    }

    fn count(&mut self, part: PartId, judged: Judged, step: impl Fn(&mut u64)) {
        if self.by_part.len() <= part.index() {
            self.by_part.resize(part.index() + 1, None);
        }
        let none = || Counted { records: Tally::default(), rules: vec![Tally::default(); Rule::ALL.len()] };
        let counted = self.by_part[part.index()].get_or_insert_with(none);
        step(&mut counted.records.looked);
        if !judged.found.is_empty() {
            step(&mut counted.records.found);
        }
        for rule in judged.looked.iter() {
            step(&mut counted.rules[rule as usize].looked);
        }
        for rule in judged.found.iter() {
            step(&mut counted.rules[rule as usize].found);
        }
    }

    /// Records of a part looked at, and those of them with a fault or more.
    #[must_use]
    pub fn records(&self, part: PartId) -> Tally {
        self.part(part).map(|c| c.records).unwrap_or_default()
    }

    /// What a rule found in a part.
    #[must_use]
    pub fn tally(&self, part: PartId, rule: Rule) -> Tally {
        self.part(part).and_then(|c| c.rules.get(rule as usize)).copied().unwrap_or_default()
    }

    fn part(&self, part: PartId) -> Option<&Counted> {
        self.by_part.get(part.index())?.as_ref()
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |mut sum, tally| {
            sum.add(tally);
            sum
        })
    }
}
