//! Two flows per period as columns (what came in: outline; what was dealt with: solid) and the stock at the end of the
//! period as a line with diamonds, on one zero-based axis, its values in a row below.

use crate::format::{decimal, known, nfc, nice_step};
use crate::geometry::{Anchor, LABEL, Rect, SMALL, Text};
use crate::palette::Role;
use crate::scene::Scene;
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// One period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnGroup {
    /// Name under the columns ("T5").
    pub label: String,
    /// The caller's key.
    pub key: Option<String>,
    /// What came in.
    pub received: Option<u64>,
    /// What was dealt with.
    pub done: Option<u64>,
    /// What remained at the end of the period.
    pub stock: Option<u64>,
    /// The period is not over or not fully counted; marked with `*`.
    pub partial: bool,
}

/// The words of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLabels {
    /// Head of the periods ("Tháng").
    pub period: String,
    /// What came in ("tiếp nhận").
    pub received: String,
    /// What was dealt with ("đã xử lý").
    pub done: String,
    /// What remained ("tồn cuối tháng").
    pub stock: String,
    /// Meaning of the star ("đến 15/05").
    pub partial: String,
}

/// Input of [`crate::grouped_columns_with_stock`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupedColumns {
    /// Periods from left to right.
    pub groups: Vec<ColumnGroup>,
    /// Words.
    pub labels: ColumnLabels,
    /// The picture shows values divided by this, with one decimal (1,000 for thousands); the table shows them whole.
    pub divisor: u32,
    /// Name of the divided unit ("nghìn").
    pub unit: String,
}

const WIDTH: u32 = 240;

pub(crate) fn least_size(input: &GroupedColumns) -> Size {
    Size {
        width: WIDTH.max(24 * u32::try_from(input.groups.len()).unwrap_or(u32::MAX / 24).min(u32::MAX / 24)),
        height: 150,
    }
}

