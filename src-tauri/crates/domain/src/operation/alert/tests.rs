mod causes;
mod course;
mod data;
mod nights;

use super::*;
use crate::{
    act::Event,
    checklist::Checklist,
    operation::{
        incident::Severity,
        signal::{Metric, Signal},
    },
    party::{self, Party},
    tables::Source,
    testing::events,
    time::Ms,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const MINUTE: i64 = 60_000;
/// Inside the validity of every rule.
const START: Ms = Ms(1_780_060_000_000);

struct Data {
    graph: Graph,
    rules: Rules,
    parties: Vec<Party>,
}

fn data() -> Data {
    let parties = party::builtin().expect("parties");
    let checklist = Checklist::builtin().expect("checklist");
    let probes = [("payment".to_owned(), "Nền tảng thanh toán".to_owned())];
    let graph = Graph::builtin(&checklist, &parties, &probes).expect("dependencies");
    let rules = Rules::builtin(&graph, &parties).expect("rules");
    Data { graph, rules, parties }
}

fn signal(node: &str, metric: Metric, value: Option<f64>, at: Ms) -> Signal {
    Signal { node: node.to_owned(), metric, value, as_of: at, note: None }
}

/// Looks, keeps and rebuilds: every step goes through its text and JSON, as a store would keep it.
struct Room<'a> {
    data: &'a Data,
    memory: Memory,
    history: History,
    kept: Vec<Step>,
}

impl<'a> Room<'a> {
    fn new(data: &'a Data) -> Self {
        Self { data, memory: Memory::default(), history: History::default(), kept: Vec::new() }
    }

    fn look(&mut self, signals: &[Signal], now: Ms) -> Vec<Step> {
        let watch = Watch {
            graph: &self.data.graph,
            rules: self.data.rules.all(),
            settings: self.data.rules.settings(),
        };
        let steps = step(watch, &self.memory, signals, now);
        for step in &steps {
            let state = |s: &State| State::parse(&s.to_string()).expect("a state");
            let step = Step {
                key: Key::parse(&step.key.to_string()).expect("a key"),
                from: step.from.as_ref().map(state),
                to: state(&step.to),
                at: step.at,
                basis: serde_json::from_str(&serde_json::to_string(&step.basis).expect("JSON"))
                    .expect("back"),
            };
            assert_eq!(step.from.as_ref(), self.memory.get(&step.key).map(|t| &t.state), "follows on");
            assert_ne!(step.from.as_ref(), Some(&step.to), "changes something");
            self.memory.apply(&step);
            self.history.apply(&step);
            self.kept.push(step);
        }
        steps
    }

    /// As if the program had been killed.
    fn restart(&mut self) {
        (self.memory, self.history) = (Memory::default(), History::default());
        for step in &self.kept {
            self.memory.apply(step);
            self.history.apply(step);
        }
    }

    fn firing(&self) -> Vec<(&str, &str, Severity)> {
        let firing = self.history.firing();
        firing.into_iter().map(|a| (a.key.rule.as_str(), a.key.node.as_str(), a.severity)).collect()
    }

    fn apis(&self) -> Vec<String> {
        self.data.graph.matching("api:*")
    }
}

fn up(node: &str, value: Option<f64>, at: Ms) -> Signal {
    signal(node, Metric::Up, value, at)
}

fn rate(node: &str, value: f64, at: Ms) -> Signal {
    signal(node, Metric::SuccessRate, Some(value), at)
}
