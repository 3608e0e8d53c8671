//! Dossier figures: what systems state and what is counted here from records, side by side; findings, records behind
//! figures, form II.06a.
//!
//! Nothing of it is loaded before somebody asks.

mod asked;
mod cells;
mod charts;
mod checks;
mod choices;
mod counting;
mod definitions;
mod engine;
mod export;
mod findings;
mod form;
mod list;
mod loaded;
mod names;
pub(crate) mod period;
mod provenance;
mod record;
mod reports;
mod stated;
mod stats;
mod tally;

pub(crate) use checks::{Checked, RULES, ask, count, equation, figures as concerns, verdict};
pub(crate) use list::{Standing, line, standing};
pub(crate) use names::Names;
pub(crate) use reports::{Joined, Reports};

use crate::{App, messages, wire::WireError};
use engine::Engine;
pub(crate) use names::UnitNames;
use pvhcc_domain::{
    dossier::{Period, systems::Systems},
    time::Ms,
    units::Units,
};
use pvhcc_store::{FiguresMark, StatedFigures};
use reports::Report;
use std::sync::{Arc, Mutex, PoisonError};

/// What the figures need while a profile is open.
pub(crate) struct Desk {
    systems: Arc<Systems>,
    units: Arc<UnitNames>,
    engine: Engine,
    /// The statements as last read.
    reports: Mutex<Option<(FiguresMark, Arc<Reports>)>>,
}

impl Desk {
    /// # Errors
    /// When a shipped table is wrong.
    pub(crate) fn new(units: &Units) -> Result<Self, WireError> {
        let systems = Systems::builtin().map_err(|e| messages::builtin(&e))?;
        let units = UnitNames::of(units);
        Ok(Self {
            systems: Arc::new(systems),
            units: Arc::new(units),
            engine: Engine::default(),
            reports: Mutex::default(),
        })
    }
}

impl App {
    /// Names by code, those of fields and procedures as last learned.
    pub(crate) async fn names(&self) -> Result<Names, WireError> {
        let learned = self.0.store.code_names().await.map_err(|e| messages::store(&e))?;
        let Desk { systems, units, .. } = &self.0.dossiers;
        Ok(Names::new(Arc::clone(systems), Arc::clone(units), learned.fields, learned.procedures))
    }

    /// The statements known at a moment (`None` is now, read anew only when they changed).
    pub(crate) async fn reports(&self, at: Option<Ms>) -> Result<Arc<Reports>, WireError> {
        let store = &self.0.store;
        if let Some(at) = at {
            let known = store.figures_known_at(at).await.map_err(|e| messages::store(&e))?;
            return Ok(Arc::new(of_store(known)));
        }
        let mark = store.figures_mark().await.map_err(|e| messages::store(&e))?;
        let last = || self.0.dossiers.reports.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, reports)) = last().as_ref()
            && *of == mark
        {
            return Ok(Arc::clone(reports));
        }
        let reports = Arc::new(of_store(store.figures().await.map_err(|e| messages::store(&e))?));
        *last() = Some((mark, Arc::clone(&reports)));
        Ok(reports)
    }
}

fn of_store(figures: Vec<StatedFigures>) -> Reports {
    Reports::new(figures.into_iter().map(|row| Report {
        cell: row.figures.cell(),
        period: Period { from: row.figures.from, to: row.figures.to },
        statement: row.figures.statement,
        as_of: row.as_of,
        fetched: row.fetched_at,
        import: row.import,
    }))
}
