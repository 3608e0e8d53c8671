//! The poller: each source on its own schedule, one failing source never delays another.
//!
//! First run at once, then by interval with jitter; "run now" at any time; one durable write a round.

mod clients;
mod probes;
mod rest;
mod round;
mod walk;

pub(crate) use clients::{SourceSecrets, test_gateway, test_portal};

use crate::{
    config::Config,
    profile::Profile,
    proof::History,
    secrets::Secrets,
    wire::{AppEvent, WireError},
};
use clients::Clients;
use pvhcc_domain::{
    observation::SourceId,
    time::{Ms, SharedClock},
};
use pvhcc_store::Store;
use rest::rest;
use serde::Serialize;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Notify, broadcast, watch},
    task::JoinHandle,
};

/// What one source answered in a round; a line of `pvhcc poll --once --json`.
#[derive(Debug, Clone, Serialize)]
pub struct PollLine {
    /// `gateway_tasks`, …
    pub source: &'static str,
    /// `fresh`, `not_modified` or `failed`.
    pub state: &'static str,
    /// The source's own time, RFC 3339.
    pub as_of: Option<String>,
    /// When it was fetched, RFC 3339.
    pub fetched_at: String,
    /// Rows taken.
    pub rows: usize,
    /// Records put aside.
    pub quarantined: usize,
    /// What failed, Vietnamese.
    pub error: Option<String>,
}

/// One round over the sources.
#[derive(Debug, Clone, Serialize)]
pub struct PollReport {
    /// In the order of `SourceId::ALL`.
    pub sources: Vec<PollLine>,
}

impl PollReport {
    /// Every source answered.
    #[must_use]
    pub fn all_answered(&self) -> bool {
        self.sources.iter().all(|s| s.error.is_none())
    }
}

/// The running poller.
pub(crate) struct Poller {
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    config: Config,
    /// By the settings alone.
    bare: Arc<Clients>,
    /// With their secrets, where there are any: looked for at the first request, for a keyring may ask its user, which
    /// must not delay the first paint; and again after one was changed.
    full: tokio::sync::Mutex<Option<Arc<Clients>>>,
    secrets: Arc<Secrets>,
    history: History,
    store: Store,
    clock: SharedClock,
    events: broadcast::Sender<AppEvent>,
    now: [Notify; SourceId::ALL.len()],
    /// The same of each probe, in the order of the settings.
    probe_now: Vec<Notify>,
}

impl Poller {
    pub(crate) fn new(
        config: &Config,
        profile: Profile,
        store: Store,
        clock: SharedClock,
        events: broadcast::Sender<AppEvent>,
        secrets: Arc<Secrets>,
        history: History,
    ) -> Result<Self, WireError> {
        // The training profile talks to the sandbox only.
        let known = match profile {
            Profile::Training => SourceSecrets::sandbox(),
            Profile::Official => SourceSecrets::default(),
        };
        let bare = Arc::new(Clients::new(config, &known, Arc::clone(&clock))?);
        let full = (profile == Profile::Training).then(|| Arc::clone(&bare));
        let full = tokio::sync::Mutex::new(full);
        let (config, now) = (config.clone(), Default::default());
        let probe_now = config.probes.iter().map(|_| Notify::new()).collect();
        let shared = Shared { config, bare, full, secrets, history, store, clock, events, now, probe_now };
        Ok(Self { shared: Arc::new(shared), stop: watch::channel(false).0, tasks: Mutex::default() })
    }

    /// Normal interval of a source, seconds.
    pub(crate) fn interval(&self, source: SourceId) -> u32 {
        self.shared.interval(source)
    }

    /// Whether a source is asked at all.
    pub(crate) fn asks(&self, source: SourceId) -> bool {
        self.shared.asks(source)
    }

