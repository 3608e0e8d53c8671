//! The records counted by their dates, against the figures that the portal tells.

use super::*;
use crate::training_start;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashSet};

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(text).expect("instant")
}

fn all(dossiers: &Dossiers, system: &str, now: Ms) -> Vec<Record> {
    let span = Span { system: system.to_owned(), since: None, until: now };
    let page = dossiers.page(&span, 0, usize::MAX);
    assert_eq!(page.next, None);
    page.records
}

/// The same, page by page.
fn one_by_one(dossiers: &Dossiers, system: &str, now: Ms) -> impl Iterator<Item = Record> {
    let span = Span { system: system.to_owned(), since: None, until: now };
    let pages = std::iter::successors(Some(dossiers.page(&span, 0, 5000)), move |page| {
        page.next.map(|number| dossiers.page(&span, number, 5000))
    });
    pages.flat_map(|page| page.records)
}

/// Received, direct, done, late, pending, overdue.
type Counts = [u64; 6];

/// As domain.md §3.3 counts: by date, whatever the status says, each code once.
fn count(
    records: impl Iterator<Item = Record>,
    months: &BTreeSet<(NaiveDate, NaiveDate)>,
) -> BTreeMap<(String, NaiveDate), Counts> {
    let mut counts: BTreeMap<(String, NaiveDate), Counts> = BTreeMap::new();
    let mut seen = HashSet::new();
    for record in records {
        let Some(received) = record.received_at.filter(|_| seen.insert(record.code.clone())).map(Ms::day)
        else {
            continue;
        };
        let finished = record.finished_at.map(Ms::day);
        let due = record.due_at.map(Ms::day);
        for (from, to) in months {
            let within = |day: NaiveDate| (*from..=*to).contains(&day);
            let counted = record.system == "tinh" || record.channel == 2;
            let done = counted && finished.is_some_and(within);
            let pending = counted && received <= *to && finished.is_none_or(|f| f > *to);
            let late = done && due.is_some_and(|due| finished.is_some_and(|f| f > due));
            let overdue = pending && due.is_some_and(|due| due < *to);
            // Whether days or instants are compared makes no difference.
            if done {
                assert_eq!(late, record.due_at.is_some_and(|due| record.finished_at > Some(due)));
            }
            if pending {
                assert_eq!(overdue, record.due_at.is_some_and(|due| due < Ms::at(*to, 23, 59)));
            }
            assert!(!done || matches!(record.status, 9 | 10), "its status says so too");
            let direct = record.channel != 2;
            let here = [within(received), within(received) && direct, done, late, pending, overdue];
            let cell = counts.entry((record.field.clone(), *from)).or_default();
            for (sum, one) in cell.iter_mut().zip(here) {
                *sum += u64::from(one);
            }
        }
    }
    counts
}

fn check(seed: u64, moments: &[Ms]) {
    let dossiers = Dossiers::new(seed);
    let figures = portal::table(seed);
    for now in moments {
        let over = figures.iter().filter(|f| f.to < now.day());
        let months: BTreeSet<_> = over.map(|f| (f.from, f.to)).collect();
        for system in ["tinh", "bo"] {
            let counts = count(one_by_one(&dossiers, system, *now), &months);
            let told = figures.iter().filter(|f| f.system == system && f.to < now.day());
            let mut cells = 0;
            for f in told.filter(|f| f.field.is_some()) {
                let field = f.field.as_ref().expect("field").0.clone();
                let expected = [f.received, f.direct, f.done, f.late, f.pending, f.overdue];
                assert_eq!(
                    counts[&(field.clone(), f.from)],
                    expected,
                    "{seed} {system} {field} {} at {now:?}",
                    f.from
                );
                cells += 1;
            }
            assert!(cells > 5, "months are over");
        }
    }
}

#[test]
fn counted_by_date_the_records_give_every_figure_at_every_moment() {
    check(1, &[at("2026-03-01T00:00:00+07:00"), at("2026-05-16T00:00:00+07:00"), training_start()]);
    check(1, &[at("2026-07-15T10:00:00+07:00")]);
}

