//! What had been measured and concluded before the training begins, worked out by the same rules from the sandbox's own
//! traffic and the seeded acts. It speaks only of the past: from its first round on the program concludes for itself.

use super::{PROOF, Proof, bars::Shipped, conclude::transition, history::Known, measures::ApiSeen};
use pvhcc_domain::{
    act::Event,
    bars::{Bars, below_since},
    checklist::Checklist,
    evidence::EvidenceItem,
    observation::{ApiMeasure, SourceId},
    proof::{
        ApiWord, BUCKET_MS, FARTHEST_DAYS, FileHealth, Ground, Need, ProofState, Window, judge, measure,
    },
    task::project,
    time::Ms,
};
use pvhcc_sandbox::Traffic;
use pvhcc_store::{NewTransition, Observed, Round, RoundOutcome, Store, StoreError};
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;
/// Before the training begins, the verdicts of the last hours are worked out bucket by bucket.
const LAST_MS: i64 = 30 * 60_000;
/// How far back calls count for that; the windows of busy APIs are shorter.
const BACK_MS: i64 = 6 * 3_600_000;

/// Something that may change verdicts.
enum Change {
    Api(String, ApiSeen),
    Said(String),
}

/// Writes both, once.
///
/// # Errors
/// Failures of access.
pub(crate) async fn seed_past(
    store: &Store,
    checklist: &Checklist,
    bars: &Bars,
    seed: u64,
) -> Result<(), StoreError> {
    let begin = pvhcc_sandbox::training_start();
    let traffic = Traffic::new(seed);
    if !store.source_states().await?.contains_key(&SourceId::GatewayApis) {
        keep_measures(store, &traffic, &Shipped::new(bars.clone(), checklist), begin).await?;
    }
    if store.steps(PROOF, 0).await?.is_empty() {
        let events = store.events(None, 0, i64::MAX).await?;
        let news = conclusions(&events, checklist, bars, &traffic, begin);
        store.append_conclusions(&news).await?;
    }
    Ok(())
}

/// Measures up to an hour after the day before, as far back as each window reaches: what a program that has long been in
/// use would know besides what its first round asks for.
async fn keep_measures(
    store: &Store,
    traffic: &Traffic,
    shipped: &Shipped,
    begin: Ms,
) -> Result<(), StoreError> {
    let to = begin.plus(-DAY_MS + 12 * BUCKET_MS);
    let mut known = Known::since(to);
    let mut rows: Vec<ApiMeasure> = Vec::new();
    for api in shipped.flows.keys() {
        let (days, calls) = match shipped.bars.of(api).window {
            Window::Days(days) => (days, u64::MAX),
            Window::Calls(calls) => (FARTHEST_DAYS, calls),
        };
        let earliest = to.plus(-i64::from(days) * DAY_MS);
        let mut seen: u64 = traffic.of(api, to, begin).iter().map(ApiMeasure::calls).sum();
        let mut since = to;
        let first = traffic.begins(api, begin).unwrap_or(to);
        while seen < calls && since > earliest {
            let from = if since <= first { earliest } else { since.plus(-DAY_MS).max(earliest) };
            let day = traffic.of(api, from, since);
            seen += day.iter().map(ApiMeasure::calls).sum::<u64>();
            rows.extend(day);
            since = from;
        }
        known.apis.insert(api.clone(), since);
    }
    known.keep(store).await?;
    store
        .record_round(&Round {
            source: SourceId::GatewayApis,
            as_of: Some(to),
            fetched_at: to,
            outcome: RoundOutcome::Fresh,
            payload_sha256: None,
            payload: Observed::Apis(rows),
            quarantined: Vec::new(),
            next_due: None,
            etag: None,
        })
        .await
}

