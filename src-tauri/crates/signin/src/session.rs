//! A session at the provider: the tokens, refreshing them one at a time, resuming and ending. Must not know where the
//! access token is used, or what ends when a session does: the data stay open.

use crate::{
    ProviderConfig, Secret, SignInError, TokenError, TokenVault, VaultError,
    provider::Provider,
    verify::{self, Expected},
};
use openidconnect::{OAuth2TokenResponse, TokenResponse, core::CoreTokenResponse};
use pvhcc_domain::time::{Ms, SharedClock};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// An access token is renewed this long before its end, or at four fifths of a short life.
const AHEAD: Duration = Duration::from_secs(60);

/// Who signed in. No other claim is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider, as it spells itself.
    pub issuer: String,
    /// The person at that provider; shown and journalled only as a pseudonym.
    pub subject: String,
    /// When the person logged in there.
    pub auth_time: Option<Ms>,
    /// `name`, as a proposal for the roster.
    pub suggested_name: Option<String>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// A checked identity with its session.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub identity: Identity,
    /// Their tokens.
    pub session: Session,
}

struct Tokens {
    access: Secret,
    refresh: Option<Secret>,
    /// When to renew and when the token ends; none when the provider does not say.
    life: Option<(Instant, Instant)>,
    /// Counts renewals.
    round: u64,
    ended: Option<TokenError>,
}

impl Tokens {
    /// `answer` after `before`: what a refresh does not renew stays.
    fn from(answer: &CoreTokenResponse, before: Option<&Self>) -> Self {
        let life = answer.expires_in().map(|life| {
            let now = Instant::now();
            (now + life - AHEAD.min(life / 5), now + life)
        });
        let refresh = answer.refresh_token().map(|t| Secret::new(t.secret().as_str()));
        Self {
            access: Secret::new(answer.access_token().secret().as_str()),
            refresh: refresh.or_else(|| before.and_then(|b| b.refresh.clone())),
            life,
            round: before.map_or(0, |b| b.round + 1),
            // A sign-out during a refresh is not undone by its answer.
            ended: before.and_then(|b| b.ended.clone()),
        }
    }
}

/// What waits in the vault.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Kept {
    issuer: String,
    subject: String,
    #[zeroize(skip)]
    auth_time: Option<Ms>,
    refresh: String,
}

