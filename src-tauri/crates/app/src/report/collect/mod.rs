//! A freeze made of the rooms as they stand at this moment: what the screens show is what is frozen. Nothing is computed here
//! that a room says; what no room knows stays unknown.

mod dossiers;
mod exchange;
#[cfg(test)]
pub(super) mod sample;
mod sources;
mod tasks;
#[cfg(test)]
mod tests;
mod troubles;

use crate::{App, profile::Profile, wire::WireError};
use chrono::NaiveDate;
use pvhcc_domain::{
    report::freeze::{Cadence, Freeze, SCHEMA},
    time::Ms,
};

impl App {
    /// The figures of `from..=to` as known now, stamped `at`. Works with every source down and before anything was seen.
    ///
    /// # Errors
    /// Failures of the store only: what is not known is no failure.
    pub(crate) async fn collect(
        &self,
        cadence: Cadence,
        from: NaiveDate,
        to: NaiveDate,
        at: Ms,
    ) -> Result<Freeze, WireError> {
        let present = self.present().await?;
        Ok(Freeze {
            schema: SCHEMA,
            cadence,
            from,
            to,
            at,
            training: self.0.profile == Profile::Training,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            tasks: self.frozen_tasks(&present, cadence, from, to).await?,
            dossiers: self.frozen_dossiers(from, to, at).await?,
            exchange: self.frozen_exchange(&present).await?,
            rates: self.frozen_rates().await?,
            incidents: Some(self.frozen_incidents(from, to).await?),
            obstacles: self.frozen_obstacles(from, to).await?,
            sources: self.frozen_sources().await?,
        })
    }
}

/// A day as rooms write it.
fn day(text: Option<&String>) -> Option<NaiveDate> {
    text.and_then(|day| day.parse().ok())
}

/// As counts of lines are kept.
fn many(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
