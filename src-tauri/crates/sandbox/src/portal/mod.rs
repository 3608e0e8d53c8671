//! The portal of `assets/contracts/portal.yaml`, behind the Security Server adapter: login and the dossier statistics.

mod statistics;

use crate::server::World;
use axum::{
    Json, Router,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use chrono::NaiveDate;
use pvhcc_domain::time::{Clock, Ms};
use serde_json::{Value, json};
pub use statistics::statistics;
pub(crate) use statistics::{Figures, table};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// User name of the province's account on the portal.
pub const PORTAL_USERNAME: &str = "sandbox";
/// Its password; it guards nothing.
pub const PORTAL_PASSWORD: &str = "sandbox";
/// The provider's member code that the adapter knows.
pub const PORTAL_DSTCODE: &str = "VN:GOV:SANDBOX";

/// Life of a session, in real time.
const LIFE: Duration = Duration::from_secs(1800);
const SERVICE: &str = "LaySoLieuThongKe";

#[derive(Debug)]
pub(crate) struct Portal {
    figures: Vec<statistics::Figures>,
    sessions: Mutex<HashMap<String, Instant>>,
}

impl Portal {
    pub(crate) fn new(seed: u64) -> Self {
        Self { figures: statistics::table(seed), sessions: Mutex::default() }
    }
}

pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/XrdAdapter/RestService/forward/mapi/login", post(login))
        .route("/XrdAdapter/RestService/forward/mapi/g", post(call))
}

/// What the portal says about a session that it does not know.
pub(crate) fn session_invalid() -> Value {
    refusal("-1", "Phiên làm việc không hợp lệ")
}

fn refusal(code: &str, message: &str) -> Value {
    json!({ "error_code": code, "message": message, "result": [] })
}

/// The body, once the adapter knows where to forward it.
fn forwarded(headers: &HeaderMap, query: Option<String>, body: &str) -> Result<Value, &'static str> {
    let query = query.unwrap_or_default();
    let named = |name: &str| {
        let in_query = url::form_urlencoded::parse(query.as_bytes()).find(|(k, _)| k == name);
        let in_header = || Some(headers.get(name)?.to_str().ok()?.to_owned());
        in_query.map(|(_, v)| v.into_owned()).or_else(in_header).filter(|v| !v.is_empty())
    };
    match (named("dstcode"), named("providerurl")) {
        (None, _) => return Err("Thiếu dstcode"),
        (_, None) => return Err("Thiếu providerurl"),
        (Some(code), _) if code != PORTAL_DSTCODE => return Err("Không có thành viên với dstcode này"),
        _ => {}
    }
    serde_json::from_str(body).map_err(|_| "Nội dung không phải JSON")
}

fn not_forwarded(message: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(refusal("ADAPTER", message))).into_response()
}

async fn login(
    State(world): State<Arc<World>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> Response {
    let body = match forwarded(&headers, query, &body) {
        Ok(body) => body,
        Err(message) => return not_forwarded(message),
    };
    if body["username"] != PORTAL_USERNAME || body["password"] != PORTAL_PASSWORD {
        return Json(refusal("1", "Tên đăng nhập hoặc mật khẩu không đúng")).into_response();
    }
    let session = hex::encode(rand::random::<[u8; 16]>());
    let mut sessions = world.portal.sessions.lock().unwrap_or_else(PoisonError::into_inner);
    sessions.retain(|_, made| made.elapsed() < LIFE);
    sessions.insert(session.clone(), Instant::now());
    Json(json!({ "session": session, "error_code": 0 })).into_response()
}

async fn call(
    State(world): State<Arc<World>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> Response {
    let body = match forwarded(&headers, query, &body) {
        Ok(body) => body,
        Err(message) => return not_forwarded(message),
    };
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let known = {
        let sessions = world.portal.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(text("session")).is_some_and(|made| made.elapsed() < LIFE)
    };
    if !known {
        return Json(session_invalid()).into_response();
    }
    if text("service") != SERVICE {
        return Json(refusal("2", "Dịch vụ không tồn tại")).into_response();
    }
    let day = |name: &str| NaiveDate::parse_from_str(text(name), "%Y%m%d").ok();
    let span = day("tuNgay").zip(day("denNgay")).filter(|(from, to)| from <= to);
    let Some((from, to)) = span.filter(|_| text("kieuKy") == "thang" && !text("madonvi").is_empty()) else {
        return Json(refusal("3", "Tham số không hợp lệ")).into_response();
    };
    let now = world.clock.now();
    let today = now.day();
    // A period is told once it is over.
    let rows = world.portal.figures.iter().filter(|f| f.from <= to && f.to >= from && f.to < today);
    let result: Vec<Value> = rows.map(|f| f.row(as_of(now))).collect();
    Json(json!({ "error_code": "0", "message": "Thành công", "result": result })).into_response()
}

/// The portal computes its figures every five minutes.
fn as_of(now: Ms) -> Ms {
    Ms(now.0 - now.0.rem_euclid(300_000))
}
