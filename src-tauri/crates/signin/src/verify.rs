//! The checks of an ID token (OpenID Connect Core 3.1.3.7). Must not know how it came.

use crate::{SignInError, provider::Provider};
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, IssuerUrl, Nonce,
    SignatureVerificationError,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm},
};
use pvhcc_domain::time::{Ms, SharedClock};
use subtle::ConstantTimeEq;

/// How far the provider's clock and ours may differ, in milliseconds.
const LEEWAY: i64 = 60_000;

/// What an ID token must say besides being genuine.
#[derive(Debug)]
pub(crate) struct Expected<'a> {
    /// The nonce of the attempt; none after a refresh, which has no nonce of ours.
    pub(crate) nonce: Option<&'a Nonce>,
    /// A log-in not earlier than this.
    pub(crate) fresh_since: Option<Ms>,
}

/// What is taken from a good ID token.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) subject: String,
    pub(crate) auth_time: Option<Ms>,
    pub(crate) name: Option<String>,
}

fn refused(reason: impl ToString) -> SignInError {
    SignInError::IdToken { reason: reason.to_string() }
}

/// Checks signature, issuer, audience, times, nonce and `at_hash`. An unknown key is looked for once more at the
/// provider, which may have changed its keys.
pub(crate) async fn check(
    provider: &Provider,
    token: &CoreIdToken,
    access: &AccessToken,
    expected: &Expected<'_>,
    clock: &SharedClock,
) -> Result<Checked, SignInError> {
    match once(provider, token, access, expected, clock) {
        Err(Reason::UnknownKey) => {
            provider.fetch_keys().await?;
            once(provider, token, access, expected, clock).map_err(Reason::told)
        }
        other => other.map_err(Reason::told),
    }
}

enum Reason {
    UnknownKey,
    Other(SignInError),
}

impl Reason {
    fn told(self) -> SignInError {
        match self {
            Self::UnknownKey => refused("signed by a key the provider does not publish"),
            Self::Other(e) => e,
        }
    }
}

impl From<ClaimsVerificationError> for Reason {
    fn from(e: ClaimsVerificationError) -> Self {
        match e {
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                Self::UnknownKey
            }
            ClaimsVerificationError::SignatureVerification(e) => {
                Self::Other(refused(format!("signature: {e}")))
            }
            other => Self::Other(refused(other)),
        }
    }
}

fn once(
    provider: &Provider,
    token: &CoreIdToken,
    access: &AccessToken,
    expected: &Expected<'_>,
    clock: &SharedClock,
) -> Result<Checked, Reason> {
    let other = |reason: &str| Reason::Other(refused(reason));
    let issuer = IssuerUrl::new(provider.issuer().to_owned()).map_err(|e| Reason::Other(refused(e)))?;
    let now = clock.now();
    let instant = |ms: Ms| chrono::DateTime::from_timestamp_millis(ms.0).unwrap_or_default();
    // A public client's verifier also for confidential ones: a shared secret never signs here, so neither the
    // client's secret nor the public key taken as one can be used against it.
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(provider.client_id().to_owned()),
        issuer,
        provider.keys(),
    )
    .set_allowed_algs([
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    ])
    .set_time_fn(move || instant(now.plus(-LEEWAY)))
    .set_issue_time_verifier_fn(move |issued| {
        if issued > instant(now.plus(LEEWAY)) { Err("issued in the future".to_owned()) } else { Ok(()) }
    });
    let nonce = |found: Option<&Nonce>| match (expected.nonce, found) {
        (None, _) => Ok(()),
        (Some(ours), Some(theirs)) if ours.secret().as_bytes().ct_eq(theirs.secret().as_bytes()).into() => {
            Ok(())
        }
        (Some(_), _) => Err("nonce of another attempt".to_owned()),
    };
    let claims = token.claims(&verifier, nonce)?;
    // The library leaves `azp` to its users.
    if claims.authorized_party().is_some_and(|azp| azp.as_str() != provider.client_id()) {
        return Err(other("authorized party is another client"));
    }
    if let Some(hash) = claims.access_token_hash() {
        let alg = token.signing_alg().map_err(|_| other("signing algorithm"))?;
        let key = token.signing_key(&verifier).map_err(|_| other("signing key"))?;
        let ours = AccessTokenHash::from_token(access, alg, key).map_err(|_| other("at_hash"))?;
        if ours != *hash {
            return Err(other("at_hash is of another access token"));
        }
    }
    let auth_time = claims.auth_time().map(|t| Ms(t.timestamp_millis()));
    if let Some(since) = expected.fresh_since
        && auth_time.is_none_or(|t| t < since.plus(-LEEWAY))
    {
        return Err(Reason::Other(SignInError::NotFresh));
    }
    let name = claims
        .name()
        .and_then(|n| n.get(None))
        .map(|n| n.as_str().trim().to_owned())
        .filter(|n| !n.is_empty());
    Ok(Checked { subject: claims.subject().as_str().to_owned(), auth_time, name })
}
