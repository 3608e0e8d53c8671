//! One figure of two reports beside each other: how it reads and how it moved.

use crate::{
    dossiers::count,
    wire::{BriefingFigure, BriefingTone},
};
use pvhcc_domain::text::percent;

/// What is not known.
pub(super) const UNKNOWN: &str = "–";

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    More,
    Less,
    /// Neither.
    Even,
}

/// A count of both reports; a report that there is not knows nothing.
pub(super) fn counted(
    label: &str,
    today: Option<u64>,
    before: Option<u64>,
    better: Better,
) -> BriefingFigure {
    let change = today.zip(before).map(|(now, then)| i128::from(now) - i128::from(then));
    let words = match change {
        None => String::new(),
        Some(0) => "không đổi".to_owned(),
        Some(by) => {
            format!("{}{}", sign(by > 0), count(u64::try_from(by.unsigned_abs()).unwrap_or(u64::MAX)))
        }
    };
    let shown = |n: Option<u64>| n.map_or_else(|| UNKNOWN.to_owned(), count);
    BriefingFigure {
        label: label.to_owned(),
        today: shown(today),
        before: shown(before),
        change: words,
        tone: tone(change.map(|by| by.signum() as f64), better),
    }
}

/// A rate of both reports; it moves in points.
pub(super) fn rated(label: &str, today: Option<f64>, before: Option<f64>, better: Better) -> BriefingFigure {
    // What cannot be told apart as shown did not move.
    let rounded = |rate: f64| (rate * 10_000.0).round() / 100.0;
    let change = today.zip(before).map(|(now, then)| rounded(now) - rounded(then));
    let words = match change {
        None => String::new(),
        Some(by) if by.abs() < 0.005 => "không đổi".to_owned(),
        Some(by) => format!("{}{} điểm", sign(by > 0.0), percent(by.abs() / 100.0, 2).trim_end_matches('%')),
    };
    let shown = |rate: Option<f64>| rate.map_or_else(|| UNKNOWN.to_owned(), |rate| percent(rate, 2));
    BriefingFigure {
        label: label.to_owned(),
        today: shown(today),
        before: shown(before),
        change: words,
        tone: tone(change.map(|by| if by.abs() < 0.005 { 0.0 } else { by }), better),
    }
}

fn sign(up: bool) -> &'static str {
    if up { "+" } else { "−" }
}

fn tone(change: Option<f64>, better: Better) -> BriefingTone {
    match (change, better) {
        (None, _) => BriefingTone::Unknown,
        (Some(0.0), _) | (_, Better::Even) => BriefingTone::Plain,
        (Some(by), Better::More) if by > 0.0 => BriefingTone::Better,
        (Some(by), Better::Less) if by < 0.0 => BriefingTone::Better,
        _ => BriefingTone::Worse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_report_does_not_know_has_not_moved() {
        let seen = counted("Quá hạn", Some(6), None, Better::Less);
        assert_eq!((seen.before.as_str(), seen.change.as_str(), seen.tone), ("–", "", BriefingTone::Unknown));
        let none = rated("Đúng hẹn", None, Some(0.98), Better::More);
        assert_eq!((none.today.as_str(), none.tone), ("–", BriefingTone::Unknown));
    }

    #[test]
    fn a_move_has_its_sign_and_is_good_or_bad_as_the_figure_has_it() {
        let figure = |now, then, better| counted("", Some(now), Some(then), better);
        assert_eq!(figure(338_923, 337_900, Better::Even).change, "+1.023");
        assert_eq!(figure(5, 6, Better::Less).tone, BriefingTone::Better);
        assert_eq!(
            (figure(5, 6, Better::More).change.as_str(), figure(5, 6, Better::More).tone),
            ("−1", BriefingTone::Worse)
        );
        assert_eq!(
            (figure(6, 6, Better::Less).change.as_str(), figure(6, 6, Better::Less).tone),
            ("không đổi", BriefingTone::Plain)
        );
        let rate = rated("", Some(0.986), Some(0.9812), Better::More);
        assert_eq!((rate.today.as_str(), rate.change.as_str()), ("98,6%", "+0,48 điểm"));
        assert_eq!(rated("", Some(0.986), Some(0.986_000_1), Better::More).change, "không đổi");
    }
}
