//! A second start brings the first window forward: a socket in the data folder, by whoever holds its lock.
//!
//! The lock itself is `pvhcc-app`'s; this only carries the wish. Without the socket (Windows, a path too long for
//! one) the second start says that the folder is in use.

use std::path::Path;
use tauri::{AppHandle, async_runtime::JoinHandle};

#[cfg(unix)]
const FILE: &str = "window.sock";

/// Asks the window that is open on `folder` to come forward; whether one answered.
#[cfg(unix)]
pub(crate) fn ask(folder: &Path) -> bool {
    use std::{io::Read, os::unix::net::UnixStream, time::Duration};
    let Ok(mut stream) = UnixStream::connect(folder.join(FILE)) else { return false };
    let mut answer = [0_u8; 2];
    stream.set_read_timeout(Some(Duration::from_secs(2))).is_ok()
        && stream.read_exact(&mut answer).is_ok()
        && &answer == b"ok"
}

/// Answers such wishes until the task is aborted.
#[cfg(unix)]
pub(crate) fn serve(folder: &Path, handle: &AppHandle) -> Option<JoinHandle<()>> {
    use tokio::{io::AsyncWriteExt, net::UnixListener};
    let path = folder.join(FILE);
    // The lock is ours, so a socket that is there is left from a process that was killed.
    let _ = std::fs::remove_file(&path);
    let listener = match UnixListener::bind(&path) {
        Ok(listener) => listener,
        Err(problem) => {
            tracing::warn!(%problem, "a second start cannot bring this window forward");
            return None;
        }
    };
    let handle = handle.clone();
    Some(tauri::async_runtime::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            crate::window::bring_forward(&handle);
            let _ = stream.write_all(b"ok").await;
        }
    }))
}

/// Stops answering; before the lock is given up, so that no later window's socket is taken away.
#[cfg(unix)]
pub(crate) fn withdraw(folder: &Path) {
    // A folder that went away took the socket along.
    let _ = std::fs::remove_file(folder.join(FILE));
}

#[cfg(not(unix))]
pub(crate) fn withdraw(_: &Path) {}

#[cfg(not(unix))]
pub(crate) fn ask(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
pub(crate) fn serve(_: &Path, _: &AppHandle) -> Option<JoinHandle<()>> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{io::Write, os::unix::net::UnixListener};

    #[test]
    fn nobody_answers_in_an_empty_folder_or_behind_a_dead_socket() {
        let folder = tempfile::tempdir().expect("folder");
        assert!(!ask(folder.path()));
        drop(UnixListener::bind(folder.path().join(FILE)).expect("bound"));
        assert!(!ask(folder.path()), "the socket's file outlives its process");
    }

    #[test]
    fn an_open_window_answers() {
        let folder = tempfile::tempdir().expect("folder");
        let listener = UnixListener::bind(folder.path().join(FILE)).expect("bound");
        let answering = std::thread::spawn(move || listener.accept().expect("asked").0.write_all(b"ok"));
        assert!(ask(folder.path()));
        answering.join().expect("ended").expect("written");
    }
}
