//! Shifts are set, changed and taken off. What does not go together is refused with where, and nothing is written.

use super::{PART, Room, merged, shift_text, span_text};
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    said::new_event,
    wire::{AppEvent, DoneView, ErrorCode, ShiftRemoveArgs, ShiftSetArgs, WireError},
};
use pvhcc_domain::{
    act::Act,
    operation::shift::{Clash, SHIFT, Shift, ShiftAct, Wrong, clash},
    time::Ms,
};
use pvhcc_store::NewEvent;

impl App {
    pub(crate) async fn shift_set(&self, actor: &Actor, args: ShiftSetArgs) -> Result<DoneView, WireError> {
        let room = self.duty_room().await?;
        let shift = Shift {
            from: Ms(args.from),
            to: Ms(args.to),
            post: args.post,
            unit: args.unit,
            primary: args.primary,
            backup: args.backup.filter(|b| !b.is_empty()),
        };
        if let Some(id) = &args.id {
            let Some(state) = room.shift(id) else { return Err(self.no_shift()) };
            self.check_setter(actor, &state.shift.unit)?;
            if args.based_on.as_deref() != Some(state.last_event.as_str()) {
                let now = shift_text(&room, &state.shift);
                return Err(self.overtaken("Ca trực", &state.by, &now).await?);
            }
            if state.shift == shift {
                return Err(messages::invalid("primary", "Ca trực không thay đổi; chưa ghi gì."));
            }
        }
        let changed = args.id.is_some();
        let id = args.id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
        let set = [(id.clone(), shift)];
        self.check_shifts(actor, &room, &set)?;
        let [(_, shift)] = set;
        let message = format!(
            "{}: {}.",
            if changed { "Đã sửa ca trực" } else { "Đã xếp ca" },
            shift_text(&room, &shift)
        );
        let act = Act::Shift(ShiftAct::Set { shift });
        let event = self.say(actor, &format!("{SHIFT}{id}"), args.based_on, act).await?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(DoneView { event_id: event.id, message })
    }

    pub(crate) async fn shift_remove(
        &self,
        actor: &Actor,
        args: ShiftRemoveArgs,
    ) -> Result<DoneView, WireError> {
        let room = self.duty_room().await?;
        let Some(state) = room.shift(&args.id) else { return Err(self.no_shift()) };
        self.check_setter(actor, &state.shift.unit)?;
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do bỏ ca."));
        };
        if args.based_on.as_deref() != Some(state.last_event.as_str()) {
            let now = shift_text(&room, &state.shift);
            return Err(self.overtaken("Ca trực", &state.by, &now).await?);
        }
        let message = format!("Đã bỏ ca: {}.", shift_text(&room, &state.shift));
        let act = Act::Shift(ShiftAct::Removed { reason });
        let event = self.say(actor, &format!("{SHIFT}{}", args.id), args.based_on, act).await?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(DoneView { event_id: event.id, message })
    }

    fn no_shift(&self) -> WireError {
        WireError::new(ErrorCode::NotFound, "Không còn ca trực này; có thể người khác vừa bỏ hoặc hoàn tác.")
    }

    /// Whether shifts can be set, together with all that stand.
    pub(super) fn check_shifts(
        &self,
        actor: &Actor,
        room: &Room,
        set: &[(String, Shift)],
    ) -> Result<(), WireError> {
        for (_, shift) in set {
            self.check_shift(actor, room, shift)?;
        }
        let all = merged(&room.shifts, set);
        for (id, shift) in set {
            let others = all.iter().filter(|(other, _)| *other != id);
            for (_, other) in others {
                let Some((why, when)) = clash(shift, other) else { continue };
                let (field, why) = match why {
                    Clash::Person(person) => {
                        let name = room.people.name(&person);
                        let field = if shift.primary == person { "primary" } else { "backup" };
                        (field, format!("{name} đã ở ca khác lúc {}", span_text(when)))
                    }
                    Clash::Post => ("from", format!("vị trí này đã có ca lúc {}", span_text(when))),
                };
                let message = format!(
                    "Ca «{}» trùng: {why} («{}»). Chưa ghi gì; hãy đổi giờ hoặc đổi người.",
                    shift_text(room, shift),
                    shift_text(room, other)
                );
                return Err(messages::invalid(field, &message));
            }
        }
        Ok(())
    }

    /// What is wrong with a shift by itself.
    fn check_shift(&self, actor: &Actor, room: &Room, shift: &Shift) -> Result<(), WireError> {
        let Some(post) = room.post(&shift.post) else {
            return Err(messages::invalid("post", "Hãy chọn vị trí trực."));
        };
        if !post.units.contains(&shift.unit) {
            let units: Vec<&str> = post.units.iter().map(|u| self.0.units.name(u)).collect();
            let message = format!("Vị trí “{}” do {} trực.", post.title, units.join(", "));
            return Err(messages::invalid("unit", &message));
        }
        self.check_setter(actor, &shift.unit)?;
        match shift.check() {
            Err(Wrong::Backwards) => return Err(messages::invalid("to", "Giờ hết ca phải sau giờ vào ca.")),
            Err(Wrong::TooLong) => {
                return Err(messages::invalid("to", "Một ca không quá 48 giờ. Hãy chia thành nhiều ca."));
            }
            Err(Wrong::Alone) => {
                return Err(messages::invalid("backup", "Người dự phòng phải khác người trực chính."));
            }
            Ok(()) => {}
        }
        for (field, id) in [("primary", Some(&shift.primary)), ("backup", shift.backup.as_ref())] {
            if id.is_some_and(|id| room.people.get(id).is_none()) {
                let message = "Hãy chọn người trong danh sách trực, hoặc thêm người mới.";
                return Err(messages::invalid(field, message));
            }
        }
        Ok(())
    }

    /// Writes shifts as one act.
    pub(super) async fn write_shifts(
        &self,
        actor: &Actor,
        set: Vec<(String, Shift)>,
        about: &str,
    ) -> Result<String, WireError> {
        let news: Vec<NewEvent> = set
            .into_iter()
            .map(|(id, shift)| new_event(actor, format!("{SHIFT}{id}"), Act::Shift(ShiftAct::Set { shift })))
            .collect();
        let events = self.0.store.append_batch(news, about).await.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(events.last().map(|e| e.id.clone()).unwrap_or_default())
    }
}
