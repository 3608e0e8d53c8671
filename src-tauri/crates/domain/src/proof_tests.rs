//! What a proof claims: as tables and as properties.

use super::*;
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;
const NOW: Ms = Ms(1_780_000_000_000);

fn bar() -> Bar {
    Bar { window: Window::Days(7), min_calls: 20, success: 0.98, p95_ms: 2000 }
}

/// A bucket `hours` before [`NOW`].
fn bucket(hours: i64, ok: u64, bad: u64) -> ApiMeasure {
    let mut latency = vec![0; LATENCY_BOUNDS_MS.len() + 1];
    latency[2] = ok + bad;
    ApiMeasure {
        api: "dvcqg.01".into(),
        from: NOW.plus(-hours * HOUR),
        ok,
        client_error: 0,
        server_error: bad,
        timeout: 0,
        latency,
        last_error: None,
    }
}

fn of_api(measures: &[ApiMeasure], fresh: bool) -> Verdict {
    let word = ApiWord { measured: measure("dvcqg.01", bar(), measures, NOW), fresh };
    judge(&Need::Api("dvcqg.01".into()), &[], &|_| Some(word.clone()), &|_| FileHealth::Sound)
}

fn item(id: &str, evidence: Evidence) -> EvidenceItem {
    EvidenceItem { id: id.into(), added_at: NOW, actor: "a".into(), evidence, revoked: None }
}

fn run(id: &str, on: &str, result: TestResult) -> EvidenceItem {
    let on = on.parse().expect("date");
    item(id, Evidence::TestRun { on, by: "VNPT".into(), tried: "Đăng nhập".into(), result, minutes: None })
}

fn file(id: &str) -> EvidenceItem {
    let file =
        FileRef { sha256: id.into(), name: "bb.pdf".into(), media_type: "application/pdf".into(), size: 1 };
    item(id, Evidence::File { file })
}

#[test]
fn an_api_is_proved_at_its_bar_failed_below_it_and_unobserved_without_enough_calls() {
    for (ok, bad, fresh, expected) in [
        (98, 2, true, ProofState::Proved),
        (97, 3, true, ProofState::Failed),
        (19, 0, true, ProofState::Unobserved),
        (0, 0, true, ProofState::Unobserved),
        (98, 2, false, ProofState::Unobserved),
        (0, 100, false, ProofState::Unobserved),
    ] {
        assert_eq!(of_api(&[bucket(1, ok, bad)], fresh).state, expected, "{ok} ok, {bad} bad, fresh {fresh}");
    }
    assert_eq!(of_api(&[], true).state, ProofState::Unobserved, "a rule over nothing is never true");
}

#[test]
fn slow_answers_are_below_the_bar_though_they_succeed() {
    let mut slow = bucket(1, 100, 0);
    slow.latency = vec![0; 13];
    slow.latency[9] = 100; // up to 4000 ms
    assert_eq!(of_api(&[slow.clone()], true).state, ProofState::Failed);
    slow.latency[9] = 0;
    slow.latency[12] = 100; // above the last bound: no number, and not good
    assert_eq!(of_api(&[slow], true).state, ProofState::Failed);
}

#[test]
fn a_window_of_calls_takes_whole_buckets_from_the_newest() {
    let bar = Bar { window: Window::Calls(50), ..bar() };
    let measures = [bucket(1, 30, 0), bucket(2, 0, 30), bucket(24 * 30, 1000, 0)];
    let seen = measure("dvcqg.01", bar, &measures, NOW);
    assert_eq!((seen.calls, seen.ok), (60, 30));
    assert_eq!(seen.from, measures[1].from);
}

#[test]
fn a_flow_test_needs_its_run_and_the_bars_of_its_apis() {
    let good = ApiWord { measured: measure("x", bar(), &[], NOW), fresh: true };
    let mut good = good;
    good.measured.calls = 100;
    good.measured.ok = 100;
    good.measured.p95_ms = Some(100);
    let verdict = |evidence: &[EvidenceItem], apis: Vec<String>| {
        judge(&Need::FlowTest(apis), evidence, &|_| Some(good.clone()), &|_| FileHealth::Sound).state
    };
    let passed = run("a", "2026-03-20", TestResult::Passed);
    assert_eq!(verdict(&[], vec![]), ProofState::Unobserved);
    assert_eq!(verdict(&[], vec!["x".into()]), ProofState::Unobserved);
    assert_eq!(verdict(std::slice::from_ref(&passed), vec!["x".into()]), ProofState::Proved);
    assert_eq!(verdict(std::slice::from_ref(&passed), vec![]), ProofState::Proved);
    let later = run("b", "2026-03-21", TestResult::Partly);
    assert_eq!(
        verdict(&[passed.clone(), later.clone()], vec![]),
        ProofState::Failed,
        "the latest day counts"
    );
    let revoked = EvidenceItem {
        revoked: Some(crate::evidence::Revoked { at: NOW, actor: "a".into(), reason: "nhầm".into() }),
        ..later
    };
    assert_eq!(verdict(&[passed, revoked], vec![]), ProofState::Proved);
}

#[test]
fn a_document_is_a_sound_file_or_a_link_and_never_a_note() {
    let verdict = |evidence: &[EvidenceItem], health: FileHealth| {
        judge(&Need::Document, evidence, &|_| None, &|_| health).state
    };
    let note = item("n", Evidence::Note { text: "xong rồi".into() });
    let link = item("l", Evidence::Link { url: "https://x".into(), title: None });
    assert_eq!(verdict(&[], FileHealth::Sound), ProofState::Unobserved);
    assert_eq!(verdict(&[note], FileHealth::Sound), ProofState::Unobserved);
    assert_eq!(verdict(&[file("f")], FileHealth::Sound), ProofState::Proved);
    assert_eq!(verdict(&[file("f")], FileHealth::Vanished), ProofState::Unobserved);
    assert_eq!(verdict(&[file("f"), link.clone()], FileHealth::Vanished), ProofState::Proved);
    assert_eq!(verdict(&[file("f"), link], FileHealth::Altered), ProofState::Failed);
}

