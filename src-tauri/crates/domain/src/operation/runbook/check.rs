//! What can be wrong with a runbook, and where. It must not know how that is said to people.

use super::{Condition, Criterion, Level, Measured, Runbook, Step, Who};
use crate::operation::signal::Metric;
use std::collections::{BTreeMap, BTreeSet};

/// Longest run, minutes: a fortnight.
const LONGEST: i64 = 14 * 24 * 60;

/// What a runbook may name besides itself.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Whether a node is watched.
    pub node: &'a dyn Fn(&str) -> bool,
    /// Whether there is such a unit.
    pub unit: &'a dyn Fn(&str) -> bool,
    /// Ids of the steps of another runbook; none when there is no such runbook.
    pub steps_of: &'a dyn Fn(&str) -> Option<Vec<String>>,
}

/// Something found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<T> {
    /// Line, from 1.
    pub line: u32,
    /// Field or id that it is about; empty for the text as a whole.
    pub of: String,
    /// What.
    pub what: T,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not TOML, or a field that is missing, unknown or of the wrong kind: the parser's words.
    Syntax(String),
    /// A field without content.
    Empty(&'static str),
    /// Not of small letters, digits and hyphens.
    BadId(String),
    /// An id that another of its kind has.
    Duplicate(String),
    /// No instant with a zone.
    NotAnInstant,
    /// A time that is negative, or a length that is not positive, or beyond [`LONGEST`].
    BadMinutes(&'static str),
    /// No such stream.
    UnknownStream(String),
    /// No such step.
    UnknownStep(String),
    /// No such gate.
    UnknownGate(String),
    /// No such unit.
    UnknownUnit(String),
    /// Nothing of that name is watched.
    UnknownNode(String),
    /// No such runbook to go back with.
    UnknownRunbook(String),
    /// The runbook to go back with has no such step, or there is none.
    UnknownRollbackStep(String),
    /// Neither a node with a metric nor a figure, or both.
    ConditionOfNothing,
    /// A share outside 0 to 1, or no number.
    BadValue,
    /// A criterion that is neither measured nor anybody's word.
    CriterionOfNothing(String),
    /// Steps that wait for each other: the way round, first and last the same.
    Cycle(Vec<String>),
    /// More than one point of no return.
    SecondNoReturn(String),
    /// A way back whose length is not said, or a length without a way back.
    HalfARollback,
    /// The way back is longer than the window.
    NoSafeMoment,
}

/// What somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Two steps of one owner are planned at the same time.
    OwnerBusy {
        /// The other step.
        other: String,
    },
    /// A step is planned to begin before one that it waits for ends.
    BeforePredecessor {
        /// The one that it waits for.
        other: String,
    },
    /// A gate that nothing must hold at.
    NoMust,
    /// A gate that no step waits for.
    GateUnused,
}

/// Where things stand in the text.
pub(super) struct Places<'a> {
    pub(super) text: &'a str,
    pub(super) id: u32,
    pub(super) title: u32,
    pub(super) starts: u32,
    pub(super) window: u32,
    pub(super) rollback: u32,
    pub(super) worst: u32,
    /// Begins of the parts, in bytes.
    pub(super) streams: Vec<usize>,
    pub(super) steps: Vec<usize>,
    pub(super) gates: Vec<usize>,
    pub(super) triggers: Vec<usize>,
}

impl Places<'_> {
    /// The line of `needle` within the part that begins at `start`; else the part's first.
    fn line(&self, start: usize, needle: &str) -> u32 {
        let parts = [&self.streams, &self.steps, &self.gates, &self.triggers];
        let next = parts.into_iter().flatten().copied().filter(|at| *at > start).min();
        let part = &self.text[start..next.unwrap_or(self.text.len())];
        let at = start + if needle.is_empty() { 0 } else { part.find(needle).unwrap_or(0) };
        u32::try_from(self.text[..at].matches('\n').count() + 1).unwrap_or(u32::MAX)
    }
}

