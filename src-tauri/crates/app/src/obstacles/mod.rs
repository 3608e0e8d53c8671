//! The register of obstacles ("khó khăn, vướng mắc"): who must answer what, and how long it takes.
//!
//! Folded on demand: a few hundred obstacles with a few events each take milliseconds, and nothing can go stale.

mod edit;
mod history;
mod stats;

use crate::{
    App,
    checklist::vn,
    messages,
    people::Actor,
    wire::{
        AttentionItem, ErrorCode, ObstacleArgs, ObstacleDetailView, ObstacleRow, ObstaclesView, PartyName,
        Target, TaskLink, WireError,
    },
    words,
};
use pvhcc_domain::{
    calendar::Calendar,
    compare::said_by,
    hours::OfficeHours,
    obstacle::{ENTITY, ObstacleStage, ObstacleState, project_all},
    party::PartyState,
    roles::{Permission, may_edit_obstacle},
    task::TaskState,
    text::{collate_key, fold},
    time::Ms,
};
use std::collections::{BTreeMap, BTreeSet};

/// Entity of an obstacle's events.
fn entity(id: &str) -> String {
    format!("{ENTITY}{id}")
}

/// Ids of the open obstacles of each task, by the task's key.
fn open_by_task(states: &[ObstacleState]) -> BTreeMap<String, Vec<String>> {
    let mut by_task: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for state in states.iter().filter(|s| s.is_open()) {
        for task in &state.obstacle.tasks {
            by_task.entry(task.clone()).or_default().push(state.id.clone());
        }
    }
    by_task
}

/// Everything the register is shown from, read once.
struct Register {
    states: Vec<ObstacleState>,
    parties: Vec<PartyState>,
    tasks: BTreeMap<String, TaskState>,
    calendar: Calendar,
    hours: OfficeHours,
    now: Ms,
}

impl App {
    /// Every obstacle as it stands.
    pub(crate) async fn obstacle_states(&self) -> Result<Vec<ObstacleState>, WireError> {
        let events = self.events_under(ENTITY).await?;
        Ok(project_all(&events))
    }

    /// Ids of the open obstacles of each task, by the task's key.
    pub(crate) async fn open_obstacles_by_task(&self) -> Result<BTreeMap<String, Vec<String>>, WireError> {
        Ok(open_by_task(&self.obstacle_states().await?))
    }

    /// The same as it had been said by `at`.
    pub(crate) async fn open_obstacles_by_task_at(
        &self,
        at: Ms,
    ) -> Result<BTreeMap<String, Vec<String>>, WireError> {
        let events = self.events_under(ENTITY).await?;
        Ok(open_by_task(&project_all(&said_by(&events, at))))
    }

    async fn register(&self) -> Result<Register, WireError> {
        Ok(Register {
            states: self.obstacle_states().await?,
            parties: self.party_states().await?,
            tasks: self.task_states().await?,
            calendar: self.calendar_in_force().await?,
            hours: OfficeHours::builtin().map_err(|e| messages::builtin(&e))?,
            now: self.now(),
        })
    }

    pub(crate) async fn obstacles(&self, actor: Option<&Actor>) -> Result<ObstaclesView, WireError> {
        let register = self.register().await?;
        let mut rows: Vec<ObstacleRow> =
            register.states.iter().map(|s| self.obstacle_row(s, &register, actor)).collect();
        rows.sort_by_key(|r| match r.stage {
            ObstacleStage::Resolved => (2, -r.resolved_at.unwrap_or(0)),
            _ if r.overdue => (0, r.raised_at),
            _ => (1, r.raised_at),
        });
        let shipped = pvhcc_domain::party::systems().map_err(|e| messages::builtin(&e))?;
        let mut systems: BTreeSet<&str> = shipped.iter().map(String::as_str).collect();
        systems.extend(register.states.iter().flat_map(|s| s.obstacle.systems.iter().map(String::as_str)));
        let mut systems: Vec<String> = systems.into_iter().map(str::to_owned).collect();
        systems.sort_by_key(|s| collate_key(s));
        let stats = stats::view(&register);
        Ok(ObstaclesView {
            now: register.now.0,
            headline: stats.headline,
            overdue: stats.overall.overdue,
            rows,
            response_title: stats.title,
            responses: stats.rows,
            overall: stats.overall,
            parties: register
                .parties
                .iter()
                .map(|p| PartyName {
                    id: p.party.id.clone(),
                    short: p.party.short.clone(),
                    name: p.party.name.clone(),
                })
                .collect(),
            units: self.0.units.organisations().iter().map(|u| self.unit_view(&u.id)).collect(),
            systems,
            can_raise: actor.is_some_and(|a| a.role.grants(Permission::EditTasks)),
        })
    }

    pub(crate) async fn obstacle(
        &self,
        actor: Option<&Actor>,
        args: ObstacleArgs,
    ) -> Result<ObstacleDetailView, WireError> {
        let register = self.register().await?;
        let state = find(&register.states, &args.id)?;
        Ok(ObstacleDetailView {
            row: self.obstacle_row(state, &register, actor),
            history: self.obstacle_history(&args.id, actor).await?,
        })
    }

