//! `pvhcc duty` and `pvhcc readiness`: who is on duty, what the roster lacks, and how ready the units are, without a window.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print,
    text::{json, write},
};
use pvhcc_app::{
    App,
    wire::{
        DutyArgs, DutyExportArgs, LackKind, NoArgs, ReadinessReminderArgs, ReadinessView, RosterOfDutyView,
        TableFormat, WireError, WordsView,
    },
};
use pvhcc_domain::{text::instant, time::Ms};
use std::{fmt::Write as _, path::Path, process::ExitCode};

/// Which span of the roster.
#[derive(clap::Args)]
pub(crate) struct DutyCommand {
    #[command(flatten)]
    who: Who,
    /// Số ngày kể từ hôm nay
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=62))]
    days: u32,
    /// Ghi lịch trực ra tệp .csv hoặc .xlsx
    #[arg(long, value_name = "TỆP")]
    out: Option<std::path::PathBuf>,
    /// In JSON
    #[arg(long)]
    json: bool,
}

/// What of the readiness.
#[derive(clap::Args)]
pub(crate) struct ReadinessCommand {
    #[command(flatten)]
    who: Who,
    /// In lời nhắc cho các đơn vị còn thiếu
    #[arg(long, conflicts_with_all = ["json", "out"])]
    reminder: bool,
    /// Ghi ra tệp .csv hoặc .xlsx
    #[arg(long, value_name = "TỆP")]
    out: Option<std::path::PathBuf>,
    /// In JSON
    #[arg(long)]
    json: bool,
}

/// Exit code 1: nobody is on where somebody must be.
pub(crate) async fn duty(place: &Place, args: DutyCommand) -> Outcome {
    let app = args.who.open(place).await?;
    let done = roster(&app, &args).await;
    app.shutdown().await;
    let (text, covered) = done?;
    print(&text);
    Ok(if covered { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Exit code 1: some unit is not ready.
pub(crate) async fn readiness(place: &Place, args: ReadinessCommand) -> Outcome {
    let app = args.who.open(place).await?;
    let done = units(&app, &args).await;
    app.shutdown().await;
    let (text, ready) = done?;
    print(&text);
    Ok(if ready { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn roster(app: &App, args: &DutyCommand) -> Result<(String, bool), WireError> {
    let view: RosterOfDutyView = call(app, "duty", &DutyArgs::default()).await?;
    let to = Ms(view.from).plus(i64::from(args.days) * 24 * 3_600_000);
    let span = DutyArgs { from: Some(view.from), to: Some(to.0), as_of: None };
    let view: RosterOfDutyView = call(app, "duty", &span).await?;
    let covered = view.on.iter().all(|on| on.lack != Some(LackKind::Nobody));
    let text = match &args.out {
        Some(path) => {
            let bytes = app.duty_file(&DutyExportArgs { span, format: format_of(path) }).await?;
            write(path, &bytes)?;
            format!("Đã ghi {}.\n", path.display())
        }
        None if args.json => json(&view)?,
        None => duty_text(&view),
    };
    Ok((text, covered))
}

fn duty_text(view: &RosterOfDutyView) -> String {
    let mut text = format!("{}\n", view.headline);
    if view.on.is_empty() {
        text.push_str("Lúc này không vị trí nào phải trực.\n");
    }
    for on in &view.on {
        let primary = on.primary.as_ref().map_or("KHÔNG CÓ NGƯỜI", |p| p.name.as_str());
        let backup = match (&on.backup, on.lack) {
            (Some(backup), _) => format!(", dự phòng {}", backup.name),
            (None, Some(LackKind::Backup)) => ", THIẾU DỰ PHÒNG".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(text, "- {} ({}): {primary}{backup}", on.title, on.unit.short);
    }
    if let Some(at) = view.next_change {
        let _ = writeln!(text, "Đổi ca tiếp theo: {}", instant(Ms(at)));
    }
    for line in &view.lines {
        for gap in &line.gaps {
            let _ = writeln!(text, "! {} ({}): {}", line.title, line.unit.short, gap.text);
        }
    }
    for clash in &view.clashes {
        let _ = writeln!(text, "! {clash}");
    }
    text
}

async fn units(app: &App, args: &ReadinessCommand) -> Result<(String, bool), WireError> {
    let view: ReadinessView = call(app, "readiness", &NoArgs {}).await?;
    let ready = view.ready as usize == view.units.len();
    let text = match &args.out {
        Some(path) => {
            write(path, &app.readiness_file(format_of(path)).await?)?;
            format!("Đã ghi {}.\n", path.display())
        }
        None if args.reminder => {
            let asked = ReadinessReminderArgs { duty: None, units: Vec::new() };
            let words: WordsView = call(app, "readiness_reminder", &asked).await?;
            format!("{}\n", if words.text.is_empty() { words.title } else { words.text })
        }
        None if args.json => json(&view)?,
        None => readiness_text(&view),
    };
    Ok((text, ready))
}

fn readiness_text(view: &ReadinessView) -> String {
    let mut text = format!("{}\n", view.headline);
    for duty in &view.duties {
        let c = &duty.counts;
        let _ = writeln!(
            text,
            "- {}: {} xong, {} đang làm, {} chưa làm, {} chưa báo cáo, {} không áp dụng",
            duty.short, c.ready, c.partly, c.not_ready, c.unreported, c.not_applicable
        );
    }
    for row in view.units.iter().chain(view.parties.iter().map(|p| &p.row)).filter(|row| row.missing > 0) {
        let silent = if row.unreported as usize == row.cells.len() { ", chưa báo cáo gì" } else { "" };
        let _ = writeln!(text, "! {}: còn thiếu {}{silent}", row.name, row.missing);
    }
    text
}

fn format_of(path: &Path) -> TableFormat {
    match path.extension().and_then(|e| e.to_str()) {
        Some("xlsx") => TableFormat::Xlsx,
        _ => TableFormat::Csv,
    }
}
