//! Parts of a whole: one horizontal bar per row, each segment in its own fill and colour, the legend below.

use crate::format::{known, nfc};
use crate::geometry::{Anchor, LABEL, Rect, Text};
use crate::palette::Role;
use crate::scene::{Names, Scene};
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// One kind of segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackedSeries {
    /// Name in the legend.
    pub label: String,
    /// How it is filled.
    pub fill: Fill,
    /// Its colour.
    pub role: Role,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackedRow {
    /// Name on the left.
    pub label: String,
    /// The caller's key.
    pub key: Option<String>,
    /// One count per series; `None` is unknown and makes the whole bar dotted, for no share of it is known.
    pub values: Vec<Option<u32>>,
    /// Text on the right, as "53/55".
    pub value: String,
}

/// Input of [`crate::stacked_bars`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackedBars {
    /// Head of the first table column ("Phần").
    pub row_head: String,
    /// Head of the last table column ("Xong/tổng").
    pub value_head: String,
    /// Segments from left to right.
    pub series: Vec<StackedSeries>,
    /// Bars from top to bottom.
    pub rows: Vec<StackedRow>,
    /// Each bar spans the whole width (shares); otherwise bars are as long as their totals.
    pub share: bool,
}

const BAR: f64 = 12.0;
const ROW: f64 = 22.0;
/// A segment that is there is never narrower, px.
const LEAST_SEGMENT: f64 = 3.0;
const WIDTH: u32 = 240;

fn legend_height(input: &StackedBars, width: f64) -> f64 {
    17.0 * Scene::legend_lines(width, shown(input).map(|s| &s.label)) as f64 + 6.0
}

/// The series that some row has any of: the legend explains what is there.
fn shown(input: &StackedBars) -> impl Iterator<Item = &StackedSeries> {
    let some = |i: usize| input.rows.iter().any(|r| r.values.get(i).is_some_and(|v| *v != Some(0)));
    input.series.iter().enumerate().filter(move |(i, _)| some(*i)).map(|(_, series)| series)
}

pub(crate) fn least_size(input: &StackedBars) -> Size {
    let height = input.rows.len() as f64 * ROW + legend_height(input, f64::from(WIDTH));
    Size { width: WIDTH, height: (height.ceil() as u32).max(60) }
}

/// Widths of the segments in `room` px: proportional, but what is there is at least visible.
pub(crate) fn widths(values: &[u64], total: u64, room: f64) -> Vec<f64> {
    let least = LEAST_SEGMENT.min(room / values.len().max(1) as f64);
    let share = |v: u64| room * v as f64 / total.max(1) as f64;
    let small: f64 = values.iter().filter(|v| **v > 0 && share(**v) < least).map(|_| least).sum();
    let large: f64 = values.iter().map(|v| share(*v)).filter(|w| *w >= least).sum();
    let full: f64 = values.iter().map(|v| share(*v)).sum();
    let shrink = if large > 0.0 { ((full - small) / large).clamp(0.0, 1.0) } else { 1.0 };
    values
        .iter()
        .map(|v| match share(*v) {
            _ if *v == 0 => 0.0,
            w if w < least => least,
            w => w * shrink,
        })
        .collect()
}

pub(crate) fn lay_out(input: &StackedBars, size: Size) -> Result<Scene, ChartError> {
    if let Some(row) = input.rows.iter().find(|r| r.values.len() != input.series.len()) {
        let (have, want) = (row.values.len(), input.series.len());
        return Err(ChartError::Input(format!("row \"{}\" has {have} values for {want} series", row.label)));
    }
    let mut scene = Scene::new(size);
    let mut columns = vec![input.row_head.as_str()];
    columns.extend(input.series.iter().map(|s| s.label.as_str()));
    columns.push(&input.value_head);
    if input.rows.is_empty() || input.series.is_empty() {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);

    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        texts.map(|t| text_width(&nfc(t), LABEL, false)).fold(0.0, f64::max)
    };
    let names = Names::column(input.rows.iter().map(|r| &r.label), width * 0.45 - 8.0);
    let left = names.room + 12.0;
    let value_room = (widest(&mut input.rows.iter().map(|r| &r.value)) + 10.0).min(width * 0.25);
    let room = width - left - value_room;
    let legend = legend_height(input, width);
    let step = ((height - legend) / input.rows.len() as f64).min(26.0);
    let total = |row: &StackedRow| row.values.iter().flatten().map(|v| u64::from(*v)).sum::<u64>();
    let longest = input.rows.iter().map(total).max().unwrap_or(0).max(1);
    let mut said = Vec::new();

    for (i, row) in input.rows.iter().enumerate() {
        let middle = step * (i as f64 + 0.5);
        let top = (middle - BAR / 2.0).round();
        let baseline = middle + 4.0;
        let mut cells = vec![row.label.clone()];
        cells.extend(row.values.iter().map(|v| known(v.map(u64::from))));
        cells.push(row.value.clone());
        let index = scene.row(cells);
        said.push(format!("{} {}", row.label, row.value));
        scene.row_name(&row.label, names, middle, step);
        let value = Text::new(width, baseline, &row.value).role(Role::Ink2).anchor(Anchor::End);
        scene.text(value.fit(value_room - 4.0));

        let values: Option<Vec<u64>> = row.values.iter().map(|v| v.map(u64::from)).collect();
        let bar = Rect::new(left, top, room, BAR);
        let band = |x: f64, w: f64| Rect::new(x, middle - step / 2.0, w, step);
        let Some(values) = values else {
            scene.fill(bar, Fill::Dotted, Role::Unk);
            scene.hotspot(band(left, room), &format!("{}: chưa rõ", row.label), Some(index), row.key.clone());
            continue;
        };
        let sum = total(row);
        let scale = if input.share { sum } else { longest };
        let mut x = left;
        for ((w, value), series) in widths(&values, scale, room).into_iter().zip(&values).zip(&input.series) {
            if *value == 0 {
                continue;
            }
            // A hairline of the panel parts neighbours of like colour.
            let gap = if w > 2.0 * LEAST_SEGMENT { 1.0 } else { 0.5 };
            scene.fill(Rect::new(x, top, w - gap, BAR), series.fill, series.role);
            let label = format!("{}: {} {}", row.label, value, series.label);
            scene.hotspot(band(x, w), &label, Some(index), row.key.clone());
            x += w;
        }
        if sum == 0 {
            scene.line(&[(left, middle.round() + 0.5), (left + room, middle.round() + 0.5)], 1.0, Role::Line);
        }
    }
    let items: Vec<_> = shown(input).map(|s| (s.label.clone(), s.fill, s.role)).collect();
    scene.legend(0.0, step * input.rows.len() as f64 + 17.0, width, &items);
    scene.summary = nfc(&format!("{}.", said.join("; ")));
    Ok(scene)
}
