//! What people do with incidents; each is one event, and nothing is ever overwritten. Of two at once the first has its effect, and
//! the other is told who was first.

use super::{
    checks::{allowed, present, taken},
    entity, follow_ups, owner_name,
};
use crate::{
    App,
    checklist::{day, note},
    messages,
    people::{Actor, ROSTER, roster_at},
    wire::{
        AppEvent, ErrorCode, IncidentAckArgs, IncidentAssignArgs, IncidentChangeArgs, IncidentCloseArgs,
        IncidentEdited, IncidentEscalateArgs, IncidentFollowUpArgs, IncidentLinkArgs, IncidentMitigateArgs,
        IncidentNoteArgs, IncidentOpenArgs, IncidentReopenArgs, IncidentResolveArgs, TouchedInput, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    operation::{
        Touched,
        incident::{IncidentAct, IncidentState},
    },
    roles::Role,
    text::nfc,
    time::Ms,
};
use pvhcc_store::NewEvent;

/// Longest title, characters.
const LONGEST_TITLE: usize = 200;
/// Tries while others write into the same incident.
const TRIES: usize = 10;

impl App {
    pub(crate) async fn incident_open(
        &self,
        actor: &Actor,
        args: IncidentOpenArgs,
    ) -> Result<IncidentEdited, WireError> {
        let known = self.alert_faces().await?;
        let alerts = unique(args.alerts);
        if let Some(unknown) = alerts.iter().find(|id| !known.contains_key(*id)) {
            return Err(messages::invalid("alerts", &format!("Không có cảnh báo “{unknown}”.")));
        }
        let began = alerts.iter().filter_map(|id| known.get(id)).map(|alert| Ms(alert.raised)).min();
        let now = self.now();
        let title = title(&args.title)?;
        let act = IncidentAct::Opened {
            title: title.clone(),
            severity: args.severity,
            detected: args.detected.map(Ms).or(began).unwrap_or(now),
            touched: self.touched(args.touched)?,
            alerts,
            text: note(args.text.as_deref())?,
            run: note(args.run.as_deref())?,
        };
        taken(None, &act, now)?;
        let id = uuid::Uuid::now_v7().to_string();
        let event = self.say(actor, &entity(&id), None, Act::Incident(act)).await?;
        self.incidents_changed();
        Ok(IncidentEdited { id, event_id: event.id, message: format!("Đã ghi sự cố: {title}.") })
    }

    pub(crate) async fn incident_change(
        &self,
        actor: &Actor,
        args: IncidentChangeArgs,
    ) -> Result<IncidentEdited, WireError> {
        let act = IncidentAct::Changed {
            title: title(&args.title)?,
            severity: args.severity,
            touched: self.touched(args.touched)?,
            reason: note(args.reason.as_deref())?,
        };
        self.incident_act(actor, &args.id, args.based_on, |_, _| Ok(act.clone()), "Đã sửa thông tin sự cố.")
            .await
    }

    pub(crate) async fn incident_ack(
        &self,
        actor: &Actor,
        args: IncidentAckArgs,
    ) -> Result<IncidentEdited, WireError> {
        let act = IncidentAct::Acknowledged { owner: actor.person.clone() };
        self.incident_act(actor, &args.id, args.based_on, |_, _| Ok(act.clone()), "Đã tiếp nhận sự cố.").await
    }

    pub(crate) async fn incident_assign(
        &self,
        actor: &Actor,
        args: IncidentAssignArgs,
    ) -> Result<IncidentEdited, WireError> {
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        if !roster.iter().any(|a| a.active && a.role == Role::Duty && a.person == args.owner) {
            return Err(messages::invalid("owner", "Hãy chọn đầu mối trong danh sách cán bộ trực."));
        }
        let name = owner_name(&self.who().await?, &args.owner);
        let act = IncidentAct::Assigned { owner: args.owner, reason: note(args.reason.as_deref())? };
        let message = format!("Đã giao sự cố cho {name}.");
        self.incident_act(actor, &args.id, args.based_on, |_, _| Ok(act.clone()), &message).await
    }

    pub(crate) async fn incident_note(
        &self,
        actor: &Actor,
        args: IncidentNoteArgs,
    ) -> Result<IncidentEdited, WireError> {
        let Some(text) = note(Some(&args.text))? else {
            return Err(messages::invalid("text", "Hãy ghi điều đã xảy ra hoặc việc đã làm."));
        };
        let file = match &args.file {
            Some(file) => Some(self.keep_file(file).await?),
            None => None,
        };
        let act = |_: &IncidentState, now| {
            Ok(IncidentAct::Noted { at: args.at.map_or(now, Ms), text: text.clone(), file: file.clone() })
        };
        self.incident_act(actor, &args.id, None, act, "Đã ghi vào diễn biến.").await
    }

    pub(crate) async fn incident_link(
        &self,
        actor: &Actor,
        args: IncidentLinkArgs,
    ) -> Result<IncidentEdited, WireError> {
        if !self.alert_faces().await?.contains_key(&args.alert) {
            return Err(messages::invalid("alert", &format!("Không có cảnh báo “{}”.", args.alert)));
        }
        let act = IncidentAct::AlertLinked { alert: args.alert };
        self.incident_act(actor, &args.id, None, |_, _| Ok(act.clone()), "Đã gắn cảnh báo với sự cố.").await
    }

    pub(crate) async fn incident_escalate(
        &self,
        actor: &Actor,
        args: IncidentEscalateArgs,
    ) -> Result<IncidentEdited, WireError> {
        let (party, how) = self.passed_on(&args.party, &args.how).await?;
        let message = format!("Đã ghi: báo {}.", party.short);
        let act = IncidentAct::Escalated { party: args.party, how, text: note(args.text.as_deref())? };
        self.incident_act(actor, &args.id, None, |_, _| Ok(act.clone()), &message).await
    }

    pub(crate) async fn incident_mitigate(
        &self,
        actor: &Actor,
        args: IncidentMitigateArgs,
    ) -> Result<IncidentEdited, WireError> {
        let Some(workaround) = note(Some(&args.workaround))? else {
            return Err(messages::invalid("workaround", "Hãy ghi cách làm tạm."));
        };
        let act = |_: &IncidentState, now| {
            Ok(IncidentAct::Mitigated { at: args.at.map_or(now, Ms), workaround: workaround.clone() })
        };
        self.incident_act(actor, &args.id, args.based_on, act, "Đã ghi cách làm tạm.").await
    }

    pub(crate) async fn incident_resolve(
        &self,
        actor: &Actor,
        args: IncidentResolveArgs,
    ) -> Result<IncidentEdited, WireError> {
        let Some(how) = note(Some(&args.how))? else {
            return Err(messages::invalid("how", "Hãy ghi đã khắc phục bằng cách nào."));
        };
        let cause = note(args.cause.as_deref())?;
        let act = |_: &IncidentState, now| {
            Ok(IncidentAct::Resolved { at: args.at.map_or(now, Ms), how: how.clone(), cause: cause.clone() })
        };
        self.incident_act(actor, &args.id, args.based_on, act, "Đã ghi sự cố khắc phục xong.").await
    }

    pub(crate) async fn incident_reopen(
        &self,
        actor: &Actor,
        args: IncidentReopenArgs,
    ) -> Result<IncidentEdited, WireError> {
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do mở lại."));
        };
        let act = IncidentAct::Reopened { reason };
        self.incident_act(actor, &args.id, args.based_on, |_, _| Ok(act.clone()), "Đã mở lại sự cố.").await
    }

    pub(crate) async fn incident_follow_up(
        &self,
        actor: &Actor,
        args: IncidentFollowUpArgs,
    ) -> Result<IncidentEdited, WireError> {
        let Some(text) = note(Some(&args.text))? else {
            return Err(messages::invalid("text", "Hãy ghi việc cần làm sau sự cố."));
        };
        if !self.0.units.contains(&args.unit) {
            return Err(messages::invalid("unit", "Hãy chọn đơn vị thực hiện."));
        }
        let due = day(&args.due, "due")?;
        if due < self.now().day() {
            return Err(messages::invalid("due", "Hạn của việc sau sự cố không thể trước hôm nay."));
        }
        let act = IncidentAct::FollowUp { text, unit: args.unit, due };
        let message = format!("Đã thêm vào danh mục «{}».", follow_ups::TITLE);
        let edited = self.incident_act(actor, &args.id, None, |_, _| Ok(act.clone()), &message).await?;
        self.reload_lists().await?;
        self.emit(AppEvent::TasksChanged { nos: Vec::new() });
        Ok(edited)
    }

    pub(crate) async fn incident_close(
        &self,
        actor: &Actor,
        args: IncidentCloseArgs,
    ) -> Result<IncidentEdited, WireError> {
        let (cause, lesson) = (note(args.cause.as_deref())?, note(args.lesson.as_deref())?);
        let act = |state: &IncidentState, _| match cause.clone().or_else(|| state.cause.clone()) {
            Some(cause) => Ok(IncidentAct::Closed { cause, lesson: lesson.clone() }),
            None => Err(messages::invalid("cause", "Hãy ghi nguyên nhân trước khi đóng sự cố.")),
        };
        self.incident_act(actor, &args.id, args.based_on, act, "Đã đóng sự cố.").await
    }

    /// Says an act of an incident, if the person may, has seen what was decided, and the incident takes it. Somebody in another
    /// window may say something at the same moment: then all of it is looked at again.
    async fn incident_act(
        &self,
        actor: &Actor,
        id: &str,
        based_on: Option<String>,
        act: impl Fn(&IncidentState, Ms) -> Result<IncidentAct, WireError>,
        message: &str,
    ) -> Result<IncidentEdited, WireError> {
        for _ in 0..TRIES {
            let register = self.incident_register().await?;
            let state = register.find(id)?;
            let events = self.events_of(&entity(id)).await?;
            let now = present(register.now, state);
            let act = act(state, now)?;
            allowed(actor, state, &act)?;
            self.has_seen(&register, state, &events, &act, based_on.as_deref()).await?;
            taken(Some(state), &act, now)?;
            let seen = events.last().map(|e| e.id.as_str());
            let new = NewEvent {
                actor: actor.person.clone(),
                role: actor.role,
                auth: actor.auth,
                entity: entity(id),
                based_on: based_on.clone().or_else(|| seen.map(str::to_owned)),
                act: Act::Incident(act),
                said_at: None,
            };
            let event = self.0.store.append_next(new, seen).await.map_err(|e| messages::store(&e))?;
            if let Some(event) = event {
                self.incidents_changed();
                return Ok(IncidentEdited {
                    id: id.to_owned(),
                    event_id: event.id,
                    message: message.to_owned(),
                });
            }
        }
        let message = "Đang có nhiều người ghi vào sự cố này. Hãy thử lại sau vài giây; chưa ghi gì.";
        Err(WireError::new(ErrorCode::Busy, message))
    }

    fn incidents_changed(&self) {
        self.emit(AppEvent::OperationsChanged { part: "incidents".to_owned() });
    }

    /// What was typed, checked: every name exists, none occurs twice.
    fn touched(&self, typed: TouchedInput) -> Result<Touched, WireError> {
        let apis = unique(typed.apis);
        if let Some(api) = apis.iter().find(|api| self.0.checklist.api_name(api).is_none()) {
            return Err(messages::invalid("apis", &format!("Không có API “{api}” trong danh mục.")));
        }
        let tasks = unique(typed.tasks);
        if let Some(no) = tasks.iter().find(|no| self.row(no).is_none()) {
            return Err(messages::invalid("tasks", &format!("Không có nhiệm vụ số {no} trong danh mục.")));
        }
        let units = unique(typed.units);
        if let Some(unit) = units.iter().find(|unit| !self.0.units.contains(unit)) {
            return Err(messages::invalid("units", &format!("Không có đơn vị “{unit}”.")));
        }
        let mut flows = typed.flows;
        flows.sort_unstable();
        flows.dedup();
        Ok(Touched { flows, apis, tasks, units })
    }
}

/// Without blanks and what was said before, in the order it was said.
fn unique(typed: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in typed {
        let text = text.trim();
        if !text.is_empty() && !kept.iter().any(|k| k == text) {
            kept.push(text.to_owned());
        }
    }
    kept
}

fn title(typed: &str) -> Result<String, WireError> {
    let title = nfc(&typed.split_whitespace().collect::<Vec<_>>().join(" "));
    match title.chars().count() {
        0 => Err(messages::invalid("title", "Hãy ghi sự cố trong một dòng.")),
        n if n > LONGEST_TITLE => {
            Err(messages::invalid("title", "Tên sự cố dài quá 200 ký tự. Hãy chuyển bớt xuống phần mô tả."))
        }
        _ => Ok(title),
    }
}
