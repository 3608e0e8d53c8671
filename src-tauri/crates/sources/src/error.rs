//! Why a source could not be asked or its answer was refused.

use pvhcc_domain::time::Ms;
use std::time::Duration;

/// What failed, coarse enough to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// The host name has no address.
    Dns,
    /// Nothing accepts connections there, or no route leads there.
    Refused,
    /// No complete answer in time.
    Timeout,
    /// The connection broke before the answer was complete.
    Reset,
    /// The certificate or the handshake failed.
    Tls,
    /// Credentials refused (401, or a refused log-in).
    Unauthorized,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 410: what was asked with can no longer be used.
    Gone,
    /// 429, or 503 with `Retry-After`; also while such a wait is not over (then nothing was sent).
    RateLimited {
        /// The wait that the host asked for, or what is left of it.
        retry_after: Option<Duration>,
    },
    /// Another 5xx, with the status.
    Server(u16),
    /// The answer is larger than the limit.
    TooLarge,
    /// The answer is not the JSON envelope at all, or the envelope says that it failed.
    BadEnvelope,
    /// JSON, but not the contract's.
    BadSchema,
    /// The portal calls a new session invalid.
    Session,
    /// The answer is a redirect; these are never followed.
    Redirect,
    /// Nothing was sent: the host failed too often.
    BreakerOpen {
        /// When the next attempt is allowed, by the domain clock.
        until: Ms,
    },
    /// A renewal of token or session was not made: too many already.
    BudgetSpent,
    /// The settings cannot work (bad address or CA file), or the host calls the request wrong (other 4xx).
    Config,
}

impl FailureKind {
    /// A stable code for files and logs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Refused => "refused",
            Self::Timeout => "timeout",
            Self::Reset => "reset",
            Self::Tls => "tls",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::RateLimited { .. } => "rate_limited",
            Self::Server(_) => "server",
            Self::TooLarge => "too_large",
            Self::BadEnvelope => "bad_envelope",
            Self::BadSchema => "bad_schema",
            Self::Session => "session",
            Self::Redirect => "redirect",
            Self::BreakerOpen { .. } => "breaker_open",
            Self::BudgetSpent => "budget_spent",
            Self::Config => "config",
        }
    }

    /// Whether the same request may succeed a moment later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Dns
                | Self::Refused
                | Self::Timeout
                | Self::Reset
                | Self::Server(_)
                | Self::RateLimited { .. }
        )
    }

    /// Whether it speaks against the whole host, so that the breaker counts it. A wrong answer does not: the host
    /// works; nor does 429, whose wait is obeyed exactly.
    #[must_use]
    pub fn is_host_failure(&self) -> bool {
        matches!(self, Self::Dns | Self::Refused | Self::Timeout | Self::Reset | Self::Tls | Self::Server(_))
    }

    /// Whether the host answered at all.
    #[must_use]
    pub fn host_answered(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized
                | Self::Forbidden
                | Self::NotFound
                | Self::Gone
                | Self::RateLimited { .. }
                | Self::Server(_)
                | Self::TooLarge
                | Self::BadEnvelope
                | Self::BadSchema
                | Self::Session
                | Self::Redirect
                | Self::BudgetSpent
        )
    }
}

/// A refused answer, masked, with the hash of the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The answer with every value replaced by type and length ([`crate::mask`]).
    pub masked: String,
    /// SHA-256 of the original bytes, lower-case hex.
    pub sha256: String,
}

/// A failed fetch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{route}: {}: {detail}", kind.code())]
pub struct FetchError {
    /// What failed.
    pub kind: FailureKind,
    /// The contract's path, without host and query.
    pub route: String,
    /// English, for the log; never contains values of the answer.
    pub detail: String,
    /// The refused answer.
    pub evidence: Option<Box<Evidence>>,
    /// How long the host asked to be left alone.
    pub retry_after: Option<Duration>,
}

impl FetchError {
    pub(crate) fn new(kind: FailureKind, route: &str, detail: impl Into<String>) -> Self {
        Self { kind, route: route.to_owned(), detail: detail.into(), evidence: None, retry_after: None }
    }

    pub(crate) fn with_evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = Some(Box::new(evidence));
        self
    }
}
