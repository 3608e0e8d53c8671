//! Since when the measures of APIs are known without a gap, and which older ones to ask for: windows of bars reach back to
//! before the program was installed, and over the days it was closed. The gateway answers for any day gone by.

use super::{
    bars::{BarsInForce, Shipped},
    measures::DAY_MS,
};
use crate::rules;
use pvhcc_domain::{
    observation::ApiMeasure,
    proof::{BUCKET_MS, FARTHEST_DAYS, Window},
    time::Ms,
};
use pvhcc_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Where it is kept.
const KEPT: &str = "measures.known";
/// Longest span asked for at once: what the contract allows.
pub(crate) const LONGEST_SPAN_MS: i64 = DAY_MS;
/// Spans asked for besides the newest in one round: a month is caught up with in a few minutes, and no round takes long.
const SPANS_A_ROUND: usize = 8;
/// After a span that was not answered, the next try.
const PAUSE_MS: i64 = 3_600_000;

/// What is known without a gap up to the last answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Of every API since then.
    pub(super) since: Ms,
    /// Of some APIs since longer.
    #[serde(default)]
    pub(super) apis: BTreeMap<String, Ms>,
    /// What was known before a gap.
    #[serde(default)]
    before: Option<Box<Before>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Before {
    to: Ms,
    known: Known,
}

impl Known {
    /// Of every API since then.
    pub(super) fn since(since: Ms) -> Self {
        Self { since, ..Self::default() }
    }

    pub(crate) async fn read(store: &Store) -> Result<Option<Self>, StoreError> {
        Ok(store.setting(KEPT).await?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(super) async fn keep(&self, store: &Store) -> Result<(), StoreError> {
        store.put_setting(KEPT, &serde_json::to_string(self).unwrap_or_default()).await
    }

    /// Every API is known over the whole of `from..to`, as far as the last answer reaches.
    pub(crate) fn covers(&self, from: Ms, to: Ms) -> bool {
        let before =
            || self.before.as_ref().is_some_and(|b| to <= b.to.plus(BUCKET_MS) && b.known.covers(from, to));
        from >= self.since || before()
    }

    /// Since when an API is known.
    pub(super) fn of(&self, api: &str) -> Ms {
        self.apis.get(api).map_or(self.since, |own| self.since.min(*own))
    }

    /// After an answer from `from` on, where the last one reached to `last`. Every bucket that was over by the last answer is
    /// kept; a gap is what lies between those and `from`.
    fn answered(known: Option<Self>, last: Option<Ms>, from: Ms) -> Self {
        let new = Self::since(from);
        match (known, last.map(|last| last.plus(-BUCKET_MS))) {
            (Some(known), Some(to)) if from <= to => Self { since: known.since.min(from), ..known },
            // A gap in front of another one that is still open: what lies before that is asked for again.
            (Some(known), Some(to)) if known.since <= to => {
                Self { before: Some(Box::new(Before { to, known: Self { before: None, ..known } })), ..new }
            }
            _ => new,
        }
    }

    /// The span before what is known, not farther back than `goal`.
    fn next_span(&self, goal: Ms) -> Option<(Ms, Ms)> {
        let floor = self.before.as_ref().map_or(goal, |before| before.to.max(goal));
        let from = self.since.plus(-LONGEST_SPAN_MS).max(floor);
        (from < self.since).then_some((from, self.since))
    }

    /// After that span was answered.
    fn filled(self, from: Ms) -> Self {
        match self.before {
            Some(before) if from <= before.to => before.known,
            before => Self { since: self.since.min(from), before, apis: self.apis },
        }
    }
}

/// Finds what is missing; one a poller.
pub(crate) struct History {
    shipped: Arc<Shipped>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Nothing is missing for these bars.
    whole: Option<(Known, BarsInForce)>,
    /// Not asked before then.
    not_before: Option<Ms>,
}

/// An answer that is not kept yet: what came, from when on, and the source's own time of it.
#[derive(Clone, Copy)]
pub(crate) struct Newest<'a> {
    pub(crate) rows: &'a [ApiMeasure],
    pub(crate) from: Ms,
    pub(crate) as_of: Ms,
}

/// Older spans to ask for in a round, newest first, and what is known before any of them is answered.
pub(crate) struct Missing {
    pub(crate) spans: Vec<(Ms, Ms)>,
    known: Known,
}

impl Missing {
    /// Notes what was answered: all of the first spans. Called when the answers are kept.
    pub(crate) async fn filled(self, store: &Store, answered: usize) -> Result<(), StoreError> {
        let filled = &self.spans[..answered.min(self.spans.len())];
        if filled.is_empty() {
            return Ok(());
        }
        filled.iter().fold(self.known, |known, (from, _)| known.filled(*from)).keep(store).await
    }
}

impl History {
    pub(super) fn new(shipped: Arc<Shipped>) -> Self {
        Self { shipped, state: Mutex::default() }
    }

