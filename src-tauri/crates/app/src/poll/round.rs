//! One run of one source: ask, retry, write what came in one transaction, say what changed.

use super::{
    PollLine, Shared,
    walk::{Stopped, Walked},
};
use crate::{
    messages,
    proof::{LONGEST_SPAN_MS, Missing, Newest},
    wire::AppEvent,
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{observation::SourceId, time::Ms};
use pvhcc_sources::{FetchError, Fetched, schedule};
use pvhcc_store::{Name, NameKind, NewTransition, Observed, Quarantined, Round, RoundOutcome, StoreError};
use std::time::Duration;

/// The gateway may still correct buckets this long.
const LATE_MS: i64 = 2 * 3_600_000;

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
            SourceId::GatewayDossiers => match self.walk().await {
                Ok(walked) => Ok(walked.into()),
                Err(Stopped::Asking(error)) => Err(error),
                Err(Stopped::Keeping(error)) => return self.not_kept(source, &error),
            },
            SourceId::GatewayIndicators => self.indicators(started.day()).await,
            SourceId::GatewayProcedures => self.procedures().await,
            SourceId::GatewaySync => {
                let fetched = self.clients().await.gateway.sync_queue().await;
                fetched.map(|f| split_one(f, Observed::Sync))
            }
            SourceId::GatewayFees => {
                self.clients().await.gateway.fees().await.map(|f| split(f, Observed::Fees))
            }
            SourceId::GatewayPetitions => {
                let fetched = self.clients().await.gateway.petitions().await;
                fetched.map(|f| split_one(f, Observed::Petitions))
            }
            SourceId::PortalStatistics => self.statistics(started.day()).await,
            SourceId::Probes => return self.probes().await,
        };
        let fetched_at = self.now();
        let interval = Duration::from_secs(self.interval(source).into());
        let retry_after = fetched.as_ref().err().and_then(|e| e.retry_after);
        let next = schedule::next_due(fetched_at, interval, retry_after, rand::random());
        let mut older = None;
        let (round, line) = match fetched {
            Ok(mut answer) => {
                older = answer.older.take();
                answered(source, fetched_at, next, answer)
            }
            Err(error) => self.failed(source, fetched_at, next, &error).await,
        };
        let mut line = line;
        let mut kept = self.keep(round).await;
        let _ = self.events.send(AppEvent::SourcesChanged);
        if let (Ok(()), Some(missing)) = (&kept, older) {
            kept = self.catch_up(missing, next).await.map(|rows| line.rows += rows);
        }
        if let Err(e) = kept {
            line.state = "failed";
            line.error = Some(messages::store(&e).message);
        }
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

    /// Measures since the last good answer and a while before it, so that late buckets are taken too; and older ones that
    /// some window misses.
    async fn apis(&self, now: Ms) -> Result<Answer, FetchError> {
        let last = match self.store.source_states().await {
            Ok(states) => states.get(&SourceId::GatewayApis).and_then(|s| s.last_ok_as_of),
            Err(_) => None,
        };
        let earliest = now.plus(-LONGEST_SPAN_MS);
        let from = last.map_or(earliest, |last| last.min(now).plus(-LATE_MS).max(earliest));
        let newest = self.clients().await.gateway.api_measures(from, now).await?;
        let answer = Newest { rows: &newest.rows, from, as_of: newest.as_of };
        let older = match self.history.missing(&self.store, last, answer, now).await {
            Ok(missing) => Some(missing),
            Err(e) => {
                tracing::warn!(error = %e, "older measures were not looked for");
                None
            }
        };
        Ok(Answer { older, ..split(newest, Observed::Apis) })
    }

    /// Asks for older spans and keeps what they hold; how many measures came. The newest ones are kept and told by then:
    /// nobody waits for these.
    async fn catch_up(&self, missing: Missing, next: Ms) -> Result<usize, StoreError> {
        if missing.spans.is_empty() {
            return Ok(0);
        }
        let clients = self.clients().await;
        let (mut rows, mut filled) = (0, 0);
        for (from, to) in &missing.spans {
            match clients.gateway.api_measures(*from, *to).await {
                Ok(span) => {
                    let span = split(span, Observed::Apis);
                    rows += span.rows;
                    self.keep(answered(SourceId::GatewayApis, self.now(), next, span).0).await?;
                    filled += 1;
                }
                Err(e) => {
                    tracing::warn!(kind = ?e.kind, detail = %e.detail, "older measures were not answered");
                    self.history.pause(self.now());
                    break;
                }
            }
        }
        missing.filled(&self.store, filled).await?;
        let _ = self.events.send(AppEvent::SourcesChanged);
        Ok(rows)
    }

    /// The months of this year so far.
    async fn statistics(&self, today: NaiveDate) -> Result<Answer, FetchError> {
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        let answer = self.clients().await.portal.statistics(first, today).await?;
        let name = |(code, name)| Name { kind: NameKind::Field, code, name };
        let names: Vec<Name> = answer.rows.fields.clone().into_iter().map(name).collect();
        if let Err(error) = self.store.keep_code_names(&names).await {
            tracing::warn!(%error, "names of fields were not kept");
        }
        Ok(split(answer.map(|told| told.figures), Observed::Figures))
    }

    /// The year, this month and the one before; and months of the year that nothing is known of yet, or only from before
    /// their end.
    async fn indicators(&self, today: NaiveDate) -> Result<Answer, FetchError> {
        let known = match self.store.indicator_periods().await {
            Ok(known) => known,
            Err(error) => {
                tracing::warn!(%error, "known indicators were not read");
                Vec::new()
            }
        };
        let settled = |period: &str| known.iter().any(|k| k.period == period && k.as_of.day() > k.to);
        let this = today.month();
        let months = (1..=this)
            .map(|month| (month, format!("{}-{month:02}", today.year())))
            .filter(|(month, period)| month + 1 >= this || !settled(period))
            .map(|(_, period)| period);
        let clients = self.clients().await;
        let mut all = clients.gateway.indicators(&today.year().to_string()).await?;
        for period in months {
            let one = clients.gateway.indicators(&period).await?;
            all.rows.extend(one.rows);
            all.quarantined.extend(one.quarantined);
            all.as_of = all.as_of.min(one.as_of);
        }
        let units = all.rows.iter().map(|period| period.sheets.len()).sum();
        Ok(Answer { rows: units, ..split(all, Observed::Indicators) })
    }

    async fn procedures(&self) -> Result<Answer, FetchError> {
        let etag = match self.store.source_states().await {
            Ok(states) => states.get(&SourceId::GatewayProcedures).and_then(|s| s.etag.clone()),
            Err(_) => None,
        };
        let fetched = self.clients().await.gateway.procedures(etag.as_deref()).await?;
        let name = |kind, code: &str, name: &str| Name { kind, code: code.to_owned(), name: name.to_owned() };
        let names: Vec<Name> = (fetched.rows.iter())
            .flat_map(|p| {
                [name(NameKind::Procedure, &p.code, &p.name), name(NameKind::Field, &p.field, &p.field_name)]
            })
            .collect();
        if let Err(error) = self.store.keep_code_names(&names).await {
            tracing::warn!(%error, "names of procedures were not kept");
        }
        Ok(split(fetched, Observed::Procedures))
    }

    /// What was answered could not be kept; nothing is said against the source.
    fn not_kept(&self, source: SourceId, error: &StoreError) -> PollLine {
        let _ = self.events.send(AppEvent::SourcesChanged);
        PollLine {
            source: source.as_str(),
            state: "failed",
            as_of: None,
            fetched_at: self.now().to_rfc3339(),
            rows: 0,
            quarantined: 0,
            error: Some(messages::store(error).message),
        }
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
    /// Records put aside with pages that are kept already.
    aside: usize,
    sha256: String,
    /// Older spans to ask for besides.
    older: Option<Missing>,
}

