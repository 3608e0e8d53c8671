//! What is watched as numbers, for alert rules and the machine gates of runbooks.

use super::{
    peak::usual,
    read::{GATEWAY, SourceStand, Watched},
    words as say,
};
use crate::{App, messages, wire::WireError};
use pvhcc_domain::{
    observation::{ApiMeasure, Flow, FlowHealth, FlowState, LATENCY_BOUNDS_MS, ProbeState, SourceId, Stage},
    operation::{
        signal::{Metric, Signal, api_node, flow_node},
        watch::{Health, Place, Seen, WINDOW_BUCKETS},
    },
    proof::BUCKET_MS,
    time::Ms,
};
use std::collections::BTreeMap;

/// Stands for a duration above the last class of the gateway's histogram, ms.
const ABOVE_MS: u32 = LATENCY_BOUNDS_MS[LATENCY_BOUNDS_MS.len() - 1] + 1;

/// What one node was measured to be.
struct Node {
    name: String,
    as_of: Ms,
    note: Option<String>,
}

impl Node {
    fn says(&self, metric: Metric, value: Option<f64>) -> Signal {
        Signal { node: self.name.clone(), metric, value, as_of: self.as_of, note: self.note.clone() }
    }
}

impl App {
    /// Every signal there is at the moment that is looked at.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn signals(&self) -> Result<Vec<Signal>, WireError> {
        let watched = self.watched().await?;
        let mut signals = Vec::new();
        own(&watched, &mut signals);
        sources(&watched, &mut signals);
        flows(&watched, &mut signals);
        self.push_apis(&watched, &mut signals).await?;
        self.push_around(&watched, &mut signals).await?;
        Ok(signals)
    }

    async fn push_apis(&self, watched: &Watched, signals: &mut Vec<Signal>) -> Result<(), WireError> {
        let calendar = self.calendar_said_by(watched.at).await?;
        let usual_of = match watched.to {
            Some(to) => {
                let from = to.plus(-WINDOW_BUCKETS * BUCKET_MS);
                let earlier = self.calls_on_days_like(&calendar, from, to, false).await?;
                let of = |api: &str| {
                    usual(earlier.iter().map(|(_, apis)| apis.get(api).map_or(0, ApiMeasure::calls)))
                };
                watched.apis.iter().filter_map(|(api, _)| Some((api.clone(), of(api)?))).collect()
            }
            None => BTreeMap::new(),
        };
        signals.push(self.sign_in_time(watched));
        for (api, seen) in &watched.apis {
            api_signals(watched, api, seen, usual_of.get(api).copied(), signals);
        }
        Ok(())
    }

    /// How long signing in takes: the slower of the APIs after which others are called.
    fn sign_in_time(&self, watched: &Watched) -> Signal {
        let checklist = &self.0.checklist;
        let opens =
            |no: &str| checklist.apis().any(|(_, row)| row.predecessors.iter().any(|before| before == no));
        let first: Vec<&str> =
            checklist.apis().filter(|(_, row)| opens(&row.no)).map(|(api, _)| api).collect();
        let seen = watched.apis.iter().filter(|(api, _)| first.contains(&api.as_str()));
        let slowest = seen.filter_map(|(_, seen)| duration(seen)).reduce(f64::max);
        let as_of = watched.to.unwrap_or(watched.at);
        Node { name: "sso".to_owned(), as_of, note: None }.says(Metric::P95, slowest)
    }

    /// Sync queue, fees and probes. What was last said counts while it is current.
    async fn push_around(&self, watched: &Watched, signals: &mut Vec<Signal>) -> Result<(), WireError> {
        let failed = |e| messages::store(&e);
        let (store, at) = (&self.0.store, Some(watched.at));
        let current = |id| watched.source(id).current;
        let queue = store.sync_queue(at).await.map_err(failed)?.filter(|_| current(SourceId::GatewaySync));
        let node =
            Node { name: "queue".to_owned(), as_of: queue.map_or(watched.at, |q| q.as_of), note: None };
        let queue = queue.map(|reported| reported.value);
        let ended = queue.and_then(|q| q.last_batch).and_then(|batch| batch.finished_at);
        signals.push(node.says(Metric::Waiting, queue.map(|q| count_f64(q.waiting))));
        signals.push(node.says(Metric::Failed, queue.map(|q| count_f64(q.failed))));
        signals.push(node.says(Metric::Age, ended.map(|ended| seconds(watched.at, ended))));
        let fees = store.fee_totals(at).await.map_err(failed)?.filter(|_| current(SourceId::GatewayFees));
        let node = Node { name: "fees".to_owned(), as_of: fees.map_or(watched.at, |f| f.as_of), note: None };
        signals.push(node.says(Metric::Unpaid, fees.map(|reported| count_f64(reported.value.dossiers))));
        for (id, result) in store.probe_states(at).await.map_err(failed)? {
            let young = current(SourceId::Probes)
                && watched.at.0 - result.asked_at.0 <= watched.source(SourceId::Probes).limit;
            let node = Node {
                name: format!("probe:{id}"),
                as_of: result.asked_at,
                note: result.error.filter(|_| young),
            };
            let up = match result.state {
                ProbeState::Up => Some(1.0),
                ProbeState::Down => Some(0.0),
                ProbeState::Unknown => None,
            };
            signals.push(node.says(Metric::Up, up.filter(|_| young)));
            signals.push(
                node.says(Metric::P95, up.filter(|up| young && *up > 0.0).map(|_| f64::from(result.millis))),
            );
            signals.push(node.says(Metric::Age, Some(seconds(watched.at, result.asked_at))));
        }
        Ok(())
    }
}

