//! Findings of statements: document 002, breaks beneath breaks, rates, and what is carried from month to month.

use super::super::statement::StatedRate;
use super::*;
use crate::figures::Counts;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("ISO date")
}

fn system(name: &str) -> Cell {
    Cell::default().with(Dimension::System, name)
}

fn stated(cell: Cell, from: &str, to: &str, counts: Counts) -> Stated {
    Stated { cell, from: day(from), to: day(to), kind: ReportKind::Periodic, statement: counts.into() }
}

/// Received online and in person, done and pending, from 01/01 to 15/05/2026.
fn reported(cell: Cell, [online, direct, done, pending]: [u64; 4]) -> Stated {
    let counts = Counts {
        received: Some(online + direct),
        received_online: Some(online),
        received_direct: Some(direct),
        done: Some(done),
        pending: Some(pending),
        ..Counts::default()
    };
    Stated { kind: ReportKind::Cumulative, ..stated(cell, "2026-01-01", "2026-05-15", counts) }
}

fn document_002() -> [Stated; 2] {
    [
        reported(system("province"), [324_067, 14_856, 320_289, 18_634]),
        reported(system("ministry"), [38_756, 129, 26_152, 12_604]),
    ]
}

#[test]
fn document_002_gives_exactly_one_finding_of_129_on_the_ministry_systems() {
    let found = findings(&document_002());
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].at.cell, found[0].at.rule), (&system("ministry"), Rule::Balance));
    assert_eq!((found[0].at.whole, found[0].at.parts, found[0].at.difference), (38_885, 38_756, 129));
    assert!(found[0].beneath.is_empty());
}

#[test]
fn its_total_over_both_systems_is_nobodys_statement_and_adds_no_finding() {
    let mut all = document_002().to_vec();
    all.push(reported(Cell::default(), [362_823, 14_985, 346_441, 31_238]));
    assert_eq!(findings(&all).len(), 1);
}

#[test]
fn a_cumulative_report_without_what_was_carried_over_is_judged_by_two_identities() {
    let [province, _] = document_002();
    let judged = Rule::WITHIN.map(|rule| (rule, province.statement.check(rule, province.kind)));
    for (rule, result) in judged {
        let expected = match rule {
            Rule::Channels | Rule::Balance => Check::Holds,
            _ => Check::NotEnoughData,
        };
        assert_eq!(result, expected, "{rule:?}");
    }
}

#[test]
fn a_break_is_told_once_with_fields_units_and_months_beneath_it() {
    let field = |name: &str| system("ministry").with(Dimension::Field, name);
    let mut all = document_002().to_vec();
    all.push(reported(field("a"), [30_000, 100, 20_000, 10_000]));
    all.push(reported(field("b"), [8_756, 29, 6_152, 2_604]));
    all.push(reported(field("b").with(Dimension::Unit, "u"), [756, 29, 152, 604]));
    all.push(reported(field("b").with(Dimension::Unit, "v"), [8_000, 0, 6_000, 2_000]));
    all.push(Stated { from: day("2026-05-01"), ..reported(field("a"), [3_000, 100, 2_000, 1_000]) });
    all.reverse();
    let found = findings(&all);
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].at.cell, found[0].at.difference), (&system("ministry"), 129));
    let beneath: Vec<_> = found[0].beneath.iter().map(|b| (b.cell.clone(), b.difference)).collect();
    assert_eq!(
        beneath,
        [(field("a"), 100), (field("b"), 29), (field("a"), 100), (field("b").with(Dimension::Unit, "u"), 29)]
    );
}

#[test]
fn breaks_that_cancel_out_above_are_findings_of_their_own() {
    let unit = |name: &str| system("province").with(Dimension::Unit, name);
    let found = findings(&[
        reported(system("province"), [100, 0, 60, 40]),
        reported(unit("a"), [50, 0, 35, 20]),
        reported(unit("b"), [50, 0, 25, 20]),
    ]);
    let seen: Vec<_> = found.iter().map(|f| (f.at.cell.clone(), f.at.difference)).collect();
    assert_eq!(seen, [(unit("a"), -5), (unit("b"), 5)]);
}

#[test]
fn what_a_month_left_pending_is_what_the_next_carries_over() {
    let month = |from, to, carried_over, pending| {
        let counts = Counts { carried_over: Some(carried_over), pending: Some(pending), ..Counts::default() };
        stated(system("province"), from, to, counts)
    };
    let [january, february, april] = [
        month("2026-01-01", "2026-01-31", 0, 7),
        month("2026-02-01", "2026-02-28", 5, 9),
        // March was not stated: April is not compared with February.
        month("2026-04-01", "2026-04-30", 3, 1),
    ];
    let found = findings(&[february.clone(), april, january.clone()]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].at.rule, found[0].at.from), (Rule::CarriedOver, february.from));
    assert_eq!((found[0].at.whole, found[0].at.parts, found[0].at.difference), (5, 7, -2));
}

#[test]
fn a_stated_total_is_held_against_both_its_halves_and_the_balance_is_not_told_twice() {
    let counts = Counts {
        received: Some(80),
        carried_over: Some(20),
        done: Some(60),
        pending: Some(37),
        ..Counts::default()
    };
    let mut month = stated(system("province"), "2026-01-01", "2026-01-31", counts);
    month.statement.total = Some(100);
    let found = findings(&[month]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].at.rule, found[0].at.difference), (Rule::Handled, 3));
}

#[test]
fn a_printed_rate_may_be_rounded_and_not_more() {
    let counts = Counts { done: Some(8), on_time: Some(7), late: Some(1), ..Counts::default() };
    let says =
        |fraction, digits| Statement { on_time_rate: Some(StatedRate { fraction, digits }), ..counts.into() };
    let check = |s: Statement| s.check(Rule::OnTimeRate, ReportKind::Periodic);
    // 7/8 = 87,5 %.
    for (fraction, digits) in [(0.875, 1), (0.875, 2), (0.88, 0), (0.87, 0)] {
        assert_eq!(check(says(fraction, digits)), Check::Holds, "{fraction}");
    }
    assert_eq!(check(says(0.876, 1)), Check::Broken { whole: 876_000, parts: 875_000 });
    let nothing = Statement { counts: Counts { done: Some(0), on_time: Some(0), ..counts }, ..says(0.0, 0) };
    assert_eq!(check(nothing), Check::NotEnoughData, "a rate of nothing is not 0 %");
}
