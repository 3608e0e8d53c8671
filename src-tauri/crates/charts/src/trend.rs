//! One or two measures by period as lines, the same periods a year before as thin dashed lines of the same colour, events
//! as dotted verticals. What is not known is a gap; a period that is not over ends in a hollow point.

use crate::format::{amid, decimal, nfc, nice_step};
use crate::geometry::{Anchor, LABEL, Point, Rect, SMALL, Text, spread};
use crate::palette::Role;
use crate::quantity::Quantity;
use crate::scene::Scene;
use crate::text::text_width;
use crate::{ChartError, Size};
use serde::{Deserialize, Serialize};

/// One period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendPeriod {
    /// Name under the axis ("T5").
    pub label: String,
    /// The caller's key.
    pub key: Option<String>,
    /// The period is not over or not fully counted; marked with `*` and a hollow point.
    pub partial: bool,
}

/// One measure over the periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrendMeasure {
    /// Name at the end of the line ("Tiếp nhận").
    pub label: String,
    /// One value a period; `None` is unknown and leaves a gap.
    pub values: Vec<Option<f64>>,
    /// The same periods a year before, as many, or none at all.
    pub before: Vec<Option<f64>>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrendEvent {
    /// Where on the axis, in periods from the left end: 4.9 is shortly before the end of the fifth.
    pub at: f64,
    /// Its name ("chuyển đổi 29/05").
    pub label: String,
}

/// The words of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendLabels {
    /// Head of the periods ("Tháng").
    pub period: String,
    /// Name of what is compared with ("cùng kỳ 2025").
    pub before: String,
    /// Meaning of the star ("đến 15/05").
    pub partial: String,
}

/// Input of [`crate::trend`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Periods from left to right, days to years.
    pub periods: Vec<TrendPeriod>,
    /// One or two measures of one quantity.
    pub measures: Vec<TrendMeasure>,
    /// Vertical marks.
    pub events: Vec<TrendEvent>,
    /// What the values are.
    pub quantity: Quantity,
    /// Words.
    pub labels: TrendLabels,
}

/// One measure each.
const ROLES: [Role; 2] = [Role::Accent, Role::Teal];
const LEAST: Size = Size { width: 260, height: 140 };
/// Points this far apart are marked and may carry their value, px.
const POINTS_APART: f64 = 14.0;
const VALUES_APART: f64 = 38.0;

pub(crate) fn least_size(_: &Trend) -> Size {
    LEAST
}

fn check(input: &Trend) -> Result<(), ChartError> {
    if input.measures.len() > ROLES.len() {
        return Err(ChartError::Input(format!("{} measures, at most 2", input.measures.len())));
    }
    for measure in &input.measures {
        let (have, want) = (measure.values.len(), input.periods.len());
        if have != want || !(measure.before.is_empty() || measure.before.len() == want) {
            return Err(ChartError::Input(format!(
                "\"{}\" has {have} values and {} before for {want} periods",
                measure.label,
                measure.before.len()
            )));
        }
        input.quantity.check(measure.values.iter().chain(&measure.before))?;
    }
    let end = input.periods.len() as f64;
    match input.events.iter().find(|e| !(0.0..=end).contains(&e.at)) {
        Some(event) => Err(ChartError::Input(format!("\"{}\" at {} is off the axis", event.label, event.at))),
        None => Ok(()),
    }
}

/// A line of the picture.
struct Line<'a> {
    role: Role,
    values: &'a [Option<f64>],
    /// Name at its end.
    name: String,
    before: bool,
}

struct Plane {
    plot: Rect,
    slot: f64,
    low: f64,
    high: f64,
}

impl Plane {
    fn at(&self, period: usize, value: f64) -> Point {
        let up = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        (self.plot.x + self.slot * (period as f64 + 0.5), self.plot.bottom() - self.plot.h * up)
    }
}

