//! The words of proofs: pills, sentences, and what each ground says.

use super::{
    Proof, ProofBook, Standing,
    bars::{bar_text, number},
    log::ProofAt,
};
use crate::{
    checklist::vn,
    wire::{ProofPill, ProofReason, ProofStep, ProofTone},
    words,
};
use pvhcc_domain::{
    evidence::TestResult,
    proof::{ApiWord, Bar, FileHealth, Ground, Measured, Need, ProofState, Window},
    task::TaskStatus,
    text::percent,
    time::Ms,
};

/// The pill of a row.
pub(crate) fn pill(status: TaskStatus, proof: Option<&Proof>, now: Ms) -> ProofPill {
    let Some(proof) = proof.filter(|_| status != TaskStatus::NotApplicable) else {
        return ProofPill {
            tone: ProofTone::None, text: "–".into(), detail: String::new(), damaged: false
        };
    };
    let done = status == TaskStatus::Done;
    let since =
        |proof: &Proof| proof.since.map(|at| format!(" từ {}", words::moment(at, now))).unwrap_or_default();
    let (tone, text) = match proof.standing() {
        Standing::Proved if done => (ProofTone::Proved, holds(proof)),
        Standing::Proved => (ProofTone::Shown, holds(proof)),
        Standing::Failed if done && proof.was_proved => (ProofTone::Failed, format!("Mất{}", since(proof))),
        Standing::Failed if done => (ProofTone::Failed, format!("Không đạt{}", since(proof))),
        Standing::Failed => (ProofTone::Shown, "Chưa đạt".to_owned()),
        Standing::Silent if done => (ProofTone::Silent, format!("Không rõ{}", since(proof))),
        Standing::Bare if done => (ProofTone::Claimed, "Chỉ báo xong".to_owned()),
        Standing::Silent | Standing::Bare => (ProofTone::None, "–".to_owned()),
    };
    let mut detail: Vec<String> = vec![headline(status, proof, now)];
    detail.extend(reasons(proof, now).into_iter().map(|r| r.text));
    detail.extend(proof.damaged.iter().map(|(name, health)| damage(name, *health)));
    ProofPill { tone, text, detail: detail.join("\n"), damaged: !proof.damaged.is_empty() }
}

/// What a proof that holds rests on, in two words.
fn holds(proof: &Proof) -> String {
    match proof.verdict.grounds.first() {
        Some(Ground::Api { word: Some(word), .. }) => format!("API đạt {}", rate(&word.measured)),
        Some(Ground::TestRun { .. }) => "Kiểm thử đạt".to_owned(),
        Some(Ground::File { .. }) => "Biên bản".to_owned(),
        _ if proof.verdict.grounds.iter().any(|g| matches!(g, Ground::File { .. })) => "Biên bản".to_owned(),
        _ => "Liên kết".to_owned(),
    }
}

/// The verdict in a sentence.
pub(super) fn headline(status: TaskStatus, proof: &Proof, now: Ms) -> String {
    let since = proof.since.map(|at| format!(" từ {}", words::moment(at, now))).unwrap_or_default();
    let done = status == TaskStatus::Done;
    match proof.standing() {
        Standing::Proved => format!("Có minh chứng{since}"),
        Standing::Failed if proof.was_proved => format!("Mất minh chứng{since}"),
        Standing::Failed => format!("Không đạt mức yêu cầu{since}"),
        Standing::Silent => {
            let last = match proof.before {
                Some((ProofState::Failed, _)) => "không đạt",
                _ => "đạt",
            };
            format!("Không quan sát được{since}; kết luận gần nhất: {last}")
        }
        Standing::Bare if done => "Chỉ báo xong, chưa có gì chứng minh".to_owned(),
        Standing::Bare => "Chưa có minh chứng".to_owned(),
    }
}

