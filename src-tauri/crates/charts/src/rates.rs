//! A rate per row against the bar it must reach: a dot plot. Reached is a filled circle, missed a triangle, unknown a
//! grey ring on a dotted line, never green.

use crate::format::{known, nfc, percent};
use crate::geometry::{Anchor, LABEL, Rect, SMALL, Text};
use crate::palette::Role;
use crate::scene::{Names, Scene};
use crate::text::text_width;
use crate::{ChartError, Size};
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateRow {
    /// Name on the left.
    pub label: String,
    /// The caller's key.
    pub key: Option<String>,
    /// Share of 0..=1; `None` is unknown.
    pub rate: Option<f64>,
    /// How many trials the rate rests on.
    pub count: Option<u64>,
}

/// Input of [`crate::rate_lines`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateRows {
    /// Rows from top to bottom.
    pub rows: Vec<RateRow>,
    /// The rate to reach, share of 0..=1.
    pub bar: f64,
    /// Head of the names ("Luồng").
    pub row_head: String,
    /// Head of the counts ("Lượt gọi").
    pub count_head: String,
    /// Name of the bar ("mức").
    pub bar_label: String,
}

const ROW: f64 = 22.0;
const HEAD: f64 = 20.0;
const FOOT: f64 = 18.0;
const WIDTH: u32 = 250;

pub(crate) fn least_size(input: &RateRows) -> Size {
    Size { width: WIDTH, height: ((HEAD + FOOT + ROW * input.rows.len() as f64).ceil() as u32).max(60) }
}

pub(crate) fn lay_out(input: &RateRows, size: Size) -> Result<Scene, ChartError> {
    let share = |v: f64| (0.0..=1.0).contains(&v);
    if !share(input.bar) || input.rows.iter().any(|r| r.rate.is_some_and(|v| !share(v))) {
        return Err(ChartError::Input("a rate is not within 0 and 1".into()));
    }
    let mut scene = Scene::new(size);
    let columns = [input.row_head.as_str(), "Tỷ lệ", &input.count_head];
    if input.rows.is_empty() {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let widest = |texts: &mut dyn Iterator<Item = String>, bold| {
        texts.map(|t| text_width(&nfc(&t), LABEL, bold)).fold(0.0, f64::max)
    };
    let rate_text = |r: &RateRow| r.rate.map_or_else(|| "chưa rõ".to_owned(), percent);
    let names = Names::column(input.rows.iter().map(|r| &r.label), width * 0.45 - 8.0);
    let left = names.room + 14.0;
    let counts = input.rows.iter().any(|r| r.count.is_some());
    let head = text_width(&nfc(&input.count_head), SMALL, true);
    let count_room = if counts {
        (widest(&mut input.rows.iter().map(|r| known(r.count)), false).max(head) + 12.0).min(90.0)
    } else {
        0.0
    };
    let rate_room = widest(&mut input.rows.iter().map(rate_text), true) + 14.0;
    let plot = Rect::new(left, HEAD, width - left - count_room - rate_room, height - HEAD - FOOT);
    let step = (plot.h / input.rows.len() as f64).min(24.0);
    let foot = plot.y + step * input.rows.len() as f64;

    // A dot plot may start above zero; it starts at a round share under the least rate and the bar.
    let least = input.rows.iter().filter_map(|r| r.rate).fold(input.bar, f64::min);
    let grain = if least >= 0.9 {
        0.02
    } else if least >= 0.7 {
        0.1
    } else {
        0.25
    };
    let low = (((least - 0.001) / grain).floor() * grain).clamp(0.0, 1.0 - grain);
    let x_of = |v: f64| plot.x + 5.0 + (plot.w - 10.0) * ((v - low) / (1.0 - low)).clamp(0.0, 1.0);

    let bar_x = x_of(input.bar).round() + 0.5;
    let bar_text = Text::new(bar_x, 12.0, format!("{} {}", input.bar_label, percent(input.bar)))
        .em(SMALL)
        .anchor(Anchor::Middle)
        .role(Role::Ink2);
    scene.text_at_first(
        &bar_text,
        [(bar_x, 12.0, Anchor::Middle), (width - count_room - rate_room, 12.0, Anchor::End)],
    );
    if counts {
        scene.text(
            Text::new(width, 12.0, &input.count_head)
                .em(SMALL)
                .bold()
                .anchor(Anchor::End)
                .fit(count_room - 4.0),
        );
    }
    // The ends first, so that middle ticks give way.
    let ticks = ((1.0 - low) / grain).round() as usize;
    let tick = |i: usize| low + (1.0 - low) * i as f64 / ticks as f64;
    for i in [0, ticks].into_iter().chain(1..ticks) {
        let x = x_of(tick(i));
        scene.line(&[(x, plot.y), (x, foot)], 1.0, Role::Line);
        scene
            .text_with_air(Text::new(x, foot + 14.0, percent(tick(i))).em(SMALL).anchor(Anchor::Middle), 4.0);
    }
    scene.dashed(&[(bar_x, plot.y - 3.0), (bar_x, foot)], 1.0, Role::Ink2, 4.0, 3.0);

    let (mut reached, mut missed, mut unknown) = (0, Vec::new(), 0);
    for (i, row) in input.rows.iter().enumerate() {
        let y = plot.y + step * (i as f64 + 0.5);
        let baseline = y + 4.0;
        let index = scene.row(vec![row.label.clone(), rate_text(row), known(row.count)]);
        scene.row_name(&row.label, names, y, step);
        if counts {
            scene
                .text(Text::new(width, baseline, known(row.count)).anchor(Anchor::End).fit(count_room - 6.0));
        }
        let value = Text::new(width - count_room, baseline, rate_text(row)).anchor(Anchor::End);
        match row.rate {
            None => {
                unknown += 1;
                scene.dashed(&[(plot.x + 5.0, y), (plot.right() - 5.0, y)], 1.5, Role::Unk, 1.5, 4.0);
                scene.ring((plot.x + 5.0, y), 4.0, Role::Unk);
                scene.text(value.role(Role::Unk));
            }
            Some(rate) if rate >= input.bar => {
                reached += 1;
                scene.line(&[(bar_x, y), (x_of(rate), y)], 1.5, Role::Ok);
                scene.dot((x_of(rate), y), 4.0, Role::Ok);
                scene.text(value.role(Role::Ink));
            }
            Some(rate) => {
                missed.push(format!("{} {}", row.label, percent(rate)));
                let x = x_of(rate);
                scene.line(&[(x, y), (bar_x, y)], 1.5, Role::Bad);
                scene.area(&[(x, y - 5.0), (x + 5.0, y + 4.0), (x - 5.0, y + 4.0)], Role::Bad);
                scene.text(value.role(Role::Bad).bold());
            }
        }
        let trials = row.count.map(|_| format!(", {} {}", known(row.count), input.count_head.to_lowercase()));
        let label = format!("{}: {}{}", row.label, rate_text(row), trials.unwrap_or_default());
        scene.hotspot(Rect::new(0.0, y - step / 2.0, width, step), &label, Some(index), row.key.clone());
    }
    let below = if missed.is_empty() { "không".to_owned() } else { missed.join(", ") };
    scene.summary = nfc(&format!(
        "{reached} đạt {} {}; dưới mức: {below}; {unknown} chưa rõ.",
        input.bar_label,
        percent(input.bar)
    ));
    Ok(scene)
}