fn conclusions(
    events: &[Event],
    checklist: &Checklist,
    bars: &Bars,
    traffic: &Traffic,
    begin: Ms,
) -> Vec<NewTransition> {
    let mut changes: Vec<(Ms, Change)> = Vec::new();
    for (api, _) in checklist.apis() {
        changes.extend(api_changes(api, bars, traffic, begin));
    }
    let mut by_task: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events {
        let Some(key) = event.entity.strip_prefix("task:") else { continue };
        by_task.entry(key.to_owned()).or_default().push(event.clone());
        changes.push((event.said_at, Change::Said(key.to_owned())));
    }
    changes.sort_by_key(|(at, _)| *at);

    let needs: Vec<(String, Need)> =
        checklist.tasks().filter_map(|row| Some((row.no.clone(), Need::of(row, checklist)?))).collect();
    let mut seen: BTreeMap<String, ApiSeen> = BTreeMap::new();
    let mut stands: BTreeMap<&str, ProofState> = BTreeMap::new();
    let mut news = Vec::new();
    for (at, change) in changes {
        let touched = |key: &str, need: &Need| match &change {
            Change::Said(said) => said == key,
            Change::Api(api, _) => match need {
                Need::Api(own) => own == api,
                Need::FlowTest(apis) => apis.contains(api),
                Need::Document => false,
            },
        };
        let concerned: Vec<&(String, Need)> = needs.iter().filter(|(key, need)| touched(key, need)).collect();
        if let Change::Api(api, word) = change {
            seen.insert(api, word);
        }
        for (key, need) in concerned {
            let said =
                by_task.get(key).map_or(&[][..], |all| &all[..all.partition_point(|e| e.said_at <= at)]);
            let proof = prove(need, &project(said).evidence, &seen, at);
            let from = stands.get(key.as_str()).copied();
            if from.unwrap_or(ProofState::Unobserved) != proof.state() {
                news.push(transition(key, from, &proof, at));
                stands.insert(key, proof.state());
            }
        }
    }
    news
}

/// The first time an API met its bar, and what became of that in the last half hour before the training.
fn api_changes(api: &str, bars: &Bars, traffic: &Traffic, begin: Ms) -> Vec<(Ms, Change)> {
    let bar = bars.of(api);
    let word = |measures: &[ApiMeasure], to: Ms| ApiSeen {
        measured: measure(api, bar, measures, to),
        below_since: below_since(&bar, measures),
    };
    let mut changes = Vec::new();
    let Some(since) = traffic.begins(api, begin) else { return changes };
    let mut so_far: Vec<ApiMeasure> = Vec::new();
    let mut day = since;
    'search: while day < begin {
        for bucket in traffic.of(api, day, begin.min(day.plus(DAY_MS))) {
            let at = bucket.from.plus(BUCKET_MS);
            so_far.push(bucket);
            let calls: u64 = so_far.iter().map(ApiMeasure::calls).sum();
            if calls >= bar.min_calls {
                let seen = word(&so_far, at);
                if seen.measured.met() == Some(true) {
                    changes.push((at, Change::Api(api.to_owned(), seen)));
                    break 'search;
                }
            }
        }
        day = day.plus(DAY_MS);
    }
    let Some((first, _)) = changes.first() else { return changes };
    let late = traffic.of(api, begin.plus(-BACK_MS).max(*first), begin);
    let mut met = Some(true);
    let last = begin.plus(-LAST_MS);
    for at in (1..=LAST_MS / BUCKET_MS).map(|i| last.plus(i * BUCKET_MS)) {
        let by_then = &late[..late.partition_point(|m| m.from.plus(BUCKET_MS) <= at)];
        let seen = word(by_then, at);
        // Too few calls in so short a look say nothing either way.
        if seen.measured.met().is_some() && seen.measured.met() != met {
            met = seen.measured.met();
            changes.push((at, Change::Api(api.to_owned(), seen)));
        }
    }
    changes
}

fn prove(need: &Need, evidence: &[EvidenceItem], seen: &BTreeMap<String, ApiSeen>, at: Ms) -> Proof {
    let word = |api: &str| seen.get(api).map(|s| ApiWord { measured: s.measured.clone(), fresh: true });
    let verdict = judge(need, evidence, &word, &|_| FileHealth::Sound);
    let below = |ground: &Ground| match ground {
        Ground::Api { api, .. } if ground.state() == ProofState::Failed => seen.get(api)?.below_since,
        _ => None,
    };
    Proof {
        lack: verdict.lack(),
        since: Some(verdict.grounds.iter().filter_map(below).min().unwrap_or(at)),
        before: None,
        was_proved: false,
        damaged: Vec::new(),
        verdict,
    }
}