pub(crate) fn lay_out(input: &Trend, size: Size) -> Result<Scene, ChartError> {
    check(input)?;
    let labels = &input.labels;
    let mut scene = Scene::new(size);
    let with_before = |m: &TrendMeasure| m.before.iter().any(Option::is_some);
    let mut columns = vec![labels.period.clone()];
    for measure in &input.measures {
        columns.push(measure.label.clone());
        if with_before(measure) {
            columns.push(format!("{}, {}", measure.label, labels.before));
        }
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    if input.measures.iter().flat_map(|m| m.values.iter().chain(&m.before)).all(Option::is_none) {
        return Ok(scene.empty(&columns));
    }
    scene.set_columns(&columns, 1);

    let mut lines = Vec::new();
    for (measure, role) in input.measures.iter().zip(ROLES) {
        if with_before(measure) {
            let name = labels.before.clone();
            lines.push(Line { role, values: &measure.before, name, before: true });
        }
        lines.push(Line { role, values: &measure.values, name: measure.label.clone(), before: false });
    }
    let plane = plane(input, &mut scene, &lines, size);
    events(&mut scene, &plane, input);
    for line in &lines {
        draw_line(&mut scene, &plane, line, input);
    }
    end_names(&mut scene, &plane, &lines, input);
    if lines.len() <= 2 && plane.slot >= VALUES_APART {
        values(&mut scene, &plane, &lines, input);
    }
    period_names(&mut scene, &plane, input, size);
    data(&mut scene, &plane, input, &with_before);
    Ok(scene)
}

/// The name of a line and its last value, as they stand at its end.
fn end_text(line: &Line<'_>, input: &Trend) -> String {
    match line.values.iter().rev().find_map(|v| *v) {
        Some(value) if !line.before => format!("{} {}", line.name, input.quantity.short(value)),
        _ => line.name.clone(),
    }
}

/// Axis, rules and their numbers.
fn plane(input: &Trend, scene: &mut Scene, lines: &[Line<'_>], size: Size) -> Plane {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let divisor = input.quantity.divisor();
    let known = || lines.iter().flat_map(|l| l.values).flatten().map(|v| v / divisor);
    let most = known().fold(0.0, f64::max);
    // Lines of shares may start above zero: at a round percentage under the least of them.
    let low = match input.quantity {
        Quantity::Share => {
            let least = known().fold(100.0, f64::min);
            let grain = if least >= 90.0 { 2.0 } else { 10.0 };
            if least < 50.0 { 0.0 } else { (((least - 0.1) / grain).floor() * grain).max(0.0) }
        }
        Quantity::Count { .. } => 0.0,
    };
    let most = if input.quantity == Quantity::Share && most > 90.0 { 100.0 } else { most };
    let span = if most - low < 1e-9 { 1.0 } else { most - low };
    let rows = ((height - 60.0) / 34.0).floor().clamp(2.0, 5.0) as usize;
    let step = nice_step(span, rows);
    // Counts that are not divided have no half.
    let step = if divisor == 1.0 { step.max(1.0) } else { step };
    let ticks = (span / step - 1e-9).ceil().max(1.0) as usize;
    let number = |i: usize| decimal(low + step * i as f64, usize::from(step < 0.999_999));

    let left = (0..=ticks).map(|i| text_width(&number(i), SMALL, false)).fold(12.0, f64::max) + 8.0;
    let names = lines.iter().map(|l| text_width(&nfc(&end_text(l, input)), LABEL, true)).fold(0.0, f64::max);
    let right = (names + 12.0).min(width * 0.34);
    let starred = input.periods.iter().any(|p| p.partial) && !input.labels.partial.is_empty();
    let foot = 20.0 + if starred { 16.0 } else { 0.0 };
    // The names of events stand above the highest value.
    let head = if input.events.is_empty() { 20.0 } else { 34.0 };
    let plot = Rect::new(left, head, width - left - right, height - head - foot);
    let (low, high) = (low * divisor, (low + step * ticks as f64) * divisor);
    let plane = Plane { plot, slot: plot.w / input.periods.len() as f64, low, high };
    for i in 0..=ticks {
        let y = (plot.bottom() - plot.h * i as f64 / ticks as f64).round() - 0.5;
        scene.line(&[(plot.x, y), (plot.right(), y)], 1.0, if i == 0 { Role::Ink3 } else { Role::Line });
        scene.text(Text::new(left - 6.0, y + 4.0, number(i)).em(SMALL).anchor(Anchor::End));
    }
    scene.text(Text::new(0.0, 11.0, input.quantity.unit()).em(SMALL).fit(plot.w * 0.6));
    plane
}

/// Dotted verticals with their names over the plot, or beside the line where another name stands.
fn events(scene: &mut Scene, plane: &Plane, input: &Trend) {
    let plot = plane.plot;
    let shown: Vec<_> = input.events.iter().map(|e| (plot.x + plane.slot * e.at, &e.label)).collect();
    for (x, _) in &shown {
        scene.dashed(&[(*x, plot.y - 18.0), (*x, plot.bottom())], 1.0, Role::Ink2, 1.5, 2.5);
        scene.reserve(Rect::new(x - 1.0, plot.y - 16.0, 2.0, plot.h + 16.0));
    }
    for (x, label) in shown {
        let text = Text::new(0.0, 0.0, label).em(SMALL).role(Role::Ink2).fit(plot.w * 0.6);
        let half = text.width() / 2.0;
        let top = plot.y - 22.0;
        let places =
            [(x, top, Anchor::Middle), (x + half.min(4.0), top, Anchor::End), (x - 4.0, top, Anchor::Start)];
        scene.text_at_first(&text, places);
    }
}

fn draw_line(scene: &mut Scene, plane: &Plane, line: &Line<'_>, input: &Trend) {
    let apart = plane.slot >= POINTS_APART;
    let points: Vec<Option<Point>> =
        line.values.iter().enumerate().map(|(i, v)| v.map(|v| plane.at(i, v))).collect();
    for run in points.split(Option::is_none).filter(|run| !run.is_empty()) {
        let run: Vec<Point> = run.iter().flatten().copied().collect();
        if line.before {
            scene.dashed(&run, if apart { 1.2 } else { 1.0 }, line.role, 3.0, 2.5);
        } else {
            scene.line(&run, if apart { 2.0 } else { 1.5 }, line.role);
        }
        // A known period between two unknown ones would not be seen.
        if run.len() == 1 && (line.before || !apart) {
            scene.dot(run[0], 2.0, line.role);
        }
    }
    if apart && !line.before {
        for (at, period) in points.iter().zip(&input.periods) {
            match at {
                Some(at) if period.partial => scene.ring(*at, 4.0, line.role),
                Some(at) => scene.dot(*at, 3.0, line.role),
                None => {}
            }
        }
    }
}

/// Each line's name at the height of its last known point.
fn end_names(scene: &mut Scene, plane: &Plane, lines: &[Line<'_>], input: &Trend) {
    let plot = plane.plot;
    let ends: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            let (i, value) = line.values.iter().enumerate().rev().find_map(|(i, v)| v.map(|v| (i, v)))?;
            Some((line, plane.at(i, value)))
        })
        .collect();
    let targets: Vec<f64> = ends.iter().map(|(_, (_, y))| y + 4.0).collect();
    let Some(heights) = spread(&targets, 14.0, 11.0, plot.bottom() + 4.0) else { return };
    let room = f64::from(scene.size.width) - plot.right() - 8.0;
    for ((line, _), y) in ends.iter().zip(heights) {
        let text = Text::new(plot.right() + 8.0, y, end_text(line, input)).role(line.role);
        let text = if line.before { text } else { text.bold() };
        scene.text(text.fit(room));
    }
}

/// The values at their points, above the line or below it, where nothing else stands.
fn values(scene: &mut Scene, plane: &Plane, lines: &[Line<'_>], input: &Trend) {
    for line in lines {
        let points: Vec<_> = line.values.iter().enumerate().map(|(i, v)| v.map(|v| plane.at(i, v))).collect();
        for pair in points.windows(2) {
            let [Some((x0, y0)), Some((x1, y1))] = pair else { continue };
            let steps = ((x1 - x0).hypot(y1 - y0) / 4.0).ceil().max(1.0);
            for k in 0..=steps as usize {
                let part = k as f64 / steps;
                scene.reserve(Rect::new(x0 + (x1 - x0) * part - 2.0, y0 + (y1 - y0) * part - 2.0, 4.0, 4.0));
            }
        }
    }
    for line in lines.iter().filter(|l| !l.before) {
        // The last one stands behind the line's name.
        let last = line.values.iter().rposition(Option::is_some).unwrap_or(0);
        for (i, value) in line.values[..last].iter().enumerate() {
            let Some(value) = *value else { continue };
            let (x, y) = plane.at(i, value);
            let text = Text::new(x, 0.0, input.quantity.short(value)).em(SMALL).role(line.role);
            let places = [
                (x, y - 7.0, Anchor::Middle),
                (x, y + 16.0, Anchor::Middle),
                (x - 7.0, y - 4.0, Anchor::End),
                (x + 7.0, y - 4.0, Anchor::Start),
            ];
            scene.text_at_first(&text, places);
        }
    }
}

/// Names under the axis, the ends first, as many between as have room; the meaning of the star below.
fn period_names(scene: &mut Scene, plane: &Plane, input: &Trend, size: Size) {
    let (plot, count) = (plane.plot, input.periods.len());
    let starred = |i: usize| {
        let period = &input.periods[i];
        if period.partial { format!("{}*", period.label) } else { period.label.clone() }
    };
    let widest = (0..count).map(|i| text_width(&nfc(&starred(i)), LABEL, false)).fold(1.0, f64::max);
    // Every n-th, counted from the last, so that the steps between those named are equal.
    let every = ((widest + 6.0) / plane.slot).ceil().max(1.0) as usize;
    for i in (0..count).rev().step_by(every) {
        let x = plane.at(i, plane.low).0;
        let text = Text::new(x, plot.bottom() + 16.0, starred(i)).role(Role::Ink2);
        let half = text.width() / 2.0;
        let x = x.clamp(half.min(x), (f64::from(size.width) - half).max(half));
        scene.text_with_air(Text { x, ..text }.anchor(Anchor::Middle).fit(f64::from(size.width)), 2.0);
    }
    if input.periods.iter().any(|p| p.partial) && !input.labels.partial.is_empty() {
        let note = Text::new(plot.x, f64::from(size.height) - 3.0, format!("* {}", input.labels.partial));
        scene.text(note.em(SMALL).fit(f64::from(size.width) - plot.x));
    }
}

/// A table row and a hot spot for each period.
fn data(scene: &mut Scene, plane: &Plane, input: &Trend, with_before: &dyn Fn(&TrendMeasure) -> bool) {
    let (plot, quantity) = (plane.plot, &input.quantity);
    for (i, period) in input.periods.iter().enumerate() {
        let name = if period.partial { format!("{}*", period.label) } else { period.label.clone() };
        let mut cells = vec![name.clone()];
        let mut said = Vec::new();
        for measure in &input.measures {
            let now = measure.values[i];
            cells.push(quantity.cell(now));
            let mut words = format!("{} {}", amid(&measure.label), quantity.said(now));
            if with_before(measure) {
                let before = measure.before[i];
                cells.push(quantity.cell(before));
                let change = quantity.change(now, before).map(|c| format!(", {}", c.words()));
                words += &format!(
                    " ({} {}{})",
                    input.labels.before,
                    quantity.said(before),
                    change.unwrap_or_default()
                );
            }
            said.push(words);
        }
        let row = scene.row(cells);
        let rect = Rect::new(plot.x + plane.slot * i as f64, plot.y, plane.slot, plot.h + 20.0);
        scene.hotspot(rect, &format!("{name}: {}", said.join("; ")), Some(row), period.key.clone());
    }
    let last = scene.hotspots.last().map(|h| h.label.clone()).unwrap_or_default();
    scene.summary = nfc(&format!("{} {}; {last}.", input.periods.len(), amid(&input.labels.period)));
}
