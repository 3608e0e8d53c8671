//! The cube against a slow and obvious oracle, over random histories.
//!
//! Each case lets versions of a few dossiers become known one after another (late, corrected, taken back by the source),
//! with dates on the edges of days, months, weekends and holidays, and keeps a view true through all of them. Then
//! the view, a view counted anew, and the oracle, which reads the versions with the words of domain.md §3.3, must agree.
//! A failing case names its number, from which it is made again.

use super::*;
use crate::{
    calendar::Calendar,
    figures::{
        Check, Counts, ReportKind,
        cell::{Cell, Dimension, Dimensions},
        statement::{Rule, Statement, check_carried_over},
    },
    time::Ms,
};
use chrono::{Days, NaiveDate};
use std::{collections::BTreeMap, sync::LazyLock};

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::builtin().expect("valid"));

/// Days around Tết, the make-up Saturdays, 30/4, National Day, the ends of months and of the year.
const EDGES: [&str; 8] = [
    "2026-01-08",
    "2026-02-12",
    "2026-02-26",
    "2026-04-24",
    "2026-05-29",
    "2026-08-20",
    "2026-08-28",
    "2026-12-28",
];

/// SplitMix64: enough for picking, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

#[derive(Debug)]
struct Case {
    /// Versions of each dossier, in the order they became valid.
    dossiers: Vec<Vec<Version>>,
    periods: Vec<Period>,
    by: Dimensions,
    /// What became known until then counts.
    known: Ms,
}

impl Case {
    fn new(number: u64) -> Self {
        let mut dice = Dice(number);
        let start: NaiveDate = dice.pick(&EDGES).parse().expect("ISO date");
        let dossiers = 1 + dice.below(4);
        let dossiers = (0..dossiers).map(|i| history(&mut dice, start, i)).collect();
        let periods = 1 + dice.below(2);
        let periods = (0..periods)
            .map(|_| {
                let from = start + Days::new(dice.below(12));
                Period { from, to: from + Days::new(dice.below(8)) }
            })
            .collect();
        let by = Dimension::ALL.into_iter().filter(|_| dice.one_in(3)).collect();
        let known = moment(&mut dice, start + Days::new(12));
        Self { dossiers, periods, by, known }
    }
}

/// A moment of the days after `start`, often the first or the last of a day.
fn moment(dice: &mut Dice, start: NaiveDate) -> Ms {
    let midnight = Ms::at(start + Days::new(dice.below(12)), 0, 0);
    let into = [0, 7 * 3_600_000, 17 * 3_600_000, 86_399_999];
    midnight.plus(dice.pick(&into))
}

fn history(dice: &mut Dice, start: NaiveDate, i: u64) -> Vec<Version> {
    let mut moments: Vec<Ms> = (0..2 + dice.below(4)).map(|_| moment(dice, start)).collect();
    moments.sort_unstable();
    moments.dedup();
    let still_there = !dice.one_in(6);
    let mut version = random_version(dice, start, i);
    let mut versions = Vec::new();
    for (n, valid_from) in moments.iter().enumerate() {
        match dice.below(6) {
            0 => version = random_version(dice, start, i),
            1 => version.received_at = Some(moment(dice, start)),
            2 => version.due_at = Some(moment(dice, start)),
            _ => {}
        }
        version.status = Some(dice.pick(&Status::ALL)).filter(|_| !dice.one_in(30));
        if matches!(version.status, Some(Status::Finished | Status::Delivered | Status::Withdrawn)) {
            version.finished_at = Some(moment(dice, start)).filter(|_| !dice.one_in(8));
        }
        // Now and then the source loses it for a while.
        let lost = dice.one_in(12);
        let next = moments.get(n + 1).copied();
        let valid_to = match next {
            Some(next) if lost => Some(Ms(valid_from.0 + (next.0 - valid_from.0) / 2)),
            None if !still_there => Some(valid_from.plus(86_400_000)),
            next => next,
        };
        versions.push(Version { valid_from: *valid_from, valid_to, ..version.clone() });
    }
    versions
}

