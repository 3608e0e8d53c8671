//! `config.toml` of a profile: machine matters only (addresses, folders, proxy). Secrets come from the environment
//! or the keyring (`secrets`); what changes the truth is journal events (`rules`).
//!
//! Every key stands, commented, in `assets/config.example.toml`; a test keeps that file complete.

mod probes;

pub use probes::{Method, ProbeSection};

use crate::wire::{ErrorCode, WireError};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use url::Url;

/// The commented example, shown by `pvhcc config example` and written by the set-up.
pub const EXAMPLE: &str = include_str!("../../../../assets/config.example.toml");

/// Settings of one profile.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// VNeID.
    pub vneid: VneidConfig,
    /// The province's integration gateway.
    pub gateway: GatewaySection,
    /// The national portal through the Security Server.
    pub portal: PortalSection,
    /// Proxy and certificates.
    #[serde(default)]
    pub network: NetworkSection,
    /// How often sources are asked.
    #[serde(default)]
    pub poll: PollSection,
    /// Systems around that are probed; none is not asking.
    #[serde(default, rename = "probe")]
    pub probes: Vec<ProbeSection>,
}

/// `[vneid]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VneidConfig {
    /// Issuer, for discovery.
    pub issuer: Url,
    /// Client id registered with VNeID.
    pub client_id: String,
    /// Scopes asked for.
    #[serde(default = "default_scopes")]
    pub scopes: Vec<String>,
    /// PKCE (S256); off only if the provider cannot.
    #[serde(default = "yes")]
    pub pkce: bool,
    /// Loopback ports allowed by the provider; empty is any.
    #[serde(default)]
    pub redirect_ports: Vec<u16>,
    /// Redirect address that replaces the loopback one.
    #[serde(default)]
    pub redirect_uri: Option<Url>,
    /// Where the browser returns to after signing out, as registered; without it the provider shows its own page.
    #[serde(default)]
    pub post_logout_redirect_uri: Option<Url>,
    /// Endpoints for a provider without discovery.
    #[serde(default)]
    pub endpoints: Option<EndpointsSection>,
}

/// `[vneid.endpoints]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointsSection {
    /// Authorization endpoint.
    pub authorization: Url,
    /// Token endpoint.
    pub token: Url,
    /// Key set.
    pub jwks: Url,
    /// User info.
    #[serde(default)]
    pub userinfo: Option<Url>,
    /// End of session.
    #[serde(default)]
    pub end_session: Option<Url>,
    /// Revocation.
    #[serde(default)]
    pub revocation: Option<Url>,
}

/// `[gateway]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySection {
    /// Base address.
    pub base_url: Url,
    /// Client id for client credentials; without it a bearer token is used.
    #[serde(default)]
    pub client_id: Option<String>,
    /// Timeout of one request, seconds.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Largest answer accepted, MiB.
    #[serde(default = "default_body")]
    pub max_body_mib: usize,
    /// Systems whose dossier records are asked for; none is not asking.
    #[serde(default = "default_systems")]
    pub dossier_systems: Vec<String>,
    /// Records a page at most, 1–5000.
    #[serde(default = "default_page")]
    pub dossier_page: u32,
}

/// `[portal]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalSection {
    /// Base address of the Security Server.
    pub base_url: Url,
    /// Destination member code.
    pub dstcode: String,
    /// Provider address, as the adapter wants it.
    pub provider_url: String,
    /// Where `dstcode` and `providerurl` go: `query` or `header`.
    #[serde(default = "default_address")]
    pub address_as: String,
    /// Account.
    pub username: String,
    /// Unit code (`madonvi`).
    pub unit_code: String,
    /// Name of the statistics service.
    #[serde(default = "default_service")]
    pub statistics_service: String,
    /// Timeout of one request, seconds.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Largest answer accepted, MiB.
    #[serde(default = "default_body")]
    pub max_body_mib: usize,
}

