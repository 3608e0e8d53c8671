//! Probes of the systems around: each on a schedule of its own, its result kept as soon as it is known.
//!
//! That a system is down is an observation, not a failure of the source: the source is fresh while probes are sent.

use super::{PollLine, Shared, rest::rest, stopped};
use crate::{messages, wire::AppEvent};
use futures_util::future::join_all;
use pvhcc_domain::observation::SourceId;
use pvhcc_sources::{Probed, schedule};
use pvhcc_store::StoreError;
use std::time::Duration;
use tokio::sync::watch;

impl Shared {
    /// Sends one probe again and again until the poller stops.
    pub(super) async fn keep_probing(&self, nth: usize, mut stop: watch::Receiver<bool>) {
        let every = Duration::from_secs(self.config.probes[nth].every_seconds.into());
        loop {
            let asked = tokio::select! {
                () = stopped(&mut stop) => return,
                asked = self.probe(nth) => asked,
            };
            let (wait, kept) = match asked {
                Ok(probed) => (probed.retry_after, true),
                Err(error) => {
                    tracing::warn!(%error, "a probe was not kept");
                    (None, false)
                }
            };
            let due = schedule::next_due(self.now(), every, wait, rand::random());
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = rest(&*self.clock, due, self.real(due, kept)) => {}
                () = self.probe_now[nth].notified() => {}
            }
        }
    }

    /// All probes side by side; none waits for another.
    pub(super) async fn probes(&self) -> PollLine {
        let asked = join_all((0..self.config.probes.len()).map(|nth| self.probe(nth))).await;
        let rows = asked.iter().flatten().count();
        let as_of = asked.iter().flatten().map(|probed| probed.result.asked_at).min();
        let failed = asked.into_iter().find_map(Result::err);
        PollLine {
            source: SourceId::Probes.as_str(),
            state: if failed.is_none() { "fresh" } else { "failed" },
            as_of: as_of.map(|at| at.to_rfc3339()),
            fetched_at: self.now().to_rfc3339(),
            rows,
            quarantined: 0,
            error: failed.map(|error| messages::store(&error).message),
        }
    }

    async fn probe(&self, nth: usize) -> Result<Probed, StoreError> {
        // Probes need no secret, so they do not wait for a keyring that asks its user.
        let probed = self.bare.prober.ask(&self.bare.targets[nth]).await;
        self.store.record_probes(std::slice::from_ref(&probed.result)).await?;
        let _ = self.events.send(AppEvent::SourcesChanged);
        Ok(probed)
    }
}
