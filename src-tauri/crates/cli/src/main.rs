//! `pvhcc`: the same use cases without a window, for schedulers, servers and IT staff.
//!
//! Exit codes: 0 done, 1 the answer is "no" (a bad journal, a source that did not answer, a report still to be sent), 2 could
//! not be done, 3 the report is overdue.

mod actor;
mod admin;
mod alerts;
mod bars;
mod checklist;
mod duty;
mod findings;
mod import;
mod incidents;
mod indicators;
mod journal;
mod obstacles;
mod poll;
mod quality;
mod remind;
mod report;
mod runbook;
mod sandbox;
mod secrets;
mod stats;
mod tasks;
mod text;
mod watch;

use clap::{Parser, Subcommand};
use pvhcc_app::{
    App, Options, Profile,
    wire::{NoArgs, NoResult, WireError},
};
use std::{path::PathBuf, process::ExitCode, sync::Arc};

/// Bảng điều khiển PVHCC trên dòng lệnh.
#[derive(Parser)]
#[command(name = "pvhcc", version, about = "Bảng điều khiển PVHCC trên dòng lệnh")]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Which profile.
#[derive(clap::Args)]
struct Place {
    /// Hồ sơ tập huấn (mặc định là hồ sơ chính thức)
    #[arg(long, global = true)]
    training: bool,
    /// Tệp cấu hình
    #[arg(long, global = true, env = "PVHCC_CONFIG")]
    config: Option<PathBuf>,
    /// Thư mục dữ liệu của hồ sơ
    #[arg(long, global = true, env = "PVHCC_DATA_DIR")]
    data_dir: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// In danh mục nhiệm vụ
    Checklist(checklist::Args),
    /// Nhập tệp hồ sơ hoặc số liệu: XLSX, CSV, JSON
    Import(import::Args),
    /// Kiểm tra hoặc xuất nhật ký
    Journal {
        #[command(subcommand)]
        command: journal::Command,
    },
    /// Sao lưu ngay, bản sao được kiểm tra
    Backup {
        /// Thư mục nhận bản sao (mặc định trong thư mục hồ sơ)
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Khôi phục từ một bản sao, cộng các sự kiện còn đọc được
    Restore {
        /// Tệp sao lưu
        backup: PathBuf,
    },
    /// Cảnh báo: xem, nhận, tắt tiếng, báo bên khác
    Alerts(alerts::Args),
    /// Sổ sự cố, bàn giao ca, thông báo tình hình vận hành
    Incidents(incidents::Args),
    /// Lịch trực: ai đang trực, chỗ nào trống, đổi ca lúc nào
    Duty(duty::DutyCommand),
    /// Mức sẵn sàng của các đơn vị: ai còn thiếu, lời nhắc
    Readiness(duty::ReadinessCommand),
    /// Sổ khó khăn, vướng mắc
    Obstacles(obstacles::Args),
    /// Mức mà lưu lượng thật của API phải đạt
    Bars(bars::Args),
    /// Số liệu hồ sơ theo kỳ, hệ thống, đơn vị, lĩnh vực, thủ tục, kênh
    Stats(stats::Args),
    /// Sai lệch của số liệu hồ sơ: phép cộng không khớp, hồ sơ và báo cáo khác nhau
    Findings(findings::Args),
    /// Chất lượng dữ liệu hồ sơ: bản ghi nào sai, sai gì, ai sửa
    Quality(quality::Args),
    /// Chỉ số phục vụ theo QĐ 766 và các tỷ lệ khác
    Indicators(indicators::Args),
    /// Báo cáo ngày, báo cáo tháng: chốt, lập tệp, nhắc, trạng thái
    Report(report::Args),
    /// Kịch bản chuyển đổi và lần chạy: liệt kê, xem, kiểm tra, xuất, tình trạng
    Runbook(runbook::Args),
    /// Hẹn giờ nhắc báo cáo với hệ điều hành: bật, bỏ, xem
    Remind(remind::Args),
    /// Hỏi nguồn, nhắc báo cáo và in những gì xảy ra, không cần cửa sổ, đến khi bị dừng
    Watch(watch::Args),
    /// Hỏi các nguồn dữ liệu
    Poll(poll::Args),
    /// Chạy môi trường tập huấn: VNeID, Trục tích hợp và Cổng giả lập
    Sandbox(sandbox::Args),
    /// Bí mật của các nguồn: nơi giữ, đặt, xóa
    Secrets(secrets::Args),
    /// Nhiệm vụ của các danh mục: xem, cập nhật, minh chứng, lịch sử, so sánh, nhập, xuất
    Tasks(tasks::Args),
    /// Việc của quản trị
    Admin {
        #[command(subcommand)]
        command: admin::Command,
    },
    /// In tệp cấu hình mẫu
    Config,
}

/// What a command ends with.
type Outcome = Result<ExitCode, WireError>;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            if let Some(text) = wrong_value(&error) {
                complain(&text);
                return ExitCode::from(2);
            }
            error.exit()
        }
    };
    let outcome = match cli.command {
        Command::Checklist(args) => checklist::run(&args),
        Command::Import(args) => import::run(&cli.place, args).await,
        Command::Journal { command } => journal::run(&cli.place, command).await,
        Command::Backup { to } => journal::backup(&cli.place, to).await,
        Command::Restore { backup } => journal::restore(&cli.place, &backup).await,
        Command::Alerts(args) => alerts::run(&cli.place, args).await,
        Command::Incidents(args) => incidents::run(&cli.place, args).await,
        Command::Duty(args) => duty::duty(&cli.place, args).await,
        Command::Readiness(args) => duty::readiness(&cli.place, args).await,
        Command::Obstacles(args) => obstacles::run(&cli.place, args).await,
        Command::Bars(args) => bars::run(&cli.place, args).await,
        Command::Stats(args) => stats::run(&cli.place, args).await,
        Command::Findings(args) => findings::run(&cli.place, &args).await,
        Command::Quality(args) => quality::run(&cli.place, args).await,
        Command::Indicators(args) => indicators::run(&cli.place, args).await,
        Command::Report(args) => report::run(&cli.place, args).await,
        Command::Runbook(args) => runbook::run(&cli.place, args).await,
        Command::Remind(args) => remind::run(&cli.place, args).await,
        Command::Watch(args) => watch::run(&cli.place, &args).await,
        Command::Poll(args) => poll::run(&cli.place, &args).await,
        Command::Sandbox(args) => sandbox::run(args).await,
        Command::Secrets(args) => secrets::run(&cli.place, args).await,
        Command::Tasks(args) => tasks::run(&cli.place, args).await,
        Command::Admin { command } => admin::run(&cli.place, command).await,
        Command::Config => {
            print(pvhcc_app::config::EXAMPLE);
            Ok(ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|e| {
        complain(&e.message);
        ExitCode::from(2)
    })
}

/// A value that an option does not take, with what it takes; other mistakes in typing are told with the usage.
fn wrong_value(error: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind, ContextValue};
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(all)) => Some(all.join(", ")),
        _ => None,
    };
    let (option, value) = (text(ContextKind::InvalidArg)?, text(ContextKind::InvalidValue)?);
    let option = option.split_whitespace().next().unwrap_or_default();
    let why = match std::error::Error::source(error) {
        Some(why) => why.to_string(),
        None => format!("dùng một trong {}", text(ContextKind::ValidValue)?),
    };
    Some(format!("Giá trị “{value}” của {option} không đúng: {why}."))
}

