//! Who can be put on duty, and how to reach them. Names and channels stand in tables that can be erased: of somebody of the
//! roster the channel, of anybody else (a technician who does not use the program) all of it.

use super::PART;
use crate::{
    App, messages,
    people::{Actor, ROSTER, roster_at},
    wire::{
        AppEvent, DutyPerson, DutyPersonArgs, DutyPersonKey, DutyPersonView, ErrorCode, UnitView, WireError,
    },
    words,
};
use pvhcc_domain::text::{collate_key, nfc};
use pvhcc_store::Contact;
use std::collections::BTreeMap;

/// Rows of the table of contacts that belong to the duty begin with this; the rest is the id of the person.
pub(crate) const CONTACT: &str = "duty:";
/// Longest field, characters.
const LONGEST_FIELD: usize = 200;

/// Everybody who can be put on duty, and those who once were.
pub(super) struct People {
    /// By id; those of the roster before the others, by unit and name.
    known: Vec<DutyPerson>,
    place: BTreeMap<String, usize>,
}

impl People {
    pub(super) fn all(&self) -> impl Iterator<Item = &DutyPerson> {
        self.known.iter()
    }

    pub(super) fn get(&self, id: &str) -> Option<&DutyPerson> {
        self.place.get(id).and_then(|place| self.known.get(*place))
    }

    /// The person, also one whose data were erased.
    pub(super) fn person(&self, id: &str) -> DutyPerson {
        self.get(id).cloned().unwrap_or_else(|| DutyPerson {
            id: id.to_owned(),
            name: "đã xóa tên".to_owned(),
            title: String::new(),
            unit: UnitView { id: String::new(), short: String::new(), name: String::new() },
            phone: String::new(),
            email: String::new(),
            listed: false,
        })
    }

    pub(super) fn name(&self, id: &str) -> String {
        self.get(id).map_or_else(|| "đã xóa tên".to_owned(), |p| p.name.clone())
    }

    /// Those of that name: in their unit first.
    pub(super) fn named<'a>(&'a self, name: &str, unit: &str) -> Vec<&'a DutyPerson> {
        let same = |p: &&DutyPerson| collate_key(&p.name) == collate_key(name);
        let of_unit: Vec<&DutyPerson> =
            self.known.iter().filter(same).filter(|p| p.unit.id == unit).collect();
        if of_unit.is_empty() { self.known.iter().filter(same).collect() } else { of_unit }
    }
}

impl App {
    pub(super) async fn duty_people(&self) -> Result<People, WireError> {
        let failed = |e| messages::store(&e);
        let names = self.0.store.names().await.map_err(failed)?;
        let mut contacts = self.0.store.contacts().await.map_err(failed)?;
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let mut known: Vec<DutyPerson> = Vec::new();
        for a in roster.iter().filter(|a| a.active) {
            let contact = contacts.remove(&format!("{CONTACT}{}", a.roster_id)).unwrap_or_default();
            known.push(DutyPerson {
                id: a.roster_id.clone(),
                name: names.get(&a.roster_id).cloned().unwrap_or_else(|| words::role(a.role).to_owned()),
                title: if contact.title.is_empty() { words::role(a.role).to_owned() } else { contact.title },
                unit: self.unit_named(&a.unit),
                phone: contact.phone,
                email: contact.email,
                listed: true,
            });
        }
        for (id, contact) in contacts {
            let Some(id) = id.strip_prefix(CONTACT) else { continue };
            // Somebody who left the roster keeps a name there.
            let name = names.get(id).cloned().unwrap_or(contact.name);
            if name.is_empty() {
                continue;
            }
            known.push(DutyPerson {
                id: id.to_owned(),
                name,
                title: contact.title,
                unit: self.unit_named(&contact.unit),
                phone: contact.phone,
                email: contact.email,
                listed: false,
            });
        }
        known.sort_by_cached_key(|p| (collate_key(&p.unit.name), collate_key(&p.name), p.id.clone()));
        let place = known.iter().enumerate().map(|(place, p)| (p.id.clone(), place)).collect();
        Ok(People { known, place })
    }

