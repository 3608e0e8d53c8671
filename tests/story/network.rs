//! The official profile on a network that is not ours: the office's proxy, the province's own authority, an account that
//! is refused, hosts that are slow. Each poll is a process of its own, for its secrets come from the environment.

use pvhcc_app::{App, Options, Profile};
use pvhcc_sandbox::{Fault, GATEWAY_TOKEN, PORTAL_PASSWORD, Sandbox};
use pvhcc_tests::{options, run, sandbox_in};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader, copy_bidirectional},
    net::{TcpListener, TcpStream},
    process::Command,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

const FOLDER: &str = "PVHCC_TEST_FOLDER";
/// Set when dossier records are asked for too.
const RECORDS: &str = "PVHCC_TEST_RECORDS";

/// What `pvhcc poll --once` does; run as a process of its own by [`Office::poll`].
#[tokio::test(flavor = "multi_thread")]
#[ignore = "one poll, which the tests below start"]
async fn poll_once() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("started by another test"));
    let official = Options {
        profile: Profile::Official,
        exclusive: false,
        records: std::env::var_os(RECORDS).is_some(),
        ..options(&folder, "staff", false)
    };
    let app = App::open(official).await.expect("opens");
    app.on_command_line(None).await.expect("reading");
    app.poll_once().await.expect("a failing source is no failure of the program");
    println!("SOURCES {}", run(&app, "sources", json!({})).await["sources"]);
    app.shutdown().await;
}

/// The sources behind some network, and a seat that is set up for them.
struct Office {
    folder: tempfile::TempDir,
    sandbox: Sandbox,
    /// Where the sources are, as the seat is told.
    host: String,
    /// Lines below `[gateway]`, `[portal]` and `[network]`.
    gateway: String,
    portal: String,
    network: String,
    token: &'static str,
    password: &'static str,
    /// Ask for dossier records too.
    records: bool,
}

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let sandbox = sandbox_in(&folder.path().join("sources")).await;
        let host = format!("http://{}", sandbox.address());
        Self {
            folder,
            sandbox,
            host,
            gateway: "timeout_seconds = 20\n".to_owned(),
            portal: "timeout_seconds = 20\n".to_owned(),
            network: String::new(),
            token: GATEWAY_TOKEN,
            password: PORTAL_PASSWORD,
            records: false,
        }
    }

    /// One poll of everything; the sources by id.
    async fn poll(&self) -> Vec<Value> {
        let seat = self.folder.path().join("seat");
        std::fs::create_dir_all(&seat).expect("folder");
        let host = &self.host;
        let config = format!(
            "[vneid]\nissuer = \"{}\"\nclient_id = \"pvhcc-dashboard\"\n\
             [gateway]\nbase_url = \"{host}/gateway\"\n{}\
             [portal]\nbase_url = \"{host}/portal\"\ndstcode = \"VN:GOV:SANDBOX\"\nprovider_url = \"https://cong.example.vn\"\n\
             username = \"sandbox\"\nunit_code = \"H21\"\n{}\
             [network]\n{}",
            self.sandbox.urls().issuer,
            self.gateway,
            self.portal,
            self.network
        );
        std::fs::write(seat.join("config.toml"), config).expect("writes");
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["network::poll_once", "--exact", "--ignored", "--nocapture"])
            .env(FOLDER, &seat)
            .env("PVHCC_GATEWAY_TOKEN", self.token)
            .env("PVHCC_PORTAL_PASSWORD", self.password)
            .envs(self.records.then_some((RECORDS, "1")))
            .stdin(Stdio::null())
            .output()
            .await
            .expect("runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = said.lines().find_map(|line| line.split_once("SOURCES ")).unwrap_or_else(|| {
            panic!("{said}{}", String::from_utf8_lossy(&output.stderr));
        });
        serde_json::from_str(line.1).expect("JSON")
    }

    /// Paths asked for since the last time.
    fn asked(&self, before: usize) -> Vec<String> {
        self.sandbox.log().into_iter().skip(before).map(|r| r.path).collect()
    }
}

