//! The parties that must answer obstacles, their duties, and their focal points (document 001 mục 1–5, task 2 of the checklist).
//!
//! Who a focal point is does not stand here: names, phones and addresses live in a table that can be erased.

use crate::{
    act::{Act, Event},
    tables::{Source, TableError},
    text::nfc,
    time::Ms,
};
use serde::{Deserialize, Serialize};

const PARTIES: Source<'_> =
    Source { name: "assets/parties.toml", text: include_str!("../../../../assets/parties.toml") };

/// Entities of parties begin with this; the rest is the party's id.
pub const ENTITY: &str = "party:";

/// A party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Stable id (`vnpt`).
    pub id: String,
    /// Full name.
    pub name: String,
    /// Name for narrow columns.
    pub short: String,
    /// The document its duties come from.
    pub basis: String,
    /// Ids of the units that act for it.
    pub units: Vec<String>,
    /// Its duties.
    pub duties: Vec<String>,
}

/// What a focal point is for (task 2: "đầu mối nghiệp vụ, đầu mối kỹ thuật, đầu mối hạ tầng").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FocalField {
    /// Nghiệp vụ.
    Business,
    /// Kỹ thuật.
    Technical,
    /// Hạ tầng.
    Infrastructure,
}

impl FocalField {
    /// All three, in the task's order.
    pub const ALL: [Self; 3] = [Self::Business, Self::Technical, Self::Infrastructure];

    /// The name kept in the journal.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Technical => "technical",
            Self::Infrastructure => "infrastructure",
        }
    }

    /// Reads [`FocalField::as_str`] back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == text)
    }
}

/// A focal point, without who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focal {
    /// Row of the erasable table.
    pub contact_id: String,
    /// What it is for.
    pub field: FocalField,
    /// When it was last set.
    pub set_at: Ms,
}

/// A party as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyState {
    /// Name and duties in force.
    pub party: Party,
    /// Staff set them; they no longer are those shipped.
    pub changed_at: Option<Ms>,
    /// Focal points by field, each field in the order they were first set.
    pub focal: Vec<Focal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    systems: Vec<String>,
    party: Vec<Party>,
}

/// The parties shipped with the product, in the order of the file.
///
/// # Errors
/// When the shipped file is wrong; a test keeps that from happening.
pub fn builtin() -> Result<Vec<Party>, TableError> {
    parse(PARTIES)
}

/// Systems that obstacles are about, as the documents name them; others are named by whoever raises an obstacle.
///
/// # Errors
/// When the shipped file is wrong; a test keeps that from happening.
pub fn systems() -> Result<Vec<String>, TableError> {
    Ok(read(PARTIES)?.systems.iter().map(|name| nfc(name)).collect())
}

fn read(file: Source<'_>) -> Result<File, TableError> {
    toml::from_str(file.text)
        .map_err(|e| TableError::Syntax { file: file.name.to_owned(), reason: e.to_string() })
}

/// Reads parties from TOML.
///
/// # Errors
/// The TOML parser's error with its line, or an id that occurs twice.
pub fn parse(file: Source<'_>) -> Result<Vec<Party>, TableError> {
    let wrong = |reason: String| TableError::Syntax { file: file.name.to_owned(), reason };
    let parsed = read(file)?;
    let mut parties: Vec<Party> = Vec::new();
    for party in parsed.party {
        if parties.iter().any(|p| p.id == party.id) {
            return Err(wrong(format!("party `{}` occurs twice", party.id)));
        }
        parties.push(Party {
            name: nfc(&party.name),
            short: nfc(&party.short),
            basis: nfc(&party.basis),
            duties: party.duties.iter().map(|d| nfc(d)).collect(),
            ..party
        });
    }
    Ok(parties)
}

