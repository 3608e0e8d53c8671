//! What was concluded, in memory: read on as it is appended, by whichever process.

use crate::{App, messages, wire::WireError};
use pvhcc_domain::{
    act::Event,
    operation::alert::{ALERT, Basis, Handling, History, Key, LADDER, MUTE, Memory, State, Step},
    time::Ms,
};
use pvhcc_store::{NewTransition, Transition};
use std::{collections::BTreeMap, sync::Arc};

/// State of the ladder's entity at a rung: this and its number.
pub(super) const RUNG: &str = "rung:";

/// Everything that was concluded about alerts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    /// Last position read, of each kind of entity.
    positions: [i64; 3],
    loaded: bool,
    pub(super) memory: Memory,
    pub(crate) history: History,
    /// Rungs of the ladder that were called, by alert, with when.
    pub(super) called: BTreeMap<String, Vec<(Ms, usize)>>,
    /// What was said of mutes, by key: the states in order.
    pub(super) mutes: BTreeMap<Key, Vec<String>>,
}

impl Book {
    /// The highest rung that was called for an alert.
    pub(super) fn rung(&self, alert: &str) -> usize {
        self.called.get(alert).into_iter().flatten().map(|(_, rung)| *rung).max().unwrap_or(0)
    }

    fn take_in(&mut self, transition: &Transition) {
        if let Some(step) = step_of(transition) {
            self.memory.apply(&step);
            self.history.apply(&step);
        } else if let Some(alert) = transition.entity.strip_prefix(LADDER) {
            let rung = transition.to.strip_prefix(RUNG).and_then(|n| n.parse().ok());
            let rungs = self.called.entry(alert.to_owned()).or_default();
            rungs.extend(rung.map(|rung| (transition.at, rung)));
        } else if let Some(key) = transition.entity.strip_prefix(MUTE).and_then(Key::parse) {
            self.mutes.entry(key).or_default().push(transition.to.clone());
        }
    }
}

/// A transition as the engine's step; `None` when it is not one.
pub(super) fn step_of(transition: &Transition) -> Option<Step> {
    let key = transition.entity.strip_prefix(ALERT).and_then(Key::parse)?;
    let basis: Basis = serde_json::from_value(transition.basis.clone()).unwrap_or_default();
    Some(Step {
        key,
        from: transition.from.as_deref().and_then(State::parse),
        to: State::parse(&transition.to)?,
        at: transition.at,
        basis,
    })
}

impl App {
    /// Everything that was concluded so far. What is new since the last time is told.
    pub(crate) async fn alert_book(&self) -> Result<Arc<Book>, WireError> {
        if let Some(moment) = self.1 {
            return self.alert_book_at(moment.at).await;
        }
        let desk = &self.0.alerts;
        let (book, news) = {
            let mut kept = desk.book.lock().await;
            let mut news: Vec<Transition> = Vec::new();
            for (position, prefix) in kept.positions.iter().zip([ALERT, LADDER, MUTE]) {
                let found = self.0.store.transitions_after(prefix, *position).await;
                news.extend(found.map_err(|e| messages::store(&e))?);
            }
            let before = kept.loaded;
            if !news.is_empty() || !before {
                let book = Arc::make_mut(&mut kept);
                for transition in &news {
                    let kind = [ALERT, LADDER, MUTE].iter().position(|p| transition.entity.starts_with(p));
                    let position = &mut book.positions[kind.unwrap_or(0)];
                    *position = transition.position.max(*position);
                    book.take_in(transition);
                }
                book.loaded = true;
            }
            // What was concluded before this opening was told then.
            (Arc::clone(&kept), if before { news } else { Vec::new() })
        };
        if !news.is_empty() {
            self.tell_alerts(&book, &news).await?;
        }
        Ok(book)
    }

    /// Everything that had been concluded at a moment.
    async fn alert_book_at(&self, at: Ms) -> Result<Arc<Book>, WireError> {
        let mut book = Book { loaded: true, ..Book::default() };
        for prefix in [ALERT, LADDER, MUTE] {
            let kept = self.0.store.transitions_under(prefix, Ms(i64::MIN), at).await;
            kept.map_err(|e| messages::store(&e))?.iter().for_each(|transition| book.take_in(transition));
        }
        Ok(Arc::new(book))
    }

    /// What people did about alerts.
    pub(crate) async fn alert_handling(&self) -> Result<Handling, WireError> {
        Ok(Handling::project(&self.alert_events().await?))
    }

    /// The acts about alerts and mutes.
    pub(super) async fn alert_events(&self) -> Result<Vec<Event>, WireError> {
        let mut events = self.events_under(ALERT).await?;
        events.extend(self.events_under(MUTE).await?);
        Ok(events)
    }

    /// Keeps conclusions that follow on, and says how many were.
    pub(super) async fn keep_alert_news(&self, news: &[NewTransition]) -> Result<usize, WireError> {
        self.0.store.append_conclusions(news).await.map_err(|e| messages::store(&e))
    }
}
