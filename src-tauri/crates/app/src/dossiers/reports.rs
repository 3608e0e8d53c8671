//! What systems state of themselves: joined to any period they cover exactly, chosen for any cell, judged.
//!
//! Must not know how statements are kept or fetched.

use super::cells::Filter;
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{
    dossier::{
        Period,
        systems::{is_part_of, outermost},
    },
    figures::{
        Check, Counts, ReportKind,
        breaks::{self, BreakFinding, Stated},
        cell::{Cell, Dimension, Dimensions},
        statement::{Rule, Statement},
    },
    time::Ms,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One statement as kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    pub(crate) cell: Cell,
    pub(crate) period: Period,
    pub(crate) statement: Statement,
    /// The source's own time.
    pub(crate) as_of: Ms,
    /// When it was fetched or imported.
    pub(crate) fetched: Ms,
    /// Number of its import; `None` is the portal.
    pub(crate) import: Option<i64>,
}

impl Report {
    /// Whether a figure that both tell is not the same.
    fn contradicts(&self, other: &Self) -> bool {
        let told = |report: &Self| {
            let c = report.statement.counts;
            [
                c.received,
                c.received_online,
                c.received_direct,
                c.carried_over,
                c.done,
                c.on_time,
                c.late,
                c.pending,
                c.within_deadline,
                c.overdue,
            ]
        };
        told(self).into_iter().zip(told(other)).any(|pair| matches!(pair, (Some(a), Some(b)) if a != b))
    }
}

/// Statements of one cell put together to one period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Joined {
    pub(crate) cell: Cell,
    pub(crate) kind: ReportKind,
    pub(crate) statement: Statement,
    /// The oldest source time of its parts.
    pub(crate) as_of: Ms,
    pub(crate) fetched: Ms,
    pub(crate) import: Option<i64>,
}

/// The statements that answer for some cells and a period.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Answer {
    /// One a cell, none within another.
    pub(crate) cells: Vec<Joined>,
    /// Outermost systems that state figures but none for this period, so that no sum over systems is known.
    pub(crate) silent: BTreeSet<String>,
}

/// Every present statement.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Reports {
    all: Vec<Report>,
    /// Places in `all` by cell, then first day.
    by_cell: HashMap<Cell, BTreeMap<NaiveDate, Vec<usize>>>,
    /// Statements that count beside others of the same cell and period that say otherwise.
    disputed: Vec<(Report, Report)>,
}

impl Reports {
    /// Of two statements of one cell and period the one with the newer source time counts.
    pub(crate) fn new(reports: impl IntoIterator<Item = Report>) -> Self {
        let mut newest: HashMap<(Cell, Period), Report> = HashMap::new();
        let mut older: Vec<Report> = Vec::new();
        for report in reports {
            let key = (report.cell.clone(), report.period);
            match newest.get(&key) {
                Some(known) if known.as_of >= report.as_of => older.push(report),
                _ => older.extend(newest.insert(key, report)),
            }
        }
        let mut disputed: Vec<(Report, Report)> = (older.into_iter())
            .filter_map(|old| Some((newest.get(&(old.cell.clone(), old.period))?.clone(), old)))
            .filter(|(new, old)| new.contradicts(old))
            .collect();
        disputed.sort_by(|(a, _), (b, _)| (&a.cell, a.period).cmp(&(&b.cell, b.period)));
        let mut all: Vec<Report> = newest.into_values().collect();
        all.sort_by(|a, b| (&a.cell, a.period).cmp(&(&b.cell, b.period)));
        let mut by_cell: HashMap<Cell, BTreeMap<NaiveDate, Vec<usize>>> = HashMap::new();
        for (i, report) in all.iter().enumerate() {
            by_cell.entry(report.cell.clone()).or_default().entry(report.period.from).or_default().push(i);
        }
        Self { all, by_cell, disputed }
    }

    pub(crate) fn all(&self) -> &[Report] {
        &self.all
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.by_cell.keys()
    }

    /// Whether anything is stated of a system, the whole it is part of or a part of it.
    pub(crate) fn tells_of(&self, system: &str) -> bool {
        let stated = |cell: &Cell| cell.get(Dimension::System).unwrap_or_default().to_owned();
        self.cells().map(stated).any(|other| is_part_of(&other, system) || is_part_of(system, &other))
    }

    /// The statement that counts, and one of the same cell and period that says otherwise.
    pub(crate) fn disputed(&self) -> impl Iterator<Item = &(Report, Report)> {
        self.disputed.iter()
    }

