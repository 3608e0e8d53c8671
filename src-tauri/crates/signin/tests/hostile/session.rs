//! Tokens after the sign-in: renewing, keeping, resuming, ending.

use crate::{
    browser::{clock, sign_in},
    provider::Provider,
};
use pvhcc_signin::{MemoryVault, Secret, SignInError, Stage, TokenError, TokenVault, resume};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

const ACCOUNT: &str = "refresh";

fn kept(vault: &MemoryVault) -> String {
    vault.get(ACCOUNT).expect("memory").map(|s| s.expose().to_owned()).unwrap_or_default()
}

/// Moves tokio's clock, then lets it run again: real sockets need real time.
async fn pass(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_token_is_used_until_a_minute_before_its_end_and_then_renewed() {
    let provider = Provider::start().await;
    let session = sign_in(&provider).await.expect("signed in").session;
    assert_eq!(session.access_token().await.expect("token").expose(), "ACCESS-1");
    pass(230).await;
    assert_eq!(session.access_token().await.expect("token").expose(), "ACCESS-1");
    pass(15).await;
    assert_eq!(session.access_token().await.expect("token").expose(), "ACCESS-2");
    assert_eq!(provider.plan().refreshes, 1);
}

#[tokio::test]
async fn callers_that_come_together_share_one_refresh() {
    let provider = Provider::start().await;
    let session = Arc::new(sign_in(&provider).await.expect("signed in").session);
    let hold = Arc::new(Notify::new());
    provider.plan().hold_refresh = Some(Arc::clone(&hold));
    pass(250).await;
    let callers: Vec<_> = (0..8)
        .map(|_| {
            let session = Arc::clone(&session);
            tokio::spawn(async move { session.access_token().await })
        })
        .collect();
    while provider.plan().refreshes == 0 {
        tokio::task::yield_now().await;
    }
    hold.notify_one();
    for caller in callers {
        assert_eq!(caller.await.expect("no panic").expect("token").expose(), "ACCESS-2");
    }
    assert_eq!(provider.plan().refreshes, 1);
}

#[tokio::test]
async fn each_rotated_token_is_kept_and_a_restart_resumes_from_it() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let signed_in = sign_in(&provider).await.expect("signed in");
    signed_in.session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    assert!(kept(&vault).contains("REFRESH-1"));
    signed_in.session.refresh().await.expect("renewed");
    assert!(kept(&vault).contains("REFRESH-2") && !kept(&vault).contains("REFRESH-1"));
    drop(signed_in);

    let again = resume(&provider.config(), vault.clone(), ACCOUNT, clock(&provider)).await;
    let again = again.expect("resumed").expect("something was kept");
    assert_eq!(again.identity.subject, "subject-1");
    assert!(kept(&vault).contains("REFRESH-3"));
    assert_eq!(again.session.access_token().await.expect("token").expose(), "ACCESS-3");
}

#[tokio::test]
async fn a_refresh_without_an_id_token_is_enough_and_one_of_another_person_is_refused() {
    let provider = Provider::start().await;
    let session = sign_in(&provider).await.expect("signed in").session;
    provider.plan().id_token_on_refresh = false;
    session.refresh().await.expect("renewed");
    provider.plan().id_token_on_refresh = true;
    provider.plan().change_claims = Some(Box::new(|c| c["sub"] = json!("subject-2")));
    let e = session.refresh().await.expect_err("another person");
    assert!(matches!(e, TokenError::Provider(SignInError::IdToken { .. })), "{e}");
}

#[tokio::test]
async fn a_refused_refresh_is_told_clears_what_was_kept_and_is_not_tried_again() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let session = sign_in(&provider).await.expect("signed in").session;
    session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    provider.plan().refuse_refresh = true;
    for _ in 0..2 {
        let e = session.refresh().await.expect_err("refused");
        assert!(matches!(&e, TokenError::Refused { error } if error == "invalid_grant"), "{e}");
        assert!(e.is_refused());
    }
    assert_eq!(provider.plan().refreshes, 1);
    assert_eq!(kept(&vault), "");
    assert!(session.access_token().await.expect_err("over").is_refused());
}

#[tokio::test]
async fn a_provider_that_is_away_costs_neither_the_token_that_still_holds_nor_the_kept_one() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let session = sign_in(&provider).await.expect("signed in").session;
    session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    provider.plan().down = true;
    pass(250).await;
    assert_eq!(session.access_token().await.expect("still good").expose(), "ACCESS-1");
    pass(60).await;
    let e = session.access_token().await.expect_err("ended");
    assert!(matches!(e, TokenError::Unreachable { .. }) && !e.is_refused(), "{e}");
    assert!(kept(&vault).contains("REFRESH-1"));
    let e = resume(&provider.config(), vault.clone(), ACCOUNT, clock(&provider))
        .await
        .map(|_| ())
        .expect_err("away");
    assert!(matches!(e, TokenError::Unreachable { .. }), "{e}");
    provider.plan().down = false;
    assert_eq!(session.access_token().await.expect("back").expose(), "ACCESS-2");
}

