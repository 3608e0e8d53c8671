//! Rows of the checklist: the decision's data, what people said, what the gateway says, how late it is.

use super::vn;
use crate::{
    App,
    lists::{measures, text_of, texts},
    messages,
    people::Actor,
    proof::{Proof, ProofBook, Standing, pill, rag_cell},
    wire::{FreshState, GatewayWord, SectionView, TaskRow, TasksArgs, TasksView, UnitView, WireError},
    words,
};
use chrono::NaiveDate;
use pvhcc_domain::{
    calendar::Calendar,
    checklist::{Checklist, Kind, Row},
    lateness::{Lateness, TaskDates, lateness},
    lists::List,
    observation::{GatewayTask, SourceId},
    roles::may_edit_task,
    task::{TaskState, TaskStatus},
    text::fold,
    time::Ms,
};
use std::{collections::BTreeMap, sync::Arc};

/// How the 90 tasks stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) total: u32,
    pub(crate) done: u32,
    pub(crate) not_applicable: u32,
    pub(crate) blocked: u32,
    pub(crate) overdue: u32,
    /// Done, and it holds.
    pub(crate) proved: u32,
    /// Done, and measured below its bar.
    pub(crate) failed: u32,
    /// Done, and not seen now.
    pub(crate) silent: u32,
}

impl Counts {
    /// Neither done nor set aside.
    pub(crate) fn open(self) -> u32 {
        self.total - self.done - self.not_applicable
    }
}

/// Everything rows are made from, read once.
pub(crate) struct Present {
    pub(crate) states: BTreeMap<String, TaskState>,
    pub(crate) gateway: BTreeMap<String, GatewayTask>,
    pub(crate) gateway_as_of: Option<Ms>,
    pub(crate) gateway_state: FreshState,
    pub(crate) gateway_text: String,
    pub(crate) calendar: Calendar,
    pub(crate) now: Ms,
    pub(crate) proofs: Arc<ProofBook>,
    /// Ids of open obstacles by task.
    pub(crate) obstacles: BTreeMap<String, Vec<String>>,
}

impl App {
    pub(crate) async fn present(&self) -> Result<Present, WireError> {
        let store = &self.0.store;
        let fresh = self.freshness_of(SourceId::GatewayTasks).await?;
        Ok(Present {
            states: store.task_states().await.map_err(|e| messages::store(&e))?,
            gateway: store.gateway_tasks().await.map_err(|e| messages::store(&e))?,
            gateway_as_of: fresh.as_of,
            gateway_state: fresh.state,
            gateway_text: fresh.text,
            calendar: self.calendar_in_force().await?,
            now: self.now(),
            proofs: self.proofs().await?,
            obstacles: self.open_obstacles_by_task().await?,
        })
    }

    pub(crate) async fn tasks(&self, actor: Option<&Actor>, args: TasksArgs) -> Result<TasksView, WireError> {
        let list = self.list(args.list.as_deref())?;
        Ok(self.tasks_view(&list, self.present().await?, actor))
    }

    /// A checklist made of `present`, which may be a past moment's.
    pub(crate) fn tasks_view(&self, list: &List, present: Present, actor: Option<&Actor>) -> TasksView {
        let rows: Vec<TaskRow> =
            list.checklist.rows().iter().map(|row| self.task_row(row, &present, actor)).collect();
        let counts = counts(&list.checklist, &present);
        let units: Vec<UnitView> = {
            let mut ids: Vec<&String> = list.checklist.rows().iter().flat_map(|r| &r.lead_units).collect();
            ids.sort();
            ids.dedup();
            ids.into_iter().map(|id| self.unit_view(id)).collect()
        };
        TasksView {
            now: present.now.0,
            as_of: None,
            rows,
            list: self.list_view(list),
            lists: self.list_links(),
            sections: list
                .checklist
                .sections()
                .iter()
                .map(|s| SectionView { id: s.id.clone(), title: s.title.clone() })
                .collect(),
            units,
            subtitle: format!(
                "{} quá hạn · {}/{} báo xong · {} có minh chứng",
                counts.overdue, counts.done, counts.total, counts.proved
            ),
            gateway_state: present.gateway_state,
            gateway_text: present.gateway_text,
        }
    }

    pub(crate) fn task_rows(&self, present: &Present, actor: Option<&Actor>) -> Vec<TaskRow> {
        self.0.checklist.rows().iter().map(|row| self.task_row(row, present, actor)).collect()
    }

