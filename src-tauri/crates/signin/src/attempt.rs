//! One attempt to sign in: from the address for the browser to a checked identity. Must not know how the browser is
//! opened or what the person may do afterwards.

use crate::{
    PasteError, ProviderConfig, Secret, SignInError, SignedIn, Stage,
    listener::{Awaited, Fields, Listener, Returned, finish},
    page::{self, Outcome},
    provider::{Provider, refusal},
    session::{Identity, Session},
    verify::{self, Expected},
};
use openidconnect::{
    CsrfToken, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse,
    core::{CoreAuthPrompt, CoreAuthenticationFlow},
};
use pvhcc_domain::time::{Ms, SharedClock};
use std::{
    collections::HashSet,
    fmt,
    pin::Pin,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{mpsc, watch};
use url::Url;

/// How long the person has in the browser, in real time.
pub const ATTEMPT_LIMIT: Duration = Duration::from_secs(5 * 60);

/// Whether an existing session at the provider is good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// As the provider likes.
    Normal,
    /// The person logs in again now (`prompt=login`, `max_age=0`), and the ID token must say so.
    FreshLogin,
}

/// The waiting side of an attempt: ends with a session or a reason. Dropping it ends the attempt.
pub type Attempt = Pin<Box<dyn Future<Output = Result<SignedIn, SignInError>> + Send + 'static>>;

/// The steering side of an attempt. Dropping it does not end the attempt.
pub struct AttemptHandle {
    authorize_url: Url,
    redirect_uri: Url,
    awaited: Arc<Awaited<Answer>>,
    cancelled: watch::Sender<bool>,
}

impl AttemptHandle {
    /// Where the browser is to go.
    #[must_use]
    pub fn authorize_url(&self) -> &Url {
        &self.authorize_url
    }

    /// Where it will return to.
    #[must_use]
    pub fn redirect_uri(&self) -> &Url {
        &self.redirect_uri
    }

    /// Takes the address the browser ended at, or only `code=…&state=…`.
    ///
    /// # Errors
    /// When it is not the return of this attempt, or the attempt has its answer.
    pub fn paste(&self, text: &str) -> Result<(), PasteError> {
        self.awaited.paste(text)
    }

    /// Ends the attempt with `Cancelled`, unless it is over.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }
}

impl fmt::Debug for AttemptHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptHandle")
            .field("redirect_uri", &self.redirect_uri.as_str())
            .finish_non_exhaustive()
    }
}

static GOING_ON: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// The only attempt with one provider and client in this process, while it lives.
struct Turn(String);

