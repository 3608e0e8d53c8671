//! One look at the signals: what begins, what is the cause of what, what is over.
//!
//! What was not observed neither raises (but by a rule of absence) nor clears. Time is read from the signals, not from the clock:
//! a while during which nobody looked proves nothing.

use super::{
    Ancestor, Basis, Graph, Key, Memory, Rule, Settings, State, Step, Track,
    reading::{Look, Reading, Readings},
    words::told,
};
use crate::{
    operation::{incident::Severity, signal::Signal},
    time::Ms,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

const MINUTE: i64 = 60_000;

/// What the engine looks by.
#[derive(Debug, Clone, Copy)]
pub struct Watch<'a> {
    /// What depends on what.
    pub graph: &'a Graph,
    /// Rules as they are set, in order.
    pub rules: &'a [Rule],
    /// What holds for all of them.
    pub settings: Settings,
}

/// How a rule at a node stands by its own signals, before causes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Local {
    Calm,
    Pending,
    /// Bad for long enough.
    Due,
    Raised(Severity),
    Easing(Severity, Ms),
    /// Its own alert ends now.
    Over,
    /// An effect that is still bad.
    Effect,
}

struct Item<'a> {
    key: Key,
    order: usize,
    rule: &'a Rule,
    track: Option<&'a Track>,
    reading: Option<Reading>,
    local: Local,
    since: Ms,
}

impl Item<'_> {
    /// May be the cause of something, and needs one looked for.
    fn stands(&self) -> bool {
        matches!(self.local, Local::Due | Local::Raised(_) | Local::Easing(..) | Local::Effect)
    }

    /// Bad for so long beyond what its rule asks for, ms.
    fn overdue(&self) -> i64 {
        self.reading.as_ref().map_or(0, |r| r.as_of.0 - self.since.0 - self.rule.hold)
    }
}

/// The steps of one look, causes first. They hold once they are kept: [`Memory::apply`] takes them in.
#[must_use]
pub fn step(watch: Watch<'_>, memory: &Memory, signals: &[Signal], now: Ms) -> Vec<Step> {
    let readings = Readings::new(signals);
    let mut items = Vec::new();
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    for (order, rule) in watch.rules.iter().enumerate().filter(|(_, rule)| rule.in_force(now)) {
        for node in rule.nodes.iter().flat_map(|pattern| watch.graph.matching(pattern)) {
            let key = Key { rule: rule.id.clone(), node };
            let track = memory.get(&key);
            let reading = readings.of(rule, &key.node, now);
            let (local, since) = local(rule, track, reading.as_ref(), now);
            seen.insert(key.clone());
            if local != Local::Calm || track.is_some_and(|t| t.state != State::Calm) {
                items.push(Item { key, order, rule, track, reading, local, since });
            }
        }
    }
    // Causes before what they may explain.
    items.sort_by_key(|item| {
        (watch.graph.depth(&item.key.node), Reverse(item.rule.strength), item.order, item.key.node.clone())
    });
    let causes = causes(watch, memory, &mut items, now);
    let mut steps = dropped(memory, &seen, now);
    steps.extend(written(watch, &items, &causes, now));
    steps
}

/// How a rule at a node stands by its own signals, and since when it is bad.
fn local(rule: &Rule, track: Option<&Track>, reading: Option<&Reading>, now: Ms) -> (Local, Ms) {
    let state = track.map_or(&State::Calm, |t| &t.state);
    let since = track.map_or(now, |t| t.since);
    let Some(reading) = reading else {
        return (unread(state, track), since);
    };
    // What was said before it began says nothing of it.
    let as_of = reading.as_of;
    let look = if *state != State::Calm && as_of < since { Look::Unobserved } else { reading.look };
    let held = |since: Ms| if as_of.0 - since.0 >= rule.hold { Local::Due } else { Local::Pending };
    match (state, look) {
        (_, Look::Unobserved) => (unread(state, track), since),
        (State::Calm, Look::Bad) => (held(as_of), as_of),
        (State::Calm | State::Pending, Look::Between | Look::Good) => (Local::Calm, since),
        (State::Pending, Look::Bad) => (held(since), since),
        (State::Raised(severity), Look::Good) if rule.clear_hold > 0 => {
            (Local::Easing(*severity, as_of), since)
        }
        (State::Raised(_), Look::Good) => (Local::Over, since),
        (State::Raised(severity), Look::Bad | Look::Between) => (Local::Raised(*severity), since),
        (State::Easing(severity), Look::Bad | Look::Between) => (Local::Raised(*severity), since),
        (State::Easing(severity), Look::Good) => {
            let good_since = track.and_then(|t| t.good_since).unwrap_or(as_of);
            let asked = if flaps(rule, track, now, 0) {
                rule.clear_hold.max(i64::from(rule.flap.quiet_minutes) * MINUTE)
            } else {
                rule.clear_hold
            };
            let over = as_of.0 - good_since.0 >= asked;
            (if over { Local::Over } else { Local::Easing(*severity, good_since) }, since)
        }
        (State::Effect(_), Look::Good) => (Local::Calm, since),
        (State::Effect(_), Look::Bad | Look::Between) => (Local::Effect, since),
    }
}

