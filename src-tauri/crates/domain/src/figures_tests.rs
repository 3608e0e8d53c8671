//! The figures of document 002, and properties of sums and identities.

use super::{
    statement::{Rule, Statement},
    *,
};
use proptest::prelude::*;

fn reported(online: u64, direct: u64, done: u64, pending: u64) -> Counts {
    Counts {
        received: Some(online + direct),
        received_online: Some(online),
        received_direct: Some(direct),
        done: Some(done),
        pending: Some(pending),
        ..Counts::default()
    }
}

/// The province's system and the ministries'.
fn document_002() -> [Counts; 2] {
    [reported(324_067, 14_856, 320_289, 18_634), reported(38_756, 129, 26_152, 12_604)]
}

fn check(rule: Rule, counts: &Counts, kind: ReportKind) -> Check {
    Statement::from(*counts).check(rule, kind)
}

#[test]
fn document_002_totals_377_808_received() {
    let total = Counts::sum(document_002()).expect("two cells");
    assert_eq!(total.received, Some(377_808));
    assert_eq!(total.on_time, None);
}

#[test]
fn what_was_not_reported_is_not_judged() {
    let [counts, _] = document_002();
    assert_eq!(check(Rule::Balance, &counts, ReportKind::Periodic), Check::NotEnoughData);
    assert_eq!(check(Rule::DoneSplit, &counts, ReportKind::Cumulative), Check::NotEnoughData);
    assert_eq!(check(Rule::PendingSplit, &counts, ReportKind::Cumulative), Check::NotEnoughData);
    assert_eq!(check(Rule::Channels, &counts, ReportKind::Cumulative), Check::Holds);
}

#[test]
fn a_carried_over_figure_counts_in_a_cumulative_report_too() {
    let counts = Counts {
        received: Some(10),
        carried_over: Some(5),
        done: Some(8),
        pending: Some(7),
        ..Counts::default()
    };
    assert_eq!(check(Rule::Balance, &counts, ReportKind::Cumulative), Check::Holds);
}

#[test]
fn nothing_done_has_no_rate() {
    let none_done = Counts { done: Some(0), on_time: Some(0), ..Counts::default() };
    assert_eq!(none_done.on_time_rate(), None);
    let half = Counts { done: Some(4), on_time: Some(2), ..Counts::default() };
    assert_eq!(half.on_time_rate(), Some(0.5));
}

prop_compose! {
    /// Counts that satisfy every identity.
    fn consistent()(online in 0u64..1_000, direct in 0u64..1_000, carried in 0u64..1_000, cut in 0.0f64..=1.0, split in 0.0f64..=1.0) -> Counts {
        let total = online + direct + carried;
        let done = (total as f64 * cut) as u64;
        let on_time = (done as f64 * split) as u64;
        let pending = total - done;
        let overdue = (pending as f64 * split) as u64;
        Counts {
            received: Some(online + direct), received_online: Some(online), received_direct: Some(direct),
            carried_over: Some(carried), done: Some(done), on_time: Some(on_time), late: Some(done - on_time),
            pending: Some(pending), within_deadline: Some(pending - overdue), overdue: Some(overdue),
        }
    }
}

fn all_hold(counts: &Counts) -> bool {
    let rules = [Rule::Channels, Rule::Balance, Rule::DoneSplit, Rule::PendingSplit];
    rules.into_iter().all(|rule| check(rule, counts, ReportKind::Periodic) == Check::Holds)
}

proptest! {
    #[test]
    fn sums_of_consistent_cells_are_consistent(cells in proptest::collection::vec(consistent(), 1..8)) {
        prop_assert!(cells.iter().all(all_hold));
        prop_assert!(all_hold(&Counts::sum(cells).expect("cells")));
    }

    #[test]
    fn consecutive_periods_that_hand_over_their_pending_join_consistently(first in consistent(), extra in 0u64..500, cut in 0.0f64..=1.0) {
        let total = extra + first.pending.expect("known");
        let done = (total as f64 * cut) as u64;
        let second = Counts {
            received: Some(extra), received_online: Some(extra), received_direct: Some(0), carried_over: first.pending,
            done: Some(done), on_time: Some(done), late: Some(0),
            pending: Some(total - done), within_deadline: Some(total - done), overdue: Some(0),
        };
        let joined = Counts::join([first, second]).expect("two periods");
        prop_assert!(all_hold(&joined));
        prop_assert_eq!(joined.pending, second.pending);
        prop_assert_eq!(joined.carried_over, first.carried_over);
    }

    #[test]
    fn a_shifted_count_breaks_the_identity_by_that_much(counts in consistent(), shift in 1u64..1_000) {
        let shifted = Counts { pending: counts.pending.map(|p| p + shift), ..counts };
        let result = check(Rule::Balance, &shifted, ReportKind::Periodic);
        prop_assert_eq!(result.difference(), -(shift as i64));
    }

    #[test]
    fn one_cell_that_did_not_report_makes_the_sum_unknown(cells in proptest::collection::vec(consistent(), 1..6), at in any::<proptest::sample::Index>()) {
        let mut cells = cells;
        let i = at.index(cells.len());
        cells[i].done = None;
        let sum = Counts::sum(cells).expect("cells");
        prop_assert_eq!(sum.done, None);
        prop_assert!(sum.received.is_some());
    }
}
