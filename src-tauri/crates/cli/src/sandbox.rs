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
    /// Giờ bắt đầu của đồng hồ giả lập, RFC 3339
    #[arg(long, default_value = pvhcc_app::TRAINING_START)]
    clock: String,
    /// Đồng hồ giả lập chạy nhanh gấp mấy lần
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Hạt giống của dữ liệu
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Thư mục giữ khóa, cổng và đồng hồ
    #[arg(long)]
    folder: Option<PathBuf>,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let clock_start = Ms::parse_rfc3339(&args.clock).map_err(|_| {
        WireError::new(
            ErrorCode::Invalid,
            format!("--clock “{}” không đúng dạng 2026-05-29T14:00:00+07:00.", args.clock),
        )
    })?;
    let folder = match args.folder {
        Some(folder) => folder,
        None => pvhcc_app::paths::base()?.join("sandbox"),
    };
    let sandbox = Sandbox::start(Options {
        listen: args.listen,
        folder,
        clock_start,
        speed: args.speed,
        seed: args.seed,
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
            "control": urls.control,
        })
    ));
    let _ = tokio::signal::ctrl_c().await;
    sandbox.stop().await;
    Ok(ExitCode::SUCCESS)
}
