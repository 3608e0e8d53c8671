//! Indicators and the catalogue of procedures: what is asked, and answers into domain types.

use super::{Gateway, parse};
use crate::{
    error::{FailureKind, FetchError},
    fetched::Fetched,
    record::{Bad, Envelope, Record, bad},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    indicators::{PeriodSheets, Points, Reading, Sheet},
    observation::Procedure,
    time::Ms,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

const INDICATORS: &str = "/v1/indicators";
const PROCEDURES: &str = "/v1/procedures";

impl Gateway {
    /// Indicators of all units in one period (`2026-05`, `2026-Q2`, `2026`).
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn indicators(&self, period: &str) -> Result<Fetched<Vec<PeriodSheets>>, FetchError> {
        let answer = self.get(INDICATORS, &[("period", period.to_owned())], None).await?;
        indicators(INDICATORS, &answer.body, period, self.host.now())
    }

    /// The catalogue of procedures; `etag` of the last answer saves the transfer when nothing changed.
    ///
    /// # Errors
    /// Any [`FailureKind`] but `Session`.
    pub async fn procedures(&self, etag: Option<&str>) -> Result<Fetched<Vec<Procedure>>, FetchError> {
        let answer = self.get(PROCEDURES, &[], etag).await?;
        self.tagged(&answer, etag, |body, now| procedures(PROCEDURES, body, now))
    }
}

fn indicators(
    route: &str,
    body: &[u8],
    asked: &str,
    now: Ms,
) -> Result<Fetched<Vec<PeriodSheets>>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    if envelope.value("period") != Some(Value::from(asked)) {
        return Err(envelope.refuse(FailureKind::BadSchema, "period: not the one asked for"));
    }
    let day = |field: &str| match envelope.value(field) {
        Some(Value::String(text)) => text.parse::<NaiveDate>().ok(),
        _ => None,
    };
    let span = day("from").zip(day("to")).filter(|(from, to)| from <= to);
    let Some((from, to)) = span else {
        return Err(envelope.refuse(FailureKind::BadSchema, "from, to: no span of days"));
    };
    let mut seen = HashSet::new();
    let (rows, quarantined) = envelope.records("indicators", |r| {
        let row = reading(r)?;
        if seen.insert((row.0.clone(), row.1.code.clone())) {
            Ok(row)
        } else {
            bad("code", "stands twice for this unit; the first is kept")
        }
    })?;
    let mut sheets: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
    for (unit, reading) in rows {
        sheets.entry(unit).or_default().push(reading);
    }
    let sheets = sheets.into_iter().map(|(unit, readings)| Sheet { unit, readings }).collect();
    let answer = PeriodSheets { period: asked.to_owned(), from, to, sheets };
    parse::finish(&envelope, body, (vec![answer], quarantined), now)
}

/// Unit and what is stated of it.
fn reading(r: &Record<'_>) -> Result<(String, Reading), Bad> {
    let max_score = points(r, "max_score")?;
    let score = points(r, "score")?;
    if score.zip(max_score).is_some_and(|(score, max)| score > max) {
        return bad("score", "above max_score");
    }
    let ratio = match r.get("ratio")? {
        Value::Null => None,
        value => match value.as_f64() {
            Some(ratio) if ratio.is_finite() && ratio >= 0.0 => Some(ratio),
            _ => return bad("ratio", "not a number from 0"),
        },
    };
    let reading = Reading {
        code: r.text("code")?,
        name: r.text("name")?,
        numerator: r.opt_count("numerator")?,
        denominator: r.opt_count("denominator")?,
        ratio,
        score,
        max_score,
        flags: r.one_of("flags")?,
    };
    Ok((r.text("unit")?, reading))
}

fn points(r: &Record<'_>, field: &str) -> Result<Option<Points>, Bad> {
    match r.get(field)? {
        Value::Null => Ok(None),
        value => match value.as_f64().and_then(Points::from_number) {
            Some(points) => Ok(Some(points)),
            None => bad(field, "not a number of points"),
        },
    }
}

fn procedures(route: &str, body: &[u8], now: Ms) -> Result<Fetched<Vec<Procedure>>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    let mut seen = HashSet::new();
    let read = envelope.records("procedures", |r| {
        let row = Procedure {
            code: r.text("code")?,
            name: r.text("name")?,
            field: r.text("field")?,
            field_name: r.text("field_name")?,
            service_level: r.one_of("service_level")?,
        };
        if seen.insert(row.code.clone()) { Ok(row) } else { bad("code", "stands twice; the first is kept") }
    })?;
    parse::finish(&envelope, body, read, now)
}
