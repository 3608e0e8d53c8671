//! One task at two moments: what is different, and which act made it so.
//!
//! A moment is looked at in two ways. *What was said by then* asks each event's own time and is what "as of" shows.
//! *What was known then* is the journal as it stood: an event of another seat that came in afterwards was not yet there,
//! however early it was said. A comparison begins with what was known, so that what came late is found, and marked.

use crate::{
    act::{Act, Event},
    evidence::EvidenceItem,
    rag::RagOverride,
    task::{Learned, MeasureValue, TaskState, TaskStatus, project, undone},
    time::Ms,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// What can differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The status.
    Status,
    /// The day it was done.
    DoneOn,
    /// The remark that came with the status.
    Note,
    /// The unit the status was recorded for.
    OnBehalfOf,
    /// How the status was learned.
    Learned,
    /// Why it is called done without evidence.
    WithoutEvidence,
    /// The due date a document allows.
    Due,
    /// The expected day.
    Expected,
    /// The colour set by hand.
    Rag,
    /// A piece of evidence, by the id of its event.
    Evidence(String),
    /// A column of words.
    Text(String),
    /// A figure.
    Measure(String),
    /// A remark of its own, by the id of its event.
    Remark(String),
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of [`Field::Status`].
    Status(TaskStatus),
    /// Of [`Field::DoneOn`] and [`Field::Expected`].
    Day(NaiveDate),
    /// Of every field of words.
    Words(String),
    /// Of [`Field::Learned`].
    Learned(Learned),
    /// Of [`Field::Due`]: the day and the document.
    Due(NaiveDate, String),
    /// Of [`Field::Rag`].
    Rag(RagOverride),
    /// Of [`Field::Evidence`], revoked or not.
    Evidence(EvidenceItem),
    /// Of [`Field::Measure`].
    Measure(MeasureValue),
}

/// A task at a moment: its state, and the remarks that stand beside it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// Its state.
    pub state: TaskState,
    /// Remarks that stand, by the id of their event.
    pub remarks: BTreeMap<String, String>,
}

impl Side {
    /// Folds events of one task, in journal order.
    #[must_use]
    pub fn of(events: &[Event]) -> Self {
        let undone = undone(events);
        let remarks =
            events.iter().filter(|e| !undone.contains(e.id.as_str())).filter_map(|e| match &e.act {
                Act::TaskNoteAdded { note } => Some((e.id.clone(), note.clone())),
                _ => None,
            });
        Self { state: project(events), remarks: remarks.collect() }
    }

    /// Every field that holds something. The status always does.
    fn fields(&self) -> BTreeMap<Field, Value> {
        let s = &self.state;
        let mut all = BTreeMap::from([(Field::Status, Value::Status(s.status))]);
        let words = [
            (Field::Note, &s.note),
            (Field::OnBehalfOf, &s.on_behalf_of),
            (Field::WithoutEvidence, &s.without_evidence),
        ];
        all.extend(words.into_iter().filter_map(|(f, w)| Some((f, Value::Words(w.clone()?)))));
        all.extend(s.done_on.map(|d| (Field::DoneOn, Value::Day(d))));
        all.extend(s.expected.map(|d| (Field::Expected, Value::Day(d))));
        all.extend(s.learned.map(|l| (Field::Learned, Value::Learned(l))));
        all.extend(s.changed_due.clone().map(|(d, by)| (Field::Due, Value::Due(d, by))));
        all.extend(s.rag.clone().map(|r| (Field::Rag, Value::Rag(r))));
        all.extend(s.evidence.iter().map(|e| (Field::Evidence(e.id.clone()), Value::Evidence(e.clone()))));
        all.extend(s.texts.iter().map(|(c, t)| (Field::Text(c.clone()), Value::Words(t.clone()))));
        all.extend(s.measures.iter().map(|(m, v)| (Field::Measure(m.clone()), Value::Measure(v.clone()))));
        all.extend(self.remarks.iter().map(|(e, t)| (Field::Remark(e.clone()), Value::Words(t.clone()))));
        all
    }

