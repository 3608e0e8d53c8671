//! A figure as a list of marks in picture pixels, with the helpers all figures share: dashes, hatching, dots, and text
//! that refuses to overlap text. Knows nothing of backends or of what the marks mean.

use crate::format::nfc;
use crate::geometry::{Anchor, LABEL, Point, Rect, SMALL, Text};
use crate::palette::Role;
use crate::text::{halves, text_width};
use crate::{ChartError, Fill, HotSpot, Size, Table};

/// Said where there is nothing to draw.
pub(crate) const NO_DATA: &str = "Chưa có số liệu";

#[derive(Debug, Clone)]
pub(crate) enum Mark {
    Line {
        points: Vec<Point>,
        width: f64,
        role: Role,
    },
    Area {
        points: Vec<Point>,
        role: Role,
    },
    Box {
        rect: Rect,
        role: Role,
    },
    /// A box of the sequential scale.
    Shade {
        rect: Rect,
        class: usize,
    },
    Dot {
        at: Point,
        r: f64,
        role: Role,
    },
    Text(Text),
}

/// The column of the names of rows: one size for all of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    /// Size, px.
    em: f64,
    /// Width of the column, px.
    pub(crate) room: f64,
}

impl Names {
    /// The least column in which the names stand whole, at most `most` px wide: in labels' size if all fit on one line,
    /// else smaller, and on two lines what is still too long.
    pub(crate) fn column<'a>(names: impl IntoIterator<Item = &'a String>, most: f64) -> Self {
        let names: Vec<String> = names.into_iter().map(|n| nfc(n)).collect();
        let widest = |em: f64| names.iter().map(|n| text_width(n, em, false)).fold(0.0, f64::max);
        if widest(LABEL) <= most {
            return Self { em: LABEL, room: widest(LABEL) };
        }
        let halved = |name: &String| {
            let lines = halves(name, SMALL, false)?;
            Some(lines.map(|l| text_width(&l, SMALL, false)).into_iter().fold(0.0, f64::max))
        };
        let wanted = |name: &String| match text_width(name, SMALL, false) {
            one if one <= most => one,
            one => halved(name).unwrap_or(one),
        };
        Self { em: SMALL, room: names.iter().map(wanted).fold(0.0, f64::max).min(most) }
    }
}

/// The marks of one figure and what belongs to them.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) size: Size,
    pub(crate) marks: Vec<Mark>,
    pub(crate) hotspots: Vec<HotSpot>,
    pub(crate) table: Table,
    pub(crate) summary: String,
    /// Boxes that later texts must not touch: placed texts, and what the figure reserved.
    taken: Vec<Rect>,
}

impl Scene {
    pub(crate) fn new(size: Size) -> Self {
        Self {
            size,
            marks: Vec::new(),
            hotspots: Vec::new(),
            table: Table::default(),
            summary: String::new(),
            taken: Vec::new(),
        }
    }

    /// The frame of a figure without data: a rule at the foot and a word in the middle.
    pub(crate) fn empty(mut self, columns: &[&str]) -> Self {
        let (w, h) = (f64::from(self.size.width), f64::from(self.size.height));
        self.line(&[(8.0, h - 20.5), (w - 8.0, h - 20.5)], 1.0, Role::Line);
        self.text(Text::new(w / 2.0, h / 2.0, NO_DATA).anchor(Anchor::Middle).role(Role::Unk));
        self.set_columns(columns, 1);
        self.summary = format!("{NO_DATA}.");
        self
    }

    /// Names the columns; those from `first_number` on hold numbers.
    pub(crate) fn set_columns(&mut self, columns: &[&str], first_number: usize) {
        self.table.columns = columns.iter().map(|c| nfc(c)).collect();
        self.table.numeric = (0..columns.len()).map(|i| i >= first_number).collect();
    }

    /// Adds a table row and returns its index.
    pub(crate) fn row(&mut self, cells: Vec<String>) -> usize {
        self.table.rows.push(cells.iter().map(|c| nfc(c)).collect());
        self.table.rows.len() - 1
    }

    /// A hot spot, clipped to the picture.
    pub(crate) fn hotspot(&mut self, rect: Rect, label: &str, row: Option<usize>, key: Option<String>) {
        let round = |v: f64| (v * 10.0).round() / 10.0;
        let x = rect.x.clamp(0.0, f64::from(self.size.width) - 1.0);
        let y = rect.y.clamp(0.0, f64::from(self.size.height) - 1.0);
        let w = rect.right().min(f64::from(self.size.width)) - x;
        let h = rect.bottom().min(f64::from(self.size.height)) - y;
        let (x, y) = (round(x), round(y));
        let w = round(w.max(0.5)).min(f64::from(self.size.width) - x);
        let h = round(h.max(0.5)).min(f64::from(self.size.height) - y);
        self.hotspots.push(HotSpot { x, y, w, h, label: nfc(label), row, key });
    }

