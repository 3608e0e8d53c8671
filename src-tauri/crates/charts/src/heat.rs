//! Rows × periods as cells of a sequential scale in classes of about equal size, the value in each cell that has room for
//! it. The picture shows the rows that fit and says how many follow; the table has them all. An unknown cell is dotted.

use crate::format::{nfc, thousands};
use crate::geometry::{Anchor, Rect, SMALL, Text};
use crate::palette::{CLASSES, Role, on_class};
use crate::quantity::{Quantity, UNKNOWN};
use crate::scene::{Names, Scene};
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeatColumn {
    /// Name over the cells ("T5").
    pub label: String,
    /// The period is not over or not fully counted; marked with `*`.
    pub partial: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    /// Its value; `None` is unknown.
    pub value: Option<f64>,
    /// The caller's key.
    pub key: Option<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatRow {
    /// Name on the left.
    pub label: String,
    /// The caller's key of the whole row.
    pub key: Option<String>,
    /// One cell a column.
    pub cells: Vec<HeatCell>,
}

/// Input of [`crate::heat_map`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// Columns from left to right.
    pub columns: Vec<HeatColumn>,
    /// Rows from top to bottom, what matters most first: the picture shows as many as fit.
    pub rows: Vec<HeatRow>,
    /// What the values are.
    pub quantity: Quantity,
    /// Head of the rows ("Đơn vị").
    pub row_head: String,
    /// Meaning of the star ("đến 15/05").
    pub partial: String,
}

const ROW: f64 = 18.0;
/// Of rows in which a name stands on two lines.
const TWO_LINES: f64 = 23.0;
/// Rows grow up to this where all of them fit.
const TALLEST: f64 = 26.0;
const HEAD: f64 = 18.0;
const LEGEND: f64 = 34.0;
/// Width of a class in the legend.
const SWATCH: f64 = 34.0;

pub(crate) fn least_size(input: &HeatMap) -> Size {
    let columns = u32::try_from(input.columns.len()).unwrap_or(u32::MAX / 32).min(u32::MAX / 32);
    let rows = input.rows.len().clamp(1, 4) as f64;
    Size { width: (120 + 16 * columns).max(240), height: ((HEAD + LEGEND + ROW * rows) as u32).max(60) }
}

/// The bounds between the classes, rising: each the least value of the class above it.
///
/// Classes hold about as many cells each, for a few units have more than all others together; bounds are round, as people
/// read them, and a class that nothing falls into is left out.
fn bounds(values: &[f64], quantity: &Quantity) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else { return vec![] };
    let grain = |value: f64| match quantity {
        Quantity::Share if most - least > 0.2 => 0.01,
        Quantity::Share => 0.001,
        // Two digits that count.
        Quantity::Count { .. } => 10f64.powf((value.max(1.0).log10().floor() - 1.0).max(0.0)),
    };
    let mut bounds: Vec<f64> = (1..CLASSES)
        .map(|class| sorted[class * sorted.len() / CLASSES])
        .map(|value| {
            let grain = grain(value);
            // Shares are put right after the multiplication: 0.981 has no exact binary.
            ((value / grain).round() * grain * 1e6).round() / 1e6
        })
        .filter(|bound| *bound > least && *bound <= most)
        .collect();
    bounds.dedup();
    bounds
}

/// The place on the scale of one of `of` classes: few classes lie as far apart as the scale allows.
fn class(index: usize, of: usize) -> usize {
    if of <= 1 { CLASSES / 2 } else { index * (CLASSES - 1) / (of - 1) }
}

