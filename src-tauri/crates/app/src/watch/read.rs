//! Everything the watch knows as of a moment, read once a view.

use super::{Log, api_entity, entity_of};
use crate::{
    App, messages,
    proof::BarsInForce,
    rules,
    wire::{FreshState, WireError},
    words,
};
use pvhcc_domain::{
    freshness::{Freshness, freshness},
    observation::{ApiMeasure, FlowState, SourceId},
    operation::watch::{
        FlowStanding, Health, Place, Seen, Verdict, bucket_end, flow_standing, look, stands_still, verdict,
        widespread,
    },
    proof::BUCKET_MS,
    time::Ms,
};
use pvhcc_store::SourceRow;
use std::{collections::BTreeMap, sync::Arc};

/// How far back a tile's curve reaches, ms.
pub(super) const CURVE_MS: i64 = 2 * 3_600_000;
/// Farther back than the curve, so that its first points have the half hour that they speak of.
const READ_MS: i64 = CURVE_MS + 30 * 60_000;

/// Sources that the watch rests on.
pub(super) const SOURCES: [SourceId; 8] = [
    SourceId::GatewayApis,
    SourceId::GatewayFlows,
    SourceId::GatewayTasks,
    SourceId::GatewaySync,
    SourceId::GatewayFees,
    SourceId::GatewayPetitions,
    SourceId::PortalStatistics,
    SourceId::Probes,
];

/// What the gateway itself is known by.
pub(super) const GATEWAY: [SourceId; 3] =
    [SourceId::GatewayApis, SourceId::GatewayFlows, SourceId::GatewayTasks];

/// One source at the moment.
#[derive(Debug, Clone)]
pub(super) struct SourceStand {
    pub(super) state: FreshState,
    pub(super) text: String,
    /// Its last good answer is no older than its limit.
    pub(super) current: bool,
    /// That limit, ms.
    pub(super) limit: i64,
    /// When that was fetched.
    pub(super) fetched: Option<Ms>,
    /// The source's own time of it.
    pub(super) as_of: Option<Ms>,
    /// Since when it fails, and how: kind and detail.
    pub(super) failing: Option<(Ms, String, String)>,
}

impl SourceStand {
    /// Where the failure lies while it fails.
    pub(super) fn place(&self) -> Option<Place> {
        self.failing.as_ref().and_then(|(_, _, detail)| messages::place_of(detail))
    }
}

/// What is known at a moment.
pub(super) struct Watched {
    pub(super) at: Ms,
    /// The moment was asked for, and is not the present.
    pub(super) past: bool,
    pub(super) sources: BTreeMap<SourceId, SourceStand>,
    /// End of the newest bucket that the gateway has told; `None` before its first answer.
    pub(super) to: Option<Ms>,
    /// Of each API with calls, oldest first, over [`READ_MS`] before `to`.
    pub(super) buckets: BTreeMap<String, Vec<ApiMeasure>>,
    pub(super) bars: BarsInForce,
    /// Of every API of the checklist, in its order.
    pub(super) apis: Vec<(String, Seen)>,
    pub(super) widespread: bool,
    /// End of the newest bucket with a call of any API.
    pub(super) newest: Option<Ms>,
    /// The gateway answers, but its measures stand still: old data with a new date.
    pub(super) silent: bool,
    pub(super) flows: Vec<FlowState>,
    /// Least share of calls of a flow that succeed, 0..=1.
    pub(super) flow_bar: f64,
    pub(super) log: Arc<Log>,
}

