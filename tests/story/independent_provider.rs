//! Signing in at a certified OpenID provider that shares no code with the sandbox (npm `oidc-provider`).

use pvhcc_domain::time::{SharedClock, SystemClock};
use pvhcc_signin::{
    MemoryVault, Prompt, ProviderConfig, RedirectConfig, Secret, SignInError, SignedIn, TokenVault,
    end_session,
};
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
    time::Duration,
};
use url::Url;

const ACCOUNT: &str = "person";

/// The provider's process; ends with the test.
struct Provider {
    child: Child,
    issuer: Url,
    /// Kept open: a process that writes to a closed pipe dies of it.
    _said: BufReader<ChildStdout>,
}

impl Provider {
    fn start() -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(
            tests.join("node_modules/oidc-provider").is_dir(),
            "oidc-provider is not installed: run `npm ci` in tests/ first (cargo xtask test does)"
        );
        let mut child = Command::new("node")
            .arg("support/oidc-provider.mjs")
            .current_dir(tests)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("stdout is piped"));
        out.read_line(&mut line).expect("the provider's first line");
        let said: Value = serde_json::from_str(&line).expect("one JSON line");
        let issuer = said["issuer"].as_str().expect("issuer").parse().expect("an address");
        Self { child, issuer, _said: out }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser: cookies by path, redirects one at a time.
struct Browser {
    http: reqwest::Client,
    cookies: Vec<(String, String, String)>,
}

impl Browser {
    fn new() -> Self {
        // Chooses the ciphers for the process.
        let _ = pvhcc_tests::http();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("client");
        Self { http, cookies: Vec::new() }
    }

    /// Follows redirects to the next page; returns its address and text.
    async fn visit(&mut self, url: Url, mut form: Option<Vec<(&str, &str)>>) -> (Url, String) {
        let mut url = url;
        for _ in 0..10 {
            let request = match form.take() {
                Some(form) => self.http.post(url.clone()).form(&form),
                None => self.http.get(url.clone()),
            };
            let sent: Vec<String> = self
                .cookies
                .iter()
                .filter(|(path, ..)| url.path().starts_with(path.as_str()))
                .map(|(_, name, value)| format!("{name}={value}"))
                .collect();
            let answer = request.header("cookie", sent.join("; ")).send().await.expect("the page answers");
            for set in answer.headers().get_all("set-cookie") {
                self.take_cookie(set.to_str().expect("ASCII"));
            }
            if !answer.status().is_redirection() {
                assert!(answer.status().is_success(), "{url}: {}", answer.status());
                return (url, answer.text().await.expect("text"));
            }
            let to = answer.headers()["location"].to_str().expect("ASCII");
            url = url.join(to).expect("an address");
        }
        panic!("too many redirects, last to {url}");
    }

    fn take_cookie(&mut self, set: &str) {
        let mut parts = set.split("; ");
        let (name, value) = parts.next().and_then(|p| p.split_once('=')).expect("name=value");
        let path = parts.find_map(|p| p.strip_prefix("path=")).unwrap_or("/");
        self.cookies.retain(|(p, n, _)| p != path || n != name);
        if !value.is_empty() {
            self.cookies.push((path.to_owned(), name.to_owned(), value.to_owned()));
        }
    }

    /// Logs in as `login`, agrees, and comes back to the app; returns the last page.
    async fn log_in(&mut self, authorize: &Url, login: &str) -> (Url, String) {
        let (at, page) = self.visit(authorize.clone(), None).await;
        let form = vec![("prompt", "login"), ("login", login), ("password", "any")];
        let (at, page) = self.visit(at.join(&action(&page)).expect("address"), Some(form)).await;
        self.visit(at.join(&action(&page)).expect("address"), Some(vec![("prompt", "consent")])).await
    }
}

impl Browser {
    /// A whole sign-in of the app in this browser.
    async fn sign_in(&mut self, config: &ProviderConfig, login: &str) -> SignedIn {
        let (handle, attempt) =
            pvhcc_signin::start(config, clock(), Prompt::Normal).await.expect("the attempt starts");
        let waiting = tokio::spawn(attempt);
        let (at, page) = self.log_in(handle.authorize_url(), login).await;
        assert_eq!(at.path(), "/callback", "the browser ends at the app's own page");
        assert!(page.to_lowercase().contains("quay lại"), "the page says to return: {page}");
        waiting.await.expect("no panic").expect("signed in")
    }

    /// Whether the provider knows this browser's person: it asks for consent, as of every native client, but not for
    /// a log-in.
    async fn is_known(&mut self, config: &ProviderConfig) -> bool {
        let (handle, attempt) =
            pvhcc_signin::start(config, clock(), Prompt::Normal).await.expect("the attempt starts");
        let (_, page) = self.visit(handle.authorize_url().clone(), None).await;
        drop(attempt);
        let prompt = hidden(&page, "prompt");
        assert!(["login", "consent"].contains(&prompt.as_str()), "{page}");
        prompt == "consent"
    }
}

/// Where the page's form goes.
fn action(page: &str) -> String {
    let rest = page.split_once("action=\"").unwrap_or_else(|| panic!("a form: {page}")).1;
    rest.split_once('"').expect("the end of the address").0.replace("&amp;", "&")
}

