//! The profile as it was known at a moment: the clock stands there, and nothing that arrived later is seen. Every room reads
//! what it shows through these, so that the past is shown by the same code as the present.

use crate::{App, checklist::Present, messages, proof::ProofBook, time::states_at, wire::WireError};
use pvhcc_domain::{
    act::Event,
    compare::{Moment, known_at},
    freshness::{Freshness, freshness},
    observation::SourceId,
    task::TaskState,
};
use std::{collections::BTreeMap, sync::Arc};

impl App {
    /// This profile as it was known at `as_of`, UTC ms; as it is without one. It is only to be read: acts go to the present.
    ///
    /// # Errors
    /// `Invalid` for a moment to come; failures of the store.
    pub async fn at(&self, as_of: Option<i64>) -> Result<Self, WireError> {
        let Some(at) = as_of else { return Ok(self.clone()) };
        let at = self.moment(at, "asOf")?;
        let arrived = self.0.store.first_said_after(at).await.map_err(|e| messages::store(&e))?;
        Ok(Self(Arc::clone(&self.0), Some(Moment { at, arrived: arrived.unwrap_or(i64::MAX) })))
    }

    /// Those of the events that are known here.
    pub(crate) fn known(&self, events: Vec<Event>) -> Vec<Event> {
        match self.1 {
            Some(moment) => known_at(&events, moment),
            None => events,
        }
    }

    /// Events of every entity whose name begins with `prefix`, in journal order.
    pub(crate) async fn events_under(&self, prefix: &str) -> Result<Vec<Event>, WireError> {
        let events = self.0.store.events_under(prefix).await;
        Ok(self.known(events.map_err(|e| messages::store(&e))?))
    }

    /// Where tasks stand, by key; tasks of which nothing was said are left out.
    pub(crate) async fn task_states(&self) -> Result<BTreeMap<String, TaskState>, WireError> {
        match self.1 {
            Some(moment) => Ok(states_at(&self.task_events().await?, moment.at)),
            None => self.0.store.task_states().await.map_err(|e| messages::store(&e)),
        }
    }

    /// Everything the rows of the checklist are made from.
    pub(crate) async fn present_here(&self) -> Result<Present, WireError> {
        match self.1 {
            Some(moment) => Self::of(Arc::clone(&self.0)).present_at(moment.at).await,
            None => self.present().await,
        }
    }

    /// What is proved.
    pub(crate) async fn proofs_seen(&self) -> Result<Arc<ProofBook>, WireError> {
        match self.1 {
            Some(moment) => Self::of(Arc::clone(&self.0)).proofs_at(moment.at).await,
            None => self.proofs().await,
        }
    }

    /// The measures that verdicts rest on are no older than their limit.
    pub(crate) async fn proofs_fresh(&self, book: &ProofBook) -> Result<bool, WireError> {
        let Some(moment) = self.1 else { return Ok(book.fresh) };
        let row = self.0.store.source_at(SourceId::GatewayApis, moment.at).await;
        let row = row.map_err(|e| messages::store(&e))?.unwrap_or_default();
        let limit = self.limit(SourceId::GatewayApis).await?;
        Ok(matches!(freshness(row.last_ok_fetched, None, limit, moment.at), Freshness::Fresh { .. }))
    }
}
