//! Who is signed in (userinfo) and signing out (OpenID Connect RP-Initiated Logout).

use super::{CLIENT_ID, authorize::loopback, fields, page};
use crate::{server::World, users::users};
use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use pvhcc_domain::time::Clock;
use serde_json::json;
use std::{collections::HashMap, sync::Arc};

/// GET or POST: the person behind an access token.
pub(super) async fn userinfo(State(world): State<Arc<World>>, headers: HeaderMap) -> Response {
    let token = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    let consent = token.and_then(|t| world.vneid.grants.subject(t, world.clock.now()));
    let Some(consent) = consent else {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
        return (StatusCode::UNAUTHORIZED, challenge, Json(json!({ "error": "invalid_token" })))
            .into_response();
    };
    let mut claims = json!({ "sub": consent.sub });
    if let Some(user) = users().iter().find(|u| u.sub == consent.sub) {
        claims["name"] = user.display_name.into();
    }
    Json(claims).into_response()
}

/// Signing out by a link.
pub(super) async fn end_by_get(State(world): State<Arc<World>>, RawQuery(query): RawQuery) -> Response {
    end(&world, &fields(&query.unwrap_or_default()))
}

/// Signing out by a form, the one of [`page::sign_out`] among them.
pub(super) async fn end_by_post(State(world): State<Arc<World>>, form: String) -> Response {
    end(&world, &fields(&form))
}

/// An ID token of ours says which sign-in ends. Without one the person is asked first; a `client_id` alone is enough
/// to be sent back, to a loopback address only.
fn end(world: &World, asked: &HashMap<String, String>) -> Response {
    let claims = asked.get("id_token_hint").and_then(|t| world.vneid.keys.claims(t));
    let known = claims.is_some() || asked.get("client_id").is_some_and(|id| id == CLIENT_ID);
    let target = match asked.get("post_logout_redirect_uri").filter(|_| known) {
        None => None,
        Some(target) => match loopback(target) {
            None => {
                return page::refusal("Địa chỉ quay lại không được phép (post_logout_redirect_uri).");
            }
            target => target,
        },
    };
    match &claims {
        Some(claims) => {
            if let Some(family) = claims["sid"].as_str() {
                world.vneid.grants.end(family);
            }
        }
        None if asked.contains_key("agreed") => {}
        None => return page::sign_out(asked),
    }
    let Some(mut target) = target else { return page::signed_out() };
    if let Some(state) = asked.get("state") {
        target.query_pairs_mut().append_pair("state", state);
    }
    (StatusCode::SEE_OTHER, [(header::LOCATION, target.to_string())]).into_response()
}
