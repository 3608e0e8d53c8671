//! Sync queue, unpaid fees, petitions and probes: every answer is a point of a history that can be read as of any moment.

use super::{keep::Changes, kept};
use crate::{
    Store,
    db::{json_of, of_json, of_text, text_of},
    error::StoreError,
};
use pvhcc_domain::{
    observation::{FeeTotals, PetitionCounts, ProbeResult, SourceId, SyncQueue, UnitFees},
    time::Ms,
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use std::collections::{BTreeMap, HashMap};

/// Something that a source reported, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported<T> {
    /// What was said.
    pub value: T,
    /// The source's own time.
    pub as_of: Ms,
    /// When it was fetched.
    pub fetched_at: Ms,
    /// The round that brought it.
    pub round: i64,
}

impl Store {
    /// The sync queue as last reported by `at`; `None` is now. Nothing when no report from then or before is kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn sync_queue(&self, at: Option<Ms>) -> Result<Option<Reported<SyncQueue>>, StoreError> {
        self.report(SourceId::GatewaySync, at).await
    }

    /// Reports of the sync queue fetched in `from..=to`, oldest first. What lies between two was not observed.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn sync_series(&self, from: Ms, to: Ms) -> Result<Vec<Reported<SyncQueue>>, StoreError> {
        self.reports(SourceId::GatewaySync, from, to).await
    }

    /// Unpaid fees of all units together, as last reported by `at`; `None` is now.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn fee_totals(&self, at: Option<Ms>) -> Result<Option<Reported<FeeTotals>>, StoreError> {
        self.report(SourceId::GatewayFees, at).await
    }

    /// Unpaid fees of all units together, by report fetched in `from..=to`, oldest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn fee_series(&self, from: Ms, to: Ms) -> Result<Vec<Reported<FeeTotals>>, StoreError> {
        self.reports(SourceId::GatewayFees, from, to).await
    }

    /// Unpaid fees by unit, by code, as last reported by `at`; `None` is now. A unit that is not named has none, once there is
    /// a report at all ([`Store::fee_totals`]).
    ///
    /// # Errors
    /// Failures of access.
    pub async fn unit_fees(&self, at: Option<Ms>) -> Result<Vec<UnitFees>, StoreError> {
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT unit, dossiers, amount, oldest_at FROM unit_fees \
             WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1) ORDER BY unit",
        )
        .bind(until(at))
        .fetch_all(&self.inner.observations.read)
        .await?;
        Ok(rows.into_iter().map(fees_of).collect())
    }

    /// Petitions by status, as last reported by `at`; `None` is now.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn petitions(&self, at: Option<Ms>) -> Result<Option<Reported<PetitionCounts>>, StoreError> {
        self.report(SourceId::GatewayPetitions, at).await
    }

    /// Reports of petitions fetched in `from..=to`, oldest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn petition_series(
        &self,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<Reported<PetitionCounts>>, StoreError> {
        self.reports(SourceId::GatewayPetitions, from, to).await
    }

    /// The last result by `at` of every probe that was ever sent, by id; `None` is now. How old a result is, and whether the
    /// probe is still in the settings, is the caller's to judge.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn probe_states(&self, at: Option<Ms>) -> Result<BTreeMap<String, ProbeResult>, StoreError> {
        // Names one after the other, then the newest of each: the index answers both.
        let rows = sqlx::query(
            "WITH RECURSIVE names (name) AS (SELECT min(probe) FROM probe_results UNION ALL \
             SELECT (SELECT min(probe) FROM probe_results WHERE probe > name) FROM names WHERE name IS NOT NULL) \
             SELECT r.* FROM names JOIN probe_results AS r ON r.probe = name AND r.asked_at = \
             (SELECT max(asked_at) FROM probe_results WHERE probe = name AND asked_at <= ?1)",
        )
        .bind(until(at))
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.iter().map(|row| probe_of(row).map(|result| (result.probe.clone(), result))).collect()
    }

    /// Results of one probe, or of all, sent in `from..=to`, oldest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn probe_series(
        &self,
        probe: Option<&str>,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<ProbeResult>, StoreError> {
        // Two texts, so that each uses its own index.
        let sql = match probe {
            Some(_) => {
                "SELECT * FROM probe_results WHERE asked_at >= ?1 AND asked_at <= ?2 AND probe = ?3 ORDER BY asked_at"
            }
            None => {
                "SELECT * FROM probe_results WHERE asked_at >= ?1 AND asked_at <= ?2 AND ?3 IS NULL \
                 ORDER BY asked_at, probe"
            }
        };
        let rows = sqlx::query(sql)
            .bind(from.0)
            .bind(to.0)
            .bind(probe)
            .fetch_all(&self.inner.observations.read)
            .await?;
        rows.iter().map(probe_of).collect()
    }

    /// Keeps results of probes in one transaction; they are on the disk when this returns. A result of the same probe and
    /// moment is kept once.
    ///
    /// # Errors
    /// Failures of access; then nothing was written.
    pub async fn record_probes(&self, results: &[ProbeResult]) -> Result<(), StoreError> {
        if results.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(results.len());
        for r in results {
            rows.push((&r.probe, r.asked_at, text_of(&r.state, "probe")?, r.millis, r.status, &r.error));
        }
        let mut writer = self.inner.observations.writing().await?;
        sqlx::query("INSERT INTO probed (results) VALUES (?)")
            .bind(json_of(&rows, "probes")?)
            .execute(&mut writer.connection)
            .await?;
        Ok(())
    }

    async fn report<T: DeserializeOwned>(
        &self,
        source: SourceId,
        at: Option<Ms>,
    ) -> Result<Option<Reported<T>>, StoreError> {
        let row: Option<ReportRow> = sqlx::query_as(
            "SELECT body, as_of, fetched_at, round FROM operation_reports \
             WHERE source = ?1 AND fetched_at <= ?2 ORDER BY fetched_at DESC LIMIT 1",
        )
        .bind(source.as_str())
        .bind(until(at))
        .fetch_optional(&self.inner.observations.read)
        .await?;
        row.map(reported).transpose()
    }

    async fn reports<T: DeserializeOwned>(
        &self,
        source: SourceId,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<Reported<T>>, StoreError> {
        let rows: Vec<ReportRow> = sqlx::query_as(
            "SELECT body, as_of, fetched_at, round FROM operation_reports \
             WHERE source = ?1 AND fetched_at >= ?2 AND fetched_at <= ?3 ORDER BY fetched_at",
        )
        .bind(source.as_str())
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.into_iter().map(reported).collect()
    }
}

