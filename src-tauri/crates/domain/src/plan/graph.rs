//! Predecessors as a graph: ranks, room between dates, and the chain that is still to be done.

use crate::calendar::Calendar;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One task of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Key of the task.
    pub no: String,
    /// The date that binds; `None` where there is none.
    pub due: Option<NaiveDate>,
    /// Done or set aside: nothing is to be done any more.
    pub closed: bool,
    /// Keys of the tasks that must be finished first; unknown keys are ignored.
    pub predecessors: Vec<String>,
}

/// One arrow, from what comes first to what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Comes first.
    pub from: String,
    /// Follows.
    pub to: String,
    /// Working days from the first's date to the second's; negative: the second is due before what it waits for.
    /// `None` unless both have dates.
    pub slack: Option<i64>,
}

/// Where a task stands in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Key of the task.
    pub no: String,
    /// Length of the longest way to it, 0 for a task that waits for nothing; `None` inside a circle or behind one.
    pub rank: Option<u32>,
    /// Working days it may slip past its own date before something that follows is touched; negative: already too
    /// late for it by plan. `None` without a date, or when nothing dated follows.
    pub float: Option<i64>,
    /// Open tasks that must be finished first, the nearest last: the longest such chain.
    pub waits_for: Vec<String>,
    /// It is on the longest chain of open tasks.
    pub on_chain: bool,
}

/// The plan of one checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// In the order of the nodes given.
    pub places: Vec<Place>,
    /// In the order of the nodes given, each with its predecessors in their order.
    pub edges: Vec<Edge>,
    /// The longest chain of open tasks; of several the one that is due last, then the first in order.
    pub chain: Vec<String>,
    /// Tasks that wait for each other in a circle, or for such; empty in a sound plan.
    pub circular: Vec<String>,
}

impl Graph {
    /// Lays out a plan.
    #[must_use]
    pub fn of(nodes: &[Node], calendar: &Calendar) -> Self {
        let index: BTreeMap<&str, usize> =
            nodes.iter().enumerate().map(|(i, n)| (n.no.as_str(), i)).collect();
        let before: Vec<Vec<usize>> = nodes
            .iter()
            .map(|n| n.predecessors.iter().filter_map(|no| index.get(no.as_str()).copied()).collect())
            .collect();
        let order = topological(&before);
        let mut rank: Vec<Option<u32>> = vec![None; nodes.len()];
        let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        for &i in &order {
            rank[i] = Some(before[i].iter().filter_map(|&p| rank[p]).map(|r| r + 1).max().unwrap_or(0));
            waiting[i] = longest_open(i, &before, nodes, &waiting);
        }
        let needed = needed_by(nodes, &before, &order);
        let chain = chain(nodes, &waiting, &order);
        let name = |i: &usize| nodes[*i].no.clone();
        Self {
            places: nodes
                .iter()
                .enumerate()
                .map(|(i, node)| Place {
                    no: node.no.clone(),
                    rank: rank[i],
                    float: node.due.zip(needed[i]).map(|(due, by)| calendar.working_days_between(due, by)),
                    waits_for: waiting[i].iter().map(name).collect(),
                    on_chain: chain.contains(&i),
                })
                .collect(),
            edges: nodes
                .iter()
                .enumerate()
                .flat_map(|(i, node)| edges(node, &before[i], nodes, calendar))
                .collect(),
            chain: chain.iter().map(name).collect(),
            circular: (0..nodes.len()).filter(|i| rank[*i].is_none()).map(|i| name(&i)).collect(),
        }
    }
}

fn edges(node: &Node, before: &[usize], nodes: &[Node], calendar: &Calendar) -> Vec<Edge> {
    before
        .iter()
        .map(|&p| Edge {
            from: nodes[p].no.clone(),
            to: node.no.clone(),
            slack: nodes[p].due.zip(node.due).map(|(first, then)| calendar.working_days_between(first, then)),
        })
        .collect()
}

/// Every node that is in no circle and behind none, predecessors first (Kahn).
fn topological(before: &[Vec<usize>]) -> Vec<usize> {
    let mut left: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..before.len()).filter(|i| left[*i] == 0).collect();
    let mut next = 0;
    while let Some(&done) = order.get(next) {
        next += 1;
        for (i, needs) in before.iter().enumerate() {
            let times = needs.iter().filter(|p| **p == done).count();
            if times > 0 {
                left[i] -= times;
                if left[i] == 0 {
                    order.push(i);
                }
            }
        }
    }
    order
}

/// The longest chain of open tasks before `i`, from the data of its predecessors; of equal ones the first.
fn longest_open(i: usize, before: &[Vec<usize>], nodes: &[Node], waiting: &[Vec<usize>]) -> Vec<usize> {
    let mut longest: Vec<usize> = Vec::new();
    for &p in &before[i] {
        let mut chain = waiting[p].clone();
        if !nodes[p].closed {
            chain.push(p);
        }
        if chain.len() > longest.len() {
            longest = chain;
        }
    }
    longest
}

/// The earliest date of anything that follows, directly or not; `None` where nothing dated follows.
fn needed_by(nodes: &[Node], before: &[Vec<usize>], order: &[usize]) -> Vec<Option<NaiveDate>> {
    let mut needed: Vec<Option<NaiveDate>> = vec![None; nodes.len()];
    for &i in order.iter().rev() {
        let Some(by) = [nodes[i].due, needed[i]].into_iter().flatten().min() else { continue };
        for &p in &before[i] {
            needed[p] = Some(needed[p].map_or(by, |known| known.min(by)));
        }
    }
    needed
}

