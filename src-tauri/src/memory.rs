//! What the program keeps of the machine's memory: the window stays open all day on small machines.

use pvhcc_app::{App, wire::AppEvent};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// How long nothing must have come from the sources before freed memory is handed back; real time.
const QUIET: Duration = Duration::from_millis(200);

/// From this size on a piece of memory is the system's own and goes back to it at once; bytes. Left to itself the allocator learns to
/// keep the large ones, and small ones between them keep it from giving any back.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 128 * 1024;

/// An allocator with an arena a thread keeps what each of them once needed; threads keep small pieces for themselves anyway, so one
/// arena for all costs little. Call before any other thread exists.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "settings of the allocator; no other thread exists yet")]
pub(crate) fn one_arena() {
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

/// Hands what was freed back to the system.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the allocator's own call; it takes its locks itself")]
fn give_back() {
    unsafe { libc::malloc_trim(0) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn one_arena() {}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_back() {}

/// After each round of the sources, and after start, for as long as the profile is open: a round needs for a moment what nobody
/// needs until the next, pages of the files too.
pub(crate) fn keep_small(app: &App) {
    let (mut events, store) = (app.subscribe(), app.store().clone());
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(AppEvent::SourcesChanged | AppEvent::DossiersChanged { .. })
                | Err(RecvError::Lagged(_)) => {}
                Ok(_) => continue,
                Err(RecvError::Closed) => return,
            }
            while let Ok(more) = tokio::time::timeout(QUIET, events.recv()).await {
                if matches!(more, Err(RecvError::Closed)) {
                    return;
                }
            }
            store.give_back().await;
            let _ = tokio::task::spawn_blocking(give_back).await;
        }
    });
}
