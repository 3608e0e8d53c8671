//! Dossiers taken on paper and money taken in cash while a system was out: entered, re-entered in the system, paired; none is
//! forgotten.

use super::{FALLBACK, FallbackAct, FallbackEntry, in_flight::By};
use crate::{
    act::{Act, Event},
    task::undone,
    text::fold,
    time::Ms,
};
use std::collections::BTreeMap;

/// How far an entry got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// On paper only.
    Taken,
    /// In the system, not yet found there and compared.
    Reentered,
    /// Found and the same.
    Paired,
    /// Entered by mistake.
    Voided,
}

/// That an entry was put into the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reentry {
    /// Code of the dossier there.
    pub dossier: String,
    /// When it was done.
    pub at: Ms,
    /// Who said so.
    pub by: By,
}

/// An entry as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FallbackState {
    /// Its id.
    pub id: String,
    /// What it says now.
    pub entry: FallbackEntry,
    /// Who entered it, and when.
    pub taken: By,
    /// Put into the system.
    pub reentered: Option<Reentry>,
    /// Found there: by whom, with what remark.
    pub paired: Option<(By, Option<String>)>,
    /// Entered by mistake: by whom, and why.
    pub voided: Option<(By, String)>,
    /// Last event; the base of the next edit.
    pub last_event: String,
    /// Its position.
    pub position: i64,
    /// Who said that (pseudonym), and in which role.
    pub last_by: (String, crate::roles::Role),
}

impl FallbackState {
    /// How far it got.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (&self.voided, &self.paired, &self.reentered) {
            (Some(_), ..) => Stage::Voided,
            (_, Some(_), _) => Stage::Paired,
            (_, _, Some(_)) => Stage::Reentered,
            _ => Stage::Taken,
        }
    }

    /// Still to be done something about.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage(), Stage::Taken | Stage::Reentered)
    }

    /// Not in the system `limit` ms after it was taken.
    #[must_use]
    pub fn is_overdue(&self, now: Ms, limit: i64) -> bool {
        self.stage() == Stage::Taken && now.0.saturating_sub(self.entry.at.0) > limit
    }

    /// Code under which it stands in the system, or will.
    #[must_use]
    pub fn dossier(&self) -> Option<&str> {
        self.reentered.as_ref().map(|r| r.dossier.as_str()).or(self.entry.dossier.as_deref())
    }

    fn take(&mut self, act: &FallbackAct, by: By) {
        match act {
            // The entering itself begins the state.
            FallbackAct::Taken { .. } => {}
            FallbackAct::Changed { entry, .. } => self.entry = entry.clone(),
            FallbackAct::Reentered { dossier, at } => {
                self.reentered = Some(Reentry { dossier: dossier.clone(), at: *at, by });
                self.paired = None;
            }
            FallbackAct::Paired { remark } => self.paired = Some((by, remark.clone())),
            FallbackAct::Voided { reason } => self.voided = Some((by, reason.clone())),
        }
    }
}

/// Folds the events of the register (of all entries, in journal order), by when they were taken. What was taken back counts
/// as not said; an entry whose entering was taken back is none.
#[must_use]
pub fn project_fallback(events: &[Event]) -> Vec<FallbackState> {
    let undone = undone(events);
    let mut entries: BTreeMap<&str, FallbackState> = BTreeMap::new();
    for event in events {
        let Some(id) = event.entity.strip_prefix(FALLBACK) else { continue };
        let by =
            By { actor: event.actor.clone(), role: event.role, at: event.said_at, position: event.position };
        let stands = !undone.contains(event.id.as_str());
        if let (true, Act::Fallback(act)) = (stands, &event.act) {
            match (entries.get_mut(id), act) {
                (Some(state), act) => state.take(act, by),
                (None, FallbackAct::Taken { entry }) => {
                    let state = FallbackState {
                        id: id.to_owned(),
                        entry: entry.clone(),
                        taken: by,
                        reentered: None,
                        paired: None,
                        voided: None,
                        last_event: String::new(),
                        position: 0,
                        last_by: (event.actor.clone(), event.role),
                    };
                    entries.insert(id, state);
                }
                (None, _) => {}
            }
        }
        if let Some(state) = entries.get_mut(id) {
            state.last_event.clone_from(&event.id);
            state.position = event.position;
            state.last_by = (event.actor.clone(), event.role);
        }
    }
    let mut all: Vec<FallbackState> = entries.into_values().collect();
    all.sort_by(|a, b| (a.entry.at, &a.id).cmp(&(b.entry.at, &b.id)));
    all
}

/// Why an entry may be one that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twice {
    /// Another of the same kind and unit has this receipt: its id.
    Receipt(String),
    /// Another of the same kind stands for this dossier: its id.
    Dossier(String),
}

/// Whether `entry` (of `id`, where it has one) is there already: the same receipt of the same unit and kind, or the same
/// dossier as another of its kind that is no mistake.
#[must_use]
pub fn taken_twice(
    all: &[FallbackState],
    id: Option<&str>,
    entry: &FallbackEntry,
    dossier: Option<&str>,
) -> Option<Twice> {
    let others = || {
        all.iter()
            .filter(|s| Some(s.id.as_str()) != id && s.stage() != Stage::Voided && s.entry.kind == entry.kind)
    };
    let receipt = fold(&entry.receipt);
    if let Some(same) = others().find(|s| s.entry.unit == entry.unit && fold(&s.entry.receipt) == receipt) {
        return Some(Twice::Receipt(same.id.clone()));
    }
    let code = fold(dossier?);
    let same = others().find(|s| s.dossier().is_some_and(|d| fold(d) == code))?;
    Some(Twice::Dossier(same.id.clone()))
}
