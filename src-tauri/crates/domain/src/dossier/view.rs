//! The figures of any periods by any dimensions, and keeping them true as dossiers change.
//!
//! A dossier adds at most a few steps to its cell: received, done or unplaced on a day, overdue from one day to
//! another. Steps are gathered between the days that bound the periods; a sum over all up to a day is what stands at
//! its end, a sum between two days is what flowed. Taking a dossier back adds the same steps with the other sign.

use super::{
    Change, Channel, Cube, Day, DossierId, Outcome, Span, State,
    life::{Dates, End, state_on},
    row::Row,
};
use crate::figures::{
    Counts,
    cell::{Cell, Dimensions},
};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Days from the first to the last, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// The day before it and its last day, the nearest that can be written.
    fn ends(&self) -> (Day, Day) {
        (Day::clamped(self.from.pred_opt().unwrap_or(self.from)), Day::clamped(self.to))
    }
}

/// The kinds of steps, each a column of a bucket.
pub(crate) mod step {
    pub(crate) const ONLINE: usize = 0;
    pub(crate) const DIRECT: usize = 1;
    pub(crate) const CHANNEL_NOT_TOLD: usize = 2;
    pub(crate) const EARLY: usize = 3;
    pub(crate) const ON_DAY: usize = 4;
    pub(crate) const LATE: usize = 5;
    pub(crate) const UNPLACED: usize = 6;
    pub(crate) const OVERDUE: usize = 7;
}
type Steps = [i32; 8];

/// Figures counted from records: those of one cell in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFigures {
    /// The 13 figures' counts; all known.
    pub counts: Counts,
    /// Of those done on time, those done before the day of the appointment (column 8 of form II.06a).
    pub early: u64,
    /// Received in the period, and neither done nor pending ([`State::Unplaced`]): by as many does the balance break.
    pub unplaced: u64,
}

/// A figure that dossiers are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Received in the period.
    Received,
    /// Of these, online.
    ReceivedOnline,
    /// Of these, in person or by post.
    ReceivedDirect,
    /// Carried over from before the period.
    CarriedOver,
    /// Received and carried over.
    Total,
    /// Done in the period.
    Done,
    /// Of these, on time.
    OnTime,
    /// Of these, before the day of the appointment.
    Early,
    /// Of these, late.
    Late,
    /// Pending at the end.
    Pending,
    /// Of these, within the deadline.
    WithinDeadline,
    /// Of these, overdue.
    Overdue,
    /// Received in the period, and neither done nor pending.
    Unplaced,
}

/// Figures of all cells for some periods. Must be told of every [`Change`] of its cube.
#[derive(Debug, Clone)]
pub struct View {
    by: Dimensions,
    periods: Vec<Period>,
    /// Per period, the buckets whose steps lie before it, and those up to its end.
    bounds: Vec<(usize, usize)>,
    /// The days buckets end with.
    cuts: Vec<Day>,
    /// Bucket of each day from the first cut to the day after the last, whose bucket no figure reads.
    buckets: Vec<u32>,
    cell_of_group: Vec<u32>,
    cells: Vec<Cell>,
    numbers: FxHashMap<[u32; 5], u32>,
    /// Per cell, one per bucket.
    steps: Vec<Steps>,
}

