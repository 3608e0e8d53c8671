//! Client of the province's gateway (`assets/contracts/gateway.yaml`).
//!
//! Reads only. Knows the contract's four addresses and the token address; keeps a client-credentials token in memory.

mod parse;
mod token;

use crate::{
    Policy, Secret,
    engine::Engine,
    error::{FailureKind, FetchError},
    fetched::Fetched,
    http::{self, Answer, HttpConfig},
    mask, reply,
    verdict::{self, Finding, Verdict},
};
use pvhcc_domain::{
    observation::{ApiMeasure, FlowState, GatewayTask},
    time::{Ms, SharedClock},
};
use reqwest::StatusCode;
use std::time::Duration;
use token::Tokens;
use url::Url;

const HEALTH: &str = "/v1/health";
const TASKS: &str = "/v1/tasks";
const FLOWS: &str = "/v1/flows";
const MEASURES: &str = "/v1/apis/measures";

/// How the gateway knows us.
#[derive(Debug, Clone)]
pub enum GatewayAuth {
    /// A token given by the gateway's operator.
    Bearer(Secret),
    /// OAuth 2.0 client credentials at `{base}/oauth/token`.
    ClientCredentials {
        /// Client id.
        client_id: String,
        /// Client secret.
        client_secret: Secret,
    },
}

/// Settings of the gateway client.
#[derive(Debug, Clone)]
pub struct GatewayConfig {
    /// Base address, as `https://host/gateway`; http or https.
    pub base_url: Url,
    /// Credentials.
    pub auth: GatewayAuth,
    /// For one request with its whole answer.
    pub timeout: Duration,
    /// Largest answer in bytes, after decompression.
    pub max_body: usize,
}

/// The gateway client; one a process, so that breaker and budget see every request.
#[derive(Debug)]
pub struct Gateway {
    client: reqwest::Client,
    config: GatewayConfig,
    engine: Engine,
    tokens: Tokens,
    compare_with: Option<Url>,
    proxy: Option<Url>,
}

impl Gateway {
    /// A client that has not asked anything yet.
    ///
    /// # Errors
    /// `Config`: the address, the proxy or the CA file cannot be used.
    pub fn new(config: GatewayConfig, http: &HttpConfig, clock: SharedClock) -> Result<Self, FetchError> {
        let client = http::client(&config.base_url, config.timeout, http)?;
        let proxy = http.proxy.clone().filter(|_| !http::is_loopback(&config.base_url));
        let engine = Engine::new(Policy::default(), clock);
        Ok(Self { client, config, engine, tokens: Tokens::default(), compare_with: None, proxy })
    }

    /// With other policies than the default ones.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.engine = Engine::new(policy, self.engine.clock().clone());
        self
    }

    /// With another configured host to compare with in [`Self::diagnose`].
    #[must_use]
    pub fn compare_with(mut self, other: Url) -> Self {
        self.compare_with = Some(other);
        self
    }

    /// Whether the gateway is up; its own time.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn health(&self) -> Result<Ms, FetchError> {
        let answer = self.get(HEALTH, &[], None).await?;
        parse::health(HEALTH, &answer.body)
    }

    /// Task states; `etag` of the last answer saves the transfer when nothing changed.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn tasks(&self, etag: Option<&str>) -> Result<Fetched<Vec<GatewayTask>>, FetchError> {
        let answer = self.get(TASKS, &[], etag).await?;
        let tag = answer.header("etag").map(str::to_owned);
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Fetched {
                as_of: self.engine.clock().now(),
                etag: tag.or_else(|| etag.map(str::to_owned)),
                not_modified: true,
                rows: Vec::new(),
                quarantined: Vec::new(),
                payload_sha256: mask::sha256_hex(&[]),
                bytes: 0,
            });
        }
        let mut fetched = parse::tasks(TASKS, &answer.body, self.engine.clock().now())?;
        fetched.etag = tag;
        Ok(fetched)
    }

    /// Flow states.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn flows(&self) -> Result<Fetched<Vec<FlowState>>, FetchError> {
        let answer = self.get(FLOWS, &[], None).await?;
        parse::flows(FLOWS, &answer.body, self.engine.clock().now())
    }

    /// Measures of the buckets that start in `from..to`.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn api_measures(&self, from: Ms, to: Ms) -> Result<Fetched<Vec<ApiMeasure>>, FetchError> {
        let span = [("from", from.to_rfc3339()), ("to", to.to_rfc3339())];
        let answer = self.get(MEASURES, &span, None).await?;
        parse::measures(MEASURES, &answer.body, self.engine.clock().now())
    }

    /// Where a failure lies; see [`verdict`].
    pub async fn verdict(&self, error: &FetchError) -> Verdict {
        self.diagnose(error).await.verdict
    }

    /// Where a failure lies, with what that rests on.
    pub async fn diagnose(&self, error: &FetchError) -> Finding {
        let host = self.proxy.as_ref().unwrap_or(&self.config.base_url);
        let others = self.engine.others_work(&error.route);
        verdict::find(error, host, self.compare_with.as_ref(), others).await
    }

    async fn get(
        &self,
        route: &str,
        query: &[(&str, String)],
        etag: Option<&str>,
    ) -> Result<Answer, FetchError> {
        self.engine
            .run(route, || async {
                let token = self.token(route).await?;
                match self.get_once(route, query, etag, &token).await {
                    Err(e) if e.kind == FailureKind::Unauthorized && self.renewable() => {
                        // The token may have been withdrawn before its time: one new one, one repeat.
                        self.tokens.forget(&token).await;
                        self.engine.renewal(route)?;
                        let token = self.token(route).await?;
                        self.get_once(route, query, etag, &token).await
                    }
                    other => other,
                }
            })
            .await
    }

    async fn get_once(
        &self,
        route: &str,
        query: &[(&str, String)],
        etag: Option<&str>,
        token: &Secret,
    ) -> Result<Answer, FetchError> {
        let mut request = self
            .client
            .get(reply::address(&self.config.base_url, route))
            .bearer_auth(token.expose())
            .query(query);
        if let Some(tag) = etag {
            request = request.header("if-none-match", tag);
        }
        let answer = http::exchange(request, route, self.config.max_body).await?;
        reply::accept(answer, route, etag.is_some(), self.engine.clock().now())
    }

    fn renewable(&self) -> bool {
        matches!(self.config.auth, GatewayAuth::ClientCredentials { .. })
    }

    async fn token(&self, route: &str) -> Result<Secret, FetchError> {
        match &self.config.auth {
            GatewayAuth::Bearer(token) => Ok(token.clone()),
            GatewayAuth::ClientCredentials { client_id, client_secret } => {
                self.tokens
                    .get(
                        &self.client,
                        &self.config,
                        client_id,
                        client_secret,
                        route,
                        self.engine.clock().now(),
                    )
                    .await
            }
        }
    }
}
