//! `pvhcc admin`: the one-time code by which the first admin enters.

use crate::{Outcome, Place, print};
use std::process::ExitCode;

/// What to do.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// In mã dùng một lần cho quản trị đầu tiên
    Init,
}

pub(crate) async fn run(place: &Place, command: Command) -> Outcome {
    let Command::Init = command;
    let app = place.open().await?;
    let code = app.admin_code().await?;
    app.shutdown().await;
    print(&format!(
        "Mã dùng một lần: {code}\nĐăng nhập bằng VNeID trên máy này, rồi nhập mã ở màn hình “Chưa có vai trò”.\n"
    ));
    Ok(ExitCode::SUCCESS)
}
