//! One request and its whole answer, with limits; nothing about retry or contracts.

use crate::{
    error::{FailureKind, FetchError},
    mask,
};
use futures_util::StreamExt as _;
use reqwest::{Client, ClientBuilder, RequestBuilder, StatusCode, header::HeaderMap};
use std::{error::Error, io::ErrorKind, path::PathBuf, time::Duration};
use url::{Host, Url};

/// How to reach the outside.
#[derive(Debug, Clone, Default)]
pub struct HttpConfig {
    /// HTTP proxy for everything but loopback; without it the system's proxy settings hold.
    pub proxy: Option<Url>,
    /// Certificate authorities besides the system's, PEM.
    pub ca_file: Option<PathBuf>,
}

/// A complete answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Whether the address is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// A client for one base address.
pub(crate) fn client(base: &Url, timeout: Duration, http: &HttpConfig) -> Result<Client, FetchError> {
    if !matches!(base.scheme(), "http" | "https") || base.host().is_none() {
        return Err(config("the base address must be http or https with a host".to_owned()));
    }
    build(builder(is_loopback(base), base.scheme() == "http", http)?.timeout(timeout))
}

fn config(detail: String) -> FetchError {
    FetchError::new(FailureKind::Config, "", detail)
}

/// What every client has in common: no redirect is followed, nothing is repeated, the proxy is for all but `loopback`. A
/// `plain` one trusts only the authorities of the settings.
pub(crate) fn builder(loopback: bool, plain: bool, http: &HttpConfig) -> Result<ClientBuilder, FetchError> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only when another part installed one in between, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .user_agent(concat!("pvhcc/", env!("CARGO_PKG_VERSION")));
    if loopback {
        builder = builder.no_proxy();
    } else if let Some(proxy) = &http.proxy {
        let proxy = reqwest::Proxy::all(proxy.clone())
            .map_err(|_| config("the proxy address cannot be used".to_owned()))?;
        builder = builder.no_proxy().proxy(proxy);
    }
    let mut extra = Vec::new();
    if let Some(path) = &http.ca_file {
        let pem = std::fs::read(path).map_err(|e| config(format!("CA file: {}", e.kind())))?;
        extra = reqwest::Certificate::from_pem_bundle(&pem)
            .map_err(|_| config("CA file: not PEM certificates".to_owned()))?;
        if extra.is_empty() {
            return Err(config("CA file: no certificate in it".to_owned()));
        }
    }
    // Plain text needs no roots, and a machine without any must still reach a loopback address.
    Ok(if plain { builder.tls_certs_only(extra) } else { builder.tls_certs_merge(extra) })
}

pub(crate) fn build(builder: ClientBuilder) -> Result<Client, FetchError> {
    builder.build().map_err(|e| config(format!("HTTP client: {}", chain(&e.without_url()))))
}

/// Sends and reads the whole body up to `max_body` bytes after decompression.
pub(crate) async fn exchange(
    request: RequestBuilder,
    route: &str,
    max_body: usize,
) -> Result<Answer, FetchError> {
    let response = request.send().await.map_err(|e| transport(e, route, false))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let too_large =
        || FetchError::new(FailureKind::TooLarge, route, format!("answer larger than {max_body} bytes"));
    if response.content_length().is_some_and(|n| n > max_body as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|e| {
            let mut error = transport(e, route, true);
            error.evidence = (!body.is_empty()).then(|| Box::new(mask::evidence(&body)));
            error
        })?;
        if body.len() + chunk.len() > max_body {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body })
}

/// Which failure an error of the HTTP library is; the address is dropped, it may carry codes of the province.
pub(crate) fn transport(e: reqwest::Error, route: &str, in_body: bool) -> FetchError {
    let kind = if e.is_builder() {
        FailureKind::Config
    } else if e.is_timeout() {
        FailureKind::Timeout
    } else {
        cause(&e).unwrap_or(if e.is_connect() && !in_body {
            FailureKind::Refused
        } else {
            FailureKind::Reset
        })
    };
    FetchError::new(kind, route, chain(&e.without_url()))
}

fn cause(e: &reqwest::Error) -> Option<FailureKind> {
    let mut next: Option<&(dyn Error + 'static)> = e.source();
    while let Some(error) = next {
        if error.is::<rustls::Error>() {
            return Some(FailureKind::Tls);
        }
        // The resolver's error type is private; its text is fixed.
        if error.to_string().starts_with("dns error") {
            return Some(FailureKind::Dns);
        }
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            match io.kind() {
                // What came cannot be unpacked. A broken connection has an error of its own inside, and one of TLS does
                // not come from unpacking.
                ErrorKind::InvalidData | ErrorKind::InvalidInput if e.is_decode() => {
                    return Some(FailureKind::BadEnvelope);
                }
                ErrorKind::UnexpectedEof if e.is_decode() && io.get_ref().is_none() => {
                    return Some(FailureKind::BadEnvelope);
                }
                ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::AddrNotAvailable => return Some(FailureKind::Refused),
                ErrorKind::TimedOut => return Some(FailureKind::Timeout),
                ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => return Some(FailureKind::Reset),
                _ => {}
            }
        }
        // An I/O error passes its inner error's source on and so hides the inner error itself.
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

fn chain(e: &reqwest::Error) -> String {
    let mut text = e.to_string();
    let mut next = e.source();
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}
