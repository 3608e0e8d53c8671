//! What the settings say about the provider. Must not know where settings are kept.

use std::{fmt, path::PathBuf, time::Duration};
use url::Url;
use zeroize::Zeroizing;

/// Text that must not be shown: wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the one place that sends or keeps it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Endpoints written by hand, for a provider without discovery. All must be https, or http on loopback.
#[derive(Debug, Clone)]
pub struct ManualEndpoints {
    /// Value of `iss` in ID tokens; a bare host stands there without a slash at its end.
    pub issuer: Url,
    /// Where the browser goes.
    pub authorization: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token: Url,
    /// The provider's public keys.
    pub jwks: Url,
    /// Claims about the person; not called at present.
    pub userinfo: Option<Url>,
    /// RP-initiated logout.
    pub end_session: Option<Url>,
    /// RFC 7009.
    pub revocation: Option<Url>,
}

/// Where the browser returns to.
#[derive(Debug, Clone, Default)]
pub struct RedirectConfig {
    /// Loopback ports to try in this order; empty means any free port.
    pub ports: Vec<u16>,
    /// Sent as `redirect_uri` as it stands, for a provider that has registered exactly one. When it is a loopback
    /// address with a port and `ports` is empty, that port is listened on; otherwise `ports` or the pasted address.
    pub override_uri: Option<Url>,
}

/// One provider and how this client is known to it.
#[derive(Debug, Clone)]
pub struct ProviderConfig {
    /// Issuer for discovery; not used when `manual` is set.
    pub issuer: Option<Url>,
    /// Endpoints by hand instead of discovery.
    pub manual: Option<ManualEndpoints>,
    /// `client_id`.
    pub client_id: String,
    /// Only for a provider that registers confidential clients alone.
    pub client_secret: Option<Secret>,
    /// Where the browser returns to.
    pub redirect: RedirectConfig,
    /// Where the browser may return to after signing out, as registered with the provider; none: the provider shows
    /// its own page. A loopback address without a port gets a free one (RFC 8252, 7.3).
    pub post_logout_redirect: Option<Url>,
    /// Scopes besides `openid`.
    pub scopes: Vec<String>,
    /// PKCE with S256. Off only for a provider that refuses it.
    pub pkce: bool,
    /// HTTP proxy; loopback never goes through it. Without one the system's proxy is used.
    pub proxy: Option<Url>,
    /// PEM file with CAs trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// For one request, from connecting to the last byte.
    pub timeout: Duration,
}
