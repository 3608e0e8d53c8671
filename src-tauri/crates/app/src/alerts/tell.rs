//! Telling what is new: to the window and the command line as events, with how loud.

use super::{
    book::{Book, RUNG, step_of},
    calls::{ENDED, REMINDED},
    words,
};
use crate::{
    App,
    wire::{AppEvent, WireError},
};
use pvhcc_domain::{
    operation::{
        alert::{Alert, Handling, Key, LADDER, MUTE, State, Step},
        incident::Severity,
    },
    time::Ms,
};
use pvhcc_store::Transition;

/// How loud an alert of a severity is.
fn level(severity: Severity) -> u8 {
    match severity {
        Severity::S1 => 4,
        Severity::S2 => 3,
        Severity::S3 => 2,
        Severity::S4 => 1,
    }
}

impl App {
    /// Tells conclusions that call somebody.
    pub(super) async fn tell_alerts(&self, book: &Book, news: &[Transition]) -> Result<(), WireError> {
        let handling = self.alert_handling().await?;
        for transition in news {
            if let Some((alert, level, text)) = self.alert_call(book, &handling, transition) {
                self.emit(AppEvent::AlertRaised { id: alert.id.clone(), level, text });
            }
        }
        Ok(())
    }

    fn alert_call<'a>(
        &self,
        book: &'a Book,
        handling: &Handling,
        transition: &Transition,
    ) -> Option<(&'a Alert, u8, String)> {
        if let Some(step) = step_of(transition) {
            let alert = book.history.get(step.basis.id.as_ref()?)?;
            let severity = calls(&step).filter(|_| handling.muted(&step.key, step.at).is_none())?;
            let effects = words::effects(&self.0.alerts.graph, alert);
            let effects =
                if effects.is_empty() { String::new() } else { format!(" Ảnh hưởng: {effects}.") };
            let label = self.alert_severity(severity);
            return Some((alert, level(severity), format!("{label}: {}.{effects}", alert.title)));
        }
        if let Some(id) = transition.entity.strip_prefix(LADDER) {
            let alert = book.history.get(id).filter(|alert| alert.firing())?;
            let rung = self
                .0
                .alerts
                .rules
                .ladder()
                .rungs()
                .get(transition.to.strip_prefix(RUNG)?.parse::<usize>().ok()?)?;
            let waited = crate::words::span(transition.at.0 - alert.raised.0);
            let text = format!("Sau {waited} chưa ai nhận, cần báo {}: {}.", rung.title, alert.title);
            return Some((alert, level(alert.severity), text));
        }
        let key = transition.entity.strip_prefix(MUTE).and_then(Key::parse)?;
        let alert = book.history.firing().into_iter().find(|alert| alert.key == key)?;
        if transition.to.starts_with(REMINDED) {
            let until = handling.muted(&key, transition.at)?.until;
            let text = format!("Sắp hết tắt tiếng lúc {}: {}.", clock(until), alert.title);
            return Some((alert, 2, text));
        }
        let open = handling.of(&alert.id).acknowledged.is_none();
        let ended = transition.to.starts_with(ENDED) && open;
        ended
            .then(|| (alert, level(alert.severity), format!("Hết tắt tiếng, vẫn đang báo: {}.", alert.title)))
    }
}

fn clock(at: Ms) -> String {
    at.local().format("%H:%M").to_string()
}

/// How bad what somebody must be called for is: a new alert, or one that became worse.
fn calls(step: &Step) -> Option<Severity> {
    match (&step.from, &step.to) {
        (
            Some(State::Raised(before) | State::Easing(before)),
            State::Raised(severity) | State::Easing(severity),
        ) => (severity < before).then_some(*severity),
        (_, State::Raised(severity)) => (!step.basis.quiet).then_some(*severity),
        _ => None,
    }
}
