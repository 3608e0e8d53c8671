//! Probes of the systems around: whether a page that the settings name is up. Off unless named there.
//!
//! One HEAD or GET a probe, on a connection of its own, without credentials; no redirect is followed and nothing is tried
//! again, so that a system in trouble meets exactly the requests of the plan. Of an answer only status and duration are kept;
//! its body is read, up to [`LARGEST_PAGE`], only to look for the text that the page should have.

use crate::{
    error::{FailureKind, FetchError},
    http::{self, HttpConfig},
    reply,
    retry::retry_after,
    verdict::{self, Verdict},
};
use futures_util::StreamExt as _;
use pvhcc_domain::{
    observation::{ProbeResult, ProbeState},
    text::nfc,
    time::SharedClock,
};
use reqwest::{Client, Method, Response, header};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// Bytes of a page that are looked at.
pub const LARGEST_PAGE: usize = 64 * 1024;

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeMethod {
    /// Without its body.
    Head,
    /// With its body.
    Get,
}

/// One page to probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeTarget {
    /// Names it in results.
    pub id: String,
    /// https, or http on this machine; without credentials.
    pub url: Url,
    /// HEAD cannot look for `expect`.
    pub method: ProbeMethod,
    /// For the whole probe.
    pub timeout: Duration,
    /// A text that the page has when it is the right one: an error page with status 200 is not up.
    pub expect: Option<String>,
}

/// A result, and how long the system asked to be left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probed {
    /// How it stood.
    pub result: ProbeResult,
    /// `Retry-After` of a refusal.
    pub retry_after: Option<Duration>,
}

/// Sends probes.
#[derive(Debug)]
pub struct Prober {
    loopback: Client,
    /// Made only where it is needed: trusted roots take time and memory.
    outside: Option<Client>,
    proxy: Option<Url>,
    compare_with: Url,
    clock: SharedClock,
}

/// An answer that is not the right one.
struct NotUp {
    error: FetchError,
    status: Option<u16>,
    /// 2xx, but not the page.
    unexpected: bool,
}

impl Prober {
    /// For these targets; `compare_with` is another host, by which a failure of the own network is told.
    ///
    /// # Errors
    /// `Config`: an address is neither https nor http on this machine, or carries credentials; the proxy or the CA file cannot
    /// be used.
    pub fn new(
        targets: &[ProbeTarget],
        compare_with: Url,
        http: &HttpConfig,
        clock: SharedClock,
    ) -> Result<Self, FetchError> {
        for target in targets {
            let loopback = http::is_loopback(&target.url);
            let scheme = target.url.scheme();
            let open = target.url.username().is_empty() && target.url.password().is_none();
            if !(scheme == "https" || loopback && scheme == "http") || !open {
                let detail = "must be https, or http on this machine, without credentials";
                return Err(FetchError::new(FailureKind::Config, &target.id, detail));
            }
        }
        let needed = targets.iter().any(|t| !http::is_loopback(&t.url));
        // Each probe has a connection of its own: one that is kept would hide that no new one can be made.
        let client =
            |loopback| http::build(http::builder(loopback, loopback, http)?.pool_max_idle_per_host(0));
        Ok(Self {
            loopback: client(true)?,
            outside: if needed { Some(client(false)?) } else { None },
            proxy: http.proxy.clone(),
            compare_with,
            clock,
        })
    }

    /// Sends one probe and waits for what becomes of it, at most its timeout and a few seconds to find where a failure lies.
    pub async fn ask(&self, target: &ProbeTarget) -> Probed {
        let (asked_at, began) = (self.clock.now(), Instant::now());
        let answer = match tokio::time::timeout(target.timeout, self.exchange(target)).await {
            Ok(answer) => answer,
            Err(_) => Err(NotUp {
                error: FetchError::new(FailureKind::Timeout, &target.id, "no answer in time"),
                status: None,
                unexpected: false,
            }),
        };
        let millis = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
        let mut result = ProbeResult {
            probe: target.id.clone(),
            asked_at,
            state: ProbeState::Up,
            millis,
            status: None,
            error: None,
        };
        let not = match answer {
            Ok(status) => {
                result.status = Some(status);
                return Probed { result, retry_after: None };
            }
            Err(not) => not,
        };
        result.status = not.status;
        result.state = self.lies_with(target, &not).await;
        result.error = Some(if not.unexpected { "unexpected" } else { not.error.kind.code() }.to_owned());
        tracing::debug!(probe = target.id, state = ?result.state, detail = not.error.detail, "not up");
        Probed { result, retry_after: not.error.retry_after }
    }

    /// Down, unless this machine or its network is at fault.
    async fn lies_with(&self, target: &ProbeTarget, not: &NotUp) -> ProbeState {
        if not.status.is_some() || not.error.kind.host_answered() {
            return ProbeState::Down;
        }
        let loopback = http::is_loopback(&target.url);
        let reached_first = self.proxy.as_ref().filter(|_| !loopback).unwrap_or(&target.url);
        let finding = verdict::find(&not.error, reached_first, Some(&self.compare_with), false).await;
        match finding.verdict {
            Verdict::OwnMachine | Verdict::OwnNetwork => ProbeState::Unknown,
            Verdict::Host | Verdict::OneApi => ProbeState::Down,
        }
    }

    /// The status of the right answer.
    async fn exchange(&self, target: &ProbeTarget) -> Result<u16, NotUp> {
        let client = match &self.outside {
            Some(outside) if !http::is_loopback(&target.url) => outside,
            _ => &self.loopback,
        };
        let method = match target.method {
            ProbeMethod::Head => Method::HEAD,
            ProbeMethod::Get => Method::GET,
        };
        let no_answer =
            |e| NotUp { error: http::transport(e, &target.id, false), status: None, unexpected: false };
        let response = client.request(method, target.url.clone()).send().await.map_err(no_answer)?;
        let status = response.status().as_u16();
        let not = |error, unexpected| Err(NotUp { error, status: Some(status), unexpected });
        let here = moved_here(&response, &target.url);
        match (status, &target.expect) {
            (200..=299, None) => Ok(status),
            (300..=399, None) if here => Ok(status),
            (200..=299, Some(text)) => match has(response, text).await {
                Ok(true) => Ok(status),
                Ok(false) => {
                    let detail = "the page does not have the text it should have";
                    not(FetchError::new(FailureKind::BadEnvelope, &target.id, detail), true)
                }
                Err(e) => not(http::transport(e, &target.id, true), false),
            },
            _ => {
                let head = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
                let wait = head(header::RETRY_AFTER)
                    .filter(|_| matches!(status, 429 | 500..=599))
                    .and_then(|v| retry_after(v, head(header::DATE), self.clock.now()));
                let mut error =
                    FetchError::new(reply::refusal(status, wait), &target.id, format!("status {status}"));
                error.retry_after = wait;
                not(error, false)
            }
        }
    }
}

/// Whether a redirect stays with the host that was asked.
fn moved_here(response: &Response, asked: &Url) -> bool {
    let to = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok());
    to.and_then(|to| asked.join(to).ok()).is_some_and(|to| to.origin() == asked.origin())
}

/// Whether the first [`LARGEST_PAGE`] bytes of the page have a text.
async fn has(response: Response, text: &str) -> Result<bool, reqwest::Error> {
    let mut page = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        page.extend_from_slice(&chunk[..chunk.len().min(LARGEST_PAGE - page.len())]);
        if page.len() == LARGEST_PAGE {
            break;
        }
    }
    Ok(nfc(&String::from_utf8_lossy(&page)).contains(&nfc(text)))
}
