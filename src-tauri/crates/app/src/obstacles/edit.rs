//! Edits of the register. Each is one event of the obstacle; setting a task to blocked with its obstacle is one act of several.

use super::{entity, find};
use crate::{
    App,
    checklist::{StatusWords, day, entity as task_entity, note},
    messages,
    people::Actor,
    wire::{
        AppEvent, EditedView, ErrorCode, ObstacleChangeArgs, ObstacleEdited, ObstacleRaiseArgs,
        ObstacleReopenArgs, ObstacleReplyArgs, ObstacleWords, TaskBlockArgs, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    obstacle::{Obstacle, ObstacleState},
    task::TaskStatus,
    text::nfc,
    time::Ms,
};
use pvhcc_store::NewEvent;

/// Longest title, characters.
const LONGEST_TITLE: usize = 200;

impl App {
    pub(crate) async fn obstacle_raise(
        &self,
        actor: &Actor,
        args: ObstacleRaiseArgs,
    ) -> Result<ObstacleEdited, WireError> {
        let obstacle = self.obstacle_of(args.words).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let message = format!("Đã ghi vướng mắc: {}.", obstacle.title);
        let tasks = obstacle.tasks.clone();
        let event_id = self.said(actor, &id, None, Act::ObstacleRaised { obstacle }, tasks).await?;
        Ok(ObstacleEdited { id, event_id, message })
    }

    pub(crate) async fn obstacle_change(
        &self,
        actor: &Actor,
        args: ObstacleChangeArgs,
    ) -> Result<ObstacleEdited, WireError> {
        let state = self.editable_obstacle(actor, &args.id).await?;
        let words = ObstacleWords {
            // Passed on without a time, it is put to the other party now; otherwise it was put when it was.
            raised_at: args
                .words
                .raised_at
                .or_else(|| (args.words.party == state.obstacle.party).then_some(state.obstacle.raised_at.0)),
            ..args.words
        };
        let obstacle = self.obstacle_of(words).await?;
        if obstacle == state.obstacle {
            return Err(messages::invalid("title", "Nội dung không thay đổi; chưa ghi gì."));
        }
        let mut tasks = obstacle.tasks.clone();
        tasks.extend(state.obstacle.tasks.iter().filter(|t| !obstacle.tasks.contains(t)).cloned());
        let act = Act::ObstacleChanged { obstacle };
        let event_id = self.said(actor, &args.id, args.based_on, act, tasks).await?;
        Ok(ObstacleEdited { id: args.id, event_id, message: "Đã sửa vướng mắc.".to_owned() })
    }

    pub(crate) async fn obstacle_answer(
        &self,
        actor: &Actor,
        args: ObstacleReplyArgs,
    ) -> Result<ObstacleEdited, WireError> {
        let closed = "Vướng mắc đã gỡ xong. Hãy mở lại trước khi ghi câu trả lời mới.";
        let answered = |on, text| Act::ObstacleAnswered { on, text };
        self.replied(actor, args, closed, answered, "Đã ghi câu trả lời.").await
    }

    pub(crate) async fn obstacle_resolve(
        &self,
        actor: &Actor,
        args: ObstacleReplyArgs,
    ) -> Result<ObstacleEdited, WireError> {
        let closed = "Vướng mắc này đã được ghi là gỡ xong.";
        let resolved = |on, text| Act::ObstacleResolved { on, text };
        self.replied(actor, args, closed, resolved, "Đã ghi vướng mắc gỡ xong.").await
    }

    /// An answer or the resolution of an open obstacle; `closed` is said of one that is not open.
    async fn replied(
        &self,
        actor: &Actor,
        args: ObstacleReplyArgs,
        closed: &str,
        act: fn(Ms, String) -> Act,
        message: &str,
    ) -> Result<ObstacleEdited, WireError> {
        let state = self.editable_obstacle(actor, &args.id).await?;
        if !state.is_open() {
            return Err(messages::invalid("text", closed));
        }
        let (on, text) = self.reply(&state, args.on, &args.text)?;
        let event_id = self.said(actor, &args.id, args.based_on, act(on, text), state.obstacle.tasks).await?;
        Ok(ObstacleEdited { id: args.id, event_id, message: message.to_owned() })
    }

    pub(crate) async fn obstacle_reopen(
        &self,
        actor: &Actor,
        args: ObstacleReopenArgs,
    ) -> Result<ObstacleEdited, WireError> {
        let state = self.editable_obstacle(actor, &args.id).await?;
        if state.is_open() {
            return Err(messages::invalid("reason", "Vướng mắc này chưa gỡ xong nên không cần mở lại."));
        }
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do mở lại."));
        };
        let act = Act::ObstacleReopened { reason };
        let event_id = self.said(actor, &args.id, args.based_on, act, state.obstacle.tasks).await?;
        Ok(ObstacleEdited { id: args.id, event_id, message: "Đã mở lại vướng mắc.".to_owned() })
    }

    /// Sets a task to blocked and raises or links what blocks it: one act, one undo.
    pub(crate) async fn task_block(
        &self,
        actor: &Actor,
        args: TaskBlockArgs,
    ) -> Result<EditedView, WireError> {
        let status = args.status;
        if status.status != TaskStatus::Blocked {
            return Err(messages::invalid("status", "Chỉ trạng thái vướng mắc mới gắn với một vướng mắc."));
        }
        let row = self.editable(actor, &status.no)?;
        let words = StatusWords {
            status: status.status,
            done_on: status.done_on,
            note: status.note,
            on_behalf_of: status.on_behalf_of,
            learned: status.learned,
            without_evidence: status.without_evidence,
        };
        let blocked = self.status_act(actor, &row, words)?;
        let (id, based_on, act) = self.blocking(&status.no, args.raise, args.link).await?;
        let title = match &act {
            Some(Act::ObstacleRaised { obstacle } | Act::ObstacleChanged { obstacle }) => {
                obstacle.title.clone()
            }
            _ => String::new(),
        };
        let new = |entity: String, based_on: Option<String>, act: Act| NewEvent {
            actor: actor.person.clone(),
            role: actor.role,
            auth: actor.auth,
            entity,
            based_on,
            act,
            said_at: None,
        };
        let mut news = vec![new(task_entity(&status.no), status.based_on, blocked)];
        news.extend(act.map(|act| new(entity(&id), based_on, act)));
        let about = format!("Nhiệm vụ {} vướng mắc: {title}", status.no);
        let events = self.0.store.append_batch(news, &about).await.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::TasksChanged { nos: vec![status.no.clone()] });
        let present = self.present().await?;
        let written: Vec<&str> = events.iter().map(|e| e.id.as_str()).collect();
        let conflicts = present.states.get(&status.no).map_or(&[][..], |state| &state.conflicts);
        Ok(EditedView {
            conflict_with: conflicts
                .iter()
                .find(|c| written.contains(&c.second.as_str()))
                .map(|c| c.first.clone()),
            row: self.row(&status.no).map(|row| self.task_row(&row, &present, Some(actor))),
            message: format!("Đã ghi: nhiệm vụ {} vướng mắc, gắn với «{title}».", status.no),
            event_id: events.last().map(|e| e.id.clone()).unwrap_or_default(),
        })
    }

    /// The obstacle behind a blocked task: a new one, or the one named with the task added to it. Id, base and act.
    async fn blocking(
        &self,
        no: &str,
        raise: Option<ObstacleWords>,
        link: Option<String>,
    ) -> Result<(String, Option<String>, Option<Act>), WireError> {
        match (raise, link) {
            (Some(mut words), None) => {
                if !words.tasks.iter().any(|t| t == no) {
                    words.tasks.push(no.to_owned());
                }
                let obstacle = self.obstacle_of(words).await?;
                Ok((uuid::Uuid::now_v7().to_string(), None, Some(Act::ObstacleRaised { obstacle })))
            }
            (None, Some(id)) => {
                let states = self.obstacle_states().await?;
                let state = find(&states, &id)?;
                if !state.is_open() {
                    return Err(messages::invalid(
                        "link",
                        "Vướng mắc này đã gỡ xong. Hãy chọn vướng mắc khác.",
                    ));
                }
                let mut obstacle = state.obstacle.clone();
                let linked = obstacle.tasks.iter().any(|t| t == no);
                obstacle.tasks.push(no.to_owned());
                let act = (!linked).then_some(Act::ObstacleChanged { obstacle });
                Ok((id, Some(state.last_event.clone()), act))
            }
            _ => Err(messages::invalid("link", "Hãy ghi một vướng mắc mới hoặc chọn một vướng mắc đã có.")),
        }
    }

    async fn editable_obstacle(&self, actor: &Actor, id: &str) -> Result<ObstacleState, WireError> {
        let states = self.obstacle_states().await?;
        let state = find(&states, id)?;
        let parties = self.party_states().await?;
        if self.may_edit(actor, state, parties.iter().find(|p| p.party.id == state.obstacle.party)) {
            return Ok(state.clone());
        }
        Err(WireError::new(
            ErrorCode::Forbidden,
            "Vướng mắc này do đơn vị khác nêu và không liên quan đến đơn vị của bạn: chỉ xem.",
        ))
    }

    /// What was typed, checked: every name exists, nothing required is missing, nothing lies in the future.
    async fn obstacle_of(&self, words: ObstacleWords) -> Result<Obstacle, WireError> {
        let title = nfc(words.title.trim());
        if title.is_empty() {
            return Err(messages::invalid("title", "Hãy ghi tên vướng mắc trong một dòng."));
        }
        if title.chars().count() > LONGEST_TITLE {
            return Err(messages::invalid(
                "title",
                "Tên vướng mắc dài quá 200 ký tự. Hãy chuyển bớt xuống nội dung.",
            ));
        }
        if !self.party_states().await?.iter().any(|p| p.party.id == words.party) {
            return Err(messages::invalid("party", "Hãy chọn bên phải trả lời."));
        }
        if let Some(unit) = words.units.iter().find(|u| !self.0.units.contains(u)) {
            return Err(messages::invalid("units", &format!("Không có đơn vị “{unit}”.")));
        }
        let mut tasks: Vec<String> = Vec::new();
        for no in words.tasks.iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
            if self.row(no).is_none() {
                return Err(messages::invalid(
                    "tasks",
                    &format!("Không có nhiệm vụ số {no} trong danh mục."),
                ));
            }
            if !tasks.iter().any(|t| t == no) {
                tasks.push(no.to_owned());
            }
        }
        let raised_at = self.not_later("raisedAt", words.raised_at)?;
        let answer_due = words.answer_due.filter(|d| !d.is_empty());
        let answer_due = answer_due.as_deref().map(|d| day(d, "answerDue")).transpose()?;
        if answer_due.is_some_and(|due| due < raised_at.day()) {
            return Err(messages::invalid("answerDue", "Hạn trả lời không thể trước ngày gửi."));
        }
        let mut systems: Vec<String> =
            words.systems.iter().map(|s| nfc(s.trim())).filter(|s| !s.is_empty()).collect();
        systems.dedup();
        Ok(Obstacle {
            group: words.group,
            title,
            detail: note(Some(&words.detail))?.unwrap_or_default(),
            systems,
            units: words.units,
            tasks,
            party: words.party,
            raised_at,
            answer_due,
        })
    }

    fn reply(&self, state: &ObstacleState, on: Option<i64>, text: &str) -> Result<(Ms, String), WireError> {
        let on = self.not_later("on", on)?;
        if on < state.obstacle.raised_at {
            return Err(messages::invalid("on", "Thời điểm này không thể trước lúc gửi vướng mắc."));
        }
        let Some(text) = note(Some(text))? else {
            return Err(messages::invalid("text", "Hãy ghi nội dung."));
        };
        Ok((on, text))
    }

    fn not_later(&self, field: &str, at: Option<i64>) -> Result<Ms, WireError> {
        let (now, at) = (self.now(), at.map(Ms));
        match at {
            Some(at) if at > now => Err(messages::invalid(field, "Thời điểm này không thể sau hiện tại.")),
            _ => Ok(at.unwrap_or(now)),
        }
    }

    async fn said(
        &self,
        actor: &Actor,
        id: &str,
        based_on: Option<String>,
        act: Act,
        tasks: Vec<String>,
    ) -> Result<String, WireError> {
        let event = self.say(actor, &entity(id), based_on, act).await?;
        self.emit(AppEvent::TasksChanged { nos: tasks });
        Ok(event.id)
    }
}
