//! Each rule on a record that it is about, on one that is right, and on one that has nothing for it.

use super::*;
use crate::{
    dossier::{Record, ServiceLevel},
    time::Ms,
};
use proptest::prelude::*;

fn at(text: &str) -> Option<Ms> {
    Some(Ms::parse_rfc3339(&format!("{text}+07:00")).expect("instant"))
}

fn right() -> Record {
    Record {
        system: "tinh".into(),
        code: "H21.17-260504-01234".into(),
        record: "tinh-1".into(),
        procedure: Some("1.000001".into()),
        field: Some("F".into()),
        unit: Some("H21.17".into()),
        service_level: Some(ServiceLevel::Full),
        channel_code: Some(2),
        status_code: Some(10),
        submitted_at: at("2026-05-04T07:00:00"),
        received_at: at("2026-05-04T08:00:00"),
        due_at: at("2026-05-11T17:00:00"),
        finished_at: at("2026-05-08T10:00:00"),
        returned_at: at("2026-05-08T11:00:00"),
        ..Record::default()
    }
}

fn judge() -> Judge {
    let known =
        Known { units: Some(["H21.17".to_owned()].into()), procedures: Some(["1.000001".to_owned()].into()) };
    Judge::new(known, at("2026-05-29T14:00:00").expect("instant"))
}

fn found(record: &Record) -> Vec<Rule> {
    judge().judge(record, false).found.iter().collect()
}

#[test]
fn a_right_record_is_looked_at_and_nothing_is_found() {
    let judged = judge().judge(&right(), false);
    assert!(judged.found.is_empty());
    let nothing: Vec<Rule> = Rule::ALL.iter().copied().filter(|r| !judged.looked.contains(*r)).collect();
    assert_eq!(nothing, [Rule::FinishedButOpen], "it is done");
}

#[test]
fn each_fault_is_found_by_its_rule_and_by_no_other() {
    type Spoil = fn(&mut Record);
    let unfinished = |r: &mut Record| (r.finished_at, r.returned_at, r.status_code) = (None, None, Some(4));
    let cases: Vec<(Rule, Spoil)> = vec![
        (Rule::NoReceivedDate, |r| r.received_at = None),
        (Rule::ReceivedInFuture, |r| {
            (r.finished_at, r.returned_at, r.status_code) = (None, None, Some(2));
            (r.received_at, r.due_at) = (at("2062-05-04T08:00:00"), at("2062-05-11T17:00:00"));
        }),
        (Rule::FinishedBeforeReceived, |r| r.finished_at = at("2026-05-03T08:00:00")),
        (Rule::FinishedWithoutDate, |r| r.finished_at = None),
        (Rule::FinishedInFuture, |r| {
            (r.finished_at, r.returned_at) = (at("2026-05-30T00:00:00"), None);
        }),
        (Rule::FinishedButOpen, |r| r.status_code = Some(5)),
        (Rule::FinishedButOpen, |r| (r.status_code, r.finished_at) = (Some(4), None)),
        (Rule::ReturnedBeforeFinished, |r| r.returned_at = at("2026-05-08T09:00:00")),
        (Rule::ReturnedInFuture, |r| r.returned_at = at("2026-06-08T09:00:00")),
        (Rule::MissingDeadline, |r| r.due_at = None),
        (Rule::DeadlineBeforeReceived, |r| r.due_at = at("2026-04-29T17:00:00")),
        (Rule::DeadlineTooFar, |r| r.due_at = at("2062-05-11T17:00:00")),
        (Rule::SubmittedAfterReceived, |r| r.submitted_at = at("2026-05-04T08:00:01")),
        (Rule::AbsurdDate, |r| r.submitted_at = at("1900-01-01T07:00:00")),
        (Rule::NoUnit, |r| r.unit = None),
        (Rule::UnknownUnit, |r| r.unit = Some("H21.999".into())),
        (Rule::UnknownUnit, |r| r.unit = Some("H21".into())),
        (Rule::NoProcedure, |r| r.procedure = None),
        (Rule::UnknownProcedure, |r| r.procedure = Some("9.999999".into())),
        (Rule::NoField, |r| r.field = None),
        (Rule::BadStatus, |r| r.status_code = Some(11)),
        (Rule::BadStatus, |r| r.status_code = None),
        (Rule::BadChannel, |r| r.channel_code = Some(4)),
        (Rule::BadChannel, |r| r.channel_code = None),
        (Rule::OnlineWithoutService, |r| r.service_level = Some(ServiceLevel::None)),
        (Rule::BadCode, |r| r.code = "H21.17/260504/01234".into()),
    ];
    for (rule, spoil) in &cases {
        let mut record = right();
        spoil(&mut record);
        assert_eq!(found(&record), [*rule], "{record:?}");
    }
    assert_eq!(judge().judge(&right(), true).found.iter().collect::<Vec<_>>(), [Rule::DuplicateCode]);
    let covered = |rule: &&Rule| cases.iter().any(|(r, _)| r == *rule) || **rule == Rule::DuplicateCode;
    assert!(Rule::ALL.iter().all(|rule| covered(&rule)), "every rule has its case");
    let mut open = right();
    unfinished(&mut open);
    assert!(found(&open).is_empty());
}