fn chain(nodes: &[Node], waiting: &[Vec<usize>], order: &[usize]) -> Vec<usize> {
    let open = order.iter().copied().filter(|i| !nodes[*i].closed);
    let last = open.max_by_key(|&i| (waiting[i].len(), nodes[i].due, std::cmp::Reverse(i)));
    last.map(|i| waiting[i].iter().copied().chain([i]).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Checklist, Kind};
    use proptest::prelude::*;

    fn node(no: &str, due: Option<&str>, closed: bool, before: &[&str]) -> Node {
        Node {
            no: no.into(),
            due: due.map(|d| d.parse().expect("date")),
            closed,
            predecessors: before.iter().map(|s| (*s).to_owned()).collect(),
        }
    }

    fn graph(nodes: &[Node]) -> Graph {
        Graph::of(nodes, &Calendar::builtin().expect("valid"))
    }

    #[test]
    fn float_is_the_room_up_to_whatever_follows_directly_or_not() {
        let plan = graph(&[
            node("a", Some("2026-04-24"), false, &[]),
            node("b", None, false, &["a"]),
            node("c", Some("2026-04-29"), false, &["b"]),
            node("d", Some("2026-04-20"), false, &["a"]),
        ]);
        // d waits for a and is due four working days before it.
        assert_eq!(plan.places[0].float, Some(-4));
        assert_eq!(plan.places[1].float, None, "no date of its own");
        assert_eq!(plan.places[2].float, None, "nothing follows");
        assert_eq!(plan.edges[2], Edge { from: "a".into(), to: "d".into(), slack: Some(-4) });
        assert_eq!(plan.places[2].rank, Some(2));
    }

    #[test]
    fn a_chain_is_made_of_what_is_still_open() {
        let plan = graph(&[
            node("a", None, true, &[]),
            node("b", None, false, &["a"]),
            node("c", None, true, &["b"]),
            node("d", None, false, &["c"]),
        ]);
        assert_eq!(plan.chain, ["b", "d"]);
        assert_eq!(plan.places[3].waits_for, ["b"]);
        assert!(!plan.places[2].on_chain);
    }

    #[test]
    fn a_circle_is_named_with_what_hangs_behind_it() {
        let plan = graph(&[
            node("a", None, false, &["b"]),
            node("b", None, false, &["a"]),
            node("c", None, false, &["b"]),
            node("d", None, false, &[]),
        ]);
        assert_eq!(plan.circular, ["a", "b", "c"]);
        assert_eq!(plan.places[3].rank, Some(0));
    }

    #[test]
    fn the_decisions_plan_has_no_circle_and_nothing_due_before_what_it_waits_for() {
        let checklist = Checklist::builtin().expect("valid");
        let nodes: Vec<Node> = checklist
            .rows()
            .iter()
            .filter(|r| r.kind == Kind::Task)
            .map(|r| Node {
                no: r.no.clone(),
                due: r.due,
                closed: false,
                predecessors: r.predecessors.clone(),
            })
            .collect();
        let plan = graph(&nodes);
        assert!(plan.circular.is_empty());
        let backwards: Vec<&Edge> = plan.edges.iter().filter(|e| e.slack.is_some_and(|s| s < 0)).collect();
        assert!(backwards.is_empty(), "{backwards:?}");
    }

    proptest! {
        /// Against the definition: a task's rank is one above the highest of those it waits for, its chain only holds open
        /// tasks that really come first, and no longer one exists through any predecessor.
        #[test]
        fn ranks_and_chains_follow_from_those_before(
            links in prop::collection::vec((0usize..12, 0usize..12), 0..30),
            closed in prop::collection::vec(any::<bool>(), 12),
        ) {
            let nodes: Vec<Node> = (0..12)
                .map(|i| Node {
                    no: i.to_string(),
                    due: None,
                    closed: closed[i],
                    // Only backwards: no circles.
                    predecessors: links.iter().filter(|(a, b)| *b == i && a < b).map(|(a, _)| a.to_string()).collect(),
                })
                .collect();
            let plan = graph(&nodes);
            let place = |no: &str| plan.places.iter().find(|p| p.no == no).expect("there");
            for (node, at) in nodes.iter().zip(&plan.places) {
                let above = node.predecessors.iter().filter_map(|p| place(p).rank).map(|r| r + 1).max();
                prop_assert_eq!(at.rank, Some(above.unwrap_or(0)));
                let longest = node
                    .predecessors
                    .iter()
                    .map(|p| place(p).waits_for.len() + usize::from(!closed[p.parse::<usize>().unwrap()]))
                    .max();
                prop_assert_eq!(at.waits_for.len(), longest.unwrap_or(0));
                prop_assert!(at.waits_for.iter().all(|w| !closed[w.parse::<usize>().unwrap()]));
            }
            let longest = plan.places.iter().zip(&nodes).filter(|(_, n)| !n.closed).map(|(p, _)| p.waits_for.len() + 1);
            prop_assert_eq!(plan.chain.len(), longest.max().unwrap_or(0));
        }
    }
}
