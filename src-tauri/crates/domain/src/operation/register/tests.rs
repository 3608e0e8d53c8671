use super::*;
use crate::{
    act::Act,
    testing::{events, undo},
};
use proptest::prelude::*;

const SYSTEM: &str = "inflight:tinh";

fn before(stay: u64, moving: u64) -> (String, Act) {
    let act = InFlightAct::CountedBefore { at: Ms(0), stay, moving, source: "iGate".to_owned() };
    (SYSTEM.to_owned(), Act::InFlight(act))
}

fn after(staying: u64, moved: u64, done: u64, lost: u64) -> (String, Act) {
    let act = InFlightAct::CountedAfter { at: Ms(0), staying, moved, done, lost, source: "iGate".to_owned() };
    (SYSTEM.to_owned(), Act::InFlight(act))
}

fn explained() -> (String, Act) {
    (SYSTEM.to_owned(), Act::InFlight(InFlightAct::Explained { text: "đếm trùng".to_owned() }))
}

fn balance(acts: Vec<(String, Act)>) -> (Balance, Option<i64>) {
    let known = project_in_flight(&events(acts)).remove("tinh").unwrap_or_default();
    (known.balance(), known.difference())
}

#[test]
fn a_balance_closes_only_when_both_sides_are_counted_and_nothing_is_lost() {
    assert_eq!(balance(vec![]), (Balance::Uncounted, None));
    assert_eq!(balance(vec![before(10, 5)]), (Balance::Waiting, None));
    assert_eq!(balance(vec![after(9, 5, 1, 0)]), (Balance::Waiting, None));
    assert_eq!(balance(vec![before(10, 5), after(9, 5, 1, 0)]), (Balance::Closed, Some(0)));
    assert_eq!(balance(vec![before(10, 5), after(9, 5, 0, 0)]), (Balance::Open, Some(-1)));
    assert_eq!(
        balance(vec![before(10, 5), after(9, 5, 0, 1)]),
        (Balance::Open, Some(0)),
        "what is lost is told"
    );
}

#[test]
fn an_explanation_holds_until_somebody_counts_again() {
    let told = vec![before(10, 5), after(9, 4, 1, 0), explained()];
    assert_eq!(balance(told.clone()), (Balance::Explained, Some(-1)));
    let again = |more| told.iter().cloned().chain(more).collect::<Vec<_>>();
    assert_eq!(balance(again(vec![after(9, 3, 1, 0)])), (Balance::Open, Some(-2)));
    assert_eq!(balance(again(vec![undo(SYSTEM, 2)])).0, Balance::Open);
    assert_eq!(balance(again(vec![undo(SYSTEM, 1)])).0, Balance::Waiting);
}

fn entry(kind: FallbackKind, receipt: &str, dossier: Option<&str>) -> FallbackEntry {
    FallbackEntry {
        kind,
        unit: "21583".to_owned(),
        receipt: receipt.to_owned(),
        at: Ms(1_000),
        procedure: None,
        dossier: dossier.map(str::to_owned),
        amount: (kind == FallbackKind::Cash).then_some(50_000),
        incident: None,
        remark: None,
    }
}

fn act(id: u32, act: FallbackAct) -> (String, Act) {
    (format!("{FALLBACK}{id}"), Act::Fallback(act))
}

fn taken(id: u32, receipt: &str) -> (String, Act) {
    act(id, FallbackAct::Taken { entry: entry(FallbackKind::Paper, receipt, None) })
}

fn reentered(id: u32, code: &str) -> (String, Act) {
    act(id, FallbackAct::Reentered { dossier: code.to_owned(), at: Ms(5_000) })
}

#[test]
fn an_entry_goes_from_paper_to_paired_and_back_one_step_with_each_undo() {
    let paired = act(1, FallbackAct::Paired { remark: None });
    let all = [taken(1, "BN-01"), reentered(1, "H21-1"), paired];
    let stage = |n: usize, more: Vec<(String, Act)>| {
        project_fallback(&events(all[..n].iter().cloned().chain(more))).first().map(FallbackState::stage)
    };
    assert_eq!(stage(1, vec![]), Some(Stage::Taken));
    assert_eq!(stage(2, vec![]), Some(Stage::Reentered));
    assert_eq!(stage(3, vec![]), Some(Stage::Paired));
    let entity = format!("{FALLBACK}1");
    assert_eq!(stage(3, vec![undo(&entity, 2)]), Some(Stage::Reentered));
    assert_eq!(stage(1, vec![undo(&entity, 0)]), None);
    assert_eq!(
        stage(3, vec![reentered(1, "H21-2")]),
        Some(Stage::Reentered),
        "another code is to be paired anew"
    );
}

