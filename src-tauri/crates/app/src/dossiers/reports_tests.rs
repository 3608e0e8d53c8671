//! Statements joined over months, chosen for cells, judged.

use super::*;
use crate::{
    dossiers::{names::UnitNames, period},
    wire::DossierFilter,
};
use proptest::prelude::*;
use pvhcc_domain::{figures::statement::Rule, units::Units};
use std::sync::Arc;

fn span(text: &str) -> Period {
    period::parse(text).unwrap_or_else(|e| panic!("{text}: {}", e.message))
}

fn cell(system: &str) -> Cell {
    Cell::default().with(Dimension::System, system)
}

fn report(cell: Cell, of: &str, counts: Counts) -> Report {
    let statement = counts.into();
    Report { cell, period: span(of), statement, as_of: Ms(1), fetched: Ms(2), import: None }
}

/// Received, carried over, done, pending.
fn counts(received: u64, carried_over: Option<u64>, done: u64, pending: u64) -> Counts {
    let direct = received / 10;
    Counts {
        received: Some(received),
        received_online: Some(received - direct),
        received_direct: Some(direct),
        carried_over,
        done: Some(done),
        pending: Some(pending),
        ..Counts::default()
    }
}

fn filter(wire: DossierFilter) -> Filter {
    Filter::new(wire, Arc::new(UnitNames::of(&Units::builtin().expect("units"))))
}

fn year(system: &str, gap: u64) -> Vec<Report> {
    vec![
        report(cell(system), "2026-01", counts(100, None, 60, 40)),
        report(cell(system), "2026-02", counts(200, Some(40), 190, 50)),
        report(cell(system), "2026-03-01..2026-03-15", counts(50, Some(50), 80, 20 - gap)),
    ]
}

#[test]
fn months_are_joined_to_any_period_they_cover_exactly_and_to_no_other() {
    let reports = Reports::new(year("tinh", 0));
    let joined = |of: &str| reports.joined(&cell("tinh"), span(of)).map(|j| j.statement.counts);
    let all = joined("2026-01-01..2026-03-15").expect("covered");
    assert_eq!(
        (all.received, all.carried_over, all.done, all.pending),
        (Some(350), None, Some(330), Some(20))
    );
    let two = joined("2026-02-01..2026-03-15").expect("covered");
    assert_eq!((two.received, two.carried_over, two.pending), (Some(250), Some(40), Some(20)));
    for other in
        ["2026-03", "2026", "2026-Q1", "2026-01-02..2026-01-31", "2025-12-31..2026-01-31", "2026-01-01"]
    {
        assert_eq!(joined(other), None, "{other}");
    }
    assert_eq!(reports.joined(&cell("bo"), span("2026-01")), None);
}

#[test]
fn what_is_stated_for_the_whole_period_goes_before_what_its_parts_add_up_to() {
    let mut all = year("tinh", 0);
    let mut quarter = report(cell("tinh"), "2026-01-01..2026-03-15", counts(351, Some(0), 331, 20));
    quarter.statement.total = Some(351);
    all.push(quarter);
    let joined = Reports::new(all).joined(&cell("tinh"), span("2026-01-01..2026-03-15")).expect("stated");
    assert_eq!((joined.statement.counts.received, joined.statement.total), (Some(351), Some(351)));
}

#[test]
fn of_two_statements_of_the_same_the_newer_counts() {
    let newer = Report { as_of: Ms(9), ..report(cell("tinh"), "2026-01", counts(7, None, 7, 0)) };
    for pair in [[newer.clone(), year("tinh", 0)[0].clone()], [year("tinh", 0)[0].clone(), newer.clone()]] {
        let reports = Reports::new(pair);
        assert_eq!(reports.all(), std::slice::from_ref(&newer));
    }
}

