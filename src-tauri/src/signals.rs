//! SIGTERM, SIGINT and SIGHUP end the program as the menu does. Windows ends it through the window.

use crate::quit::Quit;
use std::sync::Arc;
use tauri::AppHandle;

#[cfg(unix)]
pub(crate) fn watch(handle: &AppHandle, quit: &Arc<Quit>) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let (handle, quit) = (handle.clone(), Arc::clone(quit));
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signal) => {
                    if signal.recv().await.is_some() {
                        quit.request(&handle);
                    }
                }
                Err(problem) => tracing::warn!(%problem, "a signal cannot be watched"),
            }
        });
    }
}

#[cfg(not(unix))]
pub(crate) fn watch(_: &AppHandle, _: &Arc<Quit>) {}
