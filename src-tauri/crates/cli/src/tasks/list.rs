//! `pvhcc tasks list` and `show`: a checklist, or one task, as it stands.

use super::set::Word;
use crate::{
    Outcome, Place,
    actor::{Who, call},
    print, text,
};
use pvhcc_app::{
    App,
    wire::{
        AsOfArgs, DisputedEdit, ProofTone, TaskArgs, TaskDetailView, TaskRow, TasksArgs, TasksView, WireError,
    },
};
use pvhcc_domain::{
    rag::Rag,
    task::TaskStatus,
    text::{date, fold, instant},
    time::Ms,
};
use std::{fmt::Write as _, process::ExitCode};

/// Which list, and which of its tasks.
#[derive(clap::Args)]
pub(crate) struct ListArgs {
    /// Mã danh mục: `da06`, `tap_huan` (mặc định là danh mục của quyết định)
    #[arg(long)]
    list: Option<String>,
    /// Như lúc đó: `2026-05-28T15:00+07:00`, `28/05/2026 15:00`
    #[arg(long, value_parser = super::moment)]
    as_of: Option<Ms>,
    /// Chỉ nhiệm vụ quá hạn
    #[arg(long)]
    overdue: bool,
    /// Chỉ nhiệm vụ chưa xong
    #[arg(long)]
    open: bool,
    /// Chỉ nhiệm vụ của đơn vị chủ trì này, theo mã hoặc tên gọn; lặp lại được
    #[arg(long = "unit")]
    units: Vec<String>,
    /// Chỉ nhiệm vụ ở trạng thái này; lặp lại được
    #[arg(long = "status", value_enum)]
    statuses: Vec<Word>,
    /// Chỉ nhiệm vụ có kết luận minh chứng này; lặp lại được
    #[arg(long = "proof", value_enum)]
    proofs: Vec<ProofKind>,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Which task.
#[derive(clap::Args)]
pub(crate) struct ShowArgs {
    /// Số của nhiệm vụ: `17`, `78a`, `da06/3`
    key: String,
    /// Như lúc đó: `2026-05-28T15:00+07:00`, `28/05/2026 15:00`
    #[arg(long, value_parser = super::moment)]
    as_of: Option<Ms>,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How proofs are counted, as in the window's filter.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ProofKind {
    /// Có minh chứng
    Proved,
    /// Mất hoặc không đạt
    Failed,
    /// Không quan sát được
    Silent,
    /// Chỉ báo xong
    Claimed,
    /// Có minh chứng, chưa báo xong
    Shown,
    /// Chưa có gì
    None,
}

impl ProofKind {
    fn is(self, tone: ProofTone) -> bool {
        tone == match self {
            Self::Proved => ProofTone::Proved,
            Self::Failed => ProofTone::Failed,
            Self::Silent => ProofTone::Silent,
            Self::Claimed => ProofTone::Claimed,
            Self::Shown => ProofTone::Shown,
            Self::None => ProofTone::None,
        }
    }
}

impl ListArgs {
    fn wants(&self, row: &TaskRow) -> bool {
        let done = matches!(row.status, TaskStatus::Done | TaskStatus::NotApplicable);
        let narrowed = !(self.statuses.is_empty() && self.proofs.is_empty()) || self.open;
        let of = |unit: &String| row.lead_units.iter().any(|u| u.id == *unit || fold(&u.short) == fold(unit));
        // A heading has no state of its own.
        if (narrowed && row.heading) || (self.overdue && !row.overdue) || (self.open && done) {
            return false;
        }
        (self.units.is_empty() || self.units.iter().any(of))
            && (self.statuses.is_empty() || self.statuses.iter().any(|s| TaskStatus::from(*s) == row.status))
            && (self.proofs.is_empty() || self.proofs.iter().any(|p| p.is(row.proof.tone)))
    }
}

pub(crate) async fn list(place: &Place, who: &Who, args: ListArgs) -> Outcome {
    let app = who.open(place).await?;
    let view = view(&app, args.list.clone(), args.as_of).await;
    app.shutdown().await;
    let mut view = view?;
    view.rows.retain(|row| args.wants(row));
    if let Format::Json = args.format {
        return json(&view.rows);
    }
    let when = args.as_of.map(|at| format!(" lúc {}", instant(at))).unwrap_or_default();
    let lines: Vec<Vec<String>> = view.rows.iter().filter(|row| !row.heading).map(line).collect();
    print(&format!("{}{when}: {}\n{}", view.list.title, view.subtitle, text::aligned(&lines)));
    Ok(ExitCode::SUCCESS)
}

fn line(row: &TaskRow) -> Vec<String> {
    vec![
        row.no.clone(),
        row.status.words().to_owned(),
        row.proof.text.clone(),
        if matches!(row.rag.rag, Rag::None | Rag::Done) { String::new() } else { row.rag.text.clone() },
        vn(row.changed_due.as_ref().or(row.due.as_ref())),
        row.lateness.clone(),
        row.title.clone(),
    ]
}

/// `29/05/2026` of an ISO day.
fn vn(day: Option<&String>) -> String {
    day.and_then(|day| day.parse().ok()).map(date).unwrap_or_default()
}

async fn view(app: &App, list: Option<String>, at: Option<Ms>) -> Result<TasksView, WireError> {
    match at {
        Some(at) => call(app, "tasks_as_of", &AsOfArgs { at: at.0, list }).await,
        None => call(app, "tasks", &TasksArgs { list }).await,
    }
}

pub(crate) async fn show(place: &Place, who: &Who, args: ShowArgs) -> Outcome {
    let app = who.open(place).await?;
    let asked = TaskArgs { no: args.key.clone(), at: args.as_of.map(|at| at.0) };
    let detail = call::<_, TaskDetailView>(&app, "task", &asked).await;
    let list = args.key.split_once('/').map(|(list, _)| list.to_owned());
    let view = call::<_, TasksView>(&app, "tasks", &TasksArgs { list }).await;
    app.shutdown().await;
    let (detail, view) = (detail?, view?);
    if let Format::Json = args.format {
        return json(&detail);
    }
    let row = &detail.row;
    let when = args.as_of.map(|at| format!(" (lúc {})", instant(at))).unwrap_or_default();
    let mut text = format!("# {} {}{when}\n\n", row.no, row.title);
    let units: Vec<&str> = row.lead_units.iter().map(|u| u.short.as_str()).collect();
    let mut line = |title: &str, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(text, "- {title}: {words}");
        }
    };
    line("Trạng thái", row.status.words());
    line("Ngày xong", &vn(row.done_on.as_ref()));
    line("Ghi chú", row.note.as_deref().unwrap_or_default());
    line("Minh chứng", &row.proof.text);
    line("Mức cảnh báo", &[std::slice::from_ref(&row.rag.text), &row.rag.reasons[..]].concat().join("; "));
    line("Đặt tay", row.rag.by_hand.as_deref().unwrap_or_default());
    line("Chủ trì", &units.join("; "));
    line("Hạn", &vn(row.due.as_ref()));
    line("Hạn điều chỉnh", &vn(row.changed_due.as_ref()));
    line("Dự kiến xong", &vn(row.expected.as_ref()));
    line("Chậm", &row.lateness);
    for (i, conflict) in detail.conflicts.iter().enumerate() {
        let side = |edit: &DisputedEdit| format!("“{}” ({}, {})", edit.text, edit.who, instant(Ms(edit.at)));
        let words = format!("{}: {} và {}", conflict.topic, side(&conflict.first), side(&conflict.second));
        line(&format!("Mâu thuẫn {}", i + 1), &words);
    }
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
