//! `pvhcc journal`, `backup`, `restore`.

use crate::{Outcome, Place, complain, print};
use pvhcc_app::wire::{ErrorCode, WireError};
use pvhcc_domain::time::SystemClock;
use pvhcc_store::StoreError;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// What to do with the journal.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Kiểm tra chuỗi băm; nêu sự kiện hỏng đầu tiên
    Verify {
        /// Mã băm đầu chuỗi đã in trong báo cáo: phát hiện phần đuôi bị cắt
        #[arg(long)]
        against: Option<String>,
    },
    /// Xuất mọi sự kiện, mỗi dòng một JSON
    Export,
}

fn failed(e: &StoreError) -> WireError {
    WireError::new(ErrorCode::Storage, format!("Không đọc hoặc ghi được dữ liệu: {e}."))
}

pub(crate) async fn run(place: &Place, command: Command) -> Outcome {
    let app = place.open().await?;
    let code = match command {
        Command::Verify { against } => match app.store().verify(against.as_deref()).await {
            Ok(v) => {
                print(&format!("Nhật ký toàn vẹn: {} sự kiện, đầu chuỗi {}\n", v.events, v.head));
                ExitCode::SUCCESS
            }
            Err(e) => {
                complain(&format!("Nhật ký không toàn vẹn: {e}"));
                ExitCode::FAILURE
            }
        },
        Command::Export => {
            let mut out: Vec<u8> = Vec::new();
            app.store().export_jsonl(&mut out).await.map_err(|e| failed(&e))?;
            print(&String::from_utf8_lossy(&out));
            ExitCode::SUCCESS
        }
    };
    app.shutdown().await;
    Ok(code)
}

pub(crate) async fn backup(place: &Place, to: Option<PathBuf>) -> Outcome {
    let app = place.open().await?;
    let to = to.unwrap_or_else(|| app.folder().join("backups"));
    let info = app.store().backup(&to).await.map_err(|e| failed(&e))?;
    print(&format!("{} · {} sự kiện · {} byte\n", info.path.display(), info.events, info.bytes));
    app.shutdown().await;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn restore(place: &Place, backup: &Path) -> Outcome {
    let report = pvhcc_store::Store::restore(&place.folder()?, backup, Arc::new(SystemClock))
        .await
        .map_err(|e| failed(&e))?;
    print(&format!("{}\n", pvhcc_app::recovery_text(&report)));
    Ok(ExitCode::SUCCESS)
}
