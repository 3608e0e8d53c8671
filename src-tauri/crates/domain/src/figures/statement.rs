//! All 13 figures as somebody states them, and the identities they must satisfy (domain.md §3.1).
//!
//! Of the figures, four are rates and one is a sum; a source that states these can contradict itself in more ways than
//! one that states counts only.

use super::{Check, Counts, ReportKind, plus};
use serde::{Deserialize, Serialize};

/// A rate as printed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StatedRate {
    /// As a fraction: `68,73%` is 0.6873.
    pub fraction: f64,
    /// Digits printed after the comma of the percentage: `68,73%` has 2.
    pub digits: u8,
}

/// The 13 figures as stated by a report. `None` is "not stated".
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Statement {
    /// The counts, without the total.
    pub counts: Counts,
    /// Total handled in the period (figure 3).
    pub total: Option<u64>,
    /// On time ÷ done (figure 6).
    pub on_time_rate: Option<StatedRate>,
    /// Late ÷ done (figure 8).
    pub late_rate: Option<StatedRate>,
    /// Within the deadline ÷ pending (figure 11).
    pub within_deadline_rate: Option<StatedRate>,
    /// Overdue ÷ pending (figure 13).
    pub overdue_rate: Option<StatedRate>,
}

/// Counts alone, as the portal gives them.
impl From<Counts> for Statement {
    fn from(counts: Counts) -> Self {
        Self { counts, ..Self::default() }
    }
}

/// An identity between the 13 figures: received = online + direct, and the nine of domain.md §3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Received = online + direct.
    Channels,
    /// Total = received + carried over.
    Total,
    /// Total = done + pending.
    Handled,
    /// Received and carried over = done + pending: [`Rule::Total`] and [`Rule::Handled`] in one, for statements
    /// without a total.
    Balance,
    /// Done = on time + late.
    DoneSplit,
    /// Pending = within deadline + overdue.
    PendingSplit,
    /// On time ÷ done.
    OnTimeRate,
    /// Late ÷ done.
    LateRate,
    /// Within deadline ÷ pending.
    WithinDeadlineRate,
    /// Overdue ÷ pending.
    OverdueRate,
    /// Carried over = pending at the end of the period before.
    CarriedOver,
}

impl Rule {
    /// Those that one statement is checked by, in the order shown: all but [`Rule::CarriedOver`].
    pub const WITHIN: [Self; 10] = [
        Self::Channels,
        Self::Total,
        Self::Handled,
        Self::Balance,
        Self::DoneSplit,
        Self::PendingSplit,
        Self::OnTimeRate,
        Self::LateRate,
        Self::WithinDeadlineRate,
        Self::OverdueRate,
    ];

    /// Whether [`Check::Broken`] compares rates, in millionths, and not dossiers.
    #[must_use]
    pub fn is_rate(self) -> bool {
        matches!(self, Self::OnTimeRate | Self::LateRate | Self::WithinDeadlineRate | Self::OverdueRate)
    }
}

impl Statement {
    /// Checks one identity.
    ///
    /// A cumulative statement that carries nothing over is checked by [`Rule::Channels`] and [`Rule::Balance`]. With
    /// a total the balance is told by its two halves, and is not judged a second time. [`Rule::CarriedOver`] needs two
    /// statements: [`check_carried_over`].
    #[must_use]
    pub fn check(&self, rule: Rule, kind: ReportKind) -> Check {
        let c = &self.counts;
        match rule {
            Rule::Channels => compare(c.received, plus(c.received_online, c.received_direct)),
            Rule::DoneSplit => compare(c.done, plus(c.on_time, c.late)),
            Rule::PendingSplit => compare(c.pending, plus(c.within_deadline, c.overdue)),
            Rule::Balance if self.total.is_some() => Check::NotEnoughData,
            Rule::Balance => compare(plus(c.received, carried(c, kind)), plus(c.done, c.pending)),
            Rule::Total => compare(self.total, plus(c.received, carried(c, kind))),
            Rule::Handled => compare(self.total, plus(c.done, c.pending)),
            Rule::OnTimeRate => compare_rate(self.on_time_rate, c.on_time_rate()),
            Rule::LateRate => compare_rate(self.late_rate, c.late_rate()),
            Rule::WithinDeadlineRate => compare_rate(self.within_deadline_rate, c.within_deadline_rate()),
            Rule::OverdueRate => compare_rate(self.overdue_rate, c.overdue_rate()),
            Rule::CarriedOver => Check::NotEnoughData,
        }
    }
}

/// Checks [`Rule::CarriedOver`] between the statements of two consecutive periods of the same cell.
#[must_use]
pub fn check_carried_over(before: &Statement, after: &Statement) -> Check {
    compare(after.counts.carried_over, before.counts.pending)
}

/// What a period carries over; nothing when a cumulative report says nothing of it.
fn carried(c: &Counts, kind: ReportKind) -> Option<u64> {
    match kind {
        ReportKind::Periodic => c.carried_over,
        ReportKind::Cumulative => c.carried_over.or(Some(0)),
    }
}

fn compare(whole: Option<u64>, parts: Option<u64>) -> Check {
    match whole.zip(parts) {
        Some((whole, parts)) if whole == parts => Check::Holds,
        Some((whole, parts)) => Check::Broken { whole, parts },
        None => Check::NotEnoughData,
    }
}

/// A printed rate holds when rounding explains the difference; broken ones are told in millionths.
fn compare_rate(stated: Option<StatedRate>, computed: Option<f64>) -> Check {
    let Some((stated, computed)) = stated.zip(computed) else { return Check::NotEnoughData };
    let half_a_digit = 0.5 * 0.01 / 10f64.powi(i32::from(stated.digits));
    // Halves are rounded either way.
    if (stated.fraction - computed).abs() <= half_a_digit + 1e-9 {
        return Check::Holds;
    }
    let millionths = |fraction: f64| (fraction * 1e6).round() as u64;
    Check::Broken { whole: millionths(stated.fraction), parts: millionths(computed) }
}
