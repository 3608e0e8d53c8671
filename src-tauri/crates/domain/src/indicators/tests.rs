//! Scores, places and gains; and that the shipped data are what the decision and the documents say.

use super::*;
use crate::{calendar::Calendar, dossier::Record, quality::Parts, tables::Source, time::Ms};
use chrono::NaiveDate;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("day")
}

fn schemes() -> Schemes {
    Schemes::builtin().expect("shipped file is right")
}

fn points(n: f64) -> Points {
    Points::from_number(n).expect("points")
}

fn reading(code: &str, counts: Option<(u64, u64)>, score: Option<f64>) -> Reading {
    let (numerator, denominator) = counts.unzip();
    Reading { code: code.into(), numerator, denominator, score: score.map(points), ..Reading::default() }
}

#[test]
fn six_blocks_make_a_hundred_points() {
    let schemes = schemes();
    let scheme = schemes.on(day("2026-05-15"));
    let blocks: Vec<(&str, f64)> = scheme.blocks.iter().map(|b| (&*b.code, b.max().number())).collect();
    let expected =
        [("CKMB", 18.0), ("TDGQ", 20.0), ("CLGQ", 12.0), ("TTTT", 10.0), ("MDSH", 22.0), ("MDHL", 18.0)];
    assert_eq!(blocks, expected);
    assert_eq!(scheme.max().to_string(), "100,00");
    let bands: Vec<(f64, bool)> = scheme.bands.iter().map(|b| (b.from.number(), b.verified)).collect();
    assert_eq!(bands, [(90.0, false), (80.0, false), (70.0, false), (50.0, false), (0.0, false)]);
    let band = |total: f64| scheme.band(points(total)).map(|b| &*b.name);
    assert_eq!(
        (band(90.0), band(89.99), band(66.23), band(0.0)),
        (Some("Xuất sắc"), Some("Tốt"), Some("Trung bình"), Some("Yếu"))
    );
}

#[test]
fn an_edition_holds_until_the_next_begins() {
    let text = "[[edition]]\nid='a'\nvalid_from='2022-01-01'\ntitle='A'\ndocument='A'\nblock=[]\nband=[]\n\
                [[edition]]\nid='b'\nvalid_from='2026-01-01'\ntitle='B'\ndocument='B'\nblock=[]\nband=[]\n";
    let two = Schemes::parse(Source { name: "x.toml", text }).expect("right");
    for (on, id) in [("2020-01-01", "a"), ("2025-12-31", "a"), ("2026-01-01", "b"), ("2030-01-01", "b")] {
        assert_eq!(two.on(day(on)).id, id, "{on}");
    }
}

#[test]
fn wrong_data_are_refused_with_the_place() {
    let edition = |rest: &str| {
        let text = format!(
            "[[edition]]\nid='a'\nvalid_from='2022-01-01'\ntitle='A'\ndocument='A'\nband=[]\n\
             [[edition.block]]\ncode='B'\nname='B'\ncomponents=[{rest}]\n"
        );
        Schemes::parse(Source { name: "x.toml", text: &text }).expect_err("wrong").to_string()
    };
    let component = |code: &str, max: &str, target: &str| {
        format!(
            "{{code='{code}',name='C',max={max},target={target},counts='',numerator='',denominator='',verified=true}}"
        )
    };
    assert!(edition(&component("C", "1.0", "0.0")).contains("C: target"));
    assert!(edition(&component("C", "1.0", "100.5")).contains("C: target"));
    assert!(edition(&component("C", "-1.0", "50.0")).contains("C: max"));
    let twice = format!("{},{}", component("C", "1.0", "1.0"), component("C", "1.0", "1.0"));
    assert!(edition(&twice).contains("`C` stands twice"));
    assert!(Schemes::parse(Source { name: "x.toml", text: "edition = []" }).is_err());
}

#[test]
fn points_follow_the_rate_up_to_the_target() {
    let schemes = schemes();
    let scheme = schemes.on(day("2026-05-15"));
    // code, numerator, denominator, points
    for (code, numerator, denominator, expected) in [
        ("HANDLED_ON_TIME", 653, 654, Some(19.97)),
        ("HANDLED_ON_TIME", 2541, 2618, Some(19.41)),
        ("HANDLED_ON_TIME", 0, 10, Some(0.0)),
        ("HANDLED_ON_TIME", 0, 0, None),
        ("ONLINE_DOSSIERS", 50, 100, Some(6.0)),
        ("ONLINE_DOSSIERS", 49, 100, Some(5.88)),
        ("ONLINE_DOSSIERS", 99, 100, Some(6.0)),
        ("REUSED_DIGITIZED_DATA", 2193, 10_000, Some(0.55)),
        ("DOSSIER_RECEIVING_SATISFACTION", 9, 10, Some(6.0)),
        ("DOSSIER_RECEIVING_SATISFACTION", 80, 100, Some(5.33)),
        ("PETITION_CLASSIFICATION_STAFF", 5, 10, None),
    ] {
        let component = scheme.component(code).expect("code");
        assert_eq!(
            component.score(numerator, denominator),
            expected.map(points),
            "{code} {numerator}/{denominator}"
        );
    }
    let online = scheme.component("ONLINE_DOSSIERS").expect("code");
    assert_eq!((online.missing(10, 101), online.missing(51, 101), online.missing(0, 0)), (41, 0, 0));
}

