//! The loopback listener the browser returns to (RFC 8252), written by hand: GET on one path with one `state`, once.
//! Must not know tokens or the provider.

use crate::{PasteError, RedirectConfig, Secret, SignInError, http::is_loopback, page};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use url::{Host, Url};
use zeroize::Zeroizing;

/// Longest head of a request, in bytes; a redirect with a long code and cookies of other loopback pages fits.
const MAX_HEAD: usize = 32 * 1024;
/// For a browser to send its head, and to take the page.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections looked at together; browsers open a few in advance.
const TOGETHER: usize = 16;
/// Path when the settings name none.
const PATH: &str = "/callback";

/// The parameters of a return that count, besides its `state`.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) code: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) iss: Option<String>,
}

/// What the provider sent back through the browser, with the right `state`.
#[derive(Debug)]
pub(crate) struct Returned<T> {
    pub(crate) what: T,
    /// The browser, waiting for its page; none when the address was pasted.
    pub(crate) browser: Option<TcpStream>,
}

/// What is awaited. Single use: the first good return closes it.
#[derive(Debug)]
pub(crate) struct Awaited<T> {
    state: Secret,
    used: AtomicBool,
    /// What a return with the right `state` means; none when it is not the one awaited.
    meaning: fn(Fields) -> Option<T>,
    returns: mpsc::Sender<Returned<T>>,
}

impl<T> Awaited<T> {
    /// Room for one: nothing is sent after the first.
    pub(crate) fn new(
        state: Secret,
        meaning: fn(Fields) -> Option<T>,
    ) -> (Arc<Self>, mpsc::Receiver<Returned<T>>) {
        let (returns, receiver) = mpsc::channel(1);
        (Arc::new(Self { state, used: AtomicBool::new(false), meaning, returns }), receiver)
    }

    /// Reads a query; the parameters of interest may stand once each.
    fn read(&self, query: &str) -> Result<Returned<T>, PasteError> {
        let (mut fields, mut state) = (Fields::default(), None);
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let slot = match &*name {
                "code" => &mut fields.code,
                "state" => &mut state,
                "error" => &mut fields.error,
                "error_description" => &mut fields.description,
                "iss" => &mut fields.iss,
                _ => continue,
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(PasteError::NotARedirect);
            }
        }
        let state = Zeroizing::new(state.ok_or(PasteError::NotARedirect)?);
        if !bool::from(state.as_bytes().ct_eq(self.state.expose().as_bytes())) {
            return Err(PasteError::WrongState);
        }
        let what = (self.meaning)(fields).ok_or(PasteError::NotARedirect)?;
        Ok(Returned { what, browser: None })
    }

    fn take(&self) -> bool {
        !self.used.swap(true, Ordering::SeqCst)
    }

    /// Takes an address copied from the browser, or only its query.
    pub(crate) fn paste(&self, text: &str) -> Result<(), PasteError> {
        let text = text.trim();
        let query = match Url::parse(text) {
            Ok(url) if url.has_host() => Zeroizing::new(url.query().unwrap_or_default().to_owned()),
            _ => Zeroizing::new(text.trim_start_matches('?').to_owned()),
        };
        let returned = self.read(&query)?;
        if !self.take() {
            return Err(PasteError::Finished);
        }
        self.returns.try_send(returned).map_err(|_| PasteError::Finished)
    }
}

/// A bound listener and the address the provider is told.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
    pub(crate) redirect: Url,
}

