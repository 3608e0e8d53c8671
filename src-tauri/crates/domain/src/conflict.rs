//! Two edits on the same base: both are kept, and shown side by side until somebody settles them.

use crate::{
    act::{Act, Event},
    task::undone,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What an act is based on when its actor saw a task of which nothing had been said. An act without a base says nothing
/// about what was seen.
pub const NOTHING: &str = "nothing";

/// What two edits can disagree about; a remark or a piece of evidence never replaces another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The status.
    Status,
    /// The due date.
    Due,
    /// The expected day.
    Expected,
    /// The colour set by hand.
    Rag,
    /// A column of words.
    Text(String),
}

impl Topic {
    /// The topic of an act, if it replaces something.
    #[must_use]
    pub fn of(act: &Act) -> Option<Self> {
        match act {
            Act::TaskStatusSet { .. } => Some(Self::Status),
            Act::TaskDueChanged { .. } => Some(Self::Due),
            Act::TaskExpectedSet { .. } => Some(Self::Expected),
            Act::RagOverridden { .. } | Act::RagOverrideEnded {} => Some(Self::Rag),
            Act::TaskTextSet { column, .. } => Some(Self::Text(column.clone())),
            _ => None,
        }
    }
}

/// Two edits of which the later did not know the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What about.
    pub topic: Topic,
    /// Id of the earlier event.
    pub first: String,
    /// Id of the later one, which stands until settled.
    pub second: String,
}

/// Conflicts of one task that are not settled, in the order they arose.
///
/// A conflict is an edit whose base lies before the last standing edit of the same topic by another person or seat,
/// and which says something else. It ends when it is settled, when either edit is taken back, or when a later edit
/// that knew both replaces them.
#[must_use]
pub fn conflicts(events: &[Event]) -> Vec<Conflict> {
    let undone = undone(events);
    // Counted from 1; whoever saw nothing stands at 0.
    let mut place: HashMap<&str, usize> = HashMap::from([(NOTHING, 0)]);
    place.extend(events.iter().enumerate().map(|(i, e)| (e.id.as_str(), i + 1)));
    let mut last: BTreeMap<Topic, usize> = BTreeMap::new();
    let mut open: Vec<Conflict> = Vec::new();
    for (i, event) in events.iter().enumerate() {
        if undone.contains(event.id.as_str()) {
            continue;
        }
        if let Act::ConflictSettled { first, second, .. } = &event.act {
            open.retain(|c| !(c.first == *first && c.second == *second));
        }
        let Some(topic) = Topic::of(&event.act) else { continue };
        let base = event.based_on.as_deref().and_then(|id| place.get(id)).copied();
        if let (Some(before), Some(base)) = (last.get(&topic).copied(), base) {
            let earlier = &events[before];
            if base > before {
                open.retain(|c| c.topic != topic);
            } else if (earlier.actor != event.actor || earlier.device != event.device)
                && earlier.act != event.act
            {
                open.push(Conflict {
                    topic: topic.clone(),
                    first: earlier.id.clone(),
                    second: event.id.clone(),
                });
            }
        }
        last.insert(topic, i);
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        roles::{Auth, Role},
        task::TaskStatus,
        time::Ms,
    };

    fn event(position: i64, actor: &str, based_on: Option<i64>, act: Act) -> Event {
        Event {
            id: format!("e{position}"),
            position,
            device: "d".into(),
            device_seq: position,
            said_at: Ms(position),
            clock_suspect: false,
            actor: actor.into(),
            role: Role::Staff,
            auth: Auth::Online,
            entity: "task:17".into(),
            based_on: based_on.map(|p| format!("e{p}")),
            act,
        }
    }

    fn set(status: TaskStatus) -> Act {
        Act::TaskStatusSet {
            status,
            done_on: None,
            note: None,
            on_behalf_of: None,
            learned: None,
            without_evidence: None,
        }
    }

    fn two() -> Vec<Event> {
        vec![
            event(1, "a", None, set(TaskStatus::NotStarted)),
            event(2, "a", Some(1), set(TaskStatus::InProgress)),
            event(3, "b", Some(1), set(TaskStatus::Blocked)),
        ]
    }

    fn pairs(events: &[Event]) -> Vec<(String, String)> {
        conflicts(events).into_iter().map(|c| (c.first, c.second)).collect()
    }

    #[test]
    fn an_edit_that_did_not_know_anothers_is_a_conflict_and_one_that_did_is_not() {
        assert_eq!(pairs(&two()), [("e2".to_owned(), "e3".to_owned())]);
        let mut known = two();
        known[2].based_on = Some("e2".into());
        assert!(pairs(&known).is_empty());
        let mut own = two();
        own[2].actor = "a".into();
        assert!(pairs(&own).is_empty(), "one's own later edit replaces one's earlier");
        let mut same = two();
        same[2].act = same[1].act.clone();
        assert!(pairs(&same).is_empty(), "both said the same");
        let mut other_topic = two();
        other_topic[2].act = Act::TaskExpectedSet { expected: None, note: None };
        assert!(pairs(&other_topic).is_empty());
    }

    #[test]
    fn two_first_words_on_a_task_that_both_saw_empty_are_a_conflict_and_unknown_bases_are_none() {
        let mut first = vec![
            event(1, "a", None, set(TaskStatus::InProgress)),
            event(2, "b", None, set(TaskStatus::Done)),
        ];
        assert!(pairs(&first).is_empty(), "nobody said what was seen");
        for event in &mut first {
            event.based_on = Some(NOTHING.into());
        }
        assert_eq!(pairs(&first), [("e1".to_owned(), "e2".to_owned())]);
    }

    #[test]
    fn settling_undoing_or_editing_with_both_in_view_ends_it() {
        let mut settled = two();
        let kept = Act::ConflictSettled { first: "e2".into(), second: "e3".into(), kept: "e3".into() };
        settled.push(event(4, "a", Some(3), kept));
        assert!(pairs(&settled).is_empty());
        let mut undone = two();
        undone.push(event(4, "b", Some(3), Act::ActUndone { event_id: "e3".into() }));
        assert!(pairs(&undone).is_empty());
        let mut edited = two();
        edited.push(event(4, "c", Some(3), set(TaskStatus::InProgress)));
        assert!(pairs(&edited).is_empty());
    }
}
