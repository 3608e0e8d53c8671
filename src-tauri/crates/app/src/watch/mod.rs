//! The live watch of the operation: how sources, flows and APIs stand, now or at a past moment, and what changed when.
//!
//! Views are made from observations as they were known at the moment they speak of. Changes of state are concluded once and
//! kept as transitions, so that the past is read.

mod api;
mod around;
mod conclude;
mod heat;
mod live;
mod log;
mod peak;
mod read;
mod signals;
mod timeline;
mod words;

use crate::config::ProbeSection;
use pvhcc_domain::{
    observation::{Flow, FlowState, Stage},
    operation::signal::flow_node,
    time::Ms,
};
use pvhcc_store::{Step, Store, StoreError};
use std::{collections::BTreeMap, sync::Arc};

/// Entities of what is concluded here begin with this.
const WATCH: &str = "watch:";

/// Entity of an API's state.
fn api_entity(api: &str) -> String {
    format!("{WATCH}api:{api}")
}

/// Entity of a flow's state in a phase and stage: `watch:flow:sso:2:test`.
fn flow_entity(flow: Flow, phase: u8, stage: Stage) -> String {
    let stage = match stage {
        Stage::Declare => "declare",
        Stage::Test => "test",
    };
    format!("{WATCH}{}:{phase}:{stage}", flow_node(flow))
}

fn entity_of(state: &FlowState) -> String {
    flow_entity(state.flow, state.phase, state.stage)
}

/// What was concluded, in memory: read on as it is appended.
#[derive(Debug, Clone, Default)]
struct Log {
    position: i64,
    by_entity: BTreeMap<String, Vec<Step>>,
}

impl Log {
    /// What had been concluded at `at`; what was concluded later was not known then, though it may speak of that moment.
    fn at(&self, entity: &str, at: Ms) -> Option<&Step> {
        self.by_entity.get(entity)?.iter().rfind(|step| step.at <= at)
    }

    fn last(&self, entity: &str) -> Option<&Step> {
        self.by_entity.get(entity)?.last()
    }
}

/// What is kept in memory between commands.
pub(crate) struct Desk {
    /// Id and title of the surrounding systems that the settings have probed.
    probes: Vec<(String, String)>,
    log: tokio::sync::Mutex<Arc<Log>>,
}

impl Desk {
    pub(crate) fn new(probes: &[ProbeSection]) -> Self {
        let probes = probes.iter().map(|p| (p.id.clone(), p.title.clone())).collect();
        Self { probes, log: tokio::sync::Mutex::default() }
    }

    async fn log(&self, store: &Store) -> Result<Arc<Log>, StoreError> {
        let mut log = self.log.lock().await;
        let news = store.steps(WATCH, log.position).await?;
        if !news.is_empty() {
            let log = Arc::make_mut(&mut log);
            for step in news {
                log.position = log.position.max(step.position);
                log.by_entity.entry(step.entity.clone()).or_default().push(step);
            }
        }
        Ok(Arc::clone(&log))
    }
}
