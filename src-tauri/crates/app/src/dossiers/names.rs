//! What people call systems, units, fields, procedures and channels.

use crate::wire::{SplitBy, UnitGroup};
use pvhcc_domain::{
    dossier::{Channel, systems::Systems},
    units::Units,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Names by code. Those of fields and procedures are learned from the sources.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) systems: Arc<Systems>,
    /// By code on the portal, in the order of the lists.
    units: Arc<UnitNames>,
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) procedures: BTreeMap<String, String>,
}

/// Units by their code on the portal.
#[derive(Debug)]
pub(crate) struct UnitNames {
    order: Vec<String>,
    by_code: HashMap<String, UnitName>,
}

#[derive(Debug)]
struct UnitName {
    name: String,
    short: String,
    group: UnitGroup,
}

impl UnitNames {
    pub(crate) fn of(units: &Units) -> Self {
        let agencies = units.organisations().iter().filter_map(|unit| {
            let name = UnitName {
                name: unit.name.clone(),
                short: unit.short_name.clone(),
                group: UnitGroup::Agency,
            };
            Some((unit.dvcqg_code.clone()?, name))
        });
        let communes = units.communes().iter().map(|commune| {
            let name = UnitName {
                name: commune.name.clone(),
                short: commune.name.clone(),
                group: UnitGroup::Commune,
            };
            (commune.dvcqg_code.clone(), name)
        });
        let listed: Vec<(String, UnitName)> = agencies.chain(communes).collect();
        Self {
            order: listed.iter().map(|(code, _)| code.clone()).collect(),
            by_code: listed.into_iter().collect(),
        }
    }

    /// The kind of unit with this code on the portal.
    pub(crate) fn group(&self, code: &str) -> UnitGroup {
        self.by_code.get(code).map_or(UnitGroup::Unknown, |unit| unit.group)
    }

    /// What a unit is called where room is short; its code for one that is not in the lists.
    pub(crate) fn short<'a>(&'a self, code: &'a str) -> &'a str {
        self.by_code.get(code).map_or(code, |unit| &unit.short)
    }

    /// Codes in the order of the lists: agencies, then communes.
    pub(crate) fn codes(&self) -> &[String] {
        &self.order
    }
}

impl Names {
    pub(crate) fn new(
        systems: Arc<Systems>,
        units: Arc<UnitNames>,
        fields: BTreeMap<String, String>,
        procedures: BTreeMap<String, String>,
    ) -> Self {
        Self { systems, units, fields, procedures }
    }

    pub(crate) fn units(&self) -> &Arc<UnitNames> {
        &self.units
    }

    /// The name of a value of a cell; its code where no name is known, and words where it is not told.
    pub(crate) fn name(&self, by: SplitBy, code: &str) -> String {
        if code.is_empty() {
            return not_told(by).to_owned();
        }
        match by {
            SplitBy::System | SplitBy::Subsystem => capital(self.systems.name(code)),
            SplitBy::UnitGroup => group_name(code).to_owned(),
            SplitBy::Unit => self.units.by_code.get(code).map_or_else(|| code.to_owned(), |u| u.name.clone()),
            SplitBy::Field => self.fields.get(code).cloned().unwrap_or_else(|| code.to_owned()),
            SplitBy::Procedure => self.procedures.get(code).cloned().unwrap_or_else(|| code.to_owned()),
            SplitBy::Channel => channel(code).to_owned(),
            SplitBy::Month => code.to_owned(),
        }
    }

    /// The same for narrow places.
    pub(crate) fn short(&self, by: SplitBy, code: &str) -> String {
        match by {
            SplitBy::System | SplitBy::Subsystem if !code.is_empty() => {
                capital(self.systems.short_name(code))
            }
            SplitBy::Unit if !code.is_empty() => self.units.short(code).to_owned(),
            _ => self.name(by, code),
        }
    }
}

fn not_told(by: SplitBy) -> &'static str {
    match by {
        SplitBy::System | SplitBy::Subsystem => "Không rõ hệ thống",
        SplitBy::UnitGroup | SplitBy::Unit => "Không rõ đơn vị",
        SplitBy::Field => "Không rõ lĩnh vực",
        SplitBy::Procedure => "Không rõ thủ tục",
        SplitBy::Channel => "Không rõ kênh",
        SplitBy::Month => "Không rõ tháng",
    }
}

/// The code of a group in cells and files.
pub(crate) fn group_code(group: UnitGroup) -> &'static str {
    match group {
        UnitGroup::Agency => "agency",
        UnitGroup::Commune => "commune",
        UnitGroup::Unknown => "unknown",
    }
}

/// The group of a code.
pub(crate) fn group_of(code: &str) -> Option<UnitGroup> {
    [UnitGroup::Agency, UnitGroup::Commune, UnitGroup::Unknown].into_iter().find(|g| group_code(*g) == code)
}

fn group_name(code: &str) -> &'static str {
    match group_of(code) {
        Some(UnitGroup::Agency) => "Sở, ban, ngành",
        Some(UnitGroup::Commune) => "Xã, phường",
        Some(UnitGroup::Unknown) | None => "Không rõ đơn vị",
    }
}

/// Words of a channel.
pub(crate) fn channel(code: &str) -> &'static str {
    [Channel::Direct, Channel::Online, Channel::Postal].into_iter().find(|c| c.as_str() == code).map_or(
        "Không rõ kênh",
        |channel| match channel {
            Channel::Direct => "Trực tiếp",
            Channel::Online => "Trực tuyến",
            Channel::Postal => "Bưu chính công ích",
        },
    )
}

/// With a capital first letter, as a heading begins.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
