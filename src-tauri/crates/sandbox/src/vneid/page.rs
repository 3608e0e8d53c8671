//! The provider's pages, in Vietnamese: plain HTML that works without JavaScript, by keyboard and for screen readers.

use crate::users::{User, role_name};
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use std::collections::HashMap;

const STYLE: &str = "
:root { color-scheme: light dark }
body { font: 17px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 30rem; padding: 2rem 1rem }
h1 { font-size: 1.35rem; margin: 0 0 .5rem }
button { font: inherit; display: block; width: 100%; text-align: left; padding: .7rem 1rem; margin: .5rem 0;
  border: 1px solid #5b6675; border-radius: 6px; background: transparent; color: inherit; cursor: pointer }
button:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px }
small { display: block }
.mark { display: inline-block; border: 1px solid; padding: 0 .5rem; margin: 0 0 1rem }";

/// The people to choose from; every parameter of the request travels on in hidden fields.
pub(super) fn sign_in(asked: &HashMap<String, String>, people: &[User]) -> Response {
    let hidden = hidden(asked, &["user", "login_hint"]);
    // Whom the app expects comes first, so that Enter is enough.
    let mut people = people.to_vec();
    if let Some(at) = people.iter().position(|u| asked.get("login_hint").is_some_and(|h| h == u.key)) {
        people[..=at].rotate_right(1);
    }
    let buttons: String = people
        .iter()
        .map(|u| {
            format!(
                "<button name=\"user\" value=\"{}\">{}<small>{}</small></button>",
                u.key,
                u.display_name,
                role_name(u.role)
            )
        })
        .collect();
    let body = format!(
        "<p class=\"mark\">VNeID TẬP HUẤN</p><h1>Chọn người đăng nhập</h1>\
         <p>Đây là bản giả lập để tập huấn. Không nhập thông tin thật.</p>\
         <form method=\"post\" action=\"authorize\">{hidden}{buttons}\
         <button name=\"cancel\" value=\"1\">Hủy đăng nhập</button></form>"
    );
    page(StatusCode::OK, "Đăng nhập VNeID (tập huấn)", &body)
}

/// The request cannot be answered by sending the person back.
pub(super) fn refusal(reason: &str) -> Response {
    let body = format!(
        "<h1>Không thể đăng nhập</h1><p role=\"alert\">{}</p>\
         <p>Hãy đóng trang này, quay lại ứng dụng và kiểm tra phần cài đặt đăng nhập.</p>",
        escape(reason)
    );
    page(StatusCode::BAD_REQUEST, "Không thể đăng nhập", &body)
}

/// Whoever came by a link alone is asked.
pub(super) fn sign_out(asked: &HashMap<String, String>) -> Response {
    let body = format!(
        "<p class=\"mark\">VNeID TẬP HUẤN</p><h1>Đăng xuất khỏi VNeID?</h1>\
         <form method=\"post\" action=\"logout\">{}\
         <button name=\"agreed\" value=\"1\">Đăng xuất</button></form>\
         <p>Không muốn đăng xuất thì đóng trang này.</p>",
        hidden(asked, &["agreed"])
    );
    page(StatusCode::OK, "Đăng xuất VNeID (tập huấn)", &body)
}

/// What was asked for travels on in the form, but for `without`.
fn hidden(asked: &HashMap<String, String>, without: &[&str]) -> String {
    let mut names: Vec<&String> = asked.keys().filter(|k| !without.contains(&k.as_str())).collect();
    names.sort();
    names
        .iter()
        .map(|n| format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(n), escape(&asked[*n])))
        .collect()
}

pub(super) fn signed_out() -> Response {
    page(StatusCode::OK, "Đã đăng xuất", "<h1>Đã đăng xuất</h1><p>Có thể đóng trang này.</p>")
}

fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
