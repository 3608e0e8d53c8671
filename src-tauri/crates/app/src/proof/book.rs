//! The verdicts on all tasks at this moment.

use super::{
    Cache,
    history::{self, Known},
    log::ProofLog,
    measures::{self, Words},
};
use crate::{App, messages, rules, wire::WireError};
use pvhcc_domain::{
    evidence::FileRef,
    freshness::{Freshness, freshness},
    observation::SourceId,
    proof::{FileHealth, Ground, Lack, Need, ProofState, Verdict, judge},
    task::{TaskState, TaskStatus},
    time::Ms,
};
use pvhcc_store::SourceRow;
use std::{collections::BTreeMap, sync::Arc};

/// What makes verdicts new.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    journal: i64,
    /// Ids of the checklists: one is there only once it was read, which is after its event.
    lists: Vec<String>,
    steps: i64,
    measures: measures::Key,
    fresh: bool,
    asked: bool,
    health: Option<String>,
}

/// One task's proof.
#[derive(Debug, Clone)]
pub(crate) struct Proof {
    pub(crate) verdict: Verdict,
    pub(crate) lack: Option<Lack>,
    /// Since when the state holds; `None` when it was never anything else.
    pub(crate) since: Option<Ms>,
    /// While it is not seen: the verdict that stands, and since when that held.
    pub(crate) before: Option<(ProofState, Ms)>,
    /// It was proved at some time.
    pub(crate) was_proved: bool,
    /// Files kept as evidence that are not as they were, by name.
    pub(crate) damaged: Vec<(String, FileHealth)>,
}

/// How a proof is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Proved,
    Failed,
    /// Not seen now; the last verdict stands beside it.
    Silent,
    /// Never shown: claimed only, if claimed at all.
    Bare,
}

impl Proof {
    pub(crate) fn state(&self) -> ProofState {
        self.verdict.state
    }

    pub(crate) fn standing(&self) -> Standing {
        match (self.state(), self.before) {
            (ProofState::Proved, _) => Standing::Proved,
            (ProofState::Failed, _) => Standing::Failed,
            (ProofState::Unobserved, Some(_)) => Standing::Silent,
            (ProofState::Unobserved, None) => Standing::Bare,
        }
    }
}

/// All verdicts.
#[derive(Debug, Default)]
pub(crate) struct ProofBook {
    proofs: BTreeMap<String, Proof>,
    pub(crate) words: Arc<Words>,
    /// The measures are no older than their limit.
    pub(crate) fresh: bool,
    /// The gateway was asked for measures in this opening.
    pub(super) asked: bool,
    /// When it last answered.
    pub(super) fetched: Option<Ms>,
    /// Limit of their age, ms.
    pub(super) limit: i64,
    pub(crate) log: Arc<ProofLog>,
}

impl ProofBook {
    pub(crate) fn get(&self, key: &str) -> Option<&Proof> {
        self.proofs.get(key)
    }

    /// Without verdicts, to be filled with those that stood.
    pub(super) fn of_the_past(log: Arc<ProofLog>) -> Self {
        Self { log, ..Self::default() }
    }

    pub(super) fn insert(&mut self, key: &str, proof: Proof) {
        self.proofs.insert(key.to_owned(), proof);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Proof)> {
        self.proofs.iter().map(|(key, proof)| (key.as_str(), proof))
    }
}

/// Measures are current while their last answer is no older than the limit: a single try that failed since makes them no
/// older. (`freshness` without the failure is that question.)
pub(super) fn current(source: &SourceRow, limit: i64, now: Ms) -> bool {
    matches!(freshness(source.last_ok_fetched, None, limit, now), Freshness::Fresh { .. })
}

impl App {
    /// The verdicts, computed anew only when something they rest on changed.
    pub(crate) async fn proofs(&self) -> Result<Arc<ProofBook>, WireError> {
        let store = &self.0.store;
        let failed = |e: pvhcc_store::StoreError| messages::store(&e);
        let source =
            store.source_states().await.map_err(failed)?.remove(&SourceId::GatewayApis).unwrap_or_default();
        let rules = self.events_of("rules").await?;
        let now = self.now();
        let limit = rules::number(&rules::freshness_rule(SourceId::GatewayApis), &rules, now) * 1000;
        let bars = self.bars_in_force(&rules);
        let fresh = current(&source, limit, now);
        let asked = source.last_try.is_some_and(|at| at >= self.0.desk.opened_at);
        let journal = store.head().await.map_err(failed)?.position;

        let mut cache = self.0.desk.cache.lock().await;
        let news = cache.log.news(store).await.map_err(failed)?;
        if !news.is_empty() {
            Arc::make_mut(&mut cache.log).take(news);
        }
        let measures = measures::Key {
            to: source.last_ok_as_of,
            fetched: source.last_ok_fetched,
            known: Known::read(store).await.map_err(failed)?,
            farthest: history::farthest(&rules, now),
            bars,
        };
        let key = Key {
            journal,
            lists: self.checklists().all().map(|list| list.id.clone()).collect(),
            steps: cache.log.position,
            measures: measures.clone(),
            fresh,
            asked,
            health: self.health_kept().await?,
        };
        if let Some((known, book)) = &cache.book
            && *known == key
        {
            return Ok(Arc::clone(book));
        }
        let words = self.words(&mut cache, measures.clone()).await?;
        let states = store.task_states().await.map_err(failed)?;
        let health = self.health_of(&states).await?;
        let bars = &measures.bars;
        let judging =
            Judging { states: &states, words: &words, health: &health, log: &cache.log, bars, fresh, now };
        let book = Arc::new(ProofBook {
            proofs: self.judge_all(&judging),
            words: Arc::clone(&words),
            fresh,
            asked,
            fetched: source.last_ok_fetched,
            limit,
            log: Arc::clone(&cache.log),
        });
        // Unknown files may have been looked at on the way.
        let key = Key { health: self.health_kept().await?, ..key };
        cache.book = Some((key, Arc::clone(&book)));
        Ok(book)
    }