impl Listener {
    /// Binds 127.0.0.1, else ::1; never a name, which may lead elsewhere.
    pub(crate) async fn bind(config: &RedirectConfig) -> Result<Self, SignInError> {
        let fixed = config.override_uri.as_ref().filter(|u| is_loopback(u)).and_then(Url::port);
        let ports = match fixed {
            _ if !config.ports.is_empty() => config.ports.clone(),
            Some(port) => vec![port],
            None => vec![0],
        };
        for &port in &ports {
            for ip in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
                let Ok(socket) = TcpListener::bind(SocketAddr::new(ip, port)).await else { continue };
                let Ok(address) = socket.local_addr() else { continue };
                let redirect = match &config.override_uri {
                    Some(uri) => uri.clone(),
                    None => Url::parse(&format!("http://{address}{PATH}"))
                        .map_err(|e| SignInError::Config { detail: e.to_string() })?,
                };
                return Ok(Self { socket, redirect });
            }
        }
        Err(SignInError::PortTaken { ports })
    }

    /// Binds a loopback address as it stands; without a port, any free one is put in (RFC 8252, 7.3). None when
    /// `uri` leads elsewhere or its port is taken.
    pub(crate) async fn bind_at(uri: &Url) -> Option<Self> {
        let ip = match uri.host()? {
            Host::Ipv4(ip) => IpAddr::V4(ip),
            Host::Ipv6(ip) => IpAddr::V6(ip),
            Host::Domain(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        if !is_loopback(uri) {
            return None;
        }
        let socket = TcpListener::bind(SocketAddr::new(ip, uri.port().unwrap_or(0))).await.ok()?;
        let mut redirect = uri.clone();
        redirect.set_port(Some(socket.local_addr().ok()?.port())).ok()?;
        Some(Self { socket, redirect })
    }

    /// Answers browsers until dropped.
    pub(crate) async fn serve<T: Send + 'static>(self, awaited: Arc<Awaited<T>>) {
        let room = Arc::new(Semaphore::new(TOGETHER));
        let path: Arc<str> = self.redirect.path().into();
        // Connections end with the listener.
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
            while connections.try_join_next().is_some() {}
            let Ok((stream, _)) = self.socket.accept().await else {
                // Out of file handles or the like: the next accept would fail at once as well.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let (awaited, path) = (Arc::clone(&awaited), Arc::clone(&path));
            connections.spawn(async move {
                one(stream, &awaited, &path).await;
                drop(permit);
            });
        }
    }
}

async fn one<T>(mut stream: TcpStream, awaited: &Awaited<T>, path: &str) {
    let head = tokio::time::timeout(PATIENCE, read_head(&mut stream)).await.ok().flatten();
    let returned = head.and_then(|head| {
        let query = query_of(&head, path)?;
        let returned = awaited.read(query).ok()?;
        awaited.take().then_some(returned)
    });
    match returned {
        Some(returned) => {
            // The receiver is gone when the attempt ended this moment; then the browser sees the connection close.
            let _ = awaited.returns.send(Returned { browser: Some(stream), ..returned }).await;
        }
        None => finish(stream, &page::not_found()).await,
    }
}

/// The head up to the empty line; none if it is too long, not text, or the browser leaves.
async fn read_head(stream: &mut TcpStream) -> Option<Zeroizing<String>> {
    let mut head = Zeroizing::new(Vec::with_capacity(4096));
    let mut buffer = Zeroizing::new([0_u8; 4096]);
    loop {
        let n = stream.read(&mut buffer[..]).await.ok().filter(|n| *n > 0)?;
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(&buffer[..n]);
        if head.len() > MAX_HEAD {
            return None;
        }
        if head[from..].windows(4).any(|w| w == b"\r\n\r\n") {
            return std::str::from_utf8(&head).ok().map(|text| Zeroizing::new(text.to_owned()));
        }
    }
}

/// The query of `GET path?query HTTP/1.x`; none for anything else.
fn query_of<'a>(head: &'a str, path: &str) -> Option<&'a str> {
    let mut words = head.lines().next()?.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if method != "GET" || !version.starts_with("HTTP/1.") || words.next().is_some() {
        return None;
    }
    let (found, query) = target.split_once('?')?;
    (found == path).then_some(query)
}

/// Sends a complete answer and closes. A browser that has left already is no concern.
pub(crate) async fn finish(mut stream: TcpStream, answer: &str) {
    let _ = tokio::time::timeout(PATIENCE, async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // Reads what is still coming: closing on unread bytes resets the connection and the page is lost.
        let mut rest = [0_u8; 4096];
        for _ in 0..64 {
            if stream.read(&mut rest).await? == 0 {
                break;
            }
        }
        Ok::<_, std::io::Error>(())
    })
    .await;
}