#[test]
fn what_was_never_shown_is_told_apart_from_what_is_not_seen_now() {
    let silent = of_api(&[bucket(1, 100, 0)], false);
    assert_eq!(silent.lack(), Some(Lack::Silence));
    assert_eq!(of_api(&[bucket(1, 5, 0)], true).lack(), Some(Lack::Nothing), "too few calls");
    assert_eq!(of_api(&[bucket(1, 100, 0)], true).lack(), None);
    let word =
        |api: &str| (api == "x").then(|| ApiWord { measured: measure("x", bar(), &[], NOW), fresh: false });
    let flow = |apis: Vec<String>| {
        let runs = [run("a", "2026-03-20", TestResult::Passed)];
        judge(&Need::FlowTest(apis), &runs, &word, &|_| FileHealth::Sound).lack()
    };
    assert_eq!(flow(vec!["x".into()]), Some(Lack::Silence));
    assert_eq!(flow(vec!["x".into(), "never".into()]), Some(Lack::Nothing));
    let gone = judge(&Need::Document, &[file("f")], &|_| None, &|_| FileHealth::Vanished);
    assert_eq!(gone.lack(), Some(Lack::File));
    let bare = judge(&Need::Document, &[], &|_| None, &|_| FileHealth::Sound);
    assert_eq!(bare.lack(), Some(Lack::Nothing));
    let need = Need::FlowTest(vec!["a".into(), "b".into()]).only(&|api| api != "b");
    assert_eq!(need, Need::FlowTest(vec!["a".into()]), "an API that does not apply holds nothing up");
}

proptest! {
    /// The gateway falls silent, or the PC sleeps: whatever comes later is missing. The measures end where they end, so
    /// no verdict turns into a failure by the silence.
    #[test]
    fn silence_never_turns_a_proof_into_a_failure(
        buckets in prop::collection::vec((0i64..200, 0u64..40, 0u64..3), 0..40),
        hours in 0i64..400,
    ) {
        let measures: Vec<ApiMeasure> = buckets.iter().map(|(h, ok, bad)| bucket(*h, *ok, *bad)).collect();
        let before = of_api(&measures, true).state;
        // Asked `hours` later: the source's own time has not moved, only its age has.
        let fresh = hours == 0;
        let after = of_api(&measures, fresh).state;
        prop_assert!(after != ProofState::Failed || before == ProofState::Failed);
        prop_assert!(fresh || after == ProofState::Unobserved);
    }

    /// Never measured at all, of any API of a flow, is unobserved, whatever the others say.
    #[test]
    fn one_silent_api_never_lets_a_flow_be_proved(silent in 0usize..4, bad in any::<bool>()) {
        let apis: Vec<String> = (0..4).map(|i| format!("a{i}")).collect();
        let word = |api: &str| {
            (api != format!("a{silent}")).then(|| {
                let mut measured = measure(api, bar(), &[], NOW);
                measured.calls = 100;
                measured.ok = if bad { 50 } else { 100 };
                measured.p95_ms = Some(50);
                ApiWord { measured, fresh: true }
            })
        };
        let runs = [run("a", "2026-03-20", TestResult::Passed)];
        let state = judge(&Need::FlowTest(apis), &runs, &word, &|_| FileHealth::Sound).state;
        prop_assert_eq!(state, if bad { ProofState::Failed } else { ProofState::Unobserved });
    }
}

#[test]
fn a_window_that_is_not_wholly_seen_says_nothing_either_way_and_the_last_verdict_stands() {
    const DAY: i64 = 24 * HOUR;
    let seen = |window: Window, ok: u64, bad: u64, days: i64| {
        let bar = Bar { window, ..bar() };
        let measured = measure("dvcqg.01", bar, &[bucket(1, ok, bad)], NOW);
        let word = ApiWord { measured: measured.known_since(NOW.plus(-days * DAY), 90), fresh: true };
        judge(&Need::Api("dvcqg.01".into()), &[], &|_| Some(word.clone()), &|_| FileHealth::Sound)
    };
    for (window, ok, bad, days, expected) in [
        (Window::Days(7), 100, 0, 7, ProofState::Proved),
        (Window::Days(7), 0, 100, 7, ProofState::Failed),
        (Window::Days(7), 100, 0, 6, ProofState::Unobserved),
        (Window::Days(7), 0, 100, 6, ProofState::Unobserved),
        // Calls enough are enough, however short they were watched; fewer only after the farthest look back.
        (Window::Calls(100), 0, 100, 1, ProofState::Failed),
        (Window::Calls(101), 0, 100, 89, ProofState::Unobserved),
        (Window::Calls(101), 0, 100, 90, ProofState::Failed),
        (Window::Calls(101), 100, 0, 90, ProofState::Proved),
    ] {
        let verdict = seen(window, ok, bad, days);
        assert_eq!(verdict.state, expected, "{window:?}, {ok} ok, {bad} bad, seen {days} days");
        let lack = (expected == ProofState::Unobserved).then_some(Lack::Silence);
        assert_eq!(verdict.lack(), lack, "{window:?} seen {days} days");
    }
}
