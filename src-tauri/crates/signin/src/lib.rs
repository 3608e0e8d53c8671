//! Who is asking: VNeID by OpenID Connect in the system browser, the loopback listener, the kept refresh token, the
//! PIN for work without a network, and the short codes by which a person becomes somebody in the roster.
//!
//! Must not know: roles and the roster (that is `domain` and `app`), the database, the window. Tokens do not leave
//! this crate as text except by `Secret::expose`.

mod attempt;
mod codes;
mod config;
mod error;
mod http;
mod keyring_store;
mod listener;
mod logout;
mod page;
pub mod pin;
mod provider;
mod session;
mod vault;
mod verify;

pub use attempt::{ATTEMPT_LIMIT, Attempt, AttemptHandle, Prompt, start};
pub use codes::{code_hash, code_matches, one_time_code, pseudonym, request_code};
pub use config::{ManualEndpoints, ProviderConfig, RedirectConfig, Secret};
pub use error::{PasteError, SignInError, Stage, TokenError, VaultError};
pub use keyring_store::open_vault;
pub use logout::{Logout, LogoutReturn, end_session};
pub use session::{Identity, Session, SignedIn, resume};
pub use vault::{MemoryVault, TokenVault, VaultKind};

/// Asks the provider for its description and keys, for a connection test; nobody is signed in. Where there is a client
/// secret, the token endpoint is asked whether it takes it.
///
/// # Errors
/// `Unreachable`, `Answer` or `Config`, as `start` would; `Provider` when the client or its secret is refused.
pub async fn probe(config: &ProviderConfig) -> Result<(), SignInError> {
    let provider = provider::Provider::open(config).await?;
    match &config.client_secret {
        Some(_) => provider.knows_client().await,
        None => Ok(()),
    }
}
