//! `pvhcc sandbox`: the training sources as a process of their own.

use crate::{Outcome, print};
use pvhcc_app::wire::{ErrorCode, WireError};
use pvhcc_domain::time::Ms;
use pvhcc_sandbox::{Options, Sandbox};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

/// Where and when.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Địa chỉ lắng nghe; cổng 0 là cổng bất kỳ
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Giờ bắt đầu của đồng hồ giả lập, RFC 3339 (mặc định 14:00 ngày 29/05/2026, hoặc giờ bắt đầu của kịch bản)
    #[arg(long)]
    clock: Option<String>,
    /// Đồng hồ giả lập chạy nhanh gấp mấy lần (mặc định 1, hoặc như kịch bản)
    #[arg(long)]
    speed: Option<f64>,
    /// Kịch bản diễn tập, như cutover-night
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// Hạt giống của dữ liệu
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Thư mục giữ khóa, cổng và đồng hồ
    #[arg(long)]
    folder: Option<PathBuf>,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let night = match &args.scenario {
        Some(id) => Some(
            pvhcc_sandbox::scenario(id)
                .ok_or_else(|| WireError::new(ErrorCode::NotFound, format!("Không có kịch bản “{id}”.")))?,
        ),
        None => None,
    };
    let clock_start = match &args.clock {
        Some(text) => Ms::parse_rfc3339(text).map_err(|_| {
            WireError::new(
                ErrorCode::Invalid,
                format!("--clock “{text}” không đúng dạng 2026-05-29T14:00:00+07:00."),
            )
        })?,
        None => night.as_ref().map_or_else(pvhcc_sandbox::training_start, |night| night.start),
    };
    let folder = match args.folder {
        Some(folder) => folder,
        None => pvhcc_app::paths::base()?.join("sandbox"),
    };
    let sandbox = Sandbox::start(Options {
        listen: args.listen,
        folder,
        clock_start,
        speed: args.speed.or(night.map(|night| night.speed)).unwrap_or(1.0),
        seed: args.seed,
        scenario: args.scenario,
    })
    .await
    .map_err(|e| WireError::new(ErrorCode::Storage, format!("Không mở được môi trường tập huấn: {e}.")))?;
    let urls = sandbox.urls();
    print(&format!(
        "{}\n",
        serde_json::json!({
            "issuer": urls.issuer,
            "gateway": urls.gateway,
            "portal": urls.portal,
            "pages": urls.pages,
            "control": urls.control,
        })
    ));
    let _ = tokio::signal::ctrl_c().await;
    sandbox.stop().await;
    Ok(ExitCode::SUCCESS)
}
