//! Claims that need a look inside: full disk, read-only files, raising the format.

use super::*;
use pvhcc_domain::{
    act::Act,
    roles::{Auth, Role},
    time::{ManualClock, Ms},
};
use sqlx::{ConnectOptions, Connection};

fn clock() -> SharedClock {
    Arc::new(ManualClock::new(Ms(1_780_038_000_000)))
}

fn note(text: &str) -> NewEvent {
    NewEvent {
        actor: "p-1".into(),
        role: Role::Staff,
        auth: Auth::Online,
        entity: "task:17".into(),
        based_on: None,
        act: Act::TaskNoteAdded { note: text.into() },
        said_at: None,
    }
}

#[tokio::test]
async fn a_full_disk_is_told_loses_nothing_acknowledged_and_is_left_behind_once_there_is_space() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), clock()).await.unwrap();
    store.append(note("trước")).await.unwrap();
    let pages: i64 =
        sqlx::query_scalar("PRAGMA page_count").fetch_one(&store.inner.journal.write).await.unwrap();
    let limit = format!("PRAGMA max_page_count = {pages}");
    sqlx::query(sqlx::AssertSqlSafe(limit)).execute(&store.inner.journal.write).await.unwrap();

    let mut kept = 1;
    let refused = loop {
        match store.append(note(&"đầy ".repeat(2000))).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1000, "the limit never came");
    };
    assert!(matches!(refused, StoreError::Full), "{refused:?}");
    assert_eq!(store.verify(None).await.unwrap().events, kept);

    sqlx::query("PRAGMA max_page_count = 1000000").execute(&store.inner.journal.write).await.unwrap();
    store.append(note("sau")).await.unwrap();
    assert_eq!(store.verify(None).await.unwrap().events, kept + 1);
}

#[tokio::test]
async fn of_two_who_saw_the_same_one_writes_and_the_other_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), clock()).await.unwrap();
    let (beside, _) = Store::open(dir.path(), clock()).await.unwrap();
    let first = store.append_next(note("một"), None).await.unwrap().expect("nothing was said before");
    let (here, there) = tokio::join!(
        store.append_next(note("hai"), Some(&first.id)),
        beside.append_next(note("hai"), Some(&first.id))
    );
    assert_eq!([here.unwrap(), there.unwrap()].iter().flatten().count(), 1);
    assert_eq!(store.append_next(note("ba"), None).await.unwrap(), None);
    assert_eq!(store.verify(None).await.unwrap().events, 2);
}

#[tokio::test]
async fn a_read_only_file_and_a_read_only_folder_have_one_error() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), clock()).await.unwrap();
    store.close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(dir.path().join(JOURNAL_FILE))
        .read_only(true)
        .disable_statement_logging();
    let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let refused = sqlx::query("INSERT INTO names (roster_id, name) VALUES ('a', 'b')")
        .execute(&mut connection)
        .await
        .unwrap_err();
    assert!(matches!(StoreError::from(refused), StoreError::ReadOnly));
    for kind in [std::io::ErrorKind::PermissionDenied, std::io::ErrorKind::ReadOnlyFilesystem] {
        assert!(matches!(StoreError::from(std::io::Error::from(kind)), StoreError::ReadOnly));
    }
}

#[tokio::test]
async fn a_journal_of_an_older_format_is_backed_up_before_it_is_raised() {
    let dir = tempfile::tempdir().unwrap();
    let mut connection =
        sqlx::SqliteConnection::connect_with(&db::options(&dir.path().join(JOURNAL_FILE))).await.unwrap();
    for migration in JOURNAL.iter().filter(|m| m.version == 1) {
        let only = sqlx::migrate::Migrator::with_migrations(vec![migration.clone()]);
        only.run_direct(None, &mut connection, false).await.unwrap();
    }
    connection.close().await.unwrap();
    assert_eq!(db::examine_journal(&dir.path().join(JOURNAL_FILE), None).await.unwrap(), 1);

    let (store, _) = Store::open(dir.path(), clock()).await.unwrap();
    store.put_name("r-1", "Người thử").await.unwrap();
    assert_eq!(Store::backups(&backups_dir(dir.path())).await.unwrap().len(), 1);
    assert_eq!(db::examine_journal(&dir.path().join(JOURNAL_FILE), None).await.unwrap(), JOURNAL_FORMAT);
}

#[tokio::test]
async fn a_swap_interrupted_between_its_renames_is_finished_at_the_next_opening() {
    let dir = tempfile::tempdir().unwrap();
    let (store, before) = Store::open(dir.path(), clock()).await.unwrap();
    store.append(note("một")).await.unwrap();
    store.close().await;
    // As a crash leaves it: the former file aside, the new one complete, a stray log of the former one.
    std::fs::remove_file(dir.path().join(device::FILE)).unwrap();
    std::fs::rename(dir.path().join(JOURNAL_FILE), dir.path().join("journal.db.moi")).unwrap();
    std::fs::write(dir.path().join("journal.db-wal"), b"of the former file").unwrap();

    let (store, report) = Store::open(dir.path(), clock()).await.unwrap();
    assert_eq!(report.journal_recovered, None);
    assert_ne!(report.device, before.device);
    assert_eq!(store.verify(None).await.unwrap().events, 1);
}

#[tokio::test]
async fn flows_kept_one_by_one_are_read_as_the_reports_they_came_in() {
    let dir = tempfile::tempdir().unwrap();
    let mut old = db::options(&dir.path().join(OBSERVATIONS_FILE)).connect().await.unwrap();
    db::OBSERVATIONS.run_to(1, &mut old).await.unwrap();
    for (at, stage, rate) in [(1000, "test", 1.0 / 3.0), (1000, "declare", 0.5), (2000, "test", 0.25)] {
        sqlx::query("INSERT INTO flow_history VALUES ('sso', 1, ?, ?, ?, 'ok', ?, ?, 7, NULL, 1)")
            .bind(stage)
            .bind(at)
            .bind(at)
            .bind(at)
            .bind(rate)
            .execute(&mut old)
            .await
            .unwrap();
    }
    old.close().await.unwrap();

    let (store, _) = Store::open(dir.path(), clock()).await.unwrap();
    let newest = store.flow_states().await.unwrap();
    assert_eq!(
        (newest.len(), newest[0].last_success_at, newest[0].success_rate),
        (1, Some(Ms(2000)), Some(0.25))
    );
    let all = store.flow_history(Ms(0)).await.unwrap();
    let rates: Vec<Vec<Option<f64>>> =
        all.iter().map(|(_, flows)| flows.iter().map(|f| f.success_rate).collect()).collect();
    assert_eq!(rates, [vec![Some(0.5), Some(1.0 / 3.0)], vec![Some(0.25)]]);
}
