//! Opening a profile and closing it: folder lock, store, sandbox, sources, poller.

use crate::{
    config::{self, Config},
    lock::FolderLock,
    messages, paths,
    people::Session,
    poll::Poller,
    profile::Profile,
    proof::Desk,
    secrets::Secrets,
    training,
    wire::{AppEvent, ErrorCode, WireError},
};
use pvhcc_domain::{
    bars::Bars,
    calendar::Calendar,
    checklist::Checklist,
    compare::Moment,
    lists::Checklists,
    time::{Ms, SharedClock, SystemClock},
    units::Units,
};
use pvhcc_sandbox::Sandbox;
use pvhcc_store::{OpenReport, Store};
use std::{path::PathBuf, sync::Arc};
use tokio::{
    sync::{Mutex, Notify, broadcast, watch},
    task::AbortHandle,
};

/// Opens a link in the user's browser.
pub type OpenBrowser = Arc<dyn Fn(&str) -> Result<(), String> + Send + Sync>;

/// Opens a file with the system's program for it; never runs it.
pub type OpenFile = Arc<dyn Fn(&std::path::Path) -> Result<(), String> + Send + Sync>;

/// How to open a profile.
#[derive(Clone)]
pub struct Options {
    /// Which.
    pub profile: Profile,
    /// Settings file; default `config.toml` in the profile's folder.
    pub config_path: Option<PathBuf>,
    /// Profile folder; default by the system.
    pub data_dir: Option<PathBuf>,
    /// Start and speed of the sandbox's clock, for a new training folder.
    pub sandbox_clock: Option<(Ms, f64)>,
    /// A night of the sandbox to play, one under way by its clock or else the next; without it what the folder keeps goes on.
    pub scenario: Option<String>,
    /// Opens the browser at VNeID.
    pub open_browser: OpenBrowser,
    /// Opens a file kept as evidence.
    pub open_file: OpenFile,
    /// Poll in the background (windows do, short commands don't).
    pub poll: bool,
    /// Ask for dossier records too, where the settings name their systems. Off for what looks at other things only: the
    /// first walk over all of them keeps a machine busy.
    pub records: bool,
    /// Take the window's lock of the folder (short commands write beside it instead).
    pub exclusive: bool,
}

/// Addresses of the sandbox inside the training profile.
#[derive(Debug, Clone)]
pub struct SandboxUrls {
    /// VNeID issuer.
    pub issuer: String,
    /// Gateway.
    pub gateway: String,
    /// Portal.
    pub portal: String,
    /// Pages of the systems around.
    pub pages: String,
    /// Faults, clock and log.
    pub control: String,
}

/// An open profile, as it is or as it was known at a moment ([`App::at`]). Cheap to clone.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>, pub(crate) Option<Moment>);

/// What every use case can reach.
pub(crate) struct Inner {
    pub(crate) profile: Profile,
    pub(crate) folder: PathBuf,
    pub(crate) config_path: PathBuf,
    pub(crate) config: Option<Config>,
    pub(crate) store: Store,
    pub(crate) opened: OpenReport,
    pub(crate) clock: SharedClock,
    /// The decision's own checklist.
    pub(crate) checklist: Checklist,
    /// All checklists, imported ones too; see [`App::lists`].
    pub(crate) lists: std::sync::RwLock<Arc<Checklists>>,
    pub(crate) units: Units,
    pub(crate) calendar: Calendar,
    pub(crate) events: broadcast::Sender<AppEvent>,
    pub(crate) session: Mutex<Session>,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) open_browser: OpenBrowser,
    pub(crate) open_file: OpenFile,
    pub(crate) desk: Desk,
    pub(crate) uploads: crate::dossier_import::Uploads,
    pub(crate) dossiers: crate::dossiers::Desk,
    pub(crate) quality: crate::quality::Desk,
    pub(crate) report: crate::report::Desk,
    pub(crate) runs: crate::runs::Desk,
    pub(crate) alerts: crate::alerts::Desk,
    pub(crate) watch: crate::watch::Desk,
    pub(crate) poller: Option<Poller>,
    /// What the set-up chose to go on with.
    chosen: watch::Sender<Option<Profile>>,
    /// Told once the window is on the screen.
    pub(crate) shown: Notify,
    /// What waits for that.
    pub(crate) beginning: std::sync::Mutex<Option<AbortHandle>>,
    pub(crate) sandbox: Mutex<Option<Sandbox>>,
    sandbox_urls: Option<SandboxUrls>,
    lock: std::sync::Mutex<Option<FolderLock>>,
}