#[test]
fn a_rule_without_anything_to_look_at_says_so() {
    let bare = Judge::new(Known::default(), at("2026-05-29T14:00:00").expect("instant"));
    let record = Record { system: "tinh".into(), code: "x".into(), ..Record::default() };
    let looked = bare.judge(&record, false).looked;
    for rule in [
        Rule::ReceivedInFuture,
        Rule::FinishedBeforeReceived,
        Rule::FinishedWithoutDate,
        Rule::MissingDeadline,
        Rule::UnknownUnit,
        Rule::UnknownProcedure,
        Rule::OnlineWithoutService,
        Rule::AbsurdDate,
    ] {
        assert!(!looked.contains(rule), "{rule:?}");
    }
    assert_eq!(Tally::default().standing(), Standing::Nothing);
    assert_eq!(Tally { looked: 1, found: 0 }.standing(), Standing::Clean);
    let known_nowhere = bare.judge(&right(), false).looked;
    assert!(!known_nowhere.contains(Rule::UnknownProcedure), "without a catalogue nothing is known of it");
}

#[test]
fn dates_without_a_time_of_day_are_compared_by_day() {
    let mut record = right();
    (record.received_at, record.finished_at) = (at("2026-05-08T09:00:00"), at("2026-05-08T00:00:00"));
    record.submitted_at = None;
    assert!(found(&record).is_empty(), "the same day");
    record.finished_at = at("2026-05-07T00:00:00");
    assert_eq!(found(&record), [Rule::FinishedBeforeReceived]);
}

#[test]
fn what_was_never_accepted_needs_no_dates() {
    let refused = Record {
        status_code: Some(3),
        received_at: None,
        due_at: None,
        finished_at: None,
        returned_at: None,
        ..right()
    };
    assert!(found(&refused).is_empty());
}

#[test]
fn parts_of_a_unit_are_the_unit() {
    let record = Record { unit: Some("H21.17.03".into()), ..right() };
    assert!(found(&record).is_empty());
}

#[test]
fn codes_look_like_the_portals() {
    for good in ["H21.17-260529-01234", "G09.20-20260609-0092637", "000.00.17.H21-210101-0001"] {
        assert!(looks_like_a_code(good), "{good}");
    }
    for bad in [
        "",
        "-",
        "H21-260529-123",
        "h21-260529-01234",
        "H21-2605299-01234",
        "H21-260529-01234-1",
        "H21-26052X-01234",
    ] {
        assert!(!looks_like_a_code(bad), "{bad}");
    }
}

#[test]
fn names_of_rules_are_their_serde_names_and_each_says_what_it_breaks() {
    for rule in Rule::ALL {
        assert_eq!(serde_json::to_value(rule).expect("text"), rule.as_str());
        assert_eq!(Rule::from_id(rule.as_str()), Some(*rule));
        let about = rule.about();
        assert!(about.why.len() > 20 && about.mend.ends_with('.') && !about.name.is_empty());
    }
}

fn any_record() -> impl Strategy<Value = Record> {
    let date = prop_oneof![
        Just(None),
        (-3_000_000_000_000i64..3_000_000_000_000).prop_map(|ms| Some(Ms(ms))),
        (0i64..40).prop_map(|d| Some(Ms(1_777_000_000_000 + d * 43_200_000))),
    ];
    let code = prop_oneof![Just(None), (0u8..12).prop_map(Some)];
    let unit = prop_oneof![Just(None), Just(Some("H21.17".to_owned())), Just(Some("H21.9".to_owned()))];
    let dates = (date.clone(), date.clone(), date.clone(), date.clone(), date);
    (prop_oneof![Just("tinh"), Just("bo")], unit, code.clone(), code, dates).prop_map(
        |(
            system,
            unit,
            status_code,
            channel_code,
            (submitted_at, received_at, due_at, finished_at, returned_at),
        )| {
            Record {
                system: system.to_owned(),
                unit,
                status_code,
                channel_code,
                submitted_at,
                received_at,
                due_at,
                finished_at,
                returned_at,
                ..right()
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_found_was_looked_at(record in any_record(), repeats: bool) {
        let judged = judge().judge(&record, repeats);
        prop_assert!(judged.found.iter().all(|rule| judged.looked.contains(rule)));
    }

    #[test]
    fn order_does_not_matter_and_what_is_taken_out_leaves_no_trace(
        records in prop::collection::vec(any_record(), 0..40),
        gone in prop::collection::vec(any_record(), 0..10),
    ) {
        let judge = judge();
        let mut parts = Parts::default();
        let mut count = |records: &mut dyn Iterator<Item = &Record>, report: &mut Report| {
            for record in records {
                report.add(parts.of(record), judge.judge(record, false));
            }
        };
        let (mut forth, mut back) = (Report::default(), Report::default());
        count(&mut records.iter().chain(&gone), &mut forth);
        count(&mut records.iter().rev(), &mut back);
        for record in &gone {
            forth.remove(parts.of(record), judge.judge(record, false));
        }
        let mut all = 0;
        for (id, _) in parts.iter() {
            prop_assert_eq!(forth.records(id), back.records(id));
            all += forth.records(id).looked;
            for rule in Rule::ALL {
                let tally = forth.tally(id, *rule);
                prop_assert_eq!(tally, back.tally(id, *rule));
                prop_assert!(tally.found <= tally.looked && tally.looked <= forth.records(id).looked);
            }
        }
        prop_assert_eq!(all, records.len() as u64);
    }
}
