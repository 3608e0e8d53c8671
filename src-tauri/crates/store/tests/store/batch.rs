use super::*;
use pvhcc_domain::act::Act;

#[tokio::test]
async fn a_batch_is_written_with_the_event_that_names_its_parts_in_one_go() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let alone = store.append(note("riêng")).await.unwrap();
    let news = vec![status("task:1", TaskStatus::Done), status("task:2", TaskStatus::Done)];
    let written = store.append_batch(news, "Đánh dấu 2 nhiệm vụ").await.unwrap();
    assert_eq!(written.len(), 3);
    let ids: Vec<String> = written[..2].iter().map(|e| e.id.clone()).collect();
    let closed = Act::BatchClosed { events: ids.clone(), about: "Đánh dấu 2 nhiệm vụ".into() };
    assert_eq!(written[2].act, closed);
    assert!(written[2].entity.starts_with("batch:"));
    assert_eq!(written[2].actor, written[0].actor);

    let batches = store.batches().await.unwrap();
    for event in &written {
        assert_eq!(batches.of(&event.id).map(|b| b.events.clone()), Some(ids.clone()));
    }
    assert!(batches.of(&alone.id).is_none());
    let found = store.events_by_id(&[ids[1].clone(), "không có".into(), ids[0].clone()]).await.unwrap();
    assert_eq!(found, written[..2]);
    assert_eq!(store.task_states().await.unwrap()["2"].status, TaskStatus::Done);
    store.verify(None).await.unwrap();
}

#[tokio::test]
async fn a_batch_of_nothing_writes_nothing_and_a_failing_one_leaves_nothing() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    assert!(store.append_batch(Vec::new(), "không").await.unwrap().is_empty());
    let mut raw = raw(dir.path(), "journal.db").await;
    sqlx::query(
        "CREATE TRIGGER xau BEFORE INSERT ON events WHEN NEW.kind = 'batch_closed' BEGIN SELECT RAISE(ABORT, 'x'); END",
    )
    .execute(&mut raw)
    .await
    .unwrap();
    store.append_batch(vec![status("task:1", TaskStatus::Done)], "một").await.unwrap_err();
    assert_eq!(store.head().await.unwrap().position, 0);
    assert!(store.task_states().await.unwrap().is_empty());
}
