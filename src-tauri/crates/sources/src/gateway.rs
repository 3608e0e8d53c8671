//! Client of the province's gateway (`assets/contracts/gateway.yaml`).
//!
//! Reads only. Knows the contract's addresses and the token address; keeps a client-credentials token in memory.

mod dossiers;
mod indicators;
mod operation;
mod parse;
mod token;

use crate::{
    Secret,
    error::{FailureKind, FetchError},
    fetched::Fetched,
    host::Host,
    http::{Answer, HttpConfig},
    mask,
    verdict::Verdict,
};
pub use dossiers::DossierPage;
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
const DOSSIERS: &str = "/v1/dossiers";

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

/// The gateway client.
#[derive(Debug)]
pub struct Gateway {
    host: Host,
    auth: GatewayAuth,
    tokens: Tokens,
}

impl Gateway {
    /// A client that has not asked anything yet.
    ///
    /// # Errors
    /// `Config`: the address, the proxy or the CA file cannot be used.
    pub fn new(config: GatewayConfig, http: &HttpConfig, clock: SharedClock) -> Result<Self, FetchError> {
        let host = Host::new(&config.base_url, config.timeout, config.max_body, http, clock)?;
        Ok(Self { host, auth: config.auth, tokens: Tokens::default() })
    }

    /// With another configured host to compare with in [`Self::verdict`].
    #[must_use]
    pub fn compare_with(self, other: Url) -> Self {
        Self { host: self.host.compare_with(other), ..self }
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
        self.tagged(&answer, etag, |body, now| parse::tasks(TASKS, body, now))
    }

    /// Flow states.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn flows(&self) -> Result<Fetched<Vec<FlowState>>, FetchError> {
        let answer = self.get(FLOWS, &[], None).await?;
        parse::flows(FLOWS, &answer.body, self.host.now())
    }

    /// Measures of the buckets that start in `from..to`.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn api_measures(&self, from: Ms, to: Ms) -> Result<Fetched<Vec<ApiMeasure>>, FetchError> {
        let span = [("from", from.to_rfc3339()), ("to", to.to_rfc3339())];
        let answer = self.get(MEASURES, &span, None).await?;
        parse::measures(MEASURES, &answer.body, self.host.now())
    }

    /// A page of the walk over the records of one system (`tinh`, `bo`), at most `limit` records; from the very first one
    /// without a cursor. `etag` of the last answer with the same cursor saves the transfer when nothing changed.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`; `Gone` is a cursor that can no longer be used: begin anew without one.
    pub async fn dossiers(
        &self,
        system: &str,
        cursor: Option<&str>,
        limit: u32,
        etag: Option<&str>,
    ) -> Result<Fetched<DossierPage>, FetchError> {
        let mut query = vec![("system", system.to_owned()), ("limit", limit.to_string())];
        query.extend(cursor.map(|cursor| ("cursor", cursor.to_owned())));
        let answer = self.get(DOSSIERS, &query, etag).await?;
        self.tagged(&answer, etag, |body, now| {
            let page = DossierPage::read(body, system, now)?;
            if page.rows.more && cursor == Some(page.rows.next.as_str()) {
                let detail = "next: the cursor of this request, with more to come";
                let error = FetchError::new(FailureKind::BadSchema, DOSSIERS, detail);
                return Err(error.with_evidence(mask::evidence(body)));
            }
            Ok(page)
        })
    }

    /// An answer that has a tag, or that says that nothing changed since the one with the tag we sent.
    fn tagged<T: Default>(
        &self,
        answer: &Answer,
        sent: Option<&str>,
        read: impl FnOnce(&[u8], Ms) -> Result<Fetched<T>, FetchError>,
    ) -> Result<Fetched<T>, FetchError> {
        let etag = answer.header("etag").map(str::to_owned);
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Fetched {
                as_of: self.host.now(),
                etag: etag.or_else(|| sent.map(str::to_owned)),
                not_modified: true,
                rows: T::default(),
                quarantined: Vec::new(),
                payload_sha256: mask::sha256_hex(&[]),
                bytes: 0,
            });
        }
        let fetched = read(&answer.body, self.host.now())?;
        Ok(Fetched { etag, ..fetched })
    }

    /// Where a failure lies; see [`crate::verdict`].
    pub async fn verdict(&self, error: &FetchError) -> Verdict {
        self.host.verdict(error, self.host.engine.others_work(&error.route)).await
    }

    async fn get(
        &self,
        route: &str,
        query: &[(&str, String)],
        etag: Option<&str>,
    ) -> Result<Answer, FetchError> {
        self.host
            .engine
            .run(route, || async {
                let token = self.token(route).await?;
                match self.get_once(route, query, etag, &token).await {
                    Err(e) if e.kind == FailureKind::Unauthorized && self.renewable() => {
                        // The token may have been withdrawn before its time: one new one, one repeat.
                        self.tokens.forget(&token).await;
                        self.host.engine.renewal(route)?;
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
        let mut request = self.host.get(route).bearer_auth(token.expose()).query(query);
        if let Some(tag) = etag {
            request = request.header("if-none-match", tag);
        }
        self.host.ask(request, route, etag.is_some()).await
    }

    fn renewable(&self) -> bool {
        matches!(self.auth, GatewayAuth::ClientCredentials { .. })
    }

    async fn token(&self, route: &str) -> Result<Secret, FetchError> {
        match &self.auth {
            GatewayAuth::Bearer(token) => Ok(token.clone()),
            GatewayAuth::ClientCredentials { client_id, client_secret } => {
                self.tokens.get(&self.host, client_id, client_secret, route).await
            }
        }
    }
}
