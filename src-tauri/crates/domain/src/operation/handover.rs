//! The notes at the change of a shift, folded: who wrote them, and who took them over first.

use super::shift::{HANDOVER, HandoverAct};
use crate::{
    act::{Act, Event},
    roles::Role,
    time::Ms,
};
use std::collections::BTreeMap;

/// Who wrote a note or took it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// When it was recorded.
    pub at: Ms,
    /// Pseudonym.
    pub by: String,
    /// Role at that moment.
    pub role: Role,
}

/// A note at the change of a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Its id.
    pub id: String,
    /// As of when it speaks.
    pub at: Ms,
    /// How things stood, put together by the program.
    pub state: String,
    /// The person's own words.
    pub note: String,
    /// Who goes off.
    pub written: Hand,
    /// Who comes on: the first other than the writer.
    pub taken: Option<Hand>,
}

/// All notes, newest first. Who wrote one cannot take it over; of two who do, the first to say so has it.
#[must_use]
pub fn project(events: &[Event]) -> Vec<Handover> {
    let hand = |event: &Event| Hand { at: event.said_at, by: event.actor.clone(), role: event.role };
    let mut said: Vec<&Event> = events.iter().collect();
    said.sort_by_key(|e| (e.said_at, e.device.as_str(), e.device_seq));
    let mut notes: BTreeMap<&str, Handover> = BTreeMap::new();
    for event in &said {
        let Some(id) = event.entity.strip_prefix(HANDOVER) else { continue };
        if let Act::Handover(HandoverAct::Written { at, state, note }) = &event.act {
            notes.entry(id).or_insert_with(|| Handover {
                id: id.to_owned(),
                at: *at,
                state: state.clone(),
                note: note.clone(),
                written: hand(event),
                taken: None,
            });
        }
    }
    for event in &said {
        let note = event.entity.strip_prefix(HANDOVER).and_then(|id| notes.get_mut(id));
        if let (Some(note), Act::Handover(HandoverAct::Taken { .. })) = (note, &event.act)
            && note.taken.is_none()
            && note.written.by != event.actor
        {
            note.taken = Some(hand(event));
        }
    }
    let mut notes: Vec<Handover> = notes.into_values().collect();
    notes.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::Auth;

    fn event(at: i64, note: &str, by: &str, act: HandoverAct) -> Event {
        Event {
            id: format!("{note}{at}"),
            position: at,
            device: "A".into(),
            device_seq: at,
            said_at: Ms(at),
            clock_suspect: false,
            actor: by.into(),
            role: Role::Duty,
            auth: Auth::Online,
            entity: format!("{HANDOVER}{note}"),
            based_on: None,
            act: Act::Handover(act),
        }
    }

    fn written(at: i64) -> HandoverAct {
        HandoverAct::Written { at: Ms(at), state: "1 sự cố".into(), note: "để ý SSO".into() }
    }

    fn taken() -> HandoverAct {
        HandoverAct::Taken { role: Role::Duty }
    }

    #[test]
    fn the_first_other_person_takes_a_note_over_whatever_arrives_first() {
        let mut events = vec![
            event(1, "a", "d1", written(1)),
            event(5, "b", "d2", written(5)),
            event(2, "a", "d1", taken()),
            event(4, "a", "d3", taken()),
            event(3, "a", "d2", taken()),
            event(9, "x", "d2", taken()),
        ];
        let notes = project(&events);
        assert_eq!(notes.iter().map(|n| n.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(notes[1].taken.as_ref().map(|t| (t.by.as_str(), t.at)), Some(("d2", Ms(3))));
        assert_eq!(notes[0].taken, None);
        events.reverse();
        assert_eq!(project(&events), notes);
    }
}
