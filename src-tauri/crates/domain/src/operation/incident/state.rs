//! An incident folded from its acts, and which acts it takes as it stands. Seats may send late what was said early: acts count in
//! the order in which they were said, whenever they arrive, so every seat ends with the same incident. One that the incident no
//! longer takes then is kept and shown, and changes nothing.

use super::{ENTITY, IncidentAct, Severity};
use crate::{
    act::{Act, Event, Said, by_entity},
    operation::Touched,
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How far it got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has taken it.
    Detected,
    /// Somebody takes care of it.
    Acknowledged,
    /// A workaround bounds its effects.
    Mitigated,
    /// It is over.
    Resolved,
    /// Everything is said about it.
    Closed,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] =
        [Self::Detected, Self::Acknowledged, Self::Mitigated, Self::Resolved, Self::Closed];
}

/// A workaround.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mitigation {
    /// Who said so.
    pub said: Said,
    /// Since when it holds.
    pub at: Ms,
    /// The workaround.
    pub workaround: String,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Who said so.
    pub said: Said,
    /// When it was over.
    pub at: Ms,
    /// How.
    pub how: String,
}

/// Something to do after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Who said so.
    pub said: Said,
    /// What.
    pub text: String,
    /// Id of the unit that does it.
    pub unit: String,
    /// By when.
    pub due: NaiveDate,
}

/// An incident as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentState {
    /// Its id.
    pub id: String,
    /// What is wrong, in one line.
    pub title: String,
    /// How bad.
    pub severity: Severity,
    /// When it was noticed.
    pub detected: Ms,
    /// What it touches.
    pub touched: Touched,
    /// Ids of its alerts, in the order they were linked.
    pub alerts: Vec<String>,
    /// What is seen.
    pub text: Option<String>,
    /// Id of the run it happened in.
    pub run: Option<String>,
    /// Who reported it.
    pub opened: Said,
    /// Pseudonym of the owner.
    pub owner: Option<String>,
    /// When somebody took care of it first; never before detection.
    pub acknowledged: Option<Ms>,
    /// The workaround that holds; one does not outlive that the incident comes back.
    pub mitigated: Option<Mitigation>,
    /// How it ended, where it did.
    pub resolved: Option<Resolution>,
    /// What caused it, as said last.
    pub cause: Option<String>,
    /// What was learned.
    pub lesson: Option<String>,
    /// Who closed it.
    pub closed: Option<Said>,
    /// When it came back, and why.
    pub reopened: Vec<(Said, String)>,
    /// What is to be done after it.
    pub follow_ups: Vec<FollowUp>,
    /// When the last word on it was said.
    pub last_word: Ms,
    /// Last event as it was said; the base of the next.
    pub last: Said,
    /// Ids of acts that came when the incident did not take them any more.
    pub idle: Vec<String>,
}

/// Why an incident does not take an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody reported it.
    #[error("it was not reported")]
    Missing,
    /// It was reported already.
    #[error("it was reported already")]
    Reported,
    /// It must be acknowledged before.
    #[error("nobody has acknowledged it")]
    NotAcknowledged,
    /// Somebody takes care of it already.
    #[error("it is acknowledged already")]
    Acknowledged,
    /// It must be resolved before.
    #[error("it is not resolved")]
    NotResolved,
    /// It is resolved.
    #[error("it is resolved already")]
    Resolved,
    /// It is closed.
    #[error("it is closed")]
    Closed,
    /// It is not over, so it cannot come back.
    #[error("it is not over")]
    NotOver,
    /// The time lies before its detection.
    #[error("the time is before its detection")]
    BeforeDetection,
    /// The time lies before it came back.
    #[error("the time is before it came back")]
    BeforeReturn,
    /// It would be over before its workaround held.
    #[error("the time is before its mitigation")]
    BeforeMitigation,
    /// The time lies in the future.
    #[error("the time is in the future")]
    Future,
    /// The alert belongs to it already.
    #[error("the alert is linked already")]
    Linked,
    /// It has that owner already.
    #[error("that is its owner already")]
    SameOwner,
    /// Nothing would change.
    #[error("nothing changes")]
    Unchanged,
    /// Another severity needs a reason.
    #[error("another severity needs a reason")]
    NoReason,
}

