//! Rows counted from records: cells of a view put together by row, and what records can and cannot know of a period.

use super::{
    asked::Slot,
    cells::{Filter, dimensions, row_of},
    loaded::Loaded,
    period,
    tally::{Tally, nothing},
};
use crate::wire::SplitBy;
use chrono::NaiveDate;
use pvhcc_domain::{
    dossier::{
        CellFigures, Period,
        systems::{is_part_of, outermost},
    },
    figures::cell::{Cell, Dimension, Dimensions},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Periods a slot is counted for: itself, the one before, the year before, and all time up to its end.
const PERIODS: usize = 4;

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    pub(crate) now: Option<Tally>,
    pub(crate) previous: Option<Tally>,
    pub(crate) last_year: Option<Tally>,
    /// Dossiers received by the end of the period that have no place among done and pending: by as many may what somebody
    /// else states of these be more.
    pub(crate) unplaced: u64,
}

/// What records tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Counted {
    pub(crate) total: Row,
    /// By the codes of a row.
    pub(crate) rows: BTreeMap<Vec<String>, Row>,
    /// The first month with records, by outermost system.
    pub(crate) first: BTreeMap<String, NaiveDate>,
}

#[derive(Debug, Clone, Default)]
struct Sums {
    periods: [Option<Tally>; PERIODS],
    systems: BTreeSet<String>,
}

impl Sums {
    fn add(&mut self, system: &str, figures: &[CellFigures]) {
        for (sum, figures) in self.periods.iter_mut().zip(figures) {
            *sum = Tally::sum(sum.iter().copied().chain([Tally::from(figures.clone())]));
        }
        if !self.systems.contains(system) {
            self.systems.insert(system.to_owned());
        }
    }
}

/// Counts the rows of `by` within `filter`: of the whole period, or of each of `months` where rows are split by month.
pub(crate) fn count(
    loaded: &mut Loaded,
    by: &[SplitBy],
    filter: &Filter,
    whole: Slot,
    months: &[Slot],
) -> Counted {
    let first = loaded.first_months();
    let slots: Vec<Slot> = std::iter::once(whole).chain(months.iter().copied()).collect();
    let periods: Vec<Period> = slots.iter().flat_map(periods).collect();
    let split: Dimensions =
        dimensions(by).iter().chain(filter.dimensions().iter()).chain([Dimension::System]).collect();
    let seen = loaded.view(split, &periods);
    let mut total = Sums::default();
    let mut rows: HashMap<(usize, Vec<String>), Sums> = HashMap::new();
    let of_rows = if months.is_empty() { 0..1 } else { 1..slots.len() };
    let names: Vec<String> = slots.iter().map(|slot| period::id(slot.period)).collect();
    for (i, cell) in seen.view.cells().iter().enumerate().filter(|(_, cell)| filter.takes(cell)) {
        let figures = seen.view.figures(i);
        let system = outermost(cell.get(Dimension::System).unwrap_or_default());
        total.add(system, &figures[..PERIODS]);
        for slot in of_rows.clone().filter(|_| !by.is_empty()) {
            let row = row_of(cell, by, filter.units(), &names[slot]);
            rows.entry((slot, row)).or_default().add(system, &figures[slot * PERIODS..][..PERIODS]);
        }
    }
    let told: BTreeSet<String> =
        first.keys().filter(|system| filter.may_take_system(system)).cloned().collect();
    Counted {
        total: row(total, &slots[0], &first, &told),
        rows: (rows.into_iter())
            .map(|((slot, codes), sums)| (codes, row(sums, &slots[slot], &first, &told)))
            .filter(|(_, row)| !row.is_nothing())
            .collect(),
        first,
    }
}

/// The four periods of a slot; of one that has not begun, an empty past.
fn periods(slot: &Slot) -> [Period; PERIODS] {
    let now = slot.counted.unwrap_or(slot.period);
    let ever = Period { from: NaiveDate::MIN, to: now.to };
    [now, slot.previous, slot.last_year, ever]
}

