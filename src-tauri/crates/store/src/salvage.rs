//! Which events, conclusions and local facts of a damaged journal are good, and which are missing.

use crate::{
    carve::{Pages, Row, Value},
    error::StoreError,
    journal::{insert, last},
    recovery::Gap,
    witness::Witness,
};
use pvhcc_domain::{chain::Entry, time::Ms};
use sqlx::{Connection, Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};
use std::collections::{BTreeMap, HashSet};

/// Tables that are no history, and how they are taken over. If the former file has one whole, it replaces the backup's, so
/// that a name erased after the backup stays erased.
const LOCAL: [(&str, &str, &str); 5] = [
    ("names", "DELETE FROM names", "INSERT INTO names (roster_id, name) VALUES ($1, $2)"),
    ("pins", "DELETE FROM pins", "INSERT INTO pins (person, verifier, valid_until) VALUES ($1, $2, $3)"),
    ("local_facts", "DELETE FROM local_facts", "INSERT INTO local_facts (key, value) VALUES ($1, $2)"),
    (
        "drafts",
        "DELETE FROM drafts",
        "INSERT INTO drafts (person, entity, field, text, saved_at) VALUES ($1, $2, $3, $4, $5)",
    ),
    (
        "contacts",
        "DELETE FROM contacts",
        "INSERT INTO contacts (id, name, unit, title, phone, email) VALUES ($1, $2, $3, $4, $5, $6)",
    ),
];

const TRANSITION: &str = "INSERT INTO transitions (position, id, device, at, entity, from_state, to_state, rule, \
     rule_version, basis) VALUES ((SELECT coalesce(max(position), 0) + 1 FROM transitions), $1, $2, $3, $4, $5, $6, $7, \
     $8, $9)";

/// The table's tree, and that of an index over all its rows: either tells how many events there were.
const LISTS_OF_EVENTS: [&str; 2] = ["events", "sqlite_autoindex_events_2"];

/// What the former file still says.
pub(crate) struct Found {
    /// Events as they were written, by their former position.
    events: BTreeMap<i64, Entry>,
    transitions: BTreeMap<i64, Vec<Value>>,
    /// Rows that look like an event and do not match their hash.
    pub(crate) refused: i64,
    /// The last position, when the file tells it for certain.
    end: Option<i64>,
    witness: Option<Witness>,
}

/// What became of the events.
pub(crate) struct Put {
    pub(crate) salvaged: i64,
    pub(crate) rechained: i64,
    pub(crate) missing: Vec<Gap>,
}

impl Found {
    pub(crate) fn read(pages: &Pages<'_>, witness: Option<Witness>) -> Self {
        let (mut events, mut transitions) = (BTreeMap::new(), BTreeMap::new());
        let mut refused = HashSet::new();
        for row in pages.scan() {
            if let Some(entry) = entry_of(&row) {
                if entry.digest() == entry.hash {
                    events.insert(entry.position, entry);
                } else {
                    refused.insert(entry.position);
                }
            } else if let Some((position, values)) = transition_of(row) {
                transitions.insert(position, values);
            }
        }
        let end = LISTS_OF_EVENTS.iter().find_map(|name| {
            let rows = pages.tree(name)?;
            rows.iter().map(position_of).try_fold(0, |end, position| Some(end.max(position?)))
        });
        refused.retain(|position| !events.contains_key(position));
        Self { events, transitions, refused: i64::try_from(refused.len()).unwrap_or(i64::MAX), end, witness }
    }

    /// Appends what the new journal does not hold, chaining anew what follows a gap.
    pub(crate) async fn put_events(&self, new: &mut SqliteConnection) -> Result<Put, StoreError> {
        let rows: Vec<(i64, String, i64)> =
            sqlx::query_as("SELECT position, id, said_at FROM events").fetch_all(&mut *new).await?;
        let mut present: BTreeMap<i64, Ms> = rows.iter().map(|(at, _, said)| (*at, Ms(*said))).collect();
        let known: HashSet<String> = rows.into_iter().map(|(_, id, _)| id).collect();
        let (mut position, mut hash, mut before) = last(new).await?;
        let mut put = Put { salvaged: 0, rechained: 0, missing: Vec::new() };
        let mut tx = new.begin().await?;
        for entry in self.events.values() {
            present.insert(entry.position, entry.said_at);
            if known.contains(&entry.id) {
                continue;
            }
            position += 1;
            let mut kept = Entry { position, ..entry.clone() };
            if kept.prev_hash != hash {
                kept.prev_hash = hash;
                // Seats' clocks may differ around the gap; the journal's own order stays.
                kept.said_at = before.map_or(kept.said_at, |b| b.max(kept.said_at));
                kept.hash = kept.digest();
                put.rechained += 1;
            }
            insert(&mut tx, &kept).await?;
            put.salvaged += 1;
            before = Some(kept.said_at);
            hash = kept.hash;
        }
        tx.commit().await?;
        put.missing = self.missing(&present);
        Ok(put)
    }