/// Whether an incident takes an act said at `now`; without a state, only the report itself.
///
/// # Errors
/// [`Refusal`].
pub fn check(state: Option<&IncidentState>, act: &IncidentAct, now: Ms) -> Result<(), Refusal> {
    let at = match act {
        IncidentAct::Opened { detected, .. } => *detected,
        IncidentAct::Noted { at, .. }
        | IncidentAct::Mitigated { at, .. }
        | IncidentAct::Resolved { at, .. } => *at,
        _ => now,
    };
    match (state, act) {
        _ if at > now => Err(Refusal::Future),
        (None, IncidentAct::Opened { .. }) => Ok(()),
        (None, _) => Err(Refusal::Missing),
        (Some(state), act) => state.takes(act),
    }
}

impl IncidentState {
    /// How far it got.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (self.acknowledged, &self.mitigated, &self.resolved, &self.closed) {
            (None, ..) => Stage::Detected,
            (_, _, Some(_), Some(_)) => Stage::Closed,
            (_, _, Some(_), None) => Stage::Resolved,
            (_, Some(_), None, _) => Stage::Mitigated,
            _ => Stage::Acknowledged,
        }
    }

    /// It is not over.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage() < Stage::Resolved
    }

    /// Whether it takes an act as it stands, whatever the time is.
    fn takes(&self, act: &IncidentAct) -> Result<(), Refusal> {
        let refuse = |wrong: bool, why: Refusal| if wrong { Err(why) } else { Ok(()) };
        let stage = self.stage();
        if stage == Stage::Closed && !matches!(act, IncidentAct::Reopened { .. }) {
            return Err(Refusal::Closed);
        }
        match act {
            IncidentAct::Opened { .. } => Err(Refusal::Reported),
            // What led to it happened before it was noticed.
            IncidentAct::Noted { .. } | IncidentAct::Escalated { .. } | IncidentAct::FollowUp { .. } => {
                Ok(())
            }
            IncidentAct::Changed { title, severity, touched, reason } => {
                let same = *title == self.title && *severity == self.severity && *touched == self.touched;
                refuse(same, Refusal::Unchanged)?;
                refuse(*severity != self.severity && reason.is_none(), Refusal::NoReason)
            }
            IncidentAct::Acknowledged { .. } => refuse(stage >= Stage::Acknowledged, Refusal::Acknowledged),
            IncidentAct::Assigned { owner, .. } => {
                refuse(stage < Stage::Acknowledged, Refusal::NotAcknowledged)?;
                refuse(self.owner.as_ref() == Some(owner), Refusal::SameOwner)
            }
            IncidentAct::AlertLinked { alert } => refuse(self.alerts.contains(alert), Refusal::Linked),
            IncidentAct::Mitigated { at, .. } => {
                refuse(stage < Stage::Acknowledged, Refusal::NotAcknowledged)?;
                refuse(stage >= Stage::Resolved, Refusal::Resolved)?;
                self.since_it_began(*at)
            }
            IncidentAct::Resolved { at, .. } => {
                refuse(stage < Stage::Acknowledged, Refusal::NotAcknowledged)?;
                refuse(stage >= Stage::Resolved, Refusal::Resolved)?;
                self.since_it_began(*at)?;
                refuse(self.mitigated.as_ref().is_some_and(|m| *at < m.at), Refusal::BeforeMitigation)
            }
            IncidentAct::Reopened { .. } => refuse(stage < Stage::Resolved, Refusal::NotOver),
            IncidentAct::Closed { .. } => {
                refuse(stage < Stage::Acknowledged, Refusal::NotAcknowledged)?;
                refuse(stage < Stage::Resolved, Refusal::NotResolved)
            }
        }
    }

    /// Whether something can have happened to it at `at`: after it was noticed, and after it came back last.
    fn since_it_began(&self, at: Ms) -> Result<(), Refusal> {
        if at < self.detected {
            return Err(Refusal::BeforeDetection);
        }
        match self.reopened.last() {
            Some((said, _)) if at < said.at => Err(Refusal::BeforeReturn),
            _ => Ok(()),
        }
    }

    fn open(id: &str, event: &Event, act: &IncidentAct) -> Option<Self> {
        let IncidentAct::Opened { title, severity, detected, touched, alerts, text, run } = act else {
            return None;
        };
        let said = Said::of(event);
        Some(Self {
            id: id.to_owned(),
            title: title.clone(),
            severity: *severity,
            detected: *detected,
            touched: touched.clone(),
            alerts: alerts.clone(),
            text: text.clone(),
            run: run.clone(),
            owner: None,
            acknowledged: None,
            mitigated: None,
            resolved: None,
            cause: None,
            lesson: None,
            closed: None,
            reopened: Vec::new(),
            follow_ups: Vec::new(),
            last_word: said.at,
            last: said.clone(),
            idle: Vec::new(),
            opened: said,
        })
    }

    fn take(&mut self, event: &Event, act: &IncidentAct) {
        let said = Said::of(event);
        if self.takes(act).is_err() {
            self.idle.push(event.id.clone());
            self.last = said;
            return;
        }
        match act {
            IncidentAct::Opened { .. } => {}
            IncidentAct::Changed { title, severity, touched, .. } => {
                (self.title, self.severity, self.touched) = (title.clone(), *severity, touched.clone());
            }
            IncidentAct::Acknowledged { owner } => {
                self.owner = Some(owner.clone());
                self.acknowledged = Some(said.at.max(self.detected));
            }
            IncidentAct::Assigned { owner, .. } => self.owner = Some(owner.clone()),
            IncidentAct::AlertLinked { alert } => self.alerts.push(alert.clone()),
            IncidentAct::Noted { .. } | IncidentAct::Escalated { .. } => {}
            IncidentAct::Mitigated { at, workaround } => {
                self.mitigated =
                    Some(Mitigation { said: said.clone(), at: *at, workaround: workaround.clone() });
            }
            IncidentAct::Resolved { at, how, cause } => {
                self.resolved = Some(Resolution { said: said.clone(), at: *at, how: how.clone() });
                self.cause = cause.clone().or(self.cause.take());
            }
            IncidentAct::Reopened { reason } => {
                (self.mitigated, self.resolved, self.closed) = (None, None, None);
                self.reopened.push((said.clone(), reason.clone()));
            }
            IncidentAct::FollowUp { text, unit, due } => self.follow_ups.push(FollowUp {
                said: said.clone(),
                text: text.clone(),
                unit: unit.clone(),
                due: *due,
            }),
            IncidentAct::Closed { cause, lesson } => {
                self.cause = Some(cause.clone());
                self.lesson.clone_from(lesson);
                self.closed = Some(said.clone());
            }
        }
        // An alert may be linked by the program's own hand; it tells nobody how things stand.
        if !matches!(act, IncidentAct::AlertLinked { .. } | IncidentAct::FollowUp { .. }) {
            self.last_word = said.at;
        }
        self.last = said;
    }
}

