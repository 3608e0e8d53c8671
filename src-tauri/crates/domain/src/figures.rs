//! Arithmetic of the dossier figures: sums that keep "not reported" apart from 0, and the identities that must hold
//! (domain.md §3.1, §0.4).
//!
//! Must not know where figures come from. Nothing is assumed to add up: it is computed, compared and shown.

use serde::{Deserialize, Serialize};

pub mod breaks;
pub mod cell;
pub mod statement;

/// The counts of one cell, without what they are counted for. `None` is "not reported".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Received in the period.
    pub received: Option<u64>,
    /// Of these, online.
    pub received_online: Option<u64>,
    /// Of these, in person.
    pub received_direct: Option<u64>,
    /// Carried over from the period before.
    pub carried_over: Option<u64>,
    /// Done.
    pub done: Option<u64>,
    /// Done on time.
    pub on_time: Option<u64>,
    /// Done late.
    pub late: Option<u64>,
    /// Pending at the end.
    pub pending: Option<u64>,
    /// Pending within the deadline.
    pub within_deadline: Option<u64>,
    /// Pending beyond the deadline.
    pub overdue: Option<u64>,
}

/// The sum of both, `None` when either was not reported; saturating.
fn plus(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a?.saturating_add(b?))
}

/// Part ÷ whole; `None` when either is unknown or the whole is nothing.
fn rate(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let (part, whole) = part.zip(whole.filter(|whole| *whole > 0))?;
    Some(part as f64 / whole as f64)
}

impl Counts {
    /// Sum over cells of the **same period** (fields, systems, units). A count that one cell did not report is not
    /// known of the sum either. `None` without cells.
    #[must_use]
    pub fn sum(cells: impl IntoIterator<Item = Self>) -> Option<Self> {
        cells.into_iter().reduce(|a, b| Self {
            carried_over: plus(a.carried_over, b.carried_over),
            pending: plus(a.pending, b.pending),
            within_deadline: plus(a.within_deadline, b.within_deadline),
            overdue: plus(a.overdue, b.overdue),
            ..a.flows_plus(b)
        })
    }

    /// Joins the cells of **consecutive periods**, earliest first: what flows is summed, while what stands is taken
    /// from the ends (carried over from the first, pending from the last). `None` without cells.
    #[must_use]
    pub fn join(periods: impl IntoIterator<Item = Self>) -> Option<Self> {
        periods.into_iter().reduce(|a, b| Self {
            carried_over: a.carried_over,
            pending: b.pending,
            within_deadline: b.within_deadline,
            overdue: b.overdue,
            ..a.flows_plus(b)
        })
    }

    /// The counts of what flows, added up.
    fn flows_plus(self, b: Self) -> Self {
        Self {
            received: plus(self.received, b.received),
            received_online: plus(self.received_online, b.received_online),
            received_direct: plus(self.received_direct, b.received_direct),
            done: plus(self.done, b.done),
            on_time: plus(self.on_time, b.on_time),
            late: plus(self.late, b.late),
            ..self
        }
    }

    /// Received and carried over together (figure 3).
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        plus(self.received, self.carried_over)
    }

    /// Done on time ÷ done, 0..=1 for figures that add up; `None` when either is unknown or nothing was done.
    #[must_use]
    pub fn on_time_rate(&self) -> Option<f64> {
        rate(self.on_time, self.done)
    }

    /// Done late ÷ done, likewise.
    #[must_use]
    pub fn late_rate(&self) -> Option<f64> {
        rate(self.late, self.done)
    }

    /// Pending within the deadline ÷ pending, likewise.
    #[must_use]
    pub fn within_deadline_rate(&self) -> Option<f64> {
        rate(self.within_deadline, self.pending)
    }

    /// Overdue ÷ pending, likewise.
    #[must_use]
    pub fn overdue_rate(&self) -> Option<f64> {
        rate(self.overdue, self.pending)
    }
}

/// What a report covers, which decides how its balance is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// One period among others (a month): the balance needs what was carried over.
    Periodic,
    /// From the start of counting (01/01 of document 002): without a carried-over figure, received alone must equal
    /// done and pending.
    Cumulative,
}

/// Result of one identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Check {
    /// Both sides are equal.
    Holds,
    /// They differ.
    Broken {
        /// The whole.
        whole: u64,
        /// The sum of its parts.
        parts: u64,
    },
    /// "Chưa đủ dữ liệu": a figure it needs was not reported.
    NotEnoughData,
}

impl Check {
    /// Whole − parts when broken, otherwise 0; saturating.
    #[must_use]
    pub fn difference(self) -> i64 {
        match self {
            Self::Broken { whole, parts } => i64::try_from(i128::from(whole) - i128::from(parts))
                .unwrap_or(if whole > parts { i64::MAX } else { i64::MIN }),
            Self::Holds | Self::NotEnoughData => 0,
        }
    }
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
