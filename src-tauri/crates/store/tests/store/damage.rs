use super::*;
use pvhcc_store::{StoreError, backups_dir};
use std::{fs, io::Write as _, path::PathBuf};

fn aside(dir: &Path, of: &str) -> Vec<PathBuf> {
    fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.file_name().unwrap().to_string_lossy().starts_with(&format!("{of}.hong-")))
        .collect()
}

/// A profile with 300 events, a backup of the first `backed_up`, closed, in one file.
async fn profile(dir: &Path, clock: &ManualClock, backed_up: usize) -> Vec<String> {
    let (store, _) = open(dir, clock).await;
    store.put_name("r-1", "Tên cũ").await.unwrap();
    let mut ids = Vec::new();
    for i in 0..300 {
        if i == backed_up {
            store.backup(&backups_dir(dir)).await.unwrap();
            store.erase_name("r-1").await.unwrap();
            store.put_name("r-2", "Tên mới").await.unwrap();
        }
        ids.push(store.append(note(&format!("việc {i} {}", "x".repeat(200)))).await.unwrap().id);
    }
    store.close().await;
    ids
}

#[tokio::test]
async fn a_journal_that_is_no_database_any_more_comes_back_from_the_backup() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let ids = profile(dir.path(), &clock, 200).await;
    fs::write(dir.path().join("journal.db"), b"rac".repeat(5000)).unwrap();

    let (store, report) = open(dir.path(), &clock).await;
    let recovery = report.journal_recovered.expect("told");
    assert_eq!((recovery.events_from_backup, recovery.events), (200, 200));
    assert_eq!(store.verify(None).await.unwrap().events, 200);
    assert!(store.event(&ids[199]).await.unwrap().is_some());
    let kept = aside(dir.path(), "journal.db");
    assert_eq!(recovery.moved_to.as_ref(), kept.first());
    assert!(fs::read(&kept[0]).unwrap().starts_with(b"rac"), "nothing is deleted");
    let new = store.append(note("đi tiếp")).await.unwrap();
    assert_ne!(new.device, store.event(&ids[0]).await.unwrap().unwrap().device, "a new seat");
    assert_eq!(new.device_seq, 1);
}

#[tokio::test]
async fn a_bad_page_costs_only_its_own_events_and_the_rest_is_salvaged() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let ids = profile(dir.path(), &clock, 100).await;
    let path = dir.path().join("journal.db");
    let mut bytes = fs::read(&path).unwrap();
    // The page that holds event 250 in the table itself.
    let needle = b"\xe1\xbb\x87c 249 xxxx";
    let at = bytes.windows(needle.len()).position(|w| w == needle).expect("event 250 is in the file");
    let page = at / 4096 * 4096;
    bytes[page..page + 4096].fill(0xa5);
    fs::write(&path, bytes).unwrap();

    let (store, report) = open(dir.path(), &clock).await;
    let recovery = report.journal_recovered.expect("told");
    assert_eq!(recovery.events_from_backup, 100);
    assert!(recovery.salvaged >= 180, "{recovery:?}");
    assert!(recovery.rechained > 0 && recovery.rechained < recovery.salvaged, "{recovery:?}");
    assert_eq!(store.verify(None).await.unwrap().events, recovery.events);
    assert_eq!(store.event(&ids[249]).await.unwrap(), None);
    for i in [0, 99, 100, 200, 299] {
        assert!(store.event(&ids[i]).await.unwrap().is_some(), "event {i}");
    }
    assert_eq!(
        store.names().await.unwrap().into_values().collect::<Vec<_>>(),
        ["Tên mới"],
        "a name erased after the backup stays erased"
    );
    assert_eq!(store.task_states().await.unwrap()["17"].last_event.as_ref(), Some(&ids[299]));
}

#[tokio::test]
async fn a_journal_cut_to_nothing_or_deleted_counts_as_damaged_not_as_new() {
    for delete in [false, true] {
        let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
        profile(dir.path(), &clock, 50).await;
        let path = dir.path().join("journal.db");
        if delete {
            fs::remove_file(&path).unwrap()
        } else {
            fs::write(&path, b"").unwrap()
        }
        let (store, report) = open(dir.path(), &clock).await;
        assert!(!report.new_profile);
        assert_eq!(report.journal_recovered.unwrap().events, 50);
        assert_eq!(store.head().await.unwrap().position, 50);
    }
}

#[tokio::test]
async fn a_damaged_backup_is_passed_over_for_an_older_one() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let backups = backups_dir(dir.path());
    store.append(note("một")).await.unwrap();
    let good = store.backup(&backups).await.unwrap();
    clock.advance(86_400_000);
    store.append(note("hai")).await.unwrap();
    let bad = store.backup(&backups).await.unwrap();
    store.close().await;
    fs::write(bad.path, b"hong".repeat(4096)).unwrap();
    fs::write(dir.path().join("journal.db"), b"hong".repeat(4096)).unwrap();
    assert_eq!(Store::backups(&backups).await.unwrap(), vec![good.clone()]);
    let (_, report) = open(dir.path(), &clock).await;
    assert_eq!(report.journal_recovered.unwrap().from_backup, Some(good.path));
}

