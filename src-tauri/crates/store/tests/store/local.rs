use super::*;
use pvhcc_store::{Pin, StoreError};

#[tokio::test]
async fn a_draft_outlives_the_process_and_is_no_event() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.draft_put("p-1", "task:17", "note", "đang g").await.unwrap();
    clock.advance(1000);
    store.draft_put("p-1", "task:17", "note", "đang gõ").await.unwrap();
    store.draft_put("p-2", "task:17", "note", "của người khác").await.unwrap();
    store.close().await;
    let (store, _) = open(dir.path(), &clock).await;
    let draft = store.draft_get("p-1", "task:17", "note").await.unwrap().unwrap();
    assert_eq!((draft.text.as_str(), draft.saved_at), ("đang gõ", START.plus(1000)));
    assert_eq!(store.drafts("p-1").await.unwrap(), vec![draft]);
    store.draft_discard("p-1", "task:17", "note").await.unwrap();
    assert!(store.drafts("p-1").await.unwrap().is_empty());
    assert_eq!(store.drafts("p-2").await.unwrap().len(), 1);
    assert_eq!(store.head().await.unwrap().position, 0);
}

#[tokio::test]
async fn an_erased_name_is_gone_from_every_file_of_the_databases() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.put_name("r-1", "Nguoi-Thu-Nghiem-Mot").await.unwrap();
    store.put_name("r-2", "Người khác").await.unwrap();
    store.erase_name("r-1").await.unwrap();
    assert_eq!(store.names().await.unwrap().into_keys().collect::<Vec<_>>(), ["r-2"]);
    for file in ["journal.db", "journal.db-wal"] {
        let bytes = std::fs::read(dir.path().join(file)).unwrap();
        assert!(!bytes.windows(10).any(|w| w == b"Nguoi-Thu-"), "{file}");
    }
}

#[tokio::test]
async fn the_pseudonym_key_is_made_once_and_pins_and_codes_are_kept() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let key = store.pseudonym_key().await.unwrap();
    assert_ne!(key, [0; 32]);
    store.put_pin("p-1", "$argon2id$x", START).await.unwrap();
    store.put_admin_code("băm").await.unwrap();
    store.close().await;
    let (store, _) = open(dir.path(), &clock).await;
    assert_eq!(store.pseudonym_key().await.unwrap(), key);
    let pin = Pin { verifier: "$argon2id$x".into(), valid_until: START };
    assert_eq!(store.get_pin("p-1").await.unwrap(), Some(pin));
    store.delete_pin("p-1").await.unwrap();
    assert_eq!(store.get_pin("p-1").await.unwrap(), None);
    assert!(!store.take_admin_code("khác").await.unwrap());
    assert_eq!(store.admin_code().await.unwrap().as_deref(), Some("băm"));
    assert!(store.take_admin_code("băm").await.unwrap());
    assert!(!store.take_admin_code("băm").await.unwrap(), "one time only");
}

#[tokio::test]
async fn a_blob_reads_back_by_its_hash_and_a_changed_one_is_refused_and_can_be_put_again() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let sha = store.put_blob("minh chứng".as_bytes()).await.unwrap();
    assert_eq!(store.get_blob(&sha).await.unwrap(), "minh chứng".as_bytes());
    let path = dir.path().join("blobs").join(&sha[..2]).join(&sha[2..]);
    std::fs::write(&path, b"khac").unwrap();
    assert!(matches!(store.get_blob(&sha).await, Err(StoreError::BlobDamaged(_))));
    assert_eq!(store.put_blob("minh chứng".as_bytes()).await.unwrap(), sha);
    assert_eq!(store.get_blob(&sha).await.unwrap(), "minh chứng".as_bytes());
    for no_hash in ["../../device.json", &"0".repeat(64)] {
        assert!(matches!(store.get_blob(no_hash).await, Err(StoreError::BlobMissing(_))), "{no_hash}");
    }
}
