//! The return from the browser: what the listener takes, what it does not, and how an attempt ends.

use crate::{
    browser::{clock, get, good_return, send, state},
    provider::Provider,
};
use pvhcc_signin::{Attempt, AttemptHandle, PasteError, Prompt, SignInError, SignedIn, start};
use serde_json::json;
use tokio::{io::AsyncReadExt, net::TcpStream, task::JoinHandle};

type Running = JoinHandle<Result<SignedIn, SignInError>>;

async fn begin(provider: &Provider) -> (AttemptHandle, Running) {
    let (handle, attempt) =
        start(&provider.config(), clock(provider), Prompt::Normal).await.expect("started");
    (handle, tokio::spawn(attempt))
}

async fn end(running: Running) -> Result<SignedIn, SignInError> {
    running.await.expect("no panic")
}

#[tokio::test]
async fn the_address_for_the_browser_asks_for_a_code_with_s256_state_and_nonce() {
    let provider = Provider::start().await;
    let (handle, _attempt): (_, Attempt) =
        start(&provider.config(), clock(&provider), Prompt::Normal).await.expect("started");
    let asked: std::collections::HashMap<_, _> = handle.authorize_url().query_pairs().into_owned().collect();
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["scope"], "openid profile");
    assert_eq!(asked["redirect_uri"], handle.redirect_uri().as_str());
    assert!(asked["state"].len() >= 16 && asked["nonce"].len() >= 16 && asked["code_challenge"].len() == 43);
    assert_eq!(handle.redirect_uri().host_str(), Some("127.0.0.1"));
}

#[tokio::test]
async fn everything_but_the_expected_return_is_404_and_the_attempt_goes_on() {
    let provider = Provider::start().await;
    let (handle, running) = begin(&provider).await;
    let state = state(&handle);
    let long = "x".repeat(40_000);
    for raw in [
        "GET /callback?code=x&state=wrong HTTP/1.1\r\n\r\n".to_owned(),
        "GET /callback?code=x HTTP/1.1\r\n\r\n".to_owned(),
        "GET /callback?error=access_denied&state=wrong HTTP/1.1\r\n\r\n".to_owned(),
        "GET /callback HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET /elsewhere?code=x&state={state} HTTP/1.1\r\n\r\n"),
        format!("GET /callback/?code=x&state={state} HTTP/1.1\r\n\r\n"),
        format!("POST /callback?code=x&state={state} HTTP/1.1\r\nContent-Length: 0\r\n\r\n"),
        format!("GET /callback?code=x&code=y&state={state} HTTP/1.1\r\n\r\n"),
        format!("GET /callback?state={state} HTTP/1.1\r\n\r\n"),
        format!("GET /callback?code=x&error=y&state={state} HTTP/1.1\r\n\r\n"),
        format!("GET /callback?code=x&state={state} HTTP/1.1\r\nCookie: {long}\r\n\r\n"),
        "GET /favicon.ico HTTP/1.1\r\n\r\n".to_owned(),
        "\r\n\r\n".to_owned(),
    ] {
        let answer = send(&handle, &raw).await;
        // A head too long may be answered by closing the connection on the sender.
        let refused = answer.starts_with("HTTP/1.1 404") || (raw.len() > 40_000 && answer.is_empty());
        assert!(refused, "{} -> {answer}", &raw[..raw.len().min(80)]);
    }
    assert!(!running.is_finished());
    get(&handle, &good_return(&provider, &handle)).await;
    end(running).await.expect("signed in after all");
}

#[tokio::test]
async fn a_browser_that_opens_a_connection_and_says_nothing_does_not_block_the_next() {
    let provider = Provider::start().await;
    let (handle, running) = begin(&provider).await;
    let port = handle.redirect_uri().port().expect("port");
    let mut silent = TcpStream::connect(("127.0.0.1", port)).await.expect("listener");
    get(&handle, &good_return(&provider, &handle)).await;
    end(running).await.expect("signed in");
    assert_eq!(silent.read(&mut [0; 8]).await.unwrap_or(0), 0, "closed with the listener");
}

#[tokio::test]
async fn the_return_is_taken_once() {
    let provider = Provider::start().await;
    let (handle, running) = begin(&provider).await;
    let target = good_return(&provider, &handle);
    get(&handle, &target).await;
    end(running).await.expect("signed in");
    let port = handle.redirect_uri().port().expect("port");
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err(), "the listener is closed");
    assert_eq!(handle.paste(&target[1..]), Err(PasteError::NotARedirect));
    assert_eq!(handle.paste(target.split_once('?').expect("query").1), Err(PasteError::Finished));
}