impl From<Walked> for Answer {
    fn from(walked: Walked) -> Self {
        let Walked { as_of, asked, taken, aside, sha256 } = walked;
        Self {
            payload: Observed::Walked { taken, aside },
            rows: taken,
            as_of,
            etag: None,
            not_modified: !asked,
            quarantined: Vec::new(),
            aside,
            sha256,
            older: None,
        }
    }
}

fn split<T>(fetched: Fetched<Vec<T>>, wrap: impl Fn(Vec<T>) -> Observed) -> Answer {
    Answer {
        rows: fetched.rows.len(),
        payload: if fetched.not_modified { Observed::Nothing } else { wrap(fetched.rows) },
        as_of: fetched.as_of,
        etag: fetched.etag,
        not_modified: fetched.not_modified,
        quarantined: fetched.quarantined.into_iter().map(put_aside).collect(),
        aside: 0,
        sha256: fetched.payload_sha256,
        older: None,
    }
}

/// The same of an answer that is one record.
fn split_one<T>(fetched: Fetched<T>, wrap: impl Fn(T) -> Observed) -> Answer {
    let one = |rows: Vec<T>| rows.into_iter().next().map_or(Observed::Nothing, &wrap);
    split(fetched.map(|row| vec![row]), one)
}

/// A record put aside, as it is kept.
pub(super) fn put_aside(q: pvhcc_sources::Quarantined) -> Quarantined {
    Quarantined { place: q.place, reason: q.reason, masked: q.masked, sha256: q.sha256 }
}

fn answered(source: SourceId, at: Ms, next: Ms, answer: Answer) -> (Round, PollLine) {
    let line = PollLine {
        source: source.as_str(),
        state: if answer.not_modified { "not_modified" } else { "fresh" },
        as_of: Some(answer.as_of.to_rfc3339()),
        fetched_at: at.to_rfc3339(),
        rows: answer.rows,
        quarantined: answer.quarantined.len() + answer.aside,
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
