//! Who acts on the command line.
//!
//! Nobody signs in there: schedulers and servers have no browser and no VNeID. The account of the operating system that can
//! read the profile's folder stands in for it, so reading needs no name. Writing needs the name of a person of the roster,
//! whose role and unit then bind as in the window; the act is marked [`Auth::CommandLine`], for the name was told, not
//! proved. Who has which role stays with people who sign in.

use super::{ROSTER, roster_at};
use crate::{
    App, messages,
    wire::{ErrorCode, WireError},
    words,
};
use pvhcc_domain::roles::Auth;

impl App {
    /// Takes the commands of this opening as coming from the command line; `person` is the roster id in whose name they write.
    /// What watches in a window's place reads, in nobody's name.
    ///
    /// # Errors
    /// `Forbidden` to write where a window's lock is held, for there people sign in; `NotFound` when nobody with a role in force has this
    /// roster id (the message lists those who have one).
    pub async fn on_command_line(&self, person: Option<&str>) -> Result<(), WireError> {
        if person.is_some() && self.is_window() {
            return Err(WireError::new(ErrorCode::Forbidden, "Trong cửa sổ, hãy đăng nhập bằng VNeID."));
        }
        let known = match person {
            None => None,
            Some(id) => Some((self.pseudonym_of(id).await?, Auth::CommandLine)),
        };
        let mut session = self.0.session.lock().await;
        session.known = known;
        session.command_line = true;
        Ok(())
    }

    async fn pseudonym_of(&self, roster_id: &str) -> Result<String, WireError> {
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        if let Some(found) = roster.iter().find(|a| a.active && a.roster_id == roster_id) {
            return Ok(found.person.clone());
        }
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        let people: Vec<String> = roster
            .iter()
            .filter(|a| a.active)
            .map(|a| {
                let name = names.get(&a.roster_id).map_or("", String::as_str);
                let unit = self.unit_view(&a.unit).short;
                format!("\n  {}  {name} ({}, {unit})", a.roster_id, words::role(a.role))
            })
            .collect();
        let people = if people.is_empty() { "\n  (chưa có ai)".to_owned() } else { people.concat() };
        Err(WireError::new(
            ErrorCode::NotFound,
            format!("Không có ai đang có vai trò với mã “{roster_id}”. Những người có vai trò:{people}"),
        )
        .with("as", roster_id))
    }
}
