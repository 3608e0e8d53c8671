//! Rows counted from records against a slow count that goes dossier by dossier, for random dossiers, filters and splits; and
//! what records cannot know.

use super::*;
use crate::{
    dossiers::names::UnitNames,
    wire::{DossierFilter, FigureId, UnitGroup},
};
use proptest::prelude::*;
use pvhcc_domain::{
    calendar::Calendar,
    dossier::{Channel, Life, Outcome, State, Status, Version},
    time::Ms,
    units::Units,
};
use std::sync::Arc;

const SYSTEMS: [&str; 4] = ["tinh", "bo", "bo.byt", "bo.btc"];
const UNITS: [&str; 4] = ["H21.09", "H21.180", "H21.182", "H21.999"];
const FIELDS: [&str; 2] = ["f1", "f2"];

fn units() -> Arc<UnitNames> {
    Arc::new(UnitNames::of(&Units::builtin().expect("units")))
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + chrono::Days::new(n)
}

fn at(n: u64) -> Ms {
    Ms::at(day(n), 9, 0)
}

prop_compose! {
    fn dossier()(
        system in 0usize..4, unit in 0usize..4, field in 0usize..2, channel in 0u8..4, status in 1u8..=10,
        received in 0u64..120, due in proptest::option::of(0u64..160), finished in proptest::option::of(0u64..160),
    ) -> Version {
        Version {
            system: SYSTEMS[system].into(),
            code: String::new(),
            procedure: None,
            field: Some(FIELDS[field].into()),
            unit: Some(UNITS[unit].into()),
            channel: Channel::from_code(channel),
            received_at: Some(at(received)),
            due_at: due.map(at),
            finished_at: finished.map(at),
            status: Status::from_code(status),
            valid_from: at(0),
            valid_to: None,
        }
    }
}

prop_compose! {
    fn filter()(
        system in proptest::option::of(0usize..4), group in proptest::option::of(0usize..3), unit in proptest::option::of(0usize..4),
        field in proptest::option::of(0usize..2), channel in proptest::option::of(0usize..2),
    ) -> DossierFilter {
        let groups = [UnitGroup::Agency, UnitGroup::Commune, UnitGroup::Unknown];
        let one = |code: &str| vec![code.to_owned()];
        DossierFilter {
            systems: system.map(|i| one(SYSTEMS[i])).unwrap_or_default(),
            unit_group: group.map(|i| groups[i]),
            units: unit.map(|i| one(UNITS[i])).unwrap_or_default(),
            fields: field.map(|i| one(FIELDS[i])).unwrap_or_default(),
            procedures: Vec::new(),
            channels: channel.map(|i| one(["online", "direct"][i])).unwrap_or_default(),
        }
    }
}

fn splits() -> impl Strategy<Value = Vec<SplitBy>> {
    let all = [
        SplitBy::System,
        SplitBy::Subsystem,
        SplitBy::UnitGroup,
        SplitBy::Unit,
        SplitBy::Field,
        SplitBy::Channel,
        SplitBy::Month,
    ];
    proptest::sample::subsequence(all.to_vec(), 0..4)
}

/// The value of a dossier in a way of splitting, read from the version alone.
fn code(version: &Version, by: SplitBy) -> String {
    let unit = version.unit.clone().unwrap_or_default();
    match by {
        SplitBy::System => version.system.split('.').next().unwrap_or_default().to_owned(),
        SplitBy::Subsystem => version.system.clone(),
        SplitBy::UnitGroup => match unit.as_str() {
            "H21.09" => "agency",
            "H21.999" => "unknown",
            _ => "commune",
        }
        .to_owned(),
        SplitBy::Unit => unit,
        SplitBy::Field => version.field.clone().unwrap_or_default(),
        SplitBy::Channel => version.channel.map_or("", Channel::as_str).to_owned(),
        SplitBy::Procedure | SplitBy::Month => String::new(),
    }
}

fn takes(filter: &DossierFilter, version: &Version) -> bool {
    let one_of = |codes: &[String], by| codes.is_empty() || codes.contains(&code(version, by));
    let within =
        |outer: &String| version.system == *outer || version.system.starts_with(&format!("{outer}."));
    (filter.systems.is_empty() || filter.systems.iter().any(within))
        && filter
            .unit_group
            .is_none_or(|g| super::super::names::group_code(g) == code(version, SplitBy::UnitGroup))
        && one_of(&filter.units, SplitBy::Unit)
        && one_of(&filter.fields, SplitBy::Field)
        && one_of(&filter.channels, SplitBy::Channel)
}

/// Received, done, done on time, pending, overdue, unplaced: by the day before and the last day.
fn slowly(version: &Version, calendar: &Calendar, of: Period) -> Option<[u64; 6]> {
    let versions = std::slice::from_ref(version);
    let (_, life) = Life::known_at(versions, Ms(i64::MAX), calendar)?;
    let (eve, last) = (life.state_on(of.from.pred_opt()?), life.state_on(of.to));
    let came = eve == State::NotReceived && last != State::NotReceived;
    let ended = matches!(last, State::Done(_)) && !matches!(eve, State::Done(_));
    Some([
        u64::from(came),
        u64::from(ended),
        u64::from(ended && !matches!(last, State::Done(Outcome::Late))),
        u64::from(matches!(last, State::Pending { .. })),
        u64::from(last == State::Pending { overdue: true }),
        u64::from(came && last == State::Unplaced),
    ])
}

const TOLD: [FigureId; 6] = [
    FigureId::Received,
    FigureId::Done,
    FigureId::DoneOnTime,
    FigureId::Pending,
    FigureId::PendingOverdue,
    FigureId::Unplaced,
];

