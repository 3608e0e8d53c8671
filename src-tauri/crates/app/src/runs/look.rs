//! Parts of a run's view: its steps, gates, reasons to go back and lines of work, as they stand at one moment.

use super::{Scene, steps::is_guarded, words};
use crate::{
    App,
    checklist::Who,
    people::Actor,
    wire::{
        ConditionView, CriterionView, DecisionView, FileView, RunGate, RunStep, RunStream, RunTrigger,
        StepFile, VoteView,
    },
    words as common,
};
use pvhcc_domain::{
    act::Said,
    evidence::FileRef,
    operation::{
        run::{
            Decision, Mode,
            forecast::Forecast,
            gate::{Shown, hindrances, may_go, standing},
            startable::{may_begin, reasons},
            state::{RunState, Stage},
            trigger::{Danger, danger},
        },
        runbook::{Condition, Criterion, Gate, Level, Runbook, Seen, Step, Stream, Trigger},
    },
    roles::Permission,
    time::Ms,
};
use std::collections::BTreeMap;

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Number of steps that are over.
pub(super) fn over(run: &RunState, runbook: &Runbook) -> usize {
    runbook.steps.iter().filter(|s| run.stage(&s.id).is_over()).count()
}

fn minutes_of(ms: i64) -> i64 {
    ms.max(0) / 60_000
}

/// All that a view is made from.
pub(super) struct Look<'a> {
    pub(super) app: &'a App,
    pub(super) scene: &'a Scene,
    pub(super) who: &'a Who,
    pub(super) actor: Option<&'a Actor>,
    pub(super) expected: &'a Forecast,
    /// Titles of the steps of the way back.
    pub(super) rollback: &'a BTreeMap<String, String>,
}

