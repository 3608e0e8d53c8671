//! One dossier over time: the definitions of domain.md §3.3, as tables.

use super::*;
use crate::{calendar::Calendar, time::Ms};
use chrono::NaiveDate;

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(&format!("2026-{text}:00+07:00")).expect("instant")
}

fn day(text: &str) -> NaiveDate {
    format!("2026-{text}").parse().expect("ISO date")
}

/// Received on Monday 04/05, due on Friday 29/05.
fn version(status: Status, finished: Option<&str>) -> Version {
    Version {
        system: "igate".into(),
        code: "H21.17-260504-00001".into(),
        procedure: Some("1.000001".into()),
        field: Some("CT".into()),
        unit: Some("H21.17".into()),
        channel: Some(Channel::Online),
        received_at: Some(at("05-04T09:00")),
        due_at: Some(at("05-29T10:00")),
        finished_at: finished.map(at),
        status: Some(status),
        valid_from: at("05-04T10:00"),
        valid_to: None,
    }
}

fn life(versions: &[Version]) -> Option<Life> {
    let calendar = Calendar::builtin().expect("valid");
    Life::known_at(versions, at("12-31T00:00"), &calendar).map(|(_, life)| life)
}

fn states(versions: &[Version], days: &[&str]) -> Vec<State> {
    let life = life(versions).expect("counted");
    days.iter().map(|d| life.state_on(day(d))).collect()
}

const IN_TIME: State = State::Pending { overdue: false };
const OVERDUE: State = State::Pending { overdue: true };

#[test]
fn the_past_is_told_from_dates_and_not_from_todays_status() {
    assert_eq!(
        states(
            &[version(Status::Delivered, Some("06-03T08:00"))],
            &["05-03", "05-04", "05-29", "05-30", "06-02", "06-03"]
        ),
        [State::NotReceived, IN_TIME, IN_TIME, OVERDUE, OVERDUE, State::Done(Outcome::Late)]
    );
}

#[test]
fn the_day_of_the_appointment_decides_how_it_was_done() {
    for (due, finished, outcome) in [
        ("05-29T10:00", "05-28T23:59", Outcome::Early),
        ("05-29T10:00", "05-29T16:59", Outcome::OnDay),
        ("05-29T10:00", "05-30T00:00", Outcome::Late),
        // A Saturday: the term ends with Monday.
        ("05-30T10:00", "05-29T08:00", Outcome::Early),
        ("05-30T10:00", "06-01T16:00", Outcome::OnDay),
        ("05-30T10:00", "06-02T07:00", Outcome::Late),
        // National Day: Monday 31/08 to Wednesday 02/09 are off.
        ("08-31T10:00", "09-03T16:00", Outcome::OnDay),
        ("08-31T10:00", "09-04T07:00", Outcome::Late),
        // Saturday 22/08 is worked, so the term ends on it.
        ("08-22T10:00", "08-24T07:00", Outcome::Late),
    ] {
        let done = Version { due_at: Some(at(due)), ..version(Status::Finished, Some(finished)) };
        assert_eq!(states(&[done], &["12-31"]), [State::Done(outcome)], "due {due}, finished {finished}");
    }
}

#[test]
fn without_an_appointment_nothing_is_late() {
    let open = Version { due_at: None, ..version(Status::Processing, None) };
    let done = Version { due_at: None, ..version(Status::Finished, Some("11-30T08:00")) };
    assert_eq!(states(&[open], &["12-31"]), [IN_TIME]);
    assert_eq!(states(&[done], &["12-31"]), [State::Done(Outcome::OnDay)]);
}

#[test]
fn each_status_counts_as_its_class_says() {
    for (status, seen) in [
        (Status::Registered, None),
        (Status::Accepted, Some(OVERDUE)),
        (Status::Refused, None),
        (Status::Processing, Some(OVERDUE)),
        (Status::SupplementAsked, Some(IN_TIME)),
        (Status::PaymentAsked, Some(IN_TIME)),
        (Status::Withdrawn, Some(State::Done(Outcome::OnDay))),
        (Status::Stopped, Some(OVERDUE)),
        (Status::Finished, Some(State::Done(Outcome::Late))),
        (Status::Delivered, Some(State::Done(Outcome::Late))),
    ] {
        let state = life(&[version(status, Some("06-03T08:00"))]).map(|l| l.state_on(day("06-30")));
        assert_eq!(state, seen, "{status:?}");
    }
}