fn row(sums: Sums, slot: &Slot, first: &BTreeMap<String, NaiveDate>, told: &BTreeSet<String>) -> Row {
    let [now, previous, last_year, ever] = sums.periods;
    // A row without any dossier is told by every system that could have one.
    let systems = if sums.systems.is_empty() { told } else { &sums.systems };
    let begins: Vec<NaiveDate> = systems.iter().filter_map(|system| first.get(system).copied()).collect();
    let zero = |tally: Option<Tally>| tally.or_else(|| (!begins.is_empty()).then(nothing));
    let carried = |tally: Tally, of: Period| {
        let mut tally = tally;
        if !begins.iter().all(|begin| *begin < of.from) {
            tally.statement.counts.carried_over = None;
        }
        tally
    };
    // Before its records begin nothing is known of a system; where they begin within a period, only the asked one is told.
    let now = (slot.counted)
        .filter(|of| begins.iter().any(|begin| *begin <= of.to))
        .and_then(|of| zero(now).map(|tally| carried(tally, of)));
    let compared = |tally: Option<Tally>, of: Period| {
        (begins.iter().all(|begin| *begin <= of.from)).then(|| zero(tally).map(|t| carried(t, of))).flatten()
    };
    Row {
        now,
        previous: compared(previous, slot.previous),
        last_year: compared(last_year, slot.last_year),
        unplaced: ever.and_then(|t| t.unplaced).unwrap_or(0),
    }
}

impl Row {
    /// Itself, and what it is compared with.
    pub(crate) fn periods(&self) -> [Option<Tally>; 3] {
        [self.now, self.previous, self.last_year]
    }

    fn is_nothing(&self) -> bool {
        self.periods().iter().flatten().all(Tally::is_nothing)
    }
}

/// What records tell of cells that somebody states, each with its period: the figures, and how many have no place. `None`
/// where there are no records of that system and period. A part of a system counts for the whole.
pub(crate) fn against(loaded: &mut Loaded, stated: &[(Cell, Period)]) -> Vec<Option<(Tally, u64)>> {
    let first = loaded.first_months();
    let mut periods: Vec<Period> = stated.iter().map(|(_, period)| *period).collect();
    periods.sort_unstable();
    periods.dedup();
    let asked: Vec<Period> =
        periods.iter().flat_map(|p| [*p, Period { from: NaiveDate::MIN, to: p.to }]).collect();
    let mut answers = vec![None; stated.len()];
    let mut sets: Vec<Dimensions> = stated.iter().map(|(cell, _)| cell.dimensions()).collect();
    sets.sort_by_key(|set| set.iter().collect::<Vec<_>>());
    sets.dedup();
    for set in sets {
        let seen = loaded.view(set, &asked);
        let mut known: HashMap<Cell, Vec<usize>> = HashMap::new();
        for (i, cell) in seen.view.cells().iter().enumerate() {
            known.entry(without_system(cell)).or_default().push(i);
        }
        for ((cell, period), answer) in
            stated.iter().zip(&mut answers).filter(|((cell, _), _)| cell.dimensions() == set)
        {
            let system = cell.get(Dimension::System).unwrap_or_default();
            if first.get(outermost(system)).is_none_or(|begin| *begin > period.from) {
                continue;
            }
            let Ok(place) = periods.binary_search(period) else { continue };
            let mut sum = nothing();
            let mut unplaced = 0;
            for i in known.get(&without_system(cell)).into_iter().flatten() {
                let part = seen.view.cells()[*i].get(Dimension::System).unwrap_or_default();
                if !is_part_of(part, system) {
                    continue;
                }
                let figures = seen.view.figures(*i);
                sum = Tally::sum([sum, figures[place * 2].clone().into()]).unwrap_or(sum);
                unplaced += figures[place * 2 + 1].unplaced;
            }
            if first.get(outermost(system)).is_some_and(|begin| *begin >= period.from) {
                sum.statement.counts.carried_over = None;
            }
            *answer = Some((sum, unplaced));
        }
    }
    answers
}

fn without_system(cell: &Cell) -> Cell {
    cell.coarsened(cell.dimensions().iter().filter(|d| *d != Dimension::System).collect())
}

#[cfg(test)]
#[path = "counting_tests.rs"]
mod tests;
