//! The provider's end of a sign-out: the address for the browser, and the page it comes back to.

use crate::provider::Provider;
use pvhcc_signin::{ProviderConfig, SignInError, Stage, end_session};
use std::collections::HashMap;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

fn returning_to(provider: &Provider, address: &str) -> ProviderConfig {
    let mut config = provider.config();
    config.post_logout_redirect = Some(Url::parse(address).expect("URL"));
    config
}

fn asked(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

async fn get(url: &Url) -> String {
    let address = (url.host_str().expect("host"), url.port().expect("port"));
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    let target = &url[url::Position::BeforePath..];
    stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("UTF-8");
    answer
}

#[tokio::test]
async fn the_address_names_the_client_and_no_token_and_the_browser_ends_at_a_vietnamese_page() {
    let provider = Provider::start().await;
    let config = returning_to(&provider, "http://127.0.0.1/signed-out");
    let logout = end_session(&config).await.expect("described").expect("it has an end of session");
    assert_eq!(&logout.url[..url::Position::AfterPath], provider.url.join("logout").expect("URL").as_str());
    let mut sent = asked(&logout.url);
    let (state, back) = (sent.remove("state").expect("state"), sent.remove("post_logout_redirect_uri"));
    assert!(state.len() >= 16);
    assert_eq!(sent.remove("client_id").as_deref(), Some("dashboard"));
    assert_eq!(sent.remove("ui_locales").as_deref(), Some("vi"));
    assert!(sent.is_empty(), "no id_token_hint or anything else: {sent:?}");

    let mut back = Url::parse(&back.expect("a way back")).expect("URL");
    assert_eq!((back.host_str(), back.path()), (Some("127.0.0.1"), "/signed-out"));
    let returned = tokio::spawn(logout.returned);
    for wrong in ["", "state=another", "state=a&state=a"] {
        back.set_query(Some(wrong));
        assert!(get(&back).await.starts_with("HTTP/1.1 404"), "{wrong}");
    }
    back.set_query(Some(&format!("state={state}")));
    let page = get(&back).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Đã đăng xuất"), "{page}");
    assert!(returned.await.expect("no panic"), "the browser came back");
}

#[tokio::test]
async fn without_a_registered_way_back_or_with_its_port_taken_the_provider_keeps_the_browser() {
    let provider = Provider::start().await;
    let taken = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let port = taken.local_addr().expect("address").port();
    for config in [provider.config(), returning_to(&provider, &format!("http://127.0.0.1:{port}/signed-out"))]
    {
        let logout = end_session(&config).await.expect("described").expect("it has an end of session");
        assert!(!asked(&logout.url).contains_key("post_logout_redirect_uri"), "{}", logout.url);
        assert!(!logout.returned.await, "nobody is waited for");
    }
    let elsewhere = end_session(&returning_to(&provider, "https://centre.example/bye")).await;
    let elsewhere = elsewhere.expect("described").expect("it has an end of session");
    assert_eq!(asked(&elsewhere.url)["post_logout_redirect_uri"], "https://centre.example/bye");
    assert!(!elsewhere.returned.await, "that page is not ours to wait for");
}

#[tokio::test]
async fn a_provider_that_is_away_or_has_no_end_of_session_is_told_apart() {
    let provider = Provider::start().await;
    provider.plan().change_description =
        Some(Box::new(|d| drop(d.as_object_mut().expect("map").remove("end_session_endpoint"))));
    assert!(end_session(&provider.config()).await.expect("described").is_none());
    provider.plan().change_description =
        Some(Box::new(|d| d["end_session_endpoint"] = "http://elsewhere.example/logout".into()));
    let e = end_session(&provider.config()).await.expect_err("not protected");
    assert!(matches!(e, SignInError::Config { .. }), "{e}");
    provider.plan().down = true;
    let e = end_session(&provider.config()).await.expect_err("away");
    assert!(matches!(e, SignInError::Unreachable { stage: Stage::Discovery, .. }), "{e}");
}
