//! `pvhcc remind`: the timer of the system that asks for the report while no window is open.

use crate::{Outcome, Place, actor::call, print, text};
use pvhcc_app::{
    App,
    wire::{NoArgs, SystemState, SystemTimerArgs, SystemTimerView, WireError},
};
use std::process::ExitCode;

/// What to do with the timer.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Hẹn giờ nhắc báo cáo với hệ điều hành, và mở cửa sổ khi đăng nhập máy
    Install {
        /// Không mở cửa sổ khi đăng nhập máy
        #[arg(long)]
        no_autostart: bool,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Bỏ hẹn giờ và việc mở cửa sổ khi đăng nhập máy
    Remove {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Hẹn giờ đang thế nào; mã thoát 1 khi chưa đúng như quy định
    Status {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = place.open().await?;
    let asked = ask(&app, &args.command).await;
    app.shutdown().await;
    let view = asked?;
    let removing = matches!(args.command, Command::Remove { .. });
    let (Command::Install { json, .. } | Command::Remove { json } | Command::Status { json }) = args.command;
    if json {
        print(&text::json(&view)?);
    } else {
        print(&format!("{}\n", view.text));
    }
    let as_wanted = removing || view.timer == SystemState::On;
    Ok(if as_wanted { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn ask(app: &App, command: &Command) -> Result<SystemTimerView, WireError> {
    app.on_command_line(None).await?;
    let (timer, autostart) = match command {
        Command::Install { no_autostart, .. } => (true, !no_autostart),
        Command::Remove { .. } => (false, false),
        Command::Status { .. } => return call(app, "system_timer", &NoArgs {}).await,
    };
    call(app, "system_timer_set", &SystemTimerArgs { timer, autostart }).await
}
