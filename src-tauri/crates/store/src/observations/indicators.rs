//! Indicators by period and unit, and the catalogue of procedures: versions, a new row only on change. Beside them how many
//! dossier records were at fault on which day.

use super::keep::{Changes, list};
use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
    observations::kept,
};
use chrono::NaiveDate;
use pvhcc_domain::{
    indicators::{PeriodSheets, Sheet},
    observation::Procedure,
    time::Ms,
};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, HashMap};

/// A period that there are indicators of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorPeriod {
    /// As the contract writes it.
    pub period: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
    /// The source's own time of the oldest of its numbers.
    pub as_of: Ms,
    /// When they were last fetched.
    pub fetched_at: Ms,
}

/// How many records were at fault on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QualityDay {
    /// The province's day.
    pub day: NaiveDate,
    /// Records looked at.
    pub records: u64,
    /// Of these, those with a fault or more.
    pub faulty: u64,
}

impl Store {
    /// The periods that there are indicators of, the newest and longest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn indicator_periods(&self) -> Result<Vec<IndicatorPeriod>, StoreError> {
        let rows: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
            "SELECT period, from_day, to_day, min(as_of), max(fetched_at) FROM indicators WHERE valid_to IS NULL \
             GROUP BY period ORDER BY to_day DESC, from_day",
        )
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.into_iter()
            .map(|(period, from, to, as_of, fetched_at)| {
                let (from, to) = (day(&from)?, day(&to)?);
                Ok(IndicatorPeriod { period, from, to, as_of: Ms(as_of), fetched_at: Ms(fetched_at) })
            })
            .collect()
    }

    /// The present indicators of one period, by unit.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn indicators(&self, period: &str) -> Result<Vec<Sheet>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT unit, readings FROM indicators WHERE period = $1 AND valid_to IS NULL ORDER BY unit",
        )
        .bind(period)
        .fetch_all(&self.inner.observations.read)
        .await?;
        rows.into_iter()
            .map(|(unit, readings)| Ok(Sheet { unit, readings: of_json(&readings, "indicators")? }))
            .collect()
    }

    /// The procedures in force as last told, by code; empty when nobody told any.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn procedures(&self) -> Result<Vec<Procedure>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT body FROM procedures WHERE valid_to IS NULL ORDER BY code")
                .fetch_all(&self.inner.observations.read)
                .await?;
        rows.into_iter().map(|(body,)| of_json(&body, "procedure")).collect()
    }

    /// Notes how many records were at fault; a later word on a day replaces the earlier one.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn note_quality(&self, day: QualityDay) -> Result<(), StoreError> {
        let mut writer = self.inner.observations.writing().await?;
        sqlx::query(
            "INSERT INTO quality_days (day, records, faulty) VALUES ($1, $2, $3) \
             ON CONFLICT (day) DO UPDATE SET records = excluded.records, faulty = excluded.faulty",
        )
        .bind(day.day.to_string())
        .bind(kept(day.records)?)
        .bind(kept(day.faulty)?)
        .execute(&mut writer.connection)
        .await?;
        Ok(())
    }

    /// The days noted, oldest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn quality_days(&self) -> Result<Vec<QualityDay>, StoreError> {
        let rows: Vec<(String, i64, i64)> =
            sqlx::query_as("SELECT day, records, faulty FROM quality_days ORDER BY day")
                .fetch_all(&self.inner.observations.read)
                .await?;
        let whole = |n: i64| u64::try_from(n).unwrap_or(0);
        rows.into_iter()
            .map(|(on, records, faulty)| {
                Ok(QualityDay { day: day(&on)?, records: whole(records), faulty: whole(faulty) })
            })
            .collect()
    }
}

fn day(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable { what: "day", detail: text.to_owned() })
}

/// Units of all periods, as `rows` of a round counts them.
pub(super) fn units(periods: &[PeriodSheets]) -> usize {
    periods.iter().map(|p| p.sheets.len()).sum()
}

/// Which present indicators the answer confirms or ends, and the new ones. A unit that an answer leaves out stays as it was.
pub(super) async fn changes(
    read: &mut SqliteConnection,
    periods: &[PeriodSheets],
    fetched_at: Ms,
) -> Result<Changes, StoreError> {
    let (mut changes, mut fresh) = (Changes::default(), Vec::new());
    for period in periods {
        let stored: Vec<(i64, String, String, i64)> = sqlx::query_as(
            "SELECT id, unit, readings, fetched_at FROM indicators WHERE period = $1 AND valid_to IS NULL",
        )
        .bind(&period.period)
        .fetch_all(&mut *read)
        .await?;
        let present: HashMap<String, (i64, String, i64)> =
            stored.into_iter().map(|(id, unit, readings, at)| (unit, (id, readings, at))).collect();
        let ends = Ms::at(period.to, 0, 0).plus(86_400_000);
        let sheets: BTreeMap<&str, &Sheet> = period.sheets.iter().map(|s| (s.unit.as_str(), s)).collect();
        for (unit, sheet) in sheets {
            let readings = json_of(&sheet.readings, "indicators")?;
            match present.get(unit) {
                Some((_, _, at)) if *at > fetched_at.0 => continue,
                Some((id, before, _)) if *before == readings => {
                    changes.same.push(*id);
                    continue;
                }
                Some((id, ..)) => changes.replaced.push(*id),
                None => {}
            }
            fresh.push((&period.period, period.from, period.to, ends.0, unit, readings));
        }
    }
    changes.fresh = list(&fresh)?;
    Ok(changes)
}

/// Which present procedures the answer confirms or ends, and the new ones. Only a `complete` answer ends what it leaves out.
pub(super) async fn procedure_changes(
    read: &mut SqliteConnection,
    rows: &[Procedure],
    complete: bool,
    fetched_at: Ms,
) -> Result<Changes, StoreError> {
    let stored: Vec<(i64, String, String, i64)> =
        sqlx::query_as("SELECT id, code, body, fetched_at FROM procedures WHERE valid_to IS NULL")
            .fetch_all(read)
            .await?;
    let mut present: HashMap<String, (i64, String, i64)> =
        stored.into_iter().map(|(id, code, body, at)| (code, (id, body, at))).collect();
    let (mut changes, mut fresh) = (Changes::default(), Vec::new());
    for row in rows {
        let body = json_of(row, "procedure")?;
        match present.remove(&row.code) {
            Some((_, _, at)) if at > fetched_at.0 => {}
            Some((id, before, _)) if before == body => changes.same.push(id),
            Some((id, ..)) => {
                changes.replaced.push(id);
                fresh.push((&row.code, body));
            }
            None => fresh.push((&row.code, body)),
        }
    }
    if complete && !rows.is_empty() {
        let older = present.into_values().filter(|(_, _, at)| *at <= fetched_at.0);
        changes.replaced.extend(older.map(|(id, ..)| id));
        changes.replaced.sort_unstable();
    }
    changes.fresh = list(&fresh)?;
    Ok(changes)
}
