//! Parts of a whole in percent: one bar of equal length per row, the percentage in each part that has room for it, the
//! whole as a number on the right.

use crate::bars::widths;
use crate::format::{amid, known, nfc, percent, thousands};
use crate::geometry::{Anchor, LABEL, Rect, SMALL, Text};
use crate::palette::Role;
use crate::quantity::{MOST, UNKNOWN};
use crate::scene::{Names, Scene};
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// One kind of part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareSeries {
    /// Name in the legend ("Trực tuyến").
    pub label: String,
    /// How it is filled; what is not told is dotted.
    pub fill: Fill,
    /// Its colour.
    pub role: Role,
}

/// One part of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharePart {
    /// How many; `None` is unknown and makes the whole bar dotted, for no share of it is known.
    pub count: Option<u64>,
    /// The caller's key.
    pub key: Option<String>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareRow {
    /// Name on the left: a period, a unit.
    pub label: String,
    /// The caller's key of the whole bar.
    pub key: Option<String>,
    /// One part per series.
    pub parts: Vec<SharePart>,
}

/// Input of [`crate::shares`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// Parts from left to right.
    pub series: Vec<ShareSeries>,
    /// Bars from top to bottom.
    pub rows: Vec<ShareRow>,
    /// Head of the names ("Tháng").
    pub row_head: String,
    /// Head of the wholes ("Tiếp nhận").
    pub total_head: String,
}

const ROW: f64 = 20.0;
const TALLEST: f64 = 40.0;
const HEAD: f64 = 18.0;
const WIDTH: u32 = 260;

fn legend_height(input: &Shares, width: f64) -> f64 {
    17.0 * Scene::legend_lines(width, shown(input).map(|s| &s.label)) as f64 + 6.0
}

/// The series that some row has any of.
fn shown(input: &Shares) -> impl Iterator<Item = &ShareSeries> {
    let some = |i: usize| input.rows.iter().any(|r| r.parts.get(i).is_some_and(|p| p.count != Some(0)));
    input.series.iter().enumerate().filter(move |(i, _)| some(*i)).map(|(_, series)| series)
}

pub(crate) fn least_size(input: &Shares) -> Size {
    let height = HEAD + input.rows.len() as f64 * ROW + legend_height(input, f64::from(WIDTH));
    Size { width: WIDTH, height: (height.ceil() as u32).max(60) }
}

fn total(row: &ShareRow) -> Option<u64> {
    row.parts.iter().try_fold(0u64, |sum, part| Some(sum + part.count?))
}

/// Of nothing there is no share.
fn share(part: Option<u64>, whole: Option<u64>) -> String {
    match (part, whole) {
        (Some(part), Some(whole)) if whole > 0 => percent(part as f64 / whole as f64),
        _ => "–".into(),
    }
}

