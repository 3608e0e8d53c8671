//! Rows put together from statements, with what each rests on.

use super::{
    asked::{Asked, Slot},
    cells::{dimensions, row_of},
    checks::{Checked, RULES},
    period,
    reports::Joined,
    tally::Tally,
};
use crate::wire::{BrokenView, SplitBy};
use pvhcc_domain::{dossier::Period, figures::cell::Dimensions};
use std::collections::{BTreeMap, BTreeSet};

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    pub(crate) now: Option<Tally>,
    pub(crate) previous: Option<Tally>,
    pub(crate) last_year: Option<Tally>,
    /// The statements of `now`, one a cell.
    pub(crate) of: Vec<Joined>,
    /// The period they state.
    pub(crate) period: Option<Period>,
}

/// What statements tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stated {
    pub(crate) total: Row,
    /// By the codes of a row.
    pub(crate) rows: BTreeMap<Vec<String>, Row>,
    /// Systems that should state the period and do not.
    pub(crate) silent: BTreeSet<String>,
}

/// The rows of `by`: of the whole period, or of each of `months` where rows are split by month.
pub(crate) fn state(asked: &Asked, by: &[SplitBy], whole: Slot, months: &[Slot]) -> Stated {
    let (mut total, silent) = of_slot(asked, &[], &whole);
    let mut rows = BTreeMap::new();
    if !by.is_empty() {
        let slots = if months.is_empty() { std::slice::from_ref(&whole) } else { months };
        rows = slots.iter().flat_map(|slot| of_slot(asked, by, slot).0).collect();
    }
    Stated { total: total.remove(&Vec::new()).unwrap_or_default(), rows, silent }
}

fn of_slot(asked: &Asked, by: &[SplitBy], slot: &Slot) -> (BTreeMap<Vec<String>, Row>, BTreeSet<String>) {
    let name = period::id(slot.period);
    let parts = by.contains(&SplitBy::Subsystem);
    let by_system = parts || by.contains(&SplitBy::System);
    let answer = |of: Period| {
        let mut answer = asked.reports.answer(dimensions(by), &asked.filter, of, parts);
        // A sum over systems is known only when each of them states the period.
        if !by_system && !answer.silent.is_empty() {
            answer.cells.clear();
        }
        answer
    };
    // What is not over may be stated whole, or as far as it is.
    let (mut stated, mut here) = (slot.period, answer(slot.period));
    if here.cells.is_empty()
        && let Some(counted) = slot.counted.filter(|counted| *counted != slot.period)
    {
        (stated, here) = (counted, answer(counted));
    }
    let mut rows: BTreeMap<Vec<String>, Row> = BTreeMap::new();
    let row = |joined: &Joined| row_of(&joined.cell, by, asked.filter.units(), &name);
    let add = |sum: &mut Option<Tally>, joined: &Joined| {
        *sum = Tally::sum(sum.iter().copied().chain([Tally::from(joined.statement)]));
    };
    for joined in here.cells {
        let row = rows.entry(row(&joined)).or_default();
        add(&mut row.now, &joined);
        row.period = Some(stated);
        row.of.push(joined);
    }
    for joined in answer(slot.previous).cells {
        add(&mut rows.entry(row(&joined)).or_default().previous, &joined);
    }
    for joined in answer(slot.last_year).cells {
        add(&mut rows.entry(row(&joined)).or_default().last_year, &joined);
    }
    (rows, here.silent)
}

impl Row {
    /// Itself, and what it is compared with.
    pub(crate) fn periods(&self) -> [Option<Tally>; 3] {
        [self.now, self.previous, self.last_year]
    }

    /// Its statements, each with what the same cell stated just before.
    pub(crate) fn checked<'a>(&'a self, asked: &'a Asked) -> impl Iterator<Item = Checked> + 'a {
        self.of.iter().zip(self.period.iter().cycle()).map(|(joined, period)| {
            let before = asked.reports.before(&joined.cell, *period);
            Checked::stated(joined, before, &asked.names)
        })
    }

    /// What does not hold in any of its statements.
    pub(crate) fn broken(&self, asked: &Asked) -> Vec<BrokenView> {
        let of_several = self.of.len() > 1;
        let mut broken: Vec<BrokenView> = Vec::new();
        for checked in self.checked(asked) {
            for mut mark in RULES.into_iter().filter_map(|rule| checked.broken(rule)) {
                if of_several {
                    mark.text = format!("{}: {}", checked.who, mark.text);
                }
                broken.push(mark);
            }
        }
        broken
    }
}

/// Whether statements can answer at all: split by what some of them are split by.
pub(crate) fn can_answer(asked: &Asked, by: &[SplitBy]) -> bool {
    let split: Dimensions = dimensions(by).iter().chain(asked.filter.dimensions().iter()).collect();
    asked.reports.all().iter().any(|r| split.iter().all(|d| r.cell.get(d).is_some()))
}
