//! The small HTTP client that the OpenID library is given: current reqwest, no redirects, bounded answers.
//! Must not know what is being asked.

use crate::{ProviderConfig, SignInError, Stage};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::{pin::Pin, time::Duration};
use thiserror::Error;
use url::{Host, Url};

/// Longest answer read, in bytes. Key sets and tokens are a few kilobytes.
const MAX_ANSWER: usize = 512 * 1024;

/// What the transport says; carries no body.
#[derive(Debug, Error)]
pub(crate) enum HttpError {
    #[error("{0}")]
    Transport(String),
    #[error("answer longer than {MAX_ANSWER} bytes")]
    TooLong,
    #[error("HTTP {0}")]
    Status(u16),
}

impl HttpError {
    pub(crate) fn at(self, stage: Stage) -> SignInError {
        let detail = self.to_string();
        match self {
            Self::TooLong => SignInError::Answer { stage, detail },
            Self::Transport(_) | Self::Status(_) => SignInError::Unreachable { stage, detail },
        }
    }
}

/// Two clients: loopback never goes through a proxy, whatever the system's settings say.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    direct: reqwest::Client,
    outward: reqwest::Client,
}

/// Whether `url` stays on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

fn config_error(detail: impl ToString) -> SignInError {
    SignInError::Config { detail: detail.to_string() }
}

impl Http {
    pub(crate) fn new(config: &ProviderConfig) -> Result<Self, SignInError> {
        // Err means that a provider of ciphers is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let authorities = match &config.ca_file {
            None => Vec::new(),
            Some(path) => {
                let pem = std::fs::read(path)
                    .map_err(|e| config_error(format!("CA file {}: {e}", path.display())))?;
                let found = reqwest::Certificate::from_pem_bundle(&pem)
                    .map_err(|e| config_error(format!("CA file {}: {e}", path.display())))?;
                if found.is_empty() {
                    return Err(config_error(format!("CA file {}: no certificate in it", path.display())));
                }
                found
            }
        };
        let builder = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .timeout(config.timeout)
                .connect_timeout(config.timeout.min(Duration::from_secs(10)))
                .user_agent(concat!("pvhcc-dashboard/", env!("CARGO_PKG_VERSION")))
                .tls_certs_merge(authorities.clone())
        };
        // What a certificate really holds is read only here; without the file there is nothing to go wrong.
        let unusable = |e: reqwest::Error| match &config.ca_file {
            Some(path) => config_error(format!("CA file {}: {}", path.display(), chain(&e))),
            None => config_error(chain(&e)),
        };
        let direct = builder().no_proxy().build().map_err(unusable)?;
        let outward = match &config.proxy {
            None => builder(),
            Some(url) => builder().proxy(reqwest::Proxy::all(url.clone()).map_err(config_error)?),
        };
        Ok(Self { direct, outward: outward.build().map_err(unusable)? })
    }

    fn client(&self, url: &Url) -> &reqwest::Client {
        if is_loopback(url) { &self.direct } else { &self.outward }
    }

    /// Sends one request. 429 and 5xx are errors: the provider has not decided anything.
    pub(crate) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let transport = |e: reqwest::Error| HttpError::Transport(chain(&e.without_url()));
        let request = reqwest::Request::try_from(request).map_err(transport)?;
        let mut answer = self.client(request.url()).execute(request).await.map_err(transport)?;
        let status = answer.status();
        if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
            return Err(HttpError::Status(status.as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(transport)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }

    /// GET of a JSON document; anything but 200 with JSON of this shape is refused.
    pub(crate) async fn json<T: serde::de::DeserializeOwned>(
        &self,
        url: &Url,
        stage: Stage,
    ) -> Result<T, SignInError> {
        let answer = |detail: String| SignInError::Answer { stage, detail };
        let request = http::Request::get(url.as_str())
            .header(http::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|e| answer(e.to_string()))?;
        let response = self.send(request).await.map_err(|e| e.at(stage))?;
        if response.status() != http::StatusCode::OK {
            return Err(answer(format!("HTTP {}", response.status().as_u16())));
        }
        serde_json::from_slice(response.body()).map_err(|e| answer(e.to_string()))
    }

    /// POST of a form; the body of the answer is not looked at.
    pub(crate) async fn form(
        &self,
        url: &Url,
        fields: &[(&str, &str)],
        basic: Option<(&str, &str)>,
        stage: Stage,
    ) -> Result<(), SignInError> {
        let mut request = self.client(url).post(url.clone()).form(fields);
        if let Some((user, password)) = basic {
            // RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
            let encoded =
                |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
            request = request.basic_auth(encoded(user), Some(encoded(password)));
        }
        let answer =
            request.send().await.map_err(|e| HttpError::Transport(chain(&e.without_url())).at(stage))?;
        let status = answer.status();
        if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
            return Err(HttpError::Status(status.as_u16()).at(stage));
        }
        if !status.is_success() {
            return Err(SignInError::Answer { stage, detail: format!("HTTP {}", status.as_u16()) });
        }
        Ok(())
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// An error with its causes: reqwest alone says only "error sending request".
fn chain(e: &dyn std::error::Error) -> String {
    let mut text = e.to_string();
    let mut next = e.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
