//! All dossiers, twelve bytes each, from which any view is counted.
//!
//! Why columns of dates and one pass, and not sums kept by day: dates are corrected long after the fact, units, fields
//! and procedures together have more combinations than a day has dossiers, and a pass over a million rows of twelve
//! bytes takes some milliseconds for any dimensions and any number of periods at once. A [`View`] that is open is
//! then kept true change by change.

use super::{
    Life, Span, Version,
    row::{Group, Row},
    view::{Period, View},
};
use crate::figures::cell::{Cell, Dimension, Dimensions};
use rustc_hash::FxHashMap;
use std::{collections::HashMap, sync::Arc};

/// Number of a dossier, given by whoever keeps them. Memory grows with the greatest, so they should be dense.
pub type DossierId = u32;

/// What became of one dossier, for the views that are open.
#[derive(Debug, Clone)]
#[must_use = "an open view that is not told of it is wrong from now on"]
pub struct Change {
    pub(crate) before: (Row, Box<[Span]>),
    pub(crate) after: (Row, Box<[Span]>),
}

impl Change {
    /// Whether anything countable changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before == self.after
    }
}

/// Every dossier that is counted, as known at one moment.
#[derive(Debug, Default)]
pub struct Cube {
    rows: Vec<Row>,
    /// Of the few that ever waited for the citizen.
    waiting: FxHashMap<DossierId, Box<[Span]>>,
    /// Values of each dimension, by number.
    values: [Values; 5],
    groups: FxHashMap<[u32; 5], Group>,
    group_values: Vec<[u32; 5]>,
    counted: usize,
}

#[derive(Debug, Default)]
struct Values {
    numbers: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl Values {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }
}

impl Cube {
    /// Without dossiers, with room for some.
    #[must_use]
    pub fn with_capacity(dossiers: usize) -> Self {
        Self { rows: Vec::with_capacity(dossiers), ..Self::default() }
    }

    /// Dossiers counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counted
    }

    /// Whether none is counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counted == 0
    }

    /// The group of a version. A value that is not told is one of its own, the empty one.
    pub fn group(&mut self, version: &Version) -> Group {
        let names: [&str; 5] = Dimension::ALL.map(|dimension| match dimension {
            Dimension::System => version.system.as_str(),
            Dimension::Unit => version.unit.as_deref().unwrap_or_default(),
            Dimension::Field => version.field.as_deref().unwrap_or_default(),
            Dimension::Procedure => version.procedure.as_deref().unwrap_or_default(),
            Dimension::Channel => version.channel.map_or("", super::Channel::as_str),
        });
        let mut key = [0; 5];
        for ((number, values), name) in key.iter_mut().zip(&mut self.values).zip(names) {
            *number = values.number(name);
        }
        let group_values = &mut self.group_values;
        *self.groups.entry(key).or_insert_with(|| {
            group_values.push(key);
            Group(group_values.len() as u32 - 1)
        })
    }

    /// Puts a dossier in the place of what was known of it, or (`None`) takes it out of all figures.
    pub fn set(&mut self, id: DossierId, dossier: Option<(Group, Life)>) -> Change {
        let at = id as usize;
        let (row, waiting) = match dossier {
            Some((group, life)) => (Row::new(group, &life), life.waiting.into_boxed_slice()),
            None => (Row::VACANT, Box::default()),
        };
        if at >= self.rows.len() {
            if row.is_vacant() {
                return Change { before: (row, Box::default()), after: (row, waiting) };
            }
            self.rows.resize(at + 1, Row::VACANT);
        }
        let before = std::mem::replace(&mut self.rows[at], row);
        let waited = if before.waited() { self.waiting.remove(&id) } else { None };
        if !waiting.is_empty() {
            self.waiting.insert(id, waiting.clone());
        }
        self.counted = self.counted + usize::from(!row.is_vacant()) - usize::from(!before.is_vacant());
        Change { before: (before, waited.unwrap_or_default()), after: (row, waiting) }
    }

    /// Counts all dossiers for these periods, split by these dimensions, in one pass.
    #[must_use]
    pub fn view(&self, by: Dimensions, periods: &[Period]) -> View {
        let mut view = View::new(by, periods);
        view.know_groups(self);
        for (row, waiting) in self.rows().map(|(_, row, waiting)| (row, waiting)) {
            view.add(row, waiting, 1);
        }
        view
    }

    /// Every dossier that is counted.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (DossierId, &Row, &[Span])> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_vacant()).map(|(id, row)| {
            let id = id as DossierId;
            let waiting = if row.waited() { self.waiting.get(&id) } else { None };
            (id, row, waiting.map_or(&[][..], |spans| spans))
        })
    }

    /// Combinations of values seen so far.
    pub(crate) fn group_count(&self) -> usize {
        self.group_values.len()
    }

    /// What identifies the cell of a group in a view: the numbers of its values, those not split by left out.
    pub(crate) fn cell_key(&self, group: usize, by: Dimensions) -> [u32; 5] {
        let mut key = self.group_values[group];
        for dimension in Dimension::ALL.into_iter().filter(|d| !by.contains(*d)) {
            key[dimension as usize] = u32::MAX;
        }
        key
    }

    /// The cell of a group in a view.
    pub(crate) fn cell(&self, group: usize, by: Dimensions) -> Cell {
        by.iter().fold(Cell::default(), |cell, dimension| {
            let number = self.group_values[group][dimension as usize];
            cell.with(dimension, Arc::clone(&self.values[dimension as usize].names[number as usize]))
        })
    }
}
