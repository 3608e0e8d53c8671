//! The one way out: whatever asks for it, it runs once, in steps, each with its own limit.

use crate::{backend::Backend, raise, window};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tauri::{AppHandle, Manager};
use tokio::time::timeout;

/// Flushing the profile: far more than a commit on a slow disk, far less than a session manager's patience.
const FLUSH: Duration = Duration::from_secs(8);
/// The toolkit's own end.
const TOOLKIT: Duration = Duration::from_secs(3);

/// Exit code when the profile did not close in time. Acknowledged edits are safe all the same.
const UNFLUSHED: i32 = 3;

/// Whether and how the program ends.
pub(crate) struct Quit {
    backend: Backend,
    folder: PathBuf,
    under_way: AtomicBool,
    hide_on_close: AtomicBool,
}

impl Quit {
    pub(crate) fn new(backend: Backend, folder: PathBuf) -> Self {
        Self { backend, folder, under_way: AtomicBool::new(false), hide_on_close: AtomicBool::new(false) }
    }

    /// Whether closing the window leaves the program in the tray.
    pub(crate) fn hide_on_close(&self, hide: bool) {
        self.hide_on_close.store(hide, Ordering::Relaxed);
    }

    /// See [`Quit::hide_on_close`].
    pub(crate) fn hides_on_close(&self) -> bool {
        self.hide_on_close.load(Ordering::Relaxed)
    }

    /// Starts the quit; asking again does nothing.
    pub(crate) fn request(self: &Arc<Self>, handle: &AppHandle) {
        if self.under_way.swap(true, Ordering::SeqCst) {
            return;
        }
        let (this, handle) = (Arc::clone(self), handle.clone());
        tauri::async_runtime::spawn(async move {
            tracing::info!("quitting");
            window::keep_geometry(&handle, &this.folder());
            if let Some(window) = handle.get_webview_window(window::LABEL) {
                // Gone at once for the user; what follows is seldom more than a moment.
                let _ = window.hide();
            }
            let code = this.flush().await;
            handle.exit(code);
            // The toolkit may hang on a broken display; everything is written by now.
            tokio::time::sleep(TOOLKIT).await;
            std::process::exit(code);
        });
    }

    /// The folder that is open now, or was to be opened at the start.
    fn folder(&self) -> PathBuf {
        self.backend.opened().map_or_else(|| self.folder.clone(), |app| app.folder().to_path_buf())
    }

    async fn flush(&self) -> i32 {
        // Without an open profile the lock and the socket are someone else's.
        let Some(app) = self.backend.opened() else { return 0 };
        raise::withdraw(app.folder());
        match timeout(FLUSH, app.shutdown()).await {
            Ok(_) => 0,
            Err(_) => {
                tracing::error!("the profile did not close in time");
                UNFLUSHED
            }
        }
    }
}
