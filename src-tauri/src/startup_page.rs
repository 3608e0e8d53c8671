//! The page shown when the profile cannot be opened: the message, the particulars, and what to do. No script.

use pvhcc_app::wire::{ErrorCode, WireError};
use tauri::{
    AppHandle, Manager, Url,
    http::{Response, header},
};

/// Scheme of the page.
pub(crate) const SCHEME: &str = "pvhcc-start";
/// The same on Windows, where custom schemes are hosts.
pub(crate) const WINDOWS_HOST: &str = "pvhcc-start.localhost";

/// Turns the main window to this page.
pub(crate) fn show(handle: &AppHandle) {
    let address =
        if cfg!(windows) { format!("http://{WINDOWS_HOST}/") } else { format!("{SCHEME}://localhost/") };
    let Some(window) = handle.get_webview_window(crate::window::LABEL) else { return };
    match Url::parse(&address) {
        Ok(url) => {
            if let Err(problem) = window.navigate(url) {
                tracing::error!(%problem, "the page with the start-up problem cannot be shown");
            }
        }
        Err(problem) => tracing::error!(%problem, "the address of the start-up page is wrong"),
    }
}

/// Answers the scheme's requests.
pub(crate) fn respond(problem: Option<&WireError>) -> Response<Vec<u8>> {
    let mut response = Response::new(page(problem).into_bytes());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'"),
    );
    response
}

fn page(problem: Option<&WireError>) -> String {
    let (title, message) = match problem {
        Some(p) => (heading(p.code), p.message.as_str()),
        None => ("Đang mở…", "Bảng điều khiển đang mở hồ sơ dữ liệu."),
    };
    let details: String = problem
        .iter()
        .flat_map(|p| &p.details)
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>", escape(label(name)), escape(value)))
        .collect();
    format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style>\
         <main data-testid=\"startup-problem\"><h1>{title}</h1><p>{}</p><dl>{details}</dl>\
         <p class=\"last\">Dữ liệu đã ghi không bị thay đổi. Sửa xong, hãy đóng cửa sổ này và mở lại chương trình.</p>\
         </main></html>",
        escape(message)
    )
}

const STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.5 'Source Sans 3',system-ui,sans-serif;margin:0;\
    display:grid;place-items:center;min-height:100vh;background:Canvas;color:CanvasText}main{max-width:44rem;\
    padding:2rem}h1{font-size:1.4rem}dt{font-weight:600;margin-top:.6rem}dd{margin:0;overflow-wrap:anywhere;\
    white-space:pre-wrap}.last{border-top:1px solid;padding-top:1rem}";

fn heading(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Busy => "Bảng điều khiển đang mở ở cửa sổ khác",
        ErrorCode::Config => "Tệp cài đặt có lỗi",
        ErrorCode::Storage => "Không dùng được thư mục dữ liệu",
        _ => "Bảng điều khiển không mở được",
    }
}

fn label(name: &str) -> &str {
    match name {
        "place" => "Vị trí",
        "folder" => "Thư mục",
        "file" => "Tệp",
        "reason" => "Nguyên nhân",
        other => other,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_and_where_and_runs_nothing() {
        let problem = WireError::new(ErrorCode::Config, "Khóa <b>lạ</b> trong tệp cài đặt.")
            .with("place", "config.toml:7 \"port\"");
        let html = page(Some(&problem));
        assert!(html.contains("Tệp cài đặt có lỗi"));
        assert!(html.contains("Khóa &lt;b&gt;lạ&lt;/b&gt;"), "text is escaped");
        assert!(html.contains("<dt>Vị trí</dt><dd>config.toml:7 &quot;port&quot;</dd>"));
        assert!(!html.contains("<script"));
    }
}
