//! Secrets of a profile: the one way to get one. The environment first (servers, short commands), then the system's
//! keyring (seats, where the set-up and Cài đặt put them). Never in a file, in the database, in the log or on the page.

mod change;

use crate::{
    config::Config,
    profile::Profile,
    wire::{ErrorCode, WireError},
};
use pvhcc_signin::{self as signin, Secret, TokenVault};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// Which secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretName {
    /// Of a confidential client at VNeID.
    VneidClient,
    /// Bearer token of the gateway.
    GatewayToken,
    /// Client credentials at the gateway.
    GatewayClient,
    /// Account at the portal.
    PortalPassword,
}

impl SecretName {
    /// The environment's name for it; the keyring has it under the same.
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::VneidClient => "PVHCC_VNEID_CLIENT_SECRET",
            Self::GatewayToken => "PVHCC_GATEWAY_TOKEN",
            Self::GatewayClient => "PVHCC_GATEWAY_CLIENT_SECRET",
            Self::PortalPassword => "PVHCC_PORTAL_PASSWORD",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::VneidClient => "Khóa bí mật của ứng dụng tại VNeID (nếu được cấp)",
            Self::GatewayToken => "Thẻ truy cập Trục tích hợp",
            Self::GatewayClient => "Khóa bí mật của ứng dụng tại Trục tích hợp",
            Self::PortalPassword => "Mật khẩu tài khoản kết nối Cổng DVCQG",
        }
    }

    /// The source cannot be asked without it.
    pub(crate) fn required(self) -> bool {
        self != Self::VneidClient
    }

    /// Those that sources with these settings ask for.
    pub(crate) fn asked(config: Option<&Config>) -> [Self; 3] {
        let by_client = config.is_some_and(|config| config.gateway.client_id.is_some());
        let gateway = if by_client { Self::GatewayClient } else { Self::GatewayToken };
        [Self::VneidClient, gateway, Self::PortalPassword]
    }
}

/// Where a secret was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Environment,
    Keyring,
}

#[derive(Clone)]
struct Vault {
    vault: Arc<dyn TokenVault>,
    in_memory: bool,
}

/// The environment and the profile's keyring entries.
pub(crate) struct Secrets {
    profile: Profile,
    environment: fn(&str) -> Option<String>,
    vault: OnceCell<Vault>,
    /// The last act on secrets that this opening knows of.
    noticed: std::sync::Mutex<Option<String>>,
}

impl Secrets {
    pub(crate) fn new(profile: Profile) -> Self {
        let environment = |name: &str| std::env::var(name).ok();
        Self { profile, environment, vault: OnceCell::new(), noticed: std::sync::Mutex::default() }
    }

    async fn opened(&self) -> &Vault {
        let service = format!("pvhcc-dashboard/{}", self.profile.folder());
        self.vault
            .get_or_init(|| async move {
                match tokio::task::spawn_blocking(move || signin::open_vault(&service)).await {
                    Ok((vault, signin::VaultKind::Keyring)) => Vault { vault, in_memory: false },
                    Ok((vault, signin::VaultKind::MemoryOnly { why })) => {
                        tracing::warn!(%why, "no keyring; the refresh token stays in memory");
                        Vault { vault, in_memory: true }
                    }
                    Err(e) => {
                        tracing::error!(error = %e, "the keyring could not be opened");
                        Vault { vault: Arc::new(signin::MemoryVault::default()), in_memory: true }
                    }
                }
            })
            .await
    }

    /// The keyring, or its stand-in in memory; opened at first use and off the async threads: a keyring may ask the
    /// user to unlock it, and a broken session bus may keep it waiting; neither may delay the first paint.
    pub(crate) async fn vault(&self) -> Arc<dyn TokenVault> {
        Arc::clone(&self.opened().await.vault)
    }

    /// This machine has no keyring, as far as anybody asked it by now.
    pub(crate) fn without_keyring(&self) -> bool {
        self.vault.get().is_some_and(|v| v.in_memory)
    }

    /// This machine has a keyring; asks it.
    pub(crate) async fn has_keyring(&self) -> bool {
        !self.opened().await.in_memory
    }

    /// A secret and where it was found. The training profile talks to the sandbox alone and has none.
    pub(crate) async fn find(&self, name: SecretName) -> Option<(Secret, Place)> {
        if self.profile == Profile::Training {
            return None;
        }
        if let Some(text) = (self.environment)(name.variable()).filter(|text| !text.is_empty()) {
            return Some((Secret::new(text), Place::Environment));
        }
        let vault = self.vault().await;
        match tokio::task::spawn_blocking(move || vault.get(name.variable())).await {
            Ok(Ok(found)) => found.map(|secret| (secret, Place::Keyring)),
            Ok(Err(e)) => {
                tracing::warn!(error = %e, name = name.variable(), "a secret was not read from the keyring");
                None
            }
            Err(e) => {
                tracing::error!(error = %e, "the keyring could not be read");
                None
            }
        }
    }

