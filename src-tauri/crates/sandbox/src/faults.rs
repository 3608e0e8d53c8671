//! Faults switched per route: what can go wrong between a client and a server, on demand.
//!
//! Knows HTTP and nothing of what the routes mean, but for the portal's envelope of an invalid session.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// One thing going wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Answers late.
    Latency {
        /// Milliseconds of real time.
        ms: u64,
    },
    /// Refuses with a status.
    Status {
        /// 400–599 (401, 403, 429, 500, 502, 503, …).
        code: u16,
        /// Seconds for `Retry-After`.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// Takes the request and never answers.
    Hang,
    /// Breaks the connection in the middle of the body.
    ResetMidBody,
    /// A page instead of JSON, under JSON's content type.
    InvalidJson,
    /// The first half of the right answer, as a complete HTTP message.
    TruncatedJson,
    /// Valid JSON of another shape.
    WrongSchema,
    /// One record in the middle of the list has a field of the wrong type.
    BrokenRecord,
    /// 200 without a body.
    EmptyBody,
    /// The right answer behind a mass of white space, its length not announced.
    OversizedBody {
        /// Bytes of white space.
        bytes: u64,
    },
    /// The right answer packed by gzip, its middle overwritten.
    CorruptGzip,
    /// The right answer behind a mass of white space, packed by gzip to a thousandth of it.
    GzipBomb {
        /// Bytes of white space before packing.
        bytes: u64,
    },
    /// The portal no longer knows the session.
    SessionInvalid,
    /// Sends the client elsewhere.
    Redirect {
        /// The `Location`.
        to: String,
    },
}

#[derive(Debug)]
struct Switch {
    pattern: String,
    fault: Fault,
    /// Requests left; `None` is until cleared.
    left: Option<u32>,
}

/// The switches. A clone switches the same faults.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Switch>>>);

impl Faults {
    fn lock(&self) -> MutexGuard<'_, Vec<Switch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies `fault` to every path that matches `pattern`, until cleared. `*` stands for any text: `/gateway/*`.
    /// A later fault of the same pattern replaces it; among patterns, the one set last wins.
    pub fn set(&self, pattern: &str, fault: Fault) {
        self.put(pattern, fault, None);
    }

    /// Applies `fault` to the next `times` requests that match.
    pub fn set_times(&self, pattern: &str, fault: Fault, times: u32) {
        self.put(pattern, fault, Some(times));
    }

    fn put(&self, pattern: &str, fault: Fault, left: Option<u32>) {
        let mut switches = self.lock();
        switches.retain(|s| s.pattern != pattern);
        switches.push(Switch { pattern: pattern.to_owned(), fault, left });
    }

    /// Switches `pattern` off.
    pub fn clear(&self, pattern: &str) {
        self.lock().retain(|s| s.pattern != pattern);
    }

    /// Switches everything off.
    pub fn clear_all(&self) {
        self.lock().clear();
    }

    /// What is switched on: pattern, fault, requests left (`None` is until cleared).
    #[must_use]
    pub fn active(&self) -> Vec<(String, Fault, Option<u32>)> {
        self.lock().iter().map(|s| (s.pattern.clone(), s.fault.clone(), s.left)).collect()
    }

    /// The fault for a request to `path`, counted down.
    pub(crate) fn take(&self, path: &str) -> Option<Fault> {
        let mut switches = self.lock();
        let at = switches.iter().rposition(|s| matches(&s.pattern, path))?;
        let fault = switches[at].fault.clone();
        if let Some(left) = &mut switches[at].left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                switches.remove(at);
            }
        }
        Some(fault)
    }
}

/// Whether a path, or a name, fits a pattern.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let mut rest = path;
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

