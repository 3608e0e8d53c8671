//! Pages of the systems around, for probes to look at: each has its title on it.

use crate::server::World;
use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Page {
    /// Last part of its address.
    pub id: String,
    /// What stands on it.
    pub title: String,
    /// How training asks for it: `GET` or `HEAD`.
    pub method: String,
}

#[derive(Deserialize)]
struct File {
    pages: Vec<Page>,
}

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let text = include_str!("../../../../assets/sandbox/pages.json");
    let file: File = serde_json::from_str(text).unwrap_or_else(|e| unreachable!("built-in pages: {e}"));
    file.pages
});

/// All pages, in the order shown.
#[must_use]
pub fn pages() -> &'static [Page] {
    &PAGES
}

pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new().route("/{id}", get(page))
}

async fn page(Path(id): Path<String>) -> Response {
    match pages().iter().find(|page| page.id == id) {
        Some(page) => {
            let title = &page.title;
            Html(format!("<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1></html>"))
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
