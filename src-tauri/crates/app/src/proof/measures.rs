//! What the gateway measured of every API, each over the window of its bar. Read once a round; it must not know tasks.

use super::{bars::BarsInForce, history::Known};
use pvhcc_domain::{
    bars::below_since,
    observation::ApiMeasure,
    proof::{ApiWord, Bar, Measured, Window, measure},
    time::Ms,
};
use pvhcc_store::{Store, StoreError};
use std::collections::BTreeMap;

pub(super) const DAY_MS: i64 = 86_400_000;
/// Buckets younger than this may still be reported again; older ones are closed. The poller asks for two hours again.
const OPEN_MS: i64 = 3 * 3_600_000;

/// What makes measures new: the last answer, how far back they are known, and the bars.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    /// The source's own time of its last answer.
    pub(super) to: Option<Ms>,
    pub(super) fetched: Option<Ms>,
    /// `None` before the first answer.
    pub(super) known: Option<Known>,
    /// Farthest back that measures are looked at, days.
    pub(super) farthest: u32,
    pub(super) bars: BarsInForce,
}

/// One API over its window.
#[derive(Debug, Clone)]
pub(crate) struct ApiSeen {
    pub(crate) measured: Measured,
    /// Since when each bucket is below the bar, while the newest is.
    pub(crate) below_since: Option<Ms>,
}

/// Every API that was measured within its window, or whose window is not wholly known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) apis: BTreeMap<String, ApiSeen>,
    /// The source's own time of its last answer.
    pub(crate) as_of: Option<Ms>,
}

impl Words {
    /// The word on an API. While the source is silent it is kept as an old one, also where nothing was ever measured:
    /// then nobody can tell whether there was something to measure.
    pub(super) fn word(&self, api: &str, bar: Bar, fresh: bool) -> Option<ApiWord> {
        let seen = self.apis.get(api).map(|seen| seen.measured.clone());
        match seen {
            Some(measured) => Some(ApiWord { measured, fresh }),
            None if fresh => None,
            None => {
                let measured = measure(api, bar, &[], self.as_of.unwrap_or_default());
                Some(ApiWord { measured, fresh })
            }
        }
    }
}

/// Sums over the closed part of windows of days, moved on instead of read again.
#[derive(Debug, Default)]
pub(super) struct ClosedSums(BTreeMap<String, Closed>);

#[derive(Debug)]
struct Closed {
    from: Ms,
    cut: Ms,
    sum: ApiMeasure,
}

/// Reads every API up to the source's own time of its last answer.
pub(super) async fn read(
    store: &Store,
    closed: &mut ClosedSums,
    key: &Key,
    apis: impl Iterator<Item = &str>,
) -> Result<Words, StoreError> {
    let mut words = Words { apis: BTreeMap::new(), as_of: key.to };
    let Some(to) = key.to else { return Ok(words) };
    let kept = to.plus(-i64::from(key.farthest) * DAY_MS);
    for api in apis {
        let bar = key.bars.of(api);
        let since = key.known.as_ref().map_or(to, |known| known.of(api)).max(kept);
        let buckets = match bar.window {
            Window::Calls(calls) => store.newest_calls(api, since, to, calls).await?,
            Window::Days(days) => closed.days(store, api, to.plus(-i64::from(days) * DAY_MS), to).await?,
        };
        let measured = measure(api, bar, &buckets, to).known_since(since, key.farthest);
        if !buckets.is_empty() || measured.known_since.is_some() {
            let below_since = below_since(&bar, &buckets);
            words.apis.insert(api.to_owned(), ApiSeen { measured, below_since });
        }
    }
    Ok(words)
}

impl ClosedSums {
    /// The buckets of `from..=to`: the closed ones as one sum that begins at `from`, the open ones each.
    async fn days(
        &mut self,
        store: &Store,
        api: &str,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<ApiMeasure>, StoreError> {
        let cut = Ms((to.0 - OPEN_MS).max(from.0));
        let known = self.0.remove(api).filter(|c| c.from <= from && from <= c.cut && c.cut <= cut);
        let sum = match known {
            Some(known) => {
                let mut sum = known.sum;
                sum.from = from;
                if let Some(left) = store.sum_of_calls(api, known.from, from).await? {
                    add(&mut sum, &left, u64::saturating_sub);
                }
                if let Some(came) = store.sum_of_calls(api, known.cut, cut).await? {
                    add(&mut sum, &came, u64::saturating_add);
                    sum.last_error = came.last_error.or(sum.last_error);
                }
                Some(sum)
            }
            None => store.sum_of_calls(api, from, cut).await?,
        };
        let mut buckets = store.api_measures(Some(api), cut, to.plus(1)).await?;
        if let Some(sum) = sum {
            if sum.calls() > 0 {
                buckets.push(sum.clone());
            }
            self.0.insert(api.to_owned(), Closed { from, cut, sum });
        }
        Ok(buckets)
    }
}

fn add(sum: &mut ApiMeasure, part: &ApiMeasure, by: fn(u64, u64) -> u64) {
    sum.ok = by(sum.ok, part.ok);
    sum.client_error = by(sum.client_error, part.client_error);
    sum.server_error = by(sum.server_error, part.server_error);
    sum.timeout = by(sum.timeout, part.timeout);
    for (total, n) in sum.latency.iter_mut().zip(&part.latency) {
        *total = by(*total, *n);
    }
}
