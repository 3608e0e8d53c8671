//! Flows and APIs against their bars, and the rates of the documents.

use crate::{
    App,
    checklist::Present,
    messages,
    proof::api_verdict,
    wire::{FreshState, IndicatorArgs, RateView, WireError},
    words,
};
use pvhcc_domain::{
    observation::{Flow, FlowHealth, FlowState, SourceId, Stage},
    proof::percentile,
    report::freeze::{ApiLine, ExchangeFigures, FeesLine, FlowLine, QueueLine, RateLine},
    task::TaskStatus,
    text::percent,
};

impl App {
    pub(super) async fn frozen_exchange(&self, present: &Present) -> Result<ExchangeFigures, WireError> {
        let failed = |e| messages::store(&e);
        let (queue, fees) = (self.0.store.sync_queue(None).await, self.0.store.fee_totals(None).await);
        Ok(ExchangeFigures {
            flows: self.flow_lines().await?,
            apis: self.api_lines(present).await?,
            queue: queue.map_err(failed)?.map(|said| QueueLine {
                waiting: said.value.waiting,
                failed: said.value.failed,
                as_of: said.as_of,
            }),
            fees: fees.map_err(failed)?.map(|said| FeesLine {
                units: said.value.units,
                dossiers: said.value.dossiers,
                amount: said.value.amount,
                as_of: said.as_of,
            }),
        })
    }

    /// Every flow by phase and stage, those that the newest report leaves out too.
    async fn flow_lines(&self) -> Result<Vec<FlowLine>, WireError> {
        let fresh = self.freshness_of(SourceId::GatewayFlows).await?;
        let states = self.0.store.flow_states().await.map_err(|e| messages::store(&e))?;
        let bar = self.flow_bar().await?;
        let seen_now = fresh.state == FreshState::Fresh;
        let mut lines = Vec::new();
        for (phase, stage) in [(1, Stage::Declare), (1, Stage::Test), (2, Stage::Declare), (2, Stage::Test)] {
            for flow in Flow::ALL {
                let of = |s: &&FlowState| s.flow == flow && s.phase == phase && s.stage == stage;
                let state = states.iter().find(of);
                if state.is_some_and(|s| s.state == FlowHealth::NotApplicable) {
                    continue;
                }
                let below = state.and_then(|s| s.success_rate).filter(|rate| *rate < bar);
                let mut said = words::flow_health(state.map_or(FlowHealth::Unknown, |s| s.state)).to_owned();
                said += &below.map(|_| format!(", dưới mức {}", percent(bar, 2))).unwrap_or_default();
                said += &state.and_then(|s| s.error.as_ref()).map(|e| format!(": {e}")).unwrap_or_default();
                // An old word is no word of now.
                if !seen_now && state.is_some() {
                    said = format!("không quan sát được; lần cuối: {said}");
                }
                lines.push(FlowLine {
                    name: words::flow(flow).to_owned(),
                    stage: words::stage(stage, phase),
                    state: said,
                    unseen: !seen_now || state.is_none_or(|s| s.state == FlowHealth::Unknown),
                    good: seen_now && below.is_none() && state.is_some_and(|s| s.state == FlowHealth::Ok),
                    success: state.and_then(|s| s.success_rate),
                    as_of: state.and(fresh.as_of),
                });
            }
        }
        Ok(lines)
    }

    async fn api_lines(&self, present: &Present) -> Result<Vec<ApiLine>, WireError> {
        let calls = self.calls_of_the_day().await?;
        let unused =
            |no: &str| present.states.get(no).is_some_and(|state| state.status == TaskStatus::NotApplicable);
        Ok((self.0.checklist.apis())
            .map(|(api, row)| {
                let of_day = calls.get(api);
                let (met, verdict) = match unused(&row.no) {
                    true => (false, "không áp dụng".to_owned()),
                    false => api_verdict(&present.proofs, api),
                };
                ApiLine {
                    no: row.no.clone(),
                    api: api.to_owned(),
                    name: self.0.checklist.api_name(api).unwrap_or(api).to_owned(),
                    calls: of_day.map(|measure| measure.calls()),
                    succeeded: of_day.map(|measure| measure.ok),
                    p95_ms: of_day.and_then(|measure| percentile([measure], 0.95)),
                    verdict,
                    met,
                }
            })
            .collect())
    }

    /// The rates of the whole province, those that nobody tells of too.
    pub(super) async fn frozen_rates(&self) -> Result<Vec<RateLine>, WireError> {
        Ok(self.indicators(IndicatorArgs::default()).await?.rates.into_iter().map(rate).collect())
    }
}

fn rate(view: RateView) -> RateLine {
    // `68,73%`, `2,5 ngày làm việc`, `250 ms`.
    let unit = match view.text.strip_suffix('%') {
        Some(_) => "%",
        None => view.text.split_once(' ').map_or("", |(_, unit)| unit),
    };
    RateLine {
        unit: unit.to_owned(),
        source: match view.missing {
            Some(why) => format!("{}: {why}", view.source),
            None => view.source,
        },
        id: view.id,
        name: view.name,
        value: view.value,
    }
}