#[test]
fn a_card_keeps_what_is_not_stated_unknown_and_tells_what_does_not_agree() {
    let schemes = schemes();
    let scheme = schemes.on(day("2026-05-15"));
    let sheet = Sheet {
        unit: "H21.17".into(),
        readings: vec![
            reading("HANDLED_ON_TIME", Some((90, 100)), Some(18.0)),
            reading("DOSSIER_SYNC", Some((50, 100)), Some(4.0)),
            reading("PETITION_PROCESSING_ON_TIME", Some((0, 0)), None),
            reading("TDGQ", None, Some(18.0)),
            reading("qd766", None, Some(22.5)),
            reading("SOMETHING_NEW", None, Some(1.0)),
        ],
    };
    let card = Card::of(scheme, &sheet);
    let block = |code: &str| card.blocks.iter().find(|b| b.code == code).expect("block");
    assert_eq!((block("TDGQ").sum, block("TDGQ").stated), (Some(points(18.0)), Some(points(18.0))));
    assert_eq!((block("CKMB").sum, block("MDHL").sum, block("TTTT").sum), (Some(points(4.0)), None, None));
    assert_eq!((card.sum, card.total()), (Some(points(22.0)), Some(points(22.5))));
    assert_eq!(card.unknown.len(), 1);
    let differing: Vec<_> = card.components().filter_map(ComponentCard::difference).collect();
    assert_eq!(differing, [(points(4.0), points(3.0))]);
    let moves: Vec<(&str, f64, u64)> =
        card.moves().iter().map(|m| (&*m.component.code, m.gain.number(), m.cases)).collect();
    assert_eq!(moves, [("HANDLED_ON_TIME", 2.0, 10), ("DOSSIER_SYNC", 2.0, 50)]);
    assert_eq!(Card::of(scheme, &Sheet::default()).total(), None, "nothing stated is no zero");
}

#[test]
fn equal_scores_share_a_place_and_no_score_has_none() {
    let scores = [Some(70.0), None, Some(80.0), Some(70.0), Some(60.0)].map(|s| s.map(points));
    let found: Vec<_> = places(&scores).into_iter().map(|p| p.map(|p| (p.place, p.of))).collect();
    assert_eq!(found, [Some((2, 4)), None, Some((1, 4)), Some((2, 4)), Some((4, 4))]);
}

#[test]
fn the_rates_of_the_documents_are_there_each_with_its_source() {
    let schemes = schemes();
    let scheme = schemes.on(day("2026-05-15"));
    let rates = rates().expect("shipped file is right");
    let published: Vec<(&str, f64)> =
        rates.iter().filter_map(|r| Some((&*r.id, r.published.as_ref()?.value))).collect();
    assert_eq!(
        published,
        [("digitised", 68.73), ("electronic_result", 73.0), ("reused", 21.93), ("time_cut", 45.0)]
    );
    let asked = rates.iter().filter(|r| r.document.as_deref().is_some_and(|d| d.ends_with("XI.9"))).count();
    assert_eq!(asked, 7, "with the share of data used again, which the portal scores, the eight of XI.9");
    for rate in &rates {
        let code = match &rate.from {
            RateFrom::Indicator(code) => Some(code),
            _ => rate.indicator.as_ref(),
        };
        assert!(code.is_none_or(|code| scheme.component(code).is_some()), "{}", rate.id);
    }
}

fn record(received: &str, finished: Option<&str>) -> Record {
    let at = |text: &str| Some(Ms::parse_rfc3339(&format!("{text}T09:00:00+07:00")).expect("instant"));
    Record {
        system: "tinh".into(),
        status_code: Some(if finished.is_some() { 9 } else { 4 }),
        received_at: at(received),
        due_at: at("2026-05-15"),
        finished_at: finished.and_then(at),
        ..Record::default()
    }
}

