//! Figures that the portal states: versions with `valid_from`/`valid_to`, a new row only on change. Files state figures
//! too (`dossiers/stated.rs`), which stand beside these.

use super::keep::{Changes, list};
use crate::{
    Store,
    db::{json_of, of_json},
    dossiers::{figures_columns, figures_key},
    error::StoreError,
};
use pvhcc_domain::{figures::statement::Statement, observation::DossierFigures, time::Ms};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Figures as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedFigures {
    /// What is stated.
    pub figures: DossierFigures,
    /// The source's own time.
    pub as_of: Ms,
    /// When they were last fetched, or taken.
    pub fetched_at: Ms,
    /// The round that last brought them.
    pub round: i64,
    /// Number of the import, of a file; `None` is the portal.
    pub import: Option<i64>,
}

/// Tells two states of the stated figures apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiguresMark((i64, i64, i64, i64));

/// One row as JSON with the names of [`DossierFigures`], so that serde alone knows the mapping.
const PRESENT: &str = "SELECT id, json_object('system', system, 'unit', unit, 'field', field, 'procedure', procedure, \
     'channel', channel, 'from', from_day, 'to', to_day, 'statement', json(statement)) AS body, as_of, fetched_at, round, \
     import FROM stated_figures WHERE valid_to IS NULL";
/// As [`PRESENT`], as known at a moment; what was confirmed since had been fetched by then.
const KNOWN_AT: &str = "SELECT id, json_object('system', system, 'unit', unit, 'field', field, 'procedure', procedure, \
     'channel', channel, 'from', from_day, 'to', to_day, 'statement', json(statement)) AS body, min(as_of, ?1), \
     min(fetched_at, ?1), round, import FROM stated_figures \
     WHERE valid_from <= ?1 AND (valid_to IS NULL OR ?1 < valid_to)";
/// What the portal said last: cell and period, statement as text.
const OF_PORTAL: &str = "SELECT system, unit, field, procedure, channel, from_day, to_day, id, statement, fetched_at \
     FROM stated_figures WHERE valid_to IS NULL AND import IS NULL";

type Code = Option<String>;
type Row = (i64, String, i64, i64, i64, Option<i64>);

/// Rows as figures, in order of period and cell.
fn stated(rows: Vec<Row>) -> Result<Vec<StatedFigures>, StoreError> {
    let mut all: Vec<StatedFigures> = rows
        .into_iter()
        .map(|(_, body, as_of, fetched, round, import)| {
            let figures = of_json(&body, "figures")?;
            Ok(StatedFigures { figures, as_of: Ms(as_of), fetched_at: Ms(fetched), round, import })
        })
        .collect::<Result<_, StoreError>>()?;
    all.sort_by(|a, b| {
        let key = |s: &StatedFigures| (s.figures.from, s.figures.to, s.figures.cell(), s.import);
        key(a).cmp(&key(b))
    });
    Ok(all)
}

impl Store {
    /// The present figures of every cell and period, of the portal and of files.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn figures(&self) -> Result<Vec<StatedFigures>, StoreError> {
        stated(sqlx::query_as(PRESENT).fetch_all(&self.inner.observations.read).await?)
    }

    /// Changes whenever [`Store::figures`] does, and is much cheaper.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn figures_mark(&self) -> Result<FiguresMark, StoreError> {
        let sql = "SELECT count(*), count(valid_to), coalesce(max(round), 0), coalesce(max(fetched_at), 0) \
                   FROM stated_figures";
        Ok(FiguresMark(sqlx::query_as(sql).fetch_one(&self.inner.observations.read).await?))
    }

    /// The same as they were known at a moment.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn figures_known_at(&self, at: Ms) -> Result<Vec<StatedFigures>, StoreError> {
        stated(sqlx::query_as(KNOWN_AT).bind(at.0).fetch_all(&self.inner.observations.read).await?)
    }

    /// How many versions of figures are kept, replaced ones included.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn figure_versions(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("SELECT count(*) FROM stated_figures")
            .fetch_one(&self.inner.observations.read)
            .await?)
    }
}

/// Which present versions the answer confirms or ends, and the new ones.
pub(super) async fn changes(
    read: &mut SqliteConnection,
    rows: &[DossierFigures],
    fetched_at: Ms,
) -> Result<Changes, StoreError> {
    type Stored = (String, Code, Code, Code, Code, String, String, i64, String, i64);
    let stored: Vec<Stored> = sqlx::query_as(OF_PORTAL).fetch_all(read).await?;
    let present: BTreeMap<_, _> = stored
        .iter()
        .map(|(system, unit, field, procedure, channel, from, to, id, statement, fetched)| {
            let [unit, field, procedure, channel] = [unit, field, procedure, channel].map(Option::as_deref);
            let key = (system.as_str(), unit, field, procedure, channel, from.as_str(), to.as_str());
            (key, (*id, statement, *fetched))
        })
        .collect();
    let latest: BTreeMap<_, _> = rows.iter().map(|row| (figures_key(row), row)).collect();
    let (mut changes, mut fresh) = (Changes::default(), Vec::new());
    for ((system, unit, field, procedure, channel, from, to), row) in latest {
        let (from, to) = (from.to_string(), to.to_string());
        match present.get(&(system, unit, field, procedure, channel, from.as_str(), to.as_str())) {
            Some((_, _, fetched)) if *fetched > fetched_at.0 => {}
            Some((id, before, _)) if same(before, &row.statement)? => changes.same.push(*id),
            Some((id, _, _)) => {
                changes.replaced.push(*id);
                fresh.push(figures_columns(row));
            }
            None => fresh.push(figures_columns(row)),
        }
    }
    changes.fresh = list(&fresh)?;
    Ok(changes)
}

/// Whether a kept statement says this. Most do, letter by letter, and need not be read.
fn same(kept: &str, told: &Statement) -> Result<bool, StoreError> {
    Ok(kept == json_of(told, "figures")? || of_json::<Statement>(kept, "figures")? == *told)
}
