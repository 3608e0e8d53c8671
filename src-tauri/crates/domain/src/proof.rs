//! Proof: whether what was claimed holds, by what machines measured and what files show (design §1.1).
//!
//! Three values. *Proved*; *failed*: measured below its bar; *unobserved since T*: the last verdict stands, and is
//! counted apart from both. A rule over nothing is never true, and nothing missing ever makes a failure.

use crate::{
    checklist::{Checklist, Kind, Row},
    evidence::{Evidence, EvidenceItem, FileRef, TestResult},
    observation::{ApiMeasure, Flow, LATENCY_BOUNDS_MS, Stage},
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Version of the rules below, written with every verdict that is kept.
pub const RULE_VERSION: u32 = 2;

/// What a task must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Its API must meet its bar.
    Api(String),
    /// A recorded test run that passed, and the bars of the flow's APIs, where it has some.
    FlowTest(Vec<String>),
    /// A file or a link.
    Document,
}

impl Need {
    /// What a row of this checklist must show; `None` for headings.
    #[must_use]
    pub fn of(row: &Row, checklist: &Checklist) -> Option<Self> {
        if row.kind == Kind::Heading {
            return None;
        }
        Some(match (&row.api, row.flow, row.stage) {
            (Some(api), _, _) => Self::Api(api.clone()),
            (None, Some(flow), Some(Stage::Test)) => Self::FlowTest(apis_of(flow, checklist)),
            _ => Self::Document,
        })
    }

    /// The same without APIs that do not apply here: a flow is not held up by what it does not use.
    #[must_use]
    pub fn only(self, applies: &dyn Fn(&str) -> bool) -> Self {
        match self {
            Self::FlowTest(apis) => Self::FlowTest(apis.into_iter().filter(|api| applies(api)).collect()),
            other => other,
        }
    }
}

fn apis_of(flow: Flow, checklist: &Checklist) -> Vec<String> {
    checklist.rows().iter().filter(|r| r.flow == Some(flow)).filter_map(|r| r.api.clone()).collect()
}

/// Over which calls a bar is measured, counted back from the source's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The calls of the last days.
    Days(u32),
    /// The last calls, however old, within 90 days.
    Calls(u64),
}

/// Farthest back a window of calls reaches, days.
pub const FARTHEST_DAYS: u32 = 90;

const DAY_MS: i64 = 86_400_000;
/// Measures come in buckets of this length.
pub const BUCKET_MS: i64 = 300_000;

/// What an API must reach.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Over which calls.
    pub window: Window,
    /// Fewer calls than this prove nothing; at least 1.
    pub min_calls: u64,
    /// Successes ÷ calls must reach this, 0..=1.
    pub success: f64,
    /// The 95th percentile must not be above this, ms.
    pub p95_ms: u32,
}

/// What was measured of an API over its window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The API.
    pub api: String,
    /// The bar it was held against.
    pub bar: Bar,
    /// First instant of the calls counted.
    pub from: Ms,
    /// The source's own time: the end of the window.
    pub to: Ms,
    /// Calls counted.
    pub calls: u64,
    /// Of these, successful.
    pub ok: u64,
    /// Upper bound of the latency bucket with the 95th percentile, ms; `None` above the last bound or without calls.
    pub p95_ms: Option<u32>,
    /// The commonest way to fail, in the gateway's words.
    pub last_error: Option<String>,
    /// The measures are known only since then, which is less than the window asks for (since version 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_since: Option<Ms>,
}

impl Measured {
    /// Successes ÷ calls; `None` without calls.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
    pub fn rate(&self) -> Option<f64> {
        (self.calls > 0).then(|| self.ok as f64 / self.calls as f64)
    }

    /// The same where the measures are known without a gap since `since`. A window that reaches farther back is not wholly
    /// seen: a window of days by its length, one of calls while it lacks calls and has not gone back `farthest` days. One bucket
    /// at its far end may be missing: a source's time stands still between its answers.
    #[must_use]
    pub fn known_since(mut self, since: Ms, farthest: u32) -> Self {
        let days = match self.bar.window {
            Window::Days(days) => Some(days),
            Window::Calls(calls) => (self.calls < calls).then_some(farthest.min(FARTHEST_DAYS)),
        };
        let short = days.is_some_and(|days| since > self.to.plus(BUCKET_MS - i64::from(days) * DAY_MS));
        self.known_since = short.then_some(since);
        self
    }

