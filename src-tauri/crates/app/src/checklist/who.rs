//! Who did something, as shown: the name from the erasable table, else the role; and the unit.

use crate::{
    App, messages,
    people::{Assignment, ROSTER, roster_at},
    wire::WireError,
    words,
};
use pvhcc_domain::{act::Event, roles::Role};
use std::collections::BTreeMap;

/// Everybody the roster ever knew.
pub(crate) struct Who {
    roster: Vec<Assignment>,
    names: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
}

impl App {
    pub(crate) async fn who(&self) -> Result<Who, WireError> {
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let units = roster.iter().map(|a| (a.unit.clone(), self.unit_view(&a.unit).short)).collect();
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        Ok(Who { roster, names: names.into_iter().collect(), units })
    }
}

impl Who {
    /// The name of a person of the roster; `None` where it was erased.
    pub(crate) fn name(&self, person: &str) -> Option<&str> {
        let assignment = self.roster.iter().find(|a| a.person == person)?;
        self.names.get(&assignment.roster_id).map(String::as_str)
    }

    /// `Chuyên viên 01 · TT PVHCC tỉnh`.
    pub(crate) fn of(&self, event: &Event) -> String {
        self.person(&event.actor, event.role)
    }

    /// The same of a person who acted in a role.
    pub(crate) fn person(&self, person: &str, role: Role) -> String {
        let person = self.roster.iter().find(|a| a.person == person);
        let name = person
            .and_then(|a| self.names.get(&a.roster_id))
            .map_or_else(|| words::role(role).to_owned(), Clone::clone);
        let unit =
            person.and_then(|a| self.units.get(&a.unit)).map(|u| format!(" · {u}")).unwrap_or_default();
        format!("{name}{unit}")
    }
}
