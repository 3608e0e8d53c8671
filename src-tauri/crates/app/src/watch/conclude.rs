//! Keeping what was concluded: a state of an API or a flow that settled is appended as a transition, once, whoever comes to it.

use super::{
    api_entity, entity_of,
    read::{CURVE_MS, SOURCES, Watched},
};
use crate::{
    App, messages,
    wire::{AppEvent, WireError},
};
use pvhcc_domain::{
    observation::FlowState,
    operation::watch::{FlowStanding, Health, RULE_VERSION, changes, flow_standing},
    time::Ms,
};
use pvhcc_store::NewTransition;
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::broadcast::error::RecvError;

/// Names of the rules in transitions.
const API_RULE: &str = "watch.api";
const FLOW_RULE: &str = "watch.flow";
/// Reports of flows that are looked at; older ones were, while the program ran.
const FLOWS_MS: i64 = 30 * 60_000;

impl App {
    /// Appends the states that settled since the last look, and returns how many.
    pub(crate) async fn conclude_watch(&self) -> Result<usize, WireError> {
        let watched = self.watched().await?;
        let mut news = api_news(&watched);
        let history = self.0.store.flow_history(watched.at.plus(-FLOWS_MS)).await;
        news.extend(flow_news(&watched, &history.map_err(|e| messages::store(&e))?));
        self.0.store.append_conclusions(&news).await.map_err(|e| messages::store(&e))
    }

    /// Concludes after every round of what the watch rests on, as long as this profile is open, and tells the window.
    pub(crate) fn keep_watching(&self) {
        let mut events = self.subscribe();
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut known = None;
            loop {
                match events.recv().await {
                    Ok(AppEvent::SourcesChanged) | Err(RecvError::Lagged(_)) => {}
                    Ok(_) => continue,
                    Err(RecvError::Closed) => return,
                }
                let Some(inner) = weak.upgrade() else { return };
                let app = App::of(inner);
                let Ok(mut states) = app.0.store.source_states().await else { continue };
                states.retain(|id, _| SOURCES.contains(id));
                if known.as_ref() == Some(&states) {
                    continue;
                }
                known = Some(states);
                if let Err(e) = app.conclude_watch().await {
                    tracing::warn!(error = %e.message, "states of the watch were not kept");
                }
                app.emit(AppEvent::OperationsChanged { part: "watch".to_owned() });
            }
        });
    }
}

fn api_news(watched: &Watched) -> Vec<NewTransition> {
    let Some(to) = watched.to else { return Vec::new() };
    let mut news = Vec::new();
    for (api, _) in &watched.apis {
        let entity = api_entity(api);
        let last = watched.log.last(&entity);
        let mut from = last.map(|step| step.to.clone());
        let known = last.and_then(|step| Health::parse(&step.to));
        let earliest = to.plus(-CURVE_MS);
        let after = last.map_or(earliest, |step| step.since.max(earliest));
        for change in changes(&watched.bars.of(api), watched.of(api), known, after, to) {
            let (state, seen) = (change.seen.health.as_str().to_owned(), change.seen);
            news.push(NewTransition {
                entity: entity.clone(),
                from: from.replace(state.clone()),
                to: state,
                rule: API_RULE.to_owned(),
                rule_version: RULE_VERSION,
                basis: serde_json::json!({
                    "since": change.since.0, "to": seen.to.0, "calls": seen.calls, "ok": seen.ok,
                    "p95_ms": seen.p95_ms, "error": seen.last_error,
                }),
                at: watched.at,
            });
        }
    }
    news
}

/// States that flows had in two reports one after the other; the first one known of a flow counts at once.
fn flow_news(watched: &Watched, history: &[(Ms, Vec<FlowState>)]) -> Vec<NewTransition> {
    let mut news = Vec::new();
    let mut by_entity: BTreeMap<String, Vec<(Ms, FlowStanding, &FlowState)>> = BTreeMap::new();
    for (at, flows) in history {
        for flow in flows {
            let standing = flow_standing(flow, watched.flow_bar, true, *at);
            by_entity.entry(entity_of(flow)).or_default().push((*at, standing, flow));
        }
    }
    for (entity, reports) in by_entity {
        let last = watched.log.last(&entity);
        let mut stands = last.map(|step| step.to.clone());
        let after = last.map_or(Ms(i64::MIN), |step| step.since);
        let mut before: Option<(Ms, FlowStanding)> = None;
        for (at, standing, flow) in reports.into_iter().filter(|(at, ..)| *at > after) {
            let held = before.filter(|(_, was)| *was == standing).map(|(since, _)| since);
            before = Some((held.unwrap_or(at), standing));
            let settled = held.or(stands.is_none().then_some(at));
            let Some(since) = settled.filter(|_| stands.as_deref() != Some(standing.as_str())) else {
                continue;
            };
            news.push(NewTransition {
                entity: entity.clone(),
                from: stands.replace(standing.as_str().to_owned()),
                to: standing.as_str().to_owned(),
                rule: FLOW_RULE.to_owned(),
                rule_version: RULE_VERSION,
                basis: serde_json::json!({
                    "since": since.0, "calls": flow.calls, "rate": flow.success_rate, "error": flow.error,
                }),
                at: watched.at,
            });
        }
    }
    news
}
