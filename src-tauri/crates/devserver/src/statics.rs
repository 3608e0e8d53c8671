//! The built page, with the same policy as the window: its own scripts only.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::path::{Component, PathBuf};

/// As `tauri.conf.json`, but that the commands come over HTTP.
const POLICY: &str = "default-src 'self'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; \
     font-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; \
     frame-src 'none'; frame-ancestors 'none'";

pub(crate) fn routes(ui: PathBuf) -> Router {
    Router::new().route("/", get(index)).route("/{*path}", get(file)).with_state(ui)
}

async fn index(State(ui): State<PathBuf>) -> Response {
    send(ui, "index.html").await
}

async fn file(State(ui): State<PathBuf>, Path(path): Path<String>) -> Response {
    send(ui, &path).await
}

async fn send(ui: PathBuf, path: &str) -> Response {
    let Some(file) = below(&ui, path) else { return StatusCode::NOT_FOUND.into_response() };
    match tokio::fs::read(&file).await {
        Ok(bytes) => {
            let headers: [(HeaderName, &str); 4] = [
                (header::CONTENT_TYPE, content_type(path)),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, bytes).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The file below `root`, or nothing where the path would leave it.
fn below(root: &std::path::Path, path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(path);
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| root.join(path))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("ttf") => "font/ttf",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn nothing_outside_the_page_is_served() {
        let root = Path::new("/page");
        assert_eq!(below(root, "assets/a.js"), Some(PathBuf::from("/page/assets/a.js")));
        assert_eq!(below(root, "../secret"), None);
        assert_eq!(below(root, "assets/../../secret"), None);
        assert_eq!(below(root, "/etc/passwd"), None);
    }
}
