//! The person's browser, by hand, and the way through a whole sign-in.

use crate::provider::Provider;
use pvhcc_signin::{AttemptHandle, Prompt, ProviderConfig, SignInError, SignedIn, start};
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Sends `raw` to the listener of `handle`; the whole answer.
pub(crate) async fn send(handle: &AttemptHandle, raw: &str) -> String {
    let redirect = handle.redirect_uri();
    let address = format!("{}:{}", redirect.host_str().expect("host"), redirect.port().expect("port"));
    let mut stream = TcpStream::connect(address).await.expect("listener");
    // The listener may refuse before all is written.
    let _ = stream.write_all(raw.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

pub(crate) async fn get(handle: &AttemptHandle, target: &str) -> String {
    send(handle, &format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).await
}

pub(crate) fn state(handle: &AttemptHandle) -> String {
    handle.authorize_url().query_pairs().find(|(k, _)| k == "state").expect("state").1.into_owned()
}

/// The target of a good return.
pub(crate) fn good_return(provider: &Provider, handle: &AttemptHandle) -> String {
    format!("/callback?code={}&state={}", provider.consent(handle.authorize_url()), state(handle))
}

pub(crate) fn clock(provider: &Provider) -> pvhcc_domain::time::SharedClock {
    Arc::new(provider.clock.clone())
}

/// A whole sign-in, with the page the browser was shown.
pub(crate) async fn sign_in_with(
    provider: &Provider,
    prompt: Prompt,
) -> (Result<SignedIn, SignInError>, String) {
    sign_in_by(&provider.config(), provider, prompt).await
}

/// The same with settings of the test's own.
pub(crate) async fn sign_in_by(
    config: &ProviderConfig,
    provider: &Provider,
    prompt: Prompt,
) -> (Result<SignedIn, SignInError>, String) {
    let (handle, attempt) = start(config, clock(provider), prompt).await.expect("started");
    let attempt = tokio::spawn(attempt);
    let page = get(&handle, &good_return(provider, &handle)).await;
    (attempt.await.expect("no panic"), page)
}

pub(crate) async fn sign_in(provider: &Provider) -> Result<SignedIn, SignInError> {
    sign_in_with(provider, Prompt::Normal).await.0
}
