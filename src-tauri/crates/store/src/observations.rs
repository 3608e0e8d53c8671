//! Rounds of polling: one transaction each, with the payload's facts, its rows, its quarantine and the source's state.
//! It must not know how an answer was fetched or checked.

mod figures;
mod indicators;
mod keep;
mod measures;
mod operation;
mod tasks;
mod windows;

pub use figures::{FiguresMark, StatedFigures};
pub use indicators::{IndicatorPeriod, QualityDay};
pub(crate) use keep::{Begun, Observations};
pub use operation::Reported;
pub use windows::HourOfCalls;

use crate::{Store, db, db::of_text, error::StoreError};
use pvhcc_domain::{
    indicators::PeriodSheets,
    observation::{
        ApiMeasure, DossierFigures, FlowState, GatewayTask, PetitionCounts, Procedure, SourceId, SyncQueue,
        UnitFees,
    },
    time::Ms,
};
use sqlx::Row;
use std::collections::BTreeMap;

/// How a round ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoundOutcome {
    /// The source answered with data.
    Fresh,
    /// The source says that nothing changed since the round before.
    NotModified,
    /// The source did not answer usably.
    Failed {
        /// Stable name of the failure.
        kind: String,
        /// More, masked.
        detail: String,
    },
}

/// What a round saw.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// Nothing: not modified, or failed.
    Nothing,
    /// The gateway's word on tasks.
    Tasks(Vec<GatewayTask>),
    /// States of flows.
    Flows(Vec<FlowState>),
    /// Measures of APIs.
    Apis(Vec<ApiMeasure>),
    /// Dossier figures.
    Figures(Vec<DossierFigures>),
    /// Indicators, by period.
    Indicators(Vec<PeriodSheets>),
    /// The whole catalogue of procedures.
    Procedures(Vec<Procedure>),
    /// The sync queue.
    Sync(SyncQueue),
    /// Unpaid fees of every unit that has any.
    Fees(Vec<UnitFees>),
    /// Petitions by status.
    Petitions(PetitionCounts),
    /// Dossier records, which were kept page by page before.
    Walked {
        /// Records taken.
        taken: usize,
        /// Records put aside.
        aside: usize,
    },
}

impl Observed {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Tasks(rows) => rows.len(),
            Self::Flows(rows) => rows.len(),
            Self::Apis(rows) => rows.len(),
            Self::Figures(rows) => rows.len(),
            Self::Indicators(periods) => indicators::units(periods),
            Self::Procedures(rows) => rows.len(),
            Self::Sync(_) | Self::Petitions(_) => 1,
            Self::Fees(rows) => rows.len(),
            Self::Walked { taken, .. } => *taken,
        }
    }

    /// Records that were put aside with pages kept before.
    fn put_aside(&self) -> usize {
        if let Self::Walked { aside, .. } = self { *aside } else { 0 }
    }
}

/// A record that was not taken, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Where in the answer.
    pub place: String,
    /// Why it was not taken.
    pub reason: String,
    /// The record with every value that is not allowed replaced by its type and length.
    pub masked: String,
    /// SHA-256 of the original.
    pub sha256: String,
}

/// One round of polling one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Which source.
    pub source: SourceId,
    /// The source's own time of the data; `None` counts as the time of fetching for its rows.
    pub as_of: Option<Ms>,
    /// When it was fetched.
    pub fetched_at: Ms,
    /// How it ended.
    pub outcome: RoundOutcome,
    /// SHA-256 of the answer.
    pub payload_sha256: Option<String>,
    /// What it saw.
    pub payload: Observed,
    /// Records not taken.
    pub quarantined: Vec<Quarantined>,
    /// When the source is asked next.
    pub next_due: Option<Ms>,
    /// ETag of the answer.
    pub etag: Option<String>,
}

/// How a source stands after its last round.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct SourceRow {
    /// Last round that was answered.
    pub last_ok_fetched: Option<Ms>,
    /// The source's own time of that answer.
    pub last_ok_as_of: Option<Ms>,
    /// Last round at all.
    pub last_try: Option<Ms>,
    /// Kind of the failure while failing.
    pub last_error_kind: Option<String>,
    /// Detail of the failure while failing.
    pub last_error_detail: Option<String>,
    /// First failure since the last answer.
    pub failing_since: Option<Ms>,
    /// Failures since the last answer.
    pub consecutive_failures: i64,
    /// Rows of the last answer with data.
    pub rows: i64,
    /// Records not taken of that answer.
    pub quarantined: i64,
    /// ETag to ask with.
    pub etag: Option<String>,
    /// When the source is asked next.
    pub next_due: Option<Ms>,
}

