//! The note at the change of a shift: how things stand is put together by the program, what to watch is said by who goes off, and
//! who comes on marks it as taken over.

use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{
        AppEvent, ErrorCode, HandoverNote, HandoverTakeArgs, HandoverView, HandoverWriteArgs, StandingPart,
        WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    operation::{
        handover::{Handover, project},
        shift::{HANDOVER, HandoverAct},
    },
    roles::Permission,
};

/// Notes shown.
const SHOWN: usize = 20;

impl App {
    pub(crate) async fn handover(&self, actor: Option<&Actor>) -> Result<HandoverView, WireError> {
        let who = self.who().await?;
        let on_duty = actor.filter(|a| a.may(Permission::RunDuty));
        let note = |handover: Handover| HandoverNote {
            can_take: handover.taken.is_none() && on_duty.is_some_and(|a| a.person != handover.written.by),
            id: handover.id,
            at: handover.at.0,
            by: who.person(&handover.written.by, handover.written.role),
            state: handover.state,
            note: handover.note,
            taken_by: handover.taken.as_ref().map(|t| who.person(&t.by, t.role)),
            taken_at: handover.taken.map(|t| t.at.0),
        };
        Ok(HandoverView {
            now: self.now().0,
            parts: self.standing().await?,
            notes: self.handovers().await?.into_iter().take(SHOWN).map(note).collect(),
            can_write: on_duty.is_some(),
        })
    }

    /// Notes, newest first.
    async fn handovers(&self) -> Result<Vec<Handover>, WireError> {
        Ok(project(&self.events_under(HANDOVER).await?))
    }

    pub(crate) async fn handover_write(
        &self,
        actor: &Actor,
        args: HandoverWriteArgs,
    ) -> Result<HandoverView, WireError> {
        let Some(note) = note(Some(&args.note))? else {
            let message = "Hãy ghi điều ca sau cần để ý. Nếu không có gì, ghi «Không có gì thêm».";
            return Err(messages::invalid("note", message));
        };
        let state = text(&self.standing().await?);
        let act = Act::Handover(HandoverAct::Written { at: self.now(), state, note });
        self.say(actor, &format!("{HANDOVER}{}", uuid::Uuid::now_v7()), None, act).await?;
        self.emit(AppEvent::OperationsChanged { part: "duty".to_owned() });
        self.handover(Some(actor)).await
    }

    pub(crate) async fn handover_take(
        &self,
        actor: &Actor,
        args: HandoverTakeArgs,
    ) -> Result<HandoverView, WireError> {
        let handovers = self.handovers().await?;
        let Some(found) = handovers.iter().find(|h| h.id == args.id) else {
            let message = format!("Không có bản bàn giao “{}”. Hãy xem lại danh sách.", args.id);
            return Err(WireError::new(ErrorCode::NotFound, message));
        };
        if found.written.by == actor.person {
            let message = "Người viết bàn giao không tự nhận. Hãy để người của ca sau nhận.";
            return Err(WireError::new(ErrorCode::Forbidden, message));
        }
        if let Some(taken) = &found.taken {
            let who = self.who().await?.person(&taken.by, taken.role);
            let message = format!("{who} đã nhận bàn giao này lúc {}.", taken.at.local().format("%H:%M"));
            return Err(WireError::new(ErrorCode::Conflict, message));
        }
        let act = Act::Handover(HandoverAct::Taken { role: actor.role });
        self.say(actor, &format!("{HANDOVER}{}", args.id), None, act).await?;
        self.emit(AppEvent::OperationsChanged { part: "duty".to_owned() });
        self.handover(Some(actor)).await
    }
}

/// Parts as one text: a title, and its lines below.
fn text(parts: &[StandingPart]) -> String {
    let part = |part: &StandingPart| {
        let lines = part.lines.iter().map(|line| format!("- {line}"));
        std::iter::once(part.title.clone()).chain(lines).collect::<Vec<_>>().join("\n")
    };
    parts.iter().map(part).collect::<Vec<_>>().join("\n")
}
