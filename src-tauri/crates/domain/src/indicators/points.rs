//! Points of a score, to two decimals and without rounding errors in sums.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, iter::Sum};

/// Hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(u32);

impl Points {
    /// That many hundredths of a point.
    #[must_use]
    pub fn hundredths(n: u32) -> Self {
        Self(n)
    }

    /// The nearest hundredth; `None` below 0, above 1.000 or not a number.
    #[must_use]
    pub fn from_number(points: f64) -> Option<Self> {
        // In range, so the cast keeps the value.
        (0.0..=1000.0).contains(&points).then(|| Self((points * 100.0).round() as u32))
    }

    /// As a number of points.
    #[must_use]
    pub fn number(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// In hundredths.
    #[must_use]
    pub fn in_hundredths(self) -> u32 {
        self.0
    }

    /// What is missing to `other`; nothing when it is no more.
    #[must_use]
    pub fn up_to(self, other: Self) -> Self {
        Self(other.0.saturating_sub(self.0))
    }
}

/// `11,79`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Self(points.map(|p| p.0).sum())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.number())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Self::from_number(number).ok_or_else(|| serde::de::Error::custom("points must be 0 to 1000"))
    }
}
