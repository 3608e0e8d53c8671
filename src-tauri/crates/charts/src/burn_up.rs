//! Cumulative work by day against plan: the plan a dashed step, claimed and proved as solid steps with the unproved
//! part hatched between them, direct labels at the right, today and milestones as vertical lines.

use crate::format::{day_month, full_day, known, nfc, nice_step};
use crate::geometry::{Anchor, LABEL, Point, Rect, Text, spread};
use crate::palette::Role;
use crate::scene::Scene;
use crate::text::text_width;
use crate::{ChartError, Size};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The words of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurnUpLabels {
    /// The plan ("Kế hoạch").
    pub plan: String,
    /// Claimed done ("Báo xong").
    pub claimed: String,
    /// Proved done ("Có minh chứng").
    pub proved: String,
    /// What is counted ("nhiệm vụ").
    pub unit: String,
    /// Today's name ("hôm nay").
    pub today: String,
}

/// Input of [`crate::burn_up`]. All counts are cumulative and hold until the next entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurnUp {
    /// First day shown.
    pub from: NaiveDate,
    /// Last day shown.
    pub to: NaiveDate,
    /// Due by the end of the day.
    pub plan: Vec<(NaiveDate, u32)>,
    /// Claimed by the end of the day; `None` begins a gap in what is known.
    pub claimed: Vec<(NaiveDate, Option<u32>)>,
    /// Proved by the end of the day; `None` begins a gap. The whole may be unknown.
    pub proved: Option<Vec<(NaiveDate, Option<u32>)>>,
    /// Nothing done is drawn after today.
    pub today: NaiveDate,
    /// Vertical lines with a name ("hạn cuối").
    pub milestones: Vec<(NaiveDate, String)>,
    /// All there is to do.
    pub total: u32,
    /// Words.
    pub labels: BurnUpLabels,
}

type Series = [(NaiveDate, Option<u32>)];

/// The value that holds on a day: that of the last entry up to it.
fn at(series: &Series, day: NaiveDate) -> Option<u32> {
    series.iter().take_while(|(d, _)| *d <= day).last().and_then(|(_, v)| *v)
}

fn ordered<V>(points: &[(NaiveDate, V)]) -> bool {
    points.windows(2).all(|p| p[0].0 < p[1].0)
}

/// The plan's tallest step if it is a cliff: at least two and a quarter of everything. (day, before, after)
fn cliff(plan: &Series, total: u32) -> Option<(NaiveDate, u32, u32)> {
    let values: Vec<_> = plan.iter().filter_map(|(d, v)| v.map(|v| (*d, v))).collect();
    let mut before = 0;
    let mut tallest: Option<(NaiveDate, u32, u32)> = None;
    for (day, value) in values {
        let rise = value.saturating_sub(before);
        if rise > tallest.map_or(0, |(_, a, b)| b - a) {
            tallest = Some((day, before, value));
        }
        before = value;
    }
    tallest.filter(|(_, a, b)| b - a >= 2 && u64::from(b - a) * 4 >= u64::from(total))
}

struct Plane<'a> {
    input: &'a BurnUp,
    plot: Rect,
    top_value: f64,
}

impl Plane<'_> {
    fn x(&self, day: NaiveDate) -> f64 {
        let span = (self.input.to - self.input.from).num_days().max(1) as f64;
        self.plot.x + self.plot.w * ((day - self.input.from).num_days() as f64 / span).clamp(0.0, 1.0)
    }

    fn y(&self, value: f64) -> f64 {
        self.plot.bottom() - self.plot.h * (value / self.top_value).clamp(0.0, 1.0)
    }

    /// Step curves of the known stretches up to `end`, each as a list of corners.
    fn steps(&self, series: &Series, end: NaiveDate) -> Vec<Vec<Point>> {
        let (from, mut stretches, mut open) = (self.input.from, Vec::new(), Vec::<Point>::new());
        let start = at(series, from).map(|v| (from, Some(v)));
        let inside = series.iter().copied().filter(|(d, _)| *d > from && *d <= end);
        for (day, value) in start.into_iter().chain(inside) {
            let x = self.x(day);
            if let Some(&(_, y)) = open.last() {
                open.push((x, y));
            }
            match value {
                Some(v) => open.push((x, self.y(f64::from(v)))),
                None => stretches.extend((!open.is_empty()).then(|| std::mem::take(&mut open))),
            }
        }
        if let Some(&(_, y)) = open.last() {
            open.push((self.x(end), y));
            stretches.push(open);
        }
        stretches
    }
}

