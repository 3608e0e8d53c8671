//! Who may ask the gateway: the fixed token, or one by client credentials. These lifetimes are real time.

use super::{GATEWAY_CLIENT_ID, GATEWAY_CLIENT_SECRET, GATEWAY_TOKEN, problem};
use crate::server::World;
use axum::{
    Form, Json,
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

const LIFE: Duration = Duration::from_secs(1800);

#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<HashMap<String, Instant>>);

impl Tokens {
    fn issue(&self) -> String {
        let token = hex::encode(rand::random::<[u8; 24]>());
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, made| made.elapsed() < LIFE);
        tokens.insert(token.clone(), Instant::now());
        token
    }

    fn knows(&self, token: &str) -> bool {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        token == GATEWAY_TOKEN || tokens.get(token).is_some_and(|made| made.elapsed() < LIFE)
    }
}

/// Proof that a request carried a good token.
#[derive(Debug)]
pub(super) struct Caller;

impl FromRequestParts<Arc<World>> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, Response> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        if value.and_then(|v| v.strip_prefix("Bearer ")).is_some_and(|t| world.gateway.tokens.knows(t)) {
            return Ok(Self);
        }
        let mut refused =
            problem(StatusCode::UNAUTHORIZED, "unauthorized", "Thiếu mã truy cập hoặc mã đã hết hạn");
        refused.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        Err(refused)
    }
}

#[derive(Deserialize)]
pub(super) struct TokenRequest {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// POST /oauth/token.
pub(super) async fn token(State(world): State<Arc<World>>, Form(asked): Form<TokenRequest>) -> Response {
    let refuse = |status, error: &str| (status, Json(json!({ "error": error }))).into_response();
    if asked.grant_type.as_deref() != Some("client_credentials") {
        return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let right = asked.client_id.as_deref() == Some(GATEWAY_CLIENT_ID)
        && asked.client_secret.as_deref() == Some(GATEWAY_CLIENT_SECRET);
    if !right {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let token = world.gateway.tokens.issue();
    let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": LIFE.as_secs() });
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

/// Answers of the gateway are not for caches.
pub(super) async fn no_cache(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
