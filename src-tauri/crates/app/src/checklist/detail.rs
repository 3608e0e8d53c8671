//! The side panel of one task.

use crate::{
    App, messages,
    people::Actor,
    wire::{ApiView, ErrorCode, SparkPoint, TaskArgs, TaskDetailView, TaskLink, WireError},
    words,
};
use pvhcc_domain::{
    observation::{ApiMeasure, SourceId},
    proof::percentile,
    time::Ms,
};
use std::sync::Arc;

/// Span of the API measure shown beside a task, and the width of one bucket, ms.
const SPAN_MS: i64 = 2 * 3_600_000;
const BUCKET_MS: i64 = 300_000;

impl App {
    pub(crate) async fn task(
        &self,
        actor: Option<&Actor>,
        args: TaskArgs,
    ) -> Result<TaskDetailView, WireError> {
        let list = self.checklists().of_key(&args.no).cloned();
        let (list, row) = list
            .and_then(|l| Some((Arc::clone(&l), l.checklist.get(&args.no)?.clone())))
            .ok_or_else(|| {
                WireError::new(
                    ErrorCode::NotFound,
                    format!("Không có nhiệm vụ số {} trong danh mục.", args.no),
                )
            })?;
        let past = args.at.map(|at| self.moment(at, "at")).transpose()?;
        // Nobody can write into the past.
        let actor = actor.filter(|_| past.is_none());
        let present = match past {
            Some(at) => self.present_at(at).await?,
            None => self.present().await?,
        };
        let link = |no: &str| {
            list.checklist.get(no).map(|r| TaskLink {
                no: r.no.clone(),
                title: r.title.clone(),
                status: present.states.get(no).map(|s| s.status).unwrap_or_default(),
            })
        };
        let successors = list
            .checklist
            .rows()
            .iter()
            .filter(|r| r.predecessors.contains(&row.no))
            .filter_map(|r| link(&r.no))
            .collect();
        let state = present.states.get(&row.no).cloned().unwrap_or_default();
        Ok(TaskDetailView {
            proof: self.proof_view(&row.no, &state, actor, past).await?,
            incident: self.incident_of(&row.no).await?,
            row: self.task_row(&row, &present, actor),
            requirement: row.requirement.clone(),
            section_title: list
                .checklist
                .sections()
                .iter()
                .find(|s| s.id == row.section)
                .map(|s| s.title.clone())
                .unwrap_or_default(),
            predecessors: row.predecessors.iter().filter_map(|no| link(no)).collect(),
            successors,
            history: self.history(&row.no, actor, past).await?,
            conflicts: self.conflicts(&row.no, past).await?,
            api: match &row.api {
                Some(api) => Some(self.api_view(api, past).await?),
                None => None,
            },
            due_document: present.states.get(&row.no).and_then(|s| s.changed_due.clone()).map(|(_, d)| d),
        })
    }

    async fn api_view(&self, api: &str, past: Option<Ms>) -> Result<ApiView, WireError> {
        let now = past.unwrap_or_else(|| self.now());
        let fresh = match past {
            Some(at) => self.freshness_at(SourceId::GatewayApis, at).await?,
            None => self.freshness_of(SourceId::GatewayApis).await?,
        };
        let measures = self
            .0
            .store
            .api_measures(Some(api), now.plus(-SPAN_MS), now)
            .await
            .map_err(|e| messages::store(&e))?;
        let (calls, ok): (u64, u64) = measures.iter().fold((0, 0), |(c, o), m| (c + m.calls(), o + m.ok));
        Ok(ApiView {
            api: api.to_owned(),
            calls: u32::try_from(calls).unwrap_or(u32::MAX),
            rate: rate(ok, calls),
            p95_ms: percentile(&measures, 0.95),
            last_error: measures.iter().rev().find_map(|m| m.last_error.clone()),
            span: words::span(SPAN_MS) + " qua",
            points: points(&measures, now),
            state: fresh.state,
            provenance: format!("Trục tích hợp, {}", fresh.text),
        })
    }
}

#[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
fn rate(ok: u64, calls: u64) -> Option<f64> {
    (calls > 0).then(|| ok as f64 / calls as f64)
}

/// One point a bucket of the span; buckets without a measure are gaps.
fn points(measures: &[ApiMeasure], now: Ms) -> Vec<SparkPoint> {
    let first = (now.0 - SPAN_MS).div_euclid(BUCKET_MS) * BUCKET_MS;
    (0..SPAN_MS / BUCKET_MS)
        .map(|i| {
            let at = first + i * BUCKET_MS;
            let measure = measures.iter().find(|m| m.from.0 == at);
            let calls = measure.map_or(0, ApiMeasure::calls);
            SparkPoint {
                at,
                calls: u32::try_from(calls).unwrap_or(u32::MAX),
                rate: measure.and_then(|m| rate(m.ok, m.calls())),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(from: i64, latency: &[u64]) -> ApiMeasure {
        ApiMeasure {
            api: "dvcqg.01".into(),
            from: Ms(from),
            ok: latency.iter().sum(),
            client_error: 0,
            server_error: 0,
            timeout: 0,
            latency: latency.to_vec(),
            last_error: None,
        }
    }

    #[test]
    fn buckets_nobody_measured_are_gaps_not_zeros() {
        let now = Ms(SPAN_MS * 10);
        let points = points(&[measure(now.0 - BUCKET_MS, &[1; 13])], now);
        assert_eq!(points.len(), 24);
        assert_eq!(points.iter().filter(|p| p.rate.is_some()).count(), 1);
    }
}
