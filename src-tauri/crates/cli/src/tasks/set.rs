//! `pvhcc tasks set`: one thing said about one task, by the same commands as the window.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print,
};
use pvhcc_app::{
    App,
    wire::{
        AddNoteArgs, ChangeDueArgs, EditedView, ErrorCode, MeasureArgs, RagArgs, RagEndArgs, SetExpectedArgs,
        SetStatusArgs, TaskArgs, TaskDetailView, TextArgs, WireError,
    },
};
use pvhcc_domain::{
    rag::Rag,
    task::{Learned, TaskStatus},
};
use std::process::ExitCode;

/// Which task, and what is said.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Số của nhiệm vụ: `17`, `78a`, `da06/3`
    key: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Trạng thái
    Status(Status),
    /// Ghi chú, không đổi trạng thái
    Note {
        /// Nội dung
        text: String,
    },
    /// Hạn mới theo văn bản
    Due {
        /// Ngày, `2026-06-30`
        due: String,
        /// Số và ngày của văn bản
        #[arg(long)]
        document: String,
    },
    /// Ngày dự kiến xong
    Expected {
        /// Ngày, `2026-06-30`; bỏ trống để bỏ ngày dự kiến
        expected: Option<String>,
        /// Ai cho biết, vì sao
        #[arg(long)]
        note: Option<String>,
    },
    /// Mức cảnh báo bằng tay, có lý do và ngày hết
    Rag {
        /// Mức
        #[arg(value_enum)]
        level: Level,
        /// Lý do
        #[arg(long)]
        reason: String,
        /// Ngày cuối còn giữ, `2026-06-05`
        #[arg(long)]
        until: String,
    },
    /// Bỏ mức cảnh báo đặt tay
    RagEnd,
    /// Một cột nội dung của danh mục
    Text {
        /// Mã cột: `result`, `next`
        column: String,
        /// Nội dung; để trống là trở lại lời của văn bản
        text: String,
    },
    /// Một chỉ tiêu tiến độ
    Measure {
        /// Mã chỉ tiêu: `dossiers`
        measure: String,
        /// Giá trị, dấu chấm cho phần lẻ: `41.5`
        value: f64,
        /// Ngày số liệu, `2026-05-20`
        #[arg(long)]
        as_of: String,
        /// Nguồn số liệu
        #[arg(long)]
        source: String,
    },
}

#[derive(clap::Args)]
struct Status {
    /// Trạng thái
    #[arg(value_enum)]
    status: Word,
    /// Ngày hoàn thành, `2026-05-29`; cần khi `done`
    #[arg(long)]
    done_on: Option<String>,
    /// Ghi chú; vướng mắc khi `blocked`, lý do khi `not-applicable`
    #[arg(long)]
    note: Option<String>,
    /// Mã đơn vị chủ trì được ghi thay
    #[arg(long)]
    on_behalf_of: Option<String>,
    /// Biết qua đâu
    #[arg(long, value_enum)]
    learned: Option<From>,
    /// Lý do báo xong khi chưa có minh chứng
    #[arg(long)]
    without_evidence: Option<String>,
}

/// A status as it is typed.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Word {
    NotStarted,
    InProgress,
    Blocked,
    Done,
    NotApplicable,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Level {
    /// Đúng tiến độ
    Green,
    /// Cần để ý
    Amber,
    /// Cần xử lý
    Red,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum From {
    Letter,
    Call,
    Minutes,
    Meeting,
    Own,
}

pub(crate) async fn run(place: &Place, who: &Who, args: Args) -> Outcome {
    let app = who.open(place).await?;
    let said = say(&app, &args.key, args.command).await;
    app.shutdown().await;
    let edited = said?;
    print(&format!("{}\n", edited.message));
    Ok(ExitCode::SUCCESS)
}

async fn say(app: &App, key: &str, command: Command) -> Result<EditedView, WireError> {
    let detail: TaskDetailView = call(app, "task", &TaskArgs { no: key.to_owned(), at: None }).await?;
    if detail.row.heading {
        let text = format!("Mục {key} là tiêu đề, không phải nhiệm vụ.");
        return Err(WireError::new(ErrorCode::NotFound, text));
    }
    let (no, based_on) = (key.to_owned(), detail.row.last_event);
    match command {
        Command::Status(s) => {
            let args = SetStatusArgs {
                no,
                status: s.status.into(),
                done_on: s.done_on,
                note: s.note,
                on_behalf_of: s.on_behalf_of,
                learned: s.learned.map(Into::into),
                without_evidence: s.without_evidence,
                based_on,
            };
            call(app, "task_set_status", &args).await
        }
        Command::Note { text } => call(app, "task_add_note", &AddNoteArgs { no, note: text, based_on }).await,
        Command::Due { due, document } => {
            call(app, "task_change_due", &ChangeDueArgs { no, due, document, based_on }).await
        }
        Command::Expected { expected, note } => {
            call(app, "task_set_expected", &SetExpectedArgs { no, expected, note, based_on }).await
        }
        Command::Rag { level, reason, until } => {
            let rag = match level {
                Level::Green => Rag::Green,
                Level::Amber => Rag::Amber,
                Level::Red => Rag::Red,
            };
            call(app, "rag_override", &RagArgs { no, rag, reason, until, based_on }).await
        }
        Command::RagEnd => call(app, "rag_end", &RagEndArgs { no, based_on }).await,
        Command::Text { column, text } => {
            call(app, "task_set_text", &TextArgs { no, column, text, based_on }).await
        }
        Command::Measure { measure, value, as_of, source } => {
            call(app, "task_measure", &MeasureArgs { no, measure, value, as_of, source, based_on }).await
        }
    }
}

impl std::convert::From<Word> for TaskStatus {
    fn from(word: Word) -> Self {
        match word {
            Word::NotStarted => Self::NotStarted,
            Word::InProgress => Self::InProgress,
            Word::Blocked => Self::Blocked,
            Word::Done => Self::Done,
            Word::NotApplicable => Self::NotApplicable,
        }
    }
}

impl std::convert::From<From> for Learned {
    fn from(from: From) -> Self {
        match from {
            From::Letter => Self::Letter,
            From::Call => Self::Call,
            From::Minutes => Self::Minutes,
            From::Meeting => Self::Meeting,
            From::Own => Self::Own,
        }
    }
}