#[tokio::test]
async fn a_damaged_journal_in_use_elsewhere_is_not_moved_away_under_the_other() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (_other, _) = open(dir.path(), &clock).await;
    let mut file = fs::File::options().write(true).open(dir.path().join("journal.db")).unwrap();
    file.write_all(&b"hong".repeat(8192)).unwrap();
    fs::write(dir.path().join("journal.db-wal"), b"").unwrap();
    let refused = Store::open(dir.path(), Arc::new(clock.clone())).await.unwrap_err();
    assert!(matches!(refused, StoreError::Locked), "{refused:?}");
    assert!(aside(dir.path(), "journal.db").is_empty());
}

#[tokio::test]
async fn damaged_observations_are_moved_aside_and_begin_anew() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    profile(dir.path(), &clock, 10).await;
    fs::write(dir.path().join("observations.db"), b"rac".repeat(5000)).unwrap();
    let (store, report) = open(dir.path(), &clock).await;
    assert!(report.observations_recovered && report.journal_recovered.is_none());
    assert!(store.source_states().await.unwrap().is_empty());
    assert_eq!(aside(dir.path(), "observations.db").len(), 1);
    store.check_observations().await.unwrap();
    store.close().await;
    assert!(!open(dir.path(), &clock).await.1.observations_recovered, "once only");
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    for file in ["journal.db", "observations.db"] {
        let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
        open(dir.path(), &clock).await.0.close().await;
        let mut raw = raw(dir.path(), file).await;
        sqlx::query("PRAGMA user_version = 99").execute(&mut raw).await.unwrap();
        sqlx::Connection::close(raw).await.unwrap();
        let before = fs::read(dir.path().join(file)).unwrap();
        let refused = Store::open(dir.path(), Arc::new(clock.clone())).await.unwrap_err();
        assert!(matches!(&refused, StoreError::Newer { file: f, found: 99, .. } if f == file), "{refused:?}");
        assert_eq!(fs::read(dir.path().join(file)).unwrap(), before);
    }
}

#[tokio::test]
async fn a_restore_is_the_backup_plus_everything_said_since() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, before) = open(dir.path(), &clock).await;
    let backups = dir.path().join("noi-khac");
    store.append(note("một")).await.unwrap();
    let backup = store.backup(&backups).await.unwrap();
    let second = store.append(note("hai")).await.unwrap();
    let printed = store.head().await.unwrap().hash;
    let shared = Arc::new(clock.clone());
    let held = Store::restore(dir.path(), &backup.path, shared.clone()).await.unwrap_err();
    assert!(matches!(held, StoreError::Locked), "{held:?}");
    store.close().await;
    drop(store);

    let report = Store::restore(dir.path(), &backup.path, shared).await.unwrap();
    assert_eq!((report.events_from_backup, report.salvaged, report.rechained, report.events), (1, 1, 0, 2));
    let (store, after) = open(dir.path(), &clock).await;
    assert_ne!(after.device, before.device);
    assert!(after.journal_recovered.is_none());
    store.verify(Some(&printed)).await.unwrap();
    assert_eq!(store.event(&second.id).await.unwrap(), Some(second));
}

#[tokio::test]
async fn a_copied_profile_is_a_new_seat_and_both_go_on() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (from, to) = (dir.path().join("a"), dir.path().join("b"));
    let (store, original) = open(&from, &clock).await;
    store.append(note("một")).await.unwrap();
    store.close().await;
    fs::create_dir(&to).unwrap();
    for file in ["journal.db", "observations.db", "device.json"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    let (copy, report) = open(&to, &clock).await;
    assert_ne!(report.device, original.device);
    copy.append(note("hai")).await.unwrap();
    assert_eq!(copy.verify(None).await.unwrap().events, 2);
    assert_eq!(open(&from, &clock).await.1.device, original.device);
}

#[tokio::test]
async fn one_backup_a_day_is_due_and_only_the_last_fourteen_stay() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let backups = backups_dir(dir.path());
    for i in 0..16_i64 {
        store.append(note(&i.to_string())).await.unwrap();
        let made = store.backup_if_due(&backups).await.unwrap().expect("due");
        assert_eq!((made.events, made.head), (i + 1, store.head().await.unwrap().hash));
        assert!(store.backup_if_due(&backups).await.unwrap().is_none());
        clock.advance(86_400_000);
    }
    let kept = Store::backups(&backups).await.unwrap();
    assert_eq!(kept.iter().map(|b| b.events).collect::<Vec<_>>(), (3..=16).rev().collect::<Vec<_>>());
    assert_eq!(fs::read_dir(&backups).unwrap().count(), 14, "nothing else is left in the folder");
}
