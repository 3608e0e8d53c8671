//! Probes: what is up, what is not and why, and that one probe is one request.

use crate::support::{Play, Server, clock, status};
use pvhcc_domain::{observation::ProbeState, time::Clock as _};
use pvhcc_sources::{FailureKind, HttpConfig, LARGEST_PAGE, ProbeMethod, ProbeTarget, Prober};
use std::time::Duration;
use url::Url;

fn target(url: Url, method: ProbeMethod, expect: Option<&str>) -> ProbeTarget {
    ProbeTarget {
        id: "portal".to_owned(),
        url,
        method,
        timeout: Duration::from_millis(500),
        expect: expect.map(str::to_owned),
    }
}

fn prober(target: &ProbeTarget, other: Url) -> Prober {
    Prober::new(std::slice::from_ref(target), other, &HttpConfig::default(), clock()).unwrap()
}

fn page(code: u16, headers: &str, text: &str) -> Play {
    Play::Answer(code, headers.to_owned(), "text/html", text.to_owned())
}

#[tokio::test]
async fn every_answer_has_its_state_and_its_reason_and_costs_one_request() {
    use ProbeMethod::{Get, Head};
    let right = "<h1>Cổng Dịch vụ công quốc gia</h1>";
    let late = format!("{}{right}", " ".repeat(LARGEST_PAGE));
    let mark = Some("Cổng Dịch vụ công");
    for (name, play, method, expect, error) in [
        ("200", page(200, "", ""), Head, None, None),
        ("204", status(204), Get, None, None),
        ("a page", page(200, "", right), Get, mark, None),
        (
            "decomposed",
            page(200, "", "Co\u{302}\u{309}ng Di\u{323}ch vu\u{323} co\u{302}ng"),
            Get,
            mark,
            None,
        ),
        ("moved here", page(302, "location: /vi/home\r\n", ""), Head, None, None),
        (
            "moved away",
            page(302, "location: https://elsewhere.example.vn/\r\n", ""),
            Head,
            None,
            Some("redirect"),
        ),
        ("moved nowhere", page(302, "", ""), Get, None, Some("redirect")),
        ("no page", page(302, "location: /vi/home\r\n", ""), Get, mark, Some("redirect")),
        ("error page", page(200, "", "<h1>502 Bad Gateway</h1>"), Get, mark, Some("unexpected")),
        ("beyond what is read", page(200, "", &late), Get, mark, Some("unexpected")),
        ("500", status(500), Head, None, Some("server")),
        ("401", status(401), Head, None, Some("unauthorized")),
        ("404", status(404), Get, None, Some("not_found")),
        ("405", status(405), Head, None, Some("config")),
        ("hang", Play::Hang, Get, None, Some("timeout")),
        ("cut", Play::Cut("<html>".to_owned()), Get, mark, Some("reset")),
    ] {
        let server = Server::start(vec![play]).await;
        let target = target(server.base.clone(), method, expect);
        let probed = prober(&target, server.base.clone()).ask(&target).await;
        let state = if error.is_some() { ProbeState::Down } else { ProbeState::Up };
        let result = &probed.result;
        assert_eq!((result.state, result.error.as_deref()), (state, error), "{name}: {result:?}");
        assert_eq!((result.probe.as_str(), result.asked_at), ("portal", clock().now()));
        assert_eq!(server.log().len(), 1, "{name}: one request, whatever comes of it");
        let request = server.log()[0].to_ascii_lowercase();
        let verb = if method == Head { "head /base" } else { "get /base" };
        assert!(request.starts_with(verb), "{name}: {request}");
        assert!(!request.contains("authorization") && !request.contains("cookie"), "{name}: {request}");
    }
}

#[tokio::test]
async fn an_endless_page_is_read_to_the_limit_only_and_a_hanging_one_to_its_timeout() {
    let server = Server::start(vec![Play::Endless]).await;
    let target = target(server.base.clone(), ProbeMethod::Get, Some("never there"));
    let result = prober(&target, server.base.clone()).ask(&target).await.result;
    assert_eq!(result.state, ProbeState::Down);
    assert!(matches!(result.error.as_deref(), Some("unexpected" | "timeout")), "{result:?}");
    assert!(result.millis < 5_000, "{result:?}");
}

#[tokio::test]
async fn a_wait_that_the_system_asks_for_is_told() {
    let server =
        Server::start(vec![page(503, "retry-after: 120\r\n", ""), page(200, "retry-after: 5\r\n", "")]).await;
    let target = target(server.base.clone(), ProbeMethod::Head, None);
    let prober = prober(&target, server.base.clone());
    assert_eq!(prober.ask(&target).await.retry_after, Some(Duration::from_secs(120)));
    assert_eq!(prober.ask(&target).await.retry_after, None, "a right answer asks for nothing");
}

#[tokio::test]
async fn nothing_is_said_of_a_system_that_cannot_be_asked_from_here() {
    // Nothing listens at either: it might as well be this network.
    let closed = || async {
        let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap()
    };
    let refused = target(closed().await, ProbeMethod::Head, None);
    let result = prober(&refused, closed().await).ask(&refused).await.result;
    assert_eq!(
        (result.state, result.error.as_deref()),
        (ProbeState::Down, Some("refused")),
        "somebody refused"
    );

    let unknown = target(Url::parse("https://nonexistent.invalid/").unwrap(), ProbeMethod::Head, None);
    let unknown = ProbeTarget { timeout: Duration::from_secs(20), ..unknown };
    let result = prober(&unknown, closed().await).ask(&unknown).await.result;
    assert_eq!((result.state, result.error.as_deref()), (ProbeState::Unknown, Some("dns")), "{result:?}");
}

#[tokio::test]
async fn only_encrypted_addresses_without_credentials_are_taken() {
    for (address, good) in [
        ("https://cong.example.vn/", true),
        ("http://127.0.0.1:8400/x", true),
        ("http://localhost/", true),
        ("http://cong.example.vn/", false),
        ("https://user:secret@cong.example.vn/", false),
        ("ftp://cong.example.vn/", false),
    ] {
        let target = target(Url::parse(address).unwrap(), ProbeMethod::Head, None);
        let made = Prober::new(
            &[target],
            Url::parse("http://127.0.0.1:1/").unwrap(),
            &HttpConfig::default(),
            clock(),
        );
        match made {
            Ok(_) => assert!(good, "{address}"),
            Err(error) => {
                assert!(!good && error.kind == FailureKind::Config, "{address}: {error}");
                assert!(!error.to_string().contains("secret"), "{error}");
            }
        }
    }
}
