use super::*;
use pvhcc_domain::chain::GENESIS;
use pvhcc_store::VerifyError;

#[tokio::test]
async fn an_appended_event_reads_back_and_is_there_after_reopening() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, report) = open(dir.path(), &clock).await;
    assert!(report.new_profile);
    assert_eq!(store.head().await.unwrap().hash, GENESIS);
    let first = store.append(status("task:17", TaskStatus::Done)).await.unwrap();
    assert_eq!((first.position, first.device_seq, first.said_at), (1, 1, START));
    store.close().await;

    let (store, again) = open(dir.path(), &clock).await;
    assert!(!again.new_profile);
    assert_eq!(again.device, report.device);
    assert_eq!(store.event(&first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(store.events(Some("task:17"), 0, 10).await.unwrap(), vec![first.clone()]);
    assert_eq!(store.events(Some("task:18"), 0, 10).await.unwrap(), vec![]);
    let state = &store.task_states().await.unwrap()["17"];
    assert_eq!((state.status, state.done_on), (TaskStatus::Done, Some(day("2026-05-28"))));
    assert_eq!(state.last_event, Some(first.id));
}

#[tokio::test]
async fn a_clock_turned_back_never_takes_said_at_back_and_is_flagged() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.append(note("một")).await.unwrap();
    clock.advance(-3_600_000);
    let second = store.append(note("hai")).await.unwrap();
    assert_eq!((second.said_at, second.clock_suspect), (START, true));
    clock.set(START.plus(1));
    let third = store.append(note("ba")).await.unwrap();
    assert_eq!((third.said_at, third.clock_suspect), (START.plus(1), false));
}

#[tokio::test]
async fn several_acts_are_kept_all_or_none() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let mut raw = raw(dir.path(), "journal.db").await;
    sqlx::query("CREATE TRIGGER xau BEFORE INSERT ON events WHEN NEW.entity = 'task:2' BEGIN SELECT RAISE(ABORT, 'x'); END")
        .execute(&mut raw)
        .await
        .unwrap();
    let two = vec![status("task:1", TaskStatus::Done), status("task:2", TaskStatus::Done)];
    store.append_all(two).await.unwrap_err();
    assert_eq!(store.head().await.unwrap().position, 0);
    assert!(store.task_states().await.unwrap().is_empty());
}

#[tokio::test]
async fn two_openings_of_one_folder_append_in_turn_and_at_once_without_loss() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (one, a) = open(dir.path(), &clock).await;
    let (two, b) = open(dir.path(), &clock).await;
    assert_eq!(a.device, b.device);
    let seen = one.data_version().await.unwrap();
    one.append(note("của mình")).await.unwrap();
    assert_eq!(one.data_version().await.unwrap(), seen, "own writes do not count");
    two.append(note("của tiến trình kia")).await.unwrap();
    assert_ne!(one.data_version().await.unwrap(), seen);

    let writer = |store: Store, name: &'static str| async move {
        for i in 0..40 {
            store.append(note(&format!("{name} {i}"))).await.unwrap();
        }
    };
    tokio::join!(writer(one.clone(), "a"), writer(two.clone(), "b"));
    assert_eq!(two.verify(None).await.unwrap().events, 82);
    let seqs: Vec<i64> = one.events(None, 0, 100).await.unwrap().iter().map(|e| e.device_seq).collect();
    assert_eq!(seqs, (1..=82).collect::<Vec<_>>());
}

async fn tampered(sql: &'static str) -> (String, VerifyError) {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let mut ids = Vec::new();
    for i in 0..10 {
        ids.push(store.append(note(&format!("việc {i}"))).await.unwrap().id);
    }
    let mut raw = raw(dir.path(), "journal.db").await;
    for trigger in ["DROP TRIGGER events_no_update", "DROP TRIGGER events_no_delete"] {
        sqlx::query(trigger).execute(&mut raw).await.unwrap();
    }
    sqlx::query(sql).execute(&mut raw).await.unwrap();
    (ids[5].clone(), store.verify(None).await.unwrap_err())
}

#[tokio::test]
async fn an_edit_past_the_triggers_is_found_and_the_event_named() {
    for sql in [
        "UPDATE events SET payload = replace(payload, '5', '9') WHERE position = 6",
        "UPDATE events SET said_at = said_at - 1 WHERE position = 6",
        "UPDATE events SET actor = 'p-2' WHERE position = 6",
        "UPDATE events SET based_on = 'x' WHERE position = 6",
        "DELETE FROM events WHERE position = 5",
    ] {
        let (id, error) = tampered(sql).await;
        let VerifyError::Broken(broken) = error else { panic!("{sql}: {error}") };
        assert_eq!((broken.position, broken.id), (6, id), "{sql}");
    }
}

#[tokio::test]
async fn a_cut_tail_is_found_against_a_head_printed_earlier() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for i in 0..5 {
        store.append(note(&i.to_string())).await.unwrap();
    }
    let printed = store.head().await.unwrap().hash;
    store.append(note("sau khi ký")).await.unwrap();
    assert_eq!(store.verify(Some(&printed)).await.unwrap().events, 6);
    let mut raw = raw(dir.path(), "journal.db").await;
    sqlx::query("DROP TRIGGER events_no_delete").execute(&mut raw).await.unwrap();
    sqlx::query("DELETE FROM events WHERE position >= 5").execute(&mut raw).await.unwrap();
    assert_eq!(store.verify(None).await.unwrap().events, 4, "the chain alone cannot tell");
    assert!(matches!(store.verify(Some(&printed)).await, Err(VerifyError::HeadMissing(h)) if h == printed));
}

#[tokio::test]
async fn the_export_holds_every_event_with_its_hash_one_a_line() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for i in 0..3 {
        store.append(note(&format!("dòng\n{i}"))).await.unwrap();
    }
    let mut out = Vec::new();
    assert_eq!(store.export_jsonl(&mut out).await.unwrap(), 3);
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[2]["hash"], store.head().await.unwrap().hash);
    assert_eq!(lines[2]["prev_hash"], lines[1]["hash"]);
    assert_eq!(lines[0]["payload"]["note"], "dòng\n0");
}
