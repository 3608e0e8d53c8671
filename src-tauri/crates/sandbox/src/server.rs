//! Starts and stops the whole: one listener, three services and the control routes, the log and the faults around them.

use crate::{
    around,
    clock::{ClockError, SandboxClock},
    control,
    dossiers::Dossiers,
    faults::Faults,
    folder::Folder,
    gateway, history, pages, portal,
    request_log::{LoggedRequest, RequestLog},
    scenario::{Night, PlantedCause, Scenario, Stage},
    vneid,
};
use axum::{Router, middleware};
use chrono::NaiveDate;
use pvhcc_domain::time::{Clock as _, Ms, SharedClock};
use serde::Serialize;
use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// How long an orderly stop waits for answers under way.
const STOP_WITHIN: Duration = Duration::from_secs(2);
/// How often the clock's lease is renewed.
const LEASE_EVERY: Duration = Duration::from_secs(1);

/// How to run a sandbox.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 takes the port of last time if it is free, else any.
    pub listen: SocketAddr,
    /// Keeps key, port, clock and sign-ins; made when missing.
    pub folder: PathBuf,
    /// What the clock shows at first; a folder that was used before goes on from its own instant when that is later.
    pub clock_start: Ms,
    /// Sandbox time per real time, 0..=86400; 0 stands still.
    pub speed: f64,
    /// Chooses the data.
    pub seed: u64,
    /// A night to play: one that is under way by the clock, or else the next, to whose start the clock is then set. Without it the
    /// folder's own goes on.
    pub scenario: Option<String>,
}

/// Where training starts when nothing else is said: 14:00 on the day of the cutover, an hour before the report.
#[must_use]
pub fn training_start() -> Ms {
    Ms::at(NaiveDate::from_ymd_opt(2026, 5, 29).unwrap_or_default(), 14, 0)
}

/// Why a sandbox did not start or could not go on.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// The system's word.
        source: io::Error,
    },
    /// The folder or a file in it cannot be read or written.
    #[error("cannot use {}: {source}", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// A file of the folder is not what was written.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The signing key could not be made.
    #[error("cannot make a signing key: {0}")]
    Key(String),
    /// The clock's speed is out of range.
    #[error("the clock: {0}")]
    Clock(String),
    /// No such night.
    #[error("there is no scenario “{0}”")]
    Scenario(String),
}

impl From<ClockError> for SandboxError {
    fn from(error: ClockError) -> Self {
        match error {
            ClockError::Folder(inner) => inner,
            other => Self::Clock(other.to_string()),
        }
    }
}

/// Base URLs, none with a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Urls {
    /// Issuer of the OpenID provider; discovery lies below it.
    pub issuer: String,
    /// Base of the gateway.
    pub gateway: String,
    /// Base of the portal's adapter.
    pub portal: String,
    /// Base of the pages of the systems around ([`crate::pages`]).
    pub pages: String,
    /// Base of the control routes.
    pub control: String,
}

/// Everything the routes share.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Arc<SandboxClock>,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    pub(crate) vneid: vneid::Provider,
    pub(crate) gateway: gateway::Gateway,
    pub(crate) portal: portal::Portal,
    pub(crate) stage: Stage,
    /// Made when first asked for, so that no start waits for them.
    pub(crate) dossiers: LazyLock<Dossiers, Box<dyn FnOnce() -> Dossiers + Send>>,
    pub(crate) stopped: watch::Receiver<bool>,
}

impl World {
    /// Plays a night and sets the clock to its start, where that is ahead.
    pub(crate) fn play(&self, id: &str, speed: Option<f64>, join: bool) -> Result<(), SandboxError> {
        let now = self.clock.now();
        let night = Night::next(id, now, join).ok_or_else(|| SandboxError::Scenario(id.to_owned()))?;
        if let Some(speed) = speed {
            self.clock.set_speed(speed)?;
        }
        let start = night.start();
        self.stage.play(Some(night), speed)?;
        if now < start {
            self.clock.set(start)?;
        }
        Ok(())
    }

    /// Back to an ordinary day; a speed that was chosen with the night ends with it.
    pub(crate) fn end_play(&self) -> Result<(), SandboxError> {
        if self.stage.speed().is_some() {
            self.clock.set_speed(1.0)?;
        }
        self.stage.play(None, None)
    }

    /// The usual speed, once a night is over that had chosen another.
    fn slow_down(&self) -> Result<(), SandboxError> {
        let over = self.stage.night().filter(|night| night.end() <= self.clock.now());
        let Some(night) = over.filter(|_| self.stage.speed().is_some()) else { return Ok(()) };
        self.clock.set_speed(1.0)?;
        self.stage.play(Some(night.as_ref().clone()), None)
    }

    /// Of which moment an answer is that is given now.
    pub(crate) fn told(&self, path: &str, now: Ms) -> Ms {
        self.stage.night().map_or(now, |night| night.told(path, now))
    }
}

/// A running sandbox. Dropping it stops it at once; [`Sandbox::stop`] writes the clock exactly.
#[derive(Debug)]
pub struct Sandbox {
    world: Arc<World>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    lease: JoinHandle<()>,
}