#[tokio::test]
async fn resuming_tells_nothing_kept_from_refused_and_from_damaged() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let config = provider.config();
    let go = || resume(&config, vault.clone(), ACCOUNT, clock(&provider));
    assert!(go().await.expect("no error").is_none());

    vault.put(ACCOUNT, &Secret::new("not ours")).expect("memory");
    assert!(matches!(go().await.map(|_| ()), Err(TokenError::Vault(_))));
    assert_eq!(kept(&vault), "");

    let entry = |issuer: &str| {
        Secret::new(
            json!({ "issuer": issuer, "subject": "s", "auth_time": null, "refresh": "OLD" }).to_string(),
        )
    };
    vault.put(ACCOUNT, &entry("https://elsewhere.example")).expect("memory");
    assert!(go().await.expect("no error").is_none(), "of another issuer");
    assert_eq!(provider.plan().refreshes, 0, "and not sent to this one");

    vault.put(ACCOUNT, &entry(&provider.issuer())).expect("memory");
    assert!(go().await.map(|_| ()).expect_err("refused").is_refused());
    assert_eq!(kept(&vault), "");
}

#[tokio::test]
async fn signing_out_clears_and_revokes_and_gives_no_token_any_more() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let session = sign_in(&provider).await.expect("signed in").session;
    session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    session.sign_out().await.expect("provider agrees");
    assert_eq!(kept(&vault), "");
    assert_eq!(provider.plan().revoked, ["REFRESH-1"]);
    assert!(matches!(session.access_token().await, Err(TokenError::SignedOut)));
    assert!(matches!(session.refresh().await, Err(TokenError::SignedOut)));
}

#[tokio::test]
async fn signing_out_while_the_provider_is_away_clears_here_and_tells_that_nothing_was_revoked() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let session = sign_in(&provider).await.expect("signed in").session;
    session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    provider.plan().down = true;
    let e = session.sign_out().await.expect_err("away");
    assert!(matches!(e, SignInError::Unreachable { stage: Stage::Revocation, .. }), "{e}");
    assert_eq!(kept(&vault), "");
    assert!(matches!(session.access_token().await, Err(TokenError::SignedOut)));
}

#[tokio::test]
async fn a_sign_out_during_a_refresh_wins() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let session = Arc::new(sign_in(&provider).await.expect("signed in").session);
    session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    let hold = Arc::new(Notify::new());
    provider.plan().hold_refresh = Some(Arc::clone(&hold));
    let refreshing = tokio::spawn({
        let session = Arc::clone(&session);
        async move { session.refresh().await }
    });
    while provider.plan().refreshes == 0 {
        tokio::task::yield_now().await;
    }
    let leaving = tokio::spawn({
        let session = Arc::clone(&session);
        async move { session.sign_out().await }
    });
    while !matches!(session.access_token().await, Err(TokenError::SignedOut)) {
        tokio::task::yield_now().await;
    }
    hold.notify_one();
    let _ = refreshing.await.expect("no panic");
    leaving.await.expect("no panic").expect("provider agrees");
    assert_eq!(kept(&vault), "");
    assert_eq!(provider.plan().revoked, ["REFRESH-2"], "the newest token is the one revoked");
    assert!(matches!(session.access_token().await, Err(TokenError::SignedOut)));
}

#[tokio::test]
async fn no_token_secret_or_subject_is_in_any_debug_text_or_error() {
    let provider = Provider::start().await;
    let vault = Arc::new(MemoryVault::default());
    let mut config = provider.config();
    config.client_secret = Some(Secret::new("CLIENT-SECRET"));
    let signed_in = sign_in(&provider).await.expect("signed in");
    signed_in.session.keep_in(vault.clone(), ACCOUNT).expect("kept");
    let access = signed_in.session.access_token().await.expect("token");
    provider.plan().refuse_refresh = true;
    let refused = signed_in.session.refresh().await.expect_err("refused");
    let text = format!(
        "{config:?} {signed_in:?} {:?} {vault:?} {access:?} {refused:?} {refused}",
        signed_in.identity
    );
    for hidden in ["ACCESS-", "REFRESH-", "CLIENT-SECRET", "subject-1", "eyJ"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
}