impl Fault {
    /// The answer of a fault that needs no right answer first.
    pub(crate) fn instead(&self) -> Option<Response> {
        match self {
            Self::Status { code, retry_after } => {
                let status = StatusCode::from_u16(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let body =
                    json!({ "error": "sandbox_fault", "message": "Lỗi được bật để tập huấn, kiểm thử" });
                let mut response = (status, axum::Json(body)).into_response();
                if let Some(seconds) = retry_after {
                    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
                }
                Some(response)
            }
            Self::InvalidJson => Some(json_text("<html><body>502 Bad Gateway</body></html>")),
            Self::EmptyBody => Some(json_text("")),
            Self::SessionInvalid => Some(axum::Json(crate::portal::session_invalid()).into_response()),
            Self::Redirect { to } => {
                let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
                Some((StatusCode::FOUND, [(header::LOCATION, to)]).into_response())
            }
            _ => None,
        }
    }

    /// Whether the fault spoils a right answer, which then must have a body (no 304).
    pub(crate) fn spoils(&self) -> bool {
        matches!(
            self,
            Self::ResetMidBody
                | Self::TruncatedJson
                | Self::WrongSchema
                | Self::BrokenRecord
                | Self::OversizedBody { .. }
                | Self::CorruptGzip
                | Self::GzipBomb { .. }
        )
    }

    /// The right answer, spoilt.
    pub(crate) async fn spoil(&self, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        parts.headers.remove(header::CONTENT_LENGTH);
        let half = body.slice(..body.len() / 2);
        let body = match self {
            Self::ResetMidBody => {
                parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                let broken = async {
                    // The pause lets the server send what it has before it meets the error.
                    tokio::task::yield_now().await;
                    Err(io::Error::new(io::ErrorKind::ConnectionReset, "sandbox fault"))
                };
                Body::from_stream(stream::iter([Ok(half)]).chain(stream::once(broken)))
            }
            Self::TruncatedJson => Body::from(half),
            Self::WrongSchema => {
                let value: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
                Body::from(json!({ "payload": [value], "version": "2" }).to_string())
            }
            Self::BrokenRecord => Body::from(break_one_record(&body)),
            Self::OversizedBody { bytes } => {
                let whole = usize::try_from(bytes / CHUNK.len() as u64).unwrap_or(usize::MAX);
                let rest = usize::try_from(bytes % CHUNK.len() as u64).unwrap_or(0);
                let spaces = stream::iter(std::iter::repeat_n(CHUNK, whole).chain([CHUNK.slice(..rest)]));
                Body::from_stream(spaces.chain(stream::iter([body])).map(Ok::<_, io::Error>))
            }
            Self::CorruptGzip => {
                let mut packed = packed(0, &body);
                let middle = packed.len() / 2;
                packed[middle..].fill(0xa5);
                parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                Body::from(packed)
            }
            Self::GzipBomb { bytes } => {
                parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                Body::from(packed(*bytes, &body))
            }
            _ => Body::from(body),
        };
        Response::from_parts(parts, body)
    }
}

/// White space, a chunk at a time.
const CHUNK: Bytes = Bytes::from_static(&[b' '; 64 * 1024]);

/// `space` bytes of white space and `body`, by gzip.
fn packed(space: u64, body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut reader = io::Read::chain(io::Read::take(io::repeat(b' '), space), body);
    let mut encoder = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::best());
    // Memory takes whatever is written.
    let _ = io::copy(&mut reader, &mut encoder).and_then(|_| encoder.try_finish());
    drop(encoder);
    packed
}

fn json_text(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Puts an object where the middle record of the first list has its first field.
fn break_one_record(body: &[u8]) -> Vec<u8> {
    let mut value: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let record = value
        .as_object_mut()
        .and_then(|o| {
            o.values_mut().find_map(|v| v.as_array_mut().filter(|a| a.iter().any(Value::is_object)))
        })
        .and_then(|list| {
            let middle = list.len() / 2;
            list.get_mut(middle)
        });
    if let Some(field) = record.and_then(Value::as_object_mut).and_then(|r| r.values_mut().next()) {
        *field = json!({ "hỏng": true });
    }
    value.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths_with_stars_for_any_text() {
        assert!(matches("/gateway/v1/tasks", "/gateway/v1/tasks"));
        assert!(!matches("/gateway/v1/tasks", "/gateway/v1/tasks2"));
        assert!(matches("/gateway/*", "/gateway/v1/flows"));
        assert!(matches("*/mapi/g", "/portal/XrdAdapter/RestService/forward/mapi/g"));
        assert!(matches("/portal/*/mapi/*", "/portal/XrdAdapter/mapi/login"));
        assert!(!matches("/portal/*", "/gateway/v1/flows"));
    }

    #[test]
    fn the_last_matching_switch_wins_and_counted_ones_run_out() {
        let faults = Faults::default();
        faults.set("/gateway/*", Fault::Hang);
        faults.set_times("/gateway/v1/tasks", Fault::EmptyBody, 2);
        assert_eq!(faults.take("/gateway/v1/tasks"), Some(Fault::EmptyBody));
        assert_eq!(faults.take("/gateway/v1/tasks"), Some(Fault::EmptyBody));
        assert_eq!(faults.take("/gateway/v1/tasks"), Some(Fault::Hang));
        faults.clear("/gateway/*");
        assert_eq!(faults.take("/gateway/v1/tasks"), None);
    }
}