impl Place {
    fn profile(&self) -> Profile {
        if self.training { Profile::Training } else { Profile::Official }
    }

    /// The profile's folder.
    fn folder(&self) -> Result<PathBuf, WireError> {
        self.data_dir.clone().map_or_else(|| pvhcc_app::paths::profile(self.profile()), Ok)
    }

    /// Opens the profile beside a window that may be open: no lock, no polling.
    async fn open(&self) -> Result<App, WireError> {
        self.opened(false).await
    }

    /// Opens the profile in the window's place: it polls, reminds and holds the folder.
    async fn watch(&self) -> Result<App, WireError> {
        let app = self.opened(true).await?;
        // No picture of a window is waited for.
        let _: NoResult = actor::call(&app, "window_shown", &NoArgs {}).await?;
        Ok(app)
    }

    async fn opened(&self, in_place_of_window: bool) -> Result<App, WireError> {
        App::open(Options {
            profile: self.profile(),
            config_path: self.config.clone(),
            data_dir: self.data_dir.clone(),
            sandbox_clock: None,
            scenario: None,
            open_browser: Arc::new(|_| Err("no browser on the command line".to_owned())),
            open_file: Arc::new(|_| Err("Dòng lệnh không mở tệp; hãy mở trong cửa sổ.".to_owned())),
            poll: in_place_of_window,
            records: true,
            exclusive: in_place_of_window,
        })
        .await
    }
}

/// Shows a notification of the system, where it has a service for them; what was printed stands either way.
async fn notified(title: &'static str, text: String, level: u8) {
    let shown = tokio::task::spawn_blocking(move || pvhcc_app::system::notify(title, &text, level)).await;
    if let Ok(Err(problem)) = shown {
        tracing::info!(%problem, "no notification");
    }
}

#[allow(clippy::print_stdout)] // Printing is what this program is for.
fn print(text: &str) {
    use std::io::Write as _;
    // A closed pipe (`pvhcc checklist | head`) is no error.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

#[allow(clippy::print_stderr)]
fn complain(text: &str) {
    eprintln!("{text}");
}
