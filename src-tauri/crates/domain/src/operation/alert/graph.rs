//! What depends on what (`assets/operation/dependencies.toml`): nodes with who answers for them, and edges from a cause to what
//! does not work without it. Edges of APIs come from the checklist's reading.

use super::{DataError, Strength, derived::Derived};
use crate::{
    checklist::Checklist,
    operation::signal::{api_node, flow_node},
    party::Party,
    tables::Source,
    text::nfc,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

const DEPENDENCIES: Source<'_> = Source {
    name: "assets/operation/dependencies.toml",
    text: include_str!("../../../../../../assets/operation/dependencies.toml"),
};

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// This machine or its network.
    Own,
    /// A system.
    System,
    /// One of the five flows.
    Flow,
    /// An API of the checklist.
    Api,
    /// A surrounding system that is probed.
    Probe,
    /// A figure of the gateway.
    Figure,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Id, as signals name it.
    pub id: String,
    /// As people see it.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// Id of the party that answers for it.
    pub party: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    node: Vec<Node>,
    apis: BTreeMap<String, String>,
    edge: Vec<Edge>,
    #[serde(default)]
    derived: Vec<Derived>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edge {
    from: String,
    to: Vec<String>,
    why: String,
    #[serde(default = "anything")]
    carries: Strength,
}

/// An edge that says nothing else carries every fault.
const fn anything() -> Strength {
    Strength::Degraded
}

/// An edge as its lower end knows it.
#[derive(Debug, Clone, PartialEq)]
struct Link {
    why: String,
    /// The weakest fault above that is felt below.
    carries: Strength,
}

/// What may be the cause of a node's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor {
    /// Id of the node.
    pub node: String,
    /// Edges between, by the shortest way.
    pub distance: u32,
    /// The weakest fault of it that is felt.
    pub carries: Strength,
}

/// The graph: acyclic, every name known.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    nodes: BTreeMap<String, Node>,
    /// What each node does not work without, and why.
    parents: BTreeMap<String, BTreeMap<String, Link>>,
    ancestors: BTreeMap<String, Vec<Ancestor>>,
    /// Begins of the ids of nodes that the settings name.
    prefixes: Vec<String>,
    derived: Vec<Derived>,
}

