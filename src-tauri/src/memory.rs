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

/// Hands back what was freed, and the program's own code: most of it was needed once, to start or to make a report, and what is needed
/// again is mapped again from the system's cache of files.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(
    unsafe_code,
    reason = "the allocator's own call, which takes its locks itself; and pages that nobody ever writes"
)]
fn give_back() {
    unsafe { libc::malloc_trim(0) };
    let (Ok(maps), Ok(program)) =
        (std::fs::read_to_string("/proc/self/maps"), std::fs::read_link("/proc/self/exe"))
    else {
        return;
    };
    for (from, to) in maps.lines().filter_map(|line| never_written(line, &program)) {
        unsafe { libc::madvise(from as *mut libc::c_void, to - from, libc::MADV_DONTNEED) };
    }
}

/// First and last address of a mapping of the program's file that holds nothing but what is in the file: its code, and the constants
/// before it. What stands behind the code was written when the program was loaded, though it may look as if it were read only.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn never_written(line: &str, program: &std::path::Path) -> Option<(usize, usize)> {
    let mut words = line.split_ascii_whitespace();
    let (range, rights, offset) = (words.next()?, words.next()?, words.next()?);
    let file = line.find('/').map(|at| std::path::Path::new(&line[at..]))?;
    let of_the_file = rights == "r-xp" || (rights == "r--p" && offset.bytes().all(|b| b == b'0'));
    let (from, to) = range.split_once('-')?;
    let address = |text| usize::from_str_radix(text, 16).ok();
    (file == program && of_the_file).then_some(())?;
    Some((address(from)?, address(to)?))
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

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn only_pages_that_are_as_in_the_file_are_handed_back() {
        let program = Path::new("/usr/bin/pvhcc desktop");
        let of = |line| never_written(line, program);
        assert_eq!(of("1000-3000 r--p 00000000 fe:00 12 /usr/bin/pvhcc desktop"), Some((0x1000, 0x3000)));
        assert_eq!(of("3000-9000 r-xp 00002000 fe:00 12 /usr/bin/pvhcc desktop"), Some((0x3000, 0x9000)));
        // Written by the loader, then made read only.
        assert_eq!(of("9000-a000 r--p 00008000 fe:00 12 /usr/bin/pvhcc desktop"), None);
        assert_eq!(of("a000-b000 rw-p 00009000 fe:00 12 /usr/bin/pvhcc desktop"), None);
        assert_eq!(of("b000-c000 r-xp 00000000 fe:00 13 /usr/lib/libc.so.6"), None);
        assert_eq!(of("c000-d000 rw-p 00000000 00:00 0"), None);
    }

    #[test]
    fn the_program_goes_on_after_it() {
        give_back();
        assert_eq!(format!("{}", 6 * 7), "42");
    }
}
