//! The control routes: faults, clock, log, the night that is played and what is wrong with the dossiers over HTTP, for tests that
//! live in a browser or beside a window.
//!
//! They only take JSON, so that no foreign page can reach them without the browser asking first.

use crate::{dossiers::Planted, faults::Fault, server::World};
use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use pvhcc_domain::time::{Clock, Ms};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/log", get(read_log).delete(clear_log))
        .route("/faults", get(read_faults).post(set_fault).delete(clear_faults))
        .route("/clock", get(read_clock).post(move_clock))
        .route("/planted", get(read_planted))
        .route("/scenario", get(read_scenario).post(play_scenario).delete(end_scenario))
        .route("/truth", get(read_truth))
}

async fn read_log(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "requests": world.log.all() }))
}

async fn clear_log(State(world): State<Arc<World>>) -> StatusCode {
    world.log.clear();
    StatusCode::NO_CONTENT
}

async fn read_faults(State(world): State<Arc<World>>) -> Json<Value> {
    let faults: Vec<Value> = world
        .faults
        .active()
        .into_iter()
        .map(|(pattern, fault, times)| json!({ "pattern": pattern, "fault": fault, "times": times }))
        .collect();
    Json(json!({ "faults": faults }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFault {
    pattern: String,
    fault: Fault,
    times: Option<u32>,
}

async fn set_fault(State(world): State<Arc<World>>, Json(body): Json<SetFault>) -> StatusCode {
    match body.times {
        Some(times) => world.faults.set_times(&body.pattern, body.fault, times),
        None => world.faults.set(&body.pattern, body.fault),
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct ClearFaults {
    pattern: Option<String>,
}

async fn clear_faults(State(world): State<Arc<World>>, Query(query): Query<ClearFaults>) -> StatusCode {
    match query.pattern {
        Some(pattern) => world.faults.clear(&pattern),
        None => world.faults.clear_all(),
    }
    StatusCode::NO_CONTENT
}

fn clock_now(world: &World) -> Json<Value> {
    Json(json!({ "now": world.clock.now().to_rfc3339(), "speed": world.clock.speed() }))
}

async fn read_clock(State(world): State<Arc<World>>) -> Json<Value> {
    clock_now(&world)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveClock {
    advance_ms: Option<i64>,
    set: Option<String>,
    speed: Option<f64>,
}

/// Speed first, then the instant, so that one request can do both.
async fn move_clock(State(world): State<Arc<World>>, Json(body): Json<MoveClock>) -> Response {
    let refuse =
        |message: String| (StatusCode::BAD_REQUEST, Json(json!({ "error": message }))).into_response();
    let set = match body.set.as_deref().map(Ms::parse_rfc3339).transpose() {
        Ok(set) => set,
        Err(error) => return refuse(error.to_string()),
    };
    let moved = body
        .speed
        .map_or(Ok(()), |speed| world.clock.set_speed(speed))
        .and_then(|()| set.map_or(Ok(()), |to| world.clock.set(to).map(|_| ())))
        .and_then(|()| body.advance_ms.map_or(Ok(()), |ms| world.clock.advance(ms).map(|_| ())));
    match moved {
        Ok(()) => clock_now(&world).into_response(),
        Err(error) => refuse(error.to_string()),
    }
}

fn scenarios(world: &World) -> Json<Value> {
    let all: Vec<Value> = (world.stage.scenarios().into_iter())
        .map(|s| {
            let instant = |at: Option<Ms>| at.map(Ms::to_rfc3339);
            json!({ "id": s.id, "title": s.title, "speed": s.speed, "from": instant(s.from), "to": instant(s.to) })
        })
        .collect();
    Json(json!({ "scenarios": all }))
}

async fn read_scenario(State(world): State<Arc<World>>) -> Json<Value> {
    scenarios(&world)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Play {
    id: String,
    speed: Option<f64>,
}

async fn play_scenario(State(world): State<Arc<World>>, Json(body): Json<Play>) -> Response {
    match world.play(&body.id, body.speed, false) {
        Ok(()) => scenarios(&world).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({ "error": error.to_string() }))).into_response(),
    }
}

async fn end_scenario(State(world): State<Arc<World>>) -> Response {
    match world.end_play() {
        Ok(()) => scenarios(&world).into_response(),
        Err(error) => {
            (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "error": error.to_string() }))).into_response()
        }
    }
}

/// What was planted in the night that is played.
async fn read_truth(State(world): State<Arc<World>>) -> Json<Value> {
    let night = world.stage.night();
    let faults = night.as_ref().map(|night| night.truth()).unwrap_or_default();
    let verdicts: Vec<Value> = night.as_ref().map_or_else(Vec::new, |night| {
        night.verdicts().into_iter().map(|(at, is)| json!({ "at": at.to_rfc3339(), "is": is })).collect()
    });
    let scenario = night.map(|night| night.script().id.clone());
    Json(json!({ "scenario": scenario, "faults": faults, "verdicts": verdicts }))
}

/// What is wrong with the dossier records on purpose, as far as it shows by now.
async fn read_planted(State(world): State<Arc<World>>) -> Json<Value> {
    let now = world.clock.now();
    let planted = world.dossiers.planted();
    let shown: Vec<&Planted> = planted.iter().filter(|p| p.since <= now).collect();
    let of_one = |a: &&Planted, b: &&Planted| (a.fault, &a.system) == (b.fault, &b.system);
    let faults: Vec<Value> = shown
        .chunk_by(of_one)
        .map(|same| {
            let records: Vec<Value> = same.iter().map(|p| json!({ "id": p.id, "code": p.code })).collect();
            json!({ "fault": same[0].fault, "system": same[0].system, "count": same.len(), "records": records })
        })
        .collect();
    Json(json!({ "as_of": now.to_rfc3339(), "faults": faults }))
}
