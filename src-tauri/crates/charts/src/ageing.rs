//! How long what is pending has been pending: a column per bucket, within the deadline solid below, overdue hatched above,
//! the total over the column and the overdue in a row of their own beneath.

use crate::format::{decimal, known, nfc, nice_step, thousands};
use crate::geometry::{Anchor, LABEL, Rect, SMALL, Text};
use crate::palette::Role;
use crate::scene::Scene;
use crate::text::text_width;
use crate::{ChartError, Fill, Size};
use serde::{Deserialize, Serialize};

/// A count behind which there are records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AgePart {
    /// How many; `None` is unknown.
    pub count: Option<u64>,
    /// The caller's key.
    pub key: Option<String>,
}

/// One bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeBucket {
    /// Its bounds ("6–10 ngày").
    pub label: String,
    /// Pending within the deadline.
    pub within: AgePart,
    /// Pending beyond the deadline.
    pub overdue: AgePart,
}

/// The words of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeingLabels {
    /// Head of the buckets ("Đã chờ").
    pub bucket: String,
    /// Within the deadline ("trong hạn").
    pub within: String,
    /// Beyond it ("quá hạn").
    pub overdue: String,
    /// Name of what is counted, over the axis ("hồ sơ").
    pub unit: String,
}

/// Input of [`crate::ageing`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ageing {
    /// Buckets from the youngest to the oldest.
    pub buckets: Vec<AgeBucket>,
    /// Words.
    pub labels: AgeingLabels,
}

/// What is drawn is at least this high, px.
const LEAST_PART: f64 = 2.0;

pub(crate) fn least_size(input: &Ageing) -> Size {
    let buckets = u32::try_from(input.buckets.len()).unwrap_or(u32::MAX / 36).min(u32::MAX / 36);
    Size { width: (60 + 32 * buckets).max(240), height: 150 }
}

