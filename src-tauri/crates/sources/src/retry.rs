//! How long to wait before trying again. Pure: chance is a number in 0..1 given by the caller.

use chrono::{DateTime, NaiveDateTime};
use pvhcc_domain::time::Ms;
use std::time::Duration;

/// Backoff of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts in all, the first included; at least 1.
    pub attempts: u32,
    /// Upper bound of the first wait; doubles with each attempt.
    pub base: Duration,
    /// Upper bound of any wait.
    pub cap: Duration,
    /// A `Retry-After` up to this is waited for within the call; a longer one ends the call.
    pub longest_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            longest_wait: Duration::from_secs(5),
        }
    }
}

impl RetryPolicy {
    /// Full jitter: anything from nothing to the doubled, capped bound. `failed` counts the attempts so far (1…);
    /// `chance` in 0..1.
    #[must_use]
    pub fn backoff(&self, failed: u32, chance: f64) -> Duration {
        let factor = 1_u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX);
        let bound = self.base.checked_mul(factor).unwrap_or(self.cap).min(self.cap);
        bound.mul_f64(chance.clamp(0.0, 1.0))
    }
}

/// Longest `Retry-After` believed: a day. Anything longer is treated as a day.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(86_400);

/// Reads `Retry-After`: seconds, or an HTTP date, which is measured from the answer's own `Date` where it has one
/// (the two clocks need not agree), else from `now`. A date in the past is no wait; nonsense is `None`.
#[must_use]
pub fn retry_after(value: &str, date: Option<&str>, now: Ms) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(value.parse().map_or(LONGEST_RETRY_AFTER, Duration::from_secs).min(LONGEST_RETRY_AFTER));
    }
    let until = http_date(value)?;
    let from = date.and_then(http_date).unwrap_or(now);
    let wait = u64::try_from(until.0.saturating_sub(from.0)).unwrap_or(0);
    Some(Duration::from_millis(wait).min(LONGEST_RETRY_AFTER))
}

/// The three forms of RFC 9110 §5.6.7.
fn http_date(text: &str) -> Option<Ms> {
    if let Ok(t) = DateTime::parse_from_rfc2822(text) {
        return Some(Ms(t.timestamp_millis()));
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|t| Ms(t.and_utc().timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seconds_and_all_forms_of_date_give_the_same_wait() {
        let now = Ms::parse_rfc3339("1994-11-06T08:49:30Z").expect("valid");
        for text in [
            "7",
            " 7 ",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(retry_after(text, None, now), Some(Duration::from_secs(7)), "{text}");
        }
    }

    #[test]
    fn a_date_is_measured_from_the_answers_own_date() {
        let wait = retry_after(
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some("Sun, 06 Nov 1994 08:49:35 GMT"),
            Ms::parse_rfc3339("2026-05-29T14:00:00Z").expect("valid"),
        );
        assert_eq!(wait, Some(Duration::from_secs(2)));
    }

    #[test]
    fn the_past_is_no_wait_nonsense_is_nothing_and_for_ever_is_a_day() {
        let now = Ms::parse_rfc3339("2026-05-29T14:00:00Z").expect("valid");
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", None, now), Some(Duration::ZERO));
        for nonsense in ["", "-5", "soon", "1.5"] {
            assert_eq!(retry_after(nonsense, None, now), None, "{nonsense}");
        }
        assert_eq!(retry_after("99999999999999999999999", None, now), Some(LONGEST_RETRY_AFTER));
    }

    proptest! {
        #[test]
        fn backoff_stays_within_the_doubled_and_capped_bound(failed in 1_u32..100, chance in 0.0_f64..1.0) {
            let policy = RetryPolicy::default();
            let wait = policy.backoff(failed, chance);
            prop_assert!(wait <= policy.cap);
            if failed <= 4 {
                prop_assert!(wait <= policy.base * (1 << (failed - 1)));
            }
        }
    }

    #[test]
    fn jitter_is_full_from_nothing_to_the_bound() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.backoff(2, 0.0), Duration::ZERO);
        assert_eq!(policy.backoff(2, 1.0), Duration::from_secs(1));
    }
}
