//! Load and lateness by unit: the upper lane shows the total, what is claimed and what of it is proved, the lower lane what
//! is late, numbers on the right.

use crate::format::{nfc, thousands};
use crate::geometry::{Anchor, LABEL, Rect, SMALL, Text};
use crate::palette::Role;
use crate::scene::{Names, Scene};
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadRow {
    /// Name on the left.
    pub label: String,
    /// The caller's key.
    pub key: Option<String>,
    /// How many it has.
    pub total: u32,
    /// How many are said to be done, at most `total`: hatched.
    pub done: u32,
    /// How many of them are proved, at most `done`: solid.
    pub proved: u32,
    /// How many of them were proved when last seen and are not seen now, at most the rest of `done`: dotted.
    pub silent: u32,
    /// How many are late; done late counts only if the caller says so.
    pub late: u32,
}

/// The words of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadLabels {
    /// Head of the units ("Đơn vị").
    pub unit: String,
    /// Head of "72/78" ("Xong").
    pub done: String,
    /// What is proved, in the table ("Có minh chứng").
    pub proved: String,
    /// What is not seen now, in the table ("Không quan sát được").
    pub silent: String,
    /// Head of the late ("Quá hạn").
    pub late: String,
}

/// Input of [`crate::load_bars`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadBars {
    /// Rows from top to bottom.
    pub rows: Vec<LoadRow>,
    /// Words.
    pub labels: LoadLabels,
}

const ROW: f64 = 22.0;
const HEAD: f64 = 20.0;
const WIDTH: u32 = 260;

pub(crate) fn least_size(input: &LoadBars) -> Size {
    Size { width: WIDTH, height: ((HEAD + ROW * input.rows.len() as f64).ceil() as u32).max(60) }
}

pub(crate) fn lay_out(input: &LoadBars, size: Size) -> Result<Scene, ChartError> {
    if let Some(row) = input.rows.iter().find(|r| r.done > r.total) {
        return Err(ChartError::Input(format!("\"{}\" has {} done of {}", row.label, row.done, row.total)));
    }
    if let Some(row) = input.rows.iter().find(|r| r.proved.saturating_add(r.silent) > r.done) {
        return Err(ChartError::Input(format!(
            "\"{}\" has {} proved and {} unseen of {}",
            row.label, row.proved, row.silent, row.done
        )));
    }
    let labels = &input.labels;
    let mut scene = Scene::new(size);
    let columns =
        [labels.unit.as_str(), "Tổng số", &labels.done, &labels.proved, &labels.silent, &labels.late];
    if input.rows.is_empty() {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let fraction = |r: &LoadRow| format!("{}/{}", thousands(r.done.into()), thousands(r.total.into()));
    let widest = |head: &str, texts: &mut dyn Iterator<Item = String>| {
        texts.map(|t| text_width(&nfc(&t), LABEL, true)).fold(text_width(&nfc(head), SMALL, true), f64::max)
    };
    let late_room = (widest(&labels.late, &mut input.rows.iter().map(|r| thousands(r.late.into()))) + 10.0)
        .min(width * 0.2);
    let done_room = (widest(&labels.done, &mut input.rows.iter().map(fraction)) + 12.0).min(width * 0.25);
    let names = Names::column(input.rows.iter().map(|r| &r.label), width * 0.36 - 8.0);
    let left = names.room + 12.0;
    let (late_x, done_x) = (width, width - late_room);
    let room = width - left - done_room - late_room;
    let longest = f64::from(input.rows.iter().map(|r| r.total.max(r.late)).max().unwrap_or(0).max(1));

    let head = |x: f64, anchor, text: &str| Text::new(x, 12.0, text).anchor(anchor).em(SMALL).bold();
    scene.text(head(0.0, Anchor::Start, &labels.unit).fit(left - 8.0));
    scene.text(head(done_x, Anchor::End, &labels.done).fit(done_room - 4.0));
    scene.text(head(late_x, Anchor::End, &labels.late).fit(late_room - 4.0));

    let step = ((height - HEAD) / input.rows.len() as f64).min(30.0);
    let mut said = Vec::new();
    for (i, row) in input.rows.iter().enumerate() {
        let top = HEAD + step * i as f64;
        let middle = (top + step / 2.0).round();
        let late = thousands(row.late.into());
        let index = scene.row(vec![
            row.label.clone(),
            thousands(row.total.into()),
            thousands(row.done.into()),
            thousands(row.proved.into()),
            thousands(row.silent.into()),
            late.clone(),
        ]);
        let unseen = match row.silent {
            0 => String::new(),
            n => format!(", {} {}", labels.silent.to_lowercase(), thousands(n.into())),
        };
        let words = format!(
            "{} {}, {} {}{unseen}, {} {late}",
            labels.done.to_lowercase(),
            fraction(row),
            labels.proved.to_lowercase(),
            thousands(row.proved.into()),
            labels.late.to_lowercase(),
        );
        said.push(format!("{} {words}", row.label));

        scene.line(&[(0.0, top + 0.5), (width, top + 0.5)], 1.0, Role::Line);
        let baseline = middle + 4.0;
        scene.row_name(&row.label, names, middle, step);
        scene.text(
            Text::new(done_x, baseline, fraction(row))
                .anchor(Anchor::End)
                .role(Role::Ink)
                .fit(done_room - 4.0),
        );
        let number = Text::new(late_x, baseline, &late).anchor(Anchor::End);
        let number = if row.late > 0 { number.bold().role(Role::Bad) } else { number };
        scene.text(number.fit(late_room - 4.0));

        let length = |n: u32| if n == 0 { 0.0 } else { (room * f64::from(n) / longest).max(2.0) };
        let (bar, h) = (middle - 7.0, 8.0);
        if row.total > 0 {
            scene.fill(Rect::new(left, bar, length(row.total), h), Fill::Empty, Role::Ink3);
            // The colours of the other figures: proved is teal, only claimed has the accent.
            let (proved, known, done) =
                (length(row.proved), length(row.proved + row.silent), length(row.done));
            scene.fill(Rect::new(left, bar, proved, h), Fill::Solid, Role::Teal);
            if row.silent > 0 {
                scene.fill(Rect::new(left + proved, bar, known - proved, h), Fill::Dotted, Role::Teal);
            }
            if row.done > row.proved + row.silent {
                scene.fill(Rect::new(left + known, bar, done - known, h), Fill::Hatched, Role::Accent);
            }
        }
        scene.rect(Rect::new(left, bar + h + 2.0, length(row.late), 4.0), Role::Bad);
        let label = format!("{}: {words}", row.label);
        scene.hotspot(Rect::new(0.0, top, width, step), &label, Some(index), row.key.clone());
    }
    scene.summary = nfc(&format!("{}.", said.join("; ")));
    Ok(scene)
}
