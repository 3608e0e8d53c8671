//! What stands around every service: the request log and the fault that is switched on, or that the night brings.

use crate::{faults::Fault, request_log::LoggedRequest, server::World};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use pvhcc_domain::time::Clock as _;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Logs the request and applies the fault that is switched on for its path. Control routes are left alone.
pub(crate) async fn around(State(world): State<Arc<World>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/control/") {
        return next.run(request).await;
    }
    let query = request.uri().query().unwrap_or_default();
    world.log.push(LoggedRequest {
        method: request.method().to_string(),
        path: path.clone(),
        query_keys: url::form_urlencoded::parse(query.as_bytes()).map(|(k, _)| k.into_owned()).collect(),
        at: world.clock.now(),
    });
    let of_night = || world.stage.night()?.fault(&path, world.clock.now());
    let Some(fault) = world.faults.take(&path).or_else(of_night) else { return next.run(request).await };
    if let Some(response) = fault.instead() {
        return response;
    }
    match fault {
        Fault::Latency { ms } => tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(ms)) => next.run(request).await,
            () = until(world.stopped.clone()) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        Fault::Hang => {
            until(world.stopped.clone()).await;
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        fault if fault.spoils() => {
            request.headers_mut().remove(header::IF_NONE_MATCH);
            fault.spoil(next.run(request).await).await
        }
        _ => next.run(request).await,
    }
}

/// Ends with the sandbox.
pub(crate) async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sandbox was dropped, which is a stop too.
    let _ = stopped.wait_for(|stop| *stop).await;
}