fn problem<'a>(sources: &'a [Value], id: &str) -> &'a str {
    let source = sources.iter().find(|s| s["id"] == id).unwrap_or_else(|| panic!("{id}"));
    source["problem"].as_str().unwrap_or_else(|| panic!("{id} fails: {source}"))
}

fn all_fresh(sources: &[Value]) {
    for source in sources {
        assert_eq!(source["state"], "fresh", "{source}");
    }
}

/// An authority nobody knows, written to a file, and TLS by it in front of `plain`.
async fn tls_in_front_of(plain: SocketAddr, host: &str, folder: &Path) -> (u16, PathBuf) {
    let key = KeyPair::generate().expect("key");
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let file = folder.join(format!("ca-{host}.pem"));
    std::fs::write(&file, params.self_signed(&key).expect("certificate").pem()).expect("writes");
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().expect("key");
    let server = CertificateParams::new([host.to_owned()]).and_then(|p| p.signed_by(&key, &issuer));
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    // Chooses the ciphers for the process.
    let _ = pvhcc_tests::http();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![server.expect("certificate").der().clone()], private)
        .expect("server");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let port = listener.local_addr().expect("address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A refused handshake is what some tests want.
                if let Ok(stream) = acceptor.accept(stream).await {
                    onward(stream, plain).await;
                }
            });
        }
    });
    (port, file)
}

async fn onward(mut stream: impl AsyncRead + AsyncWrite + Unpin, to: SocketAddr) {
    if let Ok(mut there) = TcpStream::connect(to).await {
        // Either side may end the connection as it likes.
        let _ = copy_bidirectional(&mut stream, &mut there).await;
    }
}