#[test]
fn waiting_for_the_citizen_counts_on_the_days_it_was_so() {
    let until = |v: Version, to: &str| Version { valid_to: Some(at(to)), ..v };
    let from = |v: Version, from: &str| Version { valid_from: at(from), ..v };
    let history = [
        from(version(Status::Finished, Some("06-20T08:00")), "06-20T09:00"),
        until(version(Status::Processing, None), "06-01T15:00"),
        until(from(version(Status::PaymentAsked, None), "06-05T10:00"), "06-10T10:00"),
        until(from(version(Status::SupplementAsked, None), "06-01T15:00"), "06-05T10:00"),
        until(from(version(Status::Processing, None), "06-10T10:00"), "06-20T09:00"),
    ];
    assert_eq!(
        states(&history, &["05-30", "05-31", "06-01", "06-05", "06-09", "06-10", "06-19", "06-20"]),
        [OVERDUE, OVERDUE, IN_TIME, IN_TIME, IN_TIME, OVERDUE, OVERDUE, State::Done(Outcome::Late)]
    );
}

#[test]
fn days_said_twice_to_be_waited_are_counted_once() {
    let waiting = |from: &str, to: &str| Version {
        valid_from: at(from),
        valid_to: Some(at(to)),
        ..version(Status::SupplementAsked, None)
    };
    let last = Version { valid_from: at("06-25T09:00"), ..version(Status::Processing, None) };
    let twice = [waiting("06-01T09:00", "06-20T09:00"), waiting("06-03T09:00", "06-05T09:00"), last.clone()];
    let once = [last, waiting("06-01T09:00", "06-20T09:00")];
    assert_eq!(life(&twice), life(&once));
    assert!(life(&once).is_some());
}

#[test]
fn an_end_that_cannot_be_placed_is_neither_done_nor_pending() {
    let without_status = Version { status: None, ..version(Status::Finished, Some("06-03T08:00")) };
    for wrong in [
        version(Status::Finished, None),
        version(Status::Withdrawn, None),
        version(Status::Finished, Some("05-03T08:00")),
        without_status,
    ] {
        assert_eq!(
            states(&[wrong], &["05-03", "05-04", "12-31"]),
            [State::NotReceived, State::Unplaced, State::Unplaced]
        );
    }
}

#[test]
fn the_last_word_known_at_a_moment_counts() {
    let calendar = Calendar::builtin().expect("valid");
    let wrong = Version {
        received_at: Some(at("05-01T09:00")),
        valid_to: Some(at("05-06T10:00")),
        ..version(Status::Processing, None)
    };
    let corrected = Version {
        valid_from: at("05-06T10:00"),
        valid_to: Some(at("05-08T10:00")),
        ..version(Status::Processing, None)
    };
    let versions = [corrected, wrong];
    let received = |moment: &str| {
        Life::known_at(&versions, at(moment), &calendar).map(|(_, life)| life.received().to_string())
    };
    assert_eq!(received("05-04T09:59"), None, "not seen yet");
    assert_eq!(received("05-06T09:59").as_deref(), Some("2026-05-01"));
    assert_eq!(received("05-06T10:00").as_deref(), Some("2026-05-04"));
    assert_eq!(received("05-08T10:00"), None, "the source has it no more");
}

#[test]
fn without_a_credible_day_of_receipt_it_is_not_counted() {
    for received_at in [None, Some(Ms(-62_135_596_800_000)), Some(Ms(i64::MAX))] {
        assert_eq!(life(&[Version { received_at, ..version(Status::Processing, None) }]), None);
    }
}

#[test]
fn codes_are_those_of_the_portal() {
    for (i, status) in Status::ALL.into_iter().enumerate() {
        assert_eq!(usize::from(status.code()), i + 1);
        assert_eq!(Status::from_code(status.code()), Some(status));
    }
    assert_eq!([0, 11].map(Status::from_code), [None, None]);
    for channel in [Channel::Direct, Channel::Online, Channel::Postal] {
        assert_eq!(Channel::from_code(channel.code()), Some(channel));
    }
    assert_eq!([0, 4].map(Channel::from_code), [None, None]);
}

#[test]
fn days_are_the_provinces_and_hold_to_their_range() {
    assert_eq!(Day::of(at("05-29T00:00")).map(Day::date), Some(day("05-29")));
    assert_eq!(Day::of(at("05-29T00:00").plus(-1)).map(Day::date), Some(day("05-28")));
    for (date, kept) in
        [("1999-12-31", false), ("2000-01-01", true), ("2179-06-04", true), ("2179-06-05", false)]
    {
        let date: NaiveDate = date.parse().expect("ISO date");
        assert_eq!(Day::from_date(date).map(Day::date), kept.then_some(date));
    }
}