#[test]
fn overdue_is_what_is_not_in_the_system_after_the_limit() {
    let state = |acts| project_fallback(&events(acts)).remove(0);
    let waiting = state(vec![taken(1, "BN-01")]);
    assert!(!waiting.is_overdue(Ms(1_000 + 24), 24), "at the limit it is in time");
    assert!(waiting.is_overdue(Ms(1_000 + 25), 24));
    assert!(!state(vec![taken(1, "BN-01"), reentered(1, "H21-1")]).is_overdue(Ms(i64::MAX), 24));
}

#[test]
fn the_same_receipt_and_the_same_dossier_are_found_unless_one_was_a_mistake() {
    let all = project_fallback(&events([taken(1, "BN-01"), reentered(1, "H21-1")]));
    let paper = |receipt| entry(FallbackKind::Paper, receipt, None);
    let twice = |id, receipt, code| taken_twice(&all, id, &paper(receipt), code);
    assert_eq!(twice(None, "bn-01", None), Some(Twice::Receipt("1".to_owned())));
    assert_eq!(twice(None, "BN-02", Some("h21-1")), Some(Twice::Dossier("1".to_owned())));
    assert_eq!(twice(Some("1"), "BN-01", Some("H21-1")), None, "an entry is no double of itself");
    let cash = entry(FallbackKind::Cash, "BN-01", Some("H21-1"));
    assert_eq!(
        taken_twice(&all, None, &cash, Some("H21-1")),
        None,
        "its fee is another thing than the dossier"
    );
    let mistake = act(1, FallbackAct::Voided { reason: "nhập nhầm".to_owned() });
    let all = project_fallback(&events([taken(1, "BN-01"), mistake]));
    assert_eq!(taken_twice(&all, None, &paper("BN-01"), None), None);
}

#[test]
fn numbers_of_citizens_are_known_from_codes() {
    let citizen = Some(Personal::CitizenNumber);
    let phone = Some(Personal::Phone);
    for (text, found) in [
        ("052099001234", citizen),
        ("CCCD 052099001234", citizen),
        ("BN:052099001234", citizen),
        ("052 099 001234", citizen),
        ("0912345678", phone),
        ("gọi 0912.345.678", phone),
        ("+84 912 345 678", phone),
        ("84912345678", phone),
        ("02693823456", phone),
        ("0912 345 678", phone),
        ("BN-0012", None),
        ("H21.18-260529-0001", None),
        ("000.00.18.H21-260529-000123", None),
        ("2026 0529 0001", None),
        ("0123456", None),
        ("50.000 đồng lúc 21:35 29/05/2026", None),
        ("", None),
    ] {
        assert_eq!(personal(text), found, "{text}");
    }
}

#[test]
fn coordinating_units_keep_everybodys_register_others_their_own() {
    let coordinating = ["tt_pvhcc".to_owned()];
    assert!(may_keep(Role::Staff, "tt_pvhcc", "21583", &coordinating));
    assert!(may_keep(Role::Duty, "so_ct", "so_ct", &coordinating));
    assert!(!may_keep(Role::Staff, "vnpt", "21583", &coordinating));
    assert!(
        may_count(Role::Leader, "tt_pvhcc", &coordinating) && !may_count(Role::Staff, "vnpt", &coordinating)
    );
}

proptest! {
    /// The equation, in numbers that no sum of the code's own makes.
    #[test]
    fn the_difference_is_after_less_before(
        stay in 0u64..50_000, moving in 0u64..50_000, staying in 0u64..50_000, moved in 0u64..50_000, done in 0u64..9_000, lost in 0u64..3
    ) {
        let (balance, difference) = balance(vec![before(stay, moving), after(staying, moved, done, lost)]);
        let closes = stay + moving == staying + moved + done + lost;
        prop_assert_eq!(difference == Some(0), closes);
        prop_assert_eq!(balance == Balance::Closed, closes && lost == 0);
        let expected = (staying + moved + done + lost) as i64 - (stay + moving) as i64;
        prop_assert_eq!(difference, Some(expected));
    }

    /// Whatever order things are said in, an entry is in exactly one stage and nothing open is lost from the count.
    #[test]
    fn every_entry_is_in_one_stage(steps in prop::collection::vec((0u32..4, 0u8..5), 0..40)) {
        let said = steps.iter().map(|(id, step)| match step {
            0 | 1 => taken(*id, &format!("BN-{id}")),
            2 => reentered(*id, &format!("H21-{id}")),
            3 => act(*id, FallbackAct::Paired { remark: None }),
            _ => act(*id, FallbackAct::Voided { reason: "x".to_owned() }),
        });
        let all = project_fallback(&events(said));
        let begun: std::collections::BTreeSet<u32> = steps.iter().filter(|(_, s)| *s < 2).map(|(id, _)| *id).collect();
        prop_assert_eq!(all.len(), begun.len());
        for state in &all {
            prop_assert_eq!(state.is_open(), state.voided.is_none() && state.paired.is_none());
        }
    }
}
