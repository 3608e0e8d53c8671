//! The whole checklist as of a moment: what was said by then, judged on that moment's day.

use crate::{
    App,
    checklist::Present,
    frame::{self, Fresh},
    messages, rules,
    wire::{AsOfArgs, TasksView, WireError},
};
use pvhcc_domain::{
    act::Event,
    compare::said_by,
    observation::SourceId,
    task::{TaskState, project},
    text::instant,
    time::Ms,
};
use std::collections::BTreeMap;

/// Said of a source of which nothing of that time is kept.
const NOT_KEPT: &str = "không lưu";

impl App {
    /// The checklist as of a moment; nobody can write into it.
    pub(crate) async fn tasks_as_of(&self, args: AsOfArgs) -> Result<TasksView, WireError> {
        let at = self.moment(args.at, "at")?;
        let past = self.present_at(at).await?;
        Ok(TasksView { as_of: Some(at.0), ..self.tasks_view(&*self.list(args.list.as_deref())?, past, None) })
    }

    /// An instant somebody asks for; it must have come.
    pub(crate) fn moment(&self, at: i64, field: &str) -> Result<Ms, WireError> {
        if Ms(at) > self.now() {
            return Err(messages::invalid(
                field,
                &format!(
                    "{} chưa đến. Hãy chọn một thời điểm không sau {}.",
                    instant(Ms(at)),
                    instant(self.now())
                ),
            ));
        }
        Ok(Ms(at))
    }

    /// Everything rows are made from, as it was at `at`.
    pub(crate) async fn present_at(&self, at: Ms) -> Result<Present, WireError> {
        let failed = |e| messages::store(&e);
        let store = &self.0.store;
        let fresh = self.freshness_at(SourceId::GatewayTasks, at).await?;
        Ok(Present {
            states: states_at(&self.task_events().await?, at),
            gateway: store.gateway_tasks_at(at).await.map_err(failed)?,
            gateway_as_of: fresh.as_of,
            gateway_state: fresh.state,
            gateway_text: fresh.text,
            calendar: self.calendar_said_by(at).await?,
            now: at,
            proofs: self.proofs_at(at).await?,
            obstacles: self.open_obstacles_by_task_at(at).await?,
        })
    }

    /// How fresh a source was at `at`, by the limit in force then.
    pub(crate) async fn freshness_at(&self, source: SourceId, at: Ms) -> Result<Fresh, WireError> {
        let failed = |e| messages::store(&e);
        let store = &self.0.store;
        let rules = said_by(&self.events_of("rules").await?, at);
        let limit = rules::number(&rules::freshness_rule(source), &rules, at) * 1000;
        let row = store.source_at(source, at).await.map_err(failed)?;
        let mut fresh = frame::fresh(row.as_ref(), limit, at);
        if row.is_none() && store.source_states().await.map_err(failed)?.contains_key(&source) {
            NOT_KEPT.clone_into(&mut fresh.text);
        }
        Ok(fresh)
    }

    /// Every event of every task, by the task's key.
    pub(crate) async fn task_events(&self) -> Result<BTreeMap<String, Vec<Event>>, WireError> {
        let mut by_task: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for event in self.events_under("task:").await? {
            if let Some(key) = event.entity.strip_prefix("task:") {
                by_task.entry(key.to_owned()).or_default().push(event);
            }
        }
        Ok(by_task)
    }
}

/// States folded from what was said by `at`; tasks of which nothing had been said are left out.
pub(crate) fn states_at(events: &BTreeMap<String, Vec<Event>>, at: Ms) -> BTreeMap<String, TaskState> {
    events
        .iter()
        .map(|(key, events)| (key, said_by(events, at)))
        .filter(|(_, said)| !said.is_empty())
        .map(|(key, said)| (key.clone(), project(&said)))
        .collect()
}