    /// A secret, wherever it is.
    pub(crate) async fn get(&self, name: SecretName) -> Option<Secret> {
        self.find(name).await.map(|(secret, _)| secret)
    }

    /// Keeps a secret in the keyring in place of an earlier one.
    ///
    /// # Errors
    /// `Config`, naming the environment variable to use instead: there is no keyring, or it refuses.
    pub(crate) async fn put(&self, name: SecretName, secret: Secret) -> Result<(), WireError> {
        if !self.has_keyring().await {
            let why = "Máy này không có kho khóa của hệ điều hành nên chưa lưu được bí mật.";
            return Err(refused(name, why));
        }
        self.in_keyring(name, move |vault| vault.put(name.variable(), &secret)).await
    }

    /// Removes a secret from the keyring; nothing there is no error.
    ///
    /// # Errors
    /// As [`Secrets::put`].
    pub(crate) async fn remove(&self, name: SecretName) -> Result<(), WireError> {
        self.in_keyring(name, move |vault| vault.clear(name.variable())).await
    }

    async fn in_keyring(
        &self,
        name: SecretName,
        act: impl FnOnce(&dyn TokenVault) -> Result<(), signin::VaultError> + Send + 'static,
    ) -> Result<(), WireError> {
        let vault = self.vault().await;
        let failed = match tokio::task::spawn_blocking(move || act(vault.as_ref())).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(e)) => e.to_string(),
            Err(e) => e.to_string(),
        };
        tracing::warn!(error = %failed, name = name.variable(), "the keyring did not take a change of a secret");
        Err(refused(name, "Kho khóa của hệ điều hành không nhận thay đổi."))
    }

    /// Notes the last act on secrets; whether it was not known before.
    fn notice(&self, last: Option<String>) -> bool {
        let mut noticed = self.noticed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let news = *noticed != last;
        *noticed = last;
        news
    }
}

fn refused(name: SecretName, why: &str) -> WireError {
    let variable = name.variable();
    WireError::new(ErrorCode::Config, format!("{why} Hãy đặt bí mật vào biến môi trường {variable}."))
        .with("field", variable)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile's secrets over a vault that stands for the keyring.
    fn over(profile: Profile, environment: fn(&str) -> Option<String>, in_memory: bool) -> Secrets {
        let vault = Vault { vault: Arc::new(signin::MemoryVault::default()), in_memory };
        Secrets {
            profile,
            environment,
            vault: OnceCell::new_with(Some(vault)),
            noticed: std::sync::Mutex::default(),
        }
    }

    fn nothing(_: &str) -> Option<String> {
        None
    }

    #[tokio::test]
    async fn the_environment_comes_before_the_keyring_and_an_empty_variable_is_none() {
        let both = over(
            Profile::Official,
            |name| (name == "PVHCC_GATEWAY_TOKEN").then(|| "from the environment".to_owned()),
            false,
        );
        both.put(SecretName::GatewayToken, Secret::new("kept")).await.expect("kept");
        both.put(SecretName::PortalPassword, Secret::new("mật khẩu")).await.expect("kept");
        let found = both.find(SecretName::GatewayToken).await;
        assert_eq!(found, Some((Secret::new("from the environment"), Place::Environment)));
        let found = both.find(SecretName::PortalPassword).await;
        assert_eq!(found, Some((Secret::new("mật khẩu"), Place::Keyring)));
        assert_eq!(both.find(SecretName::VneidClient).await, None);

        let empty = over(Profile::Official, |_| Some(String::new()), false);
        empty.put(SecretName::GatewayToken, Secret::new("kept")).await.expect("kept");
        assert_eq!(empty.get(SecretName::GatewayToken).await, Some(Secret::new("kept")));
    }

    #[tokio::test]
    async fn without_a_keyring_nothing_is_kept_and_the_variable_is_named() {
        let bare = over(Profile::Official, nothing, true);
        let e = bare.put(SecretName::GatewayToken, Secret::new("hidden")).await.expect_err("no keyring");
        assert!(e.message.contains("PVHCC_GATEWAY_TOKEN") && !e.message.contains("hidden"), "{}", e.message);
        assert_eq!(bare.get(SecretName::GatewayToken).await, None);
    }

    #[tokio::test]
    async fn the_training_profile_has_no_secret_of_the_real_world() {
        let training = over(Profile::Training, |_| Some("real".to_owned()), false);
        assert_eq!(training.find(SecretName::VneidClient).await, None);
        assert_eq!(training.find(SecretName::GatewayToken).await, None);
    }
}
