//! What conditions of open runs read, and since when each shows what it shows: kept as transitions, so that a restart forgets no
//! minute of it.

use crate::{App, messages, wire::WireError};
use pvhcc_domain::{
    operation::{
        run::state::RunState,
        runbook::{Condition, Figure, Runbook, Seen, Watched},
        signal::Signal,
    },
    proof::ProofState,
    time::Ms,
};
use pvhcc_store::{NewTransition, Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// Entities of what conditions show begin with this: `run_condition:<run>/<condition>`.
pub(super) const CONDITION: &str = "run_condition:";
pub(super) const RULE: &str = "runbook";
pub(super) const RULE_VERSION: u32 = 1;

/// What conditions showed, read on as it is appended.
#[derive(Default)]
pub(super) struct Conditions {
    position: i64,
    by_entity: BTreeMap<String, Watched>,
}

impl Conditions {
    async fn read_on(&mut self, store: &Store) -> Result<(), StoreError> {
        for step in store.steps(CONDITION, self.position).await? {
            self.position = self.position.max(step.position);
            self.take(step.entity, &step.to, step.at);
        }
        Ok(())
    }

    /// What they showed at a moment.
    async fn of_the_past(store: &Store, at: Ms) -> Result<Self, StoreError> {
        let mut conditions = Self::default();
        for kept in store.transitions_under(CONDITION, Ms(i64::MIN), at).await? {
            conditions.take(kept.entity, &kept.to, kept.at);
        }
        Ok(conditions)
    }

    fn take(&mut self, entity: String, to: &str, at: Ms) {
        let Some(seen) = Seen::parse(to) else { return };
        let watched = self.by_entity.entry(entity).or_insert(Watched::unseen(at));
        *watched = watched.then(seen, at);
    }
}

/// What is measured at one moment, and what was concluded of it.
pub(crate) struct Readings {
    signals: Vec<Signal>,
    figures: BTreeMap<Figure, f64>,
    watched: BTreeMap<String, Watched>,
}

impl Readings {
    /// The value that a condition reads.
    pub(super) fn value(&self, condition: &Condition) -> Option<f64> {
        condition.value_of(&self.signals, &|figure| self.figures.get(&figure).copied())
    }

    /// What a condition of a run shows, and since when.
    pub(super) fn watched(&self, run: &str, condition: &Condition, now: Ms) -> Watched {
        self.watched.get(&entity(run, condition)).copied().unwrap_or(Watched::unseen(now))
    }
}

fn entity(run: &str, condition: &Condition) -> String {
    format!("{CONDITION}{run}/{}", condition.key())
}

/// Every condition of a runbook.
pub(super) fn conditions(runbook: &Runbook) -> impl Iterator<Item = &Condition> {
    let needs = runbook.steps.iter().flat_map(|s| &s.needs);
    let criteria = runbook.gates.iter().flat_map(|g| &g.criteria).filter_map(|c| c.measure.as_ref());
    needs.chain(criteria).chain(runbook.triggers.iter().map(|t| &t.when))
}

impl App {
    /// Looks at the conditions of these runs, and keeps what changed in those that are open.
    pub(super) async fn look(&self, runs: &[(&RunState, &Runbook)]) -> Result<Readings, WireError> {
        let signals = self.signals().await?;
        let figures = self.run_figures().await?;
        let now = self.now();
        if self.1.is_some() {
            let kept = Conditions::of_the_past(&self.0.store, now).await.map_err(|e| messages::store(&e))?;
            return Ok(Readings { signals, figures, watched: kept.by_entity });
        }
        let mut kept = self.0.runs.conditions.lock().await;
        kept.read_on(&self.0.store).await.map_err(|e| messages::store(&e))?;
        let mut readings = Readings { signals, figures, watched: BTreeMap::new() };
        let mut news = Vec::new();
        let mut looked = BTreeSet::new();
        for (run, runbook) in runs.iter().filter(|(run, _)| run.ended.is_none()) {
            for condition in conditions(runbook) {
                let entity = entity(&run.id, condition);
                if !looked.insert(entity.clone()) {
                    continue;
                }
                let value = readings.value(condition);
                let seen = condition.seen(value);
                let last = kept.by_entity.get(&entity).map(|w| w.seen);
                if last.unwrap_or(Seen::Unobserved) != seen {
                    news.push(NewTransition {
                        entity,
                        from: last.map(|s| s.as_str().to_owned()),
                        to: seen.as_str().to_owned(),
                        rule: RULE.to_owned(),
                        rule_version: RULE_VERSION,
                        basis: serde_json::json!({ "value": value }),
                        at: now,
                    });
                }
            }
        }
        if !news.is_empty() {
            self.0.store.append_conclusions(&news).await.map_err(|e| messages::store(&e))?;
            kept.read_on(&self.0.store).await.map_err(|e| messages::store(&e))?;
        }
        readings.watched.clone_from(&kept.by_entity);
        Ok(readings)
    }

    /// Figures that conditions may read; one of which nothing is known is left out.
    async fn run_figures(&self) -> Result<BTreeMap<Figure, f64>, WireError> {
        let book = self.proofs_seen().await?;
        let mut counts = [0_u32; 3];
        for (_, row) in self.0.checklist.apis() {
            match book.get(&row.no).map_or(ProofState::Unobserved, |proof| proof.state()) {
                ProofState::Proved => counts[0] += 1,
                ProofState::Failed => counts[1] += 1,
                ProofState::Unobserved => counts[2] += 1,
            }
        }
        let open = self.obstacle_states().await?.iter().filter(|s| s.is_open()).count();
        let mut figures = BTreeMap::from([
            (Figure::ApisUnobserved, f64::from(counts[2])),
            (Figure::ObstaclesOpen, f64::from(u32::try_from(open).unwrap_or(u32::MAX))),
        ]);
        // Measures that are too old count nothing: no API below its bar would be good news that nobody has.
        if self.proofs_fresh(&book).await? {
            figures.insert(Figure::ApisProved, f64::from(counts[0]));
            figures.insert(Figure::ApisFailed, f64::from(counts[1]));
        }
        Ok(figures)
    }
}
