//! Steps: assigned, begun, ended, done again.

use super::{Scene, conflict};
use crate::{
    App,
    checklist::{Who, note},
    messages,
    people::Actor,
    wire::{
        ErrorCode, ExportedView, RunArgs, RunView, StepAssignArgs, StepEndArgs, StepFileArgs, StepReopenArgs,
        StepStartArgs, WireError,
    },
    words as common,
};
use pvhcc_domain::act::Said;
use pvhcc_domain::operation::run::{
    Mode, RunAct, StepEnd,
    startable::{Reason, may_begin, reasons},
    state::Stage,
};
use pvhcc_domain::operation::runbook::Step;

/// `do Trực 02 · TT PVHCC tỉnh lúc 22:03`.
fn by(said: Option<&Said>, who: &Who, scene: &Scene) -> String {
    said.map_or_else(String::new, |said| {
        format!("do {} lúc {}", who.person(&said.by, said.role), common::moment(said.at, scene.now))
    })
}

/// A gate or a measure stands before the step: leaving it out would pass them by.
pub(super) fn is_guarded(step: &Step) -> bool {
    !step.gates.is_empty() || !step.needs.is_empty()
}

impl App {
    pub(crate) async fn step_assign(
        &self,
        actor: &Actor,
        args: StepAssignArgs,
    ) -> Result<RunView, WireError> {
        for person in [&args.owner, &args.backup].into_iter().flatten() {
            if self.assignment(person).await?.is_none() {
                return Err(messages::invalid(
                    "owner",
                    "Người này không còn vai trò. Hãy chọn người trong danh sách.",
                ));
            }
        }
        if args.owner.is_some() && args.owner == args.backup {
            return Err(messages::invalid("backup", "Người dự phòng phải khác người phụ trách."));
        }
        self.say_in_run(actor, &args.run, |scene| {
            scene.step(&args.step)?;
            let (step, owner, backup) = (args.step.clone(), args.owner.clone(), args.backup.clone());
            Ok(RunAct::StepAssigned { step, owner, backup })
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    pub(crate) async fn step_start(&self, actor: &Actor, args: StepStartArgs) -> Result<RunView, WireError> {
        let despite = note(args.despite.as_deref())?;
        let who = self.who().await?;
        self.say_in_run(actor, &args.run, |scene| {
            let (index, step) = scene.step(&args.step)?;
            let found = scene.with_around(|around| reasons(&scene.runbook, &scene.run, step, around));
            if let Some(Reason::Running | Reason::Over(_)) = found.first() {
                let state = scene.run.step(&args.step);
                let current = state.current();
                let text = if matches!(found[0], Reason::Running) {
                    let started = current.and_then(|t| t.started.as_ref());
                    format!("đã được bắt đầu {}", by(started, &who, scene))
                } else {
                    format!(
                        "đã kết thúc {}",
                        by(current.and_then(|t| t.ended.as_ref()).map(|e| &e.said), &who, scene)
                    )
                };
                return Err(conflict(format!("Bước «{}» {text}. Chưa ghi gì.", step.title)));
            }
            if !may_begin(&found, scene.run.mode, despite.is_some()) {
                let words: Vec<String> =
                    found.iter().map(|r| self.reason_words(&scene.runbook, index, r, scene.now)).collect();
                let rehearsal = scene.run.mode == Mode::Rehearsal && found.iter().all(Reason::is_of_machine);
                let hint = if rehearsal { " Diễn tập có thể đi tiếp khi ghi lý do." } else { "" };
                return Err(conflict(format!(
                    "Chưa bắt đầu được bước «{}». {}{hint} Chưa ghi gì.",
                    step.title,
                    words.join(" ")
                ))
                .with("field", "despite"));
            }
            let despite = if found.is_empty() { None } else { despite.clone() };
            Ok(RunAct::StepStarted { step: args.step.clone(), despite })
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    pub(crate) async fn step_end(&self, actor: &Actor, args: StepEndArgs) -> Result<RunView, WireError> {
        let text = note(args.text.as_deref())?;
        let who = self.who().await?;
        let attached = !args.files.is_empty();
        let check = |scene: &Scene| {
            let (_, step) = scene.step(&args.step)?;
            let state = scene.run.step(&args.step);
            let stage = state.stage();
            let fits = match args.end {
                StepEnd::Done | StepEnd::Failed => stage == Stage::Running,
                StepEnd::Skipped => matches!(stage, Stage::Running | Stage::Waiting | Stage::Failed),
            };
            if !fits && stage == Stage::Waiting {
                return Err(conflict(format!("Bước «{}» chưa bắt đầu. Chưa ghi gì.", step.title)));
            }
            if !fits {
                let ended = state.current().and_then(|t| t.ended.as_ref()).map(|e| &e.said);
                let by = by(ended, &who, scene);
                return Err(conflict(format!("Bước «{}» đã kết thúc {by}. Chưa ghi gì.", step.title)));
            }
            match args.end {
                StepEnd::Skipped if step.no_return || (scene.run.mode == Mode::Live && is_guarded(step)) => {
                    return Err(conflict(
                        "Bước có cổng kiểm soát, hoặc ở điểm không thể quay lui, không bỏ qua được. Chưa ghi gì.",
                    ));
                }
                StepEnd::Failed | StepEnd::Skipped if text.is_none() => {
                    return Err(messages::invalid("text", "Hãy ghi lý do."));
                }
                StepEnd::Done => {
                    if let Some(what) = &step.evidence
                        && !attached
                        && (scene.run.mode == Mode::Live || text.is_none())
                    {
                        let how = match scene.run.mode {
                            Mode::Live => "Hãy đính kèm tệp",
                            Mode::Rehearsal => "Diễn tập: hãy đính kèm tệp, hoặc ghi kết quả bằng lời",
                        };
                        return Err(messages::invalid(
                            "files",
                            &format!("Bước này cần minh chứng: {what}. {how}."),
                        ));
                    }
                }
                StepEnd::Failed | StepEnd::Skipped => {}
            }
            Ok(())
        };
        // What is wrong with the words is said before a file is kept for nothing.
        check(&self.run_scene(&args.run).await?)?;
        let mut files = Vec::with_capacity(args.files.len());
        for file in &args.files {
            files.push(self.keep_file(file).await?);
        }
        self.say_in_run(actor, &args.run, |scene| {
            check(scene)?;
            let (step, text, files) = (args.step.clone(), text.clone(), files.clone());
            Ok(RunAct::StepEnded { step, end: args.end, text, files })
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    pub(crate) async fn step_reopen(
        &self,
        actor: &Actor,
        args: StepReopenArgs,
    ) -> Result<RunView, WireError> {
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi vì sao làm lại."));
        };
        self.say_in_run(actor, &args.run, |scene| {
            let (_, step) = scene.step(&args.step)?;
            let stage = scene.run.stage(&args.step);
            if !stage.is_over() && stage != Stage::Failed {
                return Err(conflict(format!(
                    "Bước «{}» chưa kết thúc nên không cần mở lại. Chưa ghi gì.",
                    step.title
                )));
            }
            let before_no_return = scene.run.no_return.as_ref().is_some_and(|n| {
                n.step == args.step || scene.runbook.ancestors(&n.step).contains(&args.step.as_str())
            });
            if before_no_return {
                return Err(conflict("Bước này nằm trước điểm không thể quay lui đã qua. Chưa ghi gì."));
            }
            Ok(RunAct::StepReopened { step: args.step.clone(), reason: reason.clone() })
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    /// Saves a copy of a file of a step among the files made for people.
    pub(crate) async fn step_file(&self, args: StepFileArgs) -> Result<ExportedView, WireError> {
        let scene = self.run_scene(&args.run).await?;
        let state = scene.run.step(&args.step);
        let ends = state.tries.iter().filter_map(|t| t.ended.as_ref());
        let file = ends.flat_map(|e| &e.files).find(|f| f.sha256 == args.sha256);
        let file = file.ok_or_else(|| WireError::new(ErrorCode::NotFound, "Bước này không có tệp đó."))?;
        // Names were checked when attached; a journal from elsewhere may hold others.
        let name = crate::proof::safe_name(&file.name);
        let bytes = self.0.store.get_blob(&file.sha256).await.map_err(|e| messages::store(&e))?;
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "bin"));
        let path = self.save_export(stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView {
            message: format!("Đã lưu một bản của tệp «{name}» vào {path}."), path
        })
    }
}
