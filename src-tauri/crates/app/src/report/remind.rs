//! Reminders that the report of today is still to be sent. Window, command line and timer of the system may all run: each
//! reminder is given once, by whoever keeps it first.

use super::days::Today;
use crate::{
    App,
    chores::LONGEST_UNSEEN,
    messages,
    wire::{AppEvent, ReportReminder, WireError},
};
use chrono::NaiveTime;
use pvhcc_domain::{
    report::{
        Cadence,
        deadline::{Reminder, due, instant, parse_time, time_text},
        state,
    },
    time::Ms,
};
use pvhcc_store::NewTransition;
use std::{collections::BTreeSet, sync::Arc, time::Duration};

/// The rule that concludes reminders.
const RULE: &str = crate::rules::REPORT_REMINDERS;
const RULE_VERSION: u32 = 1;
const GIVEN: &str = "reminded:";
/// Due while nobody was there, and overtaken by a louder one.
const SKIPPED: &str = "skipped:";
/// Tries against other processes.
const TRIES: usize = 10;

impl App {
    /// Gives the reminder that is due now, if there is one and no other process has given it.
    ///
    /// # Errors
    /// Failures of the store; then it is due again at the next look.
    pub async fn remind(&self) -> Result<Option<ReportReminder>, WireError> {
        for _ in 0..TRIES {
            let today = self.report_today().await?;
            if !today.waits() {
                return Ok(None);
            }
            let entity = state::entity(Cadence::Daily, today.day);
            let (settled, last) = self.settled(&entity).await?;
            let times = today.dues.reminders(today.day, today.now);
            let found = due(today.day, times, &settled, today.now);
            let Some(reminder) = found.now else { return Ok(None) };
            let news = conclusions(&entity, last, &found.overtaken, reminder, today.now);
            let kept = self.0.store.append_conclusions(&news).await.map_err(|e| messages::store(&e))?;
            if kept == news.len() {
                return Ok(Some(self.tell(&today, reminder)));
            }
        }
        // Others keep them as fast as this one looks: theirs are given.
        Ok(None)
    }

    fn tell(&self, today: &Today, reminder: Reminder) -> ReportReminder {
        let (day, level, text) = (today.day.to_string(), reminder.level, today.sentence());
        self.emit(AppEvent::ReportReminder { day: day.clone(), level, text: text.clone() });
        ReportReminder { day, time: time_text(reminder.time), level, text }
    }

    /// Reminders of a day that were given or overtaken, and the last word kept of it.
    async fn settled(&self, entity: &str) -> Result<(BTreeSet<NaiveTime>, Option<String>), WireError> {
        let kept = self.0.store.transitions(Some(entity), Ms(0)).await.map_err(|e| messages::store(&e))?;
        let time = |to: &str| parse_time(to.strip_prefix(GIVEN).or_else(|| to.strip_prefix(SKIPPED))?);
        let settled = kept.iter().filter_map(|t| time(&t.to)).collect();
        Ok((settled, kept.last().map(|t| t.to.clone())))
    }

    /// Looks at the times of the day for as long as the program runs.
    pub(crate) fn keep_reminding(&self) {
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                let wait = {
                    let Some(inner) = weak.upgrade() else { return };
                    let app = App::of(inner);
                    if let Err(e) = app.remind().await {
                        tracing::warn!(error = %e.message, "reminders of the report were not looked at");
                    }
                    app.until_next_reminder().await.unwrap_or(LONGEST_UNSEEN)
                };
                tokio::time::sleep(wait).await;
            }
        });
    }

    /// Real time until the next reminder of today; `None` when there is none.
    async fn until_next_reminder(&self) -> Option<Duration> {
        let today = self.report_today().await.ok().filter(Today::waits)?;
        let times = today.dues.reminders(today.day, today.now).iter();
        times.map(|time| instant(today.day, *time)).find(|at| *at > today.now).map(|at| self.real_until(at))
    }
}

/// What is kept: those overtaken, then the one given, each following on from the one before, so that of two processes only one
/// can keep them.
fn conclusions(
    entity: &str,
    last: Option<String>,
    overtaken: &[Reminder],
    given: Reminder,
    now: Ms,
) -> Vec<NewTransition> {
    let mut from = last;
    let states = overtaken.iter().map(|r| (SKIPPED, r)).chain(std::iter::once((GIVEN, &given)));
    states
        .map(|(state, reminder)| {
            let to = format!("{state}{}", time_text(reminder.time));
            NewTransition {
                entity: entity.to_owned(),
                from: from.replace(to.clone()),
                to,
                rule: RULE.to_owned(),
                rule_version: RULE_VERSION,
                basis: serde_json::json!({ "level": reminder.level }),
                at: now,
            }
        })
        .collect()
}
