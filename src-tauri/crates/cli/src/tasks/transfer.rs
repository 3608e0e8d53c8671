//! `pvhcc tasks import` and `export`: a checklist as a file, and progress back from one.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print, text,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App,
    wire::{
        ErrorCode, FileInput, ImportApplyArgs, ImportArgs, ImportDone, ImportPreview, ListImportArgs,
        ListImportView, TasksExportArgs, WireError,
    },
};
use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What is exported, and where to.
#[derive(clap::Args)]
pub(crate) struct ExportArgs {
    /// Tệp nhận kết quả; đuôi .xlsx hoặc .csv quyết định dạng
    out: PathBuf,
    /// Mã danh mục: `da06`, `tap_huan` (mặc định là danh mục của quyết định)
    #[arg(long)]
    list: Option<String>,
}

/// What is imported.
#[derive(clap::Args)]
pub(crate) struct ImportFile {
    /// Tệp XLSX hoặc CSV
    file: PathBuf,
    /// Mã danh mục (mặc định là danh mục của quyết định)
    #[arg(long)]
    list: Option<String>,
    /// Ghi thật; không có thì chỉ xem trước
    #[arg(long)]
    confirm: bool,
    /// In JSON
    #[arg(long)]
    json: bool,
}

/// An annex of another decision.
#[derive(clap::Args)]
pub(crate) struct ListFile {
    /// Tệp XLSX hoặc CSV cùng mẫu với Phụ lục
    file: PathBuf,
    /// Tên gọn (mặc định là tên trong tệp)
    #[arg(long)]
    title: Option<String>,
    /// Văn bản (mặc định là dòng thứ hai của tệp)
    #[arg(long)]
    document: Option<String>,
    /// Ghi thật; không có thì chỉ xem
    #[arg(long)]
    confirm: bool,
    /// In JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn import_list(place: &Place, who: &Who, args: ListFile) -> Outcome {
    let file = read(&args.file)?;
    let app = who.open(place).await?;
    let asked = ListImportArgs { file, title: args.title, document: args.document, preview: !args.confirm };
    let view = call::<_, ListImportView>(&app, "list_import", &asked).await;
    app.shutdown().await;
    let view = view?;
    if args.json {
        print(&text::json(&view)?);
        return Ok(ExitCode::SUCCESS);
    }
    let odd: String = view.odd.iter().map(|one| format!("- {}\n", one.text)).collect();
    print(&format!("{}\n{} ({}): {} nhiệm vụ\n{odd}", view.message, view.title, view.id, view.tasks));
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn export(place: &Place, who: &Who, args: ExportArgs) -> Outcome {
    let format = text::format_of(&args.out)?;
    let app = who.open(place).await?;
    let bytes = app.tasks_file(&TasksExportArgs { list: args.list, format }).await;
    app.shutdown().await;
    let bytes = bytes?;
    std::fs::File::create_new(&args.out).and_then(|mut file| file.write_all(&bytes)).map_err(|e| {
        let path = args.out.display();
        WireError::new(ErrorCode::Storage, format!("Không ghi được tệp {path}: {e}. Hãy chọn tên tệp khác."))
    })?;
    print(&format!("Đã xuất {} byte vào {}.\n", bytes.len(), args.out.display()));
    Ok(ExitCode::SUCCESS)
}

/// Ends with 1 when rows were not taken.
pub(crate) async fn import(place: &Place, who: &Who, args: ImportFile) -> Outcome {
    let file = read(&args.file)?;
    let app = who.open(place).await?;
    let done = take(&app, &args, file).await;
    app.shutdown().await;
    done
}

async fn take(app: &App, args: &ImportFile, file: FileInput) -> Outcome {
    let import = ImportArgs { list: args.list.clone(), file, learned: None };
    let preview: ImportPreview = call(app, "import_preview", &import).await?;
    if args.json {
        print(&text::json(&preview)?);
    } else {
        print(&words(&preview));
    }
    if args.confirm && !preview.lines.is_empty() {
        let apply = ImportApplyArgs { import, tasks: preview.tasks };
        let done: ImportDone = call(app, "import_apply", &apply).await?;
        if !args.json {
            print(&format!("{}\n", done.message));
        }
    }
    Ok(if preview.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn words(preview: &ImportPreview) -> String {
    let mut text = format!("{}\n", preview.text);
    for line in &preview.lines {
        let (old, new) = (empty(&line.old), empty(&line.new));
        let _ = writeln!(text, "{:<6} TT {:<6} {}: {old} → {new}", line.place, line.label, line.field);
    }
    for fault in &preview.faults {
        let _ = writeln!(text, "{:<6} TT {:<6} KHÔNG NHẬN: {}", fault.place, fault.no, fault.reason);
    }
    text
}

fn empty(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn read(path: &Path) -> Result<FileInput, WireError> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(path).map_err(|e| {
        WireError::new(ErrorCode::Invalid, format!("Không đọc được tệp {}: {e}.", path.display()))
    })?;
    Ok(FileInput { name, content: STANDARD.encode(bytes) })
}