/// Where the training clock starts in a new folder: the afternoon before the cutover night.
pub const TRAINING_START: &str = "2026-05-29T14:00:00+07:00";

impl App {
    /// Opens a profile: locks the folder, checks and repairs the store, starts the sandbox and the poller.
    ///
    /// # Errors
    /// `Busy` when another window has the folder, `Config` naming file and line, `Storage` when the folder can't be
    /// used or holds data of a newer version.
    pub async fn open(options: Options) -> Result<Self, WireError> {
        let folder = match options.data_dir.clone() {
            Some(dir) => dir,
            None => paths::profile(options.profile)?,
        };
        paths::refuse_network(&folder)?;
        std::fs::create_dir_all(&folder).map_err(|e| messages::folder(&folder, &e))?;
        let lock = if options.exclusive { Some(FolderLock::take(&folder)?) } else { None };
        options.profile.claim(&folder)?;
        let config_path = options.config_path.clone().unwrap_or_else(|| folder.join("config.toml"));

        let sandbox = match options.profile {
            Profile::Training => {
                let started = training::start(
                    &folder,
                    options.sandbox_clock,
                    options.scenario.clone(),
                    options.exclusive,
                )
                .await;
                Some(started.map_err(|e| messages::in_folder(e, &folder))?)
            }
            Profile::Official => None,
        };
        let clock: SharedClock =
            sandbox.as_ref().map_or_else(|| Arc::new(SystemClock) as SharedClock, Sandbox::clock);
        let mut config = match &sandbox {
            Some(sandbox) => Some(training::config(&sandbox.urls())?),
            None if config_path.exists() => Some(config::read(&config_path)?),
            None => None,
        };
        if let Some(config) = config.as_mut().filter(|_| !options.records) {
            config.gateway.dossier_systems.clear();
        }
        let lists = Checklists::builtin().map_err(|e| messages::builtin(&e))?;
        let checklist = lists.main().checklist.clone();
        let bars =
            Bars::builtin(&|api| checklist.api_name(api).is_some()).map_err(|e| messages::builtin(&e))?;
        let units = Units::builtin().map_err(|e| messages::builtin(&e))?;
        let calendar = Calendar::builtin().map_err(|e| messages::builtin(&e))?;
        let (store, opened) = Store::open(&folder, Arc::clone(&clock))
            .await
            .map_err(|e| messages::in_folder(messages::store(&e), &folder))?;
        if options.profile == Profile::Training {
            training::seed(&store, &checklist, &bars).await?;
        }
        let opened_at = clock.now();
        let secrets = Arc::new(Secrets::new(options.profile));
        let (events, _) = broadcast::channel(256);
        let desk = Desk::new(bars, &checklist, opened_at);
        let probes = config.as_ref().map_or(&[][..], |config| config.probes.as_slice());
        let watch = crate::watch::Desk::new(probes);
        let alerts = crate::alerts::Desk::new(&checklist, probes, opened_at)?;
        let poller = match &config {
            Some(config) => {
                let (store, clock, events) = (store.clone(), Arc::clone(&clock), events.clone());
                let secrets = Arc::clone(&secrets);
                Some(Poller::new(config, options.profile, store, clock, events, secrets, desk.history())?)
            }
            None => None,
        };
        let sandbox_urls = sandbox.as_ref().map(|s| training::urls(&s.urls()));
        let app = Self::of(Arc::new(Inner {
            profile: options.profile,
            folder,
            config_path,
            config,
            store,
            opened,
            clock,
            desk,
            uploads: crate::dossier_import::Uploads::default(),
            dossiers: crate::dossiers::Desk::new(&units)?,
            quality: crate::quality::Desk::default(),
            report: crate::report::Desk::default(),
            runs: crate::runs::Desk::default(),
            alerts,
            watch,
            checklist,
            lists: std::sync::RwLock::new(Arc::new(lists)),
            units,
            calendar,
            events,
            session: Mutex::default(),
            secrets,
            open_browser: options.open_browser,
            open_file: options.open_file,
            poller,
            chosen: watch::channel(None).0,
            shown: Notify::new(),
            beginning: std::sync::Mutex::default(),
            sandbox: Mutex::new(sandbox),
            sandbox_urls,
            lock: std::sync::Mutex::new(lock),
        }));
        app.reload_lists().await?;
        if options.exclusive {
            app.forget_opened();
        }
        if options.poll {
            app.resume_session();
            app.watch_other_writers();
            app.keep_concluding();
            app.keep_watching_runs();
            app.keep_watching();
            app.begin_once_shown();
        }
        Ok(app)
    }

