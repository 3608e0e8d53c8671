//! Numbers and dates as Vietnamese readers write them. No locale library: the rules are three.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// `338923` → `338.923`.
#[must_use]
pub fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// `71.24, 1` → `71,2`; the whole part is grouped. Not-a-number is "–".
#[must_use]
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse::<u64>().map_or_else(|_| whole.to_owned(), thousands);
    let sign = if value < 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0') { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{part}") }
}

/// A share of 0..=1 as `98,6%`, without needless zeros (`98%`). Rounded down, so that 97,96 never reads as a reached 98.
#[must_use]
pub fn percent(share: f64) -> String {
    // The nudge undoes binary noise: 0.912 × 1000 is 911.999….
    let tenths = (share * 1000.0 + 1e-6).floor() / 10.0;
    let text = decimal(tenths, 1);
    format!("{}%", text.strip_suffix(",0").unwrap_or(&text))
}

/// `dd/MM`.
#[must_use]
pub fn day_month(day: NaiveDate) -> String {
    day.format("%d/%m").to_string()
}

/// `dd/MM/yyyy`.
pub(crate) fn full_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// Composed form on one line: the drawing places letter by letter, so loose marks would float beside their letters.
pub(crate) fn nfc(text: &str) -> String {
    text.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// As in the middle of a sentence: "So với T4" → "so với T4", while "TTHC" stays.
pub(crate) fn amid(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// A count that may be unknown.
pub(crate) fn known(value: Option<u64>) -> String {
    value.map_or_else(|| "–".into(), thousands)
}

/// A step of 1, 2, 3 or 5 × 10ⁿ that cuts `max` into at most `most` parts; one that divides `max` exactly is preferred.
pub(crate) fn nice_step(max: f64, most: usize) -> f64 {
    let least = max / most.max(1) as f64;
    let power = 10f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0].map(|m| m * power);
    let fits = || steps.into_iter().filter(|step| *step >= least * 0.999_999);
    let exact = |step: &f64| {
        let parts = max / step;
        (parts - parts.round()).abs() < 1e-6 && parts >= 2.0
    };
    fits().take(3).find(exact).or_else(|| fits().next()).unwrap_or(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_the_vietnamese_way() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(338_923), "338.923");
        assert_eq!(thousands(1_234_567), "1.234.567");
        assert_eq!(decimal(71.24, 1), "71,2");
        assert_eq!(decimal(-1234.5, 1), "-1.234,5");
        assert_eq!(decimal(-0.01, 1), "0,0");
        assert_eq!(decimal(f64::NAN, 1), "–");
    }

    #[test]
    fn only_the_first_letter_is_lowered_and_abbreviations_stay() {
        assert_eq!(
            ["So với T4", "Đúng hạn", "TTHC", "Ở", ""].map(amid),
            ["so với T4", "đúng hạn", "TTHC", "ở", ""]
        );
    }

    #[test]
    fn a_rate_just_under_the_bar_never_reads_as_the_bar() {
        assert_eq!(percent(0.9796), "97,9%");
        assert_eq!(percent(0.912), "91,2%");
        assert_eq!(percent(0.98), "98%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.99999), "99,9%");
    }

    #[test]
    fn axis_steps_are_round_and_few() {
        assert_eq!(nice_step(90.0, 4), 30.0);
        assert_eq!(nice_step(100.0, 4), 50.0);
        for max in 1..2000u32 {
            let step = nice_step(f64::from(max), 4);
            assert!(f64::from(max) / step <= 4.001, "{max}: {step}");
        }
    }
}