#[test]
fn they_do_so_whatever_the_seed() {
    check(2, &[at("2026-05-29T14:00:00+07:00")]);
    check(99, &[at("2026-05-29T14:00:00+07:00")]);
}

#[test]
fn every_seed_has_figures_that_dossiers_can_live() {
    for seed in 0..200 {
        let figures = portal::table(seed);
        let mut months: Vec<_> = figures.iter().map(|f| (f.from, f.to)).collect();
        months.sort_unstable();
        months.dedup();
        for stream in plan::streams(seed, &Axis::new(seed, &months), &figures) {
            let fates = fates::fates(&stream.cells);
            let sum = |of: &dyn Fn(&fates::Fate) -> bool| {
                fates.iter().filter(|(fate, _)| of(fate)).map(|(_, n)| n).sum::<u64>()
            };
            for (s, cell) in stream.cells.iter().enumerate() {
                let done = |f: &fates::Fate| f.finished == Some(s);
                let pending = |f: &fates::Fate| f.received <= s && f.finished.is_none_or(|f| f > s);
                assert_eq!(sum(&|f| f.received == s), cell.received);
                assert_eq!(sum(&done), cell.done);
                assert_eq!(sum(&|f| done(f) && f.missed.is_some()), cell.late);
                assert_eq!(sum(&pending), cell.pending);
                assert_eq!(sum(&|f| pending(f) && f.missed.is_some_and(|m| m <= s)), cell.overdue);
            }
        }
    }
}

#[test]
fn there_are_377_808_of_the_published_days_and_the_ministries_direct_ones_are_the_129() {
    let dossiers = Dossiers::new(1);
    let now = at("2026-05-15T23:59:59+07:00");
    let extras = |system: &str| {
        planted::TABLE
            .iter()
            .filter(|row| row.0.is_extra())
            .map(|row| if system == "bo" { row.2 } else { row.1 })
            .sum::<usize>()
    };
    let (province, ministries) = (all(&dossiers, "tinh", now), all(&dossiers, "bo", now));
    assert_eq!(province.len(), 338_923 + extras("tinh"));
    assert_eq!(ministries.len(), 38_885 + extras("bo"));
    let codes: HashSet<&str> = province
        .iter()
        .chain(&ministries)
        .filter(|r| r.received_at.is_some_and(|at| at <= now))
        .map(|r| r.code.as_str())
        .collect();
    assert_eq!(codes.len(), 377_808);
    let direct: Vec<&Record> =
        ministries.iter().filter(|r| r.channel != 2 && r.received_at.is_some_and(|at| at <= now)).collect();
    assert_eq!(direct.iter().map(|r| &r.code).collect::<HashSet<_>>().len(), 129);
    assert!(direct.iter().any(|r| r.finished_at.is_some()) && direct.iter().any(|r| r.finished_at.is_none()));
    let communes: HashSet<&str> = province.iter().map(|r| r.unit.as_str()).collect();
    assert_eq!(
        communes.len(),
        135 + 13 + 1,
        "every commune, the agencies whose fields there are, and an unknown one"
    );
}

#[test]
fn a_record_changes_only_forward_and_what_changed_in_a_span_is_found_without_the_rest() {
    let dossiers = Dossiers::new(1);
    let (since, until) = (at("2026-05-28T09:30:00+07:00"), at("2026-05-28T10:05:00+07:00"));
    for system in ["tinh", "bo"] {
        let before: BTreeMap<String, Record> =
            all(&dossiers, system, since).into_iter().map(|r| (r.id.clone(), r)).collect();
        let mut differing: Vec<Record> = Vec::new();
        for record in all(&dossiers, system, until) {
            match before.get(&record.id) {
                Some(old) if *old == record => {}
                Some(old) => {
                    assert!(
                        old.changed_at <= since && since < record.changed_at && record.changed_at <= until
                    );
                    differing.push(record);
                }
                None => {
                    assert!(since < record.changed_at);
                    differing.push(record);
                }
            }
        }
        let span = Span { system: system.to_owned(), since: Some(since), until };
        let found = dossiers.page(&span, 0, usize::MAX).records;
        assert!(differing.len() > 20, "{}", differing.len());
        // What was handed to its citizen and handed in within the span alike.
        assert!(found.iter().any(|r| r.status == 10) && found.iter().any(|r| r.status == 2));
        assert_eq!(found, differing);
    }
}

