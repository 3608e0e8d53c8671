//! Which requests came in: method, path, names of the query's keys, when. Never a value, a header or a body.

use pvhcc_domain::time::Ms;
use serde::Serialize;
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// Requests kept; the oldest go first.
const KEPT: usize = 20_000;

/// One request. Those to `/control` are not logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoggedRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path below the server's root, as `/gateway/v1/tasks`.
    pub path: String,
    /// Names of the query's keys, in order of appearance.
    pub query_keys: Vec<String>,
    /// By the sandbox's clock.
    pub at: Ms,
}

#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<LoggedRequest>>);

impl RequestLog {
    pub(crate) fn push(&self, request: LoggedRequest) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() == KEPT {
            log.pop_front();
        }
        log.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