/// `[network]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkSection {
    /// HTTP proxy; loopback addresses bypass it.
    #[serde(default)]
    pub proxy: Option<Url>,
    /// Extra certificate authority, PEM.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// `[poll]`: normal interval of each source, seconds (5–86400).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PollSection {
    /// Task states.
    pub gateway_tasks_seconds: u32,
    /// Flow states.
    pub gateway_flows_seconds: u32,
    /// API measures.
    pub gateway_apis_seconds: u32,
    /// Dossier records.
    pub gateway_dossiers_seconds: u32,
    /// Indicators of QĐ 766.
    pub gateway_indicators_seconds: u32,
    /// Catalogue of procedures.
    pub gateway_procedures_seconds: u32,
    /// Sync queue.
    pub gateway_sync_seconds: u32,
    /// Unpaid fees by unit.
    pub gateway_fees_seconds: u32,
    /// Petitions by status.
    pub gateway_petitions_seconds: u32,
    /// Dossier figures.
    pub portal_statistics_seconds: u32,
}

impl Default for PollSection {
    fn default() -> Self {
        Self {
            gateway_tasks_seconds: 60,
            gateway_flows_seconds: 60,
            gateway_apis_seconds: 60,
            gateway_dossiers_seconds: 300,
            gateway_indicators_seconds: 3600,
            gateway_procedures_seconds: 43_200,
            gateway_sync_seconds: 60,
            gateway_fees_seconds: 120,
            gateway_petitions_seconds: 600,
            portal_statistics_seconds: 1800,
        }
    }
}

fn default_scopes() -> Vec<String> {
    vec!["openid".to_owned()]
}
fn yes() -> bool {
    true
}
fn default_timeout() -> u64 {
    10
}
fn default_body() -> usize {
    8
}
fn default_systems() -> Vec<String> {
    vec!["tinh".to_owned(), "bo".to_owned()]
}
fn default_page() -> u32 {
    1000
}
fn default_address() -> String {
    "query".to_owned()
}
fn default_service() -> String {
    "LaySoLieuThongKe".to_owned()
}

/// Reads and checks a settings file.
///
/// # Errors
/// `Config`, naming file and line, and what is expected there; nothing is changed.
pub fn read(path: &Path) -> Result<Config, WireError> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        WireError::new(ErrorCode::Config, format!("Không đọc được tệp cấu hình {}: {e}.", path.display()))
    })?;
    parse(&text, &path.display().to_string())
}

/// Parses the text of a settings file; `name` is used in messages.
///
/// # Errors
/// As [`read`].
pub fn parse(text: &str, name: &str) -> Result<Config, WireError> {
    let config: Config = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        place(name, line, &describe(e.message()))
    })?;
    let at = |after: usize, key: &str| {
        let found = text.lines().skip(after).position(|l| l.trim_start().starts_with(key));
        found.map_or(after.max(1), |i| after + i + 1)
    };
    check(&config).map_err(|(key, problem)| place(name, at(0, key), &format!("{key}: {problem}")))?;
    probes::check(&config.probes).map_err(|(nth, key, problem)| {
        let heads = text.lines().enumerate().filter(|(_, l)| l.trim_start().starts_with("[[probe]]"));
        let head = heads.map(|(i, _)| i).nth(nth).unwrap_or(0);
        place(name, at(head, key), &format!("{key}: {problem}"))
    })?;
    Ok(config)
}

fn place(name: &str, line: usize, problem: &str) -> WireError {
    WireError::new(
        ErrorCode::Config,
        format!("Tệp cấu hình {name}, dòng {line}: {problem}. Hãy sửa dòng này rồi mở lại."),
    )
    .with("place", format!("{name}:{line}"))
}

/// Turns the parser's commonest messages into Vietnamese; keeps the key names they quote.
fn describe(message: &str) -> String {
    let first = message.lines().next().unwrap_or(message);
    for (english, vietnamese) in [
        ("unknown field", "khóa không có trong danh mục:"),
        ("missing field", "thiếu khóa"),
        ("invalid type", "sai kiểu giá trị:"),
        ("duplicate key", "khóa bị lặp"),
        ("invalid value", "giá trị không hợp lệ:"),
        ("relative URL without a base", "địa chỉ phải bắt đầu bằng https:// hoặc http://"),
    ] {
        if let Some(rest) = first.split_once(english).map(|(_, rest)| rest) {
            return format!("{vietnamese}{rest}");
        }
    }
    format!("không đúng cú pháp TOML ({first})")
}