    pub(crate) async fn duty_person_set(
        &self,
        actor: &Actor,
        args: DutyPersonArgs,
    ) -> Result<DutyPersonView, WireError> {
        let people = self.duty_people().await?;
        let known = match &args.id {
            Some(id) => Some(people.get(id).ok_or_else(gone)?),
            None => None,
        };
        let listed = known.is_some_and(|p| p.listed);
        let unit = match known {
            Some(person) if person.listed => person.unit.id.clone(),
            _ => args.unit.clone(),
        };
        if !self.0.units.contains(&unit) {
            return Err(messages::invalid("unit", "Hãy chọn đơn vị của người trực."));
        }
        for unit in known.map(|p| p.unit.id.as_str()).into_iter().chain([unit.as_str()]) {
            self.check_setter(actor, unit)?;
        }
        let name = field("name", &args.name)?;
        if name.is_empty() && !listed {
            return Err(messages::invalid("name", "Hãy ghi họ tên hoặc chức danh của người trực."));
        }
        let same = |p: &DutyPerson| collate_key(&p.name) == collate_key(&name) && p.unit.id == unit;
        if !listed && people.all().any(|p| same(p) && Some(&p.id) != args.id.as_ref()) {
            let message = format!("{} đã có “{name}” trong danh sách trực.", self.0.units.name(&unit));
            return Err(messages::invalid("name", &message));
        }
        let contact = Contact {
            name: if listed { String::new() } else { name.clone() },
            unit,
            title: field("title", &args.title)?,
            phone: field("phone", &args.phone)?,
            email: field("email", &args.email)?,
        };
        let shown = known.filter(|p| p.listed).map_or(name, |p| p.name.clone());
        let id = args.id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
        let kept = self.0.store.put_contact(&format!("{CONTACT}{id}"), &contact).await;
        kept.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(DutyPersonView { id, message: format!("Đã ghi cách liên hệ của {shown}.") })
    }

    /// Erases who somebody is and how to reach them; that cannot be taken back. Shifts keep the id alone.
    pub(crate) async fn duty_person_remove(
        &self,
        actor: &Actor,
        args: DutyPersonKey,
    ) -> Result<DutyPersonView, WireError> {
        let room = self.duty_room().await?;
        let person = room.people.get(&args.id).ok_or_else(gone)?;
        self.check_setter(actor, &person.unit.id)?;
        let now = room.now;
        let on = |s: &&super::ShiftState| s.shift.to > now && s.shift.people().any(|p| p == args.id);
        if let Some(shift) = room.shifts.iter().find(on) {
            let message = format!(
                "{} còn trong ca «{}». Hãy đổi người ca này trước khi xóa.",
                person.name,
                super::shift_text(&room, &shift.shift)
            );
            return Err(messages::invalid("id", &message));
        }
        let erased = self.0.store.erase_contact(&format!("{CONTACT}{}", args.id)).await;
        erased.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(DutyPersonView {
            id: args.id, message: format!("Đã xóa cách liên hệ của {}.", person.name)
        })
    }

    pub(super) fn check_setter(&self, actor: &Actor, unit: &str) -> Result<(), WireError> {
        if self.may_set_shifts(actor, unit) {
            return Ok(());
        }
        Err(WireError::new(
            ErrorCode::Forbidden,
            format!(
                "Bạn chỉ xếp được ca trực của đơn vị mình, không xếp được của {}. Đơn vị điều phối xếp thay mọi đơn vị.",
                self.0.units.name(unit)
            ),
        ))
    }
}

fn gone() -> WireError {
    WireError::new(
        ErrorCode::NotFound,
        "Không còn người này trong danh sách trực; có thể người khác vừa xóa.",
    )
}

fn field(name: &str, text: &str) -> Result<String, WireError> {
    let text = nfc(text.trim());
    if text.chars().count() > LONGEST_FIELD {
        return Err(messages::invalid(name, "Nội dung dài quá 200 ký tự. Hãy rút gọn."));
    }
    Ok(text)
}
