//! Dossier figures: what systems state and what is counted here from records, side by side; findings, records behind
//! figures, form II.06a.
//!
//! Nothing of it is loaded before somebody asks.

mod cells;
mod checks;
mod names;
mod period;
mod reports;

pub(crate) use checks::{Checked, count, equation, verdict};
pub(crate) use names::Names;
pub(crate) use reports::{Joined, Reports};

use crate::{App, messages, wire::WireError};
use names::UnitNames;
use pvhcc_domain::{
    dossier::{Period, systems::Systems},
    figures::cell::{Cell, Dimension},
    observation::DossierSystem,
    units::Units,
};
use reports::Report;
use std::{collections::BTreeMap, sync::Arc};

/// What the figures need while a profile is open.
pub(crate) struct Desk {
    systems: Arc<Systems>,
    units: Arc<UnitNames>,
}

impl Desk {
    /// # Errors
    /// When a shipped table is wrong.
    pub(crate) fn new(units: &Units) -> Result<Self, WireError> {
        let systems = Systems::builtin().map_err(|e| messages::builtin(&e))?;
        Ok(Self { systems: Arc::new(systems), units: Arc::new(UnitNames::of(units)) })
    }
}

impl App {
    /// Names by code, those of fields and procedures as last learned.
    pub(crate) async fn names(&self) -> Result<Names, WireError> {
        let Desk { systems, units } = &self.0.dossiers;
        Ok(Names::new(Arc::clone(systems), Arc::clone(units), BTreeMap::new(), BTreeMap::new()))
    }

    /// Every present statement.
    pub(crate) async fn reports(&self) -> Result<Reports, WireError> {
        let rows = self.0.store.figures().await.map_err(|e| messages::store(&e))?;
        Ok(Reports::new(rows.into_iter().map(|(figures, as_of, fetched)| {
            let system = match figures.system {
                DossierSystem::Province => "tinh",
                DossierSystem::Ministry => "bo",
            };
            let cell = Cell::default().with(Dimension::System, system);
            let cell = match &figures.field {
                Some(field) => cell.with(Dimension::Field, field.as_str()),
                None => cell,
            };
            Report {
                cell,
                period: Period { from: figures.from, to: figures.to },
                statement: pvhcc_domain::figures::Counts::from(&figures).into(),
                as_of,
                fetched,
                import: None,
            }
        })))
    }
}
