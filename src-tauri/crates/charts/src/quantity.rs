//! What the numbers of a figure measure: counts of something, or shares of a whole. Decides how they read in the picture,
//! in the table and on the axis.

use crate::ChartError;
use crate::format::{decimal, percent};
use serde::{Deserialize, Serialize};

/// What the values of a figure measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Quantity {
    /// Counts, 0 and up. The picture shows them divided, with one decimal; table and hot spots show them whole.
    Count {
        /// What the picture divides by: 1, or 1,000 for thousands.
        divisor: u32,
        /// Name of the divided unit, over the axis ("nghìn hồ sơ").
        unit: String,
    },
    /// Shares of 0..=1, shown as percentages.
    Share,
}

/// More of anything is a mistake: above it a number has no exact whole.
pub(crate) const MOST: f64 = 9_007_199_254_740_992.0;
/// Said where a value is not known.
pub(crate) const UNKNOWN: &str = "chưa rõ";

impl Quantity {
    /// Refuses what cannot be such a value.
    pub(crate) fn check<'a>(
        &self,
        values: impl IntoIterator<Item = &'a Option<f64>>,
    ) -> Result<(), ChartError> {
        if matches!(self, Self::Count { divisor: 0, .. }) {
            return Err(ChartError::Input("the divisor is 0".into()));
        }
        let most = if *self == Self::Share { 1.0 } else { MOST };
        match values.into_iter().flatten().find(|v| !(0.0..=most).contains(*v)) {
            Some(value) => Err(ChartError::Input(format!("{value} is not within 0 and {most}"))),
            None => Ok(()),
        }
    }

    /// What one step on the axis of the picture is worth.
    pub(crate) fn divisor(&self) -> f64 {
        match self {
            Self::Count { divisor, .. } => f64::from(*divisor),
            Self::Share => 0.01,
        }
    }

    /// Whole, for the table: "–" where it is unknown.
    pub(crate) fn cell(&self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".into(), |v| self.whole(v))
    }

    /// Whole, in words.
    pub(crate) fn said(&self, value: Option<f64>) -> String {
        value.map_or_else(|| UNKNOWN.into(), |v| self.whole(v))
    }

    fn whole(&self, value: f64) -> String {
        match self {
            Self::Count { .. } => decimal(value, 0),
            Self::Share => percent(value),
        }
    }

    /// Divided, for the picture.
    pub(crate) fn short(&self, value: f64) -> String {
        match self {
            Self::Count { divisor: 1, .. } => decimal(value, 0),
            Self::Count { divisor, .. } => decimal(value / f64::from(*divisor), 1),
            Self::Share => percent(value),
        }
    }

    /// Name over the axis.
    pub(crate) fn unit(&self) -> &str {
        match self {
            Self::Count { unit, .. } => unit,
            Self::Share => "%",
        }
    }

    /// From `before` to `now`: counts in percent of what was, shares in points. `None` where either is unknown, and for a
    /// count that was 0, of which there is no percentage.
    pub(crate) fn change(&self, now: Option<f64>, before: Option<f64>) -> Option<Change> {
        let (now, before) = (now?, before?);
        let (by, unit) = match self {
            Self::Count { .. } if before == 0.0 && now != 0.0 => return None,
            Self::Count { .. } if before == 0.0 => (0.0, "%"),
            Self::Count { .. } => ((now - before) / before * 100.0, "%"),
            Self::Share => ((now - before) * 100.0, " điểm"),
        };
        Some(Change { by: (by * 10.0).round() / 10.0, unit })
    }
}

/// A change, rounded as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Change {
    by: f64,
    unit: &'static str,
}

impl Change {
    /// Above 0 for more, below for less, 0 for what shows as no change.
    pub(crate) fn sign(self) -> i8 {
        if self.by > 0.0 {
            1
        } else if self.by < 0.0 {
            -1
        } else {
            0
        }
    }

    /// Without its sign, which the picture shows as a triangle: "12,3%".
    pub(crate) fn amount(self) -> String {
        let places = usize::from(self.by.abs() < 100.0);
        format!("{}{}", decimal(self.by.abs(), places), self.unit)
    }

    /// "tăng 12,3%", "giảm 0,4 điểm", "không đổi".
    pub(crate) fn words(self) -> String {
        match self.sign() {
            0 => "không đổi".into(),
            1 => format!("tăng {}", self.amount()),
            _ => format!("giảm {}", self.amount()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(divisor: u32) -> Quantity {
        Quantity::Count { divisor, unit: String::new() }
    }

    #[test]
    fn values_are_short_in_the_picture_and_whole_in_the_table() {
        assert_eq!(counts(1000).short(71_214.0), "71,2");
        assert_eq!(counts(1000).cell(Some(71_214.0)), "71.214");
        assert_eq!(counts(1).short(1204.0), "1.204");
        assert_eq!((Quantity::Share.short(0.9796), Quantity::Share.cell(None)), ("97,9%".into(), "–".into()));
    }

    #[test]
    fn a_change_of_counts_is_in_percent_and_of_shares_in_points() {
        let words = |q: &Quantity, now, before| q.change(now, before).map(Change::words);
        assert_eq!(words(&counts(1), Some(1123.0), Some(1000.0)).as_deref(), Some("tăng 12,3%"));
        assert_eq!(words(&Quantity::Share, Some(0.97), Some(0.974)).as_deref(), Some("giảm 0,4 điểm"));
        assert_eq!(words(&counts(1), Some(1_000_001.0), Some(1_000_000.0)).as_deref(), Some("không đổi"));
        assert_eq!(words(&counts(1), Some(3000.0), Some(1000.0)).as_deref(), Some("tăng 200%"));
        // Of nothing there is no percentage, and of the unknown no change.
        assert_eq!(words(&counts(1), Some(5.0), Some(0.0)), None);
        assert_eq!(words(&counts(1), Some(5.0), None), None);
        assert_eq!(words(&counts(1), Some(0.0), Some(0.0)).as_deref(), Some("không đổi"));
    }

    #[test]
    fn what_is_no_count_and_no_share_is_refused() {
        assert!(Quantity::Share.check(&[Some(1.1)]).is_err());
        assert!(counts(1).check(&[Some(-1.0)]).is_err());
        assert!(counts(1).check(&[Some(f64::NAN)]).is_err());
        assert!(counts(0).check(&[]).is_err());
        assert!(counts(1).check(&[Some(1e15), None]).is_ok());
    }
}