fn random_version(dice: &mut Dice, start: NaiveDate, i: u64) -> Version {
    let told = |value: &str| Some(value.to_owned()).filter(|v| !v.is_empty());
    Version {
        system: dice.pick(&["igate", "ministry"]).to_owned(),
        code: i.to_string(),
        procedure: told(dice.pick(&["1.001", "1.002", ""])),
        field: told(dice.pick(&["CT", "DD", ""])),
        unit: told(dice.pick(&["H21.1", "H21.2", ""])),
        channel: dice.pick(&[Some(Channel::Direct), Some(Channel::Online), Some(Channel::Postal), None]),
        received_at: Some(moment(dice, start)).filter(|_| !dice.one_in(20)),
        due_at: Some(moment(dice, start)).filter(|_| !dice.one_in(5)),
        finished_at: None,
        status: None,
        valid_from: Ms(0),
        valid_to: None,
    }
}

/// The oracle: one dossier, read from its versions each time it is asked.
struct Slow<'a> {
    versions: &'a [Version],
    last: &'a Version,
    received: NaiveDate,
    known: Ms,
}

impl<'a> Slow<'a> {
    fn new(versions: &'a [Version], known: Ms) -> Option<Self> {
        let last = versions.iter().rfind(|v| v.is_valid_at(known))?;
        if matches!(last.status, Some(Status::Registered | Status::Refused)) {
            return None;
        }
        Some(Self { versions, last, received: last.received_at?.day(), known })
    }

    fn is_over(&self) -> bool {
        matches!(self.last.status, None | Some(Status::Withdrawn | Status::Finished | Status::Delivered))
    }

    /// The day it was done, if that can be told.
    fn done(&self) -> Option<NaiveDate> {
        self.last.status?;
        let end = self.last.finished_at.filter(|_| self.is_over())?.day();
        (end >= self.received).then_some(end)
    }

    fn unplaced(&self) -> bool {
        self.is_over() && self.done().is_none()
    }

    fn last_day_of_term(&self) -> Option<NaiveDate> {
        self.last.due_at?.day().iter_days().find(|day| CALENDAR.is_working(*day))
    }

    fn late(&self) -> bool {
        self.last.status != Some(Status::Withdrawn)
            && self.done() > self.last_day_of_term()
            && self.last_day_of_term().is_some()
    }

    fn early(&self) -> bool {
        let due = self.last.due_at.map(Ms::day);
        self.last.status != Some(Status::Withdrawn) && due.is_some_and(|due| self.done() < Some(due))
    }

    fn pending_on(&self, day: NaiveDate) -> bool {
        self.received <= day && !self.unplaced() && self.done().is_none_or(|done| done > day)
    }

    fn waited_on(&self, day: NaiveDate) -> bool {
        let end_of_day = Ms::at(day, 0, 0).plus(86_399_999);
        self.versions.iter().any(|v| {
            matches!(v.status, Some(Status::SupplementAsked | Status::PaymentAsked))
                && v.valid_from <= self.known
                && v.valid_from <= end_of_day
                && v.valid_to.is_none_or(|to| to > end_of_day || to > self.known)
        })
    }

    fn overdue_on(&self, day: NaiveDate) -> bool {
        self.pending_on(day) && self.last_day_of_term().is_some_and(|last| day > last) && !self.waited_on(day)
    }

    fn state_on(&self, day: NaiveDate) -> State {
        match self.done() {
            _ if day < self.received => State::NotReceived,
            _ if self.unplaced() => State::Unplaced,
            Some(done) if done <= day && self.late() => State::Done(Outcome::Late),
            Some(done) if done <= day && self.early() => State::Done(Outcome::Early),
            Some(done) if done <= day => State::Done(Outcome::OnDay),
            _ => State::Pending { overdue: self.overdue_on(day) },
        }
    }

    fn cell(&self, by: Dimensions) -> Cell {
        let v = self.last;
        by.iter().fold(Cell::default(), |cell, dimension| {
            let value = match dimension {
                Dimension::System => Some(v.system.as_str()),
                Dimension::Unit => v.unit.as_deref(),
                Dimension::Field => v.field.as_deref(),
                Dimension::Procedure => v.procedure.as_deref(),
                Dimension::Channel => v.channel.map(Channel::as_str),
            };
            cell.with(dimension, value.unwrap_or(""))
        })
    }
}

