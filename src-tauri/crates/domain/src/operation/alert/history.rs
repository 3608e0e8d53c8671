//! Every alert there was, from the steps that were kept: its course and its effects.

use super::{Key, State, Step};
use crate::{operation::incident::Severity, time::Ms};
use std::collections::BTreeMap;

/// An effect of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Rule and node.
    pub key: Key,
    /// Since when it is bad.
    pub since: Ms,
    /// When it was told as an effect.
    pub told: Ms,
    /// When it no longer was one.
    pub ended: Option<Ms>,
    /// Nodes from the cause to it, both included.
    pub path: Vec<String>,
    /// Id of the alert that it was until then.
    pub alert: Option<String>,
}

/// One alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Id.
    pub id: String,
    /// Rule and node.
    pub key: Key,
    /// How bad, with its effects.
    pub severity: Severity,
    /// Since when it is bad.
    pub since: Ms,
    /// When it was raised.
    pub raised: Ms,
    /// When it was over; `None` while it stands.
    pub cleared: Option<Ms>,
    /// It turned out to be an effect: since when, and of which alert.
    pub folded: Option<(Ms, String)>,
    /// It is good again since, but not yet for long enough.
    pub good_since: Option<Ms>,
    /// It comes and goes.
    pub flapping: bool,
    /// Nobody was called for it: it took over what somebody had been called for.
    pub quiet: bool,
    /// It ended because its rule is no longer looked at.
    pub dropped: bool,
    /// Title.
    pub title: String,
    /// A sentence or two.
    pub detail: String,
    /// What was read when it was raised.
    pub value: Option<f64>,
    /// The moment that this speaks of.
    pub as_of: Option<Ms>,
    /// Code of the last error.
    pub note: Option<String>,
    /// Ids of alerts that it took over.
    pub takes: Vec<String>,
    /// Its effects, in the order they were told.
    pub effects: Vec<Effect>,
    /// How it stood, with when, from the first.
    pub course: Vec<(Ms, State)>,
}

impl Alert {
    /// It is about a node, or breaks it now.
    #[must_use]
    pub fn touches(&self, node: &str) -> bool {
        let broken = |effect: &Effect| effect.ended.is_none() && effect.key.node == node;
        self.key.node == node || self.effects.iter().any(broken)
    }

    /// It stands: neither over nor an effect of another.
    #[must_use]
    pub fn firing(&self) -> bool {
        self.cleared.is_none() && self.folded.is_none()
    }

    /// When it ended, by itself or in another.
    #[must_use]
    pub fn ended(&self) -> Option<Ms> {
        self.cleared.or(self.folded.as_ref().map(|(at, _)| *at))
    }

    /// Effects that stand.
    pub fn standing_effects(&self) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(|effect| effect.ended.is_none())
    }
}

/// Every alert, by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    alerts: BTreeMap<String, Alert>,
    /// Id of the alert that a track is an effect of.
    effect_of: BTreeMap<Key, String>,
}

impl History {
    /// Takes in a step that was kept.
    pub fn apply(&mut self, step: &Step) {
        self.leave(step);
        match &step.to {
            State::Raised(severity) => self.raise(step, *severity),
            State::Easing(severity) => {
                if let Some(alert) = self.own(step) {
                    alert.severity = *severity;
                    alert.good_since = step.basis.good_since;
                    alert.course.push((step.at, step.to.clone()));
                }
            }
            State::Effect(cause) => {
                if let Some(alert) = self.own(step) {
                    alert.folded = Some((step.at, cause.clone()));
                    alert.course.push((step.at, step.to.clone()));
                }
                if let Some(cause) = self.alerts.get_mut(cause) {
                    cause.effects.push(Effect {
                        key: step.key.clone(),
                        since: step.basis.since,
                        told: step.at,
                        ended: None,
                        path: step.basis.path.clone(),
                        alert: step.basis.id.clone(),
                    });
                }
                self.effect_of.insert(step.key.clone(), cause.clone());
            }
            State::Calm => {
                if let Some(alert) = self.own(step) {
                    alert.cleared = Some(step.at);
                    alert.dropped = step.basis.dropped;
                    alert.course.push((step.at, step.to.clone()));
                }
            }
            State::Pending => {}
        }
    }

    /// It is no longer an effect of what it was one of.
    fn leave(&mut self, step: &Step) {
        let Some(cause) = self.effect_of.remove(&step.key) else { return };
        if let Some(cause) = self.alerts.get_mut(&cause) {
            let standing = cause.effects.iter_mut().filter(|e| e.key == step.key && e.ended.is_none());
            standing.for_each(|effect| effect.ended = Some(step.at));
        }
    }

    /// The alert that the step is about, unless it is over.
    fn own(&mut self, step: &Step) -> Option<&mut Alert> {
        let id = step.basis.id.as_ref()?;
        self.alerts.get_mut(id).filter(|alert| alert.cleared.is_none())
    }

    fn raise(&mut self, step: &Step, severity: Severity) {
        let basis = &step.basis;
        let Some(id) = &basis.id else { return };
        if let Some(alert) = self.alerts.get_mut(id) {
            alert.severity = severity;
            alert.good_since = None;
            alert.flapping |= basis.flapping;
            alert.course.push((step.at, step.to.clone()));
            return;
        }
        let alert = Alert {
            id: id.clone(),
            key: step.key.clone(),
            severity,
            since: basis.since,
            raised: step.at,
            cleared: None,
            folded: None,
            good_since: None,
            flapping: basis.flapping,
            quiet: basis.quiet,
            dropped: false,
            title: basis.title.clone().unwrap_or_else(|| step.key.to_string()),
            detail: basis.detail.clone().unwrap_or_default(),
            value: basis.value,
            as_of: basis.as_of,
            note: basis.note.clone(),
            takes: basis.takes.clone(),
            effects: Vec::new(),
            course: vec![(step.at, step.to.clone())],
        };
        self.alerts.insert(id.clone(), alert);
    }

    /// An alert by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Alert> {
        self.alerts.get(id)
    }

    /// Every alert there was, the newest first.
    #[must_use]
    pub fn all(&self) -> Vec<&Alert> {
        let mut all: Vec<&Alert> = self.alerts.values().collect();
        all.sort_by(|a, b| b.raised.cmp(&a.raised).then_with(|| a.id.cmp(&b.id)));
        all
    }

    /// Alerts that stand, the worst first, of equally bad ones the newest. Whatever people did about them: a mute hides nothing.
    #[must_use]
    pub fn firing(&self) -> Vec<&Alert> {
        let mut firing: Vec<&Alert> = self.alerts.values().filter(|alert| alert.firing()).collect();
        firing.sort_by(|a, b| (a.severity, b.raised, &a.id).cmp(&(b.severity, a.raised, &b.id)));
        firing
    }
}
