//! Instants, the province's day, and the only place that may ask the machine for the time.
//!
//! Instants are UTC milliseconds (`Ms`). The province's day is UTC+7 whatever the PC's zone says (design §4).

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Ms(pub i64);

/// Offset of the province's clock from UTC, in seconds (UTC+7, no daylight saving).
pub const PROVINCE_OFFSET_SECONDS: i32 = 7 * 3600;

fn province_offset() -> FixedOffset {
    FixedOffset::east_opt(PROVINCE_OFFSET_SECONDS).unwrap_or_else(|| unreachable!("7 h is a valid offset"))
}

impl Ms {
    /// The instant in the province's zone. Instants outside chrono's range (±262,000 years) become 1970.
    #[must_use]
    pub fn local(self) -> DateTime<FixedOffset> {
        province_offset().timestamp_millis_opt(self.0).single().unwrap_or_default()
    }

    /// The province's calendar day of this instant.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.local().date_naive()
    }

    /// `hour:minute` of `day` in the province's zone. `hour` is 0–23, `minute` 0–59; other values give midnight.
    #[must_use]
    pub fn at(day: NaiveDate, hour: u32, minute: u32) -> Self {
        let naive = day.and_hms_opt(hour, minute, 0).unwrap_or_default();
        let local = province_offset().from_local_datetime(&naive).single();
        Self(local.map_or(0, |t| t.timestamp_millis()))
    }

    /// Parses RFC 3339, as `2026-05-29T14:00:00+07:00`.
    ///
    /// # Errors
    /// Returns chrono's description when the text is not RFC 3339.
    pub fn parse_rfc3339(text: &str) -> Result<Self, chrono::ParseError> {
        DateTime::parse_from_rfc3339(text).map(|t| Self(t.timestamp_millis()))
    }

    /// RFC 3339 with milliseconds and the province's offset.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        self.local().to_rfc3339_opts(chrono::SecondsFormat::Millis, false)
    }

    /// This instant moved by `millis` (may be negative), saturating.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// Where domain time comes from: due dates, proof windows, freshness, alerts, deadlines.
/// Transport timeouts and token lifetimes use real time instead.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant.
    fn now(&self) -> Ms;

    /// Its time per real time: 1 but in training, where it may run faster, or stand (0).
    fn speed(&self) -> f64 {
        1.0
    }

    /// Whether time is played: then pauses between requests pass by this clock, or a night in eight minutes would be spent
    /// waiting. The machine's clock may be set; pauses by it pass in real time.
    fn is_played(&self) -> bool {
        false
    }
}

/// A clock shared between parts.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // The one place that may.
    fn now(&self) -> Ms {
        Ms(Utc::now().timestamp_millis())
    }
}

/// A clock that stands still until it is moved; for tests and for writing seeded history.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Ms>>);

impl ManualClock {
    /// A clock that shows `start`.
    #[must_use]
    pub fn new(start: Ms) -> Self {
        Self(Arc::new(Mutex::new(start)))
    }

    /// Shows `to` from now on, also when that is earlier.
    pub fn set(&self, to: Ms) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }

    /// Moves by `millis`.
    pub fn advance(&self, millis: i64) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.plus(millis);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Ms {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_province_day_starts_at_17_00_utc() {
        let before = Ms::parse_rfc3339("2026-05-28T16:59:59Z").expect("valid");
        assert_eq!(before.day().to_string(), "2026-05-28");
        assert_eq!(before.plus(1000).day().to_string(), "2026-05-29");
    }

    #[test]
    fn at_and_local_are_inverse() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 29).expect("valid");
        assert_eq!(Ms::at(day, 22, 0).to_rfc3339(), "2026-05-29T22:00:00.000+07:00");
    }
}
