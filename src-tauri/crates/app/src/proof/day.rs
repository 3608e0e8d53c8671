//! What every API did over the day before the gateway last answered: for reports, which count days, whatever the bars look
//! at.

use super::{history::Known, measures::DAY_MS};
use crate::{App, messages, wire::WireError};
use pvhcc_domain::{
    observation::{ApiMeasure, SourceId},
    proof::BUCKET_MS,
};
use std::collections::BTreeMap;

impl App {
    /// The calls of each API over 24 hours up to the source's own time of its last answer; without an entry where these are
    /// not wholly known. An API without a call in a day that is known has an empty measure.
    pub(crate) async fn calls_of_the_day(&self) -> Result<BTreeMap<String, ApiMeasure>, WireError> {
        let store = &self.0.store;
        let failed = |e: pvhcc_store::StoreError| messages::store(&e);
        let states = store.source_states().await.map_err(failed)?;
        let to = states.get(&SourceId::GatewayApis).and_then(|source| source.last_ok_as_of);
        let known = Known::read(store).await.map_err(failed)?;
        let mut calls = BTreeMap::new();
        let Some((to, known)) = to.zip(known) else { return Ok(calls) };
        let from = to.plus(-DAY_MS);
        for (api, _) in self.0.checklist.apis() {
            // One bucket at the far end may be missing: a source's time stands still between its answers.
            if known.of(api) > from.plus(BUCKET_MS) {
                continue;
            }
            let sum = store.sum_of_calls(api, from, to.plus(1)).await.map_err(failed)?;
            let none = || ApiMeasure {
                api: api.to_owned(),
                from,
                ok: 0,
                client_error: 0,
                server_error: 0,
                timeout: 0,
                latency: Vec::new(),
                last_error: None,
            };
            calls.insert(api.to_owned(), sum.unwrap_or_else(none));
        }
        Ok(calls)
    }
}