    async fn words(&self, cache: &mut Cache, key: measures::Key) -> Result<Arc<Words>, WireError> {
        if let Some((known, words)) = &cache.words
            && *known == key
        {
            return Ok(Arc::clone(words));
        }
        // Older measures that came since stand in sums that were made without them.
        if cache.words.as_ref().is_none_or(|(last, _)| last.known != key.known) {
            cache.closed = measures::ClosedSums::default();
        }
        let apis = self.0.checklist.apis().map(|(api, _)| api);
        let read = measures::read(&self.0.store, &mut cache.closed, &key, apis).await;
        let words = Arc::new(read.map_err(|e| messages::store(&e))?);
        cache.words = Some((key, Arc::clone(&words)));
        Ok(words)
    }

    fn judge_all(&self, judging: &Judging<'_>) -> BTreeMap<String, Proof> {
        let checklist = &self.0.checklist;
        // An API whose task does not apply here holds no flow up.
        let unused = |api: &str| {
            checklist.apis().any(|(id, row)| {
                id == api
                    && judging.states.get(&row.no).is_some_and(|s| s.status == TaskStatus::NotApplicable)
            })
        };
        let main = checklist.tasks().filter_map(|row| {
            let need = Need::of(row, checklist)?.only(&|api| !unused(api));
            Some((row.no.clone(), need))
        });
        // Rows of other checklists show a file or a link.
        let lists = self.checklists();
        let others = lists
            .all()
            .filter(|list| list.id != lists.main().id)
            .flat_map(|list| list.checklist.tasks().map(|row| (row.no.clone(), Need::Document)));
        main.chain(others).map(|(key, need)| (key.clone(), judging.proof(&key, &need))).collect()
    }
}

struct Judging<'a> {
    states: &'a BTreeMap<String, TaskState>,
    words: &'a Words,
    health: &'a BTreeMap<String, FileHealth>,
    log: &'a ProofLog,
    bars: &'a super::bars::BarsInForce,
    fresh: bool,
    now: Ms,
}

impl Judging<'_> {
    fn proof(&self, key: &str, need: &Need) -> Proof {
        let state = self.states.get(key);
        let evidence = state.map_or(&[][..], |s| &s.evidence);
        let health = |file: &FileRef| self.health_of(file);
        let word = |api: &str| self.words.word(api, self.bars.of(api), self.fresh);
        let verdict = judge(need, evidence, &word, &health);
        let lack = verdict.lack();
        let stands = matches!(lack, Some(Lack::Silence | Lack::File));
        let damaged = state
            .into_iter()
            .flat_map(TaskState::standing_evidence)
            .filter_map(|item| item.evidence.file())
            .map(|file| (file.name.clone(), self.health_of(file)))
            .filter(|(_, health)| *health != FileHealth::Sound)
            .collect();
        Proof {
            lack,
            since: self.since(key, &verdict, lack),
            before: self.log.last_verdict(key).filter(|_| stands).map(|step| (step.state, step.since)),
            was_proved: self.log.ever_proved(key),
            damaged,
            verdict,
        }
    }

    fn health_of(&self, file: &FileRef) -> FileHealth {
        self.health.get(&file.sha256).copied().unwrap_or(FileHealth::Vanished)
    }

    /// Since when a state holds: as concluded; where that is still to come, as far as the grounds tell.
    fn since(&self, key: &str, verdict: &Verdict, lack: Option<Lack>) -> Option<Ms> {
        let last = self.log.last(key);
        if let Some(step) = last.filter(|step| step.state == verdict.state && step.lack == lack) {
            return Some(step.since);
        }
        // Seen again and found as it stood before it was not seen: the same stretch.
        let unseen = last.is_some_and(|step| matches!(step.lack, Some(Lack::Silence | Lack::File)));
        if let Some(stood) = self.log.last_verdict(key).filter(|v| unseen && v.state == verdict.state) {
            return Some(stood.since);
        }
        match verdict.state {
            ProofState::Proved => Some(self.now),
            ProofState::Failed => {
                let below = |ground: &Ground| match ground {
                    Ground::Api { api, .. } => self.words.apis.get(api).and_then(|seen| seen.below_since),
                    Ground::TestRun { id, .. } => {
                        let state = self.states.get(key)?;
                        state.evidence.iter().find(|item| item.id == *id).map(|item| item.added_at)
                    }
                    _ => None,
                };
                let bad = verdict.grounds.iter().filter(|g| g.state() == ProofState::Failed);
                Some(bad.filter_map(below).min().unwrap_or(self.now))
            }
            ProofState::Unobserved => match lack {
                Some(Lack::Silence) => self.words.as_of,
                Some(Lack::File) => Some(self.now),
                _ => last.map(|_| self.now),
            },
        }
    }
}
