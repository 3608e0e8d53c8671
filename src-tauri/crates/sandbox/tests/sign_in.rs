//! The sandbox's VNeID refuses what a careful provider refuses, and serves what a client needs.
#![allow(missing_docs)]

mod common;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use common::{client, options, start};
use pvhcc_sandbox::{CLIENT_ID, CLIENT_SECRET, Sandbox, training_start};
use reqwest::{Client, Response};
use rsa::signature::Verifier;
use serde_json::Value;
use sha2::{Digest, Sha256};

const VERIFIER: &str = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
const REDIRECT: &str = "http://127.0.0.1:49999/callback";

fn request() -> Vec<(&'static str, String)> {
    vec![
        ("client_id", CLIENT_ID.into()),
        ("redirect_uri", REDIRECT.into()),
        ("response_type", "code".into()),
        ("scope", "openid profile".into()),
        ("state", "trạng thái & 1".into()),
        ("nonce", "n-1".into()),
        ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))),
        ("code_challenge_method", "S256".into()),
        ("prompt", "login".into()),
    ]
}

fn with(name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    let mut fields = request();
    fields.retain(|(n, _)| *n != name);
    fields.push((name, value.into()));
    fields
}

async fn authorize(http: &Client, sandbox: &Sandbox, fields: &[(&str, String)]) -> Response {
    let url = format!("{}/authorize", sandbox.urls().issuer);
    http.post(url).form(fields).send().await.expect("answer")
}

fn returned(response: &Response) -> std::collections::HashMap<String, String> {
    assert_eq!(response.status(), 303);
    let to = response.headers()["location"].to_str().expect("text");
    assert!(to.starts_with(REDIRECT), "{to}");
    url::Url::parse(to).expect("url").query_pairs().into_owned().collect()
}

async fn code(http: &Client, sandbox: &Sandbox) -> String {
    let back = returned(&authorize(http, sandbox, &with("login_hint", "staff")).await);
    assert_eq!(back["state"], "trạng thái & 1");
    back["code"].clone()
}

async fn token(http: &Client, sandbox: &Sandbox, fields: &[(&str, &str)]) -> (u16, Value) {
    let url = format!("{}/token", sandbox.urls().issuer);
    let mut form = vec![("client_id", CLIENT_ID)];
    form.extend(fields);
    let response = http.post(url).form(&form).send().await.expect("answer");
    (response.status().as_u16(), response.json().await.expect("json"))
}

async fn exchange(http: &Client, sandbox: &Sandbox, code: &str, verifier: &str) -> (u16, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", REDIRECT),
    ];
    token(http, sandbox, &fields).await
}

async fn refresh(http: &Client, sandbox: &Sandbox, with: &Value) -> (u16, Value) {
    let text = with.as_str().expect("token");
    token(http, sandbox, &[("grant_type", "refresh_token"), ("refresh_token", text)]).await
}

async fn userinfo(http: &Client, sandbox: &Sandbox, access: &Value) -> Response {
    let url = format!("{}/userinfo", sandbox.urls().issuer);
    http.get(url).bearer_auth(access.as_str().expect("token")).send().await.expect("answer")
}

#[tokio::test]
async fn a_sign_in_gives_a_token_that_the_published_key_verifies() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let issuer = sandbox.urls().issuer;
    let found: Value = http
        .get(format!("{issuer}/.well-known/openid-configuration"))
        .send()
        .await
        .expect("answer")
        .json()
        .await
        .expect("json");
    assert_eq!(found["issuer"], issuer);
    let code = code(&http, &sandbox).await;
    let (status, tokens) = exchange(&http, &sandbox, &code, VERIFIER).await;
    assert_eq!(status, 200, "{tokens}");

    let jwks = found["jwks_uri"].as_str().expect("url");
    let jwks: Value = http.get(jwks).send().await.expect("answer").json().await.expect("json");
    let part = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let number =
        |name: &str| rsa::BigUint::from_bytes_be(&part(jwks["keys"][0][name].as_str().expect("text")));
    let key = rsa::RsaPublicKey::new(number("n"), number("e")).expect("key");
    let (text, signature) = tokens["id_token"].as_str().expect("jwt").rsplit_once('.').expect("parts");
    let signature = rsa::pkcs1v15::Signature::try_from(part(signature).as_slice()).expect("signature");
    rsa::pkcs1v15::VerifyingKey::<Sha256>::new(key).verify(text.as_bytes(), &signature).expect("signed");
    let (head, claims) = text.split_once('.').expect("parts");
    let head: Value = serde_json::from_slice(&part(head)).expect("json");
    let claims: Value = serde_json::from_slice(&part(claims)).expect("json");
    assert_eq!((&head["alg"], &head["kid"]), (&"RS256".into(), &jwks["keys"][0]["kid"]));
    let now = training_start().0 / 1000;
    assert_eq!(claims["iss"], issuer);
    assert_eq!(claims["aud"], CLIENT_ID);
    assert_eq!(claims["nonce"], "n-1");
    assert_eq!((claims["iat"].as_i64(), claims["auth_time"].as_i64()), (Some(now), Some(now)));
    assert_eq!(claims["exp"].as_i64(), Some(now + 1800), "by the sandbox's clock");

    let info: Value = userinfo(&http, &sandbox, &tokens["access_token"]).await.json().await.expect("json");
    assert_eq!(info["sub"], claims["sub"]);
    assert_eq!(info["name"], "Chuyên viên 01");
    sandbox.control_clock().advance(1_800_000).expect("forward");
    assert_eq!(userinfo(&http, &sandbox, &tokens["access_token"]).await.status(), 401, "expired");
}