/// A session at the provider. Shared behind `Arc`; all calls take `&self`.
pub struct Session {
    provider: Arc<Provider>,
    clock: SharedClock,
    issuer: String,
    subject: String,
    auth_time: Option<Ms>,
    tokens: Mutex<Tokens>,
    /// Held by the one that refreshes or signs out.
    flight: tokio::sync::Mutex<()>,
    keeper: Mutex<Option<(Arc<dyn TokenVault>, String)>>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Session {
    pub(crate) fn new(
        provider: Arc<Provider>,
        clock: SharedClock,
        identity: &Identity,
        answer: &CoreTokenResponse,
    ) -> Self {
        Self {
            provider,
            clock,
            issuer: identity.issuer.clone(),
            subject: identity.subject.clone(),
            auth_time: identity.auth_time,
            tokens: Mutex::new(Tokens::from(answer, None)),
            flight: tokio::sync::Mutex::new(()),
            keeper: Mutex::new(None),
        }
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keeper(&self) -> Option<(Arc<dyn TokenVault>, String)> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the refresh token in `vault` under `account`, now and after each rotation. Without a refresh token an
    /// older entry is cleared.
    ///
    /// # Errors
    /// The vault failed; the session goes on.
    pub fn keep_in(&self, vault: Arc<dyn TokenVault>, account: &str) -> Result<(), VaultError> {
        *self.keeper.lock().unwrap_or_else(PoisonError::into_inner) = Some((vault, account.to_owned()));
        self.keep()
    }

    fn keep(&self) -> Result<(), VaultError> {
        let Some((vault, account)) = self.keeper() else { return Ok(()) };
        let Some(refresh) = self.tokens().refresh.clone() else { return vault.clear(&account) };
        let kept = Kept {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            auth_time: self.auth_time,
            refresh: refresh.expose().to_owned(),
        };
        let text = serde_json::to_string(&kept).map_err(|e| VaultError::Store(e.to_string()))?;
        vault.put(&account, &Secret::new(text))
    }

    /// A good access token; renewed first when its end is near. Callers that come together share one request.
    ///
    /// # Errors
    /// `is_refused` when only a new sign-in helps; `Unreachable` when the provider is away and the token has ended.
    pub async fn access_token(&self) -> Result<Secret, TokenError> {
        let (round, end) = {
            let tokens = self.tokens();
            if let Some(ended) = &tokens.ended {
                return Err(ended.clone());
            }
            match tokens.life {
                Some((renew, end)) if Instant::now() >= renew => (tokens.round, end),
                _ => return Ok(tokens.access.clone()),
            }
        };
        match self.renew(round).await {
            // Away for a moment: the old token is still good.
            Err(e) if !e.is_refused() && Instant::now() < end => Ok(self.tokens().access.clone()),
            Err(TokenError::Expired) if Instant::now() < end => Ok(self.tokens().access.clone()),
            Err(e) => Err(e),
            Ok(()) => Ok(self.tokens().access.clone()),
        }
    }

    /// Renews the access token now, for a source that answered 401. Callers that come together share one request.
    ///
    /// # Errors
    /// As `access_token`.
    pub async fn refresh(&self) -> Result<(), TokenError> {
        let round = self.tokens().round;
        self.renew(round).await
    }

    async fn renew(&self, round: u64) -> Result<(), TokenError> {
        let _flight = self.flight.lock().await;
        let refresh = {
            let tokens = self.tokens();
            if let Some(ended) = &tokens.ended {
                return Err(ended.clone());
            }
            if tokens.round != round {
                return Ok(());
            }
            tokens.refresh.clone()
        };
        let Some(refresh) = refresh else { return Err(TokenError::Expired) };
        let renewed = renewed(&self.provider, &refresh, &self.subject, &self.clock).await;
        match renewed {
            Ok(answer) => {
                {
                    let mut tokens = self.tokens();
                    *tokens = Tokens::from(&answer, Some(&tokens));
                }
                if let Err(e) = self.keep() {
                    tracing::warn!(error = %e, "the renewed refresh token was not kept");
                }
                Ok(())
            }
            Err(e) => {
                if e.is_refused() {
                    self.tokens().ended = Some(e.clone());
                    self.forget();
                }
                Err(e)
            }
        }
    }

    fn forget(&self) {
        if let Some((vault, account)) = self.keeper()
            && let Err(e) = vault.clear(&account)
        {
            tracing::warn!(error = %e, "the kept refresh token was not cleared");
        }
    }

    /// Ends the session: here at once, whatever the provider says; then its tokens are revoked there. The provider's
    /// own session lives in the browser and ends there, see [`crate::end_session`].
    ///
    /// # Errors
    /// The provider did not take the revocation; here everything is cleared all the same.
    pub async fn sign_out(&self) -> Result<(), SignInError> {
        // Ended before the wait, so that a caller who comes meanwhile gets no token.
        self.tokens().ended = Some(TokenError::SignedOut);
        self.forget();
        let _flight = self.flight.lock().await;
        let (access, refresh) = {
            let mut tokens = self.tokens();
            (std::mem::replace(&mut tokens.access, Secret::new("")), tokens.refresh.take())
        };
        // A refresh under way may have kept its tokens again.
        self.forget();
        match &refresh {
            Some(token) => self.provider.revoke(token, "refresh_token").await,
            None => self.provider.revoke(&access, "access_token").await,
        }
    }
}

/// New tokens for `refresh`; an ID token that comes with them must be of the same person.
async fn renewed(
    provider: &Provider,
    refresh: &Secret,
    subject: &str,
    clock: &SharedClock,
) -> Result<CoreTokenResponse, TokenError> {
    let answer = Box::pin(provider.refresh(refresh)).await?;
    if let Some(id_token) = answer.id_token() {
        let expected = Expected { nonce: None, fresh_since: None };
        let checked = verify::check(provider, id_token, answer.access_token(), &expected, clock).await?;
        if checked.subject != subject {
            return Err(TokenError::Provider(SignInError::IdToken {
                reason: "of another person".to_owned(),
            }));
        }
    }
    Ok(answer)
}

/// Signs in again from the refresh token kept under `account`; none when nothing is kept, or it is of another issuer.
/// The session keeps itself in the same place.
///
/// # Errors
/// Refused (`is_refused`): the entry is cleared; signed out of the network, not of the data. `Unreachable`: the entry
/// stays for another try. `Vault`: the entry could not be read; a damaged one is cleared.
pub async fn resume(
    config: &ProviderConfig,
    vault: Arc<dyn TokenVault>,
    account: &str,
    clock: SharedClock,
) -> Result<Option<SignedIn>, TokenError> {
    let kept = match vault.get(account) {
        Ok(None) => return Ok(None),
        Ok(Some(text)) => serde_json::from_str::<Kept>(text.expose()).map_err(|_| VaultError::Damaged),
        Err(e) => Err(e),
    };
    let kept = match kept {
        Ok(kept) => kept,
        Err(e) => {
            if matches!(e, VaultError::Damaged) {
                vault.clear(account)?;
            }
            return Err(e.into());
        }
    };
    let provider = Arc::new(Provider::open(config).await?);
    if kept.issuer != provider.issuer() {
        return Ok(None);
    }
    let refresh = Secret::new(kept.refresh.as_str());
    let answer = match renewed(&provider, &refresh, &kept.subject, &clock).await {
        Ok(answer) => answer,
        Err(e) => {
            if e.is_refused() {
                vault.clear(account)?;
            }
            return Err(e);
        }
    };
    let identity = Identity {
        issuer: kept.issuer.clone(),
        subject: kept.subject.clone(),
        auth_time: kept.auth_time,
        suggested_name: None,
    };
    let session = Session::new(provider, clock, &identity, &answer);
    if session.tokens().refresh.is_none() {
        // A provider that does not rotate says nothing: the token is good as before.
        session.tokens().refresh = Some(refresh);
    }
    if let Err(e) = session.keep_in(vault, account) {
        tracing::warn!(error = %e, "the renewed refresh token was not kept");
    }
    Ok(Some(SignedIn { identity, session }))
}