pub(crate) fn lay_out(input: &BurnUp, size: Size) -> Result<Scene, ChartError> {
    let labels = &input.labels;
    if input.from > input.to {
        return Err(ChartError::Input("the first day is after the last".into()));
    }
    if (input.to - input.from).num_days() > 3_660 {
        return Err(ChartError::Input("more than ten years of days".into()));
    }
    let empty = Vec::new();
    let proved = input.proved.as_ref().unwrap_or(&empty);
    if !ordered(&input.plan) || !ordered(&input.claimed) || !ordered(proved) {
        return Err(ChartError::Input("the days of a series are not in order".into()));
    }
    let mut columns = vec!["Ngày", &labels.plan, &labels.claimed];
    columns.extend(input.proved.is_some().then_some(labels.proved.as_str()));
    let mut scene = Scene::new(size);
    let plan: Vec<_> = input.plan.iter().map(|(d, v)| (*d, Some(*v))).collect();
    let all = || plan.iter().chain(&input.claimed).chain(proved);
    if all().all(|(d, v)| v.is_none() || *d > input.to) {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);
    let end = input.today.clamp(input.from, input.to);
    let started = input.today >= input.from;

    // Ends of the series, for the direct labels on the right.
    let mut ends = vec![(labels.plan.as_str(), at(&plan, input.to), Role::Ink3, false)];
    if started {
        ends.push((&labels.claimed, at(&input.claimed, end), Role::Accent, true));
        if input.proved.is_some() {
            ends.push((&labels.proved, at(proved, end), Role::Teal, true));
        }
    }
    let end_text = |name: &str, value: Option<u32>| match value {
        Some(v) => format!("{name} {v}"),
        None => format!("{name}: chưa rõ"),
    };
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let widest =
        ends.iter().map(|(n, v, _, b)| text_width(&nfc(&end_text(n, *v)), LABEL, *b)).fold(0.0, f64::max);
    let end_room = widest.min(width * 0.4 - 8.0);
    let right = end_room + 8.0;

    let most = all().filter_map(|(_, v)| *v).max().unwrap_or(0).max(input.total).max(1);
    let step = nice_step(f64::from(most), 4).max(1.0);
    let ticks = (f64::from(most) / step).ceil() as u32;
    let top_value = (f64::from(ticks) * step).max(1.0);
    let left = text_width(&format!("{top_value}"), LABEL, false) + 8.0;
    let plane =
        Plane { input, plot: Rect::new(left, 10.0, width - left - right, height - 10.0 - 24.0), top_value };
    let plot = plane.plot;

    for i in 0..=ticks {
        let value = f64::from(i) * step;
        let y = plane.y(value).round() + 0.5;
        scene.line(&[(plot.x, y), (plot.right(), y)], 1.0, if i == 0 { Role::Ink3 } else { Role::Line });
        scene.text(Text::new(left - 8.0, y + 4.0, format!("{value}")).anchor(Anchor::End));
    }

    // Claimed without proof: hatched, column by column between the two curves.
    let days: Vec<NaiveDate> = input.from.iter_days().take_while(|d| *d <= end).collect();
    if started {
        for day in days.iter().filter(|d| **d < end) {
            if let (Some(c), Some(p)) = (at(&input.claimed, *day), at(proved, *day))
                && c > p
            {
                let (x, top) = (plane.x(*day), plane.y(f64::from(c)));
                let next = day.succ_opt().map_or(x, |d| plane.x(d));
                let band = Rect::new(x, top, next - x, plane.y(f64::from(p)) - top);
                scene.hatch(band, 6.0, 1.0, Role::Accent);
            }
        }
    }
    let mut curves: Vec<Vec<Point>> = Vec::new();
    for stretch in plane.steps(&plan, input.to) {
        scene.dashed(&stretch, 1.5, Role::Ink3, 5.0, 3.0);
        curves.push(stretch);
    }
    if started {
        for (series, role) in [(proved.as_slice(), Role::Teal), (input.claimed.as_slice(), Role::Accent)] {
            for stretch in plane.steps(series, end) {
                scene.line(&stretch, 2.0, role);
                // A stretch of one day has no length to see.
                if let (Some(first), Some(last)) = (stretch.first(), stretch.last())
                    && (last.0 - first.0).abs() < 2.0
                {
                    let x = first.0.clamp(plot.x + 3.0, plot.right() - 3.0);
                    scene.dot((x, last.1), 3.0, role);
                }
                curves.push(stretch);
            }
        }
    }

    // Direct labels at the right ends, moved apart.
    let wanted: Vec<f64> = ends.iter().map(|(_, v, ..)| plane.y(v.map_or(0.0, f64::from)) + 4.0).collect();
    if let Some(placed) = spread(&wanted, 14.0, 11.0, height - 4.0) {
        for ((name, value, role, bold), y) in ends.iter().zip(placed) {
            let role = if value.is_some() { *role } else { Role::Unk };
            let text = Text::new(plot.right() + 8.0, y, end_text(name, *value)).role(role);
            scene.text(if *bold { text.bold() } else { text }.fit(end_room));
        }
    }
    for curve in &curves {
        for pair in curve.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            scene.reserve(Rect::new(
                x0.min(x1) - 2.0,
                y0.min(y1) - 2.0,
                (x1 - x0).abs() + 4.0,
                (y1 - y0).abs() + 4.0,
            ));
        }
    }

    verticals(&mut scene, &plane);
    annotate_cliff(&mut scene, &plane, &plan);
    day_ticks(&mut scene, &plane, &plan);
    data(&mut scene, &plane, &plan, proved, end, started);
    let said: Vec<_> = ends.iter().map(|(name, value, ..)| end_text(name, *value)).collect();
    scene.summary =
        nfc(&format!("{} trên {} {}, đến {}.", said.join(", "), input.total, labels.unit, full_day(end)));
    Ok(scene)
}

