//! Typed errors. They carry no token, code or secret, so that they may go to the log; people read other sentences.

use thiserror::Error;

/// Which request was being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The provider's description.
    Discovery,
    /// The provider's public keys.
    Keys,
    /// Exchange of the code or the refresh token.
    Token,
    /// Revocation of the refresh token.
    Revocation,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum SignInError {
    /// No answer, or 429 or 5xx.
    #[error("{stage:?}: provider not reached: {detail}")]
    Unreachable {
        /// Which request.
        stage: Stage,
        /// What the transport says.
        detail: String,
    },
    /// The provider refused, at the browser or at the token endpoint.
    #[error("provider refused: {error}")]
    Provider {
        /// `error` of RFC 6749, cut to 80 characters.
        error: String,
        /// `error_description`, cut to 300 characters.
        description: Option<String>,
    },
    /// The answer is not what the standard says.
    #[error("{stage:?}: answer not usable: {detail}")]
    Answer {
        /// Which request.
        stage: Stage,
        /// What is wrong with it.
        detail: String,
    },
    /// The `iss` of the redirect (RFC 9207) is another provider's, or absent though promised.
    #[error("redirect from another issuer")]
    IssuerMismatch,
    /// The ID token does not hold.
    #[error("ID token refused: {reason}")]
    IdToken {
        /// Which check failed.
        reason: String,
    },
    /// A log-in of this moment was asked for, and the provider answers with an earlier one, or does not say when it was.
    #[error("the log-in is not of this moment")]
    NotFresh,
    /// Five minutes without a return from the browser.
    #[error("no return from the browser in time")]
    Timeout,
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// None of the ports could be listened on.
    #[error("no loopback port to listen on (tried {ports:?})")]
    PortTaken {
        /// Ports tried; 0 is "any".
        ports: Vec<u16>,
    },
    /// The settings cannot work.
    #[error("settings: {detail}")]
    Config {
        /// Which and why.
        detail: String,
    },
    /// An attempt with this provider is going on.
    #[error("another sign-in is going on")]
    Busy,
}

/// Why a pasted address was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasteError {
    /// Neither a redirect address nor `code=…&state=…`.
    #[error("not a redirect address")]
    NotARedirect,
    /// Of another attempt.
    #[error("state of another attempt")]
    WrongState,
    /// The attempt has its answer, or is over.
    #[error("the attempt already has its answer")]
    Finished,
}

/// Why there is no access token.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The provider refuses to go on: signed out of the network, but not of the data.
    #[error("provider refused the refresh: {error}")]
    Refused {
        /// `error` of RFC 6749.
        error: String,
    },
    /// The access token has expired and the provider gave no refresh token.
    #[error("session expired without a refresh token")]
    Expired,
    /// `sign_out` was called.
    #[error("signed out")]
    SignedOut,
    /// The provider was not reached; try again later.
    #[error("provider not reached: {detail}")]
    Unreachable {
        /// What the transport says.
        detail: String,
    },
    /// The answer is unusable, or the settings are.
    #[error(transparent)]
    Provider(SignInError),
    /// The vault failed while resuming.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl TokenError {
    /// Whether only a new sign-in helps.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Expired | Self::SignedOut)
    }
}

impl From<SignInError> for TokenError {
    fn from(e: SignInError) -> Self {
        match e {
            SignInError::Unreachable { detail, .. } => Self::Unreachable { detail },
            SignInError::Provider { error, .. }
                if error == "temporarily_unavailable" || error == "server_error" =>
            {
                Self::Unreachable { detail: error }
            }
            SignInError::Provider { error, .. } => Self::Refused { error },
            other => Self::Provider(other),
        }
    }
}

/// Why the vault did not keep, give or clear.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The store of the system failed or did not answer.
    #[error("keyring: {0}")]
    Store(String),
    /// What was kept is incomplete or was changed.
    #[error("the kept entry is damaged")]
    Damaged,
}
