//! What is asked for: which cells are taken, and which row each belongs to. The same for records and for reports.

use super::names::{Names, UnitNames, group_code, group_of};
use crate::wire::{CellPart, DossierFilter, SplitBy, UnitGroup};
use pvhcc_domain::{
    dossier::systems::{is_part_of, outermost},
    figures::cell::{Cell, Dimension, Dimensions},
};
use std::sync::Arc;

/// A filter that is ready to be asked.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    wire: DossierFilter,
    units: Arc<UnitNames>,
}

/// The dimension that a way of splitting rests on; `None` is time.
pub(crate) fn dimension(by: SplitBy) -> Option<Dimension> {
    match by {
        SplitBy::System | SplitBy::Subsystem => Some(Dimension::System),
        SplitBy::UnitGroup | SplitBy::Unit => Some(Dimension::Unit),
        SplitBy::Field => Some(Dimension::Field),
        SplitBy::Procedure => Some(Dimension::Procedure),
        SplitBy::Channel => Some(Dimension::Channel),
        SplitBy::Month => None,
    }
}

/// What cells must be split by to be put into rows of `by`.
pub(crate) fn dimensions(by: &[SplitBy]) -> Dimensions {
    by.iter().filter_map(|by| dimension(*by)).collect()
}

impl Filter {
    pub(crate) fn new(wire: DossierFilter, units: Arc<UnitNames>) -> Self {
        Self { wire, units }
    }

    pub(crate) fn units(&self) -> &UnitNames {
        &self.units
    }

    /// Codes of the systems asked for; empty is all.
    pub(crate) fn systems(&self) -> &[String] {
        &self.wire.systems
    }

    /// Whether anything of an outermost system may be taken.
    pub(crate) fn may_take_system(&self, outer: &str) -> bool {
        let systems = &self.wire.systems;
        systems.is_empty() || systems.iter().any(|s| is_part_of(s, outer) || is_part_of(outer, s))
    }

    /// What a cell must be split by so that the filter can tell.
    pub(crate) fn dimensions(&self) -> Dimensions {
        let DossierFilter { systems, unit_group, units, fields, procedures, channels } = &self.wire;
        let narrowed = [
            (Dimension::System, !systems.is_empty()),
            (Dimension::Unit, unit_group.is_some() || !units.is_empty()),
            (Dimension::Field, !fields.is_empty()),
            (Dimension::Procedure, !procedures.is_empty()),
            (Dimension::Channel, !channels.is_empty()),
        ];
        narrowed.into_iter().filter(|(_, narrowed)| *narrowed).map(|(dimension, _)| dimension).collect()
    }

    /// Whether everything counted in a cell is asked for. A dimension that the cell is not split by cannot be narrowed, so
    /// that a cell is taken only if it tells what the filter asks.
    pub(crate) fn takes(&self, cell: &Cell) -> bool {
        let DossierFilter { systems, unit_group, units, fields, procedures, channels } = &self.wire;
        let one_of = |dimension, codes: &[String]| {
            codes.is_empty()
                || cell.get(dimension).is_some_and(|value| codes.iter().any(|code| code == value))
        };
        (systems.is_empty()
            || cell.get(Dimension::System).is_some_and(|s| systems.iter().any(|outer| is_part_of(s, outer))))
            && unit_group.is_none_or(|group| {
                cell.get(Dimension::Unit).is_some_and(|unit| self.units.group(unit) == group)
            })
            && one_of(Dimension::Unit, units)
            && one_of(Dimension::Field, fields)
            && one_of(Dimension::Procedure, procedures)
            && one_of(Dimension::Channel, channels)
    }