#[tokio::test]
async fn pkce_is_enforced_and_a_failed_exchange_burns_the_code() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    for wrong in ["", "another-verifier-that-is-long-enough-0123456789012345"] {
        let code = code(&http, &sandbox).await;
        let (status, body) = exchange(&http, &sandbox, &code, wrong).await;
        assert_eq!((status, &body["error"]), (400, &"invalid_grant".into()));
        assert_eq!(exchange(&http, &sandbox, &code, VERIFIER).await.0, 400, "the code is burnt");
    }
    for fields in [with("code_challenge_method", "plain"), with("code_challenge", "")] {
        assert_eq!(returned(&authorize(&http, &sandbox, &fields).await)["error"], "invalid_request");
    }
}

#[tokio::test]
async fn a_code_works_once_and_its_second_use_ends_the_sign_in() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let code = code(&http, &sandbox).await;
    let (status, tokens) = exchange(&http, &sandbox, &code, VERIFIER).await;
    assert_eq!(status, 200);
    assert_eq!(exchange(&http, &sandbox, &code, VERIFIER).await.0, 400);
    assert_eq!(userinfo(&http, &sandbox, &tokens["access_token"]).await.status(), 401);
    assert_eq!(refresh(&http, &sandbox, &tokens["refresh_token"]).await.0, 400);
}

#[tokio::test]
async fn refresh_tokens_rotate_survive_a_restart_and_reuse_ends_the_sign_in() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let code = code(&http, &sandbox).await;
    let (_, first) = exchange(&http, &sandbox, &code, VERIFIER).await;
    let (status, second) = refresh(&http, &sandbox, &first["refresh_token"]).await;
    assert_eq!(status, 200);
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    sandbox.stop().await;

    let sandbox = start(dir.path()).await;
    let (status, third) = refresh(&http, &sandbox, &second["refresh_token"]).await;
    assert_eq!(status, 200, "a restart does not sign anybody out");
    assert_eq!(refresh(&http, &sandbox, &first["refresh_token"]).await.0, 400, "reuse");
    assert_eq!(refresh(&http, &sandbox, &third["refresh_token"]).await.0, 400, "the family is gone");
    assert_eq!(userinfo(&http, &sandbox, &third["access_token"]).await.status(), 401);
}

#[tokio::test]
async fn an_unknown_client_or_address_is_never_redirected_to() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let refused = [
        with("redirect_uri", "http://example.vn/callback"),
        with("redirect_uri", "http://localhost:1/callback"),
        with("redirect_uri", "http://127.0.0.1:1/elsewhere"),
        with("client_id", "someone-else"),
    ];
    for mut fields in refused {
        fields.push(("user", "staff".into()));
        let response = authorize(&http, &sandbox, &fields).await;
        assert_eq!(response.status(), 400);
        assert!(response.headers().get("location").is_none());
    }
    let any_port = with("redirect_uri", "http://[::1]:1234/callback");
    let mut any_port = any_port;
    any_port.push(("user", "duty".into()));
    assert_eq!(authorize(&http, &sandbox, &any_port).await.status(), 303);
}

