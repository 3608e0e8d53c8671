//! Every failure kind of the transport and the envelope, by a real fault.

use crate::support::{Play, Server, gateway, ok, status};
use pvhcc_sources::{FailureKind, Verdict};
use std::time::Duration;
use url::Url;

#[tokio::test]
async fn each_fault_gives_its_own_kind_and_evidence_without_content() {
    let secret = "Nguyen Van A 0912345678";
    let answer = |status, headers: &str, kind, body: &str| {
        Play::Answer(status, headers.to_owned(), kind, body.to_owned())
    };
    let limited = |s| FailureKind::RateLimited { retry_after: Some(Duration::from_secs(s)) };
    let json = "application/json";
    let cases = [
        ("hang", Play::Hang, FailureKind::Timeout),
        ("reset", Play::Cut(format!(r#"{{"tasks":["{secret}"#)), FailureKind::Reset),
        ("endless", Play::Endless, FailureKind::TooLarge),
        ("oversized", ok(" ".repeat(70_000)), FailureKind::TooLarge),
        ("401", status(401), FailureKind::Unauthorized),
        ("403", answer(403, "", json, &format!(r#"{{"error":"{secret}"}}"#)), FailureKind::Forbidden),
        ("404", status(404), FailureKind::NotFound),
        ("400", status(400), FailureKind::Config),
        ("500", status(500), FailureKind::Server(500)),
        ("429 seconds", answer(429, "retry-after: 60\r\n", json, "{}"), limited(60)),
        (
            "429 date",
            answer(
                429,
                "date: Fri, 29 May 2026 07:00:00 GMT\r\nretry-after: Fri, 29 May 2026 07:01:30 GMT\r\n",
                json,
                "{}",
            ),
            limited(90),
        ),
        ("503 wait", answer(503, "retry-after: 30\r\n", json, "{}"), limited(30)),
        ("redirect", answer(302, "location: http://127.0.0.1:1/x\r\n", json, "{}"), FailureKind::Redirect),
        (
            "captive portal",
            answer(200, "", "text/html", &format!("<html>{secret}</html>")),
            FailureKind::BadEnvelope,
        ),
        ("wrong content type", answer(200, "", "text/plain", "{}"), FailureKind::BadEnvelope),
        ("empty", ok(""), FailureKind::BadEnvelope),
        ("truncated", ok(format!(r#"{{"as_of":"{secret}"#)), FailureKind::BadEnvelope),
        ("list", ok("[]"), FailureKind::BadEnvelope),
        ("wrong schema", ok(format!(r#"{{"name":"{secret}","{secret}":1}}"#)), FailureKind::BadSchema),
        ("304 unasked", answer(304, "", json, ""), FailureKind::BadEnvelope),
    ];
    for (name, play, expected) in cases {
        let server = Server::start(vec![play]).await;
        let error = gateway(server.base.clone()).tasks(None).await.expect_err(name);
        assert_eq!(error.kind, expected, "{name}: {error}");
        assert_eq!(error.route, "/v1/tasks");
        let shown = format!("{error:?}");
        assert!(
            !shown.contains("Nguyen") && !shown.contains("0912") && !shown.contains("tok-1"),
            "{name}: {shown}"
        );
        assert_eq!(server.log().len(), 1, "{name}: no retry was earned yet");
    }
}

#[tokio::test]
async fn a_closed_port_is_refused_and_an_unknown_name_is_dns() {
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let closed = gateway(Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap());
    let error = closed.health().await.expect_err("closed");
    assert_eq!(error.kind, FailureKind::Refused);
    assert_eq!(closed.verdict(&error).await, Verdict::Host);

    let server = Server::start(vec![status(500)]).await;
    // Neither the system's proxy nor a slow resolver may change what is tested.
    let config = pvhcc_sources::GatewayConfig {
        base_url: Url::parse("http://nonexistent.invalid/").unwrap(),
        auth: pvhcc_sources::GatewayAuth::Bearer(pvhcc_sources::Secret::new("t")),
        timeout: Duration::from_secs(20),
        max_body: 1000,
    };
    let unknown =
        pvhcc_sources::Gateway::new(config, &pvhcc_sources::HttpConfig::default(), crate::support::clock())
            .unwrap()
            .compare_with(server.base);
    let error = unknown.health().await.expect_err("unknown");
    assert_eq!(error.kind, FailureKind::Dns, "{error}");
}

#[tokio::test]
async fn a_plain_server_behind_https_is_a_tls_failure() {
    let server = Server::start(vec![status(200)]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut base = server.base.clone();
    base.set_scheme("https").unwrap();
    base.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 no\r\n\r\n").await;
            let mut rest = Vec::new();
            let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest).await;
        }
    });
    assert_eq!(gateway(base).health().await.expect_err("no TLS").kind, FailureKind::Tls);
}

#[tokio::test]
async fn one_bad_address_of_a_good_host_is_told_from_a_bad_host() {
    let server =
        Server::start(vec![ok(r#"{"status":"ok","as_of":"2026-05-29T14:00:00+07:00"}"#), status(500)]).await;
    let gateway = gateway(server.base);
    gateway.health().await.expect("up");
    let error = gateway.flows().await.expect_err("500");
    assert_eq!(gateway.verdict(&error).await, Verdict::OneApi);
}