/// Nothing was observed: everything stays as it was.
fn unread(state: &State, track: Option<&Track>) -> Local {
    match state {
        State::Calm => Local::Calm,
        State::Pending => Local::Pending,
        State::Raised(severity) => Local::Raised(*severity),
        State::Easing(severity) => {
            Local::Easing(*severity, track.and_then(|t| t.good_since).unwrap_or_default())
        }
        State::Effect(_) => Local::Effect,
    }
}

/// It began or came back so often lately, and `more` times now, that it is flapping.
fn flaps(rule: &Rule, track: Option<&Track>, now: Ms, more: usize) -> bool {
    let within = i64::from(rule.flap.within_minutes) * MINUTE;
    let lately = track.map_or(0, |t| t.flips.iter().filter(|at| now.0 - at.0 <= within).count());
    lately + more >= rule.flap.times as usize
}

/// Finds the cause of each item that stands: its place among `items`; `None` is a cause itself. Turns what waits for a cause, and
/// effects that lost theirs, back into pending ones.
fn causes(watch: Watch<'_>, memory: &Memory, items: &mut [Item<'_>], now: Ms) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; items.len()];
    let mut roots: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in 0..items.len() {
        if !items[i].stands() {
            continue;
        }
        // What is good again is no effect of anything.
        let eases = matches!(items[i].local, Local::Easing(..));
        if let Some(root) = root_of(watch, items, &roots, i).filter(|_| !eases) {
            found[i] = Some(root);
            continue;
        }
        let item = &items[i];
        let look = item.reading.as_ref().filter(|r| r.as_of >= item.since).map(|r| r.look);
        let due = match (item.local, look) {
            (Local::Due, _) => true,
            // It lost its cause.
            (Local::Effect, Some(Look::Bad)) => item.overdue() >= 0,
            (Local::Effect, Some(Look::Between)) => {
                items[i].local = Local::Calm;
                continue;
            }
            (Local::Effect, _) => false,
            _ => {
                roots.entry(item.key.node.clone()).or_default().push(i);
                continue;
            }
        };
        if !due || waits(watch, memory, items, i, now) {
            items[i].local = Local::Pending;
        } else {
            items[i].local = Local::Due;
            roots.entry(items[i].key.node.clone()).or_default().push(i);
        }
    }
    found
}

/// The cause of an item among those found so far: the one it was told with, else the strongest and nearest.
fn root_of(
    watch: Watch<'_>,
    items: &[Item<'_>],
    roots: &BTreeMap<String, Vec<usize>>,
    i: usize,
) -> Option<usize> {
    let item = &items[i];
    let raised = matches!(item.local, Local::Raised(_));
    let told_with = match item.track.map(|t| &t.state) {
        Some(State::Effect(id)) => Some(id),
        _ => None,
    };
    let above = watch.graph.ancestors(&item.key.node).iter().map(|a| (&a.node, Some(a)));
    std::iter::once((&item.key.node, None))
        .chain(above)
        .flat_map(|(node, above)| roots.get(node).into_iter().flatten().map(move |root| (*root, above)))
        .filter(|(root, above)| {
            let cause = &items[*root];
            explains((cause.rule, cause.order), (item.rule, item.order), *above)
                // What was raised long before a cause began has another one.
                && (!raised || item.since >= cause.since.plus(-watch.settings.takeover))
        })
        .min_by_key(|(root, above)| {
            let (cause, distance) = (&items[*root], above.map_or(0, |a| a.distance));
            let known = cause.track.is_some_and(|t| t.alert.is_some() && t.alert.as_ref() == told_with);
            (!known, Reverse(cause.rule.strength), distance, cause.order, cause.key.node.clone())
        })
        .map(|(root, _)| root)
}

/// A finding of `cause` explains one of `effect`, each with its place among the rules; `above` is how the node of the cause
/// stands to that of the effect, `None` for the same node.
fn explains(cause: (&Rule, usize), effect: (&Rule, usize), above: Option<&Ancestor>) -> bool {
    let ((cause, first), (effect, second)) = (cause, effect);
    match above {
        None => (cause.strength, Reverse(first)) > (effect.strength, Reverse(second)),
        Some(above) => cause.strength >= effect.strength && cause.strength >= above.carries,
    }
}

/// It is bad for long enough, but its cause may be about to be found, or was over a moment ago and may still be felt.
fn waits(watch: Watch<'_>, memory: &Memory, items: &[Item<'_>], i: usize, now: Ms) -> bool {
    let item = &items[i];
    let as_of = item.reading.as_ref().map_or(now, |r| r.as_of);
    let above = watch.graph.ancestors(&item.key.node);
    let may_explain = |rule: &Rule, order: usize, node: &str| {
        let above = above.iter().find(|a| a.node == node);
        (above.is_some() || node == item.key.node) && explains((rule, order), (item.rule, item.order), above)
    };
    let coming = items.iter().enumerate().any(|(j, other)| {
        j != i && other.local == Local::Pending && may_explain(other.rule, other.order, &other.key.node)
    });
    if coming && item.overdue() < watch.settings.patience {
        return true;
    }
    let ends_now = items
        .iter()
        .any(|other| other.local == Local::Over && may_explain(other.rule, other.order, &other.key.node));
    let settle = item.rule.settle.unwrap_or(watch.settings.settle);
    ends_now
        || memory.tracks().any(|(key, track)| {
            let felt_until = track.cleared.map(|at| at.plus(settle));
            felt_until.is_some_and(|until| as_of < until)
                && watch
                    .rules
                    .iter()
                    .enumerate()
                    .any(|(order, rule)| rule.id == key.rule && may_explain(rule, order, &key.node))
        })
}

