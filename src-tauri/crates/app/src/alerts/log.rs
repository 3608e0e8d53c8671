//! Alerts for the log of a night: what was concluded of each, and what people did, in words.

use super::{
    calls::{ENDED, REMINDED},
    detail::act_words,
    view::Shown,
    words::tone,
};
use crate::{
    App, messages,
    wire::{ReplayKind, ReplayLine, ReplayOrigin, Target, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::alert::{ALERT, Alert, Key, MUTE, State},
    time::Ms,
};

/// All that the words are made from, read once.
pub(crate) struct AlertLog(Shown);

impl AlertLog {
    /// The title of what an act is about, the act in words, what goes with it, and where it leads.
    pub(crate) fn act(&self, event: &Event) -> Option<(String, String, Option<Target>)> {
        let Act::Alert(act) = &event.act else { return None };
        let (text, detail) = act_words(event, act, &self.0);
        let history = &self.0.book.history;
        let alert = match event.entity.strip_prefix(ALERT) {
            Some(id) => history.get(id),
            None => self.of_mute(&event.entity, event.said_at),
        };
        let title = alert.map_or_else(String::new, |alert| format!("{}: ", alert.title));
        Some((format!("{title}{text}"), detail, alert.map(|alert| target(&alert.id))))
    }

    /// The alert that a mute is about: the last one of its key by then.
    fn of_mute(&self, entity: &str, at: Ms) -> Option<&Alert> {
        let key = entity.strip_prefix(MUTE).and_then(Key::parse)?;
        let all = self.0.book.history.all().into_iter();
        all.filter(|alert| alert.key == key && alert.raised <= at).max_by_key(|alert| alert.raised)
    }
}

impl App {
    pub(crate) async fn alert_log(&self) -> Result<AlertLog, WireError> {
        Ok(AlertLog(self.alerts_shown().await?))
    }

    /// Conclusions about alerts in `from..=to`, in no order.
    pub(crate) async fn alert_lines_of(
        &self,
        log: &AlertLog,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<ReplayLine>, WireError> {
        let mut lines = Vec::new();
        for alert in log.0.book.history.all() {
            for said in self.alert_course(alert, &log.0) {
                let tone = match stood(alert, Ms(said.at)) {
                    Some(State::Raised(severity) | State::Easing(severity)) => tone(*severity),
                    _ => "good",
                };
                let mut line = line(format!("{}:{}", alert.id, said.id), Ms(said.at), tone);
                line.text = format!("{}: {}", alert.title, said.text);
                line.detail = said.detail;
                line.target = Some(target(&alert.id));
                lines.push(line);
            }
        }
        let mutes = self.0.store.transitions_under(MUTE, from, to).await.map_err(|e| messages::store(&e))?;
        for step in mutes {
            let text = match () {
                () if step.to.starts_with(REMINDED) => "Sắp hết tắt tiếng",
                () if step.to.starts_with(ENDED) => "Hết tắt tiếng",
                () => continue,
            };
            let alert = log.of_mute(&step.entity, step.at);
            let mut line = line(step.id, step.at, "warn");
            line.text = alert.map_or_else(|| text.to_owned(), |alert| format!("{}: {text}", alert.title));
            line.target = alert.map(|alert| target(&alert.id));
            lines.push(line);
        }
        lines.retain(|line| (from.0..=to.0).contains(&line.at));
        Ok(lines)
    }
}

/// How it stood from a moment on.
fn stood(alert: &Alert, at: Ms) -> Option<&State> {
    alert.course.iter().rfind(|(since, _)| *since <= at).map(|(_, state)| state)
}

fn line(id: String, at: Ms, tone: &str) -> ReplayLine {
    ReplayLine {
        tone: tone.to_owned(),
        ..ReplayLine::new(id, at, ReplayKind::Alert, ReplayOrigin::Concluded)
    }
}

fn target(id: &str) -> Target {
    Target::operations(&format!("alerts?id={id}"))
}