/// The parties as they stand: those shipped, with what the events (of all parties, in journal order) made of them.
///
/// Acts on focal points are not taken back here: removing one erases a person's data, which no undo brings back.
#[must_use]
pub fn project(builtin: &[Party], events: &[Event]) -> Vec<PartyState> {
    let undone = crate::task::undone(events);
    let start = |party: &Party| PartyState { party: party.clone(), changed_at: None, focal: Vec::new() };
    let mut parties: Vec<PartyState> = builtin.iter().map(start).collect();
    for event in events {
        let Some(id) = event.entity.strip_prefix(ENTITY) else { continue };
        let known = parties.iter_mut().find(|p| p.party.id == id);
        match &event.act {
            Act::PartySet { .. } if undone.contains(event.id.as_str()) => {}
            Act::PartySet { name, duties, basis, units } => {
                let short = known.as_ref().map_or(name, |p| &p.party.short).clone();
                let party = Party {
                    id: id.to_owned(),
                    name: name.clone(),
                    short,
                    basis: basis.clone(),
                    units: units.clone(),
                    duties: duties.clone(),
                };
                match known {
                    Some(p) => (p.party, p.changed_at) = (party, Some(event.said_at)),
                    None => parties.push(PartyState { changed_at: Some(event.said_at), ..start(&party) }),
                }
            }
            Act::ContactSet { contact_id, field } => {
                let (Some(known), Some(field)) = (known, FocalField::parse(field)) else { continue };
                let set_at = event.said_at;
                match known.focal.iter_mut().find(|f| f.contact_id == *contact_id) {
                    Some(focal) => (focal.field, focal.set_at) = (field, set_at),
                    None => known.focal.push(Focal { contact_id: contact_id.clone(), field, set_at }),
                }
                known.focal.sort_by_key(|f| f.field);
            }
            Act::ContactRemoved { contact_id } => {
                if let Some(known) = known {
                    known.focal.retain(|f| f.contact_id != *contact_id);
                }
            }
            _ => {}
        }
    }
    parties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        roles::{Auth, Role},
        units::Units,
    };

    fn events(acts: &[(&str, Act)]) -> Vec<Event> {
        acts.iter()
            .enumerate()
            .map(|(i, (entity, act))| Event {
                id: format!("e{i}"),
                position: i as i64 + 1,
                device: String::new(),
                device_seq: i as i64 + 1,
                said_at: Ms(i as i64),
                clock_suspect: false,
                actor: "p".into(),
                role: Role::Staff,
                auth: Auth::Online,
                entity: (*entity).to_owned(),
                based_on: None,
                act: act.clone(),
            })
            .collect()
    }

    #[test]
    fn the_shipped_parties_are_those_of_the_documents_and_name_real_units() {
        let parties = builtin().expect("shipped file is right");
        let ids: Vec<&str> = parties.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["so_xa", "pc06", "vnpt", "mobifone", "vp_ubnd", "c12", "so_khcn", "bo_nganh"]);
        let units = Units::builtin().expect("valid");
        for party in &parties {
            assert!(!party.duties.is_empty() && !party.basis.is_empty(), "{}", party.id);
            assert!(party.units.iter().all(|u| units.get(u).is_some()), "{}", party.id);
        }
        let of = |id: &str| parties.iter().find(|p| p.id == id).map_or(0, |p| p.duties.len());
        assert_eq!((of("so_xa"), of("pc06"), of("vnpt"), of("mobifone"), of("vp_ubnd")), (5, 2, 3, 1, 2));
    }

    #[test]
    fn no_shipped_text_has_a_phone_number_or_an_address() {
        for party in builtin().expect("valid") {
            for text in party.duties.iter().chain([&party.name, &party.basis]) {
                let digits = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
                assert!(digits < 6 && !text.contains('@'), "{text}");
            }
        }
    }

    #[test]
    fn what_staff_set_stands_until_it_is_taken_back_and_focal_points_only_until_removed() {
        let set = |id: &str, field: &str| Act::ContactSet { contact_id: id.into(), field: field.into() };
        let renamed = Act::PartySet {
            name: "VNPT Gia Lai (mới)".into(),
            duties: vec!["Trực".into()],
            basis: "Công văn 1".into(),
            units: vec!["vnpt".into()],
        };
        let mut said = vec![
            ("party:vnpt", set("a", "infrastructure")),
            ("party:vnpt", set("b", "business")),
            ("party:vnpt", renamed),
            ("party:vnpt", Act::ContactRemoved { contact_id: "a".into() }),
        ];
        let shipped = builtin().expect("valid");
        let vnpt = |said: &[(&str, Act)]| {
            let all = project(&shipped, &events(said));
            all.into_iter().find(|p| p.party.id == "vnpt").expect("there")
        };
        let seen = vnpt(&said);
        assert_eq!(
            (seen.party.name.as_str(), seen.party.short.as_str()),
            ("VNPT Gia Lai (mới)", "VNPT Gia Lai")
        );
        assert_eq!(seen.focal.iter().map(|f| f.contact_id.as_str()).collect::<Vec<_>>(), ["b"]);
        said.push(("party:vnpt", Act::ActUndone { event_id: "e2".into() }));
        said.push(("party:vnpt", Act::ActUndone { event_id: "e3".into() }));
        let back = vnpt(&said);
        assert_eq!((back.party.name.as_str(), back.changed_at), ("VNPT – Gia Lai", None));
        assert_eq!(back.focal.len(), 1, "a removed person does not come back");
    }
}