    /// First and last day of all statements.
    pub(crate) fn span(&self) -> Option<Period> {
        let from = self.all.iter().map(|r| r.period.from).min()?;
        let to = self.all.iter().map(|r| r.period.to).max()?;
        Some(Period { from, to })
    }

    /// The figures of a cell over a period: stated so, or joined from consecutive statements that cover it exactly.
    pub(crate) fn joined(&self, cell: &Cell, period: Period) -> Option<Joined> {
        let starts = self.by_cell.get(cell)?;
        let parts = self.tile(starts, period)?;
        let first = parts.first()?;
        let counts = Counts::join(parts.iter().map(|r| r.statement.counts))?;
        let statement = if parts.len() == 1 { first.statement } else { Statement::from(counts) };
        Some(Joined {
            cell: cell.clone(),
            kind: kind(period),
            statement,
            as_of: parts.iter().map(|r| r.as_of).min()?,
            fetched: parts.iter().map(|r| r.fetched).min()?,
            import: parts.iter().find_map(|r| r.import),
        })
    }

    /// What the same cell stated for a period that ends where this one begins, a long one first.
    pub(crate) fn before(&self, cell: &Cell, period: Period) -> Option<Statement> {
        let eve = period.from.pred_opt()?;
        let mut earlier = self.by_cell.get(cell)?.range(..period.from).flat_map(|(_, here)| here);
        earlier.find(|i| self.all[**i].period.to == eve).map(|i| self.all[*i].statement)
    }

    /// The longest periods within `outer` that a cell's statements cover without a gap, in the order of time; none within
    /// another.
    pub(crate) fn runs(&self, cell: &Cell, outer: Period) -> Vec<Period> {
        let Some(starts) = self.by_cell.get(cell) else { return Vec::new() };
        // Where a run that reaches the eve of a day began.
        let mut begun: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
        let mut ends: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
        for (from, here) in starts.range(outer.from..=outer.to) {
            let first = begun.get(from).copied().unwrap_or(*from);
            for to in here.iter().map(|i| self.all[*i].period.to).filter(|to| *to <= outer.to) {
                ends.entry(first).and_modify(|end| *end = (*end).max(to)).or_insert(to);
                if let Some(next) = to.succ_opt() {
                    begun.entry(next).and_modify(|known| *known = (*known).min(first)).or_insert(first);
                }
            }
        }
        let mut runs: Vec<Period> = Vec::new();
        for (from, to) in ends {
            if runs.last().is_none_or(|run| run.to < to) {
                runs.push(Period { from, to });
            }
        }
        runs
    }

    /// How much more came in than was handled by what a cell stated up to the eve of `from`: what it may carry over too little.
    pub(crate) fn gap_before(&self, cell: &Cell, from: NaiveDate) -> i64 {
        let earlier = self.span().zip(from.pred_opt()).filter(|(span, eve)| span.from <= *eve);
        let Some((span, to)) = earlier else { return 0 };
        let run = self.runs(cell, Period { from: span.from, to }).pop().filter(|run| run.to == to);
        let stated = run.and_then(|run| self.joined(cell, run));
        let gap = stated.map(|joined| match joined.statement.check(Rule::Balance, joined.kind) {
            Check::NotEnoughData => joined.statement.check(Rule::Handled, joined.kind).difference(),
            balance => balance.difference(),
        });
        gap.unwrap_or(0)
    }

    /// Whether there is one statement of exactly this.
    fn states(&self, cell: &Cell, period: Period) -> bool {
        let here = self.by_cell.get(cell).and_then(|starts| starts.get(&period.from));
        here.is_some_and(|here| here.iter().any(|i| self.all[*i].period == period))
    }

    /// Statements that follow on one another from the first day to the last, long ones first.
    fn tile(&self, starts: &BTreeMap<NaiveDate, Vec<usize>>, period: Period) -> Option<Vec<&Report>> {
        let here = starts.get(&period.from)?;
        for i in here.iter().rev() {
            let report = &self.all[*i];
            if report.period.to == period.to {
                return Some(vec![report]);
            }
            let rest = report.period.to.succ_opt().filter(|next| *next <= period.to);
            let Some(from) = rest else { continue };
            if let Some(mut tiles) = self.tile(starts, Period { from, ..period }) {
                tiles.insert(0, report);
                return Some(tiles);
            }
        }
        None
    }

