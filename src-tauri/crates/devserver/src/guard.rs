//! Who may ask: this machine, and pages that this server served. A page of another origin in the same browser, or a
//! name that was rebound to 127.0.0.1, is refused.

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::net::SocketAddr;

pub(crate) async fn guard(
    State(own): State<SocketAddr>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if peer.ip().is_loopback() && allowed(own, request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// Whether `Host` and, where a browser sends it, `Origin` name this server.
fn allowed(own: SocketAddr, headers: &HeaderMap) -> bool {
    let is =
        |name: header::HeaderName, wanted: &str| headers.get(name).map(|v| v.as_bytes() == wanted.as_bytes());
    is(header::HOST, &own.to_string()) == Some(true)
        && is(header::ORIGIN, &format!("http://{own}")).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: Option<&'static str>, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(host) = host {
            headers.insert(header::HOST, host.parse().expect("header"));
        }
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("header"));
        }
        headers
    }

    #[test]
    fn only_its_own_pages_and_plain_clients_may_ask() {
        let own: SocketAddr = "127.0.0.1:4000".parse().expect("address");
        assert!(allowed(own, &headers(Some("127.0.0.1:4000"), None)));
        assert!(allowed(own, &headers(Some("127.0.0.1:4000"), Some("http://127.0.0.1:4000"))));
        assert!(!allowed(own, &headers(Some("127.0.0.1:4000"), Some("http://127.0.0.1:4001"))));
        assert!(!allowed(own, &headers(Some("127.0.0.1:4000"), Some("null"))));
        assert!(!allowed(own, &headers(Some("rebound.example:4000"), None)));
        assert!(!allowed(own, &headers(None, None)));
    }
}
