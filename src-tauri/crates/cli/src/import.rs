//! `pvhcc import`: a file of dossiers or of figures, looked at and taken.

use crate::{Outcome, Place, actor::call, complain, print, tasks::moment};
use pvhcc_app::{
    App,
    wire::{
        ErrorCode, ImportMapping, ImportReject, ImportWhat, LookArgs, LookView, TakeArgs, TakenView,
        WireError,
    },
};
use pvhcc_domain::{
    text::{instant, number},
    time::Ms,
};
use serde_json::json;
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Which file, and how it is read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Tệp XLSX, CSV hoặc JSON
    file: PathBuf,
    /// Mỗi dòng là gì: figures (số liệu của một kỳ) hoặc dossiers (hồ sơ)
    #[arg(long = "as", value_enum)]
    what: What,
    /// Mã hoặc tên hệ thống mà tệp lấy từ đó: tinh, bo, bo.byt, cong; không cần khi từng dòng tự nêu
    #[arg(long)]
    system: Option<String>,
    /// Cách ghép cột, tệp JSON: {"headerRow": 4, "columns": [{"column": "C", "target": "code"}], "fixed": [{"target": "unit", "value": "H21.19"}]}
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Thời điểm của số liệu, 20/05/2026 08:00; mặc định theo tiêu đề hoặc lần sửa cuối của tệp
    #[arg(long, value_parser = moment)]
    as_of: Option<Ms>,
    /// Chỉ xem, không giữ gì
    #[arg(long)]
    dry_run: bool,
    /// In JSON: accepted, unchanged, rejected [{sheet, row, column, reason}]
    #[arg(long)]
    json: bool,
    /// Mã trong danh sách cán bộ của người nhập; cần khi không có --dry-run
    #[arg(long, value_name = "MÃ", env = "PVHCC_AS")]
    person: Option<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum What {
    /// Số liệu của một kỳ
    Figures,
    /// Hồ sơ, mỗi dòng một hồ sơ
    Dossiers,
}

/// Ends with 1 when rows were not taken.
pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let mapping = args.mapping.as_deref().map(read_mapping).transpose()?;
    let app = place.open().await?;
    let done = match app.on_command_line(args.person.as_deref()).await {
        Ok(()) => import(&app, &args, mapping).await,
        Err(e) => Err(e),
    };
    app.shutdown().await;
    done
}

fn read_mapping(path: &Path) -> Result<ImportMapping, WireError> {
    let wrong =
        |why: String| WireError::new(ErrorCode::Invalid, format!("Tệp ghép cột {}: {why}.", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| wrong(format!("không đọc được ({e})")))?;
    serde_json::from_str(&text).map_err(|e| wrong(format!("không đúng dạng ({e})")))
}

async fn import(app: &App, args: &Args, mapping: Option<ImportMapping>) -> Outcome {
    if args.person.is_none() && !args.dry_run {
        return Err(WireError::new(
            ErrorCode::Unauthenticated,
            "Nhập tệp là ghi dữ liệu: hãy cho biết ai nhập bằng --person <mã trong danh sách cán bộ>, hoặc chỉ xem bằng --dry-run.",
        ));
    }
    let upload = app.open_import(&args.file).await?;
    let what = match args.what {
        What::Figures => ImportWhat::Figures,
        What::Dossiers => ImportWhat::Dossiers,
    };
    let asked = LookArgs {
        upload: upload.clone(),
        what: Some(what),
        system: args.system.clone(),
        as_of: args.as_of.map(|at| at.0),
        mapping,
    };
    let view: LookView = call(app, "dossier_import_look", &asked).await?;
    if let Some(problem) = &view.problem
        && view.rejected == 0
    {
        return Err(WireError::new(ErrorCode::Invalid, problem.clone()));
    }
    if args.json {
        print(&format!("{{\"accepted\":{},\"unchanged\":{},\"rejected\":[", view.accepted, view.unchanged));
        let mut sign = "";
        app.each_import_reject(&upload, move |reject| {
            print(&format!("{sign}\n{}", row_json(reject)));
            sign = ",";
        })
        .await?;
        print("]}\n");
    } else {
        print(&words(&view));
    }
    if !args.dry_run && view.problem.is_none() {
        let taken: TakenView =
            call(app, "dossier_import_take", &TakeArgs { upload, look: view.look.clone() }).await?;
        if args.json { complain(&taken.message) } else { print(&format!("{}\n", taken.message)) }
    }
    Ok(if view.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row_json(reject: &ImportReject) -> String {
    json!({"sheet": reject.sheet, "row": reject.row, "column": reject.column, "reason": reject.reason})
        .to_string()
}

fn words(view: &LookView) -> String {
    let mut text = format!("{}\nSố liệu lúc {} ({})\n", view.form, instant(Ms(view.as_of)), view.as_of_text);
    for column in &view.columns {
        let _ = writeln!(text, "{:<4} {}: {}", column.column, column.header, column.text);
    }
    for skipped in &view.skipped {
        let _ = writeln!(text, "Bỏ qua {} {} (từ dòng {})", count(skipped.rows), skipped.what, skipped.first);
    }
    for notice in &view.notices {
        let _ = writeln!(text, "{notice}");
    }
    for reject in &view.rejects {
        let sheet = if reject.sheet.is_empty() { String::new() } else { format!("{} ", reject.sheet) };
        let _ = writeln!(text, "{sheet}{}{} KHÔNG NHẬN: {}", reject.column, reject.row, reject.reason);
    }
    let listed = view.rejects.len() as u64;
    if view.rejected > listed {
        let _ =
            writeln!(text, "… và {} dòng nữa không nhận (đầy đủ với --json)", count(view.rejected - listed));
    }
    if let Some(problem) = &view.problem {
        let _ = writeln!(text, "{problem}");
    }
    let _ = writeln!(text, "{}", view.text);
    text
}

fn count(n: u64) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}
