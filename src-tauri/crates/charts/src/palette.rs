//! The colours of all figures by role, the same as the page's tokens. The only file with colours in it.

use crate::Theme;
use serde::{Deserialize, Serialize};

/// Red, green, blue.
pub type Rgb = (u8, u8, u8);

/// What a colour means. A figure asks for a role, never for a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Main text and values.
    Ink,
    /// Labels.
    Ink2,
    /// Axes, notes, the plan.
    Ink3,
    /// Rules and tracks; decoration, not information.
    Line,
    /// First series.
    Accent,
    /// Second series; proved.
    Teal,
    /// Third series; stocks.
    Plum,
    /// Fourth series.
    Orange,
    /// Reached.
    Ok,
    /// In doubt.
    Warn,
    /// Late or failed.
    Bad,
    /// Unknown.
    Unk,
    /// The panel under the picture.
    Bg,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 13] = [
        Self::Ink,
        Self::Ink2,
        Self::Ink3,
        Self::Line,
        Self::Accent,
        Self::Teal,
        Self::Plum,
        Self::Orange,
        Self::Ok,
        Self::Warn,
        Self::Bad,
        Self::Unk,
        Self::Bg,
    ];
}

/// The colours of one theme.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    roles: [u32; 13],
    scale: [u32; CLASSES],
}

fn parts(colour: u32) -> Rgb {
    let [_, r, g, b] = colour.to_be_bytes();
    (r, g, b)
}

impl Palette {
    /// The colour of a role.
    #[must_use]
    pub fn rgb(&self, role: Role) -> Rgb {
        parts(self.roles[role as usize])
    }

    /// The colour of a class of the sequential scale: the further from the panel's colour, the more.
    pub(crate) fn class(&self, class: usize) -> Rgb {
        parts(self.scale[class.min(CLASSES - 1)])
    }
}

/// Classes of the sequential scale, from little to much.
pub(crate) const CLASSES: usize = 5;

/// Classes below this carry [`Role::Ink`], those from it on [`Role::Bg`]: no class is so grey that neither reads on it.
const INK_BELOW: usize = 3;

/// The colour of a text on a class of the sequential scale.
pub(crate) fn on_class(class: usize) -> Role {
    if class < INK_BELOW { Role::Ink } else { Role::Bg }
}

/// The palette of a theme, in the order of [`Role::ALL`].
#[must_use]
pub fn palette(theme: Theme) -> Palette {
    let roles = match theme {
        Theme::Light => [
            0x16202e, 0x44505f, 0x5f6b7c, 0xe1e4ea, 0x12436d, 0x0f736e, 0x801650, 0xc2500c, 0x17774a,
            0x9a5b00, 0xb3261e, 0x5a6372, 0xffffff,
        ],
        Theme::Dark => [
            0xe8eef6, 0xaab7c8, 0x93a1b5, 0x24324a, 0x7fb2e0, 0x58d1a8, 0xd77bab, 0xf0925a, 0x5cc48d,
            0xe7b45a, 0xf2857c, 0x93a0b2, 0x131e2c,
        ],
        // Paper: black ink and a rule that survives a photocopier.
        Theme::Print => [
            0x000000, 0x2b333d, 0x4a5462, 0xd0d5dc, 0x12436d, 0x0b5f5b, 0x801650, 0xa84308, 0x12633d,
            0x7d4a00, 0x9c1f18, 0x4a5462, 0xffffff,
        ],
    };
    let scale = match theme {
        Theme::Light | Theme::Print => [0xe6eef5, 0xc3d6e7, 0x94b6d4, 0x3f6f9f, 0x12436d],
        Theme::Dark => [0x1c3049, 0x264a70, 0x34658f, 0x7fb2e0, 0xc6e1f8],
    };
    Palette { roles, scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance((r, g, b): Rgb) -> f64 {
        let lin = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * lin(r) + 0.7152 * lin(g) + 0.0722 * lin(b)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_has_4_5_and_graphics_have_3_to_1_against_the_panel_in_every_theme() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let p = palette(theme);
            for role in Role::ALL {
                let ratio = contrast(p.rgb(role), p.rgb(Role::Bg));
                // Any role but the rule may colour text (values, direct labels), so all meet the bar of text.
                if !matches!(role, Role::Line | Role::Bg) {
                    assert!(ratio >= 4.5, "{theme:?} {role:?}: {ratio:.2}");
                }
            }
        }
        assert!(contrast((255, 255, 255), (0, 0, 0)) > 20.9);
    }

    #[test]
    fn a_number_reads_on_every_class_of_the_scale_and_the_classes_run_one_way() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            for class in 0..CLASSES {
                let ratio = contrast(palette(theme).class(class), palette(theme).rgb(on_class(class)));
                assert!(ratio >= 4.5, "{theme:?} {class}: {ratio:.2}");
            }
            let from_panel =
                |class: usize| contrast(palette(theme).class(class), palette(theme).rgb(Role::Bg));
            assert!((1..CLASSES).all(|class| from_panel(class) > from_panel(class - 1) * 1.2), "{theme:?}");
        }
    }

    #[test]
    fn roles_and_colours_are_in_the_same_order() {
        for (i, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, i);
        }
        assert_eq!(palette(Theme::Light).rgb(Role::Accent), (0x12, 0x43, 0x6d));
    }
}
