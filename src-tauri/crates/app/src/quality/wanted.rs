//! Which records are looked at.

use crate::{
    dossiers::Names,
    messages,
    wire::{QualityArgs, SplitBy, UnitGroup, WireError},
};
use pvhcc_domain::{
    dossier::systems::is_part_of,
    quality::{Part, Rule},
};

/// The part of the records that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    args: QualityArgs,
    names: Names,
}

impl Wanted {
    pub(crate) fn new(args: &QualityArgs, names: &Names) -> Self {
        let said = |code: &Option<String>| code.clone().filter(|code| !code.is_empty());
        // The empty unit is "not told"; an empty system is no system.
        let args = QualityArgs { system: said(&args.system), ..args.clone() };
        Self { args, names: names.clone() }
    }

    pub(crate) fn takes(&self, part: &Part) -> bool {
        let unit = part.unit.as_deref().unwrap_or_default();
        self.args.system.as_deref().is_none_or(|outer| is_part_of(&part.system, outer))
            && self.args.unit_group.is_none_or(|group| self.group(unit) == group)
            && self.args.unit.as_deref().is_none_or(|code| code == unit)
    }

    pub(crate) fn group(&self, unit: &str) -> UnitGroup {
        self.names.units().group(unit)
    }

    /// `hệ thống tỉnh · Sở Y tế`; nothing when it is all.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(system) = &self.args.system {
            words.push(self.names.systems.name(system).to_owned());
        }
        if let Some(group) = self.args.unit_group {
            words.push(
                match group {
                    UnitGroup::Agency => "sở, ban, ngành",
                    UnitGroup::Commune => "xã, phường",
                    UnitGroup::Unknown => "không rõ đơn vị",
                }
                .to_owned(),
            );
        }
        if let Some(unit) = &self.args.unit {
            words.push(self.names.name(SplitBy::Unit, unit));
        }
        words
    }
}

/// The rule with a name, where one was given.
///
/// # Errors
/// `Invalid` for a name that no rule has.
pub(crate) fn rule(id: Option<&str>) -> Result<Option<Rule>, WireError> {
    let unknown =
        |id: &str| messages::invalid("rule", &format!("Không có quy tắc chất lượng dữ liệu “{id}”."));
    id.filter(|id| !id.is_empty()).map(|id| Rule::from_id(id).ok_or_else(|| unknown(id))).transpose()
}
