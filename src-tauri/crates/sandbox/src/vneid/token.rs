//! The token and revocation endpoints (RFC 6749, 7009, 7636; OpenID Connect Core §3.1.3 and §12).

use super::{CLIENT_ID, CLIENT_SECRET, TOKEN_SECONDS, fields, grants::Issued};
use crate::{server::World, users::users};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use pvhcc_domain::time::{Clock, Ms};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};
use subtle::ConstantTimeEq;

/// POST: a code or a refresh token for new tokens.
pub(super) async fn token(State(world): State<Arc<World>>, headers: HeaderMap, form: String) -> Response {
    let asked = fields(&form);
    if !is_client(&headers, &asked) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let field = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let now = world.clock.now();
    let expires = now.plus(TOKEN_SECONDS * 1000);
    let grants = &world.vneid.grants;
    let issued = match field("grant_type") {
        "authorization_code" => grants.exchange(field("code"), expires, |code| {
            code.redirect_uri == field("redirect_uri") && verifies(field("code_verifier"), &code.challenge)
        }),
        "refresh_token" => {
            grants.refresh(field("refresh_token"), CLIENT_ID, now, expires).map(|issued| (issued, None))
        }
        _ => return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
    };
    match issued {
        Some((issued, nonce)) => no_store(Json(answer(&world, &issued, nonce, now)).into_response()),
        None => refuse(StatusCode::BAD_REQUEST, "invalid_grant"),
    }
}

/// POST: ends a token; 200 also for one that is not known.
pub(super) async fn revoke(State(world): State<Arc<World>>, headers: HeaderMap, form: String) -> Response {
    let asked = fields(&form);
    if !is_client(&headers, &asked) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    match asked.get("token") {
        Some(token) => {
            world.vneid.grants.revoke(token);
            StatusCode::OK.into_response()
        }
        None => refuse(StatusCode::BAD_REQUEST, "invalid_request"),
    }
}

fn answer(world: &World, issued: &Issued, nonce: Option<String>, now: Ms) -> Value {
    let consent = &issued.consent;
    let at_hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(&issued.access)[..16]);
    let mut claims = json!({
        "iss": world.vneid.issuer,
        "sub": consent.sub,
        "aud": consent.client_id,
        "azp": consent.client_id,
        "iat": now.0 / 1000,
        "exp": now.0 / 1000 + TOKEN_SECONDS,
        "auth_time": consent.auth_time.0 / 1000,
        "acr": "2",
        "sid": issued.family,
        "at_hash": at_hash,
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    if let Some(user) = users().iter().find(|u| u.sub == consent.sub) {
        claims["name"] = user.display_name.into();
    }
    json!({
        "access_token": issued.access,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "refresh_token": issued.refresh,
        "scope": consent.scope,
        "id_token": world.vneid.keys.sign(&claims),
    })
}

/// RFC 7636 §4.6, with the verifier's own bounds (43–128 characters).
fn verifies(verifier: &str, challenge: &str) -> bool {
    (43..=128).contains(&verifier.len()) && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

/// The client by Basic header or form; a secret is optional but must be right where there is one.
fn is_client(headers: &HeaderMap, asked: &HashMap<String, String>) -> bool {
    let basic = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(basic);
    let (id, secret) = match basic {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (asked.get("client_id").cloned(), asked.get("client_secret").cloned()),
    };
    let right = secret.is_none_or(|s| s.as_bytes().ct_eq(CLIENT_SECRET.as_bytes()).into());
    id.as_deref() == Some(CLIENT_ID) && right
}

/// RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
fn basic(header: &str) -> Option<(String, String)> {
    let decoded = String::from_utf8(STANDARD.decode(header.strip_prefix("Basic ")?).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |text: &str| fields(&format!("v={text}")).remove("v").unwrap_or_default();
    Some((plain(id), plain(secret)))
}

fn refuse(status: StatusCode, error: &str) -> Response {
    no_store((status, Json(json!({ "error": error }))).into_response())
}

fn no_store(response: Response) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], response).into_response()
}
