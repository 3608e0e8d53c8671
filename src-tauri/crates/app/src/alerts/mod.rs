//! Alerts: the rules looked at after each round, one alert a cause, kept as transitions; what people do about them; who is called
//! when nobody does.
//!
//! Whichever process comes to a conclusion first keeps it; all others read it, and the one that stands in for people (the window,
//! or `pvhcc watch` in its place) tells it. What was concluded before a program was opened is not told again.

mod acts;
mod book;
mod calls;
mod detail;
mod log;
mod rules;
mod run;
mod tell;
mod view;
mod words;

use crate::{config::ProbeSection, messages, wire::WireError};
pub(crate) use book::Book;
pub(crate) use log::AlertLog;
use pvhcc_domain::{
    checklist::Checklist,
    hours::OfficeHours,
    operation::{
        alert::{Graph, Guides, Rules},
        incident::Severities,
    },
    party,
    time::Ms,
};
use std::sync::Arc;
pub(crate) use words::{effects, fault, metric, scale, unit};

/// The part that change events name.
const PART: &str = "alerts";

/// What is shipped, and what was concluded so far.
pub(crate) struct Desk {
    graph: Graph,
    rules: Rules,
    guides: Guides,
    /// As shipped.
    pub(crate) severities: Severities,
    pub(crate) hours: OfficeHours,
    /// When this opening began: what was not asked since is no silence.
    opened_at: Ms,
    book: tokio::sync::Mutex<Arc<Book>>,
    /// One look at a time.
    turn: tokio::sync::Mutex<()>,
}

impl Desk {
    pub(crate) fn new(
        checklist: &Checklist,
        probes: &[ProbeSection],
        opened_at: Ms,
    ) -> Result<Self, WireError> {
        let parties = party::builtin().map_err(|e| messages::builtin(&e))?;
        let probes: Vec<(String, String)> = probes.iter().map(|p| (p.id.clone(), p.title.clone())).collect();
        let graph = Graph::builtin(checklist, &parties, &probes).map_err(|e| messages::builtin(&e))?;
        let rules = Rules::builtin(&graph, &parties).map_err(|e| messages::builtin(&e))?;
        let guides = Guides::builtin(&rules, &parties).map_err(|e| messages::builtin(&e))?;
        Ok(Self {
            graph,
            rules,
            guides,
            severities: Severities::builtin().map_err(|e| messages::builtin(&e))?,
            hours: OfficeHours::builtin().map_err(|e| messages::builtin(&e))?,
            opened_at,
            book: tokio::sync::Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        })
    }

    /// What depends on what, with the names of nodes.
    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }
}