/// Today (dotted) and the milestones (dashed), each with its name beside the line at the lowest free height.
fn verticals(scene: &mut Scene, plane: &Plane<'_>) {
    let (input, plot) = (plane.input, plane.plot);
    let today = (input.today, input.labels.today.clone());
    let lines = input.milestones.iter().map(|m| (m, false)).chain([(&today, true)]);
    let shown: Vec<_> = lines.filter(|((day, _), _)| (input.from..=input.to).contains(day)).collect();
    for ((day, _), is_today) in &shown {
        let x = plane.x(*day);
        let (on, off) = if *is_today { (1.5, 2.5) } else { (6.0, 3.0) };
        scene.dashed(&[(x, plot.y), (x, plot.bottom())], 1.0, Role::Ink2, on, off);
        scene.reserve(Rect::new(x - 1.5, plot.y, 3.0, plot.h));
    }
    for ((day, name), _) in &shown {
        let x = plane.x(*day);
        let text =
            Text::new(0.0, 0.0, format!("{name} {}", day_month(*day))).role(Role::Ink2).fit(plot.w * 0.5);
        let rows = (0..(plot.h / 15.0) as usize).map(|i| plot.bottom() - 7.0 - 15.0 * i as f64);
        scene.text_at_first(
            &text,
            rows.flat_map(|y| [(x + 5.0, y, Anchor::Start), (x - 5.0, y, Anchor::End)]),
        );
    }
}