    /// `None` while too few calls were measured, or too little of the window was seen, to say anything.
    #[must_use]
    pub fn met(&self) -> Option<bool> {
        let enough = self.calls >= self.bar.min_calls.max(1) && self.known_since.is_none();
        let rate = self.rate().filter(|_| enough)?;
        Some(rate >= self.bar.success && self.p95_ms.is_some_and(|p| p <= self.bar.p95_ms))
    }
}

/// Upper bound in ms of the latency bucket that holds the `share`-th call; `None` without calls or above the last bound.
#[must_use]
pub fn percentile<'a>(measures: impl IntoIterator<Item = &'a ApiMeasure>, share: f64) -> Option<u32> {
    let mut counts = [0u64; LATENCY_BOUNDS_MS.len() + 1];
    for measure in measures {
        for (sum, n) in counts.iter_mut().zip(&measure.latency) {
            *sum += n;
        }
    }
    let total: u64 = counts.iter().sum();
    #[allow(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation)]
    let rank = (total as f64 * share).ceil() as u64;
    let mut seen = 0;
    LATENCY_BOUNDS_MS
        .iter()
        .zip(&counts)
        .find(|(_, n)| {
            seen += *n;
            total > 0 && seen >= rank
        })
        .map(|(bound, _)| *bound)
}

/// Measures an API against its bar. `measures` are buckets of this API in any order; those outside the window ending
/// at `to` (the source's own time, never the present) are left out, so that time passing without an answer changes nothing.
#[must_use]
pub fn measure(api: &str, bar: Bar, measures: &[ApiMeasure], to: Ms) -> Measured {
    let days = match bar.window {
        Window::Days(days) => days,
        Window::Calls(_) => FARTHEST_DAYS,
    };
    let earliest = to.plus(-i64::from(days) * DAY_MS);
    let mut inside: Vec<&ApiMeasure> =
        measures.iter().filter(|m| m.api == api && m.from >= earliest && m.from <= to).collect();
    inside.sort_by_key(|m| std::cmp::Reverse(m.from));
    if let Window::Calls(last) = bar.window {
        // Whole buckets, newest first, until the calls are enough.
        let mut counted = 0;
        let enough = inside.iter().position(|m| {
            counted += m.calls();
            counted >= last
        });
        inside.truncate(enough.map_or(inside.len(), |i| i + 1));
    }
    Measured {
        api: api.to_owned(),
        bar,
        from: inside.last().map_or(earliest, |m| m.from),
        to,
        calls: inside.iter().map(|m| m.calls()).sum(),
        ok: inside.iter().map(|m| m.ok).sum(),
        p95_ms: percentile(inside.iter().copied(), 0.95),
        last_error: inside.iter().find_map(|m| m.last_error.clone()),
        known_since: None,
    }
}

/// The three values of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ProofState {
    /// It holds.
    Proved,
    /// Measured below its bar.
    Failed,
    /// Nothing current says either.
    #[default]
    Unobserved,
}

/// What the gateway's measures say of an API at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiWord {
    /// What was measured.
    pub measured: Measured,
    /// The measures are no older than their freshness limit.
    pub fresh: bool,
}

/// What a file kept as evidence is like today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileHealth {
    /// Its bytes have their hash.
    Sound,
    /// It is not there.
    Vanished,
    /// Its bytes do not have their hash.
    Altered,
}

/// One thing a verdict rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Ground {
    /// An API's measure; `state` follows from it.
    Api {
        /// The word of the gateway; `None` when this API was never measured.
        word: Option<ApiWord>,
        /// The API.
        api: String,
    },
    /// The newest test run that counts.
    TestRun {
        /// Id of the evidence.
        id: String,
        /// The day.
        tested: NaiveDate,
        /// How it ended.
        result: TestResult,
    },
    /// No test run was recorded.
    NoTestRun,
    /// A file.
    File {
        /// Id of the evidence.
        id: String,
        /// Its name.
        name: String,
        /// What it is like.
        health: FileHealth,
    },
    /// A link.
    Link {
        /// Id of the evidence.
        id: String,
    },
    /// Neither a file nor a link.
    NoDocument,
}

impl Ground {
    /// What this ground alone says.
    #[must_use]
    pub fn state(&self) -> ProofState {
        match self {
            Self::Api { word: Some(word), .. } if word.fresh => match word.measured.met() {
                Some(true) => ProofState::Proved,
                Some(false) => ProofState::Failed,
                None => ProofState::Unobserved,
            },
            Self::TestRun { result, .. } => match result {
                TestResult::Passed => ProofState::Proved,
                TestResult::Partly | TestResult::Failed => ProofState::Failed,
            },
            Self::File { health, .. } => match health {
                FileHealth::Sound => ProofState::Proved,
                FileHealth::Altered => ProofState::Failed,
                FileHealth::Vanished => ProofState::Unobserved,
            },
            Self::Link { .. } => ProofState::Proved,
            Self::Api { .. } | Self::NoTestRun | Self::NoDocument => ProofState::Unobserved,
        }
    }
}

