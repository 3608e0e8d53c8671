//! Rows in the order of a value: a bar with its number, a rate beside it, and the change against another period as a
//! triangle with a number. What follows the first rows may be summed in a last one, which has no bar: a sum is not a unit.

use crate::format::{amid, nfc, percent};
use crate::geometry::{Anchor, LABEL, Rect, SMALL, Text};
use crate::palette::Role;
use crate::quantity::{Change, Quantity, UNKNOWN};
use crate::scene::{Names, Scene};
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RankRow {
    /// Name on the left.
    pub label: String,
    /// The caller's key.
    pub key: Option<String>,
    /// What the rows are ranked by; `None` is unknown.
    pub value: Option<f64>,
    /// The same in the period compared with.
    pub before: Option<f64>,
    /// A share of 0..=1 beside it; `None` is unknown.
    pub rate: Option<f64>,
    /// The sum of all rows that are not shown; the last one.
    pub rest: bool,
}

/// The words of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingLabels {
    /// Head of the names ("Đơn vị").
    pub row: String,
    /// Head of the values ("Tiếp nhận").
    pub value: String,
    /// Head of the rates ("Đúng hạn"); empty where there are none.
    pub rate: String,
    /// Name of what is compared with ("so với T4"); empty where nothing is.
    pub before: String,
}

/// Input of [`crate::ranking`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// Rows from top to bottom, already in their order.
    pub rows: Vec<RankRow>,
    /// What the values are.
    pub quantity: Quantity,
    /// Words.
    pub labels: RankingLabels,
}

const ROW: f64 = 20.0;
const TALLEST: f64 = 32.0;
const HEAD: f64 = 20.0;
const WIDTH: u32 = 300;
/// Room of the triangle before the number of a change.
const TRIANGLE: f64 = 11.0;

pub(crate) fn least_size(input: &Ranking) -> Size {
    Size { width: WIDTH, height: ((HEAD + ROW * input.rows.len() as f64).ceil() as u32).max(60) }
}

/// Columns of numbers from the right, each with its room; 0 where there is none.
struct Rooms {
    value: f64,
    rate: f64,
    change: f64,
}

fn change(input: &Ranking, row: &RankRow) -> Option<Change> {
    input.quantity.change(row.value, row.before)
}

/// In words, for the table: what cannot be said in percent is said as what was and what is.
fn change_words(input: &Ranking, row: &RankRow) -> String {
    match (change(input, row), row.value, row.before) {
        (Some(change), ..) => change.words(),
        (None, Some(_), Some(before)) => format!("từ {}", input.quantity.said(Some(before))),
        _ => "–".into(),
    }
}

fn change_text(change: Option<Change>) -> String {
    change.map_or_else(|| "–".into(), |c| if c.sign() == 0 { "0".into() } else { c.amount() })
}

