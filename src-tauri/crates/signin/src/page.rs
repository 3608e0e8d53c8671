//! The page the browser shows at the end: Vietnamese, nothing loaded from anywhere, no script.

/// What the page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    SignedIn,
    Failed,
    SignedOut,
}

/// A complete HTTP answer for the end of an attempt.
pub(crate) fn answer(outcome: Outcome) -> String {
    let (title, text) = match outcome {
        Outcome::SignedIn => ("Đã đăng nhập", "Hãy quay lại ứng dụng. Có thể đóng trang này."),
        Outcome::Failed => {
            ("Chưa đăng nhập được", "Hãy quay lại ứng dụng để xem lý do và thử lại. Có thể đóng trang này.")
        }
        Outcome::SignedOut => (
            "Đã đăng xuất",
            "Phiên đăng nhập ở VNeID và trong ứng dụng đều đã kết thúc. Có thể đóng trang này.",
        ),
    };
    let body = format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>{title}</title>\
         <style>body{{font:18px system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em}}</style>\
         <h1>{title}</h1><p>{text}</p></html>"
    );
    complete("200 OK", &body)
}

/// A complete HTTP answer for everything that is not the expected return.
pub(crate) fn not_found() -> String {
    complete(
        "404 Not Found",
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>404</title><p>Không có trang này.</p></html>",
    )
}

fn complete(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\r\n{body}",
        body.len()
    )
}
