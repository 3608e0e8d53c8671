//! A VNeID to sign in against: an OpenID provider with code flow, PKCE enforced, rotating refresh tokens and a sign-in
//! page with one fictional person a role. Token times are by the sandbox's clock; the minute a code lives is real time.
//!
//! Stricter than it must be, so that a client that passes here passes elsewhere.

mod authorize;
mod grants;
mod keys;
mod page;
mod session;
mod token;

use crate::{
    folder::Folder,
    server::{SandboxError, World},
};
use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use grants::Grants;
use keys::SigningKeys;
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

/// The one registered client.
pub const CLIENT_ID: &str = "pvhcc-dashboard";
/// Its secret, for clients that are set up as confidential; it guards nothing.
pub const CLIENT_SECRET: &str = "sandbox";

/// Life of access and ID tokens, in seconds of sandbox time.
const TOKEN_SECONDS: i64 = 1800;

#[derive(Debug)]
pub(crate) struct Provider {
    issuer: String,
    keys: SigningKeys,
    grants: Grants,
}

impl Provider {
    pub(crate) async fn open(folder: Folder, issuer: String) -> Result<Self, SandboxError> {
        let key_folder = folder.clone();
        // Making a key takes seconds of pure computing.
        let keys = tokio::task::spawn_blocking(move || SigningKeys::open(&key_folder))
            .await
            .map_err(|e| SandboxError::Key(e.to_string()))??;
        Ok(Self { issuer, keys, grants: Grants::open(folder)? })
    }
}

pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/jwks", get(jwks))
        .route("/authorize", get(authorize::show).post(authorize::choose))
        .route("/token", post(token::token))
        .route("/revoke", post(token::revoke))
        .route("/userinfo", get(session::userinfo).post(session::userinfo))
        .route("/logout", get(session::end_by_get).post(session::end_by_post))
}

async fn discovery(State(world): State<Arc<World>>) -> Json<Value> {
    let at = |path: &str| format!("{}/{path}", world.vneid.issuer);
    Json(json!({
        "issuer": world.vneid.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "revocation_endpoint": at("revoke"),
        "end_session_endpoint": at("logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_post", "client_secret_basic"],
        "revocation_endpoint_auth_methods_supported": ["none", "client_secret_post", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "offline_access"],
        "prompt_values_supported": ["none", "login"],
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "azp", "sid", "at_hash", "name"],
        "ui_locales_supported": ["vi"],
    }))
}

async fn jwks(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "keys": [world.vneid.keys.jwk()] }))
}

/// Fields of a form or query; of a repeated name the last counts.
fn fields(encoded: &str) -> HashMap<String, String> {
    url::form_urlencoded::parse(encoded.as_bytes()).map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}
