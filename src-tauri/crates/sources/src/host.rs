//! One host that is asked: its client, its manners, and where its failures lie. Knows no contract.

use crate::{
    engine::Engine,
    error::FetchError,
    http::{self, Answer, HttpConfig},
    reply,
    verdict::{self, Verdict},
};
use pvhcc_domain::time::{Ms, SharedClock};
use reqwest::RequestBuilder;
use std::time::Duration;
use url::Url;

/// Gateway or portal; one a process, so that breaker and budget see every request.
#[derive(Debug)]
pub(crate) struct Host {
    client: reqwest::Client,
    base: Url,
    max_body: usize,
    pub(crate) engine: Engine,
    proxy: Option<Url>,
    compare_with: Option<Url>,
}

impl Host {
    /// `timeout` is for one request with its whole answer, `max_body` in bytes after decompression.
    pub(crate) fn new(
        base: &Url,
        timeout: Duration,
        max_body: usize,
        http: &HttpConfig,
        clock: SharedClock,
    ) -> Result<Self, FetchError> {
        Ok(Self {
            client: http::client(base, timeout, http)?,
            base: base.clone(),
            max_body,
            engine: Engine::new(clock),
            proxy: http.proxy.clone().filter(|_| !http::is_loopback(base)),
            compare_with: None,
        })
    }

    /// With another configured host to compare with in [`Self::verdict`].
    pub(crate) fn compare_with(self, other: Url) -> Self {
        Self { compare_with: Some(other), ..self }
    }

    pub(crate) fn now(&self) -> Ms {
        self.engine.clock().now()
    }

    pub(crate) fn get(&self, route: &str) -> RequestBuilder {
        self.client.get(reply::address(&self.base, route))
    }

    pub(crate) fn post(&self, route: &str) -> RequestBuilder {
        self.client.post(reply::address(&self.base, route))
    }

    /// Sends once; any status is an answer. `route` names the request in errors.
    pub(crate) async fn send(&self, request: RequestBuilder, route: &str) -> Result<Answer, FetchError> {
        http::exchange(request, route, self.max_body).await
    }

    /// Sends once; only 200 with JSON is an answer, and 304 where it was asked for.
    pub(crate) async fn ask(
        &self,
        request: RequestBuilder,
        route: &str,
        conditional: bool,
    ) -> Result<Answer, FetchError> {
        reply::accept(self.send(request, route).await?, route, conditional, self.now())
    }

    /// Where a failure lies. `others_work`: another address of this host answered well lately.
    pub(crate) async fn verdict(&self, error: &FetchError, others_work: bool) -> Verdict {
        let reached_first = self.proxy.as_ref().unwrap_or(&self.base);
        let finding = verdict::find(error, reached_first, self.compare_with.as_ref(), others_work).await;
        tracing::debug!(route = error.route, verdict = ?finding.verdict, evidence = finding.evidence, "diagnosed");
        finding.verdict
    }
}