pub(crate) fn lay_out(input: &HeatMap, size: Size) -> Result<Scene, ChartError> {
    if let Some(row) = input.rows.iter().find(|r| r.cells.len() != input.columns.len()) {
        let (have, want) = (row.cells.len(), input.columns.len());
        return Err(ChartError::Input(format!("row \"{}\" has {have} cells for {want} columns", row.label)));
    }
    input.quantity.check(input.rows.iter().flat_map(|r| r.cells.iter().map(|c| &c.value)))?;
    let mut scene = Scene::new(size);
    let starred = |c: &HeatColumn| if c.partial { format!("{}*", c.label) } else { c.label.clone() };
    let heads: Vec<String> = input.columns.iter().map(starred).collect();
    let columns: Vec<&str> =
        std::iter::once(input.row_head.as_str()).chain(heads.iter().map(String::as_str)).collect();
    let values: Vec<f64> = input.rows.iter().flat_map(|r| &r.cells).filter_map(|c| c.value).collect();
    if values.is_empty() {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let room = height - HEAD - LEGEND;
    // Names may have what the cells can spare; one that is still too long makes all rows higher.
    let spare = (width - 42.0 * input.columns.len() as f64).clamp(width * 0.3, width * 0.46) - 10.0;
    let fitting = |row: f64| ((room / row).floor().max(1.0) as usize).min(input.rows.len());
    let long = |r: &HeatRow| text_width(&nfc(&r.label), SMALL, false) > spare;
    let row = if input.rows[..fitting(ROW)].iter().any(long) { TWO_LINES } else { ROW };
    let fit = fitting(row);
    let step = (room / fit as f64).min(TALLEST);
    // The scale is that of what is seen: with all the small units after them, the first few would all be dark.
    let seen = &input.rows[..fit];
    let values: Vec<f64> = seen.iter().flat_map(|r| &r.cells).filter_map(|c| c.value).collect();
    let bounds = bounds(&values, &input.quantity);
    let classes = bounds.len() + 1;
    let class_of = |value: f64| class(bounds.iter().take_while(|b| value >= **b).count(), classes);
    let names = Names::column(seen.iter().map(|r| &r.label), spare);
    let left = names.room + 10.0;
    let slot = (width - left) / input.columns.len() as f64;

    scene.text(Text::new(0.0, 12.0, &input.row_head).em(SMALL).bold().fit(left - 8.0));
    for (i, head) in heads.iter().enumerate() {
        let text = Text::new(left + slot * (i as f64 + 0.5), 12.0, head).em(SMALL).role(Role::Ink2);
        scene.text_with_air(text.anchor(Anchor::Middle).fit(slot - 2.0), 1.0);
    }
    for (i, row) in input.rows.iter().enumerate() {
        let mut cells = vec![row.label.clone()];
        cells.extend(row.cells.iter().map(|c| input.quantity.cell(c.value)));
        let index = scene.row(cells);
        if i >= fit {
            continue;
        }
        let top = HEAD + step * i as f64;
        scene.row_name(&row.label, names, top + step / 2.0, step);
        let said: Vec<String> = row
            .cells
            .iter()
            .zip(&heads)
            .map(|(c, h)| format!("{h} {}", input.quantity.said(c.value)))
            .collect();
        let label = format!("{}: {}", row.label, said.join(", "));
        scene.hotspot(Rect::new(0.0, top, left - 4.0, step), &label, Some(index), row.key.clone());
        for (j, (cell, head)) in row.cells.iter().zip(&heads).enumerate() {
            let rect = Rect::new(left + slot * j as f64, top, slot, step);
            // A hairline of the panel parts the cells.
            let inner = Rect::new(rect.x + 0.5, rect.y + 0.5, rect.w - 1.0, rect.h - 1.0);
            match cell.value {
                Some(value) => {
                    let class = class_of(value);
                    scene.shade(inner, class);
                    let number = short(&input.quantity, value);
                    let text = Text::new(rect.x + slot / 2.0, top + step / 2.0 + 3.8, number)
                        .em(SMALL)
                        .anchor(Anchor::Middle)
                        .role(on_class(class));
                    if text.width() <= inner.w - 3.0 {
                        scene.text(text);
                    }
                }
                None => unknown(&mut scene, inner),
            }
            let label = format!("{}, {head}: {}", row.label, input.quantity.said(cell.value));
            scene.hotspot(rect, &label, Some(index), cell.key.clone());
        }
    }
    legend(&mut scene, input, (&values, &bounds), fit, left - 8.0);
    scene.summary = summary(input, &heads);
    Ok(scene)
}

/// As in a cell: percentages without their sign, which the legend has, and with as many digits as their neighbours.
fn short(quantity: &Quantity, value: f64) -> String {
    let text = quantity.short(value);
    match text.strip_suffix('%') {
        Some(number) if number.contains(',') || number == "100" => number.to_owned(),
        Some(number) => format!("{number},0"),
        None => text,
    }
}

/// Dots, framed so that the cell keeps its place in the row.
fn unknown(scene: &mut Scene, rect: Rect) {
    let inset = Rect::new(rect.x + 2.0, rect.y + 2.0, rect.w - 4.0, rect.h - 4.0);
    scene.fill(inset, Fill::Dotted, Role::Unk);
}

/// The scale with its bounds under the borders of the classes, then what is not on it. `corner` is the right end of the
/// heading of the names.
fn legend(scene: &mut Scene, input: &HeatMap, (values, bounds): (&[f64], &[f64]), shown: usize, corner: f64) {
    let (width, height) = (f64::from(scene.size.width), f64::from(scene.size.height));
    let classes = bounds.len() + 1;
    let (top, baseline) = (height - LEGEND + 8.0, height - 3.0);
    let short = |value: f64| short(&input.quantity, value);
    // All cells seen may be unknown.
    let least = short(values.iter().copied().reduce(f64::min).unwrap_or(0.0));
    let most = short(values.iter().copied().fold(0.0, f64::max));
    let ticks: Vec<String> = bounds.iter().map(|b| short(*b)).collect();
    // Wide enough for the bounds beneath.
    let widest = ticks.iter().chain([&least, &most]).map(|t| text_width(t, SMALL, false)).fold(0.0, f64::max);
    let swatch = SWATCH.max(widest + 10.0).min((width * 0.5) / classes as f64);
    for i in 0..classes {
        scene.shade(Rect::new(swatch * i as f64, top, swatch - 1.0, 9.0), class(i, classes));
    }
    let end = swatch * classes as f64;
    scene.text(Text::new(0.0, baseline, least).em(SMALL));
    scene.text(Text::new(end - 1.0, baseline, most).em(SMALL).anchor(Anchor::End));
    for (i, tick) in ticks.iter().enumerate() {
        let text = Text::new(swatch * (i + 1) as f64 - 0.5, baseline, tick).em(SMALL).anchor(Anchor::Middle);
        scene.text_with_air(text, 2.0);
    }

    let at = end + 14.0;
    let mut y = top + 9.0;
    let mut x = at;
    let head = Text::new(x, y, input.quantity.unit()).em(SMALL).fit(width - x);
    let used = head.width();
    if scene.text(head) {
        x += used + 12.0;
    }
    if input.rows.iter().flat_map(|r| &r.cells).any(|c| c.value.is_none()) {
        let text = Text::new(x + 15.0, y, UNKNOWN).em(SMALL);
        if text.bounds().right() > width {
            (x, y) = (at, baseline);
        }
        if scene.text(Text { x: x + 15.0, y, ..text }) {
            scene.fill(Rect::new(x, y - 9.0, 10.0, 10.0), Fill::Dotted, Role::Unk);
        }
    }
    if shown < input.rows.len() {
        let more = format!("{} dòng nữa trong bảng", thousands((input.rows.len() - shown) as u64));
        scene.text(Text::new(width, baseline, more).em(SMALL).anchor(Anchor::End).fit(width - at));
    }
    if input.columns.iter().any(|c| c.partial) && !input.partial.is_empty() {
        // Beside the legend, or in the corner over the names.
        let star = Text::new(0.0, 0.0, format!("* {}", input.partial)).em(SMALL);
        let places = [(width, top + 9.0), (width, baseline), (corner, 12.0)];
        scene.text_at_first(&star, places.map(|(x, y)| (x, y, Anchor::End)));
    }
}

/// Where the most and where the least is, and how much is not known.
fn summary(input: &HeatMap, heads: &[String]) -> String {
    let cells =
        || input.rows.iter().flat_map(|r| r.cells.iter().zip(heads).map(move |(c, head)| (r, head, c.value)));
    let known = || cells().filter_map(|(row, head, value)| value.map(|v| (row, head, v)));
    let place = |(row, head, value): (&HeatRow, &String, f64)| {
        format!("{}, {head} ({})", row.label, input.quantity.said(Some(value)))
    };
    let most = known().reduce(|a, b| if b.2 > a.2 { b } else { a }).map(place).unwrap_or_default();
    let least = known().reduce(|a, b| if b.2 < a.2 { b } else { a }).map(place).unwrap_or_default();
    let unknown = cells().filter(|c| c.2.is_none()).count();
    let unknown = if unknown > 0 { format!("; {unknown} ô chưa rõ") } else { String::new() };
    nfc(&format!("{} dòng; nhiều nhất {most}, ít nhất {least}{unknown}.", input.rows.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_round_rising_and_leave_no_class_empty() {
        let counts = Quantity::Count { divisor: 1, unit: String::new() };
        let values: Vec<f64> = (0..100).map(|i| f64::from(i * i)).collect();
        assert_eq!(bounds(&values, &counts), [400.0, 1600.0, 3600.0, 6400.0]);
        let shares: Vec<f64> = (0..50).map(|i| 0.95 + f64::from(i) / 1000.0).collect();
        assert_eq!(bounds(&shares, &Quantity::Share), [0.96, 0.97, 0.98, 0.99]);
        assert_eq!(bounds(&[5.0; 9], &counts), Vec::<f64>::new());
        assert_eq!(bounds(&[0.0, 0.0, 0.0, 7.0], &counts), [7.0]);
    }

    #[test]
    fn few_classes_lie_far_apart() {
        assert_eq!(class(0, 1), 2);
        assert_eq!([class(0, 2), class(1, 2)], [0, 4]);
        assert_eq!([0, 1, 2, 3, 4].map(|i| class(i, 5)), [0, 1, 2, 3, 4]);
    }
}
