//! The gateway of `assets/contracts/gateway.yaml`: tokens, health, task states, flow states, API measures, dossier records,
//! indicators, procedures, sync queue, unpaid fees, petitions.
//!
//! What it says follows from the same history as the training journal, but for a few disagreements that are data.

mod auth;
mod dossiers;
mod flows;
mod indicators;
mod measures;
mod operation;
mod procedures;
mod tasks;

use crate::{history::SeedEvent, server::World};
use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
pub use measures::Traffic;
use pvhcc_domain::{
    checklist::Checklist,
    time::{Clock, Ms},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};

/// The fixed token that the gateway takes.
pub const GATEWAY_TOKEN: &str = "sandbox";
/// Client id for tokens by client credentials.
pub const GATEWAY_CLIENT_ID: &str = "pvhcc-dashboard";
/// Its secret; it guards nothing.
pub const GATEWAY_CLIENT_SECRET: &str = "sandbox";

const SCENARIO: &str = include_str!("../../../../../assets/sandbox/gateway.json");

#[derive(Debug, Deserialize)]
struct Scenario {
    disagreements: Vec<Disagreement>,
    flow_errors: HashMap<String, String>,
    traffic: HashMap<String, f64>,
    rare: HashMap<String, f64>,
    /// APIs that nobody has called yet.
    silent: Vec<String>,
    incidents: Vec<Incident>,
}

#[derive(Debug, Deserialize)]
struct Disagreement {
    no: String,
    since: String,
    state: pvhcc_domain::task::TaskStatus,
    note: String,
}

#[derive(Debug, Deserialize)]
struct Incident {
    api: String,
    from: String,
    to: Option<String>,
    success: f64,
    error: String,
    slower: f64,
}

#[derive(Debug)]
pub(crate) struct Gateway {
    seed: u64,
    story: Arc<Vec<SeedEvent>>,
    checklist: Checklist,
    scenario: Scenario,
    tokens: auth::Tokens,
}

impl Gateway {
    pub(crate) fn new(seed: u64, story: Arc<Vec<SeedEvent>>) -> Self {
        let checklist = Checklist::builtin().unwrap_or_else(|e| unreachable!("built-in checklist: {e}"));
        let scenario =
            serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in gateway data: {e}"));
        Self { seed, story, checklist, scenario, tokens: auth::Tokens::default() }
    }
}

pub(crate) fn routes() -> Router<Arc<World>> {
    let guarded = Router::new()
        .route("/v1/health", get(health))
        .route("/v1/tasks", get(task_states))
        .route("/v1/flows", get(flow_states))
        .route("/v1/apis/measures", get(api_measures))
        .route("/v1/dossiers", get(dossiers::dossiers))
        .route("/v1/indicators", get(indicators))
        .route("/v1/procedures", get(procedures))
        .route("/v1/sync", get(sync))
        .route("/v1/fees", get(fees))
        .route("/v1/petitions", get(petitions))
        .route_layer(middleware::from_fn(auth::no_cache));
    guarded.route("/oauth/token", post(auth::token))
}

fn minute(now: Ms) -> Ms {
    Ms(now.0 - now.0.rem_euclid(60_000))
}

fn problem(status: StatusCode, error: &str, message: &str) -> Response {
    (status, Json(json!({ "error": error, "message": message }))).into_response()
}

/// The answer with a tag of its `content`, or that nothing changed when the client knows the tag. Weak: the tag covers
/// the content, while `as_of` moves on.
fn tagged(headers: &HeaderMap, content: &[u8], answer: &impl Serialize) -> Response {
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(content)[..12]));
    let etag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\""));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let plain = |t: &str| t.trim().trim_start_matches("W/").to_owned();
    let mut response = if known.split(',').any(|t| t.trim() == "*" || plain(t) == plain(&tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(answer).into_response()
    };
    response.headers_mut().insert(header::ETAG, etag);
    response
}

async fn health(State(world): State<Arc<World>>, _: auth::Caller) -> Response {
    Json(json!({ "status": "ok", "as_of": world.clock.now().to_rfc3339() })).into_response()
}

async fn task_states(State(world): State<Arc<World>>, _: auth::Caller, headers: HeaderMap) -> Response {
    #[derive(Serialize)]
    struct Answer {
        as_of: String,
        tasks: Vec<tasks::TaskRow>,
    }
    let now = world.clock.now();
    let tasks = world.gateway.tasks(world.told("/gateway/v1/tasks", now));
    let bytes = serde_json::to_vec(&tasks).unwrap_or_default();
    tagged(&headers, &bytes, &Answer { as_of: minute(now).to_rfc3339(), tasks })
}

