//! Signing out through the commands: here at once, at VNeID in the browser, and said plainly when VNeID is away.

use pvhcc_app::{App, Options, wire::AppEvent};
use pvhcc_tests::{http, options, run, sign_in, until};
use serde_json::json;
use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};
use url::Url;

type Opened = Arc<Mutex<Vec<Url>>>;

/// Opens the training profile; what goes to the browser after the sign-in is only written down.
async fn open(folder: &Path) -> (App, Opened) {
    let opened = Opened::default();
    let signing_in = options(folder, "staff", false);
    let (browser, remembered) = (Arc::clone(&signing_in.open_browser), Arc::clone(&opened));
    let open_browser = Arc::new(move |url: &str| {
        let parsed = Url::parse(url).expect("an address");
        if parsed.path().ends_with("/authorize") {
            return browser(url);
        }
        remembered.lock().expect("no test panicked holding it").push(parsed);
        Ok(())
    });
    (App::open(Options { open_browser, ..signing_in }).await.expect("opens"), opened)
}

/// The next notice to the person.
async fn notice(events: &mut tokio::sync::broadcast::Receiver<AppEvent>) -> String {
    let found = tokio::time::timeout(Duration::from_secs(10), async {
        loop {
            if let AppEvent::Notice { message } = events.recv().await.expect("the app is open") {
                return message;
            }
        }
    });
    found.await.expect("a notice comes")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_goes_on_in_the_browser_and_comes_back_to_a_page_that_says_so() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, opened) = open(folder.path()).await;
    sign_in(&app).await;
    let mut events = app.subscribe();
    let session = run(&app, "sign_out", json!({})).await;
    assert_eq!((&session["phase"], &session["user"]), (&json!("signed_out"), &json!(null)), "at once");

    let first = || opened.lock().expect("no test panicked holding it").first().cloned();
    until(&app, "session", |_| first().is_some()).await;
    let url = first().expect("opened");
    let names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["client_id", "ui_locales", "post_logout_redirect_uri", "state"], "no token: {url}");

    let page = http().get(url.clone()).send().await.expect("answers").text().await.expect("text");
    assert!(page.contains("Đăng xuất khỏi VNeID?"), "{page}");
    let mut form: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    form.push(("agreed".to_owned(), "1".to_owned()));
    let mut place = url.clone();
    place.set_query(None);
    let last = http().post(place).form(&form).send().await.expect("answers");
    assert_eq!(last.url().path(), "/signed-out", "back at the app");
    assert!(last.text().await.expect("text").contains("Đã đăng xuất"));
    assert!(notice(&mut events).await.contains("Đã đăng xuất"), "the window says so too");
    assert!(run(&app, "session", json!({})).await["problem"].is_null(), "nothing is left to do");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_vneid_away_the_sign_out_holds_here_and_says_what_is_left_to_do() {
    let folder = tempfile::tempdir().expect("folder");
    let (app, opened) = open(folder.path()).await;
    sign_in(&app).await;
    let urls = app.sandbox_urls().expect("training");
    let body = json!({"pattern": "/vneid/*", "fault": {"kind": "status", "code": 503}});
    let set = http().post(format!("{}/faults", urls.control)).json(&body).send().await.expect("answers");
    assert!(set.status().is_success(), "{}", set.text().await.unwrap_or_default());

    run(&app, "sign_out", json!({})).await;
    let session = until(&app, "session", |v| v["problem"].is_string()).await;
    let problem = session["problem"].as_str().expect("text");
    assert!(problem.contains("Đã đăng xuất trên máy này"), "{problem}");
    assert!(problem.contains("Chưa kết nối được VNeID"), "{problem}");
    assert_eq!(session["phase"], "signed_out");
    assert!(
        opened.lock().expect("no test panicked holding it").is_empty(),
        "no browser at a page that fails"
    );
    app.shutdown().await;
}
