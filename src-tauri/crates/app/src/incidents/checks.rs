//! What somebody may do with an incident as it stands, and why not: the window shows it beforehand, the commands hold it.

use super::{Register, phrase};
use crate::{
    App,
    people::Actor,
    wire::{ErrorCode, IncidentMay, IncidentMays, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::incident::{IncidentAct, IncidentState, check},
    roles::Permission,
    time::Ms,
};

/// Refuses an act that the incident does not take, in words.
pub(super) fn taken(state: Option<&IncidentState>, act: &IncidentAct, now: Ms) -> Result<(), WireError> {
    check(state, act, now).map_err(|why| {
        let (field, message) = phrase::refusal(why, state);
        WireError::new(ErrorCode::Invalid, message).with("field", field)
    })
}

/// Whether somebody may say this at all: the report, notes and corrections of one's own report are open to whoever may report;
/// the rest is the duty crew's.
pub(super) fn allowed(actor: &Actor, state: &IncidentState, act: &IncidentAct) -> Result<(), WireError> {
    let own = state.opened.by == actor.person;
    let needs = match act {
        IncidentAct::Opened { .. } | IncidentAct::Noted { .. } => Permission::Report,
        IncidentAct::Changed { .. } if own => Permission::Report,
        _ => Permission::RunDuty,
    };
    if actor.may(needs) {
        return Ok(());
    }
    let why = match act {
        IncidentAct::Noted { .. } => "Việc này cần chuyên viên, cán bộ trực hoặc lãnh đạo.",
        IncidentAct::Changed { .. } => "Chỉ cán bộ trực hoặc người ghi sự cố sửa được thông tin sự cố.",
        _ => "Việc này cần cán bộ trực. Hãy ghi vào diễn biến, hoặc báo ca trực.",
    };
    Err(WireError::new(ErrorCode::Forbidden, why))
}

/// The present of an incident: a clock that went back must not keep anybody from saying what happens now.
pub(super) fn present(now: Ms, state: &IncidentState) -> Ms {
    now.max(state.detected).max(state.last.at)
}

pub(super) fn mays(actor: Option<&Actor>, state: &IncidentState, now: Ms) -> IncidentMays {
    let now = present(now, state);
    let may = |act: &IncidentAct| {
        let verdict = actor
            .ok_or_else(crate::messages::unauthenticated)
            .and_then(|actor| allowed(actor, state, act))
            .and_then(|()| taken(Some(state), act, now));
        match verdict {
            Ok(()) => IncidentMay { ok: true, why: String::new() },
            Err(e) => IncidentMay { ok: false, why: e.message },
        }
    };
    let text = String::new;
    // What is typed is checked when it is sent; here it is such that nothing but the state decides.
    IncidentMays {
        change: may(&IncidentAct::Changed {
            title: text(),
            severity: state.severity,
            touched: state.touched.clone(),
            reason: None,
        }),
        acknowledge: may(&IncidentAct::Acknowledged { owner: text() }),
        assign: may(&IncidentAct::Assigned { owner: text(), reason: None }),
        note: may(&IncidentAct::Noted { at: now, text: text(), file: None }),
        link: may(&IncidentAct::AlertLinked { alert: text() }),
        escalate: may(&IncidentAct::Escalated { party: text(), how: text(), text: None }),
        mitigate: may(&IncidentAct::Mitigated { at: now, workaround: text() }),
        resolve: may(&IncidentAct::Resolved { at: now, how: text(), cause: None }),
        reopen: may(&IncidentAct::Reopened { reason: text() }),
        follow_up: may(&IncidentAct::FollowUp { text: text(), unit: text(), due: now.day() }),
        close: may(&IncidentAct::Closed { cause: text(), lesson: None }),
    }
}

impl App {
    /// Refuses an act on what the person had not seen: somebody set something anew since. What only adds is never refused.
    pub(super) async fn has_seen(
        &self,
        register: &Register,
        state: &IncidentState,
        events: &[Event],
        act: &IncidentAct,
        based_on: Option<&str>,
    ) -> Result<(), WireError> {
        let Some(base) = based_on.filter(|_| act.decides()) else { return Ok(()) };
        let seen = events.iter().find(|e| e.id == base).map_or(0, |e| e.position);
        let decided = |e: &&Event| {
            e.position > seen
                && matches!(&e.act, Act::Incident(act) if act.decides())
                && !state.idle.contains(&e.id)
        };
        let Some(first) = events.iter().rfind(decided) else { return Ok(()) };
        let Act::Incident(act) = &first.act else { unreachable!("an incident's events are acts on it") };
        let (did, _) = self.incident_phrase(act, register, &self.party_states().await?);
        let message = format!(
            "{} đã ghi «{did}» lúc {}, sau khi bạn mở sự cố này. Hãy xem lại tình trạng mới rồi làm tiếp; chưa ghi gì.",
            register.who.of(first),
            phrase::at(first.said_at, register),
        );
        Err(WireError::new(ErrorCode::Conflict, message).with("event", first.id.clone()))
    }
}