#[test]
fn a_sum_over_systems_says_which_of_them_did_not_state_the_period() {
    let mut all = year("tinh", 0);
    all.push(report(cell("bo"), "2026-01", counts(10, None, 6, 4)));
    let reports = Reports::new(all);
    let answer =
        |of| reports.answer(Dimensions::default(), &filter(DossierFilter::default()), span(of), false);
    let january = answer("2026-01");
    assert_eq!((january.cells.len(), january.silent.len()), (2, 0));
    let february = answer("2026-02");
    assert_eq!((february.cells.len(), february.silent), (1, BTreeSet::from(["bo".to_owned()])));
    let narrowed = DossierFilter { systems: vec!["tinh".into()], ..DossierFilter::default() };
    let alone = reports.answer(Dimensions::default(), &filter(narrowed), span("2026-02"), false);
    assert_eq!((alone.cells.len(), alone.silent.len()), (1, 0));
}

#[test]
fn a_part_of_a_system_is_not_counted_beside_the_whole() {
    let reports = Reports::new([
        report(cell("bo"), "2026-01", counts(10, None, 6, 4)),
        report(cell("bo.byt"), "2026-01", counts(7, None, 4, 3)),
        report(cell("bo.btc"), "2026-01", counts(3, None, 2, 1)),
    ]);
    let named = |parts, systems: &[&str]| -> Vec<String> {
        let systems = systems.iter().map(|s| (*s).to_owned()).collect();
        let filter = filter(DossierFilter { systems, ..DossierFilter::default() });
        let answer = reports.answer(Dimensions::default(), &filter, span("2026-01"), parts);
        answer.cells.iter().map(|j| j.cell.get(Dimension::System).unwrap_or("").to_owned()).collect()
    };
    assert_eq!(named(false, &[]), ["bo"]);
    assert_eq!(named(true, &[]), ["bo", "bo.btc", "bo.byt"]);
    assert_eq!(named(false, &["bo.byt"]), ["bo.byt"]);
}

#[test]
fn cells_split_no_further_than_needed_answer() {
    let field = |name: &str| cell("tinh").with(Dimension::Field, name);
    let unit = |name: &str, unit: &str| field(name).with(Dimension::Unit, unit);
    let reports = Reports::new([
        report(cell("tinh"), "2026-01", counts(100, None, 60, 40)),
        report(field("a"), "2026-01", counts(70, None, 40, 30)),
        report(unit("a", "u"), "2026-01", counts(50, None, 30, 20)),
        report(unit("a", "v"), "2026-01", counts(20, None, 10, 10)),
    ]);
    let received = |by: Dimensions, wire| -> Vec<u64> {
        let answer = reports.answer(by, &filter(wire), span("2026-01"), false);
        answer.cells.iter().filter_map(|j| j.statement.counts.received).collect()
    };
    let all = DossierFilter::default;
    assert_eq!(received(Dimensions::default(), all()), [100]);
    assert_eq!(received([Dimension::Field].into(), all()), [70]);
    assert_eq!(received([Dimension::Unit].into(), all()), [50, 20], "only the finest tells of units");
    let of_unit = DossierFilter { units: vec!["v".into()], ..all() };
    assert_eq!(received(Dimensions::default(), of_unit), [20]);
    assert_eq!(received([Dimension::Channel].into(), all()), [0; 0], "nobody tells of channels");
}

#[test]
fn what_counts_from_the_start_is_judged_so_and_its_first_month_too() {
    let all = Reports::new(year("bo", 3));
    let found = all.findings(span("2026-01-01..2026-03-15"), None);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].at.rule, found[0].at.difference), (Rule::Balance, 3));
    assert_eq!(
        found[0].beneath.iter().map(|b| (b.from, b.difference)).collect::<Vec<_>>(),
        [(span("2026-03").from, 3)]
    );
    assert!(all.findings(span("2026-01"), None).is_empty(), "January adds up: nothing was carried into it");
    // What it left pending is what February carries over, and that is looked at from February too.
    let mut broken = year("bo", 0);
    broken[1].statement.counts.carried_over = Some(39);
    let found = Reports::new(broken).findings(span("2026-02"), None);
    let rules: Vec<Rule> = found.iter().map(|f| f.at.rule).collect();
    assert!(rules.contains(&Rule::CarriedOver) && rules.contains(&Rule::Balance), "{rules:?}");
}