    /// Keeps later texts out of a box.
    pub(crate) fn reserve(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Whether a text would be inside the picture and clear of everything placed or reserved.
    pub(crate) fn has_room(&self, text: &Text) -> bool {
        let bounds = text.bounds();
        !text.text.is_empty() && bounds.within(self.size) && !self.taken.iter().any(|t| t.meets(&bounds))
    }

    /// Places a text if it has room. Earlier calls win, so figures place what matters most first.
    pub(crate) fn text(&mut self, text: Text) -> bool {
        let room = self.has_room(&text);
        if room {
            self.taken.push(text.bounds());
            self.marks.push(Mark::Text(text));
        }
        room
    }

    /// Places a text if it has room with `air` px free on both sides; ticks that nearly touch read as one.
    pub(crate) fn text_with_air(&mut self, text: Text, air: f64) -> bool {
        self.has_air(&text, air) && self.text(text)
    }

    /// Whether a text would be clear of everything placed or reserved with `air` px on both sides.
    pub(crate) fn has_air(&self, text: &Text, air: f64) -> bool {
        let b = text.bounds();
        let wide = Rect::new(b.x - air, b.y, b.w + 2.0 * air, b.h);
        !self.taken.iter().any(|t| t.meets(&wide))
    }

    /// Places a text at the first of several positions with room.
    pub(crate) fn text_at_first(
        &mut self,
        text: &Text,
        places: impl IntoIterator<Item = (f64, f64, Anchor)>,
    ) -> bool {
        places.into_iter().any(|(x, y, anchor)| self.text(Text { x, y, anchor, ..text.clone() }))
    }

    /// Places the name of a row of `height` px at the left edge, centred on `middle`: whole on one line, or on two where
    /// the row is high enough, and only then cut short. Its hot spot has it whole.
    pub(crate) fn row_name(&mut self, name: &str, names: Names, middle: f64, height: f64) {
        let name = nfc(name);
        let one = Text::new(0.0, middle + 4.0, &name).em(names.em).role(Role::Ink);
        let pitch = (height / 2.0).min(13.0);
        // Two boxes of letters fit the row (see `Text::bounds`); smaller than this nobody reads.
        let em = ((pitch - 0.1) / 1.08).min(SMALL);
        let lines = (one.width() > names.room && em >= 10.0).then(|| halves(&name, em, false)).flatten();
        let Some(lines) = lines else {
            self.text(one.fit(names.room));
            return;
        };
        let first = middle - pitch / 2.0 + 0.32 * em;
        for (line, y) in lines.iter().zip([first, first + pitch]) {
            self.text(Text::new(0.0, y, line).em(em).role(Role::Ink).fit(names.room));
        }
    }

    pub(crate) fn line(&mut self, points: &[Point], width: f64, role: Role) {
        let mut points = points.to_vec();
        points.dedup();
        if points.len() > 1 {
            self.marks.push(Mark::Line { points, width, role });
        }
    }

    pub(crate) fn area(&mut self, points: &[Point], role: Role) {
        self.marks.push(Mark::Area { points: points.to_vec(), role });
    }

    pub(crate) fn rect(&mut self, rect: Rect, role: Role) {
        if rect.w > 0.0 && rect.h > 0.0 {
            self.marks.push(Mark::Box { rect, role });
        }
    }

    /// A box in a class of the sequential scale.
    pub(crate) fn shade(&mut self, rect: Rect, class: usize) {
        if rect.w > 0.0 && rect.h > 0.0 {
            self.marks.push(Mark::Shade { rect, class });
        }
    }

    pub(crate) fn dot(&mut self, at: Point, r: f64, role: Role) {
        self.marks.push(Mark::Dot { at, r, role });
    }

    /// A ring: a dot with the panel's colour inside, so that lines do not show through.
    pub(crate) fn ring(&mut self, at: Point, r: f64, role: Role) {
        self.dot(at, r, role);
        self.dot(at, r - 1.5, Role::Bg);
    }

    /// A polyline cut into dashes of `on` px with gaps of `off` px, the pattern running on round corners.
    pub(crate) fn dashed(&mut self, points: &[Point], width: f64, role: Role, on: f64, off: f64) {
        let (mut drawing, mut left) = (true, on);
        let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = (x1 - x0).hypot(y1 - y0);
            let mut done = 0.0;
            while length - done > left {
                done += left;
                let at = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length);
                if drawing {
                    piece.push(at);
                    self.line(&piece, width, role);
                }
                piece = vec![at];
                drawing = !drawing;
                left = if drawing { on } else { off };
            }
            left -= length - done;
            if drawing {
                piece.push((x1, y1));
            }
        }
        if drawing {
            self.line(&piece, width, role);
        }
    }

    /// Outline drawn inside the box.
    pub(crate) fn outline(&mut self, rect: Rect, width: f64, role: Role) {
        let t = width.min(rect.w / 2.0).min(rect.h / 2.0);
        self.rect(Rect::new(rect.x, rect.y, rect.w, t), role);
        self.rect(Rect::new(rect.x, rect.bottom() - t, rect.w, t), role);
        self.rect(Rect::new(rect.x, rect.y + t, t, rect.h - 2.0 * t), role);
        self.rect(Rect::new(rect.right() - t, rect.y + t, t, rect.h - 2.0 * t), role);
    }

    /// Hatching at 45°, every line clipped to the box. The one helper for "claimed".
    pub(crate) fn hatch(&mut self, rect: Rect, gap: f64, width: f64, role: Role) {
        if rect.w <= 0.0 || rect.h <= 0.0 {
            return;
        }
        // Lines x + y = c, on a grid shared by the whole picture so that neighbouring boxes hatch as one.
        let last = rect.right() + rect.bottom();
        let mut c = ((rect.x + rect.y) / gap).ceil() * gap;
        while c < last {
            let from = (rect.x.max(c - rect.bottom()), 0.0);
            let to = (rect.right().min(c - rect.y), 0.0);
            if to.0 - from.0 > 0.05 {
                self.line(&[(from.0, c - from.0), (to.0, c - to.0)], width, role);
            }
            c += gap;
        }
    }

    /// A box in one of the four styles.
    pub(crate) fn fill(&mut self, rect: Rect, fill: Fill, role: Role) {
        match fill {
            Fill::Solid => self.rect(rect, role),
            Fill::Empty => self.outline(rect, 1.0, role),
            Fill::Hatched => {
                self.hatch(rect, 6.0, 2.0, role);
                self.outline(rect, 1.0, role);
            }
            Fill::Dotted => {
                let (r, gap) = (0.9, 4.0);
                let across = ((rect.w - 2.0 * r) / gap).floor().max(0.0) as usize + 1;
                let down = ((rect.h - 2.0 * r) / gap).floor().max(0.0) as usize + 1;
                let (left, top) =
                    ((rect.w - (across - 1) as f64 * gap) / 2.0, (rect.h - (down - 1) as f64 * gap) / 2.0);
                for i in 0..across {
                    for j in 0..down {
                        self.dot((rect.x + left + i as f64 * gap, rect.y + top + j as f64 * gap), r, role);
                    }
                }
            }
        }
    }

    /// A legend of swatches from `(x, y)` (baseline of the first line), wrapped before `right`; returns the last baseline.
    pub(crate) fn legend(&mut self, x: f64, y: f64, right: f64, items: &[(String, Fill, Role)]) -> f64 {
        let (mut at, mut baseline) = (x, y);
        for (label, fill, role) in items {
            let text = Text::new(at + 15.0, baseline, label).role(Role::Ink2).fit(right - x - 15.0);
            let text = if at > x && text.bounds().right() > right {
                (at, baseline) = (x, baseline + 17.0);
                Text { x: at + 15.0, y: baseline, ..text }
            } else {
                text
            };
            let end = text.bounds().right();
            if self.text(text) {
                self.fill(Rect::new(at, baseline - 9.0, 10.0, 10.0), *fill, *role);
            }
            at = end + 14.0;
        }
        baseline
    }

    /// Lines a legend of these labels needs.
    pub(crate) fn legend_lines(width: f64, labels: impl IntoIterator<Item = impl AsRef<str>>) -> usize {
        let (mut at, mut lines) = (0.0, 1);
        for label in labels {
            let w = text_width(&nfc(label.as_ref()), LABEL, false).min(width - 15.0) + 15.0;
            if at > 0.0 && at + w > width {
                (at, lines) = (0.0, lines + 1);
            }
            at += w + 14.0;
        }
        lines
    }

    /// Every coordinate is a finite number within a picture's width of the picture.
    pub(crate) fn check(&self) -> Result<(), ChartError> {
        let (w, h) = (f64::from(self.size.width), f64::from(self.size.height));
        let fine = |(x, y): &Point| (-1.0..=w + 1.0).contains(x) && (-1.0..=h + 1.0).contains(y);
        let all_fine = self.marks.iter().all(|mark| match mark {
            Mark::Line { points, .. } | Mark::Area { points, .. } => points.iter().all(fine),
            Mark::Box { rect, .. } | Mark::Shade { rect, .. } => {
                fine(&(rect.x, rect.y)) && fine(&(rect.right(), rect.bottom()))
            }
            Mark::Dot { at, .. } => fine(at),
            Mark::Text(text) => text.bounds().within(self.size),
        });
        if all_fine { Ok(()) } else { Err(ChartError::Backend("a mark left the picture".into())) }
    }
}
