use super::*;
use crate::testing::{events, undo};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

fn post(id: &str, units: &[&str], from: i64, to: i64, backup: bool) -> Post {
    Post {
        id: id.to_owned(),
        title: id.to_owned(),
        task: String::new(),
        units: units.iter().map(|u| (*u).to_owned()).collect(),
        from: Ms(from * HOUR),
        to: Ms(to * HOUR),
        backup,
    }
}

fn shift(post: &str, unit: &str, from: i64, to: i64, primary: &str, backup: Option<&str>) -> Shift {
    Shift {
        from: Ms(from * HOUR),
        to: Ms(to * HOUR),
        post: post.to_owned(),
        unit: unit.to_owned(),
        primary: primary.to_owned(),
        backup: backup.map(str::to_owned),
    }
}

fn states(shifts: Vec<Shift>) -> Vec<ShiftState> {
    project_all(&events(
        shifts.into_iter().enumerate().map(|(i, shift)| set(&format!("{SHIFT}{i:03}"), shift)),
    ))
}

fn set(entity: &str, shift: Shift) -> (String, Act) {
    (entity.to_owned(), Act::Shift(ShiftAct::Set { shift }))
}

fn hours(from: i64, to: i64) -> Span {
    Span { from: Ms(from * HOUR), to: Ms(to * HOUR) }
}

#[test]
fn a_post_without_anybody_and_one_without_a_backup_are_two_kinds_of_gap() {
    let posts = [post("tech", &["vnpt", "cds"], 19, 31, true)];
    let shifts = states(vec![
        shift("tech", "vnpt", 18, 23, "a", Some("b")),
        shift("tech", "vnpt", 23, 29, "c", None),
        shift("tech", "cds", 0, 48, "d", Some("e")),
    ]);
    let found = gaps(&posts, &shifts, hours(0, 100));
    let short: Vec<(&str, Span, Lack)> = found.iter().map(|g| (g.unit.as_str(), g.span, g.lack)).collect();
    assert_eq!(short, [("vnpt", hours(23, 29), Lack::Backup), ("vnpt", hours(29, 31), Lack::Nobody)]);
    assert!(gaps(&posts, &[], hours(0, 19)).is_empty(), "before it must be held nothing is missing");
    assert_eq!(gaps(&posts, &[], hours(20, 21)).len(), 2, "each unit for itself");
}

#[test]
fn who_is_on_changes_at_the_moment_of_the_hand_over() {
    let posts = [post("lead", &["vp"], 19, 31, true), post("extra", &["tt"], 100, 200, false)];
    let shifts = states(vec![
        shift("lead", "vp", 19, 25, "a", Some("b")),
        shift("lead", "vp", 25, 31, "b", None),
        shift("extra", "tt", 20, 21, "c", None),
    ]);
    let on = |hour: i64| on_at(&posts, &shifts, Ms(hour * HOUR));
    assert!(on(18).is_empty());
    assert_eq!(on(20).len(), 2, "who is on although nobody need be is told too");
    let lead = &on(25)[0];
    assert_eq!((lead.shift.map(|s| s.shift.primary.as_str()), lead.lack), (Some("b"), Some(Lack::Backup)));
    assert_eq!(next_change(&shifts, Ms(21 * HOUR)), Some(Ms(25 * HOUR)));
    assert_eq!(next_change(&shifts, Ms(31 * HOUR)), None);
}

#[test]
fn nobody_is_on_twice_and_no_post_is_held_twice() {
    let night = shift("lead", "vp", 19, 25, "a", Some("b"));
    assert_eq!(
        clash(&night, &shift("lead", "vp", 25, 31, "a", None)),
        None,
        "handing over to oneself is allowed"
    );
    let (why, when) = clash(&night, &shift("tech", "vnpt", 24, 30, "c", Some("b"))).expect("a clash");
    assert_eq!((why, when), (Clash::Person("b".to_owned()), hours(24, 25)));
    assert_eq!(clash(&night, &shift("lead", "vp", 20, 21, "x", None)).map(|c| c.0), Some(Clash::Post));
    let found = overlaps(&states(vec![night, shift("tech", "vnpt", 24, 30, "c", Some("b"))]));
    assert_eq!((found[0].first.as_str(), found[0].second.as_str()), ("000", "001"));
}