pub(crate) fn lay_out(input: &Ranking, size: Size) -> Result<Scene, ChartError> {
    input.quantity.check(input.rows.iter().flat_map(|r| [&r.value, &r.before]))?;
    Quantity::Share.check(input.rows.iter().map(|r| &r.rate))?;
    let labels = &input.labels;
    let mut scene = Scene::new(size);
    let (rated, compared) = (!labels.rate.is_empty(), !labels.before.is_empty());
    let mut columns = vec![labels.row.as_str(), &labels.value];
    columns.extend(rated.then_some(labels.rate.as_str()));
    columns.extend(compared.then_some(labels.before.as_str()));
    if input.rows.is_empty() {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);

    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let widest = |head: &str, texts: &mut dyn Iterator<Item = String>| {
        texts.map(|t| text_width(&nfc(&t), LABEL, true)).fold(text_width(&nfc(head), SMALL, true), f64::max)
    };
    let value_text = |r: &RankRow| r.value.map_or_else(|| UNKNOWN.to_owned(), |v| input.quantity.short(v));
    let rate_text = |r: &RankRow| r.rate.map_or_else(|| "–".to_owned(), percent);
    let rows = || input.rows.iter();
    let most = width * 0.2;
    let rooms = Rooms {
        value: (widest(&labels.value, &mut rows().map(value_text)) + 12.0).min(most),
        rate: if rated { (widest(&labels.rate, &mut rows().map(rate_text)) + 12.0).min(most) } else { 0.0 },
        change: if compared {
            let changes = widest("", &mut rows().map(|r| change_text(change(input, r)))) + TRIANGLE;
            (changes.max(text_width(&nfc(&labels.before), SMALL, true)) + 12.0).min(most)
        } else {
            0.0
        },
    };
    let (change_x, rate_x) = (width, width - rooms.change);
    let value_x = rate_x - rooms.rate;
    let names = Names::column(rows().map(|r| &r.label), width * 0.36 - 8.0);
    let left = names.room + 10.0;
    let bars = Rect::new(left, HEAD, value_x - rooms.value - left, height - HEAD);

    let head = |x: f64, text: &str| Text::new(x, 12.0, text).em(SMALL).bold().anchor(Anchor::End);
    scene.text(head(0.0, &labels.row).anchor(Anchor::Start).fit(left - 8.0));
    scene.text(head(value_x, &labels.value).fit(rooms.value - 4.0));
    scene.text(head(rate_x, &labels.rate).fit((rooms.rate - 8.0).max(0.0)));
    scene.text(head(change_x, &labels.before).fit((rooms.change - 8.0).max(0.0)));

    let step = (bars.h / input.rows.len() as f64).min(TALLEST);
    let longest = rows().filter(|r| !r.rest).filter_map(|r| r.value).fold(0.0, f64::max).max(1e-9);
    for (i, row) in rows().enumerate() {
        let top = HEAD + step * i as f64;
        let middle = (top + step / 2.0).round();
        let baseline = middle + 4.0;
        let mut cells = vec![row.label.clone(), input.quantity.cell(row.value)];
        cells.extend(rated.then(|| rate_text(row)));
        cells.extend(compared.then(|| change_words(input, row)));
        let index = scene.row(cells);

        scene.line(&[(0.0, top + 0.5), (width, top + 0.5)], if row.rest { 1.5 } else { 1.0 }, Role::Line);
        scene.row_name(&row.label, names, middle, step);
        let thick = (step * 0.42).clamp(8.0, 14.0).round();
        let bar = Rect::new(bars.x, middle - thick / 2.0, bars.w, thick);
        match row.value {
            _ if row.rest => {}
            Some(value) => {
                let w = if value > 0.0 { (bars.w * value / longest).max(1.5) } else { 0.0 };
                scene.rect(Rect::new(bar.x, bar.y, w, bar.h), Role::Accent);
            }
            None => scene.fill(bar, Fill::Dotted, Role::Unk),
        }
        let value = Text::new(value_x, baseline, value_text(row)).anchor(Anchor::End);
        let value = if row.value.is_some() { value.bold().role(Role::Ink) } else { value.role(Role::Unk) };
        scene.text(value.fit(rooms.value - 4.0));
        if rated {
            let rate = Text::new(rate_x, baseline, rate_text(row)).anchor(Anchor::End).role(Role::Ink2);
            scene.text(rate.fit(rooms.rate - 4.0));
        }
        if compared {
            draw_change(&mut scene, change(input, row), (change_x, middle), rooms.change);
        }
        scene.hotspot(Rect::new(0.0, top, width, step), &said(input, row), Some(index), row.key.clone());
    }
    let first: Vec<String> = rows().take(3).map(|r| said(input, r)).collect();
    scene.summary = nfc(&format!("{}.", first.join("; ")));
    Ok(scene)
}

/// A triangle up or down and the number; neither good nor bad, for more is not better in itself.
fn draw_change(scene: &mut Scene, change: Option<Change>, (x, middle): (f64, f64), room: f64) {
    let text = Text::new(x, middle + 4.0, change_text(change)).anchor(Anchor::End).role(Role::Ink2);
    let text = text.fit(room - TRIANGLE - 4.0);
    let left = text.bounds().x - TRIANGLE + 2.0;
    if !scene.text(text) {
        return;
    }
    let sign = change.map_or(0, Change::sign);
    if sign != 0 {
        let (tip, foot) = if sign > 0 { (middle - 4.0, middle + 3.0) } else { (middle + 4.0, middle - 3.0) };
        scene.area(&[(left, foot), (left + 7.0, foot), (left + 3.5, tip)], Role::Ink2);
    }
}

fn said(input: &Ranking, row: &RankRow) -> String {
    let labels = &input.labels;
    let mut said = format!("{}: {} {}", row.label, amid(&labels.value), input.quantity.said(row.value));
    if !labels.rate.is_empty() {
        let rate = row.rate.map_or_else(|| UNKNOWN.to_owned(), percent);
        said += &format!(", {} {rate}", amid(&labels.rate));
    }
    if !labels.before.is_empty() && row.value.is_some() && row.before.is_some() {
        said += &format!(", {} {}", change_words(input, row), amid(&labels.before));
    }
    said
}