impl Look<'_> {
    pub(super) fn headline(&self) -> String {
        let (run, runbook) = (&self.scene.run, &self.scene.runbook);
        let steps = format!("Xong {}/{} bước", over(run, runbook), runbook.steps.len());
        if let Some((said, _)) = &run.ended {
            return format!("{steps} · kết thúc lúc {}", common::moment(said.at, self.scene.now));
        }
        let running: Vec<&str> = runbook
            .steps
            .iter()
            .filter(|s| run.stage(&s.id) == Stage::Running)
            .map(|s| s.title.as_str())
            .collect();
        let state = match (run.pause(), run.going_back(), running.as_slice()) {
            (Some(_), ..) => "tạm dừng".to_owned(),
            (None, Some(_), _) => "đã quyết định quay lui".to_owned(),
            (None, None, []) => "chưa có bước nào đang làm".to_owned(),
            (None, None, [one]) => format!("đang làm «{one}»"),
            (None, None, many) => format!("{} bước đang làm", many.len()),
        };
        let end = common::moment(self.expected.end, self.scene.now);
        format!("{steps} · {state} · {}, dự kiến xong {end}", words::slip(self.expected.slip))
    }

    pub(super) fn streams(&self) -> Vec<RunStream> {
        let (run, runbook) = (&self.scene.run, &self.scene.runbook);
        let view = |stream: &Stream| {
            let steps: Vec<&Step> = runbook.steps.iter().filter(|s| s.stream == stream.id).collect();
            let planned = steps.iter().map(|s| s.planned(run.starts).1).max()?;
            let end = self.expected.stream_end(runbook, &stream.id)?;
            Some(RunStream {
                id: stream.id.clone(),
                name: stream.name.clone(),
                done: count(steps.iter().filter(|s| run.stage(&s.id).is_over()).count()),
                steps: count(steps.len()),
                planned_end: planned.0,
                end: end.0,
                slip_text: words::slip(end.0 - planned.0),
                late: end.0 - planned.0 >= 60_000,
            })
        };
        runbook.streams.iter().filter_map(view).collect()
    }

    pub(super) fn step(&self, index: usize, step: &Step) -> RunStep {
        let (run, runbook) = (&self.scene.run, &self.scene.runbook);
        let state = run.step(&step.id);
        let stage = state.stage();
        let current = state.current();
        let found = self.scene.with_around(|around| reasons(runbook, run, step, around));
        let planned = step.planned(run.starts);
        let expected = self.expected.steps.get(&step.id);
        let (start, end) = expected.map_or(planned, |e| (e.start, e.end));
        let slip = end.0 - planned.1.0;
        let name = |person: &Option<String>| {
            person.as_deref().map(|id| self.who.name(id).unwrap_or("đã xóa tên").to_owned())
        };
        let said = |said: &Said| self.who.person(&said.by, said.role);
        let ended = current.and_then(|t| t.ended.as_ref());
        let startable = found.is_empty();
        let open = matches!(stage, Stage::Waiting | Stage::Failed);
        RunStep {
            id: step.id.clone(),
            no: count(index + 1),
            stream: step.stream.clone(),
            title: step.title.clone(),
            detail: step.detail.clone(),
            validation: step.validation.clone(),
            evidence: step.evidence.clone(),
            owner: self.app.who_words(&step.owner),
            backup: step.backup.as_ref().map(|who| self.app.who_words(who)),
            assigned: name(&state.owner),
            assigned_person: state.owner.clone(),
            assigned_backup: name(&state.backup),
            backup_person: state.backup.clone(),
            stage,
            stage_text: words::stage(stage).to_owned(),
            tone: match stage {
                Stage::Waiting => "none",
                Stage::Running => "info",
                Stage::Done => "good",
                Stage::Failed => "bad",
                Stage::Skipped => "warn",
            }
            .to_owned(),
            planned_start: planned.0.0,
            planned_end: planned.1.0,
            started_at: state.started().map(|at| at.0),
            ended_at: state.ended().map(|at| at.0),
            start: start.0,
            end: end.0,
            slip,
            slip_text: words::slip(slip),
            critical: self.expected.critical.contains(&step.id),
            float_minutes: expected.map_or(0, |e| minutes_of(e.float)),
            after: runbook.before(step).into_iter().map(str::to_owned).collect(),
            gates: step.gates.clone(),
            startable,
            startable_despite: open && !startable && may_begin(&found, run.mode, true),
            reasons: found
                .iter()
                .filter(|_| open)
                .map(|r| self.app.reason_words(runbook, index, r, self.scene.now))
                .collect(),
            no_return: step.no_return,
            can_skip: matches!(stage, Stage::Waiting | Stage::Running | Stage::Failed)
                && !step.no_return
                && (run.mode == Mode::Rehearsal || !is_guarded(step)),
            rollback: step.rollback.as_ref().map(|id| self.rollback.get(id).unwrap_or(id).clone()),
            needs: step.needs.iter().map(|c| self.condition(c)).collect(),
            started_by: current.and_then(|t| t.started.as_ref()).map(said),
            despite: current.and_then(|t| t.despite.clone()),
            ended_by: ended.map(|e| said(&e.said)),
            text: ended.and_then(|e| e.text.clone()),
            files: ended.map(|e| e.files.iter().map(file).collect()).unwrap_or_default(),
            tries: count(state.tries.len()),
        }
    }

    fn condition(&self, condition: &Condition) -> ConditionView {
        let now = self.scene.now;
        let watched = self.scene.watched(condition);
        let met = watched.met(condition, now);
        let since = common::moment(watched.since, now);
        let (state, tone) = match watched.seen {
            Seen::Unobserved => ("không quan sát được".to_owned(), "unknown"),
            Seen::Fails => (format!("không đạt từ {since}"), "bad"),
            Seen::Holds if met => (format!("đạt từ {since}"), "good"),
            Seen::Holds => {
                let held = minutes_of(now.0 - watched.since.0);
                (format!("đạt {held}/{} phút", condition.minutes), "warn")
            }
        };
        ConditionView {
            text: self.app.condition_words(condition),
            value: words::value(condition, self.scene.readings.value(condition)),
            met,
            state,
            tone: tone.to_owned(),
        }
    }

    pub(super) fn gate(&self, gate: &Gate) -> RunGate {
        let run = &self.scene.run;
        let now = self.scene.now;
        let found = self.scene.with_around(|around| hindrances(run, gate, around));
        let decisions = run.decisions.get(&gate.id).map_or(&[][..], Vec::as_slice);
        let (state, tone) = match decisions.last() {
            None => ("chưa quyết định".to_owned(), "none"),
            Some(d) => {
                let tone = match d.decision {
                    Decision::Go => "good",
                    Decision::Hold => "warn",
                    Decision::RollBack => "bad",
                };
                let text = words::decision(d.decision).to_lowercase();
                (format!("{text} lúc {}", common::moment(d.said.at, now)), tone)
            }
        };
        let may_decide = self.actor.filter(|a| a.may(Permission::Decide));
        let why_not = match (&run.ended, may_decide) {
            (Some(_), _) => Some("Lần chạy đã kết thúc.".to_owned()),
            (None, None) => Some(format!("Cổng này do {} quyết định.", self.app.who_words(&gate.decides))),
            (None, Some(actor)) => self.app.decision_hindrance(actor, gate),
        };
        RunGate {
            id: gate.id.clone(),
            title: gate.title.clone(),
            planned_at: gate.planned(run.starts).0,
            decides: self.app.who_words(&gate.decides),
            criteria: gate.criteria.iter().map(|c| self.criterion(gate, c)).collect(),
            decisions: decisions
                .iter()
                .rev()
                .map(|d| DecisionView {
                    at: d.said.at.0,
                    who: self.who.person(&d.said.by, d.said.role),
                    decision: d.decision,
                    text: words::decision(d.decision).to_owned(),
                    reason: d.reason.clone(),
                    shown: d
                        .shown
                        .iter()
                        .map(|(id, shown)| {
                            let text = gate.criterion(id).map_or(id.as_str(), |c| c.text.as_str());
                            format!("{text}: {shown}")
                        })
                        .collect(),
                })
                .collect(),
            state,
            tone: tone.to_owned(),
            hindrances: found
                .iter()
                .map(|h| self.app.hindrance_words(&self.scene.runbook, &gate.id, h))
                .collect(),
            may_go: may_go(&found, run.mode, false),
            may_go_despite: !found.is_empty() && may_go(&found, run.mode, true),
            can_decide: why_not.is_none(),
            why_not,
        }
    }

    fn criterion(&self, gate: &Gate, criterion: &Criterion) -> CriterionView {
        let run = &self.scene.run;
        let standing = self.scene.with_around(|around| standing(run, gate, criterion, around));
        let why_not = match (&run.ended, self.actor) {
            (Some(_), _) => Some("Lần chạy đã kết thúc.".to_owned()),
            (None, None) => Some("Hãy đăng nhập để cho ý kiến.".to_owned()),
            (None, Some(actor)) => self.app.vote_hindrance(actor, criterion),
        };
        let may = self.actor.is_some_and(|a| a.may(Permission::Report));
        CriterionView {
            id: criterion.id.clone(),
            text: criterion.text.clone(),
            level: criterion.level,
            shown: standing.shown,
            shown_text: words::shown(standing.shown).to_owned(),
            tone: match (standing.shown, criterion.level) {
                (Shown::Met, _) => "good",
                (Shown::NotMet, Level::Must) => "bad",
                (Shown::NotMet | Shown::Building, _) => "warn",
                (Shown::Unsaid | Shown::Unobserved, _) => "unknown",
            }
            .to_owned(),
            measure: criterion.measure.as_ref().map(|c| self.condition(c)),
            word: criterion.word.as_ref().map(|who| self.app.who_words(who)),
            votes: run
                .votes_on(&gate.id, &criterion.id)
                .iter()
                .map(|v| VoteView {
                    at: v.said.at.0,
                    who: self.who.person(&v.said.by, v.said.role),
                    vote: v.vote,
                    reason: v.reason.clone(),
                })
                .collect(),
            can_vote: may && why_not.is_none(),
            why_not,
        }
    }

    pub(super) fn trigger(&self, trigger: &Trigger) -> RunTrigger {
        let (run, now) = (&self.scene.run, self.scene.now);
        let watched = self.scene.watched(&trigger.when);
        let (danger, since) = danger(run, trigger, watched, now);
        let from = since.map(|at| common::moment(at, now)).unwrap_or_default();
        let held = minutes_of(since.map_or(0, |at: Ms| now.0 - at.0));
        let after = self.scene.runbook.step(&trigger.after).map_or("", |s| s.title.as_str());
        let (state, tone) = match danger {
            Danger::Unarmed => (format!("tính từ khi xong «{after}»"), "none"),
            Danger::Clear => (format!("bình thường từ {from}"), "good"),
            Danger::Building => (format!("đã {held}/{} phút, từ {from}", trigger.when.minutes), "warn"),
            Danger::Met => (format!("đã {} từ {from}: cần quay lui", words::minutes(held)), "bad"),
            Danger::Unobserved => (format!("không quan sát được từ {from}"), "unknown"),
        };
        RunTrigger {
            id: trigger.id.clone(),
            text: trigger.text.clone(),
            danger,
            since: since.map(|at| at.0),
            state,
            value: words::value(&trigger.when, self.scene.readings.value(&trigger.when)),
            tone: tone.to_owned(),
        }
    }
}

fn file(file: &FileRef) -> StepFile {
    StepFile {
        sha256: file.sha256.clone(),
        file: FileView {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            about: crate::proof::about(file),
            problem: None,
        },
    }
}