/// Body, the source's own time, when it was fetched, round.
type ReportRow = (String, i64, i64, i64);

fn until(at: Option<Ms>) -> i64 {
    at.map_or(i64::MAX, |at| at.0)
}

fn reported<T: DeserializeOwned>(
    (body, as_of, fetched_at, round): ReportRow,
) -> Result<Reported<T>, StoreError> {
    let value = of_json(&body, "report of the operation")?;
    Ok(Reported { value, as_of: Ms(as_of), fetched_at: Ms(fetched_at), round })
}

fn fees_of((unit, dossiers, amount, oldest): (String, i64, i64, i64)) -> UnitFees {
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    UnitFees { unit, dossiers: whole(dossiers), amount: whole(amount), oldest_at: Ms(oldest) }
}

fn probe_of(row: &SqliteRow) -> Result<ProbeResult, StoreError> {
    let unreadable = |detail: String| StoreError::Unreadable { what: "probe", detail };
    let millis: i64 = row.try_get("millis")?;
    let status: Option<i64> = row.try_get("status")?;
    Ok(ProbeResult {
        probe: row.try_get("probe")?,
        asked_at: Ms(row.try_get("asked_at")?),
        state: of_text(row.try_get("state")?, "probe")?,
        millis: u32::try_from(millis).map_err(|e| unreadable(e.to_string()))?,
        status: status.map(u16::try_from).transpose().map_err(|e| unreadable(e.to_string()))?,
        error: row.try_get("error")?,
    })
}

/// What a report brings: itself, and rows for the versions by unit.
#[derive(Serialize)]
struct Fresh<'a, T> {
    report: T,
    units: &'a [(&'a str, i64, i64, i64)],
}

/// A report that is kept as it is.
pub(super) fn report_changes(report: &impl Serialize) -> Result<Changes, StoreError> {
    let fresh = json_of(&Fresh { report, units: &[] }, "report of the operation")?;
    Ok(Changes { fresh: Some(fresh), ..Changes::default() })
}

/// The totals, and the units whose fees changed. Only a `complete` answer ends what it leaves out; one that was overtaken
/// changes no unit.
pub(super) async fn fee_changes(
    read: &mut SqliteConnection,
    rows: &[UnitFees],
    complete: bool,
    fetched_at: Ms,
) -> Result<Changes, StoreError> {
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(fetched_at) FROM operation_reports WHERE source = 'gateway_fees'")
            .fetch_one(&mut *read)
            .await?;
    let totals = FeeTotals::of(rows);
    if newest.is_some_and(|newest| newest > fetched_at.0) {
        return report_changes(&totals);
    }
    let stored: Vec<(i64, String, i64, i64, i64)> =
        sqlx::query_as("SELECT id, unit, dossiers, amount, oldest_at FROM unit_fees WHERE valid_to IS NULL")
            .fetch_all(read)
            .await?;
    let mut present: HashMap<String, (i64, (i64, i64, i64))> =
        stored.into_iter().map(|(id, unit, d, a, o)| (unit, (id, (d, a, o)))).collect();
    let (mut replaced, mut fresh) = (Vec::new(), Vec::new());
    for row in rows {
        let now = (kept(row.dossiers)?, kept(row.amount)?, row.oldest_at.0);
        match present.remove(&row.unit) {
            Some((_, before)) if before == now => continue,
            Some((id, _)) => replaced.push(id),
            None => {}
        }
        fresh.push((row.unit.as_str(), now.0, now.1, now.2));
    }
    if complete {
        replaced.extend(present.into_values().map(|(id, _)| id));
    }
    replaced.sort_unstable();
    let fresh = json_of(&Fresh { report: totals, units: &fresh }, "fees")?;
    Ok(Changes { replaced, fresh: Some(fresh), ..Changes::default() })
}