impl IncidentAct {
    /// Whether whoever says it must have seen the incident as it stands: it sets something anew, and does not only add.
    #[must_use]
    pub fn decides(&self) -> bool {
        !matches!(
            self,
            Self::Noted { .. } | Self::AlertLinked { .. } | Self::Escalated { .. } | Self::FollowUp { .. }
        )
    }
}

/// Folds the events of one incident, in any order; `None` while its report has not arrived.
#[must_use]
pub fn project(id: &str, events: &[Event]) -> Option<IncidentState> {
    let mut said: Vec<(&Event, &IncidentAct)> = events
        .iter()
        .filter_map(|event| match &event.act {
            Act::Incident(act) => Some((event, act)),
            _ => None,
        })
        .collect();
    // The report comes first even where another seat's clock is behind.
    said.sort_by_key(|(event, act)| {
        let later = !matches!(act, IncidentAct::Opened { .. });
        (later, event.said_at, event.device.as_str(), event.device_seq)
    });
    let ((event, act), later) = said.split_first()?;
    let mut state = IncidentState::open(id, event, act)?;
    for (event, act) in later {
        state.take(event, act);
    }
    Some(state)
}

/// Folds many incidents; in the order of their ids.
#[must_use]
pub fn project_all(events: &[Event]) -> Vec<IncidentState> {
    by_entity(events, ENTITY).into_iter().filter_map(|(id, events)| project(id, &events)).collect()
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