    /// Gaps among the positions that are there, and behind the last of them.
    fn missing(&self, present: &BTreeMap<i64, Ms>) -> Vec<Gap> {
        let (mut gaps, mut end, mut after) = (Vec::new(), 0, None);
        for (position, said_at) in present {
            if *position > end + 1 {
                gaps.push(Gap { after, until: Some(*said_at), events: position - end - 1 });
            }
            (end, after) = (*position, Some(*said_at));
        }
        let acknowledged = self.witness.as_ref().map(|w| w.position).max(self.end).unwrap_or(0);
        if acknowledged > end || self.end.is_none() {
            gaps.push(Gap { after, until: None, events: (acknowledged - end).max(0) });
        }
        gaps
    }

    /// Conclusions follow those of the backup in their former order.
    pub(crate) async fn put_transitions(&self, new: &mut SqliteConnection) -> Result<(), StoreError> {
        let known: HashSet<String> = sqlx::query_scalar("SELECT id FROM transitions")
            .fetch_all(&mut *new)
            .await?
            .into_iter()
            .collect();
        let mut tx = new.begin().await?;
        for values in self.transitions.values() {
            if !matches!(values.first(), Some(Value::Text(id)) if known.contains(id)) {
                bind(sqlx::query(TRANSITION), values).execute(&mut *tx).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

/// Takes over the local tables that can be read whole; `false` when one stays as the backup has it.
pub(crate) async fn put_local(new: &mut SqliteConnection, pages: &Pages<'_>) -> Result<bool, StoreError> {
    let mut whole = true;
    for (table, clear, fill) in LOCAL {
        let Some(rows) = pages.tree(table) else {
            whole = false;
            continue;
        };
        let mut tx = new.begin().await?;
        sqlx::query(clear).execute(&mut *tx).await?;
        for row in &rows {
            bind(sqlx::query(fill), &row.values).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    Ok(whole)
}

fn bind<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    values: &'q [Value],
) -> Query<'q, Sqlite, SqliteArguments> {
    values.iter().fold(query, |query, value| match value {
        Value::Int(number) => query.bind(*number),
        Value::Text(text) => query.bind(text.as_str()),
        Value::Null | Value::Other => query.bind(None::<i64>),
    })
}

/// Position in a row of the table or of the index by hash.
fn position_of(row: &Row) -> Option<i64> {
    let position = match row.values.last() {
        Some(Value::Int(position)) => row.rowid.unwrap_or(*position),
        _ => row.rowid?,
    };
    Some(position).filter(|p| *p > 0)
}

fn entry_of(row: &Row) -> Option<Entry> {
    use Value::{Int, Null, Text};
    let [
        Null,
        Text(id),
        Text(device),
        Int(device_seq),
        Int(said_at),
        Int(clock_suspect),
        Text(actor),
        Text(role),
        Text(auth),
        Text(kind),
        Int(kind_version),
        Text(entity),
        Text(payload),
        based_on @ (Null | Text(_)),
        Text(prev_hash),
        Text(hash),
    ] = row.values.as_slice()
    else {
        return None;
    };
    Some(Entry {
        position: row.rowid?,
        id: id.clone(),
        device: device.clone(),
        device_seq: *device_seq,
        said_at: Ms(*said_at),
        clock_suspect: *clock_suspect != 0,
        actor: actor.clone(),
        role: role.clone(),
        auth: auth.clone(),
        kind: kind.clone(),
        kind_version: *kind_version,
        entity: entity.clone(),
        payload: payload.clone(),
        based_on: match based_on {
            Text(id) => Some(id.clone()),
            _ => None,
        },
        prev_hash: prev_hash.clone(),
        hash: hash.clone(),
    })
}

/// No hash proves a conclusion; its shape must do.
fn transition_of(row: Row) -> Option<(i64, Vec<Value>)> {
    use Value::{Int, Null, Text};
    let position = row.rowid?;
    let fits = matches!(
        row.values.as_slice(),
        [Null, Text(id), Text(_), Int(_), Text(_), Null | Text(_), Text(_), Text(_), Int(_), Text(basis)]
            if id.len() == 36 && serde_json::from_str::<serde_json::Value>(basis).is_ok()
    );
    fits.then(|| (position, row.values.into_iter().skip(1).collect()))
}
