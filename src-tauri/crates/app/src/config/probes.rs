//! Pages of the systems around that are probed: `[[probe]]` blocks of the settings.

use serde::{Deserialize, Serialize};
use url::Url;

/// `[[probe]]`: one page of a system around that is looked at.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProbeSection {
    /// Names it in the dependency graph (`payment`).
    pub id: String,
    /// What it is called on the screen.
    pub title: String,
    /// https, or http on this machine.
    pub url: Url,
    /// HEAD or GET.
    #[serde(default)]
    pub method: Method,
    /// How often, seconds (15–86400).
    #[serde(default = "default_probe_every")]
    pub every_seconds: u32,
    /// Timeout, seconds (1–60, not above `every_seconds`).
    #[serde(default = "super::default_timeout")]
    pub timeout_seconds: u64,
    /// A text that the right page has; with GET only.
    #[serde(default)]
    pub expect: Option<String>,
}

/// How a page is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Its head only.
    #[default]
    Head,
    /// The page.
    Get,
}

fn default_probe_every() -> u32 {
    60
}
/// Most probes: what is watched should fit on a screen.
const MOST_PROBES: usize = 40;

/// The first wrong probe: which, at what key, and what is wrong.
pub(super) fn check(probes: &[ProbeSection]) -> Result<(), (usize, &'static str, String)> {
    for (n, probe) in probes.iter().enumerate() {
        let wrong = |key, problem: &str| Err((n, key, problem.to_owned()));
        if n == MOST_PROBES {
            return wrong("id", &format!("nhiều hơn {MOST_PROBES} địa chỉ dò"));
        }
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if probe.id.is_empty() || probe.id.len() > 32 || !probe.id.bytes().all(letters) {
            return wrong("id", "chỉ gồm a–z, 0–9 và _, nhiều nhất 32 ký tự");
        }
        if probes[..n].iter().any(|other| other.id == probe.id) {
            return wrong("id", &format!("“{}” bị lặp", probe.id));
        }
        if probe.title.trim().is_empty() || probe.title.chars().count() > 80 {
            return wrong("title", "cần tên hiển thị, nhiều nhất 80 ký tự");
        }
        let here = match probe.url.host() {
            Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => return wrong("url", "địa chỉ không có tên máy chủ"),
        };
        if probe.url.scheme() != "https" && !(here && probe.url.scheme() == "http") {
            return wrong("url", "địa chỉ phải bắt đầu bằng https://");
        }
        if !probe.url.username().is_empty() || probe.url.password().is_some() {
            return wrong("url", "địa chỉ không được kèm tài khoản, mật khẩu");
        }
        if !(15..=86_400).contains(&probe.every_seconds) {
            return wrong(
                "every_seconds",
                &format!("{} nằm ngoài khoảng 15–86400 giây", probe.every_seconds),
            );
        }
        if !(1..=60).contains(&probe.timeout_seconds) || probe.timeout_seconds > probe.every_seconds.into() {
            let seconds = probe.timeout_seconds;
            return wrong(
                "timeout_seconds",
                &format!("{seconds} nằm ngoài khoảng 1–60 giây hoặc dài hơn chu kỳ"),
            );
        }
        match probe.expect.as_deref().map(str::trim) {
            Some("") => return wrong("expect", "cần đoạn chữ phải có trên trang"),
            Some(_) if probe.method == Method::Head => {
                return wrong("expect", "chỉ dùng được với method = \"GET\"");
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{EXAMPLE, parse},
        *,
    };

    #[test]
    fn a_wrong_probe_is_named_with_its_line_and_nothing_is_probed_by_default() {
        assert!(parse(EXAMPLE, "c").expect("as it stands").probes.is_empty());
        let good = "[[probe]]\nid = \"portal\"\ntitle = \"Cổng\"\nurl = \"https://cong.example.vn/\"\n";
        let with = |second: &str| {
            format!("{EXAMPLE}\n{good}\n[[probe]]\nid = \"pay\"\ntitle = \"Thanh toán\"\n{second}\n")
        };
        let url = "url = \"https://tt.example.vn/\"";
        let probes = parse(&with(url), "c").expect("two probes").probes;
        assert_eq!(
            (probes[1].method, probes[1].every_seconds, probes[1].timeout_seconds),
            (Method::Head, 60, 10)
        );
        parse(&with("url = \"http://127.0.0.1:8400/x\""), "c")
            .expect("this machine may be asked in plain text");
        for (second, key, told) in [
            ("url = \"http://tt.example.vn/\"".to_owned(), "url", "https"),
            ("url = \"https://a:b@tt.example.vn/\"".to_owned(), "url", "tài khoản"),
            (format!("{url}\nevery_seconds = 14"), "every_seconds", "15–86400"),
            (format!("{url}\nevery_seconds = 20\ntimeout_seconds = 21"), "timeout_seconds", "chu kỳ"),
            (format!("{url}\nexpect = \"Thanh toán\""), "expect", "GET"),
            (format!("{url}\nmethod = \"GET\"\nexpect = \" \""), "expect", "đoạn chữ"),
        ] {
            let text = with(&second);
            let error = parse(&text, "c").expect_err(&second);
            let lines: Vec<&str> = text.lines().collect();
            let line = lines.iter().rposition(|l| l.starts_with(key)).expect("there") + 1;
            assert!(error.message.contains(&format!("dòng {line}:")), "{key} at {line}: {}", error.message);
            assert!(error.message.contains(told), "{}", error.message);
        }
        let twice = format!("{EXAMPLE}\n{good}\n{good}");
        assert!(parse(&twice, "c").expect_err("twice").message.contains("“portal” bị lặp"));
        let post = with(&format!("{url}\nmethod = \"POST\""));
        assert!(parse(&post, "c").is_err(), "nothing but HEAD and GET is ever sent");
    }
}
