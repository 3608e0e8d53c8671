//! Broken identities as findings: one for each break, at the coarsest cell where it shows, with its parts beneath.
//!
//! A system answers for what it states, so cells of different systems are never put beneath one another, and sums over
//! systems, which nobody stated, are not judged.

use super::{
    Check, ReportKind,
    cell::{Cell, Dimension, Dimensions},
    statement::{Rule, Statement, check_carried_over},
};
use chrono::NaiveDate;
use serde::Serialize;
use std::{cmp::Reverse, collections::HashMap};

/// One statement with what it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What it is counted for.
    pub cell: Cell,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period, inclusive.
    pub to: NaiveDate,
    /// One period among others, or from the start of counting.
    pub kind: ReportKind,
    /// The figures.
    pub statement: Statement,
}

/// A broken identity in one cell and period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Break {
    /// What it was counted for.
    pub cell: Cell,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period, inclusive.
    pub to: NaiveDate,
    /// Which identity.
    pub rule: Rule,
    /// The whole; a rate in millionths.
    pub whole: u64,
    /// The sum of its parts, what the period before left, or the rate that the counts give, in millionths.
    pub parts: u64,
    /// Whole − parts.
    pub difference: i64,
}

/// A break where it shows at its coarsest, and everywhere it shows beneath.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BreakFinding {
    /// The coarsest cell and longest period.
    pub at: Break,
    /// The same identity in cells and periods within; coarse and early ones first.
    pub beneath: Vec<Break>,
}

impl Break {
    fn of(stated: &Stated, rule: Rule, result: Check) -> Option<Self> {
        let Check::Broken { whole, parts } = result else { return None };
        Some(Self {
            cell: stated.cell.clone(),
            from: stated.from,
            to: stated.to,
            rule,
            whole,
            parts,
            difference: result.difference(),
        })
    }
}

/// Every broken identity of these statements as findings, the greatest difference first.
#[must_use]
pub fn findings(stated: &[Stated]) -> Vec<BreakFinding> {
    let mut found: Vec<BreakFinding> = Vec::new();
    let mut at_cell: HashMap<(Rule, Cell), Vec<usize>> = HashMap::new();
    for broken in breaks(stated) {
        let coarsest = coarser(&broken.cell).find_map(|cell| {
            let there = at_cell.get(&(broken.rule, cell))?;
            there.iter().copied().find(|i| found[*i].at.from <= broken.from && broken.to <= found[*i].at.to)
        });
        match coarsest {
            Some(i) => found[i].beneath.push(broken),
            None => {
                at_cell.entry((broken.rule, broken.cell.clone())).or_default().push(found.len());
                found.push(BreakFinding { at: broken, beneath: Vec::new() });
            }
        }
    }
    found.sort_by_key(|finding| (finding.at.rule.is_rate(), Reverse(finding.at.difference.unsigned_abs())));
    found
}

/// Broken identities, one by one: coarse cells before fine ones, long periods before short ones.
fn breaks(stated: &[Stated]) -> Vec<Break> {
    let judged = || stated.iter().filter(|s| s.cell.get(Dimension::System).is_some());
    let mut periods_ending: HashMap<(&Cell, NaiveDate), &Stated> = HashMap::new();
    for s in judged() {
        let ending = periods_ending.entry((&s.cell, s.to)).or_insert(s);
        if ending.from < s.from {
            *ending = s;
        }
    }
    let mut breaks: Vec<Break> = judged()
        .flat_map(|s| {
            let within = Rule::WITHIN.map(|rule| Break::of(s, rule, s.statement.check(rule, s.kind)));
            let before = s.from.pred_opt().and_then(|day| periods_ending.get(&(&s.cell, day)));
            let carried = before.and_then(|before| {
                Break::of(s, Rule::CarriedOver, check_carried_over(&before.statement, &s.statement))
            });
            within.into_iter().chain([carried]).flatten()
        })
        .collect();
    breaks.sort_by(|a, b| {
        let coarseness = |x: &Break| (x.cell.dimensions().iter().count(), Reverse(x.to - x.from), x.from);
        coarseness(a).cmp(&coarseness(b)).then_with(|| a.cell.cmp(&b.cell))
    });
    breaks
}

/// The cell itself and every coarser one of the same system, the coarsest first.
fn coarser(cell: &Cell) -> impl Iterator<Item = Cell> + '_ {
    let own: Vec<Dimension> = cell.dimensions().iter().filter(|d| *d != Dimension::System).collect();
    let mut sets: Vec<Vec<Dimension>> = (0..1u8 << own.len())
        .map(|set| own.iter().enumerate().filter(|(i, _)| set & (1 << i) != 0).map(|(_, d)| *d).collect())
        .collect();
    sets.sort_by_key(Vec::len);
    sets.into_iter()
        .map(|set| cell.coarsened(set.into_iter().chain([Dimension::System]).collect::<Dimensions>()))
}

#[cfg(test)]
#[path = "breaks_tests.rs"]
mod tests;