/// This machine and its network: down while a source cannot be asked because of them.
fn own(watched: &Watched, signals: &mut Vec<Signal>) {
    for (name, place) in [("own_machine", Place::OwnMachine), ("own_network", Place::OwnNetwork)] {
        let failing = watched.sources.values().find(|stand| stand.place() == Some(place));
        let answered = watched.sources.values().any(|stand| stand.current && stand.failing.is_none());
        let note = failing.and_then(|stand| stand.failing.as_ref()).map(|(_, kind, _)| kind.clone());
        let node = Node { name: name.to_owned(), as_of: watched.at, note };
        let up = if failing.is_some() { Some(0.0) } else { answered.then_some(1.0) };
        signals.push(node.says(Metric::Up, up));
    }
}

/// Gateway and portal. While the fault is this machine's or its network's, nothing is known of them.
fn sources(watched: &Watched, signals: &mut Vec<Signal>) {
    for (name, members) in [("gateway", &GATEWAY[..]), ("portal", &[SourceId::PortalStatistics][..])] {
        let stands = || members.iter().map(|id| watched.source(*id));
        // What was fetched now may be old: of the gateway the newest calls count.
        let fetched = stands().filter_map(|stand| stand.fetched).max();
        let newest = if name == "gateway" { watched.newest.or(fetched) } else { fetched };
        let host = stands().find(|stand| matches!(stand.place(), Some(Place::Host)));
        let answers = stands().any(|stand| stand.current && stand.failing.is_none());
        let together = watched.fail_together(members);
        let alone = |stand: &&SourceStand| stand.place() == Some(Place::OneAddress);
        let host = host.or_else(|| stands().find(alone).filter(|_| together));
        let up = match (host, answers && !together) {
            (_, true) => Some(1.0),
            (Some(_), false) => Some(0.0),
            (None, false) => None,
        };
        let note = host.and_then(|stand| stand.failing.as_ref()).map(|(_, kind, _)| kind.clone());
        let node = Node { name: name.to_owned(), as_of: watched.at, note };
        signals.push(node.says(Metric::Up, up));
        signals.push(node.says(Metric::Age, newest.map(|at| seconds(watched.at, at))));
    }
}

