//! Parties: what the documents ask of them, and whom to call. Who the focal points are stands in the erasable table; the journal
//! only knows that one was set or removed.

use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{
        AppEvent, ContactRemoveArgs, ContactSetArgs, ContactView, ErrorCode, PartiesView, PartySetArgs,
        PartyView, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    party::{self, ENTITY, FocalField, Party, PartyState},
    roles::Permission,
    text::nfc,
};
use pvhcc_store::Contact;

/// Longest field of a focal point, characters.
const LONGEST_FIELD: usize = 200;
/// Longest name of a channel, characters.
const LONGEST_CHANNEL: usize = 100;

impl App {
    /// Every party as it stands.
    pub(crate) async fn party_states(&self) -> Result<Vec<PartyState>, WireError> {
        let shipped = party::builtin().map_err(|e| messages::builtin(&e))?;
        let events = self.events_under(ENTITY).await?;
        Ok(party::project(&shipped, &events))
    }

    /// To whom something is passed on and by which channel, as typed.
    pub(crate) async fn passed_on(&self, party: &str, how: &str) -> Result<(Party, String), WireError> {
        let Some(state) = self.party_states().await?.into_iter().find(|p| p.party.id == party) else {
            return Err(messages::invalid("party", "Hãy chọn bên được báo."));
        };
        let how = nfc(how.trim());
        if how.is_empty() || how.chars().count() > LONGEST_CHANNEL {
            let message = "Hãy ghi báo bằng kênh nào (điện thoại, nhóm trực, công văn), không quá 100 ký tự.";
            return Err(messages::invalid("how", message));
        }
        Ok((state.party, how))
    }

    pub(crate) async fn parties(&self, actor: Option<&Actor>) -> Result<PartiesView, WireError> {
        let contacts = self.0.store.contacts().await.map_err(|e| messages::store(&e))?;
        let obstacles = self.obstacle_states().await?;
        let today = self.now().day();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let parties: Vec<PartyView> = self
            .party_states()
            .await?
            .into_iter()
            .map(|state| {
                let mine = || obstacles.iter().filter(|o| o.obstacle.party == state.party.id);
                let has = |field: FocalField| state.focal.iter().any(|f| f.field == field);
                PartyView {
                    open: count(mine().filter(|o| o.is_open()).count()),
                    overdue: count(mine().filter(|o| o.answer_overdue(today)).count()),
                    missing: FocalField::ALL.into_iter().filter(|f| !has(*f)).collect(),
                    contacts: state
                        .focal
                        .iter()
                        .map(|focal| {
                            let c = contacts.get(&focal.contact_id).cloned().unwrap_or_default();
                            ContactView {
                                id: focal.contact_id.clone(),
                                field: focal.field,
                                name: c.name,
                                unit: c.unit,
                                title: c.title,
                                phone: c.phone,
                                email: c.email,
                                set_at: focal.set_at.0,
                            }
                        })
                        .collect(),
                    changed_at: state.changed_at.map(|at| at.0),
                    units: state.party.units.iter().map(|u| self.unit_view(u)).collect(),
                    id: state.party.id,
                    name: state.party.name,
                    short: state.party.short,
                    duties: state.party.duties,
                    basis: state.party.basis,
                }
            })
            .collect();
        let incomplete = parties.iter().filter(|p| !p.missing.is_empty()).count();
        let headline = match incomplete {
            0 => format!("Cả {} bên đều có đầu mối nghiệp vụ, kỹ thuật và hạ tầng.", parties.len()),
            n => format!("{n} trong {} bên chưa có đủ đầu mối nghiệp vụ, kỹ thuật, hạ tầng.", parties.len()),
        };
        Ok(PartiesView {
            headline,
            parties,
            units: self.0.units.organisations().iter().map(|u| self.unit_view(&u.id)).collect(),
            editable: actor.is_some_and(|a| self.keeps_parties(a)),
        })
    }

    /// Staff of the coordinating units keep parties and focal points.
    fn keeps_parties(&self, actor: &Actor) -> bool {
        actor.role.grants(Permission::EditTasks) && self.0.units.coordinating().contains(&actor.unit)
    }

