//! `pvhcc poll --once`: one round over the sources, for schedulers.

use crate::{Outcome, Place, print, text};
use std::{fmt::Write as _, process::ExitCode};

/// How to poll.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Một vòng rồi thoát
    #[arg(long, required = true)]
    once: bool,
    /// In JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(place: &Place, args: &Args) -> Outcome {
    debug_assert!(args.once, "clap requires it");
    let app = place.open().await?;
    let report = app.poll_once().await?;
    app.shutdown().await;
    if args.json {
        print(&text::json(&report)?);
    } else {
        let mut text = String::new();
        for line in &report.sources {
            let _ = writeln!(
                text,
                "{:<18} {:<13} {:>6} dòng {:>4} để riêng  {}",
                line.source,
                line.state,
                line.rows,
                line.quarantined,
                line.error.as_deref().unwrap_or("")
            );
        }
        print(&text);
    }
    Ok(if report.all_answered() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
