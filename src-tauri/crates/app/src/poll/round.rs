//! One run of one source: ask, retry, write what came in one transaction, say what changed.

use super::{PollLine, Shared};
use crate::{messages, wire::AppEvent};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{observation::SourceId, time::Ms};
use pvhcc_sources::{FetchError, Fetched, schedule};
use pvhcc_store::{NewTransition, Observed, Quarantined, Round, RoundOutcome, StoreError};
use std::time::Duration;

/// Longest span of measures asked for at once: what the contract allows.
const LONGEST_SPAN_MS: i64 = 24 * 3_600_000;

impl Shared {
    /// Asks one source and keeps the answer. A failed write is reported as a failure of the round.
    pub(super) async fn run(&self, source: SourceId) -> PollLine {
        let started = self.now();
        let fetched = match source {
            SourceId::GatewayTasks => self.tasks().await,
            SourceId::GatewayFlows => {
                self.clients().await.gateway.flows().await.map(|f| split(f, Observed::Flows))
            }
            SourceId::GatewayApis => self.apis(started).await,
            SourceId::PortalStatistics => self.statistics(started.day()).await,
        };
        let fetched_at = self.now();
        let interval = Duration::from_secs(self.interval(source).into());
        let retry_after = fetched.as_ref().err().and_then(|e| e.retry_after);
        let next = schedule::next_due(fetched_at, interval, retry_after, rand::random());
        let (round, line) = match fetched {
            Ok(answer) => answered(source, fetched_at, next, answer),
            Err(error) => self.failed(source, fetched_at, next, &error).await,
        };
        let mut line = line;
        if let Err(e) = self.keep(round).await {
            line.state = "failed";
            line.error = Some(messages::store(&e).message);
        }
        let _ = self.events.send(AppEvent::SourcesChanged);
        if source == SourceId::GatewayTasks && line.state == "fresh" {
            let _ = self.events.send(AppEvent::TasksChanged { nos: Vec::new() });
        }
        line
    }

    /// Writes the round, and the transition when the source began to fail or to answer again.
    async fn keep(&self, round: Round) -> Result<(), StoreError> {
        let (source, at) = (round.source, round.fetched_at);
        let (to, why) = match &round.outcome {
            RoundOutcome::Failed { kind, .. } => ("failing", kind.clone()),
            RoundOutcome::Fresh | RoundOutcome::NotModified => ("answering", String::new()),
        };
        let before = self.store.source_states().await?.get(&source).map(|s| match s.failing_since {
            Some(_) => "failing",
            None => "answering",
        });
        let payload = round.payload_sha256.clone();
        self.store.record_round(&round).await?;
        if before != Some(to) {
            self.store
                .append_transition(NewTransition {
                    entity: format!("source:{}", source.as_str()),
                    from: before.map(ToOwned::to_owned),
                    to: to.to_owned(),
                    rule: "source.answers".to_owned(),
                    rule_version: 1,
                    basis: serde_json::json!({ "fetched_at": at.0, "failure": why, "payload": payload }),
                    at,
                })
                .await?;
        }
        Ok(())
    }

    async fn tasks(&self) -> Result<Answer, FetchError> {
        let etag = match self.store.source_states().await {
            Ok(states) => states.get(&SourceId::GatewayTasks).and_then(|s| s.etag.clone()),
            Err(_) => None,
        };
        self.clients().await.gateway.tasks(etag.as_deref()).await.map(|f| split(f, Observed::Tasks))
    }

    /// Measures since the last good answer, at least the last two hours, so that late buckets are taken too.
    async fn apis(&self, now: Ms) -> Result<Answer, FetchError> {
        let last = match self.store.source_states().await {
            Ok(states) => states.get(&SourceId::GatewayApis).and_then(|s| s.last_ok_as_of),
            Err(_) => None,
        };
        let two_hours = now.plus(-2 * 3_600_000);
        let from = last.map_or(now.plus(-LONGEST_SPAN_MS), |last| last.min(two_hours));
        let from = Ms(from.0.max(now.0 - LONGEST_SPAN_MS));
        self.clients().await.gateway.api_measures(from, now).await.map(|f| split(f, Observed::Apis))
    }

    /// The months of this year so far.
    async fn statistics(&self, today: NaiveDate) -> Result<Answer, FetchError> {
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        self.clients().await.portal.statistics(first, today).await.map(|f| split(f, Observed::Figures))
    }

    async fn failed(&self, source: SourceId, at: Ms, next: Ms, error: &FetchError) -> (Round, PollLine) {
        let verdict = match source {
            SourceId::PortalStatistics => self.clients().await.portal.verdict(error).await,
            _ => self.clients().await.gateway.verdict(error).await,
        };
        let place = messages::verdict(verdict, source);
        let mut text = format!("{place}: {}", messages::failure(&error.kind));
        if let Some(remedy) = messages::remedy(&error.kind, source) {
            text += &format!(". {remedy}");
        }
        tracing::warn!(source = source.as_str(), kind = ?error.kind, detail = %error.detail, "poll failed");
        let line = PollLine {
            source: source.as_str(),
            state: "failed",
            as_of: None,
            fetched_at: at.to_rfc3339(),
            rows: 0,
            quarantined: 0,
            error: Some(text.clone()),
        };
        let round = Round {
            source,
            as_of: None,
            fetched_at: at,
            outcome: RoundOutcome::Failed { kind: error.kind.code().to_owned(), detail: text },
            payload_sha256: error.evidence.as_ref().map(|e| e.sha256.clone()),
            payload: Observed::Nothing,
            quarantined: Vec::new(),
            next_due: Some(next),
            etag: None,
        };
        (round, line)
    }
}

/// An answer without its type: what to store, and the meta of the fetch.
struct Answer {
    payload: Observed,
    rows: usize,
    as_of: Ms,
    etag: Option<String>,
    not_modified: bool,
    quarantined: Vec<Quarantined>,
    sha256: String,
}

fn split<T>(fetched: Fetched<Vec<T>>, wrap: impl Fn(Vec<T>) -> Observed) -> Answer {
    Answer {
        rows: fetched.rows.len(),
        payload: if fetched.not_modified { Observed::Nothing } else { wrap(fetched.rows) },
        as_of: fetched.as_of,
        etag: fetched.etag,
        not_modified: fetched.not_modified,
        quarantined: fetched
            .quarantined
            .into_iter()
            .map(|q| Quarantined { place: q.place, reason: q.reason, masked: q.masked, sha256: q.sha256 })
            .collect(),
        sha256: fetched.payload_sha256,
    }
}

fn answered(source: SourceId, at: Ms, next: Ms, answer: Answer) -> (Round, PollLine) {
    let line = PollLine {
        source: source.as_str(),
        state: if answer.not_modified { "not_modified" } else { "fresh" },
        as_of: Some(answer.as_of.to_rfc3339()),
        fetched_at: at.to_rfc3339(),
        rows: answer.rows,
        quarantined: answer.quarantined.len(),
        error: None,
    };
    let round = Round {
        source,
        as_of: Some(answer.as_of),
        fetched_at: at,
        outcome: if answer.not_modified { RoundOutcome::NotModified } else { RoundOutcome::Fresh },
        payload_sha256: Some(answer.sha256),
        payload: answer.payload,
        quarantined: answer.quarantined,
        next_due: Some(next),
        etag: answer.etag,
    };
    (round, line)
}
