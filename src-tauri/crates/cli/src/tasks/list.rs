//! `pvhcc tasks list` and `show`: a checklist, or one task, as it stands.

use crate::{
    Outcome, Place,
    actor::{Who, call},
    print, text,
};
use pvhcc_app::wire::{TaskArgs, TaskDetailView, TaskRow, TasksArgs, TasksView};
use pvhcc_domain::task::TaskStatus;
use std::{fmt::Write as _, process::ExitCode};

/// Which list, and which of its tasks.
#[derive(clap::Args)]
pub(crate) struct ListArgs {
    /// Mã danh mục: `da06`, `tap_huan` (mặc định là danh mục của quyết định)
    #[arg(long)]
    list: Option<String>,
    /// Chỉ nhiệm vụ quá hạn
    #[arg(long)]
    overdue: bool,
    /// Chỉ nhiệm vụ chưa xong
    #[arg(long)]
    open: bool,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Which task.
#[derive(clap::Args)]
pub(crate) struct ShowArgs {
    /// Số của nhiệm vụ: `17`, `78a`, `da06/3`
    key: String,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) async fn list(place: &Place, who: &Who, args: ListArgs) -> Outcome {
    let app = who.open(place).await?;
    let view = call::<_, TasksView>(&app, "tasks", &TasksArgs { list: args.list }).await;
    app.shutdown().await;
    let mut view = view?;
    let done = |row: &TaskRow| matches!(row.status, TaskStatus::Done | TaskStatus::NotApplicable);
    view.rows.retain(|row| (!args.overdue || row.overdue) && (!args.open || (!row.heading && !done(row))));
    if let Format::Json = args.format {
        return json(&view.rows);
    }
    let mut text = format!("{}: {}\n", view.list.title, view.subtitle);
    for row in view.rows.iter().filter(|row| !row.heading) {
        let due = row.changed_due.as_ref().or(row.due.as_ref()).map_or("", String::as_str);
        let _ = writeln!(
            text,
            "{:<12} {:<14} {:<10} {:<14} {}",
            row.no,
            row.status.words(),
            due,
            row.lateness,
            row.title
        );
    }
    print(&text);
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn show(place: &Place, who: &Who, args: ShowArgs) -> Outcome {
    let app = who.open(place).await?;
    let detail = call::<_, TaskDetailView>(&app, "task", &TaskArgs { no: args.key.clone(), at: None }).await;
    let list = args.key.split_once('/').map(|(list, _)| list.to_owned());
    let view = call::<_, TasksView>(&app, "tasks", &TasksArgs { list }).await;
    app.shutdown().await;
    let (detail, view) = (detail?, view?);
    if let Format::Json = args.format {
        return json(&detail);
    }
    let row = &detail.row;
    let mut text = format!("# {} {}\n\n", row.no, row.title);
    let units: Vec<&str> = row.lead_units.iter().map(|u| u.short.as_str()).collect();
    let mut line = |title: &str, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(text, "- {title}: {words}");
        }
    };
    line("Trạng thái", row.status.words());
    line("Ngày xong", row.done_on.as_deref().unwrap_or_default());
    line("Ghi chú", row.note.as_deref().unwrap_or_default());
    line("Minh chứng", &row.proof.text);
    line("Chủ trì", &units.join("; "));
    line("Hạn", row.due.as_deref().unwrap_or_default());
    line("Hạn điều chỉnh", row.changed_due.as_deref().unwrap_or_default());
    line("Dự kiến xong", row.expected.as_deref().unwrap_or_default());
    line("Chậm", &row.lateness);
    for measure in &row.measures {
        line(&measure.title, &format!("{} ({})", measure.text, measure.provenance));
    }
    for words in &row.texts {
        let title = view.list.columns.iter().find(|c| c.id == words.column).map_or("", |c| c.title.as_str());
        line(title, &words.text);
    }
    print(&text);
    Ok(ExitCode::SUCCESS)
}

fn json<T: serde::Serialize>(value: &T) -> Outcome {
    print(&text::json(value)?);
    Ok(ExitCode::SUCCESS)
}