    /// Starts one loop a source, and one a probe.
    pub(crate) fn start(&self) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        for nth in 0..self.shared.config.probes.len() {
            let (shared, stop) = (Arc::clone(&self.shared), self.stop.subscribe());
            tasks.push(tokio::spawn(async move { shared.keep_probing(nth, stop).await }));
        }
        let sources = SourceId::ALL.into_iter().filter(|s| *s != SourceId::Probes && self.asks(*s));
        for source in sources {
            let shared = Arc::clone(&self.shared);
            let mut stop = self.stop.subscribe();
            tasks.push(tokio::spawn(async move {
                loop {
                    let line = tokio::select! {
                        () = stopped(&mut stop) => return,
                        line = shared.run(source) => line,
                    };
                    let due = shared.due(source).await;
                    let most = shared.real(due, line.error.is_none());
                    tokio::select! {
                        () = stopped(&mut stop) => return,
                        () = rest(&*shared.clock, due, most) => {}
                        () = shared.now[index(source)].notified() => {}
                    }
                }
            }));
        }
    }

    /// Wakes the loop of one source, or of all.
    pub(crate) fn wake(&self, source: Option<SourceId>) {
        for s in SourceId::ALL.into_iter().filter(|s| source.is_none_or(|only| only == *s)) {
            self.shared.now[index(s)].notify_one();
        }
        if source.is_none_or(|only| only == SourceId::Probes) {
            self.shared.probe_now.iter().for_each(Notify::notify_one);
        }
    }

    /// Looks for the secrets anew and asks every source with them.
    pub(crate) async fn secrets_changed(&self) {
        self.shared.full.lock().await.take();
        self.wake(None);
    }

    /// Asks now, side by side, and waits for the answers.
    pub(crate) async fn round(&self, source: Option<SourceId>) -> PollReport {
        let wanted = SourceId::ALL.into_iter().filter(|s| self.asks(*s));
        let wanted = wanted.filter(|s| source.is_none_or(|only| only == *s));
        let sources = futures_util::future::join_all(wanted.map(|s| self.shared.run(s))).await;
        PollReport { sources }
    }

    /// Stops the loops; a request under way is given up. May be called more than once.
    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        let tasks: Vec<JoinHandle<()>> =
            std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            let _ = tokio::time::timeout(Duration::from_secs(3), task).await;
        }
    }
}

impl Shared {
    async fn clients(&self) -> Arc<Clients> {
        let mut full = self.full.lock().await;
        if let Some(clients) = &*full {
            return Arc::clone(clients);
        }
        let secrets = SourceSecrets::find(&self.config, &self.secrets, &|_| None).await;
        // The same settings made the bare ones; should they fail now, the source will say what it misses.
        let made = Clients::new(&self.config, &secrets, Arc::clone(&self.clock));
        let clients = made.map_or_else(|_| Arc::clone(&self.bare), Arc::new);
        *full = Some(Arc::clone(&clients));
        clients
    }

    fn asks(&self, source: SourceId) -> bool {
        match source {
            SourceId::GatewayDossiers => !self.config.gateway.dossier_systems.is_empty(),
            SourceId::Probes => !self.config.probes.is_empty(),
            _ => true,
        }
    }

    /// Normal interval of a source, seconds.
    fn interval(&self, source: SourceId) -> u32 {
        let p = &self.config.poll;
        match source {
            SourceId::GatewayTasks => p.gateway_tasks_seconds,
            SourceId::GatewayFlows => p.gateway_flows_seconds,
            SourceId::GatewayApis => p.gateway_apis_seconds,
            SourceId::GatewayDossiers => p.gateway_dossiers_seconds,
            SourceId::GatewayIndicators => p.gateway_indicators_seconds,
            SourceId::GatewayProcedures => p.gateway_procedures_seconds,
            SourceId::GatewaySync => p.gateway_sync_seconds,
            SourceId::GatewayFees => p.gateway_fees_seconds,
            SourceId::GatewayPetitions => p.gateway_petitions_seconds,
            SourceId::PortalStatistics => p.portal_statistics_seconds,
            SourceId::Probes => self.config.probes.iter().map(|p| p.every_seconds).min().unwrap_or(0),
        }
    }

    /// When it is asked next: the interval with jitter, or sooner or later as the failure asks.
    async fn due(&self, source: SourceId) -> Ms {
        let due = match self.store.source_states().await {
            Ok(states) => states.get(&source).and_then(|s| s.next_due),
            Err(_) => None,
        };
        due.unwrap_or_else(|| self.now().plus(i64::from(self.interval(source)) * 1000))
    }

    /// Real time until then, at most a day; what failed is not asked again at once. A clock that stands says nothing of it: then as
    /// if it ran as the machine's.
    fn real(&self, due: Ms, answered: bool) -> Duration {
        let (speed, millis) = (self.clock.speed(), due.0 - self.now().0);
        let millis = if speed > 0.0 { (millis as f64 / speed) as i64 } else { millis };
        let least = if answered { 1000 } else { 2000 };
        Duration::from_millis(u64::try_from(millis.clamp(least, 24 * 3_600_000)).unwrap_or(60_000))
    }

    fn now(&self) -> Ms {
        self.clock.now()
    }
}

fn index(source: SourceId) -> usize {
    SourceId::ALL.iter().position(|s| *s == source).unwrap_or(0)
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the poller is gone, which is a stop as well.
    let _ = stop.wait_for(|s| *s).await;
}
