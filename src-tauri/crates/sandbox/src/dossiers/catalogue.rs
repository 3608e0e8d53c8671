//! What dossiers are about and who handles them: procedures and units, each chosen by weight.

use crate::noise::{unit, word};
use pvhcc_domain::units::Units;
use serde::Deserialize;

const SCENARIO: &str = include_str!("../../../../../assets/sandbox/dossiers.json");

#[derive(Deserialize)]
struct Scenario {
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    system: String,
    field: String,
    ministry: Option<String>,
    agencies: Vec<String>,
    agency_share: f64,
    procedures: Vec<Procedure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Procedure {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) level: String,
    weight: u32,
    /// In đồng.
    pub(super) fee: u64,
}

/// Every procedure with the code of its field.
pub(crate) fn procedures() -> impl Iterator<Item = (String, Procedure)> {
    let scenario: Scenario =
        serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in dossiers: {e}"));
    scenario.fields.into_iter().flat_map(|f| f.procedures.into_iter().map(move |p| (f.field.clone(), p)))
}

/// What can be chosen for a dossier of one system and field.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) ministry: Option<String>,
    procedures: Vec<Procedure>,
    /// Codes of units on the portal, with the sum of the weights so far.
    units: Vec<(String, f64)>,
}

impl Choices {
    /// The choices for a field of a system. Urban communes receive several times what remote ones do.
    pub(super) fn of(seed: u64, system: &str, field: &str) -> Self {
        let scenario: Scenario =
            serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in dossiers: {e}"));
        let found = scenario.fields.into_iter().find(|f| f.system == system && f.field == field);
        let Some(found) = found else { unreachable!("built-in dossiers: no field {field} in {system}") };
        let units = Units::builtin().unwrap_or_else(|e| unreachable!("built-in units: {e}"));
        let draw = |id: &str| 0.5 + unit(seed, &[word(id), 11]);
        let weigh = |c: &pvhcc_domain::units::Commune| {
            let size = if c.kind == "phường" { 4.0 } else { 1.0 };
            (c.dvcqg_code.clone(), size * draw(&c.code))
        };
        let communes: Vec<(String, f64)> = units.communes().iter().map(weigh).collect();
        let agencies: Vec<(String, f64)> = (found.agencies.iter())
            .filter_map(|id| Some((units.get(id)?.dvcqg_code.clone()?, draw(id))))
            .collect();
        let scaled = |units: Vec<(String, f64)>, part: f64| {
            let sum: f64 = units.iter().map(|u| u.1).sum();
            units.into_iter().map(move |(code, w)| (code, w * part / sum))
        };
        let mut sum = 0.0;
        let all = scaled(communes, 1.0 - found.agency_share).chain(scaled(agencies, found.agency_share));
        let units = all
            .map(|(code, w)| {
                sum += w;
                (code, sum)
            })
            .collect();
        Self { ministry: found.ministry, procedures: found.procedures, units }
    }

    /// The unit at a point in 0..1 of all.
    pub(super) fn unit(&self, at: f64) -> &str {
        let place = self.units.partition_point(|(_, sum)| *sum <= at);
        self.units.get(place).or(self.units.last()).map_or("", |(code, _)| code)
    }

    /// The procedure at a point in 0..1 of those that can be handed in this way.
    pub(super) fn procedure(&self, at: f64, online: bool) -> &Procedure {
        let possible = || self.procedures.iter().filter(|p| !online || p.level != "none");
        let all: u32 = possible().map(|p| p.weight).sum();
        let mut left = at * f64::from(all);
        let chosen = possible().find(|p| {
            left -= f64::from(p.weight);
            left < 0.0
        });
        chosen.unwrap_or_else(|| self.without_service())
    }

    /// The procedure that cannot be handed in online.
    pub(super) fn without_service(&self) -> &Procedure {
        let last = || self.procedures.last();
        let found = self.procedures.iter().find(|p| p.level == "none").or_else(last);
        found.unwrap_or_else(|| unreachable!("built-in dossiers: a field without procedures"))
    }
}
