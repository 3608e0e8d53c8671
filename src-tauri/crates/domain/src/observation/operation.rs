//! What is measured of the operation: the sync queue, unpaid fees, petitions, and probes of the systems around.

use crate::time::Ms;
use serde::{Deserialize, Serialize};

/// The newest batch of the sync between the province's system and the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncBatch {
    /// When it began.
    pub started_at: Ms,
    /// When it ended; `None` while it runs.
    pub finished_at: Option<Ms>,
    /// Records sent.
    pub sent: u64,
    /// Of these, taken by the other side.
    pub accepted: u64,
    /// Of these, refused by the other side. `accepted + refused ≤ sent`: the rest is not answered yet.
    pub refused: u64,
}

/// The sync queue at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncQueue {
    /// Records that wait to be sent.
    pub waiting: u64,
    /// Records that the sync gave up on; somebody must look at them.
    pub failed: u64,
    /// Since when the oldest waits; `None` exactly when none waits.
    pub oldest_waiting_at: Option<Ms>,
    /// `None` before the first batch.
    pub last_batch: Option<SyncBatch>,
}

/// Fees asked for and not paid yet, of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFees {
    /// Code of the unit on the portal (`H21.17`).
    pub unit: String,
    /// Dossiers with an unpaid fee; at least 1.
    pub dossiers: u64,
    /// Their fees together, đồng.
    pub amount: u64,
    /// When the oldest of them was asked for.
    pub oldest_at: Ms,
}

/// Unpaid fees of all units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeTotals {
    /// Units that have any.
    pub units: u64,
    /// Dossiers with an unpaid fee.
    pub dossiers: u64,
    /// Their fees together, đồng.
    pub amount: u64,
    /// When the oldest of them was asked for; `None` without any.
    pub oldest_at: Option<Ms>,
}

impl FeeTotals {
    /// The sum over units; counts stop at 2⁶⁴ − 1.
    #[must_use]
    pub fn of(units: &[UnitFees]) -> Self {
        units.iter().fold(Self::default(), |sum, unit| Self {
            units: sum.units + 1,
            dossiers: sum.dossiers.saturating_add(unit.dossiers),
            amount: sum.amount.saturating_add(unit.amount),
            oldest_at: Some(sum.oldest_at.map_or(unit.oldest_at, |oldest| oldest.min(unit.oldest_at))),
        })
    }
}

/// Petitions (phản ánh, kiến nghị) of this year by status. `received = processing + answered`, `overdue ≤ processing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionCounts {
    /// All taken since the first of January.
    pub received: u64,
    /// Not answered yet.
    pub processing: u64,
    /// Answered.
    pub answered: u64,
    /// Not answered, and past their term (fifteen working days, domain.md §7.2).
    pub overdue: u64,
}

/// How a system stood when it was probed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeState {
    /// It answered as expected.
    Up,
    /// It did not, and the failure is its own.
    Down,
    /// This machine or its network could not ask: nothing is known of the system.
    Unknown,
}

/// One probe of one surrounding system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeResult {
    /// Id of the probe in the settings (`payment`).
    pub probe: String,
    /// When it was sent.
    pub asked_at: Ms,
    /// How the system stood.
    pub state: ProbeState,
    /// Until the answer was known or given up, ms of real time.
    pub millis: u32,
    /// Status of the answer, where there was one.
    pub status: Option<u16>,
    /// Why not up: a failure code (`timeout`, `server`, `redirect`, …), or `unexpected` for an answer 2xx without the text that
    /// its page should have.
    pub error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_sums_with_the_oldest_of_all() {
        let unit = |unit: &str, dossiers, amount, oldest| UnitFees {
            unit: unit.into(),
            dossiers,
            amount,
            oldest_at: Ms(oldest),
        };
        assert_eq!(FeeTotals::of(&[]), FeeTotals { oldest_at: None, ..FeeTotals::default() });
        let sum = FeeTotals::of(&[unit("a", 2, 50_000, 9), unit("b", 3, u64::MAX, 4)]);
        assert_eq!(sum, FeeTotals { units: 2, dossiers: 5, amount: u64::MAX, oldest_at: Some(Ms(4)) });
    }
}
