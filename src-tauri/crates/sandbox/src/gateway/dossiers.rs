//! Dossier records in walks: a walk tells every record that changed since the one before, as it stood when the walk began.
//!
//! The cursor holds all there is to know of a walk, so that nothing is kept here and a restart changes nothing.

use super::{auth::Caller, problem, tagged};
use crate::{dossiers::Span, server::World};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use pvhcc_domain::time::{Clock, Ms};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use std::sync::Arc;

const SYSTEMS: [&str; 2] = ["tinh", "bo"];
/// Records a page when nothing is said, and at most.
const PAGE: usize = 1000;
const MOST: usize = 5000;

#[derive(Deserialize)]
pub(super) struct Asked {
    system: Option<String>,
    cursor: Option<String>,
    changed_since: Option<String>,
    limit: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    as_of: String,
    system: &'a str,
    dossiers: &'a RawValue,
    next: &'a str,
    more: bool,
}

/// Where a client stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cursor {
    /// Of which data.
    seed: u64,
    system: String,
    /// What changed up to then is known; `None` is nothing.
    since: Option<Ms>,
    /// The walk under way: its moment, and the number of the next record.
    walk: Option<(Ms, u64)>,
}

impl Cursor {
    fn encode(&self) -> String {
        let instant = |at: Option<Ms>| at.map_or_else(|| "-".to_owned(), |at| at.0.to_string());
        let (until, from) = self.walk.unzip();
        let (since, until) = (instant(self.since), instant(until));
        let text = format!("1.{}.{}.{since}.{until}.{}", self.seed, self.system, from.unwrap_or(0));
        URL_SAFE_NO_PAD.encode(text)
    }

    fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut parts = text.split('.');
        let mut part = || parts.next();
        let instant = |text: &str| match text {
            "-" => Some(None),
            number => number.parse().ok().map(|ms| Some(Ms(ms))),
        };
        part().filter(|version| *version == "1")?;
        let (seed, system) = (part()?.parse().ok()?, part()?.to_owned());
        let (since, until, from) = (instant(part()?)?, instant(part()?)?, part()?.parse().ok()?);
        parts.next().is_none().then_some(Self { seed, system, since, walk: until.map(|until| (until, from)) })
    }
}

/// Status, code and message of a refusal.
type Refusal = (StatusCode, &'static str, &'static str);

/// Where the client wants to go on, and how many records it wants.
fn understood(asked: Asked, seed: u64, now: Ms) -> Result<(Cursor, usize), Refusal> {
    let wrong = |error, message| (StatusCode::BAD_REQUEST, error, message);
    let known = asked.system.filter(|s| SYSTEMS.contains(&s.as_str()));
    let system = known.ok_or(wrong("bad_system", "Cần system là tinh hoặc bo"))?;
    let limit = asked.limit.map_or(Some(PAGE), |n| n.parse().ok()).filter(|n| (1..=MOST).contains(n));
    let limit = limit.ok_or(wrong("bad_limit", "limit phải là số từ 1 đến 5000"))?;
    let cursor = match (asked.cursor, asked.changed_since) {
        (Some(_), Some(_)) => {
            return Err(wrong("bad_cursor", "Chỉ dùng một trong hai: cursor hoặc changed_since"));
        }
        (Some(text), None) => Cursor::decode(&text)
            .filter(|c| c.system == system)
            .ok_or(wrong("bad_cursor", "cursor không đúng hoặc thuộc hệ thống khác"))?,
        (None, Some(text)) => {
            let since = Ms::parse_rfc3339(&text);
            let since = since.map_err(|_| wrong("bad_span", "changed_since phải theo RFC 3339"))?;
            Cursor { seed, system, since: Some(since.min(now)), walk: None }
        }
        (None, None) => Cursor { seed, system, since: None, walk: None },
    };
    let latest = cursor.walk.map(|(until, _)| until).max(cursor.since);
    if cursor.seed != seed || latest > Some(now) {
        let message = "cursor không còn dùng được; hãy bắt đầu lại không có cursor";
        return Err((StatusCode::GONE, "cursor_gone", message));
    }
    Ok((cursor, limit))
}

/// GET /v1/dossiers.
pub(super) async fn dossiers(
    State(world): State<Arc<World>>,
    _: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let now = world.clock.now();
    let (cursor, limit) = match understood(asked, world.dossiers.seed(), now) {
        Ok(understood) => understood,
        Err((status, error, message)) => return problem(status, error, message),
    };
    let (until, from) = cursor.walk.unwrap_or((now, 0));
    let span = Span { system: cursor.system.clone(), since: cursor.since, until };
    let page = tokio::task::spawn_blocking(move || {
        let page = world.dossiers.page(&span, from, limit);
        to_raw_value(&page.records).map(|rows| (rows, page.records.is_empty(), page.next))
    });
    let Ok(Ok((rows, empty, next))) = page.await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let more = next.is_some();
    let on = match next {
        Some(number) => Cursor { walk: Some((until, number)), ..cursor.clone() },
        // Nothing changed: the same place, so that the answer is the same too.
        None if empty && cursor.walk.is_none() => cursor.clone(),
        None => Cursor { since: Some(until), walk: None, ..cursor.clone() },
    };
    let next = on.encode();
    let content = format!("{next} {more} {}", rows.get());
    let answer =
        Answer { as_of: until.to_rfc3339(), system: &cursor.system, dossiers: &rows, next: &next, more };
    tagged(&headers, content.as_bytes(), &answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_nothing_else_is_one() {
        for (since, walk) in [
            (None, None),
            (Some(Ms(-5)), None),
            (None, Some((Ms(7), 300_000))),
            (Some(Ms(1)), Some((Ms(7), 1))),
        ] {
            let cursor = Cursor { seed: u64::MAX, system: "bo".to_owned(), since, walk };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
        let text = |plain: &str| URL_SAFE_NO_PAD.encode(plain);
        for bad in [
            "",
            "x",
            "%%",
            &text("2.1.bo.-.-.0"),
            &text("1.1.bo.-.-"),
            &text("1.1.bo.-.-.0.0"),
            &text("1.1.bo.a.-.0"),
        ] {
            assert_eq!(Cursor::decode(bad), None, "{bad}");
        }
    }
}