#[test]
fn records_count_in_the_month_of_receipt_and_in_the_month_of_their_end() {
    let calendar = Calendar::builtin().expect("calendar");
    let days = Weekdays::of(&calendar);
    let mut parts = Parts::default();
    let mut all = Gathered::default();
    let full = Record {
        channel_code: Some(2),
        service_level: Some(crate::dossier::ServiceLevel::Full),
        digitised: Some(true),
        reused: Some(true),
        electronic_result: Some(true),
        fee: Some(1000),
        payment: Some(crate::dossier::Payment::Own),
        ..record("2026-04-29", Some("2026-05-05"))
    };
    let late = Record { electronic_result: Some(false), ..record("2026-05-04", Some("2026-05-18")) };
    let open = Record { electronic_result: Some(true), ..record("2026-05-04", None) };
    let refused = Record { status_code: Some(3), ..record("2026-05-04", None) };
    for record in [&full, &late, &open, &refused] {
        all.add(parts.of(record), Facts::of(record, &calendar, &days));
    }
    let part = parts.of(&full);
    let april = all.totals(part, day("2026-04-01"), day("2026-04-30"));
    assert_eq!(
        (april.received, april.online, april.fully_online, april.paid_online, april.done),
        (1, 1, 1, 1, 0)
    );
    let may = all.totals(part, day("2026-05-01"), day("2026-05-31"));
    assert_eq!((may.received, may.digitised, may.done, may.on_time), (2, 0, 2, 1));
    assert_eq!(may.rate(CountedRate::ElectronicResult), (1, 2), "one that is not done has no result");
    // 30/04 and 01/05 are days off: 04 and 05 May; then 05 to 18 May.
    assert_eq!(may.handling_days, 2 + 10);
    let year = all.totals(part, day("2026-01-01"), day("2026-12-31"));
    assert_eq!((year.received, year.rate(CountedRate::OnlinePayment)), (3, (1, 1)));
    all.remove(part, Facts::of(&full, &calendar, &days));
    assert_eq!(all.totals(part, day("2026-01-01"), day("2026-12-31")).received, 2);
}

proptest! {
    #[test]
    fn a_score_is_never_above_its_maximum_and_grows_with_its_rate(
        max in 0u32..2500, target in 1u32..=10_000, numerator in 0u64..u64::MAX / 4, more in 0u64..1000, denominator: u64,
    ) {
        let component = Component {
            code: "C".into(),
            name: String::new(),
            max: Points::hundredths(max),
            target,
            counts: String::new(),
            numerator: String::new(),
            denominator: String::new(),
            verified: true,
        };
        let score = component.score(numerator, denominator);
        prop_assert_eq!(score.is_none(), denominator == 0 || max == 0);
        if let Some((less, more)) = score.zip(component.score(numerator + more, denominator)) {
            prop_assert!(less <= more && more <= component.max);
        }
        let missing = component.missing(numerator, denominator);
        if denominator > 0 && max > 0 && denominator < u64::MAX / 4 {
            prop_assert_eq!(component.score(numerator + missing, denominator), Some(component.max));
        }
    }

    #[test]
    fn a_total_is_what_its_parts_have_and_order_does_not_matter(
        scores in prop::collection::vec(prop::option::of(0u32..2000), 22), turn in 0usize..22,
    ) {
        let schemes = schemes();
        let scheme = schemes.on(day("2026-05-15"));
        let codes: Vec<&str> = scheme.blocks.iter().flat_map(|b| &b.components).map(|c| &*c.code).collect();
        let mut readings: Vec<Reading> = codes.iter().zip(&scores)
            .map(|(code, score)| reading(code, None, score.map(|s| f64::from(s) / 100.0))).collect();
        let sheet = Sheet { unit: "u".into(), readings: readings.clone() };
        let last = readings.len();
        readings.rotate_left(turn % last.max(1));
        let turned = Sheet { unit: "u".into(), readings };
        let total = Card::of(scheme, &sheet).total();
        prop_assert_eq!(total, Card::of(scheme, &turned).total());
        let known: Vec<u32> = scores.iter().take(codes.len()).copied().flatten().collect();
        prop_assert_eq!(total.map(Points::in_hundredths), (!known.is_empty()).then(|| known.iter().sum()));
    }

    #[test]
    fn places_do_not_depend_on_the_order_of_units(
        scores in prop::collection::vec(prop::option::of(0u32..50), 1..30), turn in 0usize..30,
    ) {
        let scores: Vec<Option<Points>> = scores.into_iter().map(|s| s.map(Points::hundredths)).collect();
        let turn = turn % scores.len();
        let mut turned = scores.clone();
        turned.rotate_left(turn);
        let mut expected = places(&scores);
        expected.rotate_left(turn);
        prop_assert_eq!(places(&turned), expected);
    }
}
