//! The units: parties of the connection, agencies and communes, all from `assets/units/`.
//!
//! Must not know who works where: people and roles are the roster's.

use crate::tables::{Source, TableError, read};
use serde::Serialize;
use std::collections::HashSet;

const ORGANISATIONS: Source<'_> = Source {
    name: "assets/units/organisations.csv",
    text: include_str!("../../../../assets/units/organisations.csv"),
};
const COMMUNES: Source<'_> =
    Source { name: "assets/units/communes.csv", text: include_str!("../../../../assets/units/communes.csv") };

/// A party of the connection or an agency of the province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Stable id, as kept in the journal (`tt_pvhcc`).
    pub id: String,
    /// Full name, as the decision writes it.
    pub name: String,
    /// Name for narrow columns.
    pub short_name: String,
    /// Code on the national portal (`H21.09`), where it has one.
    pub dvcqg_code: Option<String>,
    /// Among the agencies scored by QĐ 766 (domain.md §6).
    pub scored: bool,
    /// Updates every task on behalf of its lead unit (design §6).
    pub coordinating: bool,
}

/// A commune-level unit (xã, phường).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Commune {
    /// Code of the statistics office; also its unit id.
    pub code: String,
    /// Name with its type (`Phường Quy Nhơn`).
    pub name: String,
    /// `xã` or `phường`.
    pub kind: String,
    /// Code on the national portal.
    pub dvcqg_code: String,
    /// Province it belonged to before 01/07/2025.
    pub old_province: String,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Approximate area in km²: for weights only.
    pub area_km2: f64,
}

/// All units of a province.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    organisations: Vec<Unit>,
    communes: Vec<Commune>,
}

impl Units {
    /// The units shipped with the product.
    ///
    /// # Errors
    /// When a shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        Self::parse(ORGANISATIONS, COMMUNES)
    }

    /// Reads units from two tables with the headers of the shipped ones.
    ///
    /// # Errors
    /// The first wrong value, with its file, line and column; also an id that occurs twice.
    pub fn parse(organisations: Source<'_>, communes: Source<'_>) -> Result<Self, TableError> {
        let mut ids = HashSet::new();
        let mut units = Self { organisations: Vec::new(), communes: Vec::new() };
        for record in
            read(organisations, &["id", "name", "short_name", "dvcqg_code", "scored", "coordinating"])?
        {
            let unit = Unit {
                id: record.required("id")?,
                name: record.required("name")?,
                short_name: record.required("short_name")?,
                dvcqg_code: Some(record.get("dvcqg_code").to_owned()).filter(|code| !code.is_empty()),
                scored: record.flag("scored")?,
                coordinating: record.flag("coordinating")?,
            };
            if unit.name.contains(';') {
                return Err(record.error("name", "may not contain `;`, which separates names in lists"));
            }
            if !ids.insert(unit.id.clone()) {
                return Err(record.error("id", format_args!("`{}` occurs twice", unit.id)));
            }
            units.organisations.push(unit);
        }
        let header = ["code", "name", "type", "dvcqg_code", "old_province", "lat", "lon", "area_km2"];
        for record in read(communes, &header)? {
            let commune = Commune {
                code: record.required("code")?,
                name: record.required("name")?,
                kind: record.required("type")?,
                dvcqg_code: record.required("dvcqg_code")?,
                old_province: record.required("old_province")?,
                lat: record.parsed("lat", str::parse::<f64>)?,
                lon: record.parsed("lon", str::parse::<f64>)?,
                area_km2: record.parsed("area_km2", str::parse::<f64>)?,
            };
            if !ids.insert(commune.code.clone()) {
                return Err(record.error("code", format_args!("`{}` occurs twice", commune.code)));
            }
            units.communes.push(commune);
        }
        Ok(units)
    }

    /// Parties and agencies, in the order of the file.
    #[must_use]
    pub fn organisations(&self) -> &[Unit] {
        &self.organisations
    }

    /// The commune-level units, in the order of the file.
    #[must_use]
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// The party or agency with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Unit> {
        self.organisations.iter().find(|unit| unit.id == id)
    }

    /// Whether `id` is a unit or a commune.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.get(id).is_some() || self.communes.iter().any(|commune| commune.code == id)
    }

    /// Full name of a unit or commune; an unknown id is its own name, so that nothing is shown blank.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        let commune = || self.communes.iter().find(|c| c.code == id).map_or(id, |c| c.name.as_str());
        self.get(id).map_or_else(commune, |unit| unit.name.as_str())
    }

    /// Short name of a unit; otherwise as [`Units::name`].
    #[must_use]
    pub fn short_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or_else(|| self.name(id), |unit| unit.short_name.as_str())
    }

    /// Ids of the coordinating units (design §6).
    #[must_use]
    pub fn coordinating(&self) -> Vec<String> {
        self.organisations.iter().filter(|unit| unit.coordinating).map(|unit| unit.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::nfc;

    #[test]
    fn the_province_has_14_scored_agencies_and_135_communes() {
        let units = Units::builtin().expect("shipped files are right");
        assert_eq!(units.organisations().iter().filter(|u| u.scored).count(), 14);
        assert!(units.organisations().iter().all(|u| u.scored == u.dvcqg_code.is_some()));
        assert_eq!(units.communes().len(), 135);
        assert_eq!(units.communes().iter().filter(|c| c.kind == "phường").count(), 25);
        assert_eq!(units.communes().iter().filter(|c| c.kind == "xã").count(), 110);
        let codes: HashSet<_> = units.communes().iter().map(|c| &c.dvcqg_code).collect();
        assert_eq!(codes.len(), 135);
        assert!(units.communes().iter().all(|c| nfc(&c.name) == c.name));
    }

    #[test]
    fn the_centre_and_the_office_coordinate() {
        assert_eq!(Units::builtin().expect("valid").coordinating(), ["tt_pvhcc", "vp_ubnd"]);
    }

    #[test]
    fn names_resolve_for_units_communes_and_unknown_ids() {
        let units = Units::builtin().expect("valid");
        assert_eq!(units.name("tt_cds"), "Trung tâm Chuyển đổi số (SKHCN)");
        assert_eq!(units.short_name("tt_cds"), "TT CĐS");
        assert_eq!(units.short_name("21583"), "Phường Quy Nhơn");
        assert_eq!(units.name("nobody"), "nobody");
        assert!(units.contains("21583") && !units.contains("nobody"));
    }

    #[test]
    fn a_unit_listed_twice_is_refused_with_its_line() {
        let organisations = Source {
            name: "o.csv",
            text: "id,name,short_name,dvcqg_code,scored,coordinating\na,A,A,,no,no\na,B,B,,no,no\n",
        };
        let communes =
            Source { name: "c.csv", text: "code,name,type,dvcqg_code,old_province,lat,lon,area_km2\n" };
        let error = Units::parse(organisations, communes).expect_err("twice");
        assert_eq!(error.to_string(), "o.csv, line 3, column id: `a` occurs twice");
    }
}
