//! A run as the window and the command line show it.

use super::{
    look::{Look, count, over},
    words,
};
use crate::{
    App,
    checklist::Who,
    people::{Actor, ROSTER, roster_at},
    wire::{ErrorCode, NoReturnView, RunArgs, RunLine, RunPerson, RunRow, RunView, RunsView, WireError},
    words as common,
};
use pvhcc_domain::{
    act::Said,
    operation::{
        run::{
            Mode,
            forecast::{Forecast, forecast},
            state::RunState,
        },
        runbook::{Runbook, parse},
    },
    roles::{Permission, Role},
    text::collate_key,
};
use std::collections::BTreeMap;

impl App {
    pub(crate) async fn runs(&self) -> Result<RunsView, WireError> {
        let (runs, _) = self.run_states().await?;
        let who = self.who().await?;
        let mut rows = Vec::with_capacity(runs.len());
        for run in &runs {
            let runbook = self.runbook_of(run).await?;
            let expected = forecast(&runbook, run, self.now());
            rows.push(self.run_row(run, &runbook, &expected, &who));
        }
        Ok(RunsView { now: self.now().0, rows })
    }

    fn run_row(&self, run: &RunState, runbook: &Runbook, expected: &Forecast, who: &Who) -> RunRow {
        let done = over(run, runbook);
        let now = self.now();
        let text = match (&run.ended, run.pause()) {
            (Some((said, _)), _) => format!(
                "kết thúc lúc {}, xong {done}/{} bước",
                common::moment(said.at, now),
                runbook.steps.len()
            ),
            (None, Some(_)) => format!("tạm dừng, xong {done}/{} bước", runbook.steps.len()),
            (None, None) => {
                format!("xong {done}/{} bước, {}", runbook.steps.len(), words::slip(expected.slip))
            }
        };
        RunRow {
            id: run.id.clone(),
            runbook: run.runbook.clone(),
            title: runbook.title.clone(),
            mode: run.mode,
            opened_at: run.opened.at.0,
            opened_by: who.person(&run.opened.by, run.opened.role),
            ended_at: run.ended.as_ref().map(|(said, _)| said.at.0),
            done: count(done),
            steps: count(runbook.steps.len()),
            rolls_back: run.rolls_back.clone(),
            text,
        }
    }

    /// The run asked for; without an id the one that goes on, a live one and the way back first, else the one opened last.
    pub(crate) async fn run(&self, actor: Option<&Actor>, args: RunArgs) -> Result<RunView, WireError> {
        let (runs, _) = self.run_states().await?;
        let id = match &args.id {
            Some(id) => id.clone(),
            None => {
                let key = |r: &&RunState| match r.ended {
                    Some(_) => (true, false, false),
                    None => (false, r.mode == Mode::Rehearsal, r.rolls_back.is_none()),
                };
                let first = runs.iter().min_by_key(key);
                first.map(|r| r.id.clone()).ok_or_else(|| {
                    WireError::new(ErrorCode::NotFound, "Chưa có lần chạy nào. Hãy mở một kịch bản.")
                })?
            }
        };
        let scene = self.run_scene(&id).await?;
        let who = self.who().await?;
        let expected = forecast(&scene.runbook, &scene.run, scene.now);
        let rollback_titles = self.rollback_titles(&scene.runbook).await?;
        let look = Look {
            app: self,
            scene: &scene,
            who: &who,
            actor,
            expected: &expected,
            rollback: &rollback_titles,
        };
        let (run, runbook) = (&scene.run, &scene.runbook);
        let line = |said: &Said, text: &str, detail: &str| RunLine {
            at: said.at.0,
            who: who.person(&said.by, said.role),
            text: text.to_owned(),
            detail: detail.to_owned(),
        };
        let can_go_back = run.no_return.is_none() && runbook.rollback.is_some();
        Ok(RunView {
            row: self.run_row(run, runbook, &expected, &who),
            now: scene.now.0,
            headline: look.headline(),
            starts: run.starts.0,
            window_ends: runbook.window_ends(run.starts).0,
            planned_end: runbook.planned_end(run.starts).0,
            end: expected.end.0,
            slip: expected.slip,
            paused: run.pause().map(|p| line(&p.said, "Tạm dừng", &p.reason)),
            ended: run.ended.as_ref().map(|(said, text)| line(said, "Kết thúc", text)),
            rolled_back_by: runs
                .iter()
                .filter(|r| r.rolls_back.as_deref() == Some(&*run.id))
                .map(|r| r.id.clone())
                .collect(),
            rollback: runbook.rollback.clone().filter(|_| can_go_back),
            rollback_minutes: runbook.worst_rollback_minutes,
            last_safe: runbook
                .last_safe(run.starts)
                .filter(|_| can_go_back && run.ended.is_none())
                .map(|at| at.0),
            streams: look.streams(),
            steps: runbook.steps.iter().enumerate().map(|(at, step)| look.step(at, step)).collect(),
            gates: runbook.gates.iter().map(|gate| look.gate(gate)).collect(),
            triggers: runbook.triggers.iter().map(|trigger| look.trigger(trigger)).collect(),
            no_return_step: runbook.no_return().map(|s| s.id.clone()),
            no_return: run.no_return.as_ref().map(|n| NoReturnView {
                step: n.step.clone(),
                at: n.said.at.0,
                first: who.person(&n.said.by, n.said.role),
                second: who.person(&n.second.person, n.second.role),
                reason: n.reason.clone(),
            }),
            no_return_hindrance: self.no_return_hindrance(&scene).or_else(|| {
                let may = actor.is_some_and(|a| a.may(Permission::Decide));
                (!may).then(|| "Người thứ nhất phải là lãnh đạo hoặc người được ủy quyền.".to_owned())
            }),
            log: self.run_log(&scene, &who).await?,
            people: self.run_people(&who).await?,
            can_run: run.ended.is_none() && actor.is_some_and(|a| a.may(Permission::RunDuty)),
        })
    }

    /// Titles of the steps of the runbook that leads back.
    async fn rollback_titles(&self, runbook: &Runbook) -> Result<BTreeMap<String, String>, WireError> {
        let Some(id) = &runbook.rollback else { return Ok(BTreeMap::new()) };
        let back = self.shelf().await?.remove(id).and_then(|kept| parse(&kept.text).ok());
        Ok(back.map(|r| r.steps.into_iter().map(|s| (s.id, s.title)).collect()).unwrap_or_default())
    }

    async fn run_people(&self, who: &Who) -> Result<Vec<RunPerson>, WireError> {
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let mut people: Vec<RunPerson> = roster
            .into_iter()
            .filter(|a| a.active && a.role != Role::Admin)
            .map(|a| RunPerson {
                name: who.person(&a.person, a.role),
                unit: self.unit_view(&a.unit),
                person: a.person,
            })
            .collect();
        people.sort_by_key(|p| collate_key(&p.name));
        Ok(people)
    }
}