impl Sandbox {
    /// Starts listening and returns at once.
    ///
    /// # Errors
    /// When the address is taken, the folder cannot be used, or the speed is out of range.
    pub async fn start(options: Options) -> Result<Self, SandboxError> {
        let folder = Folder::open(&options.folder)?;
        let stage = Stage::open(folder.clone())?;
        let speed = stage.speed().unwrap_or(options.speed);
        let clock = Arc::new(SandboxClock::open(folder.clone(), options.clock_start, speed)?);
        let listener = listen(options.listen, folder.state()?.port).await?;
        let address = listener
            .local_addr()
            .map_err(|source| SandboxError::Listen { address: options.listen, source })?;
        clock.set_port(address.port())?;
        let urls = urls_at(address);
        let vneid = vneid::Provider::open(folder, urls.issuer).await?;
        let story = Arc::new(history::history(options.seed));
        let (stop, stopped) = watch::channel(false);
        let world = Arc::new(World {
            gateway: gateway::Gateway::new(options.seed, Arc::clone(&story)),
            portal: portal::Portal::new(options.seed),
            stage,
            dossiers: LazyLock::new(Box::new(move || Dossiers::new(options.seed))),
            faults: Faults::default(),
            log: RequestLog::default(),
            vneid,
            clock: Arc::clone(&clock),
            stopped: stopped.clone(),
        });
        if let Some(id) = &options.scenario {
            let (now, playing) = (clock.now(), world.stage.night());
            if !playing.is_some_and(|night| night.script().id == *id && now < night.end()) {
                world.play(id, None, true)?;
            }
        }
        let app = routes(Arc::clone(&world));
        let server = tokio::spawn(async move {
            let served = axum::serve(listener, app).with_graceful_shutdown(around::until(stopped));
            if let Err(error) = served.await {
                tracing::error!(%error, "sandbox server ended");
            }
        });
        let lease = tokio::spawn(renew(Arc::clone(&world)));
        Ok(Self { world, address, stop, server, lease })
    }

    /// Where it listens.
    #[must_use]
    pub fn urls(&self) -> Urls {
        urls_at(self.address)
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The sandbox's time, for the app to live in.
    #[must_use]
    pub fn clock(&self) -> SharedClock {
        self.world.clock.clone()
    }

    /// The same clock, to be moved.
    #[must_use]
    pub fn control_clock(&self) -> Arc<SandboxClock> {
        Arc::clone(&self.world.clock)
    }

    /// The nights that can be played.
    #[must_use]
    pub fn scenarios(&self) -> Vec<Scenario> {
        self.world.stage.scenarios()
    }

    /// Plays the next night of a scenario from its start, to which the clock is set; `speed` holds until the night is over.
    ///
    /// # Errors
    /// When there is no such night, the speed is out of range, or the folder refuses the write.
    pub fn play(&self, id: &str, speed: Option<f64>) -> Result<(), SandboxError> {
        self.world.play(id, speed, false)
    }

    /// Back to an ordinary day, at the speed of the machine's clock when the night had chosen another.
    ///
    /// # Errors
    /// When the folder refuses the write.
    pub fn end_play(&self) -> Result<(), SandboxError> {
        self.world.end_play()
    }

    /// What was planted in the night that is played; nothing without one.
    #[must_use]
    pub fn truth(&self) -> Vec<PlantedCause> {
        self.world.stage.night().map(|night| night.truth()).unwrap_or_default()
    }

    /// The fault switches.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// The requests so far, oldest first.
    #[must_use]
    pub fn log(&self) -> Vec<LoggedRequest> {
        self.world.log.all()
    }

    /// Stops listening, lets answers under way finish for two seconds, and writes the clock.
    pub async fn stop(mut self) {
        self.lease.abort();
        if let Err(error) = self.world.clock.stop() {
            tracing::warn!(%error, "sandbox clock not written");
        }
        let _ = self.stop.send(true);
        if tokio::time::timeout(STOP_WITHIN, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        self.lease.abort();
        self.server.abort();
    }
}

/// Forgets clock, port and night of a folder, so that training can begin again; the key stays.
///
/// # Errors
/// When the state cannot be removed.
pub fn reset(folder: &Path) -> Result<(), SandboxError> {
    let folder = Folder::open(folder)?;
    folder.remove_state()?;
    Stage::open(folder)?.play(None, None)
}

async fn listen(wanted: SocketAddr, last: Option<u16>) -> Result<TcpListener, SandboxError> {
    if let (0, Some(port)) = (wanted.port(), last)
        && let Ok(listener) = TcpListener::bind(SocketAddr::new(wanted.ip(), port)).await
    {
        return Ok(listener);
    }
    TcpListener::bind(wanted).await.map_err(|source| SandboxError::Listen { address: wanted, source })
}

fn urls_at(address: SocketAddr) -> Urls {
    let base = format!("http://{address}");
    Urls {
        issuer: format!("{base}/vneid"),
        gateway: format!("{base}/gateway"),
        portal: format!("{base}/portal"),
        pages: format!("{base}/pages"),
        control: format!("{base}/control"),
    }
}

fn routes(world: Arc<World>) -> Router {
    Router::new()
        .nest("/vneid", vneid::routes())
        .nest("/gateway", gateway::routes())
        .nest("/portal", portal::routes())
        .nest("/pages", pages::routes())
        .nest("/control", control::routes())
        .layer(middleware::from_fn_with_state(Arc::clone(&world), around::around))
        .with_state(world)
}

/// Renews the clock's lease, and brings the clock back to its usual speed when a night is over that had chosen another.
async fn renew(world: Arc<World>) {
    let mut every = tokio::time::interval(LEASE_EVERY);
    loop {
        every.tick().await;
        if let Err(error) = world.clock.extend() {
            tracing::warn!(%error, "sandbox clock stands: its lease cannot be written");
        }
        if let Err(error) = world.slow_down() {
            tracing::warn!(%error, "sandbox clock goes on at the speed of a night that is over");
        }
    }
}