pub(crate) fn lay_out(input: &Shares, size: Size) -> Result<Scene, ChartError> {
    if let Some(row) = input.rows.iter().find(|r| r.parts.len() != input.series.len()) {
        let (have, want) = (row.parts.len(), input.series.len());
        return Err(ChartError::Input(format!("row \"{}\" has {have} parts for {want} series", row.label)));
    }
    let parts = || input.rows.iter().flat_map(|r| &r.parts).filter_map(|p| p.count);
    if let Some(count) = parts().find(|n| *n as f64 > MOST) {
        return Err(ChartError::Input(format!("{count} is too many")));
    }
    let mut scene = Scene::new(size);
    let mut columns = vec![input.row_head.clone()];
    for series in &input.series {
        columns.extend([series.label.clone(), format!("{}, %", series.label)]);
    }
    columns.push(input.total_head.clone());
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    if input.series.is_empty() || input.rows.iter().all(|r| r.parts.iter().all(|p| p.count.is_none())) {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);

    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let widest = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|t| text_width(&nfc(&t), LABEL, false)).fold(0.0, f64::max)
    };
    let names = Names::column(input.rows.iter().map(|r| &r.label), width * 0.36 - 8.0);
    let row_head = text_width(&nfc(&input.row_head), SMALL, true).min(width * 0.2);
    let left = names.room.max(row_head) + 10.0;
    let head = text_width(&nfc(&input.total_head), SMALL, true);
    let total_room =
        (widest(&mut input.rows.iter().map(|r| known(total(r)))).max(head) + 10.0).min(width * 0.25);
    let room = width - left - total_room;
    let legend = legend_height(input, width);
    let step = ((height - HEAD - legend) / input.rows.len() as f64).min(TALLEST);
    let bar = (step - 5.0).min(26.0);

    scene.text(Text::new(0.0, 12.0, &input.row_head).em(SMALL).bold().fit(left - 9.0));
    let head = Text::new(width, 12.0, &input.total_head).em(SMALL).bold().anchor(Anchor::End);
    scene.text(head.fit(total_room - 4.0));
    for (i, row) in input.rows.iter().enumerate() {
        let middle = HEAD + step * (i as f64 + 0.5);
        let whole = total(row);
        let mut cells = vec![row.label.clone()];
        for part in &row.parts {
            cells.extend([known(part.count), share(part.count, whole)]);
        }
        cells.push(known(whole));
        let index = scene.row(cells);
        scene.row_name(&row.label, names, middle, step);
        let number = Text::new(width, middle + 4.0, known(whole)).anchor(Anchor::End).role(Role::Ink);
        scene.text(number.fit(total_room - 6.0));
        let full = Rect::new(left, (middle - bar / 2.0).round(), room, bar);
        let band = |x: f64, w: f64| Rect::new(x, middle - step / 2.0, w, step);
        let label = format!("{}: {}", row.label, whole.map_or_else(|| UNKNOWN.to_owned(), thousands));
        let name = Rect::new(0.0, middle - step / 2.0, left - 4.0, step);
        scene.hotspot(name, &label, Some(index), row.key.clone());
        let Some(whole) = whole else {
            scene.fill(full, Fill::Dotted, Role::Unk);
            scene.hotspot(band(left, room), &label, Some(index), row.key.clone());
            continue;
        };
        if whole == 0 {
            let y = middle.round() + 0.5;
            scene.line(&[(left, y), (left + room, y)], 1.0, Role::Line);
        }
        let counts: Vec<u64> = row.parts.iter().map(|p| p.count.unwrap_or(0)).collect();
        let mut x = left;
        for ((w, part), series) in widths(&counts, whole, room).into_iter().zip(&row.parts).zip(&input.series)
        {
            let Some(count @ 1..) = part.count else { continue };
            let rect = Rect::new(x, full.y, w - if w > 6.0 { 1.0 } else { 0.5 }, bar);
            scene.fill(rect, series.fill, series.role);
            let share = share(part.count, Some(whole));
            inside(&mut scene, rect, series, &share);
            let label = format!("{}, {}: {} ({share})", row.label, series.label, thousands(count));
            scene.hotspot(band(x, w), &label, Some(index), part.key.clone());
            x += w;
        }
    }
    let items: Vec<_> = shown(input).map(|s| (s.label.clone(), s.fill, s.role)).collect();
    scene.legend(0.0, HEAD + step * input.rows.len() as f64 + 17.0, width, &items);
    scene.summary = summary(input);
    Ok(scene)
}

/// The percentage in its part: in the panel's colour on a solid part, on a patch of the panel where there is a pattern, of
/// which enough must stay to be seen.
fn inside(scene: &mut Scene, rect: Rect, series: &ShareSeries, share: &str) {
    let text = Text::new(rect.x + rect.w / 2.0, rect.y + rect.h / 2.0 + 4.0, share).em(SMALL);
    let text = text.anchor(Anchor::Middle);
    let air = if matches!(series.fill, Fill::Solid | Fill::Empty) { 8.0 } else { 20.0 };
    if text.width() + air > rect.w || text.bounds().h > rect.h || !scene.has_room(&text) {
        return;
    }
    if series.fill == Fill::Solid {
        scene.text(text.role(Role::Bg));
        return;
    }
    if series.fill != Fill::Empty {
        let b = text.bounds();
        scene.rect(Rect::new(b.x - 3.0, rect.y + 1.0, b.w + 6.0, rect.h - 2.0), Role::Bg);
    }
    scene.text(text.role(Role::Ink));
}

fn summary(input: &Shares) -> String {
    let said: Vec<String> = input
        .rows
        .iter()
        .map(|row| match total(row) {
            None => format!("{} {UNKNOWN}", row.label),
            Some(whole) => {
                let parts = row.parts.iter().zip(&input.series).filter(|(p, _)| p.count != Some(0));
                let parts: Vec<_> = parts
                    .map(|(p, s)| format!("{} {}", amid(&s.label), share(p.count, Some(whole))))
                    .collect();
                format!("{} {}", row.label, parts.join(", "))
            }
        })
        .collect();
    nfc(&format!("{}.", said.join("; ")))
}