/// What a task must show.
pub(super) fn needs(need: &Need, bar: &dyn Fn(&str) -> Bar) -> String {
    match need {
        Need::Api(api) => format!("Cần số đo lưu lượng thật của {api} đạt mức: {}.", bar_text(&bar(api))),
        Need::FlowTest(apis) if apis.is_empty() => "Cần một lần kiểm thử được ghi lại và đạt.".to_owned(),
        Need::FlowTest(apis) => {
            format!("Cần một lần kiểm thử được ghi lại và đạt, và cả {} API của luồng đạt mức.", apis.len())
        }
        Need::Document => "Cần một tệp hoặc một liên kết.".to_owned(),
    }
}

/// Everything a verdict rests on. Of the many APIs of a flow those that hold are only counted.
pub(super) fn reasons(proof: &Proof, now: Ms) -> Vec<ProofReason> {
    let grounds = &proof.verdict.grounds;
    let is_fine_api = |g: &&Ground| matches!(g, Ground::Api { .. }) && g.state() == ProofState::Proved;
    let fine = grounds.iter().filter(is_fine_api).count();
    let many = grounds.len() > 2;
    let mut lines: Vec<ProofReason> = grounds
        .iter()
        .filter(|g| !(many && is_fine_api(g)))
        .map(|g| ProofReason { tone: tone(g.state()), text: ground(g, now) })
        .collect();
    if many && fine > 0 {
        lines.push(ProofReason {
            tone: ProofTone::Proved, text: format!("{fine} API của luồng đạt mức.")
        });
    }
    // What is wrong comes first.
    lines.sort_by_key(|line| match line.tone {
        ProofTone::Failed => 0,
        ProofTone::Proved => 2,
        _ => 1,
    });
    lines
}

fn tone(state: ProofState) -> ProofTone {
    match state {
        ProofState::Proved => ProofTone::Proved,
        ProofState::Failed => ProofTone::Failed,
        ProofState::Unobserved => ProofTone::Silent,
    }
}

fn ground(ground: &Ground, now: Ms) -> String {
    match ground {
        Ground::Api { word: None, api } => format!("{api}: chưa đo được lượt gọi nào."),
        Ground::Api { word: Some(word), api } => format!("{api}: {}", api_words(word, now)),
        Ground::TestRun { tested, result, .. } => {
            format!("Kiểm thử ngày {}: {}.", vn(*tested), result_words(*result))
        }
        Ground::NoTestRun => "Chưa ghi lần kiểm thử nào.".to_owned(),
        Ground::File { name, health: FileHealth::Sound, .. } => format!("Tệp «{name}» nguyên vẹn."),
        Ground::File { name, health, .. } => damage(name, *health),
        Ground::Link { .. } => "Có liên kết tới văn bản.".to_owned(),
        Ground::NoDocument => "Chưa có tệp hoặc liên kết nào.".to_owned(),
    }
}

fn api_words(word: &ApiWord, now: Ms) -> String {
    let m = &word.measured;
    let (measured, p95) = (rate_words(m), p95_words(m));
    match (word.fresh, m.met()) {
        (false, _) if m.calls == 0 => "Trục tích hợp không có số đo mới.".to_owned(),
        (false, _) => {
            format!(
                "Trục tích hợp không có số đo mới từ {}; lần cuối {measured}, {p95}.",
                words::moment(m.to, now)
            )
        }
        (true, None) if m.known_since.is_some() => {
            let since = m.known_since.map(|at| words::moment(at, now)).unwrap_or_default();
            let needed = match m.bar.window {
                Window::Days(days) => format!("cần {days} ngày"),
                Window::Calls(calls) => {
                    format!("mới có {} lượt gọi, cần {} lượt", number(m.calls), number(calls))
                }
            };
            format!("chưa đủ dữ liệu: có số đo từ {since}, {needed}.")
        }
        (true, None) => {
            format!("mới có {} lượt gọi, cần ít nhất {} lượt.", number(m.calls), number(m.bar.min_calls))
        }
        (true, Some(true)) => format!("{measured}, {p95}; mức {}.", percent(m.bar.success, 2)),
        (true, Some(false)) => {
            let wrong = below(m, &measured, &p95);
            let error = m.last_error.as_ref().map(|e| format!(" Lỗi gần nhất: {e}.")).unwrap_or_default();
            format!("{wrong}.{error}")
        }
    }
}

