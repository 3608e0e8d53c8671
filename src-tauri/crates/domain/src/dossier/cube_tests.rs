//! The cube itself: cells, vacancies, and views that outlive their dossiers.

use super::*;
use crate::{
    calendar::Calendar,
    figures::cell::{Cell, Dimension, Dimensions},
    time::Ms,
};

const MAY: (&str, &str) = ("2026-05-01", "2026-05-31");

fn period((from, to): (&str, &str)) -> Period {
    Period { from: from.parse().expect("ISO date"), to: to.parse().expect("ISO date") }
}

fn version(unit: Option<&str>, received: &str) -> Version {
    Version {
        system: "igate".into(),
        code: "H21.17-260504-00001".into(),
        procedure: None,
        field: None,
        unit: unit.map(str::to_owned),
        channel: None,
        received_at: Ms::parse_rfc3339(&format!("2026-{received}T09:00:00+07:00")).ok(),
        due_at: None,
        finished_at: None,
        status: Some(Status::Processing),
        valid_from: Ms(0),
        valid_to: None,
    }
}

fn set(cube: &mut Cube, id: DossierId, version: &Version) -> Change {
    let calendar = Calendar::builtin().expect("valid");
    let versions = [version.clone()];
    let (last, life) = Life::known_at(&versions, Ms(0), &calendar).expect("counted");
    let group = cube.group(last);
    cube.set(id, Some((group, life)))
}

fn received(view: &View) -> Vec<(Option<&str>, Option<u64>)> {
    let cells = view.cells().iter().map(|cell| cell.get(Dimension::Unit));
    cells.zip((0..).map(|i| view.figures(i)[0].counts.received)).collect()
}

#[test]
fn a_dossier_that_moves_to_another_unit_is_counted_there_and_no_more_here() {
    let mut cube = Cube::default();
    let _ = set(&mut cube, 7, &version(Some("a"), "05-04"));
    let mut view = cube.view([Dimension::Unit].into(), &[period(MAY)]);
    assert_eq!(received(&view), [(Some("a"), Some(1))]);
    let change = set(&mut cube, 7, &version(Some("b"), "05-05"));
    view.apply(&cube, &change);
    assert_eq!(received(&view), [(Some("a"), Some(0)), (Some("b"), Some(1))]);
    let change = cube.set(7, None);
    view.apply(&cube, &change);
    assert_eq!(received(&view), [(Some("a"), Some(0)), (Some("b"), Some(0))]);
    assert!(cube.is_empty());
}

#[test]
fn a_unit_that_is_not_told_is_a_cell_of_its_own() {
    let mut cube = Cube::default();
    let _ = set(&mut cube, 0, &version(None, "05-04"));
    let _ = set(&mut cube, 1, &version(Some("a"), "05-04"));
    let by_unit = cube.view([Dimension::Unit].into(), &[period(MAY)]);
    assert_eq!(received(&by_unit), [(Some(""), Some(1)), (Some("a"), Some(1))]);
    let in_all = cube.view(Dimensions::default(), &[period(MAY)]);
    assert_eq!(in_all.cells(), [Cell::default()]);
    assert_eq!(received(&in_all), [(None, Some(2))]);
}

#[test]
fn setting_the_same_again_changes_nothing() {
    let mut cube = Cube::default();
    assert!(!set(&mut cube, 0, &version(None, "05-04")).is_empty());
    assert!(set(&mut cube, 0, &version(None, "05-04")).is_empty());
    assert!(cube.set(99, None).is_empty());
    assert_eq!(cube.len(), 1);
}

#[test]
fn any_periods_may_be_asked_for_at_once() {
    let mut cube = Cube::default();
    for (id, day) in (0..).zip(["01-15", "02-10", "02-20", "05-04"]) {
        let _ = set(&mut cube, id, &version(None, day));
    }
    let periods = [
        period(("2026-02-01", "2026-02-28")),
        period(("2026-01-01", "2026-12-31")),
        period(("2026-02-20", "2026-02-20")),
        period(("2025-02-01", "2025-02-28")),
        period(("1970-01-01", "2500-12-31")),
    ];
    let view = cube.view(Dimensions::default(), &periods);
    let figures: Vec<_> = view.figures(0).into_iter().map(|f| f.counts).collect();
    let received: Vec<_> = figures.iter().map(|c| c.received).collect();
    let carried: Vec<_> = figures.iter().map(|c| c.carried_over).collect();
    assert_eq!(received, [Some(2), Some(4), Some(1), Some(0), Some(4)]);
    assert_eq!(carried, [Some(1), Some(0), Some(2), Some(0), Some(0)]);
    assert!(view.figures(1).is_empty());
}

#[test]
fn dimensions_are_named_on_the_command_line() {
    for dimension in Dimension::ALL {
        assert_eq!(dimension.as_str().parse(), Ok(dimension));
    }
    assert!("sistem".parse::<Dimension>().is_err());
}