fn slow_figures(dossiers: &[&Slow<'_>], p: Period) -> CellFigures {
    let count = |f: &dyn Fn(&Slow<'_>) -> bool| dossiers.iter().filter(|d| f(d)).count() as u64;
    let within = |day: NaiveDate| p.from <= day && day <= p.to;
    let eve = p.from.pred_opt().expect("in range");
    let received = |d: &Slow<'_>| within(d.received);
    let done = |d: &Slow<'_>| d.done().is_some_and(within);
    let online = |d: &Slow<'_>| d.last.channel == Some(Channel::Online);
    let direct = |d: &Slow<'_>| matches!(d.last.channel, Some(Channel::Direct | Channel::Postal));
    CellFigures {
        counts: Counts {
            received: Some(count(&received)),
            received_online: Some(count(&|d| received(d) && online(d))),
            received_direct: Some(count(&|d| received(d) && direct(d))),
            carried_over: Some(count(&|d| d.pending_on(eve))),
            done: Some(count(&done)),
            on_time: Some(count(&|d| done(d) && !d.late())),
            late: Some(count(&|d| done(d) && d.late())),
            pending: Some(count(&|d| d.pending_on(p.to))),
            within_deadline: Some(count(&|d| d.pending_on(p.to) && !d.overdue_on(p.to))),
            overdue: Some(count(&|d| d.overdue_on(p.to))),
        },
        early: count(&|d| done(d) && d.early()),
        unplaced: count(&|d| received(d) && d.unplaced()),
    }
}

/// The non-empty cells of a view.
fn seen(view: &View) -> BTreeMap<Cell, Vec<CellFigures>> {
    let zero = |f: &CellFigures| {
        let c = f.counts;
        [c.received, c.carried_over, c.done, c.pending].into_iter().all(|v| v == Some(0))
    };
    (view.cells().iter().enumerate())
        .map(|(i, cell)| (cell.clone(), view.figures(i)))
        .filter(|(_, figures)| !figures.iter().all(zero))
        .collect()
}

/// Lets everything up to `known` become known, one change after another, and keeps the view true through it.
fn live(case: &Case) -> (Cube, View) {
    let mut cube = Cube::default();
    let mut view = cube.view(case.by, &case.periods);
    let mut moments: Vec<(Ms, usize)> = (case.dossiers.iter().enumerate())
        .flat_map(|(i, versions)| versions.iter().map(move |v| (i, v)))
        .flat_map(|(i, v)| [Some((v.valid_from, i)), v.valid_to.map(|to| (to, i))])
        .flatten()
        .filter(|(at, _)| *at <= case.known)
        .collect();
    moments.sort_unstable();
    moments.dedup();
    for (at, i) in moments {
        let life = Life::known_at(&case.dossiers[i], at, &CALENDAR);
        let life = life.map(|(last, life)| (cube.group(last), life));
        let change = cube.set(i as DossierId, life);
        view.apply(&cube, &change);
    }
    (cube, view)
}

fn check(number: u64) {
    let case = Case::new(number);
    let (cube, view) = live(&case);
    let slow: Vec<Slow<'_>> = case.dossiers.iter().filter_map(|v| Slow::new(v, case.known)).collect();
    assert_eq!(cube.len(), slow.len(), "case {number}: dossiers counted; {case:#?}");
    let mut cells: BTreeMap<Cell, Vec<&Slow<'_>>> = BTreeMap::new();
    for dossier in &slow {
        cells.entry(dossier.cell(case.by)).or_default().push(dossier);
    }
    let view_seen = seen(&view);
    for (cell, dossiers) in &cells {
        for (i, period) in case.periods.iter().enumerate() {
            let expected = slow_figures(dossiers, *period);
            match view_seen.get(cell) {
                Some(figures) => assert_eq!(figures[i], expected, "case {number}: {cell:?}, {case:#?}"),
                None => assert_eq!(expected.counts.received, Some(0), "case {number}: {cell:?}, {case:#?}"),
            }
            adds_up(&expected, number);
        }
    }
    assert!(view_seen.keys().all(|cell| cells.contains_key(cell)), "case {number}: {case:#?}");
    assert_eq!(seen(&cube.view(case.by, &case.periods)), view_seen, "case {number}: counted anew; {case:#?}");
    states_agree(&case, number);
}

/// One dossier on each day.
fn states_agree(case: &Case, number: u64) {
    let versions = &case.dossiers[0];
    let life = Life::known_at(versions, case.known, &CALENDAR).map(|(_, life)| life);
    let slow = Slow::new(versions, case.known);
    assert_eq!(life.is_some(), slow.is_some(), "case {number}");
    if let Some((life, slow)) = life.zip(slow) {
        for day in case.periods[0].from.iter_days().take(4) {
            assert_eq!(life.state_on(day), slow.state_on(day), "case {number}: on {day}, {case:#?}");
        }
    }
}

/// The identities hold, but for dossiers that cannot be placed and channels that are not told.
fn adds_up(f: &CellFigures, number: u64) {
    let statement = Statement { total: f.counts.total(), ..f.counts.into() };
    let check = |rule| statement.check(rule, ReportKind::Periodic);
    assert_eq!(check(Rule::Total), Check::Holds, "case {number}");
    assert_eq!(check(Rule::Handled).difference(), f.unplaced as i64, "case {number}");
    assert_eq!(check(Rule::DoneSplit), Check::Holds, "case {number}");
    assert_eq!(check(Rule::PendingSplit), Check::Holds, "case {number}");
}

/// Cases of each of the two tests, which run side by side.
const CASES: u64 = 60_000;

#[test]
fn the_cube_and_the_oracle_agree_on_the_first_half_of_the_cases() {
    (0..CASES).for_each(check);
}

#[test]
fn the_cube_and_the_oracle_agree_on_the_second_half_of_the_cases() {
    (CASES..2 * CASES).for_each(check);
}

#[test]
fn a_period_cut_in_two_adds_up_and_hands_over_what_is_pending() {
    for number in 0..5_000 {
        let case = Case::new(number);
        let (cube, _) = live(&case);
        let whole = Period { to: case.periods[0].to + Days::new(1), ..case.periods[0] };
        let days = (whole.to - whole.from).num_days() as u64;
        let cut = whole.from + Days::new(Dice(number).below(days));
        let periods = [whole, Period { to: cut, ..whole }, Period { from: cut + Days::new(1), ..whole }];
        let view = cube.view(case.by, &periods);
        for cell in 0..view.cells().len() {
            let [whole, first, second] = view.figures(cell).try_into().expect("three periods");
            assert_eq!(Counts::join([first.counts, second.counts]), Some(whole.counts), "case {number}");
            assert_eq!(first.early + second.early, whole.early, "case {number}");
            assert_eq!(first.unplaced + second.unplaced, whole.unplaced, "case {number}");
            let carried = check_carried_over(&first.counts.into(), &second.counts.into());
            assert_eq!(carried, Check::Holds, "case {number}");
        }
    }
}

#[test]
fn a_figure_opens_to_as_many_dossiers_as_it_counts() {
    for number in 0..5_000 {
        let case = Case::new(number);
        let (cube, view) = live(&case);
        for cell in 0..view.cells().len() {
            for (period, f) in case.periods.iter().zip(view.figures(cell)) {
                let c = f.counts;
                for (figure, value) in [
                    (Figure::Received, c.received),
                    (Figure::ReceivedOnline, c.received_online),
                    (Figure::ReceivedDirect, c.received_direct),
                    (Figure::CarriedOver, c.carried_over),
                    (Figure::Total, c.total()),
                    (Figure::Done, c.done),
                    (Figure::OnTime, c.on_time),
                    (Figure::Early, Some(f.early)),
                    (Figure::Late, c.late),
                    (Figure::Pending, c.pending),
                    (Figure::WithinDeadline, c.within_deadline),
                    (Figure::Overdue, c.overdue),
                    (Figure::Unplaced, Some(f.unplaced)),
                ] {
                    let opened = view.dossiers(&cube, |c| c == cell, *period, figure).count() as u64;
                    assert_eq!(Some(opened), value, "case {number}: {figure:?}");
                }
                let pending: Vec<bool> =
                    view.pending(&cube, |c| c == cell, period.to).map(|(_, overdue)| overdue).collect();
                let overdue = pending.iter().filter(|overdue| **overdue).count() as u64;
                assert_eq!(
                    (Some(pending.len() as u64), Some(overdue)),
                    (c.pending, c.overdue),
                    "case {number}"
                );
            }
        }
    }
}

#[test]
fn the_last_day_tells_the_present_whatever_period_it_ends() {
    for number in 0..5_000 {
        let case = Case::new(number);
        let (cube, _) = live(&case);
        // No later date stands in any case.
        let last = case.periods[0].from + Days::new(60);
        let open = case.dossiers.iter().filter_map(|v| Slow::new(v, case.known));
        let open = open.filter(|d| !d.is_over()).count() as u64;
        for days in [0, 30, 90] {
            let view = cube.view(Dimensions::default(), &[Period { from: last - Days::new(days), to: last }]);
            let pending = if view.cells().is_empty() { Some(0) } else { view.figures(0)[0].counts.pending };
            assert_eq!(pending, Some(open), "case {number}");
        }
    }
}