/// Collects faults of one part.
struct Part<'a> {
    places: &'a Places<'a>,
    start: usize,
    of: &'a str,
    found: &'a mut Vec<Finding<Fault>>,
}

impl Part<'_> {
    /// `needle` stands in the part's text where the fault is.
    fn fault(&mut self, needle: &str, what: Fault) {
        let line = self.places.line(self.start, needle);
        self.found.push(Finding { line, of: self.of.to_owned(), what });
    }

    fn full(&mut self, field: &'static str, text: &str) {
        if text.trim().is_empty() {
            self.fault(&format!("{field} ="), Fault::Empty(field));
        }
    }

    fn unit(&mut self, who: &Who, known: &Known<'_>) {
        if !(known.unit)(&who.unit) {
            self.fault(&format!("\"{}\"", who.unit), Fault::UnknownUnit(who.unit.clone()));
        }
    }

    fn condition(&mut self, condition: &Condition, known: &Known<'_>) {
        let share = matches!(condition.metric, Some(Metric::Up | Metric::SuccessRate));
        if !condition.value.is_finite() || condition.value < 0.0 || (share && condition.value > 1.0) {
            self.fault("value =", Fault::BadValue);
        }
        if condition.minutes < 0 || condition.minutes > LONGEST {
            self.fault("minutes = -", Fault::BadMinutes("minutes"));
        }
        match condition.measured() {
            None => self.fault("is =", Fault::ConditionOfNothing),
            Some(Measured::Signal(node, _)) if !(known.node)(node) => {
                self.fault(&format!("\"{node}\""), Fault::UnknownNode(node.to_owned()));
            }
            Some(Measured::Signal(..) | Measured::Figure(_)) => {}
        }
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 60
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Everything that is wrong.
pub(super) fn faults(runbook: &Runbook, places: &Places<'_>, known: &Known<'_>) -> Vec<Finding<Fault>> {
    let mut found = Vec::new();
    head(runbook, places, known, &mut found);
    let streams: Vec<&str> = runbook.streams.iter().map(|s| s.id.as_str()).collect();
    ids(&streams, &places.streams, places, &mut found);
    for (stream, start) in runbook.streams.iter().zip(&places.streams) {
        Part { places, start: *start, of: &stream.id, found: &mut found }.full("name", &stream.name);
    }
    let steps: Vec<&str> = runbook.steps.iter().map(|s| s.id.as_str()).collect();
    ids(&steps, &places.steps, places, &mut found);
    let gates: Vec<&str> = runbook.gates.iter().map(|g| g.id.as_str()).collect();
    ids(&gates, &places.gates, places, &mut found);
    let triggers: Vec<&str> = runbook.triggers.iter().map(|t| t.id.as_str()).collect();
    ids(&triggers, &places.triggers, places, &mut found);
    let back = runbook.rollback.as_deref().and_then(|id| (known.steps_of)(id));
    let mut no_return: Option<&str> = None;
    for (step, start) in runbook.steps.iter().zip(&places.steps) {
        let mut part = Part { places, start: *start, of: &step.id, found: &mut found };
        check_step(runbook, step, &mut part, known);
        for id in step.rollback.iter().filter(|id| !back.as_ref().is_some_and(|steps| steps.contains(id))) {
            part.fault(&format!("\"{id}\""), Fault::UnknownRollbackStep(id.clone()));
        }
        if step.no_return
            && let Some(first) = no_return.replace(&step.id)
        {
            part.fault("no_return", Fault::SecondNoReturn(first.to_owned()));
        }
    }
    for (gate, start) in runbook.gates.iter().zip(&places.gates) {
        let mut part = Part { places, start: *start, of: &gate.id, found: &mut found };
        part.full("title", &gate.title);
        part.unit(&gate.decides, known);
        if gate.at < 0 || gate.at > LONGEST {
            part.fault("at =", Fault::BadMinutes("at"));
        }
        for id in gate.after.iter().filter(|id| runbook.step(id).is_none()) {
            part.fault(&format!("\"{id}\""), Fault::UnknownStep(id.clone()));
        }
        if gate.criteria.is_empty() {
            part.fault("", Fault::Empty("criteria"));
        }
        let mut seen = BTreeSet::new();
        for criterion in &gate.criteria {
            check_criterion(criterion, &mut seen, &mut part, known);
        }
    }
    for (trigger, start) in runbook.triggers.iter().zip(&places.triggers) {
        let mut part = Part { places, start: *start, of: &trigger.id, found: &mut found };
        part.full("text", &trigger.text);
        if runbook.step(&trigger.after).is_none() {
            part.fault("after =", Fault::UnknownStep(trigger.after.clone()));
        }
        part.condition(&trigger.when, known);
    }
    if let Some(way) = cycle(runbook) {
        let at = runbook.steps.iter().position(|s| Some(&s.id) == way.first());
        let start = at.and_then(|at| places.steps.get(at)).copied().unwrap_or(0);
        let of = way.first().cloned().unwrap_or_default();
        Part { places, start, of: &of, found: &mut found }.fault("after =", Fault::Cycle(way));
    }
    found
}

fn head(runbook: &Runbook, places: &Places<'_>, known: &Known<'_>, found: &mut Vec<Finding<Fault>>) {
    let mut fault = |line, of: &str, what| found.push(Finding { line, of: of.to_owned(), what });
    if !is_id(&runbook.id) {
        fault(places.id, "id", Fault::BadId(runbook.id.clone()));
    }
    if runbook.title.trim().is_empty() {
        fault(places.title, "title", Fault::Empty("title"));
    }
    if runbook.window_minutes <= 0 || runbook.window_minutes > LONGEST {
        fault(places.window, "window_minutes", Fault::BadMinutes("window_minutes"));
    }
    if runbook.steps.is_empty() {
        fault(1, "steps", Fault::Empty("steps"));
    }
    match (&runbook.rollback, runbook.worst_rollback_minutes) {
        (Some(id), _) if (known.steps_of)(id).is_none() => {
            fault(places.rollback, "rollback", Fault::UnknownRunbook(id.clone()));
        }
        (Some(_), None) => fault(places.rollback, "rollback", Fault::HalfARollback),
        (None, Some(_)) => fault(places.worst, "worst_rollback_minutes", Fault::HalfARollback),
        (_, Some(minutes)) if minutes <= 0 => {
            fault(places.worst, "worst_rollback_minutes", Fault::BadMinutes("worst_rollback_minutes"));
        }
        (_, Some(minutes)) if minutes > runbook.window_minutes => {
            fault(places.worst, "worst_rollback_minutes", Fault::NoSafeMoment);
        }
        _ => {}
    }
}

fn ids(ids: &[&str], starts: &[usize], places: &Places<'_>, found: &mut Vec<Finding<Fault>>) {
    let mut seen = BTreeSet::new();
    for (id, start) in ids.iter().zip(starts) {
        let mut part = Part { places, start: *start, of: id, found };
        if !is_id(id) {
            part.fault("id =", Fault::BadId((*id).to_owned()));
        } else if !seen.insert(*id) {
            part.fault("id =", Fault::Duplicate((*id).to_owned()));
        }
    }
}

fn check_step(runbook: &Runbook, step: &Step, part: &mut Part<'_>, known: &Known<'_>) {
    part.full("title", &step.title);
    part.full("validation", &step.validation);
    part.unit(&step.owner, known);
    if let Some(backup) = &step.backup {
        part.unit(backup, known);
    }
    if step.start < 0 || step.start > LONGEST {
        part.fault("start =", Fault::BadMinutes("start"));
    } else if step.minutes <= 0 || step.minutes > LONGEST {
        part.fault("minutes =", Fault::BadMinutes("minutes"));
    }
    if !runbook.streams.iter().any(|s| s.id == step.stream) {
        part.fault("stream =", Fault::UnknownStream(step.stream.clone()));
    }
    for id in step.after.iter().filter(|id| runbook.step(id).is_none()) {
        part.fault(&format!("\"{id}\""), Fault::UnknownStep(id.clone()));
    }
    for id in step.gates.iter().filter(|id| runbook.gate(id).is_none()) {
        part.fault(&format!("\"{id}\""), Fault::UnknownGate(id.clone()));
    }
    for condition in &step.needs {
        part.condition(condition, known);
    }
}

fn check_criterion<'a>(
    criterion: &'a Criterion,
    seen: &mut BTreeSet<&'a str>,
    part: &mut Part<'_>,
    known: &Known<'_>,
) {
    let here = format!("\"{}\"", criterion.id);
    if !is_id(&criterion.id) {
        part.fault(&here, Fault::BadId(criterion.id.clone()));
    } else if !seen.insert(&criterion.id) {
        part.fault(&here, Fault::Duplicate(criterion.id.clone()));
    }
    if criterion.text.trim().is_empty() {
        part.fault(&here, Fault::Empty("text"));
    }
    if criterion.measure.is_none() && criterion.word.is_none() {
        part.fault(&here, Fault::CriterionOfNothing(criterion.id.clone()));
    }
    if let Some(condition) = &criterion.measure {
        part.condition(condition, known);
    }
    if let Some(who) = &criterion.word {
        part.unit(who, known);
    }
}

