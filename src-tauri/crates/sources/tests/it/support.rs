//! A server that plays a list of answers and keeps a log of requests.

use pvhcc_domain::time::{ManualClock, Ms};
use pvhcc_sources::{Gateway, GatewayAuth, GatewayConfig, HttpConfig, Portal, PortalConfig, Secret};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Play {
    /// Status, extra headers (each ending in CRLF), content type, body.
    Answer(u16, String, &'static str, String),
    /// Never answers.
    Hang,
    /// Promises more than it sends, then closes.
    Cut(String),
    /// Sends endlessly in chunks.
    Endless,
}

pub(crate) fn ok(body: impl ToString) -> Play {
    Play::Answer(200, String::new(), "application/json", body.to_string())
}

pub(crate) fn status(status: u16) -> Play {
    Play::Answer(status, String::new(), "application/json", "{}".to_owned())
}

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) base: Url,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Plays the answers in order; the last one repeats.
    pub(crate) async fn start(plays: Vec<Play>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/base", listener.local_addr().unwrap())).unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, plays.clone(), Arc::clone(&kept)));
            }
        });
        Self { base, log }
    }

    /// Requests so far: head and body.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, plays: Vec<Play>, log: Arc<Mutex<Vec<String>>>) {
    let mut seen = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&seen).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|l| l.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned))
                .find_map(|n| n.trim().parse::<usize>().ok())
                .unwrap_or(0);
            if body.len() >= length {
                break;
            }
        }
        let mut part = [0; 4096];
        match stream.read(&mut part).await {
            Ok(n) if n > 0 => seen.extend_from_slice(&part[..n]),
            _ => return,
        }
    }
    let n = {
        let mut log = log.lock().unwrap();
        log.push(String::from_utf8_lossy(&seen).into_owned());
        log.len() - 1
    };
    match &plays[n.min(plays.len() - 1)] {
        Play::Answer(status, headers, kind, body) => {
            let head = format!(
                "HTTP/1.1 {status} x\r\ncontent-type: {kind}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
        Play::Hang => std::future::pending().await,
        Play::Cut(body) => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n";
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
        Play::Endless => {
            let head =
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
            let _ = stream.write_all(head.as_bytes()).await;
            while stream.write_all(b"8\r\naaaaaaaa\r\n").await.is_ok() {}
        }
    }
}

/// 29/05/2026 14:00 in the province.
pub(crate) fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new(Ms::parse_rfc3339("2026-05-29T14:00:00+07:00").unwrap()))
}

pub(crate) fn gateway_with(base: Url, auth: GatewayAuth) -> Gateway {
    let config =
        GatewayConfig { base_url: base, auth, timeout: Duration::from_millis(700), max_body: 64 * 1024 };
    Gateway::new(config, &HttpConfig::default(), clock()).unwrap()
}

pub(crate) fn gateway(base: Url) -> Gateway {
    gateway_with(base, GatewayAuth::Bearer(Secret::new("tok-1")))
}

pub(crate) fn portal(base: Url) -> Portal {
    let mut config = PortalConfig::new(
        base,
        "VN:TEST".to_owned(),
        "http://provider".to_owned(),
        "user".to_owned(),
        Secret::new("pass"),
        "H21".to_owned(),
    );
    config.timeout = Duration::from_millis(700);
    Portal::new(config, &HttpConfig::default(), clock()).unwrap()
}
