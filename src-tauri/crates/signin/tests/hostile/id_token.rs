//! What an ID token and the provider's description must say.

use crate::{
    browser::{clock, sign_in, sign_in_with},
    provider::{ELLIPTIC, Provider, Signing},
};
use pvhcc_signin::{Prompt, SignInError, Stage, probe, start};
use serde_json::{Value, json};

async fn with_claims(change: impl Fn(&mut Value) + Send + 'static) -> Result<(), SignInError> {
    let provider = Provider::start().await;
    provider.plan().change_claims = Some(Box::new(change));
    sign_in(&provider).await.map(|_| ())
}

fn reason(outcome: Result<(), SignInError>) -> String {
    match outcome {
        Err(SignInError::IdToken { reason }) => reason,
        other => panic!("expected a refused ID token, got {other:?}"),
    }
}

#[tokio::test]
async fn a_good_token_signs_in_its_subject_and_the_page_says_so_in_vietnamese() {
    let provider = Provider::start().await;
    let (outcome, page) = sign_in_with(&provider, Prompt::Normal).await;
    let signed_in = outcome.expect("good provider");
    assert_eq!(signed_in.identity.subject, "subject-1");
    assert_eq!(signed_in.identity.issuer, provider.issuer());
    assert_eq!(signed_in.identity.suggested_name.as_deref(), Some("Cán bộ Thử Nghiệm"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("Đã đăng nhập") && page.contains("quay lại ứng dụng"));
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing from outside");
}

#[tokio::test]
async fn a_token_with_one_wrong_claim_is_refused_whichever_it_is() {
    type Case = (&'static str, fn(&mut Value), &'static str);
    let cases: [Case; 9] = [
        ("nonce", |c| c["nonce"] = json!("another"), "nonce"),
        ("no nonce", |c| drop(c.as_object_mut().expect("map").remove("nonce")), "nonce"),
        ("issuer", |c| c["iss"] = json!("https://elsewhere.example"), "issuer"),
        ("audience", |c| c["aud"] = json!("another-client"), "audience"),
        ("a second audience", |c| c["aud"] = json!(["dashboard", "another-client"]), "audience"),
        ("azp", |c| c["azp"] = json!("another-client"), "authorized party"),
        ("expired", |c| c["exp"] = json!(c["iat"].as_i64().expect("iat") - 61), "expired"),
        ("from the future", |c| c["iat"] = json!(c["iat"].as_i64().expect("iat") + 120), "future"),
        ("at_hash", |c| c["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA"), "at_hash"),
    ];
    for (name, change, word) in cases {
        let reason = reason(with_claims(change).await);
        assert!(reason.to_lowercase().contains(word), "{name}: {reason}");
    }
}

#[tokio::test]
async fn a_fresh_login_asks_for_one_and_takes_no_earlier_or_unknown_moment() {
    let provider = Provider::start().await;
    let config = provider.config();
    let (handle, attempt) = start(&config, clock(&provider), Prompt::FreshLogin).await.expect("started");
    let query: Vec<_> = handle.authorize_url().query_pairs().into_owned().collect();
    for (name, value) in [("prompt", "login"), ("max_age", "0")] {
        assert!(query.iter().any(|(n, v)| n == name && v == value), "{query:?}");
    }
    drop(attempt);
    let (outcome, _) = sign_in_with(&provider, Prompt::FreshLogin).await;
    assert!(outcome.expect("logged in now").identity.auth_time.is_some());
    let earlier: fn(&mut Value) = |c| c["auth_time"] = json!(c["iat"].as_i64().expect("iat") - 61);
    let untold: fn(&mut Value) = |c| drop(c.as_object_mut().expect("map").remove("auth_time"));
    for (name, change) in [("earlier", earlier), ("untold", untold)] {
        provider.plan().change_claims = Some(Box::new(change));
        let (outcome, _) = sign_in_with(&provider, Prompt::FreshLogin).await;
        assert!(matches!(outcome, Err(SignInError::NotFresh)), "{name}: {outcome:?}");
        sign_in(&provider).await.expect("good enough where no fresh log-in is asked for");
    }
}

#[tokio::test]
async fn expiry_follows_the_injected_clock() {
    let provider = Provider::start().await;
    let clock = provider.clock.clone();
    // The token is signed with the present time; the clock then moves past its 300 s and the leeway of 60 s.
    provider.plan().change_claims = Some(Box::new(move |_| clock.advance(361_000)));
    assert!(reason(sign_in(&provider).await.map(|_| ())).contains("expired"));
    let clock = provider.clock.clone();
    provider.plan().change_claims = Some(Box::new(move |_| clock.advance(359_000)));
    sign_in(&provider).await.expect("within the leeway");
}

#[tokio::test]
async fn only_the_published_keys_may_sign_and_never_a_shared_secret_or_nobody() {
    for (signing, word) in [
        (Signing::Forged, "signature"),
        (Signing::None, "No signature"),
        (Signing::PublicKeyAsSecret, "HS256"),
        (Signing::Rs256(1), "does not publish"),
    ] {
        let provider = Provider::start().await;
        provider.plan().signing = signing;
        let (outcome, page) = sign_in_with(&provider, Prompt::Normal).await;
        let reason = reason(outcome.map(|_| ()));
        assert!(reason.contains(word), "{signing:?}: {reason}");
        assert!(page.contains("Chưa đăng nhập được"), "{page}");
    }
}

#[tokio::test]
async fn an_elliptic_key_signs_as_well_and_a_bit_turned_over_does_not_pass() {
    let provider = Provider::start().await;
    provider.plan().published = vec![vec![0, ELLIPTIC]];
    provider.plan().signing = Signing::Es256;
    let signed_in = sign_in(&provider).await.expect("ES256");
    assert_eq!(signed_in.identity.subject, "subject-1");
    provider.plan().signing = Signing::Es256Broken;
    assert!(reason(sign_in(&provider).await.map(|_| ())).contains("signature"));
}

#[tokio::test]
async fn a_key_that_appears_at_the_provider_after_the_start_is_found() {
    let provider = Provider::start().await;
    {
        let mut plan = provider.plan();
        plan.published = vec![vec![0], vec![1]];
        plan.signing = Signing::Rs256(1);
    }
    sign_in(&provider).await.expect("rotated key");
    assert_eq!(provider.plan().key_fetches, 2);
}

#[tokio::test]
async fn a_fresh_log_in_needs_a_fresh_auth_time() {
    let provider = Provider::start().await;
    let (outcome, _) = sign_in_with(&provider, Prompt::FreshLogin).await;
    outcome.expect("auth_time is now");
    provider.plan().change_claims =
        Some(Box::new(|c| c["auth_time"] = json!(c["iat"].as_i64().expect("iat") - 600)));
    let (outcome, _) = sign_in_with(&provider, Prompt::FreshLogin).await;
    assert!(matches!(outcome, Err(SignInError::NotFresh)), "an error of its own");
    sign_in(&provider).await.expect("an older log-in is good enough otherwise");
}

#[tokio::test]
async fn a_description_that_cannot_be_trusted_is_refused() {
    let provider = Provider::start().await;
    probe(&provider.config()).await.expect("good description");

    provider.plan().change_description = Some(Box::new(|d| d["issuer"] = json!("https://elsewhere.example")));
    let e = probe(&provider.config()).await.expect_err("another issuer");
    assert!(matches!(e, SignInError::Answer { stage: Stage::Discovery, .. }), "{e}");

    provider.plan().change_description =
        Some(Box::new(|d| d["token_endpoint"] = json!("http://elsewhere.example/token")));
    let e = probe(&provider.config()).await.expect_err("token endpoint without TLS");
    assert!(matches!(e, SignInError::Config { .. }), "{e}");

    provider.plan().change_description = None;
    provider.plan().oversized = true;
    let e = probe(&provider.config()).await.expect_err("a megabyte of description");
    assert!(matches!(e, SignInError::Answer { .. }) && e.to_string().contains("longer"), "{e}");

    provider.plan().oversized = false;
    provider.plan().down = true;
    let e = probe(&provider.config()).await.expect_err("503");
    assert!(matches!(e, SignInError::Unreachable { stage: Stage::Discovery, .. }), "{e}");
}

#[tokio::test]
async fn endpoints_by_hand_sign_in_without_discovery() {
    let provider = Provider::start().await;
    provider.plan().down = true;
    let at = |path: &str| provider.url.join(path).expect("URL");
    let mut config = provider.config();
    config.issuer = None;
    config.manual = Some(pvhcc_signin::ManualEndpoints {
        issuer: provider.url.clone(),
        authorization: at("authorize"),
        token: at("token"),
        jwks: at("jwks"),
        userinfo: None,
        end_session: None,
        revocation: None,
    });
    let clock = crate::browser::clock(&provider);
    let (handle, attempt) = pvhcc_signin::start(&config, clock, Prompt::Normal).await.expect("started");
    let attempt = tokio::spawn(attempt);
    crate::browser::get(&handle, &crate::browser::good_return(&provider, &handle)).await;
    attempt.await.expect("no panic").expect("signed in");
}