impl Store {
    /// How every source stands that was ever asked.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn source_states(&self) -> Result<BTreeMap<SourceId, SourceRow>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM source_states").fetch_all(&self.inner.observations.read).await?;
        let ms = |value: Option<i64>| value.map(Ms);
        rows.iter()
            .map(|row| {
                let source: String = row.try_get("source")?;
                Ok((
                    of_text(&source, "source")?,
                    SourceRow {
                        last_ok_fetched: ms(row.try_get("last_ok_fetched")?),
                        last_ok_as_of: ms(row.try_get("last_ok_as_of")?),
                        last_try: ms(row.try_get("last_try")?),
                        last_error_kind: row.try_get("last_error_kind")?,
                        last_error_detail: row.try_get("last_error_detail")?,
                        failing_since: ms(row.try_get("failing_since")?),
                        consecutive_failures: row.try_get("consecutive_failures")?,
                        rows: row.try_get("rows")?,
                        quarantined: row.try_get("quarantined")?,
                        etag: row.try_get("etag")?,
                        next_due: ms(row.try_get("next_due")?),
                    },
                ))
            })
            .collect()
    }

    /// Deletes measures, histories, replaced versions and rounds from before `keep_from`; what is present stays,
    /// with its round. Returns the rows deleted.
    ///
    /// # Errors
    /// Failures of access; what was deleted by then stays deleted, and the rest is found the next time.
    pub async fn prune(&self, keep_from: Ms) -> Result<u64, StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        // What was pruned is no longer known.
        writer.known = None;
        let mut deleted = 0;
        for sql in [
            "DELETE FROM recent_measures WHERE from_ms < $1",
            "DELETE FROM settled_measures WHERE from_ms < $1",
            "DELETE FROM flow_reports WHERE fetched_at < min($1, (SELECT max(fetched_at) FROM flow_reports))",
            "DELETE FROM operation_reports WHERE fetched_at < min($1, (SELECT max(fetched_at) FROM operation_reports AS newest \
             WHERE newest.source = operation_reports.source))",
            "DELETE FROM unit_fees WHERE valid_to < $1",
            "DELETE FROM probe_results WHERE asked_at < min($1, (SELECT max(asked_at) FROM probe_results AS newest \
             WHERE newest.probe = probe_results.probe))",
            "DELETE FROM gateway_tasks WHERE valid_to < $1",
            "DELETE FROM stated_figures WHERE valid_to < $1",
            "DELETE FROM indicators WHERE valid_to < $1",
            "DELETE FROM procedures WHERE valid_to < $1",
            "DELETE FROM dossier_versions WHERE ended IN (SELECT id FROM rounds WHERE fetched_at < $1)",
            // Those of the versions are looked up one by one: there are many versions and few old rounds.
            "DELETE FROM rounds WHERE fetched_at < $1 AND id NOT IN (SELECT round FROM gateway_tasks \
             UNION SELECT round FROM stated_figures UNION SELECT round FROM flow_reports UNION SELECT round FROM imports \
             UNION SELECT round FROM indicators UNION SELECT round FROM procedures \
             UNION SELECT round FROM operation_reports UNION SELECT round FROM unit_fees) \
             AND NOT EXISTS (SELECT 1 FROM dossier_versions AS v WHERE v.round = rounds.id) \
             AND NOT EXISTS (SELECT 1 FROM dossier_versions AS v WHERE v.ended = rounds.id)",
        ] {
            deleted +=
                sqlx::query(sql).bind(keep_from.0).execute(&mut writer.connection).await?.rows_affected();
        }
        Ok(deleted)
    }

    /// Quick check of the observations; for after the first paint. A damaged file is marked, and moved aside for a
    /// fresh one when the profile is opened next.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when damaged.
    pub async fn check_observations(&self) -> Result<(), StoreError> {
        let mut connection = self.inner.observations.read.acquire().await?;
        let checked = db::quick_check(&mut connection).await.map_err(|e| e.in_file("observations.db"));
        if matches!(checked, Err(StoreError::Corrupt { .. })) {
            crate::files::write_whole(&self.inner.dir.join(crate::OBSERVATIONS_DAMAGED), b"")?;
        }
        checked
    }
}

/// A count as SQLite keeps it; counts beyond 2⁶³ − 1 stop there (only a broken answer holds such).
pub(crate) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A measured count as SQLite keeps it.
///
/// # Errors
/// [`StoreError::Refused`] above 2⁶³ − 1.
fn kept(n: u64) -> Result<i64, StoreError> {
    i64::try_from(n).map_err(|_| StoreError::Refused(format!("count {n} is beyond what can be kept")))
}
