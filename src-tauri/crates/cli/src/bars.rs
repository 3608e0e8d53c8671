//! `pvhcc bars`: what measured traffic must reach before a task counts as proved, by the same commands as the window.

use crate::{
    Outcome, Place,
    actor::{Acting, call},
    print, text,
};
use pvhcc_app::{
    App,
    wire::{BarArgs, BarInput, BarsView, ErrorCode, NoArgs, WindowKind, WireError},
};
use pvhcc_domain::{text::instant, time::Ms};
use std::{fmt::Write as _, process::ExitCode};

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// In các mức đang có hiệu lực và sắp có hiệu lực
    List {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Đặt mức; điều không nêu giữ như mức đang có hiệu lực
    Set {
        /// Cho đâu: `default`, `flow:dossier_sync`, `group:Ít dùng`, `dvcqg.07`
        target: String,
        #[command(flatten)]
        bar: Bar,
        #[command(flatten)]
        from: From,
    },
    /// Trở về mức sẵn có
    Reset {
        /// Cho đâu, như «pvhcc bars list» in ra
        target: String,
        #[command(flatten)]
        from: From,
    },
}

#[derive(clap::Args)]
pub(crate) struct Bar {
    /// Đo trên số lượt gọi gần nhất
    #[arg(long, conflicts_with = "days")]
    calls: Option<u64>,
    /// Đo trên số ngày gần nhất
    #[arg(long)]
    days: Option<u64>,
    /// Ít nhất số lượt gọi để kết luận
    #[arg(long)]
    min_calls: Option<u64>,
    /// Tỷ lệ thành công tối thiểu, phần trăm
    #[arg(long)]
    success: Option<f64>,
    /// p95 không quá, mi-li-giây
    #[arg(long)]
    p95: Option<u32>,
}

#[derive(clap::Args)]
pub(crate) struct From {
    /// Ngày đầu có hiệu lực, `2026-06-01`; mặc định từ lúc này
    #[arg(long)]
    from: Option<String>,
    /// Lý do, hoặc văn bản làm căn cứ
    #[arg(long)]
    reason: String,
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = args.who.open(place).await?;
    let done = act(&app, args.command).await;
    app.shutdown().await;
    print(&done?);
    Ok(ExitCode::SUCCESS)
}

async fn act(app: &App, command: Command) -> Result<String, WireError> {
    let view: BarsView = call(app, "bars", &NoArgs {}).await?;
    let (target, bar, valid) = match command {
        Command::List { json: true } => return text::json(&view),
        Command::List { json: false } => return Ok(told(&view)),
        Command::Set { target, bar, from } => {
            let now = now(&view, &target)?;
            (target, Some(bar.over(now)), from)
        }
        Command::Reset { target, from } => (target, None, from),
    };
    let args = BarArgs { target, bar, from: valid.from, reason: valid.reason };
    Ok(told(&call(app, "bar_set", &args).await?))
}

/// What is in force for a target.
fn now(view: &BarsView, target: &str) -> Result<BarInput, WireError> {
    let row = view.rows.iter().find(|row| row.target == target).map(|row| row.bar.clone());
    let choice =
        || view.choices.iter().find(|choice| choice.target == target).map(|choice| choice.bar.clone());
    row.or_else(choice).ok_or_else(|| {
        let known: Vec<&str> = view.rows.iter().map(|row| row.target.as_str()).collect();
        let choices = view.choices.iter().map(|choice| choice.target.as_str());
        let all: Vec<&str> = known.iter().copied().chain(choices.filter(|c| !known.contains(c))).collect();
        WireError::new(
            ErrorCode::NotFound,
            format!("Không có “{target}”. Có thể đặt mức cho: {}.", all.join(", ")),
        )
    })
}

impl Bar {
    fn over(&self, now: BarInput) -> BarInput {
        let (window, size) = match (self.calls, self.days) {
            (Some(calls), _) => (WindowKind::Calls, calls),
            (_, Some(days)) => (WindowKind::Days, days),
            _ => (now.window, now.size),
        };
        BarInput {
            window,
            size,
            min_calls: self.min_calls.unwrap_or(now.min_calls),
            success_percent: self.success.unwrap_or(now.success_percent),
            p95_ms: self.p95.unwrap_or(now.p95_ms),
        }
    }
}

fn told(view: &BarsView) -> String {
    let mut text = String::new();
    for row in &view.rows {
        let _ = writeln!(text, "{}  {}: {}", row.target, row.title, row.text);
        if let Some(since) = row.since {
            let _ =
                writeln!(text, "    {}", validity("đặt từ", since, row.who.as_ref(), row.reason.as_ref()));
        }
        for coming in &row.coming {
            let valid = validity("sẽ từ", coming.from, coming.who.as_ref(), coming.reason.as_ref());
            let _ = writeln!(text, "    {valid}: {}", coming.text);
        }
    }
    text
}

fn validity(word: &str, from: i64, who: Option<&String>, reason: Option<&String>) -> String {
    let more = [who, reason].into_iter().flatten().map(|part| format!(" · {part}")).collect::<String>();
    format!("{word} {}{more}", instant(Ms(from)))
}