    /// Puts the new value of a change in place of the old.
    pub fn apply(&mut self, change: &Change) {
        let s = &mut self.state;
        let words = |value: &Option<Value>| match value {
            Some(Value::Words(text)) => Some(text.clone()),
            _ => None,
        };
        let day = |value: &Option<Value>| match value {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        };
        match (&change.field, &change.new) {
            (Field::Status, Some(Value::Status(status))) => s.status = *status,
            (Field::DoneOn, new) => s.done_on = day(new),
            (Field::Expected, new) => s.expected = day(new),
            (Field::Note, new) => s.note = words(new),
            (Field::OnBehalfOf, new) => s.on_behalf_of = words(new),
            (Field::WithoutEvidence, new) => s.without_evidence = words(new),
            (Field::Learned, Some(Value::Learned(learned))) => s.learned = Some(*learned),
            (Field::Learned, _) => s.learned = None,
            (Field::Due, Some(Value::Due(due, document))) => s.changed_due = Some((*due, document.clone())),
            (Field::Due, _) => s.changed_due = None,
            (Field::Rag, Some(Value::Rag(rag))) => s.rag = Some(rag.clone()),
            (Field::Rag, _) => s.rag = None,
            (Field::Evidence(id), new) => {
                s.evidence.retain(|item| item.id != *id);
                if let Some(Value::Evidence(item)) = new {
                    s.evidence.push(item.clone());
                }
            }
            (Field::Text(column), new) => put(&mut s.texts, column, words(new)),
            (Field::Remark(id), new) => put(&mut self.remarks, id, words(new)),
            (Field::Measure(name), Some(Value::Measure(value))) => {
                s.measures.insert(name.clone(), value.clone());
            }
            (Field::Measure(name), _) => {
                s.measures.remove(name);
            }
            (Field::Status, _) => {}
        }
    }
}

fn put(map: &mut BTreeMap<String, String>, key: &str, value: Option<String>) {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    };
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What.
    pub field: Field,
    /// What it held; `None` is nothing.
    pub old: Option<Value>,
    /// What it holds.
    pub new: Option<Value>,
    /// Id of the act that made it so: the last one between the moments that touches the field.
    pub event: Option<String>,
    /// That act was said by the earlier moment and came in after it.
    pub late: bool,
}

/// The earlier moment of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Ms,
    /// Position of the first event of the whole journal that was said after it: what stands before had arrived.
    pub arrived: i64,
}

/// What was said by `at`, in journal order.
#[must_use]
pub fn said_by(events: &[Event], at: Ms) -> Vec<Event> {
    events.iter().filter(|e| e.said_at <= at).cloned().collect()
}

/// What was known at the moment, in journal order.
#[must_use]
pub fn known_at(events: &[Event], moment: Moment) -> Vec<Event> {
    events.iter().filter(|e| e.position < moment.arrived).cloned().collect()
}

/// Compares a task at two moments. `events` are all events of the task, in journal order. A moment compared with
/// itself, or with an earlier one, shows no difference.
#[must_use]
pub fn compare(events: &[Event], from: Moment, to: Ms) -> Vec<Change> {
    if to <= from.at {
        return Vec::new();
    }
    let (before, after) = (known_at(events, from), said_by(events, to));
    let mut old = Side::of(&before).fields();
    let mut new = Side::of(&after).fields();
    let by_id: HashMap<&str, &Event> = events.iter().map(|e| (e.id.as_str(), e)).collect();
    let between: Vec<&Event> = after.iter().filter(|e| e.position >= from.arrived).collect();
    let mut fields: Vec<Field> = old.keys().chain(new.keys()).cloned().collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .filter_map(|field| {
            let (old, new) = (old.remove(&field), new.remove(&field));
            if old == new {
                return None;
            }
            let cause = between.iter().rev().find(|e| touches(e, &field, &by_id));
            let late = cause.is_some_and(|e| e.said_at <= from.at);
            Some(Change { event: cause.map(|e| e.id.clone()), field, old, new, late })
        })
        .collect()
}

/// Whether an act can change a field; an undo changes what the act it takes back does.
fn touches(event: &Event, field: &Field, by_id: &HashMap<&str, &Event>) -> bool {
    match (&event.act, field) {
        (
            Act::TaskStatusSet { .. },
            Field::Status
            | Field::DoneOn
            | Field::Note
            | Field::OnBehalfOf
            | Field::Learned
            | Field::WithoutEvidence,
        )
        | (Act::TaskDueChanged { .. }, Field::Due)
        | (Act::TaskExpectedSet { .. }, Field::Expected)
        | (Act::RagOverridden { .. } | Act::RagOverrideEnded {}, Field::Rag) => true,
        (Act::TaskTextSet { column, .. }, Field::Text(name)) => column == name,
        (Act::TaskMeasured { measure, .. }, Field::Measure(name)) => measure == name,
        (Act::EvidenceAdded { .. }, Field::Evidence(id)) | (Act::TaskNoteAdded { .. }, Field::Remark(id)) => {
            *id == event.id
        }
        (Act::EvidenceRevoked { evidence_id, .. }, Field::Evidence(id)) => id == evidence_id,
        // An undo names an event that stands before it, so this ends.
        (Act::ActUndone { event_id }, field) => by_id
            .get(event_id.as_str())
            .is_some_and(|target| target.position < event.position && touches(target, field, by_id)),
        _ => false,
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