impl App {
    /// What is known now, or was known at the moment that is looked at.
    ///
    /// # Errors
    /// Failures of the store.
    pub(super) async fn watched(&self) -> Result<Watched, WireError> {
        let failed = |e| messages::store(&e);
        let (store, at, past) = (&self.0.store, self.now(), self.1.is_some());
        let rules = self.events_of("rules").await?;
        let mut sources = BTreeMap::new();
        let present = store.source_states().await.map_err(failed)?;
        for id in SOURCES {
            let row = match past {
                true => self.source_of_the_past(id, at).await?,
                false => present.get(&id).cloned(),
            };
            let limit = rules::number(&rules::freshness_rule(id), &rules, at) * 1000;
            sources.insert(id, stand(row.as_ref(), limit, at));
        }
        let measured = &sources[&SourceId::GatewayApis];
        let to = measured.as_of.map(bucket_end);
        let bars = self.bars_at(&rules, at);
        let mut buckets: BTreeMap<String, Vec<ApiMeasure>> = BTreeMap::new();
        if let Some(to) = to {
            for bucket in store.api_measures(None, to.plus(-READ_MS), to).await.map_err(failed)? {
                buckets.entry(bucket.api.clone()).or_default().push(bucket);
            }
        }
        let end = to.unwrap_or(at);
        let mut apis: Vec<(String, Seen)> = (self.0.checklist.apis())
            .map(|(api, _)| {
                let seen = look(&bars.of(api), buckets.get(api).map_or(&[], Vec::as_slice), end);
                (api.to_owned(), seen)
            })
            .collect();
        let (mut newest, mut silent) = told(&buckets, to);
        if newest.is_none() {
            // Hours without a single call, where there were some before.
            newest = store.newest_bucket(Some(at)).await.map_err(failed)?.map(|from| from.plus(BUCKET_MS));
            silent = newest.is_some();
        }
        let silent = measured.current && silent;
        if !measured.current || silent {
            for (_, seen) in &mut apis {
                seen.health = Health::NotObserved;
            }
        }
        let healths: Vec<Health> = apis.iter().map(|(_, seen)| seen.health).collect();
        let flows = match past {
            true => {
                store.flow_states_at(at).await.map_err(failed)?.map(|(_, flows)| flows).unwrap_or_default()
            }
            false => store.flow_states().await.map_err(failed)?,
        };
        #[allow(clippy::cast_precision_loss)] // A percentage.
        let flow_bar = rules::number("flow.success_bar", &rules, at) as f64 / 100.0;
        let log = self.0.watch.log(store).await.map_err(failed)?;
        let widespread = widespread(&healths);
        Ok(Watched {
            at,
            past,
            sources,
            to,
            buckets,
            bars,
            apis,
            widespread,
            newest,
            silent,
            flows,
            flow_bar,
            log,
        })
    }

    /// Sources of the watch that the settings have asked.
    pub(super) fn watched_sources(&self) -> impl Iterator<Item = SourceId> {
        SOURCES.into_iter().filter(|id| self.0.poller.as_ref().is_none_or(|poller| poller.asks(*id)))
    }

    async fn source_of_the_past(&self, id: SourceId, at: Ms) -> Result<Option<SourceRow>, WireError> {
        let failed = |e| messages::store(&e);
        let Some(mut row) = self.0.store.source_at(id, at).await.map_err(failed)? else { return Ok(None) };
        if row.failing_since.is_some() {
            let how = self.0.store.failure_at(id, at).await.map_err(failed)?;
            (row.last_error_kind, row.last_error_detail) = how.unzip();
        }
        Ok(Some(row))
    }
}

fn stand(row: Option<&SourceRow>, limit: i64, at: Ms) -> SourceStand {
    let fresh = crate::frame::fresh(row, limit, at);
    let young = matches!(freshness(fresh.fetched, None, limit, at), Freshness::Fresh { .. });
    // An answer that was fetched now may still speak of long ago.
    let told = fresh.as_of.is_some_and(|as_of| at.0 - as_of.0 <= limit + BUCKET_MS);
    let failing = row.and_then(|row| {
        let (kind, detail) = (row.last_error_kind.clone(), row.last_error_detail.clone());
        Some((row.failing_since?, kind.unwrap_or_default(), detail.unwrap_or_default()))
    });
    SourceStand {
        state: fresh.state,
        text: fresh.text,
        current: young && told,
        limit,
        fetched: fresh.fetched,
        as_of: fresh.as_of,
        failing,
    }
}