    /// The statements for every cell split by `by` within `filter`: those split no further than needed. A part of a
    /// system is left out where the whole states the same cell, unless `parts` are asked for.
    pub(crate) fn answer(&self, by: Dimensions, filter: &Filter, period: Period, parts: bool) -> Answer {
        let needed: Dimensions =
            by.iter().chain(filter.dimensions().iter()).chain([Dimension::System]).collect();
        let mut sets: Vec<Dimensions> = self.by_cell.keys().map(Cell::dimensions).collect();
        sets.sort_by_key(|set| (set.iter().count(), set.iter().collect::<Vec<_>>()));
        sets.dedup();
        let fitting = sets.into_iter().filter(|set| needed.iter().all(|d| set.contains(d)));
        fitting
            .map(|set| self.of_set(set, filter, period, parts))
            .find(|a| !a.cells.is_empty())
            .unwrap_or_default()
    }

    fn of_set(&self, set: Dimensions, filter: &Filter, period: Period, parts: bool) -> Answer {
        let mut cells: Vec<Joined> = Vec::new();
        let mut telling: BTreeSet<String> = BTreeSet::new();
        for cell in self.by_cell.keys().filter(|cell| cell.dimensions() == set && filter.takes(cell)) {
            let system = cell.get(Dimension::System).unwrap_or_default();
            telling.insert(outermost(system).to_owned());
            cells.extend(self.joined(cell, period));
        }
        if !parts {
            let known: BTreeSet<(String, Cell)> = cells.iter().map(|j| split(&j.cell)).collect();
            cells.retain(|joined| {
                let (system, rest) = split(&joined.cell);
                let mut outer = system.as_str();
                while let Some((whole, _)) = outer.rsplit_once('.') {
                    if known.contains(&(whole.to_owned(), rest.clone())) {
                        return false;
                    }
                    outer = whole;
                }
                true
            });
        }
        cells.sort_by(|a, b| a.cell.cmp(&b.cell));
        let told: BTreeSet<&str> =
            cells.iter().map(|j| outermost(j.cell.get(Dimension::System).unwrap_or_default())).collect();
        let silent = telling.iter().filter(|system| !told.contains(system.as_str())).cloned().collect();
        Answer { cells, silent }
    }

    /// What does not add up within a period: everything stated within it is judged, and what joins without a gap as one, so
    /// that a gap of several months shows once, also where a period goes on beyond the last day stated.
    pub(crate) fn findings(&self, period: Period, filter: Option<&Filter>) -> Vec<BreakFinding> {
        let takes = |cell: &Cell| filter.is_none_or(|filter| filter.takes(cell));
        let within = |p: Period| period.from <= p.from && p.to <= period.to;
        let mut stated: Vec<Stated> = (self.all.iter())
            .filter(|r| takes(&r.cell))
            // What ends just before is what the first carries over from.
            .filter(|r| within(r.period) || r.period.to.succ_opt() == Some(period.from))
            .map(|r| stated(r.cell.clone(), r.period, kind(r.period), r.statement))
            .collect();
        for cell in self.by_cell.keys().filter(|cell| takes(cell)) {
            for run in self.runs(cell, period).into_iter().filter(|run| !self.states(cell, *run)) {
                if let Some(joined) = self.joined(cell, run) {
                    stated.push(self::stated(cell.clone(), run, joined.kind, joined.statement));
                }
            }
        }
        let mut found = breaks::findings(&stated);
        found.retain(|f| within(Period { from: f.at.from, to: f.at.to }));
        found
    }
}

fn stated(cell: Cell, Period { from, to }: Period, kind: ReportKind, statement: Statement) -> Stated {
    Stated { cell, from, to, kind, statement }
}

/// What begins with the year counts from the start: where nothing is said to be carried over, nothing was (document 002).
/// This is so whoever asks, so that January says of itself what the year says of January.
fn kind(stated: Period) -> ReportKind {
    if stated.from.ordinal() == 1 { ReportKind::Cumulative } else { ReportKind::Periodic }
}

/// The system of a cell, and the cell without it.
fn split(cell: &Cell) -> (String, Cell) {
    let rest: Dimensions = cell.dimensions().iter().filter(|d| *d != Dimension::System).collect();
    (cell.get(Dimension::System).unwrap_or_default().to_owned(), cell.coarsened(rest))
}

#[cfg(test)]
#[path = "reports_tests.rs"]
mod tests;