impl View {
    pub(crate) fn new(by: Dimensions, periods: &[Period]) -> Self {
        let ends = || periods.iter().map(Period::ends);
        let mut cuts: Vec<Day> = ends().flat_map(|(eve, last)| [eve, last]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let index = |day: Day| cuts.partition_point(|cut| *cut < day);
        let bounds = ends().map(|(eve, last)| (index(eve), index(last))).collect();
        let days_to = |(i, day): (usize, &Day)| {
            let before = i.checked_sub(1).map_or(-1, |before| cuts[before].since(cuts[0]));
            usize::try_from(day.since(cuts[0]) - before).unwrap_or(0)
        };
        let days = cuts.iter().enumerate().map(days_to).chain([1]);
        let buckets = (0..).zip(days).flat_map(|(i, days)| std::iter::repeat_n(i, days)).collect();
        Self {
            by,
            periods: periods.to_vec(),
            bounds,
            cuts,
            buckets,
            cell_of_group: Vec::new(),
            cells: Vec::new(),
            numbers: FxHashMap::default(),
            steps: Vec::new(),
        }
    }

    /// The periods, as asked for.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The cells, in the order they were first seen. One whose dossiers have all left it counts 0.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The figures of a cell, one per period; none for a cell that does not exist.
    #[must_use]
    pub fn figures(&self, cell: usize) -> Vec<CellFigures> {
        let Some(steps) = self.steps.chunks_exact(self.cuts.len() + 1).nth(cell) else {
            return Vec::new();
        };
        let mut sum = Steps::default();
        let standing: Vec<Steps> = (steps.iter())
            .map(|bucket| {
                sum.iter_mut().zip(bucket).for_each(|(sum, step)| *sum += step);
                sum
            })
            .collect();
        self.bounds.iter().map(|(before, to)| figures(&standing[*before], &standing[*to])).collect()
    }

    /// Takes in a change of the cube the view was made from.
    pub fn apply(&mut self, cube: &Cube, change: &Change) {
        self.know_groups(cube);
        for ((row, waiting), sign) in [(&change.before, -1), (&change.after, 1)] {
            if !row.is_vacant() {
                self.add(row, waiting, sign);
            }
        }
    }

    /// The dossiers counted in a figure of some cells and a period, by number; as many as the figures say together.
    pub fn dossiers<'a>(
        &'a self,
        cube: &'a Cube,
        cells: impl Fn(usize) -> bool + 'a,
        period: Period,
        figure: Figure,
    ) -> impl Iterator<Item = DossierId> + 'a {
        let (eve, last) = period.ends();
        cube.rows()
            .filter(move |(_, row, _)| cells(self.cell_of(row)))
            .filter(move |(_, row, waiting)| figure.counts(&row.dates(), waiting, eve, last))
            .map(|(id, ..)| id)
    }

    /// The dossiers of some cells that are pending at the end of a day: when each was received, and whether it is overdue.
    pub fn pending<'a>(
        &'a self,
        cube: &'a Cube,
        cells: impl Fn(usize) -> bool + 'a,
        day: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, bool)> + 'a {
        let day = Day::clamped(day);
        cube.rows().filter(move |(_, row, _)| cells(self.cell_of(row))).filter_map(
            move |(_, row, waiting)| match state_on(&row.dates(), waiting, day) {
                State::Pending { overdue } => Some((row.received.date(), overdue)),
                _ => None,
            },
        )
    }

    /// Finds the cells of groups that came since.
    pub(crate) fn know_groups(&mut self, cube: &Cube) {
        for group in self.cell_of_group.len()..cube.group_count() {
            let next = self.cells.len() as u32;
            let number = *self.numbers.entry(cube.cell_key(group, self.by)).or_insert(next);
            if number == next {
                self.cells.push(cube.cell(group, self.by));
                self.steps.resize(self.cells.len() * (self.cuts.len() + 1), Steps::default());
            }
            self.cell_of_group.push(number);
        }
    }

    fn cell_of(&self, row: &Row) -> usize {
        self.cell_of_group[row.group.0 as usize] as usize
    }

    /// The bucket of a day.
    #[inline]
    fn bucket(&self, day: Day) -> usize {
        let first = self.cuts.first().copied().unwrap_or(Day::NEVER);
        let at = usize::try_from(day.since(first)).unwrap_or(0).min(self.buckets.len() - 1);
        self.buckets[at] as usize
    }

    /// Adds the steps of one dossier, or with sign −1 takes them back. Hot: days and columns are looked up rather than
    /// branched on, because nothing about a dossier can be predicted from the one before.
    #[inline]
    pub(crate) fn add(&mut self, row: &Row, waiting: &[Span], sign: i32) {
        let base = self.cell_of(row) * (self.cuts.len() + 1);
        let received = base + self.bucket(row.received);
        self.steps[received][row.received_column()] += sign;
        let end = base + self.bucket(row.end);
        self.steps[end][row.end_column()] += sign;
        self.add_overdue(base, row.overdue(), sign);
        for pause in waiting {
            let overdue = row.overdue();
            let (from, to) = (pause.from.max(overdue.from), pause.to.min(overdue.to));
            if from < to {
                self.add_overdue(base, Span { from, to }, -sign);
            }
        }
    }

    #[inline]
    fn add_overdue(&mut self, base: usize, span: Span, sign: i32) {
        let (from, to) = (base + self.bucket(span.from), base + self.bucket(span.to));
        self.steps[from][step::OVERDUE] += sign;
        self.steps[to][step::OVERDUE] -= sign;
    }
}

