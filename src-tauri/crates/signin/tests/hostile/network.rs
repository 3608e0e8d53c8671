//! The way to the provider: TLS by an authority of the province's own, and the office's proxy.

use crate::{
    browser::{sign_in, sign_in_by},
    provider::Provider,
};
use pvhcc_signin::{Prompt, ProviderConfig, SignInError, Stage, probe};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
    server::TlsStream,
};
use url::Url;

/// An authority nobody knows, written to a file, and a server's certificate by it.
struct Authority {
    folder: tempfile::TempDir,
    acceptor: TlsAcceptor,
}

impl Authority {
    fn new(host: &str) -> Self {
        let key = KeyPair::generate().expect("key");
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = params.self_signed(&key).expect("certificate");
        let issuer = Issuer::new(params, key);
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("ca.pem"), authority.pem()).expect("written");
        let server_key = KeyPair::generate().expect("key");
        let server = CertificateParams::new([host.to_owned()])
            .and_then(|params| params.signed_by(&server_key, &issuer))
            .expect("certificate");
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
        let _ = rustls::crypto::ring::default_provider().install_default();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![server.der().clone()], private)
            .expect("server");
        Self { folder, acceptor: TlsAcceptor::from(Arc::new(config)) }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }
}

/// Connections that came through the handshake; the others are dropped.
struct Tls {
    socket: TcpListener,
    acceptor: TlsAcceptor,
}

impl axum::serve::Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let Ok((stream, peer)) = self.socket.accept().await else { continue };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, peer);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

async fn over_tls(host: &str) -> (Provider, Authority) {
    let authority = Authority::new(host);
    let socket = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let port = socket.local_addr().expect("address").port();
    let url = Url::parse(&format!("https://{host}:{port}")).expect("URL");
    (Provider::start_on(Tls { socket, acceptor: authority.acceptor.clone() }, url), authority)
}

/// A proxy that tunnels whatever it is asked for to this machine and remembers what that was.
async fn proxy() -> (Url, Arc<Mutex<Vec<String>>>) {
    let socket = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let url = Url::parse(&format!("http://{}", socket.local_addr().expect("address"))).expect("URL");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let remembered = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = socket.accept().await {
            tokio::spawn(tunnel(stream, Arc::clone(&remembered)));
        }
    });
    (url, asked)
}

async fn tunnel(stream: TcpStream, asked: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 2 {
        line.clear();
    }
    asked.lock().expect("no test panicked holding it").push(first.trim().to_owned());
    let port = first.split(' ').nth(1).and_then(|target| target.rsplit(':').next()?.parse::<u16>().ok());
    let mut onward = TcpStream::connect(("127.0.0.1", port.unwrap_or(0))).await?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    copy_bidirectional(&mut stream, &mut onward).await?;
    Ok(())
}

#[tokio::test]
async fn a_provider_under_the_provinces_own_authority_is_trusted_by_its_file_and_not_without() {
    let (provider, authority) = over_tls("localhost").await;
    let trusting = ProviderConfig { ca_file: Some(authority.file()), ..provider.config() };
    let (outcome, _) = sign_in_by(&trusting, &provider, Prompt::Normal).await;
    assert_eq!(outcome.expect("signed in over TLS").identity.issuer, provider.issuer());

    let e = probe(&provider.config()).await.expect_err("an authority nobody knows");
    assert!(matches!(&e, SignInError::Unreachable { stage: Stage::Discovery, .. }), "{e}");
    assert!(e.to_string().contains("certificate"), "the reason is named: {e}");
    let another = Authority::new("localhost");
    let e = probe(&ProviderConfig { ca_file: Some(another.file()), ..provider.config() }).await;
    assert!(e.expect_err("another authority").to_string().contains("certificate"));
}

#[tokio::test]
async fn an_authority_file_that_is_not_one_is_an_error_of_the_settings_that_names_it() {
    let provider = Provider::start().await;
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("ca.pem");
    for content in [None, Some(""), Some("-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n")] {
        if let Some(content) = content {
            std::fs::write(&file, content).expect("written");
        }
        let e = probe(&ProviderConfig { ca_file: Some(file.clone()), ..provider.config() }).await;
        let e = e.expect_err("not a certificate");
        assert!(
            matches!(e, SignInError::Config { .. }) && e.to_string().contains("ca.pem"),
            "{content:?}: {e}"
        );
    }
}

#[tokio::test]
async fn the_proxy_carries_what_leaves_the_machine_and_nothing_that_stays() {
    let (url, asked) = proxy().await;
    let (outside, authority) = over_tls("vneid.test").await;
    let config =
        ProviderConfig { proxy: Some(url.clone()), ca_file: Some(authority.file()), ..outside.config() };
    let (outcome, _) = sign_in_by(&config, &outside, Prompt::Normal).await;
    let signed_in = outcome.expect("only the proxy knows this name");
    signed_in.session.sign_out().await.expect("revoked through the proxy");
    let port = outside.url.port().expect("port");
    let seen = std::mem::take(&mut *asked.lock().expect("no test panicked holding it"));
    assert!(
        !seen.is_empty() && seen.iter().all(|s| *s == format!("CONNECT vneid.test:{port} HTTP/1.1")),
        "{seen:?}"
    );

    let inside = Provider::start().await;
    let (outcome, _) =
        sign_in_by(&ProviderConfig { proxy: Some(url), ..inside.config() }, &inside, Prompt::Normal).await;
    outcome.expect("signed in").session.sign_out().await.expect("revoked");
    assert!(asked.lock().expect("no test panicked holding it").is_empty(), "loopback goes around the proxy");
    sign_in(&inside).await.expect("also when the proxy is away");
}
