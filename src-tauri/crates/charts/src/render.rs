//! Draws a scene on a plotters backend: one generic function for SVG and bitmap.

use crate::geometry::{Anchor, Point};
use crate::palette::{Palette, Role};
use crate::scene::{Mark, Scene};
use crate::text::{BASELINE, Style};
use crate::{ChartError, Size};
use plotters::prelude::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendStyle, DrawingErrorKind};

/// SVG units per px. plotters draws on whole units; tenths keep hairlines crisp and hatching even.
const SVG_UNITS: u32 = 10;
/// The bitmap is drawn this much larger and averaged down: plotters does not smooth polygons.
const OVERSAMPLING: u32 = 2;

struct Stroke {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

fn failed<E: std::error::Error + Send + Sync>(error: DrawingErrorKind<E>) -> ChartError {
    ChartError::Backend(error.to_string())
}

fn draw<B: DrawingBackend>(
    backend: &mut B,
    scene: &Scene,
    colors: &Palette,
    units: u32,
) -> Result<(), ChartError> {
    scene.check()?;
    let unit = f64::from(units);
    let at = |(x, y): Point| ((x * unit).round() as i32, (y * unit).round() as i32);
    let color = |role: Role| BackendColor { alpha: 1.0, rgb: colors.rgb(role) };
    let stroke =
        |role: Role, width: f64| Stroke { color: color(role), width: ((width * unit).round() as u32).max(1) };
    for mark in &scene.marks {
        match mark {
            Mark::Line { points, width, role } => {
                let mut path: Vec<_> = points.iter().copied().map(at).collect();
                path.dedup();
                if path.len() == 2 {
                    backend.draw_line(path[0], path[1], &stroke(*role, *width))
                } else if path.len() > 2 {
                    backend.draw_path(path, &stroke(*role, *width))
                } else {
                    Ok(())
                }
            }
            Mark::Area { points, role } => {
                backend.fill_polygon(points.iter().copied().map(at).collect::<Vec<_>>(), &color(*role))
            }
            Mark::Box { rect, role } => {
                let (from, to) = (at((rect.x, rect.y)), at((rect.right(), rect.bottom())));
                backend.draw_rect(from, to, &color(*role), true)
            }
            Mark::Shade { rect, class } => {
                let (from, to) = (at((rect.x, rect.y)), at((rect.right(), rect.bottom())));
                backend.draw_rect(from, to, &BackendColor { alpha: 1.0, rgb: colors.class(*class) }, true)
            }
            Mark::Dot { at: center, r, role } => {
                backend.draw_circle(at(*center), ((r * unit).round() as u32).max(1), &color(*role), true)
            }
            Mark::Text(text) => {
                let anchor = match text.anchor {
                    Anchor::Start => HPos::Left,
                    Anchor::Middle => HPos::Center,
                    Anchor::End => HPos::Right,
                };
                let style = Style { em: text.em * unit, bold: text.bold, anchor, color: color(text.role) };
                backend.draw_text(&text.text, &style, at((text.x, text.y - BASELINE * text.em)))
            }
        }
        .map_err(failed)?;
    }
    backend.present().map_err(failed)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The scene as one `<svg>` element with its summary as the accessible name.
pub(crate) fn svg(scene: &Scene, colors: &Palette, size: Size) -> Result<String, ChartError> {
    let (w, h) = (size.width, size.height);
    let mut body = String::with_capacity(16 * 1024);
    {
        let mut backend = SVGBackend::with_string(&mut body, (w * SVG_UNITS, h * SVG_UNITS));
        draw(&mut backend, scene, colors, SVG_UNITS)?;
    }
    // plotters' own opening tag gives the size in units; ours gives it in px and keeps the units in the view box.
    let marks = body.split_once('\n').map_or("", |(_, rest)| rest);
    // Every mark is opaque and every fill states its colour: the defaults need not be sent.
    let marks = marks.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    let (vw, vh) = (w * SVG_UNITS, h * SVG_UNITS);
    let name = escaped(&scene.summary);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{name}\" width=\"{w}\" height=\"{h}\" \
         viewBox=\"0 0 {vw} {vh}\">\n{marks}"
    ))
}

/// The scene as a PNG file.
pub(crate) fn png(scene: &Scene, colors: &Palette, size: Size, scale: u32) -> Result<Vec<u8>, ChartError> {
    let units = scale * OVERSAMPLING;
    let (w, h) = (size.width * scale, size.height * scale);
    let (big_w, big_h) = (size.width * units, size.height * units);
    let (r, g, b) = colors.rgb(Role::Bg);
    let mut big = [r, g, b].repeat(big_w as usize * big_h as usize);
    {
        let mut backend = BitMapBackend::with_buffer(&mut big, (big_w, big_h));
        draw(&mut backend, scene, colors, units)?;
    }
    let small = averaged(&big, big_w as usize, w as usize, h as usize);
    let mut file = Vec::new();
    let broken = |e: png::EncodingError| ChartError::Backend(e.to_string());
    let mut encoder = png::Encoder::new(&mut file, w, h);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = 3780 * scale;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(broken)?;
    writer.write_image_data(&small).map_err(broken)?;
    writer.finish().map_err(broken)?;
    Ok(file)
}

/// Each pixel is the mean of a square of [`OVERSAMPLING`]² pixels of `big`.
fn averaged(big: &[u8], big_w: usize, w: usize, h: usize) -> Vec<u8> {
    let n = OVERSAMPLING as usize;
    let mut small = Vec::with_capacity(w * h * 3);
    for y in 0..h {
        for x in 0..w {
            for channel in 0..3 {
                let pixel =
                    |dx: usize, dy: usize| u32::from(big[((y * n + dy) * big_w + x * n + dx) * 3 + channel]);
                let sum: u32 = (0..n * n).map(|i| pixel(i % n, i / n)).sum();
                small.push((sum / (n * n) as u32) as u8);
            }
        }
    }
    small
}
