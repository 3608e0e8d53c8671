use super::*;
use crate::roles::{Auth, Role};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Events of one report, one after the other; ids are `e1`, `e2`, …
fn events(acts: Vec<Act>) -> Vec<Event> {
    acts.into_iter()
        .zip(1..)
        .map(|(act, n)| Event {
            id: format!("e{n}"),
            position: n,
            device: "seat".into(),
            device_seq: n,
            said_at: Ms(n * 1000),
            clock_suspect: false,
            actor: format!("p{n}"),
            role: Role::Staff,
            auth: Auth::Online,
            entity: entity(Cadence::Daily, day("2026-05-29")),
            based_on: None,
            act,
        })
        .collect()
}

fn state(acts: Vec<Act>) -> ReportState {
    let mut reports = Reports::new();
    fold(&mut reports, Cadence::Daily, &events(acts));
    reports.remove(&day("2026-05-29")).unwrap_or_default()
}

fn frozen() -> Act {
    Act::ReportFrozen {
        cadence: Cadence::Daily,
        day: day("2026-05-29"),
        sha256: "0".repeat(64),
        at: Ms(0),
        schema: 1,
        positions: BTreeMap::new(),
        head: String::new(),
        reason: None,
    }
}

fn written(freeze: &str) -> Act {
    Act::ReportWritten { freeze: freeze.into(), words: Words::default() }
}

fn reviewed(version: &str) -> Act {
    Act::ReportReviewed { version: version.into(), remark: None }
}

fn signed(freeze: &str, written: &str) -> Act {
    Act::ReportSigned {
        freeze: freeze.into(),
        written: written.into(),
        number: "05".into(),
        signed_on: day("2026-05-29"),
        roster_id: "r".into(),
        deputy: false,
        form: Box::default(),
        files: BTreeMap::new(),
        head: String::new(),
        program: "0".into(),
    }
}

fn sent(at: i64) -> Act {
    Act::ReportSent { at: Ms(at), how: "trục liên thông".into(), to: "TTDLQG".into() }
}

#[test]
fn entities_say_which_report_and_read_back() {
    let at = day("2026-05-29");
    assert_eq!(entity(Cadence::Daily, at), "report:daily:2026-05-29");
    assert_eq!(entity(Cadence::Monthly, at), "report:monthly:2026-05");
    assert_eq!(day_of(Cadence::Daily, "report:daily:2026-05-29"), Some(at));
    assert_eq!(day_of(Cadence::Monthly, "report:monthly:2026-05"), Some(day("2026-05-01")));
    assert_eq!(day_of(Cadence::Daily, "report:monthly:2026-05"), None);
    assert_eq!(span(Cadence::Monthly, day("2026-02-11")), (day("2026-02-01"), day("2026-02-28")));
    assert_eq!(span(Cadence::Daily, at), (at, at));
}

#[test]
fn a_report_goes_its_way_and_a_correction_leaves_what_was_signed() {
    let way = || vec![frozen(), written("e1"), reviewed("e2"), signed("e1", "e2"), sent(5)];
    let stages: Vec<Stage> = (0..=5).map(|n| state(way().into_iter().take(n).collect()).stage()).collect();
    assert_eq!(
        stages,
        [Stage::None, Stage::Frozen, Stage::Frozen, Stage::Reviewed, Stage::Signed, Stage::Sent]
    );

    let corrected = state([way(), vec![frozen()]].concat());
    assert_eq!(corrected.stage(), Stage::Frozen);
    assert_eq!((corrected.signed.len(), corrected.first_sent), (1, Some(Ms(5))), "what was sent was sent");
    let again = [way(), vec![frozen(), written("e6"), reviewed("e7"), signed("e6", "e7"), sent(9)]].concat();
    let again = state(again);
    assert_eq!((again.stage(), again.signed.len(), again.first_sent), (Stage::Sent, 2, Some(Ms(5))));
}

#[test]
fn new_figures_and_new_words_take_a_review_back_and_a_word_on_an_old_version_counts_for_nothing() {
    for after in [frozen(), written("e1")] {
        let state = state(vec![frozen(), written("e1"), reviewed("e2"), after]);
        assert_eq!((state.stage(), state.reviewed), (Stage::Frozen, None));
    }
    let behind = state(vec![frozen(), written("e1"), written("e1"), reviewed("e2")]);
    assert_eq!(behind.stage(), Stage::Frozen, "somebody wrote while it was looked over");
    let back = Act::ReportReturned { version: "e2".into(), reason: "thiếu".into() };
    let back = state(vec![frozen(), written("e1"), reviewed("e2"), back]);
    assert_eq!(back.stage(), Stage::Frozen);
    assert_eq!(back.returned.map(|r| r.text).as_deref(), Some("thiếu"));
}

#[test]
fn two_who_froze_at_once_are_both_kept_and_the_later_counts() {
    let both = state(vec![frozen(), frozen(), written("e1")]);
    assert_eq!(both.freezes.len(), 2);
    assert_eq!(both.freeze().map(|f| f.said.event.as_str()), Some("e2"));
    assert_eq!(
        both.version().map(|v| v.event.as_str()),
        Some("e2"),
        "words on the other do not count for it"
    );
}

fn any_act(n: i64) -> impl Strategy<Value = Act> {
    let id = (1..=n).prop_map(|n| format!("e{n}"));
    prop_oneof![
        Just(frozen()),
        id.clone().prop_map(|id| written(&id)),
        id.clone().prop_map(|id| reviewed(&id)),
        id.clone().prop_map(|version| Act::ReportReturned { version, reason: "x".into() }),
        (id.clone(), id).prop_map(|(f, w)| signed(&f, &w)),
        (0i64..100).prop_map(sent),
        Just(Act::ReportExcused { reason: "mất điện".into() }),
    ]
}

proptest! {
    /// Whatever was said in whatever order: nothing that was frozen, written or signed is lost, what stands was looked over as
    /// it stands, and folding in two parts is folding at once.
    #[test]
    fn nothing_is_lost_and_nothing_stands_that_was_not_looked_at(
        acts in proptest::collection::vec(any_act(20), 0..20),
        cut in 0usize..20,
    ) {
        let count = |of: fn(&Act) -> bool| acts.iter().filter(|act| of(act)).count();
        let is = state(acts.clone());
        prop_assert_eq!(is.freezes.len(), count(|a| matches!(a, Act::ReportFrozen { .. })));
        prop_assert_eq!(is.written.len(), count(|a| matches!(a, Act::ReportWritten { .. })));
        prop_assert_eq!(is.signed.len(), count(|a| matches!(a, Act::ReportSigned { .. })));
        prop_assert!(is.reviewed.is_none() || is.returned.is_none());
        if is.stage() == Stage::Reviewed {
            let (review, version) = (is.reviewed.clone().expect("a review"), is.version().expect("a version"));
            prop_assert!(review.said.position > version.position);
        }
        if let Some(signed) = is.signed_now() {
            prop_assert_eq!(Some(&signed.freeze), is.freeze().map(|f| &f.said.event));
        }
        let all = events(acts);
        let (first, rest) = all.split_at(cut.min(all.len()));
        let mut reports = Reports::new();
        fold(&mut reports, Cadence::Daily, first);
        fold(&mut reports, Cadence::Daily, rest);
        prop_assert_eq!(reports.remove(&day("2026-05-29")).unwrap_or_default(), is);
    }

    /// Acts of a report come back from the journal's text as they were said.
    #[test]
    fn acts_read_back(act in any_act(9)) {
        let payload = act.payload().expect("text");
        prop_assert_eq!(Act::from_parts(act.kind(), &payload).expect("reads"), act);
    }
}
