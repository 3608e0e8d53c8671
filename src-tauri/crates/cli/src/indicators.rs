//! `pvhcc indicators`: the indicators of QĐ 766 of a unit or the province, and the rates beside them.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print,
    text::{json, write},
};
use pvhcc_app::{
    App,
    wire::{IndicatorArgs, IndicatorsView, WireError},
};
use pvhcc_domain::text::percent;
use std::{fmt::Write as _, process::ExitCode};

/// Whose indicators of which period.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    who: Who,
    /// Mã đơn vị trên Cổng, như H21.17; mặc định toàn tỉnh
    #[arg(long, default_value = "")]
    unit: String,
    /// Kỳ: 2026-05, 2026-Q2, 2026; mặc định kỳ dài nhất mới nhất
    #[arg(long, default_value = "")]
    period: String,
    /// Xếp hạng mọi đơn vị thay cho chỉ số của một đơn vị
    #[arg(long)]
    ranking: bool,
    /// Ghi ra tệp .csv hoặc .xlsx
    #[arg(long, value_name = "TỆP")]
    out: Option<std::path::PathBuf>,
    /// In JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = args.who.open(place).await?;
    let done = act(&app, args).await;
    app.shutdown().await;
    print(&done?);
    Ok(ExitCode::SUCCESS)
}

async fn act(app: &App, args: Args) -> Result<String, WireError> {
    let of = IndicatorArgs { period: args.period, unit: args.unit };
    if let Some(path) = &args.out {
        let format = crate::text::format_of(path)?;
        let bytes = app.indicators_file(&of, args.ranking, format).await?;
        write(path, &bytes)?;
        return Ok(format!("Đã ghi {}.\n", path.display()));
    }
    let view: IndicatorsView = call(app, "indicators", &of).await?;
    if args.json {
        return json(&view);
    }
    Ok(if args.ranking { ranked(&view) } else { told(&view) })
}

fn points(score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |s| format!("{s:.2}").replace('.', ","))
}

fn told(view: &IndicatorsView) -> String {
    let mut text = String::new();
    let period = view.period.as_ref().map_or("–", |p| p.title.as_str());
    let _ = writeln!(text, "{} · {}: {}", view.unit_name, period, view.title);
    if let Some(place) = &view.place {
        let _ = writeln!(text, "{}", place.text);
    }
    if let Some(band) = &view.band {
        let doubt = if view.band_verified { "" } else { " (chưa kiểm chứng)" };
        let _ = writeln!(text, "Xếp loại: {band}{doubt}");
    }
    let _ = writeln!(text, "{}", view.source);
    for block in &view.blocks {
        let _ = writeln!(
            text,
            "{}  {}: {} / {}",
            block.code,
            block.name,
            points(block.score),
            points(Some(block.max))
        );
        for c in &block.components {
            let rate = c.ratio.map_or_else(|| "–".to_owned(), |r| percent(r, 2));
            let why = c.missing.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
            let _ =
                writeln!(text, "    {}: {rate}, {} / {}{why}", c.name, points(c.score), points(Some(c.max)));
        }
    }
    if !view.moves.is_empty() {
        let _ = writeln!(text, "Tăng điểm nhiều nhất nếu đạt mục tiêu:");
    }
    for step in view.moves.iter().take(5) {
        let _ = writeln!(text, "    {}", step.text);
    }
    let _ = writeln!(text, "Các tỷ lệ khác:");
    for rate in &view.rates {
        let why = rate.missing.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
        let _ = writeln!(text, "    {}: {}{why} · {}", rate.name, rate.text, rate.source);
    }
    for note in &view.notes {
        let _ = writeln!(text, "{note}");
    }
    text
}

fn ranked(view: &IndicatorsView) -> String {
    let mut text = format!("{}\n", view.source);
    for unit in &view.units {
        let place = unit.place.map_or_else(|| "–".to_owned(), |p| p.to_string());
        let _ = writeln!(text, "{place}  {}  {}  {}", unit.code, unit.name, points(unit.score));
    }
    text
}
