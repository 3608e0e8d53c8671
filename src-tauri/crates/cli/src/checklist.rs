//! `pvhcc checklist`: the 90 tasks as data, and what is odd in the source.

use crate::{Outcome, print};
use pvhcc_app::wire::{ErrorCode, WireError};
use pvhcc_domain::{checklist::Checklist, units::Units};
use std::{fmt::Write as _, process::ExitCode};

/// How to print.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
    /// Chỉ in những điểm bất thường của văn bản gốc
    #[arg(long)]
    anomalies: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Csv,
    Json,
    Md,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let broken = |e: &dyn std::fmt::Display| {
        WireError::new(ErrorCode::Internal, format!("Danh mục kèm chương trình bị lỗi: {e}."))
    };
    let checklist = Checklist::builtin().map_err(|e| broken(&e))?;
    let units = Units::builtin().map_err(|e| broken(&e))?;
    if args.anomalies {
        let mut text = String::new();
        for anomaly in checklist.anomalies() {
            let _ = writeln!(text, "{}", anomaly.text);
        }
        print(&text);
        return Ok(ExitCode::SUCCESS);
    }
    print(&match args.format {
        Format::Csv => checklist.to_csv(&units),
        Format::Json => checklist.to_json(&units).map_err(|e| broken(&e))?,
        Format::Md => checklist.to_md(&units),
    });
    Ok(ExitCode::SUCCESS)
}
