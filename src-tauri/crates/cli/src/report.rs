//! `pvhcc report`: the report that is due every day, without a window. Signing is not among it: that needs somebody who signed in.

use crate::{
    Outcome, Place,
    actor::{Acting, call},
    print,
    text::json,
};
use pvhcc_app::{
    App, Clash,
    wire::{
        FileFormat, NoArgs, ReportArgs, ReportCalendarArgs, ReportCalendarView, ReportFreezeArgs,
        ReportReasonArgs, ReportReviewArgs, ReportSaveArgs, ReportSendArgs, ReportStatusView, ReportView,
        WireError,
    },
};
use pvhcc_domain::{
    report::{Cadence, deadline::Verdict},
    time::Ms,
};
use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

/// Today's report is still to be sent, and there is time.
const TO_SEND: u8 = 1;
/// Today's report is overdue, or a day before asks for its reason.
const OVERDUE: u8 = 3;

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Ghi các tệp của báo cáo ngày, in SHA-256 của từng tệp
    Daily(Files),
    /// Ghi các tệp của báo cáo tháng, in SHA-256 của từng tệp
    Monthly(Files),
    /// Báo cáo hôm nay đến đâu. Mã thoát: 0 đã gửi, đã có lý do hoặc không phải báo cáo; 1 chưa gửi, còn hạn; 3 quá hạn, hoặc ngày trước chưa có lý do
    Status {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Nhắc nếu đã đến giờ nhắc mà chưa gửi; mỗi lần nhắc chỉ một chương trình in ra
    Remind,
    /// Chốt số liệu
    Freeze {
        #[command(flatten)]
        which: Which,
        /// Lý do, khi số liệu đã chốt một lần
        #[arg(long)]
        reason: Option<String>,
    },
    /// Duyệt
    Review {
        #[command(flatten)]
        which: Which,
        /// Nhận xét
        #[arg(long)]
        remark: Option<String>,
    },
    /// Ghi đã gửi
    Send {
        #[command(flatten)]
        which: Which,
        /// Bằng cách nào
        #[arg(long)]
        how: String,
        /// Cho ai; mặc định theo thể thức
        #[arg(long)]
        to: Option<String>,
        /// Lúc nào, `2026-05-29 14:40`; mặc định là bây giờ
        #[arg(long, value_parser = crate::obstacles::moment)]
        at: Option<Ms>,
    },
    /// Ghi lý do trễ hoặc không gửi
    Excuse {
        #[command(flatten)]
        which: Which,
        /// Lý do
        #[arg(long)]
        reason: String,
    },
    /// Các ngày của một tháng: đúng hạn, trễ, không gửi
    Calendar {
        /// `2026-05`; mặc định là tháng này
        #[arg(long)]
        month: Option<String>,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(clap::Args)]
pub(crate) struct Which {
    /// Ngày, `2026-05-29`; mặc định là hôm nay
    #[arg(long, conflicts_with = "month")]
    date: Option<String>,
    /// Tháng, `2026-05`: báo cáo tháng thay cho báo cáo ngày
    #[arg(long)]
    month: Option<String>,
}

impl Which {
    fn of(self) -> ReportArgs {
        let cadence = if self.month.is_some() { Cadence::Monthly } else { Cadence::Daily };
        ReportArgs { cadence: Some(cadence), day: self.month.or(self.date) }
    }
}

#[derive(clap::Args)]
pub(crate) struct Files {
    /// Ngày `2026-05-29`, hoặc tháng `2026-05`; mặc định là hôm nay, tháng này
    #[arg(long)]
    date: Option<String>,
    /// Mã bản chốt; mặc định là bản đang dùng
    #[arg(long, value_name = "MÃ")]
    freeze: Option<String>,
    /// Thư mục nhận tệp
    #[arg(long, value_name = "THƯ MỤC")]
    out: PathBuf,
    /// Dạng tệp; mặc định là cả ba
    #[arg(long = "format", value_enum, value_delimiter = ',')]
    formats: Vec<Format>,
    /// Thay tệp trùng tên có nội dung khác
    #[arg(long)]
    replace: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Format {
    Docx,
    Pdf,
    Xlsx,
}

impl From<Format> for FileFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Docx => Self::Docx,
            Format::Pdf => Self::Pdf,
            Format::Xlsx => Self::Xlsx,
        }
    }
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = args.who.open(place).await?;
    let done = act(&app, args.command).await;
    app.shutdown().await;
    let (text, code) = done?;
    print(&text);
    Ok(code)
}

