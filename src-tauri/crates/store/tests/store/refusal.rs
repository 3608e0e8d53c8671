use super::*;
use pvhcc_store::NewTransition;
use sqlx::SqliteConnection;

async fn dump(raw: &mut SqliteConnection, sql: &'static str) -> String {
    sqlx::query_scalar(sql).fetch_one(raw).await.unwrap()
}

#[tokio::test]
async fn the_journal_refuses_every_way_of_changing_it() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.append(note("một")).await.unwrap();
    store.append(note("hai")).await.unwrap();
    let all = "SELECT json_group_array(json_array(position, id, device, device_seq, said_at, actor, entity, payload, \
               prev_hash, hash) ORDER BY position) FROM events";
    let mut raw = raw(dir.path(), "journal.db").await;
    let before = dump(&mut raw, all).await;
    // Each takes an existing row and changes only what it must, so that nothing but the rule can refuse it.
    for sql in [
        "UPDATE events SET payload = '{}' WHERE position = 1",
        "UPDATE OR REPLACE events SET position = 1 WHERE position = 2",
        "DELETE FROM events WHERE position = 2",
        "DELETE FROM events",
        // Same id.
        "INSERT OR REPLACE INTO events SELECT 3, id, 'x', 9, said_at, 0, actor, role, auth, kind, 1, entity, '{}', NULL, \
         hash, printf('%064d', 7) FROM events WHERE position = 2",
        "REPLACE INTO events SELECT * FROM events WHERE position = 2",
        "INSERT OR IGNORE INTO events SELECT * FROM events WHERE position = 2",
        "INSERT INTO events SELECT * FROM events WHERE position = 2",
        // Same device and sequence.
        "INSERT OR REPLACE INTO events SELECT 3, 'moi', device, device_seq, said_at, 0, actor, role, auth, kind, 1, \
         entity, '{}', NULL, hash, printf('%064d', 7) FROM events WHERE position = 2",
        // Same position.
        "INSERT OR REPLACE INTO events SELECT 2, 'moi', 'x', 9, said_at, 0, actor, role, auth, kind, 1, entity, '{}', \
         NULL, hash, printf('%064d', 7) FROM events WHERE position = 2",
        // A position that does not follow on.
        "INSERT INTO events SELECT 9, 'moi', 'x', 9, said_at, 0, actor, role, auth, kind, 1, entity, '{}', NULL, hash, \
         printf('%064d', 7) FROM events WHERE position = 2",
        "INSERT INTO events SELECT * FROM events WHERE position = 2 ON CONFLICT (id) DO UPDATE SET payload = '{}'",
        "INSERT INTO events SELECT * FROM events WHERE position = 2 ON CONFLICT (position) DO UPDATE SET payload = '{}'",
        "INSERT INTO events SELECT * FROM events WHERE position = 2 ON CONFLICT DO NOTHING",
    ] {
        let refused = sqlx::query(sql).execute(&mut raw).await.expect_err(sql).to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
        assert_eq!(dump(&mut raw, all).await, before, "{sql}");
    }
    // The rules refuse only that: a row that follows on goes in.
    sqlx::query(
        "INSERT INTO events SELECT 3, 'moi', 'x', 9, said_at, 0, actor, role, auth, kind, 1, entity, '{}', NULL, hash, \
         printf('%064d', 7) FROM events WHERE position = 2",
    )
    .execute(&mut raw)
    .await
    .unwrap();
}

#[tokio::test]
async fn transitions_refuse_every_way_of_changing_them() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for to in ["fresh", "stale"] {
        let new = NewTransition {
            entity: "source:gateway_tasks".into(),
            from: None,
            to: to.into(),
            rule: "freshness".into(),
            rule_version: 1,
            basis: serde_json::json!({ "last_ok": START }),
            at: START,
        };
        store.append_transition(new).await.unwrap();
    }
    let before = store.transitions(Some("source:gateway_tasks"), START).await.unwrap();
    assert_eq!(before.iter().map(|t| t.to.as_str()).collect::<Vec<_>>(), ["fresh", "stale"]);
    assert!(store.transitions(None, START.plus(1)).await.unwrap().is_empty());
    let mut raw = raw(dir.path(), "journal.db").await;
    for sql in [
        "UPDATE transitions SET to_state = 'x'",
        "DELETE FROM transitions WHERE position = 1",
        "INSERT OR REPLACE INTO transitions SELECT * FROM transitions WHERE position = 2",
        "INSERT OR REPLACE INTO transitions SELECT 3, id, device, at, entity, from_state, 'x', rule, 1, basis \
         FROM transitions WHERE position = 2",
        "INSERT INTO transitions SELECT * FROM transitions WHERE position = 2 \
         ON CONFLICT (id) DO UPDATE SET to_state = 'x'",
    ] {
        let refused = sqlx::query(sql).execute(&mut raw).await.expect_err(sql).to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
        assert_eq!(store.transitions(None, Ms(0)).await.unwrap(), before, "{sql}");
    }
}
