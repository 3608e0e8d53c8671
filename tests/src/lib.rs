//! What the story tests share: a training profile in a folder of its own, and a browser that signs in by itself.

#[cfg(test)]
#[path = "../examples/measure/mod.rs"]
mod measure;

use pvhcc_app::{App, OpenBrowser, Options, Profile, wire::WireError};
use pvhcc_domain::time::{Clock as _, Ms, SystemClock};
use pvhcc_sandbox::Sandbox;
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

/// Opens the training profile in `folder`; the "browser" signs in as `user` at the sandbox's own page.
///
/// # Errors
/// As [`App::open`].
pub async fn open(folder: &Path, user: &'static str, poll: bool) -> Result<App, WireError> {
    App::open(options(folder, user, poll)).await
}

/// Like [`open`], with all dossier records of the sandbox behind the first round.
///
/// # Errors
/// As [`App::open`].
pub async fn open_with_records(folder: &Path, user: &'static str) -> Result<App, WireError> {
    App::open(Options { records: true, ..options(folder, user, false) }).await
}

/// How [`open`] opens, without dossier records; for tests that want it otherwise.
#[must_use]
pub fn options(folder: &Path, user: &'static str, poll: bool) -> Options {
    Options {
        profile: Profile::Training,
        config_path: None,
        data_dir: Some(folder.to_path_buf()),
        sandbox_clock: None,
        scenario: None,
        open_browser: Arc::new(move |url| {
            let url = url.to_owned();
            tokio::spawn(async move { browse(&url, user).await });
            Ok(())
        }),
        open_file: Arc::new(|_| Ok(())),
        poll,
        records: false,
        exclusive: true,
    }
}

/// Who sits at the window: one after the other may sign in.
#[derive(Clone)]
pub struct Seat(Arc<Mutex<&'static str>>);

impl Seat {
    /// The training profile in `folder` by a clock that stands still at `start` (RFC 3339) in a new folder.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn open(folder: &Path, start: &str) -> (App, Self) {
        let seat = Self(Arc::new(Mutex::new("staff")));
        let at = Ms::parse_rfc3339(start).unwrap_or_default();
        let person = Arc::clone(&seat.0);
        let open_browser: OpenBrowser = Arc::new(move |url| {
            let (url, user) = (url.to_owned(), person.lock().map_or("staff", |user| *user));
            tokio::spawn(async move { browse(&url, user).await });
            Ok(())
        });
        let how = Options { sandbox_clock: Some((at, 0.0)), open_browser, ..options(folder, "staff", false) };
        match App::open(how).await {
            Ok(app) => (app, seat),
            Err(e) => panic!("the profile does not open: {}", e.message),
        }
    }

    /// `user` signs in, whoever did before.
    pub async fn sign_in(&self, app: &App, user: &'static str) {
        run(app, "sign_out", json!({})).await;
        self.beside(user);
        sign_in(app).await;
    }

    /// Whom the browser signs in from now on; who is at the window stays.
    pub fn beside(&self, user: &'static str) {
        if let Ok(mut person) = self.0.lock() {
            *person = user;
        }
    }
}

/// Moves the sandbox's clock forward to an instant (RFC 3339).
///
/// # Panics
/// When the sandbox refuses.
pub async fn set_clock(app: &App, to: &str) {
    let control = app.sandbox_urls().map(|urls| urls.control).unwrap_or_default();
    let answer = http().post(format!("{control}/clock")).json(&json!({"set": to})).send().await;
    assert!(answer.is_ok_and(|answer| answer.status().is_success()), "the clock was not set to {to}");
}

/// A sandbox of its own that plays the real sources, and what the set-up is told of them.
///
/// # Panics
/// When the sandbox does not start.
pub async fn source_addresses(folder: &Path) -> (Sandbox, Value) {
    let sandbox = sandbox_in(folder).await;
    let urls = sandbox.urls();
    let typed = json!({"issuer": urls.issuer, "clientId": "pvhcc-dashboard", "gateway": urls.gateway,
                       "portal": urls.portal, "dstcode": "VN:GOV:SANDBOX", "providerUrl": urls.portal,
                       "username": "sandbox", "unitCode": "H21"});
    (sandbox, typed)
}

/// A sandbox of its own that plays the real sources, by the machine's clock.
///
/// # Panics
/// When the sandbox does not start.
pub async fn sandbox_in(folder: &Path) -> Sandbox {
    let options = pvhcc_sandbox::Options {
        listen: ([127, 0, 0, 1], 0).into(),
        folder: folder.to_path_buf(),
        clock_start: SystemClock.now(),
        speed: 1.0,
        seed: 1,
        scenario: None,
    };
    match Sandbox::start(options).await {
        Ok(sandbox) => sandbox,
        Err(e) => panic!("the sandbox does not start: {e}"),
    }
}

/// What a person does at the sign-in page: presses their button, which sends the whole form, and follows the
/// redirects back to the app.
async fn browse(url: &str, user: &str) {
    let Ok(mut page) = url::Url::parse(url) else { return };
    let mut form: Vec<(String, String)> = page.query_pairs().into_owned().collect();
    form.push(("user".to_owned(), user.to_owned()));
    page.set_query(None);
    // What the page answers does not matter here: the app says whether it is signed in.
    let _ = http().post(page).form(&form).send().await;
}

/// An HTTP client that follows redirects, as a browser does.
#[must_use]
pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap_or_default()
}

/// Runs a command and expects it to work.
///
/// # Panics
/// With the command's message when it does not.
pub async fn run(app: &App, command: &str, args: Value) -> Value {
    match app.dispatch(command, args).await {
        Ok(value) => value,
        Err(e) => panic!("{command}: {} {:?}", e.message, e.details),
    }
}

/// Signs in and waits until the window would show the role.
///
/// # Panics
/// When the sign-in does not come through in ten seconds.
pub async fn sign_in(app: &App) {
    run(app, "sign_in_start", json!({})).await;
    until(app, "session", |v| v["phase"] == "active").await;
}

/// Repeats a reading command until `good` says so; a condition, not a sleep.
///
/// # Panics
/// After ten seconds, with the last answer.
pub async fn until(app: &App, command: &str, good: impl Fn(&Value) -> bool) -> Value {
    let mut changes = app.subscribe();
    let mut last = Value::Null;
    let found = tokio::time::timeout(Duration::from_secs(10), async {
        loop {
            last = run(app, command, json!({})).await;
            if good(&last) {
                return;
            }
            let _ = tokio::time::timeout(Duration::from_millis(200), changes.recv()).await;
        }
    })
    .await;
    assert!(found.is_ok(), "{command} never became as expected; last: {last}");
    last
}
