//! `pvhcc obstacles`: the register of obstacles without a window.

mod print;

use crate::{
    Outcome, Place,
    actor::{Acting, call},
};
use pvhcc_app::{
    App,
    wire::{
        EditedView, NoArgs, ObstacleArgs, ObstacleChangeArgs, ObstacleDetailView, ObstacleEdited,
        ObstacleRaiseArgs, ObstacleReopenArgs, ObstacleReplyArgs, ObstacleRow, ObstacleWords, ObstaclesView,
        UndoArgs, WireError,
    },
};
use pvhcc_domain::{
    obstacle::{ObstacleGroup, ObstacleStage},
    time::Ms,
};
use std::process::ExitCode;

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Liệt kê vướng mắc
    List {
        /// Vướng mắc nào
        #[arg(long, value_enum, default_value_t = Show::Open)]
        show: Show,
        /// Mã bên phải trả lời
        #[arg(long)]
        party: Option<String>,
        /// Nhóm
        #[arg(long, value_parser = group)]
        group: Option<ObstacleGroup>,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// In một vướng mắc và diễn biến
    Show {
        /// Mã, hoặc phần đầu hay phần cuối đủ để phân biệt
        id: String,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// Nêu một vướng mắc
    Raise(Raise),
    /// Ghi câu trả lời
    Answer(Reply),
    /// Ghi đã gỡ xong
    Resolve(Reply),
    /// Sửa lời, hoặc chuyển sang bên khác
    Change(Change),
    /// Hoàn tác thao tác gần nhất của mình về một vướng mắc
    Undo {
        /// Mã
        id: String,
    },
    /// Mở lại
    Reopen {
        /// Mã
        id: String,
        /// Lý do
        #[arg(long)]
        reason: String,
    },
    /// Thời gian phản hồi của từng bên
    Stats {
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
}

#[derive(clap::Args)]
pub(crate) struct Raise {
    /// Tên trong một dòng
    #[arg(long)]
    title: String,
    /// Nhóm: access, intake, integration, signing, statistics, security
    #[arg(long, value_parser = group)]
    group: ObstacleGroup,
    /// Mã bên phải trả lời
    #[arg(long)]
    party: String,
    /// Nội dung
    #[arg(long, default_value = "")]
    detail: String,
    /// Nhiệm vụ liên quan; lặp lại được
    #[arg(long = "task")]
    tasks: Vec<String>,
    /// Hệ thống; lặp lại được
    #[arg(long = "system")]
    systems: Vec<String>,
    /// Mã đơn vị liên quan; lặp lại được
    #[arg(long = "unit")]
    units: Vec<String>,
    /// Lúc gửi, `2026-05-29 14:05`; mặc định là bây giờ
    #[arg(long, value_parser = moment)]
    at: Option<Ms>,
    /// Hạn trả lời, `2026-06-05`
    #[arg(long)]
    due: Option<String>,
}

/// What is not named stays as it is.
#[derive(clap::Args)]
pub(crate) struct Change {
    /// Mã
    id: String,
    /// Mã bên phải trả lời: chuyển sang bên này, bắt đầu chờ từ bây giờ
    #[arg(long)]
    party: Option<String>,
    /// Tên trong một dòng
    #[arg(long)]
    title: Option<String>,
    /// Nhóm
    #[arg(long, value_parser = group)]
    group: Option<ObstacleGroup>,
    /// Nội dung
    #[arg(long)]
    detail: Option<String>,
    /// Hạn trả lời, `2026-06-05`; để trống là không đặt hạn
    #[arg(long)]
    due: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Reply {
    /// Mã
    pub(crate) id: String,
    /// Nội dung
    #[arg(long)]
    pub(crate) text: String,
    /// Lúc đó, `2026-05-29 14:05`; mặc định là bây giờ
    #[arg(long, value_parser = moment)]
    pub(crate) at: Option<Ms>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Show {
    Open,
    Overdue,
    Raised,
    Answered,
    Resolved,
    All,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Format {
    Md,
    Csv,
    Json,
}

/// `2026-05-29 14:05` in the province, or RFC 3339.
pub(crate) fn moment(text: &str) -> Result<Ms, String> {
    let local = format!("{}:00+07:00", text.trim().replacen(' ', "T", 1));
    Ms::parse_rfc3339(text)
        .or_else(|_| Ms::parse_rfc3339(&local))
        .map_err(|_| "hãy ghi dạng 2026-05-29 14:05".to_owned())
}

fn group(text: &str) -> Result<ObstacleGroup, String> {
    let names = |g: &ObstacleGroup| serde_json::to_value(g).ok().and_then(|v| v.as_str().map(str::to_owned));
    ObstacleGroup::ALL.into_iter().find(|g| names(g).as_deref() == Some(text)).ok_or_else(|| {
        let known: Vec<String> = ObstacleGroup::ALL.iter().filter_map(names).collect();
        format!("nhóm là một trong: {}", known.join(", "))
    })
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = args.who.open(place).await?;
    let text = act(&app, args.command).await;
    app.shutdown().await;
    crate::print(&text?);
    Ok(ExitCode::SUCCESS)
}

async fn act(app: &App, command: Command) -> Result<String, WireError> {
    match command {
        Command::List { show, party, group, format } => {
            let view: ObstaclesView = call(app, "obstacles", &NoArgs {}).await?;
            let rows: Vec<&ObstacleRow> = view
                .rows
                .iter()
                .filter(|r| shown(r, show))
                .filter(|r| party.as_ref().is_none_or(|p| r.party == *p))
                .filter(|r| group.is_none_or(|g| r.group == g))
                .collect();
            print::list(&view.headline, &rows, format)
        }
        Command::Show { id, format } => {
            let id = whole(app, &id).await?;
            let view: ObstacleDetailView = call(app, "obstacle", &ObstacleArgs { id, as_of: None }).await?;
            print::detail(&view, format)
        }
        Command::Raise(r) => {
            let words = ObstacleWords {
                group: r.group,
                title: r.title,
                detail: r.detail,
                systems: r.systems,
                units: r.units,
                tasks: r.tasks,
                party: r.party,
                raised_at: r.at.map(|at| at.0),
                answer_due: r.due,
            };
            print::done(call(app, "obstacle_raise", &ObstacleRaiseArgs { words }).await?)
        }
        Command::Answer(r) => print::done(call(app, "obstacle_answer", &reply(app, r).await?).await?),
        Command::Resolve(r) => print::done(call(app, "obstacle_resolve", &reply(app, r).await?).await?),
        Command::Change(c) => print::done(change(app, c).await?),
        Command::Undo { id } => {
            let event_id = Some(row(app, &id).await?.last_event);
            let done: EditedView = call(app, "undo", &UndoArgs { event_id }).await?;
            Ok(format!("{}\n", done.message))
        }
        Command::Reopen { id, reason } => {
            let (id, based_on) = (whole(app, &id).await?, None);
            print::done(call(app, "obstacle_reopen", &ObstacleReopenArgs { id, reason, based_on }).await?)
        }
        Command::Stats { format } => {
            let view: ObstaclesView = call(app, "obstacles", &NoArgs {}).await?;
            print::stats(&view, format)
        }
    }
}

async fn reply(app: &App, r: Reply) -> Result<ObstacleReplyArgs, WireError> {
    let id = whole(app, &r.id).await?;
    Ok(ObstacleReplyArgs { id, on: r.at.map(|at| at.0), text: r.text, based_on: None })
}

async fn change(app: &App, c: Change) -> Result<ObstacleEdited, WireError> {
    let row = row(app, &c.id).await?;
    // Another party begins to wait now; the same one has waited since it was asked.
    let passed_on = c.party.as_ref().is_some_and(|party| *party != row.party);
    let words = ObstacleWords {
        group: c.group.unwrap_or(row.group),
        title: c.title.unwrap_or(row.title),
        detail: c.detail.unwrap_or(row.detail),
        systems: row.systems,
        units: row.units.into_iter().map(|u| u.id).collect(),
        tasks: row.tasks.into_iter().map(|t| t.no).collect(),
        party: c.party.unwrap_or(row.party),
        raised_at: (!passed_on).then_some(row.raised_at),
        answer_due: c.due.or(row.answer_due).filter(|due| !due.is_empty()),
    };
    call(app, "obstacle_change", &ObstacleChangeArgs { id: row.id, words, based_on: Some(row.last_event) })
        .await
}

async fn row(app: &App, part: &str) -> Result<ObstacleRow, WireError> {
    let id = whole(app, part).await?;
    Ok(call::<_, ObstacleDetailView>(app, "obstacle", &ObstacleArgs { id, as_of: None }).await?.row)
}

/// The id that is meant by a part of it.
async fn whole(app: &App, part: &str) -> Result<String, WireError> {
    let view: ObstaclesView = call(app, "obstacles", &NoArgs {}).await?;
    crate::text::whole(view.rows.into_iter().map(|r| r.id), part, "vướng mắc")
}

fn shown(row: &ObstacleRow, show: Show) -> bool {
    match show {
        Show::All => true,
        Show::Open => row.stage != ObstacleStage::Resolved,
        Show::Overdue => row.overdue,
        Show::Raised => row.stage == ObstacleStage::Raised,
        Show::Answered => row.stage == ObstacleStage::Answered,
        Show::Resolved => row.stage == ObstacleStage::Resolved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_of_the_province_and_groups_are_named() {
        let expected = Ms::parse_rfc3339("2026-05-29T14:05:00+07:00").ok();
        for text in ["2026-05-29 14:05", "2026-05-29T14:05", "2026-05-29T07:05:00Z"] {
            assert_eq!(moment(text).ok(), expected, "{text}");
        }
        assert!(moment("hôm qua").is_err());
        assert_eq!(group("signing"), Ok(ObstacleGroup::Signing));
        assert!(group("khác").is_err_and(|e| e.contains("security")));
    }
}
