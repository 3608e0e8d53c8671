//! `pvhcc findings`: where dossier figures do not add up, and where records and reports disagree.

use crate::{Outcome, Place, actor::call, print, text};
use pvhcc_app::wire::{FindingsView, PeriodArgs, WireError};
use pvhcc_domain::text::number;
use std::{fmt::Write as _, process::ExitCode};

/// Which period.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Kỳ: 2026-05, 2026-Q2, 2026, 2026-01-01..2026-05-15; mặc định từ đầu năm đến ngày báo cáo gần nhất
    #[arg(long, default_value = "")]
    period: String,
    /// In JSON
    #[arg(long)]
    json: bool,
}

/// Ends with 1 when something was found: schedulers need not read.
pub(crate) async fn run(place: &Place, args: &Args) -> Outcome {
    let app = place.open().await?;
    let asked = PeriodArgs { period: args.period.clone(), as_of: None };
    let found: Result<FindingsView, WireError> = match app.on_command_line(None).await {
        Ok(()) => call(&app, "dossier_findings", &asked).await,
        Err(e) => Err(e),
    };
    app.shutdown().await;
    let view = found?;
    if args.json {
        print(&text::json(&view.findings)?);
    } else {
        print(&told(&view));
    }
    Ok(if view.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(view: &FindingsView) -> String {
    let mut text = format!("{}: {}\n", view.period.title, view.text);
    for (i, finding) in view.findings.iter().enumerate() {
        let _ = writeln!(text, "\n{}. {} ({})", i + 1, finding.title, finding.period.title);
        let _ = writeln!(text, "   {}. Hỏi: {}.", finding.verdict, finding.ask);
        for line in [&finding.hint, &finding.records].into_iter().flatten() {
            let _ = writeln!(text, "   {line}");
        }
        for part in &finding.beneath {
            let difference = number(part.difference);
            let _ = writeln!(text, "   - {}: {}, chênh {difference}", part.label, part.text);
        }
    }
    for note in &view.notes {
        let _ = writeln!(text, "{note}");
    }
    text
}
