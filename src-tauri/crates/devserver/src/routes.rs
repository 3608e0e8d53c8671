//! Commands, events and the page.

use crate::{guard, statics};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    middleware,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures_util::{Stream, stream};
use pvhcc_app::{
    App,
    wire::{AppEvent, ErrorCode, WireError},
};
use serde_json::Value;
use std::{convert::Infallible, net::SocketAddr, path::PathBuf};
use tokio::sync::broadcast::{Receiver, error::RecvError};

pub(crate) fn routes(app: App, ui: PathBuf, own: SocketAddr) -> Router {
    Router::new()
        .route("/api/{command}", post(command))
        // Files come as base64, which the window's own way has no limit for.
        .layer(DefaultBodyLimit::max(32 * 1024 * 1024))
        .route("/events", get(events))
        .with_state(app)
        .merge(statics::routes(ui))
        .layer(middleware::from_fn_with_state(own, guard::guard))
}

async fn command(State(app): State<App>, Path(name): Path<String>, Json(args): Json<Value>) -> Response {
    match app.dispatch(&name, args).await {
        Ok(answer) => Json(answer).into_response(),
        Err(problem) => (status(problem.code), Json::<WireError>(problem)).into_response(),
    }
}

/// The page acts on the code inside; the status is for people who look at the traffic.
fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::Conflict | ErrorCode::Busy | ErrorCode::Cancelled => StatusCode::CONFLICT,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Source => StatusCode::BAD_GATEWAY,
        ErrorCode::Storage | ErrorCode::Config | ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn events(State(app): State<App>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(stream::unfold(app.subscribe(), next_event)).keep_alive(KeepAlive::default())
}

async fn next_event(
    mut receiver: Receiver<AppEvent>,
) -> Option<(Result<Event, Infallible>, Receiver<AppEvent>)> {
    let event = match receiver.recv().await {
        Ok(event) => event,
        // Who fell behind refetches.
        Err(RecvError::Lagged(_)) => AppEvent::TasksChanged { nos: Vec::new() },
        Err(RecvError::Closed) => return None,
    };
    let data = serde_json::to_string(&event).unwrap_or_default();
    Some((Ok(Event::default().data(data)), receiver))
}
