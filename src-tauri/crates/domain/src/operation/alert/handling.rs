//! What people did about alerts: a fold of their acts.

use super::{ALERT, AlertAct, Key, MUTE};
use crate::{
    act::{Act, Event, Said},
    time::Ms,
};
use std::collections::BTreeMap;

/// What was done about one alert.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handled {
    /// Who takes care of it, with a remark; the first one who said so.
    pub acknowledged: Option<(Said, Option<String>)>,
    /// Passed on by hand: to which party, how, and what was said; in order.
    pub escalated: Vec<(Said, String, String, Option<String>)>,
    /// The last event about it.
    pub last_event: Option<String>,
}

/// No sound and no call for a rule at a node for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    /// Who said so.
    pub said: Said,
    /// From when.
    pub from: Ms,
    /// Until when.
    pub until: Ms,
    /// Why.
    pub reason: String,
    /// Ended early: who, and why.
    pub ended: Option<(Said, Option<String>)>,
}

impl Mute {
    /// When it ends or ended.
    #[must_use]
    pub fn end(&self) -> Ms {
        self.ended.as_ref().map_or(self.until, |(said, _)| said.at.min(self.until))
    }

    /// It holds at a moment.
    #[must_use]
    pub fn holds(&self, at: Ms) -> bool {
        self.from <= at && at < self.end()
    }
}

/// What was done about all alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handling {
    alerts: BTreeMap<String, Handled>,
    mutes: BTreeMap<Key, Vec<Mute>>,
}

impl Handling {
    /// From the events about alerts and mutes, each kind in journal order.
    #[must_use]
    pub fn project(events: &[Event]) -> Self {
        let mut found = Self::default();
        for event in events {
            found.apply(event);
        }
        found
    }

    fn apply(&mut self, event: &Event) {
        let Act::Alert(act) = &event.act else { return };
        let said = Said::of(event);
        if let Some(id) = event.entity.strip_prefix(ALERT) {
            let handled = self.alerts.entry(id.to_owned()).or_default();
            match act {
                AlertAct::Acknowledged { remark } if handled.acknowledged.is_none() => {
                    handled.acknowledged = Some((said, remark.clone()));
                }
                AlertAct::Escalated { party, how, remark } => {
                    handled.escalated.push((said, party.clone(), how.clone(), remark.clone()));
                }
                AlertAct::Acknowledged { .. } | AlertAct::Muted { .. } | AlertAct::Unmuted { .. } => {}
            }
            handled.last_event = Some(event.id.clone());
        } else if let Some(key) = event.entity.strip_prefix(MUTE).and_then(Key::parse) {
            let mutes = self.mutes.entry(key).or_default();
            match act {
                AlertAct::Muted { from, until, reason } => {
                    mutes.push(Mute {
                        said,
                        from: *from,
                        until: *until,
                        reason: reason.clone(),
                        ended: None,
                    });
                }
                AlertAct::Unmuted { reason } => {
                    for mute in mutes.iter_mut().filter(|mute| mute.ended.is_none() && said.at < mute.until) {
                        mute.ended = Some((said.clone(), reason.clone()));
                    }
                }
                AlertAct::Acknowledged { .. } | AlertAct::Escalated { .. } => {}
            }
        }
    }

    /// What was done about an alert.
    #[must_use]
    pub fn of(&self, alert: &str) -> Handled {
        self.alerts.get(alert).cloned().unwrap_or_default()
    }

    /// Every mute of a rule at a node, in the order they were said.
    #[must_use]
    pub fn mutes(&self, key: &Key) -> &[Mute] {
        self.mutes.get(key).map_or(&[], Vec::as_slice)
    }

    /// The mute that holds at a moment: of several the one that ends last.
    #[must_use]
    pub fn muted(&self, key: &Key, at: Ms) -> Option<&Mute> {
        self.mutes(key).iter().filter(|mute| mute.holds(at)).max_by_key(|mute| mute.end())
    }

    /// Keys with a mute that was said at any time.
    pub fn muted_keys(&self) -> impl Iterator<Item = &Key> {
        self.mutes.keys()
    }
}