    /// Before an answer is kept, where the last one reached to `last`: notes a gap, and says which older spans some window
    /// misses.
    pub(crate) async fn missing(
        &self,
        store: &Store,
        last: Option<Ms>,
        newest: Newest<'_>,
        now: Ms,
    ) -> Result<Missing, StoreError> {
        let before = Known::read(store).await?;
        let known = Known::answered(before.clone(), last, newest.from);
        if before.as_ref() != Some(&known) {
            known.keep(store).await?;
        }
        let nothing = |known| Ok(Missing { spans: Vec::new(), known });
        // The first answer is shown before older ones are asked for.
        if before.is_none() || self.state().not_before.is_some_and(|at| now < at) {
            return nothing(known);
        }
        let events = store.events(Some("rules"), 0, i64::MAX).await?;
        let bars = BarsInForce::new(Arc::clone(&self.shipped), &events, now);
        if self.state().whole.as_ref().is_some_and(|(k, b)| *k == known && *b == bars) {
            return nothing(known);
        }
        let farthest = farthest(&events, now);
        let Some(goal) = self.goal(store, &known, &bars, farthest, newest).await? else {
            self.state().whole = Some((known.clone(), bars));
            return nothing(known);
        };
        let mut spans = Vec::new();
        let mut reached = known.clone();
        while let Some(span) = reached.next_span(goal).filter(|_| spans.len() < SPANS_A_ROUND) {
            spans.push(span);
            let gap = reached.before.is_some();
            reached = reached.filled(span.0);
            // What is known beyond the gap may be all that is needed: the next round sees.
            if gap && reached.before.is_none() {
                break;
            }
        }
        Ok(Missing { spans, known })
    }

    /// A span was not answered: older ones are left for a while, so that they never weigh on the newest.
    pub(crate) fn pause(&self, now: Ms) {
        self.state().not_before = Some(now.plus(PAUSE_MS));
    }

    /// The earliest instant that a window reaches to without being wholly known.
    async fn goal(
        &self,
        store: &Store,
        known: &Known,
        bars: &BarsInForce,
        farthest: u32,
        newest: Newest<'_>,
    ) -> Result<Option<Ms>, StoreError> {
        let mut goal = None;
        let mut came: BTreeMap<&str, u64> = BTreeMap::new();
        for row in newest.rows {
            *came.entry(&row.api).or_default() += row.calls();
        }
        for api in self.shipped.flows.keys() {
            let (days, calls) = match bars.of(api).window {
                Window::Days(days) => (days.min(farthest), None),
                Window::Calls(calls) => (farthest, Some(calls)),
            };
            let earliest = newest.as_of.plus(-i64::from(days) * DAY_MS);
            let since = known.of(api);
            if since <= earliest.plus(BUCKET_MS) {
                continue;
            }
            if let Some(calls) = calls {
                let came = came.get(api.as_str()).copied().unwrap_or_default();
                let kept = store.newest_calls(api, since, newest.from.plus(-1), calls).await?;
                if came + kept.iter().map(ApiMeasure::calls).sum::<u64>() >= calls {
                    continue;
                }
            }
            goal = goal.min(Some(earliest)).or(Some(earliest));
        }
        Ok(goal)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Farthest back that measures are looked at, days: what is older may have been dropped.
pub(super) fn farthest(rules_events: &[pvhcc_domain::act::Event], now: Ms) -> u32 {
    let kept = rules::number("retention.days", rules_events, now);
    u32::try_from(kept).unwrap_or(FARTHEST_DAYS).min(FARTHEST_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    fn at(days: i64) -> Ms {
        Ms(days * DAY_MS)
    }

    #[test]
    fn answers_that_overlap_leave_no_gap_and_a_gap_is_filled_from_its_newer_end() {
        let first = Known::answered(None, None, at(100));
        assert_eq!((first.since, first.next_span(at(98))), (at(100), Some((at(99), at(100)))));
        let own = Known { apis: [("rare".to_owned(), at(70))].into(), ..first };
        assert_eq!((own.of("rare"), own.of("other")), (at(70), at(100)));
        let same = Known::answered(Some(own.clone()), Some(at(101)), at(101).plus(-2 * HOUR_MS));
        assert_eq!(same, own, "the buckets of the last answer are asked for again");

        let last = at(101);
        let gap = Known::answered(Some(own.clone()), Some(last), at(103));
        assert_eq!((gap.since, gap.of("rare")), (at(103), at(103)), "nothing beyond the gap counts");
        assert_eq!(gap.next_span(at(70)), Some((at(102), at(103))));
        let half = gap.clone().filled(at(102));
        let rest = half.next_span(at(70)).expect("still open");
        assert_eq!(rest, (at(101), at(102)), "a day at most");
        let almost = half.filled(rest.0);
        let rest = almost.next_span(at(70)).expect("the bucket that was not over by the last answer");
        assert_eq!(rest, (last.plus(-BUCKET_MS), at(101)));
        assert_eq!(almost.filled(rest.0), own, "as if the program had never been closed");

        // The bucket under way at the last answer is no part of what was known.
        let touching = Known::answered(Some(own.clone()), Some(last), last);
        assert_eq!(touching.next_span(at(70)), Some((last.plus(-BUCKET_MS), last)));
        // A second gap before the first is filled: only the newer stretches are remembered.
        let twice = Known::answered(Some(gap), Some(at(104)), at(106));
        assert_eq!(twice.next_span(at(70)).map(|span| span.1), Some(at(106)));
        let filled = twice.filled(at(105)).filled(at(104)).filled(at(104).plus(-BUCKET_MS));
        assert_eq!((filled.since, filled.of("rare")), (at(103), at(103)));
        assert_eq!(
            Known::answered(Some(own), None, at(110)),
            Known::since(at(110)),
            "the measures were lost"
        );
    }
}