#[test]
fn a_gap_of_several_months_shows_once_whatever_span_is_asked_for() {
    // 3 are left out in January, 4 in February, 2 in March; each month carries over what the one before stated.
    let months = vec![
        report(cell("bo"), "2026-01", counts(100, None, 60, 37)),
        report(cell("bo"), "2026-02", counts(200, Some(37), 190, 43)),
        report(cell("bo"), "2026-03-01..2026-03-15", counts(50, Some(43), 80, 11)),
    ];
    let reports = Reports::new(months.clone());
    for (asked, at, difference) in [
        ("2026", "2026-01-01..2026-03-15", 9),
        ("2026-Q1", "2026-01-01..2026-03-15", 9),
        ("2026-01-01..2026-03-15", "2026-01-01..2026-03-15", 9),
        ("2026-02-01..2026-12-31", "2026-02-01..2026-03-15", 6),
        ("2026-01", "2026-01", 3),
        ("2026-02", "2026-02", 4),
        ("2026-03", "2026-03-01..2026-03-15", 2),
    ] {
        let found = reports.findings(span(asked), None);
        assert_eq!(found.len(), 1, "{asked}: {found:?}");
        assert_eq!(
            (found[0].at.difference, Period { from: found[0].at.from, to: found[0].at.to }),
            (difference, span(at)),
            "{asked}"
        );
        let beneath: i64 = found[0].beneath.iter().map(|part| part.difference).sum();
        assert!(beneath == difference || beneath == 0, "{asked}: parts make the whole");
    }
    assert_eq!(reports.gap_before(&cell("bo"), span("2026-03").from), 7);
    assert_eq!(reports.gap_before(&cell("bo"), span("2026-01").from), 0);
    // Without February there are two runs, and nothing is said across the gap.
    let reports = Reports::new([months[0].clone(), months[2].clone()]);
    assert_eq!(reports.runs(&cell("bo"), span("2026")), [span("2026-01"), span("2026-03-01..2026-03-15")]);
    assert_eq!(reports.findings(span("2026"), None).len(), 2);
}

proptest! {
    /// However a span is cut into statements, joining gives what one statement of the whole would say.
    #[test]
    fn joining_does_not_depend_on_how_a_span_was_cut(cuts in proptest::collection::btree_set(1u64..60, 0..6), flow in proptest::collection::vec((0u64..50, 0u64..50), 60)) {
        let first: NaiveDate = "2026-02-01".parse().expect("a day");
        let day = |n: u64| first + chrono::Days::new(n);
        let mut pending = 100;
        let days: Vec<Counts> = flow.iter().map(|(received, done)| {
            let carried = pending;
            let done = (*done).min(pending + received);
            pending = pending + received - done;
            counts(*received, Some(carried), done, pending)
        }).collect();
        let ends: Vec<u64> = cuts.into_iter().chain([60]).collect();
        let mut from = 0;
        let mut reports = Vec::new();
        for to in ends {
            let part = Counts::join(days[from as usize..to as usize].iter().copied()).expect("days");
            let period = Period { from: day(from), to: day(to - 1) };
            reports.push(Report { period, ..report(cell("tinh"), "2026", part) });
            from = to;
        }
        let whole = Period { from: day(0), to: day(59) };
        let reports = Reports::new(reports);
        let joined = reports.joined(&cell("tinh"), whole).map(|j| j.statement.counts);
        prop_assert_eq!(joined, Counts::join(days));
        prop_assert_eq!(reports.runs(&cell("tinh"), Period { to: day(300), ..whole }), [whole]);
        prop_assert!(reports.findings(whole, None).is_empty());
    }
}
