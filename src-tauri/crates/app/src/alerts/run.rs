//! Looking: after each round of the poller, and as time passes.

use super::{PART, words::fault};
use crate::{
    App,
    chores::LONGEST_UNSEEN,
    messages,
    wire::{AppEvent, WireError},
};
use pvhcc_domain::{
    observation::{SourceId, SyncQueue},
    operation::{
        alert::{ALERT, Kind, RULE_VERSION, Step, Watch, step},
        signal::{Metric, Signal},
    },
    time::Ms,
};
use pvhcc_store::{NewTransition, Reported};
use std::{sync::Arc, time::Duration};
use tokio::sync::broadcast::error::RecvError;

/// Tries against other processes that conclude at the same time.
const TRIES: usize = 10;
/// Sources that tell whether the gateway was asked in this opening.
const GATEWAY: [SourceId; 3] = [SourceId::GatewayApis, SourceId::GatewayFlows, SourceId::GatewayTasks];

impl App {
    /// Looks at every rule, keeps what changed, and calls whoever is to be called by now. Returns how many conclusions were kept.
    ///
    /// # Errors
    /// Failures of the store; then it is concluded at the next look.
    pub(crate) async fn conclude_alerts(&self) -> Result<usize, WireError> {
        let desk = &self.0.alerts;
        let _turn = desk.turn.lock().await;
        let signals = self.alert_signals().await?;
        let mut kept = 0;
        for _ in 0..TRIES {
            let (book, now) = (self.alert_book().await?, self.now());
            let rules = self.alert_rules_at(now).await?;
            let watch = Watch { graph: &desk.graph, rules: &rules, settings: desk.rules.settings() };
            let steps = step(watch, &book.memory, &signals, now);
            let news = steps.iter().map(transition).collect::<Result<Vec<_>, _>>()?;
            let done = self.keep_alert_news(&news).await?;
            kept += done;
            if done == news.len() {
                break;
            }
        }
        kept += self.call_about_alerts().await?;
        if kept > 0 {
            // Takes in what was kept, and tells it.
            self.alert_book().await?;
            self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        }
        Ok(kept)
    }

    /// Every signal there is. Before the gateway was asked in this opening, that it is silent is no finding: the last opening
    /// ended, nothing more.
    pub(super) async fn alert_signals(&self) -> Result<Vec<Signal>, WireError> {
        let mut signals = self.0.alerts.graph.derive(self.signals().await?);
        signals.extend(self.earlier_of_queue().await?);
        for signal in &mut signals {
            signal.note = signal.note.as_deref().map(|code| fault(code).to_owned());
        }
        if self.1.is_some() {
            return Ok(signals);
        }
        let states = self.0.store.source_states().await.map_err(|e| messages::store(&e))?;
        let tried = GATEWAY.iter().filter_map(|id| states.get(id)?.last_try).max();
        if tried.is_none_or(|tried| tried < self.0.alerts.opened_at) {
            signals.retain(|signal| signal.value.is_some());
        }
        Ok(signals)
    }

    /// What the sync queue was before, as far back as rules of its change look: less than two of their windows.
    async fn earlier_of_queue(&self) -> Result<Vec<Signal>, WireError> {
        let rules = self.0.alerts.rules.all().iter();
        let windows = rules.filter(|rule| rule.kind == Kind::Rate && rule.metric == Metric::Waiting);
        let Some(window) = windows.map(|rule| rule.window).max() else { return Ok(Vec::new()) };
        let now = self.now();
        let reports =
            self.0.store.sync_series(now.plus(-2 * window), now).await.map_err(|e| messages::store(&e))?;
        let signal = |report: Reported<SyncQueue>| Signal {
            node: "queue".to_owned(),
            metric: Metric::Waiting,
            value: Some(report.value.waiting as f64),
            as_of: report.as_of,
            note: None,
        };
        Ok(reports.into_iter().map(signal).collect())
    }

    /// Looks for as long as this profile is open.
    pub(crate) fn keep_alerting(&self) {
        let mut events = self.subscribe();
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                let wait = {
                    let Some(inner) = weak.upgrade() else { return };
                    let app = App::of(inner);
                    if let Err(e) = app.conclude_alerts().await {
                        tracing::warn!(error = %e.message, "alerts were not kept");
                    }
                    app.until_next_call().await.unwrap_or(LONGEST_UNSEEN)
                };
                let pause = tokio::time::sleep(wait);
                tokio::pin!(pause);
                loop {
                    tokio::select! {
                        () = &mut pause => break,
                        event = events.recv() => match event {
                            Ok(event) if asks(&event) => break,
                            Ok(_) => {}
                            Err(RecvError::Lagged(_)) => break,
                            Err(RecvError::Closed) => return,
                        },
                    }
                }
                // Several changes at once need one look.
                while events.try_recv().is_ok() {}
            }
        });
    }

    /// Real time until somebody is to be called next; `None` when nobody is.
    async fn until_next_call(&self) -> Option<Duration> {
        Some(self.real_until(self.next_call().await.ok()??))
    }
}

/// Whether an event may change what rules find.
fn asks(event: &AppEvent) -> bool {
    match event {
        AppEvent::SourcesChanged | AppEvent::SettingsChanged => true,
        AppEvent::OperationsChanged { part } => part.is_empty(),
        _ => false,
    }
}

fn transition(step: &Step) -> Result<NewTransition, WireError> {
    Ok(NewTransition {
        entity: format!("{ALERT}{}", step.key),
        from: step.from.as_ref().map(ToString::to_string),
        to: step.to.to_string(),
        rule: step.key.rule.clone(),
        rule_version: RULE_VERSION,
        basis: serde_json::to_value(&step.basis).map_err(|e| messages::builtin(&e))?,
        at: step.at,
    })
}

/// A conclusion that is no step of the engine.
pub(super) fn said(
    entity: String,
    from: Option<String>,
    to: String,
    basis: serde_json::Value,
    at: Ms,
) -> NewTransition {
    NewTransition { entity, from, to, rule: "alert.calls".to_owned(), rule_version: RULE_VERSION, basis, at }
}
