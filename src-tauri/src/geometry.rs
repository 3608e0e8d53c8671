//! Where the window stood: kept in the profile's folder, fitted to the screens there are now. Knows no toolkit.

use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path};

const FILE: &str = "window.json";

/// Smallest part of the window, in physical pixels, that must lie on a screen for it to be found again.
const REACHABLE: (i64, i64) = (160, 48);

/// A rectangle in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rect {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// What is kept of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Geometry {
    #[serde(flatten)]
    pub(crate) rect: Rect,
    pub(crate) maximized: bool,
}

impl Geometry {
    /// The kept geometry; a missing or damaged file is no reason to trouble anyone.
    pub(crate) fn load(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(FILE)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Written beside and renamed, so that a cut write leaves the old one.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        let part = folder.join("window.json.part");
        fs::write(&part, serde_json::to_vec(self)?)?;
        fs::rename(part, folder.join(FILE))
    }

    /// The geometry moved and shrunk to the work area of the screen it is on; `None` when it is on none of them.
    pub(crate) fn fit(self, screens: &[Rect]) -> Option<Self> {
        let screen = screens.iter().max_by_key(|screen| {
            let (w, h) = overlap(&self.rect, screen);
            w.max(0) * h.max(0)
        })?;
        let (w, h) = overlap(&self.rect, screen);
        if w < REACHABLE.0 || h < REACHABLE.1 {
            return None;
        }
        let width = self.rect.width.min(screen.width);
        let height = self.rect.height.min(screen.height);
        let x = self.rect.x.clamp(screen.x, right(screen) - to_i32(width));
        let y = self.rect.y.clamp(screen.y, bottom(screen) - to_i32(height));
        Some(Self { rect: Rect { x, y, width, height }, ..self })
    }
}

fn to_i32(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

fn right(r: &Rect) -> i32 {
    r.x.saturating_add(to_i32(r.width))
}

fn bottom(r: &Rect) -> i32 {
    r.y.saturating_add(to_i32(r.height))
}

/// Width and height of the common part; not positive when there is none.
fn overlap(a: &Rect, b: &Rect) -> (i64, i64) {
    let w = i64::from(right(a).min(right(b))) - i64::from(a.x.max(b.x));
    let h = i64::from(bottom(a).min(bottom(b))) - i64::from(a.y.max(b.y));
    (w, h)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Rect = Rect { x: 0, y: 0, width: 1366, height: 740 };
    const SECOND: Rect = Rect { x: 1366, y: 0, width: 1920, height: 1080 };

    fn at(x: i32, y: i32, width: u32, height: u32) -> Geometry {
        Geometry { rect: Rect { x, y, width, height }, maximized: false }
    }

    #[test]
    fn a_window_on_a_screen_that_is_still_there_stays_where_it_was() {
        let kept = at(1500, 100, 1200, 700);
        assert_eq!(kept.fit(&[SMALL, SECOND]), Some(kept));
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_is_not_restored() {
        assert_eq!(at(1500, 100, 1200, 700).fit(&[SMALL]), None);
        assert_eq!(at(1300, 100, 1200, 700).fit(&[SMALL]), None, "a strip of 66 pixels cannot be grasped");
        assert_eq!(at(0, 0, 1200, 700).fit(&[]), None);
    }

    #[test]
    fn a_window_larger_than_its_screen_shrinks_to_it() {
        assert_eq!(at(-50, -20, 1900, 1000).fit(&[SMALL]), Some(at(0, 0, 1366, 740)));
        assert_eq!(at(600, 300, 1000, 700).fit(&[SMALL]), Some(at(366, 40, 1000, 700)));
    }

    #[test]
    fn what_is_saved_is_loaded_and_damage_is_ignored() {
        let folder = tempfile::tempdir().expect("folder");
        assert_eq!(Geometry::load(folder.path()), None);
        let kept = at(10, 20, 1100, 600);
        kept.save(folder.path()).expect("saved");
        assert_eq!(Geometry::load(folder.path()), Some(kept));
        fs::write(folder.path().join(FILE), "{\"x\":").expect("written");
        assert_eq!(Geometry::load(folder.path()), None);
    }
}
