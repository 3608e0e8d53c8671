//! `pvhcc runbook`: runbooks and the run that goes on, without a window. It reads only: steps are run by people at the window.

use crate::{Outcome, Place, actor::call, print, text};
use pvhcc_app::{
    App,
    wire::{
        ErrorCode, ExportedView, NoArgs, RunArgs, RunView, RunbookArgs, RunbookCheckArgs, RunbookCheckView,
        RunbookFinding, RunbookView, RunbooksView, WireError,
    },
};
use pvhcc_domain::time::Ms;
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};

/// What to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Liệt kê kịch bản
    List {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// In nội dung một kịch bản và những chỗ cần xem
    Show {
        /// Mã kịch bản
        id: String,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Kiểm tra một tệp kịch bản; mã thoát 1 khi có lỗi
    Check {
        /// Tệp TOML
        file: PathBuf,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Lưu một kịch bản ra tệp, đúng từng byte đã lưu
    Export {
        /// Mã kịch bản
        id: String,
    },
    /// Lần chạy đang diễn ra, hoặc lần chạy được nêu; mã thoát 1 khi có tín hiệu quay lui
    Status {
        /// Mã lần chạy
        #[arg(long)]
        run: Option<String>,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = place.open().await?;
    let outcome = answer(&app, args.command).await;
    app.shutdown().await;
    outcome
}

async fn answer(app: &App, command: Command) -> Outcome {
    app.on_command_line(None).await?;
    match command {
        Command::List { json } => {
            let view: RunbooksView = call(app, "runbooks", &NoArgs {}).await?;
            if json {
                return printed(&view);
            }
            for row in &view.rows {
                let state = match (&row.retired, row.shipped) {
                    (Some(reason), _) => format!("thôi dùng: {reason}"),
                    (None, true) => "kèm chương trình".to_owned(),
                    (None, false) => format!("lưu {}", row.saved_at.map(moment).unwrap_or_default()),
                };
                print(&format!("{}\t{}\t{} bước\t{state}\n", row.id, row.title, row.steps));
            }
        }
        Command::Show { id, json } => {
            let view: RunbookView = call(app, "runbook", &RunbookArgs { id }).await?;
            if json {
                return printed(&view);
            }
            print(&view.text);
            print(&findings(&view.findings));
        }
        Command::Check { file, json } => {
            let unreadable = |why: String| WireError::new(ErrorCode::Invalid, why);
            let bytes = std::fs::read(&file)
                .map_err(|e| unreadable(format!("Không đọc được tệp {}: {e}.", file.display())))?;
            let text = String::from_utf8(bytes)
                .map_err(|_| unreadable(format!("Tệp {} không phải văn bản UTF-8.", file.display())))?;
            let view: RunbookCheckView = call(app, "runbook_check", &RunbookCheckArgs { text }).await?;
            if json {
                printed(&view)?;
            } else {
                print(&findings(&view.findings));
                print(&format!("{}\n", view.message));
            }
            return Ok(if view.good { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Export { id } => {
            let view: ExportedView = call(app, "runbook_export", &RunbookArgs { id }).await?;
            print(&format!("{}\n", view.path));
        }
        Command::Status { run, json } => {
            let view: RunView = call(app, "run", &RunArgs { id: run, as_of: None }).await?;
            let met = view.triggers.iter().filter(|t| t.tone == "bad").count();
            if json {
                printed(&view)?;
            } else {
                print(&status(&view));
            }
            return Ok(if met == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn printed(view: &impl Serialize) -> Outcome {
    print(&text::json(view)?);
    Ok(ExitCode::SUCCESS)
}

fn moment(at: i64) -> String {
    Ms(at).local().format("%H:%M %d/%m/%Y").to_string()
}

fn findings(found: &[RunbookFinding]) -> String {
    let line = |f: &RunbookFinding| format!("{} {}\n", if f.fault { "LỖI" } else { "XEM LẠI" }, f.text);
    found.iter().map(line).collect()
}

fn status(view: &RunView) -> String {
    let mode = match view.row.mode {
        pvhcc_domain::operation::run::Mode::Rehearsal => "DIỄN TẬP",
        pvhcc_domain::operation::run::Mode::Live => "THỰC HIỆN",
    };
    let mut text = format!("{mode} · {}\n{}\n", view.row.title, view.headline);
    if let Some(at) = view.last_safe {
        text += &format!("Mốc cuối còn quay lui được: {}\n", moment(at));
    }
    for step in &view.steps {
        let mark = if step.startable { "làm được ngay" } else { step.stage_text.as_str() };
        let time = Ms(step.end).local().format("%H:%M");
        text += &format!("{:>2}  {}\t{mark}\t{time}\t{}\n", step.no, step.title, step.slip_text);
    }
    for gate in &view.gates {
        text += &format!("Cổng «{}»: {}\n", gate.title, gate.state);
    }
    for trigger in &view.triggers {
        text += &format!("Tín hiệu quay lui «{}»: {} ({})\n", trigger.text, trigger.state, trigger.value);
    }
    text
}
