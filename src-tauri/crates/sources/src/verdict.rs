//! Where a failure lies: this machine, its network, the host, or one address of it.
//!
//! The decision is pure; the probe sends no request: it binds a loopback port, asks the system for a route, and opens
//! TCP connections to configured hosts only.

use crate::error::{FailureKind, FetchError};
use std::{net::Ipv4Addr, time::Duration};
use tokio::net::{TcpListener, TcpStream, UdpSocket, lookup_host};
use url::Url;

/// Where a failure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// This machine or its settings.
    OwnMachine,
    /// The network between.
    OwnNetwork,
    /// The gateway or the portal as a whole.
    Host,
    /// Only the address that was asked; others of the same host work.
    OneApi,
}

/// A verdict and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it lies.
    pub verdict: Verdict,
    /// English, for the log.
    pub evidence: String,
}

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probes {
    /// A connection from this machine to itself works.
    pub loopback: bool,
    /// The system has a route to the outside; `true` for hosts on this machine.
    pub route: bool,
    /// The host name (or the proxy's) has an address.
    pub resolves: bool,
    /// A TCP connection to the host (or the proxy) opens.
    pub host: bool,
    /// A TCP connection to the other configured host opens; `None` when there is none to compare with.
    pub other: Option<bool>,
    /// Another address of the same host answered well in the last five minutes.
    pub others_work: bool,
}

/// Decides from what failed and what was tried.
#[must_use]
pub fn decide(kind: &FailureKind, p: Probes) -> Finding {
    use Verdict::{Host, OneApi, OwnMachine, OwnNetwork};
    let host_or_one = if p.others_work { OneApi } else { Host };
    let (verdict, why) = match kind {
        FailureKind::Config => (OwnMachine, "the settings or the request are wrong"),
        kind if kind.host_answered() && p.others_work => (OneApi, "the host answers, and well elsewhere"),
        kind if kind.host_answered() => (Host, "the host answers, but not well"),
        _ if !p.loopback => (OwnMachine, "this machine cannot connect to itself"),
        _ if !p.route => (OwnNetwork, "no route leads out of this machine"),
        _ if p.host => (host_or_one, "the host accepts connections"),
        FailureKind::Refused if p.resolves => (Host, "the host refuses connections"),
        _ => match p.other {
            Some(true) => (Host, "the other host can be reached"),
            Some(false) => (OwnNetwork, "the other host cannot be reached either"),
            None if p.resolves => (Host, "the name resolves, but the host cannot be reached"),
            None => (OwnNetwork, "the name does not resolve"),
        },
    };
    Finding { verdict, evidence: format!("{}: {why} ({p:?})", kind.code()) }
}

/// Tries within `limit` each. `host` is the failing host, `other` one to compare with.
pub async fn probe(host: &Url, other: Option<&Url>, others_work: bool, limit: Duration) -> Probes {
    let (loopback, route, (resolves, reached), other) =
        tokio::join!(within(limit, loopback()), within(limit, route()), reach(host, limit), async {
            match other {
                Some(url) => Some(reach(url, limit).await.1),
                None => None,
            }
        });
    Probes {
        loopback,
        route: route || crate::http::is_loopback(host),
        resolves,
        host: reached,
        other,
        others_work,
    }
}

/// Probes and decides. An answer from the host makes probing needless.
pub(crate) async fn find(error: &FetchError, host: &Url, other: Option<&Url>, others_work: bool) -> Finding {
    let probes = if error.kind.host_answered() || error.kind == FailureKind::Config {
        Probes { loopback: true, route: true, resolves: true, host: true, other: None, others_work }
    } else {
        probe(host, other, others_work, Duration::from_secs(3)).await
    };
    decide(&error.kind, probes)
}

async fn within(limit: Duration, work: impl Future<Output = std::io::Result<()>>) -> bool {
    matches!(tokio::time::timeout(limit, work).await, Ok(Ok(())))
}

async fn loopback() -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    TcpStream::connect(listener.local_addr()?).await.map(drop)
}

/// Connecting a UDP socket sends nothing; it fails when no route exists. The address is reserved for documentation.
async fn route() -> std::io::Result<()> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).await
}

async fn reach(url: &Url, limit: Duration) -> (bool, bool) {
    let Some((host, port)) = url.host_str().zip(url.port_or_known_default()) else { return (false, false) };
    let host = host.trim_matches(['[', ']']);
    let addresses: Vec<_> = match tokio::time::timeout(limit, lookup_host((host, port))).await {
        Ok(Ok(found)) => found.collect(),
        _ => return (false, false),
    };
    let reached = within(limit, async { TcpStream::connect(&addresses[..]).await.map(drop) }).await;
    (!addresses.is_empty(), reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Probes = Probes {
        loopback: true,
        route: true,
        resolves: true,
        host: true,
        other: Some(true),
        others_work: false,
    };

    #[test]
    fn the_table_of_verdicts_holds() {
        use Verdict::{Host, OneApi, OwnMachine, OwnNetwork};
        let dark = Probes { host: false, resolves: false, other: Some(false), ..ALL };
        for (kind, probes, expected) in [
            (FailureKind::Config, ALL, OwnMachine),
            (FailureKind::Timeout, Probes { loopback: false, ..dark }, OwnMachine),
            (FailureKind::Timeout, Probes { route: false, ..dark }, OwnNetwork),
            (FailureKind::Dns, dark, OwnNetwork),
            (FailureKind::Dns, Probes { other: Some(true), ..dark }, Host),
            (FailureKind::Dns, Probes { other: None, ..dark }, OwnNetwork),
            (FailureKind::Timeout, Probes { other: None, resolves: true, ..dark }, Host),
            (FailureKind::Refused, Probes { resolves: true, ..dark }, Host),
            (FailureKind::Timeout, ALL, Host),
            (FailureKind::Timeout, Probes { others_work: true, ..ALL }, OneApi),
            (FailureKind::Server(500), ALL, Host),
            (FailureKind::Server(500), Probes { others_work: true, ..ALL }, OneApi),
            (FailureKind::BadSchema, Probes { others_work: true, ..ALL }, OneApi),
        ] {
            assert_eq!(decide(&kind, probes).verdict, expected, "{kind:?} with {probes:?}");
        }
    }
}
