use super::*;
use pvhcc_store::{Contact, backups_dir};
use std::fs;

fn fictional(n: u8) -> Contact {
    Contact {
        name: format!("Can bo dau moi {n:02}"),
        unit: "Đơn vị thử".into(),
        title: "Chuyên viên".into(),
        phone: "—".into(),
        email: format!("dau-moi-{n:02}@vi-du.test"),
    }
}

#[tokio::test]
async fn an_erased_focal_point_is_gone_from_every_file_of_the_journal() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.put_contact("a", &fictional(1)).await.unwrap();
    store.put_contact("b", &fictional(2)).await.unwrap();
    let renamed = Contact { title: "Phó trưởng phòng".into(), ..fictional(2) };
    store.put_contact("b", &renamed).await.unwrap();
    store.erase_contact("a").await.unwrap();
    let left = store.contacts().await.unwrap();
    assert_eq!(left.into_iter().collect::<Vec<_>>(), [("b".to_owned(), renamed)]);
    for file in ["journal.db", "journal.db-wal"] {
        let bytes = fs::read(dir.path().join(file)).unwrap();
        assert!(!bytes.windows(17).any(|w| w == b"Can bo dau moi 01"), "{file}");
    }
}

#[tokio::test]
async fn a_restore_keeps_the_focal_points_of_the_present_file() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.put_contact("old", &fictional(1)).await.unwrap();
    let backup = store.backup(&backups_dir(dir.path())).await.unwrap();
    store.erase_contact("old").await.unwrap();
    store.put_contact("new", &fictional(2)).await.unwrap();
    store.close().await;
    Store::restore(dir.path(), &backup.path, Arc::new(clock.clone())).await.unwrap();
    let (store, _) = open(dir.path(), &clock).await;
    assert_eq!(
        store.contacts().await.unwrap().into_keys().collect::<Vec<_>>(),
        ["new"],
        "an erased one stays erased"
    );
}
