//! Sync queue, unpaid fees and petitions: what is asked, and answers into domain types.
//!
//! Figures that contradict themselves are refused: a watch over a wrong queue is worse than a gap.

use super::{Gateway, parse};
use crate::{
    error::FetchError,
    fetched::Fetched,
    record::{Bad, CLOCK_TOLERANCE_MS, Envelope, Record, bad},
};
use pvhcc_domain::{
    observation::{PetitionCounts, SyncBatch, SyncQueue, UnitFees},
    time::Ms,
};
use serde_json::Value;
use std::collections::HashSet;

const SYNC: &str = "/v1/sync";
const FEES: &str = "/v1/fees";
const PETITIONS: &str = "/v1/petitions";

impl Gateway {
    /// The sync queue.
    ///
    /// # Errors
    /// Any [`crate::FailureKind`] but `Session`.
    pub async fn sync_queue(&self) -> Result<Fetched<SyncQueue>, FetchError> {
        let answer = self.get(SYNC, &[], None).await?;
        whole(SYNC, &answer.body, self.host.now(), sync)
    }

    /// Unpaid fees of every unit that has any.
    ///
    /// # Errors
    /// Any [`crate::FailureKind`] but `Session`.
    pub async fn fees(&self) -> Result<Fetched<Vec<UnitFees>>, FetchError> {
        let answer = self.get(FEES, &[], None).await?;
        fees(FEES, &answer.body, self.host.now())
    }

    /// Petitions of this year by status.
    ///
    /// # Errors
    /// Any [`crate::FailureKind`] but `Session`.
    pub async fn petitions(&self) -> Result<Fetched<PetitionCounts>, FetchError> {
        let answer = self.get(PETITIONS, &[], None).await?;
        whole(PETITIONS, &answer.body, self.host.now(), |r, _| petitions(r))
    }
}

/// An answer that is one record: wrong as a part is wrong as a whole.
fn whole<T>(
    route: &str,
    body: &[u8],
    now: Ms,
    read: impl FnOnce(&Record<'_>, Ms) -> Result<T, Bad>,
) -> Result<Fetched<T>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    let fields = envelope.all();
    let value = read(&Record(&fields), now).map_err(|wrong| envelope.schema(&wrong))?;
    parse::finish(&envelope, body, (value, Vec::new()), now)
}

fn sync(r: &Record<'_>, now: Ms) -> Result<SyncQueue, Bad> {
    let waiting = r.count("waiting")?;
    let oldest_waiting_at = past(r, "oldest_waiting_at", now)?;
    if oldest_waiting_at.is_some() != (waiting > 0) {
        return bad("oldest_waiting_at", "there exactly when something waits");
    }
    let last_batch = match r.get("last_batch")? {
        Value::Null => None,
        Value::Object(fields) => Some(batch(&Record(fields), now)?),
        _ => return bad("last_batch", "not an object"),
    };
    Ok(SyncQueue { waiting, failed: r.count("failed")?, oldest_waiting_at, last_batch })
}

fn batch(r: &Record<'_>, now: Ms) -> Result<SyncBatch, Bad> {
    let Some(started_at) = past(r, "started_at", now)? else { return bad("started_at", "null") };
    let finished_at = past(r, "finished_at", now)?;
    if finished_at.is_some_and(|finished| finished < started_at) {
        return bad("finished_at", "before started_at");
    }
    let (sent, accepted, refused) = (r.count("sent")?, r.count("accepted")?, r.count("refused")?);
    if accepted.saturating_add(refused) > sent {
        return bad("sent", "less than accepted and refused together");
    }
    Ok(SyncBatch { started_at, finished_at, sent, accepted, refused })
}

fn fees(route: &str, body: &[u8], now: Ms) -> Result<Fetched<Vec<UnitFees>>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    let mut seen = HashSet::new();
    let read = envelope.records("fees", |r| {
        let unit = r.text("unit")?;
        let dossiers = r.count("dossiers")?;
        if dossiers == 0 {
            return bad("dossiers", "none");
        }
        let Some(oldest_at) = past(r, "oldest_at", now)? else { return bad("oldest_at", "null") };
        let row = UnitFees { unit, dossiers, amount: r.count("amount")?, oldest_at };
        if seen.insert(row.unit.clone()) { Ok(row) } else { bad("unit", "stands twice; the first is kept") }
    })?;
    parse::finish(&envelope, body, read, now)
}

fn petitions(r: &Record<'_>) -> Result<PetitionCounts, Bad> {
    let counts = PetitionCounts {
        received: r.count("received")?,
        processing: r.count("processing")?,
        answered: r.count("answered")?,
        overdue: r.count("overdue")?,
    };
    if counts.processing.checked_add(counts.answered) != Some(counts.received) {
        return bad("received", "not processing and answered together");
    }
    if counts.overdue > counts.processing {
        return bad("overdue", "above processing");
    }
    Ok(counts)
}

/// An instant that has been, or null.
fn past(r: &Record<'_>, field: &str, now: Ms) -> Result<Option<Ms>, Bad> {
    match r.get(field)? {
        Value::Null => Ok(None),
        _ => match r.instant(field)? {
            at if at > now.plus(CLOCK_TOLERANCE_MS) => bad(field, "in the future"),
            at => Ok(Some(at)),
        },
    }
}
