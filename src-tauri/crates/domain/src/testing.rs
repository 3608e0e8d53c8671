//! Events as a journal would give them, for the tests of the folds.

use crate::{
    act::{Act, Event},
    roles::{Auth, Role},
    time::Ms,
};

/// One event an act, in order: ids `e0`, `e1`, …, positions from 1, a second apart.
pub(crate) fn events(acts: impl IntoIterator<Item = (String, Act)>) -> Vec<Event> {
    let event = |(i, (entity, act)): (usize, (String, Act))| Event {
        id: format!("e{i}"),
        position: i as i64 + 1,
        device: String::new(),
        device_seq: i as i64 + 1,
        said_at: Ms(i as i64 * 1000),
        clock_suspect: false,
        actor: "p".to_owned(),
        role: Role::Staff,
        auth: Auth::Online,
        entity,
        based_on: None,
        act,
    };
    acts.into_iter().enumerate().map(event).collect()
}

/// Takes back the event of that place.
pub(crate) fn undo(entity: &str, index: usize) -> (String, Act) {
    (entity.to_owned(), Act::ActUndone { event_id: format!("e{index}") })
}