#[test]
fn pages_of_any_size_joined_are_the_whole() {
    let dossiers = Dossiers::new(1);
    let span = Span { system: "bo".to_owned(), since: None, until: training_start() };
    let whole = dossiers.page(&span, 0, usize::MAX).records;
    let (mut joined, mut from) = (Vec::new(), Some(0));
    while let Some(number) = from {
        let page = dossiers.page(&span, number, 997);
        assert!(!page.records.is_empty(), "no page is empty for nothing");
        joined.extend(page.records);
        from = page.next;
    }
    assert!(joined == whole, "the same records in the same order");
}

#[test]
fn what_is_planted_is_there_exactly_and_nothing_else_is_wrong() {
    let dossiers = Dossiers::new(1);
    let now = training_start();
    let planted = dossiers.planted();
    for (fault, in_province, in_ministries) in planted::TABLE {
        let of = |system: &str| {
            planted.iter().filter(|p| p.fault == fault && p.system == system && p.since <= now).count()
        };
        assert_eq!(
            (of("tinh"), of("bo")),
            (in_province, in_ministries),
            "{fault:?} shows at the start of training"
        );
    }
    for system in ["tinh", "bo"] {
        let records = all(&dossiers, system, now);
        let mut ids: HashSet<&str> = HashSet::new();
        let mut codes: HashSet<&str> = HashSet::new();
        let mut found: BTreeSet<(PlantedFault, &str)> = BTreeSet::new();
        for r in &records {
            assert!(ids.insert(&r.id));
            let mut wrong = |fault| found.insert((fault, r.id.as_str()));
            let finished = matches!(r.status, 9 | 10);
            if r.received_at.is_none() {
                wrong(PlantedFault::NoReceivedDate);
            }
            if r.received_at.is_some_and(|at| at > now) {
                wrong(PlantedFault::ReceivedInFuture);
            }
            if !codes.insert(&r.code) {
                wrong(PlantedFault::DuplicateCode);
            }
            if r.finished_at.is_some_and(|at| at < r.received_at.expect("received")) {
                wrong(PlantedFault::FinishedBeforeReceived);
            }
            if finished && r.finished_at.is_none() {
                wrong(PlantedFault::FinishedWithoutDate);
            }
            if r.finished_at.is_some_and(|at| at > now) {
                wrong(PlantedFault::FinishedInFuture);
            }
            if r.returned_at.is_some_and(|at| at < r.finished_at.expect("finished")) {
                wrong(PlantedFault::ReturnedBeforeFinished);
            }
            if r.due_at.is_none() && r.received_at.is_some() {
                wrong(PlantedFault::MissingDeadline);
            }
            if r.due_at.zip(r.received_at).is_some_and(|(due, at)| due < at) {
                wrong(PlantedFault::DeadlineBeforeReceived);
            }
            if r.unit == "H21.999" {
                wrong(PlantedFault::UnknownUnit);
            }
            if r.procedure == "9.999999" {
                wrong(PlantedFault::UnknownProcedure);
            }
            if !(1..=10).contains(&r.status) {
                wrong(PlantedFault::BadStatus);
            }
            if r.channel == 2 && r.service_level == "none" {
                wrong(PlantedFault::OnlineWithoutService);
            }
            assert!(r.submitted_at.is_some() && r.changed_at <= now);
        }
        let expected: BTreeSet<(PlantedFault, &str)> =
            planted.iter().filter(|p| p.system == system).map(|p| (p.fault, p.id.as_str())).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn the_dossiers_follow_from_the_seed() {
    let page = |seed| {
        let span = Span { system: "tinh".to_owned(), since: None, until: training_start() };
        Dossiers::new(seed).page(&span, 300_000, 50)
    };
    assert_eq!(page(1), page(1));
    assert_ne!(page(1), page(2));
    assert_eq!(planted(1), Dossiers::new(1).planted());
}