#[tokio::test]
async fn a_code_of_another_attempt_is_refused_by_pkce_and_without_it_by_the_nonce() {
    for check_pkce in [true, false] {
        let provider = Provider::start().await;
        provider.plan().check_pkce = check_pkce;
        let (first, running) = begin(&provider).await;
        let stolen = provider.consent(first.authorize_url());
        first.cancel();
        assert!(matches!(end(running).await, Err(SignInError::Cancelled)));
        let (second, running) = begin(&provider).await;
        get(&second, &format!("/callback?code={stolen}&state={}", state(&second))).await;
        match end(running).await {
            Err(SignInError::Provider { error, .. }) if check_pkce => assert_eq!(error, "invalid_grant"),
            Err(SignInError::IdToken { reason }) if !check_pkce => {
                assert!(reason.contains("nonce"), "{reason}")
            }
            other => panic!("PKCE {check_pkce}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn the_persons_refusal_at_the_provider_ends_the_attempt_with_its_name() {
    let provider = Provider::start().await;
    let (handle, running) = begin(&provider).await;
    let page =
        get(&handle, &format!("/callback?error=access_denied&error_description=no&state={}", state(&handle)))
            .await;
    assert!(page.contains("Chưa đăng nhập được"));
    let Err(SignInError::Provider { error, description }) = end(running).await else { panic!("refused") };
    assert_eq!((error.as_str(), description.as_deref()), ("access_denied", Some("no")));
}

#[tokio::test]
async fn a_return_in_the_name_of_another_issuer_is_refused_and_so_is_a_promised_name_left_out() {
    let provider = Provider::start().await;
    let (handle, running) = begin(&provider).await;
    get(&handle, &format!("{}&iss=https%3A%2F%2Felsewhere.example", good_return(&provider, &handle))).await;
    assert!(matches!(end(running).await, Err(SignInError::IssuerMismatch)));

    provider.plan().change_description =
        Some(Box::new(|d| d["authorization_response_iss_parameter_supported"] = json!(true)));
    let (handle, running) = begin(&provider).await;
    get(&handle, &good_return(&provider, &handle)).await;
    assert!(matches!(end(running).await, Err(SignInError::IssuerMismatch)));

    let (handle, running) = begin(&provider).await;
    get(&handle, &format!("{}&iss={}", good_return(&provider, &handle), provider.issuer())).await;
    end(running).await.expect("its own name");
}

#[tokio::test]
async fn a_pasted_address_or_its_query_alone_signs_in_and_another_is_refused() {
    let provider = Provider::start().await;
    for whole in [true, false] {
        let (handle, running) = begin(&provider).await;
        assert_eq!(handle.paste("xin chào"), Err(PasteError::NotARedirect));
        assert_eq!(handle.paste("http://127.0.0.1:1/callback?code=x&state=y"), Err(PasteError::WrongState));
        let target = good_return(&provider, &handle);
        let pasted = if whole {
            handle.redirect_uri().join(&target).expect("URL").to_string()
        } else {
            target.split_once('?').expect("query").1.to_owned()
        };
        handle.paste(&format!(" {pasted}\n")).expect("taken");
        end(running).await.expect("signed in");
    }
}

#[tokio::test]
async fn one_attempt_at_a_time_and_the_next_after_it_is_cancelled_or_dropped() {
    let provider = Provider::start().await;
    let (handle, running) = begin(&provider).await;
    let second = start(&provider.config(), clock(&provider), Prompt::Normal).await;
    assert!(matches!(second, Err(SignInError::Busy)));
    handle.cancel();
    assert!(matches!(end(running).await, Err(SignInError::Cancelled)));
    let third = start(&provider.config(), clock(&provider), Prompt::Normal).await.expect("free again");
    drop(third);
    let fourth = start(&provider.config(), clock(&provider), Prompt::Normal).await;
    assert!(fourth.is_ok(), "free after a drop");
}

#[tokio::test]
async fn without_a_return_the_attempt_ends_after_five_minutes() {
    let provider = Provider::start().await;
    let (_handle, attempt) =
        start(&provider.config(), clock(&provider), Prompt::Normal).await.expect("started");
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    assert!(matches!(attempt.await, Err(SignInError::Timeout)));
    assert_eq!(began.elapsed().as_secs(), 300);
}

#[tokio::test]
async fn ports_of_the_list_are_tried_in_order_and_a_list_of_taken_ones_is_told() {
    let provider = Provider::start().await;
    let mut config = provider.config();
    let hold = || std::net::TcpListener::bind("127.0.0.1:0").expect("port");
    let (taken, free) = (hold(), hold());
    let (taken6, port) = {
        let port = taken.local_addr().expect("address").port();
        (std::net::TcpListener::bind(("::1", port)), port)
    };
    let free_port = free.local_addr().expect("address").port();
    drop(free);
    config.redirect.ports = vec![port, free_port];
    let (handle, attempt) = start(&config, clock(&provider), Prompt::Normal).await.expect("second port");
    assert_eq!(handle.redirect_uri().port(), Some(free_port));
    drop(attempt);
    config.redirect.ports = vec![port];
    let outcome = start(&config, clock(&provider), Prompt::Normal).await.map(|_| ());
    assert!(matches!(outcome, Err(SignInError::PortTaken { ports }) if ports == [port]));
    drop(taken6);
}

#[tokio::test]
async fn a_registered_redirect_address_is_sent_as_it_stands() {
    let provider = Provider::start().await;
    let mut config = provider.config();
    config.redirect.override_uri = Some("https://dashboard.example/return".parse().expect("URL"));
    let (handle, attempt) = start(&config, clock(&provider), Prompt::Normal).await.expect("started");
    let sent =
        handle.authorize_url().query_pairs().find(|(k, _)| k == "redirect_uri").expect("sent").1.into_owned();
    assert_eq!(sent, "https://dashboard.example/return");
    let running = tokio::spawn(attempt);
    let target = good_return(&provider, &handle);
    handle
        .paste(&format!("https://dashboard.example/return?{}", target.split_once('?').expect("query").1))
        .expect("taken");
    end(running).await.expect("signed in by pasting");
}