fn loaded(versions: &[Version]) -> Loaded {
    let mut loaded = Loaded::new(None, Calendar::builtin().expect("calendar"), 0);
    for (n, version) in (0..).zip(versions) {
        loaded.set(n, std::slice::from_ref(version));
    }
    loaded
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn rows_are_what_a_slow_count_gives(
        versions in proptest::collection::vec(dossier(), 1..60), wire in filter(), by in splits(), from in 0u64..100, len in 0u64..60,
    ) {
        let calendar = Calendar::builtin().expect("calendar");
        let of = Period { from: day(from), to: day(from + len) };
        let whole = Slot::new(of, day(400));
        let months: Vec<Slot> =
            if by.contains(&SplitBy::Month) { period::months(of).into_iter().map(|m| Slot::new(m, day(400))).collect() } else { Vec::new() };
        let counted = count(&mut loaded(&versions), &by, &Filter::new(wire.clone(), units()), whole, &months);

        let mut expected: BTreeMap<Vec<String>, [u64; 6]> = BTreeMap::new();
        let slots = if months.is_empty() { vec![whole] } else { months.clone() };
        for slot in &slots {
            for version in versions.iter().filter(|v| takes(&wire, v)) {
                let Some(told) = slowly(version, &calendar, slot.period) else { continue };
                let codes = by.iter().map(|by| match by {
                    SplitBy::Month => period::id(slot.period),
                    by => code(version, *by),
                });
                let sums = expected.entry(codes.collect()).or_default();
                for (sum, one) in sums.iter_mut().zip(told) {
                    *sum += one;
                }
            }
        }
        let told = |row: &Row| row.now.map(|now| TOLD.map(|figure| now.count(figure).unwrap_or(0)));
        if !by.is_empty() {
            for (codes, sums) in &expected {
                let row = counted.rows.get(codes).and_then(told).unwrap_or_default();
                prop_assert_eq!(&row, sums, "{:?}", codes);
            }
            prop_assert!(counted.rows.keys().all(|codes| expected.contains_key(codes)));
        }
        if months.is_empty() {
            let mut sum = [0; 6];
            for row in expected.values() {
                sum.iter_mut().zip(row).for_each(|(a, b)| *a += b);
            }
            prop_assert_eq!(told(&counted.total).unwrap_or_default(), sum);
        }
    }

    #[test]
    fn what_is_stated_of_exactly_these_dossiers_never_differs(versions in proptest::collection::vec(dossier(), 1..60), from in 32u64..100, len in 0u64..60) {
        let of = Period { from: day(from), to: day(from + len) };
        let mut loaded = loaded(&versions);
        let cells: Vec<(Cell, Period)> = ["tinh", "bo", "bo.byt"]
            .into_iter()
            .flat_map(|system| {
                let cell = Cell::default().with(Dimension::System, system);
                let fields = FIELDS.map(|field| cell.clone().with(Dimension::Field, field));
                fields.into_iter().chain([cell]).map(|cell| (cell, of))
            })
            .collect();
        let told = against(&mut loaded, &cells);
        for ((cell, _), told) in cells.iter().zip(told) {
            let wire = super::super::cells::filter_of(cell);
            let counted = count(&mut loaded, &[], &Filter::new(wire, units()), Slot::new(of, day(400)), &[]);
            let same = counted.total.now.map(|now| (TOLD.map(|f| now.count(f)), counted.total.unplaced));
            match told {
                Some((tally, unplaced)) => {
                    prop_assert_eq!(Some((TOLD.map(|f| tally.count(f)), unplaced)), same, "{:?}", cell);
                }
                // Records of that system begin later.
                None => prop_assert!(counted.first.get(outermost(cell.get(Dimension::System).unwrap_or_default())).is_none_or(|b| *b > of.from)),
            }
        }
    }
}

fn one(system: &str, received: u64) -> Version {
    Version {
        system: system.into(),
        code: String::new(),
        procedure: None,
        field: None,
        unit: None,
        channel: None,
        received_at: Some(at(received)),
        due_at: None,
        finished_at: None,
        status: Some(Status::Processing),
        valid_from: at(0),
        valid_to: None,
    }
}

#[test]
fn before_records_begin_nothing_is_known_and_what_they_begin_with_carries_nothing_known() {
    // The province's records begin in February, the ministries' in April.
    let mut loaded = loaded(&[one("tinh", 40), one("tinh", 70), one("bo", 100)]);
    let all = Filter::new(DossierFilter::default(), units());
    let tinh =
        Filter::new(DossierFilter { systems: vec!["tinh".into()], ..DossierFilter::default() }, units());
    let mut month = |filter: &Filter, n: u32| {
        let of = period::parse(&format!("2026-{n:02}")).expect("a month");
        count(&mut loaded, &[], filter, Slot::new(of, day(400)), &[]).total
    };
    assert_eq!(month(&tinh, 1).now, None, "January is before the records");
    let february = month(&tinh, 2).now.expect("the first month");
    assert_eq!((february.count(FigureId::Received), february.count(FigureId::CarriedOver)), (Some(1), None));
    let march = month(&tinh, 3);
    assert_eq!(march.now.and_then(|now| now.count(FigureId::CarriedOver)), Some(1));
    assert!(march.previous.is_some() && march.last_year.is_none());
    // Of both together nothing is carried over that is known, until both have records of the month before.
    let april = month(&all, 4);
    assert_eq!(april.now.and_then(|now| now.count(FigureId::CarriedOver)), None);
    assert_eq!(april.previous, None, "of March only one of the two is known");
    assert_eq!(month(&all, 5).now.and_then(|now| now.count(FigureId::CarriedOver)), Some(3));
}
