//! When a run will end as it goes: the critical path over what remains, from now, with the starts and ends there were.

use super::state::{RunState, Stage};
use crate::{operation::runbook::Runbook, time::Ms};
use std::collections::BTreeMap;

/// A step in the forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// When it began, or is expected to.
    pub start: Ms,
    /// When it ended, or is expected to.
    pub end: Ms,
    /// How much later it may end without the run ending later, ms; 0 on the critical path. Of what is over it says nothing.
    pub float: i64,
}

/// A run as it will go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// By step.
    pub steps: BTreeMap<String, Expected>,
    /// End of the last step.
    pub end: Ms,
    /// How much later that is than planned, ms; negative is earlier.
    pub slip: i64,
    /// Steps not over that the end hangs on, in order of their starts.
    pub critical: Vec<String>,
}

impl Forecast {
    /// When the last step of a stream ends; none of a stream without steps.
    #[must_use]
    pub fn stream_end(&self, runbook: &Runbook, stream: &str) -> Option<Ms> {
        let steps = runbook.steps.iter().filter(|s| s.stream == stream);
        steps.filter_map(|s| self.steps.get(&s.id)).map(|e| e.end).max()
    }
}

/// The steps in an order in which each stands after all that it waits for. A runbook that was read has no cycle.
fn in_order(runbook: &Runbook) -> Vec<usize> {
    let place: BTreeMap<&str, usize> =
        runbook.steps.iter().enumerate().map(|(at, s)| (s.id.as_str(), at)).collect();
    let before: Vec<Vec<usize>> = runbook
        .steps
        .iter()
        .map(|s| runbook.before(s).iter().filter_map(|id| place.get(id).copied()).collect())
        .collect();
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); before.len()];
    for (at, all) in before.iter().enumerate() {
        for b in all {
            after[*b].push(at);
        }
    }
    let mut order: Vec<usize> = (0..waits.len()).filter(|at| waits[*at] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for at in &after[order[next]] {
            waits[*at] -= 1;
            if waits[*at] == 0 {
                order.push(*at);
            }
        }
        next += 1;
    }
    order
}

/// The forecast at `now`. What has not begun begins when all before it has ended, not before its hour where that is set, and
/// not in the past; what goes on ends when its planned duration is over, not in the past.
#[must_use]
pub fn forecast(runbook: &Runbook, run: &RunState, now: Ms) -> Forecast {
    let order = in_order(runbook);
    // A run that is over stands as it was when it ended.
    let now = run.ended.as_ref().map_or(now, |(said, _)| said.at);
    let mut steps: BTreeMap<&str, Expected> = BTreeMap::new();
    for at in &order {
        let step = &runbook.steps[*at];
        let state = run.step(&step.id);
        let ends = runbook.before(step).into_iter().filter_map(|id| steps.get(id)).map(|e| e.end);
        let ready = ends.max().unwrap_or(run.starts).max(run.starts).max(now);
        let (start, end) = match state.stage() {
            Stage::Done | Stage::Skipped => {
                let end = state.ended().unwrap_or(now);
                (state.started().unwrap_or(end), end)
            }
            Stage::Running => {
                let start = state.started().unwrap_or(now);
                (start, start.plus(step.length()).max(now))
            }
            Stage::Waiting | Stage::Failed => {
                let start = if step.not_before { ready.max(step.planned(run.starts).0) } else { ready };
                (start, start.plus(step.length()))
            }
        };
        steps.insert(&step.id, Expected { start, end, float: 0 });
    }
    let end = steps.values().map(|e| e.end).max().unwrap_or(now);
    let latest = latest_ends(runbook, run, &order, &steps, end);
    let mut critical: Vec<(Ms, &str)> = Vec::new();
    for (id, expected) in &mut steps {
        expected.float = latest.get(id).map_or(0, |latest| latest.0 - expected.end.0);
        if expected.float == 0 && !run.stage(id).is_over() {
            critical.push((expected.start, *id));
        }
    }
    critical.sort_unstable();
    Forecast {
        slip: end.0 - runbook.planned_end(run.starts).0,
        end,
        critical: critical.into_iter().map(|(_, id)| id.to_owned()).collect(),
        steps: steps.into_iter().map(|(id, e)| (id.to_owned(), e)).collect(),
    }
}

/// The latest end of each step that still lets the run end at `end`.
fn latest_ends<'a>(
    runbook: &'a Runbook,
    run: &RunState,
    order: &[usize],
    steps: &BTreeMap<&'a str, Expected>,
    end: Ms,
) -> BTreeMap<&'a str, Ms> {
    let mut latest: BTreeMap<&str, Ms> = steps.keys().map(|id| (*id, end)).collect();
    for at in order.iter().rev() {
        let step = &runbook.steps[*at];
        // What has begun no longer waits for those before it.
        if matches!(run.stage(&step.id), Stage::Running | Stage::Done | Stage::Skipped) {
            continue;
        }
        let (Some(own), Some(expected)) =
            (latest.get(step.id.as_str()).copied(), steps.get(step.id.as_str()))
        else {
            continue;
        };
        let starts = own.plus(expected.start.0 - expected.end.0);
        for before in runbook.before(step) {
            if let Some(known) = latest.get_mut(before) {
                *known = (*known).min(starts);
            }
        }
    }
    latest
}