/// End of the newest bucket with a call of any API, and whether measures that reach to `to` stand still since.
fn told(buckets: &BTreeMap<String, Vec<ApiMeasure>>, to: Option<Ms>) -> (Option<Ms>, bool) {
    let all = || buckets.values().flatten().filter(|m| m.calls() > 0);
    let (Some(to), Some(newest)) = (to, all().map(|m| m.from.plus(BUCKET_MS)).max()) else {
        return (None, false);
    };
    let calls = all().map(ApiMeasure::calls).sum();
    let before = (newest.0 - to.plus(-READ_MS).0) / BUCKET_MS;
    (Some(newest), stands_still(calls, before, (to.0 - newest.0) / BUCKET_MS))
}

impl Watched {
    pub(super) fn source(&self, id: SourceId) -> &SourceStand {
        &self.sources[&id]
    }

    pub(super) fn measures(&self) -> &SourceStand {
        self.source(SourceId::GatewayApis)
    }

    pub(super) fn of(&self, api: &str) -> &[ApiMeasure] {
        self.buckets.get(api).map_or(&[], Vec::as_slice)
    }

    /// Addresses that fail one after the other while none has answered since, or all of them, are their host that fails,
    /// though each by itself still looks like a fault of its own.
    pub(super) fn fail_together(&self, members: &[SourceId]) -> bool {
        let stands = || members.iter().map(|id| self.source(*id));
        let alone = || stands().filter(|stand| stand.place() == Some(Place::OneAddress));
        let began = alone().filter_map(|stand| stand.failing.as_ref().map(|(since, ..)| *since)).min();
        let answered = stands().filter_map(|stand| stand.fetched).max();
        let failing = alone().count();
        failing == members.len() || (failing >= members.len().min(2) && began > answered)
    }

    /// Where it lies that the measures cannot be asked for.
    pub(super) fn gateway_fault(&self) -> Option<Place> {
        match self.measures().place() {
            Some(Place::OneAddress) if self.fail_together(&GATEWAY) => Some(Place::Host),
            place => place,
        }
    }

    pub(super) fn verdict(&self, seen: &Seen) -> Verdict {
        verdict(self.gateway_fault(), seen.health, self.widespread)
    }

    /// What the gateway says of flows is news. One that tells old measures is not believed about flows either.
    pub(super) fn flows_current(&self) -> bool {
        self.source(SourceId::GatewayFlows).current && !self.silent
    }

    pub(super) fn standing(&self, flow: &FlowState) -> FlowStanding {
        flow_standing(flow, self.flow_bar, self.flows_current(), self.at)
    }

    /// Since when an API stands as it does; `None` when that is longer than what is known.
    pub(super) fn since(&self, api: &str, seen: &Seen) -> Option<Ms> {
        match seen.health {
            Health::NotObserved if self.silent => self.newest,
            Health::NotObserved => self.measures().fetched,
            Health::Quiet => self.of(api).iter().rfind(|m| m.calls() > 0).map(|m| m.from.plus(BUCKET_MS)),
            health => match self.log.at(&api_entity(api), self.at) {
                Some(step) if step.to == health.as_str() => Some(step.since),
                _ => Some(self.run_since(api, seen)),
            },
        }
    }

    /// Since when it looks as it does now, as far as the curve reaches: for what did not settle yet.
    fn run_since(&self, api: &str, seen: &Seen) -> Ms {
        let (bar, buckets) = (self.bars.of(api), self.of(api));
        let ends = (1..).map(|n| seen.to.plus(-n * BUCKET_MS)).take_while(|end| seen.to.0 - end.0 < CURVE_MS);
        let like = ends.take_while(|end| look(&bar, buckets, *end).health == seen.health);
        like.last().unwrap_or(seen.to).plus(-BUCKET_MS)
    }

    /// Since when a flow stands as it does.
    pub(super) fn flow_since(&self, flow: &FlowState) -> Option<Ms> {
        let standing = self.standing(flow);
        let step = self.log.at(&entity_of(flow), self.at)?;
        (step.to == standing.as_str()).then_some(step.since)
    }

    /// `5 phút trước`, from the moment that is shown.
    pub(super) fn ago(&self, at: Ms) -> String {
        format!("{} trước", words::span(self.at.0 - at.0))
    }
}