#[tokio::test]
async fn the_page_offers_every_person_and_escapes_what_it_was_given() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let url = format!("{}/authorize", sandbox.urls().issuer);
    let fields = with("state", "\"><script>");
    let page = http.get(&url).query(&fields).send().await.expect("answer").text().await.expect("text");
    for user in pvhcc_sandbox::users() {
        assert!(page.contains(user.display_name) && page.contains(&format!("value=\"{}\"", user.key)));
    }
    assert!(page.contains("lang=\"vi\"") && !page.contains("<script"));
    let mut cancelled = request();
    cancelled.push(("cancel", "1".into()));
    assert_eq!(returned(&authorize(&http, &sandbox, &cancelled).await)["error"], "access_denied");
    let silent = with("prompt", "none");
    assert_eq!(returned(&authorize(&http, &sandbox, &silent).await)["error"], "login_required");
}

#[tokio::test]
async fn signing_out_and_revoking_end_the_tokens_and_a_wrong_secret_is_refused() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let issuer = sandbox.urls().issuer;
    let first = code(&http, &sandbox).await;
    let (_, tokens) = exchange(&http, &sandbox, &first, VERIFIER).await;
    let target = "http://127.0.0.1:5/signed-out";
    let out = [
        ("id_token_hint", tokens["id_token"].as_str().expect("jwt")),
        ("post_logout_redirect_uri", target),
        ("state", "s"),
    ];
    let response = http.get(format!("{issuer}/logout")).query(&out).send().await.expect("answer");
    assert_eq!(response.headers()["location"], format!("{target}?state=s"));
    assert_eq!(refresh(&http, &sandbox, &tokens["refresh_token"]).await.0, 400);

    let second = code(&http, &sandbox).await;
    let (_, tokens) = exchange(&http, &sandbox, &second, VERIFIER).await;
    let revoke = |secret: &'static str| {
        let form = [("token", tokens["refresh_token"].as_str().expect("token").to_owned())];
        http.post(format!("{issuer}/revoke")).basic_auth(CLIENT_ID, Some(secret)).form(&form).send()
    };
    assert_eq!(revoke("wrong").await.expect("answer").status(), 401);
    assert_eq!(userinfo(&http, &sandbox, &tokens["access_token"]).await.status(), 200);
    assert_eq!(revoke(CLIENT_SECRET).await.expect("answer").status(), 200);
    assert_eq!(userinfo(&http, &sandbox, &tokens["access_token"]).await.status(), 401);
}

#[tokio::test]
async fn a_sign_out_by_a_link_alone_is_asked_about_first_and_leads_back_to_this_machine_only() {
    let dir = tempfile::tempdir().expect("dir");
    let (sandbox, http) = (start(dir.path()).await, client());
    let url = format!("{}/logout", sandbox.urls().issuer);
    let target = "http://127.0.0.1:5/signed-out";
    let asked = |client: &str, back: &str| {
        [
            ("client_id", client.to_owned()),
            ("post_logout_redirect_uri", back.to_owned()),
            ("state", "\"s".into()),
        ]
    };
    let page = http.get(&url).query(&asked(CLIENT_ID, target)).send().await.expect("answer");
    assert_eq!(page.status(), 200, "nobody is sent anywhere by a link");
    let page = page.text().await.expect("text");
    assert!(page.contains("Đăng xuất khỏi VNeID?") && page.contains("value=\"&quot;s\""), "{page}");
    let agreed = |client: &str, back: &str| {
        let form: Vec<_> = asked(client, back).into_iter().chain([("agreed", "1".to_owned())]).collect();
        http.post(&url).form(&form).send()
    };
    let response = agreed(CLIENT_ID, target).await.expect("answer");
    assert_eq!(response.headers()["location"], format!("{target}?state=%22s"));
    assert_eq!(agreed(CLIENT_ID, "https://elsewhere.example/").await.expect("answer").status(), 400);
    let stranger = agreed("another", target).await.expect("answer");
    assert_eq!(stranger.status(), 200);
    assert!(stranger.text().await.expect("text").contains("Đã đăng xuất"), "a stranger is not sent on");
}

#[tokio::test]
async fn a_folder_without_a_key_gets_one_that_stays() {
    let dir = tempfile::tempdir().expect("dir");
    let mut opts = options(dir.path());
    let fresh = tempfile::tempdir().expect("dir");
    opts.folder = fresh.path().to_owned();
    Sandbox::start(opts.clone()).await.expect("sandbox").stop().await;
    let made = std::fs::read(fresh.path().join("vneid-key.pem")).expect("key");
    Sandbox::start(opts).await.expect("sandbox").stop().await;
    assert_eq!(made, std::fs::read(fresh.path().join("vneid-key.pem")).expect("key"));
}
