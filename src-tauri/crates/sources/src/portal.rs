//! Client of the national portal through the Security Server adapter (`assets/contracts/portal.yaml`).
//!
//! Reads only: log in for a session, then one service. Names that the real interface may change are settings.

mod parse;

use crate::{
    Policy, Secret,
    engine::Engine,
    error::{FailureKind, FetchError},
    fetched::Fetched,
    http::{self, Answer, HttpConfig},
    record::Envelope,
    reply,
    verdict::{self, Finding, Verdict},
};
use chrono::NaiveDate;
use pvhcc_domain::{observation::DossierFigures, time::SharedClock};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::Mutex;
use url::Url;

const ADAPTER: &str = "/XrdAdapter/RestService/forward/";

/// Where the adapter expects `dstcode` and `providerurl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressAs {
    /// In the query.
    #[default]
    Query,
    /// As headers of the same names.
    Header,
}

/// Names of the fields in a row of statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // Each names the field of `DossierFigures` that it fills.
pub struct FieldMap {
    pub system: String,
    /// Value of `system` for the province.
    pub system_province: String,
    /// Value of `system` for the ministries.
    pub system_ministry: String,
    pub field: String,
    pub from: String,
    pub to: String,
    pub received: String,
    pub received_online: String,
    pub received_direct: String,
    pub carried_over: String,
    pub done: String,
    pub on_time: String,
    pub late: String,
    pub pending: String,
    pub within_deadline: String,
    pub overdue: String,
    /// When the portal computed the row.
    pub as_of: String,
}

impl Default for FieldMap {
    fn default() -> Self {
        let s = str::to_owned;
        Self {
            system: s("HE_THONG"),
            system_province: s("tinh"),
            system_ministry: s("bo"),
            field: s("TENLINHVUC"),
            from: s("TU_NGAY"),
            to: s("DEN_NGAY"),
            received: s("NHAN_TRONG_KY"),
            received_online: s("NHAN_TRUC_TUYEN"),
            received_direct: s("NHAN_TRUC_TIEP"),
            carried_over: s("TON_KY_TRUOC"),
            done: s("DA_XU_LY"),
            on_time: s("DUNG_HEN"),
            late: s("TRE_HEN"),
            pending: s("CHUA_XU_LY"),
            within_deadline: s("TRONG_HAN"),
            overdue: s("QUA_HAN"),
            as_of: s("THOI_DIEM"),
        }
    }
}

/// Settings of the portal client.
#[derive(Debug, Clone)]
pub struct PortalConfig {
    /// Base address of the Security Server; http or https.
    pub base_url: Url,
    /// Member code of the provider.
    pub dstcode: String,
    /// Base address of the provider, as the adapter wants it.
    pub provider_url: String,
    /// Where these two go.
    pub address_as: AddressAs,
    /// Account.
    pub username: String,
    /// Its password.
    pub password: Secret,
    /// `madonvi`.
    pub unit_code: String,
    /// Provider path of the log-in.
    pub login_path: String,
    /// Provider path of the services.
    pub service_path: String,
    /// Name of the statistics service.
    pub statistics_service: String,
    /// Field names.
    pub field_map: FieldMap,
    /// Values of `error_code` that mean an invalid session.
    pub session_invalid_codes: Vec<String>,
    /// For one request with its whole answer.
    pub timeout: Duration,
    /// Largest answer in bytes, after decompression.
    pub max_body: usize,
}

impl PortalConfig {
    /// With the contract's names, ten seconds and 8 MiB.
    #[must_use]
    pub fn new(
        base_url: Url,
        dstcode: String,
        provider_url: String,
        username: String,
        password: Secret,
        unit_code: String,
    ) -> Self {
        Self {
            base_url,
            dstcode,
            provider_url,
            address_as: AddressAs::Query,
            username,
            password,
            unit_code,
            login_path: "mapi/login".to_owned(),
            service_path: "mapi/g".to_owned(),
            statistics_service: "LaySoLieuThongKe".to_owned(),
            field_map: FieldMap::default(),
            session_invalid_codes: vec!["-1".to_owned()],
            timeout: Duration::from_secs(10),
            max_body: 8 << 20,
        }
    }
}

/// The portal client; one a process, so that breaker and budget see every request.
#[derive(Debug)]
pub struct Portal {
    client: reqwest::Client,
    config: PortalConfig,
    engine: Engine,
    session: Mutex<Option<Secret>>,
    compare_with: Option<Url>,
    proxy: Option<Url>,
}

impl Portal {
    /// A client that has not asked anything yet.
    ///
    /// # Errors
    /// `Config`: the address, the proxy or the CA file cannot be used.
    pub fn new(config: PortalConfig, http: &HttpConfig, clock: SharedClock) -> Result<Self, FetchError> {
        let client = http::client(&config.base_url, config.timeout, http)?;
        let proxy = http.proxy.clone().filter(|_| !http::is_loopback(&config.base_url));
        let engine = Engine::new(Policy::default(), clock);
        Ok(Self { client, config, engine, session: Mutex::default(), compare_with: None, proxy })
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

    /// Logs in anew, as a test of the settings.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`; a refused account is `Unauthorized`.
    pub async fn login(&self) -> Result<(), FetchError> {
        let route = self.config.login_path.clone();
        self.engine
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
    ) -> Result<Fetched<Vec<DossierFigures>>, FetchError> {
        let route = self.config.service_path.clone();
        let answer = self
            .engine
            .run(&route, || async {
                let session = self.session().await?;
                match self.statistics_once(&session, from, to).await {
                    Err(e) if e.kind == FailureKind::Session => {
                        self.forget(&session).await;
                        self.engine.renewal(&route)?;
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
        parse::statistics(&route, &answer.body, &self.config.field_map, self.engine.clock().now())
    }

    /// Where a failure lies; see [`verdict`].
    pub async fn verdict(&self, error: &FetchError) -> Verdict {
        self.diagnose(error).await.verdict
    }

    /// Where a failure lies, with what that rests on.
    pub async fn diagnose(&self, error: &FetchError) -> Finding {
        let host = self.proxy.as_ref().unwrap_or(&self.config.base_url);
        // Log-in and service are one function; a good log-in does not make the portal work.
        verdict::find(error, host, self.compare_with.as_ref(), false).await
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
        let url =
            reply::address(&self.config.base_url, &format!("{ADAPTER}{}", path.trim_start_matches('/')));
        let address = [("dstcode", &self.config.dstcode), ("providerurl", &self.config.provider_url)];
        let mut request = self.client.post(url).json(body);
        request = match self.config.address_as {
            AddressAs::Query => request.query(&address),
            AddressAs::Header => address.iter().fold(request, |r, (name, value)| r.header(*name, *value)),
        };
        let answer = http::exchange(request, path, self.config.max_body).await?;
        reply::accept(answer, path, false, self.engine.clock().now())
    }
}