impl Turn {
    fn take(config: &ProviderConfig) -> Result<Self, SignInError> {
        let issuer = config.manual.as_ref().map(|m| &m.issuer).or(config.issuer.as_ref());
        let key = format!("{} {}", config.client_id, issuer.map(Url::as_str).unwrap_or_default());
        let mut going_on = GOING_ON.lock().unwrap_or_else(PoisonError::into_inner);
        if going_on.insert(key.clone()) { Ok(Self(key)) } else { Err(SignInError::Busy) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        GOING_ON.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// What the provider answers through the browser: a code, or an error with its description; and who it says it is.
struct Answer {
    outcome: Result<Secret, (String, Option<String>)>,
    iss: Option<String>,
}

impl Answer {
    /// A return has a code or an error, not both.
    fn of(fields: Fields) -> Option<Self> {
        let outcome = match (fields.code.filter(|c| !c.is_empty()), fields.error) {
            (Some(code), None) => Ok(Secret::new(code)),
            (None, Some(error)) => Err((error, fields.description)),
            _ => return None,
        };
        Some(Self { outcome, iss: fields.iss })
    }
}

/// What the attempt must remember until the browser returns.
struct Asked {
    provider: Arc<Provider>,
    clock: SharedClock,
    redirect: Url,
    nonce: Nonce,
    verifier: Option<PkceCodeVerifier>,
    fresh_since: Option<Ms>,
}

/// Describes the provider, starts to listen, and makes the address for the browser. The second part must be awaited
/// (or spawned) for anything to happen; it ends within five minutes.
///
/// # Errors
/// `Busy`, `Unreachable`, `Answer`, `Config`, `PortTaken`.
pub async fn start(
    config: &ProviderConfig,
    clock: SharedClock,
    prompt: Prompt,
) -> Result<(AttemptHandle, Attempt), SignInError> {
    let turn = Turn::take(config)?;
    let provider = Arc::new(Provider::open(config).await?);
    let listener = Listener::bind(&config.redirect).await?;
    let redirect = listener.redirect.clone();
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let client = provider.client()?.set_redirect_uri(RedirectUrl::from_url(redirect.clone()));
    let mut request = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(config.scopes.iter().filter(|s| *s != "openid").cloned().map(Scope::new));
    if config.pkce {
        request = request.set_pkce_challenge(challenge);
    }
    if prompt == Prompt::FreshLogin {
        request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
    }
    let (authorize_url, state, nonce) = request.url();
    let (awaited, returns) = Awaited::new(Secret::new(state.secret().as_str()), Answer::of);
    let (cancelled, cancel) = watch::channel(false);
    let asked = Asked {
        fresh_since: (prompt == Prompt::FreshLogin).then(|| clock.now()),
        provider,
        clock,
        redirect: redirect.clone(),
        nonce,
        verifier: config.pkce.then_some(verifier),
    };
    let serving = listener.serve(Arc::clone(&awaited));
    let attempt = async move {
        let _turn = turn;
        tokio::select! {
            biased;
            () = is_cancelled(cancel) => Err(SignInError::Cancelled),
            outcome = settle(asked, returns) => outcome,
            () = serving => Err(SignInError::PortTaken { ports: Vec::new() }),
            () = tokio::time::sleep(ATTEMPT_LIMIT) => Err(SignInError::Timeout),
        }
    };
    Ok((AttemptHandle { authorize_url, redirect_uri: redirect, awaited, cancelled }, Box::pin(attempt)))
}

async fn is_cancelled(mut cancel: watch::Receiver<bool>) {
    if cancel.wait_for(|cancelled| *cancelled).await.is_err() {
        // The handle was dropped: nobody can cancel any more.
        std::future::pending::<()>().await;
    }
}

async fn settle(
    asked: Asked,
    mut returns: mpsc::Receiver<Returned<Answer>>,
) -> Result<SignedIn, SignInError> {
    let Some(returned) = returns.recv().await else { return Err(SignInError::Cancelled) };
    let Returned { what, browser } = returned;
    let settled = redeem(asked, what).await;
    if let Some(browser) = browser {
        let page = page::answer(if settled.is_ok() { Outcome::SignedIn } else { Outcome::Failed });
        // Beside the attempt: the person is signed in whether or not the browser takes its page.
        tokio::spawn(async move { finish(browser, &page).await });
    }
    settled
}

async fn redeem(asked: Asked, answer: Answer) -> Result<SignedIn, SignInError> {
    let Answer { outcome, iss } = answer;
    let provider = &asked.provider;
    // First whose answer it is: another provider's error is not ours either.
    match &iss {
        Some(iss) if iss != provider.issuer() => return Err(SignInError::IssuerMismatch),
        None if provider.promises_iss() => return Err(SignInError::IssuerMismatch),
        _ => {}
    }
    let code = outcome.map_err(|(error, description)| refusal(&error, description.as_deref()))?;
    let tokens = Box::pin(provider.exchange(&code, asked.verifier, &asked.redirect)).await?;
    let id_token = tokens
        .id_token()
        .ok_or(SignInError::Answer { stage: Stage::Token, detail: "no ID token".to_owned() })?;
    let expected = Expected { nonce: Some(&asked.nonce), fresh_since: asked.fresh_since };
    let checked = verify::check(provider, id_token, tokens.access_token(), &expected, &asked.clock).await?;
    let identity = Identity {
        issuer: provider.issuer().to_owned(),
        subject: checked.subject,
        auth_time: checked.auth_time,
        suggested_name: checked.name,
    };
    let session = Session::new(asked.provider, asked.clock, &identity, &tokens);
    Ok(SignedIn { identity, session })
}
