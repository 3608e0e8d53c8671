//! What a status and a content type mean, the same for both sources.

use crate::{
    error::{FailureKind, FetchError},
    http::Answer,
    mask,
    retry::retry_after,
};
use pvhcc_domain::time::Ms;
use std::time::Duration;
use url::Url;

/// The base address with a contract path behind its own path.
pub(crate) fn address(base: &Url, route: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{}", base.path().trim_end_matches('/'), route.trim_start_matches('/')));
    url
}

/// Lets 200 with JSON pass, and 304 where it was asked for.
pub(crate) fn accept(answer: Answer, route: &str, conditional: bool, now: Ms) -> Result<Answer, FetchError> {
    let status = answer.status.as_u16();
    let wait = answer.header("retry-after").and_then(|v| retry_after(v, answer.header("date"), now));
    let kind = match status {
        304 if conditional => return Ok(answer),
        200 if is_json(&answer) => return Ok(answer),
        200..=299 | 304 => FailureKind::BadEnvelope,
        503 if wait.is_some() => FailureKind::RateLimited { retry_after: wait },
        _ => refusal(status, wait),
    };
    let detail = match kind {
        FailureKind::BadEnvelope if status == 200 => "the content is not application/json".to_owned(),
        _ => format!("status {status}"),
    };
    let mut error = FetchError::new(kind, route, detail).with_evidence(mask::evidence(&answer.body));
    if matches!(status, 429 | 500..=599) {
        error.retry_after = wait;
    }
    Err(error)
}

/// What a status that is no success says.
pub(crate) fn refusal(status: u16, wait: Option<Duration>) -> FailureKind {
    match status {
        300..=399 => FailureKind::Redirect,
        401 => FailureKind::Unauthorized,
        403 => FailureKind::Forbidden,
        404 => FailureKind::NotFound,
        410 => FailureKind::Gone,
        408 => FailureKind::Timeout,
        429 => FailureKind::RateLimited { retry_after: wait },
        500..=599 => FailureKind::Server(status),
        _ => FailureKind::Config,
    }
}

fn is_json(answer: &Answer) -> bool {
    let Some(kind) = answer.header("content-type") else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}
