//! `pvhcc alerts`: alerts without a window, and what came to stand otherwise for `pvhcc watch`.

use crate::{
    Outcome, Place,
    actor::{Acting, call},
    print, text,
};
use pvhcc_app::{
    App,
    wire::{
        AlertAckArgs, AlertArgs, AlertDetailView, AlertEdited, AlertEscalateArgs, AlertMuteArgs, AlertRow,
        AlertState, AlertUnmuteArgs, AlertsArgs, AlertsView, ErrorCode, WireError,
    },
};
use pvhcc_domain::{operation::incident::Severity, text::instant, time::Ms};
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write as _, process::ExitCode};

const HOUR_MS: i64 = 3_600_000;

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Liệt kê cảnh báo đang báo; mã thoát 1 khi có
    List {
        /// Cả cảnh báo đã hết trong số giờ qua
        #[arg(long, value_name = "GIỜ")]
        past: Option<u32>,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// In một cảnh báo: nguyên nhân, ảnh hưởng, cách xử lý, diễn biến
    Show {
        /// Mã, hoặc phần đầu đủ để phân biệt
        id: String,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Nhận cảnh báo
    Ack {
        /// Mã
        id: String,
        /// Ghi chú
        #[arg(long)]
        remark: Option<String>,
    },
    /// Tắt tiếng đến một lúc
    Mute {
        /// Mã
        id: String,
        /// Đến lúc nào, `2026-05-29 23:30`
        #[arg(long, value_parser = crate::obstacles::moment)]
        until: Ms,
        /// Lý do
        #[arg(long)]
        reason: String,
    },
    /// Bật tiếng lại
    Unmute {
        /// Mã
        id: String,
        /// Lý do
        #[arg(long)]
        reason: Option<String>,
    },
    /// Ghi đã báo một bên
    Escalate {
        /// Mã
        id: String,
        /// Mã bên được báo
        #[arg(long)]
        party: String,
        /// Bằng kênh nào
        #[arg(long)]
        how: String,
        /// Nội dung
        #[arg(long)]
        remark: Option<String>,
    },
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = args.who.open(place).await?;
    let done = act(&app, args.command).await;
    app.shutdown().await;
    done
}

async fn act(app: &App, command: Command) -> Outcome {
    let edited: AlertEdited = match command {
        Command::List { past, json } => return list(app, past, json).await,
        Command::Show { id, json } => return show(app, &id, json).await,
        Command::Ack { id, remark } => {
            let id = find(app, &id).await?;
            call(app, "alert_ack", &AlertAckArgs { id, remark }).await?
        }
        Command::Mute { id, until, reason } => {
            let id = find(app, &id).await?;
            call(app, "alert_mute", &AlertMuteArgs { id, until: Some(until.0), reason }).await?
        }
        Command::Unmute { id, reason } => {
            let id = find(app, &id).await?;
            call(app, "alert_unmute", &AlertUnmuteArgs { id, reason }).await?
        }
        Command::Escalate { id, party, how, remark } => {
            let id = find(app, &id).await?;
            call(app, "alert_escalate", &AlertEscalateArgs { id, party, how, remark }).await?
        }
    };
    print(&format!("{}\n", edited.message));
    Ok(ExitCode::SUCCESS)
}

async fn list(app: &App, past: Option<u32>, json: bool) -> Outcome {
    let from = past.map(|hours| app.now().0 - i64::from(hours) * HOUR_MS);
    let view: AlertsView = call(app, "alerts", &AlertsArgs { from, ..AlertsArgs::default() }).await?;
    let quiet = view.firing.is_empty();
    if json {
        print(&text::json(&view)?);
    } else {
        let past = if past.is_some() { view.past.as_slice() } else { &[] };
        let lines: Vec<String> = view.firing.iter().chain(past).map(line).collect();
        let blind = view.blind.filter(|_| !quiet).map(|text| text + "\n").unwrap_or_default();
        print(&format!("{}\n{blind}{}", view.headline, lines.concat()));
    }
    Ok(if quiet { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn line(row: &AlertRow) -> String {
    let effects = match row.effects_text.as_str() {
        "" => String::new(),
        text => format!(" · ảnh hưởng {text}"),
    };
    let since = instant(Ms(row.since));
    format!(
        "{}  {}  từ {since}{effects}\n    {}  [{}]\n",
        row.severity_text, row.title, row.state_text, row.id
    )
}

async fn show(app: &App, id: &str, json: bool) -> Outcome {
    let id = find(app, id).await?;
    let view: AlertDetailView = call(app, "alert", &AlertArgs { id, as_of: None }).await?;
    if json {
        print(&text::json(&view)?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = line(&view.row) + &format!("{}\n", view.row.detail);
    for m in &view.measures {
        let _ = writeln!(
            out,
            "{}: {}; bây giờ {}. Báo khi {}; hết khi {}.",
            m.name, m.then, m.now, m.bad, m.good
        );
    }
    for effect in view.effects.iter().filter(|e| e.ended.is_none()) {
        let way: Vec<&str> = effect.path.iter().map(|p| p.name.as_str()).collect();
        let _ = writeln!(out, "  ảnh hưởng: {} ({})", way.join(" → "), effect.finding);
    }
    let _ = writeln!(out, "{}", view.guide.meaning);
    for (n, text) in view.guide.check.iter().enumerate() {
        let _ = writeln!(out, "  {}. {text}", n + 1);
    }
    for said in view.history.iter().rev() {
        let detail = if said.detail.is_empty() { String::new() } else { format!(": {}", said.detail) };
        let _ = writeln!(out, "{}  {}{detail} ({})", instant(Ms(said.at)), said.text, said.who);
    }
    print(&out);
    Ok(ExitCode::SUCCESS)
}

/// The alert of an id or of its unmistakable begin, among those of the last month.
async fn find(app: &App, id: &str) -> Result<String, WireError> {
    let from = Some(app.now().0 - 31 * 24 * HOUR_MS);
    let view: AlertsView = call(app, "alerts", &AlertsArgs { from, ..AlertsArgs::default() }).await?;
    let all = || view.firing.iter().chain(&view.past);
    if let Some(row) = all().find(|row| row.id == id) {
        return Ok(row.id.clone());
    }
    // Of those that begin so, one that stands is meant before those that are over.
    let begins = |rows: &[AlertRow]| {
        rows.iter().filter(|r| r.id.starts_with(id)).map(|r| r.id.clone()).collect::<Vec<_>>()
    };
    let standing = begins(&view.firing);
    let found = if standing.is_empty() { begins(&view.past) } else { standing };
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(WireError::new(ErrorCode::NotFound, format!("Không có cảnh báo “{id}”."))),
        _ => Err(WireError::new(
            ErrorCode::Invalid,
            format!("“{id}” chưa đủ để phân biệt: {}.", found.join(", ")),
        )),
    }
}

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    /// It stood when the program began to look.
    Standing,
    /// It began.
    Raised,
    /// It became worse, broke more or less, or is good again for a while.
    Changed,
    /// Somebody took it.
    Acknowledged,
    /// No sound and no call for a while.
    Muted,
    /// It turned out to be an effect of another.
    Folded,
    /// It is over.
    Cleared,
}

/// An alert that came to stand otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct News {
    change: Change,
    id: String,
    severity: Severity,
    node: String,
    title: String,
    effects: u32,
    state: String,
}

impl News {
    fn of(change: Change, row: &AlertRow) -> Self {
        Self {
            change,
            id: row.id.clone(),
            severity: row.severity,
            node: row.node.clone(),
            title: row.title.clone(),
            effects: row.effects,
            state: row.state_text.clone(),
        }
    }

    pub(crate) fn text(&self) -> String {
        let change = match self.change {
            Change::Standing => "đang báo",
            Change::Raised => "mới",
            Change::Changed => "thay đổi",
            Change::Acknowledged => "đã nhận",
            Change::Muted => "tắt tiếng",
            Change::Folded => "đã gộp",
            Change::Cleared => "đã hết",
        };
        let effects =
            if self.effects > 0 { format!(", {} ảnh hưởng", self.effects) } else { String::new() };
        format!("CẢNH BÁO {} {change}: {}{effects} · {}", self.severity.code(), self.title, self.state)
    }
}

/// What was told so far: only what is new is told again.
#[derive(Debug, Default)]
pub(crate) struct Course {
    begun: bool,
    known: BTreeMap<String, (AlertState, Severity, u32, bool)>,
}

impl Course {
    /// What came to stand otherwise since the last look.
    pub(crate) async fn look(&mut self, app: &App) -> Result<Vec<News>, WireError> {
        let view: AlertsView = call(app, "alerts", &AlertsArgs::default()).await?;
        let first = !std::mem::replace(&mut self.begun, true);
        let mut news = Vec::new();
        for row in &view.firing {
            let stands = (row.state, row.severity, row.effects, row.easing);
            let change = match self.known.insert(row.id.clone(), stands) {
                None if first => Change::Standing,
                None => Change::Raised,
                Some(before) if before == stands => continue,
                Some(before) => match row.state {
                    AlertState::Acknowledged if before.0 != row.state => Change::Acknowledged,
                    AlertState::Muted if before.0 != row.state => Change::Muted,
                    _ => Change::Changed,
                },
            };
            news.push(News::of(change, row));
        }
        for row in &view.past {
            let change = if row.state == AlertState::Folded { Change::Folded } else { Change::Cleared };
            news.extend(self.known.remove(&row.id).map(|_| News::of(change, row)));
        }
        Ok(news)
    }
}