/// Says how much falls due on the plan's cliff: its rise in ink, the words beside it, or just the number where the
/// words find no room (the date stands under the axis).
fn annotate_cliff(scene: &mut Scene, plane: &Plane<'_>, plan: &Series) {
    let Some((day, before, after)) = cliff(plan, plane.input.total) else { return };
    if day < plane.input.from || day > plane.input.to {
        return;
    }
    let (x, top, bottom) = (plane.x(day), plane.y(f64::from(after)), plane.y(f64::from(before)));
    scene.line(&[(x, top - 0.75), (x, bottom)], 2.5, Role::Ink);
    let rise = after - before;
    let due = format!("{rise} {}", plane.input.labels.unit);
    let variants = [vec![due, format!("đến hạn {}", day_month(day))], vec![format!("+{rise}")]];
    for lines in variants {
        let rows = (0..((bottom - top) / 6.0).max(1.0) as usize).map(|i| top + 14.0 + 6.0 * i as f64);
        let sides = [(x + 7.0, Anchor::Start), (x - 7.0, Anchor::End)];
        let places: Vec<_> = rows.flat_map(|y| sides.map(|(x, anchor)| (x, y, anchor))).collect();
        for (x, y, anchor) in places {
            let line = |(i, words): (usize, &String)| {
                let text = Text::new(x, y + 14.0 * i as f64, words).anchor(anchor).role(Role::Ink);
                if i == 0 { text.bold() } else { text }
            };
            let texts: Vec<_> = lines.iter().enumerate().map(line).collect();
            let inside = |t: &Text| {
                let b = t.bounds();
                b.x >= plane.plot.x && b.right() <= plane.plot.right() && b.bottom() < plane.plot.bottom()
            };
            if texts.iter().all(|t| inside(t) && scene.has_room(t)) {
                for text in texts {
                    scene.text(text);
                }
                return;
            }
        }
    }
}

/// Dates under the axis: the ends, today, the milestones and the cliff, then round days in between while they have room.
fn day_ticks(scene: &mut Scene, plane: &Plane<'_>, plan: &Series) {
    let (input, plot) = (plane.input, plane.plot);
    let span = (input.to - input.from).num_days();
    let events = [input.to, input.today].into_iter().chain(cliff(plan, input.total).map(|c| c.0));
    let events = events.chain(input.milestones.iter().map(|m| m.0)).chain([input.from]);
    let parts = (plot.w / 110.0).floor().max(1.0) as i64;
    let between = (1..parts).map(|i| input.from + chrono::Duration::days(span * i / parts));
    let mut drawn = BTreeSet::new();
    for day in events.chain(between) {
        if !(input.from..=input.to).contains(&day) || drawn.contains(&day) {
            continue;
        }
        let x = plane.x(day);
        let text = Text::new(x, plot.bottom() + 18.0, day_month(day)).anchor(Anchor::Middle);
        if scene.text_with_air(text, 6.0) {
            drawn.insert(day);
            scene.line(&[(x, plot.bottom()), (x, plot.bottom() + 4.0)], 1.0, Role::Ink3);
        }
    }
}

/// A table row and a hot spot for each day on which something changed, the first day, and the last known day.
fn data(scene: &mut Scene, plane: &Plane<'_>, plan: &Series, proved: &Series, end: NaiveDate, started: bool) {
    let (input, plot) = (plane.input, plane.plot);
    let mut days: BTreeSet<NaiveDate> =
        plan.iter().map(|p| p.0).filter(|d| (input.from..=input.to).contains(d)).collect();
    let done = input.claimed.iter().chain(proved).map(|p| p.0);
    days.extend(done.filter(|d| started && *d >= input.from && *d <= end));
    days.extend([input.from, end]);
    let days: Vec<_> = days.into_iter().collect();
    for (i, day) in days.iter().enumerate() {
        let past = started && *day <= end;
        let done = |series: &Series| if past { at(series, *day).map(u64::from) } else { None };
        let mut values = vec![
            (&input.labels.plan, at(plan, *day).map(u64::from)),
            (&input.labels.claimed, done(&input.claimed)),
        ];
        if input.proved.is_some() {
            values.push((&input.labels.proved, done(proved)));
        }
        let mut cells = vec![full_day(*day)];
        cells.extend(values.iter().map(|(_, v)| known(*v)));
        let row = scene.row(cells);
        let x = |j: usize| days.get(j).map(|d| plane.x(*d));
        let here = plane.x(*day);
        let from = i.checked_sub(1).and_then(x).map_or(plot.x, |p| f64::midpoint(p, here));
        let to = x(i + 1).map_or(plot.right(), |n| f64::midpoint(n, here));
        let said: Vec<_> =
            values.iter().map(|(name, v)| format!("{} {}", name.to_lowercase(), known(*v))).collect();
        let label = format!("{}: {}", full_day(*day), said.join(", "));
        scene.hotspot(Rect::new(from, plot.y, to - from, plot.h), &label, Some(row), Some(day.to_string()));
    }
}
