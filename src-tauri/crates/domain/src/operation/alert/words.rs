//! The words of an alert, filled in from its rule's texts.

use super::{Graph, Kind, Rule, reading::Reading};
use crate::{operation::signal::Metric, text, time::Ms};

/// A value of a metric as people read it: `86,2%`, `4,1 giây`, `12 phút`, `1.204`.
#[must_use]
#[allow(clippy::cast_possible_truncation)] // Values are far below 2^63.
pub fn quantity(metric: Metric, value: f64) -> String {
    match metric {
        Metric::Up => (if value < 0.5 { "không chạy" } else { "chạy" }).to_owned(),
        Metric::SuccessRate | Metric::CallsAgainstUsual => text::percent(value, 1),
        Metric::P95 if value >= 1000.0 => format!("{} giây", tenths(value / 1000.0)),
        Metric::P95 => format!("{} ms", text::number(value.round() as i64)),
        Metric::Age if value < 60.0 => format!("{} giây", value.round()),
        Metric::Age => format!("{} phút", text::number((value / 60.0).floor() as i64)),
        Metric::Calls => tenths(value),
        Metric::Waiting | Metric::Failed | Metric::Unpaid => text::number(value.round() as i64),
    }
}

#[allow(clippy::cast_possible_truncation)]
fn tenths(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    match tenths % 10 {
        0 => text::number(tenths / 10),
        part => format!("{},{}", text::number(tenths / 10), part.abs()),
    }
}

/// Title and detail of what a rule found.
pub(super) fn told(rule: &Rule, graph: &Graph, node: &str, reading: &Reading, since: Ms) -> (String, String) {
    let limit = match (rule.kind, rule.limit) {
        (Kind::Absence, _) | (_, None) => String::new(),
        (_, Some(limit)) => quantity(rule.metric, limit.bad),
    };
    let value = reading.value.map_or_else(|| "không rõ".to_owned(), |value| quantity(rule.metric, value));
    let note = reading.note.as_deref().map(|note| format!("Lỗi cuối: {note}.")).unwrap_or_default();
    let since = since.local().format("%H:%M %d/%m").to_string();
    let fill = |template: &str| {
        let filled = [
            ("{node}", graph.name(node)),
            ("{value}", &value),
            ("{limit}", &limit),
            ("{since}", &since),
            ("{note}", &note),
        ]
        .into_iter()
        .fold(template.to_owned(), |text, (place, word)| text.replace(place, word));
        filled.trim().to_owned()
    };
    (fill(&rule.title), fill(&rule.detail))
}
