//! Ending the provider's own session, in the browser whose cookie holds it (OpenID Connect RP-Initiated Logout 1.0).
//! Must not know the tokens: they are revoked by the session, with or without a browser.

use crate::{
    ATTEMPT_LIMIT, ProviderConfig, Secret, SignInError,
    listener::{Awaited, Listener, finish},
    page::{self, Outcome},
    provider,
};
use openidconnect::CsrfToken;
use std::{fmt, pin::Pin};
use url::Url;

/// Waits for the browser to come back and shows it the last page; whether it came within five minutes. At once
/// `false` when the provider was given no address of ours to send it to.
pub type LogoutReturn = Pin<Box<dyn Future<Output = bool> + Send + 'static>>;

/// The provider's end of a sign-out.
pub struct Logout {
    /// Where the browser is to go.
    pub url: Url,
    /// Must be awaited (or spawned) for the browser to find its last page.
    pub returned: LogoutReturn,
}

impl fmt::Debug for Logout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logout").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

/// Asks the provider where its session ends and makes the address for the browser; none when it has no such place.
/// The request names the client by `client_id`, not by `id_token_hint`: an ID token names the person, and an address
/// passes through the list of processes and the browser's history.
///
/// # Errors
/// `Unreachable`, `Answer`, `Config`, as for [`crate::start`]. A return address that cannot be listened on is no
/// error: the provider then ends at a page of its own.
pub async fn end_session(config: &ProviderConfig) -> Result<Option<Logout>, SignInError> {
    let Some(mut url) = provider::end_session_endpoint(config).await? else { return Ok(None) };
    url.query_pairs_mut().append_pair("client_id", &config.client_id).append_pair("ui_locales", "vi");
    let Some(target) = &config.post_logout_redirect else {
        return Ok(Some(Logout { url, returned: Box::pin(async { false }) }));
    };
    let listener = Listener::bind_at(target).await;
    let target = match &listener {
        Some(listener) => listener.redirect.clone(),
        // An address elsewhere is the provider's and its owner's matter; one of ours that is taken is not asked for.
        None if crate::http::is_loopback(target) => {
            return Ok(Some(Logout { url, returned: Box::pin(async { false }) }));
        }
        None => target.clone(),
    };
    let state = CsrfToken::new_random();
    url.query_pairs_mut()
        .append_pair("post_logout_redirect_uri", target.as_str())
        .append_pair("state", state.secret());
    let returned = async move {
        let Some(listener) = listener else { return false };
        let (awaited, mut returns) = Awaited::new(Secret::new(state.secret().as_str()), |_| Some(()));
        let back = tokio::select! {
            back = returns.recv() => back,
            () = listener.serve(awaited) => None,
            () = tokio::time::sleep(ATTEMPT_LIMIT) => None,
        };
        let Some(browser) = back.and_then(|back| back.browser) else { return false };
        finish(browser, &page::answer(Outcome::SignedOut)).await;
        true
    };
    Ok(Some(Logout { url, returned: Box::pin(returned) }))
}