async fn flow_states(State(world): State<Arc<World>>, _: auth::Caller) -> Response {
    let now = world.clock.now();
    let flows = world.gateway.flows(world.stage.night().as_deref(), world.told("/gateway/v1/flows", now));
    Json(json!({ "as_of": minute(now).to_rfc3339(), "flows": flows })).into_response()
}

#[derive(Deserialize)]
struct Span {
    from: Option<String>,
    to: Option<String>,
}

async fn api_measures(
    State(world): State<Arc<World>>,
    _: auth::Caller,
    Query(span): Query<Span>,
) -> Response {
    let instant = |text: &Option<String>| text.as_deref().and_then(|t| Ms::parse_rfc3339(t).ok());
    let (Some(from), Some(to)) = (instant(&span.from), instant(&span.to)) else {
        return problem(StatusCode::BAD_REQUEST, "bad_span", "Cần from và to theo RFC 3339");
    };
    if to < from || to.0 - from.0 > 24 * 3_600_000 {
        return problem(
            StatusCode::BAD_REQUEST,
            "bad_span",
            "Khoảng hỏi phải xuôi chiều và không quá 24 giờ",
        );
    }
    let now = world.clock.now();
    let (told, night) = (world.told("/gateway/v1/apis/measures", now), world.stage.night());
    let gateway = Arc::clone(&world);
    // A day holds thousands of rows.
    let made = move || gateway.gateway.measures(night.as_deref(), from, to, told);
    let rows = tokio::task::spawn_blocking(made).await;
    let rows = rows.unwrap_or_default();
    Json(json!({
        "as_of": now.to_rfc3339(),
        "bucket_seconds": measures::BUCKET_MS / 1000,
        "latency_bounds_ms": pvhcc_domain::observation::LATENCY_BOUNDS_MS,
        "measures": rows,
    }))
    .into_response()
}

#[derive(Deserialize)]
struct Period {
    period: Option<String>,
    units: Option<String>,
}

async fn indicators(
    State(world): State<Arc<World>>,
    _: auth::Caller,
    Query(asked): Query<Period>,
) -> Response {
    let now = world.clock.now();
    let made = tokio::task::spawn_blocking(move || {
        world.gateway.indicators(&asked.period.unwrap_or_default(), asked.units.as_deref(), now)
    });
    match made.await {
        Ok(Ok(answer)) => Json(answer).into_response(),
        Ok(Err(indicators::Wrong::Period)) => problem(
            StatusCode::BAD_REQUEST,
            "bad_period",
            "Cần period là năm, quý hoặc tháng đã bắt đầu, như 2026, 2026-Q2, 2026-05",
        ),
        Ok(Err(indicators::Wrong::Units)) => {
            problem(StatusCode::BAD_REQUEST, "bad_units", "Có đơn vị không thuộc diện chấm điểm")
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn procedures(State(world): State<Arc<World>>, _: auth::Caller, headers: HeaderMap) -> Response {
    #[derive(Serialize)]
    struct Answer {
        as_of: String,
        procedures: Vec<procedures::ProcedureRow>,
    }
    let procedures = procedures::catalogue(world.gateway.seed);
    let bytes = serde_json::to_vec(&procedures).unwrap_or_default();
    tagged(&headers, &bytes, &Answer { as_of: minute(world.clock.now()).to_rfc3339(), procedures })
}

/// An answer that is one record, with its date.
fn dated(now: Ms, row: &impl Serialize) -> Response {
    let mut answer = json!({ "as_of": now.to_rfc3339() });
    if let (Some(answer), Ok(serde_json::Value::Object(row))) =
        (answer.as_object_mut(), serde_json::to_value(row))
    {
        answer.extend(row);
    }
    Json(answer).into_response()
}

async fn sync(State(world): State<Arc<World>>, _: auth::Caller) -> Response {
    let now = world.clock.now();
    dated(now, &world.gateway.sync(world.stage.night().as_deref(), world.told("/gateway/v1/sync", now)))
}

async fn fees(State(world): State<Arc<World>>, _: auth::Caller) -> Response {
    let now = world.clock.now();
    let fees = world.gateway.fees(world.stage.night().as_deref(), world.told("/gateway/v1/fees", now));
    Json(json!({ "as_of": now.to_rfc3339(), "fees": fees })).into_response()
}

async fn petitions(State(world): State<Arc<World>>, _: auth::Caller) -> Response {
    let now = world.clock.now();
    dated(now, &world.gateway.petitions(world.told("/gateway/v1/petitions", now)))
}