    /// The profile as it is.
    pub(crate) fn of(inner: Arc<Inner>) -> Self {
        Self(inner, None)
    }

    /// Changes, for whoever shows them.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<AppEvent> {
        self.0.events.subscribe()
    }

    /// The sandbox's addresses, in the training profile.
    #[must_use]
    pub fn sandbox_urls(&self) -> Option<SandboxUrls> {
        self.0.sandbox_urls.clone()
    }

    /// The store, for the command line.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The profile's folder.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.0.folder
    }

    /// Asks every source once, without the schedule; for `pvhcc poll --once`.
    ///
    /// # Errors
    /// `Config` when the profile has no sources yet.
    pub async fn poll_once(&self) -> Result<crate::PollReport, WireError> {
        match &self.0.poller {
            Some(poller) => {
                let report = poller.round(None).await;
                self.conclude(None).await?;
                // What cannot be kept now is concluded at the next round.
                for concluded in [
                    self.conclude_watch().await.map(drop),
                    self.conclude_alerts().await.map(drop),
                    self.watch_runs().await,
                ] {
                    if let Err(e) = concluded {
                        tracing::warn!(error = %e.message, "conclusions were not kept");
                    }
                }
                Ok(report)
            }
            None => Err(WireError::new(ErrorCode::Config, "Hồ sơ này chưa cấu hình nguồn dữ liệu.")),
        }
    }

    /// Stops the poller and the sandbox, flushes the store, frees the folder. May be called more than once.
    pub async fn shutdown(&self) {
        if let Ok(mut beginning) = self.0.beginning.lock()
            && let Some(begin) = beginning.take()
        {
            begin.abort();
        }
        if let Some(poller) = &self.0.poller {
            poller.stop().await;
        }
        if self.is_window() {
            self.forget_opened();
            self.notices_seen().await;
        }
        self.0.store.close().await;
        if let Some(sandbox) = self.0.sandbox.lock().await.take() {
            sandbox.stop().await;
        }
        if let Ok(mut lock) = self.0.lock.lock() {
            lock.take();
        }
    }

    /// Waits until the set-up has chosen a profile to go on with. Whoever waits closes this opening and opens that
    /// profile in its place, so that nobody has to start the program again.
    pub async fn chosen(&self) -> Profile {
        let mut chosen = self.0.chosen.subscribe();
        loop {
            if let Some(profile) = *chosen.borrow_and_update() {
                return profile;
            }
            // The sender lives as long as `self`.
            let _ = chosen.changed().await;
        }
    }

    pub(crate) fn choose(&self, profile: Profile) {
        self.0.chosen.send_replace(Some(profile));
    }

    /// Somebody waits for the choice.
    pub(crate) fn somebody_reopens(&self) -> bool {
        self.0.chosen.receiver_count() > 0
    }

    /// This opening holds the window's lock.
    pub(crate) fn is_window(&self) -> bool {
        self.0.lock.lock().is_ok_and(|lock| lock.is_some())
    }

    /// Domain time of this profile; of the past the moment that is looked at.
    #[must_use]
    pub fn now(&self) -> Ms {
        self.1.map_or_else(|| self.0.clock.now(), |moment| moment.at)
    }

    pub(crate) fn emit(&self, event: AppEvent) {
        // No receiver is no loss: whoever comes later reads the store.
        let _ = self.0.events.send(event);
    }
}
