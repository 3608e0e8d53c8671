//! `pvhcc quality`: what is wrong with the dossier records, and the list that goes to those who mend them.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print,
    text::{json, thousands},
};
use pvhcc_app::{
    App,
    wire::{ErrorCode, QualityArgs, QualityListArgs, QualityListView, QualityView, WireError},
};
use std::{fmt::Write as _, process::ExitCode};

/// What to look at.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    who: Who,
    /// Mã hệ thống: `tinh`, `bo`, `bo.byt`
    #[arg(long)]
    system: Option<String>,
    /// Mã đơn vị trên Cổng, như H21.17
    #[arg(long)]
    unit: Option<String>,
    /// Chỉ lỗi của một quy tắc, như no_received_date
    #[arg(long)]
    rule: Option<String>,
    /// Liệt kê bản ghi có lỗi thay cho số đếm
    #[arg(long)]
    list: bool,
    /// Ghi danh sách bản ghi có lỗi ra tệp .csv hoặc .xlsx
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
    let of = QualityArgs { system: args.system, unit: args.unit, unit_group: None };
    if let Some(path) = &args.out {
        let format = crate::text::format_of(path)?;
        let bytes = app.quality_file(&of, args.rule.as_deref(), format).await?;
        crate::text::write(path, &bytes)?;
        return Ok(format!("Đã ghi {}.\n", path.display()));
    }
    if args.list {
        let asked = QualityListArgs { of, rule: args.rule, offset: 0, limit: Some(u32::MAX) };
        let view: QualityListView = call(app, "dossier_quality_list", &asked).await?;
        return if args.json { json(&view) } else { Ok(listed(&view)) };
    }
    let mut view: QualityView = call(app, "dossier_quality", &of).await?;
    if let Some(rule) = &args.rule {
        view.rules.retain(|row| row.id == *rule);
        if view.rules.is_empty() {
            let message = format!("Không có quy tắc chất lượng dữ liệu “{rule}”.");
            return Err(WireError::new(ErrorCode::NotFound, message));
        }
    }
    if args.json { json(&view) } else { Ok(counted(&view)) }
}

fn counted(view: &QualityView) -> String {
    let mut text = format!("{}\n", view.title);
    for note in &view.notes {
        let _ = writeln!(text, "{note}");
    }
    for rule in &view.rules {
        let by: Vec<String> =
            rule.systems.iter().map(|s| format!("{} {}", s.name, thousands(s.found))).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
        let _ = writeln!(text, "{}  {}: {}{by}", rule.id, rule.name, rule.text);
    }
    text
}

fn listed(view: &QualityListView) -> String {
    let mut text = format!("{}\n", view.title);
    for row in &view.rows {
        let _ = writeln!(
            text,
            "{}  {}  {}  {}",
            row.line.code,
            row.line.system_name,
            row.line.unit,
            row.faults.join("; ")
        );
    }
    text
}
