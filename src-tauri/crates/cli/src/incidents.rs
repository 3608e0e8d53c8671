//! `pvhcc incidents`: the register of incidents without a window, with hand-over and bulletin.

mod print;

use crate::{
    Outcome, Place,
    actor::{Acting, call},
    obstacles::{Reply, moment},
    text::json,
};
use pvhcc_app::{
    App,
    wire::{
        BulletinArgs, BulletinView, ExportedView, HandoverTakeArgs, HandoverView, HandoverWriteArgs,
        IncidentAckArgs, IncidentArgs, IncidentCloseArgs, IncidentDetailView, IncidentEscalateArgs,
        IncidentFollowUpArgs, IncidentLinkArgs, IncidentMitigateArgs, IncidentNoteArgs, IncidentOpenArgs,
        IncidentReopenArgs, IncidentResolveArgs, IncidentRow, IncidentsArgs, IncidentsView, NoArgs,
        TouchedInput, WireError,
    },
};
use pvhcc_domain::{
    observation::Flow,
    operation::{
        incident::{Severity, Stage},
        signal::flow_node,
    },
    time::Ms,
};
use std::process::ExitCode;

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Liệt kê sự cố
    List {
        /// Sự cố nào
        #[arg(long, value_enum, default_value_t = Show::Open)]
        show: Show,
        /// Mức: s1, s2, s3, s4
        #[arg(long, value_parser = severity)]
        severity: Option<Severity>,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// In một sự cố và diễn biến
    Show {
        /// Mã, hoặc phần đầu hay phần cuối đủ để phân biệt
        id: String,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// Ghi một sự cố
    Open(Open),
    /// Tiếp nhận
    Ack {
        /// Mã
        id: String,
    },
    /// Ghi vào diễn biến
    Note(Reply),
    /// Gắn một cảnh báo
    Link {
        /// Mã
        id: String,
        /// Mã cảnh báo
        alert: String,
    },
    /// Ghi đã báo một bên
    Escalate {
        /// Mã
        id: String,
        /// Mã bên được báo
        #[arg(long)]
        party: String,
        /// Kênh: điện thoại, nhóm trực, công văn
        #[arg(long)]
        how: String,
        /// Nội dung
        #[arg(long)]
        text: Option<String>,
    },
    /// Ghi có cách làm tạm
    Mitigate(Reply),
    /// Ghi khắc phục xong
    Resolve {
        #[command(flatten)]
        said: Reply,
        /// Nguyên nhân, nếu đã rõ
        #[arg(long)]
        cause: Option<String>,
    },
    /// Mở lại
    Reopen {
        /// Mã
        id: String,
        /// Lý do
        #[arg(long)]
        reason: String,
    },
    /// Thêm việc sau sự cố
    FollowUp {
        /// Mã
        id: String,
        /// Việc
        #[arg(long)]
        text: String,
        /// Mã đơn vị thực hiện
        #[arg(long)]
        unit: String,
        /// Hạn, `2026-06-05`
        #[arg(long)]
        due: String,
    },
    /// Đóng
    Close {
        /// Mã
        id: String,
        /// Nguyên nhân; không ghi thì lấy nguyên nhân đã ghi lúc khắc phục
        #[arg(long)]
        cause: Option<String>,
        /// Rút kinh nghiệm
        #[arg(long)]
        lesson: Option<String>,
    },
    /// Thời gian tiếp nhận và khắc phục theo mức
    Stats {
        /// Từ ngày, `2026-05-01`
        #[arg(long)]
        from: Option<String>,
        /// Đến ngày
        #[arg(long)]
        to: Option<String>,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// Lưu báo cáo sự cố thành tệp DOCX
    Docx {
        /// Mã
        id: String,
    },
    /// In tình hình và các bản bàn giao ca; có --write thì ghi, có --take thì nhận
    Handover {
        /// Lời bàn giao
        #[arg(long)]
        write: Option<String>,
        /// Mã bản bàn giao được nhận
        #[arg(long, conflicts_with = "write")]
        take: Option<String>,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// In thông báo tình hình vận hành
    Bulletin {
        /// Lúc cập nhật sau, `2026-05-29 23:30`
        #[arg(long, value_parser = moment)]
        next: Option<Ms>,
        /// Dạng in
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
}

#[derive(clap::Args)]
pub(crate) struct Open {
    /// Sự cố trong một dòng
    #[arg(long)]
    title: String,
    /// Mức: s1, s2, s3, s4
    #[arg(long, value_parser = severity)]
    severity: Severity,
    /// Lúc phát hiện, `2026-05-29 22:05`; mặc định là bây giờ
    #[arg(long, value_parser = moment)]
    at: Option<Ms>,
    /// Biểu hiện
    #[arg(long)]
    text: Option<String>,
    /// Luồng: sso, dossier_sync, status_return, petition, catalogue; lặp lại được
    #[arg(long = "flow", value_parser = flow)]
    flows: Vec<Flow>,
    /// API (`dvcqg.07`); lặp lại được
    #[arg(long = "api")]
    apis: Vec<String>,
    /// Nhiệm vụ liên quan; lặp lại được
    #[arg(long = "task")]
    tasks: Vec<String>,
    /// Mã đơn vị bị ảnh hưởng; lặp lại được
    #[arg(long = "unit")]
    units: Vec<String>,
    /// Mã cảnh báo; lặp lại được
    #[arg(long = "alert")]
    alerts: Vec<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Show {
    Open,
    Overdue,
    Over,
    All,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Format {
    Md,
    Json,
}

fn severity(text: &str) -> Result<Severity, String> {
    let wanted = text.to_uppercase();
    let found = Severity::ALL.into_iter().find(|s| s.code() == wanted);
    found.ok_or_else(|| "mức là một trong: s1, s2, s3, s4".to_owned())
}

fn flow(text: &str) -> Result<Flow, String> {
    let name = |flow: &Flow| flow_node(*flow).trim_start_matches("flow:").to_owned();
    Flow::ALL.into_iter().find(|flow| name(flow) == text).ok_or_else(|| {
        let known: Vec<String> = Flow::ALL.iter().map(name).collect();
        format!("luồng là một trong: {}", known.join(", "))
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
        Command::List { show, severity, format } => {
            let view = all(app).await?;
            let rows: Vec<&IncidentRow> = view
                .rows
                .iter()
                .filter(|r| shown(r, show) && severity.is_none_or(|s| r.severity == s))
                .collect();
            print::list(&view.headline, &rows, format)
        }
        Command::Show { id, format } => {
            let id = whole(app, &id).await?;
            let view: IncidentDetailView = call(app, "incident", &IncidentArgs { id, as_of: None }).await?;
            print::detail(&view, format)
        }
        Command::Stats { from, to, format } => {
            let view: IncidentsView =
                call(app, "incidents", &IncidentsArgs { from, to, as_of: None }).await?;
            print::stats(&view, format)
        }
        Command::Docx { id } => {
            let id = whole(app, &id).await?;
            let saved: ExportedView =
                call(app, "incident_note_docx", &IncidentArgs { id, as_of: None }).await?;
            Ok(format!("{}\n", saved.message))
        }
        Command::Handover { write, take, format } => {
            let view: HandoverView = match (write, take) {
                (Some(note), _) => call(app, "handover_write", &HandoverWriteArgs { note }).await?,
                (None, Some(id)) => call(app, "handover_take", &HandoverTakeArgs { id }).await?,
                (None, None) => call(app, "handover", &NoArgs {}).await?,
            };
            print::handover(&view, format)
        }
        Command::Bulletin { next, format } => {
            let view: BulletinView =
                call(app, "bulletin", &BulletinArgs { as_of: None, next: next.map(|at| at.0) }).await?;
            match format {
                Format::Md => Ok(view.text),
                Format::Json => json(&view),
            }
        }
        edit => edited(app, edit).await,
    }
}

/// The commands that write into one incident.
async fn edited(app: &App, command: Command) -> Result<String, WireError> {
    let based_on = None;
    print::done(match command {
        Command::Open(o) => {
            let touched = TouchedInput { flows: o.flows, apis: o.apis, tasks: o.tasks, units: o.units };
            let args = IncidentOpenArgs {
                title: o.title,
                severity: o.severity,
                detected: o.at.map(|at| at.0),
                touched,
                alerts: o.alerts,
                text: o.text,
                run: None,
            };
            call(app, "incident_open", &args).await?
        }
        Command::Ack { id } => {
            let id = whole(app, &id).await?;
            call(app, "incident_ack", &IncidentAckArgs { id, based_on }).await?
        }
        Command::Note(s) => {
            let id = whole(app, &s.id).await?;
            let args = IncidentNoteArgs { id, at: s.at.map(|at| at.0), text: s.text, file: None };
            call(app, "incident_note", &args).await?
        }
        Command::Link { id, alert } => {
            let id = whole(app, &id).await?;
            call(app, "incident_link", &IncidentLinkArgs { id, alert }).await?
        }
        Command::Escalate { id, party, how, text } => {
            let id = whole(app, &id).await?;
            call(app, "incident_escalate", &IncidentEscalateArgs { id, party, how, text }).await?
        }
        Command::Mitigate(s) => {
            let id = whole(app, &s.id).await?;
            let args = IncidentMitigateArgs { id, at: s.at.map(|at| at.0), workaround: s.text, based_on };
            call(app, "incident_mitigate", &args).await?
        }
        Command::Resolve { said: s, cause } => {
            let id = whole(app, &s.id).await?;
            let args = IncidentResolveArgs { id, at: s.at.map(|at| at.0), how: s.text, cause, based_on };
            call(app, "incident_resolve", &args).await?
        }
        Command::Reopen { id, reason } => {
            let id = whole(app, &id).await?;
            call(app, "incident_reopen", &IncidentReopenArgs { id, reason, based_on }).await?
        }
        Command::FollowUp { id, text, unit, due } => {
            let id = whole(app, &id).await?;
            call(app, "incident_follow_up", &IncidentFollowUpArgs { id, text, unit, due }).await?
        }
        Command::Close { id, cause, lesson } => {
            let id = whole(app, &id).await?;
            call(app, "incident_close", &IncidentCloseArgs { id, cause, lesson, based_on }).await?
        }
        _ => unreachable!("reading commands are handled before"),
    })
}

async fn all(app: &App) -> Result<IncidentsView, WireError> {
    call(app, "incidents", &IncidentsArgs::default()).await
}

/// The id that is meant by a part of it.
async fn whole(app: &App, part: &str) -> Result<String, WireError> {
    crate::text::whole(all(app).await?.rows.into_iter().map(|r| r.id), part, "sự cố")
}

fn shown(row: &IncidentRow, show: Show) -> bool {
    match show {
        Show::All => true,
        Show::Open => row.stage < Stage::Resolved,
        Show::Over => row.stage >= Stage::Resolved,
        Show::Overdue => row.next.as_ref().is_some_and(|clock| clock.overdue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_and_flows_are_named() {
        assert_eq!(severity("S2"), Ok(Severity::S2));
        assert!(severity("cao").is_err_and(|e| e.contains("s4")));
        assert_eq!(flow("dossier_sync"), Ok(Flow::DossierSync));
        assert!(flow("sync").is_err_and(|e| e.contains("catalogue")));
    }
}