#[test]
fn a_shift_that_is_removed_is_gone_and_back_when_that_is_taken_back() {
    let entity = format!("{SHIFT}1");
    let removed = (entity.clone(), Act::Shift(ShiftAct::Removed { reason: "đổi người".to_owned() }));
    let first = set(&entity, shift("lead", "vp", 1, 2, "a", None));
    assert!(project_all(&events([first.clone(), removed.clone()])).is_empty());
    let back = project_all(&events([first, removed, undo(&entity, 1)]));
    assert_eq!((back.len(), back[0].last_event.as_str()), (1, "e2"));
}

#[test]
fn a_shift_is_refused_by_what_is_wrong_with_it() {
    assert_eq!(shift("a", "u", 5, 5, "p", None).check(), Err(Wrong::Backwards));
    assert_eq!(shift("a", "u", 0, 49, "p", None).check(), Err(Wrong::TooLong));
    assert_eq!(shift("a", "u", 0, 8, "p", Some("p")).check(), Err(Wrong::Alone));
    assert_eq!(shift("a", "u", 0, 48, "p", Some("q")).check(), Ok(()));
}

prop_compose! {
    fn some_shift()(post in 0..3usize, unit in 0..2usize, from in 0i64..40, long in 1i64..12, primary in 0..6usize, backup in prop::option::of(0..6usize)) -> Shift {
        let name = |n: usize| ["a", "b", "c", "d", "e", "f"][n];
        shift(["p0", "p1", "p2"][post], ["u0", "u1"][unit], from, from + long, name(primary), backup.filter(|b| *b != primary).map(name))
    }
}

proptest! {
    /// Hour by hour: what the gaps say is what is looked up for every single hour.
    #[test]
    fn gaps_say_the_same_as_looking_at_every_hour(
        shifts in prop::collection::vec(some_shift(), 0..25), begin in 0i64..20, long in 1i64..30, from in 0i64..20, span in 1i64..40
    ) {
        let posts = [post("p0", &["u0", "u1"], begin, begin + long, true), post("p1", &["u0"], 5, 45, false)];
        let shifts = states(shifts);
        let found = gaps(&posts, &shifts, hours(from, from + span));
        for hour in 0..60 {
            let at = Ms(hour * HOUR + 1);
            for post in &posts {
                for unit in &post.units {
                    let asked = from <= hour && hour < from + span;
                    let on = on_at(&posts, &shifts, at).into_iter().find(|o| o.post.id == post.id && o.unit == unit);
                    // Two seats may have held a post twice: it lacks a backup only where neither has one.
                    let backed = shifts.iter().any(|s| s.shift.post == post.id && &s.shift.unit == unit
                        && s.shift.span().contains(at) && s.shift.backup.is_some());
                    let lack = match on.and_then(|o| o.lack) { Some(Lack::Backup) if backed => None, other => other };
                    let told: Vec<Lack> = found.iter()
                        .filter(|g| g.post == post.id && &g.unit == unit && g.span.contains(at)).map(|g| g.lack).collect();
                    prop_assert_eq!(told, if asked { lack.into_iter().collect::<Vec<_>>() } else { vec![] });
                }
            }
        }
        for pair in found.windows(2) {
            let same = pair[0].post == pair[1].post && pair[0].unit == pair[1].unit;
            prop_assert!(!same || pair[0].span.to <= pair[1].span.from, "gaps neither meet nor repeat");
        }
    }

    #[test]
    fn overlaps_are_the_pairs_that_clash(shifts in prop::collection::vec(some_shift(), 0..20)) {
        let shifts = states(shifts);
        let mut pairs = 0;
        for (i, a) in shifts.iter().enumerate() {
            pairs += shifts[i + 1..].iter().filter(|b| clash(&a.shift, &b.shift).is_some()).count();
        }
        prop_assert_eq!(overlaps(&shifts).len(), pairs);
    }

    #[test]
    fn the_next_change_is_later_and_nobody_comes_or_goes_before_it(shifts in prop::collection::vec(some_shift(), 0..20), at in 0i64..60) {
        let (shifts, now) = (states(shifts), Ms(at * HOUR));
        let on = |at: Ms| shifts.iter().filter(|s| s.shift.span().contains(at)).map(|s| s.id.clone()).collect::<Vec<_>>();
        match next_change(&shifts, now) {
            Some(next) => {
                prop_assert!(next > now);
                prop_assert_eq!(on(now), on(next.plus(-1)));
            }
            None => prop_assert!(on(now).is_empty()),
        }
    }
}
