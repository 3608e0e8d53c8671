//! Votes on criteria and decisions at gates. A must that fails is never overruled: then only "hold" and "roll back" can be decided.

use super::{Scene, conflict, words};
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{ErrorCode, GateDecideArgs, GateVoteArgs, RunArgs, RunView, WireError},
};
use pvhcc_domain::operation::{
    run::{
        Decision, Mode, RunAct, Vote,
        gate::{Hindrance, hindrances, may_go, standing},
    },
    runbook::{Criterion, Gate},
};
use std::collections::BTreeMap;

fn forbidden(message: String) -> WireError {
    WireError::new(ErrorCode::Forbidden, message)
}

impl Scene {
    fn gate(&self, id: &str) -> Result<&Gate, WireError> {
        let gate = self.runbook.gate(id);
        gate.ok_or_else(|| WireError::new(ErrorCode::NotFound, format!("Kịch bản không có cổng «{id}».")))
    }
}

impl App {
    /// Why the person may not vote on a criterion; none when they may.
    pub(super) fn vote_hindrance(&self, actor: &Actor, criterion: &Criterion) -> Option<String> {
        match &criterion.word {
            None => Some("Tiêu chí này do máy đo, không bỏ phiếu.".to_owned()),
            Some(who) if who.is(actor.role, &actor.unit, actor.deputy) => None,
            Some(who) => Some(format!("Chỉ {} được cho ý kiến về tiêu chí này.", self.who_words(who))),
        }
    }

    /// Why the person may not decide at a gate; none when they may. That they may decide at all was checked before.
    pub(super) fn decision_hindrance(&self, actor: &Actor, gate: &Gate) -> Option<String> {
        let named = gate.decides.is(actor.role, &actor.unit, actor.deputy);
        (!named).then(|| format!("Cổng này do {} quyết định.", self.who_words(&gate.decides)))
    }

    pub(crate) async fn gate_vote(&self, actor: &Actor, args: GateVoteArgs) -> Result<RunView, WireError> {
        let reason = note(args.reason.as_deref())?;
        self.say_in_run(actor, &args.run, |scene| {
            let gate = scene.gate(&args.gate)?;
            let Some(criterion) = gate.criterion(&args.criterion) else {
                let message = format!("Cổng «{}» không có tiêu chí «{}».", gate.title, args.criterion);
                return Err(WireError::new(ErrorCode::NotFound, message));
            };
            if let Some(why) = self.vote_hindrance(actor, criterion) {
                return Err(forbidden(why));
            }
            let measured = criterion.measure.as_ref().is_some_and(|condition| {
                let met = scene.watched(condition).met(condition, scene.now);
                met != (args.vote == Vote::Go)
            });
            if reason.is_none() && (args.vote == Vote::NoGo || measured) {
                let why = if measured {
                    "Ý kiến này ngược với số đo."
                } else {
                    "Ý kiến không đạt cần lý do."
                };
                return Err(messages::invalid("reason", &format!("{why} Hãy ghi lý do.")));
            }
            Ok(RunAct::Voted {
                gate: args.gate.clone(),
                criterion: args.criterion.clone(),
                vote: args.vote,
                reason: reason.clone(),
            })
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    pub(crate) async fn gate_decide(
        &self,
        actor: &Actor,
        args: GateDecideArgs,
    ) -> Result<RunView, WireError> {
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do của quyết định."));
        };
        self.say_in_run(actor, &args.run, |scene| {
            let gate = scene.gate(&args.gate)?;
            if let Some(why) = self.decision_hindrance(actor, gate) {
                return Err(forbidden(why));
            }
            match args.decision {
                Decision::Go => {
                    let found = scene.with_around(|around| hindrances(&scene.run, gate, around));
                    if !may_go(&found, scene.run.mode, args.despite == Some(true)) {
                        return Err(self.no_go(scene, gate, &found));
                    }
                }
                Decision::RollBack if scene.run.no_return.is_some() => {
                    return Err(conflict("Đã qua điểm không thể quay lui. Chưa ghi gì."));
                }
                Decision::RollBack if scene.runbook.rollback.is_none() => {
                    return Err(conflict("Kịch bản này không có kịch bản quay lui. Chưa ghi gì."));
                }
                Decision::Hold | Decision::RollBack => {}
            }
            let shown = self.shown_at(scene, gate);
            Ok(RunAct::GateDecided {
                gate: args.gate.clone(),
                decision: args.decision,
                reason: reason.clone(),
                shown,
            })
        })
        .await?;
        self.run(Some(actor), RunArgs::of(args.run)).await
    }

    fn no_go(&self, scene: &Scene, gate: &Gate, found: &[Hindrance]) -> WireError {
        let words: Vec<String> =
            found.iter().map(|h| self.hindrance_words(&scene.runbook, &gate.id, h)).collect();
        let by_machine = scene.run.mode == Mode::Rehearsal && found.iter().all(Hindrance::is_of_machine);
        let hint = if by_machine {
            "Diễn tập có thể đi tiếp qua số đo khi đánh dấu điều đó."
        } else {
            "Chỉ có thể quyết định tạm dừng hoặc quay lui."
        };
        conflict(format!("Không quyết định tiếp tục được. {} {hint} Chưa ghi gì.", words.join(" ")))
            .with("field", "decision")
    }

    /// What each criterion shows now, in words, by its id.
    fn shown_at(&self, scene: &Scene, gate: &Gate) -> BTreeMap<String, String> {
        let words = |criterion: &Criterion| {
            let standing = scene.with_around(|around| standing(&scene.run, gate, criterion, around));
            let value = criterion.measure.as_ref().map(|c| words::value(c, scene.readings.value(c)));
            let value = value.map(|value| format!(" ({value})")).unwrap_or_default();
            (criterion.id.clone(), format!("{}{value}", words::shown(standing.shown)))
        };
        gate.criteria.iter().map(words).collect()
    }
}
