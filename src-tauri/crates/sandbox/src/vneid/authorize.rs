//! The authorization endpoint: checks the request, shows the people, sends the chosen one back with a code.

use super::{
    CLIENT_ID, fields,
    grants::{Code, Consent},
    page,
};
use crate::{
    server::World,
    users::{User, users},
};
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use pvhcc_domain::time::Clock;
use std::{collections::HashMap, sync::Arc, time::Instant};
use url::{Host, Url};

type Fields = HashMap<String, String>;

/// GET: the page with the people.
pub(super) async fn show(RawQuery(query): RawQuery) -> Response {
    let asked = fields(&query.unwrap_or_default());
    match check(&asked) {
        Ok(_) => page::sign_in(&asked, &users()),
        Err(response) => *response,
    }
}

/// POST: the choice, from the page or from automation (`login_hint=<user key>` besides the request's own parameters,
/// in the query or in the form).
pub(super) async fn choose(
    State(world): State<Arc<World>>,
    RawQuery(query): RawQuery,
    form: String,
) -> Response {
    let mut asked = fields(&query.unwrap_or_default());
    asked.extend(fields(&form));
    let redirect = match check(&asked) {
        Ok(redirect) => redirect,
        Err(response) => return *response,
    };
    if asked.contains_key("cancel") {
        return back(redirect, &asked, &[("error", "access_denied")]);
    }
    let Some(user) = chosen(&asked) else { return page::sign_in(&asked, &users()) };
    let take = |name: &str| asked.get(name).cloned();
    let code = world.vneid.grants.code(Code {
        consent: Consent {
            client_id: CLIENT_ID.to_owned(),
            sub: user.sub.to_owned(),
            scope: take("scope").unwrap_or_default(),
            auth_time: world.clock.now(),
        },
        redirect_uri: take("redirect_uri").unwrap_or_default(),
        challenge: take("code_challenge").unwrap_or_default(),
        nonce: take("nonce"),
        made: Instant::now(),
    });
    back(redirect, &asked, &[("code", &code)])
}

fn chosen(asked: &Fields) -> Option<User> {
    let key = asked.get("user").or_else(|| asked.get("login_hint"))?;
    users().into_iter().find(|u| u.key == key)
}

/// Where to send the person back to, or the refusal. An unknown client or address is never redirected to.
fn check(asked: &Fields) -> Result<Url, Box<Response>> {
    let field = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    if field("client_id") != CLIENT_ID {
        return Err(Box::new(page::refusal("Ứng dụng chưa được đăng ký (client_id).")));
    }
    let Some(redirect) = loopback_callback(field("redirect_uri")) else {
        return Err(Box::new(page::refusal("Địa chỉ quay lại không được phép (redirect_uri).")));
    };
    let error = |code: &str, description: &str| {
        Err(Box::new(back(redirect.clone(), asked, &[("error", code), ("error_description", description)])))
    };
    if field("response_type") != "code" {
        return error("unsupported_response_type", "response_type must be code");
    }
    if !field("scope").split(' ').any(|s| s == "openid") {
        return error("invalid_scope", "scope must contain openid");
    }
    if field("code_challenge_method") != "S256" || !is_challenge(field("code_challenge")) {
        return error("invalid_request", "PKCE with S256 is required");
    }
    if field("prompt").split(' ').any(|p| p == "none") {
        return error("login_required", "this provider keeps no session in the browser");
    }
    Ok(redirect)
}

/// 43 characters of base64url: a SHA-256.
fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// RFC 8252 §7.3: any port on a loopback address. `localhost` is refused, it may resolve elsewhere.
pub(super) fn loopback_callback(text: &str) -> Option<Url> {
    let url = loopback(text)?;
    (url.path() == "/callback" && url.query().is_none()).then_some(url)
}

pub(super) fn loopback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let local = match url.host()? {
        Host::Ipv4(ip) => ip == std::net::Ipv4Addr::LOCALHOST,
        Host::Ipv6(ip) => ip == std::net::Ipv6Addr::LOCALHOST,
        Host::Domain(_) => false,
    };
    let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    (url.scheme() == "http" && local && plain).then_some(url)
}

/// Sends the person back, the state untouched.
fn back(mut redirect: Url, asked: &Fields, answer: &[(&str, &str)]) -> Response {
    redirect.query_pairs_mut().extend_pairs(answer).extend_pairs(asked.get("state").map(|s| ("state", s)));
    let headers = [(header::LOCATION, redirect.to_string()), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_callback_on_a_loopback_address_is_allowed_at_any_port() {
        for good in
            ["http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback", "http://[::1]:8080/callback"]
        {
            assert!(loopback_callback(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "https://127.0.0.1:1/callback",
            "http://localhost:1/callback",
            "http://127.0.0.1:1/",
            "http://127.0.0.1:1/callback/x",
            "http://127.0.0.1:1/callback?x=1",
            "http://127.0.0.1:1/callback#x",
            "http://a@127.0.0.1:1/callback",
            "http://127.0.0.1.example.vn:1/callback",
            "http://10.0.0.1:1/callback",
        ] {
            assert!(loopback_callback(bad).is_none(), "{bad}");
        }
    }
}
