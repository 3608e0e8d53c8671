//! Who is called by itself: the next rung of the ladder when nobody acknowledged, and whoever muted before the mute ends.

use super::{
    book::{Book, RUNG},
    run::said,
};
use crate::{App, incidents::Clocks, wire::WireError};
use pvhcc_domain::{
    operation::alert::{Alert, Handling, Key, LADDER, MUTE, Mute},
    time::Ms,
};
use pvhcc_store::NewTransition;

/// States of a mute's entity: this and the id of the act that muted.
pub(super) const REMINDED: &str = "reminded:";
pub(super) const ENDED: &str = "ended:";

impl App {
    /// Keeps who is called by now; how many.
    pub(super) async fn call_about_alerts(&self) -> Result<usize, WireError> {
        let book = self.alert_book().await?;
        if book.history.firing().is_empty() {
            return Ok(0);
        }
        let (handling, clocks, now) = (self.alert_handling().await?, self.clocks().await?, self.now());
        let mut news = Vec::new();
        for alert in book.history.firing() {
            news.extend(self.next_rung(&book, &handling, alert, &clocks, now));
            news.extend(self.mute_word(&book, &handling, alert, now));
        }
        self.keep_alert_news(&news).await
    }

    /// The rung that is to be called: one step of those that ran out, however many did while nobody was there.
    fn next_rung(
        &self,
        book: &Book,
        handling: &Handling,
        alert: &Alert,
        clocks: &Clocks,
        now: Ms,
    ) -> Option<NewTransition> {
        if handling.of(&alert.id).acknowledged.is_some() || handling.muted(&alert.key, now).is_some() {
            return None;
        }
        let ladder = self.0.alerts.rules.ladder();
        let due = ladder.due(clocks.timing(), alert.severity, alert.raised, now);
        let last = book.rung(&alert.id);
        (due > last).then(|| {
            let from = (last > 0).then(|| format!("{RUNG}{last}"));
            let basis = serde_json::json!({ "severity": alert.severity, "skipped": due - last - 1 });
            said(format!("{LADDER}{}", alert.id), from, format!("{RUNG}{due}"), basis, now)
        })
    }

    /// That a mute is about to end, or has ended, of an alert that stands.
    fn mute_word(&self, book: &Book, handling: &Handling, alert: &Alert, now: Ms) -> Option<NewTransition> {
        let states = book.mutes.get(&alert.key).map_or(&[][..], Vec::as_slice);
        let unsaid = |state: &String| !states.contains(state);
        let reminder = self.0.alerts.rules.settings().mute_reminder;
        let state = match handling.muted(&alert.key, now) {
            Some(mute) if now >= mute.until.plus(-reminder) => format!("{REMINDED}{}", mute.said.event),
            Some(_) => return None,
            // One that somebody ended early needs no word.
            None => format!("{ENDED}{}", last_run_out(handling, &alert.key, alert.raised, now)?.said.event),
        };
        unsaid(&state).then(|| {
            let basis = serde_json::json!({ "id": alert.id });
            said(format!("{MUTE}{}", alert.key), states.last().cloned(), state, basis, now)
        })
    }

    /// When somebody is to be called next, if nothing changes.
    pub(super) async fn next_call(&self) -> Result<Option<Ms>, WireError> {
        let book = self.alert_book().await?;
        if book.history.firing().is_empty() {
            return Ok(None);
        }
        let (handling, clocks, now) = (self.alert_handling().await?, self.clocks().await?, self.now());
        let (timing, desk) = (clocks.timing(), &self.0.alerts);
        let next = book.history.firing().into_iter().flat_map(|alert| {
            let mute = handling.muted(&alert.key, now);
            let reminder = mute.map(|m| m.until.plus(-desk.rules.settings().mute_reminder));
            let rung = match handling.of(&alert.id).acknowledged {
                Some(_) => None,
                None => {
                    let next = book.rung(&alert.id) + 1;
                    desk.rules.ladder().asked_at(timing, alert.severity, alert.raised, next)
                }
            };
            [reminder, mute.map(Mute::end), rung.filter(|_| mute.is_none())]
        });
        Ok(next.flatten().filter(|at| *at > now).min())
    }
}

/// The last mute of a key that ran out since an alert was raised.
pub(super) fn last_run_out<'a>(handling: &'a Handling, key: &Key, raised: Ms, now: Ms) -> Option<&'a Mute> {
    let run_out = |mute: &&Mute| mute.ended.is_none() && mute.until <= now && mute.until > raised;
    handling.mutes(key).iter().filter(run_out).max_by_key(|mute| mute.until)
}
