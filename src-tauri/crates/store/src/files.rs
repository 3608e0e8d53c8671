//! Plain files of a profile: durable writes, locks, moving damaged files aside, where a folder lies.
//! The only module that knows the operating system; it must not know what is in the files.

use crate::error::StoreError;
use pvhcc_domain::time::Ms;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Makes a rename or a new file in `dir` survive a power cut. Windows keeps directory entries by itself.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(windows) { Ok(()) } else { File::open(dir)?.sync_all() }
}

/// Writes `bytes` to `path` so that after a crash either the whole file is there or none of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    // The process id keeps two writers of the same file apart.
    let part = with_suffix(path, &format!(".{}.part", std::process::id()));
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&part, path)?;
    sync_dir(dir)
}

/// `path` with `suffix` after its whole name (`journal.db` → `journal.db-wal`).
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Opens a lock file, making it if needed.
pub(crate) fn lock_file(dir: &Path, name: &str) -> io::Result<File> {
    File::options().create(true).truncate(false).read(true).write(true).open(dir.join(name))
}

/// An instant as part of a file name: the province's time, sortable, without characters Windows refuses.
pub(crate) fn stamp(at: Ms) -> String {
    at.local().format("%Y-%m-%dT%H-%M-%S%.3f").to_string()
}

/// Reads [`stamp`] back.
pub(crate) fn parse_stamp(text: &str) -> Option<Ms> {
    let (day, time) = text.split_once('T')?;
    Ms::parse_rfc3339(&format!("{day}T{}+07:00", time.replace('-', ":"))).ok()
}

/// Where a database is moved aside to: `<name>.hong-<when>`, a name that is free.
pub(crate) fn aside(db: &Path, now: Ms) -> PathBuf {
    let mut to = with_suffix(db, &format!(".hong-{}", stamp(now)));
    let mut again = 1;
    while to.exists() {
        again += 1;
        to = with_suffix(db, &format!(".hong-{}-{again}", stamp(now)));
    }
    to
}

/// Renames what there is of a database and its log; see [`aside`]. Nothing is deleted.
pub(crate) fn move_aside(db: &Path, to: &Path) -> io::Result<()> {
    // The database first: its log must never meet another database.
    for suffix in ["", "-wal", "-shm"] {
        match fs::rename(with_suffix(db, suffix), with_suffix(to, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_dir(db.parent().unwrap_or(Path::new(".")))
}

/// Refuses a database that is there and may not be written. SQLite would open it without a word, refuse every act, and leave
/// a log behind that may not be written either.
pub(crate) fn refuse_read_only(db: &Path) -> io::Result<()> {
    for suffix in ["", "-wal"] {
        match File::options().read(true).write(true).open(with_suffix(db, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Deletes a database with its log; for unfinished copies of ours only.
pub(crate) fn remove_db(db: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        match fs::remove_file(with_suffix(db, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// A fingerprint of this folder on this machine. A copied or moved folder has another one.
pub(crate) fn place_of(dir: &Path) -> io::Result<String> {
    let path = fs::canonicalize(dir)?;
    let mut sha = Sha256::new();
    sha.update(machine().as_bytes());
    sha.update([0]);
    sha.update(path.as_os_str().as_encoded_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        sha.update(fs::metadata(&path)?.ino().to_be_bytes());
    }
    Ok(hex::encode(sha.finalize()))
}

fn machine() -> String {
    fs::read_to_string("/etc/machine-id")
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}

/// Refuses folders on network shares: SQLite's write-ahead log needs memory shared by one machine.
pub(crate) fn refuse_network(dir: &Path) -> Result<(), StoreError> {
    let text = dir.to_string_lossy();
    let share = text.starts_with(r"\\") && !text.starts_with(r"\\?\") || text.starts_with(r"\\?\UNC\");
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let whole = std::path::absolute(dir)?;
    if share || on_network_mount(&mounts, &whole) {
        return Err(StoreError::NetworkPath(dir.to_owned()));
    }
    Ok(())
}

/// Whether the deepest mount above `path` is a network file system, by a table in the form of `/proc/self/mounts`.
fn on_network_mount(mounts: &str, path: &Path) -> bool {
    mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            let at = parts.next()?.replace(r"\040", " ");
            path.starts_with(&at).then_some((at.len(), parts.next()?))
        })
        .max_by_key(|(depth, _)| *depth)
        .is_some_and(|(_, kind)| {
            matches!(kind, "nfs" | "nfs4" | "cifs" | "smb3" | "smbfs" | "9p" | "fuse.sshfs" | "davfs")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_below_a_network_mount_is_known_by_its_deepest_mount() {
        let mounts =
            "/dev/sda / ext4 rw 0 0\nsrv:/x /mnt/chung nfs4 rw 0 0\n/dev/sdb /mnt/chung/may ext4 rw 0 0\n";
        assert!(on_network_mount(mounts, Path::new("/mnt/chung/pvhcc")));
        assert!(!on_network_mount(mounts, Path::new("/mnt/chung/may/pvhcc")));
        assert!(!on_network_mount(mounts, Path::new("/home/a")));
    }

    #[test]
    fn shares_by_name_are_refused() {
        for share in [r"\\may-chu\chung\pvhcc", r"\\?\UNC\may-chu\chung"] {
            assert!(matches!(refuse_network(Path::new(share)), Err(StoreError::NetworkPath(_))), "{share}");
        }
        assert!(refuse_network(Path::new(r"\\?\C:\pvhcc")).is_ok());
    }

    #[test]
    fn a_stamp_reads_back() {
        let at = Ms(1_780_038_000_123);
        assert_eq!(parse_stamp(&stamp(at)), Some(at));
        assert_eq!(parse_stamp("rác"), None);
    }
}