fn check(config: &Config) -> Result<(), (&'static str, String)> {
    for (key, url) in [
        ("issuer", &config.vneid.issuer),
        ("base_url", &config.gateway.base_url),
        ("base_url", &config.portal.base_url),
    ] {
        if !matches!(url.scheme(), "https" | "http") {
            return Err((key, format!("địa chỉ {url} phải bắt đầu bằng https:// hoặc http://")));
        }
    }
    if !matches!(config.portal.address_as.as_str(), "query" | "header") {
        return Err(("address_as", "chỉ nhận \"query\" hoặc \"header\"".to_owned()));
    }
    if !(1..=5000).contains(&config.gateway.dossier_page) {
        let page = config.gateway.dossier_page;
        return Err(("dossier_page", format!("{page} nằm ngoài khoảng 1–5000 hồ sơ")));
    }
    let is_code =
        |s: &String| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if let Some(wrong) = config.gateway.dossier_systems.iter().find(|s| !is_code(s)) {
        return Err(("dossier_systems", format!("“{wrong}” không phải mã hệ thống như \"tinh\" hay \"bo\"")));
    }
    let p = &config.poll;
    for (key, seconds) in [
        ("gateway_tasks_seconds", p.gateway_tasks_seconds),
        ("gateway_flows_seconds", p.gateway_flows_seconds),
        ("gateway_apis_seconds", p.gateway_apis_seconds),
        ("gateway_dossiers_seconds", p.gateway_dossiers_seconds),
        ("gateway_indicators_seconds", p.gateway_indicators_seconds),
        ("gateway_procedures_seconds", p.gateway_procedures_seconds),
        ("gateway_sync_seconds", p.gateway_sync_seconds),
        ("gateway_fees_seconds", p.gateway_fees_seconds),
        ("gateway_petitions_seconds", p.gateway_petitions_seconds),
        ("portal_statistics_seconds", p.portal_statistics_seconds),
    ] {
        if !(5..=86_400).contains(&seconds) {
            return Err((key, format!("{seconds} nằm ngoài khoảng 5–86400 giây")));
        }
    }
    for (key, seconds) in [
        ("timeout_seconds", config.gateway.timeout_seconds),
        ("timeout_seconds", config.portal.timeout_seconds),
    ] {
        if !(1..=300).contains(&seconds) {
            return Err((key, format!("{seconds} nằm ngoài khoảng 1–300 giây")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example with every comment mark of a setting taken away.
    fn uncommented() -> String {
        EXAMPLE.lines().map(|l| l.strip_prefix("#: ").unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_parses_as_it_stands_and_with_every_optional_key() {
        parse(EXAMPLE, "example").expect("as it stands");
        parse(&uncommented(), "example").expect("with every key");
    }

    #[test]
    fn the_example_names_every_key() {
        let config = parse(&uncommented(), "example").expect("parses");
        let whole = serde_json::to_value(&config).expect("JSON");
        let mut missing = Vec::new();
        walk(&whole, &mut |key| {
            if !uncommented().lines().any(|l| {
                l.trim_start().starts_with(&format!("{key} ="))
                    || l.trim_start().starts_with(&format!("[{key}]"))
                    || l.trim_start() == format!("[[{key}]]")
                    || l.contains(&format!(".{key}]"))
            }) {
                missing.push(key.to_owned());
            }
        });
        assert!(missing.is_empty(), "keys missing in assets/config.example.toml: {missing:?}");
    }

    fn walk(value: &serde_json::Value, see: &mut dyn FnMut(&str)) {
        if let Some(map) = value.as_object() {
            for (key, inner) in map {
                see(key);
                walk(inner, see);
            }
        }
        for inner in value.as_array().into_iter().flatten() {
            walk(inner, see);
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let broken = EXAMPLE.replacen("[gateway]", "[gateway]\nbase_ulr = \"https://x\"", 1);
        let line = broken.lines().position(|l| l.starts_with("base_ulr")).expect("there") + 1;
        let error = parse(&broken, "config.toml").expect_err("unknown key");
        assert!(error.message.contains(&format!("dòng {line}")), "{}", error.message);
        assert!(error.message.contains("base_ulr"), "{}", error.message);
    }

    #[test]
    fn a_wrong_type_and_a_value_out_of_range_are_named() {
        let text = format!("{EXAMPLE}\n[poll]\ngateway_tasks_seconds = \"nhanh\"\n");
        assert!(parse(&text, "c").expect_err("type").message.contains("sai kiểu"));
        let text = format!("{EXAMPLE}\n[poll]\ngateway_tasks_seconds = 1\n");
        let error = parse(&text, "c").expect_err("range");
        assert!(error.message.contains("gateway_tasks_seconds"), "{}", error.message);
        assert!(error.message.contains("5–86400"), "{}", error.message);
    }
}
