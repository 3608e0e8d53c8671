//! `pvhcc tasks compare`: what changed between two moments.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print,
};
use pvhcc_app::{
    App,
    wire::{CompareArgs, CompareFormat, CompareView, ErrorCode, WireError},
};
use pvhcc_domain::time::Ms;
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Which moments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Thời điểm đầu: `2026-05-28T15:00+07:00`, `28/05/2026 15:00`
    #[arg(long, value_parser = super::moment)]
    from: Ms,
    /// Thời điểm sau (mặc định là hiện tại)
    #[arg(long, value_parser = super::moment)]
    to: Option<Ms>,
    /// Mã danh mục (mặc định là danh mục của quyết định)
    #[arg(long)]
    list: Option<String>,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
    /// Tệp nhận kết quả (mặc định in ra màn hình)
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Csv,
    Md,
    Json,
    Xlsx,
}

pub(crate) async fn run(place: &Place, who: &Who, args: Args) -> Outcome {
    if matches!(args.format, Format::Xlsx) && args.out.is_none() {
        return Err(WireError::new(
            ErrorCode::Invalid,
            "Dạng xlsx cần tên tệp nhận kết quả: --out so-sanh.xlsx",
        ));
    }
    let app = who.open(place).await?;
    let bytes = made(&app, &args).await;
    app.shutdown().await;
    let bytes = bytes?;
    match args.out {
        Some(path) => {
            std::fs::File::create_new(&path).and_then(|mut file| file.write_all(&bytes)).map_err(|e| {
                let message = format!("Không ghi được tệp {}: {e}. Hãy chọn tên tệp khác.", path.display());
                WireError::new(ErrorCode::Storage, message).with("file", path.display().to_string())
            })?
        }
        None => print(&String::from_utf8_lossy(&bytes)),
    }
    Ok(ExitCode::SUCCESS)
}

async fn made(app: &App, args: &Args) -> Result<Vec<u8>, WireError> {
    let compared = CompareArgs { from: args.from.0, to: args.to.map(|at| at.0), list: args.list.clone() };
    match args.format {
        Format::Csv => app.compare_file(compared, CompareFormat::Csv).await,
        Format::Md => app.compare_file(compared, CompareFormat::Md).await,
        Format::Xlsx => app.compare_file(compared, CompareFormat::Xlsx).await,
        Format::Json => {
            let view: CompareView = call(app, "tasks_compare", &compared).await?;
            serde_json::to_vec_pretty(&view)
                .map_err(|e| WireError::new(ErrorCode::Internal, format!("Không in được JSON: {e}.")))
        }
    }
}