/// What of it is beyond the bar.
fn below(m: &Measured, measured: &str, p95: &str) -> String {
    let mut wrong = Vec::new();
    if m.rate().is_some_and(|r| r < m.bar.success) {
        wrong.push(format!("{measured}, dưới mức {}", percent(m.bar.success, 2)));
    }
    if m.p95_ms.is_none_or(|p| p > m.bar.p95_ms) {
        wrong.push(format!("{p95}, mức {} ms", number(m.bar.p95_ms.into())));
    }
    wrong.join("; ")
}

/// An API against its bar, for reports: whether it meets it, and why not.
pub(crate) fn api_verdict(book: &ProofBook, api: &str) -> (bool, String) {
    let measured = book.words.apis.get(api).map(|seen| &seen.measured);
    let said = match measured {
        _ if !book.fresh => "không quan sát được".to_owned(),
        None => "chưa đo được lượt gọi nào".to_owned(),
        Some(m) => match m.met() {
            Some(true) => return (true, "đạt".to_owned()),
            Some(false) => format!("không đạt: {}", below(m, &rate_words(m), &p95_words(m))),
            None if m.known_since.is_some() => "chưa đủ dữ liệu".to_owned(),
            None => "chưa đủ lượt gọi".to_owned(),
        },
    };
    (false, said)
}

/// `thành công 99,7% trong 25 phút qua (250 lượt gọi)`.
fn rate_words(m: &Measured) -> String {
    format!("thành công {} trong {} ({} lượt gọi)", rate(m), window(m), number(m.calls))
}

/// `p95 ≤ 500 ms`.
fn p95_words(m: &Measured) -> String {
    let bound = |p95: u32| format!("p95 ≤ {} ms", number(p95.into()));
    m.p95_ms.map_or_else(|| "p95 trên 15.000 ms".to_owned(), bound)
}

fn rate(measured: &Measured) -> String {
    measured.rate().map_or_else(|| "–".to_owned(), |r| percent(r, 1))
}

/// `25 phút qua`, `30 ngày qua`.
fn window(measured: &Measured) -> String {
    match measured.bar.window {
        Window::Days(days) => format!("{days} ngày qua"),
        Window::Calls(_) => format!("{} qua", words::span(measured.to.0 - measured.from.0)),
    }
}

pub(super) fn damage(name: &str, health: FileHealth) -> String {
    match health {
        FileHealth::Sound => format!("Tệp «{name}» nguyên vẹn."),
        FileHealth::Altered => format!("Tệp «{name}» đã bị thay đổi so với lúc thêm."),
        FileHealth::Vanished => format!("Tệp «{name}» không còn trong kho minh chứng."),
    }
}

pub(super) fn result_words(result: TestResult) -> &'static str {
    match result {
        TestResult::Passed => "đạt",
        TestResult::Partly => "đạt một phần",
        TestResult::Failed => "không đạt",
    }
}

/// One verdict of the past; `lost` when it was proved before.
pub(crate) fn step(step: &ProofAt, lost: bool) -> ProofStep {
    let text = match step.state {
        ProofState::Proved => "Có minh chứng",
        ProofState::Failed if lost => "Mất minh chứng",
        ProofState::Failed => "Không đạt mức yêu cầu",
        ProofState::Unobserved if step.lack == Some(pvhcc_domain::proof::Lack::Nothing) => {
            "Không còn minh chứng"
        }
        ProofState::Unobserved => "Không quan sát được",
    };
    ProofStep { tone: tone(step.state), text: text.to_owned(), since: step.since.0, at: step.at.0 }
}