    fn check_keeper(&self, actor: &Actor) -> Result<(), WireError> {
        if self.keeps_parties(actor) {
            return Ok(());
        }
        Err(WireError::new(
            ErrorCode::Forbidden,
            "Chỉ cán bộ của đơn vị điều phối cập nhật các bên và đầu mối. Hãy gửi thông tin cho họ.",
        ))
    }

    async fn known_party(&self, id: &str) -> Result<PartyState, WireError> {
        self.party_states()
            .await?
            .into_iter()
            .find(|p| p.party.id == id)
            .ok_or_else(|| WireError::new(ErrorCode::NotFound, format!("Không có bên “{id}”.")))
    }

    pub(crate) async fn party_set(
        &self,
        actor: &Actor,
        args: PartySetArgs,
    ) -> Result<PartiesView, WireError> {
        self.check_keeper(actor)?;
        self.known_party(&args.id).await?;
        let name = field("name", &args.name)?;
        if name.is_empty() {
            return Err(messages::invalid("name", "Hãy ghi tên của bên này."));
        }
        let mut duties = Vec::new();
        for duty in &args.duties {
            duties.extend(note(Some(duty)).map_err(|e| e.with("field", "duties"))?);
        }
        if duties.is_empty() {
            return Err(messages::invalid("duties", "Hãy ghi ít nhất một trách nhiệm."));
        }
        let basis = field("basis", &args.basis)?;
        if basis.is_empty() {
            return Err(messages::invalid("basis", "Hãy ghi văn bản giao trách nhiệm."));
        }
        if let Some(unit) = args.units.iter().find(|u| self.0.units.get(u).is_none()) {
            return Err(messages::invalid("units", &format!("Không có đơn vị “{unit}”.")));
        }
        let act = Act::PartySet { name, duties, basis, units: args.units };
        self.said_of_party(actor, &args.id, act).await
    }

    pub(crate) async fn contact_set(
        &self,
        actor: &Actor,
        args: ContactSetArgs,
    ) -> Result<PartiesView, WireError> {
        self.check_keeper(actor)?;
        let party = self.known_party(&args.party).await?;
        let contact = Contact {
            name: field("name", &args.name)?,
            unit: field("unit", &args.unit)?,
            title: field("title", &args.title)?,
            phone: field("phone", &args.phone)?,
            email: field("email", &args.email)?,
        };
        if contact.name.is_empty() {
            return Err(messages::invalid("name", "Hãy ghi họ tên hoặc chức danh của đầu mối."));
        }
        let contact_id = match args.id {
            Some(id) if party.focal.iter().any(|f| f.contact_id == id) => id,
            Some(_) => return Err(no_contact()),
            None => uuid::Uuid::now_v7().to_string(),
        };
        // The row first: an event must never name a row that was not kept.
        self.0.store.put_contact(&contact_id, &contact).await.map_err(|e| messages::store(&e))?;
        let act = Act::ContactSet { contact_id, field: args.field.as_str().to_owned() };
        self.said_of_party(actor, &args.party, act).await
    }

    /// Removes a focal point and erases who it was; that cannot be taken back.
    pub(crate) async fn contact_remove(
        &self,
        actor: &Actor,
        args: ContactRemoveArgs,
    ) -> Result<PartiesView, WireError> {
        self.check_keeper(actor)?;
        let party = self.known_party(&args.party).await?;
        if !party.focal.iter().any(|f| f.contact_id == args.id) {
            return Err(no_contact());
        }
        self.0.store.erase_contact(&args.id).await.map_err(|e| messages::store(&e))?;
        self.said_of_party(actor, &args.party, Act::ContactRemoved { contact_id: args.id }).await
    }

    async fn said_of_party(&self, actor: &Actor, id: &str, act: Act) -> Result<PartiesView, WireError> {
        self.say(actor, &format!("{ENTITY}{id}"), None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.parties(Some(actor)).await
    }
}

fn no_contact() -> WireError {
    WireError::new(ErrorCode::NotFound, "Không còn đầu mối này; có thể người khác vừa xóa.")
}

fn field(name: &str, text: &str) -> Result<String, WireError> {
    let text = nfc(text.trim());
    if text.chars().count() > LONGEST_FIELD {
        return Err(messages::invalid(name, "Nội dung dài quá 200 ký tự. Hãy rút gọn."));
    }
    Ok(text)
}