fn config(issuer: &Url) -> ProviderConfig {
    ProviderConfig {
        issuer: Some(issuer.clone()),
        manual: None,
        client_id: "pvhcc-dashboard".to_owned(),
        client_secret: None,
        redirect: RedirectConfig::default(),
        post_logout_redirect: Some(Url::parse("http://127.0.0.1/signed-out").expect("an address")),
        scopes: vec!["openid".to_owned()],
        pkce: true,
        proxy: None,
        ca_file: None,
        timeout: Duration::from_secs(10),
    }
}

fn clock() -> SharedClock {
    Arc::new(SystemClock)
}

fn kept(vault: &MemoryVault) -> Secret {
    vault.get(ACCOUNT).expect("memory").expect("a refresh token is kept")
}

fn refresh_token(kept: &Secret) -> String {
    let kept: Value = serde_json::from_str(kept.expose()).expect("JSON");
    kept["refresh"].as_str().expect("refresh token").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certified_provider_signs_in_rotates_the_refresh_token_and_revokes_it_at_sign_out() {
    let provider = Provider::start();
    let config = config(&provider.issuer);
    let mut browser = Browser::new();
    let signed_in = browser.sign_in(&config, "can-bo-07").await;
    assert_eq!(signed_in.identity.subject, "can-bo-07");
    assert_eq!(
        signed_in.identity.issuer.trim_end_matches('/'),
        provider.issuer.as_str().trim_end_matches('/')
    );

    let vault = Arc::new(MemoryVault::default());
    signed_in.session.keep_in(Arc::clone(&vault) as Arc<dyn TokenVault>, ACCOUNT).expect("kept");
    let (first, access) = (kept(&vault), signed_in.session.access_token().await.expect("a token"));
    signed_in.session.refresh().await.expect("the refresh token is good");
    let second = kept(&vault);
    assert_ne!(refresh_token(&first), refresh_token(&second), "the provider rotates and the vault follows");
    assert_ne!(access, signed_in.session.access_token().await.expect("a token"), "a new access token");

    // What a start of the program does: resumes from the vault, without a browser.
    let resumed = pvhcc_signin::resume(&config, Arc::clone(&vault) as _, ACCOUNT, clock())
        .await
        .expect("resumed")
        .expect("something was kept");
    assert_eq!(resumed.identity.subject, "can-bo-07");

    let stolen = Arc::new(MemoryVault::default());
    stolen.put(ACCOUNT, &kept(&vault)).expect("memory");
    resumed.session.sign_out().await.expect("the provider revokes");
    assert!(vault.get(ACCOUNT).expect("memory").is_none(), "nothing stays here");
    let refused = pvhcc_signin::resume(&config, Arc::clone(&stolen) as _, ACCOUNT, clock())
        .await
        .expect_err("the provider no longer knows the refresh token");
    assert!(refused.is_refused(), "{refused}");
    assert!(stolen.get(ACCOUNT).expect("memory").is_none(), "a refused token is forgotten");
    assert!(resumed.session.access_token().await.is_err(), "and the session is over");
}

/// The value of a hidden field of the page.
fn hidden(page: &str, name: &str) -> String {
    let rest =
        page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}")).1;
    rest.split_once('"').expect("the end of the value").0.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_sign_out_the_certified_providers_cookie_signs_nobody_in_any_more() {
    let provider = Provider::start();
    let config = config(&provider.issuer);
    let mut browser = Browser::new();
    let signed_in = browser.sign_in(&config, "can-bo-07").await;
    assert!(browser.is_known(&config).await, "the cookie is good before");
    signed_in.session.sign_out().await.expect("the provider revokes");
    assert!(browser.is_known(&config).await, "revoking tokens does not touch the cookie");

    let logout = end_session(&config).await.expect("described").expect("it has an end of session");
    let returned = tokio::spawn(logout.returned);
    let (at, page) = browser.visit(logout.url, None).await;
    let xsrf = hidden(&page, "xsrf");
    let form = Some(vec![("xsrf", xsrf.as_str()), ("logout", "yes")]);
    let (at, page) = browser.visit(at.join(&action(&page)).expect("address"), form).await;
    assert_eq!(at.path(), "/signed-out", "the browser ends at the app's own page");
    assert!(page.contains("Đã đăng xuất"), "{page}");
    assert!(returned.await.expect("no panic"), "and the app knows");
    assert!(!browser.is_known(&config).await, "the next person is asked who they are");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certified_provider_takes_the_secret_of_a_confidential_client_and_signs_with_an_elliptic_key() {
    let provider = Provider::start();
    let mut config = config(&provider.issuer);
    config.client_id = "pvhcc-confidential".to_owned();
    config.client_secret = Some(Secret::new("khoa bi mat:+&%= 1"));
    let signed_in = Browser::new().sign_in(&config, "can-bo-08").await;
    assert_eq!(signed_in.identity.subject, "can-bo-08");
    signed_in.session.refresh().await.expect("the secret stands in every request");
    signed_in.session.sign_out().await.expect("and at the revocation");

    // The connection test asks the same without anybody signing in.
    pvhcc_signin::probe(&config).await.expect("the provider takes this secret");
    config.client_secret = Some(Secret::new("khoa khac"));
    let refused = pvhcc_signin::probe(&config).await.expect_err("not this one");
    assert!(
        matches!(&refused, SignInError::Provider { error, .. } if error == "invalid_client"),
        "{refused}"
    );
    config.client_secret = None;
    pvhcc_signin::probe(&config).await.expect("without one, only description and keys are asked for");
}
