//! `pvhcc tasks settle` and `undo`: one of two edits that disagree, and the last act taken back.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print,
};
use pvhcc_app::{
    App,
    wire::{EditedView, ErrorCode, SettleArgs, TaskArgs, TaskDetailView, UndoArgs, WireError},
};
use std::process::ExitCode;

/// Which conflict, and which side of it stays.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Số của nhiệm vụ: `17`, `78a`, `da06/3`
    key: String,
    /// Giữ bên nào: ghi trước hay ghi sau, như `tasks show` in ra
    #[arg(long, value_enum)]
    keep: Keep,
    /// Mâu thuẫn thứ mấy, khi nhiệm vụ có nhiều
    #[arg(long)]
    which: Option<usize>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Keep {
    First,
    Second,
}

/// What is taken back.
#[derive(clap::Args)]
pub(crate) struct UndoOf {
    /// Số của nhiệm vụ, để hoàn tác thao tác gần nhất về nó; bỏ trống là thao tác gần nhất của mình
    key: Option<String>,
}

pub(crate) async fn run(place: &Place, who: &Who, args: Args) -> Outcome {
    let app = who.open(place).await?;
    let settled = settle(&app, args).await;
    app.shutdown().await;
    told(&settled?)
}

async fn settle(app: &App, args: Args) -> Result<EditedView, WireError> {
    let conflicts = detail(app, &args.key).await?.conflicts;
    let asked = match (args.which, conflicts.len()) {
        (Some(which), _) => which.checked_sub(1),
        (None, 1) => Some(0),
        (None, _) => None,
    };
    let Some(conflict) = asked.and_then(|i| conflicts.into_iter().nth(i)) else {
        let text = format!("Hãy xem các mâu thuẫn bằng `pvhcc tasks show {0}` rồi ghi --which.", args.key);
        return Err(WireError::new(ErrorCode::NotFound, text));
    };
    let (first, second) = (conflict.first.id, conflict.second.id);
    let kept = match args.keep {
        Keep::First => first.clone(),
        Keep::Second => second.clone(),
    };
    call(app, "conflict_settle", &SettleArgs { no: args.key, first, second, kept }).await
}

pub(crate) async fn undo(place: &Place, who: &Who, args: UndoOf) -> Outcome {
    let app = who.open(place).await?;
    let undone = take_back(&app, args.key).await;
    app.shutdown().await;
    told(&undone?)
}

async fn take_back(app: &App, key: Option<String>) -> Result<EditedView, WireError> {
    let event_id = match key {
        None => None,
        Some(key) => Some(detail(app, &key).await?.row.last_event.ok_or_else(|| {
            WireError::new(ErrorCode::NotFound, format!("Chưa ai ghi gì về nhiệm vụ {key}."))
        })?),
    };
    call(app, "undo", &UndoArgs { event_id }).await
}

async fn detail(app: &App, key: &str) -> Result<TaskDetailView, WireError> {
    call(app, "task", &TaskArgs { no: key.to_owned(), at: None }).await
}

fn told(edited: &EditedView) -> Outcome {
    print(&format!("{}\n", edited.message));
    Ok(ExitCode::SUCCESS)
}