/// A proxy that tunnels whatever it is asked for to this machine and remembers what that was.
async fn proxy() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let address = listener.local_addr().expect("address");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let remembered = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let asked = Arc::clone(&remembered);
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                let (mut first, mut line) = (String::new(), String::new());
                stream.read_line(&mut first).await?;
                while stream.read_line(&mut line).await? > 2 {
                    line.clear();
                }
                let port = first.split([' ', ':']).nth(2).and_then(|port| port.parse().ok()).unwrap_or(0);
                asked.lock().expect("no test panicked holding it").push(first.trim().to_owned());
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                onward(stream, ([127, 0, 0, 1], port).into()).await;
                std::io::Result::Ok(())
            });
        }
    });
    (address, asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_under_the_provinces_own_authority_are_trusted_by_its_file_and_not_without() {
    let mut office = Office::new().await;
    let folder = office.folder.path().to_owned();
    let (port, file) = tls_in_front_of(office.sandbox.address(), "localhost", &folder).await;
    let (_, another) = tls_in_front_of(office.sandbox.address(), "another", &folder).await;
    office.host = format!("https://localhost:{port}");
    for (network, trusted) in [
        (String::new(), false),
        (format!("ca_file = \"{}\"\n", another.display()), false),
        (format!("ca_file = \"{}\"\n", file.display()), true),
    ] {
        office.network = network;
        let before = office.sandbox.log().len();
        let sources = office.poll().await;
        if trusted {
            all_fresh(&sources);
            continue;
        }
        for id in ["gateway_tasks", "portal_statistics"] {
            let told = problem(&sources, id);
            assert!(told.contains("chứng thư không hợp lệ. Hãy kiểm tra tệp chứng thư (ca_file)"), "{told}");
        }
        assert_eq!(office.asked(before), [""; 0], "no token and no password left the machine");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offices_proxy_carries_gateway_and_portal_through_a_tunnel() {
    let mut office = Office::new().await;
    let folder = office.folder.path().to_owned();
    // Only the proxy knows this name.
    let name = "truc.tinh.invalid";
    let (port, file) = tls_in_front_of(office.sandbox.address(), name, &folder).await;
    let (proxy, asked) = proxy().await;
    office.host = format!("https://{name}:{port}");
    office.network = format!("proxy = \"http://{proxy}\"\nca_file = \"{}\"\n", file.display());
    all_fresh(&office.poll().await);
    let asked = asked.lock().expect("no test panicked holding it").clone();
    assert!(asked.len() >= 2, "gateway and portal: {asked:?}");
    assert!(asked.iter().all(|line| line == &format!("CONNECT {name}:{port} HTTP/1.1")), "{asked:?}");

    let closed = TcpListener::bind("127.0.0.1:0").await.expect("port").local_addr().expect("address");
    office.network = format!("proxy = \"http://{closed}\"\nca_file = \"{}\"\n", file.display());
    let before = office.sandbox.log().len();
    let sources = office.poll().await;
    assert!(problem(&sources, "gateway_flows").contains("từ chối kết nối"), "{sources:?}");
    assert_eq!(office.asked(before), [""; 0], "nothing goes around the proxy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_and_a_refused_password_say_what_to_do_and_are_not_tried_again() {
    let mut office = Office::new().await;
    (office.token, office.password, office.records) = ("old", "wrong", true);
    let sources = office.poll().await;
    for id in [
        "gateway_tasks",
        "gateway_flows",
        "gateway_apis",
        "gateway_dossiers",
        "gateway_indicators",
        "gateway_procedures",
        "gateway_sync",
        "gateway_fees",
        "gateway_petitions",
    ] {
        let told = problem(&sources, id);
        assert_eq!(
            told,
            "Trục tích hợp: từ chối tài khoản (401). Hãy nhập lại thẻ truy cập Trục tích hợp ở Cài đặt, hoặc xin đơn vị \
             vận hành Trục cấp lại."
        );
    }
    let told = problem(&sources, "portal_statistics");
    assert!(told.contains("(401). Hãy nhập lại mật khẩu tài khoản kết nối Cổng"), "{told}");
    let mut asked = office.asked(0);
    asked.sort();
    assert_eq!(
        asked,
        [
            "/gateway/v1/apis/measures",
            "/gateway/v1/dossiers",
            "/gateway/v1/fees",
            "/gateway/v1/flows",
            "/gateway/v1/indicators",
            "/gateway/v1/petitions",
            "/gateway/v1/procedures",
            "/gateway/v1/sync",
            "/gateway/v1/tasks",
            "/portal/XrdAdapter/RestService/forward/mapi/login"
        ],
        "each once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_the_provider_goes_as_headers_where_the_adapter_wants_it_so() {
    let mut office = Office::new().await;
    let keys = |office: &Office, before: usize| {
        let portal = office.sandbox.log().into_iter().skip(before).filter(|r| r.path.starts_with("/portal/"));
        portal.map(|r| r.query_keys).collect::<Vec<_>>()
    };
    all_fresh(&office.poll().await);
    assert_eq!(keys(&office, 0), vec![vec!["dstcode", "providerurl"]; 2], "log-in and service");
    let before = office.sandbox.log().len();
    office.portal += "address_as = \"header\"\n";
    all_fresh(&office.poll().await);
    assert_eq!(
        keys(&office, before),
        vec![Vec::<String>::new(); 2],
        "the sandbox refuses who names no provider"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_within_the_time_limit_is_taken_and_one_beyond_it_fails_its_source_only() {
    let mut office = Office::new().await;
    office.gateway = "timeout_seconds = 1\n".to_owned();
    let faults = office.sandbox.faults().clone();
    faults.set("/gateway/v1/flows", Fault::Latency { ms: 200 });
    all_fresh(&office.poll().await);
    for slow in [Fault::Latency { ms: 30_000 }, Fault::Hang] {
        faults.set("/gateway/v1/flows", slow);
        let sources = office.poll().await;
        let told = problem(&sources, "gateway_flows");
        assert!(told.contains("không trả lời trong thời hạn"), "{told}");
        for other in sources.iter().filter(|s| s["id"] != "gateway_flows") {
            assert_eq!(other["state"], "fresh", "{other}");
        }
    }
    faults.clear_all();
    all_fresh(&office.poll().await);
}