pub(crate) fn lay_out(input: &Ageing, size: Size) -> Result<Scene, ChartError> {
    let labels = &input.labels;
    let mut scene = Scene::new(size);
    let columns = [labels.bucket.as_str(), &labels.within, &labels.overdue, "Tổng số"];
    if input.buckets.iter().all(|b| b.within.count.is_none() && b.overdue.count.is_none()) {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let legend = [
        (labels.within.clone(), Fill::Solid, Role::Accent),
        (labels.overdue.clone(), Fill::Hatched, Role::Bad),
    ];
    let foot = scene.legend(0.0, 12.0, width, &legend);

    let seen = |b: &AgeBucket| b.within.count.unwrap_or(0).saturating_add(b.overdue.count.unwrap_or(0));
    let most = input.buckets.iter().map(seen).max().unwrap_or(0).max(1) as f64;
    let step = nice_step(most, ((height - foot - 70.0) / 34.0).floor().clamp(2.0, 5.0) as usize).max(1.0);
    let ticks = (most / step - 1e-9).ceil().max(1.0) as usize;
    let number = |i: usize| decimal(step * i as f64, 0);
    let left = (0..=ticks).map(|i| text_width(&number(i), SMALL, false)).fold(16.0, f64::max) + 8.0;
    let plot = Rect::new(left, foot + 29.0, width - left, height - foot - 29.0 - 36.0);
    let top_value = step * ticks as f64;
    for i in 0..=ticks {
        let y = (plot.bottom() - plot.h * i as f64 / ticks as f64).round() - 0.5;
        scene.line(&[(plot.x, y), (plot.right(), y)], 1.0, if i == 0 { Role::Ink3 } else { Role::Line });
        scene.text(Text::new(left - 6.0, y + 4.0, number(i)).em(SMALL).anchor(Anchor::End));
    }
    scene.text(Text::new(0.0, plot.y - 14.0, &labels.unit).em(SMALL));

    let slot = plot.w / input.buckets.len() as f64;
    let bar = (slot * 0.62).min(56.0);
    // One size for all names: the smaller where one of them needs it.
    let widest = input.buckets.iter().map(|b| text_width(&nfc(&b.label), LABEL, false)).fold(0.0, f64::max);
    let em = if widest > slot - 4.0 { SMALL } else { LABEL };
    let floor = plot.bottom() - 0.5;
    let length = |n: u64| if n == 0 { 0.0 } else { (plot.h * n as f64 / top_value).max(LEAST_PART) };
    for (i, bucket) in input.buckets.iter().enumerate() {
        let center = plot.x + slot * (i as f64 + 0.5);
        let (within, overdue) = (bucket.within.count, bucket.overdue.count);
        let total = within.zip(overdue).map(|(a, b)| a.saturating_add(b));
        let row = scene.row(vec![bucket.label.clone(), known(within), known(overdue), known(total)]);
        let mut foot = floor;
        let parts = [
            (&bucket.within, &labels.within, Fill::Solid, Role::Accent),
            (&bucket.overdue, &labels.overdue, Fill::Hatched, Role::Bad),
        ];
        for (part, name, fill, role) in parts {
            let h = part.count.map_or(10.0, length).min(foot - plot.y + 12.0);
            let rect = Rect::new(center - bar / 2.0, foot - h, bar, h);
            match part.count {
                // A hairline of the panel parts the two.
                Some(_) => scene.fill(Rect::new(rect.x, rect.y, bar, h - 1.0), fill, role),
                None => scene.fill(rect, Fill::Dotted, Role::Unk),
            }
            scene.reserve(rect);
            let said = part.count.map_or_else(|| crate::quantity::UNKNOWN.to_owned(), thousands);
            let label = format!("{}, {name}: {said} {}", bucket.label, labels.unit);
            // Each part is reached over the whole slot: the upper one from the top, the lower one with its name.
            let (top, bottom) = if role == Role::Bad {
                (plot.y - 14.0, foot.min(floor - 6.0))
            } else {
                ((foot - h).min(floor - 6.0), plot.bottom() + 18.0)
            };
            let spot = Rect::new(plot.x + slot * i as f64, top, slot, bottom - top);
            scene.hotspot(spot, &label, Some(row), part.key.clone());
            foot -= h;
        }
        let name = Text::new(center, plot.bottom() + 15.0, &bucket.label).em(em).role(Role::Ink2);
        scene.text(name.anchor(Anchor::Middle).fit(slot - 2.0));
        if let Some(total) = total {
            let text = Text::new(center, foot - 4.0, thousands(total)).em(SMALL).bold().role(Role::Ink);
            scene.text_with_air(text.anchor(Anchor::Middle), 1.0);
        }
        let late = Text::new(center, plot.bottom() + 30.0, known(overdue)).em(SMALL);
        let late = match overdue {
            Some(1..) => late.bold().role(Role::Bad),
            _ => late.role(Role::Ink3),
        };
        scene.text_with_air(late.anchor(Anchor::Middle), 1.0);
    }
    // The swatch of the legend says what the lower row is.
    scene.fill(Rect::new(left - 16.0, plot.bottom() + 21.0, 10.0, 10.0), Fill::Hatched, Role::Bad);
    scene.summary = summary(input);
    Ok(scene)
}

fn summary(input: &Ageing) -> String {
    let sum = |part: fn(&AgeBucket) -> Option<u64>| {
        input.buckets.iter().map(part).try_fold(0u64, |sum, n| Some(sum.saturating_add(n?)))
    };
    let (within, overdue) = (sum(|b| b.within.count), sum(|b| b.overdue.count));
    let said = |n: Option<u64>| n.map_or_else(|| crate::quantity::UNKNOWN.to_owned(), thousands);
    let oldest = input.buckets.last().map(|b| {
        let total = b.within.count.zip(b.overdue.count).map(|(x, y)| x.saturating_add(y));
        format!("; {}: {}", b.label, said(total))
    });
    nfc(&format!(
        "{} {} đang chờ, trong đó {} {}{}.",
        said(within.zip(overdue).map(|(a, b)| a.saturating_add(b))),
        input.labels.unit,
        input.labels.overdue,
        said(overdue),
        oldest.unwrap_or_default()
    ))
}