/// The figures of a period from what stood before it and what stands at its end.
fn figures(before: &Steps, to: &Steps) -> CellFigures {
    let count = |value: i32| u64::try_from(value).unwrap_or(0);
    let flow = |columns: &[usize]| count(columns.iter().map(|c| to[*c] - before[*c]).sum());
    let pending = |at: &Steps| {
        let sum = |columns: std::ops::RangeInclusive<usize>| at[columns].iter().sum::<i32>();
        count(sum(step::ONLINE..=step::CHANNEL_NOT_TOLD) - sum(step::EARLY..=step::UNPLACED))
    };
    let overdue = count(to[step::OVERDUE]);
    let counts = Counts {
        received: Some(flow(&[step::ONLINE, step::DIRECT, step::CHANNEL_NOT_TOLD])),
        received_online: Some(flow(&[step::ONLINE])),
        received_direct: Some(flow(&[step::DIRECT])),
        carried_over: Some(pending(before)),
        done: Some(flow(&[step::EARLY, step::ON_DAY, step::LATE])),
        on_time: Some(flow(&[step::EARLY, step::ON_DAY])),
        late: Some(flow(&[step::LATE])),
        pending: Some(pending(to)),
        within_deadline: Some(pending(to).saturating_sub(overdue)),
        overdue: Some(overdue),
    };
    CellFigures { counts, early: flow(&[step::EARLY]), unplaced: flow(&[step::UNPLACED]) }
}

impl Figure {
    /// Whether a dossier counts in this figure of the period after `before` up to `to`.
    fn counts(self, dates: &Dates, waiting: &[Span], before: Day, to: Day) -> bool {
        let within = |day: Day| before < day && day <= to;
        let received = within(dates.received);
        let done = match dates.how {
            End::Done(outcome) if within(dates.end) => Some(outcome),
            _ => None,
        };
        let carried = || matches!(state_on(dates, waiting, before), State::Pending { .. });
        let at_end = || state_on(dates, waiting, to);
        match self {
            Self::Received => received,
            Self::ReceivedOnline => received && dates.channel == Some(Channel::Online),
            Self::ReceivedDirect => {
                received && matches!(dates.channel, Some(Channel::Direct | Channel::Postal))
            }
            Self::CarriedOver => carried(),
            Self::Total => received || carried(),
            Self::Done => done.is_some(),
            Self::OnTime => matches!(done, Some(Outcome::Early | Outcome::OnDay)),
            Self::Early => done == Some(Outcome::Early),
            Self::Late => done == Some(Outcome::Late),
            Self::Pending => matches!(at_end(), State::Pending { .. }),
            Self::WithinDeadline => at_end() == State::Pending { overdue: false },
            Self::Overdue => at_end() == State::Pending { overdue: true },
            Self::Unplaced => received && dates.how == End::Unplaced,
        }
    }
}
