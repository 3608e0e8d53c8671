//! The embedded font: widths for layout and glyphs for the bitmap. Knows nothing of figures.
//!
//! plotters' own `ab_glyph` text scales by line height rather than em, so its bitmap text is 13 % smaller than its SVG
//! text, and it drops the side bearings of letters. This style gives both backends the same em and baseline.

use ab_glyph::{Font, FontRef, PxScale, point};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendTextStyle, FontFamily, FontStyle};
use std::sync::OnceLock;

/// The family named in the SVG; the page must declare it with the same files. Quoted, because a bare name may not hold
/// a word that is a number: browsers drop the whole attribute.
pub const FONT_FAMILY: &str = "'Source Sans 3', sans-serif";

const REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/SourceSans3_400Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../../../../assets/fonts/SourceSans3_600SemiBold.ttf");

/// Where plotters' SVG backend puts the baseline under the top of a text, in em (`dy` of a top anchor).
pub(crate) const BASELINE: f64 = 0.76;
/// plotters divides the size by this to get the em of its SVG text.
const PLOTTERS_SIZE_PER_EM: f64 = 1.24;

fn font(bold: bool) -> &'static FontRef<'static> {
    static FONTS: OnceLock<[FontRef<'static>; 2]> = OnceLock::new();
    let load = |bytes| {
        FontRef::try_from_slice(bytes).unwrap_or_else(|e| unreachable!("the embedded font is sound: {e}"))
    };
    &FONTS.get_or_init(|| [load(REGULAR), load(SEMIBOLD)])[usize::from(bold)]
}

/// Whether the font (regular and semibold) has its own picture of the character.
#[must_use]
pub fn has_glyph(c: char) -> bool {
    [false, true].into_iter().all(|bold| font(bold).glyph_id(c).0 != 0)
}

/// Advance width of a text at `em` px, with kerning. `bold` is the semibold cut.
#[must_use]
pub fn text_width(text: &str, em: f64, bold: bool) -> f64 {
    let font = font(bold);
    let mut previous = None;
    let mut units = 0.0f64;
    for c in text.chars() {
        let id = font.glyph_id(c);
        units += f64::from(font.h_advance_unscaled(id));
        if let Some(p) = previous {
            units += f64::from(font.kern_unscaled(p, id));
        }
        previous = Some(id);
    }
    units * em / f64::from(font.units_per_em().unwrap_or(1000.0))
}

/// The text cut to `room` px with an ellipsis; empty when not even one letter fits.
pub(crate) fn fit(text: &str, em: f64, bold: bool, room: f64) -> String {
    if text_width(text, em, bold) <= room {
        return text.to_owned();
    }
    let mut kept: String = text.to_owned();
    while kept.pop().is_some() {
        let candidate = format!("{}…", kept.trim_end());
        if !kept.trim_end().is_empty() && text_width(&candidate, em, bold) <= room {
            return candidate;
        }
    }
    String::new()
}

/// The text on two lines broken at a blank, the longer of them as short as can be; `None` for one word.
pub(crate) fn halves(text: &str, em: f64, bold: bool) -> Option<[String; 2]> {
    let width = |lines: &[String; 2]| lines.iter().map(|l| text_width(l, em, bold)).fold(0.0, f64::max);
    text.match_indices(' ')
        .map(|(at, _)| [text[..at].trim_end().to_owned(), text[at..].trim_start().to_owned()])
        .filter(|[first, second]| !first.is_empty() && !second.is_empty())
        .min_by(|a, b| width(a).total_cmp(&width(b)))
}

/// Text of one size, weight and colour on a backend; the position is the top of the text.
pub(crate) struct Style {
    /// Pixels of the backend per em.
    pub(crate) em: f64,
    pub(crate) bold: bool,
    pub(crate) anchor: HPos,
    pub(crate) color: BackendColor,
}

/// Never made: the font is embedded.
#[derive(Debug, thiserror::Error)]
#[error("no font")]
pub(crate) enum NoFontError {}

impl BackendTextStyle for Style {
    type FontError = NoFontError;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.em * PLOTTERS_SIZE_PER_EM
    }

    fn style(&self) -> FontStyle {
        if self.bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    fn anchor(&self) -> Pos {
        Pos::new(self.anchor, VPos::Top)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT_FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), NoFontError> {
        Ok(((0, 0), (text_width(text, self.em, self.bold).round() as i32, self.em.round() as i32)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (x0, y0): (i32, i32),
        mut draw: DrawFunc,
    ) -> Result<Result<(), E>, NoFontError> {
        let font = font(self.bold);
        let upem = font.units_per_em().unwrap_or(1000.0);
        let scale = PxScale::from(self.em as f32 * font.height_unscaled() / upem);
        let unit = self.em as f32 / upem;
        let (mut x, baseline) = (x0 as f32, y0 as f32 + (BASELINE * self.em) as f32);
        let mut previous = None;
        for c in text.chars() {
            let id = font.glyph_id(c);
            if let Some(p) = previous {
                x += font.kern_unscaled(p, id) * unit;
            }
            previous = Some(id);
            if let Some(glyph) = font.outline_glyph(id.with_scale_and_position(scale, point(x, baseline))) {
                let corner = glyph.px_bounds().min;
                let mut failed = None;
                glyph.draw(|gx, gy, coverage| {
                    if failed.is_none() && coverage > 0.0 {
                        let color = BackendColor { alpha: f64::from(coverage.min(1.0)), ..self.color };
                        failed = draw(corner.x as i32 + gx as i32, corner.y as i32 + gy as i32, color).err();
                    }
                });
                if let Some(e) = failed {
                    return Ok(Err(e));
                }
            }
            x += font.h_advance_unscaled(id) * unit;
        }
        Ok(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// The 12 vowels and đ with every tone, both cases: (12 vowels × 6 tones + 17 consonant letters without F, J, W, Z
    /// but with Đ) × 2 … counted below rather than trusted.
    fn letters() -> Vec<char> {
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let mut out = Vec::new();
        for vowel in "aăâeêioôơuưy".chars() {
            for tone in tones {
                out.extend(format!("{vowel}{tone}").nfc());
            }
        }
        out.push('đ');
        let upper: Vec<char> = out.iter().flat_map(|c| c.to_uppercase()).collect();
        out.extend(upper);
        // The plain vowels are ASCII and belong to every alphabet; the rest are the letters Vietnamese adds.
        out.retain(|c| !c.is_ascii());
        out
    }

    #[test]
    fn all_134_vietnamese_letters_have_a_glyph_in_both_cuts() {
        let letters = letters();
        assert_eq!(letters.len(), 134);
        for c in
            letters.into_iter().chain('a'..='z').chain('A'..='Z').chain("0123456789,.%–…≠·*/()“”×≥".chars())
        {
            assert!(has_glyph(c), "no glyph for {c:?}");
        }
        assert!(!has_glyph('\u{4e2d}'), "the test can fail");
    }

    #[test]
    fn digits_are_equally_wide_in_both_cuts() {
        for bold in [false, true] {
            let one = text_width("1", 12.0, bold);
            for d in "023456789".chars() {
                assert!((text_width(&d.to_string(), 12.0, bold) - one).abs() < 1e-9, "{d}");
            }
        }
    }

    #[test]
    fn a_text_is_halved_at_the_blank_that_leaves_the_shorter_longest_line() {
        let halved = |text: &str| halves(text, 11.0, false).map(|lines| lines.join("|"));
        assert_eq!(halved("I. Chuẩn bị, lập kế hoạch").as_deref(), Some("I. Chuẩn bị,|lập kế hoạch"));
        assert_eq!(halved("Hồ sơ lên Cổng · GĐ1").as_deref(), Some("Hồ sơ lên|Cổng · GĐ1"));
        assert_eq!(halved("VNPT"), None);
    }

    #[test]
    fn fitted_text_never_exceeds_its_room() {
        let text = "Kết nối, tích hợp Hệ thống thông tin giải quyết thủ tục hành chính";
        for room in 0..400 {
            let room = f64::from(room);
            assert!(text_width(&fit(text, 12.0, false, room), 12.0, false) <= room);
        }
        assert_eq!(fit(text, 12.0, false, 1000.0), text);
    }
}
