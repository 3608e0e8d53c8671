use super::*;
use crate::testing::{events, undo};
use proptest::prelude::*;

const UNIT: &str = "readiness:so_ct";

fn said(duty: &str, state: Readiness, day: u32) -> (String, Act) {
    let act = ReadinessAct::Reported {
        duty: duty.to_owned(),
        state,
        as_of: NaiveDate::from_ymd_opt(2026, 5, day).expect("a day"),
        remark: None,
        learned: Learned::Letter,
    };
    (UNIT.to_owned(), Act::Readiness(act))
}

fn withdrawn(duty: &str) -> (String, Act) {
    let act = ReadinessAct::Withdrawn { duty: duty.to_owned(), reason: "nhầm đơn vị".to_owned() };
    (UNIT.to_owned(), Act::Readiness(act))
}

fn state(acts: Vec<(String, Act)>) -> Option<Readiness> {
    state_of(project(&events(acts)).get("so_ct"), "fees")
}

#[test]
fn nothing_said_is_a_state_of_its_own_and_so_is_what_was_withdrawn_or_taken_back() {
    assert_eq!(state(vec![]), None);
    assert_eq!(
        state(vec![said("roster", Readiness::Ready, 28)]),
        None,
        "another duty says nothing of this one"
    );
    assert_eq!(state(vec![said("fees", Readiness::Ready, 28), withdrawn("fees")]), None);
    assert_eq!(state(vec![said("fees", Readiness::Ready, 28), undo(UNIT, 0)]), None);
    assert_eq!(
        state(vec![said("fees", Readiness::Ready, 28), undo(UNIT, 0), undo(UNIT, 1)]),
        Some(Readiness::Ready)
    );
    let before = vec![said("fees", Readiness::Partly, 27), said("fees", Readiness::Ready, 28), undo(UNIT, 1)];
    assert_eq!(state(before), Some(Readiness::Partly), "what was said before stands again");
}

#[test]
fn the_report_of_the_later_day_stands_whatever_came_first() {
    let late = vec![said("fees", Readiness::Ready, 28), said("fees", Readiness::NotReady, 26)];
    assert_eq!(state(late), Some(Readiness::Ready));
    let corrected = vec![said("fees", Readiness::Ready, 28), said("fees", Readiness::NotReady, 28)];
    assert_eq!(state(corrected), Some(Readiness::NotReady), "of the same day the one said last");
}

#[test]
fn an_undo_is_an_event_about_its_duty_too() {
    let all =
        events([said("roster", Readiness::Ready, 28), said("fees", Readiness::Ready, 28), undo(UNIT, 1)]);
    let standings = &project(&all)["so_ct"];
    assert_eq!((standings["roster"].position, standings["fees"].position), (1, 3));
}

#[test]
fn coordinating_units_report_of_all_others_of_their_own() {
    let (own, coordinating) = (vec!["so_ct".to_owned()], vec!["tt_pvhcc".to_owned()]);
    assert!(may_report(Role::Staff, "tt_pvhcc", &own, &coordinating));
    assert!(may_report(Role::Leader, "so_ct", &own, &coordinating));
    assert!(!may_report(Role::Staff, "vnpt", &own, &coordinating));
    assert!(!may_report(Role::Admin, "tt_pvhcc", &own, &coordinating));
}

proptest! {
    #[test]
    fn counts_add_up_and_what_is_not_reported_is_never_good(
        states in prop::collection::vec(prop::option::of(prop::sample::select(Readiness::ALL.to_vec())), 0..200)
    ) {
        let counts = Counts::of(states.iter().copied());
        prop_assert_eq!(counts.all(), states.len());
        let good = states.iter().flatten().filter(|s| s.settled()).count();
        prop_assert_eq!(counts.all() - counts.missing(), good);
        prop_assert_eq!(counts.unreported, states.iter().filter(|s| s.is_none()).count());
    }
}
