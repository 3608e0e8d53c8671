//! `pvhcc tasks evidence`: what shows that a task is done, by the same commands as the window.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print, text,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App,
    wire::{
        EditedView, ErrorCode, EvidenceArgs, EvidenceCheckArgs, EvidenceCheckView, EvidenceInput,
        EvidenceKeyArgs, EvidenceRevokeArgs, EvidenceView, ExportedView, FileInput, ProofView, TaskArgs,
        TaskDetailView, WireError,
    },
};
use pvhcc_domain::{
    evidence::{LARGEST_FILE, TestResult},
    text::instant,
    time::Ms,
};
use std::{
    fmt::Write as _,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Which task, and what to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Số của nhiệm vụ: `17`, `78a`
    key: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// In kết luận, vì sao, và các minh chứng
    List {
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// Thêm ghi chú; chỉ là lời, không chứng minh được gì
    AddNote {
        /// Nội dung
        text: String,
    },
    /// Thêm liên kết
    AddLink {
        /// Địa chỉ http hoặc https
        url: String,
        /// Tên văn bản
        #[arg(long)]
        title: Option<String>,
    },
    /// Thêm tệp, tối đa 20 MB
    AddFile {
        /// Tệp
        path: PathBuf,
    },
    /// Ghi một lần kiểm thử
    AddTest(Test),
    /// Giữ lại số đo lưu lượng thật của API lúc này
    AddCheck,
    /// Lưu một bản của tệp minh chứng; tệp không còn như lúc thêm thì từ chối
    Save {
        /// Mã, hoặc phần cuối đủ để phân biệt
        id: String,
        /// Tệp hoặc thư mục nhận; không ghi đè. Mặc định là thư mục exports của hồ sơ
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Rút một minh chứng
    Revoke {
        /// Mã, hoặc phần cuối đủ để phân biệt
        id: String,
        /// Lý do
        #[arg(long)]
        reason: String,
    },
    /// Kiểm tra tệp minh chứng còn nguyên vẹn
    Check {
        /// Của mọi nhiệm vụ
        #[arg(long)]
        all: bool,
    },
}

#[derive(clap::Args)]
struct Test {
    /// Ngày kiểm thử, `2026-05-29`
    #[arg(long)]
    on: String,
    /// Đơn vị kiểm thử
    #[arg(long)]
    by: String,
    /// Đã thử những gì
    #[arg(long)]
    tried: String,
    /// Kết quả
    #[arg(long, value_enum)]
    result: Ended,
    /// Biên bản
    #[arg(long)]
    minutes: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Ended {
    /// Đạt
    Passed,
    /// Đạt một phần
    Partly,
    /// Không đạt
    Failed,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Md,
    Json,
}

pub(crate) async fn run(place: &Place, who: &Who, args: Args) -> Outcome {
    let app = who.open(place).await?;
    let done = act(&app, &args.key, args.command).await;
    app.shutdown().await;
    done
}

async fn act(app: &App, key: &str, command: Command) -> Outcome {
    let evidence = match command {
        Command::List { format } => return list(app, key, format).await,
        Command::Revoke { id, reason } => return revoke(app, key, &id, reason).await,
        Command::Save { id, to } => return save(app, key, &id, to).await,
        Command::Check { all } => return check(app, (!all).then(|| key.to_owned())).await,
        Command::AddNote { text } => EvidenceInput::Note { text },
        Command::AddLink { url, title } => EvidenceInput::Link { url, title },
        Command::AddFile { path } => EvidenceInput::File { file: read(&path)? },
        Command::AddCheck => EvidenceInput::LiveCheck,
        Command::AddTest(test) => EvidenceInput::TestRun {
            on: test.on,
            by: test.by,
            tried: test.tried,
            result: match test.result {
                Ended::Passed => TestResult::Passed,
                Ended::Partly => TestResult::Partly,
                Ended::Failed => TestResult::Failed,
            },
            minutes: test.minutes.as_deref().map(read).transpose()?,
        },
    };
    let based_on = detail(app, key).await?.row.last_event;
    let args = EvidenceArgs { no: key.to_owned(), evidence, based_on };
    told(&call::<_, EditedView>(app, "evidence_add", &args).await?)
}

/// What was written, and where the proof stands now.
fn told(edited: &EditedView) -> Outcome {
    let proof =
        edited.row.as_ref().map(|row| format!(" Minh chứng: {}.", row.proof.text)).unwrap_or_default();
    print(&format!("{}{proof}\n", edited.message));
    Ok(ExitCode::SUCCESS)
}

async fn detail(app: &App, key: &str) -> Result<TaskDetailView, WireError> {
    call(app, "task", &TaskArgs { no: key.to_owned(), at: None }).await
}

async fn proof(app: &App, key: &str) -> Result<ProofView, WireError> {
    let detail = detail(app, key).await?;
    detail
        .proof
        .ok_or_else(|| WireError::new(ErrorCode::NotFound, format!("Mục {key} không phải một nhiệm vụ.")))
}

async fn list(app: &App, key: &str, format: Format) -> Outcome {
    let proof = proof(app, key).await?;
    if let Format::Json = format {
        print(&text::json(&proof)?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = format!("# TT {key}: {}\n\n", proof.headline);
    for reason in &proof.reasons {
        let _ = writeln!(text, "- {}", reason.text);
    }
    let _ = writeln!(text, "\n{}\n", proof.needs);
    for item in &proof.evidence {
        text.push_str(&line(item));
    }
    if proof.evidence.is_empty() {
        text.push_str("Chưa thêm minh chứng nào.\n");
    }
    print(&text);
    Ok(ExitCode::SUCCESS)
}

fn line(item: &EvidenceView) -> String {
    let mut text = format!("- {} · {}", item.id, item.title);
    for more in [Some(&item.detail).filter(|d| !d.is_empty()), item.file.as_ref().map(|f| &f.about)]
        .into_iter()
        .flatten()
    {
        let _ = write!(text, " · {more}");
    }
    let _ = write!(text, " · {}, {}", item.who, instant(Ms(item.at)));
    if let Some(problem) = item.file.as_ref().and_then(|f| f.problem.as_ref()) {
        let _ = write!(text, " · {problem}");
    }
    if let Some(revoked) = &item.revoked {
        let _ = write!(text, " · đã rút: {revoked}");
    }
    text.push('\n');
    text
}

/// The one piece of evidence that `id` names.
fn only(detail: &TaskDetailView, key: &str, id: &str) -> Result<EvidenceView, WireError> {
    let evidence = detail.proof.as_ref().map(|proof| proof.evidence.as_slice()).unwrap_or_default();
    let mut found = evidence.iter().filter(|item| item.id == id || (id.len() >= 4 && item.id.ends_with(id)));
    match (found.next(), found.next()) {
        (Some(item), None) => Ok(item.clone()),
        _ => {
            let ids: String = evidence.iter().map(line).collect();
            Err(WireError::new(
                ErrorCode::NotFound,
                format!("Nhiệm vụ {key} không có đúng một minh chứng với mã “{id}”. Các minh chứng:\n{ids}"),
            ))
        }
    }
}

async fn save(app: &App, key: &str, id: &str, to: Option<PathBuf>) -> Outcome {
    let item = only(&detail(app, key).await?, key, id)?;
    let args = EvidenceKeyArgs { no: key.to_owned(), id: item.id };
    let saved: ExportedView = call(app, "evidence_save", &args).await?;
    let Some(to) = to else {
        print(&format!("{}\n", saved.message));
        return Ok(ExitCode::SUCCESS);
    };
    let copy = PathBuf::from(&saved.path);
    let to = if to.is_dir() { to.join(copy.file_name().unwrap_or_default()) } else { to };
    let moved = std::fs::read(&copy).and_then(|bytes| File::create_new(&to)?.write_all(&bytes));
    moved.and_then(|()| std::fs::remove_file(&copy)).map_err(|e| {
        let text = format!("Không ghi được {}: {e}. Bản đã lưu còn ở {}.", to.display(), saved.path);
        WireError::new(ErrorCode::Storage, text).with("file", to.display().to_string())
    })?;
    print(&format!("Đã lưu vào {}.\n", to.display()));
    Ok(ExitCode::SUCCESS)
}

async fn revoke(app: &App, key: &str, id: &str, reason: String) -> Outcome {
    let detail = detail(app, key).await?;
    let item = only(&detail, key, id)?;
    let (no, id, based_on) = (key.to_owned(), item.id, detail.row.last_event);
    told(&call(app, "evidence_revoke", &EvidenceRevokeArgs { no, id, reason, based_on }).await?)
}

/// Exit code 1 when a file is not as it was.
async fn check(app: &App, no: Option<String>) -> Outcome {
    let found: EvidenceCheckView = call(app, "evidence_check", &EvidenceCheckArgs { no }).await?;
    let problems: String = found.problems.iter().map(|p| format!("- {p}\n")).collect();
    print(&format!("{}\n{problems}", found.text));
    Ok(if found.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(path: &Path) -> Result<FileInput, WireError> {
    let wrong = |why: String| {
        WireError::new(ErrorCode::Invalid, format!("Không đọc được tệp {}: {why}.", path.display()))
            .with("file", path.display().to_string())
    };
    let size = std::fs::metadata(path).map_err(|e| wrong(e.to_string()))?.len();
    if size > LARGEST_FILE {
        return Err(wrong("lớn hơn 20 MB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(FileInput { name, content: STANDARD.encode(bytes) })
}
