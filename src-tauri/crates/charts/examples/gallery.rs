//! Writes every figure as SVG and PNG in all themes, and one page per theme, to `target/charts/`.

use pvhcc_charts::{Size, Theme, bench_page, draw, png, sample_figures};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let out = root.join("target/charts");
    fs::create_dir_all(&out)?;
    let fonts = root.join("assets/fonts").canonicalize()?;
    for (theme, name, panel) in
        [(Theme::Light, "light", "#fff"), (Theme::Dark, "dark", "#131e2c"), (Theme::Print, "print", "#fff")]
    {
        let mut page = format!(
            "<meta charset=utf-8><style>@font-face{{font-family:'Source Sans 3';src:url('file://{0}/SourceSans3_400Regular.ttf')}}\
             @font-face{{font-family:'Source Sans 3';font-weight:600;src:url('file://{0}/SourceSans3_600SemiBold.ttf')}}\
             body{{background:{panel};margin:12px}}svg{{margin:8px;outline:1px solid #8883}}</style>",
            fonts.display()
        );
        for (width, height) in [(680, 220), (400, 190), (380, 230), (560, 230), (900, 320)] {
            for (file, figure) in sample_figures() {
                let least = figure.least_size();
                let size = Size { width: least.width.max(width), height: least.height.max(height) };
                let stem = out.join(format!("{file}-{width}x{height}-{name}"));
                let chart = draw(&figure, theme, size)?;
                fs::write(stem.with_extension("svg"), &chart.svg)?;
                fs::write(stem.with_extension("png"), png(&figure, theme, size, 2)?)?;
                writeln!(page, "{}", chart.svg)?;
            }
        }
        fs::write(out.join(format!("{name}.html")), page)?;
    }
    fs::write(out.join("bench.txt"), format!("12 charts: {:?}\n", bench_page()?))?;
    Ok(())
}