/// A way from a step back to itself over predecessors, first and last the same.
fn cycle(runbook: &Runbook) -> Option<Vec<String>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        Open,
        Done,
    }
    fn visit<'a>(
        runbook: &'a Runbook,
        id: &'a str,
        marks: &mut BTreeMap<&'a str, Mark>,
        way: &mut Vec<&'a str>,
    ) -> Option<Vec<String>> {
        match marks.get(id) {
            Some(Mark::Done) => return None,
            Some(Mark::Open) => {
                let from = way.iter().position(|step| *step == id).unwrap_or(0);
                let round = way[from..].iter().chain(std::iter::once(&id));
                return Some(round.map(|step| (*step).to_owned()).collect());
            }
            None => {}
        }
        let step = runbook.step(id)?;
        marks.insert(id, Mark::Open);
        way.push(id);
        for before in runbook.before(step) {
            if let Some(found) = visit(runbook, before, marks, way) {
                return Some(found);
            }
        }
        way.pop();
        marks.insert(id, Mark::Done);
        None
    }
    let mut marks = BTreeMap::new();
    runbook.steps.iter().find_map(|step| visit(runbook, &step.id, &mut marks, &mut Vec::new()))
}

/// What somebody should look at in a runbook without faults.
pub(super) fn warnings(runbook: &Runbook, places: &Places<'_>) -> Vec<Finding<Warning>> {
    let mut found = Vec::new();
    let steps: Vec<(&Step, usize)> = runbook.steps.iter().zip(places.steps.iter().copied()).collect();
    for (at, (step, start)) in steps.iter().enumerate() {
        let mut warn = |needle: &str, what| {
            found.push(Finding { line: places.line(*start, needle), of: step.id.clone(), what });
        };
        for (other, _) in &steps[..at] {
            let apart = other.start + other.minutes <= step.start || step.start + step.minutes <= other.start;
            if other.owner == step.owner && !apart {
                warn("owner =", Warning::OwnerBusy { other: other.id.clone() });
            }
        }
        for id in runbook.before(step) {
            if runbook.step(id).is_some_and(|before| before.start + before.minutes > step.start) {
                warn("start =", Warning::BeforePredecessor { other: id.to_owned() });
            }
        }
    }
    for (gate, start) in runbook.gates.iter().zip(&places.gates) {
        let mut warn =
            |what| found.push(Finding { line: places.line(*start, ""), of: gate.id.clone(), what });
        if !gate.criteria.iter().any(|c| c.level == Level::Must) {
            warn(Warning::NoMust);
        }
        if !runbook.steps.iter().any(|s| s.gates.contains(&gate.id)) {
            warn(Warning::GateUnused);
        }
    }
    found
}
