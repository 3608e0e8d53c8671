//! The whole journal from its first event on: its chain verified, its events written out.

use crate::{
    Store,
    error::{StoreError, VerifyError},
    journal::entries_after,
};
use pvhcc_domain::chain::{Entry, GENESIS, Walk};
use sqlx::SqliteConnection;
use std::io::Write;

/// A journal that verified.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Events walked.
    pub events: i64,
    /// Hash of the last.
    pub head: String,
}

/// Rows read at a time when the whole journal is walked.
const PAGE: i64 = 1000;

impl Store {
    /// Walks the whole chain; `against` is a head printed earlier, which must be an event of this journal.
    ///
    /// # Errors
    /// [`VerifyError::Broken`] names the first bad event; [`VerifyError::HeadMissing`] tells of a cut tail.
    pub async fn verify(&self, against: Option<&str>) -> Result<Verified, VerifyError> {
        let mut connection = self.inner.journal.read.acquire().await.map_err(StoreError::from)?;
        verify_in(&mut connection, against).await
    }

    /// Writes every event as one JSON object a line, hashes included, and returns how many.
    ///
    /// # Errors
    /// Failures of access or of `out`.
    pub async fn export_jsonl(&self, out: &mut (dyn Write + Send)) -> Result<u64, StoreError> {
        let mut connection = self.inner.journal.read.acquire().await?;
        let (mut after, mut written) = (0, 0);
        loop {
            let page = entries_after(&mut connection, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.position;
            for entry in &page {
                serde_json::to_writer(&mut *out, &export_line(entry)?)
                    .map_err(|e| StoreError::from(std::io::Error::from(e)))?;
                out.write_all(b"\n")?;
                written += 1;
            }
        }
        out.flush()?;
        Ok(written)
    }
}

fn export_line(entry: &Entry) -> Result<serde_json::Value, StoreError> {
    let payload: serde_json::Value = crate::db::of_json(&entry.payload, "payload")?;
    Ok(serde_json::json!({
        "position": entry.position, "id": entry.id, "device": entry.device, "device_seq": entry.device_seq,
        "said_at": entry.said_at, "clock_suspect": entry.clock_suspect, "actor": entry.actor, "role": entry.role,
        "auth": entry.auth, "kind": entry.kind, "kind_version": entry.kind_version, "entity": entry.entity,
        "payload": payload, "based_on": entry.based_on, "prev_hash": entry.prev_hash, "hash": entry.hash,
    }))
}

pub(crate) async fn verify_in(
    connection: &mut SqliteConnection,
    against: Option<&str>,
) -> Result<Verified, VerifyError> {
    let mut walk = Walk::default();
    let mut seen = against.is_none_or(|head| head == GENESIS);
    // From below every integer: a row smuggled in at position 0 or less is found too.
    let mut after = i64::MIN;
    loop {
        let page = entries_after(connection, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for entry in &page {
            walk.step(entry)?;
            seen = seen || against == Some(entry.hash.as_str());
        }
    }
    match against {
        Some(head) if !seen => Err(VerifyError::HeadMissing(head.to_owned())),
        _ => Ok(Verified { events: walk.events, head: walk.head }),
    }
}