/// Tracks of rules and nodes that are no longer looked at end.
fn dropped(memory: &Memory, seen: &BTreeSet<Key>, now: Ms) -> Vec<Step> {
    let gone = memory.tracks().filter(|(key, track)| track.state != State::Calm && !seen.contains(key));
    gone.map(|(key, track)| Step {
        key: key.clone(),
        from: Some(track.state.clone()),
        to: State::Calm,
        at: now,
        basis: Basis { since: track.since, id: track.alert.clone(), dropped: true, ..Basis::default() },
    })
    .collect()
}

/// The steps: what differs from how it stood.
fn written(watch: Watch<'_>, items: &[Item<'_>], causes: &[Option<usize>], now: Ms) -> Vec<Step> {
    let alert_of = |i: usize| {
        let kept = items[i].track.and_then(|t| t.alert.clone());
        kept.unwrap_or_else(|| items[i].key.alert_id(now))
    };
    let mut effects: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, cause) in causes.iter().enumerate() {
        if let Some(cause) = cause {
            effects.entry(*cause).or_default().push(i);
        }
    }
    let of = |i: usize| effects.get(&i).map_or(&[][..], Vec::as_slice);
    let mut steps = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let state = item.track.map(|t| &t.state);
        let mut basis = Basis { since: item.since, ..Basis::default() };
        if let Some(reading) = &item.reading {
            basis.value = reading.value;
            basis.as_of = Some(reading.as_of);
            basis.note.clone_from(&reading.note);
        }
        let to = if let Some(cause) = causes[i] {
            let id = alert_of(cause);
            basis.path = watch.graph.path(&items[cause].key.node, &item.key.node).unwrap_or_default();
            // Its own alert, which goes on in that of its cause.
            basis.id = item.track.and_then(|t| t.alert.clone());
            State::Effect(id)
        } else {
            match item.local {
                Local::Calm => State::Calm,
                Local::Over => {
                    basis.id = item.track.and_then(|t| t.alert.clone());
                    State::Calm
                }
                Local::Pending | Local::Effect => State::Pending,
                Local::Easing(severity, good_since) => {
                    basis.id = Some(alert_of(i));
                    basis.good_since = Some(good_since);
                    State::Easing(worst(items, severity, of(i)))
                }
                Local::Raised(severity) => {
                    basis.id = Some(alert_of(i));
                    let again = usize::from(matches!(state, Some(State::Easing(_))));
                    basis.flapping = flaps(item.rule, item.track, now, again);
                    State::Raised(worst(items, severity, of(i)))
                }
                Local::Due => {
                    basis.id = Some(alert_of(i));
                    raised(watch, items, i, of(i), &mut basis, now)
                }
            }
        };
        if state.unwrap_or(&State::Calm) != &to {
            steps.push(Step { key: item.key.clone(), from: state.cloned(), to, at: now, basis });
        }
    }
    steps
}

/// As bad as the worst of what it explains; never better than it was.
fn worst(items: &[Item<'_>], severity: Severity, effects: &[usize]) -> Severity {
    effects.iter().map(|effect| items[*effect].rule.severity).fold(severity, Severity::min)
}

/// A new alert: what it says, what it takes over, and whether anybody must be called for it.
fn raised(
    watch: Watch<'_>,
    items: &[Item<'_>],
    i: usize,
    effects: &[usize],
    basis: &mut Basis,
    now: Ms,
) -> State {
    let item = &items[i];
    let severity = worst(items, item.rule.severity, effects);
    if let Some(reading) = &item.reading {
        let (title, detail) = told(item.rule, watch.graph, &item.key.node, reading, item.since);
        (basis.title, basis.detail) = (Some(title), Some(detail));
    }
    basis.flapping = flaps(item.rule, item.track, now, 1);
    let mut called: Option<Severity> = None;
    for track in effects.iter().filter_map(|effect| items[*effect].track) {
        let (Some(id), State::Raised(before) | State::Easing(before)) = (&track.alert, &track.state) else {
            continue;
        };
        basis.takes.push(id.clone());
        called = Some(called.map_or(*before, |worst| worst.min(*before)));
    }
    basis.quiet = called.is_some_and(|before| before <= severity);
    State::Raised(severity)
}