impl Graph {
    /// The graph shipped with the product. `probes` are ids and names of the probes in the settings.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin(
        checklist: &Checklist,
        parties: &[Party],
        probes: &[(String, String)],
    ) -> Result<Self, DataError> {
        Self::parse(DEPENDENCIES, checklist, parties, probes)
    }

    /// Reads a graph from TOML of the shipped form.
    ///
    /// # Errors
    /// The parser's error with its line; a node that stands twice; an edge or a party that names nothing; edges in a circle.
    pub fn parse(
        file: Source<'_>,
        checklist: &Checklist,
        parties: &[Party],
        probes: &[(String, String)],
    ) -> Result<Self, DataError> {
        let name = || file.name.to_owned();
        let read: File = toml::from_str(file.text)
            .map_err(|e| DataError::Syntax { file: name(), reason: e.to_string() })?;
        let party = |place: String, id: &str| match parties.iter().any(|p| p.id == id) {
            true => Ok(()),
            false => Err(DataError::Unknown { file: name(), place, what: "party", id: id.to_owned() }),
        };
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        let prefixes =
            read.node.iter().filter_map(|n| n.id.strip_suffix('*')).map(ToOwned::to_owned).collect();
        for node in read.node {
            party(format!("node {}", node.id), &node.party)?;
            let made = match node.id.strip_suffix('*') {
                Some(prefix) => probes
                    .iter()
                    .map(|(id, title)| Node { id: format!("{prefix}{id}"), name: nfc(title), ..node.clone() })
                    .collect(),
                None => vec![Node { name: nfc(&node.name), ..node }],
            };
            for node in made {
                if nodes.contains_key(&node.id) {
                    return Err(DataError::Twice { file: name(), what: "node", id: node.id });
                }
                nodes.insert(node.id.clone(), node);
            }
        }
        let mut graph = Self {
            nodes,
            parents: BTreeMap::new(),
            ancestors: BTreeMap::new(),
            prefixes,
            derived: read.derived,
        };
        for (side, owner) in &read.apis {
            party(format!("apis.{side}"), owner)?;
        }
        graph.add_apis(&name(), checklist, &read.apis)?;
        for edge in read.edge {
            let place = || format!("edge from {}", edge.from);
            if let Some(id) = std::iter::once(&edge.from).chain(&edge.to).find(|id| !graph.may_stand(id)) {
                return Err(unknown_node(&name(), place(), id));
            }
            if graph.node(&edge.from).is_some() {
                let ends: Vec<String> = edge.to.iter().flat_map(|to| graph.matching(to)).collect();
                for end in ends {
                    let link = Link { why: nfc(&edge.why), carries: edge.carries };
                    graph.add_edge(&name(), &edge.from, &end, link)?;
                }
            }
        }
        for derived in &graph.derived {
            derived.check(&name(), |id| graph.may_stand(id))?;
        }
        graph.close(&name())?;
        Ok(graph)
    }

    /// Nodes of the APIs with the edges flow → API and Login → what is called after it.
    fn add_apis(
        &mut self,
        file: &str,
        checklist: &Checklist,
        owners: &BTreeMap<String, String>,
    ) -> Result<(), DataError> {
        for (api, row) in checklist.apis() {
            let side = api.split('.').next().unwrap_or(api);
            let Some(owner) = owners.get(side) else {
                return Err(DataError::Unknown {
                    file: file.to_owned(),
                    place: "apis".to_owned(),
                    what: "owner of",
                    id: api.to_owned(),
                });
            };
            let name = format!("TT {} {}", row.no, checklist.api_name(api).unwrap_or(api));
            let node = Node { id: api_node(api), name, kind: NodeKind::Api, party: owner.clone() };
            self.nodes.insert(node.id.clone(), node);
        }
        for (api, row) in checklist.apis() {
            if let Some(flow) = row.flow {
                let why = "là API của luồng này".to_owned();
                self.add_edge(file, &flow_node(flow), &api_node(api), Link { why, carries: anything() })?;
            }
            let before = row.predecessors.iter().filter_map(|no| checklist.get(no)?.api.as_deref());
            for login in before {
                let why = "phải gọi API này trước để có phiên làm việc".to_owned();
                self.add_edge(file, &api_node(login), &api_node(api), Link { why, carries: anything() })?;
            }
        }
        Ok(())
    }

    fn add_edge(&mut self, file: &str, from: &str, to: &str, link: Link) -> Result<(), DataError> {
        for end in [from, to] {
            if !self.nodes.contains_key(end) {
                return Err(unknown_node(file, format!("edge {from} → {to}"), end));
            }
        }
        let parents = self.parents.entry(to.to_owned()).or_default();
        parents.entry(from.to_owned()).or_insert(link);
        Ok(())
    }

    /// Finds what may cause what, and refuses circles.
    fn close(&mut self, file: &str) -> Result<(), DataError> {
        let mut all = BTreeMap::new();
        for id in self.nodes.keys() {
            let (strong, weak) = (self.above(id, Strength::Down), self.above(id, Strength::Degraded));
            let mut round = std::iter::once(id.as_str()).chain(strong.keys().copied());
            if let Some(at) = round.find(|at| self.has_parent(at, id)) {
                let mut path = self.path(id, at).unwrap_or_default();
                path.push(id.clone());
                return Err(DataError::Circle { file: file.to_owned(), path });
            }
            let ancestor = |(node, distance): (&str, u32)| Ancestor {
                node: node.to_owned(),
                distance,
                carries: if weak.contains_key(node) { Strength::Degraded } else { Strength::Down },
            };
            let mut ancestors: Vec<Ancestor> = strong.into_iter().map(ancestor).collect();
            ancestors.sort_by_key(|a| a.distance);
            all.insert(id.clone(), ancestors);
        }
        self.ancestors = all;
        Ok(())
    }

    fn has_parent(&self, id: &str, parent: &str) -> bool {
        self.parents.get(id).is_some_and(|parents| parents.contains_key(parent))
    }

    /// Nodes whose fault of a strength is felt by a node, with the number of edges between.
    fn above<'a>(&'a self, id: &'a str, fault: Strength) -> BTreeMap<&'a str, u32> {
        let mut found = BTreeMap::new();
        let mut next = VecDeque::from([(id, 0)]);
        while let Some((at, distance)) = next.pop_front() {
            for (parent, link) in self.parents.get(at).into_iter().flatten() {
                if link.carries <= fault && parent != id && !found.contains_key(parent.as_str()) {
                    found.insert(parent.as_str(), distance + 1);
                    next.push_back((parent, distance + 1));
                }
            }
        }
        found
    }

    /// A name of something: a node, a pattern, or one that the settings may name.
    pub(super) fn may_stand(&self, id: &str) -> bool {
        id.ends_with('*') || self.nodes.contains_key(id) || self.prefixes.iter().any(|p| id.starts_with(p))
    }

    pub(super) fn derived(&self) -> &[Derived] {
        &self.derived
    }

    /// A node by id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Name of a node; its id when it is none.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.nodes.get(id).map_or(id, |node| &node.name)
    }

    /// All nodes, by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// Ids of the nodes that a name or a pattern with `*` at its end stands for.
    #[must_use]
    pub fn matching(&self, pattern: &str) -> Vec<String> {
        match pattern.strip_suffix('*') {
            Some(prefix) => self.nodes.keys().filter(|id| id.starts_with(prefix)).cloned().collect(),
            None => self.nodes.get_key_value(pattern).map(|(id, _)| id.clone()).into_iter().collect(),
        }
    }

    /// All that may be the cause of a node's fault; the nearest first.
    #[must_use]
    pub fn ancestors(&self, id: &str) -> &[Ancestor] {
        self.ancestors.get(id).map_or(&[], Vec::as_slice)
    }

    /// Number of nodes that may be the cause of a node's fault: less for a cause than for its effects.
    #[must_use]
    pub fn depth(&self, id: &str) -> usize {
        self.ancestors(id).len()
    }

    /// The shortest way from a cause to what it broke, both included; `None` when there is none.
    #[must_use]
    pub fn path(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut child: BTreeMap<&str, &str> = BTreeMap::new();
        let mut next = VecDeque::from([to]);
        while let Some(at) = next.pop_front() {
            if at == from {
                let way = std::iter::successors(Some(at), |id| child.get(id).copied());
                return Some(way.map(ToOwned::to_owned).collect());
            }
            for parent in self.parents.get(at).into_iter().flat_map(BTreeMap::keys) {
                if parent != to && !child.contains_key(parent.as_str()) {
                    child.insert(parent, at);
                    next.push_back(parent);
                }
            }
        }
        None
    }

    /// Why `to` does not work without `from`, where an edge says so.
    #[must_use]
    pub fn why(&self, from: &str, to: &str) -> Option<&str> {
        self.parents.get(to)?.get(from).map(|link| link.why.as_str())
    }
}

fn unknown_node(file: &str, place: String, id: &str) -> DataError {
    DataError::Unknown { file: file.to_owned(), place, what: "node", id: id.to_owned() }
}