/// A verdict with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The value.
    pub state: ProofState,
    /// Everything it rests on; never empty.
    pub grounds: Vec<Ground>,
}

/// What keeps a verdict from being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Nothing was shown yet: no file, no test run, too few calls. What is claimed is only claimed.
    Nothing,
    /// The gateway's measures are too old, or too little of the window was seen: the last verdict stands.
    Silence,
    /// A file kept as evidence is not there: the last verdict stands.
    File,
}

impl Verdict {
    /// Why the state is unobserved; `None` when it is not. What was never shown goes before what is not seen now.
    #[must_use]
    pub fn lack(&self) -> Option<Lack> {
        if self.state != ProofState::Unobserved {
            return None;
        }
        let lack = |ground: &Ground| match ground {
            Ground::NoTestRun | Ground::NoDocument | Ground::Api { word: None, .. } => Some(Lack::Nothing),
            Ground::Api { word: Some(word), .. } if !word.fresh || word.measured.known_since.is_some() => {
                Some(Lack::Silence)
            }
            Ground::Api { .. } if ground.state() == ProofState::Unobserved => Some(Lack::Nothing),
            Ground::File { health: FileHealth::Vanished, .. } => Some(Lack::File),
            _ => None,
        };
        Some(self.grounds.iter().filter_map(lack).min().unwrap_or(Lack::Nothing))
    }
}

/// Judges a task. `api` gives the gateway's word on an API; `health` says what a kept file is like.
///
/// All grounds of an API or flow task must hold; for a document task one sound file or link is enough, and an altered
/// file fails it even beside a sound one: something that was shown has been changed.
#[must_use]
pub fn judge(
    need: &Need,
    evidence: &[EvidenceItem],
    api: &dyn Fn(&str) -> Option<ApiWord>,
    health: &dyn Fn(&FileRef) -> FileHealth,
) -> Verdict {
    let standing = || evidence.iter().filter(|e| e.revoked.is_none());
    let of_api = |id: &String| Ground::Api { word: api(id), api: id.clone() };
    match need {
        Need::Api(id) => every(vec![of_api(id)]),
        Need::FlowTest(apis) => {
            let mut grounds = vec![newest_run(standing())];
            grounds.extend(apis.iter().map(of_api));
            every(grounds)
        }
        Need::Document => {
            let grounds: Vec<Ground> = standing()
                .filter_map(|item| match &item.evidence {
                    Evidence::File { file } => Some(Ground::File {
                        id: item.id.clone(),
                        name: file.name.clone(),
                        health: health(file),
                    }),
                    Evidence::Link { .. } => Some(Ground::Link { id: item.id.clone() }),
                    _ => None,
                })
                .collect();
            one_of(grounds)
        }
    }
}

/// The run of the latest day; of several on one day the one recorded last.
fn newest_run<'a>(evidence: impl Iterator<Item = &'a EvidenceItem>) -> Ground {
    let runs = evidence.filter_map(|item| match &item.evidence {
        Evidence::TestRun { on, result, .. } => Some((*on, item.added_at, item.id.clone(), *result)),
        _ => None,
    });
    runs.max_by_key(|(on, added, _, _)| (*on, *added))
        .map_or(Ground::NoTestRun, |(tested, _, id, result)| Ground::TestRun { id, tested, result })
}

fn every(grounds: Vec<Ground>) -> Verdict {
    let states: Vec<ProofState> = grounds.iter().map(Ground::state).collect();
    let state = if states.contains(&ProofState::Failed) {
        ProofState::Failed
    } else if states.is_empty() || states.contains(&ProofState::Unobserved) {
        ProofState::Unobserved
    } else {
        ProofState::Proved
    };
    Verdict { state, grounds }
}

fn one_of(grounds: Vec<Ground>) -> Verdict {
    if grounds.is_empty() {
        return Verdict { state: ProofState::Unobserved, grounds: vec![Ground::NoDocument] };
    }
    let states: Vec<ProofState> = grounds.iter().map(Ground::state).collect();
    let state = if states.contains(&ProofState::Failed) {
        ProofState::Failed
    } else if states.contains(&ProofState::Proved) {
        ProofState::Proved
    } else {
        ProofState::Unobserved
    };
    Verdict { state, grounds }
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;
