//! Client of the national portal through the Security Server adapter (`assets/contracts/portal.yaml`).
//!
//! Reads only: log in for a session, then one service. Names that the real interface may change are settings.

mod config;
mod parse;

pub use config::{AddressAs, FieldMap, PortalConfig};

use crate::{
    Secret,
    error::{FailureKind, FetchError},
    fetched::Fetched,
    host::Host,
    http::{Answer, HttpConfig},
    record::Envelope,
    verdict::Verdict,
};
use chrono::NaiveDate;
use pvhcc_domain::{observation::DossierFigures, time::SharedClock};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::sync::Mutex;
use url::Url;

const ADAPTER: &str = "/XrdAdapter/RestService/forward/";

/// What the portal states.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statistics {
    /// Figures by month, system and field.
    pub figures: Vec<DossierFigures>,
    /// Names of fields by code.
    pub fields: BTreeMap<String, String>,
}

/// The portal client.
#[derive(Debug)]
pub struct Portal {
    host: Host,
    config: PortalConfig,
    session: Mutex<Option<Secret>>,
}

impl Portal {
    /// A client that has not asked anything yet.
    ///
    /// # Errors
    /// `Config`: the address, the proxy or the CA file cannot be used.
    pub fn new(config: PortalConfig, http: &HttpConfig, clock: SharedClock) -> Result<Self, FetchError> {
        let host = Host::new(&config.base_url, config.timeout, config.max_body, http, clock)?;
        Ok(Self { host, config, session: Mutex::default() })
    }

    /// With another configured host to compare with in [`Self::verdict`].
    #[must_use]
    pub fn compare_with(self, other: Url) -> Self {
        Self { host: self.host.compare_with(other), ..self }
    }

    /// Logs in anew, as a test of the settings.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`; a refused account is `Unauthorized`.
    pub async fn login(&self) -> Result<(), FetchError> {
        let route = self.config.login_path.clone();
        self.host
            .engine
            .run(&route, || async {
                let mut kept = self.session.lock().await;
                *kept = None;
                *kept = Some(self.login_once().await?);
                Ok(())
            })
            .await
    }

    /// Figures of the months that touch `from..=to`, by system and field.
    ///
    /// # Errors
    /// Any [`FailureKind`]; `Session` when a new session is called invalid too.
    pub async fn statistics(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Fetched<Statistics>, FetchError> {
        let route = self.config.service_path.clone();
        let answer = self
            .host
            .engine
            .run(&route, || async {
                let session = self.session().await?;
                match self.statistics_once(&session, from, to).await {
                    Err(e) if e.kind == FailureKind::Session => {
                        self.forget(&session).await;
                        self.host.engine.renewal(&route)?;
                        let session = self.session().await?;
                        let again = self.statistics_once(&session, from, to).await;
                        if matches!(&again, Err(e) if e.kind == FailureKind::Session) {
                            self.forget(&session).await;
                        }
                        again
                    }
                    other => other,
                }
            })
            .await?;
        parse::statistics(&route, &answer.body, &self.config.field_map, self.host.now())
    }

    /// Where a failure lies; see [`crate::verdict`].
    pub async fn verdict(&self, error: &FetchError) -> Verdict {
        // Log-in and service are one function; a good log-in does not make the portal work.
        self.host.verdict(error, false).await
    }

    async fn session(&self) -> Result<Secret, FetchError> {
        let mut kept = self.session.lock().await;
        if let Some(session) = kept.as_ref() {
            return Ok(session.clone());
        }
        let session = self.login_once().await?;
        *kept = Some(session.clone());
        Ok(session)
    }

    async fn forget(&self, session: &Secret) {
        let mut kept = self.session.lock().await;
        if kept.as_ref() == Some(session) {
            *kept = None;
        }
    }

    async fn login_once(&self) -> Result<Secret, FetchError> {
        let route = &self.config.login_path;
        let body = json!({ "username": self.config.username, "password": self.config.password.expose() });
        let answer = self.post(route, &body).await?;
        let envelope = Envelope::parse(route, &answer.body)?;
        // No evidence from here on: even masked, its hash would be the hash of a credential.
        let refuse = |kind, detail: &str| FetchError::new(kind, route, detail);
        match parse::error_code(&envelope) {
            None => Err(refuse(FailureKind::BadSchema, "error_code: missing")),
            Some(code) if !parse::is_success(&code) => {
                Err(refuse(FailureKind::Unauthorized, "log-in refused"))
            }
            Some(_) => match envelope.value("session") {
                Some(Value::String(session)) if !session.is_empty() => Ok(Secret::new(session)),
                _ => Err(refuse(FailureKind::BadSchema, "session: missing")),
            },
        }
    }

    async fn statistics_once(
        &self,
        session: &Secret,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Answer, FetchError> {
        let route = &self.config.service_path;
        let body = json!({
            "session": session.expose(),
            "madonvi": self.config.unit_code,
            "service": self.config.statistics_service,
            "kieuKy": "thang",
            "tuNgay": from.format("%Y%m%d").to_string(),
            "denNgay": to.format("%Y%m%d").to_string(),
        });
        let answer = self.post(route, &body).await?;
        let envelope = Envelope::parse(route, &answer.body)?;
        parse::check(&envelope, &self.config.session_invalid_codes)?;
        Ok(answer)
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Answer, FetchError> {
        let address = [("dstcode", &self.config.dstcode), ("providerurl", &self.config.provider_url)];
        let mut request = self.host.post(&format!("{ADAPTER}{}", path.trim_start_matches('/'))).json(body);
        request = match self.config.address_as {
            AddressAs::Query => request.query(&address),
            AddressAs::Header => address.iter().fold(request, |r, (name, value)| r.header(*name, *value)),
        };
        self.host.ask(request, path, false).await
    }
}