/// What the gateway says of some tests of flows together.
fn tests(watched: &Watched, name: &str, flows: &[&FlowState], any: bool, signals: &mut Vec<Signal>) {
    let current = watched.flows_current();
    let as_of = watched.source(SourceId::GatewayFlows).as_of.unwrap_or(watched.at);
    let count = |health| flows.iter().filter(|flow| flow.state == health).count();
    let (ok, failing) = (count(FlowHealth::Ok), count(FlowHealth::Failing));
    // A path works while any flow comes through it; a flow works while none of its phases fails.
    let up = match (current, ok, failing) {
        (false, ..) | (_, 0, 0) => None,
        (_, 0, _) => Some(0.0),
        (_, _, failing) => Some(if failing > 0 && !any { 0.0 } else { 1.0 }),
    };
    let note =
        flows.iter().find(|flow| flow.state == FlowHealth::Failing).and_then(|flow| flow.error.clone());
    let node = Node { name: name.to_owned(), as_of, note };
    signals.push(node.says(Metric::Up, up));
    let measured: Vec<(f64, f64)> = (flows.iter())
        .filter_map(|flow| Some((flow.success_rate?, count_f64(flow.calls))))
        .filter(|_| current)
        .collect();
    let calls: f64 = measured.iter().map(|(_, calls)| calls).sum();
    let ok: f64 = measured.iter().map(|(rate, calls)| rate * calls).sum();
    signals.push(node.says(Metric::SuccessRate, (calls > 0.0).then(|| ok / calls)));
    let newest = flows.iter().filter_map(|flow| flow.last_success_at).max();
    signals.push(node.says(Metric::Age, newest.map(|at| seconds(watched.at, at))));
}

fn flows(watched: &Watched, signals: &mut Vec<Signal>) {
    let all: Vec<&FlowState> = watched.flows.iter().filter(|flow| flow.stage == Stage::Test).collect();
    let only =
        |keep: &dyn Fn(&FlowState) -> bool| all.iter().copied().filter(|f| keep(f)).collect::<Vec<_>>();
    tests(watched, "security_server", &only(&|flow| flow.phase == 1), true, signals);
    tests(watched, "agent_node", &only(&|flow| flow.phase == 2), true, signals);
    // Signing in works while it does on either path; that one fails is the flow's fault.
    tests(watched, "sso", &only(&|flow| flow.flow == Flow::Sso), true, signals);
    for flow in Flow::ALL {
        tests(watched, &flow_node(flow), &only(&|state| state.flow == flow), false, signals);
    }
}

fn api_signals(watched: &Watched, api: &str, seen: &Seen, usual: Option<u64>, signals: &mut Vec<Signal>) {
    let observed = seen.health != Health::NotObserved;
    let minutes = f64::from(u32::try_from((seen.to.0 - seen.from.0) / 60_000).unwrap_or(u32::MAX));
    let calls = count_f64(seen.calls);
    let note = seen.last_error.as_deref().map(say::error).filter(|_| observed);
    let node = Node { name: api_node(api), as_of: seen.to, note };
    let up = match seen.health {
        Health::Failing => Some(0.0),
        Health::Good | Health::Slow => Some(1.0),
        Health::Unsure | Health::Quiet | Health::NotObserved => None,
    };
    signals.push(node.says(Metric::Up, up));
    // Too few calls to say anything say nothing.
    let told = observed && seen.health != Health::Unsure;
    signals.push(node.says(Metric::SuccessRate, seen.rate().filter(|_| told)));
    signals.push(node.says(Metric::P95, duration(seen)));
    signals
        .push(node.says(Metric::Calls, observed.then(|| if minutes > 0.0 { calls / minutes } else { 0.0 })));
    let from = seen.to.plus(-WINDOW_BUCKETS * BUCKET_MS);
    let half_hour: u64 = watched.of(api).iter().filter(|m| m.from >= from).map(ApiMeasure::calls).sum();
    let against =
        usual.filter(|usual| *usual > 0 && observed).map(|usual| count_f64(half_hour) / count_f64(usual));
    signals.push(node.says(Metric::CallsAgainstUsual, against));
    let success = watched.of(api).iter().rfind(|m| m.ok > 0).map(|m| m.from.plus(BUCKET_MS));
    signals.push(node.says(Metric::Age, success.map(|at| seconds(watched.at, at))));
}

/// The 95th percentile of an API's calls, where there were enough of them to say.
fn duration(seen: &Seen) -> Option<f64> {
    let told = !matches!(seen.health, Health::NotObserved | Health::Unsure | Health::Quiet);
    told.then(|| f64::from(seen.p95_ms.unwrap_or(ABOVE_MS)))
}

#[allow(clippy::cast_precision_loss)] // Milliseconds of some days.
fn seconds(now: Ms, at: Ms) -> f64 {
    (now.0.saturating_sub(at.0)).max(0) as f64 / 1000.0
}

#[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
fn count_f64(n: u64) -> f64 {
    n as f64
}
