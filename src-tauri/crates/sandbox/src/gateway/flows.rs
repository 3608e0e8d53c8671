//! The gateway's word on the five flows: derived from the tasks that declare and test them.

use super::{Gateway, tasks::TaskRow};
use crate::{
    noise::{bits, unit},
    scenario::{FlowWord, Night},
};
use pvhcc_domain::{
    observation::{Flow, FlowHealth, Stage},
    task::TaskStatus,
    time::Ms,
};
use serde::Serialize;

const HOUR_MS: i64 = 3_600_000;

/// One row of `/v1/flows`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FlowRow {
    flow: Flow,
    phase: u8,
    stage: Stage,
    state: FlowHealth,
    last_success_at: Option<String>,
    success_rate: Option<f64>,
    calls: u64,
    error: Option<String>,
}

impl Gateway {
    /// Every flow, phase and stage at `now`; a night that is played changes the word on tests.
    pub(super) fn flows(&self, night: Option<&Night>, now: Ms) -> Vec<FlowRow> {
        let tasks = self.tasks(now);
        let mut rows = Vec::new();
        for (index, flow) in Flow::ALL.into_iter().enumerate() {
            for phase in [1, 2] {
                for stage in [Stage::Declare, Stage::Test] {
                    let word = night.and_then(|n| n.flow(flow, phase, now)).filter(|_| stage == Stage::Test);
                    rows.push(self.flow((index as u64, flow), phase, stage, word, &tasks, now));
                }
            }
        }
        rows
    }

    fn flow(
        &self,
        (index, flow): (u64, Flow),
        phase: u8,
        stage: Stage,
        word: Option<(&FlowWord, Ms)>,
        tasks: &[TaskRow],
        now: Ms,
    ) -> FlowRow {
        let step = self
            .checklist
            .tasks()
            .find(|r| r.flow == Some(flow) && r.phase == Some(phase) && r.stage == Some(stage));
        let task = step.and_then(|step| tasks.iter().find(|t| t.no == step.no));
        let state = match task.map(|t| t.state) {
            None | Some(TaskStatus::NotApplicable) => FlowHealth::NotApplicable,
            Some(TaskStatus::NotStarted) => FlowHealth::NotStarted,
            Some(TaskStatus::InProgress) => FlowHealth::Unknown,
            Some(TaskStatus::Blocked) => FlowHealth::Failing,
            Some(TaskStatus::Done) => FlowHealth::Ok,
        };
        let state = word.map_or(state, |(word, _)| word.state);
        let mut row = FlowRow {
            flow,
            phase,
            stage,
            state,
            last_success_at: None,
            success_rate: None,
            calls: 0,
            error: None,
        };
        if stage == Stage::Declare {
            let declared = task.and_then(|t| t.done_on).map(|day| Ms::at(day, 16, 0).min(now));
            row.last_success_at = declared.map(Ms::to_rfc3339);
            return row;
        }
        let hour = now.0.div_euclid(HOUR_MS) as u64;
        let key = [index, u64::from(phase), hour];
        let error = || {
            if let Some((word, _)) = word {
                return word.error.clone();
            }
            let name = serde_json::to_value(flow).ok()?;
            self.scenario.flow_errors.get(name.as_str()?).cloned()
        };
        match state {
            FlowHealth::Ok => {
                row.calls = 800 + bits(self.seed, &key) % 5200;
                let failed =
                    (row.calls as f64 * 0.012 * unit(self.seed, &[key[0], key[1], key[2], 1])) as u64;
                row.success_rate = Some((row.calls - failed) as f64 / row.calls as f64);
                let ago = (bits(self.seed, &[key[0], key[1], now.0.div_euclid(60_000) as u64]) % 240) as i64;
                row.last_success_at = Some(now.plus(-ago * 1000).to_rfc3339());
            }
            FlowHealth::Failing => {
                row.calls = 6 + bits(self.seed, &key) % 20;
                row.success_rate = Some(0.0);
                row.last_success_at = word.map(|(_, since)| since.to_rfc3339());
                row.error = error().or_else(|| Some("TEST_FAILED".to_owned()));
            }
            FlowHealth::Unknown => row.error = error(),
            FlowHealth::NotStarted | FlowHealth::NotApplicable => {}
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{history, training_start};
    use std::sync::Arc;

    #[test]
    fn at_the_cutover_sso_through_the_agent_node_fails_for_want_of_a_key() {
        let rows = Gateway::new(1, Arc::new(history(1))).flows(None, training_start());
        assert_eq!(rows.len(), 20);
        let row = |flow, phase, stage| {
            rows.iter().find(|r| r.flow == flow && r.phase == phase && r.stage == stage).expect("row")
        };
        assert_eq!(row(Flow::Sso, 2, Stage::Declare).state, FlowHealth::NotApplicable);
        let sso = row(Flow::Sso, 2, Stage::Test);
        assert_eq!((sso.state, sso.error.as_deref()), (FlowHealth::Failing, Some("VNEID_KEY_MISSING")));
        assert_eq!(row(Flow::StatusReturn, 2, Stage::Test).state, FlowHealth::Unknown);
        assert_eq!(row(Flow::DossierSync, 2, Stage::Test).state, FlowHealth::Ok);
        for flow in Flow::ALL {
            assert_eq!(row(flow, 1, Stage::Declare).state, FlowHealth::Ok, "{flow:?}");
        }
        assert!(rows.iter().all(|r| r.calls > 0 || r.success_rate.is_none()), "no rate without calls");
    }
}