    /// The filter that takes one row of this one.
    pub(crate) fn narrowed(&self, by: &[SplitBy], codes: &[String]) -> DossierFilter {
        let mut filter = self.wire.clone();
        for (by, code) in by.iter().zip(codes) {
            let code = || vec![code.clone()];
            match by {
                SplitBy::System | SplitBy::Subsystem => filter.systems = code(),
                SplitBy::UnitGroup => filter.unit_group = group_of(&code()[0]),
                SplitBy::Unit => filter.units = code(),
                SplitBy::Field => filter.fields = code(),
                SplitBy::Procedure => filter.procedures = code(),
                SplitBy::Channel => filter.channels = code(),
                SplitBy::Month => {}
            }
        }
        // What was narrowed to parts of a system stays so within the row of the whole.
        if by.contains(&SplitBy::System) && !self.wire.systems.is_empty() {
            let row = std::mem::take(&mut filter.systems);
            let parts = self.wire.systems.iter().filter(|s| row.iter().any(|whole| is_part_of(s, whole)));
            filter.systems = parts.cloned().collect();
            if filter.systems.is_empty() {
                filter.systems = row;
            }
        }
        filter
    }

    /// The cell in words, coarse things first; empty when nothing is narrowed.
    pub(crate) fn words(&self, names: &Names) -> String {
        let DossierFilter { systems, unit_group, units, fields, procedures, channels } = &self.wire;
        let group: Vec<String> = unit_group.iter().map(|g| group_code(*g).to_owned()).collect();
        [
            (SplitBy::Subsystem, systems),
            (SplitBy::UnitGroup, &group),
            (SplitBy::Unit, units),
            (SplitBy::Field, fields),
            (SplitBy::Procedure, procedures),
            (SplitBy::Channel, channels),
        ]
        .into_iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(by, codes)| {
            let named: Vec<String> = codes.iter().take(3).map(|code| names.name(by, code)).collect();
            let more = codes.len() - named.len();
            if more > 0 { format!("{} và {more} nữa", named.join(", ")) } else { named.join(", ") }
        })
        .collect::<Vec<_>>()
        .join(" · ")
    }
}

/// Codes of the row a cell belongs to, in the order of `by`. Months are not in cells; `month` stands for them.
pub(crate) fn row_of(cell: &Cell, by: &[SplitBy], units: &UnitNames, month: &str) -> Vec<String> {
    by.iter()
        .map(|by| {
            let value = dimension(*by).and_then(|d| cell.get(d)).unwrap_or_default();
            match by {
                SplitBy::System => outermost(value).to_owned(),
                SplitBy::UnitGroup => group_code(units.group(value)).to_owned(),
                SplitBy::Month => month.to_owned(),
                _ => value.to_owned(),
            }
        })
        .collect()
}

/// The values of a row with their names.
pub(crate) fn parts(by: &[SplitBy], codes: &[String], names: &Names) -> Vec<CellPart> {
    let part = |(by, code): (&SplitBy, &String)| CellPart {
        by: *by,
        code: code.clone(),
        name: names.name(*by, code),
    };
    by.iter().zip(codes).map(part).collect()
}

/// The filter that takes exactly what a cell of reports takes.
pub(crate) fn filter_of(cell: &Cell) -> DossierFilter {
    let of = |dimension| cell.get(dimension).map(ToOwned::to_owned).into_iter().collect();
    DossierFilter {
        systems: of(Dimension::System),
        unit_group: None::<UnitGroup>,
        units: of(Dimension::Unit),
        fields: of(Dimension::Field),
        procedures: of(Dimension::Procedure),
        channels: of(Dimension::Channel),
    }
}

/// A cell of reports in words.
pub(crate) fn cell_words(cell: &Cell, names: &Names) -> String {
    let words = cell.dimensions().iter().map(|dimension| {
        let by = match dimension {
            Dimension::System => SplitBy::Subsystem,
            Dimension::Unit => SplitBy::Unit,
            Dimension::Field => SplitBy::Field,
            Dimension::Procedure => SplitBy::Procedure,
            Dimension::Channel => SplitBy::Channel,
        };
        names.name(by, cell.get(dimension).unwrap_or_default())
    });
    words.collect::<Vec<_>>().join(" · ")
}