    pub(crate) fn task_row(&self, row: &Row, present: &Present, actor: Option<&Actor>) -> TaskRow {
        let lists = self.checklists();
        let list = lists.of_key(&row.no);
        let state = present.states.get(&row.no).cloned().unwrap_or_default();
        let lateness = late(row, &state, present);
        let late_predecessors: Vec<String> = row
            .predecessors
            .iter()
            .filter(|no| {
                self.0.checklist.get(no).is_some_and(|p| {
                    let s = present.states.get(*no).cloned().unwrap_or_default();
                    late(p, &s, present).overdue
                })
            })
            .cloned()
            .collect();
        let text: Vec<&str> =
            [row.no.as_str(), row.title.as_str(), row.group.as_str(), state.note.as_deref().unwrap_or("")]
                .into_iter()
                .chain(list.iter().flat_map(|l| &l.columns).map(|c| text_of(row, &state, &c.id)))
                .chain(
                    row.lead_units.iter().filter_map(|u| self.0.units.get(u).map(|u| u.short_name.as_str())),
                )
                .collect();
        let proof = present.proofs.get(&row.no).filter(|_| row.kind == Kind::Task);
        TaskRow {
            proof: pill(state.status, proof, present.now),
            rag: rag_cell(
                &state,
                &lateness,
                &late_predecessors,
                present.obstacles.get(&row.no).map_or(&[], Vec::as_slice),
                proof.map(Proof::state).unwrap_or_default(),
                present.now.day(),
            ),
            list: list.map(|l| l.id.clone()).unwrap_or_default(),
            label: row.label().to_owned(),
            texts: list.map(|l| texts(l, row, &state)).unwrap_or_default(),
            measures: list.map(|l| measures(l, row, &state)).unwrap_or_default(),
            no: row.no.clone(),
            section: row.section.clone(),
            heading: row.kind == Kind::Heading,
            group: row.group.clone(),
            title: row.title.clone(),
            lead_units: row.lead_units.iter().map(|u| self.unit_view(u)).collect(),
            due: row.due.map(|d| d.to_string()),
            changed_due: state.changed_due.as_ref().map(|(d, _)| d.to_string()),
            expected: state.expected.map(|d| d.to_string()),
            status: state.status,
            done_on: state.done_on.map(|d| d.to_string()),
            note: state.note.clone(),
            days_late: binding_days(&lateness),
            days_late_decision: lateness.late_decision.unwrap_or(0),
            overdue: lateness.overdue,
            due_soon: lateness.due_soon,
            lateness: lateness_text(
                &lateness,
                &state,
                present,
                TaskDates::of(row.due, &state).effective_due(),
            ),
            flow: row.flow,
            phase: row.phase,
            stage: row.stage,
            api: row.api.clone(),
            predecessors: row.predecessors.clone(),
            late_predecessors,
            gateway: gateway_word(row, &state, present),
            editable: row.kind == Kind::Task
                && actor.is_some_and(|a| {
                    may_edit_task(a.role, &a.unit, &row.lead_units, &self.0.units.coordinating())
                }),
            search: fold(&text.join(" ")),
            conflicts: u32::try_from(state.conflicts.len()).unwrap_or(u32::MAX),
            last_event: Some(state.base().to_owned()),
        }
    }

    /// How the main checklist stands.
    pub(crate) fn counts(&self, present: &Present) -> Counts {
        counts(&self.0.checklist, present)
    }

    pub(crate) fn unit_view(&self, id: &str) -> UnitView {
        self.0.units.get(id).map_or_else(
            || UnitView { id: id.to_owned(), short: id.to_owned(), name: id.to_owned() },
            |u| UnitView { id: u.id.clone(), short: u.short_name.clone(), name: u.name.clone() },
        )
    }
}

fn counts(checklist: &Checklist, present: &Present) -> Counts {
    let mut counts = Counts::default();
    for row in checklist.tasks() {
        let state = present.states.get(&row.no).cloned().unwrap_or_default();
        counts.total += 1;
        match state.status {
            TaskStatus::Done => {
                counts.done += 1;
                match present.proofs.get(&row.no).map(Proof::standing) {
                    Some(Standing::Proved) => counts.proved += 1,
                    Some(Standing::Failed) => counts.failed += 1,
                    Some(Standing::Silent) => counts.silent += 1,
                    Some(Standing::Bare) | None => {}
                }
            }
            TaskStatus::NotApplicable => counts.not_applicable += 1,
            TaskStatus::Blocked => counts.blocked += 1,
            TaskStatus::NotStarted | TaskStatus::InProgress => {}
        }
        if late(row, &state, present).overdue {
            counts.overdue += 1;
        }
    }
    counts
}

/// How late a task is; headings have no date.
fn late(row: &Row, state: &TaskState, present: &Present) -> Lateness {
    lateness(&TaskDates::of(row.due, state), present.now.day(), &present.calendar)
}

fn lateness_text(late: &Lateness, state: &TaskState, present: &Present, due: Option<NaiveDate>) -> String {
    let days = binding_days(late);
    match state.status {
        TaskStatus::NotApplicable => String::new(),
        TaskStatus::Done if late.done_late => format!("xong muộn {days} ngày"),
        TaskStatus::Done => String::new(),
        _ if late.overdue => format!("quá {days} ngày"),
        _ if late.due_soon => match due.map(|d| (d - present.now.day()).num_days()) {
            Some(0) => "đến hạn hôm nay".to_owned(),
            Some(left) => format!("còn {left} ngày"),
            None => String::new(),
        },
        _ => String::new(),
    }
}

/// Days late against the date that binds.
fn binding_days(late: &Lateness) -> i64 {
    late.late_changed.or(late.late_decision).unwrap_or(0)
}

fn gateway_word(row: &Row, state: &TaskState, present: &Present) -> Option<GatewayWord> {
    let task = present.gateway.get(&row.no)?;
    let done_on = task.done_on.map(|d| format!(" ngày {}", vn(d))).unwrap_or_default();
    Some(GatewayWord {
        status: task.state,
        text: format!("Trục tích hợp: {}{done_on}", words::status(task.state)),
        disagrees: task.state != state.status,
        note: task.note.clone(),
        as_of: present.gateway_as_of.unwrap_or(task.updated_at).0,
        state: present.gateway_state,
    })
}