    fn obstacle_row(&self, state: &ObstacleState, register: &Register, actor: Option<&Actor>) -> ObstacleRow {
        let o = &state.obstacle;
        let today = register.now.day();
        let party = register.parties.iter().find(|p| p.party.id == o.party);
        let party_name = party.map_or_else(|| o.party.clone(), |p| p.party.short.clone());
        let tasks: Vec<TaskLink> = o.tasks.iter().map(|no| self.link_to(no, &register.tasks)).collect();
        let words: Vec<&str> = [o.title.as_str(), o.detail.as_str(), party_name.as_str()]
            .into_iter()
            .chain(o.systems.iter().map(String::as_str))
            .chain(tasks.iter().flat_map(|t| [t.no.as_str(), t.title.as_str()]))
            .collect();
        let waiting = state.stage() == ObstacleStage::Raised;
        let overdue = state.answer_overdue(today);
        ObstacleRow {
            id: state.id.clone(),
            group: o.group,
            title: o.title.clone(),
            detail: o.detail.clone(),
            systems: o.systems.clone(),
            units: o.units.iter().map(|u| self.unit_view(u)).collect(),
            party: o.party.clone(),
            stage: state.stage(),
            raised_at: o.raised_at.0,
            answer_due: o.answer_due.map(|d| d.to_string()),
            overdue,
            due_soon: waiting
                && !overdue
                && o.answer_due.is_some_and(|d| register.calendar.working_days_between(today, d) <= 1),
            timing: timing(state, register),
            answered_at: state.answered.as_ref().map(|r| r.on.0),
            answer: state.answered.as_ref().map(|r| r.text.clone()),
            resolved_at: state.resolved.as_ref().map(|r| r.on.0),
            resolution: state.resolved.as_ref().map(|r| r.text.clone()),
            editable: actor.is_some_and(|a| self.may_edit(a, state, party)),
            search: fold(&words.join(" ")),
            last_event: state.last_event.clone(),
            party_name,
            tasks,
        }
    }

    fn link_to(&self, no: &str, tasks: &BTreeMap<String, TaskState>) -> TaskLink {
        TaskLink {
            no: no.to_owned(),
            title: self.row(no).map(|r| r.title).unwrap_or_default(),
            status: tasks.get(no).map(|s| s.status).unwrap_or_default(),
        }
    }

    fn may_edit(&self, actor: &Actor, state: &ObstacleState, party: Option<&PartyState>) -> bool {
        let own = state.recorded_by == actor.person;
        let mut concerned = state.obstacle.units.clone();
        concerned.extend(party.into_iter().flat_map(|p| p.party.units.clone()));
        may_edit_obstacle(actor.role, &actor.unit, own, &concerned, &self.0.units.coordinating())
    }

    /// Answers that are overdue, for the navigation.
    pub(crate) async fn overdue_answers(&self) -> Result<u32, WireError> {
        let today = self.now().day();
        let count = self.obstacle_states().await?.iter().filter(|s| s.answer_overdue(today)).count();
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Lines of "cần chú ý" with their ranks: answers overdue, answers due.
    pub(crate) async fn obstacle_lines(&self) -> Result<Vec<(i64, AttentionItem)>, WireError> {
        let register = self.register().await?;
        let rows = register.states.iter().map(|s| self.obstacle_row(s, &register, None));
        let lines = rows.filter(|r| r.overdue || r.due_soon).map(|row| {
            let (rank, badge, tone) = if row.overdue {
                (850, "Quá hạn trả lời", "bad")
            } else {
                (520, "Sắp hạn trả lời", "warn")
            };
            let due = row.answer_due.as_deref().and_then(|d| d.parse().ok()).map(vn).unwrap_or_default();
            let item = AttentionItem {
                badge: badge.into(),
                tone: tone.into(),
                title: row.title,
                detail: format!("{} · hạn trả lời {due} · {}", row.party_name, row.timing),
                action: "Mở".into(),
                target: Target { screen: "obstacles".into(), task: None, filter: Some(row.id) },
            };
            (rank, item)
        });
        Ok(lines.collect())
    }
}

fn find<'a>(states: &'a [ObstacleState], id: &str) -> Result<&'a ObstacleState, WireError> {
    states.iter().find(|s| s.id == id).ok_or_else(|| {
        WireError::new(
            ErrorCode::NotFound,
            format!("Không có vướng mắc “{id}”. Có thể người ghi vừa hoàn tác; hãy xem lại danh sách."),
        )
    })
}

/// How long it waited or took, in words.
fn timing(state: &ObstacleState, register: &Register) -> String {
    let o = &state.obstacle;
    let span = |from: Ms, to: Ms| {
        stats::working_span(register.hours.working_ms(&register.calendar, from, to), &register.hours)
    };
    match (&state.resolved, &state.answered, o.answer_due) {
        (Some(resolved), _, _) => format!("gỡ xong sau {}", span(o.raised_at, resolved.on)),
        (None, Some(_), _) => match state.responses().last() {
            Some((_, asked, answered)) => format!("trả lời sau {}", span(asked, answered)),
            None => String::new(),
        },
        (None, None, Some(due)) if state.answer_overdue(register.now.day()) => {
            format!("quá hạn trả lời {} ngày", (register.now.day() - due).num_days())
        }
        (None, None, _) if o.raised_at > register.now => {
            format!("sẽ gửi {}", words::moment(o.raised_at, register.now))
        }
        (None, None, _) => format!("chờ {}", span(o.raised_at, register.now)),
    }
}
