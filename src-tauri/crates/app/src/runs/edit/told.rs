//! Parts of a runbook as the window shows them.

use crate::{
    App, alerts,
    wire::{
        NamedView, RunbookCondition, RunbookCriterion, RunbookGate, RunbookGateRow, RunbookHead, RunbookStep,
        RunbookStepRow, RunbookTrigger, RunbookTriggerRow, RunbookWho,
    },
};
use pvhcc_domain::operation::runbook::{Condition, Criterion, Gate, Runbook, Step, Trigger, Who};

impl App {
    pub(super) fn step_row(&self, runbook: &Runbook, at: usize, step: &Step) -> RunbookStepRow {
        RunbookStepRow {
            no: u32::try_from(at + 1).unwrap_or(u32::MAX),
            step: told(step),
            owner: self.who_words(&step.owner),
            after: places(runbook, &step.after),
            needs: step.needs.iter().map(|need| self.condition_words(need)).collect(),
        }
    }

    pub(super) fn gate_row(&self, runbook: &Runbook, gate: &Gate) -> RunbookGateRow {
        RunbookGateRow {
            decides: self.who_words(&gate.decides),
            after: places(runbook, &gate.after),
            criteria: gate.criteria.iter().map(|c| self.criterion_words(c)).collect(),
            gate: RunbookGate {
                id: gate.id.clone(),
                title: gate.title.clone(),
                at: gate.at,
                decides: who(&gate.decides),
                after: gate.after.clone(),
                criteria: gate.criteria.iter().map(criterion).collect(),
            },
        }
    }

    /// What a criterion asks: `Trục tích hợp: hoạt động, giữ 5 phút`, `ý kiến của VNPT Gia Lai`.
    fn criterion_words(&self, criterion: &Criterion) -> String {
        let measure = criterion.measure.as_ref().map(|measure| self.condition_words(measure));
        let word = criterion.word.as_ref().map(|word| format!("ý kiến của {}", self.who_words(word)));
        measure.into_iter().chain(word).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn trigger_row(&self, runbook: &Runbook, trigger: &Trigger) -> RunbookTriggerRow {
        let step = runbook.steps.iter().position(|s| s.id == trigger.after);
        RunbookTriggerRow {
            when: self.condition_words(&trigger.when),
            after: step.map_or_else(
                || trigger.after.clone(),
                |at| format!("{}. {}", at + 1, runbook.steps[at].title),
            ),
            trigger: RunbookTrigger {
                id: trigger.id.clone(),
                text: trigger.text.clone(),
                after: trigger.after.clone(),
                when: condition(&trigger.when),
            },
        }
    }
}

pub(super) fn head(runbook: &Runbook) -> RunbookHead {
    let streams = runbook.streams.iter();
    RunbookHead {
        id: runbook.id.clone(),
        title: runbook.title.clone(),
        basis: runbook.basis.clone(),
        starts: runbook.starts.0,
        window_minutes: runbook.window_minutes,
        rollback: runbook.rollback.clone(),
        worst_rollback_minutes: runbook.worst_rollback_minutes,
        streams: streams.map(|s| NamedView { id: s.id.clone(), name: s.name.clone() }).collect(),
    }
}

/// Numbers of steps: `3, 5`.
fn places(runbook: &Runbook, ids: &[String]) -> String {
    let place = |id: &String| runbook.steps.iter().position(|s| s.id == *id).map(|at| (at + 1).to_string());
    ids.iter().map(|id| place(id).unwrap_or_else(|| id.clone())).collect::<Vec<_>>().join(", ")
}

fn told(step: &Step) -> RunbookStep {
    RunbookStep {
        id: step.id.clone(),
        stream: step.stream.clone(),
        title: step.title.clone(),
        detail: step.detail.clone(),
        owner: who(&step.owner),
        backup: step.backup.as_ref().map(who),
        start: step.start,
        minutes: step.minutes,
        not_before: step.not_before,
        after: step.after.clone(),
        gates: step.gates.clone(),
        needs: step.needs.iter().map(condition).collect(),
        validation: step.validation.clone(),
        rollback: step.rollback.clone(),
        evidence: step.evidence.clone(),
        no_return: step.no_return,
    }
}

fn criterion(criterion: &Criterion) -> RunbookCriterion {
    RunbookCriterion {
        id: criterion.id.clone(),
        text: criterion.text.clone(),
        level: criterion.level,
        measure: criterion.measure.as_ref().map(condition),
        word: criterion.word.as_ref().map(who),
    }
}

fn who(who: &Who) -> RunbookWho {
    RunbookWho { unit: who.unit.clone(), role: who.role, post: who.post.clone() }
}

fn condition(condition: &Condition) -> RunbookCondition {
    let scale = condition.metric.map_or(1.0, alerts::scale);
    RunbookCondition {
        node: condition.node.clone(),
        metric: condition.metric,
        figure: condition.figure,
        is: condition.is,
        // Shares in per cent, without what binary fractions leave behind them.
        value: (condition.value * scale * 1e6).round() / 1e6,
        minutes: condition.minutes,
    }
}
