//! Opening, pausing and ending a run.

use super::{conflict, entity};
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{RunArgs, RunKeyArgs, RunOpenArgs, RunTextArgs, RunView, WireError},
};
use pvhcc_domain::{
    act::Act,
    operation::{
        run::{Mode, RunAct, state::RunState},
        runbook::read,
    },
    time::Ms,
};
use pvhcc_store::NewEvent;

/// How far from now a run may be planned to start, ms: a fortnight.
const FARTHEST: i64 = 14 * 86_400_000;

impl App {
    pub(crate) async fn run_open(&self, actor: &Actor, args: RunOpenArgs) -> Result<RunView, WireError> {
        let kept = self.kept_runbook(&args.runbook).await?;
        if let Some(reason) = &kept.retired {
            return Err(conflict(format!("Kịch bản này đã thôi dùng ({reason}). Hãy chọn kịch bản khác.")));
        }
        let shelf = self.shelf().await?;
        let Some(runbook) = self.with_known(&shelf, |known| read(&kept.text, known)).runbook else {
            let message =
                "Kịch bản đang có lỗi nên chưa chạy được. Hãy mở kịch bản và sửa các dòng được nêu.";
            return Err(messages::invalid("runbook", message));
        };
        let (runs, _) = self.run_states().await?;
        if let Some(parent) = &args.rolls_back {
            let parent = runs.iter().find(|r| &r.id == parent).ok_or_else(|| super::not_found(parent))?;
            if parent.no_return.is_some() {
                return Err(conflict(
                    "Lần chạy chính đã qua điểm không thể quay lui. Không mở kịch bản quay lui được.",
                ));
            }
            if parent.going_back().is_none() {
                return Err(conflict(
                    "Chưa có quyết định quay lui ở cổng nào. Hãy quyết định trước, rồi mở kịch bản quay lui.",
                ));
            }
            if parent.mode != args.mode {
                return Err(messages::invalid("mode", "Quay lui phải cùng chế độ với lần chạy chính."));
            }
            if self.runbook_of(parent).await?.rollback.as_deref() != Some(runbook.id.as_str()) {
                return Err(messages::invalid(
                    "runbook",
                    "Kịch bản này không phải kịch bản quay lui của lần chạy chính.",
                ));
            }
        }
        let same = |r: &&RunState| r.ended.is_none() && r.runbook == runbook.id && r.mode == args.mode;
        if let Some(open) = runs.iter().find(same) {
            let said = self.said_words(&open.opened.by, open.opened.role, open.opened.at).await?;
            return Err(conflict(format!("Kịch bản này đang được chạy, do {said} mở. Hãy vào lần chạy đó.")));
        }
        let now = self.now();
        let planned = match args.mode {
            Mode::Live if args.rolls_back.is_none() => runbook.starts,
            _ => now,
        };
        let starts = args.starts.map_or(planned, Ms);
        if (starts.0 - now.0).abs() > FARTHEST {
            return Err(messages::invalid("starts", "Giờ bắt đầu phải trong vòng 14 ngày so với bây giờ."));
        }
        let sha256 = self.0.store.put_blob(kept.text.as_bytes()).await.map_err(|e| messages::store(&e))?;
        let id = uuid::Uuid::now_v7().to_string();
        let act = Act::Run(RunAct::Opened {
            runbook: runbook.id,
            sha256,
            mode: args.mode,
            starts,
            rolls_back: args.rolls_back,
        });
        let new = NewEvent {
            actor: actor.person.clone(),
            role: actor.role,
            auth: actor.auth,
            entity: entity(&id),
            based_on: None,
            act,
            said_at: None,
        };
        self.0.store.append(new).await.map_err(|e| messages::store(&e))?;
        self.runs_changed();
        self.run(Some(actor), RunArgs::of(id)).await
    }

    pub(crate) async fn run_pause(&self, actor: &Actor, args: RunTextArgs) -> Result<RunView, WireError> {
        let Some(reason) = note(Some(&args.text))? else {
            return Err(messages::invalid("text", "Hãy ghi vì sao tạm dừng."));
        };
        self.say_in_run(actor, &args.run, |scene| match scene.run.pause() {
            Some(_) => Err(conflict("Lần chạy đang tạm dừng rồi. Chưa ghi gì.")),
            None => Ok(RunAct::Paused { reason: reason.clone() }),
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    pub(crate) async fn run_resume(&self, actor: &Actor, args: RunKeyArgs) -> Result<RunView, WireError> {
        self.say_in_run(actor, &args.run, |scene| match scene.run.pause() {
            Some(_) => Ok(RunAct::Resumed {}),
            None => Err(conflict("Lần chạy không tạm dừng. Chưa ghi gì.")),
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    pub(crate) async fn run_end(&self, actor: &Actor, args: RunTextArgs) -> Result<RunView, WireError> {
        let Some(text) = note(Some(&args.text))? else {
            return Err(messages::invalid("text", "Hãy ghi lần chạy kết thúc thế nào."));
        };
        self.say_in_run(actor, &args.run, |_| Ok(RunAct::Ended { text: text.clone() })).await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }
}
