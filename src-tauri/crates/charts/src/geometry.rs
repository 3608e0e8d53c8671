//! Boxes and texts in picture pixels, and the moving apart of labels. Knows nothing of marks or figures.

use crate::Size;
use crate::format::nfc;
use crate::palette::Role;
use crate::text::{fit, text_width};

/// Size of labels, px.
pub(crate) const LABEL: f64 = 12.0;
/// Size of notes and of values above columns, px.
pub(crate) const SMALL: f64 = 11.0;
/// A point, px from the top left corner.
pub(crate) type Point = (f64, f64);

/// An upright box, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

impl Rect {
    pub(crate) fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w: w.max(0.0), h: h.max(0.0) }
    }

    pub(crate) fn right(&self) -> f64 {
        self.x + self.w
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.h
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Inside the picture, allowing for rounding.
    pub(crate) fn within(&self, size: Size) -> bool {
        let slack = 0.01;
        self.x >= -slack
            && self.y >= -slack
            && self.right() <= f64::from(size.width) + slack
            && self.bottom() <= f64::from(size.height) + slack
    }
}

/// Which point of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text before it is placed; `y` is the baseline.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) anchor: Anchor,
    pub(crate) em: f64,
    pub(crate) bold: bool,
    pub(crate) role: Role,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn new(x: f64, y: f64, text: impl AsRef<str>) -> Self {
        let text = nfc(text.as_ref());
        Self { x, y, anchor: Anchor::Start, em: LABEL, bold: false, role: Role::Ink3, text }
    }

    pub(crate) fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(crate) fn em(self, em: f64) -> Self {
        Self { em, ..self }
    }

    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Cut to `room` px.
    pub(crate) fn fit(self, room: f64) -> Self {
        Self { text: fit(&self.text, self.em, self.bold, room), ..self }
    }

    pub(crate) fn width(&self) -> f64 {
        text_width(&self.text, self.em, self.bold)
    }

    /// The box of the letters: stacked marks above capitals, descenders below.
    pub(crate) fn bounds(&self) -> Rect {
        let w = self.width();
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - w / 2.0,
            Anchor::End => self.x - w,
        };
        Rect::new(x, self.y - 0.86 * self.em, w, 1.08 * self.em)
    }
}

/// Moves labels of height `h`, wanted at `targets` (any order), apart within `top..bottom`; the order by target is kept.
/// `None` when they do not fit at all.
pub(crate) fn spread(targets: &[f64], h: f64, top: f64, bottom: f64) -> Option<Vec<f64>> {
    let n = targets.len();
    if n as f64 * h > bottom - top + h {
        return None;
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| targets[*a].total_cmp(&targets[*b]));
    let mut placed = vec![0.0; n];
    let mut free = top;
    for &i in &order {
        placed[i] = targets[i].max(free);
        free = placed[i] + h;
    }
    let mut limit = bottom;
    for &i in order.iter().rev() {
        placed[i] = placed[i].min(limit);
        limit = placed[i] - h;
    }
    Some(placed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_labels_keep_their_order_and_distance_and_stay_inside() {
        let placed = spread(&[20.0, 18.0, 19.0, 95.0], 14.0, 11.0, 96.0).unwrap();
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|p| p[1] - p[0] >= 14.0));
        assert!(placed[1] < placed[2] && placed[2] < placed[0] && placed[0] < placed[3]);
        assert!(sorted[0] >= 11.0 && sorted[3] <= 96.0);
        assert_eq!(spread(&[1.0; 9], 14.0, 0.0, 50.0), None);
    }
}
