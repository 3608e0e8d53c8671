//! The roster: who has which role, folded from its events; and the commands that change it.

use super::{Actor, ROSTER};
use crate::{
    App,
    checklist::day,
    messages,
    wire::{AppEvent, AssignArgs, EndArgs, ErrorCode, PersonView, RequestView, RosterView, WireError},
    words,
};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::{Act, Event},
    roles::Role,
};
use pvhcc_store::NewEvent;

/// One person's role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) person: String,
    pub(crate) roster_id: String,
    pub(crate) unit: String,
    pub(crate) role: Role,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    /// Signs the report in the leader's place.
    pub(crate) deputy: bool,
    pub(crate) active: bool,
}

/// The roster on `today`: the last assignment of each person, with its end.
pub(crate) fn roster_at(events: &[Event], today: NaiveDate) -> Vec<Assignment> {
    let mut people: Vec<Assignment> = Vec::new();
    for event in events {
        match &event.act {
            Act::RosterAssigned { person, roster_id, unit, role, from, to, deputy } => {
                people.retain(|a| &a.person != person);
                people.push(Assignment {
                    person: person.clone(),
                    roster_id: roster_id.clone(),
                    unit: unit.clone(),
                    role: *role,
                    from: *from,
                    to: *to,
                    deputy: *deputy,
                    active: false,
                });
            }
            Act::RosterEnded { person, to } => {
                for a in people.iter_mut().filter(|a| &a.person == person) {
                    a.to = Some(*to);
                }
            }
            _ => {}
        }
    }
    for a in &mut people {
        a.active = a.from <= today && a.to.is_none_or(|to| today <= to);
    }
    people
}

impl App {
    pub(crate) async fn roster(&self) -> Result<RosterView, WireError> {
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        let assignments = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let mut people: Vec<PersonView> = assignments
            .iter()
            .map(|a| PersonView {
                person: a.person.clone(),
                name: names.get(&a.roster_id).cloned().unwrap_or_default(),
                role: a.role,
                role_text: words::role(a.role).to_owned(),
                unit: self.unit_view(&a.unit),
                from: a.from.to_string(),
                to: a.to.map(|d| d.to_string()),
                deputy: a.deputy,
                active: a.active,
            })
            .collect();
        people.sort_by_key(|p| {
            let key = |s: &str| pvhcc_domain::text::collate_key(s);
            (!p.active, key(&p.unit.name), key(&p.name))
        });
        let requests = self.0.store.settings("request.").await.map_err(|e| messages::store(&e))?;
        let requests = requests
            .into_iter()
            .filter_map(|(key, value)| {
                let code = key.strip_prefix("request.")?.to_owned();
                let (person, at) = value.split_once('@')?;
                let settled = assignments.iter().any(|a| a.person == person && a.active);
                (!settled).then(|| RequestView { code, at: at.parse().unwrap_or_default() })
            })
            .collect();
        Ok(RosterView {
            people,
            units: self.0.units.organisations().iter().map(|u| self.unit_view(&u.id)).collect(),
            requests,
        })
    }

    pub(crate) async fn roster_assign(
        &self,
        actor: &Actor,
        args: AssignArgs,
    ) -> Result<RosterView, WireError> {
        let name = pvhcc_domain::text::nfc(args.name.trim());
        if name.is_empty() {
            return Err(messages::invalid("name", "Hãy ghi tên hiển thị của người dùng."));
        }
        if self.0.units.get(&args.unit).is_none() {
            return Err(messages::invalid("unit", "Hãy chọn đơn vị trong danh mục."));
        }
        let from = day(&args.from, "from")?;
        let to = args.to.as_deref().map(|d| day(d, "to")).transpose()?;
        if to.is_some_and(|to| to < from) {
            return Err(messages::invalid("to", "Ngày cuối phải từ ngày đầu trở đi."));
        }
        let known = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let person = match known.iter().find(|a| a.person == args.code) {
            Some(a) => a.person.clone(),
            None => self.requested(&args.code).await?,
        };
        let roster_id = known
            .iter()
            .find(|a| a.person == person)
            .map_or_else(|| uuid::Uuid::now_v7().to_string(), |a| a.roster_id.clone());
        self.0.store.put_name(&roster_id, &name).await.map_err(|e| messages::store(&e))?;
        let act = Act::RosterAssigned {
            person,
            roster_id,
            unit: args.unit,
            role: args.role,
            from,
            to,
            deputy: args.deputy && args.role != Role::Leader,
        };
        self.say(actor, ROSTER, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.emit(AppEvent::SessionChanged);
        self.roster().await
    }

    pub(crate) async fn roster_end(&self, actor: &Actor, args: EndArgs) -> Result<RosterView, WireError> {
        let to = day(&args.to, "to")?;
        let known = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let Some(target) = known.iter().find(|a| a.person == args.person) else {
            return Err(WireError::new(ErrorCode::NotFound, "Không có người này trong danh sách."));
        };
        let today = self.now().day();
        let other_admin = known.iter().any(|a| {
            a.role == Role::Admin && a.person != args.person && a.active && a.to.is_none_or(|d| d > today)
        });
        if target.role == Role::Admin && !other_admin {
            return Err(messages::invalid(
                "person",
                "Đây là quản trị cuối cùng. Hãy phân quyền quản trị cho một người khác trước.",
            ));
        }
        self.say(actor, ROSTER, None, Act::RosterEnded { person: args.person, to }).await?;
        self.emit(AppEvent::SettingsChanged);
        self.emit(AppEvent::SessionChanged);
        self.roster().await
    }

    /// The pseudonym behind a code that someone without a role showed.
    async fn requested(&self, code: &str) -> Result<String, WireError> {
        let code = code.trim().to_uppercase();
        let value =
            self.0.store.setting(&format!("request.{code}")).await.map_err(|e| messages::store(&e))?;
        value.and_then(|v| v.split_once('@').map(|(person, _)| person.to_owned())).ok_or_else(|| {
            messages::invalid(
                "code",
                "Không có yêu cầu nào mang mã này. Người dùng phải đăng nhập một lần trên máy này để có mã.",
            )
        })
    }

    /// Writes one act of `actor` to the journal.
    pub(crate) async fn say(
        &self,
        actor: &Actor,
        entity: &str,
        based_on: Option<String>,
        act: Act,
    ) -> Result<Event, WireError> {
        self.0
            .store
            .append(NewEvent {
                actor: actor.person.clone(),
                role: actor.role,
                auth: actor.auth,
                entity: entity.to_owned(),
                based_on,
                act,
                said_at: None,
            })
            .await
            .map_err(|e| messages::store(&e))
    }
}
