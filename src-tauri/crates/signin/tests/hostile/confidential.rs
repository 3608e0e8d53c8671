//! A client with a secret: where the secret stands, in every request that carries one.

use crate::{
    browser::{clock, sign_in, sign_in_by},
    provider::{Provider, Shown},
};
use pvhcc_signin::{MemoryVault, Prompt, Secret, SignInError, TokenVault, resume};
use std::sync::Arc;

#[tokio::test]
async fn a_confidential_client_shows_its_secret_at_exchange_refresh_and_revocation_as_the_provider_asks() {
    for shown in [Shown::Header, Shown::Form] {
        let provider = Provider::start().await;
        provider.plan().confidential = Some(shown);
        let vault = Arc::new(MemoryVault::default());
        let signed_in = sign_in(&provider).await.unwrap_or_else(|e| panic!("{shown:?}: {e}"));
        signed_in.session.keep_in(vault.clone(), "refresh").expect("kept");
        signed_in.session.refresh().await.unwrap_or_else(|e| panic!("{shown:?}: {e}"));
        let again = resume(&provider.config(), vault.clone(), "refresh", clock(&provider)).await;
        let again = again.expect("resumed").expect("something was kept");
        again.session.sign_out().await.unwrap_or_else(|e| panic!("{shown:?}: {e}"));
        assert_eq!(provider.plan().revoked, ["REFRESH-3"], "{shown:?}");
        assert!(vault.get("refresh").expect("memory").is_none());
    }
}

#[tokio::test]
async fn without_the_right_secret_nobody_is_signed_in_and_the_refusal_is_named() {
    for wrong in [None, Some("another")] {
        let provider = Provider::start().await;
        provider.plan().confidential = Some(Shown::Header);
        let mut config = provider.config();
        config.client_secret = wrong.map(Secret::new);
        let (outcome, page) = sign_in_by(&config, &provider, Prompt::Normal).await;
        match outcome {
            Err(SignInError::Provider { error, .. }) => assert_eq!(error, "invalid_client"),
            other => panic!("{wrong:?}: {other:?}"),
        }
        assert!(page.contains("Chưa đăng nhập được"), "{page}");
    }
}
