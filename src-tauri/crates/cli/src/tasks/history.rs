//! `pvhcc tasks history`: everything said and concluded about one task.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print, text,
};
use pvhcc_app::wire::{HistoryLine, TaskArgs, TaskDetailView};
use pvhcc_domain::{text::instant, time::Ms};
use std::{fmt::Write as _, process::ExitCode};

/// Which task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Số của nhiệm vụ: `17`, `78a`, `da06/3`
    key: String,
    /// Chỉ đến thời điểm này: `2026-05-28T15:00+07:00`, `28/05/2026 15:00`
    #[arg(long, value_parser = super::moment)]
    as_of: Option<Ms>,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Md,
    Json,
}

pub(crate) async fn run(place: &Place, who: &Who, args: Args) -> Outcome {
    let app = who.open(place).await?;
    let asked = TaskArgs { no: args.key, at: args.as_of.map(|at| at.0) };
    let detail = call::<_, TaskDetailView>(&app, "task", &asked).await;
    app.shutdown().await;
    let detail = detail?;
    match args.format {
        Format::Json => {
            print(&text::json(&detail.history)?);
        }
        Format::Md => {
            let mut text = format!("# TT {}: {}\n\n", detail.row.label, detail.row.title);
            for line in &detail.history {
                text.push_str(&one(line));
            }
            if detail.history.is_empty() {
                text.push_str("Chưa có cập nhật nào.\n");
            }
            print(&text);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn one(line: &HistoryLine) -> String {
    let mut text = format!("- {} · {}", instant(Ms(line.at)), line.text);
    for more in [&line.detail, &line.who].into_iter().filter(|m| !m.is_empty()) {
        let _ = write!(text, " · {}", more.replace('\n', " "));
    }
    let marks = [
        (line.offline, "ngoại tuyến"),
        (line.told, "từ dòng lệnh"),
        (line.disputed, "mâu thuẫn chưa giải quyết"),
        (line.undone, "đã hoàn tác"),
    ];
    for (_, mark) in marks.into_iter().filter(|(on, _)| *on) {
        let _ = write!(text, " · {mark}");
    }
    if let Some(batch) = &line.batch {
        let _ = write!(text, " · ghi cùng lúc: {batch}");
    }
    text.push('\n');
    text
}
