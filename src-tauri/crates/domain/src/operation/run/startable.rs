//! Whether a step may begin, and if not, why. Machine gates may be passed by in a rehearsal, with a reason; never in a live run.

use super::{
    Decision, Mode,
    state::{RunState, Stage},
};
use crate::{
    operation::runbook::{Condition, Runbook, Step, Watched},
    time::Ms,
};

/// Why a step may not begin.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The run is over.
    RunEnded,
    /// The run is paused.
    Paused,
    /// It goes on already.
    Running,
    /// It is over already.
    Over(Stage),
    /// A step that must be done before is not.
    Predecessor {
        /// Its id.
        step: String,
        /// Where it stands.
        stage: Stage,
    },
    /// A gate is not decided with "go".
    Gate {
        /// Its id.
        gate: String,
        /// The decision that stands.
        decision: Option<Decision>,
    },
    /// It was decided to go back: nothing goes forward.
    GoingBack {
        /// The gate where that was decided.
        gate: String,
    },
    /// Two persons have not said that there is no way back.
    NoReturn,
    /// The run that this one takes back has passed its point of no return.
    PastNoReturn,
    /// It is before its hour.
    TooEarly {
        /// The hour.
        until: Ms,
    },
    /// A machine gate does not allow it.
    Machine {
        /// Its place among the step's needs.
        index: usize,
        /// What it shows.
        watched: Watched,
    },
}

impl Reason {
    /// Whether a rehearsal may go on all the same: measures and hours are those of the real night.
    #[must_use]
    pub fn is_of_machine(&self) -> bool {
        matches!(self, Self::Machine { .. } | Self::TooEarly { .. })
    }
}

/// What is true around a run.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Now.
    pub now: Ms,
    /// What a condition shows, and since when.
    pub watched: &'a dyn Fn(&Condition) -> Watched,
    /// The run that this one takes back has passed its point of no return.
    pub parent_past_no_return: bool,
}

/// Every reason why `step` may not begin now; empty is startable.
#[must_use]
pub fn reasons(runbook: &Runbook, run: &RunState, step: &Step, around: &Around<'_>) -> Vec<Reason> {
    let stage = run.stage(&step.id);
    if run.ended.is_some() {
        return vec![Reason::RunEnded];
    }
    if stage == Stage::Running {
        return vec![Reason::Running];
    }
    if stage.is_over() {
        return vec![Reason::Over(stage)];
    }
    let mut found = Vec::new();
    if run.pause().is_some() {
        found.push(Reason::Paused);
    }
    if let Some((gate, _)) = run.going_back() {
        found.push(Reason::GoingBack { gate: gate.to_owned() });
    }
    if around.parent_past_no_return {
        found.push(Reason::PastNoReturn);
    }
    for id in runbook.before(step) {
        let stage = run.stage(id);
        if !stage.is_over() {
            found.push(Reason::Predecessor { step: id.to_owned(), stage });
        }
    }
    for gate in &step.gates {
        let decision = run.decision(gate).map(|d| d.decision);
        if decision != Some(Decision::Go) {
            found.push(Reason::Gate { gate: gate.clone(), decision });
        }
    }
    if step.no_return && run.no_return.as_ref().is_none_or(|n| n.step != step.id) {
        found.push(Reason::NoReturn);
    }
    let planned = step.planned(run.starts).0;
    if step.not_before && around.now < planned {
        found.push(Reason::TooEarly { until: planned });
    }
    for (index, condition) in step.needs.iter().enumerate() {
        let watched = (around.watched)(condition);
        if !watched.met(condition, around.now) {
            found.push(Reason::Machine { index, watched });
        }
    }
    found
}

/// Whether `reasons` let the step begin in a run of this mode, when whoever begins it gives a reason.
#[must_use]
pub fn may_begin(reasons: &[Reason], mode: Mode, despite: bool) -> bool {
    reasons.iter().all(|r| mode == Mode::Rehearsal && despite && r.is_of_machine())
}
