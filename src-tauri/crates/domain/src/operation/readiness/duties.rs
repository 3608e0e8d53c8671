//! Who must be ready for what: the sets of duties of `assets/operation/readiness.toml`, and the members each set asks.

use crate::{
    party::Party,
    tables::{Source, TableError},
    text::nfc,
    units::Units,
};
use serde::Deserialize;
use std::collections::HashSet;

const DUTIES: Source<'_> = Source {
    name: "assets/operation/readiness.toml",
    text: include_str!("../../../../../../assets/operation/readiness.toml"),
};
/// Ids of members that are parties begin with this; a unit's is its own.
const PARTY: &str = "party:";

/// One thing to be ready for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Id, as kept in the journal.
    pub id: String,
    /// Name for a column.
    pub short: String,
    /// What a unit that has not reported is asked for, as it stands in a sentence.
    pub ask: String,
    /// Word for word from the document.
    pub text: String,
}

/// Groups of units a set may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Group {
    /// Agencies scored by QĐ 766.
    Agencies,
    /// The commune-level units.
    Communes,
}

/// Duties that the same members have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutySet {
    /// Id.
    pub id: String,
    /// Name of those asked.
    pub title: String,
    /// The document.
    pub basis: String,
    #[serde(default)]
    units: Vec<Group>,
    #[serde(default)]
    party: Option<String>,
    /// The duties, in the document's order.
    #[serde(rename = "duty")]
    pub duties: Vec<Duty>,
}

/// What kind of member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Sở, ban, ngành.
    Agency,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// A party of `assets/parties.toml`.
    Party,
}

/// One who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id: of a unit, or `party:` and the id of a party. The entity is this behind [`super::ENTITY`].
    pub id: String,
    /// Full name.
    pub name: String,
    /// Name for narrow columns.
    pub short: String,
    /// Code on the national portal, where it has one.
    pub code: Option<String>,
    /// Kind.
    pub kind: Kind,
    /// Ids of the units that speak for it.
    pub units: Vec<String>,
}

impl DutySet {
    /// Id of the party asked; `None` where units are.
    #[must_use]
    pub fn party(&self) -> Option<&str> {
        self.party.as_deref()
    }

    /// Those asked, in the order of their lists: agencies before communes.
    #[must_use]
    pub fn members(&self, units: &Units, parties: &[Party]) -> Vec<Member> {
        let mut members = Vec::new();
        for group in &self.units {
            match group {
                Group::Agencies => {
                    members.extend(units.organisations().iter().filter(|u| u.scored).map(|u| Member {
                        id: u.id.clone(),
                        name: u.name.clone(),
                        short: u.short_name.clone(),
                        code: u.dvcqg_code.clone(),
                        kind: Kind::Agency,
                        units: vec![u.id.clone()],
                    }))
                }
                Group::Communes => members.extend(units.communes().iter().map(|c| Member {
                    id: c.code.clone(),
                    name: c.name.clone(),
                    short: c.name.clone(),
                    code: Some(c.dvcqg_code.clone()),
                    kind: if c.kind == "phường" { Kind::Ward } else { Kind::Commune },
                    units: vec![c.code.clone()],
                })),
            }
        }
        members.extend(parties.iter().filter(|p| Some(p.id.as_str()) == self.party()).map(|p| Member {
            id: format!("{PARTY}{}", p.id),
            name: p.name.clone(),
            short: p.short.clone(),
            code: None,
            kind: Kind::Party,
            units: p.units.clone(),
        }));
        members
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    set: Vec<DutySet>,
}

/// The sets shipped with the product, in the order of the file.
///
/// # Errors
/// When the shipped file is wrong; a test keeps that from happening.
pub fn builtin() -> Result<Vec<DutySet>, TableError> {
    parse(DUTIES)
}

/// Reads sets of duties from TOML.
///
/// # Errors
/// The TOML parser's error with its line, an id that occurs twice, a set that asks nobody or for nothing.
pub fn parse(file: Source<'_>) -> Result<Vec<DutySet>, TableError> {
    let wrong = |reason: String| TableError::Syntax { file: file.name.to_owned(), reason };
    let mut parsed: File = toml::from_str(file.text).map_err(|e| wrong(e.to_string()))?;
    let (mut sets, mut duties) = (HashSet::new(), HashSet::new());
    for set in &mut parsed.set {
        if !sets.insert(set.id.clone()) {
            return Err(wrong(format!("set `{}` occurs twice", set.id)));
        }
        if set.units.is_empty() == set.party.is_none() {
            return Err(wrong(format!("set `{}` must ask either units or a party", set.id)));
        }
        if set.duties.is_empty() {
            return Err(wrong(format!("set `{}` has no duty", set.id)));
        }
        (set.title, set.basis) = (nfc(&set.title), nfc(&set.basis));
        for duty in &mut set.duties {
            if !duties.insert(duty.id.clone()) {
                return Err(wrong(format!("duty `{}` occurs twice", duty.id)));
            }
            *duty = Duty {
                id: std::mem::take(&mut duty.id),
                short: nfc(&duty.short),
                ask: nfc(&duty.ask),
                text: nfc(&duty.text),
            };
        }
    }
    Ok(parsed.set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party;

    #[test]
    fn the_letter_asks_149_units_for_five_duties_and_its_parties_for_their_own() {
        let (units, parties) = (Units::builtin().expect("valid"), party::builtin().expect("valid"));
        let sets = builtin().expect("valid");
        let of_units = &sets[0];
        assert_eq!(of_units.duties.len(), 5);
        let members = of_units.members(&units, &parties);
        let count = |kind| members.iter().filter(|m| m.kind == kind).count();
        assert_eq!((count(Kind::Agency), count(Kind::Ward), count(Kind::Commune)), (14, 25, 110));
        for set in &sets[1..] {
            let [member] = set.members(&units, &parties).try_into().expect("one party");
            assert_eq!(member.kind, Kind::Party, "{}", set.id);
        }
    }

    #[test]
    fn every_duty_is_one_of_the_partys_own_word_for_word() {
        let parties = party::builtin().expect("valid");
        for set in builtin().expect("valid") {
            let party = parties.iter().find(|p| p.id == set.party().unwrap_or("so_xa")).expect("a party");
            assert_eq!(party.basis, set.basis);
            for duty in &set.duties {
                assert!(party.duties.contains(&duty.text), "{}: {}", set.id, duty.id);
                assert!(duty.short.chars().count() <= 30, "{}", duty.short);
            }
        }
    }

    #[test]
    fn a_set_that_asks_nobody_and_a_duty_that_occurs_twice_are_refused_by_name() {
        let read = |text| parse(Source { name: "r.toml", text }).expect_err("refused").to_string();
        let duty = "[[set.duty]]\nid='a'\nshort='A'\nask='a'\ntext='A'\n";
        let nobody = format!("[[set]]\nid='s'\ntitle='S'\nbasis='B'\n{duty}");
        assert!(read(&nobody).contains("set `s` must ask"));
        let twice = format!("[[set]]\nid='s'\ntitle='S'\nbasis='B'\nparty='p'\n{duty}{duty}");
        assert!(read(&twice).contains("duty `a` occurs twice"));
    }
}
