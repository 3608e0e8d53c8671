//! What the measures share: medians, and the line a bound prints. No crate of its own, so that a measure of the store is
//! optimised with the store and not with the whole program.
#![allow(dead_code, reason = "each measure uses a part")]

use std::io::Write;

/// Runs of each measure; the median counts.
pub(crate) const RUNS: usize = 7;

/// The middle value.
///
/// # Panics
/// Without values.
#[must_use]
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints `name ratio bound ok|over`; whether it holds.
pub(crate) fn report(name: &str, ratio: f64, bound: f64) -> bool {
    line(name, ratio, bound, ratio <= bound)
}

/// As [`report`], of a ratio that the bound must not stay above.
pub(crate) fn report_at_least(name: &str, ratio: f64, bound: f64) -> bool {
    line(name, ratio, bound, ratio >= bound)
}

fn line(name: &str, ratio: f64, bound: f64, holds: bool) -> bool {
    let _ = writeln!(std::io::stdout(), "{name} {ratio:.3} {bound} {}", if holds { "ok" } else { "over" });
    holds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_that_is_not_a_number_does_not_hold() {
        assert!(report("a", 1.2, 1.2));
        assert!(!report("a", 1.21, 1.2));
        assert!(!report("a", f64::NAN, 1.2));
        assert!(report_at_least("a", 0.75, 0.75));
        assert!(!report_at_least("a", 0.74, 0.75));
        assert!(!report_at_least("a", f64::NAN, 0.75));
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