async fn act(app: &App, command: Command) -> Result<(String, ExitCode), WireError> {
    let text = match command {
        Command::Daily(files) => write(app, Cadence::Daily, files).await?,
        Command::Monthly(files) => write(app, Cadence::Monthly, files).await?,
        Command::Status { json: as_json } => {
            let view: ReportStatusView = call(app, "report_status", &NoArgs {}).await?;
            let text = if as_json { json(&view)? } else { status(&view) };
            return Ok((text, ExitCode::from(code(&view))));
        }
        Command::Remind => match app.remind().await? {
            Some(given) => {
                crate::notified("Báo cáo ngày", given.text.clone(), given.level).await;
                given.text + "\n"
            }
            None => String::new(),
        },
        Command::Freeze { which, reason } => {
            let of = which.of();
            let based_on = last_event(app, &of).await?;
            said(&call(app, "report_freeze", &ReportFreezeArgs { of, reason, based_on }).await?)
        }
        Command::Review { which, remark } => {
            let of = which.of();
            let based_on = last_event(app, &of).await?;
            said(&call(app, "report_review", &ReportReviewArgs { of, remark, based_on }).await?)
        }
        Command::Send { which, how, to, at } => {
            let args = ReportSendArgs { of: which.of(), at: at.map(|at| at.0), how, to };
            said(&call(app, "report_send", &args).await?)
        }
        Command::Excuse { which, reason } => {
            let args = ReportReasonArgs { of: which.of(), reason, based_on: None };
            said(&call(app, "report_excuse", &args).await?)
        }
        Command::Calendar { month, json: as_json } => {
            let month = match month {
                Some(month) => month,
                None => {
                    call::<_, ReportStatusView>(app, "report_status", &NoArgs {}).await?.day[..7].to_owned()
                }
            };
            let view: ReportCalendarView =
                call(app, "report_calendar", &ReportCalendarArgs { month }).await?;
            if as_json { json(&view)? } else { calendar(&view) }
        }
    };
    Ok((text, ExitCode::SUCCESS))
}

/// The files, in the form of `sha256sum`.
async fn write(app: &App, cadence: Cadence, files: Files) -> Result<String, WireError> {
    let clash = if files.replace { Clash::Replace } else { Clash::Refuse };
    let args = ReportSaveArgs {
        of: ReportArgs { cadence: Some(cadence), day: files.date },
        freeze: files.freeze,
        formats: files.formats.into_iter().map(FileFormat::from).collect(),
    };
    let saved = app.report_files_into(args, &files.out, clash).await?;
    let mut text = String::new();
    for (path, sha256) in saved.paths.iter().zip(&saved.sha256) {
        let _ = writeln!(text, "{sha256}  {path}");
    }
    Ok(text)
}

/// What stands now: nobody else's act lies between this and what is asked for next.
async fn last_event(app: &App, of: &ReportArgs) -> Result<Option<String>, WireError> {
    Ok(call::<_, ReportView>(app, "report", of).await?.last_event)
}

fn said(view: &ReportView) -> String {
    let mut text = format!("{}: {}.\n", view.title, view.stage_text.to_lowercase());
    if let Some(freeze) = view.freezes.first() {
        let _ = writeln!(text, "Bản chốt {} ({})", freeze.id, freeze.sha256);
    }
    for line in view.notice.iter().chain(&view.caveats) {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn status(view: &ReportStatusView) -> String {
    let mut text = format!("{}\n", view.text);
    for day in &view.asked {
        let _ = writeln!(text, "Ngày {day}: trễ hoặc không gửi, chưa có lý do.");
    }
    text
}

fn code(view: &ReportStatusView) -> u8 {
    let overdue = view.verdict == Verdict::Missing && !view.excused;
    match view.verdict {
        _ if overdue || !view.asked.is_empty() => OVERDUE,
        Verdict::Open if !view.excused => TO_SEND,
        _ => 0,
    }
}

fn calendar(view: &ReportCalendarView) -> String {
    let mut text = format!("{}\n", view.title);
    for day in view.days.iter().filter(|day| day.verdict != Verdict::NotDue || day.freezes > 0) {
        let numbers =
            if day.numbers.is_empty() { String::new() } else { format!("  {}", day.numbers.join(", ")) };
        let reason = day.reason.as_deref().map(|r| format!("  {r}")).unwrap_or_default();
        let _ = writeln!(text, "{}  {}{numbers}{reason}", day.day, day.verdict_text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::report::state::Stage;

    #[test]
    fn schedulers_tell_settled_open_and_overdue_apart() {
        let view = |verdict, excused, asked: &[&str]| ReportStatusView {
            day: "2026-05-29".into(),
            due: true,
            deadline: 0,
            verdict,
            stage: Stage::None,
            text: String::new(),
            excused,
            asked: asked.iter().map(|day| (*day).to_owned()).collect(),
        };
        for (verdict, excused, asked, is) in [
            (Verdict::OnTime, false, &[][..], 0),
            (Verdict::NotDue, false, &[], 0),
            (Verdict::Open, false, &[], TO_SEND),
            (Verdict::Open, true, &[], 0),
            (Verdict::Missing, false, &[], OVERDUE),
            (Verdict::Missing, true, &[], 0),
            (Verdict::OnTime, false, &["2026-05-28"], OVERDUE),
        ] {
            assert_eq!(code(&view(verdict, excused, asked)), is, "{verdict:?} {excused} {asked:?}");
        }
    }
}