pub(crate) fn lay_out(input: &GroupedColumns, size: Size) -> Result<Scene, ChartError> {
    if input.divisor == 0 {
        return Err(ChartError::Input("the divisor is 0".into()));
    }
    let labels = &input.labels;
    let mut scene = Scene::new(size);
    let columns = [labels.period.as_str(), &labels.received, &labels.done, &labels.stock];
    let values = || input.groups.iter().flat_map(|g| [g.received, g.done, g.stock]);
    if values().all(|v| v.is_none()) {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let divided = |v: u64| v as f64 / f64::from(input.divisor);
    let shown = |v: u64| decimal(divided(v), usize::from(input.divisor > 1));

    // Legend on top, in the order of the marks; the line's mark is drawn, not a box.
    let legend = [
        (labels.received.clone(), Fill::Empty, Role::Accent),
        (labels.done.clone(), Fill::Solid, Role::Teal),
    ];
    let has_stock = input.groups.iter().any(|g| g.stock.is_some());
    let mut foot = scene.legend(0.0, 12.0, width, &legend);
    if has_stock {
        let used = |label: &String| text_width(&nfc(label), LABEL, false) + 29.0;
        let lines = Scene::legend_lines(width, [&labels.received, &labels.done, &labels.stock]);
        let mut x = used(&labels.received) + used(&labels.done);
        if lines > 1 {
            (x, foot) = (0.0, foot + 17.0);
        }
        if scene.text(Text::new(x + 25.0, foot, &labels.stock).role(Role::Ink2).fit(width - x - 25.0)) {
            scene.line(&[(x, foot - 4.0), (x + 20.0, foot - 4.0)], 1.5, Role::Plum);
            diamond(&mut scene, (x + 10.0, foot - 4.0));
        }
    }

    let most = values().flatten().map(divided).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let most = if most < 1e-9 { 1.0 } else { most };
    let step = nice_step(most, 4);
    let top_value = (most / step).ceil() * step;
    let ticks = (top_value / step).round() as usize;
    let tick_text = |i: usize| decimal(step * i as f64, usize::from(step < 1.0));
    let left = (0..=ticks).map(|i| text_width(&tick_text(i), SMALL, false)).fold(12.0, f64::max) + 8.0;
    let star = input.groups.iter().any(|g| g.partial);
    let note = if star && !labels.partial.is_empty() { 16.0 } else { 0.0 };
    let stock_row = if has_stock { 14.0 } else { 0.0 };
    let plot = Rect::new(left, foot + 27.0, width - left, height - foot - 27.0 - 20.0 - stock_row - note);
    let y_of = |v: f64| plot.bottom() - plot.h * (v / top_value).clamp(0.0, 1.0);
    for i in 0..=ticks {
        let y = y_of(step * i as f64).round() - 0.5;
        scene.line(&[(plot.x, y), (plot.right(), y)], 1.0, if i == 0 { Role::Ink3 } else { Role::Line });
        scene.text(Text::new(left - 6.0, y + 4.0, tick_text(i)).em(SMALL).anchor(Anchor::End));
    }
    // The unit stands over the axis, where the numbers are read.
    scene.text(Text::new(0.0, plot.y - 11.0, &input.unit).em(SMALL));

    let slot = plot.w / input.groups.len() as f64;
    let bar = ((slot - 8.0) / 2.0).clamp(3.0, 32.0);
    let center = |i: usize| plot.x + slot * (i as f64 + 0.5);
    for (i, group) in input.groups.iter().enumerate() {
        let name = if group.partial { format!("{}*", group.label) } else { group.label.clone() };
        let index =
            scene.row(vec![name.clone(), known(group.received), known(group.done), known(group.stock)]);
        let sides = [
            (center(i) - bar - 0.5, group.received, Fill::Empty),
            (center(i) + 0.5, group.done, Fill::Solid),
        ];
        for (x, value, fill) in sides {
            let foot = plot.bottom() - 0.5;
            match value {
                Some(value) => {
                    let y = y_of(divided(value)).min(foot);
                    let rect = Rect::new(x, y, bar, foot - y);
                    match fill {
                        Fill::Empty => scene.outline(rect, 1.5, Role::Accent),
                        _ => scene.fill(rect, fill, Role::Teal),
                    }
                    scene.reserve(rect);
                }
                None => scene.fill(Rect::new(x, foot - 10.0, bar, 10.0), Fill::Dotted, Role::Unk),
            }
        }
        let part = |label: &str, v: Option<u64>| format!("{label} {}", known(v));
        let said = [
            part(&labels.received, group.received),
            part(&labels.done, group.done),
            part(&labels.stock, group.stock),
        ];
        let label = format!("{name}: {}", said.join(", "));
        scene.hotspot(
            Rect::new(plot.x + slot * i as f64, plot.y, slot, plot.h + 18.0 + stock_row),
            &label,
            Some(index),
            group.key.clone(),
        );
        let text = Text::new(center(i), plot.bottom() + 15.0, name).role(Role::Ink2).anchor(Anchor::Middle);
        scene.text(text.fit(slot - 2.0));
    }

    // The stock, a gap where it is unknown.
    let at = |i: usize, v: u64| (center(i), y_of(divided(v)));
    let points: Vec<_> =
        input.groups.iter().enumerate().filter_map(|(i, g)| g.stock.map(|v| (i, v))).collect();
    for pair in points.windows(2).filter(|p| p[1].0 == p[0].0 + 1) {
        // A halo of the panel's colour keeps the line readable on the columns.
        let (from, to) = (at(pair[0].0, pair[0].1), at(pair[1].0, pair[1].1));
        scene.line(&[from, to], 4.0, Role::Bg);
        scene.line(&[from, to], 2.0, Role::Plum);
    }
    for (i, value) in &points {
        diamond(&mut scene, at(*i, *value));
        let (x, y) = at(*i, *value);
        scene.reserve(Rect::new(x - 5.0, y - 5.0, 10.0, 10.0));
    }
    // Values: received first, then the stock, then done, each where there is room.
    for (i, group) in input.groups.iter().enumerate() {
        if let Some(value) = group.received {
            let text = Text::new(0.0, 0.0, shown(value)).em(SMALL).role(Role::Accent);
            let (x, y) = (center(i) - bar / 2.0, y_of(divided(value)) - 4.0);
            scene.text_at_first(&text, [(x, y, Anchor::Middle), (x + bar / 2.0, y, Anchor::End)]);
        }
    }
    // The stock's values stand in a row of their own under the periods: on the columns they would be unreadable.
    for (i, value) in &points {
        let text =
            Text::new(center(*i), plot.bottom() + 30.0, shown(*value)).em(SMALL).bold().role(Role::Plum);
        scene.text_with_air(text.anchor(Anchor::Middle), 1.0);
    }
    if has_stock {
        diamond(&mut scene, (left - 11.0, plot.bottom() + 26.0));
    }
    // Two numbers that touch read as one: those of what is done stand all or not at all.
    let done: Vec<Text> = (input.groups.iter().enumerate())
        .filter_map(|(i, group)| {
            let value = group.done?;
            let text = Text::new(center(i) + bar / 2.0, y_of(divided(value)) - 4.0, shown(value));
            Some(text.em(SMALL).role(Role::Teal).anchor(Anchor::Middle))
        })
        .collect();
    if done.iter().all(|text| scene.has_air(text, 3.0)) {
        for text in done {
            scene.text(text);
        }
    }
    if note > 0.0 {
        scene
            .text(Text::new(left, height - 3.0, format!("* {}", labels.partial)).em(SMALL).fit(width - left));
    }
    let last = scene.hotspots.last().map(|h| h.label.clone()).unwrap_or_default();
    scene.summary = nfc(&format!("{} {}; {last}.", input.groups.len(), labels.period.to_lowercase()));
    Ok(scene)
}

fn diamond(scene: &mut Scene, (x, y): (f64, f64)) {
    scene.area(&[(x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y)], Role::Bg);
    scene.area(&[(x, y - 4.0), (x + 4.0, y), (x, y + 4.0), (x - 4.0, y)], Role::Plum);
}
